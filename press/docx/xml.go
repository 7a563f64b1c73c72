package docx

import (
	"strconv"
	"strings"

	"quire/press/html"
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

// escape makes a text safe inside XML.
func escape(s string) string { return html.Escape(s) }

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
