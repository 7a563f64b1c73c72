package write

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
)

// Anew says what of a chapter is written anew.
type Anew struct {
	Chapter  int    // by number
	Section  int    // only this one, from 1; 0 is all
	From, To int    // only these paragraphs of the chapter's Markdown, from 1, both included; 0 is all
	Notes    string // what the maker wants of it
	Beats    bool   // its plan is made anew too
}

// MostNotes is how long a maker's notes on a chapter may be, in characters.
const MostNotes = 4_000

// Regenerate has a chapter, or a part of it, written anew as its next draft; the
// book goes on with that and ends with it. Until the new text is there, and if
// none comes, the old one stands.
func (w *Writer) Regenerate(ctx context.Context, id book.ID, a Anew) error {
	f, err := w.look(ctx, id)
	if err != nil {
		return err
	}
	if err := steerable(f.book); err != nil {
		return err
	}
	c, err := numbered(f.book, f.chapters, a.Chapter)
	if err != nil {
		return err
	}
	if err := a.check(); err != nil {
		return err
	}
	if err := f.rewritable(c); err != nil {
		return err
	}
	if err := w.fetch(ctx, f, "chapter/"+string(c.ID), "section/"+string(c.ID)); err != nil {
		return err
	}
	change := w.goingOnWith(f.book, "regeneration", func(row *book.Chapter) bool {
		if row.ID != c.ID {
			return false
		}
		row.Draft, row.State, row.Reason = c.Draft+1, book.ChapterWaiting, ""
		return true
	})
	change.Allow = func(b book.Book, chapters []book.Chapter) error {
		now, err := numbered(b, chapters, a.Chapter)
		if err == nil && now.Draft != c.Draft {
			err = problem.New(problem.Conflict, "chapter %d is being written anew already", c.Ordinal).Try("quire show %s tells where it stands", id)
		}
		if err == nil {
			err = f.rewritable(now)
		}
		return err
	}
	if err := f.at(c.ID).anew(&change, a); err != nil {
		return err
	}
	change.Events = []event.Payload{event.ChapterRegenerated{
		Chapter: c.ID, Ordinal: c.Ordinal, Draft: c.Draft + 1, Section: a.Section, Notes: utf8.RuneCountInString(a.Notes),
	}}
	return w.Shelf.Save(ctx, change)
}

// check reports what is wrong with a wish by itself.
func (a Anew) check() error {
	span := a.From != 0 || a.To != 0
	switch {
	case a.Section < 0:
		return problem.New(problem.Invalid, "sections are counted from 1, so there is no section %d", a.Section).Try("leave out --section for the whole chapter")
	case a.Section > 0 && span:
		return problem.New(problem.Invalid, "a section and a span are given, but only one of them can be written anew").Try("give --section or --span")
	case a.Beats && (a.Section > 0 || span):
		return problem.New(problem.Invalid, "with new beats the whole chapter is written anew").Try("leave out --section and --span, or --beats")
	case utf8.RuneCountInString(a.Notes) > MostNotes:
		return problem.New(problem.Invalid, "the notes have more than %d characters", MostNotes).Try("shorten them")
	case !sound(a.Notes):
		return problem.New(problem.Invalid, "the notes hold control characters or broken text").Try("give them as plain text")
	default:
		return nil
	}
}

// sound reports whether a text is UTF-8 without control characters, but for those
// that end lines and set columns.
func sound(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) })
}

// steerable reports why nothing can be written anew in the book now.
func steerable(b book.Book) error {
	switch {
	case b.Brief.Imported:
		return problem.New(problem.Conflict, "the book %q was written elsewhere, so there is no plan to write it from", b.Title).Try("quire edit %s chapter N changes it by hand", b.ID)
	case b.State.Moving():
		return problem.New(problem.Conflict, "the book %q is being written", b.Title).Try("quire pause %s first, or wait until it is done", b.ID)
	case b.State == book.Canceled:
		return problem.New(problem.Conflict, "the book %q is canceled", b.Title).Try("quire resume %s takes it up again", b.ID)
	case b.State == book.Failed, b.State == book.Draft:
		return problem.New(problem.Conflict, "the book %q is %s: %s", b.Title, b.State, orElse(b.Reason, "it is not whole")).Try("quire retry %s tries again what failed", b.ID)
	default:
		return nil
	}
}

