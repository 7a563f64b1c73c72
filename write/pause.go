package write

import (
	"context"

	"quire/book"
	"quire/event"
	"quire/problem"
)

// Stop pauses a book because a person wants it; work under way ends within a
// second. One that does not move is problem.Conflict.
func (w *Writer) Stop(ctx context.Context, id book.ID) error {
	b, err := w.Shelf.Book(ctx, id)
	if err != nil {
		return err
	}
	const reason = "somebody paused it"
	hint := "quire resume " + string(id) + " goes on"
	return w.Shelf.Save(ctx, Change{
		Name: "pause", Book: id, Then: &Standing{State: book.Paused, Reason: reason, Hint: hint}, Drop: true,
		Events: []event.Payload{event.BookPaused{Reason: reason, Hint: hint}},
		Allow: func(now book.Book, _ []book.Chapter) error {
			if now.State.Moving() {
				return nil
			}
			return problem.New(problem.Conflict, "the book %q is %s: there is nothing to pause", b.Title, now.State).Try("quire show %s tells where it stands", id)
		},
	})
}

// Raise changes what a book may cost, to more or less; nil lifts the limit.
func (w *Writer) Raise(ctx context.Context, id book.ID, budget *book.USD) error {
	b, err := w.Shelf.Book(ctx, id)
	if err != nil {
		return err
	}
	if b.Brief.Imported || b.Terms.Provider == book.BuiltIn {
		return problem.New(problem.Conflict, "the book %q costs nothing, so it has no budget", b.Title).Try("quire show %s tells who writes it", id)
	}
	terms := b.Terms
	terms.Budget = budget
	return w.Shelf.Save(ctx, Change{Name: "budget", Book: id, Terms: &terms, Events: []event.Payload{event.BudgetChanged{Budget: budget}}})
}

// limit lets the book pause when so many more chapters are written; 0 lifts that.
func (w *Writer) limit(ctx context.Context, b book.Book, more int) error {
	if more == 0 && b.Terms.Chapters == 0 {
		return nil
	}
	chapters, err := w.Shelf.Chapters(ctx, b.ID)
	if err != nil {
		return err
	}
	terms := b.Terms
	terms.Chapters = 0
	if more > 0 {
		terms.Chapters = written(chapters) + more
	}
	return w.Shelf.Save(ctx, Change{Name: "limit", Book: b.ID, Terms: &terms})
}

// Rested is why a book is paused that went on for as many chapters as its maker
// wanted.
const Rested = "as many chapters are written as were asked for now"

// rest pauses the book because as many chapters are written as its maker wanted.
func (w *Writer) rest(ctx context.Context, f *folder) error {
	f.left = true
	hint := "quire resume " + string(f.book.ID) + " goes on"
	terms := f.book.Terms
	terms.Chapters = 0
	change := f.change("rest")
	change.Then, change.Terms, change.Drop = &Standing{State: book.Paused, Reason: Rested, Hint: hint}, &terms, true
	change.Events = []event.Payload{event.BookPaused{Reason: Rested, Hint: hint}}
	return w.Shelf.Save(ctx, change)
}
