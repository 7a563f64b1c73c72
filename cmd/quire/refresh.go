package main

import (
	"quire/book"
	"quire/problem"
	"quire/write"
)

// refreshVerb makes anew what is stale.
type refreshVerb struct {
	ID   string   `arg:"" help:"ID of the book; quire books lists them."`
	Only []string `help:"Only of these chapters, such as 3,5-7." placeholder:"CHAPTERS"`
	Yes  bool     `short:"y" help:"Do not ask."`

	goOnFlags
}

// Help shows how the verb is used.
func (*refreshVerb) Help() string {
	return `Tells what it will do and for how much, and asks. Locked chapters and what you wrote yourself stay as they are. What is new may make later chapters stale in turn: look at quire stale again.

Examples:
  quire refresh bk_1f2e3d4c5b6a
  quire refresh bk_1f2e3d4c5b6a --only 3-5 --yes`
}

// Run asks, and goes on with what is stale.
func (v *refreshVerb) Run(s *session) error {
	only, err := ordinals(v.Only)
	if err != nil {
		return err
	}
	none := false
	err = s.steer(v.ID, v.goOnFlags, func(h *house) error {
		id := book.ID(v.ID)
		list, chapters, err := s.stale(h, id)
		if err != nil {
			return err
		}
		if none = len(list) == 0; none {
			return problem.New(problem.Conflict, "nothing is stale")
		}
		todo := write.Chosen(list, only)
		if !v.JSON {
			if err := s.tellStale(list, chapters); err != nil {
				return err
			}
		}
		if len(todo) > 0 && !v.Yes {
			if err := s.sure("Make " + count(len(todo), "thing") + " anew, with " + shownEffort(write.Sum(todo)) + "?"); err != nil {
				return err
			}
		}
		_, err = h.writer.Refresh(s.ctx, id, only...)
		return err
	})
	if none && !v.JSON {
		return s.print("Nothing is stale: everything was made from what is there.")
	}
	if none {
		return s.json(stalePage{Stale: []staleLine{}})
	}
	return err
}
