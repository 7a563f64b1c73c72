package pdfout

import (
	"slices"
	"strconv"
	"strings"

	"quire/press"
)

// content is what a page, or a group on it, draws and needs.
type content struct {
	packed    []byte
	marks     []*press.Node // structure node by marked content ID
	fonts     []press.FontID
	images    []*press.Image
	gradients []*press.Gradient
	alphas    []alpha
	forms     []*content // groups that are drawn as one
	masks     []*content
	boxes     map[*press.Node]*box // extents of what pictures draw
	flattened bool                 // something clear was made solid
}

// box is an extent on a page.
type box struct{ x0, y0, x1, y1 press.Pt }

// alpha is how clear fills and strokes are.
type alpha struct{ fill, stroke uint8 }

// artist writes one content stream.
type artist struct {
	*content
	b      *buf
	fonts  *fontTable
	pack   *packed
	height press.Pt
	solid  bool // nothing may be clear: colours are mixed with white
	silent bool // inside a group that its page marks as a whole

	open   bool // inside marked content
	node   *press.Node
	inText bool
	saved  []state
	state
}

// state is what q saves and Q brings back.
type state struct {
	font    press.FontID
	size    press.Pt
	stretch int64
	color   press.Color
	alpha   alpha
}

// drawPage makes a page's content.
func (f *file) drawPage(page *press.Page) *content {
	a := f.artist()
	a.ops(page.Ops)
	return a.done()
}

// artist returns one for a content stream of its own.
func (f *file) artist() *artist {
	return &artist{content: &content{boxes: map[*press.Node]*box{}}, b: newBuf(), fonts: &f.fonts, pack: f.packed, height: f.pages.Trim.Height,
		solid: f.opt.Archive, state: state{stretch: 1 << 16}}
}

// done ends the stream and packs it.
func (a *artist) done() *content {
	a.unmark()
	a.content.packed = a.pack.deflate(a.b.Bytes())
	return a.content
}

// ops draws one thing after the other.
func (a *artist) ops(list []press.Op) {
	for _, op := range list {
		switch t := op.(type) {
		case *press.Line:
			a.line(t)
		case *press.Path:
			a.mark(t.Node)
			a.path(t)
		case *press.Picture:
			a.mark(t.Node)
			a.picture(t)
		case *press.Group:
			a.group(t)
		}
	}
}

// line shows a line of text, and the rules through what is struck out.
func (a *artist) line(l *press.Line) {
	for i := range l.Runs {
		a.mark(l.Runs[i].Node)
		a.run(&l.Runs[i])
		if l.Runs[i].Strike {
			a.strike(&l.Runs[i])
		}
	}
	for i := range l.Rules {
		a.mark(l.Rules[i].Node)
		a.rule(&l.Rules[i])
	}
}

// rule fills a box.
func (a *artist) rule(r *press.Rule) {
	a.endText()
	if r.Color != a.color {
		a.fillColor(r.Color)
		a.color = r.Color
	}
	a.b.add(r.X, " ", a.height-r.Y-r.H, " ", r.W, " ", r.H, " re f\n")
}

// mark begins the marked content of a node, or of an artifact.
func (a *artist) mark(n *press.Node) {
	if a.silent || a.open && a.node == n {
		return
	}
	a.unmark()
	a.open, a.node = true, n
	if n == nil {
		a.b.add("/Artifact BMC\n")
		return
	}
	a.b.add("/", string(n.Role), " <</MCID ", len(a.marks), ">> BDC\n")
	a.marks = append(a.marks, n)
}

// unmark ends marked content.
func (a *artist) unmark() {
	a.endText()
	if a.open {
		a.b.add("EMC\n")
		a.open = false
	}
}

// endText ends a text object.
func (a *artist) endText() {
	if a.inText {
		a.b.add("ET\n")
		a.inText = false
	}
}

// run shows a run of glyphs.
func (a *artist) run(r *press.Run) {
	if len(r.Glyphs) == 0 {
		return
	}
	if !a.inText {
		a.b.add("BT\n")
		a.inText = true
	}
	a.textState(r)
	if r.Actual != "" {
		a.b.add("/Span <</ActualText ", text(strings.TrimSuffix(r.Actual, press.Silent)), ">> BDC\n")
	}
	if m := r.Matrix; m != nil {
		a.b.add(factor(m.A), " ", factor(-m.B), " ", factor(-m.C), " ", factor(m.D), " ", r.X, " ", a.height-r.Y, " Tm\n")
	} else {
		a.b.add("1 0 0 1 ", r.X, " ", a.height-r.Y, " Tm\n")
	}
	a.glyphs(r)
	if r.Actual != "" {
		a.b.add("EMC\n")
	}
}

