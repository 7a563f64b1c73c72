package layout

import (
	"quire/press"
)

// chapter is a set chapter. It does not change: the same one may be put into
// several books, and is kept for the next time that its text is set.
type chapter struct {
	sect     *press.Node
	opening  []*row       // number and title
	sink     press.Pt     // height above the text of the first page
	cuts     [2][]cutPage // pages, when it opens on a recto and on a verso
	targets  map[*press.Node]target
	warnings []press.Warning
	named    map[string]string // page labels that it names, by ID
	glyphs   int               // how large it is
}

// chapter sets a chapter, or several that go on below each other.
func (s *setter) chapter(list []*press.Chapter) *chapter {
	s.begin()
	out := &chapter{sect: s.sect}
	var rows []*row
	for i, c := range list {
		if len(list) > 1 {
			s.sect = out.sect.Kid(press.RoleSect)
		}
		opening, sink := s.opening(c)
		if i == 0 {
			out.opening, out.sink = opening, sink
		} else {
			rows = append(rows, s.goesOn(c, opening)...)
		}
		rows = append(rows, s.body(c)...)
	}
	s.finish(out, rows)
	return out
}

// goesOn is the opening of a chapter that begins below another one.
func (s *setter) goesOn(c *press.Chapter, opening []*row) []*row {
	lead := s.frame.lead
	white := 2*lead + (height(opening)+lead-1)/lead*lead - height(opening)
	before, after := gap(white), &row{height: lead, keep: true}
	opening = keepAll(opening)
	if len(opening) == 0 {
		opening = []*row{{keep: true}}
	}
	opening[0].anchors, opening[0].opens = append(opening[0].anchors, c.ID), c
	return append(append([]*row{before}, opening...), after)
}

// body sets what stands below a chapter's title.
func (s *setter) body(c *press.Chapter) []*row {
	f := s.bodyFlow()
	if c.Number > 0 {
		f.sections = &sections{chapter: c.Number}
	}
	var rows []*row
	blocks := c.Blocks
	for len(blocks) > 0 && isEpigraph(blocks[0]) {
		rows = append(rows, s.block(blocks[0], f)...)
		blocks = blocks[1:]
	}
	if len(blocks) > 0 && isParagraph(blocks[0]) {
		first, taken := s.openingParagraphs(blocks, f)
		rows = append(rows, first...)
		blocks, f.begun = blocks[taken:], true
		if len(blocks) > 0 && isParagraph(blocks[0]) && s.theme.Paragraphs == "space" {
			rows = append(rows, gap(s.between(f)))
		}
	}
	rows = append(rows, s.blocks(blocks, f)...)
	if s.theme.Notes == "chapter" {
		rows = append(rows, s.chapterNotes(c)...)
	}
	return rows
}

// begin clears what belongs to the chapter in work.
func (s *setter) begin() {
	s.sect = &press.Node{Role: press.RoleSect}
	s.targets, s.notes, s.warnings = map[*press.Node]target{}, map[*press.Note]*footnote{}, nil
	s.named = nil
}

// bodyFlow is running text as wide as the page.
func (s *setter) bodyFlow() flow {
	return flow{width: s.frame.width, typ: s.theme.Text, style: s.plainStyle(s.faces.body, s.theme.Text.Size), node: s.sect, kind: press.BodyLine, how: s.bodyAlign()}
}

// finish cuts a chapter's rows into pages.
func (s *setter) finish(out *chapter, rows []*row) {
	rows = trimWhite(tidy(rows))
	varied := false
	vary := func() {
		if !varied {
			s.vary(rows)
			varied = true
		}
	}
	out.cuts[0] = paginate(rows, s.frame, out.sink, 0, vary)
	if !s.opensOnRecto() {
		out.cuts[1] = paginate(rows, s.frame, out.sink, 1, vary)
	}
	for _, r := range rows {
		r.vary = nil // it holds everything that the lines were made of
		for _, op := range r.ops {
			if l, ok := op.(*press.Line); ok {
				for i := range l.Runs {
					out.glyphs += len(l.Runs[i].Glyphs)
				}
			}
		}
	}
	out.targets, out.warnings, out.named = s.targets, s.warnings, s.named
}

// isEpigraph reports whether a block is a motto before the text.
func isEpigraph(b press.Block) bool {
	d, ok := b.(*press.Div)
	return ok && d.Class == "epigraph"
}
