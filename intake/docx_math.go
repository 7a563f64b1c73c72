package intake

import "strings"

// formula reads a formula in Office MathML.
func (w *wordReader) formula(e *element, display bool) {
	m := &officeMath{}
	s := strings.TrimSpace(m.row(e))
	if m.failed || s == "" {
		plain := e.plain()
		if plain != "" {
			w.tally.lose(lostFormulas)
		}
		w.emit(phrase(plain))
		return
	}
	w.emit(formula{source: s, display: display})
}

// officeMath turns Office MathML into LaTeX (ISO/IEC 29500-1, 22.1).
type officeMath struct{ failed bool }

// row writes what is inside an element, one after the other.
func (m *officeMath) row(e *element) string {
	var w texWriter
	if e == nil {
		return ""
	}
	for _, k := range e.kids {
		w.put(m.one(k))
	}
	return w.b.String()
}

// arg is a child as a row.
func (m *officeMath) arg(e *element, name string) string { return m.row(e.kid(name)) }

// one writes one element.
func (m *officeMath) one(e *element) string {
	switch e.name {
	case "m:r":
		return m.run(e)
	case "m:f":
		return m.fraction(e)
	case "m:rad":
		if degree := m.arg(e, "m:deg"); degree != "" && e.kid("m:radPr").toggleMath("m:degHide") <= 0 {
			return `\sqrt[` + degree + "]" + braced(m.arg(e, "m:e"))
		}
		return `\sqrt` + braced(m.arg(e, "m:e"))
	case "m:sSub":
		return texScripts(m.arg(e, "m:e"), m.arg(e, "m:sub"), "")
	case "m:sSup":
		return texScripts(m.arg(e, "m:e"), "", m.arg(e, "m:sup"))
	case "m:sSubSup":
		return texScripts(m.arg(e, "m:e"), m.arg(e, "m:sub"), m.arg(e, "m:sup"))
	case "m:sPre":
		return texScripts("", m.arg(e, "m:sub"), m.arg(e, "m:sup")) + m.arg(e, "m:e")
	case "m:nary":
		return m.nary(e)
	case "m:d":
		return m.delimiters(e)
	case "m:func":
		return m.function(e)
	case "m:m":
		return m.matrix(e)
	case "m:eqArr":
		return m.lines(e)
	}
	return m.over(e)
}

// over writes accents, bars, limits and what only holds others.
func (m *officeMath) over(e *element) string {
	switch e.name {
	case "m:acc":
		mark := "̂"
		if chr := e.kid("m:accPr").kid("m:chr"); chr != nil {
			mark = chr.attr("m:val")
		}
		return m.accent(texAccents[mark], e)
	case "m:bar":
		if e.kid("m:barPr").val("m:pos") == "top" {
			return `\overline` + braced(m.arg(e, "m:e"))
		}
		return `\underline` + braced(m.arg(e, "m:e"))
	case "m:groupChr":
		return m.group(e)
	case "m:limLow":
		return m.limit(m.arg(e, "m:e"), m.arg(e, "m:lim"), "")
	case "m:limUpp":
		return m.limit(m.arg(e, "m:e"), "", m.arg(e, "m:lim"))
	case "m:box", "m:borderBox", "m:phant":
		return m.arg(e, "m:e")
	case "w:ins", "w:smartTag", "m:oMath", "w:sdt", "w:sdtContent":
		return m.row(e)
	}
	return "" // properties, and what cannot be seen
}

