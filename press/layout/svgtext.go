package layout

import (
	"strings"

	"quire/press"
)

// maxLetters bounds the text of one element; the rest is left out.
const maxLetters = 20000

// letter is a character of a text and where it is told to stand.
type letter struct {
	r      rune
	st     *svgState
	x, y   *float64
	dx, dy float64
	turn   float64
}

// textReader collects the letters of a text element.
type textReader struct {
	d     *svgDrawer
	out   []letter
	blank bool // the last one was a blank, or there is none yet
}

// text draws a text element.
func (d *svgDrawer) text(n *svgNode, st svgState) {
	r := &textReader{d: d, blank: true}
	r.element(n, st, 0)
	list := r.out
	d.visits += len(list) / 8
	want := 0.0
	if v := n.attr["textLength"]; v != "" {
		want = st.wide(v)
	}
	c := &chunker{d: d, want: want, stretch: n.attr["lengthAdjust"] == "spacingAndGlyphs"}
	for start := 0; start < len(list); {
		end := start + 1
		for end < len(list) && list[end].x == nil && list[end].y == nil {
			end++
		}
		c.chunk(list[start:end])
		start = end
	}
}

// element collects the letters of an element, then tells them their places,
// unless an element inside has done so.
func (r *textReader) element(n *svgNode, st svgState, depth int) {
	start := len(r.out)
	own := st
	for _, k := range n.kids {
		switch {
		case k.name == "":
			r.letters(k.text, &own)
		case !k.holdsText() || k.attr["display"] == "none" || depth > maxSVGDepth:
		default:
			if k.name == "textPath" {
				r.d.warn("sets text along a path; it is set straight")
			}
			r.element(k, st.inherit(k), depth+1)
		}
	}
	r.places(n, st, r.out[start:])
}

// letters adds the characters of a text, blanks joined.
func (r *textReader) letters(text string, st *svgState) {
	for _, c := range text {
		if len(r.out) >= maxLetters {
			return
		}
		if c == '\n' || c == '\t' || c == '\r' {
			c = ' '
		}
		if c == ' ' && r.blank && !st.preserve {
			continue
		}
		r.blank = c == ' '
		r.out = append(r.out, letter{r: c, st: st})
	}
}

// places applies the lists of an element to its letters.
func (r *textReader) places(n *svgNode, st svgState, list []letter) {
	if len(list) == 0 {
		return
	}
	each := func(name string, read func(string) float64, set func(l *letter, v float64)) {
		for i, v := range splitList(n.attr[name]) {
			if i >= len(list) {
				return
			}
			set(&list[i], read(v))
		}
	}
	each("x", st.wide, func(l *letter, v float64) {
		if l.x == nil {
			l.x = &v
		}
	})
	each("y", st.high, func(l *letter, v float64) {
		if l.y == nil {
			l.y = &v
		}
	})
	each("dx", st.wide, func(l *letter, v float64) { l.dx += v })
	each("dy", st.high, func(l *letter, v float64) { l.dy += v })
	turns := splitList(n.attr["rotate"])
	for i := range list {
		if len(turns) > 0 && list[i].turn == 0 {
			list[i].turn = number64(turns[min(i, len(turns)-1)])
		}
	}
}

// chunker sets the chunks of a text, each with an anchor of its own.
type chunker struct {
	d       *svgDrawer
	x, y    float64 // the pen
	want    float64 // how long the text is to be; 0 is as it is
	stretch bool    // letters are stretched for that, not only the room between them
}

// textPiece is a row of letters that are set together.
type textPiece struct {
	text         string
	n            int
	st           *svgState
	dx, dy, turn float64
	width        float64
}

// chunk sets the letters from one place on.
func (c *chunker) chunk(list []letter) {
	for n := len(list) - 1; n > 0 && list[n].r == ' ' && !list[n].st.preserve; n-- {
		list = list[:n]
	}
	if list[0].x != nil {
		c.x = *list[0].x
	}
	if list[0].y != nil {
		c.y = *list[0].y
	}
	pieces := pieces(list)
	total := 0.0
	for i := range pieces {
		p := &pieces[i]
		p.width = c.d.measure(p, 0)
		total += p.dx + p.width
	}
	extra, wider := 0.0, 1.0
	if c.want > 0 && total > 0 {
		if c.stretch {
			wider = min(max(c.want/total, 0.01), 100)
		} else if len(list) > 1 {
			extra = (c.want - total) / float64(len(list)-1)
		}
		total = c.want
	}
	switch list[0].st.anchor {
	case "middle":
		c.x -= mul(total, 0.5)
	case "end":
		c.x -= total
	}
	for i := range pieces {
		p := &pieces[i]
		c.x, c.y = c.x+p.dx, c.y+p.dy
		c.d.words(p, c.x, c.y, extra, wider)
		c.x += mul(p.width, wider) + mul(extra, float64(p.n))
	}
}

