package llm_test

import (
	"context"
	"testing"

	"quire/llm"
)

// idle answers at once and does nothing.
type idle struct{ caps llm.Caps }

func (i idle) Caps() llm.Caps { return i.caps }

func (i idle) Stream(_ context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	if on != nil {
		if err := on(llm.Chunk{Text: "words"}); err != nil {
			return llm.Result{}, err
		}
	}
	return llm.Result{Text: "words", Finish: llm.Stop, Usage: llm.Usage{Input: 20_000, Output: 1000}}, nil
}

// BenchmarkBudgetLimiterMeter is what the three cost around a call that costs
// nothing itself: without limits, with limits that do not bind, and with tries
// written down, which takes the hash of an 80 kB prompt.
func BenchmarkBudgetLimiterMeter(b *testing.B) {
	for name, bucket := range map[string]*llm.Bucket{"no limits": {}, "limits": {Requests: 1e12, Tokens: 1e15}} {
		b.Run(name, func(b *testing.B) { benchmarkStack(b, bucket, nil) })
	}
	b.Run("recorded", func(b *testing.B) { benchmarkStack(b, &llm.Bucket{}, unread{}) })
}

func benchmarkStack(b *testing.B, bucket *llm.Bucket, records llm.Tries) {
	var gauge llm.Gauge
	m := llm.Budget{Purse: &llm.Purse{Cap: caps(1e18)}, Gauge: &gauge, Model: llm.Limiter{Bucket: bucket, Gauge: &gauge,
		Model: llm.Meter{Model: idle{priced}, Records: records, Gauge: &gauge, Totals: &llm.Totals{}}}}
	r := sized("bk", 80_000, 1000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Stream(b.Context(), r, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// unread takes tries and forgets them.
type unread struct{ llm.Tries }

func (unread) Record(context.Context, llm.Try) error { return nil }
