package font

import (
	"unicode"

	gofont "github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"

	"quire/press"
)

// Features is a set of OpenType features.
type Features uint8

// The features that the house uses; the zero set is a face's default, which
// for EB Garamond are old-style figures and common ligatures.
const (
	SmallCaps Features = 1 << iota // small capitals for lower case
	Lining                         // figures as high as capitals
	Tabular                        // figures of one width
	Superior                       // raised figures for notes
	Plain                          // no ligatures, for letterspaced text and code
)

// Glyph is a shaped glyph in font units (Upem to the size). Cluster is the
// index of the first character that it stands for.
type Glyph struct {
	ID      uint16
	Advance int32
	DX, DY  int32 // offset from the pen; DY upwards
	Cluster int
}

// Shaper turns characters into glyphs and remembers what it has shaped. It
// belongs to one goroutine.
type Shaper struct {
	lib   *Library
	open  map[press.FontID]*opened
	cache map[shapeKey][]Glyph

	buffer *harfbuzz.Buffer // used again and again: it remembers shaping plans
}

// opened is a face in use by one shaper.
type opened struct {
	face *gofont.Face
	hb   *harfbuzz.Font
	upem int64
	has  map[rune]bool // characters beyond ASCII that were asked for
}

// shapeKey is what a shaping result depends on.
type shapeKey struct {
	id       press.FontID
	features Features
	lang     string
	text     string
}

// maxCached bounds the memory of a shaper: when so many texts are remembered,
// it forgets all.
const maxCached = 1 << 17

// maxIdle is how many released shapers are kept; more are forgotten.
const maxIdle = 8

// Shaper returns a shaper over the library, one that was released if there is
// one. What it remembers makes it faster and changes no result.
func (l *Library) Shaper() *Shaper {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.idle); n > 0 {
		s := l.idle[n-1]
		l.idle = l.idle[:n-1]
		return s
	}
	return &Shaper{lib: l, open: map[press.FontID]*opened{}, cache: map[shapeKey][]Glyph{}, buffer: harfbuzz.NewBuffer()}
}

// Release gives the shaper back to its library; do not use it afterwards.
func (s *Shaper) Release() {
	s.lib.mu.Lock()
	defer s.lib.mu.Unlock()
	if len(s.lib.idle) < maxIdle {
		s.lib.idle = append(s.lib.idle, s)
	}
}

// use returns the face of an ID; an unknown one panics, because IDs come from
// Family.Chain.
func (s *Shaper) use(id press.FontID) *opened {
	if o, ok := s.open[id]; ok {
		return o
	}
	_, parsed, err := s.lib.load(id)
	if err != nil {
		panic(err)
	}
	face := gofont.NewFace(parsed)
	o := &opened{face, harfbuzz.NewFont(face), int64(parsed.Upem()), map[rune]bool{}}
	s.open[id] = o
	return o
}

// Upem returns how many font units make the size of a face.
func (s *Shaper) Upem(id press.FontID) int64 { return s.use(id).upem }

// Has reports whether a face has a glyph for the character, and one that shows
// something: EB Garamond 08 Italic has blanks for Greek.
func (s *Shaper) Has(id press.FontID, r rune) bool {
	o := s.use(id)
	if r < 0x80 {
		_, ok := o.face.NominalGlyph(r)
		return ok
	}
	has, ok := o.has[r]
	if !ok {
		has = o.shows(r)
		o.has[r] = has
	}
	return has
}

// shows looks whether a face has a glyph for a character that is not blank by
// mistake.
func (o *opened) shows(r rune) bool {
	g, ok := o.face.NominalGlyph(r)
	if !ok || !unicode.In(r, unicode.L, unicode.N, unicode.P) {
		return ok
	}
	e, ok := o.face.GlyphExtents(g)
	return !ok || e.Width != 0 || e.Height != 0
}

// Advance returns the width of a glyph in font units.
func (s *Shaper) Advance(id press.FontID, glyph uint16) int64 {
	return int64(s.use(id).face.HorizontalAdvance(gofont.GID(glyph)))
}

// Height returns how far a glyph reaches above the baseline and how much room
// it leaves at its left, in font units.
func (s *Shaper) Height(id press.FontID, glyph uint16) (top, left int64) {
	ext, _ := s.use(id).face.GlyphExtents(gofont.GID(glyph))
	return int64(ext.YBearing), int64(ext.XBearing)
}

// Shape returns the glyphs of a left-to-right text in one face, in visual
// order. The result is shared: do not change it.
func (s *Shaper) Shape(id press.FontID, features Features, lang, text string) []Glyph {
	key := shapeKey{id, features, lang, text}
	if g, ok := s.cache[key]; ok {
		return g
	}
	rs := []rune(text)
	b := s.buffer
	b.Clear()
	b.AddRunes(rs, 0, len(rs))
	b.Props = harfbuzz.SegmentProperties{Language: language.NewLanguage(lang), Script: script(rs), Direction: harfbuzz.LeftToRight}
	b.Shape(s.use(id).hb, features.list())
	out := make([]Glyph, len(b.Info))
	for i, in := range b.Info {
		p := b.Pos[i]
		out[i] = Glyph{uint16(in.Glyph), p.XAdvance, p.XOffset, p.YOffset, in.Cluster}
	}
	if len(s.cache) >= maxCached {
		clear(s.cache)
	}
	s.cache[key] = out
	return out
}

// script returns the first real script in the text, Latin if there is none.
func script(rs []rune) language.Script {
	for _, r := range rs {
		if sc := language.LookupScript(r); sc != language.Common && sc != language.Inherited && sc != language.Unknown {
			return sc
		}
	}
	return language.Latin
}

// list returns the features as HarfBuzz takes them.
func (f Features) list() []harfbuzz.Feature {
	var out []harfbuzz.Feature
	add := func(tag string, value uint32) {
		out = append(out, harfbuzz.Feature{Tag: ot.MustNewTag(tag), Value: value, Start: 0, End: harfbuzz.FeatureGlobalEnd})
	}
	for _, x := range []struct {
		bit Features
		tag string
	}{{SmallCaps, "smcp"}, {Lining, "lnum"}, {Tabular, "tnum"}, {Superior, "sups"}} {
		if f&x.bit != 0 {
			add(x.tag, 1)
		}
	}
	if f&Plain != 0 {
		add("liga", 0)
		add("clig", 0)
		add("calt", 0)
	}
	return out
}
