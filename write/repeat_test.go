package write_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/write"
)

// shared are sentences that a test puts into two chapters.
var shared = []string{
	"The old lamp over the door swung in the wind all through that night.",
	"Nobody in the village had ever asked what the keeper wrote in his book.",
	"She counted the steps to the harbour as her mother had taught her to.",
	"Below them the tide turned with a sound like a long slow breath.",
}

// repeating is a model that writes three chapters, of which the first and the last
// have the shared sentences, and varies a passage as vary says.
func repeating(vary func(again, passage string) string) *scripted {
	m := seeded()
	script := m.script
	m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
		var at struct{ Ordinal int }
		read(s, "position", &at)
		switch {
		case r.Role == llm.Draft && at.Ordinal != 2:
			text := strings.Join(shared, "\n\n")
			return own(at.Ordinal, 60) + "\n\n" + text + "\n\n" + own(at.Ordinal+10, r.Words-60-book.Words(text)), true, nil
		case strings.HasPrefix(r.Artefact, "vary/"):
			var again, passage string
			read(s, "again", &again)
			read(s, "passage", &passage)
			return vary(again, passage), true, nil
		}
		return script(r, s)
	}
	return m
}

// otherWords are as many words as again has, with its end.
func otherWords(again, _ string) string {
	return must(book.Patches{Patches: []book.Patch{{Find: again, With: otherFor(again)}}})
}

func TestWhatChaptersSayInTheSameWordsIsVariedInTheLaterOne(t *testing.T) {
	m := repeating(otherWords)
	h := newHouse(t, lite(t), m)
	id := h.write(three)
	h.waitBound()
	texts := h.texts(id)
	for _, s := range shared {
		if !strings.Contains(texts[0].Markdown, s) {
			t.Errorf("the first chapter lost %q", s)
		}
		if strings.Contains(texts[2].Markdown, s) {
			t.Errorf("the third chapter still has %q", s)
		}
	}
	if texts[2].By != book.Patched || texts[0].By != book.Drafted || texts[2].Words != h.chapter(id, 3).Words {
		t.Errorf("the chapters are by %s and %s", texts[0].By, texts[2].By)
	}
	for key, n := range m.asked {
		if strings.HasPrefix(key, "vary/") && n != 1 {
			t.Errorf("%s was asked %d times", key, n)
		}
	}
}

func (h *house) chapter(id book.ID, ordinal int) book.Chapter {
	h.t.Helper()
	list, err := h.store.Chapters(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return list[ordinal-1]
}

func TestAVariationThatIsNoBetterIsNotKept(t *testing.T) {
	patch := func(with func(again string) string) func(string, string) string {
		return func(again, _ string) string {
			return must(book.Patches{Patches: []book.Patch{{Find: again, With: with(again)}}})
		}
	}
	for name, tt := range map[string]struct {
		vary func(again, passage string) string
		told int // revisions that were not kept
	}{
		"no patch":         {func(string, string) string { return "{}" }, 0},
		"rubbish for ever": {func(string, string) string { return "Gladly." }, 0},
		"a patch that fits nowhere": {func(string, string) string {
			return must(book.Patches{Patches: []book.Patch{{Find: "nowhere", With: "x"}}})
		}, 0},
		"the same words":      {patch(func(again string) string { return again + " " + again }), 1},
		"a word":              {patch(func(string) string { return "Gone." }), 1},
		"words of a machine":  {patch(func(again string) string { return "As an AI [insert text] " + otherFor(again) }), 1},
		"somebody’s own text": {otherWords, -1},
	} {
		t.Run(name, func(t *testing.T) {
			m := repeating(tt.vary)
			h := newHouse(t, lite(t), m)
			if tt.told < 0 {
				script := m.script
				m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
					if strings.HasPrefix(r.Artefact, "vary/") {
						h.meanwhile(book.ID(r.Book), func(c book.Chapter) write.Change {
							c.Locked = true
							return write.Change{Chapters: []book.Chapter{c}}
						})
					}
					return script(r, s)
				}
			}
			id := h.write(three)
			h.waitBound()
			if text := h.texts(id)[2]; !strings.Contains(text.Markdown, strings.Join(shared, "\n\n")) || text.By != book.Drafted {
				t.Errorf("the third chapter is by %s: %s", text.By, text.Markdown)
			}
			if n := h.told("chapter.revised"); (n > 0) != (tt.told > 0) {
				t.Errorf("%d revisions were told", n)
			}
			if m.count("vary/1/1#1") == 0 {
				t.Error("nobody was asked")
			}
		})
	}
}

