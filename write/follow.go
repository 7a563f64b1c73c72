package write

import (
	"context"
	"slices"
	"time"

	"quire/book"
	"quire/jobs"
)

// next is the rule of what follows a change of the folder's book.
func (w *Writer) next(f *folder) func(book.Book, []book.Chapter) ([]jobs.Job, []book.Chapter) {
	return func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter) {
		if allEnded(chapters) {
			return []jobs.Job{{Kind: jobs.Advance, Book: b.ID, Unit: jobs.UnitBook}}, nil
		}
		return ready(f.outline, b.ID, chapters, w.width())
	}
}

func (w *Writer) width() int {
	if w.Width == 0 {
		return 4
	}
	return w.Width
}

// ready orders the chapters whose forerunners have ended, up to width at once.
// It depends on the chapters' states only, never on who came first.
func ready(o book.Outline, id book.ID, chapters []book.Chapter, width int) (list []jobs.Job, touched []book.Chapter) {
	state := map[book.ChapterID]book.ChapterState{}
	moving := 0
	for _, c := range chapters {
		state[c.ID] = c.State
		if c.State == book.ChapterQueued || c.State == book.ChapterRunning {
			moving++
		}
	}
	for i, c := range chapters {
		if moving >= width || i >= len(o.Chapters) {
			break
		}
		open := slices.ContainsFunc(o.Chapters[i].After, func(id book.ChapterID) bool {
			return state[id] != book.ChapterWritten && state[id] != book.ChapterFailed
		})
		if c.State != book.ChapterWaiting || open {
			continue
		}
		c.State = book.ChapterQueued
		touched = append(touched, c)
		list = append(list, chapterJob(id, c.ID))
		moving++
	}
	return list, touched
}

func chapterJob(id book.ID, c book.ChapterID) jobs.Job {
	return jobs.Job{Kind: jobs.Chapter, Book: id, Unit: string(c)}
}

// Order orders again what of a moving book should be moving, but is neither
// living nor was touched for quiet. The reconciler calls it.
func (w *Writer) Order(ctx context.Context, m jobs.Moving, quiet time.Duration) error {
	f, err := w.open(ctx, jobs.Job{Kind: jobs.Advance, Book: m.Book, Unit: jobs.UnitBook}, "")
	if err != nil {
		return err
	}
	before := w.Clock().Add(-quiet)
	if list, _ := again(f.outline, f.book, f.chapters, m.Living, before, w.width()); len(list) == 0 {
		return nil
	}
	touched := f.book.Changed // the change itself touches the book
	return w.Shelf.Save(ctx, Change{
		Name: "order", Book: m.Book, From: []book.State{book.Queued, book.Running},
		Next: func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter) {
			b.Changed = touched
			return again(f.outline, b, chapters, m.Living, before, w.width())
		},
	})
}

// again is what a moving book needs ordered once more: the chapters that should
// move but are not living and were not touched since before, or else the book.
func again(o book.Outline, b book.Book, chapters []book.Chapter, living []string, before time.Time, width int) (list []jobs.Job, touched []book.Chapter) {
	if len(chapters) == 0 || allEnded(chapters) {
		job := jobs.Job{Kind: jobs.Advance, Book: b.ID, Unit: jobs.UnitBook}
		if slices.Contains(living, jobs.UnitBook) || slices.Contains(living, jobs.UnitEdition) || b.Changed.After(before) {
			return nil, nil
		}
		return []jobs.Job{job}, nil
	}
	for _, c := range chapters {
		due := c.State == book.ChapterQueued || c.State == book.ChapterRunning
		if due && !slices.Contains(living, string(c.ID)) && !c.Changed.After(before) {
			touched = append(touched, c)
			list = append(list, chapterJob(b.ID, c.ID))
		}
	}
	more, queued := ready(o, b.ID, chapters, width)
	return append(list, more...), append(touched, queued...)
}
