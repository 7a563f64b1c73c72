package layout

import (
	"quire/press"
	"quire/press/font"
)

// fraction sets one row over another (rule 15).
func (m *mathSetter) fraction(t *press.MathFraction, mode mathMode) mathBox {
	mode = mode.with(t.Style)
	num, den := m.list(t.Num, mode.part(false)), m.list(t.Den, mode.part(true))
	width := max(num.width, den.width)
	axis, thick := m.measure(font.AxisHeight, mode), m.measure(font.FractionRuleThickness, mode)
	var out mathBox
	up, down := m.fractionShifts(num, den, thick, axis, t.NoRule, mode)
	out.put(num, (width-num.width)/2, -up)
	out.put(den, (width-den.width)/2, down)
	side := press.Pt(0)
	if !t.NoRule {
		out.rule(0, -axis-thick/2, width, thick, m)
		side = m.mu(1, mode)
	}
	out.width = width
	var framed mathBox
	framed.width = side
	framed.next(out)
	framed.width += side
	if t.Left == "" && t.Right == "" {
		return framed
	}
	return m.fenced(t.Left, framed, t.Right, mode)
}

// fractionShifts returns how far the parts of a fraction stand from the
// baseline.
func (m *mathSetter) fractionShifts(num, den mathBox, thick, axis press.Pt, noRule bool, mode mathMode) (up, down press.Pt) {
	display := mode.style == press.MathDisplay
	pick := func(text, large font.MathConstant) press.Pt {
		if display {
			return m.measure(large, mode)
		}
		return m.measure(text, mode)
	}
	if noRule {
		up = pick(font.StackTopShiftUp, font.StackTopDisplayStyleShiftUp)
		down = pick(font.StackBottomShiftDown, font.StackBottomDisplayStyleShiftDown)
		if short := pick(font.StackGapMin, font.StackDisplayStyleGapMin) - ((up - num.depth) - (den.height - down)); short > 0 {
			up, down = up+short/2, down+short-short/2
		}
		return up, down
	}
	up = pick(font.FractionNumeratorShiftUp, font.FractionNumeratorDisplayStyleShiftUp)
	down = pick(font.FractionDenominatorShiftDown, font.FractionDenominatorDisplayStyleShiftDown)
	up = max(up, axis+thick/2+pick(font.FractionNumeratorGapMin, font.FractionNumDisplayStyleGapMin)+num.depth)
	down = max(down, den.height+pick(font.FractionDenominatorGapMin, font.FractionDenomDisplayStyleGapMin)+thick/2-axis)
	return up, down
}

// radical sets a root (rule 11).
func (m *mathSetter) radical(t *press.MathRadical, mode mathMode) mathBox {
	body := m.list(t.Body, mode.crampedMode())
	gap := m.measure(font.RadicalVerticalGap, mode)
	if mode.style == press.MathDisplay {
		gap = m.measure(font.RadicalDisplayStyleVerticalGap, mode)
	}
	thick := m.measure(font.RadicalRuleThickness, mode)
	need := body.height + body.depth + gap + thick
	sign := m.bracket("√", need, mode)
	high := sign.height + sign.depth
	if extra := high - need; extra > 0 {
		gap += extra / 2
	}
	top := body.height + gap + thick
	var out mathBox
	if t.Degree != nil {
		degree := m.list(t.Degree, mathMode{press.MathScriptScript, false})
		rise := high.Scale(int64(m.table.DegreePercent), 100) - (high - top)
		out.width = max(0, m.measure(font.RadicalKernBeforeDegree, mode))
		out.put(degree, out.width, -rise)
		out.width = max(0, out.width+m.measure(font.RadicalKernAfterDegree, mode))
	}
	x := out.width
	out.put(sign, x, sign.height-top)
	x += sign.width
	out.rule(x, -top, body.width+m.mu(1, mode), thick, m)
	out.put(body, x, 0)
	out.height = max(out.height, top)
	out.width = x + body.width + m.mu(1, mode)
	return out
}

// fence sets a row between brackets as high as it is (rule 19). Brackets in
// its middle grow with it.
func (m *mathSetter) fence(t *press.MathFence, mode mathMode) mathBox {
	body := m.list(t.Body, mode)
	need := m.around(body, mode)
	if grown := m.middles(t.Body, need, mode); grown != nil {
		body = *grown
	}
	return m.fenced(t.Left, body, t.Right, mode)
}

