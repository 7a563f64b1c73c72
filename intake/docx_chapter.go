package intake

import (
	"strings"
)

// assemble makes chapters, parts and metadata of the items.
func (r *docxReader) assemble(items []wordItem) {
	items = r.front(items)
	r.guessTitles(items)
	top := r.chapterLevel(items)
	b := &wordBinding{docxReader: r, top: top, parts: top > 1 && r.partsAbove(items, top)}
	for _, it := range items {
		b.item(it)
	}
	b.end()
}

// front takes what stands on the title pages off the items, and notes it.
func (r *docxReader) front(items []wordItem) []wordItem {
	m := &r.meta
	var out []wordItem
	var authors []string
	for _, it := range items {
		p, ok := it.block.(*paragraph)
		s := ""
		if ok {
			s = plainOf(p.text)
		}
		switch {
		case !ok && it.role == roleDedication || it.role == roleDedication && s != "":
			r.draft.dedication = append(r.draft.dedication, it.block)
		case it.role == roleTitle && (len(out) == 0 || strings.EqualFold(s, m.Title)):
			if r.draft.tally[lostPages] == 0 {
				r.tally.lose(lostPages)
			}
			m.Title = s
		case it.role == roleSubtitle && m.Subtitle == "" && len(out) < 3:
			m.Subtitle = s
		case it.role == roleAuthor && len(out) < 3:
			authors = append(authors, s)
		case it.role == rolePublisher && len(out) < 3:
			m.Publisher = first(m.Publisher, s)
		case it.role == roleImprint:
			r.imprintLine(s)
		default:
			out = append(out, it)
		}
	}
	if len(authors) > 0 {
		m.Author = strings.Join(authors, ", ")
	}
	return out
}

// imprintLine notes a line of the imprint that the metadata do not say.
func (r *docxReader) imprintLine(s string) {
	m := &r.meta
	if day, ok := strings.CutPrefix(s, m.Publisher+", "); ok && m.Publisher != "" && dayOf(day) == day {
		m.Date = day
		return
	}
	switch digits := isbnOf(s); {
	case digits != "":
		m.ISBN = digits
	case r.ours && dayOf(s) == s && s != "":
		m.Date = s
	case s == "" || s == m.Title || s == m.Publisher || s == m.Author || s == m.Title+" · "+m.Author || len(m.Imprint) >= maxImprintLines:
	default:
		m.Imprint = append(m.Imprint, s)
	}
}

// guessTitles makes titles of lines that look like some, if no style says which
// are: "Chapter 7", or short lines that are bold or begin a page.
func (r *docxReader) guessTitles(items []wordItem) {
	var sure, likely []int
	for i := range items {
		if items[i].role == roleHeading {
			return
		}
		p, ok := items[i].block.(*paragraph)
		if d, isDiv := items[i].block.(*division); isDiv && len(d.blocks) == 1 {
			p, ok = d.blocks[0].(*paragraph)
		}
		if !ok {
			continue
		}
		s := plainOf(p.text)
		l := splitLabel(s)
		switch {
		case !shortLine(s):
		case l.word || unnumbered.MatchString(s) && (items[i].bold || items[i].newPage || items[i].centred):
			sure = append(sure, i)
		case (items[i].bold || items[i].newPage && items[i].centred) && !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, ","):
			likely = append(likely, i)
		}
	}
	found := sure
	if len(found) < 2 {
		found = append(sure, likely...)
	}
	if len(found) == 0 || len(found) > MaxTexts || len(found)*2 > len(items) {
		return
	}
	for _, i := range found {
		p, ok := items[i].block.(*paragraph)
		if d, isDiv := items[i].block.(*division); isDiv && !ok {
			p, _ = d.blocks[0].(*paragraph)
		}
		text := p.text
		if only := lone(&marked{text: text}); only != nil {
			text = only.text
		}
		items[i].block, items[i].role, items[i].level = &section{spot: p.spot, level: 1, text: text}, roleHeading, 1
	}
	r.warn("no style marks titles; %d short lines that look like titles begin the chapters", len(found))
}

