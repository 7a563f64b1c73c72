package html

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/press"
)

// MathML writes a formula as MathML 3 (presentation) in the namespace of XHTML,
// with its words for readers that cannot show it. What MathML Core leaves to
// style sheets (the alignment of cells, the faces of words) is told by classes,
// too: left, right, pairs, and the names of mathvariant. The source goes with it,
// for programs that read it back.
func MathML(f *press.Formula, source string, display bool) string {
	block := ""
	if display {
		block = ` display="block"`
	}
	m := &mathWriter{}
	m.row(f.Body)
	annotation := ""
	if source != "" {
		annotation = `<annotation encoding="application/x-tex">` + Escape(source) + "</annotation>"
	}
	return `<math xmlns="http://www.w3.org/1998/Math/MathML"` + block + attr("alttext", first(f.Plain(), source)) + "><semantics>" + m.out.String() + annotation + "</semantics></math>"
}

// mathWriter writes MathML.
type mathWriter struct{ out strings.Builder }

// put writes some markup.
func (m *mathWriter) put(s string) { m.out.WriteString(s) }

// row writes a list as one element.
func (m *mathWriter) row(list press.MathList) {
	if len(list) == 1 {
		if _, change := list[0].(*press.MathChange); !change {
			m.node(list[0])
			return
		}
	}
	m.put("<mrow>")
	m.nodes(list)
	m.put("</mrow>")
}

// mathStyles are the attributes of the styles.
var mathStyles = map[press.MathStyle]string{
	press.MathAuto:    "",
	press.MathDisplay: ` displaystyle="true" scriptlevel="0"`, press.MathText: ` displaystyle="false" scriptlevel="0"`,
	press.MathScript: ` displaystyle="false" scriptlevel="1"`, press.MathScriptScript: ` displaystyle="false" scriptlevel="2"`,
}

// nodes writes a list; a change of style holds for the rest of it.
func (m *mathWriter) nodes(list press.MathList) {
	for i, n := range list {
		if c, ok := n.(*press.MathChange); ok {
			m.put("<mstyle" + mathStyles[c.Style] + ">")
			m.nodes(list[i+1:])
			m.put("</mstyle>")
			return
		}
		m.node(n)
	}
}

// node writes an atom or a space.
func (m *mathWriter) node(n press.MathNode) {
	switch t := n.(type) {
	case *press.MathSpace:
		m.put(fmt.Sprintf(`<mspace width="%sem"/>`, thousandths(t.Mu*1000/18)))
	case *press.MathAtom:
		m.atom(t)
	}
}

// thousandths writes n/1000 as a decimal.
func thousandths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%03d", sign, n/1000, n%1000)
}

// scriptTags are the elements by which scripts hang: beside, or below and
// above; with a lower one, an upper one, both.
var scriptTags = [2][4]string{{"", "msub", "msup", "msubsup"}, {"", "munder", "mover", "munderover"}}

// atom writes a nucleus and its scripts.
func (m *mathWriter) atom(a *press.MathAtom) {
	scripts, place := 0, 0
	if len(a.Sub) > 0 {
		scripts++
	}
	if len(a.Sup) > 0 {
		scripts += 2
	}
	if a.Limits != press.MathLimitsNone {
		place = 1
	}
	tag := scriptTags[place][scripts]
	if tag != "" {
		m.put("<" + tag + ">")
	}
	m.nucleus(a, a.Limits)
	if len(a.Sub) > 0 {
		m.row(a.Sub)
	}
	if len(a.Sup) > 0 {
		m.row(a.Sup)
	}
	if tag != "" {
		m.put("</" + tag + ">")
	}
}

