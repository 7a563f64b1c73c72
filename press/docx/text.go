package docx

import (
	"strings"

	"quire/press"
)

// letters writes a text as runs, one for each direction.
func letters(run runProps, s string, rtl bool) string {
	var b strings.Builder
	for _, piece := range stretches(s, rtl) {
		run.rtl = piece.rtl
		b.WriteString("<w:r>" + run.xml())
		characters(&b, piece.text)
		b.WriteString("</w:r>")
	}
	return b.String()
}

// letters writes a text that runs as the book does.
func (b *binder) letters(run runProps, s string) string {
	if s == "" {
		return ""
	}
	rtl, known := runsLeft(s)
	return letters(run, s, known && rtl || !known && b.rtl)
}

// characters writes text inside a run. Some characters are elements in Word.
func characters(b *strings.Builder, s string) {
	for s != "" {
		at := strings.IndexAny(s, "\t\n\u00ad\u2011")
		if at < 0 {
			at = len(s)
		}
		if at > 0 {
			b.WriteString(`<w:t xml:space="preserve">` + escape(s[:at]) + "</w:t>")
			s = s[at:]
			continue
		}
		switch {
		case s[0] == '\t':
			b.WriteString("<w:tab/>")
			s = s[1:]
		case s[0] == '\n':
			b.WriteString("<w:br/>")
			s = s[1:]
		case strings.HasPrefix(s, "\u00ad"):
			b.WriteString("<w:softHyphen/>")
			s = s[len("\u00ad"):]
		default:
			b.WriteString("<w:noBreakHyphen/>")
			s = s[len("\u2011"):]
		}
	}
}

// isSource reports whether a text names a source: it begins with a dash.
func isSource(text []press.Inline) bool {
	plain := strings.TrimSpace(press.Plain(text))
	return strings.HasPrefix(plain, "—") || strings.HasPrefix(plain, "– ") || strings.HasPrefix(plain, "― ")
}

// sourceApart makes a paragraph of its own out of a source that stands on the
// last line of the last one.
func sourceApart(blocks []press.Block) []press.Block {
	n := len(blocks)
	if n == 0 {
		return blocks
	}
	p, ok := blocks[n-1].(*press.Paragraph)
	if !ok {
		return blocks
	}
	for i := len(p.Text) - 1; i > 0; i-- {
		if _, ok := p.Text[i].(*press.LineBreak); !ok {
			continue
		}
		if !isSource(p.Text[i+1:]) {
			return blocks
		}
		out := append([]press.Block(nil), blocks[:n-1]...)
		return append(out, &press.Paragraph{At: p.At, Text: p.Text[:i]}, &press.Paragraph{At: p.At, Text: p.Text[i+1:]})
	}
	return blocks
}
