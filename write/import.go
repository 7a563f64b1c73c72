package write

import (
	"context"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
)

// Import puts a manuscript that was written elsewhere into the library: its
// chapters as written ones, its pictures, and the whole as the manuscript; the
// press makes its files next. Outputs are the files that the maker wants, absolute
// paths. A cut in the middle leaves a draft without chapters, or all of it.
func (w *Writer) Import(ctx context.Context, m book.Manuscript, pictures []Picture, outputs []string) (book.Book, error) {
	if m.Meta.Title == "" || len(m.Chapters) == 0 {
		return book.Book{}, problem.New(problem.Invalid, "there is no book in it: a title and a chapter are the least").Try("give it a title with --title")
	}
	if m.Meta.Kind == "" {
		m.Meta.Kind = book.Fiction
	}
	id, err := book.NewID(w.Random)
	if err != nil {
		return book.Book{}, err
	}
	change, words := imports(id, &m)
	change.Pictures = pictures
	change.Events = []event.Payload{event.BookImported{Chapters: len(m.Chapters), Words: words, Pictures: len(pictures)},
		event.ManuscriptBound{Chapters: len(m.Chapters), Words: words}}
	b := book.Book{ID: id, Title: m.Meta.Title, State: book.Draft, Outputs: outputs, Created: w.Clock().UTC(), Brief: book.Brief{
		Imported: true, Title: m.Meta.Title, Author: m.Meta.Author, Kind: m.Meta.Kind, Genre: m.Meta.Genre, Language: m.Meta.Language,
		Chapters: len(m.Chapters), Words: words, Date: m.Meta.Date,
	}}
	events := []event.Payload{event.BookCreated{Title: b.Title, Type: b.Brief.Kind, Chapters: b.Brief.Chapters, Words: words}}
	if err := w.Shelf.Create(ctx, b, events, nil); err != nil {
		return book.Book{}, err
	}
	return b, w.Shelf.Save(ctx, change)
}

// imports is the change that gives a book the manuscript. Chapters get IDs that
// follow from their place, where they had none that a library knows.
func imports(id book.ID, m *book.Manuscript) (Change, int) {
	c := Change{
		Name: "import", Book: id, From: []book.State{book.Draft}, Then: &Standing{State: book.Queued, Stage: "typeset"},
		Jobs: []jobs.Job{{Kind: jobs.Typeset, Book: id, Unit: jobs.UnitEdition}},
	}
	outline := book.Outline{}
	words := 0
	for i := range m.Chapters {
		t := &m.Chapters[i]
		chapter := book.ChapterID("ch_" + book.Derive(8, id, i))
		if t.ID == "" {
			t.ID = string(chapter)
		}
		n := book.Words(t.Markdown)
		words += n
		outline.Chapters = append(outline.Chapters, book.OutlineChapter{ID: chapter, Part: t.Part, Title: t.Title, Words: n})
		c.Chapters = append(c.Chapters, book.Chapter{ID: chapter, Ordinal: i + 1, Title: t.Title, State: book.ChapterWritten, Target: n, Words: n, Draft: 1, Wave: 1})
		c.Artefacts = append(c.Artefacts,
			Artefact{Name: "beats/" + string(chapter), Body: book.Beats{Sections: []book.Beat{{Words: n, Goal: "as it was handed in"}}}},
			Artefact{Name: "chapter/" + string(chapter), Body: book.NewText(t.Markdown, 1, book.Edited)})
	}
	f := folder{concept: book.Concept{Title: m.Meta.Title, Subtitle: m.Meta.Subtitle}, outline: outline, chapters: c.Chapters, current: map[string]Revision{}}
	for _, a := range c.Artefacts {
		f.current[a.Name] = Revision{Number: 1}
	}
	c.Artefacts = append(c.Artefacts,
		Artefact{Name: "concept", Body: f.concept},
		Artefact{Name: "outline", Body: outline}, Artefact{Name: "manuscript", Body: *m, Inputs: f.manuscriptInputs()})
	return c, words
}
