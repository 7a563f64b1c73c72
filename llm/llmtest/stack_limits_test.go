package llmtest_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"quire/book"
	"quire/llm"
	"quire/llm/fake"
)

// load is what books ask for, and the limit that binds them.
type load struct {
	question, answer int // tokens
	most             int // tokens that an answer may have
	binds            func(c fake.Call) int
	limit            int // a minute, of what binds
}

// loads are bound by requests (sixty calls of 200 tokens) and by tokens (forty
// of 2,500).
var loads = map[string]load{
	"by requests": {100, 100, 500, func(fake.Call) int { return 1 }, 60},
	"by tokens":   {1000, 1500, 2000, func(c fake.Call) int { return c.Usage.Input + c.Usage.Output }, 100_000},
}

// text has so many tokens in five words, so that five words are five chunks.
func text(tokens int) string {
	word := strings.Repeat("x", 4*tokens/5-1)
	return strings.Repeat(word+" ", 4) + word + "."
}

// TestTwentyBooksUseTheLimitsAndNeverBreakThem plays the provider's true limits:
// 60 requests and 100,000 tokens a minute, which OpenAI and Anthropic tell and
// Google does not.
func TestTwentyBooksUseTheLimitsAndNeverBreakThem(t *testing.T) {
	const warmUp, measured = 2 * time.Minute, 5 * time.Minute
	for name, l := range loads {
		for _, route := range routes {
			t.Run(name+"/"+string(route), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := &fake.Server{
						Author: &writer{own: func(string) string { return text(l.answer) }}, Pace: 1, Remember: 10_000,
						Limits: fake.Limits{Requests: 60, Tokens: 100_000},
					}
					h, end := build(server, route)
					defer end()
					if route == fake.Generate {
						h.buckets[route].Requests, h.buckets[route].Tokens = 60, 100_000
					}
					ctx, cancel := context.WithTimeout(t.Context(), warmUp+measured)
					defer cancel()
					began := time.Now()
					h.library(ctx, 20, 1000, func(bk string, n int) llm.Request {
						r := asking(bk, llm.Draft, fmt.Sprintf("section/ch_%d/1", n), l.question)
						r.MaxTokens = l.most
						return r
					})
					used, before := 0, began
					for _, c := range server.Log() {
						late := c.At.Sub(began) >= warmUp
						if late && c.At.Sub(before) < time.Second && l.limit == 60 {
							t.Errorf("two calls in %s: some providers take sixty a minute for one a second", c.At.Sub(before))
						}
						before = c.At
						if late && c.Status == http.StatusTooManyRequests {
							t.Errorf("a 429 after %s", c.At.Sub(began))
						}
						if late && c.Status == http.StatusOK {
							used += l.binds(c)
						}
					}
					share := float64(used) / float64(l.limit) / measured.Minutes()
					t.Logf("%.1f %% of the limit used", 100*share)
					if share < 0.95 || share > 1.01 {
						t.Errorf("%.1f %% of the binding limit is used, want 95 at least", 100*share)
					}
				})
			})
		}
	}
}

// library lets books ask at once, each one section after the other, until all
// have theirs, ctx ends or a call fails. It returns what they failed with.
func (h *house) library(ctx context.Context, books, sections int, ask func(bk string, n int) llm.Request) []error {
	var all sync.WaitGroup
	errs := make([]error, books)
	for b := range books {
		all.Go(func() {
			for n := range sections {
				if _, err := h.model.Stream(ctx, ask(fmt.Sprintf("bk%02d", b), n), nil); err != nil {
					errs[b] = err
					return
				}
			}
		})
	}
	all.Wait()
	return errs
}

