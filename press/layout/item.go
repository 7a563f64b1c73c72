package layout

import (
	"sort"
	"strings"
	"unicode"

	"quire/press"
)

// kind tells boxes, glue and penalties apart (D. E. Knuth and M. F. Plass,
// "Breaking Paragraphs into Lines", 1981).
type kind int8

const (
	box kind = iota
	glue
	penalty
)

// The penalties that forbid and force a break.
const (
	never  = 10000
	always = -10000
)

// fill is the stretch of a last line: more than any page is wide.
const fill = press.Pt(1) << 40

// item is a piece of a paragraph for the line breaker.
type item struct {
	kind                   kind
	hyphen                 bool  // a break here ends a line with a hyphen
	penalty                int64 // of a break here
	width, stretch, shrink press.Pt
	soft                   *segment    // the hyphen is added at the break, in this style
	word                   *word       // of a box; nil is a blank
	math                   *mathBox    // of a box that is a formula
	mute                   bool        // glue inside a formula: no word space
	notes                  []*footnote // whose marks are in it
	left, right            press.Pt    // how far its edges may hang out
	from, to               int         // its characters in the word
}

// word is what stands between two spaces: shaped as a whole, so that kerning
// and ligatures reach over the places where it could be broken.
type word struct {
	segments []segment
	length   int
	widths   []press.Pt // per character, where its glyphs add up
	notes    []*footnote
	checksum uint32 // see sum
}

// itemizer makes items out of spans.
type itemizer struct {
	s        *setter
	hyphens  bool     // offer hyphenation
	anywhere press.Pt // words wider than this may be broken anywhere; 0 is never
	ragged   bool     // lines are not justified
	out      []item
	word     *word
}

// items turns spans into items; indent is the blank at the first line's start,
// below 0 where it begins before the others.
func (z *itemizer) items(spans []span, indent press.Pt) []item {
	if indent != 0 {
		z.out = append(z.out, item{kind: box, width: indent})
	}
	z.word = &word{}
	for i := range spans {
		z.span(&spans[i])
	}
	z.flush()
	for len(z.out) > 0 && z.out[len(z.out)-1].kind == glue {
		z.out = z.out[:len(z.out)-1]
	}
	z.end()
	return z.out
}

// end ends a line for good: filled up with white.
func (z *itemizer) end() {
	z.out = append(z.out, item{kind: penalty, penalty: never}, item{kind: glue, stretch: fill}, item{kind: penalty, penalty: always})
}

// formula adds a part of a formula. A line may end behind it if another part
// follows.
func (z *itemizer) formula(sp *span) {
	z.flush()
	z.out = append(z.out, item{kind: box, width: sp.math.width, math: sp.math})
	if sp.gap > 0 {
		z.out = append(z.out, item{kind: penalty, penalty: relationPenalty}, item{kind: glue, width: sp.gap, mute: true})
	}
}

// relationPenalty is TeX's for a line that ends behind a relation.
const relationPenalty = 500

// span adds a span's characters to words, and glue between them.
func (z *itemizer) span(sp *span) {
	if sp.math != nil {
		z.formula(sp)
		return
	}
	for _, r := range sp.text {
		switch r {
		case ' ', '\n', '\t':
			z.flush()
			z.space(&sp.style, false)
		case 0xa0:
			z.flush()
			z.space(&sp.style, true)
		case 0xad, 0x200b: // invisible, and no face has it
		default:
			z.char(sp, r)
		}
	}
	if sp.note != nil {
		z.word.notes = append(z.word.notes, sp.note)
	}
	if sp.end {
		z.flush()
		z.end()
	}
}

// wordRoom is how many letters of a word have room at once.
const wordRoom = 10

// char adds a character to the word in work.
func (z *itemizer) char(sp *span, r rune) {
	w := z.word
	before := press.FontID("")
	if n := len(w.segments); n > 0 {
		before = w.segments[n-1].face
	}
	face := z.s.faceFor(&sp.style, r, before)
	if n := len(w.segments); n > 0 && w.segments[n-1].same(&sp.style, face, sp.node) {
		w.segments[n-1].text = append(w.segments[n-1].text, r)
	} else {
		text := append(make([]rune, 0, wordRoom), r)
		w.segments = append(w.segments, segment{style: sp.style, face: face, node: sp.node, text: text, start: w.length})
	}
	w.length++
}

// space adds glue; two spaces are one.
func (z *itemizer) space(st *style, tied bool) {
	if n := len(z.out); n == 0 || z.out[n-1].kind == glue || z.out[n-1].penalty == always {
		return
	}
	if tied {
		z.out = append(z.out, item{kind: penalty, penalty: never})
	}
	l := &z.s.theme.Lines
	it := item{kind: glue, width: st.size.Scale(l.Space, 1000), stretch: st.size.Scale(l.Stretch, 1000), shrink: st.size.Scale(l.Shrink, 1000)}
	if st.code {
		it.width, it.stretch, it.shrink = z.s.textWidth(" ", *st), 0, 0
	}
	if z.ragged {
		it.stretch, it.shrink = 0, 0
	}
	z.out = append(z.out, it)
}

// flush ends the word in work and adds its boxes.
func (z *itemizer) flush() {
	w := z.word
	if w.length == 0 {
		if len(w.notes) > 0 { // a mark without a word before it
			z.out = append(z.out, item{kind: box, notes: w.notes})
			z.word = &word{}
		}
		return
	}
	z.word = &word{}
	z.measure(w)
	cuts := z.cuts(w)
	from := 0
	for at := 1; at <= w.length; at++ {
		if at < w.length && cuts[at] == whole {
			continue
		}
		z.box(w, from, at)
		if at < w.length {
			z.cut(w, at, cuts[at])
		}
		from = at
	}
	z.out[len(z.out)-1].notes = w.notes
}

