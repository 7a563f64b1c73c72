package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// desk is a handler that tells the test what it is asked to do.
type desk struct {
	work  func(ctx context.Context, job jobs.Job, run string) error
	began chan jobs.Job
	gave  chan error
}

func newDesk(work func(ctx context.Context, job jobs.Job, run string) error) *desk {
	return &desk{work: work, began: make(chan jobs.Job, 100), gave: make(chan error, 100)}
}

func (d *desk) Work(ctx context.Context, job jobs.Job, run string) error {
	d.began <- job
	return d.work(ctx, job, run)
}

func (d *desk) GiveUp(_ context.Context, _ jobs.Job, _ string, err error) error {
	d.gave <- err
	return nil
}

// start runs a queue over the store until the test ends.
func start(t *testing.T, s *store.Store, d *desk, set func(*jobs.Queue)) *jobs.Queue {
	t.Helper()
	q, err := jobs.New(s.Handle())
	if err != nil {
		t.Fatal(err)
	}
	q.Handlers = map[jobs.Kind]jobs.Handler{jobs.Advance: d, jobs.Chapter: d, jobs.Typeset: d}
	q.Leases, q.Log, q.Backoff = s, slog.New(slog.DiscardHandler), time.Millisecond
	q.Order = func(context.Context, jobs.Moving, time.Duration) error { return nil }
	if set != nil {
		set(q)
	}
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := q.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return q
}

// order makes a moving book with one job.
func order(t *testing.T, s *store.Store, job jobs.Job) {
	t.Helper()
	b := book.Book{ID: job.Book, Title: "T", State: book.Queued}
	if err := s.Create(t.Context(), b, []event.Payload{event.BookCreated{}}, []jobs.Job{job}); err != nil {
		t.Fatal(err)
	}
}

func wait[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(20 * time.Second):
		t.Fatalf("waited in vain for %s", what)
		panic("not reached")
	}
}

var chapter = jobs.Job{Kind: jobs.Chapter, Book: "bk_a", Unit: "ch_1"}

func TestAJobRunsOnceItsChangeIsCommitted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(func(context.Context, jobs.Job, string) error { return nil })
		start(t, s, d, nil)
		order(t, s, chapter)
		if got := wait(t, d.began, "the job"); got != chapter {
			t.Errorf("ran %v, want %v", got, chapter)
		}
		err := s.Save(t.Context(), write.Change{Name: "test", Book: "bk_a", Jobs: []jobs.Job{{Kind: jobs.Chapter, Book: "bk_a", Unit: "ch_9"}},
			Artefacts: []write.Artefact{{Name: "x", Body: func() {}}}})
		if err == nil {
			t.Fatal("a change that cannot be written was saved")
		}
		if err := s.Save(t.Context(), write.Change{Name: "test", Book: "bk_a", Jobs: []jobs.Job{{Kind: jobs.Advance, Book: "bk_a", Unit: "book"}}}); err != nil {
			t.Fatal(err)
		}
		if got := wait(t, d.began, "the second job"); got.Unit != "book" {
			t.Errorf("ran %v, which was never committed", got)
		}
	})
}

func TestAUnitIsWorkedOnByOneWorker(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		hold := make(chan struct{})
		d := newDesk(func(ctx context.Context, _ jobs.Job, _ string) error {
			select {
			case <-hold:
			case <-ctx.Done():
			}
			return ctx.Err()
		})
		start(t, s, d, nil)
		order(t, s, chapter)
		wait(t, d.began, "the job")
		other := jobs.Job{Kind: jobs.Chapter, Book: "bk_a", Unit: "ch_2"}
		if err := s.Save(t.Context(), write.Change{Name: "test", Book: "bk_a", Jobs: []jobs.Job{chapter, other}}); err != nil {
			t.Fatal(err)
		}
		if got := wait(t, d.began, "the other unit"); got != other {
			t.Errorf("ran %v while its unit was held", got)
		}
		close(hold)
	})
}

