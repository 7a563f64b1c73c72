package layout

import (
	"strings"
	"unicode"

	"quire/press"
	"quire/press/font"
)

// initial is a large first letter and the room that it takes.
type initial struct {
	ops    []press.Op // the letter, and a quotation mark in the margin; at baseline 0
	line   *press.Line
	letter string   // with what hangs before it
	first  press.Pt // room beside it on the first line
	room   press.Pt // and on the others
	lines  int      // that stand beside it
	depth  int      // the line on whose baseline it stands, from 1
	rest   []span   // the text without it
}

// openingParagraphs sets the first paragraphs of a chapter: with an initial
// and a few words in small capitals, as the theme wants. It returns how many
// of the blocks it took: more than one when the first paragraph is shorter
// than the initial is high.
func (s *setter) openingParagraphs(blocks []press.Block, f flow) ([]*row, int) {
	look := s.theme.Opening
	first := s.openingParagraph(blocks[0].(*press.Paragraph), f, press.Pt(0))
	if look.LeadIn && s.hasSmallCaps(&f.style) {
		lead, rest := leadIn(first.spans)
		first.spans = append(smallCaps(lead), rest...)
	}
	big := s.initial(first.spans, look.Initial)
	if big == nil {
		lines, notes := s.linesAndNotes(first)
		return lineRows(lines, notes, f.typ), 1
	}
	plain := []paragraph{first}
	beside := first
	beside.spans, beside.indent = big.rest, big.first-big.room
	beside.m = measures{full: f.width, narrow: f.width - big.room, lines: big.lines}
	lines, notes := s.linesAndNotes(beside)
	rows := lineRows(lines, notes, f.typ)
	big.speak(lines[0])
	for len(rows) < big.depth && len(plain) < len(blocks) && isParagraph(blocks[len(plain)]) {
		next := s.openingParagraph(blocks[len(plain)].(*press.Paragraph), f, min(s.theme.Indent, f.width/8))
		plain = append(plain, next)
		next.m = measures{full: f.width, narrow: f.width - big.room, lines: big.lines - len(rows)}
		lines, notes = s.linesAndNotes(next)
		rows = append(rows, lineRows(lines, notes, f.typ)...)
	}
	if len(rows) < big.depth { // nothing to stand beside it
		return s.withoutInitial(plain, f), len(plain)
	}
	keepAll(rows[:big.depth-1])
	for _, op := range big.ops {
		shift(op, f.x, baseline(f.typ)+press.Pt(big.depth-1)*f.typ.Leading)
	}
	rows[0].ops = append(big.ops, rows[0].ops...)
	return rows, len(plain)
}

// openingParagraph is a paragraph before it is set.
func (s *setter) openingParagraph(p *press.Paragraph, f flow, indent press.Pt) paragraph {
	spans := s.spans(p.Text, f.style, f.node.Kid(press.RoleP))
	return paragraph{spans: spans, indent: indent, m: measures{full: f.width}, x: f.x, how: f.how, kind: f.kind, at: p.At}
}

// withoutInitial sets paragraphs that are too short for one.
func (s *setter) withoutInitial(list []paragraph, f flow) []*row {
	var rows []*row
	for _, p := range list {
		lines, notes := s.linesAndNotes(p)
		rows = append(rows, lineRows(lines, notes, f.typ)...)
	}
	return rows
}

// leadIn cuts spans behind the first three words, or fewer when they are long.
func leadIn(spans []span) (lead, rest []span) {
	if len(spans) == 0 || spans[0].note != nil {
		return nil, spans
	}
	text := spans[0].text
	words := 0
	cut := len(text)
	for i, r := range text {
		if r == ' ' {
			words++
			if words == 3 || i > 16 {
				cut = i
				break
			}
		}
		if strings.ContainsRune(".?!:;—", r) {
			cut = i
			break
		}
	}
	first, second := spans[0], spans[0]
	first.text, second.text = text[:cut], text[cut:]
	return []span{first}, append([]span{second}, spans[1:]...)
}

