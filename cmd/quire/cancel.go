package main

import "quire/book"

// cancelVerb stops the work on a book.
type cancelVerb struct {
	ID   string `arg:"" help:"ID of the book; quire books lists them."`
	JSON bool   `help:"Print the result as JSON."`
}

// Run cancels the book, also one that another process is writing.
func (v *cancelVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	id := book.ID(v.ID)
	if err := h.writer.Cancel(s.ctx, id); err != nil {
		return err
	}
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	if v.JSON {
		return s.json(verdict{b.ID, b.Title, b.State})
	}
	return s.print("“%s” is canceled; what was written is kept.\nNext: quire resume %s takes it up again · quire delete %s removes it", b.Title, id, id)
}

// verdict is what verbs that only change a book's state print as JSON.
type verdict struct {
	ID     book.ID    `json:"id"`
	Title  string     `json:"title"`
	Status book.State `json:"status"`
}
