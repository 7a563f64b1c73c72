package llm_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/problem"
)

// limited is what a call goes through here: limiter, meter, model.
func limited(m llm.Model, b *llm.Bucket, g *llm.Gauge) llm.Limiter {
	return llm.Limiter{Model: llm.Meter{Model: m, Gauge: g}, Bucket: b, Gauge: g}
}

// sized is a request with a question of so many letters.
func sized(book string, letters, most int) llm.Request {
	return llm.Request{Book: book, Role: llm.Draft, MaxTokens: most, Blocks: []llm.Block{{Text: strings.Repeat("x", letters)}}}
}

// busy keeps books busy: each asks again as soon as it has an answer, and after a
// fault comes again when it was told to.
func busy(ctx context.Context, books, width int, m llm.Model, next func(book string) llm.Request) *sync.WaitGroup {
	var all sync.WaitGroup
	for i := range books * width {
		book := fmt.Sprint("book ", i/width)
		all.Go(func() {
			for ctx.Err() == nil {
				if _, err := m.Stream(ctx, next(book), nil); err != nil {
					_ = lapse(ctx, time.Second, time.Second)
				}
			}
		})
	}
	return &all
}

func TestTwentyBooksUseAProvidersLimitsAndNeverExceedThem(t *testing.T) {
	const rpm, tpm = 60, 100_000
	laws := map[string]func(most int) law{
		"sliding minute": func(most int) law { return &sliding{most: most} },
		"token bucket":   func(most int) law { return &dripping{most: most, depth: most} },
	}
	loads := map[string]struct {
		letters, answer, most int
		work                  time.Duration
		binding               string
	}{
		"small calls, bound by requests": {1200, 200, 300, 2 * time.Second, "requests"},
		"large calls, bound by tokens":   {7000, 600, 900, 5 * time.Second, "tokens"},
	}
	for lawName, law := range laws {
		for loadName, l := range loads {
			t.Run(loadName+", "+lawName, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					p := &simulated{caps: llm.Caps{Provider: "sim", Model: "one"}, ratio: 1.17, work: l.work, answer: l.answer, requests: law(rpm), tokens: law(tpm)}
					ctx, stop := context.WithCancel(t.Context())
					bucket := &llm.Bucket{}
					began := time.Now()
					all := busy(ctx, 20, 4, limited(p, bucket, &llm.Gauge{}), func(book string) llm.Request { return sized(book, l.letters, l.most) })
					warm := began.Add(time.Minute)
					<-time.After(11*time.Minute + 30*time.Second) // whose answers are whole by then
					requests, tokens := p.between(warm, warm.Add(10*time.Minute))
					t.Logf("%.1f %% of requests, %.1f %% of tokens, %d 429s in warm-up, %d after, state %+v",
						float64(requests)/rpm*10, float64(tokens)/tpm*10, len(p.refused)-p.refusedSince(warm), p.refusedSince(warm), bucket.State())
					if n := p.refusedSince(warm); n > 0 {
						t.Errorf("%d calls were refused after the warm-up", n)
					}
					used := float64(requests) / (10 * rpm)
					if l.binding == "tokens" {
						used = float64(tokens) / (10 * tpm)
					}
					if used < 0.95 {
						t.Errorf("%.1f %% of the binding limit used", 100*used)
					}
					stop()
					all.Wait()
				})
			})
		}
	}
}

func TestOfAGivenAndALearnedLimitTheLowerBindsAndNobodyIsRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		bucket *llm.Bucket
		silent bool
		want   int // requests served in ten minutes, at most
	}{
		"given to a provider that says nothing": {&llm.Bucket{Requests: 60, Tokens: 100_000}, true, 600},
		"given less than the provider allows":   {&llm.Bucket{Requests: 30}, false, 300},
		"given more than the provider allows":   {&llm.Bucket{Requests: 500}, false, 600},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := &simulated{silent: tt.silent, ratio: 1, work: time.Second, answer: 200, requests: &sliding{most: 60}, tokens: &sliding{most: 100_000}}
				ctx, stop := context.WithCancel(t.Context())
				all := busy(ctx, 5, 4, limited(p, tt.bucket, nil), func(book string) llm.Request { return sized(book, 1200, 300) })
				began := time.Now()
				<-time.After(11 * time.Minute)
				served, _ := p.between(began.Add(time.Minute), began.Add(11*time.Minute))
				if n := p.refusedSince(began); n > 0 || served > tt.want || served < tt.want*95/100 {
					t.Errorf("%d served of %d, %d refused", served, tt.want, n)
				}
				stop()
				all.Wait()
			})
		})
	}
}

func TestAStopByRetryAfterIsKeptByAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &simulated{silent: true, ratio: 1, work: 200 * time.Millisecond, answer: 200, requests: &sliding{most: 60}, tokens: &sliding{most: 100_000}}
		ctx, stop := context.WithCancel(t.Context())
		all := busy(ctx, 20, 2, limited(p, &llm.Bucket{}, nil), func(book string) llm.Request { return sized(book, 1200, 300) })
		<-time.After(5 * time.Minute)
		stop()
		all.Wait()
		if len(p.refused) == 0 {
			t.Fatal("the provider refused nobody, so this proves nothing")
		}
		if p.rude > 0 {
			t.Errorf("%d calls came during a stop", p.rude)
		}
		// Nobody tells the limit, so calls run into it again and again; but nothing
		// of it is lost.
		if served, _ := p.between(time.Time{}, time.Now()); len(p.refused)*2 > served || served < 285 {
			t.Errorf("%d refused for %d served", len(p.refused), served)
		}
	})
}

// scripted answers as its function says.
type scripted struct {
	caps   llm.Caps
	answer func(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error)
}

func (s scripted) Caps() llm.Caps { return s.caps }

func (s scripted) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	if on == nil {
		on = func(llm.Chunk) error { return nil }
	}
	return s.answer(ctx, r, on)
}

// whole is an answer that used so many tokens.
func whole(in, out int) llm.Result {
	return llm.Result{Text: "words", Finish: llm.Stop, Usage: llm.Usage{Input: in, Output: out}}
}

func TestAStopThatIsTooLongIsToldAtOnceAlsoToThoseWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		m := scripted{answer: func(ctx context.Context, _ llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
			sent++
			_ = lapse(ctx, time.Second, time.Second)
			return llm.Result{}, llm.NewFault(llm.RateLimited, "Test", nil).After(time.Hour)
		}}
		l := limited(m, &llm.Bucket{Parallel: 1}, nil)
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				_, err := l.Stream(t.Context(), sized("b", 400, 10), nil)
				if wait := problem.Of(err).Wait; llm.ClassOf(err) != llm.RateLimited || wait != time.Hour {
					t.Errorf("got %v, wait %v", err, wait)
				}
			})
		}
		all.Wait()
		if s := l.Bucket.State(); sent != 1 || s.Running != 0 || s.Waiting != 0 {
			t.Errorf("%d sent, %+v", sent, s)
		}
	})
}

func TestAfterAStopOneCallGoesAheadUntilItsTextBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var mu sync.Mutex
		var sent []time.Duration
		m := scripted{answer: func(ctx context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
			mu.Lock()
			sent = append(sent, time.Since(began))
			first := len(sent) == 1
			mu.Unlock()
			if first {
				return llm.Result{}, llm.NewFault(llm.RateLimited, "Test", nil).After(10 * time.Second)
			}
			_ = lapse(ctx, 3*time.Second, 3*time.Second)
			_ = on(llm.Chunk{Text: "words"})
			_ = lapse(ctx, 30*time.Second, 30*time.Second)
			return whole(1, 1), nil
		}}
		l := limited(m, &llm.Bucket{}, nil)
		if _, err := l.Stream(t.Context(), sized("b", 400, 10), nil); llm.ClassOf(err) != llm.RateLimited {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() { _, _ = l.Stream(t.Context(), sized("b", 400, 10), nil) })
		}
		all.Wait()
		// The stop has halved the calls at once from 4 to 2.
		want := []time.Duration{0, 10 * time.Second, 13 * time.Second, 43 * time.Second}
		if diff := cmp.Diff(want, sent); diff != "" {
			t.Errorf("sent (-want +got):\n%s", diff)
		}
	})
}

