package layout

import "quire/press"

// mathPart is a part of a formula in running text. A line may end behind it.
type mathPart struct {
	list press.MathList
	gap  press.Pt // to the next part, when that stands in the same line
}

// parts cuts a formula in running text behind its relations, and where it is
// still wider than any line, behind each of its signs.
func (m *mathSetter) parts(list press.MathList, mode mathMode) []mathPart {
	relation := m.mu(press.MathGap(press.MathRel, press.MathOrd, false), mode)
	sign := m.mu(press.MathGap(press.MathBin, press.MathOrd, false), mode)
	var out []mathPart
	for _, part := range behindRelations(list) {
		from := 0
		if len(part) > 1 && m.list(part, mode).width > m.s.frame.width {
			for _, start := range signs(part) {
				out = append(out, mathPart{part[from:start], sign})
				from = start
			}
		}
		out = append(out, mathPart{part[from:], relation})
	}
	out[len(out)-1].gap = 0
	return out
}

// signs are the places behind a row's binary signs; of a row without any, all
// places between two atoms.
func signs(list press.MathList) []int {
	var all, behind []int
	for i := 1; i < len(list); i++ {
		all = append(all, i)
		if a, ok := list[i-1].(*press.MathAtom); ok && a.Class == press.MathBin {
			behind = append(behind, i)
		}
	}
	if behind == nil {
		return all
	}
	return behind
}

// starts are the places where the lines of a displayed formula may begin:
// before relations and, in a part that is too wide even when it is set small,
// behind signs. The end is one of them.
func (m *mathSetter) starts(list press.MathList, width press.Pt, mode mathMode) []int {
	var out []int
	from := 0
	part := func(end int) {
		if end-from > 1 && m.list(list[from:end], mode).width.Scale(leastMath, 100) > width {
			for _, start := range signs(list[from:end]) {
				out = append(out, from+start)
			}
		}
		out = append(out, end)
		from = end
	}
	for i, n := range list {
		if a, ok := n.(*press.MathAtom); ok && a.Class == press.MathRel && i > 0 {
			part(i)
		}
	}
	part(len(list))
	return out
}
