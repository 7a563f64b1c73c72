package llm_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/problem"
)

// outcome is all that is to be seen of a request from outside.
type outcome struct {
	Calls  string        // in order
	Waited time.Duration // on a clock that only waiting moves
	Text   string
	Finish llm.Finish
	By     string // who answered, on success
	Class  llm.Class
	Kind   problem.Kind
	Again  time.Duration // when to come again
	Cost   string
	Heard  string // as in hearing; "" is the text
}

// faultCase is what each provider does, call by call, and what comes of it.
type faultCase struct {
	lanes  string // in order of priority; "" is openai/a
	ask    func() llm.Request
	change func(*llm.Request)
	after  time.Duration // when the caller leaves; 0 is never
	script map[string][]does
	want   outcome
}

// The waits that a chance of a half gives: 0.25, 0.5, 1 and 2 seconds; a told
// wait gets 125 ms on top.
const (
	allWaits  = 3750 * time.Millisecond
	onTop     = 125 * time.Millisecond
	oneWait   = 250 * time.Millisecond
	twoWaits  = 750 * time.Millisecond
	twoLanes  = "openai/a google/b"
	good      = `{"title":"Salt"}`
	almost    = "```json\n{'title': 'Salt',}\n```"
	nonsense  = "Here you are: a plan!"
	half      = `{"title":"Sal`
	otherwise = "the other writes"
)

func script(of string, steps ...does) map[string][]does { return map[string][]does{of: steps} }

// both scripts the two lanes a and b.
func both(a []does, b ...does) map[string][]does {
	return map[string][]does{"openai/a": a, "google/b": b}
}

func one(d ...does) []does { return d }

