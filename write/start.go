package write

import (
	"context"
	"slices"
	"time"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
)

// Start takes a brief in: a new book whose first job is ordered, to be written
// on the terms, with the maker's own sources. Outputs are the files that the maker
// wants at the end, absolute paths.
func (w *Writer) Start(ctx context.Context, brief book.Brief, terms book.Terms, outputs []string, sources ...book.Source) (book.Book, error) {
	if err := brief.Check(); err != nil {
		return book.Book{}, err
	}
	if err := book.CheckSources(sources); err != nil {
		return book.Book{}, err
	}
	brief = Sourced(brief, sources)
	brief = brief.Settle()
	if err := w.checkGates(brief); err != nil {
		return book.Book{}, err
	}
	if err := w.Authors.Serve(terms, brief.Language); err != nil {
		return book.Book{}, err
	}
	id, err := book.NewID(w.Random)
	if err != nil {
		return book.Book{}, err
	}
	b := book.Book{ID: id, Title: WorkingTitle(brief), Brief: brief, Terms: terms, State: book.Queued, Engine: w.engine(), Outputs: outputs, Created: w.Clock().UTC()}
	events := []event.Payload{event.BookCreated{
		Title: b.Title, Type: brief.Kind, Inferred: brief.Inferred, Chapters: brief.Chapters, Words: brief.Words, Seed: brief.Seed,
	}}
	if err := w.Shelf.Create(ctx, b, events, []jobs.Job{{Kind: jobs.Advance, Book: id, Unit: jobs.UnitBook}}, sourceArtefacts(sources)...); err != nil {
		return book.Book{}, err
	}
	return b, nil
}

// engine is the version that new books begin with.
func (w *Writer) engine() string {
	if w.Engine != "" {
		return w.Engine
	}
	return Newest().Version
}

// WorkingTitle names a book before it has its title.
func WorkingTitle(brief book.Brief) string {
	for _, s := range []string{brief.Title, brief.Topic} {
		if s != "" {
			return s
		}
	}
	if len(brief.Outline) > 0 {
		return brief.Outline[0].Title
	}
	return "Untitled"
}

// enter records that a stage of the book begins.
func (w *Writer) enter(ctx context.Context, f *folder, name string) error {
	if f.book.Stage == name && f.book.State == book.Running {
		return nil // it was entered before a cut
	}
	change := f.change("stage")
	change.Then = &Standing{State: book.Running, Stage: name}
	change.Events = []event.Payload{event.StageStarted{Stage: name}}
	return w.Shelf.Save(ctx, change)
}

// Resume lets a book that stands still go on. One that moves already, because
// its process died, is left to the reconciler.
func (w *Writer) Resume(ctx context.Context, id book.ID) error { return w.ResumeFor(ctx, id, 0) }

// ResumeFor lets a book go on until so many more chapters are written; 0 is to its
// end.
func (w *Writer) ResumeFor(ctx context.Context, id book.ID, chapters int) error {
	if chapters < 0 {
		return problem.New(problem.Invalid, "a book cannot go on for %d chapters", chapters).Try("choose a number of at least 1, or leave out --chapters")
	}
	b, err := w.Shelf.Book(ctx, id)
	if err != nil {
		return err
	}
	if b.State == book.Queued || b.State == book.Running || b.State == book.Paused || b.State == book.Canceled {
		if err := w.limit(ctx, b, chapters); err != nil {
			return err
		}
	}
	switch b.State {
	case book.Queued, book.Running:
		return nil
	case book.Paused, book.Canceled:
		return w.goOn(ctx, b, event.BookResumed{From: b.State}, nil)
	case book.Waiting:
		return problem.New(problem.Conflict, "the book %q waits for you: %s", b.Title, b.Reason).Try("%s", b.Hint)
	case book.Failed, book.Partial:
		return problem.New(problem.Conflict, "the book %q is %s: %s", b.Title, b.State, b.Reason).Try("quire retry %s tries again what failed", id)
	default:
		return problem.New(problem.Conflict, "the book %q is %s: there is nothing to resume", b.Title, b.State).
			Try("quire export %s -o FILE writes it to a file", id)
	}
}

// Agree changes the terms of a book; calls that are under way keep the old ones.
func (w *Writer) Agree(ctx context.Context, id book.ID, terms book.Terms) error {
	b, err := w.Shelf.Book(ctx, id)
	if err != nil {
		return err
	}
	if err := w.Authors.Serve(terms, b.Brief.Language); err != nil {
		return err
	}
	return w.Shelf.Save(ctx, Change{Name: "terms", Book: id, Terms: &terms})
}

