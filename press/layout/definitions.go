package layout

import (
	"strings"
	"unicode/utf8"

	"quire/press"
	"quire/press/font"
)

// definitions sets terms and what they mean: behind the term, with the other
// lines hanging in, or below it.
func (s *setter) definitions(d *press.Definitions, f flow) []*row {
	list := f.node.Kid(press.RoleL)
	f.note = nil
	var rows []*row
	for i, def := range d.Items {
		if i > 0 {
			rows = append(rows, gap(f.typ.Leading/4))
		}
		li := list.Kid(press.RoleLI)
		if s.theme.Definitions == "run_in" {
			rows = append(rows, s.runIn(def, li, f)...)
			continue
		}
		rows = append(rows, s.hanging(def, li, f)...)
	}
	if f.bullets+f.counts > 0 {
		return rows
	}
	return s.apart(rows, f)
}

// hangBy is how far the lines below a term stand in.
func hangBy(f flow) press.Pt { return f.style.size * 3 / 2 }

// termStyle is how a term looks: bold, which stands apart in any text.
func termStyle(st style) style {
	st.face = st.face.Bolder()
	return st
}

// hanging sets each term on a line of its own, the meanings below and inside.
func (s *setter) hanging(def press.Definition, li *press.Node, f flow) []*row {
	var rows []*row
	lbl := li.Kid(press.RoleLbl)
	for _, term := range def.Terms {
		p := paragraph{spans: s.spans(term, termStyle(f.style), lbl), m: measures{full: f.width}, x: f.x, how: flushLeft, kind: f.kind}
		lines, notes := s.linesAndNotes(p)
		rows = append(rows, keepAll(lineRows(lines, notes, f.typ))...)
	}
	return append(rows, s.meanings(def.Meanings, li, f)...)
}

// meanings sets what a term means, one meaning after the other.
func (s *setter) meanings(meanings [][]press.Block, li *press.Node, f flow) []*row {
	in := f.inset(hangBy(f), 0)
	in.flat, in.begun = true, false
	in.node = li.Kid(press.RoleLBody)
	var rows []*row
	for _, m := range meanings {
		rows = append(rows, s.blocks(m, in)...)
	}
	return rows
}

// runIn sets the terms and the first meaning as one paragraph.
func (s *setter) runIn(def press.Definition, li *press.Node, f flow) []*row {
	lbl := li.Kid(press.RoleLbl)
	var spans []span
	for i, term := range def.Terms {
		if i > 0 {
			spans = append(spans, span{text: ", ", style: f.style, node: lbl})
		}
		spans = append(spans, s.spans(term, termStyle(f.style), lbl)...)
	}
	spans = append(spans, span{text: "\u2002", style: f.style, node: lbl})
	rest := def.Meanings
	if len(rest) > 0 && len(rest[0]) > 0 {
		if p, ok := rest[0][0].(*press.Paragraph); ok {
			body := li.Kid(press.RoleLBody)
			spans = append(spans, s.spans(p.Text, f.style, body.Kid(press.RoleP))...)
			rest = append([][]press.Block{rest[0][1:]}, rest[1:]...)
		}
	}
	lines, notes := s.linesAndNotes(hung(spans, f, hangBy(f)))
	return append(lineRows(lines, notes, f.typ), s.meanings(rest, li, f)...)
}

// hung is a paragraph whose lines but the first stand in.
func hung(spans []span, f flow, by press.Pt) paragraph {
	if f.width < 8*f.typ.Size {
		by = 0
	}
	return paragraph{spans: spans, m: measures{full: f.width - by, narrow: f.width, lines: 1}, x: f.x + by, how: f.how, kind: f.kind}
}

// dialogue sets who says what: "Name: text" hangs behind the name, in small
// capitals or bold. The items of a list are taken as paragraphs.
func (s *setter) dialogue(blocks []press.Block, f flow) []*row {
	var rows []*row
	for _, b := range blocks {
		switch t := b.(type) {
		case *press.Paragraph:
			rows = append(rows, s.speech(t, f)...)
		case *press.List:
			for _, it := range t.Items {
				rows = append(rows, s.dialogue(it.Blocks, f)...)
			}
		default:
			in := f.inset(hangBy(f), 0)
			rows = append(rows, s.block(b, in)...)
		}
	}
	return rows
}

// longestName is how many letters a speaker's name may have.
const longestName = 40

// speech sets one paragraph of a dialogue.
func (s *setter) speech(p *press.Paragraph, f flow) []*row {
	node := f.node.Kid(press.RoleP)
	spans := s.spans(p.Text, f.style, node)
	if len(spans) > 0 {
		if name, rest, ok := strings.Cut(spans[0].text, ": "); ok && utf8.RuneCountInString(name) <= longestName {
			speaker, said := spans[0], spans[0]
			speaker.text, said.text = name+":", " "+rest
			speaker.style = s.speakerStyle(f.style)
			spans = append([]span{speaker, said}, spans[1:]...)
		} else if strings.HasSuffix(spans[0].text, ":") { // a name in bold or italics
			spans[0].style = s.speakerStyle(f.style)
		}
	}
	lines, notes := s.linesAndNotes(hung(spans, f, 2*f.style.size))
	return lineRows(lines, notes, f.typ)
}

// speakerStyle is how a speaker's name looks.
func (s *setter) speakerStyle(st style) style {
	if !s.hasSmallCaps(&st) {
		st.face = font.Bold
		return st
	}
	st.face, st.features = font.Regular, font.SmallCaps|font.Plain
	st.track = st.size.Scale(4, 100)
	return st
}

// hasSmallCaps reports whether a style's face has small capitals.
func (s *setter) hasSmallCaps(st *style) bool {
	id := s.chain(st)[0]
	plain, small := s.shaper.Shape(id, 0, "", "a"), s.shaper.Shape(id, font.SmallCaps, "", "a")
	return len(plain) > 0 && len(small) > 0 && plain[0].ID != small[0].ID
}
