package docx

import "quire/press"

// fence writes something between brackets that grow with it; "" is no bracket.
func (m *mathWriter) fence(left, right string, body func()) {
	if left == "" && right == "" {
		body()
		return
	}
	m.put(`<m:d><m:dPr><m:begChr m:val="` + escape(left) + `"/><m:endChr m:val="` + escape(right) + `"/></m:dPr><m:e>`)
	body()
	m.put("</m:e></m:d>")
}

// fraction writes a fraction or a binomial.
func (m *mathWriter) fraction(f *press.MathFraction) {
	m.fence(f.Left, f.Right, func() {
		kind := "bar"
		if f.NoRule {
			kind = "noBar"
		}
		m.put(`<m:f><m:fPr><m:type m:val="` + kind + `"/></m:fPr>`)
		m.wrap("num", f.Num)
		m.wrap("den", f.Den)
		m.put("</m:f>")
	})
}

// radical writes a root.
func (m *mathWriter) radical(r *press.MathRadical) {
	m.put("<m:rad><m:radPr>")
	if r.Degree == nil {
		m.put(`<m:degHide m:val="1"/>`)
	}
	m.put("</m:radPr>")
	m.wrap("deg", r.Degree)
	m.wrap("e", r.Body)
	m.put("</m:rad>")
}

// accentMarks are the combining characters of spacing marks.
var accentMarks = map[string]string{
	"^": "\u0302", "ˆ": "\u0302", "ˇ": "\u030c", "~": "\u0303", "˜": "\u0303", "→": "\u20d7", "←": "\u20d6", "˙": "\u0307", "¨": "\u0308",
	"´": "\u0301", "`": "\u0300", "˘": "\u0306", "˚": "\u030a", "¯": "\u0305",
}

// accent writes a mark over or under a row: a line, a brace, or a sign.
func (m *mathWriter) accent(a *press.MathAccent) {
	place := "top"
	if a.Under {
		place = "bot"
	}
	sign := accentMarks[a.Mark]
	switch {
	case a.Mark == "‾" || a.Mark == "_" || a.Mark == "¯" && a.Stretch:
		m.put(`<m:bar><m:barPr><m:pos m:val="` + place + `"/></m:barPr>`)
		m.wrap("e", a.Body)
		m.put("</m:bar>")
	case a.Under || sign == "":
		other := map[string]string{"top": "bot", "bot": "top"}[place]
		m.put(`<m:groupChr><m:groupChrPr><m:chr m:val="` + escape(a.Mark) + `"/><m:pos m:val="` + place + `"/><m:vertJc m:val="` + other + `"/></m:groupChrPr>`)
		m.wrap("e", a.Body)
		m.put("</m:groupChr>")
	default:
		m.put(`<m:acc><m:accPr><m:chr m:val="` + sign + `"/></m:accPr>`)
		m.wrap("e", a.Body)
		m.put("</m:acc>")
	}
}

// mathAligns are the words for alignments.
var mathAligns = map[press.Align]string{press.AlignNone: "center", press.AlignLeft: "left", press.AlignCenter: "center", press.AlignRight: "right"}

// matrix writes rows of cells. Columns that belong together in twos have no gap
// between them.
func (m *mathWriter) matrix(t *press.MathMatrix) {
	m.fence(t.Left, t.Right, func() {
		m.put("<m:m><m:mPr>")
		if t.Pairs {
			m.put(`<m:cGpRule m:val="3"/><m:cGp m:val="0"/>`)
		}
		m.put("<m:mcs>")
		for _, a := range t.Align {
			m.put(`<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="` + mathAligns[a] + `"/></m:mcPr></m:mc>`)
		}
		m.put("</m:mcs></m:mPr>")
		for _, row := range t.Rows {
			m.put("<m:mr>")
			for _, cell := range row {
				m.put("<m:e>")
				if begins := press.MathClasses(cell); len(cell) == 0 || begins[0] == press.MathRel {
					m.run("\u200b", "p") // programs would show an empty box
				}
				m.nodes(cell)
				m.put("</m:e>")
			}
			m.put("</m:mr>")
		}
		m.put("</m:m>")
	})
}
