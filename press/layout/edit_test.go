package layout

import (
	"strings"
	"testing"

	"quire/press"
)

// BenchmarkEditOneChapter sets the trial book again and again, each time with
// another sentence in one chapter, by a typesetter that has set it before.
func BenchmarkEditOneChapter(b *testing.B) {
	ts := newTypesetter(b)
	if _, err := ts.Typeset(b.Context(), corpus(b), press.Options{}); err != nil {
		b.Fatal(err)
	}
	m := corpus(b).Source
	was := m.Chapters[4].Markdown
	n := 0
	for b.Loop() {
		n++
		m.Chapters[4].Markdown = was + "\n\nIt was " + strings.Repeat("very ", n%7) + "late.\n"
		doc, _, err := press.Parse(m)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := ts.Typeset(b.Context(), doc, press.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
