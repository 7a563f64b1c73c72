package layout

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"quire/press"
	"quire/press/font"
)

// shape draws an outline with the state's fill and stroke.
func (d *svgDrawer) shape(steps []step, st svgState) {
	path := &press.Path{Node: d.node, EvenOdd: st.rule == "evenodd"}
	for _, s := range steps {
		seg := press.Segment{Verb: s.verb}
		for i := range 3 {
			seg.P[i] = st.m.point(s.p[2*i], s.p[2*i+1])
		}
		path.Segments = append(path.Segments, seg)
	}
	path.Fill = d.paint(st.fill, mul(st.opacity, st.fillOpac), steps, st.m)
	if line := d.paint(st.stroke, mul(st.opacity, st.lineOpac), steps, st.m); line != nil && st.width > 0 {
		k := st.m.size()
		path.Stroke = &press.Stroke{Paint: *line, Width: length(mul(st.width, k)), RoundCap: st.cap == "round", SquareCap: st.cap == "square", RoundJoin: st.join == "round"}
		for _, v := range numbers(st.dash) {
			path.Stroke.Dash = append(path.Stroke.Dash, max(0, length(mul(v, k))))
		}
		if total(path.Stroke.Dash) == 0 {
			path.Stroke.Dash = nil
		}
	}
	if path.Fill != nil || path.Stroke != nil {
		d.out = append(d.out, path)
	}
}

// paint returns a colour or gradient; nil paints nothing.
func (d *svgDrawer) paint(name string, opacity float64, steps []step, m matrix) *press.Paint {
	if name == "none" || name == "transparent" || name == "" || opacity <= 0 {
		return nil
	}
	if ref, ok := strings.CutPrefix(name, "url("); ok {
		id := strings.Trim(strings.SplitN(ref, ")", 2)[0], `#'" `)
		if g := d.gradients[id]; g != nil {
			return d.gradient(g, opacity, steps, m)
		}
		return nil
	}
	c, ok := parseColor(name)
	if !ok {
		return nil
	}
	c.Clear = 255 - uint8(math.Round(mul(mul(min(opacity, 1), 255), float64(255-c.Clear)/255)))
	return &press.Paint{Color: c}
}

// gradient builds a gradient for an outline.
func (d *svgDrawer) gradient(g *svgNode, opacity float64, steps []step, m matrix) *press.Paint {
	stops := d.stops(g, opacity)
	if len(stops) == 0 {
		return nil
	}
	if len(stops) == 1 {
		return &press.Paint{Color: stops[0].Color}
	}
	if g.attr["gradientUnits"] != "userSpaceOnUse" {
		x, y, w, h := bounds(steps)
		m = m.times(matrix{w, 0, 0, h, x, y})
	}
	m = m.times(parseTransform(g.attr["gradientTransform"]))
	at := func(name string, or float64) float64 {
		if v, ok := g.attr[name]; ok {
			return number64(v)
		}
		return or
	}
	out := &press.Gradient{Stops: stops}
	if g.name == "radialGradient" {
		cx, cy := at("cx", 0.5), at("cy", 0.5)
		out.Radial, out.R1 = true, length(mul(at("r", 0.5), m.size()))
		out.From, out.To = m.point(at("fx", cx), at("fy", cy)), m.point(cx, cy)
		return &press.Paint{Gradient: out}
	}
	out.From, out.To = m.point(at("x1", 0), at("y1", 0)), m.point(at("x2", 1), at("y2", 0))
	return &press.Paint{Gradient: out}
}

// stops reads a gradient's colours, its own or those of the one it refers to.
func (d *svgDrawer) stops(g *svgNode, opacity float64) []press.Stop {
	var out []press.Stop
	for _, k := range g.kids {
		c, ok := parseColor(cmp.Or(k.attr["stop-color"], "black"))
		if k.name != "stop" || !ok {
			continue
		}
		if v, ok := k.attr["stop-opacity"]; ok {
			opacity = mul(opacity, number64(v))
		}
		c.Clear = 255 - uint8(math.Round(mul(min(max(opacity, 0), 1), 255)))
		out = append(out, press.Stop{At: int64(math.Round(mul(min(max(k.num("offset"), 0), 1), 65536))), Color: c})
	}
	if other := d.gradients[strings.TrimPrefix(g.attr["href"], "#")]; len(out) == 0 && other != nil && other.attr["href"] == "" {
		return d.stops(other, opacity)
	}
	slices.SortStableFunc(out, func(a, b press.Stop) int { return cmp.Compare(a.At, b.At) })
	return out
}

