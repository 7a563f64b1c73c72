package epub

import (
	_ "embed"
	"fmt"
	"strings"

	"quire/press"
)

//go:embed book.css
var baseStyle string

// stylesheet adds the style sheet: what all books share, then what the theme
// wants.
func (b *binder) stylesheet() {
	faces := b.faces()
	b.add(file{id: "style", name: "book.css", media: typeCSS, data: []byte(baseStyle + "\n" + themeStyle(b.opt.Theme, b.doc.Meta.Kind == "nonfiction") + faces)})
}

// themeStyle carries a theme over to screens: its proportions and emphasis,
// none of its absolute sizes. Books of knowledge have space between paragraphs,
// as people expect on a screen; others indent.
func themeStyle(t press.Theme, spaced bool) string {
	var s strings.Builder
	rule := func(format string, args ...any) { fmt.Fprintf(&s, format+"\n", args...) }
	rule("/* The theme %s. */", cssWord(t.Name))
	if spaced || t.Indent <= 0 {
		rule("p { margin: 0 0 0.75em; }")
		rule("blockquote p + p { margin-top: 0; }")
	} else {
		rule(".chapter { text-align: justify; }")
		rule("p + p { text-indent: %s; }", em(t.Indent, t.Text.Size))
	}
	opening(rule, t)
	section(rule, "h2", t.H2, t)
	section(rule, "h3, h4, h5, h6", t.H3, t)
	rule("h2 + h3, h3 + h4 { margin-top: 0.6em; }")
	if sans(t.Faces.Heads) {
		rule("h1, h2, h3, h4, h5, h6 { font-family: sans-serif; }")
	}
	if sans(t.Faces.Table) {
		rule("table, figcaption { font-family: sans-serif; }")
	}
	rule("blockquote { font-size: %s; }", em(t.Quote.Size, t.Text.Size))
	if t.Opening.Bold {
		rule("figcaption .label { font-weight: bold; }")
	} else {
		rule("figcaption { font-style: italic; }")
		rule("figcaption em { font-style: normal; }")
	}
	if t.Break != "" {
		rule("hr.break::before { content: \"%s\"; }", cssText(strings.ReplaceAll(t.Break, " ", "\u2002")))
	}
	return s.String()
}

// opening styles the beginnings of chapters. The large first letter is left to
// reading systems that can set it well themselves; where they cannot, nothing
// happens.
func opening(rule func(string, ...any), t press.Theme) {
	o := t.Opening
	rule("header { text-align: %s; }", start(o.Align))
	rule("h1 .title { font-size: %s; }", em(min(o.Title.Size, 2*t.Text.Size), t.Text.Size))
	if o.Bold {
		rule("h1 .title, .titlepage h1, nav h1 { font-weight: bold; }")
	}
	if !o.Bold {
		rule("h1 .number { font-variant-caps: small-caps; letter-spacing: 0.1em; }")
	}
	if o.Rule {
		rule(".chapter header { padding-bottom: 0.8em; border-bottom: 1px solid; }")
	}
	if o.LeadIn {
		rule("p.first::first-line { font-variant-caps: small-caps; letter-spacing: 0.03em; }")
	}
	if o.Initial > 1 {
		rule("@supports (initial-letter: 2) or (-webkit-initial-letter: 2) {")
		rule("p.initial::first-letter { -webkit-initial-letter: %d; initial-letter: %d; margin-right: 0.1em; }", o.Initial, o.Initial)
		rule("}")
	}
}

// section styles a heading inside chapters. Headings are at most half as large
// again as the text.
func section(rule func(string, ...any), selector string, h press.Section, t press.Theme) {
	style := map[string]string{"italic": "font-style: italic;", "bold": "font-weight: bold;", "smallcaps": "font-variant-caps: small-caps; letter-spacing: 0.05em;"}[h.Style]
	size := min(h.Size, t.Text.Size*3/2)
	rule("%s { margin: %d.%dem 0 0.%dem; font-size: %s; text-align: %s; %s }", selector, h.Before, 5, min(3+h.After*4, 9), em(size, t.Text.Size), start(h.Align), style)
}

// em is a length in units of a size of type.
func em(length, size press.Pt) string {
	return length.Scale(int64(press.Point), int64(size)).String() + "em"
}

// start is a theme's alignment in words of CSS; readers that do not know start
// keep left.
func start(align string) string {
	if align == "center" {
		return "center"
	}
	return "left; text-align: start"
}

// sans reports whether a theme's family has no serifs.
func sans(family string) bool {
	return strings.Contains(strings.ToLower(family), "sans") || family == "Andika"
}

// cssText makes any text safe inside quotes of CSS.
func cssText(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '"' || r == '\\' || r < 0x20 || r == '<' {
			fmt.Fprintf(&b, `\%x `, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cssWord makes any text safe inside a comment of CSS.
func cssWord(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '*' || r == '/' || r < 0x20 {
			return '-'
		}
		return r
	}, s)
}
