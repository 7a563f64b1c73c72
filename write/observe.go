package write

import (
	"context"

	"quire/book"
	"quire/event"
)

type observePrompt struct {
	bookPart
	wavePart
	Position position
	Chapter  book.OutlineChapter
	Beats    book.Beats
	Text     string
}

// observe asks what the chapter added to the book; with that it is written.
func (w *Writer) observe(ctx context.Context, f *folder) error {
	delta, from, text, err := w.deltaOf(ctx, f)
	if err != nil {
		return err
	}
	c, row := f.plan(), f.chapter()
	row.State, row.Words, row.Reason = book.ChapterWritten, text.Words, ""
	change := f.change("chapter")
	change.Artefacts = []Artefact{{Name: "delta/" + f.unit, Body: delta, Inputs: deltaMade(text).String(), Author: from.author, Call: from.call}}
	change.Chapters = []book.Chapter{row}
	change.Events = []event.Payload{event.ChapterWritten{Chapter: c.ID, Ordinal: row.Ordinal, Title: c.Title, Words: row.Words, Asked: c.Words}}
	change.Next = w.next(row.Wave)
	return w.Shelf.Save(ctx, change)
}

// deltaOf asks what the folder's chapter, as it stands, adds to the book.
func (w *Writer) deltaOf(ctx context.Context, f *folder) (book.Delta, source, book.ChapterText, error) {
	text, _, err := f.text()
	if err != nil {
		return book.Delta{}, source{}, text, err
	}
	sheet, err := f.beatSheet()
	if err != nil {
		return book.Delta{}, source{}, text, err
	}
	part, err := f.wavePart(f.chapter().Wave)
	if err != nil {
		return book.Delta{}, source{}, text, err
	}
	p := observePrompt{bookPart: f.bookPart(), wavePart: part, Position: f.position(), Chapter: f.plan(), Beats: sheet, Text: text.Markdown}
	q := question{call: "observe", artefact: "delta/" + f.unit, revision: f.chapter().Draft, prompt: p}
	delta, from, err := askFor(ctx, w, f, q, book.Delta.Check)
	return delta.Settle(text.Markdown, book.NamesOf(f.concept, f.bible)), from, text, err
}