// bounds returns the box around an outline's points.
func bounds(steps []step) (x, y, w, h float64) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range steps {
		n := map[byte]int{'M': 1, 'L': 1, 'C': 3}[s.verb]
		for i := range n {
			x0, x1 = min(x0, s.p[2*i]), max(x1, s.p[2*i])
			y0, y1 = min(y0, s.p[2*i+1]), max(y1, s.p[2*i+1])
		}
	}
	return x0, y0, x1 - x0, y1 - y0
}

// text draws a text element and its spans, each at its own place.
func (d *svgDrawer) text(n *svgNode, st svgState) {
	x, y := first(n.attr["x"], 0), first(n.attr["y"], 0)
	x += first(n.attr["dx"], 0)
	y += first(n.attr["dy"], 0)
	x = d.words(n.text, st, x, y)
	for _, k := range n.kids {
		if k.name != "tspan" {
			continue
		}
		x, y = first(k.attr["x"], x), first(k.attr["y"], y)
		x += first(k.attr["dx"], 0)
		y += first(k.attr["dy"], 0)
		x = d.words(k.text, st.inherit(k), x, y)
	}
}

// first returns the first number of a list.
func first(s string, or float64) float64 {
	if v := numbers(s); len(v) > 0 {
		return v[0]
	}
	return or
}

// words draws a text at a place and returns where it ends. Text that is turned
// or slanted is drawn upright at its place.
func (d *svgDrawer) words(text string, st svgState, x, y float64) float64 {
	text = strings.Join(strings.Fields(text), " ")
	paint := d.paint(st.fill, mul(st.opacity, st.fillOpac), nil, st.m)
	size := length(mul(st.size, st.m.size()))
	if text == "" || paint == nil || size < press.Point/2 {
		return x
	}
	look := d.s.plainStyle(d.s.faces.table, min(size, 200*press.Point))
	look.features, look.color = font.Lining, paint.Color
	switch {
	case st.bold:
		look.face = font.Bold
	case st.italic:
		look.face = font.Italic
	}
	at := st.m.point(x, y)
	w := d.s.textWidth(text, look)
	line := d.s.rawLine(text, look, d.node, 0, press.CellLine)
	switch st.anchor {
	case "middle":
		at.X -= w / 2
	case "end":
		at.X -= w
	}
	shift(line, at.X, at.Y)
	d.out = append(d.out, line)
	return x + float64(w)/max(st.m.size(), 1e-6)
}

// colorNames are the names that drawings use most.
var colorNames = map[string]uint32{
	"black": 0, "white": 0xffffff, "red": 0xff0000, "green": 0x008000, "blue": 0x0000ff, "gray": 0x808080, "grey": 0x808080,
	"silver": 0xc0c0c0, "navy": 0x000080, "teal": 0x008080, "maroon": 0x800000, "olive": 0x808000, "purple": 0x800080,
	"orange": 0xffa500, "yellow": 0xffff00, "brown": 0xa52a2a, "pink": 0xffc0cb, "gold": 0xffd700, "crimson": 0xdc143c,
	"darkgray": 0xa9a9a9, "darkgrey": 0xa9a9a9, "lightgray": 0xd3d3d3, "lightgrey": 0xd3d3d3, "steelblue": 0x4682b4,
	"tomato": 0xff6347, "darkblue": 0x00008b, "darkgreen": 0x006400, "darkred": 0x8b0000, "lime": 0x00ff00, "aqua": 0x00ffff,
	"cyan": 0x00ffff, "fuchsia": 0xff00ff, "magenta": 0xff00ff, "beige": 0xf5f5dc, "ivory": 0xfffff0, "currentcolor": 0,
}

// parseColor reads #rgb, #rrggbb, rgb() or a name.
func parseColor(s string) (press.Color, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if v, ok := colorNames[s]; ok {
		return press.Color{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)}, true
	}
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		if len(hex) == 3 {
			hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
		}
		v, err := strconv.ParseUint(hex, 16, 32)
		return press.Color{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)}, err == nil && len(hex) == 6
	}
	if _, args, ok := strings.Cut(s, "rgb"); ok {
		v := numbers(strings.ReplaceAll(args, "%", ""))
		if len(v) < 3 {
			return press.Color{}, false
		}
		if strings.Contains(args, "%") {
			v[0], v[1], v[2] = mul(v[0], 2.55), mul(v[1], 2.55), mul(v[2], 2.55)
		}
		b := func(x float64) uint8 { return uint8(math.Round(min(max(x, 0), 255))) }
		return press.Color{R: b(v[0]), G: b(v[1]), B: b(v[2])}, true
	}
	return press.Color{}, false
}
