package write

import (
	"context"
	"slices"
	"time"

	"quire/book"
	"quire/jobs"
)

// next is the rule of what follows when a chapter of the wave ends: more of the
// wave, and when all of it has ended, the book.
func (w *Writer) next(wave int) func(book.Book, []book.Chapter) ([]jobs.Job, []book.Chapter) {
	return func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter) {
		if waveEnded(chapters, wave) || enough(b, chapters) && !moving(chapters) {
			return []jobs.Job{{Kind: jobs.Advance, Book: b.ID, Unit: jobs.UnitBook}}, nil
		}
		return ready(b, chapters, w.width())
	}
}

// enough reports whether as many chapters are written as the maker wanted for now.
func enough(b book.Book, chapters []book.Chapter) bool {
	return b.Terms.Chapters > 0 && written(chapters) >= b.Terms.Chapters
}

// moving reports whether a chapter is being written.
func moving(chapters []book.Chapter) bool {
	return slices.ContainsFunc(chapters, func(c book.Chapter) bool { return c.State == book.ChapterQueued || c.State == book.ChapterRunning })
}

func (w *Writer) width() int {
	if w.Width == 0 {
		return 4
	}
	return w.Width
}

// wave is the number of the earliest wave that has a chapter to write; 0 if
// none has.
func wave(chapters []book.Chapter) int {
	first := 0
	for _, c := range chapters {
		if !c.State.Ended() && (first == 0 || c.Wave < first) {
			first = c.Wave
		}
	}
	return first
}

// waveEnded reports whether no chapter of the waves up to this one is left to
// write.
func waveEnded(chapters []book.Chapter, wave int) bool {
	return !slices.ContainsFunc(chapters, func(c book.Chapter) bool { return c.Wave <= wave && !c.State.Ended() })
}

// ready orders the waiting chapters of the wave at work, up to width at once, and
// no more than the maker wants for now. It depends on the chapters' states only,
// never on who came first.
func ready(b book.Book, chapters []book.Chapter, width int) (list []jobs.Job, touched []book.Chapter) {
	moving, at := 0, wave(chapters)
	if most := b.Terms.Chapters; most > 0 {
		width = min(width, most-written(chapters))
	}
	for _, c := range chapters {
		if c.State == book.ChapterQueued || c.State == book.ChapterRunning {
			moving++
		}
	}
	for _, c := range chapters {
		if moving >= width {
			break
		}
		if c.State != book.ChapterWaiting || c.Wave != at {
			continue
		}
		c.State = book.ChapterQueued
		touched = append(touched, c)
		list = append(list, chapterJob(b.ID, c.ID))
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
	b, err := w.Shelf.Book(ctx, m.Book)
	if err != nil {
		return err
	}
	chapters, err := w.Shelf.Chapters(ctx, m.Book)
	if err != nil {
		return err
	}
	before := w.Clock().Add(-quiet)
	if list, _ := again(b, chapters, m.Living, before); len(list) == 0 {
		return nil
	}
	touched := b.Changed // the change itself touches the book
	return w.Shelf.Save(ctx, Change{
		Name: "order", Book: m.Book, From: []book.State{book.Queued, book.Running},
		Next: func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter) {
			b.Changed = touched
			return again(b, chapters, m.Living, before)
		},
	})
}

// again is what a moving book needs ordered once more: the chapters that should
// move but are not living and were not touched since before, or else the book.
func again(b book.Book, chapters []book.Chapter, living []string, before time.Time) (list []jobs.Job, touched []book.Chapter) {
	moving := false
	for _, c := range chapters {
		if c.State != book.ChapterQueued && c.State != book.ChapterRunning {
			continue
		}
		moving = true
		if !slices.Contains(living, string(c.ID)) && !c.Changed.After(before) {
			touched = append(touched, c)
			list = append(list, chapterJob(b.ID, c.ID))
		}
	}
	if moving {
		return list, touched
	}
	if slices.Contains(living, jobs.UnitBook) || slices.Contains(living, jobs.UnitEdition) || b.Changed.After(before) {
		return nil, nil
	}
	return []jobs.Job{{Kind: jobs.Advance, Book: b.ID, Unit: jobs.UnitBook}}, nil
}
