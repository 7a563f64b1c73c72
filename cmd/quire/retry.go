package main

import (
	"quire/book"
	"quire/problem"
)

// retryVerb tries again what failed.
type retryVerb struct {
	ID      string `arg:"" help:"ID of the book; quire books lists them."`
	Chapter *int   `help:"Try only this chapter again." placeholder:"N"`
	JSON    bool   `help:"Print the result as JSON."`

	termsFlags
}

// Run orders again what failed and finishes the book.
func (v *retryVerb) Run(s *session) error {
	ordinal := 0
	if v.Chapter != nil {
		if *v.Chapter < 1 {
			return problem.New(problem.Invalid, "chapters are counted from 1, so there is no chapter %d", *v.Chapter).Try("quire show %s lists them", v.ID)
		}
		ordinal = *v.Chapter
	}
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	if err := h.home.lock(s.ctx, v.ID); err != nil {
		return err
	}
	if err := v.settle(s, h, book.ID(v.ID)); err != nil {
		return err
	}
	if err := h.writer.Retry(s.ctx, book.ID(v.ID), ordinal); err != nil {
		return err
	}
	return s.finish(h, book.ID(v.ID), v.JSON)
}
