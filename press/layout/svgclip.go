package layout

import (
	"cmp"
	"slices"
	"strings"

	"quire/press"
)

// layer draws what an element has drawn as one: filtered, cut, masked and as
// clear as it says, in this order.
func (d *svgDrawer) layer(n *svgNode, st svgState, ops []press.Op) []press.Op {
	if len(ops) == 0 || d.over {
		return nil
	}
	box := userBox(ops, st.m)
	if v := n.attr["mix-blend-mode"]; v != "" && v != "normal" {
		d.warn("blends colours in a way that is not known; they are laid over each other")
	}
	if v := n.attr["filter"]; v != "" && v != "none" && !d.bare {
		ops = d.filtered(v, st, ops, box)
	}
	g := &press.Group{Ops: ops, Node: d.node}
	if id := reference(n.attr["clip-path"]); id != "" {
		if clip := d.ids[id]; clip != nil && clip.name == "clipPath" {
			d.referred(clip, func() { g.Clip, g.Mask = d.clip(clip, st, box) })
			if g.Clip == nil && g.Mask == nil {
				return nil
			}
		}
	}
	if mask := d.ids[reference(n.attr["mask"])]; mask != nil && mask.name == "mask" && !d.bare {
		if g.Mask != nil { // a mask of its own for each
			g = &press.Group{Ops: []press.Op{g}, Node: d.node}
		}
		d.referred(mask, func() { g.Mask = d.mask(mask, st, box) })
		if g.Mask == nil {
			return nil
		}
	}
	if v, ok := n.attr["opacity"]; ok && !d.bare {
		g.Clear = clear255(part(v))
	}
	return d.simple(g)
}

// simple returns a group as it is, or what it holds if that needs no group.
func (d *svgDrawer) simple(g *press.Group) []press.Op {
	switch {
	case g.Clear == 255:
		return nil
	case len(g.Clip) > 0 || g.Mask != nil:
	case g.Clear == 0:
		return g.Ops
	case len(g.Ops) == 1 && dim(g.Ops[0], g.Clear):
		return g.Ops
	}
	d.ops++
	return []press.Op{g}
}

// dim makes a thing that is drawn in one go clearer; false if it is not.
func dim(op press.Op, clear uint8) bool {
	less := func(c *press.Color) { c.Clear = clear255(mul(float64(255-c.Clear)/255, float64(255-clear)/255)) }
	switch t := op.(type) {
	case *press.Line:
		for i := range t.Runs {
			less(&t.Runs[i].Color)
		}
		return true
	case *press.Path:
		paint := t.Fill
		if t.Stroke != nil {
			paint = &t.Stroke.Paint
		}
		if t.Fill != nil && t.Stroke != nil || paint.Gradient != nil {
			return false
		}
		less(&paint.Color)
		return true
	}
	return false
}

// clip returns the shapes of a clipPath. Those that no single path can say
// become a mask. Both are nil when nothing is left.
func (d *svgDrawer) clip(n *svgNode, st svgState, box extentBox) ([]press.Clip, *press.Group) {
	m := st.m
	if n.attr["clipPathUnits"] == "objectBoundingBox" {
		m = m.times(matrix{box.w(), 0, 0, box.h(), box.x0, box.y0})
	}
	m = m.times(parseTransform(n.attr["transform"]))
	sub := d.sub()
	sub.bare = true
	sub.all(n.kids, d.stateAt(n, m), 0)
	one, ok := united(sub.out)
	if !ok {
		white := slices.Clone(sub.out)
		whiten(white)
		return nil, &press.Group{Ops: white}
	}
	if len(one.Segments) == 0 {
		return nil, nil
	}
	clips := []press.Clip{one}
	if id := reference(n.attr["clip-path"]); d.ids[id] != nil && d.ids[id].name == "clipPath" {
		var more []press.Clip
		var mask *press.Group
		d.referred(d.ids[id], func() { more, mask = d.clip(d.ids[id], st, box) })
		if mask != nil {
			path := &press.Path{Segments: one.Segments, EvenOdd: one.EvenOdd, Fill: &press.Paint{Color: press.Color{R: 255, G: 255, B: 255}}}
			return nil, &press.Group{Ops: []press.Op{&press.Group{Ops: []press.Op{path}, Mask: mask}}}
		}
		if more == nil {
			return nil, nil
		}
		clips = append(clips, more...)
	}
	return clips, nil
}

