package layout

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"quire/press"
)

// check looks over the finished pages for what the author should know.
func (b *binder) check(pages *press.Pages) []press.Warning {
	var out []press.Warning
	if b.theme.Hyphens && b.s.hyphens.language(b.doc.Lang) == nil {
		out = append(out, press.Warning{Detail: fmt.Sprintf("words in the language %q are not hyphenated: there are no patterns for it", b.doc.Lang)})
	}
	if missing := missingGlyphs(pages); missing != "" {
		out = append(out, press.Warning{Detail: missing})
	}
	return out
}

// missingGlyphs lists the characters that no face has, with their pages; ""
// if there are none.
func missingGlyphs(pages *press.Pages) string {
	where := map[rune][]string{}
	for _, page := range pages.List {
		each(page.Ops, func(op press.Op) {
			line, ok := op.(*press.Line)
			if !ok {
				return
			}
			for _, run := range line.Runs {
				note(where, run.Glyphs, page.Label)
			}
		})
	}
	var chars []rune
	for r := range where {
		chars = append(chars, r)
	}
	slices.Sort(chars)
	var parts []string
	for i, r := range chars {
		if i == 20 {
			parts = append(parts, fmt.Sprintf("and %d more", len(chars)-20))
			break
		}
		on := where[r]
		if len(on) > 5 {
			on = append(on[:5:5], "…")
		}
		parts = append(parts, fmt.Sprintf("%c U+%04X on %s", r, r, strings.Join(on, ", ")))
	}
	if len(parts) == 0 {
		return ""
	}
	return "no face has these characters: " + strings.Join(parts, "; ")
}

// each calls f for every op, those in groups included.
func each(ops []press.Op, f func(press.Op)) {
	for _, op := range ops {
		f(op)
		if g, ok := op.(*press.Group); ok {
			each(g.Ops, f)
		}
	}
}

// note records the characters that came out as the missing glyph.
func note(where map[rune][]string, glyphs []press.Glyph, label string) {
	for _, g := range glyphs {
		if g.ID != 0 {
			continue
		}
		for _, r := range g.Text {
			if unicode.IsSpace(r) || slices.Contains(where[r], label) {
				continue
			}
			where[r] = append(where[r], label)
		}
	}
}
