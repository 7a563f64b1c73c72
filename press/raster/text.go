package raster

import (
	"quire/press"
)

// run draws glyphs, and the rule through them.
func (c *canvas) run(r *press.Run) {
	with := c.ink(&press.Paint{Color: r.Color})
	if with == nil || c.glyphs == nil {
		return
	}
	upem := float64(c.glyphs.Upem(r.Font))
	size, stretch := float64(r.Size), float64(r.Stretch)/65536
	origin := c.place(press.Point2{X: r.X, Y: r.Y})
	m := [4]float64{1, 0, 0, 1}
	if r.Matrix != nil {
		m = [4]float64{float64(r.Matrix.A) / 65536, float64(r.Matrix.B) / 65536, float64(r.Matrix.C) / 65536, float64(r.Matrix.D) / 65536}
	}
	// at maps a place in the run, in Pt, to pixels.
	at := func(x, y float64) vec {
		x = mul(x, stretch)
		return origin.plus(vec{mul(mul(m[0], x)+mul(m[2], y), c.k), mul(mul(m[1], x)+mul(m[3], y), c.k)})
	}
	unit := size / upem
	for i := range r.Glyphs {
		g := &r.Glyphs[i]
		gx, gy := float64(g.X), float64(g.Y)
		chains := flatten(c.glyphs.Outline(r.Font, g.ID), func(p press.Point2) vec {
			return at(gx+mul(float64(p.X), unit), gy+mul(float64(p.Y), unit))
		})
		c.fill(chains, false, with)
	}
	if n := len(r.Glyphs); r.Strike && n > 0 {
		last := &r.Glyphs[n-1]
		end := float64(last.X) + mul(float64(c.glyphs.Advance(r.Font, last.ID)), unit)
		x0, y0, y1 := float64(r.Glyphs[0].X), mul(size, -StrikeHeight), mul(size, -StrikeHeight-StrikeWidth)
		c.fill([]chain{{points: []vec{at(x0, y0), at(end, y0), at(end, y1), at(x0, y1)}}}, false, with)
	}
}

// The rule through struck text, in parts of the size.
const (
	StrikeHeight = 0.22 // its lower edge above the baseline
	StrikeWidth  = 0.05
)
