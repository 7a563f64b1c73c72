package layout

import (
	"strconv"

	"quire/press"
	"quire/press/font"
)

// figure sets a picture with its caption; the two stay together. A picture
// that cannot be shown is a box with its description.
func (s *setter) figure(t *press.Figure, f flow) []*row {
	node := f.node.Kid(press.RoleFigure)
	node.Alt = t.Alt
	caption := keepAll(s.caption(t, f))
	room := s.frame.height - height(caption) - 3*s.frame.lead
	drawn := s.picture(t, f, room, node)
	drawn.keep = len(caption) > 0
	drawn.anchors = []string{t.ID}
	rows := []*row{drawn}
	if len(caption) > 0 {
		caption[len(caption)-1].keep = false
		space := &row{height: 6 * press.Point, keep: true}
		rows = append(append(rows, space), caption...)
	}
	return s.island(rows)
}

// caption sets the words under a picture.
func (s *setter) caption(t *press.Figure, f flow) []*row {
	if t.Caption == nil {
		return nil
	}
	node := f.node.Kid(press.RoleCaption)
	typ := s.theme.Caption
	st := s.plainStyle(s.faces.table, typ.Size)
	label := st
	if s.theme.Opening.Bold {
		label.face = font.Bold
	} else {
		st.face, label.face = font.Italic, font.Italic
	}
	var spans []span
	if s.theme.Figures && t.Number > 0 {
		spans = append(spans, span{text: s.words.Figure + " " + strconv.Itoa(t.Number) + ". ", style: label, node: node})
	}
	spans = append(spans, s.spans(t.Caption, st, node)...)
	in := f.inset(f.width/12, f.width/12)
	p := paragraph{spans: spans, m: measures{full: in.width}, x: in.x, how: centered, kind: press.CellLine}
	lines, notes := s.linesAndNotes(p)
	return lineRows(lines, notes, typ)
}

// picture draws a picture as wide as it may be, at most as high as room.
func (s *setter) picture(t *press.Figure, f flow, room press.Pt, node *press.Node) *row {
	if t.Image == nil {
		return s.placeholder(t, f, node)
	}
	w, h := f.width, press.Pt(0)
	iw, ih := int64(t.Image.Width), int64(t.Image.Height)
	if t.Image.Format != press.SVG { // not larger than 150 dots an inch
		w = min(w, press.Pt(iw)*press.Inch/150)
	} else {
		w = w.Scale(9, 10)
	}
	if h = w.Scale(ih, iw); h > room {
		h = room
		w = h.Scale(iw, ih)
	}
	w, h = max(w, press.Point), max(h, press.Point)
	x := f.x + (f.width-w)/2
	if t.Image.Format != press.SVG {
		return &row{height: h, ops: []press.Op{&press.Picture{Image: t.Image, X: x, W: w, H: h, Node: node}}}
	}
	ops, err := s.drawSVG(t.Image.Data, w, node)
	if err != nil {
		s.warnings = append(s.warnings, press.Warning{Detail: "the picture " + t.Image.Source + " cannot be drawn: " + err.Error(), Pos: t.At})
		return s.placeholder(t, f, node)
	}
	for _, op := range ops {
		shift(op, x, 0)
	}
	return &row{height: h, ops: ops}
}

// placeholder is a box with the description of what should be there.
func (s *setter) placeholder(t *press.Figure, f flow, node *press.Node) *row {
	typ := s.theme.Caption
	st := s.plainStyle(s.faces.table, typ.Size)
	in := f.inset(f.width/6, f.width/6)
	text := t.Alt
	if text == "" {
		text = "[ ]"
	}
	p := paragraph{spans: []span{{text: text, style: st, node: node}}, m: measures{full: in.width - 20*press.Point}, x: in.x + 10*press.Point, how: centered, kind: press.CellLine}
	rows := lineRows(s.lines(p), nil, typ)
	if most := int(s.frame.height / (2 * typ.Leading)); len(rows) > most {
		rows = rows[:max(most, 1)]
	}
	out := &row{height: height(rows) + 24*press.Point}
	frame := rectangle(in.x, 0, in.width, out.height)
	frame.Stroke = &press.Stroke{Width: press.Point / 2}
	out.ops = []press.Op{frame}
	y := 12 * press.Point
	for _, r := range rows {
		for _, op := range r.ops {
			shift(op, 0, y)
			out.ops = append(out.ops, op)
		}
		y += r.height
	}
	return out
}

// rectangle is a closed path around a box.
func rectangle(x, y, w, h press.Pt) *press.Path {
	at := func(verb byte, x, y press.Pt) press.Segment {
		return press.Segment{Verb: verb, P: [3]press.Point2{{X: x, Y: y}}}
	}
	return &press.Path{Segments: []press.Segment{at('M', x, y), at('L', x+w, y), at('L', x+w, y+h), at('L', x, y+h), {Verb: 'Z'}}}
}
