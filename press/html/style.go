package html

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"quire/press"
)

//go:embed book.css
var baseStyle string

// stylesheet is what all books share, then what the theme wants, then the
// widths of figures. It comes last, when all widths are known.
func (m *maker) stylesheet() string {
	var s strings.Builder
	s.WriteString(baseStyle)
	m.themeStyle(&s)
	for _, w := range slices.Sorted(maps.Keys(m.widths)) {
		fmt.Fprintf(&s, "figure.w%d { width: %d.%d%%; }\n", w, w/10, w%10)
	}
	if len(m.widths) > 0 { // on a phone even a small picture needs the room
		s.WriteString("@media (max-width: 40rem) { figure[class^=\"w\"] { width: auto; } }\n")
	}
	return s.String()
}

// families are the stacks of faces by the theme's family: the family itself,
// where a reader has it, then what is like it and common.
var families = map[string]string{
	"EB Garamond":    `"EB Garamond", "EB Garamond 12", "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif`,
	"Charis SIL":     `"Charis SIL", Charter, "Bitstream Charter", Cambria, Georgia, serif`,
	"Andika":         `Andika, "Trebuchet MS", Verdana, sans-serif`,
	"PT Sans":        `"PT Sans", "Gill Sans", "Gill Sans Nova", Calibri, sans-serif`,
	"Open Sans":      `"Open Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif`,
	"sans":           `"PT Sans", "Gill Sans", "Gill Sans Nova", "Segoe UI", "Helvetica Neue", Arial, sans-serif`,
	"PT Mono":        `"PT Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace`,
	"JetBrains Mono": `"JetBrains Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace`,
	"mono":           `"PT Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace`,
}

// family is the stack of a theme's family.
func family(name string) string {
	if stack, ok := families[name]; ok {
		return stack
	}
	return "Georgia, serif"
}

// themeStyle carries a theme over to screens: its faces, proportions and
// emphasis, none of its absolute sizes. Books of knowledge have space between
// paragraphs, as people expect on a screen; others indent.
func (m *maker) themeStyle(s *strings.Builder) {
	t := m.opt.Theme
	rule := func(format string, args ...any) { fmt.Fprintf(s, format+"\n", args...) }
	captions := t.Faces.Body
	if sans(t.Faces.Table) {
		captions = t.Faces.Table
	}
	rule(":root { --body: %s; --heads: %s; --table: %s; --captions: %s; --code: %s; --hue-light: %s; --hue-sepia: %s; --hue-dark: %s; }",
		family(t.Faces.Body), family(t.Faces.Heads), family(t.Faces.Table), family(captions), family(t.Faces.Code), onLight(t.Color), onLight(t.Color), onDark(t.Color))
	if m.nonfiction() || t.Paragraphs == "space" || t.Indent <= 0 {
		rule("p + p, p + .wide, ul + p, ol + p, dl + p { margin-top: .8em; }")
		rule("blockquote p + p, .note p + p, .notes p + p, .stanza + .stanza, dd p + p { margin-top: .5em; }")
	} else {
		rule("p + p { text-indent: %s; }", em(t.Indent, t.Text.Size))
	}
	opening(rule, t)
	section(rule, ".l2", t.H2, t)
	section(rule, ".l3", t.H3, t)
	section(rule, ".l4", t.H4, t)
	rule(".l2 + .l3, .l3 + .l4 { margin-top: .7em; }")
	if t.Quote.Style == "italic" {
		rule("blockquote { font-style: italic; } blockquote em { font-style: normal; }")
	}
	if t.Quote.Rule {
		rule("blockquote { margin-inline: 0; padding-inline-start: 1.3em; border-inline-start: 3px solid var(--line); }")
	}
	if !t.Opening.Bold && captions == t.Faces.Body {
		rule("figcaption { font-style: italic; } figcaption em { font-style: normal; } figcaption .label, caption .label { font-weight: normal; font-variant-caps: small-caps; font-style: normal; letter-spacing: .03em; }")
	}
	looks(rule, t)
	if t.Break != "" {
		rule("hr.break::before { content: \"%s\"; }", cssText(strings.ReplaceAll(t.Break, " ", "\u2002")))
	} else {
		rule("hr.break { margin: 1.2em 0; }")
	}
}

