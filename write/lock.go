package write

import (
	"context"
	"slices"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
)

// Lock keeps the chapters, by number, as they are: nothing may change their text
// before Unlock. One that is being written anew stays as it was before. All are
// locked, or none; locking one twice does no harm.
func (w *Writer) Lock(ctx context.Context, id book.ID, ordinals ...int) error {
	texts, err := w.Shelf.Artefacts(ctx, id, "chapter")
	if err != nil {
		return err
	}
	return w.setLock(ctx, id, ordinals, true, func(c book.Chapter) error {
		if texts["chapter/"+string(c.ID)] != nil {
			return nil
		}
		return problem.New(problem.Conflict, "chapter %d is not written yet, so there is nothing to lock", c.Ordinal).Try("quire show %s tells which chapters are", id)
	})
}

// Unlock lets the chapters, by number, be changed again.
func (w *Writer) Unlock(ctx context.Context, id book.ID, ordinals ...int) error {
	return w.setLock(ctx, id, ordinals, false, func(book.Chapter) error { return nil })
}

func (w *Writer) setLock(ctx context.Context, id book.ID, ordinals []int, locked bool, check func(book.Chapter) error) error {
	b, err := w.Shelf.Book(ctx, id)
	if err != nil {
		return err
	}
	chapters, err := w.Shelf.Chapters(ctx, id)
	if err != nil {
		return err
	}
	change := Change{Name: "lock", Book: id}
	for _, n := range ordinals {
		c, err := numbered(b, chapters, n)
		if err != nil {
			return err
		}
		if err := check(c); err != nil {
			return err
		}
		switch {
		case c.Locked == locked:
		case locked:
			change.Events = append(change.Events, event.ChapterLocked{Chapter: c.ID, Ordinal: n})
		default:
			change.Events = append(change.Events, event.ChapterUnlocked{Chapter: c.ID, Ordinal: n})
		}
	}
	change.Next = func(_ book.Book, rows []book.Chapter) (_ []jobs.Job, touched []book.Chapter) {
		for _, c := range rows {
			if slices.Contains(ordinals, c.Ordinal) {
				c.Locked = locked
				touched = append(touched, c)
			}
		}
		return nil, touched
	}
	return w.Shelf.Save(ctx, change)
}

// numbered is the chapter with the number.
func numbered(b book.Book, chapters []book.Chapter, n int) (book.Chapter, error) {
	i := slices.IndexFunc(chapters, func(c book.Chapter) bool { return c.Ordinal == n })
	switch {
	case len(chapters) == 0:
		return book.Chapter{}, problem.New(problem.Conflict, "the book %q has no chapters yet", b.Title).Try("quire show %s tells where it stands", b.ID)
	case i < 0:
		return book.Chapter{}, problem.New(problem.Invalid, "the book %q has %d chapters, so there is no chapter %d", b.Title, len(chapters), n).
			Try("quire show %s lists them", b.ID)
	default:
		return chapters[i], nil
	}
}

// errOfLock is why a person cannot change a chapter that is locked.
func errOfLock(id book.ID, c book.Chapter) error {
	return problem.New(problem.Conflict, "chapter %d is locked", c.Ordinal).Because(ErrLocked).Try("quire unlock %s %d lets it be changed", id, c.Ordinal)
}

// stays ends the work on a chapter that was locked meanwhile: it stands as it was,
// in the draft that its text is of.
func (d drafter) stays(ctx context.Context, job jobs.Job, run string) error {
	f, err := d.open(ctx, job, run)
	if err != nil {
		return err
	}
	var t book.ChapterText
	if _, err := f.arts.read(f.textName(), &t); err != nil {
		return err
	}
	row := f.chapter()
	row.State, row.Words, row.Draft, row.Reason = book.ChapterWritten, t.Words, max(t.Draft, 1), ""
	change := f.change("chapter kept")
	change.Chapters = []book.Chapter{row}
	change.Next = d.next(row.Wave)
	return d.Shelf.Save(ctx, change)
}
