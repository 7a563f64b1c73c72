package press

import "strings"

// plainMath writes a row as text.
func plainMath(b *strings.Builder, list MathList) {
	classes := MathClasses(list)
	for i, n := range list {
		switch t := n.(type) {
		case *MathSpace:
			if t.Mu > 0 {
				blank(b)
			}
		case *MathAtom:
			spaced := classes[i] == MathBin || classes[i] == MathRel
			if spaced {
				blank(b)
			}
			plainAtom(b, t)
			if spaced || classes[i] == MathPunct || operatorName(t) || t.Class == MathOp && t.Sub != nil {
				blank(b)
			}
		}
	}
}

// blank writes one blank, none at the beginning or behind another.
func blank(b *strings.Builder) {
	if s := b.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, "(") {
		b.WriteByte(' ')
	}
}

// operatorName reports whether an atom is a function by name, which needs a
// blank behind it.
func operatorName(a *MathAtom) bool {
	_, ok := a.Nucleus.(*MathWords)
	return ok && a.Class == MathOp
}

// plainAtom writes an atom with its scripts.
func plainAtom(b *strings.Builder, a *MathAtom) {
	if a.Nucleus != nil {
		plainNucleus(b, a.Nucleus)
	}
	sup := a.Sup
	for len(sup) > 0 {
		t, ok := prime(sup[0])
		if !ok {
			break
		}
		b.WriteString(t)
		sup = sup[1:]
	}
	plainScript(b, "_", a.Sub)
	plainScript(b, "^", sup)
}

// prime returns the prime that a node is.
func prime(n MathNode) (string, bool) {
	if a, ok := n.(*MathAtom); ok {
		if s, ok := a.Nucleus.(*MathSymbol); ok && s.Text == "′" {
			return s.Text, true
		}
	}
	return "", false
}

// plainScript writes a script behind its mark, in brackets if it is long.
func plainScript(b *strings.Builder, mark string, list MathList) {
	if len(list) == 0 {
		return
	}
	b.WriteString(mark + bracketed(list))
}

// bracketed is a row as text, in brackets if it is more than one thing.
func bracketed(list MathList) string {
	var b strings.Builder
	plainMath(&b, list)
	s := strings.TrimSpace(b.String())
	if len(list) > 1 || strings.ContainsAny(s, " /") {
		return "(" + s + ")"
	}
	return s
}

// plainNucleus writes what an atom shows.
func plainNucleus(b *strings.Builder, n MathNucleus) {
	switch t := n.(type) {
	case *MathSymbol:
		b.WriteString(t.Text)
		if t.Not {
			b.WriteString("\u0338")
		}
	case *MathWords:
		b.WriteString(t.Text)
	case *MathDelimiter:
		b.WriteString(t.Text)
	case *MathGroup:
		plainMath(b, t.Body)
	case *MathFraction:
		if t.NoRule {
			b.WriteString(t.Left + bracketed(t.Num) + " " + bracketed(t.Den) + t.Right)
			return
		}
		b.WriteString(bracketed(t.Num) + "/" + bracketed(t.Den))
	case *MathRadical:
		if t.Degree != nil {
			b.WriteString(bracketed(t.Degree))
		}
		b.WriteString("√" + bracketed(t.Body))
	case *MathFence:
		b.WriteString(t.Left)
		plainMath(b, t.Body)
		b.WriteString(t.Right)
	case *MathAccent:
		b.WriteString(bracketed(t.Body) + combining[t.Mark])
	case *MathStack:
		b.WriteString(bracketed(t.Base))
		plainScript(b, "_", t.Under)
		plainScript(b, "^", t.Over)
	case *MathMatrix:
		plainMatrix(b, t)
	}
}

// combining are the characters that put an accent on the letter before.
var combining = map[string]string{
	"^": "\u0302", "ˇ": "\u030c", "~": "\u0303", "¯": "\u0304", "→": "\u20d7", "←": "\u20d6", "˙": "\u0307", "¨": "\u0308",
	"´": "\u0301", "`": "\u0300", "˘": "\u0306", "˚": "\u030a", "‾": "\u0305", "_": "\u0332",
}

// plainMatrix writes a matrix row by row.
func plainMatrix(b *strings.Builder, m *MathMatrix) {
	b.WriteString(m.Left)
	for i, row := range m.Rows {
		if i > 0 {
			b.WriteString("; ")
		}
		for j, cell := range row {
			if j > 0 && !(m.Pairs && j%2 == 1) {
				b.WriteString(", ")
			}
			plainMath(b, cell)
		}
	}
	b.WriteString(m.Right)
}
