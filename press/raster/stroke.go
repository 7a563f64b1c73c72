package raster

import (
	"math"

	"quire/press"
)

// maxDashes bounds how many dashes the lines of one bitmap are cut into; the
// rest is solid.
const maxDashes = 200000

// pen draws a line along chains as polygons that all turn the same way, so
// that where they overlap they add up.
type pen struct {
	half  float64 // half the width in pixels
	limit float64 // of mitres
	style *press.Stroke
	add   func([]dot)
}

// draw draws a chain.
func (p *pen) draw(c chain) {
	pts := distinct(c)
	switch {
	case len(pts) == 1:
		p.spot(pts[0])
		return
	case len(pts) == 2:
		c.closed = false
	}
	n := len(pts)
	last := n - 1
	if c.closed {
		last = n
	}
	for i := range last {
		a, b := pts[i], pts[(i+1)%n]
		p.limb(a, b)
		if i+1 < last || c.closed {
			p.join(a, b, pts[(i+2)%n])
		}
	}
	if !c.closed {
		p.finish(pts[1], pts[0])
		p.finish(pts[n-2], pts[n-1])
	}
}

// distinct returns the points without those that repeat.
func distinct(c chain) []vec {
	out := c.points[:1:1]
	for _, q := range c.points[1:] {
		if q.minus(out[len(out)-1]).long() > 1e-4 {
			out = append(out, q)
		}
	}
	if n := len(out); c.closed && n > 1 && out[0].minus(out[n-1]).long() <= 1e-4 {
		out = out[:n-1]
	}
	return out
}

// side is how far the edge is from the middle of a line from a to b.
func (p *pen) side(a, b vec) vec {
	d := b.minus(a)
	return d.turned().times(p.half / d.long())
}

// limb is a straight piece.
func (p *pen) limb(a, b vec) {
	s := p.side(a, b)
	p.piece(a.plus(s), a.minus(s), b.minus(s), b.plus(s))
}

// join fills the corner at b.
func (p *pen) join(a, b, c vec) {
	s, t := p.side(a, b), p.side(b, c)
	turn := s.cross(t)
	straight := s.dot(t) / mul(p.half, p.half) // cosine of the turn
	if turn > 0 {
		s, t = s.times(-1), t.times(-1)
	}
	switch {
	case straight > 0.999: // a curve's own points
		p.piece(b, b.plus(s), b.plus(t))
	case p.style.RoundJoin:
		p.spotRound(b)
	default:
		// The mitre is 1/sin(θ/2) times as long as the line is wide, where θ is
		// the inner angle (SVG 1.1, 11.4).
		if long := (1 + straight) / 2; long > 1e-9 && mul(long, mul(p.limit, p.limit)) >= 1 {
			tip := s.plus(t).times(1 / (1 + straight))
			p.piece(b, b.plus(s), b.plus(tip), b.plus(t))
			return
		}
		p.piece(b, b.plus(s), b.plus(t))
	}
}

// finish ends a line that comes from a to b.
func (p *pen) finish(a, b vec) {
	switch {
	case p.style.RoundCap:
		p.spotRound(b)
	case p.style.SquareCap:
		d := b.minus(a)
		p.limb(b, b.plus(d.times(p.half/d.long())))
	}
}

// spot is a line without length.
func (p *pen) spot(at vec) {
	switch {
	case p.style.RoundCap:
		p.spotRound(at)
	case p.style.SquareCap:
		p.limb(at.minus(vec{p.half, 0}), at.plus(vec{p.half, 0}))
	}
}

// spotRound is a disc as wide as the line: four curves.
func (p *pen) spotRound(at vec) {
	const kappa = 0.5522847498
	r, k := p.half, mul(p.half, kappa)
	pts := []vec{at.plus(vec{r, 0})}
	for _, q := range [4][6]float64{{r, k, k, r, 0, r}, {-k, r, -r, k, -r, 0}, {-r, -k, -k, -r, 0, -r}, {k, -r, r, -k, r, 0}} {
		pts = curve(pts, at.plus(vec{q[0], q[1]}), at.plus(vec{q[2], q[3]}), at.plus(vec{q[4], q[5]}))
	}
	p.piece(pts...)
}

// piece adds a polygon, turned the way that all are.
func (p *pen) piece(pts ...vec) {
	var area float64
	for i := range pts {
		area += pts[i].cross(pts[(i+1)%len(pts)])
	}
	out := make([]dot, len(pts))
	for i := range pts {
		k := i
		if area < 0 {
			k = len(pts) - 1 - i
		}
		out[i] = pts[k].dots()
	}
	p.add(out)
}

// dashed cuts a chain into dashes, about as many as may be.
func dashed(c chain, dash []float64, most int) []chain {
	var sum float64
	for _, d := range dash {
		sum += d
	}
	if len(dash) == 0 || !(sum > 0.01) || math.IsInf(sum, 0) {
		return []chain{c}
	}
	pts := c.points
	if c.closed {
		pts = append(pts[:len(pts):len(pts)], pts[0])
	}
	var out []chain
	on, k, left := true, 0, dash[0]
	now := chain{points: []vec{pts[0]}}
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		long := b.minus(a).long()
		for gone := 0.0; ; {
			if left > long-gone {
				left -= long - gone
				now.points = append(now.points, b)
				break
			}
			gone += left
			at := b
			if long > 0 {
				at = a.to(b, gone/long)
			}
			if on {
				out = append(out, chain{points: append(now.points, at)})
			}
			if len(out) > most {
				return append(out, chain{points: append([]vec{at}, pts[i:]...)})
			}
			on, k = !on, (k+1)%len(dash)
			left, now = dash[k], chain{points: []vec{at}}
		}
	}
	if on && len(now.points) > 1 {
		out = append(out, now)
	}
	return out
}
