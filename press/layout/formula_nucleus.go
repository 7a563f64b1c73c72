package layout

import (
	"strings"
	"unicode"

	"quire/press"
	"quire/press/font"
)

// nucleus sets what an atom shows.
func (m *mathSetter) nucleus(n press.MathNucleus, mode mathMode) mathBox {
	switch t := n.(type) {
	case *press.MathSymbol:
		return m.symbol(t, mode)
	case *press.MathWords:
		return m.words(t.Text, t.Face, mode)
	case *press.MathDelimiter:
		return m.bracket(t.Text, m.sizeOf(mode).Scale(int64(6+6*max(t.Size, 1)), 10), mode)
	case *press.MathGroup:
		return m.list(t.Body, mode)
	case *press.MathFraction:
		return m.fraction(t, mode)
	case *press.MathRadical:
		return m.radical(t, mode)
	case *press.MathFence:
		return m.fence(t, mode)
	case *press.MathAccent:
		return m.accent(t, mode)
	case *press.MathStack:
		return m.stack(t, mode)
	case *press.MathMatrix:
		return m.matrix(t, mode)
	}
	return mathBox{}
}

// symbol sets a character or number: letters and digits in the face of the
// text, everything else in the math face.
func (m *mathSetter) symbol(t *press.MathSymbol, mode mathMode) mathBox {
	var out mathBox
	rs := []rune(t.Text)
	switch {
	case len(rs) == 0:
		return out
	case t.Large && mode.style == press.MathDisplay:
		out = m.operator(rs[0], mode)
	case t.Large:
		out = m.centered(m.char(rs[0], mode), mode)
	case m.ofText(rs[0], t.Face, mode):
		out = m.words(t.Text, t.Face, mode)
	default:
		for _, r := range rs {
			c := m.char(press.MathAlphabet(r, t.Face), mode)
			out.next(c)
			out.italic = c.italic
		}
	}
	out.single = len(rs) == 1 && !t.Large
	if t.Not {
		slash := m.char('/', mode)
		mid := (out.width - slash.width) / 2
		out.put(slash, mid, 0)
	}
	return out
}

// ofText reports whether the text's own face sets a character: letters and
// digits in the faces that it has.
func (m *mathSetter) ofText(r rune, face press.MathFace, mode mathMode) bool {
	switch face {
	case press.MathUpright, press.MathItalic, press.MathBold, press.MathBoldItalic:
	default:
		return false
	}
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) || r > 0x2000 {
		return false
	}
	st := m.faced(face)
	st.size = m.sizeOf(mode)
	return m.s.shaper.Has(m.s.chain(&st)[0], r)
}

// faced is the text's style in a face of formulas.
func (m *mathSetter) faced(face press.MathFace) style {
	st := m.style
	switch face {
	case press.MathItalic:
		st.face = font.Italic
	case press.MathBold, press.MathBoldItalic:
		st.face = font.Bold
	case press.MathSans:
		st.family = m.s.faces.table
		st.face = font.Regular
	case press.MathMono:
		st.family = m.s.faces.code
		st.face = font.Regular
	default:
		st.face = font.Regular
	}
	return st
}

// words sets text inside a formula.
func (m *mathSetter) words(text string, face press.MathFace, mode mathMode) mathBox {
	st := m.faced(face)
	st.size = m.sizeOf(mode)
	line := m.s.rawLine(text, st, m.node, 0, press.CellLine)
	out := mathBox{runs: line.Runs, single: len([]rune(text)) == 1}
	for i := range line.Runs {
		r := &line.Runs[i]
		for k, g := range r.Glyphs {
			_, bottom, right, top := m.s.shaper.Extent(r.Font, g.ID)
			advance := m.s.shaper.Advance(r.Font, g.ID)
			out.height = max(out.height, m.s.units(r.Font, r.Size, top))
			out.depth = max(out.depth, -m.s.units(r.Font, r.Size, bottom))
			out.width = r.X + g.X + m.s.units(r.Font, r.Size, advance)
			if k == len(r.Glyphs)-1 {
				out.italic = max(0, m.s.units(r.Font, r.Size, right-advance))
			}
		}
	}
	if strings.HasSuffix(text, " ") {
		out.width = max(out.width, m.s.textWidth(text, st))
	}
	return out
}

// char sets a character of the math face.
func (m *mathSetter) char(r rune, mode mathMode) mathBox {
	g, ok := m.s.shaper.Glyph(font.MathFace, r)
	if !ok {
		return m.words(string(r), press.MathUpright, mode)
	}
	return m.glyph(g, string(r), mode)
}

