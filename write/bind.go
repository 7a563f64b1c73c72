package write

import (
	"context"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/jobs"
)

// sceneBreak stands between sections of a story that have no heading.
const sceneBreak = "\n\n***\n\n"

// joinSections is the chapter's text of its sections, with its headings.
func joinSections(f *folder, sheet book.Beats) string {
	var text strings.Builder
	for i, beat := range sheet.Sections {
		s, ok, err := f.section(i)
		if err != nil || !ok || s.Markdown == "" {
			continue
		}
		switch {
		case beat.Level > 0:
			text.WriteString("\n\n" + strings.Repeat("#", beat.Level) + " " + escapeHeading(beat.Heading) + "\n\n")
		case i > 0 && f.book.Brief.Kind == book.Fiction:
			text.WriteString(sceneBreak)
		default:
			text.WriteString("\n\n")
		}
		text.WriteString(s.Markdown)
	}
	return strings.TrimSpace(text.String())
}

// escapeHeading keeps a given title as it is: nothing in it is Markdown.
func escapeHeading(title string) string {
	var out strings.Builder
	for _, r := range strings.Join(strings.Fields(title), " ") {
		if strings.ContainsRune("\\`*_{}[]<>#&|~$", r) {
			out.WriteRune('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// bind puts the chapters together into the manuscript, with what stands around
// them.
func (w *Writer) bind(ctx context.Context, f *folder) error {
	if err := w.fetch(ctx, f, "chapter", "figures"); err != nil {
		return err
	}
	if f.book.Brief.Imported {
		return w.rebind(ctx, f)
	}
	m, words, err := f.manuscript()
	if err != nil {
		return err
	}
	if m.Meta, err = w.meta(ctx, f); err != nil {
		return err
	}
	cited := f.cite(&m)
	change := f.change("manuscript")
	change.Artefacts = []Artefact{{Name: "manuscript", Body: m, Inputs: f.manuscriptInputs()}}
	change.Events = append(cited, event.ManuscriptBound{Chapters: written(f.chapters), Words: words})
	return w.Shelf.Save(ctx, change)
}

// rebind puts the chapters of a book that was written elsewhere into its
// manuscript, with its title; nothing else of it changes.
func (w *Writer) rebind(ctx context.Context, f *folder) error {
	if err := w.fetch(ctx, f, "manuscript"); err != nil {
		return err
	}
	var m book.Manuscript
	if _, err := f.arts.read("manuscript", &m); err != nil {
		return err
	}
	m.Meta.Title, m.Meta.Subtitle = f.concept.Title, f.concept.Subtitle
	words := 0
	for i, c := range f.chapters {
		t, ok, err := f.at(c.ID).text()
		if err != nil {
			return err
		}
		if ok && i < len(m.Chapters) {
			m.Chapters[i].Markdown, m.Chapters[i].Title = t.Markdown, c.Title
			words += t.Words
		}
	}
	change := f.change("manuscript")
	change.Artefacts = []Artefact{{Name: "manuscript", Body: m, Inputs: f.manuscriptInputs()}}
	change.Events = []event.Payload{event.ManuscriptBound{Chapters: len(f.chapters), Words: words}}
	return w.Shelf.Save(ctx, change)
}

// manuscript is the chapters as they stand, with their figures, and the words
// that they have.
func (f *folder) manuscript() (book.Manuscript, int, error) {
	m := book.Manuscript{Missing: len(f.chapters) - written(f.chapters)}
	words := 0
	var around book.Matter
	if _, err := f.arts.read("matter", &around); err != nil {
		return m, 0, err
	}
	m.Chapters = piece(m.Chapters, "preface", around.Preface)
	for i, c := range f.outline.Chapters {
		text := "*" + phrasesIn(f.book.Brief.Language).missing + "*" // a gap
		if f.chapters[i].State == book.ChapterWritten {
			at := f.at(c.ID)
			t, _, err := at.text()
			if err != nil {
				return m, 0, err
			}
			if text, err = at.withFigures(t.Markdown); err != nil {
				return m, 0, err
			}
			words += t.Words
		}
		m.Chapters = append(m.Chapters, book.Text{ID: string(c.ID), Part: c.Part, Title: c.Title, Numbered: true, Markdown: text})
	}
	m.Chapters = piece(m.Chapters, "afterword", around.Afterword)
	return m, words, nil
}

// piece adds a text around the chapters, if there is one.
func piece(list []book.Text, id string, p book.Piece) []book.Text {
	text := unmarked(p.Markdown)
	if text == "" {
		return list
	}
	return append(list, book.Text{ID: id, Title: p.Title, Markdown: text})
}

// meta is what stands on title page and imprint: also what those who wrote a
// part of the book ask for.
func (w *Writer) meta(ctx context.Context, f *folder) (book.Meta, error) {
	brief := f.book.Brief
	m := book.Meta{
		Title: f.concept.Title, Subtitle: f.concept.Subtitle, Author: brief.Author,
		Language: brief.Language, Kind: brief.Kind, Date: brief.Date, Genre: brief.Genre,
	}
	var around book.Matter
	if _, err := f.arts.read("matter", &around); err != nil {
		return m, err
	}
	m.Description, m.Keywords = around.Blurb, around.Keywords
	authors, err := w.Shelf.Credits(ctx, f.book.ID, "section")
	if err != nil {
		return m, err
	}
	for _, a := range authors {
		if notice := w.Authors.Notice(a); notice != "" && !slices.Contains(m.Imprint, notice) {
			m.Imprint = append(m.Imprint, notice)
		}
	}
	return m, nil
}

// orderEdition leaves the rest to the press.
func (w *Writer) orderEdition(ctx context.Context, f *folder) error {
	f.left = true
	change := f.change("typeset order")
	change.Leave = true
	change.Jobs = []jobs.Job{{Kind: jobs.Typeset, Book: f.book.ID, Unit: jobs.UnitEdition}}
	return w.Shelf.Save(ctx, change)
}