// measure shapes the word and gives every character its width.
func (z *itemizer) measure(w *word) {
	w.widths = make([]press.Pt, w.length)
	for i := range w.segments {
		g := &w.segments[i]
		var sum, done int64
		var placed press.Pt
		upem := z.s.shaper.Upem(g.face)
		for _, gl := range z.s.shape(g, string(g.text)) {
			sum += int64(gl.Advance)
			done++
			total := g.style.size.Scale(sum, upem) + press.Pt(done)*g.style.track
			w.widths[g.start+gl.Cluster] += total - placed
			placed = total
		}
	}
	if g := &w.segments[len(w.segments)-1]; g.matrix() != nil {
		w.widths[w.length-1] += g.style.size.Scale(overhang, 100)
	}
}

// box adds a part of a word.
func (z *itemizer) box(w *word, from, to int) {
	it := item{kind: box, word: w, from: from, to: to}
	for _, cw := range w.widths[from:to] {
		it.width += cw
	}
	if !z.ragged {
		it.stretch = it.width.Scale(z.s.theme.Lines.Expansion, 1000)
		it.shrink = it.stretch
		it.left = w.widths[from].Scale(protrusion(w.at(from), false), 100)
		it.right = w.widths[to-1].Scale(protrusion(w.at(to-1), true), 100)
	}
	z.out = append(z.out, it)
}

// at returns a character of the word.
func (w *word) at(i int) rune {
	g := w.segment(i)
	return g.text[i-g.start]
}

// segment returns the segment of a character.
func (w *word) segment(i int) *segment {
	n := sort.Search(len(w.segments), func(k int) bool { return w.segments[k].start > i })
	return &w.segments[n-1]
}

// cutKind is how a word may be broken before a character.
type cutKind int8

const (
	whole    cutKind = iota // not at all
	soft                    // with a hyphen
	hard                    // behind its own hyphen or dash
	free                    // without any mark
	unwanted                // anywhere, because it would not fit otherwise
)

// cut adds the penalty of a break inside a word.
func (z *itemizer) cut(w *word, at int, k cutKind) {
	switch k {
	case soft:
		g := w.segment(at - 1)
		hw := z.s.textWidth("-", g.style)
		it := item{kind: penalty, width: hw, penalty: z.s.theme.Lines.Hyphen, hyphen: true, soft: g}
		if !z.ragged {
			it.right = hw.Scale(60, 100)
		}
		z.out = append(z.out, it)
	case hard:
		z.out = append(z.out, item{kind: penalty, penalty: 40, hyphen: strings.ContainsRune("-‐", w.at(at-1))})
	case free:
		z.out = append(z.out, item{kind: penalty, penalty: 20})
	case unwanted:
		z.out = append(z.out, item{kind: penalty, penalty: 500})
	}
}

// cuts finds the places where a word may be broken.
func (z *itemizer) cuts(w *word) []cutKind {
	cuts := make([]cutKind, w.length)
	var total press.Pt
	for _, cw := range w.widths {
		total += cw
	}
	for i := 1; i < w.length; i++ {
		cuts[i] = z.natural(w.at(i-1), w.at(i), w.segment(i).style.code)
	}
	if z.hyphens && z.s.theme.Hyphens {
		z.hyphenate(w, cuts)
	}
	if z.anywhere > 0 && total > z.anywhere {
		for i := 1; i < w.length; i++ {
			if cuts[i] == whole && w.widths[i] > 0 {
				cuts[i] = unwanted
			}
		}
	}
	return cuts
}

// natural tells whether a word may be broken between two characters because
// of what they are.
func (z *itemizer) natural(a, b rune, code bool) cutKind {
	switch {
	case strings.ContainsRune("-‐–—", a) && !strings.ContainsRune("-‐–—,.;:!?’”\"')", b):
		return hard
	case a == '/' && !unicode.IsDigit(b) && b != '/':
		return free
	case isCJK(a) && isCJK(b):
		return free
	case code && strings.ContainsRune("/._:=&?,", a) && (unicode.IsLetter(b) || unicode.IsDigit(b)):
		return free
	}
	return whole
}

// isCJK reports characters that are set without spaces between words.
func isCJK(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// hyphenate adds the language's break points within runs of letters.
func (z *itemizer) hyphenate(w *word, cuts []cutKind) {
	for i := 0; i < w.length; {
		g := w.segment(i)
		j := i
		for j < w.length && unicode.IsLetter(w.at(j)) && w.segment(j).style.lang == g.style.lang {
			j++
		}
		if j == i {
			i++
			continue
		}
		if !g.style.code && g.style.rise == 0 {
			for _, p := range z.s.hyphenPoints(g.style.lang, w, i, j) {
				if cuts[i+p] == whole {
					cuts[i+p] = soft
				}
			}
		}
		i = j
	}
}

// hyphenPoints looks up a word's break points and remembers them.
func (s *setter) hyphenPoints(lang string, w *word, from, to int) []int {
	rs := make([]rune, 0, to-from)
	for i := from; i < to; i++ {
		rs = append(rs, w.at(i))
	}
	key := lang + "\x00" + string(rs)
	if p, ok := s.points[key]; ok {
		return p
	}
	p := s.hyphens.language(lang).points(rs)
	s.points[key] = p
	return p
}
