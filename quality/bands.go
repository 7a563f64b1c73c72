package quality

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

var nan = math.NaN()

// reading is one number of a metric, with its bands. A profile without a band
// of its own has that of fiction; off takes it away.
type reading struct {
	name, unit string
	fiction    Band
	nonfiction *Band
	children   *Band
}

func (r reading) band(p Profile) Band {
	switch {
	case p == Nonfiction && r.nonfiction != nil:
		return *r.nonfiction
	case p == Children && r.children != nil:
		return *r.children
	}
	return r.fiction
}

// off is no band.
func off() *Band { return &Band{} }

// below is a band with a highest value, and where it becomes red.
func below(high, red float64) Band { return Band{High: &high, RedHigh: &red} }

// above is a band with a lowest value, and where it becomes red.
func above(low, red float64) Band { return Band{Low: &low, RedLow: &red} }

// within is a band with two sides; NaN leaves an edge away.
func within(redLow, low, high, redHigh float64) Band {
	edge := func(v float64) *float64 {
		if math.IsNaN(v) {
			return nil
		}
		return &v
	}
	return Band{Low: edge(low), High: edge(high), RedLow: edge(redLow), RedHigh: edge(redHigh)}
}

// sortedKeys keeps what goes over a map the same in every run.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
