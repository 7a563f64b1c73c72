package layout

import (
	"cmp"
	"math"
	"slices"

	"quire/press"
)

// maxStops bounds the colours of a gradient.
const maxStops = 64

// chained returns an attribute of a gradient or pattern, its own or that of the
// one it refers to.
func (d *svgDrawer) chained(n *svgNode, name string) string {
	for range 8 {
		if n == nil {
			break
		}
		if v := n.attr[name]; v != "" {
			return v
		}
		n = d.ids[n.href()]
	}
	return ""
}

// gradient builds a gradient for what lies in a box.
func (d *svgDrawer) gradient(g *svgNode, opacity float64, st svgState, box extentBox) *press.Paint {
	stops := d.stops(g, opacity)
	switch len(stops) {
	case 0:
		return nil
	case 1:
		return &press.Paint{Color: stops[0].Color}
	}
	inside := d.chained(g, "gradientUnits") != "userSpaceOnUse"
	m := st.m
	if inside {
		if box.empty || box.w() <= 0 || box.h() <= 0 {
			return nil // as SVG 1.1 says in 7.11
		}
		m = m.times(matrix{box.w(), 0, 0, box.h(), box.x0, box.y0})
		st.vw, st.vh = 1, 1
	}
	m = m.times(parseTransform(d.chained(g, "gradientTransform")))
	at := func(name, or string, read func(string) float64) float64 { return read(cmp.Or(d.chained(g, name), or)) }
	last := &press.Paint{Color: stops[len(stops)-1].Color}
	out := &press.Gradient{Stops: stops, Spread: spreads[d.chained(g, "spreadMethod")]}
	if g.name == "radialGradient" {
		cx, cy := at("cx", "50%", st.wide), at("cy", "50%", st.high)
		r := at("r", "50%", st.across)
		c := circles{cx: cx, cy: cy, r: r, fx: cx, fy: cy, fr: at("fr", "0", st.across)}
		if v := d.chained(g, "fx"); v != "" {
			c.fx = st.wide(v)
		}
		if v := d.chained(g, "fy"); v != "" {
			c.fy = st.high(v)
		}
		if !(r > 0) || !c.place(out, m) {
			return last
		}
		return &press.Paint{Gradient: out}
	}
	if !axis(out, m, at("x1", "0%", st.wide), at("y1", "0%", st.high), at("x2", "100%", st.wide), at("y2", "0%", st.high)) {
		return last
	}
	return &press.Paint{Gradient: out}
}

// spreads are the ways in which a gradient goes on, by their SVG names.
var spreads = map[string]press.Spread{"reflect": press.SpreadReflect, "repeat": press.SpreadRepeat}

// axis places a linear gradient. Under a map that does not keep angles the
// stripes are no longer square to the axis: the axis is turned so that they are.
func axis(g *press.Gradient, m matrix, x1, y1, x2, y2 float64) bool {
	back, ok := m.inverse()
	dx, dy := x2-x1, y2-y1
	long := mul(dx, dx) + mul(dy, dy)
	if !ok || !(long > 1e-12) {
		return false
	}
	// how the way along the axis grows along the page's x and y
	nx := (mul(back[0], dx) + mul(back[1], dy)) / long
	ny := (mul(back[2], dx) + mul(back[3], dy)) / long
	n := mul(nx, nx) + mul(ny, ny)
	if !(n > 0) {
		return false
	}
	x, y := m.apply(x1, y1)
	g.From = press.Point2{X: length(x), Y: length(y)}
	g.To = press.Point2{X: length(x + nx/n), Y: length(y + ny/n)}
	return g.From != g.To
}

// circles are those of a radial gradient: the outer one and the focal one.
type circles struct{ cx, cy, r, fx, fy, fr float64 }

// place places a radial gradient, with a matrix when its circles become
// ellipses.
func (c circles) place(g *press.Gradient, m matrix) bool {
	k := m.size()
	if !(k > 1e-9) || math.IsInf(k, 0) {
		return false
	}
	c.fr = min(max(c.fr, 0), c.r)
	if dx, dy := c.fx-c.cx, c.fy-c.cy; c.fr == 0 { // the focus stays inside the circle
		if far := math.Sqrt(mul(dx, dx) + mul(dy, dy)); far > mul(c.r, 0.99) {
			in := mul(c.r, 0.99) / far
			c.fx, c.fy = c.cx+mul(dx, in), c.cy+mul(dy, in)
		}
	}
	to := m
	if !m.similar() {
		to = matrix{k, 0, 0, k, 0, 0}
		g.Matrix = &press.Matrix{A: fixed(m[0] / k), B: fixed(m[1] / k), C: fixed(m[2] / k), D: fixed(m[3] / k), E: length(m[4]), F: length(m[5])}
	}
	g.Radial = true
	g.From, g.To = to.point(c.fx, c.fy), to.point(c.cx, c.cy)
	g.R0, g.R1 = length(mul(c.fr, k)), length(mul(c.r, k))
	return g.R1 > 0
}

// stops reads a gradient's colours, its own or those of the one it refers to.
func (d *svgDrawer) stops(g *svgNode, opacity float64) []press.Stop {
	var out []press.Stop
	for range 8 {
		for _, k := range g.kids {
			if k.name == "stop" && len(out) < maxStops {
				out = append(out, d.stop(k, opacity))
			}
		}
		if g = d.ids[g.href()]; len(out) > 0 || g == nil {
			break
		}
	}
	for i := 1; i < len(out); i++ { // none stands before the one above it
		out[i].At = max(out[i].At, out[i-1].At)
	}
	return slices.Clip(out)
}

// stop reads one colour of a gradient.
func (d *svgDrawer) stop(k *svgNode, opacity float64) press.Stop {
	var current svgState
	for up := k; up != nil; up = up.parent {
		if c, ok := parseColor(up.attr["color"]); ok {
			current.color = c
			break
		}
	}
	c, ok := d.color(cmp.Or(k.attr["stop-color"], "black"), current)
	if !ok {
		c.Clear = 255
	}
	opacity = mul(opacity, float64(255-c.Clear)/255)
	if v, ok := k.attr["stop-opacity"]; ok {
		opacity = mul(opacity, part(v))
	}
	c.Clear = clear255(opacity)
	return press.Stop{At: int64(math.Round(mul(part(k.attr["offset"]), 65536))), Color: c}
}