// accent puts a mark over a row; a line over several letters is long.
func (m *officeMath) accent(command string, e *element) string {
	body := m.arg(e, "m:e")
	if command == "" {
		m.failed = true
	}
	if wide := wideAccents[command]; wide != "" && len([]rune(body)) > 1 && !strings.HasPrefix(body, `\`) {
		command = wide
	}
	return command + braced(body)
}

// toggleMath reads an on-or-off property of Office MathML.
func (e *element) toggleMath(name string) int {
	k := e.kid(name)
	switch {
	case k == nil:
		return 0
	case k.attr("m:val") == "0" || k.attr("m:val") == "off" || k.attr("m:val") == "false":
		return -1
	}
	return 1
}

// run writes letters, numbers and signs.
func (m *officeMath) run(e *element) string {
	p := e.kid("m:rPr")
	var b strings.Builder
	for _, t := range e.list("t") {
		b.WriteString(t.words())
	}
	s := b.String()
	if p.kid("m:nor") != nil && p.toggleMath("m:nor") >= 0 {
		return texText(s)
	}
	face, script := p.val("m:sty"), p.val("m:scr")
	if f := texFaces[script]; f != "" && script != "roman" {
		return inFace(s, f)
	}
	switch face {
	case "p":
		if word := strings.TrimSpace(s); len(word) > 1 && isASCIIWord(word) {
			return texWord(word)
		}
		return inFace(s, `\mathrm`)
	case "b":
		return inFace(s, `\mathbf`)
	case "bi":
		return inFace(s, `\boldsymbol`)
	}
	return spaced(s)
}

// isASCIIWord reports whether a text is ASCII letters alone.
func isASCIIWord(s string) bool {
	for i := range len(s) {
		if !isASCIILetter(s[i]) {
			return false
		}
	}
	return s != ""
}

// inFace puts the letters of a run into a face; signs and numbers stay.
func inFace(s, face string) string {
	var w texWriter
	for _, r := range s {
		if r < 0x80 && isASCIILetter(byte(r)) || face == `\mathbf` && r >= '0' && r <= '9' {
			w.put(face + braced(string(r)))
			continue
		}
		w.put(spaced(string(r)))
	}
	return w.b.String()
}

// spaced is a row of characters; wide blanks in it count.
func spaced(s string) string {
	var w texWriter
	for _, r := range shown(s) {
		switch r {
		case ' ', '\n', '\t', '\r':
		case '\u2002', '\u2004':
			w.put(`\;`)
		case '\u2005', '\u205f':
			w.put(`\:`)
		case '\u2006', '\u200a', '\u202f':
			w.put(`\,`)
		default:
			w.put(texSign(r))
		}
	}
	return w.b.String()
}

// fraction writes a fraction, one with a slash, or two rows without a rule.
func (m *officeMath) fraction(e *element) string {
	num, den := m.arg(e, "m:num"), m.arg(e, "m:den")
	switch e.kid("m:fPr").val("m:type") {
	case "lin", "skw":
		return texBase(num) + "/" + texBase(den)
	case "noBar":
		return `\binom` + braced(num) + braced(den)
	}
	return `\frac` + braced(num) + braced(den)
}

// nary writes a sum, product or integral.
func (m *officeMath) nary(e *element) string {
	p := e.kid("m:naryPr")
	sign := "∫"
	if chr := p.kid("m:chr"); chr != nil {
		sign = chr.attr("m:val")
	}
	var under, over string
	if p.toggleMath("m:subHide") <= 0 {
		under = m.arg(e, "m:sub")
	}
	if p.toggleMath("m:supHide") <= 0 {
		over = m.arg(e, "m:sup")
	}
	var w texWriter
	w.put(texScripts(sign, under, over))
	w.put(m.arg(e, "m:e"))
	return w.b.String()
}

// delimiters writes brackets that grow.
func (m *officeMath) delimiters(e *element) string {
	p := e.kid("m:dPr")
	left, right, separator := "(", ")", "|"
	if k := p.kid("m:begChr"); k != nil {
		left = k.attr("m:val")
	}
	if k := p.kid("m:endChr"); k != nil {
		right = k.attr("m:val")
	}
	if k := p.kid("m:sepChr"); k != nil {
		separator = k.attr("m:val")
	}
	var parts []string
	for _, k := range e.list("e") {
		parts = append(parts, m.row(k))
	}
	return texFence(left, right, strings.Join(parts, texSigned(separator)))
}

// function writes the name of a function and what it is of.
func (m *officeMath) function(e *element) string {
	name := m.arg(e, "m:fName")
	if isASCIIWord(name) {
		name = texWord(name)
	}
	var w texWriter
	w.put(name)
	w.put(m.arg(e, "m:e"))
	return w.b.String()
}

// limit hangs a row below or above another.
func (m *officeMath) limit(base, under, over string) string {
	if isASCIIWord(base) && len(base) > 1 {
		base = texWord(base)
	}
	if takesLimits(base) {
		return texScripts(base, under, over)
	}
	if under != "" {
		return `\underset` + braced(under) + braced(base)
	}
	return `\overset` + braced(over) + braced(base)
}

// group writes braces and arrows over or under a row.
func (m *officeMath) group(e *element) string {
	p := e.kid("m:groupChrPr")
	mark := "⏟"
	if chr := p.kid("m:chr"); chr != nil {
		mark = chr.attr("m:val")
	}
	if p.val("m:pos") == "top" {
		return m.accent(texAccents[mark], e)
	}
	return m.accent(texUnderAccents[mark], e)
}

// matrix writes a matrix.
func (m *officeMath) matrix(e *element) string {
	var rows []string
	for _, mr := range e.list("mr") {
		var cells []string
		for _, k := range mr.list("e") {
			cells = append(cells, m.row(k))
		}
		rows = append(rows, strings.Join(cells, " & "))
	}
	kind := "matrix"
	var sides []string
	e.kid("m:mPr").each(func(k *element) bool {
		if k.name == "m:mcJc" {
			sides = append(sides, k.attr("m:val"))
		}
		return true
	})
	if strings.HasPrefix(strings.Join(sides, " "), "right left") {
		kind = "aligned"
	}
	return `\begin{` + kind + "}" + strings.Join(rows, ` \\ `) + `\end{` + kind + "}"
}

// lines writes formulas below each other; & in them is where they stand
// together.
func (m *officeMath) lines(e *element) string {
	var rows []string
	kind := "matrix"
	for _, k := range e.list("e") {
		row := m.row(k)
		if strings.Contains(row, `\&`) {
			row, kind = strings.ReplaceAll(row, `\&`, "&"), "aligned"
		}
		rows = append(rows, row)
	}
	return `\begin{` + kind + "}" + strings.Join(rows, ` \\ `) + `\end{` + kind + "}"
}
