package llm_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/problem"
)

// caps makes every book cost at most so much.
func caps(most book.USD) func(context.Context, string) (book.USD, bool, error) {
	return func(context.Context, string) (book.USD, bool, error) { return most, true, nil }
}

// costing answers after a while, at a cost.
func costing(c llm.Caps, took time.Duration, cost llm.Cost) scripted {
	return scripted{caps: c, answer: func(ctx context.Context, _ llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
		if err := lapse(ctx, took, took); err != nil {
			return llm.Result{Cost: llm.Free}, err
		}
		return llm.Result{Text: "words", Finish: llm.Stop, Cost: cost}, nil
	}}
}

// tenth may cost 0.11 $ at most a call: 0.011 of the question with its doubt.
var tenth = sized("bk", 400, 1000)

func paid(usd book.USD) llm.Cost { return llm.Cost{USD: usd, Known: true} }

func TestBooksThatShareAKeyAndABudgetNeverExceedEither(t *testing.T) {
	for name, repeats := range map[string]bool{"one try": false, "many tries": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { storm(t, repeats) })
		})
	}
}

// storm has fifty callers of five books spend at random costs, leave and panic,
// and watches what is truly spent.
func storm(t *testing.T, repeats bool) {
	const perBook, total = 50_000, 160_000
	var mu sync.Mutex
	all, books := book.USD(0), map[string]book.USD{}
	try := func(ctx context.Context, r llm.Request) (llm.Result, error) {
		if err := lapse(ctx, 0, 3*time.Second); err != nil {
			return llm.Result{Cost: llm.Free}, err
		}
		most := priced.Price.Most(llm.TokensOf(r), r.MaxTokens).USD
		cost := paid(rand.N(most + 1))
		unknown := rand.N(10) == 0
		if unknown {
			cost.USD = most
		}
		mu.Lock()
		all += cost.USD
		books[r.Book] += cost.USD
		if all > total || books[r.Book] > perBook {
			t.Errorf("%v spent, %v of %s", all, books[r.Book], r.Book)
		}
		mu.Unlock()
		switch {
		case rand.N(15) == 0:
			panic("storm")
		case unknown:
			return llm.Result{}, errors.New("ours")
		}
		return llm.Result{Finish: llm.Stop, Cost: cost}, nil
	}
	one := scripted{caps: priced, answer: func(ctx context.Context, r llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
		return try(ctx, r)
	}}
	var m llm.Model = one
	if repeats {
		m = repeater{one}
	}
	total2 := book.USD(total)
	p := &llm.Purse{Cap: caps(perBook), Total: &total2}
	var callers sync.WaitGroup
	over := 0
	for i := range 50 {
		callers.Go(func() {
			for range 40 {
				ctx, stop := context.WithTimeout(t.Context(), rand.N(20*time.Second))
				func() {
					defer func() { _ = recover() }()
					_, err := llm.Budget{Model: m, Purse: p}.Stream(ctx, sized(fmt.Sprint("book ", i%5), 400, 1+rand.N(300)), nil)
					mu.Lock()
					defer mu.Unlock()
					if llm.ClassOf(err) == llm.OverBudget {
						over++
					}
				}()
				stop()
			}
		})
	}
	callers.Wait()
	if over == 0 || all < total*8/10 {
		t.Errorf("%d refused, %v of %v spent: this proves nothing", over, all, book.USD(total))
	}
	if s := p.State("book 1"); s.Reserved != 0 || s.Waiting != 0 || s.Spent < books["book 1"] {
		t.Errorf("left behind: %+v, truly spent %v", s, books["book 1"])
	}
}

// repeater tries up to three times, each paid for.
type repeater struct{ scripted }

func (r repeater) Repeat(ctx context.Context, q llm.Request, on func(llm.Chunk) error, again func(context.Context, llm.Cost) error) (llm.Result, error) {
	sum := llm.Free
	for n := 1; ; n++ {
		res, err := r.Stream(ctx, q, on)
		sum = sum.Plus(res.Cost)
		res.Cost = sum
		if err != nil || n == 3 {
			return res, err
		}
		if err := again(ctx, sum); err != nil {
			return res, err
		}
	}
}

