package main

import "quire/book"

// pauseVerb pauses a book that another quire writes.
type pauseVerb struct {
	ID   string `arg:"" help:"ID of the book; quire books lists them."`
	JSON bool   `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*pauseVerb) Help() string {
	return `Stops the work on a book from another terminal, within a second. Everything that was answered is kept; quire resume goes on.`
}

// Run pauses the book.
func (v *pauseVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	id := book.ID(v.ID)
	if err := h.writer.Stop(s.ctx, id); err != nil {
		return err
	}
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	if v.JSON {
		return s.json(verdict{b.ID, b.Title, b.State})
	}
	return s.print("“%s” is paused; what was written is kept.\nNext: quire resume %s goes on", b.Title, id)
}
