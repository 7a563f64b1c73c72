package layout

import (
	"quire/press"
	"quire/press/font"
)

// mathBox is a set formula or a part of one, with its baseline at 0 and its
// left edge at 0. Glyphs and rules stand relative to that; y goes downwards.
type mathBox struct {
	width, height, depth press.Pt
	italic               press.Pt // how far it leans out at its upper right
	runs                 []press.Run
	rules                []press.Rule
	single               bool // one character: its scripts stand closer
}

// put adds another box at a place.
func (b *mathBox) put(in mathBox, x, y press.Pt) {
	for _, r := range in.runs {
		r.X, r.Y = r.X+x, r.Y+y
		b.runs = append(b.runs, r)
	}
	for _, r := range in.rules {
		r.X, r.Y = r.X+x, r.Y+y
		b.rules = append(b.rules, r)
	}
	b.height, b.depth = max(b.height, in.height-y), max(b.depth, in.depth+y)
	b.width = max(b.width, x+in.width)
}

// next adds another box behind what is there.
func (b *mathBox) next(in mathBox) {
	w := b.width
	b.put(in, w, 0)
	b.width = w + in.width
}

// rule adds a rule whose upper edge is at y.
func (b *mathBox) rule(x, y, w, h press.Pt, like *mathSetter) {
	b.rules = append(b.rules, press.Rule{X: x, Y: y, W: w, H: h, Color: like.style.color, Node: like.node})
}

// mathSetter sets formulas as appendix G of D. E. Knuth, The TeXbook (1984),
// has it, with the measures of the math face.
type mathSetter struct {
	s     *setter
	table *font.MathTable
	style style // of the text around it
	node  *press.Node
	size  press.Pt // in text style
}

// mathMode is the style of a part of a formula.
type mathMode struct {
	style   press.MathStyle // never MathAuto
	cramped bool
}

// mathSetter returns one for a formula among text of a style.
func (s *setter) mathSetter(st style, node *press.Node) *mathSetter {
	table, err := s.math()
	if err != nil {
		panic(err) // our own face; a test reads its table
	}
	st.features, st.track, st.face = font.Lining, 0, font.Regular
	return &mathSetter{s: s, table: table, style: st, node: node, size: st.size}
}

// inlineMath sets a formula in running text, in parts between which a line may
// end.
func (s *setter) inlineMath(t *press.Math, st style, node *press.Node) []span {
	node = node.Kid(press.RoleFormula)
	node.Alt = t.Formula.Plain()
	m, mode := s.mathSetter(st, node), mathMode{style: press.MathText}
	var out []span
	for _, part := range m.parts(t.Formula.Body, mode) {
		box := m.list(part.list, mode)
		out = append(out, span{style: st, node: node, math: &box, gap: part.gap})
	}
	return out
}

// behindRelations cuts a row behind its relations.
func behindRelations(list press.MathList) []press.MathList {
	var out []press.MathList
	from := 0
	for i, n := range list {
		a, ok := n.(*press.MathAtom)
		if ok && a.Class == press.MathRel && i > from && i+1 < len(list) {
			out = append(out, list[from:i+1])
			from = i + 1
		}
	}
	return append(out, list[from:])
}

// mathBlock sets a formula on lines of its own, in the middle. One that is too
// wide is cut before its relations, at last set smaller.
func (s *setter) mathBlock(t *press.MathBlock, f flow) []*row {
	node := f.node.Kid(press.RoleFormula)
	node.Alt = t.Formula.Plain()
	m, mode := s.mathSetter(f.style, node), mathMode{style: press.MathDisplay}
	lines := []mathBox{m.list(t.Formula.Body, mode)}
	if lines[0].width > f.width {
		lines = m.cut(t.Formula.Body, f.width, mode)
	}
	var rows []*row
	for i, b := range lines {
		x := f.x + max(0, f.width-b.width)/2
		switch {
		case len(lines) > 1 && i == 0:
			x = f.x
		case len(lines) > 1:
			x = f.x + min(2*f.typ.Size, max(0, f.width-b.width))
		}
		line := &press.Line{Kind: press.CellLine, X: x, Width: f.width, Index: i, Of: len(lines), Em: f.typ.Size, Over: max(0, b.width-f.width)}
		addMath(line, &b, x)
		rows = append(rows, lineRows([]*press.Line{line}, nil, f.typ)...)
	}
	keepAll(rows[:len(rows)-1])
	if t.ID != "" {
		rows[0].anchors = append(rows[0].anchors, t.ID)
	}
	return s.island(rows)
}

// leastMath is how small a formula that is too wide may be set, in percent.
const leastMath = 60