// textState sets what differs from the run before.
func (a *artist) textState(r *press.Run) {
	if r.Color != a.color {
		a.fillColor(r.Color)
		a.color = r.Color
	}
	if r.Font != a.font || r.Size != a.size {
		a.font, a.size = r.Font, r.Size
		if !slices.Contains(a.content.fonts, r.Font) {
			a.content.fonts = append(a.content.fonts, r.Font)
		}
		a.b.add("/", a.fonts.byID[r.Font].name, " ", r.Size, " Tf\n")
	}
	if r.Stretch != a.stretch {
		a.stretch = r.Stretch
		a.b.add((100*press.Point).Scale(r.Stretch, 1<<16), " Tz\n")
	}
}

// strike draws a rule through a run at about a third of its size.
func (a *artist) strike(r *press.Run) {
	if len(r.Glyphs) == 0 || r.Matrix != nil {
		return
	}
	last := r.Glyphs[len(r.Glyphs)-1]
	end := r.X + (last.X+r.Size.Scale(a.fonts.byID[r.Font].width(last.ID), 1000)).Scale(r.Stretch, 1<<16)
	y := r.Y - r.Size.Scale(26, 100)
	a.path(&press.Path{
		Segments: []press.Segment{{Verb: 'M', P: [3]press.Point2{{X: r.X, Y: y}}}, {Verb: 'L', P: [3]press.Point2{{X: end, Y: y}}}},
		Stroke:   &press.Stroke{Width: r.Size / 18, Paint: press.Paint{Color: r.Color}},
	})
}

// fillColor sets the colour of fills and text.
func (a *artist) fillColor(c press.Color) {
	c = a.mixed(c)
	a.clear(alpha{c.Clear, c.Clear})
	if c.R == c.G && c.G == c.B {
		a.b.add(thousandths(int(c.R), 255), " g\n")
		return
	}
	a.b.add(rgb(c), " rg\n")
}

// mixed returns a colour as it may be written: where nothing may be clear,
// mixed with the white of the paper.
func (a *artist) mixed(c press.Color) press.Color {
	if !a.solid || c.Clear == 0 {
		return c
	}
	a.flattened = true
	mix := func(v uint8) uint8 { return uint8((int(v)*(255-int(c.Clear)) + 255*int(c.Clear) + 127) / 255) }
	return press.Color{R: mix(c.R), G: mix(c.G), B: mix(c.B)}
}

// rgb is a colour's three numbers.
func rgb(c press.Color) string {
	return thousandths(int(c.R), 255) + " " + thousandths(int(c.G), 255) + " " + thousandths(int(c.B), 255)
}

// clear sets how clear everything that follows is.
func (a *artist) clear(want alpha) {
	if want == a.alpha {
		return
	}
	a.alpha = want
	if !slices.Contains(a.alphas, want) {
		a.alphas = append(a.alphas, want)
	}
	a.b.add(want.name(), " gs\n")
}

// name is what a state of clearness is called in a page's resources.
func (a alpha) name() string {
	return "/A" + strconv.Itoa(int(a.fill)) + "x" + strconv.Itoa(int(a.stroke))
}

// glyphs shows glyphs; where they do not stand at the pen, the difference is
// written in thousandths of the size.
func (a *artist) glyphs(r *press.Run) {
	face := a.fonts.byID[r.Font]
	var pen, rise press.Pt
	a.b.add("[<")
	for i := range r.Glyphs {
		g := &r.Glyphs[i]
		if g.Y != rise {
			rise = g.Y
			a.b.add(">] TJ ", -rise, " Ts [<")
		}
		const near = 20 // 1/50 pt
		if d := g.X - pen; d > near || d < -near {
			n := (d * 1000 / r.Size)
			a.b.add(">", int(-n), "<")
			pen += r.Size.Scale(int64(n), 1000)
		}
		a.b.hex(g.ID)
		pen += r.Size.Scale(face.width(g.ID), 1000)
	}
	a.b.add(">] TJ\n")
	if rise != 0 {
		a.b.add("0 Ts\n")
	}
}

// hex appends a glyph number.
func (b *buf) hex(id uint16) {
	const digits = "0123456789ABCDEF"
	b.Write([]byte{digits[id>>12], digits[id>>8&15], digits[id>>4&15], digits[id&15]})
}

