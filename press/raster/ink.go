package raster

import (
	"math"

	"quire/press"
)

// ink gives the premultiplied colour of a pixel.
type ink interface{ at(x, y int) [4]uint8 }

// ink returns how a paint colours pixels, nil for one that colours none.
func (c *canvas) ink(p *press.Paint) ink {
	if p.Gradient == nil {
		if p.Color.Clear == 255 {
			return nil
		}
		return flat(premultiplied(p.Color))
	}
	g := newBlend(p.Gradient)
	if g == nil || len(p.Gradient.Stops) == 0 {
		return nil
	}
	g.k, g.x, g.y = c.k, float64(c.x), float64(c.y)
	return g
}

// flat is one colour.
type flat [4]uint8

func (f flat) at(int, int) [4]uint8 { return f }

// premultiplied returns a colour times its opacity.
func premultiplied(c press.Color) [4]uint8 {
	a := 255 - c.Clear
	return [4]uint8{scale(c.R, a), scale(c.G, a), scale(c.B, a), a}
}

// blend is a gradient.
type blend struct {
	k, x, y float64 // of the canvas
	back    [6]float64
	g       *press.Gradient
	colors  [256][4]uint8
}

// newBlend prepares a gradient, nil when its matrix is flat.
func newBlend(g *press.Gradient) *blend {
	b := &blend{g: g, back: [6]float64{1, 0, 0, 1, 0, 0}}
	if m := g.Matrix; m != nil {
		const one = 65536
		a, bb, c, d := float64(m.A)/one, float64(m.B)/one, float64(m.C)/one, float64(m.D)/one
		det := mul(a, d) - mul(bb, c)
		if det == 0 {
			return nil
		}
		e, f := float64(m.E), float64(m.F)
		b.back = [6]float64{d / det, -bb / det, -c / det, a / det, (mul(c, f) - mul(d, e)) / det, (mul(bb, e) - mul(a, f)) / det}
	}
	for i := range b.colors {
		b.colors[i] = between(g.Stops, int64(i)*65536/255)
	}
	return b
}

// between is the colour of a gradient at a part of the way.
func between(stops []press.Stop, at int64) [4]uint8 {
	n := len(stops)
	if n == 0 {
		return [4]uint8{}
	}
	if at < stops[0].At {
		return premultiplied(stops[0].Color)
	}
	for i := n - 1; i >= 0; i-- {
		if at < stops[i].At {
			continue
		}
		if i == n-1 {
			break
		}
		a, b := stops[i], stops[i+1]
		mix := func(x, y uint8) uint8 {
			return uint8((int64(x)*(b.At-at) + int64(y)*(at-a.At) + (b.At-a.At)/2) / (b.At - a.At))
		}
		return premultiplied(press.Color{R: mix(a.Color.R, b.Color.R), G: mix(a.Color.G, b.Color.G), B: mix(a.Color.B, b.Color.B), Clear: mix(a.Color.Clear, b.Color.Clear)})
	}
	return premultiplied(stops[n-1].Color)
}

func (b *blend) at(px, py int) [4]uint8 {
	x, y := (float64(px)+0.5)/b.k+b.x, (float64(py)+0.5)/b.k+b.y
	m := &b.back
	x, y = mul(m[0], x)+mul(m[2], y)+m[4], mul(m[1], x)+mul(m[3], y)+m[5]
	t, ok := b.way(x, y)
	if !ok {
		return [4]uint8{}
	}
	switch b.g.Spread {
	case press.SpreadRepeat:
		t -= math.Floor(t)
	case press.SpreadReflect:
		if t -= mul(2, math.Floor(t/2)); t > 1 {
			t = 2 - t
		}
	}
	return b.colors[int(math.Round(mul(min(max(t, 0), 1), 255)))]
}

// way is how far a point is on the way of the gradient. Between circles it is
// the largest t whose circle goes through the point and has a radius.
func (b *blend) way(x, y float64) (t float64, ok bool) {
	g := b.g
	p := vec{x - float64(g.From.X), y - float64(g.From.Y)}
	d := vec{float64(g.To.X - g.From.X), float64(g.To.Y - g.From.Y)}
	if !g.Radial {
		if long := d.dot(d); long > 0 {
			return p.dot(d) / long, true
		}
		return 1, true
	}
	r0, dr := float64(g.R0), float64(g.R1-g.R0)
	qa := d.dot(d) - mul(dr, dr)
	qb := p.dot(d) + mul(r0, dr)
	qc := p.dot(p) - mul(r0, r0)
	if math.Abs(qa) < 1e-6 {
		if qb == 0 {
			return 0, false
		}
		t = qc / (2 * qb)
		return t, r0+mul(t, dr) >= 0
	}
	disc := mul(qb, qb) - mul(qa, qc)
	if disc < 0 {
		return 0, false
	}
	root := math.Sqrt(disc)
	t, other := (qb+root)/qa, (qb-root)/qa
	if other > t {
		t, other = other, t
	}
	if r0+mul(t, dr) >= 0 {
		return t, true
	}
	return other, r0+mul(other, dr) >= 0
}
