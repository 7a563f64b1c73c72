package write

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"quire/book"
	"quire/event"
	"quire/llm"
)

func itoa(n int) string { return strconv.Itoa(n) }

// orderChapters orders the chapters that can be written; each chapter that ends
// orders the ones that waited for it, the last one the next stage.
func (w *Writer) orderChapters(ctx context.Context, f *folder) error {
	f.left = true
	change := f.change("order")
	change.Next, change.Leave = w.next(f), true
	return w.Shelf.Save(ctx, change)
}

type beatsPrompt struct {
	Brief    book.Brief
	Concept  book.Concept
	Outline  book.Outline
	Ledger   book.Ledger
	Handoff  book.Handoff
	Recent   []book.Beats
	Position position
	Chapter  book.OutlineChapter
}

// beats asks for the sections of the chapter.
func (w *Writer) beats(ctx context.Context, f *folder) error {
	c, row := f.plan(), f.chapter()
	p := beatsPrompt{Brief: f.book.Brief, Concept: f.concept, Outline: f.outline, Position: f.position(), Chapter: c}
	var err error
	if p.Ledger, p.Handoff, err = w.past(ctx, f); err != nil {
		return err
	}
	if p.Recent, err = w.recent(ctx, f); err != nil {
		return err
	}
	row.State = book.ChapterRunning
	began := f.change("chapter start")
	began.Chapters = []book.Chapter{row}
	began.Events = []event.Payload{event.ChapterStarted{Chapter: c.ID, Ordinal: row.Ordinal, Title: c.Title}}
	if err := w.Shelf.Save(ctx, began); err != nil {
		return err
	}
	q := question{role: llm.Beats, artefact: f.beatsName(), prompt: p, words: c.Words}
	answer, from, err := askFor(ctx, w, f, q, func(b book.Beats) error { return b.Check(c.Sections) })
	if err != nil {
		return err
	}
	answer = answer.Scaled(c.Words)
	change := f.change("beats")
	change.Artefacts = []Artefact{{Name: f.beatsName(), Body: answer, Inputs: inputs(f.concept, f.outline, p.Ledger), Author: from.author, Call: from.call}}
	change.Events = []event.Payload{event.BeatsReady{Chapter: c.ID, Ordinal: row.Ordinal, Sections: len(answer.Sections)}}
	return w.Shelf.Save(ctx, change)
}

type draftPrompt struct {
	Brief    book.Brief
	Concept  book.Concept
	Outline  book.Outline
	Ledger   book.Ledger
	Handoff  book.Handoff
	Position position
	Chapter  book.OutlineChapter
	Beats    book.Beats
	Section  int    // which beat, from 0
	Text     string // the chapter so far
}

// sections asks for the text of each section that has none, one after another.
// What earlier sections of the chapter ran over or fell short moves the next
// one's words by up to three tenths.
func (w *Writer) sections(ctx context.Context, f *folder) error {
	sheet, err := f.beatSheet()
	if err != nil {
		return err
	}
	c, row := f.plan(), f.chapter()
	p := draftPrompt{Brief: f.book.Brief, Concept: f.concept, Outline: f.outline, Position: f.position(), Chapter: c, Beats: sheet}
	if p.Ledger, p.Handoff, err = w.past(ctx, f); err != nil {
		return err
	}
	asked, got := 0, 0
	for i, beat := range sheet.Sections {
		var s book.Section
		was, err := f.arts.read(f.sectionName(i), &s)
		if err != nil {
			return err
		}
		if !was {
			p.Section, p.Text = i, joinSections(f, sheet, i)
			words := min(max(beat.Words+asked-got, beat.Words*7/10), beat.Words*13/10)
			if s, err = w.section(ctx, f, p, row, words, got); err != nil {
				return err
			}
		}
		asked, got = asked+beat.Words, got+s.Words
	}
	return nil
}

