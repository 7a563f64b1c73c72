package docx

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/press"
)

// formula writes a formula as Office Math (ECMA-376, part 1, chapter 22.1).
func formula(f *press.Formula) string {
	m := &mathWriter{}
	m.nodes(f.Body)
	return m.out.String()
}

// mathWriter writes Office Math.
type mathWriter struct {
	out   strings.Builder
	pairs int // of brackets around
}

// put writes some markup.
func (m *mathWriter) put(s string) { m.out.WriteString(s) }

// wrap writes a list inside an element.
func (m *mathWriter) wrap(tag string, list press.MathList) {
	m.put("<m:" + tag + ">")
	m.nodes(list)
	m.put("</m:" + tag + ">")
}

// nodes writes a list. A large operator takes what follows it, up to the next
// relation, as Word wants it.
func (m *mathWriter) nodes(list press.MathList) {
	classes := press.MathClasses(list)
	for i := 0; i < len(list); i++ {
		switch t := list[i].(type) {
		case *press.MathSpace:
			m.space(t.Mu)
		case *press.MathAtom:
			if end := closing(list, i); end > 0 && m.pairs < mostPairs {
				m.brackets(list, i, end)
				i = end
				continue
			}
			if !isLarge(t) || len(t.Sub)+len(t.Sup) == 0 {
				m.atom(t)
				m.gap(t, classes, i)
				continue
			}
			end := operand(list, classes, i+1)
			m.large(t, list[i+1:end])
			i = end - 1
		}
	}
}

// operand finds where what a large operator works on ends: at a relation or a
// comma outside of brackets.
func operand(list press.MathList, classes []press.MathClass, from int) int {
	depth := 0
	for i := from; i < len(list); i++ {
		switch classes[i] {
		case press.MathOpen:
			depth++
		case press.MathClose:
			depth--
		case press.MathRel, press.MathPunct:
			if depth <= 0 {
				return i
			}
		}
		if depth < 0 {
			return i
		}
	}
	return len(list)
}

// gap writes the white behind the name of a function, which Word would leave
// out.
func (m *mathWriter) gap(a *press.MathAtom, classes []press.MathClass, i int) {
	if _, ok := a.Nucleus.(*press.MathWords); !ok || a.Class != press.MathOp {
		return
	}
	for k := i + 1; k < len(classes); k++ {
		if classes[k] < 0 {
			continue
		}
		if press.MathGap(a.Class, classes[k], false) > 0 {
			m.run("\u2009", "p")
		}
		return
	}
}

// space writes a blank of so many eighteenths of an em; Word has no narrower
// than none.
func (m *mathWriter) space(mu int) {
	for ; mu >= 18; mu -= 18 {
		m.run("\u2003", "p")
	}
	switch {
	case mu >= 9:
		m.run("\u2002", "p")
	case mu >= 4:
		m.run("\u2005", "p")
	case mu >= 2:
		m.run("\u2009", "p")
	}
}

// run writes characters: style is p, i, b or bi, or "" for plain text.
func (m *mathWriter) run(text, style string) {
	if text == "" {
		return
	}
	props := "<m:rPr><m:nor/></m:rPr>"
	if style != "" {
		props = `<m:rPr><m:sty m:val="` + style + `"/></m:rPr>`
	}
	face := `<w:rPr><w:rFonts w:ascii="` + mathFace + `" w:hAnsi="` + mathFace + `"/></w:rPr>`
	m.put("<m:r>" + props + face + `<m:t xml:space="preserve">` + escape(text) + "</m:t></m:r>")
}

// isLarge reports whether an atom is an operator like a sum or an integral.
func isLarge(a *press.MathAtom) bool {
	s, ok := a.Nucleus.(*press.MathSymbol)
	return ok && s.Large && a.Class == press.MathOp
}

// large writes a large operator with its limits and what it works on.
func (m *mathWriter) large(a *press.MathAtom, on press.MathList) {
	place := "undOvr"
	if a.Limits == press.MathLimitsNone {
		place = "subSup"
	}
	props := `<m:naryPr><m:chr m:val="` + escape(a.Nucleus.(*press.MathSymbol).Text) + `"/><m:limLoc m:val="` + place + `"/>`
	if len(a.Sub) == 0 {
		props += `<m:subHide m:val="1"/>`
	}
	if len(a.Sup) == 0 {
		props += `<m:supHide m:val="1"/>`
	}
	m.put("<m:nary>" + props + "</m:naryPr>")
	m.wrap("sub", a.Sub)
	m.wrap("sup", a.Sup)
	m.put("<m:e>")
	if len(on) == 0 {
		m.run("\u200b", "p") // Word would show an empty box
	}
	m.nodes(on)
	m.put("</m:e></m:nary>")
}

