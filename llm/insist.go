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
	for wait := insistFirst; ; wait = min(2*wait, insistMost) {
		err := offer(ctx)
		if err == nil || !problem.Is(err, problem.Unavailable) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}
