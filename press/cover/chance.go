package cover

import (
	"math"
)

// chance draws numbers that follow from a seed, by SplitMix64 (Steele, Lea and
// Flood, "Fast splittable pseudorandom number generators", 2014).
type chance struct{ state uint64 }

// next draws 64 bits.
func (c *chance) next() uint64 {
	c.state += 0x9e3779b97f4a7c15
	z := c.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below draws a whole number from 0 to n-1.
func (c *chance) below(n int) int { return int(c.next() % uint64(n)) }

// part draws a number from 0 to 1, without 1.
func (c *chance) part() float64 { return mul(float64(c.next()>>11), 1.0/(1<<53)) }

// between draws a number from a to b.
func (c *chance) between(a, b float64) float64 { return mix(a, b, c.part()) }

// noise is a smooth height of every place, from 0 to 1: values on a grid of
// size 1, blended with the curve 3t²-2t³.
type noise uint64

// at returns the height of a place.
func (n noise) at(x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	u, v := ease(x-fx), ease(y-fy)
	ix, iy := int64(fx), int64(fy)
	return mix(mix(n.corner(ix, iy), n.corner(ix+1, iy), u), mix(n.corner(ix, iy+1), n.corner(ix+1, iy+1), u), v)
}

// rough adds finer heights to coarse ones.
func (n noise) rough(x, y float64, octaves int) float64 {
	sum, weight, total := 0.0, 1.0, 0.0
	for i := range octaves {
		sum += mul(weight, (n+noise(i)).at(x, y))
		total += weight
		x, y, weight = mul(x, 2), mul(y, 2), weight/2
	}
	return sum / total
}

// corner is the height at a corner of the grid.
func (n noise) corner(x, y int64) float64 {
	c := chance{uint64(n) ^ uint64(x)*0x9e3779b97f4a7c15 ^ uint64(y)*0xc2b2ae3d27d4eb4f}
	c.next()
	return c.part()
}

// ease goes smoothly from 0 to 1.
func ease(t float64) float64 { return mul(mul(t, t), 3-mul(2, t)) }