func TestWorkOnACanceledBookEndsWithinASecondOfTheBeat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ended := make(chan error, 1)
		d := newDesk(func(ctx context.Context, _ jobs.Job, _ string) error {
			<-ctx.Done()
			ended <- ctx.Err()
			return ctx.Err()
		})
		start(t, s, d, nil)
		order(t, s, chapter)
		wait(t, d.began, "the job")
		if err := s.Save(t.Context(), write.Change{Name: "cancel", Book: "bk_a", Then: &write.Standing{State: book.Canceled}, Drop: true}); err != nil {
			t.Fatal(err)
		}
		wait(t, ended, "the end of the work")
		if len(d.gave) != 0 {
			t.Error("a canceled job was given up as failed")
		}
	})
}

func TestTheKindOfAFailureDecidesWhatAJobDoes(t *testing.T) {
	panics := func() error { panic("a mistake") }
	for name, tt := range map[string]struct {
		fail  func() error
		tries int
	}{
		"invalid stops":             {func() error { return problem.New(problem.Invalid, "x") }, 1},
		"denied stops":              {func() error { return problem.New(problem.Denied, "x") }, 1},
		"missing stops":             {func() error { return problem.New(problem.Missing, "x") }, 1},
		"unavailable is tried on":   {func() error { return fmt.Errorf("call: %w", problem.New(problem.Unavailable, "x")) }, 5},
		"limited is tried on":       {func() error { return problem.New(problem.Limited, "x") }, 5},
		"our own is tried thrice":   {func() error { return errors.New("x") }, 3},
		"a panic is our own":        {panics, 3},
		"typesetting is due thrice": {func() error { return problem.New(problem.Unavailable, "typeset") }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t, t.TempDir()+"/quire.db")
			d := newDesk(func(context.Context, jobs.Job, string) error { return tt.fail() })
			start(t, s, d, nil)
			job := chapter
			if name == "typesetting is due thrice" {
				job = jobs.Job{Kind: jobs.Typeset, Book: "bk_a", Unit: jobs.UnitEdition}
			}
			order(t, s, job)
			if err := wait(t, d.gave, "the end of all tries"); err == nil {
				t.Error("gave up without a reason")
			}
			if len(d.began) != tt.tries {
				t.Errorf("tried %d times, want %d", len(d.began), tt.tries)
			}
		})
	}
}

func TestAClosingRunnerLeavesItsJobsForTheNext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(func(ctx context.Context, _ jobs.Job, _ string) error {
			<-ctx.Done()
			return fmt.Errorf("call: %w", ctx.Err())
		})
		q := start(t, s, d, nil)
		order(t, s, chapter)
		wait(t, d.began, "the job")
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := q.Stop(ctx); err != nil {
			t.Fatal(err)
		}
		if len(d.gave) != 0 {
			t.Error("a job that was cut off by closing was given up")
		}
		next := newDesk(func(context.Context, jobs.Job, string) error { return nil })
		start(t, s, next, nil)
		if got := wait(t, next.began, "the job in the next runner"); got != chapter {
			t.Errorf("ran %v, want %v", got, chapter)
		}
	})
}

func TestARunnerOfOneBookLeavesOthersAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(func(context.Context, jobs.Job, string) error { return nil })
		start(t, s, d, func(q *jobs.Queue) { q.Only = "bk_b" })
		order(t, s, chapter)
		mine := jobs.Job{Kind: jobs.Chapter, Book: "bk_b", Unit: "ch_1"}
		order(t, s, mine)
		if got := wait(t, d.began, "the job"); got != mine {
			t.Errorf("ran %v, want only %v", got, mine)
		}
	})
}

func TestStartOrdersWhatAnEarlierProcessLeft(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		order(t, s, chapter)
		if ok, err := s.Claim(t.Context(), chapter, "dead", time.Minute); !ok || err != nil {
			t.Fatal(ok, err)
		}
		asked := make(chan jobs.Moving, 10)
		d := newDesk(func(context.Context, jobs.Job, string) error { return nil })
		start(t, s, d, func(q *jobs.Queue) {
			q.Order = func(_ context.Context, m jobs.Moving, quiet time.Duration) error {
				if quiet != 0 {
					t.Errorf("at start the quiet time is %v, want none", quiet)
				}
				asked <- m
				return nil
			}
		})
		if m := wait(t, asked, "the reconciler"); m.Book != "bk_a" || len(m.Living) != 1 || m.Living[0] != "ch_1" {
			t.Errorf("asked to order %+v", m)
		}
	})
}

