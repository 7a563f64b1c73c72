package layout

import (
	"fmt"
	"strconv"

	"quire/press"
	"quire/press/font"
)

// figure sets a picture with its caption; the two stay together. In running
// text it may wait for the top of the next page, when the theme wants that. A
// picture that cannot be shown is a box with its description.
func (s *setter) figure(t *press.Figure, f flow) []*row {
	node := f.node.Kid(press.RoleFigure)
	node.Alt = t.Alt
	if t.Plate && t.Image != nil && f.kind == press.BodyLine && f.x == 0 {
		return []*row{s.plate(t, node)}
	}
	caption := s.caption(t, f)
	room := s.frame.height - height(caption) - 3*s.frame.lead
	if f.kind == press.NoteLine {
		room = min(room, s.frame.height/3)
	}
	if height(caption) > s.frame.height/3 { // it goes on over pages
		return s.longCaption(t, f, caption, node)
	}
	rows := []*row{s.picture(t, f, room, node)}
	if len(caption) > 0 {
		rows = append(append(rows, &row{height: 6 * press.Point}), caption...)
	}
	whole := joined(rows)
	whole.anchors = append(whole.anchors, t.ID)
	whole.float = s.floats(t) && f.kind == press.BodyLine && f.x == 0
	if t.Number > 0 {
		whole.figure = t
	}
	set := s.island([]*row{whole})
	if whole.float { // its white goes with it
		set[0].rest, set[2].rest = 0, 0
	}
	return set
}

// longCaption sets a picture over a caption that may go on on the next page.
func (s *setter) longCaption(t *press.Figure, f flow, caption []*row, node *press.Node) []*row {
	picture := s.picture(t, f, s.frame.height/3, node)
	picture.keep, picture.anchors = true, append(picture.anchors, t.ID)
	if t.Number > 0 {
		picture.figure = t
	}
	return s.island(append([]*row{picture, {height: 6 * press.Point, keep: true}}, caption...))
}

// plate is a picture on a page of its own, which it fills and bleeds over. It
// waits for the next page, as a float that leaves room for nothing else; its
// caption is heard and not seen.
func (s *setter) plate(t *press.Figure, node *press.Node) *row {
	s.resolution(t, s.fullWidth(t.Image))
	out := &row{height: s.frame.height - s.frame.lead, float: true, plate: true, anchors: []string{t.ID}}
	if t.Number > 0 {
		out.figure = t
	}
	ops, err := s.fullPage(t.Image, t.At, node)
	if err != nil {
		s.warnings = append(s.warnings, press.Warning{Detail: "the picture " + t.Image.Source + " cannot be drawn: " + err.Error(), Pos: t.At})
	}
	out.ops = ops
	return out
}

// fullWidth is how wide a picture is that fills a page with its bleed.
func (j *job) fullWidth(img *press.Image) press.Pt {
	w, h := j.frame.trim.Width+2*j.bleed, j.frame.trim.Height+2*j.bleed
	if other := w.Scale(int64(img.Height), int64(img.Width)); other < h {
		return h.Scale(int64(img.Width), int64(img.Height))
	}
	return w
}

// fullPage draws a picture over a whole page and its bleed; what sticks out is
// cut off. The ops stand where they are on the page.
func (s *setter) fullPage(img *press.Image, at press.Pos, node *press.Node) ([]press.Op, error) {
	trim := s.frame.trim
	w := s.fullWidth(img)
	h := w.Scale(int64(img.Height), int64(img.Width))
	x, y := (trim.Width-w)/2, (trim.Height-h)/2
	ops := []press.Op{&press.Picture{Image: img, X: x, Y: y, W: w, H: h, Node: node}}
	if img.Format == press.SVG {
		drawn, err := s.drawing(img, at, w, node)
		if err != nil {
			return nil, err
		}
		ops = nil
		for _, op := range drawn {
			ops = append(ops, shifted(op, x, y))
		}
	}
	sheet := rectangle(-s.bleed, -s.bleed, trim.Width+2*s.bleed, trim.Height+2*s.bleed)
	return []press.Op{&press.Group{Ops: ops, Clip: []press.Clip{{Segments: sheet.Segments}}, Node: node}}, nil
}

