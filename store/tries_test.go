package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

func TestTriesAreKeptAndCountedWithWhatTheyCost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		create(t, s, "bk_b")
		began := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
		want := []llm.Try{
			{Key: "k1", Book: "bk_a", Role: llm.Draft, Artefact: "section/ch_1/1", Revision: 1, Attempt: 2, Provider: "openai", Model: "gpt", ID: "req_1",
				Outcome: "stop", Usage: llm.Usage{Input: 10, CachedRead: 4, CachedHour: 1, Output: 7}, Cost: llm.Cost{USD: 1_200, Known: true},
				Began: began, First: 3 * time.Millisecond, Took: 2 * time.Second},
			{Key: "k1", Book: "bk_a", Outcome: "truncated", Estimated: true, Cost: llm.Cost{USD: 300}, Began: began.Add(time.Second)},
		}
		for _, try := range want {
			if err := s.Record(t.Context(), try); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Record(t.Context(), llm.Try{Book: "bk_b", Cost: llm.Cost{USD: 5, Known: true}}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Tries(t.Context(), "bk_a")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("tries (-want +got):\n%s%v", diff, err)
		}
		if spent, err := s.Spent(t.Context(), "bk_a"); spent != 1_500 || err != nil {
			t.Errorf("spent %s (%v), want $0.0015", spent, err)
		}
		if spent, err := s.Spent(t.Context(), "bk_none"); spent != 0 || err != nil {
			t.Errorf("a book without tries has spent %s (%v)", spent, err)
		}
		if err := s.Record(t.Context(), llm.Try{Book: "bk_none"}); !problem.Is(err, problem.Missing) {
			t.Errorf("a try of a book that is gone: %v, want missing", err)
		}
	})
}

func TestTheWriterOfAChapterIsKnown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		for _, c := range []struct{ key, artefact, provider, model, outcome string }{
			{"k0", "section/ch_10/1", "other", "stranger", "stop"},
			{"k1", "section/ch_1/1", "openai", "failed", "truncated"},
			{"k1", "section/ch_1/1", "openai", "gpt", "stop"},
			{"k2", "section/ch_1/2", "google", "gemini", "stop"},
		} {
			if err := s.Record(t.Context(), llm.Try{Book: "bk_a", Key: c.key, Artefact: c.artefact, Provider: c.provider, Model: c.model, Outcome: c.outcome}); err != nil {
				t.Fatal(err)
			}
			if c.outcome != "stop" {
				continue
			}
			e := llm.Entry{Key: c.key, Book: "bk_a", Artefact: c.artefact, Result: llm.Result{Finish: llm.Stop, Provider: c.provider, Model: "snapshot"}}
			if err := s.Keep(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		if name, err := s.Writer(t.Context(), "bk_a", "section/ch_1/"); name != "openai/gpt" || err != nil {
			t.Errorf("chapter 1 is written by %q (%v), want openai/gpt", name, err)
		}
		if err := s.Refuse(t.Context(), "bk_a", "k1", "no"); err != nil {
			t.Fatal(err)
		}
		if name, err := s.Writer(t.Context(), "bk_a", "section/ch_1/"); name != "google/gemini" || err != nil {
			t.Errorf("after a refusal chapter 1 is written by %q (%v), want google/gemini", name, err)
		}
		if name, err := s.Writer(t.Context(), "bk_a", "section/ch_2/"); name != "" || err != nil {
			t.Errorf("a chapter that nobody wrote is written by %q (%v)", name, err)
		}
	})
}

func TestTermsAndCreditsOfABook(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		budget := 5 * book.Dollar
		want := book.Terms{Provider: "openai", Model: "gpt", Budget: &budget}
		save(t, s, write.Change{Name: "test", Book: "bk_a", Terms: &want, Artefacts: []write.Artefact{
			{Name: "section/ch_1/1", Body: 1, Author: "openai/gpt"}, {Name: "section/ch_1/2", Body: 1, Author: "google/gemini"},
			{Name: "section/ch_2/1", Body: 1, Author: "openai/gpt"}, {Name: "sections", Body: 1, Author: "nobody/here"}, {Name: "section/ch_3/1", Body: 1},
		}})
		b, err := s.Book(t.Context(), "bk_a")
		if diff := cmp.Diff(want, b.Terms); diff != "" || err != nil {
			t.Errorf("terms (-want +got):\n%s%v", diff, err)
		}
		list, err := s.Credits(t.Context(), "bk_a", "section")
		if diff := cmp.Diff([]string{"google/gemini", "openai/gpt"}, list); diff != "" || err != nil {
			t.Errorf("credits (-want +got):\n%s%v", diff, err)
		}
	})
}
