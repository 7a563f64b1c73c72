package write

import (
	"context"
	"errors"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
)

// openingWords is how much of a chapter a seam may change.
const openingWords = 200

type seamPrompt struct {
	bookPart
	Position position
	Chapter  book.OutlineChapter
	Planned  book.Handoff // how the chapter before was to end
	Real     before       // how it does
	Opening  string       // of the chapter
}

// seams joins the chapters of a wave to those before them that were written at
// the same time, where these end otherwise than planned: the first words of the
// chapter are mended, nothing else. Chapters of a guide stand on their own.
func (w *Writer) seams(ctx context.Context, f *folder, wave int) error {
	if f.book.Brief.Kind != book.Fiction || !f.preset.has("polish") {
		return nil
	}
	var list []book.ChapterID
	for i, c := range f.chapters {
		if i == 0 || c.Wave != wave || f.chapters[i-1].Wave != wave || c.Locked {
			continue
		}
		if c.State == book.ChapterWritten && f.chapters[i-1].State == book.ChapterWritten && f.current["seam/"+string(c.ID)].Inputs != f.at(c.ID).seamMade().String() {
			list = append(list, c.ID)
		}
	}
	if err := w.each(ctx, f, list, w.seam); err != nil {
		return err
	}
	return w.fetch(ctx, f, "chapter")
}

// seamMade names the drafts on both sides of the seam before the folder's chapter.
func (f *folder) seamMade() parts {
	return parts{}.with("before", f.chapters[f.place()-1].Draft).with("draft", f.chapter().Draft)
}

// seam joins the folder's chapter to the one before it.
func (w *Writer) seam(ctx context.Context, f *folder) error {
	prev := f.chapters[f.place()-1]
	planned, err := f.handoff(prev.ID)
	if err != nil {
		return err
	}
	var delta book.Delta
	if _, err := f.arts.read("delta/"+string(prev.ID), &delta); err != nil {
		return err
	}
	text, _, err := f.text()
	if err != nil {
		return err
	}
	if !f.differs(planned.Handoff, delta.Handoff) || f.theirs() {
		return nil
	}
	was, _, err := f.at(prev.ID).text()
	if err != nil {
		return err
	}
	p := seamPrompt{
		bookPart: f.bookPart(), Position: f.position(), Chapter: f.plan(), Planned: planned.Handoff,
		Real: before{Ending: lastWords(was.Markdown, tailWords), Handoff: delta.Handoff}, Opening: firstWords(text.Markdown, openingWords),
	}
	q := question{call: "seam", artefact: "seam/" + f.unit, revision: f.chapter().Draft, prompt: p}
	answer, from, err := askFor(ctx, w, f, q, func(a book.Patches) error { return a.Check(p.Opening) })
	if err != nil {
		if final(err) && !halts(err) {
			return nil // the chapter opens as it was written
		}
		return err
	}
	opening, n := answer.Apply(p.Opening)
	change := f.change("seam")
	change.Artefacts = []Artefact{{Name: "seam/" + f.unit, Body: answer, Inputs: f.seamMade().String(), Author: from.author, Call: from.call}}
	if n > 0 {
		mended := book.NewText(opening+strings.TrimPrefix(text.Markdown, p.Opening), text.Draft, book.Seamed)
		row := f.chapter()
		row.Words = mended.Words
		change.Chapters = []book.Chapter{row}
		change.Artefacts = append(change.Artefacts, Artefact{Name: f.textName(), Body: mended, Inputs: inputs(text.Markdown, answer), Author: from.author, Call: from.call})
		change.Events = []event.Payload{event.SeamMended{Chapter: row.ID, Ordinal: row.Ordinal, Patches: n}}
	}
	if err := w.Shelf.Save(ctx, change); err != nil && !errors.Is(err, ErrLocked) {
		return err
	}
	return nil
}

// differs reports whether a chapter ends elsewhere, or among others, than planned.
func (f *folder) differs(planned, really book.Handoff) bool {
	name := func(place string) string {
		for _, p := range f.concept.Places {
			if strings.EqualFold(p.ID, place) {
				return strings.ToLower(p.Name)
			}
		}
		return strings.ToLower(strings.TrimSpace(place))
	}
	if planned.Where != "" && really.Where != "" && name(planned.Where) != name(really.Where) {
		return true
	}
	return len(planned.Who) > 0 && len(really.Who) > 0 &&
		!slices.ContainsFunc(really.Who, func(id string) bool { return slices.Contains(planned.Who, id) })
}

// firstWords is the beginning of a text up to about n words, whole paragraphs
// where that is not much more.
func firstWords(text string, n int) string {
	end := 0
	for words := 0; end < len(text); {
		next := strings.Index(text[end:], "\n\n")
		stop := len(text)
		if next >= 0 {
			stop = end + next
		}
		if words += book.Words(text[end:stop]); words >= n || next < 0 {
			return text[:stop]
		}
		end = stop + 2
	}
	return text
}