// otherFor is a text of words of its own, as long as the one that is given.
func otherFor(again string) string {
	sum := 0
	for _, r := range again {
		sum += int(r)
	}
	words := strings.Fields(own(100+sum%1000, max(book.Words(again), 20)))
	return strings.ReplaceAll(strings.Join(words[:book.Words(again)], " "), ".", "")
}

func TestAVariedPassageTakesQuotesOfFactsWithIt(t *testing.T) {
	m := repeating(otherWords)
	script := m.script
	m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if r.Role == llm.Observe {
			return must(book.Delta{Summary: "s", Facts: []book.Fact{factOf("ann", "at", "the quay", "She counted the steps to the harbour")}}), true, nil
		}
		return script(r, s)
	}
	h := newHouse(t, lite(t), m)
	id := h.write(three)
	h.waitBound()
	var d book.Delta
	h.artefact(id, "delta/"+string(h.chapter(id, 3).ID), &d)
	if diff := cmp.Diff([]book.Fact{factOf("ann", "at", "the quay", "")}, d.Facts); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}

// cuts are the places at which the work is cut off, each once.
type cuts struct {
	mu   sync.Mutex
	open map[string]bool
}

func (c *cuts) at(where string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open[where] {
		return nil
	}
	c.open[where] = false
	return problem.New(problem.Unavailable, "it was cut off at %s", where)
}

// cutShelf is cut off before and behind changes.
type cutShelf struct {
	*store.Store
	cuts *cuts
}

func (s cutShelf) Save(ctx context.Context, c write.Change) error {
	if err := s.cuts.at("before " + c.Name); err != nil {
		return err
	}
	if err := s.Store.Save(ctx, c); err != nil {
		return err
	}
	return s.cuts.at("after " + c.Name)
}

// TestAReviewThatIsCutOffGivesTheSameBook cuts a review of two passes off before
// questions, and before and behind its changes.
func TestAReviewThatIsCutOffGivesTheSameBook(t *testing.T) {
	whole := reviewedTwice(t)
	for name, places := range map[string][]string{
		"the first pass":  {"judge/1/1", "vary/1/1", "before review", "after review"},
		"the second pass": {"vary/1/2", "vary/2/1", "before alerts", "after alerts"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(whole, reviewedTwice(t, places...)); diff != "" {
				t.Errorf("a review that was cut off gave another book (-whole +cut):\n%s", diff)
			}
		})
	}
}

// reviewedTwice is a book with all faults and repeats after two passes, which
// are cut off at the places.
func reviewedTwice(t *testing.T, places ...string) string {
	t.Helper()
	var list []fault
	for _, kind := range slices.Sorted(maps.Keys(faults)) {
		list = append(list, faults[kind])
	}
	cuts := &cuts{open: map[string]bool{}}
	for _, p := range places {
		cuts.open[p] = true
	}
	m := seeded(list...)
	script := m.script
	m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if err := cuts.at(r.Artefact); err != nil {
			return "", false, err
		}
		if strings.HasPrefix(r.Artefact, "vary/") {
			var again string
			read(s, "again", &again)
			return otherWords(again, ""), true, nil
		}
		if r.Role == llm.Draft {
			r.Words -= 80
		}
		text, ok, err := script(r, s)
		if r.Role == llm.Draft {
			text += "\n\n" + strings.Join(shared, "\n\n")
		}
		return text, ok, err
	}
	h := newHouse(t, lite(t), m)
	h.writer.Shelf = cutShelf{h.store, cuts}
	brief := three
	brief.Preset, brief.Words = book.PresetBest, 1200
	id := h.write(brief)
	h.waitBound()
	for where, open := range cuts.open {
		if open {
			t.Errorf("the work never came to %s; it asked %v", where, slices.Sorted(maps.Keys(m.asked)))
		}
	}
	if len(places) == 0 && (m.count("judge/1/1#1") != 1 || m.count("vary/1/1#1") != 1) {
		t.Fatalf("the review asked %v", m.asked)
	}
	return fmt.Sprintf("%+v\n%+v", h.manuscript(id), h.alerts(id))
}
