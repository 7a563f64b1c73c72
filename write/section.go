package write

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"quire/book"
	"quire/event"
	"quire/llm"
)

// sectionPrompt asks for a section of a chapter.
type sectionPrompt struct {
	bookPart
	wavePart
	chapterPart
	Texts   []textBlock // sections of the chapter so far
	Section int         // which beat, from 0
	Begun   string      // end of the section as far as it is written, when it is gone on with
	Missing []string    // points that it does not bring yet
}

// textBlock is a section that is there. Each is a block of its own, so that a cache
// that had the ones before keeps them.
type textBlock struct {
	Name string
	Mark llm.Mark
	Text string
}

// sections writes each section of the folder's chapter that has no text, one
// after another, and then the chapter. What earlier sections ran over or fell
// short moves the next one's words by up to three tenths.
func (w *Writer) sections(ctx context.Context, f *folder) error {
	if err := w.beginChapter(ctx, f); err != nil {
		return err
	}
	sheet, err := f.beatSheet()
	if err != nil {
		return err
	}
	p, err := w.chapterPage(ctx, f, sheet)
	if err != nil {
		return err
	}
	snapshot, err := f.snapshot(f.chapter().Wave - 1)
	if err != nil {
		return err
	}
	paces := pace{mean: snapshot.Pace}
	asked, got := 0, 0
	for i, beat := range sheet.Sections {
		s, was, err := f.section(i)
		if err != nil {
			return err
		}
		if !was {
			p.Section, p.Texts = i, texts(f, i)
			words := min(max(beat.Words+asked-got, beat.Words*7/10), beat.Words*13/10)
			if s, err = w.section(ctx, f, p, section{beat: beat, words: words, pace: paces, before: got}); err != nil {
				return err
			}
		}
		asked, got = asked+beat.Words, got+s.Words
		paces.learn(s)
	}
	if f.order().Section == 0 {
		if err := w.shorten(ctx, f, p, sheet, paces); err != nil {
			return err
		}
	}
	return w.joinChapter(ctx, f, sheet)
}

// beginChapter records that a worker took the chapter.
func (w *Writer) beginChapter(ctx context.Context, f *folder) error {
	row := f.chapter()
	if row.State == book.ChapterRunning {
		return nil // it was begun before a cut
	}
	row.State = book.ChapterRunning
	change := f.change("chapter start")
	change.Chapters = []book.Chapter{row}
	change.Events = []event.Payload{event.ChapterStarted{Chapter: row.ID, Ordinal: row.Ordinal, Title: row.Title}}
	return w.Shelf.Save(ctx, change)
}

// chapterPage is what all questions about the folder's chapter share.
func (w *Writer) chapterPage(ctx context.Context, f *folder, sheet book.Beats) (sectionPrompt, error) {
	part, err := f.wavePart(f.chapter().Wave)
	if err != nil {
		return sectionPrompt{}, err
	}
	c := f.plan()
	p := sectionPrompt{bookPart: f.bookPart(), wavePart: part, chapterPart: chapterPart{
		Position: f.position(), Chapter: c, Beats: sheet, Passages: f.passages(chapterQuery(c), chapterPassages), Notes: f.notes(),
	}}
	if p.Before, err = w.before(ctx, f); err != nil {
		return p, err
	}
	if at := f.place() + 1; at < len(f.outline.Chapters) {
		var next book.Beats
		if _, err := f.arts.read("beats/"+string(f.outline.Chapters[at].ID), &next); err != nil {
			return p, err
		}
		if len(next.Sections) > 0 {
			p.Next = next.Sections[0].Goal
		}
	}
	return p, nil
}

