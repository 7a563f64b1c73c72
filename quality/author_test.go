package quality_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"quire/book"
	"quire/llm"
	"quire/offline"
)

// written is a book by the built-in author, with all that was planned for it.
type written struct {
	brief   book.Brief
	concept book.Concept
	outline book.Outline
	beats   map[book.ChapterID]book.Beats
	deltas  map[book.ChapterID]book.Delta
	text    book.Manuscript
}

// write lets the built-in author make a book, as the writing room does.
func write(t testing.TB, brief book.Brief) written {
	t.Helper()
	w := written{brief: brief.Settle(), beats: map[book.ChapterID]book.Beats{}, deltas: map[book.ChapterID]book.Delta{}}
	w.ask(t, &w.concept, llm.Task{Role: llm.Concept, Artefact: "concept"}, nil)
	b := w.brief
	var plan book.Outline
	for i, id := range book.ChapterIDs(b.Seed, b.Chapters) {
		plan.Chapters = append(plan.Chapters, book.OutlineChapter{ID: id, Words: b.Words*(i+1)/b.Chapters - b.Words*i/b.Chapters})
	}
	for at := 0; at < b.Chapters; at += 12 {
		var more book.Outline
		batch := plan.Chapters[at:min(at+12, b.Chapters)]
		w.ask(t, &more, llm.Task{Role: llm.Outline, Artefact: fmt.Sprintf("outline/%d", at)}, map[string]any{
			"concept": w.concept, "outline": w.outline, "plan": book.Outline{Chapters: batch}, "position": position{at + 1, b.Chapters}})
		for i, c := range more.Chapters {
			c.ID, c.Sections = batch[i].ID, batch[i].Sections
			w.outline.Chapters = append(w.outline.Chapters, c)
		}
	}
	w.text.Meta = book.Meta{Title: w.concept.Title, Kind: b.Kind, Language: b.Language}
	ledger, handoff := book.Ledger{}, book.Handoff{}
	var recent []book.Beats
	for i, c := range w.outline.Chapters {
		data := map[string]any{"concept": w.concept, "outline": w.outline, "chapter": c, "position": position{i + 1, b.Chapters},
			"ledger": ledger, "handoff": handoff, "recent": recent}
		sheet, delta := w.chapter(t, c, data)
		ledger.Add(c.ID, i+1, delta)
		handoff, recent = delta.Handoff, append(recent, sheet)
		recent = recent[max(0, len(recent)-3):]
	}
	return w
}

// position is where a chapter stands in the book.
type position struct {
	Ordinal int `json:"ordinal"`
	Of      int `json:"of"`
}

// chapter plans, writes and observes one chapter.
func (w *written) chapter(t testing.TB, c book.OutlineChapter, data map[string]any) (book.Beats, book.Delta) {
	t.Helper()
	var sheet book.Beats
	var delta book.Delta
	w.ask(t, &sheet, llm.Task{Role: llm.Beats, Artefact: "beats/" + string(c.ID), Words: c.Words}, data)
	data["beats"] = sheet
	var text strings.Builder
	for i, beat := range sheet.Sections {
		data["section"], data["text"] = i, strings.TrimSpace(text.String())
		var part string
		w.ask(t, &part, llm.Task{Role: llm.Draft, Artefact: fmt.Sprintf("section/%s/%d", c.ID, i), Words: beat.Words}, data)
		switch {
		case beat.Level > 0:
			text.WriteString("\n\n" + strings.Repeat("#", beat.Level) + " " + beat.Heading + "\n\n")
		case i > 0 && w.brief.Kind == book.Fiction:
			text.WriteString("\n\n***\n\n")
		default:
			text.WriteString("\n\n")
		}
		text.WriteString(part)
	}
	data["text"] = strings.TrimSpace(text.String())
	w.ask(t, &delta, llm.Task{Role: llm.Observe, Artefact: "delta/" + string(c.ID)}, data)
	w.beats[c.ID], w.deltas[c.ID] = sheet, delta
	w.text.Chapters = append(w.text.Chapters, book.Text{ID: string(c.ID), Title: c.Title, Numbered: true, Markdown: strings.TrimSpace(text.String())})
	return sheet, delta
}

// ask asks the built-in author for words, or for an artefact.
func (w *written) ask(t testing.TB, into any, task llm.Task, data map[string]any) {
	t.Helper()
	task.Revision, task.Attempt, task.Seed = 1, 1, w.brief.Seed
	r := llm.Request{Book: "bk_0", Role: task.Role, Artefact: task.Artefact, Revision: 1, Attempt: 1, Seed: task.Seed, Words: task.Words}
	add := func(name string, value any) {
		text, err := llm.Data(name, 1, value)
		if err != nil {
			t.Fatal(err)
		}
		r.Blocks = append(r.Blocks, llm.Block{Text: text})
	}
	add("brief", w.brief)
	for name, value := range data {
		add(name, value)
	}
	r.Blocks = append(r.Blocks, llm.Block{Text: task.String()})
	res, err := (&offline.Author{}).Stream(t.Context(), r, nil)
	if err != nil {
		t.Fatalf("%s: %v", task.Artefact, err)
	}
	if text, ok := into.(*string); ok {
		*text = res.Text
		return
	}
	if err := json.Unmarshal([]byte(res.Text), into); err != nil {
		t.Fatalf("%s is no artefact: %v", task.Artefact, err)
	}
}
