package llm_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/problem"
)

// ledger keeps tries, and fails as often as it is told to.
type ledger struct {
	mu    sync.Mutex
	tries []llm.Try
	away  time.Time // until when it is unavailable
	err   error     // what it fails with for good
	spent book.USD
	asked int
}

func (l *ledger) Record(ctx context.Context, t llm.Try) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case l.err != nil:
		return l.err
	case time.Now().Before(l.away):
		return problem.New(problem.Unavailable, "away")
	}
	l.tries = append(l.tries, t)
	return nil
}

func (l *ledger) Spent(context.Context, string) (book.USD, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked++
	return l.spent, l.err
}

// priced costs a dollar for a million tokens of a question, ten for an answer.
var priced = llm.Caps{Provider: "test", Model: "priced", MaxOutput: 1000, Price: llm.Price{Known: true, Rates: llm.Rates{
	Input: book.Dollar, CachedRead: book.Dollar / 10, CachedWrite: book.Dollar, CachedHour: book.Dollar, Output: 10 * book.Dollar}}}

func TestAMeterCountsWhatATryUsedAndCost(t *testing.T) {
	status := func(class llm.Class, status int) error {
		f := llm.NewFault(class, "Test", nil)
		f.Status = status
		return f
	}
	stop := errors.New("enough")
	half := strings.Repeat("half", 10)
	unpriced := priced
	unpriced.Price = llm.Price{}
	known := func(usd book.USD) llm.Cost { return llm.Cost{USD: usd, Known: true} }
	for name, tt := range map[string]struct {
		caps      llm.Caps
		say       string
		res       llm.Result
		err       error
		outcome   string
		estimated bool
		usage     llm.Usage
		cost      llm.Cost
	}{
		"a whole answer":                  {priced, "all", llm.Result{Text: "all", Finish: llm.Stop, Usage: llm.Usage{Input: 1000, CachedRead: 500, Output: 50}}, nil, "stop", false, llm.Usage{Input: 1000, CachedRead: 500, Output: 50}, known(500 + 50 + 500)},
		"the end of its length":           {priced, "all", llm.Result{Text: "all", Finish: llm.Length, Usage: llm.Usage{Input: 1000, Output: 50}}, nil, "length", false, llm.Usage{Input: 1000, Output: 50}, known(1500)},
		"a refusal":                       {priced, "", llm.Result{Finish: llm.Refused, Usage: llm.Usage{Input: 1000}}, nil, "refused", false, llm.Usage{Input: 1000}, known(1000)},
		"usage null":                      {priced, half, llm.Result{Text: half, Finish: llm.Stop}, nil, "stop", true, llm.Usage{Input: 100, Output: 10}, known(200)},
		"a cut stream":                    {priced, half, llm.Result{Text: half}, status(llm.Truncated, 200), "truncated", true, llm.Usage{Input: 100, Output: 10}, known(200)},
		"a cut stream that began to tell": {priced, half, llm.Result{Text: half, Usage: llm.Usage{Input: 1000, CachedRead: 1000, Output: 1}}, status(llm.Truncated, 200), "truncated", true, llm.Usage{Input: 1000, CachedRead: 1000, Output: 10}, known(200)},
		"no terminator and no error":      {priced, half, llm.Result{Text: half}, nil, "truncated", true, llm.Usage{Input: 100, Output: 10}, known(200)},
		"an error in mid-stream":          {priced, half, llm.Result{Text: half}, status(llm.Overloaded, 529), "overloaded", true, llm.Usage{Input: 100, Output: 10}, known(200)},
		"stopped by the listener":         {priced, half, llm.Result{Text: half}, stop, "stopped", true, llm.Usage{Input: 100, Output: 10}, known(200)},
		"stopped, and the text forgotten": {priced, half, llm.Result{}, stop, "stopped", true, llm.Usage{Input: 100, Output: 10}, known(200)},
		"no answer in time":               {priced, "", llm.Result{}, status(llm.Timeout, 0), "timeout", true, llm.Usage{Input: 100}, known(100)},
		"left before the first text":      {priced, "", llm.Result{}, status(llm.Canceled, 0), "canceled", true, llm.Usage{Input: 100}, known(100)},
		"a wrong key":                     {priced, "", llm.Result{}, status(llm.Auth, 401), "auth", false, llm.Usage{}, llm.Free},
		"too many requests":               {priced, "", llm.Result{}, status(llm.RateLimited, 429), "rate_limited", false, llm.Usage{}, llm.Free},
		"a failing provider":              {priced, "", llm.Result{}, status(llm.Overloaded, 503), "overloaded", false, llm.Usage{}, llm.Free},
		"a gateway's time-out":            {priced, "", llm.Result{}, status(llm.Timeout, 504), "timeout", false, llm.Usage{}, llm.Free},
		"no connection":                   {priced, "", llm.Result{}, status(llm.Unreachable, 0), "unreachable", false, llm.Usage{}, llm.Free},
		"our own mistake":                 {priced, "", llm.Result{}, stop, "failed", false, llm.Usage{}, llm.Free},
		"an unknown price":                {unpriced, "all", llm.Result{Text: "all", Finish: llm.Stop, Usage: llm.Usage{Input: 1000, Output: 50}}, nil, "stop", false, llm.Usage{Input: 1000, Output: 50}, llm.Cost{}},
		"an unknown price, turned away":   {unpriced, "", llm.Result{}, status(llm.Auth, 401), "auth", false, llm.Usage{}, llm.Free},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				m := scripted{caps: tt.caps, answer: func(ctx context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
					_ = lapse(ctx, time.Second, time.Second)
					if tt.say != "" {
						_ = on(llm.Chunk{Text: tt.say})
					}
					_ = lapse(ctx, time.Second, time.Second)
					tt.res.ID = "req_1"
					return tt.res, tt.err
				}}
				var book ledger
				r := sized("bk", 400, 0)
				r.Artefact, r.Revision, r.Attempt = "section/a/1", 2, 3
				res, err := llm.Meter{Model: m, Records: &book}.Stream(t.Context(), r, func(llm.Chunk) error {
					if tt.err == stop { //nolint:errorlint // the very one
						return stop
					}
					return nil
				})
				if err != tt.err { //nolint:errorlint // the very one
					t.Errorf("error %v", err)
				}
				first := time.Second
				if tt.say == "" {
					first = 0
				}
				want := []llm.Try{{Key: llm.Key(r), Book: "bk", Role: llm.Draft, Artefact: "section/a/1", Revision: 2, Attempt: 3, Provider: "test", Model: "priced", ID: "req_1",
					Outcome: tt.outcome, Usage: tt.usage, Estimated: tt.estimated, Cost: tt.cost, Began: began, First: first, Took: 2 * time.Second}}
				if diff := cmp.Diff(want, book.tries); diff != "" {
					t.Errorf("tries (-want +got):\n%s", diff)
				}
				if res.Cost != tt.cost || res.Usage != tt.usage || res.Text != tt.res.Text {
					t.Errorf("result %+v", res)
				}
			})
		})
	}
}

