package intake

import (
	"strconv"
	"strings"
)

// texOf is the LaTeX of a formula in MathML: as an annotation says it, else
// made of its presentation. It is "" for a formula that is empty or holds what
// is not known.
func texOf(e *element) string {
	tex := ""
	e.each(func(k *element) bool {
		if k.name == "annotation" && strings.Contains(strings.ToLower(k.attr("encoding")), "tex") && tex == "" {
			tex = strings.Trim(strings.TrimSpace(k.words()), "$")
		}
		return tex == ""
	})
	if tex != "" {
		return oneLine(tex)
	}
	m := &mathML{}
	s := m.row(e.kids)
	if m.failed {
		return ""
	}
	return strings.TrimSpace(s)
}

// mathML turns presentation MathML into LaTeX.
type mathML struct{ failed bool }

// row writes elements one after the other; brackets that grow and their
// contents become one.
func (m *mathML) row(kids []*element) string {
	kids = real(kids)
	var w texWriter
	for i := 0; i < len(kids); i++ {
		if left, ok := fenced(kids[i], "prefix"); ok {
			if end := fenceEnd(kids, i); end > i {
				right, _ := fenced(kids[end], "postfix")
				w.put(texFence(left, right, m.row(kids[i+1:end])))
				i = end
				continue
			}
			if i == 0 && len(kids) == 2 && kids[1].name == "mtable" {
				w.put(texFence(left, "", m.row(kids[1:])))
				break
			}
		}
		w.put(m.one(kids[i]))
	}
	return w.b.String()
}

// real are the elements among nodes.
func real(kids []*element) []*element {
	var out []*element
	for _, k := range kids {
		if k.name != "" {
			out = append(out, k)
		}
	}
	return out
}

// fenced is the bracket that an operator is, if it grows and stands as said.
func fenced(e *element, form string) (string, bool) {
	if e.name != "mo" || e.attr("fence") != "true" || e.attr("stretchy") == "false" || e.attr("form") != form {
		return "", false
	}
	return e.plain(), true
}

