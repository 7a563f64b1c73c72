package llm

import (
	"slices"
	"time"
)

// limitMinute is a minute as we count it: half a second more than the provider's, so
// that calls which travel for different times do not meet in one of its minutes.
const limitMinute = time.Minute + 500*time.Millisecond

// window counts one thing, requests or a kind of tokens, over the last minute:
// an exact sliding log. Whoever stays within the limit in every such window also
// stays within a token bucket of the same rate whose depth is the limit, and
// within any fixed minute. It is guarded by its Bucket.
type window struct {
	given   int      // our own limit, 0 is none
	told    int      // the provider's, 0 is unknown
	entries []*entry // that still count, in the order of their end
	ours    int      // sum of our entries
	others  int      // sum of those of others
}

// entry is an amount that counts until its end.
type entry struct {
	n      int
	until  time.Time
	others bool // used by others who share the key, or counted by stricter rules
	gone   bool
}

// limit is the binding one of the two, 0 for none.
func (w *window) limit() int {
	if w.given <= 0 || w.told > 0 && w.told < w.given {
		return w.told
	}
	return w.given
}

// take counts n from now on.
func (w *window) take(e *entry, n int, now time.Time) {
	*e = entry{n: n, until: now.Add(limitMinute)}
	w.ours += n
	w.insert(e)
}

// settle corrects an entry of ours to n.
func (w *window) settle(e *entry, n int) {
	if e.gone {
		return
	}
	w.ours += n - e.n
	e.n = n
}

func (w *window) insert(e *entry) {
	at := len(w.entries)
	for at > 0 && w.entries[at-1].until.After(e.until) {
		at--
	}
	w.entries = slices.Insert(w.entries, at, e)
}

// pass drops what no longer counts.
func (w *window) pass(now time.Time) {
	for len(w.entries) > 0 && !w.entries[0].until.After(now) {
		e := w.entries[0]
		e.gone = true
		*w.sum(e) -= e.n
		w.entries[0] = nil
		w.entries = w.entries[1:]
	}
}

func (w *window) sum(e *entry) *int {
	if e.others {
		return &w.others
	}
	return &w.ours
}

// wait is how long n more must wait if nothing is given back meanwhile, 0 if
// there is room. What is more than the whole limit waits for an empty window.
func (w *window) wait(n int, now time.Time) time.Duration {
	w.pass(now)
	left := *w
	for _, e := range w.entries {
		if left.room(n) {
			break
		}
		*left.sum(e) -= e.n
		if left.room(n) {
			return e.until.Sub(now)
		}
	}
	return 0
}

func (w *window) room(n int) bool {
	return (w.given <= 0 || w.ours+min(n, w.given) <= w.given) &&
		(w.told <= 0 || w.ours+w.others+min(n, w.told) <= w.told)
}

// learn follows what the provider said at a moment when our own entries summed
// up to ours. Where it counts more than we do, the rest was used by others, until
// its reset, but no longer than a minute.
func (w *window) learn(a Allowance, ours int, at, now time.Time) {
	if a.Most <= 0 {
		return
	}
	w.pass(now)
	w.told = a.Most
	more := a.Most - max(a.Left, 0) - ours - w.others
	until := at.Add(limitMinute)
	if a.Reset > 0 {
		until = at.Add(min(a.Reset, limitMinute))
	}
	if more <= 0 || !until.After(now) {
		return
	}
	w.others += more
	w.insert(&entry{n: more, until: until, others: true})
}