// path fills and strokes a shape.
func (a *artist) path(p *press.Path) {
	a.endText()
	if p.Fill != nil && clearStops(p.Fill.Gradient) || p.Stroke != nil && clearStops(p.Stroke.Paint.Gradient) {
		a.clearGradients(p)
		return
	}
	a.save()
	var clear alpha
	op := "n"
	if p.Fill != nil {
		op = "f"
		clear.fill = a.paint(*p.Fill, false)
	}
	if p.Stroke != nil {
		clear.stroke = a.paint(p.Stroke.Paint, true)
		a.stroke(p.Stroke)
		op = map[string]string{"n": "S", "f": "B"}[op]
	}
	a.clear(clear)
	if p.EvenOdd && op != "S" && op != "n" {
		op += "*"
	}
	a.outline(p.Segments)
	for i := range p.Segments {
		a.extend(p.Node, &p.Segments[i])
	}
	a.b.add(op, "\n")
	a.restore()
}

// save and restore are q and Q.
func (a *artist) save() {
	a.b.add("q\n")
	a.saved = append(a.saved, a.state)
}

func (a *artist) restore() {
	a.b.add("Q\n")
	a.state, a.saved = a.saved[len(a.saved)-1], a.saved[:len(a.saved)-1]
}

// outline writes the segments of a shape.
func (a *artist) outline(segments []press.Segment) {
	for i := range segments {
		s := &segments[i]
		switch s.Verb {
		case 'M':
			a.point(s.P[0])
			a.b.add("m\n")
		case 'L':
			a.point(s.P[0])
			a.b.add("l\n")
		case 'C':
			a.point(s.P[0])
			a.point(s.P[1])
			a.point(s.P[2])
			a.b.add("c\n")
		case 'Z':
			a.b.add("h\n")
		}
	}
}

// point writes a point.
func (a *artist) point(p press.Point2) { a.b.add(p.X, " ", a.height-p.Y, " ") }

// extend widens the extent of a node by a segment.
func (a *artist) extend(n *press.Node, s *press.Segment) {
	count := map[byte]int{'M': 1, 'L': 1, 'C': 3}[s.Verb]
	for _, p := range s.P[:count] {
		a.cover(n, p.X, p.Y, p.X, p.Y)
	}
}

// cover widens the extent of a node.
func (a *artist) cover(n *press.Node, x0, y0, x1, y1 press.Pt) {
	if n == nil {
		return
	}
	b, ok := a.boxes[n]
	if !ok {
		a.boxes[n] = &box{x0, y0, x1, y1}
		return
	}
	b.x0, b.y0, b.x1, b.y1 = min(b.x0, x0), min(b.y0, y0), max(b.x1, x1), max(b.y1, y1)
}

// paint sets a colour or pattern for filling or stroking, and returns how
// clear it is.
func (a *artist) paint(p press.Paint, stroke bool) uint8 {
	if p.Gradient != nil {
		name := slices.Index(a.gradients, p.Gradient)
		if name < 0 {
			name = len(a.gradients)
			a.gradients = append(a.gradients, p.Gradient)
		}
		if stroke {
			a.b.add("/Pattern CS /P", name, " SCN\n")
		} else {
			a.b.add("/Pattern cs /P", name, " scn\n")
		}
		return 0
	}
	c := a.mixed(p.Color)
	op := " rg\n"
	if stroke {
		op = " RG\n"
	}
	a.b.add(rgb(c), op)
	return c.Clear
}

// stroke sets a line's width, ends and dashes.
func (a *artist) stroke(s *press.Stroke) {
	a.b.add(s.Width, " w\n")
	if s.RoundCap {
		a.b.add("1 J\n")
	}
	if s.SquareCap {
		a.b.add("2 J\n")
	}
	if s.RoundJoin {
		a.b.add("1 j\n")
	}
	if s.MiterLimit > 0 {
		a.b.add(thousandths(int(s.MiterLimit), 1000), " M\n")
	}
	if len(s.Dash) > 0 {
		a.b.add("[")
		for _, d := range s.Dash {
			a.b.add(d, " ")
		}
		a.b.add("] 0 d\n")
	}
}

// picture places a bitmap.
func (a *artist) picture(p *press.Picture) {
	a.endText()
	name := slices.Index(a.images, p.Image)
	if name < 0 {
		name = len(a.images)
		a.images = append(a.images, p.Image)
	}
	a.b.add("q ", p.W, " 0 0 ", p.H, " ", p.X, " ", a.height-p.Y-p.H, " cm /X", name, " Do Q\n")
	a.cover(p.Node, p.X, p.Y, p.X+p.W, p.Y+p.H)
}
