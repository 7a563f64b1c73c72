package layout

import (
	"slices"

	"quire/press"
)

// row is a strip across the text block that is never cut: a line of text, a
// figure, white. Its ops count from its own top and the text's left edge.
type row struct {
	height    press.Pt
	ops       []press.Op
	keep      bool     // no page break behind it
	space     bool     // white: vanishes at page edges, may be stretched a little
	rest      press.Pt // of white: what stays when the float beside it stands elsewhere
	index, of int      // which line of its paragraph
	hyphen    bool
	rough     int64 // demerits of a page break behind it
	notes     []*footnote
	again     []*row // head of the table that the row continues
	anchors   []string
	heading   *press.Heading
	opens     *press.Chapter // whose title it is, when that does not open a page
	figure    *press.Figure  // with a caption, for the list of figures
	float     bool           // a figure that may wait for the top of the next page
	plate     bool           // it is drawn over its whole page, from the corner of that
	vary      *variable      // the paragraph, if it may be set looser or tighter
}

// footnote is a note with its set lines.
type footnote struct {
	rows   []*row
	height press.Pt
}

// gap is white of a height.
func gap(h press.Pt) *row { return &row{height: h, rest: h, space: true} }

// lineRows makes a row of each line.
func lineRows(lines []*press.Line, notes [][]*footnote, t press.Type) []*row {
	var out []*row
	for i, l := range lines {
		down, h := room(l, t)
		shift(l, 0, down)
		r := &row{height: h, ops: []press.Op{l}, index: i, of: len(lines), hyphen: l.Hyphenated}
		if notes != nil {
			r.notes = notes[i]
		}
		out = append(out, r)
	}
	return out
}

// room returns where a line's baseline stands below its row's top, and how high
// the row is: as the type has it, but more for a formula that needs more.
func room(l *press.Line, t press.Type) (down, height press.Pt) {
	const air = press.Point
	down, height = baseline(t), t.Leading
	if over := l.Above + air - down; l.Above > 0 && over > 0 {
		down, height = down+over, height+over
	}
	if under := down + l.Below + air - height; l.Below > 0 && under > 0 {
		height += under
	}
	return down, height
}

// keepAll forbids page breaks inside the rows and behind them.
func keepAll(rows []*row) []*row {
	for _, r := range rows {
		r.keep = true
	}
	return rows
}

// height returns the height of rows together.
func height(rows []*row) press.Pt {
	var h press.Pt
	for _, r := range rows {
		h += r.height
	}
	return h
}

// island surrounds rows with white, at least half a line on each side, so that
// the text behind them stands on the grid again.
func (s *setter) island(rows []*row) []*row {
	if len(rows) == 0 {
		return nil
	}
	lead := s.frame.lead
	h := height(rows)
	white := (h+lead+lead-1)/lead*lead - h
	before := gap(white / 2)
	after := gap(white - white/2)
	return append(append([]*row{before}, rows...), after)
}

// tidy joins white that meets white: the larger one stays. White behind a row
// that must not end a page must not end one either.
func tidy(rows []*row) []*row {
	var out []*row
	for _, r := range rows {
		if n := len(out); n > 0 && r.space && out[n-1].keep {
			r.keep = true
		}
		if n := len(out); n > 0 && r.space {
			r.rough = out[n-1].rough
		}
		if n := len(out); n > 0 && r.space && out[n-1].space && len(r.anchors) == 0 {
			out[n-1].height, out[n-1].rest = max(out[n-1].height, r.height), max(out[n-1].rest, r.rest)
			out[n-1].keep = out[n-1].keep || r.keep
			continue
		}
		out = append(out, r)
	}
	return out
}

// shift moves a drawn thing.
func shift(op press.Op, dx, dy press.Pt) {
	switch t := op.(type) {
	case *press.Line:
		t.X, t.Y = t.X+dx, t.Y+dy
		for i := range t.Runs {
			t.Runs[i].X += dx
			t.Runs[i].Y += dy
		}
		for i := range t.Rules {
			t.Rules[i].X += dx
			t.Rules[i].Y += dy
		}
	case *press.Picture:
		t.X, t.Y = t.X+dx, t.Y+dy
	case *press.Path:
		shiftSegments(t.Segments, dx, dy)
		shiftPaint(t.Fill, dx, dy)
		if t.Stroke != nil {
			shiftPaint(&t.Stroke.Paint, dx, dy)
		}
	case *press.Group:
		*t = *shiftedGroup(t, dx, dy)
	}
}

