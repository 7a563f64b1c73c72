package main

import "quire/book"

// keepVerb takes an older revision of a chapter back.
type keepVerb struct {
	ID      string `arg:"" help:"ID of the book; quire books lists them."`
	Chapter int    `required:"" help:"Chapter, by number." placeholder:"N"`
	Rev     int    `required:"" help:"Revision that stands again; quire history lists them." placeholder:"R"`
	By      string `help:"Who does it, for the history." placeholder:"NAME"`

	goOnFlags
}

// Help shows how the verb is used.
func (*keepVerb) Help() string {
	return `An older revision of a chapter becomes its newest one, and no job changes it. Nothing is lost: what stood before stays in the history too.`
}

// Run takes the revision back, and puts a finished book together again.
func (v *keepVerb) Run(s *session) error {
	return s.change(v.ID, v.goOnFlags, func(h *house) error {
		return h.writer.Keep(s.ctx, book.ID(v.ID), v.Chapter, v.Rev, v.By)
	})
}
