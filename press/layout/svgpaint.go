package layout

import (
	"math"
	"slices"
	"strings"

	"quire/press"
)

// shape draws an outline with the state's fill and stroke, and the markers on
// it.
func (d *svgDrawer) shape(steps []step, n *svgNode, st svgState) {
	if len(steps) == 0 || st.hidden {
		return
	}
	segments := placed(steps, st.m)
	if d.bare {
		d.add(&press.Path{Segments: segments, EvenOdd: st.clipRule == "evenodd", Fill: &press.Paint{}, Node: d.node})
		return
	}
	box := func() extentBox { return bounds(steps) }
	d.filled(segments, st, box)
	d.stroked(segments, n, st, box)
	switch n.name {
	case "path", "line", "polyline", "polygon":
		d.markers(steps, st)
	}
}

// placed maps an outline to the page.
func placed(steps []step, m matrix) []press.Segment {
	out := make([]press.Segment, len(steps))
	for i, s := range steps {
		out[i].Verb = s.verb
		for k := range pointsOf(s.verb) {
			out[i].P[k] = m.point(s.p[2*k], s.p[2*k+1])
		}
	}
	return out
}

// filled draws what an outline is filled with.
func (d *svgDrawer) filled(segments []press.Segment, st svgState, box func() extentBox) {
	evenOdd := st.fillRule == "evenodd"
	if p := d.pattern(st.fill); p != nil {
		if tiles := d.tiles(p, st, st.fillOpac, box()); len(tiles) > 0 {
			d.add(&press.Group{Ops: tiles, Clip: []press.Clip{{Segments: slices.Clone(segments), EvenOdd: evenOdd}}, Clear: clear255(st.fillOpac), Node: d.node})
		}
		return
	}
	if paint := d.paint(st.fill, st.fillOpac, st, box); paint != nil {
		d.add(&press.Path{Segments: segments, Fill: paint, EvenOdd: evenOdd, Node: d.node})
	}
}

// stroked draws the line along an outline: into the path that was filled
// before, if there is one.
func (d *svgDrawer) stroked(segments []press.Segment, n *svgNode, st svgState, box func() extentBox) {
	if st.width <= 0 || len(segments) == 0 {
		return
	}
	if p := d.pattern(st.stroke); p != nil {
		grown := box().grown(st.width)
		if tiles := d.tiles(p, st, st.lineOpac, grown); len(tiles) > 0 {
			white := &press.Path{Segments: slices.Clone(segments), Stroke: d.line(n, st, press.Paint{Color: press.Color{R: 255, G: 255, B: 255}}), Node: d.node}
			d.add(&press.Group{Ops: tiles, Mask: &press.Group{Ops: []press.Op{white}}, Clear: clear255(st.lineOpac), Node: d.node})
		}
		return
	}
	paint := d.paint(st.stroke, st.lineOpac, st, box)
	if paint == nil {
		return
	}
	stroke := d.line(n, st, *paint)
	if last := len(d.out) - 1; last >= 0 {
		if p, ok := d.out[last].(*press.Path); ok && p.Stroke == nil && &p.Segments[0] == &segments[0] {
			p.Stroke = stroke
			return
		}
	}
	d.add(&press.Path{Segments: segments, Stroke: stroke, EvenOdd: st.fillRule == "evenodd", Node: d.node})
}

// line says how a stroke is drawn.
func (d *svgDrawer) line(n *svgNode, st svgState, paint press.Paint) *press.Stroke {
	k := st.m.size()
	if n.attr["vector-effect"] == "non-scaling-stroke" {
		k = d.start.m.size()
	}
	s := &press.Stroke{Paint: paint, Width: max(length(mul(st.width, k)), 1), RoundCap: st.cap == "round", SquareCap: st.cap == "square",
		RoundJoin: st.join == "round", MiterLimit: int64(math.Round(mul(min(max(st.miter, 1), 1000), 1000)))}
	if st.join == "bevel" {
		s.MiterLimit = 1000
	}
	s.Dash = dashes(st, k)
	return s
}

// dashes returns the dashes of a line so that they begin with the phase. Where
// that is inside a dash, its rest comes first and what was before it at the
// end of the row; where it is inside a gap, an empty dash comes first.
func dashes(st svgState, k float64) []press.Pt {
	var sum float64
	for _, v := range st.dash {
		sum += v
	}
	if !(mul(sum, k) > float64(press.Point)/64) {
		return nil
	}
	phase := math.Mod(st.phase, sum)
	if phase < 0 {
		phase += sum
	}
	first := 0
	for phase > 0 && phase >= st.dash[first] {
		phase -= st.dash[first]
		first = (first + 1) % len(st.dash)
	}
	var out []press.Pt
	if first%2 == 1 {
		out = append(out, 0)
	}
	for i := range st.dash {
		v := st.dash[(first+i)%len(st.dash)]
		if i == 0 {
			v -= phase
		}
		out = append(out, max(0, length(mul(v, k))))
	}
	if first%2 == 1 {
		return append(out, length(mul(phase, k)))
	}
	if phase > 0 {
		out = append(out, length(mul(phase, k)), 0)
	}
	return out
}

// paint returns a colour or gradient; nil paints nothing.
func (d *svgDrawer) paint(name string, opacity float64, st svgState, box func() extentBox) *press.Paint {
	if opacity <= 0 {
		return nil
	}
	if strings.HasPrefix(name, "url(") {
		if g := d.ids[reference(name)]; g != nil && strings.HasSuffix(g.name, "Gradient") {
			return d.gradient(g, opacity, st, box())
		}
		_, name, _ = strings.Cut(name, ")") // what to take instead
	}
	c, ok := d.color(strings.TrimSpace(name), st)
	if !ok {
		return nil
	}
	c.Clear = clear255(mul(opacity, float64(255-c.Clear)/255))
	if c.Clear == 255 {
		return nil
	}
	return &press.Paint{Color: c}
}

// color reads a colour, which may be the current one.
func (d *svgDrawer) color(name string, st svgState) (press.Color, bool) {
	switch strings.ToLower(name) {
	case "currentcolor", "context-fill", "context-stroke":
		return st.color, true
	case "none", "transparent", "":
		return press.Color{}, false
	}
	return parseColor(name)
}
