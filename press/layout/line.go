package layout

import (
	"quire/press"
	"quire/press/font"
)

// align is how a line stands in its measure.
type align int8

const (
	justified align = iota
	flushLeft
	flushRight
	centered
)

// fullStretch is no horizontal scaling, in press.Run's terms.
const fullStretch = 1 << 16

// textLine is a line as it comes out of the breaker, before it is set.
type textLine struct {
	items []item   // boxes and glue
	soft  *segment // a hyphen is added at the end
	hyph  bool
	last  bool // ends a paragraph or a forced line
	width press.Pt
	x     press.Pt
}

// piece is a stretch of glyphs of one face and style, or a space (no glyphs).
type piece struct {
	seg    *segment
	text   []rune
	glyphs []font.Glyph
	width  press.Pt // natural
	space  bool
	math   *mathBox
}

// pieces turns a line's items into pieces: neighbouring parts of a word are
// joined and shaped together, and the hyphen with them.
func (s *setter) pieces(l *textLine) []piece {
	out := make([]piece, 0, len(l.items))
	for i := 0; i < len(l.items); {
		it := &l.items[i]
		if it.word == nil {
			out = append(out, piece{width: it.width, space: it.kind == glue && !it.mute, math: it.math})
			i++
			continue
		}
		j := i + 1
		for j < len(l.items) && l.items[j].word == it.word {
			j++
		}
		var hyphen *segment
		if j == len(l.items) {
			hyphen = l.soft
		}
		out = append(out, s.wordPieces(it.word, it.from, l.items[j-1].to, hyphen)...)
		i = j
	}
	return out
}

// wordPieces shapes a part of a word.
func (s *setter) wordPieces(w *word, from, to int, hyphen *segment) []piece {
	var out []piece
	for i := range w.segments {
		g := &w.segments[i]
		a, z := max(from-g.start, 0), min(to-g.start, len(g.text))
		if a >= z {
			continue
		}
		text := g.text[a:z:z]
		if hyphen == g && g.start+z == to {
			text = append(text, '-')
		}
		p := piece{seg: g, text: text, glyphs: s.shape(g, string(text))}
		var sum int64
		for _, gl := range p.glyphs {
			sum += int64(gl.Advance)
		}
		p.width = s.units(g.face, g.style.size, sum) + press.Pt(len(p.glyphs))*g.style.track
		if g.start+z == w.length && g.matrix() != nil {
			p.width += g.style.size.Scale(overhang, 100)
		}
		out = append(out, p)
	}
	return out
}

// spread is how a line's white is shared out.
type spread struct {
	stretch int64    // horizontal scaling of glyphs
	white   press.Pt // all spaces together
	over    press.Pt
	indent  press.Pt // moved to the right by this
}

// spread fits a line of a natural width into its measure.
func (s *setter) spread(l *textLine, ps []piece, how align) spread {
	var boxes, natural, stretch, shrink press.Pt
	for _, p := range ps {
		if !p.space {
			boxes += p.width
		}
	}
	for i := range l.items {
		if it := &l.items[i]; it.kind == glue && !it.mute {
			natural, stretch, shrink = natural+it.width, stretch+it.stretch, shrink+it.shrink
		}
	}
	left, right := s.hang(l, how)
	room := l.width + left + right
	out := spread{stretch: fullStretch, white: natural, indent: -left}
	short := room - boxes - natural
	if how != justified || l.last && short >= 0 {
		out.over = max(0, -short)
		switch how {
		case centered:
			out.indent += short / 2
		case flushRight:
			out.indent += short
		}
		return out
	}
	flex := boxes.Scale(s.theme.Lines.Expansion, 1000)
	limit := stretch
	if short < 0 {
		limit = shrink
	}
	if limit+flex > 0 {
		r := min(max(int64(short)*unit/int64(limit+flex), -unit), unit*6/5)
		out.stretch += int64(fullStretch) * r * s.theme.Lines.Expansion / (1000 * unit)
	}
	out.white = room - boxes.Scale(out.stretch, fullStretch)
	if least := natural - shrink; out.white < least {
		out.over = least - out.white
		out.white = least
	}
	if natural == 0 {
		out.white = 0
	}
	return out
}

// hang returns how far the line's ends hang out of the measure.
func (s *setter) hang(l *textLine, how align) (left, right press.Pt) {
	if len(l.items) == 0 || how != justified {
		return 0, 0
	}
	left, right = l.items[0].left, l.items[len(l.items)-1].right
	if l.soft != nil {
		right = s.textWidth("-", l.soft.style).Scale(60, 100)
	}
	return left, right
}