func TestA429ThatNamesNoTimePausesLongerEachTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var sent []float64
		m := scripted{answer: func(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) {
			sent = append(sent, time.Since(began).Seconds())
			return llm.Result{}, llm.NewFault(llm.RateLimited, "Test", nil)
		}}
		l := limited(m, &llm.Bucket{}, nil)
		for range 8 {
			_, _ = l.Stream(t.Context(), sized("b", 400, 10), nil)
		}
		if diff := cmp.Diff([]float64{0, 1, 3, 7, 15, 31, 61, 91}, sent); diff != "" {
			t.Errorf("sent (-want +got):\n%s", diff)
		}
	})
}

func TestStormsOfCancelsLeaveNoReservationBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		buckets := []*llm.Bucket{{Requests: 60, Tokens: 100_000}, {Requests: 600, Input: 30_000, Output: 10_000}, {Parallel: 2}}
		faults := []error{nil, nil, nil, llm.NewFault(llm.Overloaded, "Test", nil), llm.NewFault(llm.Timeout, "Test", nil), llm.NewFault(llm.Unreachable, "Test", nil),
			llm.NewFault(llm.RateLimited, "Test", nil).After(2 * time.Second)}
		m := scripted{answer: func(ctx context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
			if err := lapse(ctx, 0, 3*time.Second); err != nil {
				return llm.Result{}, err
			}
			switch _ = on(llm.Chunk{Text: "w"}); rand.N(20) {
			case 0:
				panic("storm")
			case 1:
				return llm.Result{}, errors.New("ours")
			}
			return whole(100, 100), faults[rand.N(len(faults))]
		}}
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				for n := range 40 {
					ctx, stop := context.WithTimeout(t.Context(), rand.N(4*time.Second))
					func() {
						defer func() { _ = recover() }()
						_, _ = limited(m, buckets[(i+n)%3], nil).Stream(ctx, sized("b", 400*(1+rand.N(20)), 300), nil)
					}()
					stop()
				}
			})
		}
		all.Wait()
		for i, b := range buckets {
			if s := b.State(); s.Running != 0 || s.Waiting != 0 {
				t.Errorf("bucket %d: %+v", i, s)
			}
		}
		<-time.After(61 * time.Second)
		for i, b := range buckets {
			if s := b.State(); s.Used != [4]int{} {
				t.Errorf("bucket %d is not whole again: %+v", i, s)
			}
			began := time.Now()
			if _, err := (llm.Limiter{Model: scripted{answer: func(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) { return whole(1, 1), nil }}, Bucket: b}).Stream(t.Context(), sized("b", 400, 10), nil); err != nil || time.Since(began) > 0 {
				t.Errorf("bucket %d: a call took %v (%v)", i, time.Since(began), err)
			}
		}
	})
}

func TestWhoWaitsIsServedInOrderOfArrivalWhateverItsSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var order []string
		m := scripted{answer: func(ctx context.Context, r llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
			mu.Lock()
			order = append(order, r.Book)
			mu.Unlock()
			return whole(llm.TokensOf(r), r.MaxTokens), lapse(ctx, time.Second, 5*time.Second)
		}}
		l := limited(m, &llm.Bucket{Tokens: 10_000, Requests: 100}, nil)
		var all sync.WaitGroup
		var want []string
		for i := range 60 {
			book := fmt.Sprint("book ", i)
			want = append(want, book)
			letters := 400
			if i%7 == 0 {
				letters = 30_000 // with doubt more than the whole limit
			}
			all.Go(func() { _, _ = l.Stream(t.Context(), sized(book, letters, 100), nil) })
			synctest.Wait()
		}
		all.Wait()
		if diff := cmp.Diff(want, order); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
	})
}