// Warn records that most of a book's budget is used up.
func (w *Writer) Warn(ctx context.Context, id book.ID, spent, budget book.USD) error {
	return w.Shelf.Save(ctx, Change{Name: "budget warning", Book: id, Events: []event.Payload{event.BudgetWarned{Spent: spent, Budget: budget}}})
}

// Delay records that a call of a book failed and is made again after a while.
func (w *Writer) Delay(ctx context.Context, r llm.Request, err error, wait time.Duration) error {
	return w.Shelf.Save(ctx, Change{Name: "delay", Book: book.ID(r.Book), Events: []event.Payload{event.CallDelayed{
		Role: string(r.Role), Artefact: r.Artefact, Attempt: r.Attempt, Class: string(llm.ClassOf(err)), Reason: problem.Of(err).Detail,
		Wait: int(wait.Milliseconds()),
	}}})
}

// goOn queues a book again with what is due of it.
func (w *Writer) goOn(ctx context.Context, b book.Book, why event.Payload, again []book.Chapter) error {
	w.calls.allow(b.ID)
	change := Change{
		Name: "resume", Book: b.ID, From: []book.State{b.State}, Then: &Standing{State: book.Queued, Stage: b.Stage},
		Chapters: again, Events: []event.Payload{why}, Drop: true,
	}
	if len(again) > 0 {
		change.Then.Stage = "draft"
	}
	for _, c := range again {
		change.Events = append(change.Events, event.ChapterRetried{Chapter: c.ID, Ordinal: c.Ordinal})
	}
	change.Next = func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter) {
		return dueAgain(b, chapters, w.Clock().Add(1))
	}
	return w.Shelf.Save(ctx, change)
}

// dueAgain is what a book that stood still needs ordered.
func dueAgain(b book.Book, chapters []book.Chapter, now time.Time) ([]jobs.Job, []book.Chapter) {
	return again(b, chapters, nil, now)
}

// Retry tries again what failed: all failed chapters of the book, the one with
// the ordinal if it is not 0, or the stage at which the whole book failed.
func (w *Writer) Retry(ctx context.Context, id book.ID, ordinal int) error {
	b, err := w.Shelf.Book(ctx, id)
	if err != nil {
		return err
	}
	chapters, err := w.Shelf.Chapters(ctx, id)
	if err != nil {
		return err
	}
	if ordinal < 0 || ordinal > len(chapters) {
		return problem.New(problem.Invalid, "the book %q has %d chapters, so there is no chapter %d", b.Title, len(chapters), ordinal).
			Try("quire show %s lists them", id)
	}
	var failed []book.Chapter
	for _, c := range chapters {
		if c.State == book.ChapterFailed && (ordinal == 0 || ordinal == c.Ordinal) {
			c.State, c.Reason = book.ChapterWaiting, ""
			failed = append(failed, c)
		}
	}
	if ordinal > 0 && len(failed) == 0 {
		return problem.New(problem.Conflict, "chapter %d is %s: there is nothing to retry", ordinal, chapters[ordinal-1].State).
			Try("quire show %s tells which chapters failed", id)
	}
	if !slices.Contains([]book.State{book.Failed, book.Partial}, b.State) {
		return problem.New(problem.Conflict, "the book %q is %s: there is nothing to retry", b.Title, b.State).
			Try("quire show %s tells where it stands", id)
	}
	return w.goOn(ctx, b, event.BookResumed{From: b.State}, failed)
}

// Pause records that the runner was asked to stop; a book that does not move is
// left as it is.
func (w *Writer) Pause(ctx context.Context, id book.ID) error {
	err := w.Shelf.Save(ctx, Change{
		Name: "pause", Book: id, From: []book.State{book.Queued, book.Running}, Then: &Standing{State: book.Paused},
		Events: []event.Payload{event.BookPaused{}}, Drop: true,
	})
	if problem.Is(err, problem.Conflict) {
		return nil
	}
	return err
}

// Cancel gives the book up; work under way ends within a second. What was
// written is kept, and Resume takes it up again.
func (w *Writer) Cancel(ctx context.Context, id book.ID) error {
	b, err := w.Shelf.Book(ctx, id)
	if err != nil {
		return err
	}
	if b.State.Ended() && b.State != book.Failed {
		return problem.New(problem.Conflict, "the book %q is %s: there is nothing to cancel", b.Title, b.State).
			Try("quire delete %s removes it", id)
	}
	return w.Shelf.Save(ctx, Change{
		Name: "cancel", Book: id, From: []book.State{book.Draft, book.Queued, book.Running, book.Waiting, book.Paused, book.Failed},
		Then: &Standing{State: book.Canceled}, Events: []event.Payload{event.BookCanceled{}}, Drop: true,
	})
}
