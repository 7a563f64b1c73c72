package cover

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/press"
	"quire/press/font"
)

// typeface is how words are set: a family's member, letterspaced, in capitals.
type typeface struct {
	family   string
	style    font.Style
	features font.Features
	track    int64 // between letters, in 1/10000 of the size
	caps     bool  // in capitals, where the language has plain ones

	only press.FontID // the one face that has all letters; "" if letters may come from several
}

// display is a size at which faces are chosen for covers.
const display = 72 * press.Point

// em is what shaped words are measured in: 1/10000 of their size.
const em = 10000

// setter sets words with the faces of the press. It belongs to one goroutine.
type setter struct {
	shaper   *font.Shaper
	outlines *font.Outlines
	lang     string
}

// placed is a glyph at its place on a line, in 1/10000 of the size, y upwards.
type placed struct {
	face press.FontID
	id   uint16
	x, y int64
}

// shaped is a row of glyphs. What it covers is measured from its origin on the
// baseline, y upwards.
type shaped struct {
	text                     string
	glyphs                   []placed
	width                    int64
	left, right, top, bottom int64
	foreign                  bool // in a script that the faces lack: no glyphs, all measures guessed
}

// shape sets one line of words.
func (s *setter) shape(f typeface, text string) shaped {
	if f.caps {
		text = capitals(text, s.lang)
	}
	out := shaped{text: text}
	family, err := font.FindFamily(f.family)
	if err != nil || s.lacks(family, f.style, text) {
		return guessed(text)
	}
	if f.track != 0 {
		f.features |= font.Plain
	}
	chain := family.Chain(f.style, display)
	if f.only != "" {
		chain = []press.FontID{f.only}
	}
	for rest := []rune(text); len(rest) > 0; {
		id, n := s.stretch(chain, rest)
		s.append(&out, f, id, string(rest[:n]))
		rest = rest[n:]
	}
	out.width = max(out.width-f.track, 0) // none behind the last letter
	s.measure(&out)
	return out
}

// settled returns the typeface as it can set a whole text: with the first of its
// faces that has all letters, so that no word is set in two; in capitals only if
// all of it can be; in small capitals, and letterspaced, only if it is Latin.
func (s *setter) settled(f typeface, text string) typeface {
	if f.caps && !hasCapitals(text) {
		f.caps, f.track = false, 0
	}
	if f.features&font.SmallCaps != 0 && strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }) {
		f.features, f.track = f.features&^font.SmallCaps, 0
	}
	family, err := font.FindFamily(f.family)
	if err != nil {
		return f
	}
	if f.caps {
		text += capitals(text, s.lang)
	}
	for _, id := range family.Chain(f.style, display) {
		if !strings.ContainsFunc(text, func(r rune) bool { return r != '\u00ad' && !s.shaper.Has(id, r) }) {
			f.only = id
			return f
		}
	}
	return f
}

// stretch returns the face of the first letter and how many letters it sets.
func (s *setter) stretch(chain []press.FontID, rs []rune) (press.FontID, int) {
	pick := func(r rune) press.FontID {
		for _, id := range chain {
			if s.shaper.Has(id, r) {
				return id
			}
		}
		return chain[0]
	}
	id, n := pick(rs[0]), 1
	for n < len(rs) && (unicode.Is(unicode.Mn, rs[n]) || s.shaper.Has(id, rs[n]) && (id == chain[0] || pick(rs[n]) == id)) {
		n++
	}
	return id, n
}

// append sets a text in one face behind what is set.
func (s *setter) append(out *shaped, f typeface, id press.FontID, text string) {
	upem := s.shaper.Upem(id)
	glyphs := s.shaper.Shape(id, f.features, s.lang, text)
	for i, g := range glyphs {
		out.glyphs = append(out.glyphs, placed{id, g.ID, out.width + int64(g.DX)*em/upem, int64(g.DY) * em / upem})
		out.width += int64(g.Advance) * em / upem
		if i+1 == len(glyphs) || glyphs[i+1].Cluster != g.Cluster {
			out.width += f.track
		}
	}
}

