package docx

import "quire/press"

// sign is the one character that an atom shows; "" if it shows anything else.
func sign(n press.MathNode) (string, press.MathClass) {
	a, ok := n.(*press.MathAtom)
	if !ok {
		return "", -1
	}
	switch t := a.Nucleus.(type) {
	case *press.MathSymbol:
		if !t.Not {
			return t.Text, a.Class
		}
	case *press.MathDelimiter:
		if t.Size > 0 {
			return t.Text, a.Class
		}
	}
	return "", -1
}

// The limits within which brackets are paired; others are plain signs.
const (
	mostPairs = 16   // one inside the other
	farthest  = 1000 // parts between the two
)

// closing finds the bracket that closes the one at a place of a list, 0 if
// there is none: Word wants the two as one, above all where scripts hang on the
// second.
func closing(list press.MathList, at int) int {
	first, class := sign(list[at])
	a := list[at].(*press.MathAtom)
	if first == "" || len(a.Sub)+len(a.Sup) > 0 {
		return 0
	}
	bar := first == "|" || first == "‖" || first == "∣"
	if class != press.MathOpen && !bar {
		return 0
	}
	depth := 0
	for i := at + 1; i < min(len(list), at+farthest); i++ {
		text, c := sign(list[i])
		switch {
		case bar && depth == 0 && text == first:
			return i
		case c == press.MathOpen:
			depth++
		case c == press.MathClose && depth > 0:
			depth--
		case c == press.MathClose:
			if bar {
				return 0
			}
			return i
		}
	}
	return 0
}

// brackets writes what stands between two brackets of a list, with the scripts
// of the second around all.
func (m *mathWriter) brackets(list press.MathList, from, to int) {
	left, _ := sign(list[from])
	right, _ := sign(list[to])
	last := list[to].(*press.MathAtom)
	m.pairs++
	m.scripts(last.Sub, last.Sup, func() { m.fence(left, right, func() { m.nodes(list[from+1 : to]) }) })
	m.pairs--
}
