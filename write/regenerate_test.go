package write_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/problem"
	"quire/write"
)

func TestAChapterIsWrittenAnewWithNotes(t *testing.T) {
	var notes []string
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if r.Revision < 2 {
			return "", false, nil
		}
		var n string
		read(s, "notes", &n)
		notes = append(notes, string(r.Role)+":"+n)
		return "", false, nil
	}}
	h, id := whole(t, m, quick)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2, Notes: " Make it rain. ", Beats: true}))
	h.again(id)
	if diff := cmp.Diff([]string{"beats:Make it rain.", "draft:Make it rain.", "draft:Make it rain.", "observe:"}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	row := h.rows(id)[1]
	if row.Draft != 2 || row.State != book.ChapterWritten || h.text(id, 2).Draft != 2 {
		t.Errorf("the row is %+v", row)
	}
	if left := h.staleNames(id); left != nil {
		t.Errorf("a chapter written anew leaves %v", left)
	}
	for _, x := range []int{1, 3} {
		if h.rows(id)[x-1].Draft != 1 {
			t.Errorf("chapter %d was written anew too", x)
		}
	}
}

func TestOneSectionIsWrittenAnewAndTheRestStays(t *testing.T) {
	anew := func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		return "Here stands another passage, of quite other words.", r.Role == llm.Draft && r.Revision > 1, nil
	}
	h, id := whole(t, &scripted{script: anew}, quick)
	before, _, _ := strings.Cut(h.text(id, 1).Markdown, "\n\n***\n\n")
	asked := h.model.total()
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1, Section: 2}))
	h.again(id)
	if got := h.text(id, 1); !strings.HasPrefix(got.Markdown, before+"\n\n***\n\nHere stands") || got.By != book.Drafted || got.Draft != 2 {
		t.Errorf("the text is %+v", got)
	}
	if h.model.count("section/"+string(h.rows(id)[0].ID)+"/1#1") != 1 {
		t.Error("the first section was asked for again")
	}
	if n := h.model.total() - asked; n > 4 {
		t.Errorf("%d questions for a section", n)
	}
	// In a chapter that a person changed, only the place of the section changes.
	_, second, _ := strings.Cut(h.text(id, 2).Markdown, "\n\n***\n\n")
	h.must(h.edit(id, "chapter 2", func(s string) string { return "Mine first.\n\n" + s }))
	h.again(id)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2, Section: 1}))
	h.again(id)
	got := h.text(id, 2)
	if !strings.HasPrefix(got.Markdown, "Mine first.\n\nHere stands") || !strings.HasSuffix(got.Markdown, "\n\n***\n\n"+second) || got.By != book.Edited {
		t.Errorf("the text is %+v", got)
	}
	// Where its place is gone, nothing is guessed.
	h.must(h.edit(id, "chapter 3", func(string) string { return "All of it is mine." }))
	h.again(id)
	err := h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 3, Section: 1})
	wantKind(t, err, problem.Conflict)
	if !strings.Contains(problem.Of(err).Hint, "--span") {
		t.Errorf("the hint is %q", problem.Of(err).Hint)
	}
}

func TestASpanIsWrittenAnewAndTheRestStaysLetterForLetter(t *testing.T) {
	var seen llm.Sheet
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if strings.HasPrefix(r.Artefact, "span/") {
			seen = s
			return "Two new ones.\n\nHere they are.", true, nil
		}
		return "", false, nil
	}}
	h, id := whole(t, m, quick)
	const text = "One.\n\n```\ncode\n\nmore\n```\n\nThree  is   here.\n\n\n## A heading\n\nFive."
	h.must(h.edit(id, "chapter 2", func(string) string { return text }))
	h.again(id)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2, From: 2, To: 3, Notes: "Shorter."}))
	h.again(id)
	got := h.text(id, 2)
	if got.Markdown != "One.\n\nTwo new ones.\n\nHere they are.\n\n\n## A heading\n\nFive." || got.Draft != 2 || got.By != book.Edited {
		t.Errorf("the text is %+v", got)
	}
	for name, want := range map[string]string{"before_text": "One.", "text": "```\ncode\n\nmore\n```\n\nThree  is   here.", "notes": "Shorter."} {
		var have string
		if read(seen, name, &have); have != want {
			t.Errorf("%s was %q, want %q", name, have, want)
		}
	}
	var delta book.Delta
	h.artefact(id, h.name(id, "delta", 2), &delta)
	if left := h.staleNames(id); left != nil {
		t.Errorf("a new passage leaves %v", left)
	}
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1, From: 1, To: 1}))
	h.again(id)
	if got := h.text(id, 1); got.By != book.Revised || !strings.HasPrefix(got.Markdown, "Two new ones.") {
		t.Errorf("the text is %+v", got)
	}
}

