// Package jobs is where work waits, runs and survives a crash. River keeps the
// queue in the same database as the books, so that a change and the job that
// follows from it are one transaction. Who may work on what is decided here by
// leases, not by the queue: a job that cannot have its unit's lease ends without
// harm, and a reconciler orders again what should move but has no living worker.
//
// Next: intake
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"quire/book"
	"quire/problem"
)

// Kind is a kind of work.
type Kind string

// The kinds of work that exist now.
const (
	Advance Kind = "advance" // carry a book to its next stage
	Chapter Kind = "chapter" // write one chapter
	Typeset Kind = "typeset" // make the files that were asked for
)

// Job orders work on a unit of a book: "book", "edition" or a chapter's ID. A
// unit is worked on by one worker at a time.
type Job struct {
	Kind Kind
	Book book.ID
	Unit string
}

// The units that are not chapters.
const (
	UnitBook    = "book"
	UnitEdition = "edition"
)

// Handler does a kind of work.
type Handler interface {
	// Work does the job. Run names the lease: saves must say it, and fail with
	// problem.Conflict once somebody else holds the unit. Work ends soon after ctx
	// does. Doing a job twice must do no harm.
	Work(ctx context.Context, job Job, run string) error
	// GiveUp records that the job failed for good, because of err.
	GiveUp(ctx context.Context, job Job, run string, err error) error
}

// Leases says who works on what. The store implements it.
type Leases interface {
	// Claim takes the unit for run and reports whether it did: not while a run
	// that beat within deadAfter holds it, nor when the book does not move.
	Claim(ctx context.Context, job Job, run string, deadAfter time.Duration) (bool, error)
	// Beat keeps the lease alive. It fails with problem.Conflict when run no longer
	// holds it or the book stopped moving.
	Beat(ctx context.Context, job Job, run string) error
	// Release gives the unit back; one that is not held is no failure.
	Release(ctx context.Context, job Job, run string) error
	// Moving lists the books that should move, with the units that a run which beat
	// within deadAfter holds.
	Moving(ctx context.Context, deadAfter time.Duration) ([]Moving, error)
}

// Moving is a book that should move; Living are its units that are worked on.
type Moving struct {
	Book   book.ID
	Living []string
}

// Queue runs jobs. Its exported fields are set before Start and stay.
type Queue struct {
	Handlers map[Kind]Handler
	Leases   Leases
	// Order orders again what of a book should be moving but is not living and was
	// not touched for quiet.
	Order    func(ctx context.Context, m Moving, quiet time.Duration) error
	Log      *slog.Logger
	Only     book.ID           // run this book's jobs and no others; "" is all
	Alone    bool              // no other process runs jobs of this database
	Chapters int               // jobs of the generation queue at once; 0 is four
	Runner   string            // names this process in leases
	Backoff  time.Duration     // before a job's second try, doubling up to a minute; 0 is a second
	Every    time.Duration     // between looks of the reconciler; 0 is ten seconds
	Point    func(name string) // called when a job begins and ends; nil is nothing
	Failed   func(err error)   // told of each try that failed, also one that is tried again; nil is nobody

	handle Handle
	insert engine
	run    engine // nil until Start
	wait   sync.WaitGroup
	stop   context.CancelFunc
}

// policy is how a queue treats its jobs.
type policy struct {
	queue    string
	width    int           // jobs at once
	timeout  time.Duration // for one try
	priority int           // 1 goes first, 4 last
	tries    int           // of a job, failures that are our own fault at most three
}

// generation and pdfCompile are the queues that have work; image_gen and
// drive_upload join them when there is any.
func (q *Queue) generation() policy {
	width := q.Chapters
	if width == 0 {
		width = 4
	}
	return policy{queue: "generation", width: width, timeout: time.Hour, priority: 2, tries: 5}
}

func (q *Queue) pdfCompile() policy {
	return policy{queue: "pdf_compile", width: 1, timeout: 30 * time.Minute, priority: 1, tries: 3}
}

// policy is that of the queue to which a kind of work belongs.
func (q *Queue) policy(kind Kind) policy {
	if kind == Typeset {
		return q.pdfCompile()
	}
	return q.generation()
}

// The rhythm of leases: a worker beats twice a second, which is also how fast it
// learns that its book was canceled, and counts as dead after fifteen seconds.
const (
	beatEvery = 500 * time.Millisecond
	deadAfter = 15 * time.Second
	lookEvery = 10 * time.Second // of the reconciler
	quietFor  = 30 * time.Second
)

// New opens the queue for adding jobs; Start also runs them.
func New(handle Handle) (*Queue, error) {
	q := &Queue{handle: handle}
	var err error
	q.insert, err = newEngine(handle, nil)
	return q, err
}

// Add orders jobs within tx: they exist when it commits, and not before.
func (q *Queue) Add(ctx context.Context, tx Tx, list ...Job) error {
	for _, job := range list {
		if err := q.insert.add(ctx, tx, job, q.policy(job.Kind)); err != nil {
			return err
		}
	}
	return nil
}

// Start runs jobs until Stop; first it orders what an earlier process left.
func (q *Queue) Start(ctx context.Context) error {
	if err := q.reconcile(ctx, 0); err != nil {
		return err
	}
	run, err := newEngine(q.handle, q)
	if err != nil {
		return err
	}
	if err := run.start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	q.run = run
	ctx, q.stop = context.WithCancel(context.WithoutCancel(ctx))
	q.wait.Go(func() { q.keepReconciling(ctx) })
	return nil
}

// Stop ends running jobs and waits for them until ctx ends.
func (q *Queue) Stop(ctx context.Context) error {
	if q.run == nil {
		return nil
	}
	q.stop()
	looked := make(chan struct{})
	go func() {
		q.wait.Wait()
		close(looked)
	}()
	select {
	case <-looked:
	case <-ctx.Done():
	}
	return q.run.stop(ctx)
}

// keepReconciling orders again, from time to time, what no living worker holds.
func (q *Queue) keepReconciling(ctx context.Context) {
	every := q.Every
	if every == 0 {
		every = lookEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := q.reconcile(ctx, quietFor); err != nil && ctx.Err() == nil {
			q.Log.Warn("reconcile failed", "err", err)
		}
	}
}

// reconcile looks once. A book that was stopped or deleted meanwhile is passed
// over, and one that fails does not keep the others waiting.
func (q *Queue) reconcile(ctx context.Context, quiet time.Duration) error {
	books, err := q.Leases.Moving(ctx, deadAfter)
	if err != nil {
		return err
	}
	var failures []error
	for _, m := range books {
		if q.Only != "" && m.Book != q.Only {
			continue
		}
		err := q.Order(ctx, m, quiet)
		if problem.Is(err, problem.Conflict) || problem.Is(err, problem.Missing) {
			continue
		}
		failures = append(failures, err)
	}
	return errors.Join(failures...)
}