// smallCaps returns the spans in small capitals, a little letterspaced.
func smallCaps(spans []span) []span {
	for i := range spans {
		st := &spans[i].style
		st.features |= font.SmallCaps | font.Plain
		st.track = st.size.Scale(4, 100)
	}
	return spans
}

// speak lets the line beside the initial say its letter, so that the first
// word stays whole when text is taken out of the page.
func (n *initial) speak(l *press.Line) {
	if len(l.Runs) == 0 || l.Runs[0].Actual == "" {
		return
	}
	l.Runs[0].Actual = n.letter + l.Runs[0].Actual
	for _, op := range n.ops {
		op.(*press.Line).Runs[0].Actual = press.Silent
	}
}

// opensQuote are the marks that may stand before a first letter.
const opensQuote = "“‘«‹„‚\"'"

// firstLetter splits off a text's first letter with its accents, and the marks
// of quotation before it; ok is false when it begins otherwise. A number is no
// initial: it would be read as an ornament.
func firstLetter(text string) (quotes, letter, rest string, ok bool) {
	rest = strings.TrimLeft(text, opensQuote)
	quotes = text[:len(text)-len(rest)]
	rs := []rune(rest)
	if len(rs) == 0 || !unicode.IsLetter(rs[0]) || len([]rune(quotes)) > 2 {
		return "", "", "", false
	}
	n := 1
	for n < len(rs) && unicode.Is(unicode.Mn, rs[n]) {
		n++
	}
	return quotes, string(rs[:n]), string(rs[n:]), true
}

// initial makes the initial of some spans, so many lines high; nil if they do
// not begin with a letter that the face has, or the theme wants none.
func (s *setter) initial(spans []span, lines int) *initial {
	if lines < 2 || len(spans) == 0 {
		return nil
	}
	quotes, letter, rest, ok := firstLetter(spans[0].text)
	family, err := font.FindFamily(s.theme.Faces.Initial)
	if !ok || err != nil {
		return nil
	}
	text := s.plainStyle(s.faces.body, s.theme.Text.Size)
	st := s.plainStyle(&family, s.theme.Text.Size)
	face := s.chain(&st)[0]
	letter = strings.ToUpper(letter)
	if !s.shaper.Has(face, []rune(letter)[0]) || len([]rune(letter)) > 4 {
		return nil
	}
	want := press.Pt(lines-1)*s.frame.lead + s.capHeight(&text).Scale(98, 100)
	st.size = st.size.Scale(int64(want), int64(max(s.capHeight(&st), 1)))
	n := &initial{letter: quotes + letter, depth: lines, rest: append([]span(nil), spans...)}
	n.rest[0].text = strings.TrimPrefix(rest, " ")
	shape := s.contour(face, st, letter)
	n.line = s.rawLine(letter, st, spans[0].node, -shape.left, press.FrontLine)
	n.ops = []press.Op{n.line}
	s.fit(n, shape)
	if len(n.rest[0].text) < len(rest) { // a word by itself
		n.first += text.size.Scale(s.theme.Lines.Space, 1000)
	}
	if quotes != "" {
		s.hangQuotes(n, quotes, text, want)
	}
	return n
}

// capHeight returns the height of a style's capitals.
func (s *setter) capHeight(st *style) press.Pt {
	face := s.chain(st)[0]
	top, _ := s.shaper.Height(face, s.shaper.Shape(face, 0, "", "H")[0].ID)
	return s.units(face, st.size, top)
}

// hangQuotes sets the marks before an initial in the margin, half again as
// large as the text and as high up as the letter.
func (s *setter) hangQuotes(n *initial, quotes string, text style, high press.Pt) {
	text.size = text.size * 3 / 2
	mark := s.rawLine(quotes, text, n.line.Runs[0].Node, 0, press.FrontLine)
	shift(mark, -s.textWidth(quotes, text)-press.Point/2, s.capHeight(&text)-high)
	n.ops = append([]press.Op{mark}, n.ops...)
}

