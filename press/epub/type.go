package epub

import (
	"bytes"
	"fmt"
	"strings"
)

// faces embeds the theme's faces for text and headings, and returns the rules
// that name them. Of each family come the styles that the book uses.
func (b *binder) faces() string {
	if b.Type == nil {
		return ""
	}
	text := b.characters()
	var css strings.Builder
	families := []string{b.opt.Theme.Faces.Body}
	if heads := b.opt.Theme.Faces.Heads; heads != families[0] {
		families = append(families, heads)
	}
	n := 0
	for i, family := range families {
		list, err := b.Type.WebFaces(family, text)
		if err != nil {
			b.err = err
			return ""
		}
		for _, f := range list {
			if f.Italic && (i > 0 || !b.slants()) || f.Bold && f.Italic || f.Bold && i == 0 && !b.stresses() {
				continue
			}
			n++
			name := fmt.Sprintf("fonts/%s.ttf", f.Name)
			b.add(file{id: fmt.Sprintf("font-%d", n), name: name, media: typeFont, data: f.Data})
			fmt.Fprintf(&css, "@font-face { font-family: \"%s\"; font-weight: %s; font-style: %s; src: url(%s); }\n",
				cssText(family), pick(f.Bold, "bold", "normal"), pick(f.Italic, "italic", "normal"), name)
		}
	}
	fmt.Fprintf(&css, "body { font-family: \"%s\", %s; }\n", cssText(families[0]), generic(families[0]))
	heads := "h1, h2, h3, h4, h5, h6"
	if b.opt.Theme.Faces.Table == families[len(families)-1] {
		heads += ", table, figcaption"
	}
	fmt.Fprintf(&css, heads+" { font-family: \"%s\", %s; }\n", cssText(families[len(families)-1]), generic(families[len(families)-1]))
	return css.String()
}

// characters are those of the book's pages, capitals and small letters of each,
// because style sheets may change them.
func (b *binder) characters() map[rune]bool {
	text := map[rune]bool{'-': true, '\u2010': true, '…': true}
	for i := range b.files {
		if b.files[i].media != typeXHTML {
			continue
		}
		for _, r := range string(b.files[i].data) {
			text[r] = true
		}
	}
	for _, r := range b.opt.Theme.Break {
		text[r] = true
	}
	return text
}

// slants reports whether something is in italics.
func (b *binder) slants() bool {
	t := &b.opt.Theme
	return t.Quote.Style == "italic" || t.H2.Style == "italic" || t.H3.Style == "italic" || b.contain("<em>", `class="epigraph"`, `class="subtitle"`, "<figcaption")
}

// stresses reports whether something of the text is in bold.
func (b *binder) stresses() bool {
	t := &b.opt.Theme
	one := t.Faces.Heads == t.Faces.Body
	return one && (t.Opening.Bold || t.H2.Style == "bold" || t.H3.Style == "bold") || b.contain("<strong>", "<dt>", "<th")
}

// contain reports whether one of the pages contains one of the words.
func (b *binder) contain(words ...string) bool {
	for i := range b.files {
		for _, word := range words {
			if b.files[i].media == typeXHTML && bytes.Contains(b.files[i].data, []byte(word)) {
				return true
			}
		}
	}
	return false
}

// generic is the kind of a family, for readers who have switched it off.
func generic(family string) string {
	return pick(sans(family), "sans-serif", "serif")
}

// pick is one of two words.
func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
