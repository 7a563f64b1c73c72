package layout

import (
	"strings"

	"quire/press"
	"quire/press/font"
)

// quote sets a block quotation, narrower on both sides or beside a rule.
func (s *setter) quote(q *press.Quote, f flow) []*row {
	look := s.theme.Quote
	right := look.Inset
	if look.Rule {
		right = 0
	}
	in := f.inset(look.Inset, right)
	in.node = f.node.Kid(press.RoleBlockQuote)
	if f.kind == press.BodyLine {
		in.typ = look.Type
		in.style.size = in.typ.Size
	}
	if look.Style == "italic" && f.style.face == font.Regular {
		in.style.face = font.Italic
	}
	in.sourced, in.flat, in.how = true, false, s.bodyAlign()
	rows := s.blocks(q.Blocks, in)
	if look.Rule {
		s.barred(rows, f.x)
	}
	return s.apart(rows, f)
}

// barred draws an upright rule at the left of rows.
func (s *setter) barred(rows []*row, x press.Pt) {
	for _, r := range rows {
		bar := rectangle(x, 0, 3*press.Point/2, r.height)
		bar.Fill = &press.Paint{Color: s.ruleColor()}
		r.ops = append([]press.Op{bar}, r.ops...)
		r.space = false // white is barred too
	}
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
		return s.epigraph(d, f)
	case "verse":
		return s.island(s.verse(d.Blocks, f.inset(2*em, 0)))
	case "dialogue":
		return s.island(s.dialogue(d.Blocks, f))
	case "note":
		f.typ, f.style.size, f.flat = s.theme.Caption, s.theme.Caption.Size, true
		rows := s.blocks(d.Blocks, f.inset(em, em))
		return s.island(s.ruled(rows, f))
	case "signature":
		f.how, f.flat = flushRight, true
		if white := s.between(f); white > 0 && s.theme.Paragraphs == "space" {
			return append([]*row{gap(white)}, s.blocks(d.Blocks, f)...)
		}
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

// epigraph sets a motto, with its source flush right below it.
func (s *setter) epigraph(d *press.Div, f flow) []*row {
	look := s.theme.Epigraph
	free := f.width.Scale(look.Inset, 1000)
	switch look.Align {
	case "center":
		f = f.inset(free, free)
		f.how = centered
	case "right":
		f = f.inset(free, 0)
		f.how = flushRight
	default:
		f = f.inset(free, 0)
		f.how = flushLeft
	}
	f.typ, f.style.size, f.flat, f.sourced, f.even = look.Type, look.Size, true, true, true
	if look.Style == "italic" {
		f.style.face = font.Italic
	}
	return s.island(s.blocks(d.Blocks, f))
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

// isSource reports whether a text names a source: it begins with a dash.
func isSource(text []press.Inline) bool {
	plain := strings.TrimSpace(press.Plain(text))
	return strings.HasPrefix(plain, "—") || strings.HasPrefix(plain, "– ") || strings.HasPrefix(plain, "― ")
}

// sourceApart makes a paragraph of its own out of a source that stands on the
// last line of the last one.
func sourceApart(blocks []press.Block) []press.Block {
	n := len(blocks)
	if n == 0 {
		return blocks
	}
	p, ok := blocks[n-1].(*press.Paragraph)
	if !ok {
		return blocks
	}
	for i := len(p.Text) - 1; i > 0; i-- {
		if _, ok := p.Text[i].(*press.LineBreak); !ok {
			continue
		}
		if !isSource(p.Text[i+1:]) {
			return blocks
		}
		out := append([]press.Block(nil), blocks[:n-1]...)
		return append(out, &press.Paragraph{At: p.At, Text: p.Text[:i]}, &press.Paragraph{At: p.At, Text: p.Text[i+1:]})
	}
	return blocks
}
