package epub

import (
	"fmt"
	"regexp"

	"quire/press"
	"quire/press/html"
)

// divTags are the divs with a look of their own, and what they are.
var divTags = map[string]string{
	"epigraph":  ` class="epigraph" epub:type="epigraph" role="doc-epigraph"`,
	"verse":     ` class="verse"`,
	"note":      ` class="note" role="note"`,
	"signature": ` class="signature"`,
	"center":    ` class="center"`,
	"imprint":   ` class="imprint"`,
}

// div writes a classed block. Classes that have no look here are not passed
// on: the book's own style sheet may use the same word for something else.
func (w *writer) div(d *press.Div) {
	w.line("<div" + divTags[d.Class] + attr("id", d.ID) + w.lang(d) + ">")
	for _, b := range d.Blocks {
		if p, ok := b.(*press.Paragraph); ok && d.Class == "verse" {
			w.stanza(p)
			continue
		}
		w.block(b)
	}
	w.line("</div>")
}

// languageTag matches what may stand as a language (BCP 47, in outline).
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// lang is the language and direction of a div that has one of its own.
func (w *writer) lang(d *press.Div) string {
	if d.Lang == "" {
		return ""
	}
	if !languageTag.MatchString(d.Lang) {
		w.warn(d.At, "the language %q of a passage is not known and left out", d.Lang)
		return ""
	}
	dir := ""
	if rtl := html.RightToLeft(d.Lang); rtl != w.rtl {
		dir = map[bool]string{true: "rtl", false: "ltr"}[rtl]
	}
	return attr("lang", d.Lang) + attr("xml:lang", d.Lang) + attr("dir", dir)
}

// stanza writes a stanza; each line is an element, so that one that is too
// long for the screen hangs in.
func (w *writer) stanza(p *press.Paragraph) {
	w.at = p.At
	text := p.Text
	fmt.Fprintf(&w.out, `<p class="stanza"%s>`, w.dirOf(text))
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) {
			if _, ok := text[i].(*press.LineBreak); !ok {
				continue
			}
		}
		w.out.WriteString(`<span class="line">`)
		w.inlines(text[start:i])
		w.line("</span>")
		start = i + 1
	}
	w.line("</p>")
}
