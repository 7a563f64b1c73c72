package layout

import (
	"strings"

	"quire/press"
	"quire/press/font"
)

// flow is where and how blocks are set.
type flow struct {
	x, width press.Pt
	typ      press.Type
	style    style
	node     *press.Node // parent of what is set
	kind     press.LineKind
	how      align
	flat     bool        // paragraphs have no indent
	begun    bool        // a paragraph stands before, so the first one is indented
	note     *press.Note // the first paragraph begins with this note's number
}

// inset returns the flow narrowed on both sides.
func (f flow) inset(left, right press.Pt) flow {
	if f.width-left-right < 8*f.typ.Size { // too narrow for more levels
		return f
	}
	f.x, f.width = f.x+left, f.width-left-right
	return f
}

// blocks sets blocks one below the other.
func (s *setter) blocks(blocks []press.Block, f flow) []*row {
	var out []*row
	first := !f.begun
	f.begun = false
	for i, b := range blocks {
		if p, ok := b.(*press.Paragraph); ok {
			last := i == len(blocks)-1
			rows := s.paragraph(p, f, first, last)
			if !last && announces(p, blocks[i+1]) {
				rows[len(rows)-1].rough = 5000
			}
			out = append(out, rows...)
			first = false
			f.note = nil
			continue
		}
		out = append(out, s.block(b, f)...)
		fig, ok := b.(*press.Figure)
		first = !ok || !s.floats(fig) || first // text goes on around a floating figure
	}
	return out
}

// announces reports whether a paragraph ends with a colon before something
// that is not a paragraph: the two should not part.
func announces(p *press.Paragraph, next press.Block) bool {
	_, plain := next.(*press.Paragraph)
	return !plain && strings.HasSuffix(strings.TrimSpace(press.Plain(p.Text)), ":")
}

// block sets one block that is not a paragraph.
func (s *setter) block(b press.Block, f flow) []*row {
	switch t := b.(type) {
	case *press.Heading:
		return s.heading(t, f)
	case *press.Break:
		return s.sceneBreak(f)
	case *press.Quote:
		return s.quote(t, f)
	case *press.List:
		return s.list(t, f)
	case *press.Code:
		return s.code(t, f)
	case *press.Table:
		return s.table(t, f)
	case *press.Figure:
		return s.figure(t, f)
	case *press.MathBlock:
		return s.mathBlock(t, f)
	case *press.Div:
		return s.div(t, f)
	}
	return nil
}

// paragraph sets a paragraph; the first of a flow has no indent.
func (s *setter) paragraph(p *press.Paragraph, f flow, first, last bool) []*row {
	node := f.node.Kid(press.RoleP)
	spans := s.spans(p.Text, f.style, node)
	if f.note != nil {
		spans = append([]span{s.noteLabel(f.note, f.style, node)}, spans...)
	}
	para := paragraph{spans: spans, m: measures{full: f.width}, x: f.x, how: f.how, kind: f.kind}
	if !first && !f.flat && f.how == justified {
		para.indent = min(s.theme.Indent, f.width/8)
	}
	if f.note != nil {
		para.indent = s.theme.Indent.Scale(2, 3)
	}
	if last && !first && f.flat && strings.HasPrefix(press.Plain(p.Text), "—") {
		para.how = flushRight
	}
	if f.kind == press.BodyLine && f.x == 0 && f.note == nil {
		return s.rowsOf(para, f.typ)
	}
	lines, notes := s.linesAndNotes(para)
	return lineRows(lines, notes, f.typ)
}

// heading sets a section title. Its height is whole lines of text.
func (s *setter) heading(h *press.Heading, f flow) []*row {
	look, role := s.theme.H2, press.RoleH2
	if h.Level > 2 {
		look, role = s.theme.H3, press.RoleH3
	}
	st := s.plainStyle(s.faces.heads, look.Size)
	switch look.Style {
	case "italic":
		st.face = font.Italic
	case "bold":
		st.face = font.Bold
	case "smallcaps":
		st.features, st.track = font.SmallCaps|font.Plain, look.Size.Scale(5, 100)
	}
	how := flushLeft
	if look.Align == "center" {
		how = centered
	}
	p := paragraph{spans: s.spans(h.Text, st, f.node.Kid(role)), m: measures{full: f.width}, x: f.x, how: how, kind: press.HeadLine}
	lines, notes := s.linesAndNotes(p)
	rows := keepAll(lineRows(lines, notes, look.Type))
	lead := s.frame.lead
	total := (height(rows)+lead-1)/lead*lead + press.Pt(look.Before+look.After)*lead
	after := gap(press.Pt(look.After) * lead)
	after.keep, after.space = true, false
	before := gap(total - height(rows) - after.height)
	before.keep = true
	rows[0].anchors, rows[0].heading = []string{h.ID}, h
	return append(append([]*row{before}, rows...), after)
}