func TestACallThatIsLeftInMidStreamIsCountedAlsoWhileTheStoreIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, leave := context.WithCancel(t.Context())
		m := scripted{caps: priced, answer: func(ctx context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
			_ = on(llm.Chunk{Text: "some words"})
			leave()
			return llm.Result{Text: "some words"}, llm.NewFault(llm.Canceled, "Test", ctx.Err())
		}}
		l := &ledger{away: time.Now().Add(time.Minute)}
		_, err := llm.Meter{Model: m, Records: l}.Stream(ctx, sized("b", 400, 0), nil)
		if llm.ClassOf(err) != llm.Canceled || len(l.tries) != 1 || l.tries[0].Cost.USD != 130 || l.tries[0].Outcome != "canceled" {
			t.Errorf("%v, tries %+v", err, l.tries)
		}
	})
}

func TestATryThatCannotBeWrittenDownIsTold(t *testing.T) {
	fault := llm.NewFault(llm.Auth, "Test", nil)
	for name, tt := range map[string]struct {
		ledger *ledger
		err    error
		want   string
		took   time.Duration
	}{
		"a book that was deleted":  {&ledger{err: problem.New(problem.Missing, "no book")}, nil, "", 0},
		"a store that is broken":   {&ledger{err: problem.New(problem.Internal, "broken")}, nil, "record of a call to test: broken", 0},
		"a store that stays away":  {&ledger{away: time.Now().Add(1e6 * time.Hour)}, nil, "record of a call to test: away", 2 * time.Minute},
		"a fault, and a loss":      {&ledger{err: problem.New(problem.Internal, "broken")}, fault, "Test refused the key\nrecord of a call to test: broken", 0},
		"a fault of a lost book":   {&ledger{err: problem.New(problem.Missing, "no book")}, fault, "Test refused the key", 0},
		"nothing to write it into": {nil, nil, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				m := llm.Meter{Model: &model{result: whole(1, 1), err: tt.err}}
				if tt.ledger != nil {
					m.Records = tt.ledger
				}
				res, err := m.Stream(t.Context(), question, nil)
				got := ""
				if err != nil {
					got = err.Error()
				}
				if got != tt.want || res.Text != "words" || time.Since(began) != tt.took {
					t.Errorf("%q after %v, want %q after %v", got, time.Since(began), tt.want, tt.took)
				}
				if tt.err != nil && llm.ClassOf(err) != llm.Auth {
					t.Error("the loss hides the fault")
				}
			})
		})
	}
}

