package main

import (
	"bufio"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"quire/blob"
	"quire/book"
	"quire/problem"
)

// deleteVerb removes a book.
type deleteVerb struct {
	ID   string `arg:"" help:"ID of the book; quire books lists them."`
	Yes  bool   `short:"y" help:"Do not ask."`
	JSON bool   `help:"Print the result as JSON."`
}

// Run asks on a terminal, then removes the book. Files that were written
// elsewhere stay.
func (v *deleteVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	b, err := h.store.Book(s.ctx, book.ID(v.ID))
	if err != nil {
		return err
	}
	if !v.Yes {
		if err := s.confirm("Delete “" + b.Title + "” for good? [y/N] "); err != nil {
			return err
		}
	}
	if h.status(b) == book.Paused && b.State.Moving() { // its process died
		if err := h.writer.Pause(s.ctx, b.ID); err != nil {
			return err
		}
	}
	orphans, err := h.store.Delete(s.ctx, b.ID)
	if err != nil {
		return err
	}
	for _, hash := range orphans {
		if err := h.maker.Bucket.Delete(s.ctx, blob.Hash(hash)); err != nil {
			return err
		}
	}
	if v.JSON {
		return s.json(verdict{b.ID, b.Title, "deleted"})
	}
	return s.print("“%s” is deleted.", b.Title)
}

// confirm asks a terminal; without one the flag must have answered.
func (s *session) confirm(question string) error {
	in, ok := s.in.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return problem.New(problem.Invalid, "nobody can be asked, because standard input is no terminal").Try("add --yes if you are sure")
	}
	// A terminal that is gone cannot be told so.
	_, _ = io.WriteString(s.talk, question)
	answer, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && answer == "" {
		return problem.New(problem.Canceled, "nothing was deleted").Because(err)
	}
	if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
		return problem.New(problem.Canceled, "nothing was deleted")
	}
	return nil
}