var faultCases = map[string]faultCase{
	// Retry.
	"an answer at once": {
		script: script("openai/a", says("words")),
		want:   outcome{Calls: "openai/a", Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"overloaded once": {
		script: script("openai/a", fails(llm.Overloaded), says("words")),
		want:   outcome{Calls: "openai/a×2", Waited: oneWait, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"overloaded four times": {
		script: script("openai/a", append(times(4, fails(llm.Overloaded)), says("words"))...),
		want:   outcome{Calls: "openai/a×5", Waited: allWaits, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"overloaded for good": {
		script: script("openai/a", times(5, fails(llm.Overloaded))...),
		want:   outcome{Calls: "openai/a×5", Waited: allWaits, Class: llm.Overloaded, Kind: problem.Unavailable, Cost: "$0.00"},
	},
	"unreachable once": {
		script: script("openai/a", fails(llm.Unreachable), says("words")),
		want:   outcome{Calls: "openai/a×2", Waited: oneWait, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"unreachable for good": {
		script: script("openai/a", times(5, fails(llm.Unreachable))...),
		want:   outcome{Calls: "openai/a×5", Waited: allWaits, Class: llm.Unreachable, Kind: problem.Unavailable, Cost: "$0.00"},
	},
	"a stall of a minute, then an answer": {
		script: script("openai/a", does{class: llm.Timeout, takes: time.Minute, costs: cent}, says("words")),
		want:   outcome{Calls: "openai/a×2", Waited: time.Minute + oneWait, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.02"},
	},
	"stalls until five minutes are over": {
		script: script("openai/a", times(5, does{class: llm.Timeout, takes: 2 * time.Minute})...),
		want:   outcome{Calls: "openai/a×3", Waited: 6*time.Minute + twoWaits, Class: llm.Timeout, Kind: problem.Unavailable, Cost: "$0.00"},
	},
	"cut in mid-stream": {
		script: script("openai/a", breaks("half a "), says("whole words")),
		want:   outcome{Calls: "openai/a×2", Waited: oneWait, Text: "whole words", Finish: llm.Stop, By: "openai/a", Cost: "$0.02", Heard: "half a |whole words"},
	},
	"cut five times": {
		script: script("openai/a", append(times(4, breaks("half")), breaks("half a"))...),
		want: outcome{Calls: "openai/a×5", Waited: allWaits, Text: "half a", Class: llm.Truncated, Kind: problem.Unavailable, Cost: "$0.05",
			Heard: "half|half|half|half|half a"},
	},
	"cut, then nothing more": {
		script: script("openai/a", append(one(breaks("half")), times(4, fails(llm.Overloaded))...)...),
		want:   outcome{Calls: "openai/a×5", Waited: allWaits, Text: "half", Class: llm.Overloaded, Kind: problem.Unavailable, Cost: "$0.01"},
	},
	"different faults in a row": {
		script: script("openai/a", fails(llm.RateLimited), fails(llm.Timeout), fails(llm.Unreachable), breaks("x"), says("words")),
		want:   outcome{Calls: "openai/a×5", Waited: allWaits, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.02", Heard: "x|words"},
	},
	"a limit that says no time": {
		script: script("openai/a", fails(llm.RateLimited), says("words")),
		want:   outcome{Calls: "openai/a×2", Waited: oneWait, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"a limit of two seconds": {
		script: script("openai/a", told(2*time.Second), says("words")),
		want:   outcome{Calls: "openai/a×2", Waited: 2*time.Second + onTop, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"a limit of a minute": {
		script: script("openai/a", told(time.Minute), says("words")),
		want:   outcome{Calls: "openai/a×2", Waited: time.Minute + onTop, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"a limit of more than a minute": {
		script: script("openai/a", told(90*time.Second)),
		want:   outcome{Calls: "openai/a", Class: llm.RateLimited, Kind: problem.Limited, Again: 90 * time.Second, Cost: "$0.00"},
	},
	"a limit of five minutes in minutes": {
		script: script("openai/a", times(5, told(time.Minute))...),
		want:   outcome{Calls: "openai/a×5", Waited: 4 * (time.Minute + onTop), Class: llm.RateLimited, Kind: problem.Limited, Again: time.Minute, Cost: "$0.00"},
	},
	"an overload that says when": {
		script: script("openai/a", does{class: llm.Overloaded, wait: 5 * time.Second}, says("words")),
		want:   outcome{Calls: "openai/a×2", Waited: 5*time.Second + onTop, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"an unknown price stays unknown": {
		script: script("openai/a", does{says: "h", class: llm.Truncated, unpriced: true}, says("words")),
		want:   outcome{Calls: "openai/a×2", Waited: oneWait, Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "at least $0.01", Heard: "h|words"},
	},

	// What is never tried again.
	"a refused key":           {script: script("openai/a", fails(llm.Auth)), want: outcome{Calls: "openai/a", Class: llm.Auth, Kind: problem.Denied, Cost: "$0.00"}},
	"no credit":               {script: script("openai/a", fails(llm.Quota)), want: outcome{Calls: "openai/a", Class: llm.Quota, Kind: problem.Denied, Cost: "$0.00"}},
	"a wrong request":         {script: script("openai/a", fails(llm.Bad)), want: outcome{Calls: "openai/a", Class: llm.Bad, Kind: problem.Invalid, Cost: "$0.00"}},
	"our own cap":             {script: script("openai/a", fails(llm.OverBudget)), want: outcome{Calls: "openai/a", Class: llm.OverBudget, Kind: problem.Denied, Cost: "$0.00"}},
	"a failure of our own":    {want: outcome{Calls: "openai/a", Kind: problem.Internal, Cost: "$0.00"}},
	"an answer at its length": {script: script("openai/a", runsOut("wor")), want: outcome{Calls: "openai/a", Text: "wor", Finish: llm.Length, By: "openai/a", Cost: "$0.01"}},
	"no words at all":         {script: script("openai/a", says("")), want: outcome{Calls: "openai/a", Finish: llm.Stop, By: "openai/a", Cost: "$0.01"}},

	// The caller leaves.
	"left in mid-stream": {
		script: script("openai/a", does{says: "half", finish: llm.Stop, takes: time.Minute, costs: cent}), after: time.Second,
		want: outcome{Calls: "openai/a", Waited: time.Second, Text: "half", Class: llm.Canceled, Kind: problem.Canceled, Cost: "$0.01"},
	},
	"left while waiting to try again": {
		lanes: twoLanes, script: both(one(told(40 * time.Second))), after: time.Second,
		want: outcome{Calls: "openai/a", Waited: time.Second, Class: llm.Canceled, Kind: problem.Canceled, Cost: "$0.00"},
	},
	"left while the other writes": {
		lanes: twoLanes, script: both(one(fails(llm.Auth)), does{says: "half", finish: llm.Stop, takes: time.Minute, costs: cent}), after: time.Second,
		want: outcome{Calls: "openai/a google/b", Waited: time.Second, Text: "half", Class: llm.Canceled, Kind: problem.Canceled, Cost: "$0.01"},
	},

	// Fallback.
	"another for one that is overloaded": {
		lanes: twoLanes, script: both(times(5, fails(llm.Overloaded)), says(otherwise)),
		want: outcome{Calls: "openai/a×5 google/b", Waited: allWaits, Text: otherwise, Finish: llm.Stop, By: "google/b", Cost: "$0.01"},
	},
	"another at once for one that is limited for long": {
		lanes: twoLanes, script: both(one(told(10*time.Minute)), says(otherwise)),
		want: outcome{Calls: "openai/a google/b", Text: otherwise, Finish: llm.Stop, By: "google/b", Cost: "$0.01"},
	},
	"another at once for a refused key": {
		lanes: twoLanes, script: both(one(fails(llm.Auth)), says(otherwise)),
		want: outcome{Calls: "openai/a google/b", Text: otherwise, Finish: llm.Stop, By: "google/b", Cost: "$0.01"},
	},
	"another at once without credit": {
		lanes: twoLanes, script: both(one(fails(llm.Quota)), says(otherwise)),
		want: outcome{Calls: "openai/a google/b", Text: otherwise, Finish: llm.Stop, By: "google/b", Cost: "$0.01"},
	},
	"none for a wrong request": {
		lanes: twoLanes, script: both(one(fails(llm.Bad))),
		want: outcome{Calls: "openai/a", Class: llm.Bad, Kind: problem.Invalid, Cost: "$0.00"},
	},
	"none over our own cap": {
		lanes: twoLanes, script: both(one(fails(llm.OverBudget))),
		want: outcome{Calls: "openai/a", Class: llm.OverBudget, Kind: problem.Denied, Cost: "$0.00"},
	},
	"the first speaks when all fail": {
		lanes: twoLanes, script: both(one(fails(llm.Quota)), times(5, fails(llm.Overloaded))...),
		want: outcome{Calls: "openai/a google/b×5", Waited: allWaits, Class: llm.Quota, Kind: problem.Denied, Cost: "$0.00"},
	},
	"what broke off is begun anew by another": {
		lanes: twoLanes, script: both(times(5, breaks("x")), says(otherwise)),
		want: outcome{Calls: "openai/a×5 google/b", Waited: allWaits, Text: otherwise, Finish: llm.Stop, By: "google/b", Cost: "$0.06", Heard: "x|x|x|x|x|" + otherwise},
	},
	"a refusal that softer words mend": {
		lanes: twoLanes, script: both(one(refuses("no"), says("words"))),
		want: outcome{Calls: "openai/a×2", Text: "words", Finish: llm.Stop, By: "openai/a", Cost: "$0.02", Heard: "no|words"},
	},
	"a refusal that another does not share": {
		lanes: twoLanes, script: both(times(2, refuses("no")), says(otherwise)),
		want: outcome{Calls: "openai/a×2 google/b", Text: otherwise, Finish: llm.Stop, By: "google/b", Cost: "$0.03", Heard: "no|no|" + otherwise},
	},
	"a refusal by all": {
		lanes: twoLanes, script: both(times(2, refuses("no")), times(2, refuses("never"))...),
		want: outcome{Calls: "openai/a×2 google/b×2", Text: "no", Finish: llm.Refused, By: "openai/a", Cost: "$0.04", Heard: "no|no|never|never"},
	},
	"a refusal, and the other fails": {
		lanes: twoLanes, script: both(times(2, refuses("no")), fails(llm.Auth)),
		want: outcome{Calls: "openai/a×2 google/b", Text: "no", Finish: llm.Refused, By: "openai/a", Cost: "$0.02", Heard: "no|no"},
	},
	"a book's own provider": {
		lanes: twoLanes, script: map[string][]does{"google/b": one(says(otherwise))}, change: func(r *llm.Request) { r.Provider = "google" },
		want: outcome{Calls: "google/b", Text: otherwise, Finish: llm.Stop, By: "google/b", Cost: "$0.01"},
	},
	"no other for a book's own provider": {
		lanes: twoLanes, script: map[string][]does{"google/b": one(fails(llm.Auth))}, change: func(r *llm.Request) { r.Provider = "google" },
		want: outcome{Calls: "google/b", Class: llm.Auth, Kind: problem.Denied, Cost: "$0.00"},
	},
	"a book's own model that is not there": {
		lanes: twoLanes, change: func(r *llm.Request) { r.Model = "c" },
		want: outcome{Class: llm.Bad, Kind: problem.Invalid, Cost: "$0.00"},
	},

	// Repair.
	"the JSON that was asked for": {
		ask: planned, script: script("openai/a", says(good)),
		want: outcome{Calls: "openai/a", Text: good, Finish: llm.Stop, By: "openai/a", Cost: "$0.01"},
	},
	"almost JSON": {
		ask: planned, script: script("openai/a", says(almost)),
		want: outcome{Calls: "openai/a", Text: good, Finish: llm.Stop, By: "openai/a", Cost: "$0.01", Heard: almost + "|" + good},
	},
	"no JSON, but on asking again": {
		ask: planned, script: script("openai/a", says(nonsense), says(good)),
		want: outcome{Calls: "openai/a×2", Text: good, Finish: llm.Stop, By: "openai/a", Cost: "$0.02", Heard: nonsense + "|" + good},
	},
	"half an answer that says it is whole": {
		ask: planned, script: script("openai/a", says(half), says(almost)),
		want: outcome{Calls: "openai/a×2", Text: good, Finish: llm.Stop, By: "openai/a", Cost: "$0.02", Heard: half + "|" + almost + "|" + good},
	},
	"no JSON, but from another": {
		ask: planned, lanes: twoLanes, script: both(times(2, says(nonsense)), says(good)),
		want: outcome{Calls: "openai/a×2 google/b", Text: good, Finish: llm.Stop, By: "google/b", Cost: "$0.03", Heard: nonsense + "|" + nonsense + "|" + good},
	},
	"no JSON from anyone": {
		ask: planned, lanes: twoLanes, script: both(times(2, says(nonsense)), says(half)),
		want: outcome{Calls: "openai/a×2 google/b", Text: half, Finish: llm.Stop, Class: llm.BadJSON, Kind: problem.Unavailable, Cost: "$0.03",
			Heard: nonsense + "|" + nonsense + "|" + half},
	},
	"no JSON from the only one": {
		ask: planned, script: script("openai/a", times(3, says(nonsense))...),
		want: outcome{Calls: "openai/a×3", Text: nonsense, Finish: llm.Stop, Class: llm.BadJSON, Kind: problem.Unavailable, Cost: "$0.03",
			Heard: nonsense + "|" + nonsense + "|" + nonsense},
	},
	"JSON cut off by its length": {
		ask: planned, script: script("openai/a", runsOut(half)),
		want: outcome{Calls: "openai/a", Text: half, Finish: llm.Length, By: "openai/a", Cost: "$0.01"},
	},
	"a repair that is cut off by its length": {
		ask: planned, lanes: twoLanes, script: both(one(says(nonsense), runsOut(half)), says(good)),
		want: outcome{Calls: "openai/a×2 google/b", Text: good, Finish: llm.Stop, By: "google/b", Cost: "$0.03", Heard: nonsense + "|" + half + "|" + good},
	},
	"a repair over our own cap": {
		ask: planned, lanes: twoLanes, script: both(one(says(nonsense), fails(llm.OverBudget))),
		want: outcome{Calls: "openai/a×2", Class: llm.OverBudget, Kind: problem.Denied, Cost: "$0.01", Heard: nonsense},
	},
	"a repair that the provider finds too long": {
		ask: planned, lanes: twoLanes, script: both(one(says(nonsense), fails(llm.Bad)), says(good)),
		want: outcome{Calls: "openai/a×2 google/b", Text: good, Finish: llm.Stop, By: "google/b", Cost: "$0.02", Heard: nonsense + "|" + good},
	},
	"no JSON, then an overload": {
		ask: planned, script: script("openai/a", says(nonsense), fails(llm.Overloaded), says(good)),
		want: outcome{Calls: "openai/a×3", Waited: oneWait, Text: good, Finish: llm.Stop, By: "openai/a", Cost: "$0.02", Heard: nonsense + "|" + good},
	},
	"a refusal in place of JSON": {
		ask: planned, lanes: twoLanes, script: both(times(2, refuses("no")), says(almost)),
		want: outcome{Calls: "openai/a×2 google/b", Text: good, Finish: llm.Stop, By: "google/b", Cost: "$0.03", Heard: "no|no|" + almost + "|" + good},
	},
	"an outage in the middle of a repair": {
		ask: planned, lanes: twoLanes, script: both(append(one(says(nonsense)), times(5, fails(llm.Overloaded))...), says(good)),
		want: outcome{Calls: "openai/a×6 google/b", Waited: allWaits, Text: good, Finish: llm.Stop, By: "google/b", Cost: "$0.02", Heard: nonsense + "|" + good},
	},
}

func TestEachFaultEndsAsItShould(t *testing.T) {
	if len(faultCases) < 40 {
		t.Errorf("%d cases, want 40 at least", len(faultCases))
	}
	for name, tt := range faultCases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if diff := cmp.Diff(tt.want, play(t, tt)); diff != "" {
					t.Errorf("outcome (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// play asks once and reports what came of it.
func play(t *testing.T, tt faultCase) outcome {
	t.Helper()
	if tt.lanes == "" {
		tt.lanes = "openai/a"
	}
	log := &calls{}
	var lanes []llm.Model
	for name := range strings.FieldsSeq(tt.lanes) {
		provides, model, _ := strings.Cut(name, "/")
		lanes = append(lanes, &provider{caps: llm.Caps{Provider: provides, Model: model, Schema: true}, log: log, script: tt.script[name]})
	}
	m, _ := stack(lanes...)
	r := section()
	if tt.ask != nil {
		r = tt.ask()
	}
	if tt.change != nil {
		tt.change(&r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if tt.after > 0 {
		time.AfterFunc(tt.after, cancel)
	}
	began, heard := time.Now(), ""
	res, err := m.Stream(ctx, r, hearing(&heard))
	got := outcome{Calls: log.String(), Waited: time.Since(began), Text: res.Text, Finish: res.Finish, Cost: res.Cost.String(), Class: llm.ClassOf(err)}
	if heard != res.Text {
		got.Heard = heard
	}
	if err == nil {
		got.By = res.Provider + "/" + res.Model
		return got
	}
	p := problem.Of(err)
	got.Kind = p.Kind
	var f *llm.Fault
	if errors.As(err, &f) {
		got.Again = f.Problem.Wait
	}
	return got
}
