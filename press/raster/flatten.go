package raster

import (
	"math"

	"quire/press"
)

// Shapes are computed in floating point with every product rounded by itself,
// because a fused multiply-add would give other bits on other machines.

// mul is a product that no compiler fuses with a sum.
func mul(a, b float64) float64 { return float64(a * b) }

// vec is a point or a direction in pixels.
type vec struct{ x, y float64 }

func (a vec) plus(b vec) vec          { return vec{a.x + b.x, a.y + b.y} }
func (a vec) minus(b vec) vec         { return vec{a.x - b.x, a.y - b.y} }
func (a vec) times(k float64) vec     { return vec{mul(a.x, k), mul(a.y, k)} }
func (a vec) dot(b vec) float64       { return mul(a.x, b.x) + mul(a.y, b.y) }
func (a vec) cross(b vec) float64     { return mul(a.x, b.y) - mul(a.y, b.x) }
func (a vec) long() float64           { return math.Sqrt(a.dot(a)) }
func (a vec) turned() vec             { return vec{-a.y, a.x} }
func (a vec) to(b vec, t float64) vec { return a.plus(b.minus(a).times(t)) }

// dot is the point in the scanner's steps; what is far off stays near.
func (a vec) dots() dot {
	const far = 1 << 28
	at := func(v float64) int64 {
		if math.IsNaN(v) {
			return 0
		}
		return int64(math.Round(max(min(mul(v, sub), far), -far)))
	}
	return dot{at(a.x), at(a.y)}
}

// chain is a row of points, closed or open.
type chain struct {
	points []vec
	closed bool
}

// flatten turns segments into straight chains; place maps a point to pixels.
func flatten(segments []press.Segment, place func(press.Point2) vec) []chain {
	var out []chain
	var c chain
	var start vec
	end := func() {
		if len(c.points) > 0 {
			out = append(out, c)
		}
		c = chain{}
	}
	for i := range segments {
		s := &segments[i]
		if len(c.points) == 0 && s.Verb != 'M' && s.Verb != 'Z' {
			c.points = append(c.points, start)
		}
		switch s.Verb {
		case 'M':
			end()
			start = place(s.P[0])
			c.points = append(c.points, start)
		case 'L':
			c.points = append(c.points, place(s.P[0]))
		case 'C':
			c.points = curve(c.points, place(s.P[0]), place(s.P[1]), place(s.P[2]))
		case 'Z':
			c.closed = true
			end()
		}
	}
	end()
	return out
}

// curve appends a cubic curve as lines that are nowhere further than about a
// sixteenth of a pixel from it: the second differences tell how many.
func curve(p []vec, b, c, d vec) []vec {
	a := p[len(p)-1]
	bend := max(a.minus(b.times(2)).plus(c).long(), b.minus(c.times(2)).plus(d).long())
	if math.IsNaN(bend) || bend > 1<<24 {
		return append(p, d)
	}
	n := int(math.Sqrt(mul(bend, 12))) + 1
	n = min(n, 256)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		ab, bc, cd := a.to(b, t), b.to(c, t), c.to(d, t)
		p = append(p, ab.to(bc, t).to(bc.to(cd, t), t))
	}
	return append(p, d)
}
