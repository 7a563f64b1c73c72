package quality_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/quality"
)

func TestThePlanOfALibraryBookIsWhatWasPlanned(t *testing.T) {
	concept := book.Concept{Cast: []book.Character{{ID: "hero", Name: "Mara", Full: "Mara Vane"}, {ID: "dog", Name: "Tar", Full: "Tar"}}, Places: []book.Place{{ID: "town", Name: "Skerry"}},
		Things: []book.Thing{{ID: "log", Name: "tide book"}}}
	outline := book.Outline{Chapters: []book.OutlineChapter{{ID: "ch_1", Words: 900}, {ID: "ch_2", Words: 1100}, {ID: "ch_3", Words: 500}}}
	beats := map[book.ChapterID]book.Beats{"ch_1": {Sections: []book.Beat{
		{Goal: "Mara looks for the log.", Turn: "It is gone."}, {Goal: "Treat what was begun.", Points: []string{"the price of oil"}}}}}
	deltas := map[book.ChapterID]book.Delta{
		"ch_1": {Facts: []book.Fact{{Subject: "hero", Attr: "age", Value: "thirty-four"}, {Subject: "dog", Attr: "age", Value: "3"}, {Subject: "hero", Attr: "Eyes", Value: "pale blue"},
			{Subject: "hero", Attr: "at", Value: "the quay"}, {Subject: "hero", Attr: "has", Value: "3 coins"}, {Subject: "town", Attr: "harbour wall", Value: "40 feet"}}},
		"ch_2": {Facts: []book.Fact{{Subject: "hero", Attr: "age", Value: "33"}, {Subject: "dog", Attr: "age", Value: "4"}, {Subject: "hero", Attr: "hair", Value: "like straw"},
			{Subject: "log", Attr: "born", Value: "never"}, {Subject: "Oswin", Attr: "born", Value: "in 1801"}, {Subject: "town", Attr: "harbour wall", Value: "high"}}},
		"ch_9": {Facts: []book.Fact{{Subject: "hero", Attr: "hair", Value: "red"}}}, // of no chapter
	}
	got := quality.PlanOf(book.Brief{Words: 2500}, concept, outline, beats, deltas)
	want := quality.Plan{
		Words: 2500,
		Chapters: map[string]quality.Aim{"ch_1": {Words: 900, Beats: []string{"Mara looks for the log. It is gone.", "the price of oil"}},
			"ch_2": {Words: 1100}, "ch_3": {Words: 500}},
		Names: []quality.Name{{Name: "Mara", Aliases: []string{"Mara Vane"}}, {Name: "Tar"}, {Name: "Skerry"}},
		Facts: []quality.Fact{{Subject: "Mara", Attr: "age", Value: "thirty-four"}, {Subject: "Mara", Attr: "eyes", Value: "pale blue"},
			{Subject: "Skerry", Attr: "harbour wall", Value: "40 feet"}, {Subject: "Oswin", Attr: "born", Value: "in 1801"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(quality.Plan{Chapters: map[string]quality.Aim{}}, quality.PlanOf(book.Brief{}, book.Concept{}, book.Outline{}, nil, nil)); diff != "" {
		t.Errorf("a book of which nothing is made (-want +got):\n%s", diff)
	}
}

// TestBooksOfTheBuiltInAuthorAreNotAccused measures books against their own
// plans: nothing is broken, and all beats are found.
func TestBooksOfTheBuiltInAuthorAreNotAccused(t *testing.T) {
	for seed := range uint64(3) {
		for topic, kind := range map[string]book.Kind{"A detective in a city of fog": book.Fiction, "The fox and the clockmaker": book.Fiction, "how to read a map": book.Nonfiction} {
			t.Run(fmt.Sprint(topic, seed), func(t *testing.T) {
				t.Parallel()
				w := write(t, book.Brief{Topic: topic, Kind: kind, Chapters: 5, Words: 6000, Seed: seed + 1})
				plan := quality.PlanOf(w.brief, w.concept, w.outline, w.beats, w.deltas)
				r := quality.MeasurePlanned(w.text, quality.ProfileOf(w.text.Meta), plan)
				for _, m := range r.Metrics {
					if m.Class == quality.Breakage && m.Light == quality.Red || m.ID == "M19" && m.Light != quality.Green {
						t.Errorf("%s is %s: %s", m.ID, m.Light, shown(m))
					}
				}
			})
		}
	}
}
