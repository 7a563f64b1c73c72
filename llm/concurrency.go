package llm

// Bounds of how many calls a Bucket has under way.
const (
	parallelFirst = 4  // before anything is known
	parallelMost  = 64 // unless Bucket.Parallel says otherwise
)

// flow decides how many calls may be under way at once. Additive increase,
// multiplicative decrease (D.-M. Chiu and R. Jain, 1989), as TCP does it (RFC
// 5681): until the first fault each success makes room for one more, so the
// number doubles in a round trip; afterwards a full round of successes does. A
// fault that speaks of too much load halves the number, once a round trip: faults
// of calls that were sent before the last halving are its echo. It grows only
// while it is what holds calls back (RFC 7661). It stays from 1 to its most, and
// is guarded by its Bucket.
type flow struct {
	limit   float64 // 0 is parallelFirst
	most    int     // 0 is parallelMost
	running int
	sent    int  // calls so far; they are numbered from 1
	filled  int  // the last call that filled the flow
	halved  int  // the last call before the last halving
	steady  bool // a fault was seen: the doubling is over
}

func (f *flow) width() int {
	if f.limit == 0 {
		f.limit = float64(min(parallelFirst, f.cap()))
	}
	return int(f.limit)
}

func (f *flow) cap() int {
	if f.most > 0 {
		return f.most
	}
	return parallelMost
}

// full reports whether no more calls may be sent.
func (f *flow) full() bool { return f.running >= f.width() }

// send counts a call and returns its number.
func (f *flow) send() int {
	f.sent++
	if f.running++; f.full() {
		f.filled = f.sent
	}
	return f.sent
}

// grow takes in a success.
func (f *flow) grow(number int) {
	if number > f.filled {
		return // there was room for more all the time
	}
	step := 1.0
	if f.steady {
		step = 1 / f.limit
	}
	f.limit = min(f.limit+step, float64(f.cap()))
}

// shrink takes in a fault.
func (f *flow) shrink(number int) {
	if number > f.halved {
		f.limit, f.halved, f.steady = max(f.limit/2, 1), f.sent, true
	}
}
