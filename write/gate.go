package write

import (
	"context"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
)

// gated reports whether the book waits for its maker behind a stage that is done.
func (f *folder) gated(stage string) bool {
	if !slices.Contains(f.book.Brief.Approve, stage) || !slices.Contains(f.preset.Stages, stage) {
		return false
	}
	s, err := f.steering()
	return err == nil && !slices.Contains(s.Approved, stage)
}

// openGate lets the book wait for its maker.
func (w *Writer) openGate(ctx context.Context, f *folder, stage string) error {
	f.left = true
	hint := "quire show " + string(f.book.ID) + " tells what is there; quire approve " + string(f.book.ID) + " goes on"
	change := f.change("gate")
	change.Then = &Standing{State: book.Waiting, Stage: stage, Reason: "the " + stage + " waits to be approved", Hint: hint}
	change.Events = []event.Payload{event.GateOpened{Stage: stage, Hint: hint}}
	change.Drop = true
	return w.Shelf.Save(ctx, change)
}

// checkGates refuses gates that the book will never come to.
func (w *Writer) checkGates(brief book.Brief) error {
	p := preset(book.Book{Brief: brief, Engine: w.engine()})
	for _, gate := range brief.Approve {
		if slices.Contains(book.Gates(), gate) && !slices.Contains(p.Stages, gate) {
			return problem.New(problem.Invalid, "the preset %s has no stage %s that could be approved", p.Name, gate).
				Try("leave it out of --approve, or choose another --preset")
		}
	}
	return nil
}

// Approve lets a book go on that waits behind a stage; "" is whichever it waits
// behind. At the concept a direction, from 1, takes another of the ways that it
// names: the concept is asked for again, and the rest follows from that one; 0
// leaves it as it is.
func (w *Writer) Approve(ctx context.Context, id book.ID, stage string, direction int) error {
	f, err := w.look(ctx, id)
	if err != nil {
		return err
	}
	if err := waits(f.book, stage); err != nil {
		return err
	}
	stage = f.book.Stage
	s, err := f.steering()
	if err != nil {
		return err
	}
	s.Approved = append(s.Approved, stage)
	if direction != 0 {
		if err := f.checkDirection(stage, direction); err != nil {
			return err
		}
		if direction != f.concept.Chosen {
			s.Direction = direction
			s.again("concept")
		}
	}
	change := w.goingOn(f.book, "approval")
	change.Artefacts = []Artefact{{Name: "steering", Body: s.Steering, Author: signed(""), Base: f.current["steering"].Number}}
	change.Events = []event.Payload{event.GateApproved{Stage: stage}}
	change.Allow = func(b book.Book, _ []book.Chapter) error { return waits(b, stage) }
	return w.Shelf.Save(ctx, change)
}

// waits reports why a stage of the book cannot be approved.
func waits(b book.Book, stage string) error {
	switch {
	case stage != "" && !slices.Contains(book.Gates(), stage):
		return problem.New(problem.Invalid, "there is no stage %q that could be approved", stage).Try("the stages are %s", strings.Join(book.Gates(), ", "))
	case b.State != book.Waiting:
		return problem.New(problem.Conflict, "the book %q is %s and waits for nobody", b.Title, b.State).Try("quire show %s tells where it stands", b.ID)
	case stage != "" && stage != b.Stage:
		return problem.New(problem.Conflict, "the book %q waits behind its %s, not behind its %s", b.Title, b.Stage, stage).Try("quire approve %s %s goes on", b.ID, b.Stage)
	default:
		return nil
	}
}

func (f *folder) checkDirection(stage string, direction int) error {
	n := len(f.concept.Directions)
	switch {
	case stage != "concept":
		return problem.New(problem.Conflict, "a direction is chosen with the concept, and that is approved already").
			Try("quire edit %s concept changes it by hand", f.book.ID)
	case n == 0:
		return problem.New(problem.Invalid, "the concept names no directions to choose from").Try("leave out --direction")
	case direction < 1 || direction > n:
		return problem.New(problem.Invalid, "the concept names %d directions, so there is no direction %d", n, direction).
			Try("choose a number from 1 to %d", n)
	default:
		return nil
	}
}

// goingOn is the start of a person's change after which the book goes on.
func (w *Writer) goingOn(b book.Book, name string) Change {
	w.calls.allow(b.ID)
	return Change{
		Name: name, Book: b.ID, From: []book.State{b.State}, Then: &Standing{State: book.Queued}, Drop: true,
		Next: func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter) {
			return dueAgain(b, chapters, w.Clock().Add(1))
		},
	}
}