// rewritable reports why a chapter cannot be written anew.
func (f *folder) rewritable(c book.Chapter) error {
	switch {
	case c.Locked:
		return errOfLock(f.book.ID, c)
	case !c.State.Ended():
		return problem.New(problem.Conflict, "chapter %d is not written yet", c.Ordinal).Try("quire resume %s goes on with it", f.book.ID)
	default:
		return nil
	}
}

// anew adds to the change what the wish asks of the folder's chapter.
func (f *folder) anew(c *Change, a Anew) error {
	row := f.chapter()
	n := book.Notes{Text: strings.TrimSpace(a.Notes), Draft: row.Draft + 1, Section: a.Section, From: a.From, To: a.To}
	text, ok, err := f.text()
	if err != nil {
		return err
	}
	part := a.Section > 0 || a.From != 0 || a.To != 0
	if part && (!ok || row.State == book.ChapterFailed) {
		return problem.New(problem.Conflict, "chapter %d has no text of which a part could be written anew", row.Ordinal).Try("leave out --section and --span")
	}
	switch {
	case a.Section > 0:
		if n.Was, err = f.carry(c, a.Section, text); err != nil {
			return err
		}
	case part:
		if _, _, err := stretch(text.Markdown, a.From, a.To); err != nil {
			return err
		}
	case a.Beats:
		s, err := f.steering()
		if err != nil {
			return err
		}
		s.again(f.beatsName())
		c.Artefacts = append(c.Artefacts, Artefact{Name: "steering", Body: s.Steering, Author: signed(""), Base: f.current["steering"].Number})
	}
	c.Artefacts = append(c.Artefacts, Artefact{Name: "notes/" + f.unit, Body: n, Author: signed("")})
	return nil
}

// carry takes the sections of the chapter over into its next draft, but for the
// one that is written anew. If the chapter was changed since they were joined, it
// returns the passage that the new section will stand for.
func (f *folder) carry(c *Change, section int, text book.ChapterText) (was string, err error) {
	sheet, err := f.beatSheet()
	if err != nil {
		return "", err
	}
	row := f.chapter()
	if section > len(sheet.Sections) {
		return "", problem.New(problem.Invalid, "chapter %d has %d sections, so there is no section %d", row.Ordinal, len(sheet.Sections), section).
			Try("choose a section from 1 to %d", len(sheet.Sections))
	}
	joined := joinSections(f, sheet)
	for i := range sheet.Sections {
		s, ok, err := f.section(i)
		if err != nil {
			return "", err
		}
		if !ok {
			return "", problem.New(problem.Conflict, "the plan of chapter %d has other sections than its text", row.Ordinal).
				Try("leave out --section to write the whole chapter anew, or give --span")
		}
		if i == section-1 {
			was = s.Markdown
			continue
		}
		s.Draft = row.Draft + 1
		from := f.current[f.sectionName(i)]
		c.Artefacts = append(c.Artefacts, Artefact{Name: f.sectionName(i), Body: s, Inputs: from.Inputs, Author: from.Author, Call: from.Call})
	}
	switch {
	case joined == text.Markdown:
		return "", nil
	case strings.Count(text.Markdown, was) == 1:
		return was, nil
	default:
		return "", problem.New(problem.Conflict, "section %d of chapter %d was changed since it was written, so its place is not known", section, row.Ordinal).
			Try("leave out --section to write the whole chapter anew, or name its paragraphs with --span")
	}
}

// goingOnWith is goingOn with changes of some rows: touch changes a row and
// reports whether it did.
func (w *Writer) goingOnWith(b book.Book, name string, touch func(*book.Chapter) bool) Change {
	change := w.goingOn(b, name)
	change.Then.Stage = "draft"
	change.Next = func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter) {
		var touched []book.Chapter
		rows := slices.Clone(chapters)
		for i := range rows {
			if touch(&rows[i]) {
				touched = append(touched, rows[i])
			}
		}
		list, queued := dueAgain(b, rows, w.Clock().Add(1))
		return list, append(touched, queued...)
	}
	return change
}

// fallen is the row of the folder's chapter when it was given up: a chapter that
// has a text of an earlier draft stands as it was.
func (f *folder) fallen(err error) book.Chapter {
	row, why := f.chapter(), problem.Of(err).Detail
	row.State, row.Reason = book.ChapterFailed, why
	var t book.ChapterText
	if ok, err := f.arts.read(f.textName(), &t); ok && err == nil && t.Draft < row.Draft {
		row.State, row.Draft, row.Words = book.ChapterWritten, max(t.Draft, 1), t.Words
		row.Reason = "it stands as it was, because it could not be written anew: " + why
	}
	return row
}
