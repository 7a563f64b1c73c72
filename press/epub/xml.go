package epub

import (
	"strings"
	"unicode/utf8"
)

// escape makes a text safe inside XML, as text or as an attribute's value in
// double quotes. What XML 1.0 or HTML forbids is left out.
func escape(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case allowed(r):
			b.WriteRune(r) // bytes that are no UTF-8 come as U+FFFD
		}
	}
	return b.String()
}

// plain reports whether a text needs no escaping at all.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < 0x20 && c != '\n' && c != '\t' || c == '&' || c == '<' || c == '>' || c == '"' || c == 0x7f {
			return false
		}
		if c >= utf8.RuneSelf {
			return !strings.ContainsAny(s[i:], "&<>\"") && utf8.ValidString(s[i:]) && !strings.ContainsFunc(s[i:], func(r rune) bool { return !allowed(r) })
		}
	}
	return true
}

// allowed reports whether a character may stand in XHTML.
func allowed(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return true
	case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return false
	}
	return true
}

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