// fenceEnd is where the bracket that opens at i closes, 0 if nowhere.
func fenceEnd(kids []*element, i int) int {
	depth := 0
	for ; i < len(kids); i++ {
		if _, ok := fenced(kids[i], "prefix"); ok {
			depth++
		}
		if _, ok := fenced(kids[i], "postfix"); ok {
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return 0
}

// kid is the n-th element inside e as LaTeX.
func (m *mathML) kid(e *element, n int) string {
	kids := real(e.kids)
	if n >= len(kids) {
		return ""
	}
	return m.one(kids[n])
}

// one writes one element.
func (m *mathML) one(e *element) string {
	switch e.name {
	case "mrow", "mstyle", "mpadded", "mphantom", "menclose", "merror", "mtd", "math":
		return m.row(e.kids)
	case "semantics", "maction":
		return m.kid(e, 0)
	case "mi":
		return mathLetter(e)
	case "mn":
		return texSigned(e.words())
	case "mo":
		return mathOperator(e)
	case "mtext", "ms":
		return texText(e.words())
	case "mspace":
		return mathSpace(e)
	case "mfrac":
		return m.fraction(e)
	case "msqrt":
		return `\sqrt` + braced(m.row(e.kids))
	case "mroot":
		return `\sqrt[` + m.kid(e, 1) + "]" + braced(m.kid(e, 0))
	case "mfenced":
		return m.fence(e)
	case "mtable":
		return m.table(e)
	}
	return m.scripts(e)
}

// scripts writes what hangs on a base.
func (m *mathML) scripts(e *element) string {
	switch e.name {
	case "msub":
		return texScripts(m.kid(e, 0), m.kid(e, 1), "")
	case "msup":
		return texScripts(m.kid(e, 0), "", m.kid(e, 1))
	case "msubsup":
		return texScripts(m.kid(e, 0), m.kid(e, 1), m.kid(e, 2))
	case "munder":
		return m.stack(e, m.kid(e, 1), "", "accentunder")
	case "mover":
		return m.stack(e, "", m.kid(e, 1), "accent")
	case "munderover":
		return m.stack(e, m.kid(e, 1), m.kid(e, 2), "")
	case "mmultiscripts":
		return texScripts(m.kid(e, 0), m.kid(e, 1), m.kid(e, 2))
	case "none", "mprescripts", "annotation", "annotation-xml":
		return ""
	}
	m.failed = true
	return ""
}

// stack writes something over or under a row: accents, limits, or small rows.
func (m *mathML) stack(e *element, under, over, accent string) string {
	kids := real(e.kids)
	if len(kids) < 2 {
		return m.row(e.kids)
	}
	base, mark := m.one(kids[0]), kids[len(kids)-1]
	if accent != "" && mark.name == "mo" && (e.attr(accent) == "true" || mark.attr("stretchy") == "true" || mark.attr("accent") == "true") {
		table := texAccents
		if accent == "accentunder" {
			table = texUnderAccents
		}
		if command := table[mark.plain()]; command != "" {
			if wide := wideAccents[command]; wide != "" && mark.attr("stretchy") == "true" {
				command = wide
			}
			return command + braced(base)
		}
	}
	if takesLimits(base) {
		return texScripts(base, under, over)
	}
	if under != "" {
		base = `\underset` + braced(under) + braced(base)
	}
	if over != "" {
		base = `\overset` + braced(over) + braced(base)
	}
	return base
}

// takesLimits reports whether LaTeX puts the scripts of something below and
// above it.
func takesLimits(base string) bool {
	if strings.HasPrefix(base, `\underbrace`) || strings.HasPrefix(base, `\overbrace`) || strings.HasPrefix(base, `\operatorname`) {
		return true
	}
	return strings.ContainsAny(base, "∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂⨀⨄⨆") && len([]rune(base)) == 1 || texFunctions[strings.TrimPrefix(base, `\`)] || base == `\limsup` || base == `\liminf`
}

// mathLetter writes an identifier.
func mathLetter(e *element) string {
	s := oneLine(shown(e.words()))
	runes := []rune(s)
	if len(runes) != 1 {
		if len(runes) == 0 {
			return ""
		}
		if face := texFaces[e.attr("mathvariant")]; face != "" && face != `\mathrm` {
			return face + braced(texSigned(s))
		}
		return texWord(s)
	}
	if face := texFaces[e.attr("mathvariant")]; face != "" && runes[0] < 0x80 && isASCIILetter(byte(runes[0])) {
		return face + braced(s)
	}
	return texSign(runes[0])
}

// mathOperator writes an operator or the name of one.
func mathOperator(e *element) string {
	s := oneLine(shown(e.words()))
	if s != "" && isASCIILetter(s[0]) && len(s) > 1 {
		return texWord(s)
	}
	return texSigned(s)
}

// mathSpace writes a space by its width.
func mathSpace(e *element) string {
	em, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(e.attr("width")), "em"), 64)
	switch {
	case err != nil || em == 0:
		return ""
	case em < 0:
		return `\!`
	case em < 0.2:
		return `\,`
	case em < 0.25:
		return `\:`
	case em < 0.45:
		return `\;`
	case em < 1.5:
		return `\quad`
	}
	return `\qquad`
}

// fraction writes a fraction, or two rows over each other without a rule.
func (m *mathML) fraction(e *element) string {
	over, under := m.kid(e, 0), m.kid(e, 1)
	switch thick := e.attr("linethickness"); {
	case thick == "0" || strings.HasPrefix(thick, "0p") || strings.HasPrefix(thick, "0e"):
		return `\binom` + braced(over) + braced(under)
	case e.attr("bevelled") == "true":
		return over + "/" + under
	}
	return `\frac` + braced(over) + braced(under)
}

// fence writes the old element for brackets with separators.
func (m *mathML) fence(e *element) string {
	left, right, separator := "(", ")", ","
	if e.hasAttr("open") {
		left = strings.TrimSpace(e.attr("open"))
	}
	if e.hasAttr("close") {
		right = strings.TrimSpace(e.attr("close"))
	}
	if e.hasAttr("separators") {
		separator = first(strings.TrimSpace(e.attr("separators")), " ")[:1]
	}
	var parts []string
	for _, k := range real(e.kids) {
		parts = append(parts, m.one(k))
	}
	return texFence(left, right, strings.Join(parts, separator))
}

// table writes a matrix, or aligned formulas.
func (m *mathML) table(e *element) string {
	var rows []string
	for _, tr := range real(e.kids) {
		if tr.name != "mtr" && tr.name != "mlabeledtr" {
			m.failed = true
			continue
		}
		var cells []string
		for _, td := range real(tr.kids) {
			cells = append(cells, m.row(td.kids))
		}
		rows = append(rows, strings.Join(cells, " & "))
	}
	kind := "matrix"
	if strings.HasPrefix(e.attr("columnalign"), "right left") {
		kind = "aligned"
	}
	return `\begin{` + kind + "}" + strings.Join(rows, ` \\ `) + `\end{` + kind + "}"
}