// measure finds what the glyphs cover, by the control points of their outlines.
func (s *setter) measure(out *shaped) {
	first := true
	for _, g := range out.glyphs {
		upem := s.outlines.Upem(g.face)
		for _, seg := range s.outlines.Outline(g.face, g.id) {
			for _, p := range seg.P[:pointsOf(seg.Verb)] {
				x, y := g.x+int64(p.X)*em/upem, g.y-int64(p.Y)*em/upem
				if first {
					out.left, out.right, out.top, out.bottom, first = x, x, y, y, false
				}
				out.left, out.right = min(out.left, x), max(out.right, x)
				out.bottom, out.top = min(out.bottom, y), max(out.top, y)
			}
		}
	}
}

// pointsOf is how many points a step of an outline has.
func pointsOf(verb byte) int {
	switch verb {
	case 'M', 'L':
		return 1
	case 'C':
		return 3
	}
	return 0
}

// outline adds the letters of a line to a path. The size and the origin are in
// tenths of a unit.
func (s *setter) outline(p *path, l shaped, x, y, size int64) {
	for _, g := range l.glyphs {
		upem := s.outlines.Upem(g.face)
		gx, gy := x+g.x*size/em, y-g.y*size/em
		var start, pen [2]int64 // steps are written from where the last one ended, which is shorter
		for _, seg := range s.outlines.Outline(g.face, g.id) {
			if seg.Verb == 'M' {
				pen = [2]int64{}
				p.d = append(p.d, 'M')
			} else {
				p.d = append(p.d, seg.Verb|0x20)
			}
			points := seg.P[:pointsOf(seg.Verb)]
			var at [2]int64
			for i, q := range points {
				at = [2]int64{gx + int64(q.X)*size/upem, gy + int64(q.Y)*size/upem}
				p.d = appendTenths(p.d, at[0]-pen[0], i > 0)
				p.d = appendTenths(p.d, at[1]-pen[1], true)
			}
			switch {
			case seg.Verb == 'M':
				start, pen = at, at
			case len(points) == 0:
				pen = start
			default:
				pen = at
			}
		}
	}
}

// lacks reports whether the faces cannot set a text: because of a script that
// runs from right to left, or a letter that none of them has.
func (s *setter) lacks(family font.Family, style font.Style, text string) bool {
	if rightToLeft(text) {
		return true
	}
	chain := family.Chain(style, display)
	for _, r := range text {
		if (unicode.IsLetter(r) || unicode.IsMark(r)) && !slices.ContainsFunc(chain, func(id press.FontID) bool { return s.shaper.Has(id, r) }) {
			return true
		}
	}
	return false
}

// guessed measures a line that other programs will set, generously.
func guessed(text string) shaped {
	out := shaped{text: text, foreign: true, top: 9000, bottom: -2600}
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
		case r == ' ':
			out.width += em * 3 / 10
		case r >= 0x2e80:
			out.width += em * 105 / 100
		default:
			out.width += em * 7 / 10
		}
	}
	out.right = out.width
	return out
}

// tidy makes one line of a text: without control characters, signs that no
// face of the house has, and piles of accents. It reports whether signs went.
func (s *setter) tidy(text string) (clean string, lost bool) {
	family, _ := font.FindFamily("EB Garamond") // there is one
	chain := family.Chain(font.Regular, display)
	var b strings.Builder
	marks := 0
	for _, r := range strings.ToValidUTF8(text, "") {
		if marks++; !unicode.Is(unicode.Mn, r) {
			marks = 0
		}
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case r == '\u00ad':
			b.WriteRune(r)
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) || r == utf8.RuneError || marks > 3:
			lost = lost || r > 0x1f
		case unicode.IsLetter(r) || unicode.IsMark(r) || slices.ContainsFunc(chain, func(id press.FontID) bool { return s.shaper.Has(id, r) }):
			b.WriteRune(r)
		default:
			lost = true
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), lost
}

// hasCapitals reports whether a text can be set in capitals. With ß or Greek
// accents they are a matter of taste.
func hasCapitals(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r == 'ß' || r == 'ŉ' || unicode.Is(unicode.Greek, r) })
}

// capitals returns a text in capitals.
func capitals(text, lang string) string {
	switch press.BaseLanguage(lang) {
	case "tr", "az":
		return strings.ToUpperSpecial(unicode.TurkishCase, text)
	}
	return strings.ToUpper(text)
}

// rightToLeft reports whether a text has letters of a script that runs from
// right to left.
func rightToLeft(s string) bool {
	for _, r := range s {
		if r >= 0x590 && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam) {
			return true
		}
	}
	return false
}