// glyph sets a glyph of the math face.
func (m *mathSetter) glyph(g uint16, says string, mode mathMode) mathBox {
	size := m.sizeOf(mode)
	left, bottom, right, top := m.s.shaper.Extent(font.MathFace, g)
	_, _ = left, right
	return mathBox{
		width: m.units(m.s.shaper.Advance(font.MathFace, g), mode), height: m.units(top, mode), depth: -m.units(bottom, mode),
		italic: m.units(m.table.Italic(g), mode), single: true,
		runs: []press.Run{{Font: font.MathFace, Size: size, Stretch: fullStretch, Color: m.style.color, Node: m.node, Glyphs: []press.Glyph{{ID: g, Text: says}}}},
	}
}

// operator sets a large operator as display style wants it, around the axis.
func (m *mathSetter) operator(r rune, mode mathMode) mathBox {
	g, ok := m.s.shaper.Glyph(font.MathFace, r)
	if !ok {
		return m.char(r, mode)
	}
	_, bottom, _, top := m.s.shaper.Extent(font.MathFace, g)
	need := max(m.table.DisplayOperator, (top-bottom)*14/10)
	if r >= '∫' && r <= '∳' { // integrals are as high as a fraction
		need = max(need, (top-bottom)*2)
	}
	for _, v := range m.table.Vertical(g).Variants {
		g = v.Glyph
		if v.Size >= need {
			break
		}
	}
	return m.centered(m.glyph(g, string(r), mode), mode)
}

// centered moves a box so that its middle is on the axis.
func (m *mathSetter) centered(b mathBox, mode mathMode) mathBox {
	var out mathBox
	axis := m.measure(font.AxisHeight, mode)
	out.put(b, 0, (b.height-b.depth)/2-axis)
	out.italic = b.italic
	return out
}

// bracket sets a bracket at least so high, around the axis: a glyph of that
// size, or one put together from parts.
func (m *mathSetter) bracket(text string, need press.Pt, mode mathMode) mathBox {
	if text == "" {
		return mathBox{}
	}
	r := []rune(text)[0]
	g, ok := m.s.shaper.Glyph(font.MathFace, r)
	if !ok {
		return m.centered(m.char(r, mode), mode)
	}
	grow := m.table.Vertical(g)
	best := m.glyph(g, text, mode)
	for _, v := range grow.Variants {
		best = m.glyph(v.Glyph, text, mode)
		if best.height+best.depth >= need {
			break
		}
	}
	if best.height+best.depth < need && len(grow.Parts) > 0 {
		best = m.assembled(grow.Parts, text, need, mode)
	}
	return m.centered(best, mode)
}

// maxRepeats is how often the middle parts of a bracket may stand.
const maxRepeats = 200

// assembled puts a high bracket together from bottom to top. Its baseline is
// its lower edge.
func (m *mathSetter) assembled(parts []font.GlyphPart, text string, need press.Pt, mode mathMode) mathBox {
	high := func(n int) (list []font.GlyphPart, sum press.Pt) {
		for _, p := range parts {
			times := 1
			if p.Repeats {
				times = n
			}
			for range times {
				list = append(list, p)
				sum += m.units(p.Size, mode)
			}
		}
		return list, sum - press.Pt(max(len(list)-1, 0))*m.units(m.table.Overlap, mode)
	}
	n := 0
	list, sum := high(0)
	for ; sum < need && n < maxRepeats; list, sum = high(n) {
		n++
	}
	var out mathBox
	y := press.Pt(0)
	overlap := m.units(m.table.Overlap, mode)
	if gaps := press.Pt(len(list) - 1); gaps > 0 && sum > need {
		overlap += min((sum-need)/gaps, m.units(connector(list), mode)-overlap)
	}
	for i, p := range list {
		b := m.glyph(p.Glyph, "", mode)
		if i == len(list)-1 {
			b.runs[0].Glyphs[0].Text = text
		}
		out.put(b, 0, -y-b.depth)
		y += m.units(p.Size, mode) - overlap
	}
	return out
}

// connector is the most that all parts may overlap.
func connector(list []font.GlyphPart) int64 {
	most := list[0].End
	for i, p := range list {
		if i > 0 {
			most = min(most, p.Start)
		}
		if i < len(list)-1 {
			most = min(most, p.End)
		}
	}
	return max(most, 0)
}