// setLine turns a broken line into glyphs at baseline 0.
func (s *setter) setLine(l *textLine, how align, lineKind press.LineKind) *press.Line {
	ps := s.pieces(l)
	sp := s.spread(l, ps, how)
	out := &press.Line{Kind: lineKind, X: l.x, Width: l.width, Hyphenated: l.hyph, Over: max(0, sp.over-unit/16)}
	out.Justified = how == justified && !(l.last && sp.stretch == fullStretch)
	count := 0
	for i := range ps {
		count += len(ps[i].glyphs) + 1
	}
	pen := pen{s: s, line: out, x: l.x + sp.indent, stretch: sp.stretch, room: make([]press.Glyph, 0, count)}
	var natural, placed press.Pt
	for _, p := range ps {
		if p.space {
			natural += p.width
		}
	}
	var done press.Pt
	for _, p := range ps {
		switch {
		case p.space:
			done += p.width
			upTo := sp.white.Scale(int64(done), max(int64(natural), 1))
			pen.space(upTo - placed)
			placed = upTo
			out.Spaces++
		case p.math != nil:
			addMath(out, p.math, pen.x)
			pen.x += p.width
			pen.style, pen.closed = nil, true
		case p.seg == nil:
			pen.x += p.width
		default:
			pen.glyphs(&p)
			out.Em = max(out.Em, p.seg.style.size)
		}
	}
	unstrikeBlanks(out)
	if out.Spaces > 0 {
		out.Space = placed / press.Pt(out.Spaces)
	}
	return out
}

// unstrikeBlanks takes the blank behind struck-out text out of its run, so that
// the rule ends with the text.
func unstrikeBlanks(l *press.Line) {
	for i := range l.Runs {
		r := &l.Runs[i]
		if n := len(r.Glyphs); r.Strike && n > 1 && r.Glyphs[n-1].Text == " " && (i+1 == len(l.Runs) || !l.Runs[i+1].Strike) {
			r.Glyphs = r.Glyphs[:n-1]
		}
	}
}

// overhang is how far the last letter of slanted text leans over the blank
// behind it, in hundredths of its size.
const overhang = 9

// pen writes runs into a line.
type pen struct {
	s       *setter
	line    *press.Line
	x       press.Pt
	stretch int64
	style   *style        // of the last run
	room    []press.Glyph // of all runs, one after the other
	closed  bool          // the last run is a formula's: nothing joins it
}

// put adds a glyph to the last run, which is the last in the room.
func (p *pen) put(run *press.Run, g press.Glyph) {
	from := len(p.room) - len(run.Glyphs)
	p.room = append(p.room, g)
	run.Glyphs = p.room[from:len(p.room):len(p.room)]
}

// glyphs writes a piece, into the last run if that is alike.
func (p *pen) glyphs(pc *piece) {
	g := pc.seg
	run := p.run(g)
	upem := p.s.shaper.Upem(g.face)
	k := func(units int64) press.Pt { return g.style.size.Scale(units, upem) }
	origin := p.x
	var sum int64
	for i, gl := range pc.glyphs {
		at := origin + (k(sum+int64(gl.DX))+press.Pt(i)*g.style.track).Scale(p.stretch, fullStretch)
		p.put(run, press.Glyph{ID: gl.ID, X: (at - run.X).Scale(fullStretch, p.stretch), Y: -k(int64(gl.DY)), Text: clusterText(pc, i)})
		sum += int64(gl.Advance)
	}
	p.x = origin + pc.width.Scale(p.stretch, fullStretch)
	if g.style.track > 0 {
		run.Actual += string(pc.text)
	}
}

// clusterText returns the characters of a glyph: all of its cluster for the
// first glyph of it, none for the others.
func clusterText(pc *piece, i int) string {
	from := pc.glyphs[i].Cluster
	if i > 0 && pc.glyphs[i-1].Cluster == from {
		return ""
	}
	to := len(pc.text)
	for _, gl := range pc.glyphs {
		if gl.Cluster > from && gl.Cluster < to {
			to = gl.Cluster
		}
	}
	return string(pc.text[from:to])
}

// run returns the run to write a segment into.
func (p *pen) run(g *segment) *press.Run {
	if n := len(p.line.Runs); n > 0 {
		last := &p.line.Runs[n-1]
		if last.Font == g.face && last.Node == g.node && p.style != nil && *p.style == g.style {
			return last
		}
	}
	st := g.style
	p.style, p.closed = &st, false
	p.line.Runs = append(p.line.Runs, press.Run{Font: g.face, Size: st.size, X: p.x, Y: -st.rise, Stretch: p.stretch, Color: st.color, Node: g.node,
		Strike: st.strike, Matrix: g.matrix()})
	return &p.line.Runs[len(p.line.Runs)-1]
}

// space moves on by a word space and writes it into the run before it, so
// that words stay apart when text is taken out of the page.
func (p *pen) space(w press.Pt) {
	if n := len(p.line.Runs); n > 0 && !p.closed {
		run := &p.line.Runs[n-1]
		if gl := p.s.shaper.Shape(run.Font, 0, "", " "); len(gl) == 1 {
			p.put(run, press.Glyph{ID: gl[0].ID, X: (p.x - run.X).Scale(fullStretch, p.stretch), Text: " "})
			if run.Actual != "" {
				run.Actual += " "
			}
		}
	}
	p.x += w
}
