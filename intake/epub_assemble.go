package intake

import (
	"slices"
	"sort"
	"strings"
)

// stream is the text of all pages, one after the other.
type stream struct {
	blocks []block
	pages  []*page        // of each block
	begins map[*page]int  // its first block
	places map[string]int // the block that has a key, or holds it
}

// assemble reads the pages and makes chapters of them.
func (r *epubReader) assemble() error {
	s, err := r.streamOf()
	if err != nil {
		return err
	}
	if r.meta.Language == "" {
		r.meta.Language = r.spine[0].lang
	}
	b := &binding{epubReader: r}
	for _, seg := range r.segments(s) {
		b.segment(seg)
	}
	b.end()
	return nil
}

// streamOf reads all pages.
func (r *epubReader) streamOf() (*stream, error) {
	s := &stream{begins: map[*page]int{}, places: map[string]int{}}
	var pending []string
	for _, p := range r.spine {
		pr := &pageReader{epubReader: r, page: p, lang: first(r.meta.Language, p.lang), pending: append(pending, p.name)}
		pr.id(p.body)
		pr.flow(p.body)
		if pr.err != nil {
			return nil, pr.err
		}
		pending = pr.pending
		if len(pr.out) > 0 {
			s.begins[p] = len(s.blocks)
		}
		for _, b := range pr.out {
			s.blocks, s.pages = append(s.blocks, b), append(s.pages, p)
		}
	}
	for i := range s.blocks {
		s.know(i)
	}
	return s, nil
}

// know notes the keys in and below a block.
func (s *stream) know(i int) {
	note := func(key string) {
		if _, ok := s.places[key]; !ok {
			s.places[key] = i
		}
	}
	eachBlock(s.blocks[i:i+1], func(b block) {
		for _, key := range b.where().keys {
			note(key)
		}
		for _, list := range textsOf(b) {
			for _, key := range keysOf(list) {
				note(key)
			}
		}
	})
}

// segment is a stretch of text that contents or pages set apart.
type segment struct {
	blocks []block
	page   *page
	entry  *tocEntry // nil if the contents do not name it
	matter string
	part   bool // the contents make it a part
	goesOn bool // belongs to the chapter before
	front  bool // stands before everything that the contents name
}

// segments cuts the text where the contents say that a chapter or part begins,
// and around pages that are something else.
func (r *epubReader) segments(s *stream) []*segment {
	cuts := map[int]*segment{}
	r.cutContents(s, r.chaptersOf(r.toc), cuts, false)
	if len(cuts) < 2 {
		r.cutHeadings(s, cuts)
	}
	start := len(s.blocks)
	for at, seg := range cuts {
		if seg.matter == "" {
			start = min(start, at)
		}
	}
	r.cutPages(s, cuts, start)
	at := make([]int, 0, len(cuts))
	for i := range cuts {
		at = append(at, i)
	}
	sort.Ints(at)
	out := make([]*segment, 0, len(at))
	for i, from := range at {
		to := len(s.blocks)
		if i+1 < len(at) {
			to = at[i+1]
		}
		cuts[from].blocks, cuts[from].page = s.blocks[from:to:to], s.pages[from]
		out = append(out, cuts[from])
	}
	return out
}

// chaptersOf are the lines of the contents below a lone line around them, which
// is the book itself.
func (r *epubReader) chaptersOf(list []*tocEntry) []*tocEntry {
	for len(list) == 1 && len(list[0].kids) > 1 {
		list = append([]*tocEntry{{label: list[0].label, key: list[0].key}}, list[0].kids...)
		if strings.EqualFold(list[0].label, r.meta.Title) || list[0].key == list[1].key {
			list = list[1:]
		}
	}
	return list
}

