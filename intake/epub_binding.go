package intake

import (
	"path"
	"strings"
)

// binding makes chapters, parts and metadata of segments, in their order.
type binding struct {
	*epubReader
	part    string   // that begins with the next chapter
	keys    []string // of pages before, which links may still lead to
	prelude []block  // what stood on a page of its own before the next chapter
	bare    []bareNumber
}

// bareNumber is a chapter whose title began with a number alone.
type bareNumber struct {
	*chapterDraft
	number      int
	title, rest string
}

// segment takes one segment.
func (b *binding) segment(s *segment) {
	switch s.matter {
	case "cover", "titlepage", "toc":
		b.tally.lose(lostPages)
		if s.matter == "titlepage" {
			b.titlePage(s)
		}
		return
	case "imprint":
		b.imprint(s)
		return
	case "dedication":
		b.takeDedication(s)
		return
	case "epigraph":
		b.prelude = append(b.prelude, asEpigraph(s.blocks)...)
		return
	}
	if s.part || s.matter == "part" {
		b.beginPart(s)
		return
	}
	b.chapter(s)
}

// chapter makes a chapter of a segment, or lets the one before go on with it.
func (b *binding) chapter(s *segment) {
	if n := len(b.chapters); s.goesOn && n > 0 {
		b.chapters[n-1].blocks = append(b.chapters[n-1].blocks, s.blocks...)
		return
	}
	h := takeTitle(s.blocks, s.entry)
	if h.title == "" && s.front && wordsIn(s.blocks) < 80 {
		b.prelude = append(b.prelude, h.rest...)
		b.keys = append(b.keys, h.keys...)
		return
	}
	notes := s.matter == "notes" || matterTitles[strings.ToLower(h.title)] == "notes"
	if len(h.rest) == 0 && (notes || h.title == "" || s.entry == nil && !b.ours) {
		b.keys = append(b.keys, h.keys...)
		return // its notes stand at their marks
	}
	if h.title == "" {
		h.title = "Preface"
		b.warn("text before the first chapter became the chapter %s", quoted(h.title))
	}
	c := &chapterDraft{part: b.part, title: h.title, numbered: h.numbered, source: path.Base(s.page.name)}
	c.blocks = append(b.prelude, levelled(h.rest, h.level)...)
	c.keys = append(b.keys, h.keys...)
	if b.ours {
		c.title, h.number = first(h.full, h.title), 0
		c.id = s.page.body.onlySection().attr("id")
	} else {
		c.blocks = trimBlocks(c.blocks)
	}
	if h.number > 0 && !h.numbered {
		b.bare = append(b.bare, bareNumber{c, h.number, h.title, h.bareRest})
	}
	b.chapters = append(b.chapters, c)
	b.part, b.prelude, b.keys = "", nil, nil
}

// beginPart notes a part. Text on its page goes to the next chapter, or is one
// if there is much of it.
func (b *binding) beginPart(s *segment) {
	h := takeTitle(s.blocks, s.entry)
	title := first(h.full, h.title)
	if b.part != "" {
		title = b.part + ": " + title // a part that begins inside another one
	}
	b.part = title
	b.keys = append(b.keys, h.keys...)
	if wordsIn(h.rest) < 60 {
		b.prelude = append(b.prelude, h.rest...)
		return
	}
	c := &chapterDraft{part: b.part, title: first(h.title, b.part), source: path.Base(s.page.name), keys: b.keys, blocks: levelled(h.rest, h.level)}
	b.chapters = append(b.chapters, c)
	b.part, b.keys = "", nil
}

// end numbers the chapters that begin with bare numbers, if these count, and
// settles what is left.
func (b *binding) end() {
	numberBare(b.bare)
	if n := len(b.chapters); n > 0 {
		last := b.chapters[n-1]
		last.blocks = append(last.blocks, b.prelude...)
		last.keys = append(last.keys, b.keys...)
	}
	b.takeAbout()
	if b.part != "" {
		b.warn("no chapter follows on %s; it was left out", quoted(b.part))
	}
}

// numberBare numbers chapters whose titles begin with numbers alone, if these
// count from 1 on.
func numberBare(list []bareNumber) {
	for i := range list {
		if list[i].number != list[0].number+i || list[0].number > 1 || len(list) < 2 {
			return
		}
	}
	for _, c := range list {
		c.numbered = true
		c.chapterDraft.title = first(c.rest, c.title)
	}
}

// takeAbout takes the chapter about the author, which quire makes of the metadata,
// back there.
func (b *binding) takeAbout() {
	n := len(b.chapters) - 1
	if n < 1 || !b.ours {
		return
	}
	c := b.chapters[n]
	if c.id != "about" || c.numbered || c.part != "" {
		return
	}
	b.draft.about = c.blocks
	b.chapters = b.chapters[:n]
}

// trimBlocks takes pauses off both ends of a chapter, and the title of notes
// off its end.
func trimBlocks(blocks []block) []block {
	for len(blocks) > 0 && isPauseBlock(blocks[0]) {
		blocks = blocks[1:]
	}
	for n := len(blocks); n > 0; n-- {
		s, ok := blocks[n-1].(*section)
		if !isPauseBlock(blocks[n-1]) && !(ok && matterTitles[strings.ToLower(plainOf(s.text))] == "notes") {
			break
		}
		blocks = blocks[:n-1]
	}
	return blocks
}

func isPauseBlock(b block) bool {
	_, ok := b.(*pause)
	return ok
}

// asEpigraph puts blocks into a div for mottos, unless they are one.
func asEpigraph(blocks []block) []block {
	for _, b := range blocks {
		if d, ok := b.(*division); ok && d.class == "epigraph" {
			return blocks
		}
	}
	return []block{&division{class: "epigraph", blocks: blocks}}
}
