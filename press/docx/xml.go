package docx

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// head begins every part.
const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// spaces are the namespaces that parts with text use.
const spaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
	` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

// escape makes a text safe inside XML, as text or as an attribute's value in
// double quotes. What XML 1.0 forbids is left out.
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

// allowed reports whether a character may stand in a part.
func allowed(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return true
	case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return false
	}
	return true
}

// clipped is a text of at most so many characters, whole ones; Word refuses
// longer values in some places.
func clipped(s string, most int) string {
	if len(s) <= most {
		return s
	}
	rs := []rune(s)
	if len(rs) <= most {
		return s
	}
	return strings.TrimSpace(string(rs[:most-1])) + "…"
}

// val is an empty element with a value: <w:name w:val="v"/>.
func val(name, v string) string { return "<w:" + name + ` w:val="` + escape(v) + `"/>` }

// num is an empty element with a number.
func num(name string, n int) string { return "<w:" + name + ` w:val="` + strconv.Itoa(n) + `"/>` }
