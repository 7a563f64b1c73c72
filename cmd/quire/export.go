package main

import (
	"quire/book"
	"quire/edition"
)

// exportVerb writes a book to files.
type exportVerb struct {
	ID     string   `arg:"" help:"ID of the book; quire books lists them."`
	Output []string `short:"o" sep:"none" required:"" help:"File to write; repeat for more. The ending says the kind: ${formats}" placeholder:"FILE"`
	looksFlags
	JSON bool `help:"Print the result as JSON."`
}

// written is a file that a verb wrote.
type written struct {
	File  string `json:"file"`
	Pages int    `json:"pages"`
	Words int    `json:"words"`
}

// Run writes each file.
func (v *exportVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // nothing was changed
	for _, path := range v.Output {
		if _, err := h.maker.FormatOf(path); err != nil {
			return err
		}
		if err := edition.Writable(path); err != nil {
			return err
		}
	}
	looks, err := v.looks("", "")
	if err != nil {
		return err
	}
	list := []written{}
	for _, path := range v.Output {
		file, err := h.maker.Export(s.ctx, book.ID(v.ID), path, looks)
		if err != nil {
			return err
		}
		list = append(list, written{path, file.Pages, file.Words})
	}
	return s.tellFiles(list, v.JSON)
}

// tellFiles prints what was written where.
func (s *session) tellFiles(list []written, asJSON bool) error {
	if asJSON {
		return s.json(list)
	}
	for _, w := range list {
		size := count(w.Words, "word")
		if w.Pages > 0 {
			size = count(w.Pages, "page") + ", " + size
		}
		if err := s.print("%s: %s", w.File, size); err != nil {
			return err
		}
	}
	return nil
}
