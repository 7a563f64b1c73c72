package docx

import (
	"strconv"
	"strings"
)

// zero is an explicit nothing, where 0 says that the style decides.
const zero = -1 << 20

// paraProps is how a paragraph looks. What is empty follows from its style.
// Lengths are twips, twentieths of a point.
type paraProps struct {
	style                string
	keepNext, keepLines  bool
	newPage              bool
	num, level           int // of a list; num zero takes a number off
	borders              borders
	shade                string
	tabs                 []tab
	noHyphens            bool
	bidi                 int // 1 from right to left, zero from left to right
	before, after, line  int // line is the least distance of lines, negative an exact one
	left, right, firstIn int // firstIn below nothing hangs out
	contextual           bool
	align                string
	outline              int // level from 1
}

// borders are the lines around a paragraph: "" for none, else how it is drawn.
type borders struct{ top, left, bottom, right, between string }

// tab is a tab stop.
type tab struct {
	kind string // left, center, right
	at   int
}

// xml is the element pPr, its children in the order of CT_PPrBase; "" when there
// is nothing to say.
func (p *paraProps) xml() string {
	s := p.inner()
	if s == "" {
		return ""
	}
	return "<w:pPr>" + s + "</w:pPr>"
}

// inner is what stands in pPr.
func (p *paraProps) inner() string {
	var b strings.Builder
	flag := func(name string, on bool) {
		if on {
			b.WriteString("<w:" + name + "/>")
		}
	}
	if p.style != "" {
		b.WriteString(val("pStyle", p.style))
	}
	flag("keepNext", p.keepNext)
	flag("keepLines", p.keepLines)
	flag("pageBreakBefore", p.newPage)
	if p.num != 0 {
		b.WriteString("<w:numPr>" + num("ilvl", p.level) + num("numId", amount(p.num)) + "</w:numPr>")
	}
	b.WriteString(p.borders.xml())
	if p.shade != "" {
		b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="` + p.shade + `"/>`)
	}
	b.WriteString(tabStops(p.tabs))
	flag("suppressAutoHyphens", p.noHyphens)
	if p.bidi != 0 {
		b.WriteString(toggle("bidi", p.bidi))
	}
	b.WriteString(p.spacing() + p.indents())
	flag("contextualSpacing", p.contextual)
	if p.align != "" {
		b.WriteString(val("jc", p.align))
	}
	if p.outline > 0 {
		b.WriteString(num("outlineLvl", p.outline-1))
	}
	return b.String()
}

// spacing is the white above, below and between lines.
func (p *paraProps) spacing() string {
	s := attribute("before", p.before) + attribute("after", p.after)
	switch {
	case p.line < 0:
		s += attribute("line", -p.line) + ` w:lineRule="exact"`
	case p.line > 0:
		s += attribute("line", p.line) + ` w:lineRule="atLeast"`
	}
	if s == "" {
		return ""
	}
	return "<w:spacing" + s + "/>"
}

// indents are the distances from the edges of the text.
func (p *paraProps) indents() string {
	s := attribute("left", p.left) + attribute("right", p.right)
	switch {
	case p.firstIn == zero || p.firstIn > 0:
		s += attribute("firstLine", p.firstIn)
	case p.firstIn < 0:
		s += attribute("hanging", -p.firstIn)
	}
	if s == "" {
		return ""
	}
	return "<w:ind" + s + "/>"
}

// xml is the element pBdr; "" without lines.
func (e borders) xml() string {
	if e == (borders{}) {
		return ""
	}
	s := "<w:pBdr>"
	for _, side := range []struct{ name, line string }{{"top", e.top}, {"left", e.left}, {"bottom", e.bottom}, {"right", e.right}, {"between", e.between}} {
		if side.line != "" {
			s += "<w:" + side.name + " " + side.line + "/>"
		}
	}
	return s + "</w:pBdr>"
}

// stroke is a line: its width in eighths of a point, its distance in points.
func stroke(eighths, distance int, color string) string {
	return `w:val="single" w:sz="` + strconv.Itoa(eighths) + `" w:space="` + strconv.Itoa(distance) + `" w:color="` + color + `"`
}

// tabStops is the element tabs.
func tabStops(tabs []tab) string {
	if len(tabs) == 0 {
		return ""
	}
	s := "<w:tabs>"
	for _, t := range tabs {
		s += `<w:tab w:val="` + t.kind + `" w:pos="` + strconv.Itoa(t.at) + `"/>`
	}
	return s + "</w:tabs>"
}

// amount is a number that may be an explicit nothing.
func amount(n int) int {
	if n == zero {
		return 0
	}
	return n
}

// attribute is a length as an attribute; "" where the style decides.
func attribute(name string, n int) string {
	if n == 0 {
		return ""
	}
	return " w:" + name + `="` + strconv.Itoa(amount(n)) + `"`
}

// toggle is a property that is on, or off with zero.
func toggle(name string, n int) string {
	if n == zero {
		return "<w:" + name + ` w:val="0"/>`
	}
	return "<w:" + name + "/>"
}

// runProps is how letters look. What is empty follows from the style; bold
// and italic are 1 for on, zero for off. Size is half points, track twips.
type runProps struct {
	style             string
	font              string
	bold, italic      int
	smallCaps, strike bool
	noProof, hidden   bool // hidden only where pages do not show
	color             string
	track, size       int
	underline         bool
	shade             string
	raised            bool
	rtl               bool
	lang              string
	langRTL           bool // the language is one of the right to left ones
}

// xml is the element rPr, its children in the order of EG_RPrBase; "" when there
// is nothing to say.
func (r *runProps) xml() string {
	if *r == (runProps{}) {
		return ""
	}
	var b strings.Builder
	b.WriteString("<w:rPr>")
	if r.style != "" {
		b.WriteString(val("rStyle", r.style))
	}
	b.WriteString(faces(r.font))
	if r.bold != 0 {
		b.WriteString(toggle("b", r.bold) + toggle("bCs", r.bold))
	}
	if r.italic != 0 {
		b.WriteString(toggle("i", r.italic) + toggle("iCs", r.italic))
	}
	for _, f := range []struct {
		on   bool
		name string
	}{{r.smallCaps, "smallCaps"}, {r.strike, "strike"}, {r.noProof, "noProof"}, {r.hidden, "webHidden"}} {
		if f.on {
			b.WriteString("<w:" + f.name + "/>")
		}
	}
	if r.color != "" {
		b.WriteString(val("color", r.color))
	}
	if r.track != 0 {
		b.WriteString(num("spacing", amount(r.track)))
	}
	if r.size != 0 {
		b.WriteString(num("sz", r.size) + num("szCs", r.size))
	}
	if r.underline {
		b.WriteString(val("u", "single"))
	}
	if r.shade != "" {
		b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="` + r.shade + `"/>`)
	}
	if r.raised {
		b.WriteString(val("vertAlign", "superscript"))
	}
	if r.rtl {
		b.WriteString("<w:rtl/>")
	}
	b.WriteString(r.language() + "</w:rPr>")
	return b.String()
}

// language is the language of the letters. Word keeps that of scripts from
// right to left apart.
func (r *runProps) language() string {
	switch {
	case r.lang == "":
		return ""
	case r.langRTL:
		return `<w:lang w:bidi="` + escape(r.lang) + `"/>`
	case eastAsian(r.lang):
		return `<w:lang w:eastAsia="` + escape(r.lang) + `"/>`
	}
	return val("lang", r.lang)
}

// faces names a type family for all scripts that it has, and a common one for
// those that it has not.
func faces(family string) string {
	if family == "" {
		return ""
	}
	return `<w:rFonts w:ascii="` + family + `" w:hAnsi="` + family + `" w:cs="` + fallbackFace(family) + `"/>`
}
