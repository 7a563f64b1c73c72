// Package write is where a brief becomes a manuscript. The life of a book is the
// stage table below: each stage asks a model, holds the answer against the rules
// of the noun that it should be, and saves it with the events and jobs that
// follow, in one transaction. A stage that is done is passed over, so work that
// was cut off goes on where it stopped, and gives the same book.
//
// Next: press
package write

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
)

// Writer carries books from brief to manuscript. Its fields are set before use
// and stay; it is safe for concurrent use.
type Writer struct {
	Shelf   Shelf
	Model   llm.Model  // with its journal outermost
	Memory  llm.Memory // of that journal: refused replies are marked there
	Authors Authors    // behind Model
	Random  io.Reader  // for the IDs of books
	Clock   func() time.Time
	Width   int    // chapters of a book that are written at once; 0 is four
	Engine  string // version that new books begin with; "" is the newest

	calls calls // under way
	desk  desk
}

// Authors knows the models behind the one that a Writer asks.
type Authors interface {
	// Serve reports why nobody can write a book in the language on the terms.
	Serve(terms book.Terms, language string) error
	// Ability is what the model can do that is asked first in a role.
	Ability(terms book.Terms, role llm.Role) llm.Caps
	// Notice is the sentence that the imprint of a book must have which a model
	// wrote a part of, as provider/model; "" if it asks for none.
	Notice(author string) string
}

// Shelf keeps books. The store implements it.
type Shelf interface {
	// Create puts a new book into the library with its first events, jobs and
	// artefacts.
	Create(ctx context.Context, b book.Book, events []event.Payload, list []jobs.Job, with ...Artefact) error
	// Book returns a book, or problem.Missing.
	Book(ctx context.Context, id book.ID) (book.Book, error)
	// Chapters returns the chapters of a book in reading order.
	Chapters(ctx context.Context, id book.ID) ([]book.Chapter, error)
	// Artefacts returns the current revisions of what lies at or below prefix.
	Artefacts(ctx context.Context, id book.ID, prefix string) (map[string]json.RawMessage, error)
	// Revisions lists the revisions of what lies at or below prefix, by name and
	// number; only the current ones if current is set.
	Revisions(ctx context.Context, id book.ID, prefix string, current bool) ([]Revision, error)
	// Revision returns the body of one revision, or problem.Missing.
	Revision(ctx context.Context, id book.ID, name string, number int) (json.RawMessage, error)
	// Tries lists all calls over the wire on behalf of a book, the first one first.
	Tries(ctx context.Context, id book.ID) ([]llm.Try, error)
	// Credits lists who made what lies at or below prefix, each once, sorted:
	// models as provider/model.
	Credits(ctx context.Context, id book.ID, prefix string) ([]string, error)
	// Save makes a change, all of it or nothing; problem.Conflict if the lease that
	// the change names is not held or the book's state does not allow it.
	Save(ctx context.Context, c Change) error
}

// stage is a step of a book's life.
type stage struct {
	name string
	done func(f *folder) bool
	do   func(w *Writer, ctx context.Context, f *folder) error
}

// stages are the steps of a book's life, in order, up to its manuscript; what
// follows is the edition's. A preset names those that its books go through. The
// stage "draft" orders a job for each chapter.
var stages = []stage{
	{"concept", func(f *folder) bool { return f.made("concept") }, (*Writer).concept},
	{"bible", func(f *folder) bool { return f.made("bible") }, (*Writer).bible},
	{"outline", func(f *folder) bool { return f.made("outline") }, (*Writer).outlineAll},
	{"beats", (*folder).planned, (*Writer).beats},
	{"waves", (*folder).waved, (*Writer).planWaves},
	{"draft", (*folder).drafted, (*Writer).draft},
	{"review", (*folder).reviewed, (*Writer).review},
	{"figures", (*folder).pictured, (*Writer).figures},
	{"matter", func(f *folder) bool { return f.made("matter") }, (*Writer).matter},
	{"bind", (*folder).bound, (*Writer).bind},
	{"report", (*folder).reported, (*Writer).report},
	{"typeset", func(*folder) bool { return false }, (*Writer).orderEdition},
}