// middles sets a row again with the brackets of its own as high as the fence;
// nil if there are none.
func (m *mathSetter) middles(list press.MathList, need press.Pt, mode mathMode) *mathBox {
	var out mathBox
	found := false
	last := 0
	for i, n := range list {
		a, ok := n.(*press.MathAtom)
		if !ok {
			continue
		}
		d, ok := a.Nucleus.(*press.MathDelimiter)
		if !ok || d.Size != 0 {
			continue
		}
		found = true
		out.next(m.list(list[last:i], mode))
		out.width += m.mu(2, mode)
		out.next(m.bracket(d.Text, need, mode))
		out.width += m.mu(2, mode)
		last = i + 1
	}
	if !found {
		return nil
	}
	out.next(m.list(list[last:], mode))
	return &out
}

// around is how high brackets around a box have to be.
func (m *mathSetter) around(b mathBox, mode mathMode) press.Pt {
	axis := m.measure(font.AxisHeight, mode)
	half := max(b.height-axis, b.depth+axis)
	return max((2*half).Scale(901, 1000), 2*half-m.sizeOf(mode)/2)
}

// fenced sets brackets around a box.
func (m *mathSetter) fenced(left string, body mathBox, right string, mode mathMode) mathBox {
	need := m.around(body, mode)
	var out mathBox
	out.next(m.bracket(left, need, mode))
	out.next(body)
	out.next(m.bracket(right, need, mode))
	return out
}

// accent sets a mark over or under a row (rule 12).
func (m *mathSetter) accent(t *press.MathAccent, mode mathMode) mathBox {
	body := m.list(t.Body, mode.crampedMode())
	if t.Mark == "\u203e" || t.Mark == "_" {
		return m.bar(body, t.Under, mode)
	}
	mark := m.mark(t, body.width, mode)
	var out mathBox
	out.put(body, 0, 0)
	x := (body.width - mark.width) / 2
	if single := body.single && len(body.runs) == 1; single && !t.Under && !t.Stretch {
		x += body.italic / 2
	}
	gap := m.measure(font.OverbarVerticalGap, mode) / 3
	if t.Under {
		out.put(mark, x, body.depth+mark.height+gap)
	} else {
		out.put(mark, x, -(body.height + gap + mark.depth))
	}
	out.width, out.italic = body.width, body.italic
	return out
}

// combining are the marks as they stand over letters, by their spacing forms.
var combining = map[rune]rune{
	'^': 0x302, 'ˆ': 0x302, '~': 0x303, '˜': 0x303, '¯': 0x304, '˙': 0x307, '¨': 0x308, '´': 0x301, '`': 0x300,
	'˘': 0x306, 'ˇ': 0x30c, '˚': 0x30a, '→': 0x20d7, '←': 0x20d6,
}

// mark is an accent's mark, drawn so that its ink stands on its baseline.
func (m *mathSetter) mark(t *press.MathAccent, width press.Pt, mode mathMode) mathBox {
	r := []rune(t.Mark)[0]
	if c, ok := combining[r]; ok && !t.Stretch {
		r = c
	}
	g, ok := m.s.shaper.Glyph(font.MathFace, r)
	if !ok {
		return m.char([]rune(t.Mark)[0], mode)
	}
	if t.Stretch {
		for _, v := range m.table.Horizontal(g).Variants {
			if m.units(v.Size, mode) > width && v.Glyph != g {
				break
			}
			g = v.Glyph
		}
	}
	b := m.glyph(g, t.Mark, mode)
	left, _, right, _ := m.s.shaper.Extent(font.MathFace, g)
	ink := m.units(right-left, mode)
	for i := range b.runs {
		b.runs[i].X -= m.units(left, mode)
	}
	b.width = ink
	if t.Stretch && ink > 0 && width > ink {
		for i := range b.runs {
			b.runs[i].Stretch = int64(width) * fullStretch / int64(ink)
			b.runs[i].X = -m.units(left, mode).Scale(int64(width), int64(ink))
		}
		b.width = width
	}
	return b
}