func TestWaitingEndsAtOnceWithItsContextAndCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		m := scripted{answer: func(ctx context.Context, _ llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
			sent++
			return whole(1, 1), lapse(ctx, time.Hour, time.Hour)
		}}
		l := limited(m, &llm.Bucket{Parallel: 1}, nil)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go func() { _, _ = l.Stream(ctx, sized("b", 400, 10), nil) }()
		synctest.Wait()
		mine, leave := context.WithTimeout(t.Context(), 3*time.Second)
		defer leave()
		began := time.Now()
		res, err := l.Stream(mine, sized("b", 400, 10), nil)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 3*time.Second || res.Cost != llm.Free || sent != 1 {
			t.Errorf("%v after %v, cost %v, %d sent", err, time.Since(began), res.Cost, sent)
		}
	})
}

func TestTheProvidersTighterNumbersAreFollowed(t *testing.T) {
	all := func(most, left int, reset time.Duration) llm.Allowance {
		return llm.Allowance{Most: most, Left: left, Reset: reset}
	}
	for name, tt := range map[string]struct {
		bucket *llm.Bucket
		limits llm.Limits
		want   time.Duration // until the next call is sent
	}{
		"nothing was said":             {&llm.Bucket{}, llm.Limits{}, 0},
		"there is enough":              {&llm.Bucket{}, llm.Limits{Requests: all(6000, 100, time.Minute), Tokens: all(10_000, 5000, time.Minute)}, 0},
		"no request is left":           {&llm.Bucket{}, llm.Limits{Requests: all(6000, 0, 20*time.Second)}, 20 * time.Second},
		"too few tokens are left":      {&llm.Bucket{}, llm.Limits{Tokens: all(10_000, 50, 30*time.Second)}, 30 * time.Second},
		"too few of questions":         {&llm.Bucket{}, llm.Limits{Input: all(10_000, 50, 40*time.Second), Output: all(10_000, 9000, time.Second)}, 40 * time.Second},
		"too few of answers":           {&llm.Bucket{}, llm.Limits{Input: all(10_000, 9000, time.Second), Output: all(10_000, 50, 50*time.Second)}, 50 * time.Second},
		"a reset of hours is a minute": {&llm.Bucket{}, llm.Limits{Requests: all(6000, 0, 20*time.Hour)}, 60500 * time.Millisecond},
		"one request a minute":         {&llm.Bucket{}, llm.Limits{Requests: all(1, 0, time.Minute)}, 60500 * time.Millisecond},
		"our own limit of questions":   {&llm.Bucket{Input: 250}, llm.Limits{}, 60500 * time.Millisecond},
		"our own limit of answers":     {&llm.Bucket{Output: 150}, llm.Limits{}, 60500 * time.Millisecond},
		"our own limit of tokens":      {&llm.Bucket{Tokens: 400}, llm.Limits{}, 60500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := scripted{answer: func(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) {
					res := whole(150, 100)
					res.Limits = tt.limits
					return res, nil
				}}
				l := limited(m, tt.bucket, nil)
				began := time.Now()
				for range 2 {
					if _, err := l.Stream(t.Context(), sized("b", 400, 100), nil); err != nil {
						t.Fatal(err)
					}
				}
				if got := time.Since(began); got != tt.want {
					t.Errorf("sent after %v, want %v", got, tt.want)
				}
			})
		})
	}
}

func TestWhatOthersUsedCountsForAMinuteWhateverTheResetSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		res := whole(100, 100)
		res.Limits.Tokens = llm.Allowance{Most: 10_000, Left: 0, Reset: 20 * time.Hour}
		l := limited(scripted{answer: func(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) { return res, nil }}, &llm.Bucket{}, nil)
		began := time.Now()
		for _, letters := range []int{400, 8000} {
			_, _ = l.Stream(t.Context(), sized("b", letters, 100), nil)
		}
		if got := time.Since(began); got != 60500*time.Millisecond {
			t.Errorf("waited %v", got)
		}
	})
}