// sceneBreak sets the theme's ornament.
func (s *setter) sceneBreak(f flow) []*row {
	lead := s.frame.lead
	p := paragraph{spans: []span{{text: strings.ReplaceAll(s.theme.Break, " ", "\u2002"), style: s.plainStyle(s.faces.body, s.theme.Text.Size)}},
		m: measures{full: f.width}, x: f.x, how: centered, kind: press.FrontLine}
	rows := keepAll(lineRows(s.lines(p), nil, s.theme.Text))
	before, after := gap(lead), gap(lead)
	after.keep = true
	before.keep = true
	return append(append([]*row{before}, rows...), after)
}

// quote sets a block quotation, narrower on both sides.
func (s *setter) quote(q *press.Quote, f flow) []*row {
	in := f.inset(2*s.theme.Text.Size*7/10, 2*s.theme.Text.Size*7/10)
	in.node = f.node.Kid(press.RoleBlockQuote)
	if f.kind == press.BodyLine {
		in.typ = s.theme.Quote
		in.style.size = in.typ.Size
	}
	in.flat = true
	return s.island(s.blocks(q.Blocks, in))
}

// div sets a block by its class.
func (s *setter) div(d *press.Div, f flow) []*row {
	if d.Lang != "" {
		f.style.lang = d.Lang
	}
	node := f.node.Kid(press.RoleDiv)
	node.Lang = d.Lang
	f.node = node
	rows := s.classed(d, f)
	if d.ID != "" && len(rows) > 0 {
		rows[0].anchors = append(rows[0].anchors, d.ID)
	}
	return rows
}

// classed sets the blocks of a div as its class wants it.
func (s *setter) classed(d *press.Div, f flow) []*row {
	em := s.theme.Text.Size
	switch d.Class {
	case "epigraph":
		f = f.inset(f.width*3/10, 0)
		f.typ, f.style.size, f.style.face, f.how, f.flat = s.theme.Caption, s.theme.Caption.Size, font.Italic, flushLeft, true
		return s.island(s.blocks(d.Blocks, f))
	case "verse":
		return s.island(s.verse(d.Blocks, f.inset(2*em, 0)))
	case "note":
		f.typ, f.style.size, f.flat = s.theme.Caption, s.theme.Caption.Size, true
		rows := s.blocks(d.Blocks, f.inset(em, em))
		return s.island(s.ruled(rows, f))
	case "signature":
		f.how, f.flat = flushRight, true
		return s.blocks(d.Blocks, f)
	case "center":
		f.how, f.flat = centered, true
		return s.blocks(d.Blocks, f)
	case "imprint":
		f.typ, f.style.size, f.how, f.flat = s.theme.Note, s.theme.Note.Size, centered, true
		return s.island(s.blocks(d.Blocks, f))
	}
	return s.blocks(d.Blocks, f)
}

// ruled draws a hairline above and below rows.
func (s *setter) ruled(rows []*row, f flow) []*row {
	if len(rows) == 0 {
		return nil
	}
	const room = 5 * press.Point
	top := &row{height: room, keep: true, ops: []press.Op{rule(f.x, press.Point, f.width, press.Point/2)}}
	bottom := &row{height: room, ops: []press.Op{rule(f.x, room-press.Point, f.width, press.Point/2)}}
	rows[len(rows)-1].keep = true
	return append(append([]*row{top}, rows...), bottom)
}

// verse sets each line of a poem as its own; a line that is turned hangs in.
func (s *setter) verse(blocks []press.Block, f flow) []*row {
	var out []*row
	for i, b := range blocks {
		p, ok := b.(*press.Paragraph)
		if !ok {
			out = append(out, s.block(b, f)...)
			continue
		}
		if i > 0 {
			out = append(out, gap(f.typ.Leading/2))
		}
		node := f.node.Kid(press.RoleP)
		turn := 2 * f.typ.Size
		var stanza []*row
		for _, line := range verseLines(p.Text) {
			para := paragraph{spans: s.spans(line, f.style, node), m: measures{full: f.width - turn, narrow: f.width, lines: 1}, x: f.x + turn, how: flushLeft, kind: f.kind}
			lines, notes := s.linesAndNotes(para)
			stanza = append(stanza, lineRows(lines, notes, f.typ)...)
		}
		for k, r := range stanza {
			r.index, r.of = k, len(stanza)
		}
		out = append(out, stanza...)
	}
	return out
}

// verseLines cuts a stanza at its line breaks.
func verseLines(text []press.Inline) [][]press.Inline {
	lines := [][]press.Inline{nil}
	for _, in := range text {
		if _, ok := in.(*press.LineBreak); ok {
			lines = append(lines, nil)
			continue
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], in)
	}
	return lines
}