// pieces joins letters that are alike and stand side by side.
func pieces(list []letter) []textPiece {
	var out []textPiece
	var b strings.Builder
	flush := func() {
		if len(out) > 0 {
			out[len(out)-1].text = b.String()
		}
		b.Reset()
	}
	for i, l := range list {
		gap := 0.0
		if i > 0 && list[i-1].r == ' ' {
			gap = l.st.gap
		}
		if i == 0 || l.st != list[i-1].st || l.dx != 0 || l.dy != 0 || l.turn != 0 || list[i-1].turn != 0 || gap != 0 {
			flush()
			out = append(out, textPiece{st: l.st, dx: l.dx + gap, dy: l.dy, turn: l.turn})
		}
		b.WriteRune(l.r)
		out[len(out)-1].n++
	}
	flush()
	return out
}

// measure returns how wide a piece is in its own coordinates.
func (d *svgDrawer) measure(p *textPiece, extra float64) float64 {
	look, unit := d.look(p.st, extra)
	return mul(float64(d.s.textWidth(p.text, look)), unit)
}

// words draws a piece with its baseline at a place.
func (d *svgDrawer) words(p *textPiece, x, y, extra, wider float64) {
	st := p.st
	if st.hidden || st.size <= 0 || strings.TrimSpace(p.text) == "" {
		return
	}
	look, unit := d.look(st, extra)
	// m maps what is set, in Pt of the type's own size, to the page
	m := st.m.times(matrix{1, 0, 0, 1, x, y + d.drop(st, &look, unit)})
	if p.turn != 0 {
		m = m.times(oneTransform("rotate", []float64{p.turn}))
	}
	m = m.times(matrix{mul(unit, wider), 0, 0, unit, 0, 0})
	line := d.s.rawLine(p.text, look, d.node, 0, press.CellLine)
	d.decorate(st, &look, m, d.s.textWidth(p.text, look))
	if d.asShapes(st) {
		d.letterShapes(line, st, m)
		return
	}
	c, ok := d.color(st.fill, *st)
	if !ok {
		return
	}
	if c.Clear = clear255(mul(st.fillOpac, float64(255-c.Clear)/255)); c.Clear == 255 {
		return
	}
	d.placeLine(line, m)
	for i := range line.Runs {
		line.Runs[i].Color, line.Runs[i].Strike = c, st.strike
	}
	d.add(line)
}

// placeLine puts a line that was set at the origin where a map says.
func (d *svgDrawer) placeLine(line *press.Line, m matrix) {
	at := m.point(0, 0)
	if m.upright() && m[0] > 0.9999 && m[0] < 1.0001 {
		shift(line, at.X, at.Y)
		return
	}
	line.X, line.Y = at.X, at.Y
	for i := range line.Runs {
		r := &line.Runs[i]
		p := m.point(float64(r.X), float64(r.Y))
		t := matrix{m[0], m[1], m[2], m[3], 0, 0}.times(runMatrix(r))
		r.X, r.Y, r.Matrix = p.X, p.Y, &press.Matrix{A: fixed(t[0]), B: fixed(t[1]), C: fixed(t[2]), D: fixed(t[3])}
	}
}

// runMatrix is how a run is turned or slanted: one of a face without italics is
// slanted already.
func runMatrix(r *press.Run) matrix {
	if r.Matrix == nil {
		return matrix{1, 0, 0, 1, 0, 0}
	}
	const one = 65536
	return matrix{float64(r.Matrix.A) / one, float64(r.Matrix.B) / one, float64(r.Matrix.C) / one, float64(r.Matrix.D) / one, 0, 0}
}

// asShapes reports whether letters are drawn as shapes: with strokes, gradients
// or patterns, or when only their shape counts.
func (d *svgDrawer) asShapes(st *svgState) bool {
	stroked := st.stroke != "none" && st.stroke != "" && st.stroke != "transparent" && st.width > 0 && st.lineOpac > 0
	return d.bare || stroked || strings.HasPrefix(st.fill, "url(")
}

// letterShapes draws the letters of a line as one shape.
func (d *svgDrawer) letterShapes(line *press.Line, st *svgState, m matrix) {
	var steps []step
	for i := range line.Runs {
		r := &line.Runs[i]
		unit, own := float64(r.Size)/float64(d.outlines.Upem(r.Font)), runMatrix(r)
		own[4], own[5] = float64(r.X), float64(r.Y)
		for _, g := range r.Glyphs {
			ox, oy := mul(float64(g.X), float64(r.Stretch)/65536), float64(g.Y)
			for _, s := range d.outlines.Outline(r.Font, g.ID) {
				out := step{verb: s.Verb}
				for k := range pointsOf(s.Verb) {
					out.p[2*k], out.p[2*k+1] = own.apply(ox+mul(float64(s.P[k].X), unit), oy+mul(float64(s.P[k].Y), unit))
				}
				steps = append(steps, out)
			}
		}
	}
	if d.steps += len(steps); d.steps > maxSVGSteps || len(steps) == 0 {
		d.over = d.over || d.steps > maxSVGSteps
		return
	}
	// the outline in the element's own coordinates, where its paint is measured
	back, ok := st.m.inverse()
	if !ok {
		return
	}
	own := back.times(m)
	for i := range steps {
		for k := range pointsOf(steps[i].verb) {
			steps[i].p[2*k], steps[i].p[2*k+1] = own.apply(steps[i].p[2*k], steps[i].p[2*k+1])
		}
	}
	look := *st
	look.fillRule, look.clipRule = "", ""
	d.shape(steps, &svgNode{}, look)
}
