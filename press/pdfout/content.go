package pdfout

import (
	"slices"
	"strings"

	"quire/press"
)

// content is what a page draws and needs.
type content struct {
	packed    []byte
	marks     []*press.Node // structure node by marked content ID
	fonts     []press.FontID
	images    []*press.Image
	gradients []*press.Gradient
	alphas    []uint8
	boxes     map[*press.Node]*box // extents of what pictures draw
}

// box is an extent on a page.
type box struct{ x0, y0, x1, y1 press.Pt }

// artist writes one page's content stream.
type artist struct {
	*content
	b      *buf
	fonts  *fontTable
	height press.Pt

	open    bool // inside marked content
	node    *press.Node
	inText  bool
	font    press.FontID
	size    press.Pt
	stretch int64
	color   press.Color
}

// drawPage makes a page's content.
func (f *file) drawPage(page *press.Page) *content {
	a := &artist{content: &content{boxes: map[*press.Node]*box{}}, b: newBuf(), fonts: &f.fonts, height: f.pages.Trim.Height, stretch: 1 << 16}
	for _, op := range page.Ops {
		switch t := op.(type) {
		case *press.Line:
			for i := range t.Runs {
				a.mark(t.Runs[i].Node)
				a.run(&t.Runs[i])
			}
		case *press.Path:
			a.mark(t.Node)
			a.path(t)
		case *press.Picture:
			a.mark(t.Node)
			a.picture(t)
		}
	}
	a.unmark()
	a.packed = deflate(a.b.Bytes())
	return a.content
}

// mark begins the marked content of a node, or of an artifact.
func (a *artist) mark(n *press.Node) {
	if a.open && a.node == n {
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
	a.b.add("1 0 0 1 ", r.X, " ", a.height-r.Y, " Tm\n")
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

// fillColor sets the colour of fills and text.
func (a *artist) fillColor(c press.Color) {
	if c.Clear != 0 {
		a.alpha(c.Clear)
	} else if a.color.Clear != 0 {
		a.alpha(0)
	}
	if c.R == c.G && c.G == c.B {
		a.b.add(thousandths(int(c.R), 255), " g\n")
		return
	}
	a.b.add(rgb(c), " rg\n")
}

// rgb is a colour's three numbers.
func rgb(c press.Color) string {
	return thousandths(int(c.R), 255) + " " + thousandths(int(c.G), 255) + " " + thousandths(int(c.B), 255)
}

// alpha sets how clear everything that follows is.
func (a *artist) alpha(clear uint8) {
	if !slices.Contains(a.alphas, clear) {
		a.alphas = append(a.alphas, clear)
	}
	a.b.add("/A", int(clear), " gs\n")
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
	a.b.add("q\n")
	op := "n"
	if p.Fill != nil {
		op = "f"
		a.paint(*p.Fill, false)
	}
	if p.Stroke != nil {
		a.paint(p.Stroke.Paint, true)
		a.stroke(p.Stroke)
		op = map[string]string{"n": "S", "f": "B"}[op]
	}
	if p.EvenOdd && op != "S" && op != "n" {
		op += "*"
	}
	for i := range p.Segments {
		s := &p.Segments[i]
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
		a.extend(p.Node, s)
	}
	a.b.add(op, "\nQ\n")
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

// paint sets a colour or pattern for filling or stroking.
func (a *artist) paint(p press.Paint, stroke bool) {
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
		return
	}
	if p.Color.Clear != 0 {
		a.alpha(p.Color.Clear)
	}
	op := " rg\n"
	if stroke {
		op = " RG\n"
	}
	a.b.add(rgb(p.Color), op)
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