// cut sets a row that is too wide in several lines, each beginning with a
// relation if there are enough; what is still too wide gets smaller.
func (m *mathSetter) cut(list press.MathList, width press.Pt, mode mathMode) []mathBox {
	starts := m.starts(list, width, mode)
	var out []mathBox
	from := 0
	for k, end := range starts {
		if k+1 < len(starts) && m.list(list[from:starts[k+1]], mode).width <= width-2*m.size {
			continue // the next part fits as well
		}
		out = append(out, m.fitted(list[from:end], width, mode))
		from = end
	}
	return out
}

// fitted sets a row as large as its width allows.
func (m *mathSetter) fitted(list press.MathList, width press.Pt, mode mathMode) mathBox {
	full := m.size
	defer func() { m.size = full }()
	for percent := int64(100); ; percent -= 10 {
		m.size = full.Scale(percent, 100)
		if b := m.list(list, mode); b.width <= width || percent <= leastMath {
			return b
		}
	}
}

// addMath puts a formula into a line, its left edge at x on the baseline.
func addMath(l *press.Line, b *mathBox, x press.Pt) {
	for _, r := range b.runs {
		r.X += x
		l.Runs = append(l.Runs, r)
	}
	for _, r := range b.rules {
		r.X += x
		l.Rules = append(l.Rules, r)
	}
	l.Above, l.Below = max(l.Above, b.height), max(l.Below, b.depth)
}

// sizeOf returns the size of type in a style.
func (m *mathSetter) sizeOf(mode mathMode) press.Pt {
	switch mode.style {
	case press.MathScript:
		return m.size.Scale(int64(m.table.ScriptPercent), 100)
	case press.MathScriptScript:
		return m.size.Scale(int64(m.table.ScriptScriptPercent), 100)
	}
	return m.size
}

// measure returns a constant of the face at the size of a style.
func (m *mathSetter) measure(c font.MathConstant, mode mathMode) press.Pt {
	return m.units(m.table.Constant(c), mode)
}

// units turns font units of the math face into a length.
func (m *mathSetter) units(v int64, mode mathMode) press.Pt {
	return m.s.units(font.MathFace, m.sizeOf(mode), v)
}

// mu returns n eighteenths of an em.
func (m *mathSetter) mu(n int, mode mathMode) press.Pt { return m.sizeOf(mode).Scale(int64(n), 18) }

// script is the style of a sub- or superscript.
func (mode mathMode) script(cramped bool) mathMode {
	next := press.MathScript
	if mode.small() {
		next = press.MathScriptScript
	}
	return mathMode{next, cramped || mode.cramped}
}

// small reports whether a style is that of scripts.
func (mode mathMode) small() bool {
	return mode.style == press.MathScript || mode.style == press.MathScriptScript
}

// part is the style of a fraction's upper part, or cramped of its lower one.
func (mode mathMode) part(cramped bool) mathMode {
	next := press.MathScriptScript
	switch mode.style {
	case press.MathDisplay:
		next = press.MathText
	case press.MathText:
		next = press.MathScript
	}
	return mathMode{next, cramped || mode.cramped}
}

// crampedMode is the style with lower superscripts.
func (mode mathMode) crampedMode() mathMode { return mathMode{mode.style, true} }

// with is the style that a nucleus asks for.
func (mode mathMode) with(style press.MathStyle) mathMode {
	if style == press.MathAuto {
		return mode
	}
	return mathMode{style, mode.cramped}
}

// list sets a row of atoms with the space that their classes want between
// them.
func (m *mathSetter) list(list press.MathList, mode mathMode) mathBox {
	var out mathBox
	classes := press.MathClasses(list)
	last := press.MathClass(-1)
	for i, n := range list {
		switch t := n.(type) {
		case *press.MathSpace:
			out.width += m.mu(t.Mu, mode)
		case *press.MathChange:
			mode = mode.with(t.Style)
		case *press.MathAtom:
			if last >= 0 {
				out.width += m.mu(press.MathGap(last, classes[i], mode.small()), mode)
			}
			out.next(m.atom(t, mode))
			last = classes[i]
		}
	}
	out.single = len(list) == 1 && out.single
	if len(list) == 1 {
		if a, ok := list[0].(*press.MathAtom); ok && a.Sub == nil && a.Sup == nil {
			out.single = single(a.Nucleus)
		}
	}
	return out
}

// single reports whether a nucleus is one character.
func single(n press.MathNucleus) bool {
	s, ok := n.(*press.MathSymbol)
	return ok && !s.Large && len([]rune(s.Text)) == 1
}