// chapterLevel is the level of titles that begin chapters: the highest one, or
// the next where that holds only the book's title or only parts.
func (r *docxReader) chapterLevel(items []wordItem) int {
	var count [10]int
	top := 0
	for _, it := range items {
		if it.role == roleHeading {
			count[min(it.level, 9)]++
			if top == 0 || it.level < top {
				top = it.level
			}
		}
	}
	if top == 0 {
		return 1
	}
	next := top + 1
	for next < 9 && count[next] == 0 {
		next++
	}
	if count[next] == 0 {
		return top
	}
	if count[top] == 1 && count[next] > 1 {
		for _, it := range items {
			if it.role == roleHeading && it.level == top {
				if s := plainOf(textsOf(it.block)[0]); strings.EqualFold(s, r.meta.Title) || r.meta.Title == "" && !splitLabel(s).word {
					return next
				}
			}
		}
	}
	if r.partsAbove(items, next) {
		r.warn("titles of level %d hold no text of their own but chapters; they became parts", top)
		return next
	}
	return top
}

// partsAbove reports whether titles above a level are parts: at least two of
// them are called so, or hold numbered chapters, and none has text of its own
// before the first chapter in it.
func (r *docxReader) partsAbove(items []wordItem, level int) bool {
	parts, named, numbered := 0, 0, 0
	for i, it := range items {
		if it.role != roleHeading {
			continue
		}
		s := plainOf(textsOf(it.block)[0])
		if it.level == level && splitLabel(s).word {
			numbered++
		}
		if it.level >= level || unnumbered.MatchString(s) {
			continue
		}
		if i+1 >= len(items) || items[i+1].role != roleHeading {
			return false
		}
		parts++
		if isPart(s) {
			named++
		}
	}
	return parts > 0 && (named == parts || parts > 1 && numbered >= parts)
}

// wordBinding makes chapters.
type wordBinding struct {
	*docxReader
	top   int  // the level of chapters' titles
	parts bool // titles above it are parts
	part  string
	label string // of the next chapter: "Chapter 7"
	now   *chapterDraft
	bare  []bareNumber
	keys  []string
	front []wordItem // before the first chapter
}

// item takes one item.
func (b *wordBinding) item(it wordItem) {
	s, isSection := it.block.(*section)
	if isSection && it.role != roleHeading {
		isSection = false
	}
	words := ""
	if p, ok := it.block.(*paragraph); ok {
		words = plainOf(p.text)
	}
	switch {
	case it.role == rolePart && words != "":
		b.part = words
		b.keys = append(b.keys, append(it.block.where().keys, keysOf(textsOf(it.block)[0])...)...)
		b.now = nil
	case it.role == roleChapterNumber && words != "":
		b.label = words
	case isSection && it.level < b.top && b.parts && !unnumbered.MatchString(plainOf(s.text)):
		b.part = plainOf(s.text)
		b.keys = append(b.keys, s.keys...)
		b.now = nil
	case isSection && it.level < b.top && strings.EqualFold(plainOf(s.text), first(b.meta.Title, plainOf(s.text))) && !b.parts && len(b.chapters) == 0:
		b.meta.Title = plainOf(s.text)
		b.keys = append(b.keys, s.keys...)
	case isSection && it.level <= b.top:
		b.begin(s)
	case b.now == nil:
		b.front = append(b.front, it)
	default:
		if isSection {
			s.level = min(max(s.level-b.top+1, 2), 6)
		}
		b.now.blocks = append(b.now.blocks, it.block)
	}
}

// begin begins a chapter.
func (b *wordBinding) begin(s *section) {
	b.flush()
	full := plainOf(s.text)
	c := &chapterDraft{part: b.part, title: full, keys: append(b.keys, s.keys...), source: ""}
	l := splitLabel(full)
	switch {
	case b.label != "" || b.ours:
		c.numbered = b.label != "" || l.word
	case l.word:
		c.numbered, c.title = true, first(l.rest, full)
	case s.label != "" && !unnumbered.MatchString(full):
		c.numbered = true
	case l.number > 0:
		b.bare = append(b.bare, bareNumber{c, l.number, full, l.rest})
	}
	if n := notesOf(s.text); len(n) > 0 { // a title holds plain words
		c.blocks = []block{&paragraph{text: n}}
	}
	b.now, b.part, b.label, b.keys = c, "", "", nil
	b.chapters = append(b.chapters, c)
}

