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
	if s.textWidth(text, st) <= measure {
		return text
	}
	words := strings.Fields(text)
	for n := len(words) - 1; n > 0; n-- {
		cut := strings.TrimRight(strings.Join(words[:n], " "), ",;:–— ") + "…"
		if s.textWidth(cut, st) <= measure {
			return cut
		}
	}
	rs := []rune(text)
	for n := len(rs) - 1; n > 0; n-- {
		if cut := string(rs[:n]) + "…"; s.textWidth(cut, st) <= measure {
			return cut
		}
	}
	return "…"
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