func TestABudgetSaysWhyItDoesNotPay(t *testing.T) {
	unpriced, free := priced, priced
	unpriced.Price, free.Price = llm.Price{}, llm.Price{Known: true}
	half := book.USD(500)
	for name, tt := range map[string]struct {
		caps         llm.Caps
		purse        *llm.Purse
		detail, hint string
	}{
		"no budget, and it costs":   {priced, &llm.Purse{Cap: caps(0)}, "the budget of this book is $0.00, and test/priced costs money", "give a higher --budget, or use a free model such as the built-in author"},
		"no budget, and it is free": {free, &llm.Purse{Cap: caps(0)}, "", ""},
		"nothing is left": {priced, &llm.Purse{Cap: caps(book.Dollar), Records: &ledger{spent: 995_000}}, "the budget of this book is $1.00, of which $1.00 is spent: the next call to test/priced may cost $0.010165",
			"go on with a higher --budget, or with a cheaper model"},
		"nothing is left for all":                 {priced, &llm.Purse{Total: &half}, "the budget of all books together is $0.0005, of which $0.00 is spent: the next call to test/priced may cost $0.010165", "go on with a higher --budget, or with a cheaper model"},
		"an unknown price":                        {unpriced, &llm.Purse{Cap: caps(book.Dollar)}, "the price of test/priced is unknown, so no budget can be kept", "set a price for the model in the configuration, or run without a budget"},
		"an unknown price under a budget for all": {unpriced, &llm.Purse{Total: &half}, "the price of test/priced is unknown, so no budget can be kept", "set a price for the model in the configuration, or run without a budget"},
		"an unknown price without any":            {unpriced, &llm.Purse{}, "", ""},
		"enough":                                  {priced, &llm.Purse{Cap: caps(10_165)}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := &model{result: llm.Result{Text: "words", Finish: llm.Stop, Cost: paid(1)}}
			res, err := llm.Budget{Model: scripted{caps: tt.caps, answer: m.Stream}, Purse: tt.purse}.Stream(t.Context(), tenth, nil)
			if tt.detail == "" {
				if err != nil || res.Text != "words" {
					t.Fatalf("%q, %v", res.Text, err)
				}
				return
			}
			p := problem.Of(err)
			if diff := cmp.Diff([]string{tt.detail, tt.hint}, []string{p.Detail, p.Hint}); diff != "" {
				t.Errorf("sentence (-want +got):\n%s", diff)
			}
			if llm.ClassOf(err) != llm.OverBudget || p.Kind != problem.Denied || res.Cost != llm.Free || m.asked != 0 {
				t.Errorf("class %q, kind %q, cost %v, asked %d", llm.ClassOf(err), p.Kind, res.Cost, m.asked)
			}
		})
	}
}

func TestWhatACallCostsIsSettledWhateverCameOfIt(t *testing.T) {
	for name, tt := range map[string]struct {
		res   llm.Result
		tries int
		want  book.USD
	}{
		"a known cost":                     {llm.Result{Cost: paid(700)}, 0, 700},
		"nothing":                          {llm.Result{Cost: llm.Free}, 0, 0},
		"an unknown cost":                  {llm.Result{}, 0, 10_165},
		"an unknown one of three tries":    {llm.Result{}, 3, 30_495},
		"one of which we know a part":      {llm.Result{Cost: llm.Cost{USD: 20_000}}, 0, 20_000},
		"more than was thought to be most": {llm.Result{Cost: paid(20_000)}, 0, 20_000},
	} {
		for kind, err := range map[string]error{"": nil, " and a fault": llm.NewFault(llm.Overloaded, "Test", nil)} {
			p := &llm.Purse{Cap: caps(book.Dollar)}
			_, _ = llm.Budget{Model: scripted{caps: priced, answer: (&model{result: tt.res, err: err}).Stream}, Purse: p, Tries: tt.tries}.Stream(t.Context(), tenth, nil)
			if diff := cmp.Diff(llm.Spending{Spent: tt.want}, p.State("bk")); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", name, kind, diff)
			}
		}
	}
}

func TestACallWaitsForOthersThatMayCostLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &llm.Purse{Cap: caps(25_000)} // two calls at most
		b := llm.Budget{Model: costing(priced, time.Second, paid(1000)), Purse: p}
		began := time.Now()
		var mu sync.Mutex
		var ends []time.Duration
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if _, err := b.Stream(t.Context(), tenth, nil); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				ends = append(ends, time.Since(began))
			})
		}
		all.Wait()
		want := []time.Duration{time.Second, time.Second, 2 * time.Second, 2 * time.Second, 3 * time.Second}
		if diff := cmp.Diff(want, ends); diff != "" {
			t.Errorf("ends (-want +got):\n%s", diff)
		}
	})
}

func TestWaitingForMoneyIsFairAndEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		total := book.USD(25_000)
		var mu sync.Mutex
		var order []string
		m := scripted{caps: priced, answer: func(ctx context.Context, r llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
			mu.Lock()
			order = append(order, r.Book)
			mu.Unlock()
			return llm.Result{Cost: paid(1)}, lapse(ctx, time.Second, time.Second)
		}}
		p := &llm.Purse{Total: &total, Cap: func(_ context.Context, id string) (book.USD, bool, error) { return 15_000, id == "narrow", nil }}
		b := llm.Budget{Model: m, Purse: p}
		var all sync.WaitGroup
		call := func(ctx context.Context, id string, most int) {
			all.Go(func() { _, _ = b.Stream(ctx, sized(id, 400, most), nil) })
			synctest.Wait()
		}
		leaving, leave := context.WithCancel(t.Context())
		call(t.Context(), "narrow", 1000)
		call(t.Context(), "narrow", 1000) // waits for its own book, and holds back nobody else
		call(t.Context(), "first", 1000)  // runs
		call(t.Context(), "large", 2400)  // waits for the budget of all
		call(leaving, "gone", 10)         // waits behind it, and leaves
		call(t.Context(), "small", 100)   // would fit, but does not pass the large one
		leave()
		synctest.Wait()
		if s := p.State("gone"); s.Waiting != 3 {
			t.Errorf("%d wait", s.Waiting)
		}
		all.Wait()
		if diff := cmp.Diff([]string{"narrow", "first", "narrow", "large", "small"}, order); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
	})
}

func TestALargeCallOfABookIsNotPassedOverByItsSmallOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var mu sync.Mutex
		sent := map[int]time.Duration{}
		m := scripted{caps: priced, answer: func(ctx context.Context, r llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
			mu.Lock()
			sent[r.MaxTokens] = time.Since(began)
			mu.Unlock()
			return llm.Result{Cost: paid(1)}, lapse(ctx, time.Second, time.Second)
		}}
		b := llm.Budget{Model: m, Purse: &llm.Purse{Cap: caps(21_000)}}
		var all sync.WaitGroup
		brief, stop := context.WithTimeout(t.Context(), 3500*time.Millisecond)
		defer stop()
		call := func(ctx context.Context, most int) {
			all.Go(func() { _, _ = b.Stream(ctx, sized("bk", 400, most), nil) })
			synctest.Wait()
		}
		call(t.Context(), 1000)
		call(t.Context(), 2000)
		call(t.Context(), 100)
		<-time.After(3 * time.Second)
		call(t.Context(), 1001)
		call(brief, 2001)      // leaves before it can be paid,
		call(t.Context(), 101) // and then no longer stands before this one
		all.Wait()
		want := map[int]time.Duration{1000: 0, 2000: time.Second, 100: 2 * time.Second, 1001: 3 * time.Second, 101: 3500 * time.Millisecond}
		if diff := cmp.Diff(want, sent); diff != "" {
			t.Errorf("sent (-want +got):\n%s", diff)
		}
	})
}

