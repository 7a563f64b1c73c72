package write_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"quire/book"
	"quire/event"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
)

func TestABookWaitsAtItsGates(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s, &scripted{})
		brief := quick
		brief.Approve = []string{"concept", "outline", "draft"}
		id := h.write(brief)
		for _, stage := range brief.Approve {
			h.waitState(id, book.Waiting)
			b := h.book(id)
			if b.Stage != stage || !strings.Contains(b.Reason, stage) || !strings.Contains(b.Hint, "quire approve "+string(id)) {
				t.Errorf("at the gate of the %s the book is at %s: %s; %s", stage, b.Stage, b.Reason, b.Hint)
			}
			wantKind(t, h.writer.Approve(t.Context(), id, "beats", 0), problem.Conflict)
			wantKind(t, h.writer.Resume(t.Context(), id), problem.Conflict)
			h.must(h.writer.Approve(t.Context(), id, stage, 0))
		}
		h.again(id)
		wantKind(t, h.writer.Approve(t.Context(), id, "", 0), problem.Conflict)
		wantKind(t, h.writer.Approve(t.Context(), id, "cover", 0), problem.Invalid)
		if n := strings.Count(joinKinds(h), "gate.opened"); n != 3 || strings.Count(joinKinds(h), "gate.approved") != 3 {
			t.Errorf("%d gates were opened: %s", n, joinKinds(h))
		}
	})
}

func TestAGateThatNoStageHasIsRefused(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	for name, approve := range map[string]string{"no such stage": "cover", "a stage that the preset leaves out": "bible"} {
		t.Run(name, func(t *testing.T) {
			brief := quick
			brief.Approve = []string{approve}
			_, err := h.writer.Start(t.Context(), brief, book.Terms{}, nil)
			wantKind(t, err, problem.Invalid)
		})
	}
}

func TestAnotherDirectionOfTheConceptIsTaken(t *testing.T) {
	var handed [][]book.Direction
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if r.Role != llm.Concept {
			return "", false, nil
		}
		var drawn []book.Direction
		read(s, "directions", &drawn)
		handed = append(handed, drawn)
		var c book.Concept
		if err := json.Unmarshal([]byte(plain(r, s)), &c); err != nil {
			return "", false, err
		}
		for i, d := range drawn {
			d.Title = string(rune('A' + i))
			c.Directions = append(c.Directions, d)
		}
		c.Chosen, c.Title = 1, "Take "+string(rune('0'+len(handed)))
		return must(c), true, nil
	}}
	h := newHouse(t, lite(t), m)
	brief := quick
	brief.Preset, brief.Approve = book.PresetStandard, []string{"concept"}
	id := h.write(brief)
	h.waitState(id, book.Waiting)
	wantKind(t, h.writer.Approve(t.Context(), id, "", 4), problem.Invalid)
	wantKind(t, h.writer.Approve(t.Context(), id, "", -1), problem.Invalid)
	h.must(h.writer.Approve(t.Context(), id, "concept", 2))
	h.again(id)
	if len(handed) != 2 || len(handed[0]) != 3 || len(handed[1]) != 1 || handed[1][0].Title != "B" {
		t.Errorf("the directions handed over were %+v", handed)
	}
	var c book.Concept
	h.artefact(id, "concept", &c)
	if c.Chosen != 2 || len(c.Directions) != 3 || c.Title != "Take 2" || h.book(id).Title != "Take 2" {
		t.Errorf("the concept is %+v of the book %q", c, h.book(id).Title)
	}
}

func TestABookRestsAfterSoManyChapters(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	brief := quick
	brief.Approve = []string{"beats"}
	id := h.write(brief)
	h.waitState(id, book.Waiting)
	h.stop()
	h.must(h.writer.Approve(t.Context(), id, "", 0))
	wantKind(t, h.writer.ResumeFor(t.Context(), id, -1), problem.Invalid)
	for n := 1; n <= 2; n++ {
		h.must(h.writer.ResumeFor(t.Context(), id, 1))
		h.start()
		h.waitState(id, book.Paused)
		h.stop()
		written := slices.DeleteFunc(h.rows(id), func(c book.Chapter) bool { return c.State != book.ChapterWritten })
		if b := h.book(id); len(written) != n || b.Reason == "" || !strings.Contains(b.Hint, "quire resume") || b.Terms.Chapters != 0 {
			t.Fatalf("%d chapters are written, want %d; the book: %+v", len(written), n, b)
		}
	}
	h.start()
	h.must(h.writer.Resume(t.Context(), id))
	h.again(id)
}

func TestAPersonPausesABookThatMoves(t *testing.T) {
	var h *house
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Outline {
			h.must(h.writer.Stop(t.Context(), book.ID(r.Book)))
		}
		return "", false, nil
	}}
	h = newHouse(t, lite(t), m)
	id := h.write(quick)
	h.waitState(id, book.Paused)
	if b := h.book(id); b.Reason == "" || !strings.Contains(b.Hint, "quire resume") {
		t.Errorf("the book is paused for %q; %q", b.Reason, b.Hint)
	}
	wantKind(t, h.writer.Stop(t.Context(), id), problem.Conflict)
	five := 5 * book.Dollar
	h.must(h.writer.Raise(t.Context(), id, &five))
	if got := h.book(id).Terms.Budget; got == nil || *got != five || !strings.Contains(joinKinds(h), string(event.BudgetChanged{}.Kind())) {
		t.Errorf("the budget is %v", got)
	}
}