func TestTokensFromACacheDoNotCountWhereQuestionsAreCountedApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := scripted{answer: func(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) {
			res := whole(10_000, 100)
			res.Usage.CachedRead = 9500
			return res, nil
		}}
		l := limited(m, &llm.Bucket{Input: 20_000}, &llm.Gauge{})
		began := time.Now()
		for range 20 { // 10,000 tokens that count
			if _, err := l.Stream(t.Context(), sized("b", 40_000, 100), nil); err != nil {
				t.Fatal(err)
			}
		}
		// What was learned serves calls that are under way together, too.
		l.Model = scripted{answer: func(ctx context.Context, _ llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
			return whole(10_000, 100), lapse(ctx, time.Second, time.Second)
		}}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() { _, _ = l.Stream(t.Context(), sized("b", 40_000, 100), nil) })
		}
		all.Wait()
		if got := time.Since(began); got != time.Second {
			t.Errorf("took %v", got)
		}
	})
}

func TestRequestsLeaveEvenlyUpToASecondsWorthAtOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		bucket *llm.Bucket
		want   []int // milliseconds
	}{
		"no limit":   {&llm.Bucket{}, []int{0, 0, 0, 0, 0}},
		"one in 1 s": {&llm.Bucket{Requests: 60}, []int{0, 1008, 2016, 3024, 4033}},
		"two in 1 s": {&llm.Bucket{Requests: 120}, []int{0, 8, 512, 1016, 1520}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				var sent []int
				l := limited(scripted{answer: func(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) {
					sent = append(sent, int(time.Since(began).Milliseconds()))
					return whole(1, 1), nil
				}}, tt.bucket, nil)
				for range tt.want {
					_, _ = l.Stream(t.Context(), sized("b", 400, 10), nil)
				}
				if diff := cmp.Diff(tt.want, sent); diff != "" {
					t.Errorf("sent (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestMoreCallsAtOnceAreAllowedOnlyWhereThatHoldsCallsBack(t *testing.T) {
	l := limited(scripted{answer: func(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) { return whole(1, 1), nil }}, &llm.Bucket{}, nil)
	for range 20 {
		_, _ = l.Stream(t.Context(), sized("b", 400, 10), nil)
	}
	if s := l.Bucket.State(); s.Parallel != 4 {
		t.Errorf("%d calls may be under way after one at a time", s.Parallel)
	}
}

func TestTwoProcessesThatShareAKeyLeaveEachOtherRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &simulated{ratio: 1, work: time.Second, answer: 200, requests: &sliding{most: 60}, tokens: &sliding{most: 100_000}}
		ctx, stop := context.WithCancel(t.Context())
		var both []*sync.WaitGroup
		for range 2 {
			both = append(both, busy(ctx, 10, 1, limited(p, &llm.Bucket{}, nil), func(book string) llm.Request { return sized(book, 1200, 300) }))
		}
		<-time.After(11 * time.Minute)
		served, _ := p.between(time.Time{}, time.Now())
		t.Logf("%d served, %d refused", served, len(p.refused))
		if len(p.refused)*10 > served || served < 550 {
			t.Errorf("%d refused, %d served of 660", len(p.refused), served)
		}
		stop()
		for _, one := range both {
			one.Wait()
		}
	})
}

func TestCallsAtOnceDoubleUntilTheFirstFaultThenAreHalvedOnceARoundTrip(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var failing atomic.Bool
		m := scripted{answer: func(ctx context.Context, _ llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
			_ = lapse(ctx, time.Second, time.Second)
			if failing.Load() {
				return llm.Result{}, llm.NewFault(llm.Overloaded, "Test", nil)
			}
			return whole(1, 1), nil
		}}
		b := &llm.Bucket{Parallel: 40}
		ctx, stop := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				for ctx.Err() == nil {
					_, _ = limited(m, b, nil).Stream(ctx, sized("b", 400, 10), nil)
				}
			})
		}
		<-time.After(500 * time.Millisecond)
		got := []int{b.State().Running}
		next := func(fail bool) {
			failing.Store(fail)
			<-time.After(time.Second)
			got = append(got, b.State().Running)
		}
		for _, fail := range []bool{false, false, false, false, true, true, false, false, true, true, true, true, true} {
			next(fail)
		}
		stop()
		all.Wait()
		// After the first halving a round of successes adds a little less than one.
		want := []int{4, 8, 16, 32, 40, 20, 10, 10, 11, 5, 2, 1, 1, 1}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("under way (-want +got):\n%s", diff)
		}
	})
}
