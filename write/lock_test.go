package write_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

func TestALockedChapterStaysAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var h *house
		locked := false
		m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
			if r.Role == llm.Draft && r.Revision > 1 && !locked { // while it is being written
				locked = true
				h.must(h.writer.Lock(t.Context(), book.ID(r.Book), 2))
			}
			return "", false, nil
		}}
		h = newHouse(t, s, m)
		id := h.write(quick)
		h.waitBound()
		end(t, h, id, book.Finished)
		was := h.text(id, 2)
		h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2}))
		h.again(id)
		row := h.rows(id)[1]
		if row.State != book.ChapterWritten || row.Draft != 1 || !row.Locked || row.Reason != "" || row.Words != was.Words {
			t.Errorf("the row is %+v", row)
		}
		if diff := cmp.Diff(was, h.text(id, 2)); diff != "" {
			t.Errorf("the text changed: %s", diff)
		}
		wantKind(t, h.edit(id, "chapter 2", func(string) string { return "Mine." }), problem.Conflict)
		wantKind(t, h.writer.Keep(t.Context(), id, 2, 1, ""), problem.Conflict)
		h.must(h.writer.Unlock(t.Context(), id, 1, 2, 3))
		h.must(h.edit(id, "chapter 2", func(string) string { return "Mine." }))
		wantKind(t, h.writer.Lock(t.Context(), id, 1, 4), problem.Invalid)
		if h.rows(id)[0].Locked {
			t.Error("half of a lock was made")
		}
	})
}

func TestAChapterThatIsNotWrittenCannotBeLocked(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	brief := quick
	brief.Approve = []string{"beats"}
	id := h.write(brief)
	h.waitState(id, book.Waiting)
	wantKind(t, h.writer.Lock(t.Context(), id, 1), problem.Conflict)
	wantKind(t, h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1}), problem.Conflict)
	// But it can be written by hand, and stays so.
	h.must(h.edit(id, "chapter 1", func(string) string { return "Mine from the beginning." }))
	h.must(h.writer.Approve(t.Context(), id, "", 0))
	h.again(id)
	if got := h.manuscript(id).Chapters[0].Markdown; got != "Mine from the beginning." {
		t.Errorf("chapter 1 is %q", got)
	}
	if left := h.staleNames(id); left != nil {
		t.Errorf("a fresh book has %v", left)
	}
}

func TestAJobDoesNotReplaceWhatAPersonWroteMeanwhile(t *testing.T) {
	var h *house
	edited := false
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Draft && !edited {
			edited = true
			err := h.edit(book.ID(r.Book), "chapter 1", func(string) string { return "Mine." })
			if !problem.Is(err, problem.Conflict) {
				t.Errorf("a chapter was edited while it was being written: %v", err)
			}
			// One that a door let through all the same, in the moment before.
			id := book.ID(r.Book)
			h.must(h.store.Save(t.Context(), write.Change{Name: "test", Book: id, Artefacts: []write.Artefact{
				{Name: h.name(id, "chapter", 1), Body: book.NewText("Mine all the same.", 1, book.Edited), Author: "person"},
			}}))
		}
		return "", false, nil
	}}
	h = newHouse(t, lite(t), m)
	h.writer.Width = 1
	id := h.write(quick)
	h.waitBound()
	if got := h.manuscript(id); got.Chapters[0].Markdown != "Mine all the same." || got.Missing != 0 {
		t.Errorf("chapter 1 is %q", got.Chapters[0].Markdown)
	}
}

func TestAnOlderRevisionStandsAgain(t *testing.T) {
	h, id := whole(t, &scripted{}, quick)
	was := h.text(id, 1)
	h.must(h.edit(id, "chapter 1", func(string) string { return "Mine." }))
	h.again(id)
	wantKind(t, h.writer.Keep(t.Context(), id, 1, 9, ""), problem.Missing)
	wantKind(t, h.writer.Keep(t.Context(), id, 9, 1, ""), problem.Invalid)
	wantKind(t, h.writer.Keep(t.Context(), id, 1, 2, ""), problem.Conflict)
	h.must(h.writer.Keep(t.Context(), id, 1, 1, "Mo"))
	h.again(id)
	if got := h.text(id, 1); got.Markdown != was.Markdown || got.By != book.Kept {
		t.Errorf("the text is %+v", got)
	}
	if h.manuscript(id).Chapters[0].Markdown != was.Markdown {
		t.Error("the manuscript has another text")
	}
	old, err := h.writer.Old(t.Context(), id, h.name(id, "chapter", 1), 2)
	if err != nil || old != "Mine.\n" {
		t.Errorf("revision 2 reads %q (%v)", old, err)
	}
}

func TestASeamLeavesAPersonsWords(t *testing.T) {
	seams := 0
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		switch {
		case r.Role == llm.Beats:
			return `{"sections":[{"words":10,"goal":"a","place":"quay"}]}`, true, nil
		case r.Role == llm.Observe:
			return must(book.Delta{Summary: "s", Handoff: book.Handoff{Where: "attic"}}), true, nil
		case strings.HasPrefix(r.Artefact, "seam/"):
			seams++
			return `{}`, true, nil
		}
		return "", false, nil
	}}
	brief := quick
	brief.Preset = book.PresetStandard
	h := newHouse(t, lite(t), m)
	h.writer.Width = 1
	id := h.write(brief)
	h.waitBound()
	end(t, h, id, book.Finished)
	if seams != 2 {
		t.Fatalf("%d seams were looked at, want 2", seams)
	}
	h.must(h.edit(id, "chapter 2", func(string) string { return "Mine." }))
	h.again(id)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1}))
	h.again(id)
	if got := h.text(id, 2); seams != 2 || got.Markdown != "Mine." {
		t.Errorf("%d seams were looked at; the text is %q", seams, got.Markdown)
	}
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 3}))
	h.again(id)
	if seams != 3 {
		t.Errorf("%d seams were looked at after chapter 3 was written anew, want 3", seams)
	}
}
