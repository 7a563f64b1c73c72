package write

import (
	"context"
	"fmt"
	"strings"

	"quire/book"
	"quire/jobs"
	"quire/problem"
)

// chapterEditor prepares the change of the folder's chapter by hand. One that
// failed, or is not written yet, can be written so too.
func (w *Writer) chapterEditor(ctx context.Context, f *folder, e editor) (editor, error) {
	if err := w.fetch(ctx, f, e.name); err != nil {
		return e, err
	}
	made, err := f.chapterMade()
	if err != nil {
		return e, err
	}
	row := f.chapter()
	e.noun, e.made, e.shown, e.allow = fmt.Sprintf("chapter %d", row.Ordinal), made.String(), true, f.ownable
	if f.book.Brief.Imported {
		e.made = ""
	}
	var was book.ChapterText
	if _, err := f.arts.read(e.name, &was); err != nil {
		return e, err
	}
	e.show = func() ([]byte, error) { return []byte(was.Markdown + "\n"), nil }
	e.read = func(text []byte, c *Change) (any, error) {
		now := book.NewText(string(text), max(row.Draft, 1), book.Edited)
		switch {
		case now.Words == 0:
			return nil, problem.New(problem.Invalid, "the new version has no words").Try("nothing was changed; give the whole chapter")
		case now.Markdown == was.Markdown && row.State == book.ChapterWritten:
			return nil, nil
		}
		c.Next = f.owned(now)
		return now, nil
	}
	return e, nil
}

// owned gives the row of the folder's chapter the words of a person's text. With
// that, a chapter that failed is written.
func (f *folder) owned(t book.ChapterText) func(book.Book, []book.Chapter) ([]jobs.Job, []book.Chapter) {
	return func(_ book.Book, rows []book.Chapter) ([]jobs.Job, []book.Chapter) {
		for _, row := range rows {
			if string(row.ID) != f.unit {
				continue
			}
			row.Words = t.Words
			if row.State == book.ChapterFailed {
				row.State, row.Reason = book.ChapterWritten, ""
			}
			return nil, []book.Chapter{row}
		}
		return nil, nil
	}
}

// ownable reports why a person's text cannot become that of the folder's chapter
// now.
func (f *folder) ownable(b book.Book, chapters []book.Chapter) error {
	was := f.chapter()
	row, err := numbered(b, chapters, was.Ordinal)
	switch {
	case err != nil:
		return err
	case row.Locked:
		return errOfLock(b.ID, row)
	case row.Draft != was.Draft, b.State.Moving() && !row.State.Ended():
		return problem.New(problem.Conflict, "chapter %d is being written at this moment", row.Ordinal).
			Try("wait until it is done, or quire pause %s; then make your change again", b.ID)
	case b.State.Moving() && strings.Contains("bind report typeset", b.Stage) && b.Stage != "":
		return problem.New(problem.Conflict, "the book %q is being put together at this moment", b.Title).Try("wait a moment, then make your change again")
	default:
		return nil
	}
}
