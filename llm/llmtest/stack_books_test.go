package llmtest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"quire/book"
	"quire/llm"
	"quire/llm/fake"
)

// eachWire runs a test in a bubble on each wire, with a second lane on the next.
func eachWire(t *testing.T, test func(t *testing.T, route fake.Route)) {
	for _, route := range routes {
		t.Run(string(route), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { test(t, route) })
		})
	}
}

// section asks for a section of a book.
func section(bk string, chapter, n int) llm.Request {
	return asking(bk, llm.Draft, fmt.Sprintf("section/ch_%d/%d", chapter, n), 100)
}

// writes asks, and says who answered or why nobody did, with how many calls that took.
func (h *house) writes(t *testing.T, r llm.Request) string {
	t.Helper()
	before := len(h.server.Log())
	res, err := h.model.Stream(t.Context(), r, nil)
	who := res.Provider
	if err != nil {
		who = string(llm.ClassOf(err))
	}
	return fmt.Sprintf("%s %d", who, len(h.server.Log())-before)
}

// steps holds what each call came to against what it should.
func (h *house) steps(t *testing.T, list ...step) {
	t.Helper()
	for i, s := range list {
		<-time.After(s.after)
		began := time.Now()
		if got := h.writes(t, s.ask); got != s.want || time.Since(began) != s.takes {
			t.Errorf("step %d, %s: %s in %s; want %s in %s", i+1, s.ask.Artefact, got, time.Since(began), s.want, s.takes)
		}
	}
}

type step struct {
	after time.Duration // since the step before
	ask   llm.Request
	want  string // who, and the calls that reached the server
	takes time.Duration
}

func TestABreakerOpensProbesAndClosesAgain(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		// Five calls of five tries each, and one probe of five: thirty failures.
		drip := fake.Rule{Fault: "slow_drip", Delay: fake.Duration(time.Second), Calls: "33-"}
		server := &fake.Server{Script: fake.Script{Rules: routed(play(refuse(503, "1-30"), drip), route)}}
		h, end := build(server, route)
		defer end()
		var list []step
		for i := range 5 {
			list = append(list, step{0, section("bk", i, 1), "overloaded 5", wait4})
		}
		list = append(list,
			step{0, section("bk", 5, 1), "overloaded 0", 0},
			step{29 * time.Second, section("bk", 6, 1), "overloaded 0", 0},
		)
		h.steps(t, list...)
		var all sync.WaitGroup
		all.Go(func() { h.steps(t, step{time.Second, section("bk", 7, 1), "overloaded 5", wait4}) }) // the probe
		h.steps(t, step{2 * time.Second, section("bk", 8, 1), "overloaded 0", 0})                    // it goes alone
		all.Wait()
		h.steps(t,
			step{59 * time.Second, section("bk", 8, 1), "overloaded 0", 0},
			step{time.Second, section("bk", 9, 1), providers[route] + " 1", 0}, // the next one
			step{0, section("bk", 10, 1), providers[route] + " 1", 0},
		)
		for i, err := range h.library(t.Context(), 3, 1, func(bk string, _ int) llm.Request { return section(bk, 1, 1) }) {
			if err != nil {
				t.Errorf("one of three at once, %d, after the breaker has closed: %v", i, err)
			}
		}
		h.settled(t)
	})
}

func TestAnotherProviderAnswersAtOnceWhileABreakerIsOpen(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		server := &fake.Server{Script: fake.Script{Rules: routed(play(refuse(500, "1-25")), route)}}
		h, end := build(server, route, next(route))
		defer end()
		first, other := providers[route], providers[next(route)]
		var list []step
		for i := range 5 {
			list = append(list, step{0, section("bk", i, 1), other + " 6", wait4})
		}
		list = append(list,
			step{0, section("bk", 5, 1), other + " 1", 0},
			step{30 * time.Second, section("bk", 6, 1), first + " 1", 0},
		)
		h.steps(t, list...)
		h.settled(t)
	})
}

func TestAChapterStaysWithItsWriter(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		on := func(artefact string, r fake.Rule) fake.Rule { r.Artefact = artefact; return r }
		rules := play(
			on("section/ch_1/2", refuse(503, "1-5")),
			on("section/ch_2/1", refuse(503, "")),
			on("section/ch_1/4", fault("quota", "", 0, "")),
		)
		h, end := build(&fake.Server{Script: fake.Script{Rules: routed(rules, route)}}, route, next(route))
		defer end()
		first, other := providers[route], providers[next(route)]
		h.steps(t,
			step{0, section("bk", 1, 1), first + " 1", 0},
			step{0, section("bk", 1, 2), "overloaded 5", wait4}, // no other writes on
			step{0, section("bk", 2, 1), other + " 6", wait4},   // a new chapter may
			step{0, section("bk", 1, 2), first + " 1", 0},       // asked for again
			step{0, section("bk", 2, 2), other + " 1", 0},       // stays with the other
			step{0, section("bk", 1, 3), first + " 1", 0},
			step{0, section("bk", 1, 4), other + " 2", 0}, // the first can serve no more
			step{0, section("bk", 1, 5), other + " 1", 0},
			step{0, section("bk", 3, 1), first + " 1", 0},
			step{0, section("bk", 2, 1), other + " 0", 0}, // from the journal
		)
		h.settled(t)
	})
}

