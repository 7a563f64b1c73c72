package docx

import (
	"strconv"

	"quire/press"
)

// section is a run of pages with heads and feet of their own.
type section struct {
	recto   bool   // begins on a right-hand page
	runOn   bool   // begins on the page where the one before ends
	opening bool   // its first page has no head and a foot of its own
	roman   bool   // pages are counted i, ii, iii
	restart bool   // pages are counted from 1
	stands  string // bottom, or "" for the top
	refs    string // of heads and feet; those left out are as before
}

// endSection closes the section in the last paragraph that was written, or in
// one of its own if the text ends with something else.
func (w *writer) endSection(s section) {
	p := w.part
	if p.end != len(p.out) || p.end == 0 {
		w.open(paraProps{style: "TableEnd"})
		w.close()
	}
	markup := w.sectPr(s)
	if p.props < 0 { // the paragraph has no properties
		at := -p.props
		p.out = insert(p.out, at, "<w:pPr>"+markup+"</w:pPr>")
	} else {
		p.out = insert(p.out, p.props, markup)
	}
	p.end = 0
}

// insert puts markup into what is written.
func insert(out []byte, at int, markup string) []byte {
	out = append(out, markup...)
	copy(out[at+len(markup):], out[at:])
	copy(out[at:], markup)
	return out
}

// sectPr is the element sectPr, its children in the order of EG_SectPrContents.
// Notes are counted afresh in each section, as in print.
func (b *binder) sectPr(s section) string {
	l := &b.look
	kind := "nextPage"
	switch {
	case s.runOn:
		kind = "continuous"
	case s.recto && !l.screen:
		kind = "oddPage"
	}
	n := strconv.Itoa
	out := "<w:sectPr>" + s.refs + `<w:footnotePr>` + val("numRestart", "eachSect") + `</w:footnotePr>` + val("type", kind) +
		`<w:pgSz w:w="` + n(l.width) + `" w:h="` + n(l.height) + `"/>` +
		`<w:pgMar w:top="` + n(l.top) + `" w:right="` + n(l.outside) + `" w:bottom="` + n(l.bottom) + `" w:left="` + n(l.inside) +
		`" w:header="` + n(l.header) + `" w:footer="` + n(l.footer) + `" w:gutter="0"/>`
	if s.roman || s.restart {
		out += "<w:pgNumType"
		if s.roman {
			out += ` w:fmt="lowerRoman"`
		}
		if s.restart {
			out += ` w:start="1"`
		}
		out += "/>"
	}
	out += `<w:cols w:space="720"/>`
	if s.stands != "" {
		out += val("vAlign", s.stands)
	}
	if s.opening {
		out += "<w:titlePg/>"
	}
	if b.rtl {
		out += "<w:bidi/><w:rtlGutter/>"
	}
	return out + "</w:sectPr>"
}

// bodySection is the section of a chapter.
func (w *writer) bodySection(i int) section {
	c, o := w.doc.Chapters[i], &w.look.theme.Opening
	s := section{recto: o.Recto, runOn: o.RunOn && i > 0 && c.Opens == nil, opening: true}
	if c.Opens == nil && i == 0 {
		s.restart = true
	}
	s.refs = w.headsAndFeet(i, c)
	if s.runOn { // no page begins with it
		s.opening = false
	}
	return s
}

// headsAndFeet makes the heads and feet of a chapter. Only the first chapter, and
// one behind a part's page, has all of them; others go on with those before,
// but for their own title.
func (w *writer) headsAndFeet(i int, c *press.Chapter) string {
	refs := ""
	all := i == 0 || c.Opens != nil
	if all && !w.look.screen {
		refs += w.headerRef("even", w.runningHead(w.title, "", true))
	}
	if name := w.headingText(c); w.look.theme.Heads.Place != "foot" {
		refs += w.headerRef("default", w.runningHead(name, "STYLEREF 1", false))
	}
	if all {
		refs += w.headerRef("first", "")
	}
	return refs + w.feet(all, c)
}

// feet makes the feet of a chapter.
func (w *writer) feet(all bool, c *press.Chapter) string {
	refs := ""
	inFoot := w.look.theme.Heads.Place == "foot"
	if all && !w.look.screen {
		refs += w.footerRef("even", w.runningFoot(w.title, "", true))
	}
	if all || inFoot {
		refs += w.footerRef("default", w.runningFoot(w.headingText(c), "STYLEREF 1", false))
	}
	if all {
		refs += w.footerRef("first", w.openingFoot())
	}
	return refs
}