// cutContents cuts where lines of the contents lead to.
func (r *epubReader) cutContents(s *stream, list []*tocEntry, cuts map[int]*segment, within bool) {
	for _, e := range list {
		at, ok := s.places[e.key]
		if !ok {
			name, _, _ := strings.Cut(e.key, "#")
			if at, ok = s.places[name]; !ok {
				r.cutContents(s, e.kids, cuts, within)
				continue
			}
		}
		part := r.isPartOf(s, e, at)
		if cuts[at] == nil || !cuts[at].part {
			cuts[at] = &segment{entry: e, part: part}
		}
		if part {
			r.cutContents(s, e.kids, cuts, true)
		}
	}
}

// isPartOf reports whether a line of the contents is a part: it says so, or it
// holds lines that lead to other pages and has hardly any text of its own.
func (r *epubReader) isPartOf(s *stream, e *tocEntry, at int) bool {
	p := s.pages[at]
	matter := r.matter(p, 0)
	if e.part || matter == "part" && s.begins[p] == at || isPart(e.label) && len(e.kids) > 0 {
		return true
	}
	if len(e.kids) == 0 || matter == "chapter" {
		return isPart(e.label) && len(e.kids) == 0 && wordsIn(s.blocks[at:s.pageEnd(at)]) < 30
	}
	if l := splitLabel(e.label); l.word {
		return false
	}
	kid, ok := s.places[e.kids[0].key]
	return ok && kid > at && s.pages[kid] != p && wordsIn(s.blocks[at:kid]) < 30
}

// pageEnd is where the page of a block ends.
func (s *stream) pageEnd(at int) int {
	end := at
	for end < len(s.blocks) && s.pages[end] == s.pages[at] {
		end++
	}
	return end
}

// wordsIn counts the words of blocks.
func wordsIn(blocks []block) int {
	n := 0
	eachBlock(blocks, func(b block) {
		for _, list := range textsOf(b) {
			n += countWords(rawOf(list))
		}
	})
	return n
}

// cutHeadings cuts a book without useful contents where pages begin with a
// title, and at titles of the highest level.
func (r *epubReader) cutHeadings(s *stream, cuts map[int]*segment) {
	top := 7
	for _, b := range s.blocks {
		if h, ok := b.(*section); ok {
			top = min(top, h.level)
		}
	}
	for i, b := range s.blocks {
		h, ok := b.(*section)
		begins := s.begins[s.pages[i]] == i
		if ok && (h.level == top || begins) || begins && top == 7 {
			if cuts[i] == nil {
				cuts[i] = &segment{}
			}
		}
	}
	if top < 7 || len(r.toc) == 0 {
		r.warn("%s has no contents; chapters begin where its titles stand", r.draft.name)
	}
}

// cutPages cuts around pages that are no chapters, and between all that stand
// before the first one.
func (r *epubReader) cutPages(s *stream, cuts map[int]*segment, start int) {
	for i, p := range s.pages {
		if s.begins[p] != i {
			continue
		}
		end := s.pageEnd(i)
		matter := r.matter(p, wordsIn(s.blocks[i:end]))
		if c := cuts[i]; c != nil && c.entry != nil && matter == "" && !c.part {
			if m := matterTitles[strings.ToLower(c.entry.label)]; m != "" && (m == "notes" || wordsIn(s.blocks[i:end]) < 600) {
				matter = m
			}
		}
		special := matter != "" && matter != "chapter" && matter != "notes"
		switch {
		case cuts[i] != nil:
		case special || i < start:
			cuts[i] = &segment{front: i < start}
		default:
			continue
		}
		cuts[i].matter = matter
		if special && matter != "part" && end < len(s.blocks) && cuts[end] == nil && end >= start {
			cuts[end] = &segment{goesOn: true}
		}
	}
	if len(s.blocks) > 0 && cuts[0] == nil {
		cuts[0] = &segment{front: true}
	}
}

// keysIn are the keys of blocks, without those of what is in them.
func keysIn(blocks []block) []string {
	var keys []string
	for _, b := range blocks {
		keys = append(keys, b.where().keys...)
	}
	return slices.Clip(keys)
}
