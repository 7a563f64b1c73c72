package pdfout

import (
	"quire/press"
)

// group draws ops as one. A group that is only cut to a shape goes into its
// page's stream; one that is clear or masked becomes a form of its own, which
// the page marks as a whole (ISO 32000-1, 11.6.6).
func (a *artist) group(g *press.Group) {
	if a.solid && (g.Clear != 0 || g.Mask != nil) {
		a.flattened = true
		g = &press.Group{Ops: solid(g.Ops, g.Clear), Clip: g.Clip, Node: g.Node}
	}
	if g.Clear == 255 {
		return
	}
	a.enclose()
	a.save()
	for _, c := range g.Clip {
		a.outline(c.Segments)
		if len(c.Segments) == 0 {
			a.b.add("0 0 m\n") // nothing is inside
		}
		if c.EvenOdd {
			a.b.add("W* n\n")
		} else {
			a.b.add("W n\n")
		}
	}
	if g.Clear == 0 && g.Mask == nil {
		a.ops(g.Ops)
	} else {
		a.mark(g.Node)
		a.form(g)
	}
	a.enclose()
	a.restore()
}

// enclose ends marked content, which must not reach over q or Q.
func (a *artist) enclose() {
	a.endText()
	if !a.silent {
		a.unmark()
	}
}

// form draws a group as a stream of its own.
func (a *artist) form(g *press.Group) {
	inner := a.inner(g.Ops)
	for _, b := range inner.boxes {
		a.cover(g.Node, b.x0, b.y0, b.x1, b.y1)
	}
	if g.Mask != nil {
		a.mask(a.inner([]press.Op{&press.Group{Ops: g.Mask.Ops, Clip: g.Mask.Clip, Clear: g.Mask.Clear, Mask: g.Mask.Mask}}))
	}
	a.clear(alpha{g.Clear, g.Clear})
	a.b.add("/G", len(a.forms), " Do\n")
	a.forms = append(a.forms, inner)
}

// mask makes what follows as visible as a stream is bright.
func (a *artist) mask(m *content) {
	a.b.add("/M", len(a.masks), " gs\n")
	a.masks = append(a.masks, m)
}

// inner draws ops into a stream of their own.
func (a *artist) inner(ops []press.Op) *content {
	in := &artist{content: &content{boxes: map[*press.Node]*box{}}, b: newBuf(), fonts: a.fonts, pack: a.pack, height: a.height,
		solid: a.solid, silent: true, state: state{stretch: 1 << 16}}
	in.ops(ops)
	in.endText()
	in.content.packed = a.pack.deflate(in.b.Bytes())
	a.flattened = a.flattened || in.flattened
	return in.content
}

// clearGradients paints a shape whose gradients are clear in part: solid, under
// a mask that is as bright as they are visible.
func (a *artist) clearGradients(p *press.Path) {
	if a.solid {
		a.flattened = true
		a.path(solid([]press.Op{p}, 0)[0].(*press.Path))
		return
	}
	mask, plain := *p, *p
	if p.Fill != nil {
		mask.Fill, plain.Fill = &press.Paint{}, &press.Paint{}
		*mask.Fill, *plain.Fill = parted(*p.Fill)
	}
	if p.Stroke != nil {
		m, c := *p.Stroke, *p.Stroke
		m.Paint, c.Paint = parted(p.Stroke.Paint)
		mask.Stroke, plain.Stroke = &m, &c
	}
	a.enclose()
	a.save()
	a.mark(p.Node)
	a.mask(a.inner([]press.Op{&mask}))
	a.path(&plain)
	a.enclose()
	a.restore()
}

// clearStops reports whether a gradient has stops that are clear.
func clearStops(g *press.Gradient) bool {
	if g == nil {
		return false
	}
	for _, s := range g.Stops {
		if s.Color.Clear != 0 {
			return true
		}
	}
	return false
}

// parted returns a paint's visibility as grey, and its colours without
// clearness.
func parted(p press.Paint) (visible, colors press.Paint) {
	grey := func(c press.Color) press.Color {
		v := 255 - c.Clear
		return press.Color{R: v, G: v, B: v}
	}
	plain := func(c press.Color) press.Color {
		c.Clear = 0
		return c
	}
	visible, colors = press.Paint{Color: grey(p.Color)}, press.Paint{Color: plain(p.Color)}
	if p.Gradient != nil {
		g, c := *p.Gradient, *p.Gradient
		g.Stops, c.Stops = recolored(p.Gradient.Stops, grey), recolored(p.Gradient.Stops, plain)
		visible.Gradient, colors.Gradient = &g, &c
	}
	return visible, colors
}

// recolored returns stops with other colours.
func recolored(stops []press.Stop, f func(press.Color) press.Color) []press.Stop {
	out := make([]press.Stop, len(stops))
	for i, s := range stops {
		out[i] = press.Stop{At: s.At, Color: f(s.Color)}
	}
	return out
}

// solid returns ops mixed with white, as clear as they would be inside a group
// that is clear. Masks are left out.
func solid(ops []press.Op, clear uint8) []press.Op {
	mix := func(c press.Color) press.Color {
		seen := (255 - int(c.Clear)) * (255 - int(clear)) / 255
		v := func(x uint8) uint8 { return uint8((int(x)*seen + 255*(255-seen) + 127) / 255) }
		return press.Color{R: v(c.R), G: v(c.G), B: v(c.B)}
	}
	paint := func(p press.Paint) press.Paint {
		p.Color = mix(p.Color)
		if p.Gradient != nil {
			g := *p.Gradient
			g.Stops = recolored(g.Stops, mix)
			p.Gradient = &g
		}
		return p
	}
	out := make([]press.Op, len(ops))
	for i, op := range ops {
		switch t := op.(type) {
		case *press.Line:
			c := *t
			c.Runs = append([]press.Run(nil), t.Runs...)
			for k := range c.Runs {
				c.Runs[k].Color = mix(c.Runs[k].Color)
			}
			op = &c
		case *press.Path:
			c := *t
			if t.Fill != nil {
				fill := paint(*t.Fill)
				c.Fill = &fill
			}
			if t.Stroke != nil {
				stroke := *t.Stroke
				stroke.Paint = paint(t.Stroke.Paint)
				c.Stroke = &stroke
			}
			op = &c
		case *press.Group:
			seen := (255 - int(t.Clear)) * (255 - int(clear)) / 255
			op = &press.Group{Ops: solid(t.Ops, uint8(255-seen)), Clip: t.Clip, Node: t.Node}
		}
		out[i] = op
	}
	return out
}

// each calls f for every op, those in groups and masks included.
func each(ops []press.Op, f func(press.Op)) {
	for _, op := range ops {
		f(op)
		if g, ok := op.(*press.Group); ok {
			each(g.Ops, f)
			if g.Mask != nil {
				each([]press.Op{g.Mask}, f)
			}
		}
	}
}
