package layout

import (
	"math"

	"quire/press"
	"quire/press/raster"
)

// maxTiles is how many tiles of a pattern are drawn one by one.
const maxTiles = 3000

// pattern returns the pattern that a paint names, nil if it names none.
func (d *svgDrawer) pattern(paint string) *svgNode {
	if n := d.ids[reference(paint)]; n != nil && n.name == "pattern" {
		return n
	}
	return nil
}

// tiling is a pattern laid out: the map of its coordinates, and its tile in
// them.
type tiling struct {
	content    *svgNode // whose kids are drawn
	m, inside  matrix   // of the pattern; of what is in a tile at the origin
	x, y, w, h float64
}

// tiles draws a pattern over a box.
func (d *svgDrawer) tiles(p *svgNode, st svgState, opacity float64, box extentBox) []press.Op {
	t, ok := d.tiling(p, st, box)
	back, sound := t.m.inverse()
	if !ok || !sound || opacity <= 0 || box.empty {
		return nil
	}
	e := nothing()
	for _, c := range [4][2]float64{{box.x0, box.y0}, {box.x1, box.y0}, {box.x0, box.y1}, {box.x1, box.y1}} {
		x, y := st.m.apply(c[0], c[1])
		e = e.with(back.apply(x, y))
	}
	i0, i1 := math.Floor((e.x0-t.x)/t.w), math.Ceil((e.x1-t.x)/t.w)
	j0, j1 := math.Floor((e.y0-t.y)/t.h), math.Ceil((e.y1-t.y)/t.h)
	if n := mul(i1-i0, j1-j0); !(n >= 1) {
		return nil
	} else if n > maxTiles {
		return d.mean(t, st, box)
	}
	var out []press.Op
	d.referred(p, func() {
		for j := j0; j < j1; j++ {
			for i := i0; i < i1; i++ {
				out = append(out, d.tile(t, t.x+mul(i, t.w), t.y+mul(j, t.h))...)
			}
		}
	})
	return out
}

// tiling reads a pattern's attributes.
func (d *svgDrawer) tiling(p *svgNode, st svgState, box extentBox) (tiling, bool) {
	t := tiling{content: p, m: st.m.times(parseTransform(d.chained(p, "patternTransform"))), inside: matrix{1, 0, 0, 1, 0, 0}}
	for range 8 {
		if next := d.ids[t.content.href()]; len(t.content.kids) == 0 && next != nil {
			t.content = next
		}
	}
	rect := box
	if d.chained(p, "patternUnits") != "userSpaceOnUse" {
		st.vw, st.vh = 1, 1
		at := func(name string, read func(string) float64) float64 { return read(d.chained(p, name)) }
		t.x, t.y = rect.x0+mul(at("x", st.wide), rect.w()), rect.y0+mul(at("y", st.high), rect.h())
		t.w, t.h = mul(at("width", st.wide), rect.w()), mul(at("height", st.high), rect.h())
	} else {
		t.x, t.y = st.wide(d.chained(p, "x")), st.high(d.chained(p, "y"))
		t.w, t.h = st.wide(d.chained(p, "width")), st.high(d.chained(p, "height"))
	}
	if v := numbers(d.chained(p, "viewBox")); len(v) == 4 {
		t.inside = fitted(v, d.chained(p, "preserveAspectRatio"), t.w, t.h)
	} else if d.chained(p, "patternContentUnits") == "objectBoundingBox" {
		t.inside = matrix{rect.w(), 0, 0, rect.h(), 0, 0}
	} else {
		t.inside = matrix{1, 0, 0, 1, -t.x, -t.y}
	}
	return t, t.w > 1e-6 && t.h > 1e-6
}

// tile draws one tile with its corner at x, y.
func (d *svgDrawer) tile(t tiling, x, y float64) []press.Op {
	if d.over {
		return nil
	}
	at := t.m.times(matrix{1, 0, 0, 1, x, y})
	sub := d.sub()
	sub.bare = false
	sub.all(t.content.kids, d.stateAt(t.content, at.times(t.inside)), 0)
	return d.cutTo(sub.out, at, 0, 0, t.w, t.h)
}

// cutTo cuts ops to a rectangle, if they reach out of it.
func (d *svgDrawer) cutTo(ops []press.Op, m matrix, x, y, w, h float64) []press.Op {
	edge := placed(polygon([]float64{x, y, x + w, y, x + w, y + h, x, y + h}, true), m)
	in, e := segmentsExtent(edge), opsExtent(ops, true)
	const hair = 8 // 1/128 pt
	if e.empty || m[1] == 0 && m[2] == 0 && e.x0 >= in.x0-hair && e.y0 >= in.y0-hair && e.x1 <= in.x1+hair && e.y1 <= in.y1+hair {
		return ops
	}
	if back, ok := m.inverse(); ok && within(ops, back, extentBox{x, y, x + w, y + h, false}.grown(hair/m.size())) {
		return ops
	}
	return []press.Op{&press.Group{Ops: ops, Clip: []press.Clip{{Segments: edge}}, Node: d.node}}
}

// within reports whether ops are shapes that lie in a box of the coordinates
// that a map leads back to.
func within(ops []press.Op, back matrix, box extentBox) bool {
	for _, op := range ops {
		p, ok := op.(*press.Path)
		if !ok {
			return false
		}
		in := box
		if p.Stroke != nil {
			in = box.grown(-mul(float64(p.Stroke.Width)/2, back.size()))
		}
		for i := range p.Segments {
			s := &p.Segments[i]
			for _, q := range s.P[:pointsOf(s.Verb)] {
				if x, y := back.apply(float64(q.X), float64(q.Y)); x < in.x0 || x > in.x1 || y < in.y0 || y > in.y1 {
					return false
				}
			}
		}
	}
	return true
}

// mean is the mean colour of a pattern whose tiles are too many, over a box.
func (d *svgDrawer) mean(t tiling, st svgState, box extentBox) []press.Op {
	d.warn("has a pattern that is too fine; it is drawn in its mean colour")
	k := 20 * float64(press.Point) / max(t.w, t.h)
	t.m = matrix{k, 0, 0, k, 0, 0}
	var ops []press.Op
	d.referred(t.content, func() { ops = d.tile(t, 0, 0) })
	img := raster.Draw(ops, raster.Frame{W: length(mul(t.w, k)), H: length(mul(t.h, k)), DPI: 72}, d.outlines)
	var sum [4]int
	for i, v := range img.Pix {
		sum[i%4] += int(v)
	}
	if sum[3] == 0 {
		return nil
	}
	n := len(img.Pix) / 4
	c := press.Color{R: uint8(sum[0] * 255 / sum[3]), G: uint8(sum[1] * 255 / sum[3]), B: uint8(sum[2] * 255 / sum[3]), Clear: 255 - uint8(sum[3]/n)}
	edge := polygon([]float64{box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1}, true)
	return []press.Op{&press.Path{Segments: placed(edge, st.m), Fill: &press.Paint{Color: c}, Node: d.node}}
}
