package quality

import (
	"fmt"
	"strings"
	"testing"

	"quire/book"
)

// hundredThousand is a book of at least 100,000 words with a whole plan: the
// trial book, and again with its sentences in another order and other words.
func hundredThousand(t testing.TB) (book.Manuscript, Plan) {
	t.Helper()
	m := trial(t)
	swap := strings.NewReplacer(" the ", " that ", " and ", " then ", " unto ", " towards ", " of ", " from ", " he ", " one ")
	for i, c := range m.Chapters[:15] {
		var turned []string
		for p := range strings.SplitSeq(c.Markdown, "\n\n") {
			turned = append([]string{swap.Replace(p)}, turned...)
		}
		m.Chapters = append(m.Chapters, book.Text{ID: fmt.Sprint("d", i), Title: c.Title + " again", Markdown: strings.Join(turned, "\n\n")})
	}
	plan := Plan{Words: 100_000, Chapters: map[string]Aim{}, Banned: []string{"it came to pass", "behold"}, Sources: []string{m.Chapters[2].Markdown}}
	for i, name := range strings.Fields("Abraham Isaac Jacob Esau Joseph Pharaoh Moses Aaron Joshua Samuel Saul David Jonathan Solomon Bathsheba Nathan Elijah Ahab Egypt Canaan") {
		plan.Names = append(plan.Names, Name{Name: name})
		plan.Facts = append(plan.Facts, Fact{name, "age", fmt.Sprint(30 + i)}, Fact{name, "hair", "black"}, Fact{name, "walk", "3 miles"})
	}
	for _, c := range m.Chapters {
		plan.Chapters[c.ID] = Aim{Words: 3_400, Beats: []string{"the brothers go down into Egypt", "a well is dug", "the king sends for them", "they swear an oath"}}
	}
	return m, plan
}

// BenchmarkHundredThousandWords measures a book of 100,000 words against a whole
// plan; a second is promised.
func BenchmarkHundredThousandWords(b *testing.B) {
	m, plan := hundredThousand(b)
	if r := MeasurePlanned(m, Fiction, plan); r.Words == nil || *r.Words < 100_000 {
		b.Fatalf("%v words", r.Words)
	}
	for b.Loop() {
		MeasurePlanned(m, Fiction, plan)
	}
}