// flush makes something of text that stands before the first chapter, or
// between a part and its first chapter: a page with the title, or a chapter.
func (b *wordBinding) flush() {
	blocks := withoutMarks(b.front)
	b.front = nil
	if len(blocks) == 0 {
		return
	}
	if len(b.chapters) == 0 && b.part == "" && b.isTitlePage(blocks) {
		b.tally.lose(lostPages)
		return
	}
	title := "Preface"
	if b.part != "" {
		title = b.part
	}
	if len(b.chapters) == 0 || b.part != "" {
		b.warn("text before the first chapter became the chapter %s", quoted(title))
	}
	c := &chapterDraft{part: b.part, title: title, blocks: blocks, keys: b.keys}
	b.part, b.keys = "", nil
	b.chapters = append(b.chapters, c)
}

// isTitlePage reports whether blocks are a few short lines with the book's
// title, which then is noted.
func (b *wordBinding) isTitlePage(blocks []block) bool {
	lines := linesOf(blocks)
	if len(lines) == 0 || len(lines) > 8 || wordsIn(blocks) > 60 {
		return false
	}
	m := &b.meta
	if m.Title == "" {
		m.Title = lines[0]
	}
	if !strings.EqualFold(lines[0], m.Title) {
		return false
	}
	rest := lines[1:]
	for _, line := range rest {
		by, ok := cutFold(line, "by ")
		switch {
		case ok:
			m.Author = first(m.Author, by)
		case strings.EqualFold(line, m.Author) || strings.EqualFold(line, "by"):
		case m.Subtitle == "":
			m.Subtitle = line
		default:
			m.Imprint = append(m.Imprint, line)
		}
	}
	return true
}

// cutFold takes a prefix off a text, in capitals or not.
func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return strings.TrimSpace(s[len(prefix):]), true
}

// end settles what is left.
func (b *wordBinding) end() {
	if len(b.chapters) == 0 && len(b.front) > 0 {
		c := &chapterDraft{title: first(b.meta.Title, readable(b.draft.name)), blocks: withoutMarks(b.front), keys: b.keys}
		b.chapters = append(b.chapters, c)
		b.warn("no titles of chapters were found; the whole text is one chapter")
		b.front = nil
	}
	b.flush()
	numberBare(b.bare)
	if n := len(b.chapters); n > 0 {
		last := b.chapters[n-1]
		last.keys = append(last.keys, b.keys...)
	}
	if b.part != "" {
		b.warn("no chapter follows on %s; it was left out", quoted(b.part))
	}
	b.takeAbout()
	for _, c := range b.chapters {
		if !b.ours {
			c.blocks = trimBlocks(c.blocks)
		}
	}
}

// aboutTitles is what the press calls the chapter about the author.
//
//nolint:misspell // they are no English
var aboutTitles = map[string]bool{
	"About the author": true, "Über den Autor": true, "À propos de l’auteur": true, "Sobre el autor": true, "L’autore": true, "Sobre o autor": true,
	"Over de auteur": true, "Om författaren": true, "Om forfatteren": true, "Om forfattaren": true, "Kirjailijasta": true, "O autorze": true, "O autorovi": true,
	"O avtorju": true, "O autoru": true, "О аутору": true, "A szerzőről": true, "Despre autor": true, "За автора": true, "Об авторе": true, "Про автора": true,
	"Για τον συγγραφέα": true, "De auctore": true, "Yazar hakkında": true, "Autorist": true, "Par autoru": true, "Apie autorių": true, "Sobre l’autor": true,
	"Egileari buruz": true, "Faoin údar": true, "Am yr awdur": true, "Um höfundinn": true, "Oor die skrywer": true, "Pri la aŭtoro": true,
	"Пра аўтара": true, "За авторот": true,
}

// takeAbout takes the chapter about the author, which quire makes of the
// metadata, back there.
func (b *wordBinding) takeAbout() {
	n := len(b.chapters) - 1
	if n < 1 || !b.ours || b.chapters[n].numbered || !aboutTitles[b.chapters[n].title] {
		return
	}
	b.draft.about, b.chapters = b.chapters[n].blocks, b.chapters[:n]
}