// bar sets a line over or under a box (rules 9 and 10).
func (m *mathSetter) bar(body mathBox, under bool, mode mathMode) mathBox {
	gap, thick := m.measure(font.OverbarVerticalGap, mode), m.measure(font.OverbarRuleThickness, mode)
	out := body
	if under {
		out.rule(0, body.depth+gap, body.width, thick, m)
		out.depth += gap + 2*thick
	} else {
		out.rule(0, -body.height-gap-thick, body.width, thick, m)
		out.height += gap + 2*thick
	}
	out.single = false
	return out
}

// stack sets smaller rows above and below a row.
func (m *mathSetter) stack(t *press.MathStack, mode mathMode) mathBox {
	a := &press.MathAtom{Sup: t.Over, Sub: t.Under}
	base := m.list(t.Base, mode)
	base.italic = 0
	return m.limits(base, a, mode)
}

// matrix sets rows of cells around the axis.
func (m *mathSetter) matrix(t *press.MathMatrix, mode mathMode) mathBox {
	cells := make([][]mathBox, len(t.Rows))
	widths := make([]press.Pt, len(t.Align))
	for i, row := range t.Rows {
		for k, cell := range row {
			b := m.list(cell, mode.with(t.Style))
			cells[i] = append(cells[i], b)
			if t.Pairs && k%2 == 1 {
				b.width += m.mu(leads(cell), mode)
				cells[i][k].width = b.width
			}
			widths[k] = max(widths[k], b.width)
		}
	}
	lead := m.sizeOf(mode.with(t.Style))
	apart := lead.Scale(20, 100)
	if t.Style == press.MathDisplay {
		apart = lead.Scale(45, 100)
	}
	var out mathBox
	var y press.Pt
	for i, row := range cells {
		high, deep := lead.Scale(70, 100), lead.Scale(30, 100)
		for _, b := range row {
			high, deep = max(high, b.height), max(deep, b.depth)
		}
		if i > 0 {
			y += high + apart
		} else {
			y = high
		}
		m.matrixRow(&out, t, matrixRow{t.Rows[i], row}, widths, y, mode)
		y += deep
	}
	out.width = total(widths) + m.gaps(t)
	axis := m.measure(font.AxisHeight, mode)
	var placed mathBox
	placed.put(out, 0, -y/2-axis)
	placed.height, placed.depth = y/2+axis, y-y/2-axis
	if t.Left == "" && t.Right == "" {
		return placed
	}
	return m.fenced(t.Left, placed, t.Right, mode)
}

// matrixRow is a row of cells and what they came out as.
type matrixRow struct {
	cells []press.MathList
	boxes []mathBox
}

// leads is the space, in mu, before a cell that begins with a relation or sign
// and goes on from the cell at its left.
func leads(cell press.MathList) int {
	if len(cell) == 0 {
		return 0
	}
	if a, ok := cell[0].(*press.MathAtom); ok && (a.Class == press.MathRel || a.Class == press.MathBin) {
		return press.MathGap(press.MathOrd, a.Class, false)
	}
	return 0
}

// matrixRow sets the cells of a row at its baseline.
func (m *mathSetter) matrixRow(out *mathBox, t *press.MathMatrix, row matrixRow, widths []press.Pt, y press.Pt, mode mathMode) {
	var x press.Pt
	cells := row.cells
	for k, b := range row.boxes {
		at := x
		if t.Pairs && k%2 == 1 {
			at += m.mu(leads(cells[k]), mode)
		}
		switch t.Align[k] {
		case press.AlignRight:
			at += widths[k] - b.width
		case press.AlignLeft:
		default:
			at += (widths[k] - b.width) / 2
		}
		out.put(b, at, y)
		x += widths[k]
		if k+1 < len(cells) {
			x += m.gap(t, k)
		}
	}
}

// gap is the white behind column k.
func (m *mathSetter) gap(t *press.MathMatrix, k int) press.Pt {
	if t.Pairs && k%2 == 0 {
		return 0
	}
	if t.Pairs {
		return 2 * m.size
	}
	return m.size
}

// gaps is the white between all columns.
func (m *mathSetter) gaps(t *press.MathMatrix) press.Pt {
	var sum press.Pt
	for k := range max(len(t.Align)-1, 0) {
		sum += m.gap(t, k)
	}
	return sum
}