// contour is the shape of a letter: its edges as straight pieces, y downwards
// from the baseline.
type contour struct {
	edges [][2]press.Point2
	left  press.Pt // free room at its left
}

// contour returns the shape of a letter in a style.
func (s *setter) contour(face press.FontID, st style, letter string) contour {
	outlines := s.shaper.Outlines()
	var c contour
	c.left = 1 << 30
	var pen press.Pt
	for _, g := range s.shaper.Shape(face, 0, st.lang, letter) {
		at := func(p press.Point2) press.Point2 {
			q := press.Point2{X: pen + s.units(face, st.size, int64(p.X)+int64(g.DX)), Y: s.units(face, st.size, int64(p.Y)-int64(g.DY))}
			c.left = min(c.left, q.X)
			return q
		}
		c.add(outlines.Outline(face, g.ID), at)
		pen += s.units(face, st.size, int64(g.Advance))
	}
	if len(c.edges) == 0 {
		c.left = 0
	}
	return c
}

// steps is how many straight pieces stand for a curve.
const steps = 8

// add adds a glyph's outline, moved to its place.
func (c *contour) add(outline []press.Segment, at func(press.Point2) press.Point2) {
	var from, start press.Point2
	to := func(p press.Point2) {
		c.edges = append(c.edges, [2]press.Point2{from, p})
		from = p
	}
	for _, seg := range outline {
		switch seg.Verb {
		case 'M':
			from = at(seg.P[0])
			start = from
		case 'L':
			to(at(seg.P[0]))
		case 'C':
			a, p, q, b := from, at(seg.P[0]), at(seg.P[1]), at(seg.P[2])
			for k := int64(1); k <= steps; k++ {
				to(press.Point2{X: bezier(a.X, p.X, q.X, b.X, k), Y: bezier(a.Y, p.Y, q.Y, b.Y, k)})
			}
		case 'Z':
			to(start)
		}
	}
}

// bezier returns one coordinate of a cubic curve at k of its steps.
func bezier(a, p, q, b press.Pt, k int64) press.Pt {
	r := steps - k
	sum := r*r*r*int64(a) + 3*r*r*k*int64(p) + 3*r*k*k*int64(q) + k*k*k*int64(b)
	return press.Pt(sum / (steps * steps * steps))
}

// reach returns how far the shape reaches to the right between two heights; 0
// if it has nothing there.
func (c *contour) reach(top, bottom press.Pt) press.Pt {
	far := press.Pt(0)
	for _, e := range c.edges {
		a, b := e[0], e[1]
		if a.Y > b.Y {
			a, b = b, a
		}
		if b.Y < top || a.Y > bottom {
			continue
		}
		for _, y := range []press.Pt{max(a.Y, top), min(b.Y, bottom)} {
			x := max(a.X, b.X)
			if b.Y > a.Y {
				x = a.X + (b.X-a.X).Scale(int64(y-a.Y), int64(b.Y-a.Y))
			}
			far = max(far, x-c.left)
		}
	}
	return far
}

// fit decides how near the text comes to the letter: on the first line, which
// goes on with its word, and on the others, which may lean with its slope but
// do not slip under an arm. A tail below its last line moves one more line.
func (s *setter) fit(n *initial, c contour) {
	em, lead := s.theme.Text.Size, s.frame.lead
	band := func(line int) press.Pt { // 0 is the first line
		base := press.Pt(line-n.depth+1) * lead
		return c.reach(base-em.Scale(70, 100), base+em.Scale(2, 100))
	}
	widest := press.Pt(0)
	for i := 1; i < n.depth; i++ {
		widest = max(widest, band(i))
	}
	head := band(0)
	n.first = max(head, widest*4/10) + em.Scale(10, 100)
	n.room = max(widest, head.Scale(85, 100)) + em.Scale(20, 100)
	n.lines = n.depth
	if tail := band(n.depth); tail > 0 {
		n.lines++
		n.room = max(n.room, tail+em.Scale(10, 100))
	}
}