// looks styles tables and code.
func looks(rule func(string, ...any), t press.Theme) {
	switch t.Table.Look {
	case "grid":
		rule("th, td { border: 1px solid var(--line); }")
	case "banded":
		rule("tbody tr:nth-child(even) { background: var(--tint); }")
	}
	if t.Code.Rule {
		rule("pre { border-inline-start: 3px solid var(--edge); border-start-start-radius: 0; border-end-start-radius: 0; }")
	}
}

// opening styles the beginnings of chapters. The large first letter is for
// browsers that can set it well; in others nothing happens.
func opening(rule func(string, ...any), t press.Theme) {
	o := t.Opening
	align := start(o.Align)
	rule(".chapter > .head { text-align: %s; }", align)
	rule(".head .title { font-size: clamp(1.35em, 1.1em + 1.4vw, %s); }", em(min(o.Title.Size, 2*t.Text.Size), t.Text.Size))
	switch {
	case o.Bold:
		rule(".head .title, .titlepage h1, .contents h2, .contents h1 { font-weight: bold; } .head .number { letter-spacing: 0; font-weight: 600; }")
	default:
		rule(".head .number { font-variant-caps: small-caps; letter-spacing: .12em; text-transform: lowercase; }")
	}
	if o.Italic {
		rule(".head .title { font-style: italic; }")
	}
	if o.Rule {
		rule(".chapter > .head { padding-bottom: 1em; border-bottom: 1px solid var(--edge); }")
	}
	if o.Ornament != "" {
		rule(".chapter > .head::after { content: \"%s\"; display: block; margin-top: .8em; color: var(--soft); font-size: 1.2em; }", cssText(o.Ornament))
	}
	if o.LeadIn {
		rule("p.first::first-line { font-variant-caps: small-caps; letter-spacing: .04em; }")
	}
	if o.Initial > 1 {
		rule("@supports (initial-letter: 2) or (-webkit-initial-letter: 2) {")
		rule("p.initial::first-letter { -webkit-initial-letter: %d; initial-letter: %d; margin-inline-end: .08em; font-family: %s; font-variant-caps: normal; color: var(--head); }", o.Initial, o.Initial, family(t.Faces.Initial))
		rule("}")
	}
}

// section styles a heading inside chapters. Headings are at most half as large
// again as the text.
func section(rule func(string, ...any), selector string, h press.Section, t press.Theme) {
	style := map[string]string{"italic": "font-style: italic;", "bold": "font-weight: bold;", "smallcaps": "font-variant-caps: small-caps; letter-spacing: .06em;"}[h.Style]
	size := min(h.Size, t.Text.Size*3/2)
	rule("%s { margin: %d.%dem 0 .%dem; font-size: %s; text-align: %s; %s }", selector, h.Before, 6, min(4+h.After*4, 9), em(size, t.Text.Size), start(h.Align), style)
}

// onLight is a theme's colour on light paper, black where it is none.
func onLight(h press.Hue) string {
	if h == (press.Hue{}) {
		return "var(--ink)"
	}
	return fmt.Sprintf("#%02x%02x%02x", h.R, h.G, h.B)
}

// onDark is a theme's colour on dark paper: two thirds of the way to white, so
// that even the darkest can be read.
func onDark(h press.Hue) string {
	if h == (press.Hue{}) {
		return "var(--ink)"
	}
	lift := func(c uint8) int { return (int(c) + 2*255) / 3 }
	return fmt.Sprintf("#%02x%02x%02x", lift(h.R), lift(h.G), lift(h.B))
}

// em is a length in units of a size of type.
func em(length, size press.Pt) string {
	return length.Scale(int64(press.Point), int64(size)).String() + "em"
}

// start is a theme's alignment in words of CSS.
func start(align string) string {
	switch align {
	case "center":
		return "center"
	case "right":
		return "end"
	}
	return "start"
}

// sans reports whether a theme's family has no serifs.
func sans(family string) bool { return strings.Contains(strings.ToLower(family), "sans") }

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
