package layout

import (
	"math"

	"quire/press"
)

// extentBox is a box in an element's own coordinates.
type extentBox struct {
	x0, y0, x1, y1 float64
	empty          bool
}

func (b extentBox) w() float64 { return b.x1 - b.x0 }
func (b extentBox) h() float64 { return b.y1 - b.y0 }

// grown is the box with a margin.
func (b extentBox) grown(by float64) extentBox {
	return extentBox{b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by, b.empty}
}

// nothing is the box around nothing.
func nothing() extentBox {
	return extentBox{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1), true}
}

// with is the box with a point in it.
func (b extentBox) with(x, y float64) extentBox {
	return extentBox{min(b.x0, x), min(b.y0, y), max(b.x1, x), max(b.y1, y), false}
}

// bounds returns the box around an outline.
func bounds(steps []step) extentBox {
	b := nothing()
	var x, y float64
	for _, s := range steps {
		p := s.p
		switch s.verb {
		case 'M', 'L':
			x, y = p[0], p[1]
			b = b.with(x, y)
		case 'C':
			b = b.with(p[4], p[5])
			for _, t := range append(turns(x, p[0], p[2], p[4]), turns(y, p[1], p[3], p[5])...) {
				b = b.with(onCurve(x, p[0], p[2], p[4], t), onCurve(y, p[1], p[3], p[5], t))
			}
			x, y = p[4], p[5]
		}
	}
	return b
}

// turns returns where a cubic curve is furthest along one axis: the zeros of
// its derivative between 0 and 1.
func turns(a, b, c, d float64) []float64 {
	qa := mul(3, b-c) + d - a
	qb := mul(2, a-mul(2, b)+c)
	qc := b - a
	var out []float64
	keep := func(t float64) {
		if t > 0 && t < 1 {
			out = append(out, t)
		}
	}
	if math.Abs(qa) < 1e-9 {
		keep(-qc / qb)
		return out
	}
	if disc := mul(qb, qb) - mul(4, mul(qa, qc)); disc >= 0 {
		root := math.Sqrt(disc)
		keep((-qb + root) / (2 * qa))
		keep((-qb - root) / (2 * qa))
	}
	return out
}

// onCurve is a point of a cubic curve along one axis.
func onCurve(a, b, c, d, t float64) float64 {
	u := 1 - t
	return mul(mul(mul(u, u), u), a) + mul(mul(mul(3, mul(u, u)), t), b) + mul(mul(mul(3, u), mul(t, t)), c) + mul(mul(mul(t, t), t), d)
}

// opsBox is a box on the page.
type opsBox struct {
	x0, y0, x1, y1 press.Pt
	empty          bool
}

// cover widens a box.
func (b *opsBox) cover(x0, y0, x1, y1 press.Pt) {
	if b.empty {
		*b = opsBox{x0, y0, x1, y1, false}
		return
	}
	b.x0, b.y0, b.x1, b.y1 = min(b.x0, x0), min(b.y0, y0), max(b.x1, x1), max(b.y1, y1)
}

// cut narrows a box to another.
func (b *opsBox) cut(by opsBox) {
	b.x0, b.y0, b.x1, b.y1 = max(b.x0, by.x0), max(b.y0, by.y0), min(b.x1, by.x1), min(b.y1, by.y1)
	b.empty = b.empty || by.empty || b.x0 > b.x1 || b.y0 > b.y1
}

// opsExtent is the box around what ops draw, with or without the strokes'
// widths.
func opsExtent(ops []press.Op, strokes bool) opsBox {
	b := opsBox{empty: true}
	for _, op := range ops {
		switch t := op.(type) {
		case *press.Path:
			in := segmentsExtent(t.Segments)
			if w := press.Pt(0); !in.empty {
				if t.Stroke != nil && strokes {
					w = t.Stroke.Width / 2
				}
				b.cover(in.x0-w, in.y0-w, in.x1+w, in.y1+w)
			}
		case *press.Picture:
			b.cover(t.X, t.Y, t.X+t.W, t.Y+t.H)
		case *press.Line:
			for i := range t.Runs {
				runExtent(&t.Runs[i], &b)
			}
		case *press.Group:
			in := opsExtent(t.Ops, strokes)
			for _, c := range t.Clip {
				in.cut(segmentsExtent(c.Segments))
			}
			if !in.empty {
				b.cover(in.x0, in.y0, in.x1, in.y1)
			}
		}
	}
	return b
}

// segmentsExtent is the box around a shape, curves where they really go.
func segmentsExtent(segments []press.Segment) opsBox {
	b := opsBox{empty: true}
	var at press.Point2
	for i := range segments {
		s := &segments[i]
		n := pointsOf(s.Verb)
		if n == 0 {
			continue
		}
		end := s.P[n-1]
		b.cover(end.X, end.Y, end.X, end.Y)
		if s.Verb == 'C' && !(b.has(s.P[0]) && b.has(s.P[1])) {
			x := [4]float64{float64(at.X), float64(s.P[0].X), float64(s.P[1].X), float64(end.X)}
			y := [4]float64{float64(at.Y), float64(s.P[0].Y), float64(s.P[1].Y), float64(end.Y)}
			for _, t := range append(turns(x[0], x[1], x[2], x[3]), turns(y[0], y[1], y[2], y[3])...) {
				px, py := length(onCurve(x[0], x[1], x[2], x[3], t)), length(onCurve(y[0], y[1], y[2], y[3], t))
				b.cover(px, py, px, py)
			}
		}
		at = end
	}
	return b
}

// has reports whether a point is in the box.
func (b *opsBox) has(p press.Point2) bool {
	return !b.empty && p.X >= b.x0 && p.X <= b.x1 && p.Y >= b.y0 && p.Y <= b.y1
}

// runExtent widens a box by text: its letters are taken as high as usual.
func runExtent(r *press.Run, b *opsBox) {
	if len(r.Glyphs) == 0 {
		return
	}
	m := runMatrix(r)
	last := &r.Glyphs[len(r.Glyphs)-1]
	x0, x1 := float64(r.Glyphs[0].X), mul(float64(last.X), float64(r.Stretch)/65536)+mul(float64(r.Size), 0.5)
	for _, x := range [2]float64{x0, x1} {
		for _, y := range [2]float64{mul(float64(r.Size), -0.75), mul(float64(r.Size), 0.22)} {
			p := m.point(x, y)
			b.cover(r.X+p.X, r.Y+p.Y, r.X+p.X, r.Y+p.Y)
		}
	}
}

// userBox is the box around ops in the coordinates of a map.
func userBox(ops []press.Op, m matrix) extentBox {
	e := opsExtent(ops, false)
	back, ok := m.inverse()
	out := nothing()
	if e.empty || !ok {
		return out
	}
	for _, x := range [2]press.Pt{e.x0, e.x1} {
		for _, y := range [2]press.Pt{e.y0, e.y1} {
			out = out.with(back.apply(float64(x), float64(y)))
		}
	}
	return out
}

// pointsOf is how many points a step has.
func pointsOf(verb byte) int {
	switch verb {
	case 'M', 'L':
		return 1
	case 'C':
		return 3
	}
	return 0
}
