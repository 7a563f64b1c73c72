package llm_test

import (
	"context"
	"strings"
	"testing"

	"quire/book"
	"quire/llm"
)

// talker streams a number of chunks at once and costs what it says.
type talker struct{ chunks int }

func (t talker) Caps() llm.Caps {
	return llm.Caps{Provider: "test", Model: "talker", MaxOutput: 8000, Price: llm.Price{Known: true, Rates: llm.Rates{Input: book.Dollar, Output: 2 * book.Dollar}}}
}

func (t talker) Stream(_ context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	for range t.chunks {
		if err := on(llm.Chunk{Text: "word "}); err != nil {
			return llm.Result{}, err
		}
	}
	return llm.Result{Text: "word", Finish: llm.Stop, Usage: llm.Usage{Input: 5000, Output: t.chunks + 1}}, nil
}

// nowhere keeps nothing of tries.
type nowhere struct{}

func (nowhere) Record(context.Context, llm.Try) error           { return nil }
func (nowhere) Spent(context.Context, string) (book.USD, error) { return 0, nil }

// wrapped puts every wrapper but the journal, which is a database's, around a model.
func wrapped(m llm.Model) llm.Model {
	var gauge llm.Gauge
	lane := llm.Budget{
		Model: llm.Retry{Model: llm.Limiter{
			Model: llm.Meter{Model: m, Records: nowhere{}, Gauge: &gauge, Totals: &llm.Totals{}}, Bucket: &llm.Bucket{}, Gauge: &gauge,
		}},
		Purse: &llm.Purse{Records: nowhere{}}, Gauge: &gauge,
	}
	return &llm.Repair{Model: &llm.Fallback{Lanes: []llm.Model{lane}}}
}

// BenchmarkWrappers measures what all wrappers add to a call with a question of
// about 5,000 tokens, and to each chunk of its answer.
func BenchmarkWrappers(b *testing.B) {
	r := llm.Request{Book: "bk_a", Role: llm.Draft, Artefact: "section/ch_1/1", MaxTokens: 1000,
		Blocks: []llm.Block{{Text: strings.Repeat("All work and no play. ", 450), Mark: llm.HourLong}, {Text: strings.Repeat("All work and no play. ", 450)}}}
	ignore := func(llm.Chunk) error { return nil }
	b.Run("a call", func(b *testing.B) {
		m := wrapped(talker{1})
		b.ReportAllocs()
		for b.Loop() {
			if _, err := m.Stream(b.Context(), r, ignore); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("a chunk of an answer", func(b *testing.B) {
		b.ReportAllocs()
		if _, err := wrapped(talker{b.N}).Stream(b.Context(), r, ignore); err != nil {
			b.Fatal(err)
		}
	})
}
