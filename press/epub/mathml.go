package epub

import (
	"quire/press"
	"quire/press/html"
)

// property is what the manifest must say about the file.
func (w *writer) property() string {
	if w.math {
		return "mathml"
	}
	return ""
}

// formula writes a formula as MathML.
func (w *writer) formula(f *press.Formula, source string, display bool) {
	w.math = true
	w.out.WriteString(html.MathML(f, source, display))
}
