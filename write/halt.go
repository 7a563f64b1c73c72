package write

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
)

// halts reports failures that are no fault of the book or of one question in it:
// once the provider is back, or a person has put things right, the book goes on
// where it stopped.
func halts(err error) bool {
	switch llm.ClassOf(err) {
	case llm.OverBudget, llm.Quota, llm.Auth, llm.Unreachable, llm.Overloaded, llm.Timeout, llm.RateLimited:
		return true
	case llm.Bad:
		return !ofQuestion(err)
	default:
		return false
	}
}

// ofQuestion reports whether a provider found fault with one question, such as
// with its length. What else is wrong with a call is so with every other: the
// address, its certificate, the name of the model.
func ofQuestion(err error) bool {
	var f *llm.Fault
	if !errors.As(err, &f) {
		return false
	}
	switch f.Status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return true
	default:
		return false
	}
}

// settled makes a failure final which a later try of the job would only repeat:
// a provider that cannot be reached was tried for as long as that may help, and
// somebody should look. Before a failure halts the book, the calls that are
// under way come to their end: they are paid for.
func (w *Writer) settled(ctx context.Context, job jobs.Job, err error) error {
	if llm.ClassOf(err) == llm.Unreachable {
		p := problem.Of(err)
		err = problem.New(problem.Conflict, "%s", p.Detail).Because(err).Try("%s", p.Hint)
	}
	if halts(err) && final(err) {
		w.calls.halt(ctx, job.Book)
		if ctx.Err() != nil {
			w.calls.allow(job.Book) // it was stopped meanwhile, and nobody will say why it halts
		}
	}
	return err
}

// final reports whether a job that failed so is not tried again.
func final(err error) bool {
	switch problem.Of(err).Kind {
	case problem.Limited, problem.Unavailable, problem.Canceled, problem.Internal:
		return false
	default:
		return true
	}
}

// halt pauses the book and says why.
func (w *Writer) halt(ctx context.Context, job jobs.Job, run string, err error) error {
	defer w.calls.allow(job.Book)
	p := problem.Of(err)
	hint := "quire resume " + string(job.Book)
	switch {
	case llm.ClassOf(err) == llm.OverBudget:
		hint = p.Hint + ": " + hint + " --budget USD"
	case p.Hint != "":
		hint = p.Hint + "; then " + hint + " goes on"
	default:
		hint += " goes on"
	}
	return w.Shelf.Save(ctx, Change{
		Name: "halt", Book: job.Book, Unit: job.Unit, Run: run, Drop: true,
		Then:   &Standing{State: book.Paused, Reason: p.Detail, Hint: hint},
		Events: []event.Payload{event.BookPaused{Reason: p.Detail, Hint: hint}},
	})
}

// calls counts the calls under way of each book, so that a book is not halted
// in the midst of one that will have to be paid. The zero value is ready.
type calls struct {
	mu      sync.Mutex
	open    map[book.ID]int
	halting map[book.ID]bool
	ended   chan struct{} // closed when a call ends; nil if nobody waits
}

// errHalting ends the work on a book that is about to be halted by another
// chapter. The work is left for later.
var errHalting = problem.New(problem.Canceled, "the book is about to be paused")

// begin counts a call, unless its book is halting; end must follow.
func (c *calls) begin(id book.ID) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.halting[id] {
		return errHalting
	}
	if c.open == nil {
		c.open, c.halting = map[book.ID]int{}, map[book.ID]bool{}
	}
	c.open[id]++
	return nil
}

func (c *calls) end(id book.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open[id]--; c.open[id] == 0 {
		delete(c.open, id)
	}
	if c.ended != nil {
		close(c.ended)
		c.ended = nil
	}
}

// halt lets no further call of the book begin, until allow, and waits for those
// that are under way, or until ctx ends.
func (c *calls) halt(ctx context.Context, id book.ID) {
	for {
		c.mu.Lock()
		if c.halting == nil {
			c.open, c.halting = map[book.ID]int{}, map[book.ID]bool{}
		}
		c.halting[id] = true
		if c.open[id] == 0 {
			c.mu.Unlock()
			return
		}
		if c.ended == nil {
			c.ended = make(chan struct{})
		}
		ended := c.ended
		c.mu.Unlock()
		select {
		case <-ctx.Done():
			return
		case <-ended:
		}
	}
}

func (c *calls) allow(id book.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.halting, id)
}