// nucleus writes what an atom shows.
func (m *mathWriter) nucleus(a *press.MathAtom, limits press.MathLimits) {
	switch t := a.Nucleus.(type) {
	case nil:
		m.put("<mrow></mrow>")
	case *press.MathSymbol:
		m.symbol(t, a.Class, limits)
	case *press.MathWords:
		m.words(t, a.Class, limits)
	case *press.MathDelimiter:
		m.put(`<mo stretchy="` + map[bool]string{true: "true", false: "false"}[t.Size == 0] + `"` + bigSize(t.Size) + ">" + Escape(t.Text) + "</mo>")
	case *press.MathGroup:
		m.row(t.Body)
	case *press.MathFraction:
		m.fraction(t)
	case *press.MathRadical:
		m.radical(t)
	case *press.MathFence:
		m.put("<mrow>")
		m.fence(t.Left, "prefix")
		m.nodes(t.Body)
		m.fence(t.Right, "postfix")
		m.put("</mrow>")
	case *press.MathAccent:
		m.accent(t)
	case *press.MathStack:
		m.stack(t)
	case *press.MathMatrix:
		m.matrix(t)
	}
}

// bigSize is the attribute that makes a bracket of TeX's sizes.
func bigSize(size int) string {
	if size < 1 || size > 4 {
		return ""
	}
	s := [4]string{"1.2", "1.8", "2.4", "3"}[size-1]
	return ` minsize="` + s + `em" maxsize="` + s + `em"`
}

// symbol writes a character: a number, a letter or an operator.
func (m *mathWriter) symbol(s *press.MathSymbol, class press.MathClass, limits press.MathLimits) {
	var b strings.Builder
	for _, c := range s.Text {
		b.WriteRune(mathRune(c, s.Face, utf8.RuneCountInString(s.Text) == 1))
	}
	if s.Not {
		b.WriteRune('\u0338')
	}
	text := Escape(b.String())
	c, _ := utf8.DecodeRuneInString(s.Text)
	switch {
	case unicode.IsDigit(c):
		m.put("<mn>" + text + "</mn>")
	case unicode.IsLetter(c) && class != press.MathOp:
		upright := ""
		if s.Face == press.MathUpright && utf8.RuneCountInString(s.Text) == 1 {
			upright = ` mathvariant="normal"`
		}
		m.put("<mi" + upright + ">" + text + "</mi>")
	case class == press.MathOp:
		m.put("<mo" + movable(limits) + ">" + text + "</mo>")
	case class == press.MathOrd && s.Text != "|" && s.Text != "‖" && s.Text != "′" && s.Text != "/" && s.Text != "¬":
		m.put("<mi mathvariant=\"normal\">" + text + "</mi>")
	case class == press.MathOpen || class == press.MathClose || class == press.MathOrd:
		m.put(`<mo stretchy="false">` + text + "</mo>")
	default:
		m.put("<mo>" + text + "</mo>")
	}
}

// mathRune is a letter in its face. A lone italic letter stays plain: readers
// slant it themselves.
func mathRune(c rune, face press.MathFace, lone bool) rune {
	if face == press.MathItalic && lone {
		return c
	}
	return press.MathAlphabet(c, face)
}

// movable says whether limits go beside their operator in running text.
func movable(limits press.MathLimits) string {
	if limits == press.MathLimitsDisplay {
		return ` movablelimits="true"`
	}
	return ` movablelimits="false"`
}

// words writes text inside a formula, or the name of a function.
func (m *mathWriter) words(t *press.MathWords, class press.MathClass, limits press.MathLimits) {
	if class == press.MathOp || class == press.MathBin {
		if limits == press.MathLimitsDisplay {
			m.put(`<mo movablelimits="true" form="prefix">` + Escape(t.Text) + "</mo>")
			return
		}
		m.put(`<mi mathvariant="normal">` + Escape(t.Text) + "</mi>")
		return
	}
	m.put("<mtext" + attr("mathvariant", textVariants[t.Face]) + attr("class", textVariants[t.Face]) + ">" + Escape(strings.ReplaceAll(t.Text, " ", "\u00a0")) + "</mtext>")
}

// textVariants are the attributes of text's faces.
var textVariants = map[press.MathFace]string{
	press.MathUpright: "", press.MathItalic: "italic", press.MathBold: "bold", press.MathSans: "sans-serif", press.MathMono: "monospace",
	press.MathBoldItalic: "bold-italic", press.MathScriptFace: "script", press.MathFraktur: "fraktur", press.MathBlackboard: "double-struck",
}