func TestALeaveThatMeetsAGrantGivesItBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for range 50 { // which of the two is heard first is chance
			total := book.USD(11_000)
			p := &llm.Purse{Cap: caps(11_000), Total: &total}
			leaving, leave := context.WithCancel(t.Context())
			m := scripted{caps: priced, answer: func(ctx context.Context, _ llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
				defer leave() // and the call ends at the same moment
				return llm.Result{Cost: llm.Free}, lapse(ctx, time.Second, time.Second)
			}}
			b := llm.Budget{Model: m, Purse: p}
			var all sync.WaitGroup
			all.Go(func() { _, _ = b.Stream(t.Context(), tenth, nil) })
			synctest.Wait()
			all.Go(func() { _, _ = b.Stream(leaving, tenth, nil) })
			all.Wait()
			if diff := cmp.Diff(llm.Spending{}, p.State("bk")); diff != "" {
				t.Fatalf("left behind (-want +got):\n%s", diff)
			}
			if _, err := b.Stream(t.Context(), tenth, nil); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestTheOwnerIsWarnedOnceAtFourFifths(t *testing.T) {
	var warnings []string
	l := &ledger{spent: 500_000}
	p := &llm.Purse{Cap: caps(book.Dollar), Records: l, Warn: func(ctx context.Context, id string, spent, most book.USD) {
		warnings = append(warnings, fmt.Sprint(id, " ", spent, " of ", most, " ", ctx.Err()))
	}}
	for range 4 {
		ctx, leave := context.WithCancel(t.Context())
		m := scripted{caps: priced, answer: func(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) {
			leave() // whoever leaves is warned, too
			return llm.Result{Cost: paid(100_000)}, nil
		}}
		if _, err := (llm.Budget{Model: m, Purse: p}).Stream(ctx, tenth, nil); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"bk $0.80 of $1.00 <nil>"}, warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	if l.asked != 1 {
		t.Errorf("what was spent was read %d times", l.asked)
	}
}

func TestABudgetThatWasRaisedIsUsed(t *testing.T) {
	most := book.USD(1000)
	p := &llm.Purse{Cap: func(context.Context, string) (book.USD, bool, error) { return most, true, nil }}
	b := llm.Budget{Model: costing(priced, 0, paid(1)), Purse: p}
	if _, err := b.Stream(t.Context(), tenth, nil); llm.ClassOf(err) != llm.OverBudget {
		t.Fatal(err)
	}
	most = 20_000
	if _, err := b.Stream(t.Context(), tenth, nil); err != nil {
		t.Fatal(err)
	}
}

func TestAPurseThatCannotBeReadIsToldAndAskedAgain(t *testing.T) {
	broken := problem.New(problem.Unavailable, "away")
	l := &ledger{err: broken}
	p := &llm.Purse{Records: l}
	b := llm.Budget{Model: costing(priced, 0, paid(1)), Purse: p}
	if _, err := b.Stream(t.Context(), tenth, nil); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	l.err = nil
	if _, err := b.Stream(t.Context(), tenth, nil); err != nil {
		t.Error(err)
	}
	p.Cap = func(context.Context, string) (book.USD, bool, error) { return 0, false, broken }
	if _, err := b.Stream(t.Context(), tenth, nil); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestAFurtherTryIsPaidForBeforeItIsMade(t *testing.T) {
	for name, tt := range map[string]struct {
		cap   book.USD
		tries book.USD // that were made
	}{
		"money for one":   {12_000, 1},
		"money for two":   {17_000, 2},
		"money for three": {22_000, 3},
	} {
		t.Run(name, func(t *testing.T) {
			p := &llm.Purse{Cap: caps(tt.cap)}
			res, err := llm.Budget{Model: repeater{costing(priced, 0, paid(5000))}, Purse: p}.Stream(t.Context(), tenth, nil)
			if (llm.ClassOf(err) == llm.OverBudget) != (tt.tries < 3) || res.Cost != paid(5000*tt.tries) {
				t.Errorf("%v, cost %v", err, res.Cost)
			}
			if diff := cmp.Diff(llm.Spending{Spent: 5000 * tt.tries}, p.State("bk")); diff != "" {
				t.Errorf("purse (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnAnswerThatNobodyBoundsIsBounded(t *testing.T) {
	endless := priced
	endless.MaxOutput = 0
	got := 0
	m := scripted{caps: endless, answer: func(_ context.Context, r llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
		got = r.MaxTokens
		return llm.Result{Cost: llm.Free}, nil
	}}
	if _, err := (llm.Budget{Model: m, Purse: &llm.Purse{}}).Stream(t.Context(), sized("b", 400, 0), nil); err != nil || got != 32<<10 {
		t.Errorf("bounded to %d (%v)", got, err)
	}
	m.caps = priced
	if _, err := (llm.Budget{Model: m, Purse: &llm.Purse{}}).Stream(t.Context(), sized("b", 400, 0), nil); err != nil || got != 0 {
		t.Errorf("bounded to %d (%v)", got, err)
	}
}
