package main

import (
	"testing"

	"quire/book"
	"quire/llm"
	"quire/write"
)

// TestAQuoteHoldsWhatABookUses writes books and compares what their calls used
// with the quote: tokens within a third, and a cost between its ends.
func TestAQuoteHoldsWhatABookUses(t *testing.T) {
	caps := llm.Caps{Provider: "p", Model: "m", Cache: llm.Automatic, CacheLeast: 1024, Price: llm.Price{
		Known: true, Rates: llm.Rates{Input: book.Dollar, CachedRead: book.Dollar / 10, CachedWrite: book.Dollar, CachedHour: book.Dollar, Output: 4 * book.Dollar},
	}}
	for name, args := range map[string][]string{
		"short story":      {"Bees", "--kind", "fiction", "--chapters", "3", "--words", "3000"},
		"novel":            {"Bees", "--kind", "fiction", "--chapters", "8", "--words", "16000"},
		"novel of many":    {"Bees", "--kind", "fiction", "--chapters", "30", "--words", "60000"},
		"guide":            {"Bees", "--kind", "nonfiction", "--chapters", "8", "--words", "8000"},
		"guide of sources": {"Bees", "--kind", "nonfiction", "--chapters", "12", "--words", "40000"},
	} {
		if raced && (name == "novel of many" || name == "guide of sources") {
			continue // they are written without the detector
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tries, brief := writtenOver(t, nil, append([]string{"--seed", "3"}, args...)...)
			var used llm.Usage
			cost := llm.Free
			for _, try := range tries {
				used.Input += try.Usage.Input
				used.Output += try.Usage.Output
				cost = cost.Plus(caps.Price.Of(try.Usage))
			}
			q := write.Estimate(brief, func(llm.Role) llm.Caps { return caps })
			t.Logf("%d calls, quoted %d; %d in, quoted %d; %d out, quoted %d; %s, quoted %s to %s",
				len(tries), q.Calls, used.Input, q.Input, used.Output, q.Output, cost, q.Low, q.High)
			near := func(what string, got, quoted int) {
				if got*3 > quoted*4 || got*3 < quoted*2 {
					t.Errorf("%s: %d were used, %d quoted", what, got, quoted)
				}
			}
			near("calls", len(tries), q.Calls)
			near("question tokens", used.Input, q.Input)
			near("answer tokens", used.Output, q.Output)
			if cost.USD < q.Low.USD*3/4 || cost.USD > q.High.USD {
				t.Errorf("the book would have cost %s, the quote says %s to %s", cost, q.Low, q.High)
			}
		})
	}
}
