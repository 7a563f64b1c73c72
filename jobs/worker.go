package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"quire/problem"
)

// order is a job as River stores it.
type order struct {
	Job
}

// Kind is River's name for the job; each of ours has its own.
func (o order) Kind() string { return string(o.Job.Kind) }

// worker runs orders for River.
type worker struct {
	river.WorkerDefaults[order]
	queue *Queue
}

// How long jobs of books that are not ours are put off: until whoever runs them
// looks next, or, where no other process can, for long.
const (
	othersWait  = time.Second
	nobodysWait = 5 * time.Minute
)

// errLost ends work whose lease somebody else holds, or whose book was stopped.
var errLost = errors.New("the lease was lost")

// Timeout is that of the job's queue.
func (w *worker) Timeout(j *river.Job[order]) time.Duration {
	return w.queue.policy(j.Args.Job.Kind).timeout
}

// NextRetry backs off from the first wait, doubling up to a minute.
func (w *worker) NextRetry(j *river.Job[order]) time.Time {
	wait := w.queue.Backoff
	if wait == 0 {
		wait = time.Second
	}
	wait <<= min(max(j.Attempt-1, 0), 6)
	return time.Now().Add(min(wait, time.Minute))
}

// Work takes the lease of the job's unit, does the work while the lease beats,
// and gives it back. Without the lease there is nothing to do.
func (w *worker) Work(ctx context.Context, j *river.Job[order]) error {
	q, job := w.queue, j.Args.Job
	if q.Only != "" && job.Book != q.Only {
		if q.Alone {
			return river.JobSnooze(nobodysWait)
		}
		return river.JobSnooze(othersWait)
	}
	run := q.Runner + "/" + rand.Text()
	held, err := q.Leases.Claim(ctx, job, run, deadAfter)
	if err != nil {
		q.failed(err)
		return err
	}
	if !held {
		return nil
	}
	q.point("job.start " + string(job.Kind))
	began := time.Now()
	err = w.leased(ctx, job, run)
	q.failed(err)
	err = w.judge(ctx, j.JobRow, job, run, err)
	q.Log.Info("job done", "book", job.Book, "kind", job.Kind, "unit", job.Unit, "attempt", j.Attempt, "took", time.Since(began), "err", err)
	q.point("job.end " + string(job.Kind))
	after, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	return errors.Join(err, q.Leases.Release(after, job, run))
}

// leased does the work and beats meanwhile; a lost lease ends the work.
func (w *worker) leased(ctx context.Context, job Job, run string) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	beats := make(chan struct{})
	go func() {
		defer close(beats)
		w.beat(ctx, cancel, job, run)
	}()
	defer func() {
		if r := recover(); r != nil {
			err = problem.New(problem.Internal, "something went wrong inside quire").Because(fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
		}
		if errors.Is(context.Cause(ctx), errLost) {
			err = errLost
		}
		cancel(nil)
		<-beats
	}()
	return w.queue.Handlers[job.Kind].Work(ctx, job, run)
}

func (w *worker) beat(ctx context.Context, cancel context.CancelCauseFunc, job Job, run string) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		// A database that is away for a moment is no reason to drop the work: saves
		// are fenced by the lease anyway.
		if err := w.queue.Leases.Beat(ctx, job, run); problem.Is(err, problem.Conflict) {
			cancel(errLost)
			return
		}
	}
}

// judge turns the outcome of a try into what River does next. The table of
// kinds is that of the house style.
func (w *worker) judge(ctx context.Context, row *rivertype.JobRow, job Job, run string, err error) error {
	switch {
	case err == nil, errors.Is(err, errLost):
		return nil // whoever holds the lease now does the rest
	case ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled):
		return river.JobSnooze(time.Second) // closing: again, not counted
	}
	p := problem.Of(err)
	tries := row.MaxAttempts
	switch p.Kind {
	case problem.Limited:
		if p.Wait > 0 && row.Attempt < tries {
			return river.JobSnooze(p.Wait)
		}
	case problem.Unavailable:
	case problem.Canceled:
		return river.JobSnooze(time.Second)
	case problem.Internal:
		tries = min(tries, 3)
	case problem.Invalid, problem.Unauthenticated, problem.Denied, problem.Missing, problem.Conflict:
		tries = 0
	}
	if row.Attempt < tries {
		return err
	}
	w.queue.Log.Error("job given up", "book", job.Book, "kind", job.Kind, "unit", job.Unit, "err", err)
	after, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second) // the try may have used up its time
	defer stop()
	if gave := w.queue.Handlers[job.Kind].GiveUp(after, job, run, err); gave != nil {
		return gave
	}
	return river.JobCancel(err)
}

func (q *Queue) failed(err error) {
	if q.Failed != nil && err != nil && !errors.Is(err, errLost) {
		q.Failed(err)
	}
}

func (q *Queue) point(name string) {
	if q.Point != nil {
		q.Point(name)
	}
}
