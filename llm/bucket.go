package llm

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Bucket keeps all calls to one model with one key within the provider's limits.
// Limits that are 0 are learned from what the provider says beside its answers;
// of a given and a learned one the lower binds. The zero value is ready, and must
// not be copied; it is safe for concurrent use. Set the fields before the first
// call.
//
// It is four things in one. A window for each limit: a sliding log of the last
// minute, in which a call counts with what it may use at most until it is known
// what it did use; and with what others used, as the provider's remaining numbers
// tell. A pace: requests leave evenly, because providers enforce sixty a minute
// as one a second (virtual scheduling, as in the generic cell rate algorithm of
// ITU-T I.371), up to a second's worth at once. A stop: after a 429 nobody sends
// until Retry-After is over, then one call goes ahead and the others follow when
// its text begins. And a flow, which adapts how many calls are under way.
//
// Who waits is served in order of arrival: a large call that waits for room holds
// back the small ones behind it, and so is never passed over.
type Bucket struct {
	Requests int // a minute
	Tokens   int // a minute, question and answer together
	Input    int // a minute, tokens of questions that no cache had
	Output   int // a minute, tokens of answers
	Parallel int // calls under way at once; 0 is 64

	mu      sync.Mutex
	windows [kinds]window
	flow    flow
	next    time.Time // when the pace lets the next request go
	stopped time.Time // nobody sends before
	refused int       // 429s in a row without a Retry-After
	careful bool      // since the stop no text has come
	ahead   *ticket   // the call that goes ahead
	queue   []*waiter // oldest first
}

// What the windows of a Bucket count.
const (
	ofRequests = iota
	ofTokens
	ofInput
	ofOutput
	kinds
)

// amounts is how much of each a call needs or has used.
type amounts [kinds]int

// ticket is the leave for one call.
type ticket struct {
	entries [kinds]entry
	number  int       // of the call in the flow
	heard   time.Time // when the provider's numbers were made, as well as we know
	ours    amounts   // what we counted then
}

// waiter is a call in the queue.
type waiter struct {
	need amounts
	wake chan struct{} // holds one: look again
}

// A stop for longer than stopPatience is told at once: others can answer meanwhile.
const stopPatience = time.Minute

// How long a 429 stops the bucket that names no time: the first in a row, and at most.
const (
	pauseFirst = time.Second
	pauseMost  = 30 * time.Second
)

// State is what a Bucket is doing.
type State struct {
	Requests, Tokens, Input, Output int       // limits a minute, 0 is unknown
	Used                            [4]int    // of these in the last minute, with what calls under way may use
	Parallel                        int       // calls that may be under way
	Running, Waiting                int       // calls
	Stopped                         time.Time // until when nobody sends; zero or past: no stop
}

// State says what the bucket is doing now.
func (b *Bucket) State() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.set()
	var s State
	for i, limit := range []*int{&s.Requests, &s.Tokens, &s.Input, &s.Output} {
		w := &b.windows[i]
		w.pass(time.Now())
		*limit, s.Used[i] = w.limit(), w.ours+w.others
	}
	s.Parallel, s.Running, s.Waiting, s.Stopped = b.flow.width(), b.flow.running, len(b.queue), b.stopped
	return s
}

// set takes over the given limits.
func (b *Bucket) set() {
	for i, given := range [kinds]int{b.Requests, b.Tokens, b.Input, b.Output} {
		b.windows[i].given = given
	}
	b.flow.most = b.Parallel
}

// take waits for leave to send a call. Its errors are the context's, and a fault
// if the bucket is stopped for longer than stopPatience.
func (b *Bucket) take(ctx context.Context, need amounts, name string) (*ticket, error) {
	w := &waiter{need: need, wake: make(chan struct{}, 1)}
	b.mu.Lock()
	b.set()
	b.queue = append(b.queue, w)
	b.mu.Unlock()
	for {
		t, wait, stop := b.try(w)
		switch {
		case t != nil:
			return t, nil
		case stop > 0:
			return nil, NewFault(RateLimited, name, nil).After(stop)
		}
		var late <-chan time.Time
		if wait > 0 {
			late = time.After(wait)
		}
		select {
		case <-ctx.Done():
			b.leave(w)
			return nil, fmt.Errorf("waiting for the limits of %s: %w", name, ctx.Err())
		case <-w.wake:
		case <-late:
		}
	}
}

