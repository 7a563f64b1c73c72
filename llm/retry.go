package llm

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Retry asks again when a call failed in a way that may pass. Before the n-th
// new try it waits a random time of up to 0.5 s · 2ⁿ ("full jitter" of Marc
// Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015); a
// provider that says when to come again is taken at its word instead.
type Retry struct {
	Model  Model
	Chance func() float64 // in [0, 1), safe for concurrent use; nil is math/rand/v2
	Most   time.Duration  // no try begins later than this after the first; 0 is five minutes
	// Tell is told before each wait why and how long; nil is nobody.
	Tell func(ctx context.Context, r Request, err error, wait time.Duration)
}

const (
	mostTries    = 5
	firstBackoff = 500 * time.Millisecond
	mostBackoff  = 30 * time.Second
	mostToldWait = time.Minute            // a provider that wants more is left alone
	toldSpread   = 250 * time.Millisecond // so that those who were told the same do not come at once
	mostRetrying = 5 * time.Minute
)

// Caps are those of the model.
func (t Retry) Caps() Caps { return t.Model.Caps() }

// Stream asks up to five times. The cost is that of all tries, also on error. The
// error is that of the last try; the text beside it is the last that was heard.
func (t Retry) Stream(ctx context.Context, r Request, on func(Chunk) error) (Result, error) {
	return t.Repeat(ctx, r, on, nil)
}

// Repeat is Stream for a caller who wants to be asked before each further try,
// with the cost so far; an error from again ends the call and is returned.
func (t Retry) Repeat(ctx context.Context, r Request, on func(Chunk) error, again func(context.Context, Cost) error) (Result, error) {
	var (
		began = time.Now()
		out   = relay{on: on}
		spent = Free
		heard string
	)
	for try := 0; ; try++ {
		out.next()
		res, err := t.Model.Stream(ctx, r, out.to())
		spent = spent.Plus(res.Cost)
		res.Cost = spent
		if err == nil {
			return res, nil
		}
		if res.Text == "" {
			res.Text = heard
		}
		heard = res.Text
		if out.err != nil || ctx.Err() != nil || !ClassOf(err).Passing() || try+1 == mostTries {
			return res, err
		}
		wait, ok := t.wait(err, try)
		if !ok || time.Since(began)+wait > t.most() {
			return res, err
		}
		if t.Tell != nil {
			t.Tell(ctx, r, err, wait)
		}
		if err := t.rest(ctx, wait); err != nil {
			return res, err
		}
		if again == nil {
			continue
		}
		if err := again(ctx, spent); err != nil {
			return res, err
		}
	}
}

// rest lasts for a time, or until ctx ends.
func (t Retry) rest(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("waiting to ask %s again: %w", t.Caps().Name(), ctx.Err())
	}
}

// wait says how long to wait after the failure of a try, counted from 0; not ok
// is too long to wait here.
func (t Retry) wait(err error, try int) (time.Duration, bool) {
	chance := rand.Float64
	if t.Chance != nil {
		chance = t.Chance
	}
	var f *Fault
	if errors.As(err, &f) && f.Problem.Wait > 0 {
		told := f.Problem.Wait
		return told + time.Duration(chance()*float64(toldSpread)), told <= mostToldWait
	}
	return time.Duration(chance() * float64(min(firstBackoff<<try, mostBackoff))), true
}

func (t Retry) most() time.Duration {
	if t.Most > 0 {
		return t.Most
	}
	return mostRetrying
}