func TestWhoHasLeftIsNotAskedFor(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	leave()
	m := &model{}
	res, err := llm.Meter{Model: m}.Stream(ctx, question, nil)
	if !errors.Is(err, context.Canceled) || m.asked != 0 || res.Cost != llm.Free {
		t.Errorf("%v, asked %d times, cost %v", err, m.asked, res.Cost)
	}
}

func TestAMeterTeachesTheGaugeOnlyWhatTheProviderCounted(t *testing.T) {
	var g llm.Gauge
	r := sized("b", 4000, 0)
	for _, res := range []llm.Result{{Text: "all", Finish: llm.Stop}, {Text: "half", Usage: llm.Usage{Input: 2000, Output: 1}}} {
		if _, err := (llm.Meter{Model: &model{result: res}, Gauge: &g}).Stream(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := g.InputMost("test/", r); got != 1500 {
		t.Errorf("it learned from an estimate: %d", got)
	}
	if _, err := (llm.Meter{Model: &model{result: whole(2000, 10)}, Gauge: &g}).Stream(t.Context(), r, nil); err != nil || g.Input("test/", r) != 2000 {
		t.Errorf("it learned nothing: %d (%v)", g.Input("test/", r), err)
	}
}

func TestTotalsSumUpEachModel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var totals llm.Totals
		n := 0
		m := scripted{caps: priced, answer: func(ctx context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
			n++
			_ = lapse(ctx, time.Duration(n)*time.Second, 0)
			if n > 100 {
				return llm.Result{}, llm.NewFault(llm.Overloaded, "Test", nil)
			}
			res := whole(1000, 10)
			res.Usage.CachedRead = 250
			return res, nil
		}}
		for range 103 {
			_, _ = llm.Meter{Model: m, Totals: &totals}.Stream(t.Context(), question, nil)
		}
		_, _ = llm.Meter{Model: &model{result: whole(1, 1)}, Totals: &totals}.Stream(t.Context(), question, nil)
		want := []llm.Total{
			{Provider: "test", Calls: 1, Failed: map[string]int{}, Usage: llm.Usage{Input: 1, Output: 1}},
			{Provider: "test", Model: "priced", Calls: 103, Failed: map[string]int{"overloaded": 3}, Usage: llm.Usage{Input: 100_000, CachedRead: 25_000, Output: 1000},
				Cost: llm.Cost{USD: 100 * (750 + 25 + 100), Known: true}, Mean: 50500 * time.Millisecond, P95: 95 * time.Second},
		}
		got := totals.List()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("totals (-want +got):\n%s", diff)
		}
		if share := got[1].CachedShare(); share != 0.25 || (llm.Total{}).CachedShare() != 0 {
			t.Errorf("cached share %v", share)
		}
	})
	var none *llm.Totals
	if none.List() != nil {
		t.Error("no totals are some")
	}
}