// fence writes a bracket that grows; an empty one is none.
func (m *mathWriter) fence(text, form string) {
	if text != "" {
		m.put(`<mo fence="true" stretchy="true" form="` + form + `">` + Escape(text) + "</mo>")
	}
}

// fraction writes a fraction or binomial.
func (m *mathWriter) fraction(f *press.MathFraction) {
	m.put("<mrow>")
	m.fence(f.Left, "prefix")
	if f.Style != press.MathAuto {
		m.put("<mstyle" + mathStyles[f.Style] + ">")
	}
	rule := ""
	if f.NoRule {
		rule = ` linethickness="0"`
	}
	m.put("<mfrac" + rule + ">")
	m.row(f.Num)
	m.row(f.Den)
	m.put("</mfrac>")
	if f.Style != press.MathAuto {
		m.put("</mstyle>")
	}
	m.fence(f.Right, "postfix")
	m.put("</mrow>")
}

// radical writes a root.
func (m *mathWriter) radical(r *press.MathRadical) {
	if r.Degree == nil {
		m.put("<msqrt>")
		m.nodes(r.Body)
		m.put("</msqrt>")
		return
	}
	m.put("<mroot>")
	m.row(r.Body)
	m.row(r.Degree)
	m.put("</mroot>")
}

// accent writes something under or over a mark.
func (m *mathWriter) accent(a *press.MathAccent) {
	tag, kind := "mover", "accent"
	if a.Under {
		tag, kind = "munder", "accentunder"
	}
	m.put("<" + tag + " " + kind + `="true">`)
	m.row(a.Body)
	m.put(fmt.Sprintf(`<mo stretchy="%t">%s</mo></%s>`, a.Stretch, Escape(a.Mark), tag))
}

// stack writes a row with smaller ones above and below.
func (m *mathWriter) stack(s *press.MathStack) {
	tag := "munderover"
	switch {
	case s.Under == nil:
		tag = "mover"
	case s.Over == nil:
		tag = "munder"
	}
	m.put("<" + tag + ">")
	m.row(s.Base)
	if s.Under != nil {
		m.row(s.Under)
	}
	if s.Over != nil || s.Under == nil {
		m.row(s.Over)
	}
	m.put("</" + tag + ">")
}

// columnAligns are the words for alignments.
var columnAligns = map[press.Align]string{press.AlignLeft: "left", press.AlignCenter: "center", press.AlignRight: "right", press.AlignNone: "center"}

// cellClasses are the classes of cells that are not in the middle.
var cellClasses = map[press.Align]string{press.AlignLeft: "left", press.AlignCenter: "", press.AlignRight: "right", press.AlignNone: ""}

// matrix writes rows of cells.
func (m *mathWriter) matrix(t *press.MathMatrix) {
	aligns, gaps := make([]string, len(t.Align)), make([]string, 0, len(t.Align))
	for i, a := range t.Align {
		aligns[i] = columnAligns[a]
		if i > 0 {
			gaps = append(gaps, map[bool]string{true: "0em", false: "1em"}[t.Pairs && i%2 == 1])
		}
	}
	m.put("<mrow>")
	m.fence(t.Left, "prefix")
	class := ""
	if t.Pairs {
		class = "pairs"
	}
	m.put("<mtable" + attr("class", class) + attr("columnalign", strings.Join(aligns, " ")) + attr("columnspacing", strings.Join(gaps, " ")) +
		fmt.Sprintf(` displaystyle="%t">`, t.Style == press.MathDisplay))
	for _, row := range t.Rows {
		m.put("<mtr>")
		for i, cell := range row {
			m.put("<mtd" + attr("class", cellClasses[t.Align[i]]) + ">")
			m.nodes(cell)
			m.put("</mtd>")
		}
		m.put("</mtr>")
	}
	m.put("</mtable>")
	m.fence(t.Right, "postfix")
	m.put("</mrow>")
}
