package write

import (
	"context"
	"errors"
	"sync"

	"quire/book"
	"quire/event"
)

// each does work on chapters, up to the writer's width at once, under the lease
// of the folder's job. The first failure lets no further chapter begin; those that
// are under way come to their end. Failures are joined in the order of the
// chapters.
func (w *Writer) each(ctx context.Context, f *folder, list []book.ChapterID, do func(context.Context, *folder) error) error {
	var wait sync.WaitGroup
	slots := make(chan struct{}, w.width())
	failed := make(chan struct{})
	var once sync.Once
	errs := make([]error, len(list))
	for i, id := range list {
		select {
		case <-ctx.Done():
		case <-failed:
		case slots <- struct{}{}:
			wait.Go(func() {
				defer func() { <-slots }()
				if errs[i] = do(ctx, f.at(id)); errs[i] != nil {
					once.Do(func() { close(failed) })
				}
			})
			continue
		}
		break
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return worst(errs)
}

// worst is the failure that decides what becomes of the others: one that halts
// the book, else the first that is final, else the first.
func worst(errs []error) error {
	for _, decides := range []func(error) bool{halts, final} {
		for _, err := range errs {
			if err != nil && decides(err) {
				return err
			}
		}
	}
	return errors.Join(errs...)
}

// failChapter records that the folder's chapter was given up.
func (w *Writer) failChapter(ctx context.Context, f *folder, err error) error {
	if err := w.fetch(ctx, f, f.textName()); err != nil {
		return err
	}
	c := f.fallen(err)
	change := f.change("chapter failure")
	change.Chapters = []book.Chapter{c}
	change.Events = []event.Payload{event.ChapterFailed{Chapter: c.ID, Ordinal: c.Ordinal, Reason: c.Reason}}
	return w.Shelf.Save(ctx, change)
}
