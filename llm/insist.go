package llm

import (
	"context"
	"time"

	"quire/problem"
)

// How long something is offered to a store that is away, and how often.
const (
	insistFor   = 2 * time.Minute
	insistFirst = 200 * time.Millisecond
	insistMost  = 3 * time.Second
)

// insist offers something to a store until it is taken, also when ctx has ended:
// what was paid for is never dropped because the database is away for a moment.
// An error that is not problem.Unavailable is final.
func insist(ctx context.Context, offer func(context.Context) error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), insistFor)
	defer stop()
	var away error
	for wait := insistFirst; ; wait = min(2*wait, insistMost) {
		err := offer(ctx)
		switch {
		case err != nil && away != nil && ctx.Err() != nil:
			return away // not that our time is over
		case err == nil || !problem.Is(err, problem.Unavailable):
			return err
		}
		away = err
		select {
		case <-ctx.Done():
			return away
		case <-time.After(wait):
		}
	}
}