// section asks for one section and saves it; before is the words of the chapter
// so far.
func (w *Writer) section(ctx context.Context, f *folder, p draftPrompt, row book.Chapter, words, before int) (book.Section, error) {
	name := f.sectionName(p.Section)
	q := question{role: llm.Draft, artefact: name, prompt: p, words: words}
	var s book.Section
	from, err := w.ask(ctx, f, q, func(text string) error {
		s = book.Section{Markdown: strings.TrimSpace(text), Words: book.Words(text)}
		return s.Check()
	})
	if err != nil {
		return s, err
	}
	row.State, row.Words = book.ChapterRunning, before+s.Words
	change := f.change("section")
	change.Artefacts = []Artefact{{Name: name, Body: s, Inputs: inputs(p.Beats, p.Text), Author: from.author, Call: from.call}}
	change.Chapters = []book.Chapter{row}
	change.Events = []event.Payload{event.SectionWritten{
		Chapter: row.ID, Ordinal: row.Ordinal, Section: p.Section + 1, Of: len(p.Beats.Sections), Words: s.Words, Asked: words,
	}}
	if err := w.Shelf.Save(ctx, change); err != nil {
		return s, err
	}
	return s, w.fetch(ctx, f, name)
}

type observePrompt struct {
	Brief    book.Brief
	Concept  book.Concept
	Ledger   book.Ledger
	Position position
	Chapter  book.OutlineChapter
	Beats    book.Beats
	Text     string
}

// observe asks what the chapter added to the book; with that it is written.
func (w *Writer) observe(ctx context.Context, f *folder) error {
	sheet, err := f.beatSheet()
	if err != nil {
		return err
	}
	c, row := f.plan(), f.chapter()
	text := joinSections(f, sheet, len(sheet.Sections))
	p := observePrompt{Brief: f.book.Brief, Concept: f.concept, Position: f.position(), Chapter: c, Beats: sheet, Text: text}
	if p.Ledger, _, err = w.past(ctx, f); err != nil {
		return err
	}
	name := "delta/" + f.job.Unit
	delta, from, err := askFor(ctx, w, f, question{role: llm.Observe, artefact: name, prompt: p}, book.Delta.Check)
	if err != nil {
		return err
	}
	row.State, row.Words, row.Reason = book.ChapterWritten, sheetWords(f, sheet), ""
	change := f.change("chapter")
	change.Artefacts = []Artefact{{Name: name, Body: delta, Inputs: inputs(text), Author: from.author, Call: from.call}}
	change.Chapters = []book.Chapter{row}
	change.Events = []event.Payload{event.ChapterWritten{Chapter: c.ID, Ordinal: row.Ordinal, Title: c.Title, Words: row.Words, Asked: c.Words}}
	change.Next = w.next(f)
	return w.Shelf.Save(ctx, change)
}

func (f *folder) position() position { return position{f.place() + 1, len(f.outline.Chapters)} }

// past is the ledger of all chapters that the folder's chapter builds on, in
// reading order, and the hand-off of the one before it.
func (w *Writer) past(ctx context.Context, f *folder) (book.Ledger, book.Handoff, error) {
	var ledger book.Ledger
	var handoff book.Handoff
	before := forerunners(f.outline, f.plan())
	if len(before) == 0 {
		return ledger, handoff, nil
	}
	if err := w.fetch(ctx, f, "delta"); err != nil {
		return ledger, handoff, err
	}
	for _, c := range f.outline.Chapters {
		var d book.Delta
		if !before[c.ID] {
			continue
		}
		if ok, err := f.arts.read("delta/"+string(c.ID), &d); err != nil {
			return ledger, handoff, err
		} else if ok {
			ledger.Add(c.ID, d)
			handoff = d.Handoff
		}
	}
	return ledger, handoff, nil
}

// forerunners are the chapters that c comes after, directly or not.
func forerunners(o book.Outline, c book.OutlineChapter) map[book.ChapterID]bool {
	before := map[book.ChapterID]bool{}
	open := slices.Clone(c.After)
	for len(open) > 0 {
		id := open[0]
		open = open[1:]
		if before[id] {
			continue
		}
		before[id] = true
		if earlier, i := o.Chapter(id); i >= 0 {
			open = append(open, earlier.After...)
		}
	}
	return before
}

// recent is the beats of up to three chapters before, as far as the folder's
// chapter builds on them.
func (w *Writer) recent(ctx context.Context, f *folder) ([]book.Beats, error) {
	before := forerunners(f.outline, f.plan())
	var list []book.Beats
	for i := max(f.place()-3, 0); i < f.place(); i++ {
		id := f.outline.Chapters[i].ID
		if !before[id] {
			continue
		}
		name := "beats/" + string(id)
		if err := w.fetch(ctx, f, name); err != nil {
			return nil, err
		}
		var b book.Beats
		if ok, err := f.arts.read(name, &b); err != nil {
			return nil, err
		} else if ok {
			list = append(list, b)
		}
	}
	return list, nil
}