func TestBooksThatShareAKeyAndABudgetNeverExceedEither(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		// Some calls break off, so that what is reserved for a try and what it costs
		// part ways.
		rules := routed(play(fault("cut", "", 3, "every 7"), refuse(500, "every 11")), route)
		server := &fake.Server{
			Author: &writer{own: func(string) string { return text(100) }}, Pace: 1, Script: fake.Script{Rules: rules},
			Limits: fake.Limits{Requests: 30, Tokens: 20_000},
		}
		h, end := build(server, route)
		defer end()
		h.buckets[route].Requests, h.buckets[route].Tokens = 30, 20_000
		h.cap, h.each = 20_000, 3_000
		errs := h.library(t.Context(), 12, 40, func(bk string, n int) llm.Request { return section(bk, n, 1) })
		for b, err := range errs {
			if llm.ClassOf(err) != llm.OverBudget {
				t.Errorf("book %d ends with %v", b, err)
			}
		}
		spent, total := map[string]book.USD{}, book.USD(0)
		for _, try := range h.tries.all() {
			spent[try.Book] += try.Cost.USD
			total += try.Cost.USD
		}
		for bk, usd := range spent {
			if usd > h.each {
				t.Errorf("book %s has cost %s of %s", bk, usd, h.each)
			}
		}
		// What is left of all books' budget is less than the next call may cost.
		if total > h.cap || total < h.cap-1400 {
			t.Errorf("%s is spent of %s", total, h.cap)
		}
		if n := server.Summary().Outcomes["429"]; n > 0 {
			t.Errorf("%d calls broke the limits", n)
		}
		billed := book.USD(0)
		for _, c := range server.Log() {
			if c.Status == http.StatusOK {
				billed += price.Of(c.Usage).USD
			}
		}
		if billed != total {
			t.Errorf("the tries cost %s, but the provider counts %s", total, billed)
		}
	})
}

func TestNoReplyInTheJournalIsAskedForAgainByManyBooks(t *testing.T) {
	eachWire(t, func(t *testing.T, route fake.Route) {
		rules := routed(play(fault("cut", "", 3, "every 5"), refuse(529, "every 7"), fault("clean_end", "", 99, "every 9")), route)
		server := &fake.Server{Author: &writer{own: func(artefact string) string { return artefact + " " + whole }}, Pace: 100, Script: fake.Script{Rules: rules}}
		h, end := build(server, route, next(route))
		defer end()
		ask := func(bk string, n int) llm.Request { return section(bk, n, 1) }
		for i, err := range h.library(t.Context(), 10, 10, ask) {
			if err != nil {
				t.Errorf("book %d: %v", i, err)
			}
		}
		before := len(server.Log())
		began := time.Now()
		for i, err := range h.library(t.Context(), 10, 10, ask) {
			if err != nil {
				t.Errorf("book %d, from the journal: %v", i, err)
			}
		}
		if n := len(server.Log()) - before; n != 0 || time.Since(began) != 0 || h.memory.len() != 100 {
			t.Errorf("%d calls and %s for %d replies that are in the journal", n, time.Since(began), h.memory.len())
		}
		for key, n := range server.AllAnswered() {
			if n != 1 {
				t.Errorf("%s was answered %d times", key, n)
			}
		}
		h.settled(t)
	})
}

// TestACallThatIsLeftReturnsAtOnceOverRealSockets looks at the clock on the
// wall, where a machine may be busy: of some calls the fastest counts.
func TestACallThatIsLeftReturnsAtOnceOverRealSockets(t *testing.T) {
	const promise, most = 100 * time.Millisecond, 20
	for _, route := range routes {
		t.Run(string(route), func(t *testing.T) {
			server := &fake.Server{Author: &writer{}, Script: fake.Script{Rules: routed(play(fault("stall", "", 3, "")), route)}}
			s := httptest.NewServer(server)
			dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
			}
			transport := &http.Transport{DialContext: dial}
			t.Cleanup(func() { server.Close(); transport.CloseIdleConnections(); s.Close() })
			h := assemble(server, &http.Client{Transport: transport}, route)
			fastest, calls := time.Hour, 0
			for ; calls < most && fastest > promise; calls++ {
				ctx, cancel := context.WithCancel(t.Context())
				var left time.Time
				said := ""
				_, err := h.model.Stream(ctx, section("bk", calls, 1), func(c llm.Chunk) error {
					if said += c.Text; said == half {
						left = time.Now()
						cancel()
					}
					return nil
				})
				fastest = min(fastest, time.Since(left))
				if cancel(); llm.ClassOf(err) != llm.Canceled {
					t.Fatalf("call %d ends with %v", calls, err)
				}
			}
			if fastest > promise {
				t.Errorf("of %d calls the fastest returned %s after it was left", calls, fastest)
			}
			for _, try := range h.tries.all() {
				if try.Outcome != string(llm.Canceled) || !try.Estimated || try.Usage != (llm.Usage{Input: 100, Output: 6}) || try.Cost.USD != 112 {
					t.Errorf("what was used is recorded as %+v", try)
				}
			}
			if n := len(h.tries.all()); n != calls || h.memory.len() != 0 {
				t.Errorf("%d tries of %d calls are recorded, %d replies kept", n, calls, h.memory.len())
			}
			h.settled(t)
		})
	}
}
