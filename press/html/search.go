package html

import (
	_ "embed"
	"encoding/json"
	"strings"

	"quire/press"
)

//go:embed search.js
var searchScript string

// searchBox is the search of a site. It is hidden until the script that makes
// it work shows it.
func (m *maker) searchBox() string {
	t := m.terms
	word := attr("aria-label", t.search)
	return "<details class=\"search\" hidden" + t.speech() + "><summary>" + Escape(t.search) + "</summary>\n<div class=\"panel\">\n" +
		"<form role=\"search\"><input type=\"search\" name=\"q\"" + word + attr("placeholder", t.search) + " autocomplete=\"off\" spellcheck=\"false\"></form>\n" +
		"<p class=\"told\" role=\"status\"" + attr("data-none", t.none) + "></p>\n<ol class=\"hits\"" + attr("lang", m.doc.Lang) + " dir=\"auto\"></ol>\n</div></details>\n"
}

// passage is a part of the book that can be found: where it is, what it is
// called, what it says.
type passage [3]string

// searchIndex is all that the book says, as a script that sets quireIndex.
// Words are folded and found by search.js: the text itself is smaller than any
// index of its words with their places would be.
func (m *maker) searchIndex() []byte {
	var all []passage
	for i, c := range m.doc.Chapters {
		title := m.label(c)
		if c.Opens != nil {
			all = append(all, passage{m.href("", c.Opens.ID), c.Opens.Title, ""})
		}
		f := &finder{at: passage{m.pages.chapters[i], title}}
		for _, b := range c.Blocks {
			if h, ok := b.(*press.Heading); ok && h.Level <= 3 {
				f.end()
				f.at = passage{m.href("", h.ID), title + " – " + strings.TrimSpace(press.Plain(h.Text))}
				continue
			}
			f.block(b)
		}
		f.end()
		for _, n := range c.Notes {
			f.at = passage{m.href("", n.ID), title + " – " + m.terms.notes}
			f.blocks(n.Blocks)
			f.end()
		}
		all = append(all, f.found...)
	}
	data, err := json.Marshal(all)
	if err != nil { // strings alone: it cannot fail
		data = []byte("[]")
	}
	return []byte("var quireIndex = " + string(data) + ";\n")
}

// finder gathers passages.
type finder struct {
	at    passage
	text  strings.Builder
	found []passage
}

// end closes the passage in work.
func (f *finder) end() {
	f.at[2] = strings.Join(strings.Fields(f.text.String()), " ")
	f.found = append(f.found, f.at)
	f.text.Reset()
}

// say adds words to the passage in work.
func (f *finder) say(s string) { f.text.WriteString(s + " ") }

// blocks adds what blocks say.
func (f *finder) blocks(blocks []press.Block) {
	for _, b := range blocks {
		f.block(b)
	}
}

// block adds what a block says.
func (f *finder) block(b press.Block) {
	switch t := b.(type) {
	case *press.Paragraph:
		f.say(press.Plain(t.Text))
	case *press.Heading:
		f.say(press.Plain(t.Text))
	case *press.Quote:
		f.blocks(t.Blocks)
	case *press.Div:
		f.blocks(t.Blocks)
	case *press.List:
		for _, it := range t.Items {
			f.blocks(it.Blocks)
		}
	case *press.Definitions:
		for _, it := range t.Items {
			for _, term := range it.Terms {
				f.say(press.Plain(term))
			}
			for _, meaning := range it.Meanings {
				f.blocks(meaning)
			}
		}
	case *press.Code:
		f.say(t.Text)
	case *press.MathBlock:
		f.say(t.Formula.Plain())
	case *press.Table:
		f.table(t)
	case *press.Figure:
		f.say(press.Plain(t.Caption))
		if t.Alt != press.Plain(t.Caption) {
			f.say(t.Alt)
		}
		if t.Data != nil {
			f.table(t.Data)
		}
	}
}

// table adds what a table says.
func (f *finder) table(t *press.Table) {
	f.say(press.Plain(t.Caption))
	for _, row := range append([][]press.Cell{t.Head}, t.Rows...) {
		for _, c := range row {
			f.say(press.Plain(c.Text))
		}
	}
}
