package write

import (
	"context"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/problem"
)

// Refresh makes anew what is stale: all of it, or only of the chapters with the
// numbers; locked chapters and what a person wrote stay. The book goes on with
// that. It returns what it makes anew; nothing is problem.Conflict.
func (w *Writer) Refresh(ctx context.Context, id book.ID, only ...int) ([]Stale, error) {
	f, err := w.look(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := steerable(f.book); err != nil {
		return nil, err
	}
	list, err := w.stale(ctx, f)
	if err != nil {
		return nil, err
	}
	for _, n := range only {
		if _, err := numbered(f.book, f.chapters, n); err != nil {
			return nil, err
		}
	}
	list = Chosen(list, only)
	if len(list) == 0 {
		return nil, problem.New(problem.Conflict, "nothing of the book %q is to be made anew", f.book.Title).Try("quire stale %s tells what is stale and why it stays", id)
	}
	change, err := w.refreshing(f, list)
	if err != nil {
		return nil, err
	}
	return list, w.Shelf.Save(ctx, change)
}

// Chosen is what a refresh of these chapters makes anew; of everything if there are
// none.
func Chosen(list []Stale, only []int) []Stale {
	return slices.DeleteFunc(slices.Clone(list), func(s Stale) bool {
		return s.Stays != "" || len(only) > 0 && !slices.Contains(only, s.Ordinal)
	})
}

// refreshing is the change that has everything of the list made anew.
func (w *Writer) refreshing(f *folder, list []Stale) (Change, error) {
	s, err := f.steering()
	if err != nil {
		return Change{}, err
	}
	texts, deltas := map[string]bool{}, map[string]bool{}
	names := []string{}
	for _, x := range list {
		names = append(names, x.Artefact)
		switch kind, unit, _ := strings.Cut(x.Artefact, "/"); kind {
		case "chapter":
			texts[unit] = true
		case "delta":
			deltas[unit] = true
		default:
			s.again(x.Artefact)
		}
	}
	change := w.goingOnWith(f.book, "refresh", func(row *book.Chapter) bool {
		id := string(row.ID)
		switch {
		case row.State != book.ChapterWritten || !texts[id] && !deltas[id]:
			return false
		case texts[id] && !row.Locked:
			row.Draft++
		}
		row.State, row.Reason = book.ChapterWaiting, ""
		return true
	})
	change.Allow = func(_ book.Book, chapters []book.Chapter) error {
		for _, c := range chapters {
			if c.Locked && texts[string(c.ID)] {
				return errOfLock(f.book.ID, c)
			}
		}
		return nil
	}
	change.Artefacts = []Artefact{{Name: "steering", Body: s.Steering, Author: signed(""), Base: f.current["steering"].Number}}
	change.Events = []event.Payload{event.BookRefreshed{Artefacts: names}}
	return change, nil
}