// try gives w leave if it is first in the queue and nothing holds it back. If
// only time does, wait says how much; otherwise it will be woken. A stop that is
// too long to wait for sends w away, and with it, one by one, all behind it.
func (b *Bucket) try(w *waiter) (t *ticket, wait, stop time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if stop := b.stopped.Sub(now); stop > stopPatience {
		b.remove(w)
		return nil, 0, stop
	}
	if b.queue[0] != w || b.flow.full() || b.careful && b.ahead != nil {
		return nil, 0, 0
	}
	wait = max(b.stopped.Sub(now), b.early(now))
	for i := range b.windows {
		wait = max(wait, b.windows[i].wait(w.need[i], now))
	}
	if wait > 0 {
		return nil, wait, 0
	}
	b.remove(w)
	return b.grant(w.need, now), 0, 0
}

// grant counts a call that is sent now.
func (b *Bucket) grant(need amounts, now time.Time) *ticket {
	t := &ticket{number: b.flow.send()}
	for i := range b.windows {
		b.windows[i].take(&t.entries[i], need[i], now)
	}
	if b.next.Before(now) {
		b.next = now
	}
	b.next = b.next.Add(b.step())
	if b.careful {
		b.ahead = t
	}
	return t
}

// early is how long the pace still holds a request back.
func (b *Bucket) early(now time.Time) time.Duration {
	if step := b.step(); step > 0 {
		return b.next.Add(-max(time.Second-step, 0)).Sub(now)
	}
	return 0
}

// step is the time between requests that leave evenly, 0 without a limit.
func (b *Bucket) step() time.Duration {
	limit := b.windows[ofRequests].limit()
	if limit <= 0 {
		return 0
	}
	return limitMinute / time.Duration(limit)
}

// leave takes a waiter that gave up out of the queue.
func (b *Bucket) leave(w *waiter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.remove(w)
}

// remove takes w out of the queue and lets the first in it look again.
func (b *Bucket) remove(w *waiter) {
	if at := slices.Index(b.queue, w); at >= 0 {
		b.queue = slices.Delete(b.queue, at, at+1)
	}
	b.wake()
}

// wake lets the first in the queue look again.
func (b *Bucket) wake() {
	if len(b.queue) == 0 {
		return
	}
	select {
	case b.queue[0].wake <- struct{}{}:
	default: // it will look anyway
	}
}

// hear notes that the answer of t has begun: about now the provider made the
// numbers that it sends beside it.
func (b *Bucket) hear(t *ticket) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.note(t, time.Now())
	if b.careful && b.ahead == t {
		b.careful, b.ahead = false, nil
		b.wake()
	}
}

func (b *Bucket) note(t *ticket, now time.Time) {
	t.heard = now
	for i := range b.windows {
		b.windows[i].pass(now)
		t.ours[i] = b.windows[i].ours
	}
}

// ending is what a Bucket must know of a call that has ended.
type ending struct {
	used   amounts
	limits Limits
	class  Class         // of its fault
	ok     bool          // it was answered
	wait   time.Duration // that the provider asked for; 0 is none
}

// give ends a call: it counts what was used instead of what might have been,
// learns the limits, and slows down or speeds up.
func (b *Bucket) give(t *ticket, o ending) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if t.heard.IsZero() {
		b.note(t, now)
	}
	limits := [kinds]Allowance{o.limits.Requests, o.limits.Tokens, o.limits.Input, o.limits.Output}
	for i := range b.windows {
		b.windows[i].settle(&t.entries[i], o.used[i])
		b.windows[i].learn(limits[i], t.ours[i], t.heard, now)
	}
	b.flow.running--
	if b.ahead == t {
		b.ahead, b.careful = nil, !o.ok
	}
	switch {
	case o.ok:
		b.refused = 0
		b.flow.grow(t.number)
	case o.class == RateLimited || o.class == Overloaded || o.class == Timeout:
		b.flow.shrink(t.number)
		b.stop(o, now)
	}
	b.wake()
}

// stop keeps everybody from sending after a 429, and after another fault whose
// provider asks for it.
func (b *Bucket) stop(o ending, now time.Time) {
	wait := o.wait
	if wait <= 0 && o.class == RateLimited {
		wait = min(pauseFirst<<min(b.refused, 5), pauseMost)
		b.refused++
	}
	if wait > 0 && now.Add(wait).After(b.stopped) {
		b.stopped, b.careful = now.Add(wait), true
	}
}
