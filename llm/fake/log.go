package fake

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
	"time"

	"quire/llm"
)

// Call is one request as the server remembers it.
type Call struct {
	ID       string
	At       time.Time
	Took     time.Duration
	Route    Route // "" for a path that there is not
	Path     string
	Header   http.Header // keys are ***
	Body     []byte
	Model    string // that was asked for
	Stream   bool
	Key      string // see Key; "" if the request was not understood
	Role     llm.Role
	Artefact string
	Attempt  int
	Fault    string // that was played, "" if none was
	Status   int    // 0 if nothing was said
	Outcome  string // stop, length, refused; counted, listed; left, broken; the status of an error; "" while it is under way
	Usage    llm.Usage
}

// Whole reports whether the answer was said to its end.
func (c Call) Whole() bool {
	return c.Outcome == string(llm.Stop) || c.Outcome == string(llm.Length) || c.Outcome == string(llm.Refused)
}

// Summary counts what a server did.
type Summary struct {
	Routes   map[Route]int
	Faults   map[string]int // faults of the script that were played
	Outcomes map[string]int
}

// usualMemory is how many calls are kept if nobody says so.
const usualMemory = 1000

// log remembers calls. Counts grow with the questions, about 100 bytes each; with
// a Remember below 0 there are none.
type log struct {
	mu       sync.Mutex
	count    int            // guarded by mu, like all below
	calls    []Call         // the newest last
	asked    map[string]int // by Key
	answered map[string]int // by Key
	summary  Summary
}

// next is the ID of a new request.
func (l *log) next() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count++
	return fmt.Sprintf("fake%08d", l.count)
}

// note writes a call down, or what is new of it; before is what was noted last.
// Calls are noted before their last byte is sent, so that who has the answer
// finds it here.
func (l *log) note(before *Call, c Call, most int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.asked == nil {
		l.asked, l.answered = map[string]int{}, map[string]int{}
		l.summary = Summary{map[Route]int{}, map[string]int{}, map[string]int{}}
	}
	if before != nil {
		l.tally(*before, -1, most)
	}
	l.tally(c, 1, most)
	if most < 0 {
		return
	}
	for i := len(l.calls) - 1; before != nil && i >= 0; i-- {
		if l.calls[i].ID == c.ID {
			l.calls[i] = c
			return
		}
	}
	if before != nil {
		return // so long ago that it has been forgotten
	}
	if most == 0 {
		most = usualMemory
	}
	if len(l.calls) >= most {
		l.calls = append(l.calls[:0], l.calls[len(l.calls)-most+1:]...)
	}
	l.calls = append(l.calls, c)
}

// tally adds a call to the counts, or takes it away again. The caller holds mu.
func (l *log) tally(c Call, n, most int) {
	count(l.summary.Routes, c.Route, n)
	count(l.summary.Outcomes, c.Outcome, n)
	if c.Fault != "" {
		count(l.summary.Faults, c.Fault, n)
	}
	if most < 0 || c.Key == "" || c.Route == Count {
		return
	}
	count(l.asked, c.Key, n)
	if c.Whole() {
		count(l.answered, c.Key, n)
	}
}

func count[K comparable](m map[K]int, key K, n int) {
	if m[key] += n; m[key] == 0 {
		delete(m, key)
	}
}

// Log returns the calls that are remembered, in the order in which they came.
// One that is under way has no outcome yet.
func (s *Server) Log() []Call {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return append([]Call(nil), s.log.calls...)
}

// Calls returns how often a question was asked, however that ended; see Key.
func (s *Server) Calls(key string) int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.asked[key]
}

// Answered returns how often a question was answered to the end. A provider that
// is asked again for what it has answered makes this more than 1.
func (s *Server) Answered(key string) int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.answered[key]
}

// AllAnswered returns Answered of every question.
func (s *Server) AllAnswered() map[string]int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return maps.Clone(s.log.answered)
}

// Summary returns what the server did so far.
func (s *Server) Summary() Summary {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return Summary{maps.Clone(s.log.summary.Routes), maps.Clone(s.log.summary.Faults), maps.Clone(s.log.summary.Outcomes)}
}

// hide is the headers without the keys.
func hide(h http.Header) http.Header {
	h = h.Clone()
	for _, name := range []string{"Authorization", "X-Api-Key", "X-Goog-Api-Key", "Proxy-Authorization", "Cookie"} {
		if h.Get(name) != "" {
			h.Set(name, "***")
		}
	}
	return h
}