// united returns the union of shapes as one; false if there is no such one.
func united(ops []press.Op) (press.Clip, bool) {
	var out press.Clip
	for _, op := range ops {
		p, ok := op.(*press.Path)
		if !ok || p.EvenOdd && len(ops) > 1 {
			return out, false
		}
		out.EvenOdd = p.EvenOdd
		segments := p.Segments
		if len(ops) > 1 {
			if segments, ok = rightTurning(segments); !ok {
				return out, false
			}
		}
		out.Segments = append(out.Segments, segments...)
	}
	return out, true
}

// rightTurning turns the direction of a shape of one contour, so that shapes
// that overlap add up by the nonzero rule; false for more contours.
func rightTurning(s []press.Segment) ([]press.Segment, bool) {
	var area int64
	var pts []press.Point2
	for i := range s {
		if s[i].Verb == 'M' && i > 0 {
			return nil, false
		}
		pts = append(pts, s[i].P[:pointsOf(s[i].Verb)]...)
	}
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		area += int64(p.X)*int64(q.Y) - int64(q.X)*int64(p.Y)
	}
	if area >= 0 || len(pts) == 0 {
		return s, true
	}
	out := []press.Segment{{Verb: 'M', P: [3]press.Point2{pts[len(pts)-1]}}}
	at := len(pts) - 2
	for _, seg := range slices.Backward(s[1:]) {
		n := pointsOf(seg.Verb)
		back := press.Segment{Verb: seg.Verb}
		for k := range n {
			back.P[k] = pts[at-k]
		}
		if at -= n; n > 0 {
			out = append(out, back)
		}
	}
	return append(out, press.Segment{Verb: 'Z'}), true
}

// whiten makes the shapes of a clip white, for a mask.
func whiten(ops []press.Op) {
	for i, op := range ops {
		switch t := op.(type) {
		case *press.Path:
			c := *t
			c.Fill = &press.Paint{Color: press.Color{R: 255, G: 255, B: 255}}
			ops[i] = &c
		case *press.Group:
			c := *t
			c.Ops = slices.Clone(t.Ops)
			whiten(c.Ops)
			ops[i] = &c
		}
	}
}

// mask draws a mask; nil when it hides everything.
func (d *svgDrawer) mask(n *svgNode, st svgState, box extentBox) *press.Group {
	m := st.m
	if n.attr["maskContentUnits"] == "objectBoundingBox" {
		m = m.times(matrix{box.w(), 0, 0, box.h(), box.x0, box.y0})
	}
	sub := d.sub()
	sub.all(n.kids, d.stateAt(n, m), 0)
	if n.attr["mask-type"] == "alpha" {
		d.warn("has a mask that does not go by brightness; it is taken as one that does")
	}
	r := region(n, "maskUnits", st, box)
	ops := d.cutTo(sub.out, st.m, r.x0, r.y0, r.w(), r.h())
	if len(ops) == 0 {
		return nil
	}
	if g, ok := ops[0].(*press.Group); ok && len(ops) == 1 && g.Mask == nil && g.Clear == 0 {
		return g
	}
	return &press.Group{Ops: ops}
}

// region is the box of a mask or filter: a tenth more than its element on each
// side, or what it says.
func region(n *svgNode, attr string, st svgState, box extentBox) extentBox {
	unit, x0, y0, kx, ky := st, 0.0, 0.0, 1.0, 1.0
	if n.attr[attr] != "userSpaceOnUse" {
		unit.vw, unit.vh, x0, y0, kx, ky = 1, 1, box.x0, box.y0, box.w(), box.h()
	}
	get := func(name, or string) string { return strings.TrimSpace(cmp.Or(n.attr[name], or)) }
	x, y := x0+mul(unit.wide(get("x", "-10%")), kx), y0+mul(unit.high(get("y", "-10%")), ky)
	return extentBox{x, y, x + mul(unit.wide(get("width", "120%")), kx), y + mul(unit.high(get("height", "120%")), ky), false}
}