// before is how the chapter before the folder's ends. It follows from the plan of
// waves alone: a chapter of the same wave is known as planned, also when it has
// been written meanwhile.
func (w *Writer) before(ctx context.Context, f *folder) (before, error) {
	at := f.place() - 1
	if at < 0 {
		return before{}, nil
	}
	prev := f.chapters[at]
	if prev.State != book.ChapterWritten || prev.Wave >= f.chapter().Wave {
		return f.handoff(prev.ID)
	}
	id := string(prev.ID)
	if err := w.fetch(ctx, f, "chapter/"+id, "delta/"+id); err != nil {
		return before{}, err
	}
	var t book.ChapterText
	var d book.Delta
	if _, err := f.arts.read("chapter/"+id, &t); err != nil {
		return before{}, err
	}
	_, err := f.arts.read("delta/"+id, &d)
	return before{Ending: lastWords(t.Markdown, endingWords), Handoff: d.Handoff}, err
}

// handoff is how a chapter is planned to end.
func (f *folder) handoff(id book.ChapterID) (before, error) {
	var b book.Beats
	if _, err := f.arts.read("beats/"+string(id), &b); err != nil || len(b.Sections) == 0 {
		return before{Planned: true}, err
	}
	last := b.Sections[len(b.Sections)-1]
	return before{Planned: true, Handoff: book.Handoff{Where: last.Place, Who: last.Cast, Question: last.Goal, Image: last.Turn}}, nil
}

// texts are the sections before i as blocks; the last of them is worth caching.
func texts(f *folder, i int) []textBlock {
	var list []textBlock
	for at := range i {
		s, ok, err := f.section(at)
		if err != nil || !ok || s.Markdown == "" {
			continue
		}
		name := "text"
		if len(list) > 0 {
			name = fmt.Sprintf("text_%d", len(list)+1)
		}
		list = append(list, textBlock{Name: name, Mark: "none", Text: s.Markdown})
	}
	if len(list) > 0 {
		list[len(list)-1].Mark = llm.Minutes
	}
	return list
}

// section is what is to be written of a chapter now.
type section struct {
	beat   book.Beat
	words  int  // that it should have
	pace   pace // of the model
	before int  // words of the chapter so far
}

// section asks for one section, goes on with it until it is whole, and saves it.
func (w *Writer) section(ctx context.Context, f *folder, p sectionPrompt, of section) (book.Section, error) {
	name, row := f.sectionName(p.Section), f.chapter()
	g, err := w.grow(ctx, f, p, of)
	if err != nil {
		return book.Section{}, err
	}
	s := book.Section{Markdown: g.text, Words: book.Words(g.text), Asked: g.asked, First: g.first, Draft: row.Draft}
	row.State, row.Words = book.ChapterRunning, of.before+s.Words
	change := f.change("section")
	change.Artefacts = []Artefact{{Name: name, Body: s, Inputs: inputs(p.Chapter, p.Beats, p.Before, p.Texts, p.Notes), Author: g.from.author, Call: g.from.call}}
	change.Chapters = []book.Chapter{row}
	change.Events = []event.Payload{event.SectionWritten{
		Chapter: row.ID, Ordinal: row.Ordinal, Section: p.Section + 1, Of: len(p.Beats.Sections), Words: s.Words, Asked: of.words,
	}}
	if err := w.Shelf.Save(ctx, change); err != nil {
		return s, err
	}
	return s, w.fetch(ctx, f, name)
}

// joinChapter makes the chapter of its sections.
func (w *Writer) joinChapter(ctx context.Context, f *folder, sheet book.Beats) error {
	row := f.chapter()
	t := book.NewText(joinSections(f, sheet), row.Draft, book.Drafted)
	from, err := f.chapterMade()
	if err != nil {
		return err
	}
	made := from.String()
	if f.order().Section > 0 {
		if t, made, err = f.patched(t); err != nil {
			return err
		}
	}
	row.State, row.Words = book.ChapterRunning, t.Words
	authors, err := w.Shelf.Credits(ctx, f.book.ID, "section/"+f.unit)
	if err != nil {
		return err
	}
	change := f.change("chapter text")
	change.Artefacts = []Artefact{{Name: f.textName(), Body: t, Inputs: made, Author: strings.Join(authors, ", ")}}
	change.Chapters = []book.Chapter{row}
	if err := w.Shelf.Save(ctx, change); !errors.Is(err, ErrTheirs) {
		return err
	}
	return nil // a person wrote the chapter meanwhile
}
