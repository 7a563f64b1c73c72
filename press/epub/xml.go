package epub

import (
	"strings"

	"quire/press/html"
)

// escape makes a text safe inside XHTML.
func escape(s string) string { return html.Escape(s) }

// attr writes an attribute with a blank before it; an empty value writes none.
func attr(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + escape(value) + `"`
}

// sheet is an XHTML file: its title, the division of the book that it belongs
// to (frontmatter, bodymatter, backmatter) and its body.
type sheet struct {
	title, matter, class, body string
}

// xhtml writes a sheet in the language of the book.
func (b *binder) xhtml(s sheet) []byte {
	dir := ""
	if b.rtl {
		dir = "rtl"
	}
	var out strings.Builder
	out.Grow(len(s.body) + 600)
	out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n" +
		`<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"` +
		attr("lang", b.doc.Lang) + attr("xml:lang", b.doc.Lang) + attr("dir", dir) + ">\n<head>\n" +
		"<title>" + escape(s.title) + "</title>\n" +
		`<link rel="stylesheet" type="text/css" href="book.css"/>` + "\n</head>\n<body" + attr("epub:type", s.matter) + attr("class", s.class) + ">\n")
	out.WriteString(s.body)
	out.WriteString("</body>\n</html>\n")
	return []byte(out.String())
}