// atom sets an atom with its scripts.
func (m *mathSetter) atom(a *press.MathAtom, mode mathMode) mathBox {
	base := m.nucleus(a.Nucleus, mode)
	if n := primes(a.Sup); n > 0 {
		base, a = m.primed(base, n, mode), &press.MathAtom{Class: a.Class, Sub: a.Sub, Sup: a.Sup[n:], Limits: a.Limits}
		if len(a.Sup) == 0 {
			a.Sup = nil
		}
	}
	if a.Sub == nil && a.Sup == nil {
		return base
	}
	if a.Limits == press.MathLimitsAlways || a.Limits == press.MathLimitsDisplay && mode.style == press.MathDisplay {
		return m.limits(base, a, mode)
	}
	return m.scripts(base, a, mode)
}

// primes counts the primes that a superscript begins with.
func primes(sup press.MathList) int {
	for i, n := range sup {
		a, ok := n.(*press.MathAtom)
		if !ok {
			return i
		}
		if s, ok := a.Nucleus.(*press.MathSymbol); !ok || s.Text != "′" || a.Sub != nil || a.Sup != nil {
			return i
		}
	}
	return len(sup)
}

// primed sets primes behind a nucleus: their glyph is as high up as it should
// be already.
func (m *mathSetter) primed(base mathBox, n int, mode mathMode) mathBox {
	out := base
	out.width += base.italic
	for range n {
		out.next(m.char('′', mode))
	}
	out.italic, out.single = 0, base.single
	return out
}

// limits sets scripts above and below an operator (rule 13a).
func (m *mathSetter) limits(base mathBox, a *press.MathAtom, mode mathMode) mathBox {
	lean := base.italic / 2
	var over, under mathBox
	if a.Sup != nil {
		over = m.list(a.Sup, mode.script(false))
	}
	if a.Sub != nil {
		under = m.list(a.Sub, mode.script(true))
	}
	width := max(base.width, over.width, under.width)
	var out mathBox
	out.put(base, (width-base.width)/2, 0)
	if a.Sup != nil {
		up := max(m.measure(font.UpperLimitGapMin, mode)+over.depth, m.measure(font.UpperLimitBaselineRiseMin, mode))
		out.put(over, (width-over.width)/2+lean, -(base.height + up))
	}
	if a.Sub != nil {
		down := max(m.measure(font.LowerLimitGapMin, mode)+under.height, m.measure(font.LowerLimitBaselineDropMin, mode))
		out.put(under, (width-under.width)/2-lean, base.depth+down)
	}
	out.width = width
	return out
}

// scripts sets scripts beside a nucleus (rule 18).
func (m *mathSetter) scripts(base mathBox, a *press.MathAtom, mode mathMode) mathBox {
	var sup, sub mathBox
	if a.Sup != nil {
		sup = m.list(a.Sup, mode.script(false))
	}
	if a.Sub != nil {
		sub = m.list(a.Sub, mode.script(true))
	}
	up, down := m.shifts(base, sup, sub, a, mode)
	out := base
	if a.Sup != nil {
		out.put(sup, base.width+base.italic, -up)
	}
	if a.Sub != nil {
		out.put(sub, base.width, down)
	}
	out.width = max(base.width+sub.width, base.width+base.italic+sup.width) + m.measure(font.SpaceAfterScript, mode)
	if a.Sup == nil {
		out.width = base.width + sub.width + m.measure(font.SpaceAfterScript, mode)
	}
	out.italic, out.single = 0, false
	return out
}

// shifts returns how far scripts stand above and below the baseline.
func (m *mathSetter) shifts(base, sup, sub mathBox, a *press.MathAtom, mode mathMode) (up, down press.Pt) {
	if a.Sup != nil {
		c := font.SuperscriptShiftUp
		if mode.cramped {
			c = font.SuperscriptShiftUpCramped
		}
		up = max(m.measure(c, mode), sup.depth+m.measure(font.SuperscriptBottomMin, mode))
		if !base.single {
			up = max(up, base.height-m.measure(font.SuperscriptBaselineDropMax, mode))
		}
	}
	if a.Sub == nil {
		return up, 0
	}
	down = max(m.measure(font.SubscriptShiftDown, mode), sub.height-m.measure(font.SubscriptTopMax, mode))
	if !base.single {
		down = max(down, base.depth+m.measure(font.SubscriptBaselineDropMin, mode))
	}
	if a.Sup == nil {
		return up, down
	}
	if gap := m.measure(font.SubSuperscriptGapMin, mode) - ((up - sup.depth) - (sub.height - down)); gap > 0 {
		down += gap
		if rise := m.measure(font.SuperscriptBottomMaxWithSubscript, mode) - (up - sup.depth); rise > 0 {
			rise = min(rise, gap)
			up, down = up+rise, down-rise
		}
	}
	return up, down
}
