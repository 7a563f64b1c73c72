package layout

import (
	"math"
	"strings"
)

// vertex is a corner of an outline, with the directions in which the outline
// comes and goes; a zero direction is none.
type vertex struct {
	x, y    float64
	in, out [2]float64
}

// vertices returns the corners of an outline.
func vertices(steps []step) []vertex {
	var out []vertex
	first := 0 // of the subpath
	join := func(dx0, dy0, dx1, dy1, x, y float64) {
		if n := len(out); n > 0 {
			out[n-1].out = direction(dx0, dy0)
		}
		out = append(out, vertex{x: x, y: y, in: direction(dx1, dy1)})
	}
	for _, s := range steps {
		var x, y float64
		if n := len(out); n > 0 {
			x, y = out[n-1].x, out[n-1].y
		}
		p := s.p
		switch s.verb {
		case 'M':
			first = len(out)
			out = append(out, vertex{x: p[0], y: p[1]})
		case 'L':
			join(p[0]-x, p[1]-y, p[0]-x, p[1]-y, p[0], p[1])
		case 'C':
			a, b := tangents(x, y, p)
			join(a[0], a[1], b[0], b[1], p[4], p[5])
		case 'Z':
			if first < len(out) {
				to := out[first]
				join(to.x-x, to.y-y, to.x-x, to.y-y, to.x, to.y)
				out[len(out)-1].out = to.out
				out[first].in = out[len(out)-1].in
			}
		}
	}
	return out
}

// tangents are the directions at the ends of a curve: towards the first point
// that stands elsewhere.
func tangents(x, y float64, p [6]float64) (a, b [2]float64) {
	for i := 0; i < 6 && a == b; i += 2 {
		a = [2]float64{p[i] - x, p[i+1] - y}
	}
	for _, q := range [3][2]float64{{p[2], p[3]}, {p[0], p[1]}, {x, y}} {
		if b = [2]float64{p[4] - q[0], p[5] - q[1]}; b != [2]float64{} {
			break
		}
	}
	return a, b
}

// direction is a direction of length 1.
func direction(x, y float64) [2]float64 {
	n := math.Sqrt(mul(x, x) + mul(y, y))
	if !(n > 0) {
		return [2]float64{}
	}
	return [2]float64{x / n, y / n}
}

// markers draws the markers of an outline.
func (d *svgDrawer) markers(steps []step, st svgState) {
	var at [3]*svgNode
	some := false
	for i, name := range st.marker {
		if n := d.ids[reference(name)]; n != nil && n.name == "marker" {
			at[i], some = n, true
		}
	}
	if !some {
		return
	}
	list := vertices(steps)
	for i, v := range list {
		if i == 0 && at[0] != nil {
			d.marker(at[0], v, st, true)
		}
		if i > 0 && i < len(list)-1 && at[1] != nil {
			d.marker(at[1], v, st, false)
		}
		if i == len(list)-1 && at[2] != nil {
			d.marker(at[2], v, st, false)
		}
	}
}

// marker draws a marker at a corner.
func (d *svgDrawer) marker(n *svgNode, v vertex, st svgState, start bool) {
	m := st.m.times(matrix{1, 0, 0, 1, v.x, v.y}).times(turnOf(n.attr["orient"], v, start))
	if n.attr["markerUnits"] != "userSpaceOnUse" {
		m = m.times(matrix{st.width, 0, 0, st.width, 0, 0})
	}
	inner := d.stateAt(n, m)
	read := func(name, or string, by func(string) float64) float64 {
		if s, ok := n.attr[name]; ok && s != "auto" {
			return by(s)
		}
		return by(or)
	}
	w, h := read("markerWidth", "3", inner.wide), read("markerHeight", "3", inner.high)
	if !(w > 0) || !(h > 0) {
		return
	}
	fit := matrix{1, 0, 0, 1, 0, 0}
	clip := [4]float64{0, 0, w, h}
	if box := numbers(n.attr["viewBox"]); len(box) == 4 {
		if !(box[2] > 0) || !(box[3] > 0) {
			return
		}
		inner.vw, inner.vh = box[2], box[3]
		fit = fitted(box, n.attr["preserveAspectRatio"], w, h)
		fit[4], fit[5] = 0, 0
		clip = [4]float64(box)
	}
	rx, ry := fit.apply(edgeWord(n.attr["refX"], inner.vw, inner.wide), edgeWord(n.attr["refY"], inner.vh, inner.high))
	inner.m = m.times(matrix{1, 0, 0, 1, -rx, -ry}).times(fit)
	sub := d.sub()
	d.referred(n, func() { sub.all(n.kids, inner, 0) })
	if v := n.attr["overflow"]; v != "visible" && v != "auto" {
		sub.out = d.cutTo(sub.out, inner.m, clip[0], clip[1], clip[2], clip[3])
	}
	d.out = append(d.out, d.layer(n, inner, sub.out)...)
}

// edgeWord reads a length that may be left, center or the like.
func edgeWord(s string, whole float64, read func(string) float64) float64 {
	switch s {
	case "left", "top", "":
		return 0
	case "center":
		return whole / 2
	case "right", "bottom":
		return whole
	}
	return read(s)
}

// turnOf is how a marker is turned: to the middle of the directions in which
// the outline comes and goes, or by an angle.
func turnOf(orient string, v vertex, start bool) matrix {
	if !strings.HasPrefix(orient, "auto") {
		return oneTransform("rotate", []float64{number64(orient)})
	}
	u := direction(v.in[0]+v.out[0], v.in[1]+v.out[1])
	if u == [2]float64{} { // straight back
		u = [2]float64{-v.in[1], v.in[0]}
	}
	if u == [2]float64{} {
		u = [2]float64{1, 0}
	}
	if start && orient == "auto-start-reverse" {
		u = [2]float64{-u[0], -u[1]}
	}
	return matrix{u[0], u[1], -u[1], u[0], 0, 0}
}
