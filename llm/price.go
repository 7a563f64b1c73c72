package llm

import (
	"math/bits"

	"quire/book"
)

// Price is what a model costs. The zero value is unknown, which is not free.
type Price struct {
	Known bool
	Rates
	LongFrom int // tokens of a question from which Long counts, for all of the call; 0 is never
	Long     Rates
}

// Rates are prices for a million tokens each.
type Rates struct {
	Input       book.USD
	CachedRead  book.USD
	CachedWrite book.USD // kept for minutes
	CachedHour  book.USD // kept for an hour
	Output      book.USD // reasoning too
}

// Cost is an amount that may be unknown. The zero value is unknown, with nothing
// known of it; USD is what is known.
type Cost struct {
	USD   book.USD
	Known bool
}

// Free is the cost of nothing.
var Free = Cost{Known: true}

// Plus adds two costs; the sum is known if both are.
func (c Cost) Plus(d Cost) Cost { return Cost{c.USD + d.USD, c.Known && d.Known} }

// String is the amount, "unknown", or "at least" what is known of it.
func (c Cost) String() string {
	switch {
	case c.Known:
		return c.USD.String()
	case c.USD == 0:
		return "unknown"
	default:
		return "at least " + c.USD.String()
	}
}

// Of is what the tokens cost, each kind rounded up to the millionth of a dollar.
// Tokens of the question that were neither read from a cache nor written to one
// cost Input.
func (p Price) Of(u Usage) Cost {
	if !p.Known {
		return Cost{}
	}
	r := p.Rates
	if p.LongFrom > 0 && u.Input >= p.LongFrom {
		r = p.Long
	}
	hour := min(u.CachedHour, u.CachedWrite)
	fresh := max(u.Input-u.CachedRead-u.CachedWrite, 0)
	return Cost{USD: of(fresh, r.Input) + of(u.CachedRead, r.CachedRead) + of(u.CachedWrite-hour, r.CachedWrite) +
		of(hour, r.CachedHour) + of(u.Output, r.Output), Known: true}
}

// Most is the most that a call can cost whose question has so many tokens and
// whose answer is no longer than output: as if nothing were read from a cache
// and all were written to the dearest one.
func (p Price) Most(input, output int) Cost {
	if !p.Known {
		return Cost{}
	}
	r := p.Rates
	if p.LongFrom > 0 && input >= p.LongFrom {
		r = p.Long
	}
	return Cost{USD: of(input, max(r.Input, r.CachedWrite, r.CachedHour)) + of(output, r.Output), Known: true}
}

// of is the price of n tokens, rounded up. Counts that no provider could mean
// are capped, so that nothing overflows.
func of(n int, million book.USD) book.USD {
	if n <= 0 || million <= 0 {
		return 0
	}
	high, low := bits.Mul64(uint64(min(n, 1<<40)), uint64(million))
	if high >= 1_000_000 {
		return book.MostUSD
	}
	quotient, rest := bits.Div64(high, low, 1_000_000)
	if quotient >= uint64(book.MostUSD) {
		return book.MostUSD
	}
	if rest > 0 {
		quotient++
	}
	return book.USD(quotient) //nolint:gosec // capped above
}
