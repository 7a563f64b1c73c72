package llm

import (
	"errors"
	"sync"
	"time"
)

// breaker keeps calls away from a provider that only fails, so that a book does
// not wait through all tries for each of its calls. Five calls in a row that
// failed (each after its own tries) open it. After 30 seconds one call probes
// whether the provider is back; each probe that fails doubles the rest, up to
// five minutes.
type breaker struct {
	mu      sync.Mutex
	row     int           // failures in a row
	rest    time.Duration // of the current opening; 0 is closed
	until   time.Time     // when the next probe may go
	probing bool
	why     *Fault // of the last failure
}

const (
	breakAfter = 5
	leastRest  = 30 * time.Second
	mostRest   = 5 * time.Minute
)

// sign is what a call told about its provider.
type sign int

const (
	noSign sign = iota // the call ended for another reason
	alive
	failing
)

// enter asks for a call. If it may not go, wait says when to come again. A call
// that may go must leave.
func (b *breaker) enter(now time.Time) (probe bool, wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.rest == 0:
		return false, 0, true
	case now.Before(b.until):
		return false, b.until.Sub(now), false
	case b.probing:
		return false, leastRest, false
	default:
		b.probing = true
		return true, 0, true
	}
}

// fault is why no call may go, with the time to come again.
func (b *breaker) fault(wait time.Duration) *Fault {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.why.After(wait)
}

// leave tells what became of a call, and why if it failed. While the breaker is open a failure counts
// only if it is the probe's: other calls began before.
func (b *breaker) leave(now time.Time, probe bool, s sign, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if probe {
		b.probing = false
	}
	if s == failing {
		errors.As(err, &b.why)
	}
	switch {
	case s == alive:
		b.row, b.rest = 0, 0
	case s == failing && b.rest == 0:
		if b.row++; b.row >= breakAfter {
			b.rest = leastRest
			b.until = now.Add(b.rest)
		}
	case s == failing && probe:
		b.rest = min(2*b.rest, mostRest)
		b.until = now.Add(b.rest)
	}
}
