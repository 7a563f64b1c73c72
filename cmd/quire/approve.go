package main

import "quire/book"

// approveVerb lets a book go on that waits for its maker.
type approveVerb struct {
	ID        string `arg:"" help:"ID of the book; quire books lists them."`
	Stage     string `arg:"" optional:"" help:"Stage that is approved: ${gates}. Default: the one it waits behind."`
	Direction int    `help:"At the concept: take the N-th of the directions that it names." placeholder:"N"`

	goOnFlags
}

// Help shows how the verb is used.
func (*approveVerb) Help() string {
	return `A book that was begun with --approve waits behind the stages that were named there. Look at what is there with quire show, change it with quire edit, then approve it.

Examples:
  quire approve bk_1f2e3d4c5b6a
  quire approve bk_1f2e3d4c5b6a concept --direction 2`
}

// Run approves the stage and goes on.
func (v *approveVerb) Run(s *session) error {
	return s.steer(v.ID, v.goOnFlags, func(h *house) error {
		return h.writer.Approve(s.ctx, book.ID(v.ID), v.Stage, v.Direction)
	})
}
