package layout

import (
	"strings"
	"unicode"

	"quire/press"
	"quire/press/font"
)

// style is how a run of text looks. Equal styles are set as one run.
type style struct {
	family   *font.Family
	face     font.Style
	size     press.Pt
	features font.Features
	lang     string
	rise     press.Pt // above the baseline
	track    press.Pt // letterspace
	color    press.Color
	code     bool // never hyphenated
	strike   bool // a rule goes through it
}

// span is a piece of text of one style that belongs to one structure node.
type span struct {
	text  string
	style style
	node  *press.Node
	note  *footnote // the text is this note's mark
	end   bool      // the line ends here
	math  *mathBox  // a part of a formula, in the place of text
	gap   press.Pt  // behind that part, when the next one stands in the same line
}

// segment is a part of a word in one face.
type segment struct {
	style style
	face  press.FontID
	node  *press.Node
	text  []rune
	start int // index of its first character in the word
}

// same reports whether a character of another piece may join the segment.
func (g *segment) same(st *style, face press.FontID, node *press.Node) bool {
	return g.face == face && g.node == node && g.style == *st
}

// slant leans letters by 0.2 to the right, as italics do.
var slant = &press.Matrix{A: 1 << 16, C: -(1 << 16) / 5, D: 1 << 16}

// matrix is how the segment's letters are slanted; nil is not at all.
func (g *segment) matrix() *press.Matrix {
	if g.style.family.Slanted(g.style.face, g.face) {
		return slant
	}
	return nil
}

// faceFor returns the face that sets a character: the first of the chain that
// has it, else the first. Marks and joiners stay in the face before them.
func (s *setter) faceFor(st *style, r rune, before press.FontID) press.FontID {
	if before != "" && (unicode.Is(unicode.Mn, r) || r == 0x200d || r == 0x200c) {
		return before
	}
	chain := s.chain(st)
	for _, id := range chain {
		if s.shaper.Has(id, r) {
			return id
		}
	}
	return chain[0]
}

// chainKey is what a font chain depends on.
type chainKey struct {
	family *font.Family
	face   font.Style
	size   press.Pt
}

// chain returns the faces for a style.
func (s *setter) chain(st *style) []press.FontID {
	key := chainKey{st.family, st.face, st.size}
	if c, ok := s.chains[key]; ok {
		return c
	}
	c := st.family.Chain(st.face, st.size)
	s.chains[key] = c
	return c
}

// shape returns the glyphs of a segment's text.
func (s *setter) shape(g *segment, text string) []font.Glyph {
	return s.shaper.Shape(g.face, g.style.features, g.style.lang, text)
}

// units turns a width in font units into a length.
func (s *setter) units(face press.FontID, size press.Pt, units int64) press.Pt {
	return size.Scale(units, s.shaper.Upem(face))
}

// textWidth returns the width of a short text in one style.
func (s *setter) textWidth(text string, st style) press.Pt {
	var w press.Pt
	face := press.FontID("")
	start := 0
	rs := []rune(text)
	flush := func(end int) {
		if end > start {
			for _, g := range s.shaper.Shape(face, st.features, st.lang, string(rs[start:end])) {
				w += s.units(face, st.size, int64(g.Advance)) + st.track
			}
		}
	}
	for i, r := range rs {
		if id := s.faceFor(&st, r, face); id != face {
			flush(i)
			face, start = id, i
		}
	}
	flush(len(rs))
	return w
}

// shorten cuts a text so that it is not wider than the measure, at a word's
// end and with an ellipsis.
func (s *setter) shorten(text string, st style, measure press.Pt) string {
	fits := func(cut string) bool { return s.textWidth(cut, st) <= measure }
	if len(text) < 400 && fits(text) {
		return text
	}
	words := strings.Fields(text)
	if n := longest(len(words), func(n int) bool { return fits(cutWords(words, n)) }); n > 0 {
		if n == len(words) {
			return text
		}
		return cutWords(words, n)
	}
	rs := []rune(text)
	n := longest(len(rs)-1, func(n int) bool { return fits(string(rs[:n]) + "…") })
	return string(rs[:n]) + "…"
}

// cutWords returns the first n words, with an ellipsis if there are more.
func cutWords(words []string, n int) string {
	cut := strings.Join(words[:n], " ")
	if n == len(words) {
		return cut
	}
	return strings.TrimRight(cut, ",;:–— ") + "…"
}

// longest returns the largest n up to most that fits, 0 if none does. What
// fits must do so for all smaller n too, or nearly. It begins with small ones,
// so that no try costs more than twice what fits.
func longest(most int, fits func(n int) bool) int {
	good, bad := 0, 1
	for bad <= most && fits(bad) {
		good, bad = bad, 2*bad
	}
	bad = min(bad, most+1)
	for bad-good > 1 {
		if mid := (good + bad) / 2; fits(mid) {
			good = mid
		} else {
			bad = mid
		}
	}
	return good
}

// protrusion is how far a character hangs out into the margin, in hundredths
// of its width.
func protrusion(r rune, right bool) int64 {
	if !right {
		switch r {
		case '‘', '“', '„', '‚', '\'', '"':
			return 45
		}
		return 0
	}
	switch r {
	case '.', ',', '-', '‐':
		return 55
	case ';', ':', '’', '”', '\'', '"':
		return 35
	case '–':
		return 25
	case '—':
		return 15
	}
	return 0
}
