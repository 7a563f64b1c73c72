package llm_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"quire/llm"
	"quire/problem"
)

var openai = llm.Caps{Provider: "openai", Model: "a", Schema: true}

func TestWaitsAreSpreadOverTheWholeOfTheirRange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var least, most time.Duration
		for i := range 200 {
			began := time.Now()
			_, err := llm.Retry{Model: &provider{caps: openai, script: times(5, fails(llm.Overloaded))}}.Stream(t.Context(), section(), nil)
			took := time.Since(began)
			if err == nil || took > 7500*time.Millisecond { // 0.5 + 1 + 2 + 4
				t.Fatalf("took %v (%v)", took, err)
			}
			if i == 0 || took < least {
				least = took
			}
			most = max(most, took)
		}
		if least > 2*time.Second || most < 5500*time.Millisecond {
			t.Errorf("200 calls took between %v and %v", least, most)
		}
	})
}

func TestWaitsDoubleFromHalfASecond(t *testing.T) {
	for chance, want := range map[float64]time.Duration{0: 0, 0.5: 3750 * time.Millisecond, 1: 7500 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			m := &provider{caps: openai, script: times(5, fails(llm.Unreachable))}
			_, _ = llm.Retry{Model: m, Chance: func() float64 { return chance }}.Stream(t.Context(), section(), nil) // the error is another test's
			if took := time.Since(began); took != want || len(m.asked) != 5 {
				t.Errorf("chance %v: %d tries took %v, want %v", chance, len(m.asked), took, want)
			}
		})
	}
}

func TestNoTryBeginsAfterTheTimeForAllTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		m := &provider{caps: openai, script: times(5, told(20*time.Second))}
		_, err := llm.Retry{Model: m, Most: 30 * time.Second}.Stream(t.Context(), section(), nil)
		if took := time.Since(began); took > 21*time.Second || len(m.asked) != 2 || problem.Of(err).Wait != 20*time.Second {
			t.Errorf("%d tries took %v (%v)", len(m.asked), took, err)
		}
	})
}

func TestAListenerThatWantsNoMoreEndsAllTries(t *testing.T) {
	stop := llm.NewFault(llm.Truncated, "the listener", nil) // even if it looks like a fault that passes
	for name, m := range map[string]func(*provider) llm.Model{
		"retry":    func(p *provider) llm.Model { return llm.Retry{Model: p} },
		"fallback": func(p *provider) llm.Model { return &llm.Fallback{Lanes: []llm.Model{p, p}} },
		"repair":   func(p *provider) llm.Model { return &llm.Repair{Model: p} },
	} {
		p := &provider{caps: openai, script: times(5, says(nonsense))}
		res, err := m(p).Stream(t.Context(), planned(), func(llm.Chunk) error { return stop })
		if !errors.Is(err, stop) || len(p.asked) != 1 || res.Text != nonsense || res.Cost.USD != cent {
			t.Errorf("%s: asked %d times, got %+v, %v", name, len(p.asked), res, err)
		}
	}
}

func TestNoOneIsAskedAgainForACallerWhoLeft(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	m := &model{result: llm.Result{Text: "half"}, err: llm.NewFault(llm.Timeout, "openai", nil), after: leave}
	_, err := llm.Retry{Model: m, Chance: func() float64 { return 0 }}.Stream(ctx, section(), nil)
	if m.asked != 1 || llm.ClassOf(err) != llm.Timeout {
		t.Errorf("asked %d times (%v)", m.asked, err)
	}
}

func TestADeadlineEndsAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		began := time.Now()
		_, err := llm.Retry{Model: &provider{caps: openai, script: times(5, told(30*time.Second))}}.Stream(ctx, section(), nil)
		if took := time.Since(began); took != time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("took %v (%v)", took, err)
		}
	})
}

func TestWhoPaysIsAskedBeforeEachFurtherTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		enough := llm.NewFault(llm.OverBudget, "the book", nil)
		m := &provider{caps: openai, script: times(5, breaks("half"))}
		var spent []string
		res, err := llm.Retry{Model: m}.Repeat(t.Context(), section(), nil, func(_ context.Context, c llm.Cost) error {
			if spent = append(spent, c.String()); len(spent) == 2 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || len(m.asked) != 2 || len(spent) != 2 || spent[1] != "$0.02" || res.Cost.String() != "$0.02" || res.Text != "half" {
			t.Errorf("asked %d times, spent %v, got %+v (%v)", len(m.asked), spent, res, err)
		}
	})
}
