package main

import (
	"time"

	"quire/book"
)

// booksVerb lists the library.
type booksVerb struct {
	JSON bool `help:"Print JSON: a list of objects."`
}

// bookLine is a book in a list.
type bookLine struct {
	ID       book.ID    `json:"id"`
	Title    string     `json:"title"`
	Status   book.State `json:"status"`
	Kind     book.Kind  `json:"kind"`
	Chapters int        `json:"chapters"`
	Words    int        `json:"words"`
	Created  time.Time  `json:"created"`
}

// pageSize is how many books are read at once.
const pageSize = 200

// Run prints a line a book, the newest first.
func (v *booksVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // nothing was changed
	lines := []bookLine{}
	for after := book.ID(""); ; {
		books, err := h.store.Books(s.ctx, after, pageSize)
		if err != nil {
			return err
		}
		for _, b := range books {
			lines = append(lines, bookLine{b.ID, b.Title, h.status(b), b.Brief.Kind, b.Brief.Chapters, b.Brief.Words, b.Created})
			after = b.ID
		}
		if len(books) < pageSize {
			break
		}
	}
	if v.JSON {
		return s.json(lines)
	}
	if len(lines) == 0 {
		return s.print(`The library is empty. Begin with: quire write "The lamplighter of Skerry Point"`)
	}
	t := s.table()
	t.row("ID", "STATUS", "KIND", "CHAPTERS", "WORDS", "CREATED", "TITLE")
	for _, l := range lines {
		t.row(string(l.ID), string(l.Status), string(l.Kind), thousands(l.Chapters), thousands(l.Words), l.Created.Local().Format("2006-01-02 15:04"), l.Title)
	}
	return t.flush()
}

// status is the book's state as it is true now: a book that should move in a
// home where nothing runs stands still.
func (h *house) status(b book.Book) book.State {
	if b.State.Moving() && h.store.Alone() && !h.home.busy() {
		return book.Paused
	}
	return b.State
}
