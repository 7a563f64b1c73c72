package figure

import (
	"math"
	"slices"
)

// scale maps values to lengths.
type scale struct {
	lo, hi   float64
	from, to dot
}

// at is where a value stands.
func (s scale) at(v float64) dot {
	part := (v - s.lo) / (s.hi - s.lo)
	return s.from + dot(math.Round(float64(part*float64(s.to-s.from))))
}

// ticks are round values over a range: one, two or five times a power of ten
// apart.
type ticks struct {
	values   []float64
	decimals int
}

// ticksFor returns at most about most ticks that cover the range from lo to hi;
// the first and the last one stand outside of it, or at its ends.
func ticksFor(lo, hi float64, most int) ticks {
	if lo == hi {
		grow := math.Abs(lo)
		if grow == 0 {
			grow = 1
		}
		lo, hi = lo-grow, hi+grow
	}
	for e := -12; e < 18; e++ {
		for _, m := range []int64{1, 2, 5} {
			first, last := math.Floor(inSteps(lo, m, e)), math.Ceil(inSteps(hi, m, e))
			if last-first > float64(most) {
				continue
			}
			t := ticks{decimals: max(0, -e)}
			for k := int64(first); k <= int64(last); k++ {
				t.values = append(t.values, stepped(k*m, e))
			}
			return t
		}
	}
	return ticks{values: []float64{lo, hi}}
}

// inSteps is a value in steps of m times ten to the e. What is next to a whole
// number is one.
func inSteps(v float64, m int64, e int) float64 {
	v = v / stepped(m, e)
	if near := math.Round(v); math.Abs(v-near) < 1e-9*math.Max(1, math.Abs(v)) {
		return near
	}
	return v
}

// stepped is k times ten to the e, the nearest number that there is.
func stepped(k int64, e int) float64 {
	ten := 1.0
	for range max(e, -e) {
		ten *= 10
	}
	if e < 0 {
		return float64(k) / ten
	}
	return float64(k) * ten
}

// spread moves labels of a height so that none cover each other, as little as
// needed, between lo and hi; at are their middles. Labels that run into each
// other become a group around its mean (pool adjacent violators).
func spread(at []dot, high []dot, lo, hi dot) []dot {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(at[a] - at[b]) })
	type group struct {
		members  []int
		top, sum dot // wanted top of the group; of all members
		high     dot
	}
	var groups []group
	for _, i := range order {
		g := group{members: []int{i}, sum: at[i] - high[i]/2, high: high[i]}
		g.top = g.sum
		for len(groups) > 0 {
			last := groups[len(groups)-1]
			if last.top+last.high <= g.top {
				break
			}
			// the wanted top of a member, less what stands above it in the group
			g = group{members: append(last.members, g.members...), sum: last.sum + g.sum - last.high*dot(len(g.members)), high: last.high + g.high}
			g.top = g.sum / dot(len(g.members))
			groups = groups[:len(groups)-1]
		}
		g.top = max(min(g.top, hi-g.high), lo)
		groups = append(groups, g)
	}
	out := make([]dot, len(at))
	floor := lo
	for _, g := range groups {
		y := max(g.top, floor)
		for _, i := range g.members {
			out[i] = y + high[i]/2
			y += high[i]
		}
		floor = y
	}
	return fromBelow(out, order, high, hi)
}

// fromBelow pushes labels up that stand below the end.
func fromBelow(out []dot, order []int, high []dot, hi dot) []dot {
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		out[i] = min(out[i], hi-high[i]/2)
		hi = out[i] - high[i]/2
	}
	return out
}

// bounds are the least and the largest value of a figure; gaps do not count.
func (s *Spec) bounds() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, e := range s.series {
		for _, v := range e.values {
			if !v.gap {
				lo, hi = min(lo, v.n), max(hi, v.n)
			}
		}
	}
	return lo, hi
}

// all are the values of a figure, one series after the other.
func (s *Spec) all() (out []float64) {
	for _, e := range s.series {
		for _, v := range e.values {
			if !v.gap {
				out = append(out, v.n)
			}
		}
	}
	return out
}
