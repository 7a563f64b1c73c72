package llmtest_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"quire/book"
	"quire/llm"
	"quire/llm/fake"
	"quire/problem"
)

// TestACallThatIsLeftWhileItWaitsIsNeverSent leaves calls that wait behind
// another one: for a turn, and for the budget that it may yet need.
func TestACallThatIsLeftWhileItWaitsIsNeverSent(t *testing.T) {
	for name, set := range map[string]func(h *house, route fake.Route){
		"for the limits": func(h *house, route fake.Route) { h.buckets[route].Requests = 1 },
		"for a place":    func(h *house, route fake.Route) { h.buckets[route].Parallel = 1 },
		"for the budget": func(h *house, _ fake.Route) { h.cap = 1700 },
	} {
		t.Run(name, func(t *testing.T) {
			eachWire(t, func(t *testing.T, route fake.Route) {
				drip := fake.Rule{Fault: "slow_drip", Delay: fake.Duration(time.Second), Calls: "1"} // fifty seconds
				h, end := build(&fake.Server{Script: fake.Script{Rules: routed(play(drip), route)}}, route)
				defer end()
				set(h, route)
				var all sync.WaitGroup
				all.Go(func() { h.steps(t, step{0, section("bk", 1, 1), providers[route] + " 1", 50 * time.Second}) })
				synctest.Wait() // the first is under way
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				time.AfterFunc(time.Second, cancel)
				began := time.Now()
				res, err := h.model.Stream(ctx, section("bk", 2, 1), nil)
				if took := time.Since(began); llm.ClassOf(err) != llm.Canceled || took != time.Second || res.Cost != llm.Free {
					t.Errorf("left after %s for %s with %v", took, res.Cost, err)
				}
				if n := len(h.server.Log()); n != 1 {
					t.Errorf("%d calls were sent", n)
				}
				all.Wait()
				<-time.After(time.Minute)
				h.steps(t, step{0, section("bk", 3, 1), providers[route] + " 1", 0}) // who left is in nobody's way
				if got := recorded(h.tries.all(), route); got != "stop q+100×2" {
					t.Errorf("recorded is %s", got)
				}
				h.settled(t)
			})
		})
	}
}

// TestWhoWaitsForTheBudgetGetsWhatOthersLeave lets a call wait for the one that
// may cost all that is left.
func TestWhoWaitsForTheBudgetGetsWhatOthersLeave(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		h, end := build(&fake.Server{Pace: 5}, route) // fifty words in ten seconds
		defer end()
		h.cap = 2000
		began := time.Now()
		errs, ends := make([]error, 4), make([]time.Duration, 4)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				_, errs[i] = h.model.Stream(t.Context(), section("bk", i, 1), nil)
				ends[i] = time.Since(began)
			})
		}
		all.Wait()
		// One after the other, three cost 900; a fourth may cost more than is left.
		answered, over, last := 0, 0, time.Duration(0)
		for i, err := range errs {
			switch llm.ClassOf(err) {
			case "":
				answered++
			case llm.OverBudget:
				over++
			}
			last = max(last, ends[i])
		}
		if answered != 3 || over != 1 || last != 30*time.Second || h.tries.cost().USD != book.USD(900) {
			t.Errorf("%d answers and %d refusals in %s for %s: %v", answered, over, last, h.tries.cost(), errs)
		}
		h.settled(t)
	})
}

// TestACallerWhoseTimeIsUpHasNotLeft is about jobs with a time for one try: the
// end of it is a failure that is counted, a call that was left is not.
func TestACallerWhoseTimeIsUpHasNotLeft(t *testing.T) {
	for name, tt := range map[string]struct {
		rule  fake.Rule
		tries string
	}{
		"in the midst":       {fault("stall", "", 3, ""), "timeout q+6~"},
		"before the headers": {fake.Rule{Fault: "slow_headers", Delay: fake.Duration(time.Hour)}, "timeout q+0~"},
		"before another try": {wait(40*time.Second, "seconds"), "rate_limited"},
	} {
		t.Run(name, func(t *testing.T) {
			eachWire(t, func(t *testing.T, route fake.Route) {
				h, end := build(&fake.Server{Script: fake.Script{Rules: routed(play(tt.rule), route)}}, route, next(route))
				defer end()
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				began := time.Now()
				_, err := h.model.Stream(ctx, prose(), nil)
				if !problem.Is(err, problem.Unavailable) || !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
					t.Errorf("after %s: %v", time.Since(began), err)
				}
				if got := recorded(h.tries.all(), route); got != tt.tries || len(h.server.Log()) != 1 {
					t.Errorf("recorded is %s, and %d calls were sent", got, len(h.server.Log()))
				}
				h.settled(t)
			})
		})
	}
}
