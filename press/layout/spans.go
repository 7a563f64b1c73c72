package layout

import (
	"strconv"

	"quire/press"
	"quire/press/font"
)

// plainStyle is the upright style of a family.
func (s *setter) plainStyle(family *font.Family, size press.Pt) style {
	return style{family: family, size: size, lang: s.doc.Lang}
}

// spans turns running text into spans of one structure node and its kids.
func (s *setter) spans(text []press.Inline, st style, node *press.Node) []span {
	var out []span
	for _, in := range text {
		switch t := in.(type) {
		case *press.Text:
			out = append(out, span{text: t.Value, style: st, node: node})
		case *press.Emph:
			out = append(out, s.spans(t.Text, emphasised(st), node)...)
		case *press.Strong:
			strong := st
			strong.face = st.face.Bolder()
			out = append(out, s.spans(t.Text, strong, node)...)
		case *press.Strike:
			struck := st
			struck.strike = true
			out = append(out, s.spans(t.Text, struck, node)...)
		case *press.CodeSpan:
			out = append(out, span{text: t.Value, style: s.codeStyle(st), node: node})
		case *press.Math:
			out = append(out, s.inlineMath(t, st, node)...)
		case *press.LineBreak:
			out = append(out, span{style: st, node: node, end: true})
		case *press.Link:
			out = append(out, s.linked(t.Text, st, node, target{url: t.URL, alt: t.URL})...)
		case *press.Ref:
			if t.Target == "" {
				out = append(out, s.spans(t.Text, st, node)...)
				continue
			}
			out = append(out, s.linked(s.refText(t), st, node, target{id: t.Target, alt: press.Plain(t.Text)})...)
		case *press.NoteRef:
			out = append(out, s.noteMark(t.Note, st, node))
		}
	}
	return out
}

// emphasised is italic among upright and upright among italic.
func emphasised(st style) style {
	st.face = st.face.Turned()
	return st
}

// codeStyle is the typewriter style beside a text style: a little smaller, so
// that its x-heights agree.
func (s *setter) codeStyle(st style) style {
	st.family, st.face, st.size, st.code = s.faces.code, font.Regular, st.size.Scale(82, 100), true
	st.features = font.Plain
	return st
}

// screenLink is the colour of links on screens: a dark blue, 8 to 1 on white.
var screenLink = press.Color{R: 24, G: 74, B: 140}

// linked returns spans under a link node.
func (s *setter) linked(text []press.Inline, st style, node *press.Node, to target) []span {
	link := node.Kid(press.RoleLink)
	s.targets[link] = to
	if s.screen {
		st.color = screenLink
	}
	return s.spans(text, st, link)
}

// refText is what a reference shows: its text, or the label of its page as far
// as that is known.
func (s *setter) refText(t *press.Ref) []press.Inline {
	if !t.Page {
		return t.Text
	}
	label := s.pageLabels[t.Target]
	if s.named == nil {
		s.named = map[string]string{}
	}
	s.named[t.Target] = label
	if label == "" {
		label = unknownPage
	}
	return []press.Inline{&press.Text{Value: label}}
}

// unknownPage stands for a page number in the first pass.
const unknownPage = "000"

// noteMark is the raised number of a note; the note is set when it is first
// met.
func (s *setter) noteMark(n *press.Note, st style, node *press.Node) span {
	mark := node.Kid(press.RoleReference).Kid(press.RoleLink)
	number := strconv.Itoa(n.Number)
	s.targets[mark] = target{id: n.ID, alt: number}
	sp := span{text: number, style: s.raised(st, number), node: mark}
	if s.notes[n] == nil && s.theme.Notes == "foot" {
		f := &footnote{}
		s.notes[n] = f
		s.setNote(n, f)
		sp.note = f
	}
	return sp
}

// raised is the style of a raised number: the face's own superior figures if
// it has them, else small ones lifted.
func (s *setter) raised(st style, number string) style {
	st.face, st.track = font.Regular, 0
	sup := st
	sup.features = font.Superior
	id := s.chain(&st)[0]
	plain, high := s.shaper.Shape(id, 0, st.lang, number), s.shaper.Shape(id, font.Superior, st.lang, number)
	if len(plain) > 0 && len(high) > 0 && plain[0].ID != high[0].ID {
		return sup
	}
	st.features, st.rise = font.Lining, st.size.Scale(33, 100)
	st.size = st.size.Scale(62, 100)
	return st
}

// setNote sets a note's text in the small size.
func (s *setter) setNote(n *press.Note, f *footnote) {
	node := s.sect.Kid(press.RoleNote)
	node.ID = n.ID
	t := s.theme.Note
	st := s.plainStyle(s.faces.body, t.Size)
	fl := flow{width: s.frame.width, typ: t, style: st, node: node, kind: press.NoteLine, note: n, how: s.bodyAlign()}
	f.rows = s.blocks(n.Blocks, fl)
	if len(f.rows) == 0 {
		f.rows = lineRows(s.lines(paragraph{spans: []span{s.noteLabel(n, st, node)}, m: measures{full: fl.width}, kind: press.NoteLine}), nil, t)
	}
	f.rows[0].anchors = append(f.rows[0].anchors, n.ID)
	f.rows = withNested(f.rows)
	f.height = height(f.rows)
}

// withNested puts the notes that a note names behind it: the foot of a page
// only looks for marks in the text.
func withNested(rows []*row) []*row {
	out := rows
	for _, r := range rows {
		for _, inner := range r.notes {
			out = append(out, inner.rows...)
		}
		r.notes = nil
	}
	return out
}

// noteLabel is the number at the head of a note.
func (s *setter) noteLabel(n *press.Note, st style, node *press.Node) span {
	number := strconv.Itoa(n.Number)
	return span{text: number + "\u00a0", style: s.raised(st, number), node: node.Kid(press.RoleLbl)}
}
