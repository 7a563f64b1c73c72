package write

import (
	"context"
	"maps"
	"strings"

	"quire/book"
	"quire/jobs"
)

// steering is what the maker decided so far.
type steering struct{ book.Steering }

func (f *folder) steering() (s steering, err error) {
	_, err = f.arts.read("steering", &s.Steering)
	return s, err
}

// again has an artefact of the plan asked for anew.
func (s *steering) again(name string) {
	redo := map[string]int{}
	maps.Copy(redo, s.Redo)
	redo[name]++
	s.Redo = redo
}

// redo is how often the maker had an artefact of the plan asked for anew.
func (f *folder) redo(name string) int {
	s, err := f.steering()
	if err != nil {
		return 0
	}
	return s.Redo[name]
}

// revision is which version of an artefact of the plan is asked for, from 1.
func (f *folder) revision(name string) int { return f.redo(name) + 1 }

// made reports whether an artefact of the plan is there, as often as the maker
// had it asked for.
func (f *folder) made(name string) bool {
	if !f.has(name) {
		return false
	}
	times := 0
	_, err := f.arts.read("redo/"+name, &times)
	return err == nil && times >= f.redo(name)
}

// redone notes with an artefact of the plan how often it was asked for.
func (f *folder) redone(name string) []Artefact {
	if n := f.redo(name); n > 0 {
		return []Artefact{{Name: "redo/" + name, Body: n}}
	}
	return nil
}

// order is what the maker wants of the folder's chapter in its current draft.
func (f *folder) order() book.Notes {
	var n book.Notes
	if _, err := f.arts.read("notes/"+f.unit, &n); err != nil || n.Draft != f.chapter().Draft {
		return book.Notes{}
	}
	return n
}

// notes are the maker's words on the folder's chapter in its current draft.
func (f *folder) notes() string { return f.order().Text }

// theirs reports whether the text of the folder's chapter is a person's own. No
// stage replaces it unasked.
func (f *folder) theirs() bool {
	t, ok, err := f.text()
	return ok && err == nil && t.Theirs()
}

// signed is the author of what a person made.
func signed(name string) string {
	if name = strings.TrimSpace(name); name == "" {
		return person
	}
	return person + ":" + name
}

// look opens the folder of the whole book without a lease, to read.
func (w *Writer) look(ctx context.Context, id book.ID) (*folder, error) {
	return w.open(ctx, jobs.Job{Kind: jobs.Advance, Book: id, Unit: jobs.UnitBook}, "")
}
