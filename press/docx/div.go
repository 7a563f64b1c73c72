package docx

import (
	"quire/press"
	"quire/press/html"
)

// divStyles are the styles of the divs that have a look of their own.
var divStyles = map[string]string{
	"epigraph": "Epigraph", "verse": "Verse", "note": "Note", "signature": "Signature", "center": "Centered", "imprint": "Colophon", "dialogue": "Dialogue",
}

// div writes a classed block; classes without a look are plain text.
func (w *writer) div(t *press.Div, f frame) {
	w.anchor(t.ID)
	if t.Lang != "" {
		f = w.foreign(t, f)
	}
	style := divStyles[t.Class]
	if style == "" {
		w.blocks(t.Blocks, f)
		return
	}
	e := w.edges(style)
	f = w.inset(f, e.left, e.right)
	f.style, f.source, f.align = style, "", ""
	if style == "Epigraph" {
		f.source = "EpigraphSource"
	}
	w.blocks(t.Blocks, f)
}

// foreign is a frame for another language.
func (w *writer) foreign(t *press.Div, f frame) frame {
	lang := wordLanguage(t.Lang)
	if lang == "" {
		w.warn(t.At, "the language %q of a passage is not known and left out", clipped(t.Lang, 60))
		return f
	}
	f.lang, f.rtl = lang, html.RightToLeft(lang)
	return f
}