// chapterStages are the steps of a chapter's life: its sections are written one
// after the other and joined, and what it added to the book is observed. One of
// which the maker wants a passage anew has its text, when that is done.
var chapterStages = []stage{
	{"sections", func(f *folder) bool { _, ok, err := f.text(); return ok && err == nil || f.order().From == 0 }, (*Writer).span},
	{"sections", func(f *folder) bool { _, ok, err := f.text(); return ok && err == nil }, (*Writer).sections},
	{"polish", func(f *folder) bool { return f.rounds() >= f.preset.Rounds || f.order().Part() }, (*Writer).polish},
	{"observe", func(f *folder) bool { return f.chapter().State == book.ChapterWritten }, (*Writer).observe},
}

// Advancer does the jobs that carry a book from stage to stage.
func (w *Writer) Advancer() jobs.Handler { return advancer{w} }

// Drafter does the jobs that write chapters.
func (w *Writer) Drafter() jobs.Handler { return drafter{w} }

type advancer struct{ *Writer }

// Work does the stages of a book that are not done, until one of them leaves the
// rest to other jobs.
func (a advancer) Work(ctx context.Context, job jobs.Job, run string) error {
	return a.settled(ctx, job, a.advance(ctx, job, run))
}

func (a advancer) advance(ctx context.Context, job jobs.Job, run string) error {
	for i, did := 0, -1; i < len(stages); {
		f, err := a.open(ctx, job, run)
		if err != nil {
			return err
		}
		s := stages[i]
		switch {
		case !slices.Contains(f.preset.Stages, s.name):
			i++
		case did < i && !s.done(f):
			did = i
			if err := a.enter(ctx, f, s.name); err != nil {
				return err
			}
			if err := s.do(a.Writer, ctx, f); err != nil || f.left {
				return err
			}
		case f.gated(s.name):
			return a.openGate(ctx, f, s.name)
		default:
			i++
		}
	}
	return nil
}

// GiveUp records that a stage of the book failed for good.
func (a advancer) GiveUp(ctx context.Context, job jobs.Job, run string, err error) error {
	return a.Fail(ctx, job, run, err)
}

// Fail records that the book cannot go on by itself.
func (w *Writer) Fail(ctx context.Context, job jobs.Job, run string, err error) error {
	b, missing := w.Shelf.Book(ctx, job.Book)
	if missing != nil {
		return missing
	}
	if halts(err) {
		return w.halt(ctx, job, run, err)
	}
	p := problem.Of(err)
	hint := "quire retry " + string(b.ID) + " tries again from here"
	if p.Hint != "" && !strings.Contains(p.Hint, "quire retry") {
		hint = p.Hint + "; then " + hint
	}
	return w.Shelf.Save(ctx, Change{
		Name: "failure", Book: b.ID, Unit: job.Unit, Run: run,
		Then:   &Standing{State: book.Failed, Reason: p.Detail, Hint: hint},
		Events: []event.Payload{event.BookFailed{Stage: b.Stage, Reason: p.Detail, Hint: hint}},
	})
}

type drafter struct{ *Writer }

// Work does the stages of a chapter that are not done. One that a person locked
// meanwhile stays as it was.
func (d drafter) Work(ctx context.Context, job jobs.Job, run string) error {
	err := d.draft(ctx, job, run)
	if errors.Is(err, ErrLocked) {
		err = d.stays(ctx, job, run)
	}
	return d.settled(ctx, job, err)
}

func (d drafter) draft(ctx context.Context, job jobs.Job, run string) error {
	for _, s := range chapterStages {
		f, err := d.open(ctx, job, run)
		if err != nil {
			return err
		}
		if state := f.chapter().State; state != book.ChapterQueued && state != book.ChapterRunning {
			return nil // a job that was left over: there is nothing to write
		}
		if _, ok, err := f.text(); err == nil && !ok && f.chapter().Locked {
			return ErrLocked
		}
		if !slices.Contains(f.preset.Chapter, s.name) || s.done(f) {
			continue
		}
		if err := s.do(d.Writer, ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// GiveUp records that a chapter failed for good. The book goes on without it
// and ends as partial; unless no model can go on with any chapter.
func (d drafter) GiveUp(ctx context.Context, job jobs.Job, run string, err error) error {
	if halts(err) {
		return d.halt(ctx, job, run, err)
	}
	f, opened := d.open(ctx, job, run)
	if opened != nil {
		return opened
	}
	c := f.fallen(err)
	return d.Shelf.Save(ctx, Change{
		Name: "chapter failure", Book: job.Book, Unit: job.Unit, Run: run,
		Chapters: []book.Chapter{c},
		Events:   []event.Payload{event.ChapterFailed{Chapter: c.ID, Ordinal: c.Ordinal, Reason: c.Reason}},
		Next:     d.next(c.Wave),
	})
}