// atom writes a nucleus and its scripts.
func (m *mathWriter) atom(a *press.MathAtom) {
	sub, sup := len(a.Sub) > 0, len(a.Sup) > 0
	switch {
	case !sub && !sup:
		m.nucleus(a)
	case a.Limits != press.MathLimitsNone:
		m.limits(func() { m.nucleus(a) }, a.Sub, a.Sup)
	default:
		m.scripts(a.Sub, a.Sup, func() {
			if a.Nucleus == nil {
				m.run("\u200b", "p")
			}
			m.nucleus(a)
		})
	}
}

// scripts writes something with rows beside it, low and high.
func (m *mathWriter) scripts(sub, sup press.MathList, base func()) {
	tag := map[[2]bool]string{{true, false}: "sSub", {false, true}: "sSup", {true, true}: "sSubSup"}[[2]bool{len(sub) > 0, len(sup) > 0}]
	if tag == "" {
		base()
		return
	}
	m.put("<m:" + tag + "><m:e>")
	base()
	m.put("</m:e>")
	if len(sub) > 0 {
		m.wrap("sub", sub)
	}
	if len(sup) > 0 {
		m.wrap("sup", sup)
	}
	m.put("</m:" + tag + ">")
}

// limits writes something with rows below and above it.
func (m *mathWriter) limits(base func(), under, over press.MathList) {
	if len(over) > 0 {
		m.put("<m:limUpp><m:e>")
	}
	if len(under) > 0 {
		m.put("<m:limLow><m:e>")
	}
	base()
	if len(under) > 0 {
		m.put("</m:e>")
		m.wrap("lim", under)
		m.put("</m:limLow>")
	}
	if len(over) > 0 {
		m.put("</m:e>")
		m.wrap("lim", over)
		m.put("</m:limUpp>")
	}
}

// nucleus writes what an atom shows.
func (m *mathWriter) nucleus(a *press.MathAtom) {
	switch t := a.Nucleus.(type) {
	case nil:
	case *press.MathSymbol:
		m.symbol(t)
	case *press.MathWords:
		m.words(t, a.Class)
	case *press.MathDelimiter:
		m.run(t.Text, "p")
	case *press.MathGroup:
		m.nodes(t.Body)
	case *press.MathFraction:
		m.fraction(t)
	case *press.MathRadical:
		m.radical(t)
	case *press.MathFence:
		m.fence(t.Left, t.Right, func() { m.nodes(t.Body) })
	case *press.MathAccent:
		m.accent(t)
	case *press.MathStack:
		m.limits(func() { m.nodes(t.Base) }, t.Under, t.Over)
	case *press.MathMatrix:
		m.matrix(t)
	}
}

// symbol writes a character in its face. Letters of the plain faces keep their
// own codes: Word slants and thickens them by style, and editors can search.
func (m *mathWriter) symbol(s *press.MathSymbol) {
	text, style := s.Text, "p"
	c, _ := utf8.DecodeRuneInString(s.Text)
	if byFace := mathStyles[s.Face]; byFace != "" && unicode.IsLetter(c) {
		style = byFace
	} else if s.Face != press.MathItalic && s.Face != press.MathUpright {
		var b strings.Builder
		for _, r := range s.Text {
			b.WriteRune(press.MathAlphabet(r, s.Face))
		}
		text = b.String()
	}
	if s.Not {
		text += "\u0338"
	}
	m.run(text, style)
}

// mathStyles are the faces that Word makes itself; the others have characters
// of their own.
var mathStyles = map[press.MathFace]string{
	press.MathUpright: "p", press.MathItalic: "i", press.MathBold: "b", press.MathBoldItalic: "bi",
	press.MathScriptFace: "", press.MathBlackboard: "", press.MathFraktur: "", press.MathSans: "", press.MathMono: "",
}

// words writes text in a formula, or the name of a function.
func (m *mathWriter) words(t *press.MathWords, class press.MathClass) {
	if class == press.MathOp || class == press.MathBin {
		m.run(t.Text, "p")
		return
	}
	m.run(strings.ReplaceAll(t.Text, " ", "\u00a0"), "")
}