func TestTheReconcilerLooksAgainAndAgainAndOutlivesFailures(t *testing.T) {
	s := storetest.Open(t, t.TempDir()+"/quire.db")
	order(t, s, chapter)
	looks := make(chan time.Duration, 100)
	d := newDesk(func(context.Context, jobs.Job, string) error { return nil })
	start(t, s, d, func(q *jobs.Queue) {
		q.Every = time.Millisecond
		n := 0
		q.Order = func(_ context.Context, _ jobs.Moving, quiet time.Duration) error {
			select {
			case looks <- quiet:
			default: // the test has seen enough
			}
			if n++; n == 2 {
				return errors.New("no order today")
			}
			return nil
		}
	})
	if first := wait(t, looks, "the first look"); first != 0 {
		t.Errorf("the look at start leaves alone what was touched within %v", first)
	}
	for range 3 {
		if later := wait(t, looks, "a later look"); later == 0 {
			t.Error("a later look orders what was only just touched")
		}
	}
}

func TestARunnerWhoseFirstLookFailsDoesNotStart(t *testing.T) {
	s := storetest.Open(t, t.TempDir()+"/quire.db")
	order(t, s, chapter)
	q, err := jobs.New(s.Handle())
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	q.Leases, q.Order = s, func(context.Context, jobs.Moving, time.Duration) error { return broken }
	if err := q.Start(t.Context()); !errors.Is(err, broken) {
		t.Errorf("started: %v", err)
	}
	if err := q.Stop(t.Context()); err != nil {
		t.Errorf("stopping what never ran: %v", err)
	}
}

func TestALimitSaysWhenToComeAgain(t *testing.T) {
	s := storetest.Open(t, t.TempDir()+"/quire.db")
	tries := 0
	done := make(chan struct{})
	d := newDesk(func(context.Context, jobs.Job, string) error {
		if tries++; tries == 1 {
			return problem.New(problem.Limited, "slow down").After(time.Millisecond)
		}
		close(done)
		return nil
	})
	failures := make(chan error, 10)
	start(t, s, d, func(q *jobs.Queue) { q.Failed = func(err error) { failures <- err } })
	order(t, s, chapter)
	wait(t, done, "the second try")
	if err := wait(t, failures, "word of the failure"); !problem.Is(err, problem.Limited) {
		t.Errorf("told of %v", err)
	}
}

func BenchmarkChainOfJobs(b *testing.B) {
	s, err := store.Open(b.Context(), b.TempDir()+"/quire.db")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	q, err := jobs.New(s.Handle())
	if err != nil {
		b.Fatal(err)
	}
	s.Jobs = q
	left := b.N
	done := make(chan struct{})
	d := newDesk(nil)
	d.began = make(chan jobs.Job, b.N+1)
	d.work = func(ctx context.Context, job jobs.Job, _ string) error {
		if left--; left <= 0 {
			close(done)
			return nil
		}
		return s.Save(ctx, write.Change{Name: "link", Book: "bk_a", Jobs: []jobs.Job{{Kind: jobs.Chapter, Book: "bk_a", Unit: fmt.Sprint(left)}}})
	}
	q.Handlers = map[jobs.Kind]jobs.Handler{jobs.Chapter: d}
	q.Leases, q.Log = s, slog.New(slog.DiscardHandler)
	q.Order = func(context.Context, jobs.Moving, time.Duration) error { return nil }
	if err := q.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	bk := book.Book{ID: "bk_a", Title: "T", State: book.Queued}
	if err := s.Create(b.Context(), bk, nil, []jobs.Job{{Kind: jobs.Chapter, Book: "bk_a", Unit: "first"}}); err != nil {
		b.Fatal(err)
	}
	<-done
	b.StopTimer()
	if err := q.Stop(context.Background()); err != nil {
		b.Fatal(err)
	}
}