// floats reports whether a figure may stand on a page near by.
func (s *setter) floats(t *press.Figure) bool { return s.theme.Floats && !t.Here }

// joined makes one row of several.
func joined(rows []*row) *row {
	out := &row{}
	for _, r := range rows {
		for _, op := range r.ops {
			shift(op, 0, out.height)
			out.ops = append(out.ops, op)
		}
		out.height += r.height
		out.notes = append(out.notes, r.notes...)
		out.anchors = append(out.anchors, r.anchors...)
	}
	return out
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
	label.color = press.Color(s.theme.Color)
	if s.theme.Opening.Bold {
		label.face = font.Bold
	} else {
		st.face, label.face = font.Italic, font.Italic
	}
	var spans []span
	if s.theme.Figures && t.Number > 0 {
		spans = append(spans, span{text: s.words.Label(s.words.Figure, strconv.Itoa(t.Number)) + ". ", style: label, node: node})
	}
	spans = append(spans, s.spans(t.Caption, st, node)...)
	in := f.inset(f.width/12, f.width/12)
	p := paragraph{spans: spans, m: measures{full: in.width}, x: in.x, how: centered, kind: press.CellLine}
	lines, notes := s.balanced(p)
	return lineRows(lines, notes, typ)
}

// picture draws a picture as wide as it may be, at most as high as room.
func (s *setter) picture(t *press.Figure, f flow, room press.Pt, node *press.Node) *row {
	if t.Image == nil {
		return s.placeholder(t, f, node)
	}
	w, h := s.pictureSize(t, f.width, room)
	x := f.x + (f.width-w)/2
	if t.Image.Format != press.SVG {
		s.resolution(t, w)
		return &row{height: h, ops: []press.Op{&press.Picture{Image: t.Image, X: x, W: w, H: h, Node: node}}}
	}
	ops, err := s.drawing(t.Image, t.At, w, node)
	if err != nil {
		s.warnings = append(s.warnings, press.Warning{Detail: "the picture " + t.Image.Source + " cannot be drawn: " + err.Error(), Pos: t.At})
		return s.placeholder(t, f, node)
	}
	for _, op := range ops {
		shift(op, x, 0)
	}
	return &row{height: h, ops: ops}
}

// The resolution of bitmaps, in dots an inch. They are not shown larger than at
// the least that printers take, or that looks well on a screen; when their
// width is given and that is too large, a warning says so.
const (
	leastDots  = 200
	goodDots   = 300
	screenDots = 110
)

// pictureSize is how large a picture stands on the page.
func (s *setter) pictureSize(t *press.Figure, measure, room press.Pt) (w, h press.Pt) {
	iw, ih := int64(t.Image.Width), int64(t.Image.Height)
	switch {
	case t.Width > 0:
		w = measure.Scale(min(t.Width, 1000), 1000)
	case t.Image.Format == press.SVG:
		w = measure.Scale(9, 10)
	default:
		dots := press.Pt(leastDots)
		if s.screen {
			dots = screenDots
		}
		w = min(measure, press.Pt(iw)*press.Inch/dots)
	}
	if h = w.Scale(ih, iw); h > room {
		h = room
		w = h.Scale(iw, ih)
	}
	return max(w, press.Point), max(h, press.Point)
}

// resolution warns of a bitmap that is too coarse for print.
func (s *setter) resolution(t *press.Figure, w press.Pt) {
	dots := int64(t.Image.Width) * int64(press.Inch) / int64(w)
	if dots >= leastDots || s.screen || t.Image.Format == press.SVG {
		return
	}
	s.warnings = append(s.warnings, press.Warning{Pos: t.At,
		Detail: fmt.Sprintf("the picture %s has %d dots an inch at its size; printers ask for %d", t.Image.Source, dots, goodDots)})
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