func TestWhatCannotBeWrittenAnewIsRefused(t *testing.T) {
	h, id := whole(t, &scripted{}, quick)
	h.must(h.writer.Lock(t.Context(), id, 3))
	for name, tt := range map[string]struct {
		a    write.Anew
		kind problem.Kind
	}{
		"chapter 0":               {write.Anew{}, problem.Invalid},
		"an unknown chapter":      {write.Anew{Chapter: 4}, problem.Invalid},
		"an unknown section":      {write.Anew{Chapter: 1, Section: 3}, problem.Invalid},
		"section -1":              {write.Anew{Chapter: 1, Section: -1}, problem.Invalid},
		"a span backwards":        {write.Anew{Chapter: 1, From: 2, To: 1}, problem.Invalid},
		"half a span":             {write.Anew{Chapter: 1, To: 1}, problem.Invalid},
		"a span beyond":           {write.Anew{Chapter: 1, From: 1, To: 99}, problem.Invalid},
		"a span without words":    {write.Anew{Chapter: 1, From: 2, To: 2}, problem.Invalid},
		"both":                    {write.Anew{Chapter: 1, Section: 1, From: 1, To: 1}, problem.Invalid},
		"beats of a section":      {write.Anew{Chapter: 1, Section: 1, Beats: true}, problem.Invalid},
		"notes without an end":    {write.Anew{Chapter: 1, Notes: strings.Repeat("x", write.MostNotes+1)}, problem.Invalid},
		"notes with a NUL":        {write.Anew{Chapter: 1, Notes: "a\x00"}, problem.Invalid},
		"a chapter that's locked": {write.Anew{Chapter: 3}, problem.Conflict},
	} {
		t.Run(name, func(t *testing.T) { wantKind(t, h.writer.Regenerate(t.Context(), id, tt.a), tt.kind) })
	}
	for _, state := range []book.State{book.Canceled, book.Failed, book.Running} {
		end(t, h, id, state)
		wantKind(t, h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1}), problem.Conflict)
		_, err := h.writer.Refresh(t.Context(), id)
		wantKind(t, err, problem.Conflict)
	}
	if err := h.writer.Regenerate(t.Context(), "bk_other", write.Anew{Chapter: 1}); !problem.Is(err, problem.Missing) {
		t.Errorf("somebody else's book: %v", err)
	}
}

func TestARewriteThatFailsLeavesTheChapterAsItWas(t *testing.T) {
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		return " ", r.Role == llm.Draft && r.Revision > 1, nil
	}}
	h, id := whole(t, m, quick)
	was := h.text(id, 2)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2}))
	h.again(id)
	row := h.rows(id)[1]
	if row.State != book.ChapterWritten || row.Draft != 1 || !strings.Contains(row.Reason, "stands as it was") || h.manuscript(id).Missing != 0 {
		t.Errorf("the row is %+v", row)
	}
	if diff := cmp.Diff(was, h.text(id, 2)); diff != "" {
		t.Errorf("the text changed: %s", diff)
	}
}

func TestAPartIsNotCheckedAsAWholeChapterIs(t *testing.T) {
	brief := quick
	brief.Preset = book.PresetStandard
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		return "A new passage.", strings.HasPrefix(r.Artefact, "span/"), nil
	}}
	h, id := whole(t, m, brief)
	asked := h.model.total()
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1, From: 1, To: 1}))
	h.again(id)
	if n := h.model.total() - asked; n != 2 { // the passage, and what the chapter says now
		t.Errorf("%d questions were asked for a passage, want 2", n)
	}
}