func TestALongStopIsToldToAllWithoutACall(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		h, end := build(&fake.Server{Script: fake.Script{Rules: routed(play(wait(5*time.Minute, "seconds")), route)}}, route)
		defer end()
		h.steps(t,
			step{0, section("bk", 1, 1), "rate_limited 1", 0},
			step{0, section("bk", 2, 1), "rate_limited 0", 0},
			step{4 * time.Minute, section("bk", 1, 1), providers[route] + " 1", time.Minute}, // short enough to wait for
		)
		h.settled(t)
	})
}

func TestABudgetThatEndsInTheMidstOfABookIsKeptToTheMillionth(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		h, end := build(&fake.Server{}, route, next(route))
		defer end()
		h.cap = 10_000
		warned := 0
		h.purse.Warn = func(_ context.Context, _ string, spent, most book.USD) {
			if warned++; spent < 8000 || spent > 8300 || most != h.cap {
				t.Errorf("warned at %s of %s", spent, most)
			}
		}
		// A section costs 300 and may cost 1,220 at most once its model is known: the
		// thirtieth still fits after 8,700.
		for i := range 40 {
			want := providers[route] + " 1"
			if i >= 30 {
				want = "over_budget 0"
			}
			h.steps(t, step{0, section("bk", i/10, i%10), want, 0})
		}
		if cost := h.tries.cost(); cost.USD != 9000 || warned != 1 {
			t.Errorf("%s is spent of %s, warned %d times", cost, h.cap, warned)
		}
		_, err := h.model.Stream(t.Context(), section("bk", 3, 0), nil)
		var f *llm.Fault
		if !errors.As(err, &f) || !strings.Contains(f.Problem.Detail, "$0.01") || !strings.Contains(f.Problem.Hint, "--budget") {
			t.Errorf("the sentence is %v", err)
		}
		h.settled(t)
		h.cap = 20_000
		for i := range 40 {
			want := providers[route] + " 1"
			if i < 30 {
				want = providers[route] + " 0" // from the journal
			}
			h.steps(t, step{0, section("bk", i/10, i%10), want, 0})
		}
	})
}

func TestWhatACacheHadIsPaidAsTheProviderCounts(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		h, end := build(&fake.Server{}, route)
		defer end()
		ask := func(n int) (llm.Result, book.USD) {
			t.Helper()
			res, err := h.model.Stream(t.Context(), asking("bk", llm.Draft, fmt.Sprintf("section/ch_1/%d", n), 8000), nil)
			if err != nil {
				t.Fatal(err)
			}
			log := h.server.Log()
			return res, price.Of(log[len(log)-1].Usage).USD
		}
		first, firstCost := ask(1)
		again, againCost := ask(2)
		if first.Cost.USD != firstCost || again.Cost.USD != againCost {
			t.Errorf("cost %s and %s, but the provider counts %s and %s", first.Cost, again.Cost, firstCost, againCost)
		}
		written := first.Usage.CachedWrite
		// Of 8,000 tokens some are written to a cache for an hour, at two each.
		if want := 8200 + book.USD(written); firstCost != want {
			t.Errorf("the first costs %s, want %s", firstCost, want)
		}
		if (written > 7000) != (route == fake.Messages) || first.Usage.CachedHour != written && route == fake.Messages || again.Usage.CachedRead < 7000 {
			t.Errorf("usage %+v, then %+v", first.Usage, again.Usage)
		}
		if most := book.USD(8200 - 9*7000/10); againCost > most {
			t.Errorf("the second costs %s, of which a cache should have spared more than 6,300 millionths", againCost)
		}
		h.settled(t)
	})
}

func TestAListenerWhoHasHeardEnoughStillPays(t *testing.T) {
	enough := errors.New("the same again and again")
	eachWire(t, func(t *testing.T, route fake.Route) {
		h, end := build(&fake.Server{Script: fake.Script{Rules: routed(play(fault("loop", "", 0, "")), route)}}, route, next(route))
		defer end()
		heard := 0
		res, err := h.model.Stream(t.Context(), prose(), func(c llm.Chunk) error {
			if heard += len(c.Text); heard >= 80 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || res.Text != whole[:80] || res.Cost.USD != 140 {
			t.Errorf("%q for %s (%v)", res.Text, res.Cost, err)
		}
		if got := recorded(h.tries.all(), route); got != "stopped q+20~" || h.memory.len() != 0 {
			t.Errorf("recorded is %s, and %d replies are kept", got, h.memory.len())
		}
		synctest.Wait()
		if log := h.server.Log(); len(log) != 1 || log[0].Outcome != "left" {
			t.Errorf("the server goes on: %+v", log)
		}
		h.settled(t)
	})
}
