package main

import (
	"context"

	"quire/book"
)

// lockVerb keeps chapters as they are.
type lockVerb struct {
	ID       string   `arg:"" help:"ID of the book; quire books lists them."`
	Chapters []string `arg:"" name:"chapter" help:"Chapters by number, such as 3,5-7."`
	JSON     bool     `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*lockVerb) Help() string {
	return `Nothing changes the text of a locked chapter: no job, no edit, no rewrite. One that is being written anew stays as it was before.

Example:
  quire lock bk_1f2e3d4c5b6a 1,4-6`
}

// Run locks the chapters.
func (v *lockVerb) Run(s *session) error { return s.setLock(v, "locked", (*house).lock) }

// unlockVerb lets chapters change again.
type unlockVerb struct{ lockVerb }

// Help shows how the verb is used.
func (*unlockVerb) Help() string { return `Lets locked chapters be changed again.` }

// Run unlocks the chapters.
func (v *unlockVerb) Run(s *session) error {
	return s.setLock(&v.lockVerb, "unlocked", (*house).unlock)
}

func (h *house) lock(ctx context.Context, id book.ID, list []int) error {
	return h.writer.Lock(ctx, id, list...)
}

func (h *house) unlock(ctx context.Context, id book.ID, list []int) error {
	return h.writer.Unlock(ctx, id, list...)
}

// lockLine is what lock and unlock print as JSON.
type lockLine struct {
	verdict
	Chapters []int `json:"chapters"`
}

func (s *session) setLock(v *lockVerb, done string, do func(*house, context.Context, book.ID, []int) error) error {
	list, err := ordinals(v.Chapters)
	if err != nil {
		return err
	}
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	id := book.ID(v.ID)
	if err := do(h, s.ctx, id, list); err != nil {
		return err
	}
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	if v.JSON {
		return s.json(lockLine{verdict{b.ID, b.Title, h.status(b)}, list})
	}
	if len(list) == 1 {
		return s.print("Chapter %d of “%s” is %s.", list[0], b.Title, done)
	}
	return s.print("%s of “%s” are %s.", count(len(list), "chapter"), b.Title, done)
}