// shiftSegments moves the points of a shape.
func shiftSegments(list []press.Segment, dx, dy press.Pt) {
	for i := range list {
		for k := range list[i].P {
			list[i].P[k] = moved(list[i].P[k], dx, dy)
		}
	}
}

// shiftPaint moves a gradient with its shape.
func shiftPaint(p *press.Paint, dx, dy press.Pt) {
	if p == nil || p.Gradient == nil {
		return
	}
	g := *p.Gradient // may be shared by shapes
	if g.Matrix != nil {
		m := *g.Matrix
		m.E, m.F = m.E+dx, m.F+dy
		g.Matrix = &m
	} else {
		g.From, g.To = moved(g.From, dx, dy), moved(g.To, dx, dy)
	}
	p.Gradient = &g
}

// moved returns a point moved.
func moved(p press.Point2, dx, dy press.Pt) press.Point2 {
	return press.Point2{X: p.X + dx, Y: p.Y + dy}
}

// copyOp returns a copy without structure, for heads that are repeated.
func copyOp(op press.Op) press.Op {
	switch t := op.(type) {
	case *press.Line:
		c := *t
		c.Runs, c.Rules = slices.Clone(t.Runs), slices.Clone(t.Rules)
		for i := range c.Runs {
			c.Runs[i].Node = nil
		}
		for i := range c.Rules {
			c.Rules[i].Node = nil
		}
		return &c
	case *press.Path:
		c := *t
		c.Segments = append([]press.Segment(nil), t.Segments...)
		c.Node = nil
		return &c
	case *press.Picture:
		c := *t
		c.Node = nil
		return &c
	case *press.Group:
		c := *t
		c.Node = nil
		c.Ops = make([]press.Op, len(t.Ops))
		for i, inner := range t.Ops {
			c.Ops[i] = copyOp(inner)
		}
		return &c
	}
	return op
}

// shifted returns the op moved, and leaves it as it was: set chapters are kept
// and put onto pages more than once.
func shifted(op press.Op, dx, dy press.Pt) press.Op {
	switch t := op.(type) {
	case *press.Line:
		c := *t
		c.Runs, c.Rules = slices.Clone(t.Runs), slices.Clone(t.Rules)
		op = &c
	case *press.Path:
		c := *t
		c.Segments = slices.Clone(t.Segments)
		if t.Fill != nil {
			fill := *t.Fill
			c.Fill = &fill
		}
		if t.Stroke != nil {
			stroke := *t.Stroke
			c.Stroke = &stroke
		}
		op = &c
	case *press.Picture:
		c := *t
		op = &c
	case *press.Group:
		op = shiftedGroup(t, dx, dy)
		return op
	}
	shift(op, dx, dy)
	return op
}

// shiftedGroup returns a group moved with everything in it.
func shiftedGroup(g *press.Group, dx, dy press.Pt) *press.Group {
	c := *g
	c.Ops = make([]press.Op, len(g.Ops))
	for i, op := range g.Ops {
		c.Ops[i] = shifted(op, dx, dy)
	}
	c.Clip = slices.Clone(g.Clip)
	for i := range c.Clip {
		c.Clip[i].Segments = slices.Clone(g.Clip[i].Segments)
		shiftSegments(c.Clip[i].Segments, dx, dy)
	}
	if g.Mask != nil {
		c.Mask = shiftedGroup(g.Mask, dx, dy)
	}
	return &c
}

// copyRows returns copies of rows without structure.
func copyRows(rows []*row) []*row {
	var out []*row
	for _, r := range rows {
		c := &row{height: r.height}
		for _, op := range r.ops {
			c.ops = append(c.ops, copyOp(op))
		}
		out = append(out, c)
	}
	return out
}

// rule draws a horizontal line.
func rule(x, y, width, thick press.Pt) *press.Path {
	return &press.Path{
		Segments: []press.Segment{{Verb: 'M', P: [3]press.Point2{{X: x, Y: y}}}, {Verb: 'L', P: [3]press.Point2{{X: x + width, Y: y}}}},
		Stroke:   &press.Stroke{Width: thick},
	}
}
