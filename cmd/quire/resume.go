package main

import (
	"quire/book"
	"quire/problem"
)

// resumeVerb lets a book go on.
type resumeVerb struct {
	ID       string `arg:"" help:"ID of the book; quire books lists them."`
	Chapters *int   `help:"Pause again when so many more chapters are written." placeholder:"N"`
	JSON     bool   `help:"Print the result as JSON."`

	termsFlags
}

// Help shows how the verb is used.
func (*resumeVerb) Help() string {
	return `Goes on where the book was stopped, by Ctrl-C or by force, and writes the files that were first asked for.`
}

// Run takes the book up and finishes it. One that is finished has its files
// written again.
func (v *resumeVerb) Run(s *session) error {
	more := 0
	if v.Chapters != nil {
		if more = *v.Chapters; more < 1 {
			return problem.New(problem.Invalid, "a book cannot go on for %d chapters", more).Try("choose a number of at least 1, or leave out --chapters")
		}
	}
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	id := book.ID(v.ID)
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	if b.State == book.Finished || b.State == book.Partial {
		return s.deliver(h, b, true, v.JSON)
	}
	if err := h.home.lock(s.ctx, v.ID); err != nil {
		return err
	}
	if err := v.settle(s, h, book.ID(v.ID)); err != nil {
		return err
	}
	if err := h.writer.ResumeFor(s.ctx, id, more); err != nil {
		return err
	}
	return s.finish(h, id, v.JSON)
}
