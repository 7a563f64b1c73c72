package book_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/problem"
)

func TestRepliesThatAreNotWhatWasAskedFor(t *testing.T) {
	people := []book.Character{{ID: "a", Name: "A"}, {ID: "b", Name: "B"}}
	place := []book.Place{{ID: "p"}}
	good := book.Concept{Title: "T", Logline: "L", Cast: people, Places: place}
	concept := func(change func(*book.Concept)) error {
		c := good
		change(&c)
		return c.Check(book.Fiction)
	}
	chapter := book.OutlineChapter{Title: "A", Summary: "s"}
	h := []book.OutlineSection{{Level: 2, Title: "H"}}
	for name, err := range map[string]error{
		"a concept without title":     concept(func(c *book.Concept) { c.Title = " " }),
		"a concept without logline":   concept(func(c *book.Concept) { c.Logline = "" }),
		"a story of one":              concept(func(c *book.Concept) { c.Cast = people[:1] }),
		"a story nowhere":             concept(func(c *book.Concept) { c.Places = nil }),
		"twins":                       concept(func(c *book.Concept) { c.Cast = []book.Character{people[0], people[0]} }),
		"nobody":                      concept(func(c *book.Concept) { c.Cast = []book.Character{people[0], {ID: "x"}} }),
		"too few chapters":            book.Outline{}.Check(1),
		"a chapter without title":     book.Outline{Chapters: []book.OutlineChapter{{Summary: "s"}}}.Check(1),
		"a chapter without summary":   book.Outline{Chapters: []book.OutlineChapter{{Title: "t"}}}.Check(1),
		"a section without title":     book.Outline{Chapters: []book.OutlineChapter{{Title: "t", Summary: "s", Sections: []book.OutlineSection{{Level: 2}}}}}.Check(1),
		"a section of level 1":        book.Outline{Chapters: []book.OutlineChapter{{Title: "t", Summary: "s", Sections: []book.OutlineSection{{Level: 1, Title: "x"}}}}}.Check(1),
		"two chapters of one title":   book.Outline{Chapters: []book.OutlineChapter{chapter, {Title: " a ", Summary: "s"}}}.CheckTitles(nil),
		"no sections":                 book.Beats{}.Check(nil),
		"a section without goal":      book.Beats{Sections: []book.Beat{{Words: 1}}}.Check(nil),
		"a section without words":     book.Beats{Sections: []book.Beat{{Goal: "g"}}}.Check(nil),
		"a heading of its own":        book.Beats{Sections: []book.Beat{{Goal: "g", Words: 1, Level: 2, Heading: "X"}}}.Check(nil),
		"a heading changed":           book.Beats{Sections: []book.Beat{{Goal: "g", Words: 1, Level: 2, Heading: "X"}}}.Check(h),
		"a heading at another level":  book.Beats{Sections: []book.Beat{{Goal: "g", Words: 1, Level: 3, Heading: "H"}}}.Check(h),
		"a heading left out":          book.Beats{Sections: []book.Beat{{Goal: "g", Words: 1}}}.Check(h),
		"a delta without summary":     book.Delta{}.Check(),
		"a fact about nothing":        book.Delta{Summary: "s", Facts: []book.Fact{{Attr: "at", Value: "x"}}}.Check(),
		"a section without any words": book.Section{Markdown: "***"}.Check(),
	} {
		if !problem.Is(err, problem.Unavailable) {
			t.Errorf("%s: %v, want unavailable, for the maker did nothing wrong", name, err)
		}
	}
	for name, err := range map[string]error{
		"a concept":           good.Check(book.Fiction),
		"a guide's concept":   book.Concept{Title: "T", Logline: "L"}.Check(book.Nonfiction),
		"an outline":          book.Outline{Chapters: []book.OutlineChapter{chapter}}.Check(1),
		"a title given twice": book.Outline{Chapters: []book.OutlineChapter{chapter, chapter}}.CheckTitles(map[string]bool{"A": true}),
		"beats":               book.Beats{Sections: []book.Beat{{Goal: "g", Words: 1}, {Goal: "g", Words: 1, Level: 2, Heading: "H"}}}.Check(h),
		"a delta":             book.Delta{Summary: "s", Facts: []book.Fact{{Subject: "a", Attr: "at", Value: "x"}}}.Check(),
		"a section":           book.Section{Words: 1}.Check(),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestScaledBeatsAddUp(t *testing.T) {
	for name, tt := range map[string]struct {
		words []int
		to    int
		want  []int
	}{
		"already right": {[]int{40, 60}, 100, []int{40, 60}},
		"doubled":       {[]int{40, 60}, 200, []int{80, 120}},
		"rounded":       {[]int{1, 1, 1}, 100, []int{33, 33, 34}},
		"kept alive":    {[]int{1, 99}, 50, []int{1, 50}},
	} {
		t.Run(name, func(t *testing.T) {
			var b book.Beats
			for _, n := range tt.words {
				b.Sections = append(b.Sections, book.Beat{Words: n})
			}
			var got []int
			for _, s := range b.Scaled(tt.to).Sections {
				got = append(got, s.Words)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("words (-want +got):\n%s", diff)
			}
			if b.Sections[0].Words != tt.words[0] {
				t.Error("scaling changed the beats it was given")
			}
		})
	}
}

func TestALaterFactStandsForAnEarlierOneButKnowledgeAddsUp(t *testing.T) {
	var l book.Ledger
	l.Add("ch_1", 1, book.Delta{Summary: "one", Facts: []book.Fact{{Subject: "ann", Attr: "at", Value: "quay"}, {Subject: "ann", Attr: "knows", Value: "x"}}})
	l.Add("ch_2", 2, book.Delta{Summary: "two", Facts: []book.Fact{{Subject: "ann", Attr: "at", Value: "mill"}, {Subject: "ann", Attr: "knows", Value: "y"}, {Subject: "ann", Attr: "knows", Value: "x"}}})
	want := book.Ledger{
		Facts:     []book.Fact{{Subject: "ann", Attr: "at", Value: "mill", Chapter: "ch_2", From: 2}, {Subject: "ann", Attr: "knows", Value: "x", Chapter: "ch_2", From: 2}, {Subject: "ann", Attr: "knows", Value: "y", Chapter: "ch_2", From: 2}},
		Summaries: []book.Summary{{Chapter: "ch_1", Ordinal: 1, Text: "one"}, {Chapter: "ch_2", Ordinal: 2, Text: "two"}},
	}
	if diff := cmp.Diff(want, l); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
}

func TestAnOutlineFindsItsChapters(t *testing.T) {
	o := book.Outline{Chapters: []book.OutlineChapter{{ID: "a", Words: 3}, {ID: "b", Words: 4}}}
	if c, i := o.Chapter("b"); c.Words != 4 || i != 1 {
		t.Errorf("found %v at %d", c, i)
	}
	if _, i := o.Chapter("c"); i != -1 || o.Words() != 7 {
		t.Errorf("found nothing at %d; %d words", i, o.Words())
	}
}
