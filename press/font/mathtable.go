package font

import (
	"fmt"

	gofont "github.com/go-text/typesetting/font"

	"quire/press"
)

// MathFace is the face that sets what is special in formulas: operators,
// brackets, roots. Its table MATH (OpenType specification 1.9, "MATH - The
// mathematical typesetting table") says how.
const MathFace press.FontID = "DejaVuMathTeXGyre"

// MathConstant is the place of a measure in the table's list of constants.
type MathConstant int

// The constants that a typesetter of formulas needs, with the names of the
// specification. All are in font units.
const (
	AxisHeight                               MathConstant = 1
	AccentBaseHeight                         MathConstant = 2
	SubscriptShiftDown                       MathConstant = 4
	SubscriptTopMax                          MathConstant = 5
	SubscriptBaselineDropMin                 MathConstant = 6
	SuperscriptShiftUp                       MathConstant = 7
	SuperscriptShiftUpCramped                MathConstant = 8
	SuperscriptBottomMin                     MathConstant = 9
	SuperscriptBaselineDropMax               MathConstant = 10
	SubSuperscriptGapMin                     MathConstant = 11
	SuperscriptBottomMaxWithSubscript        MathConstant = 12
	SpaceAfterScript                         MathConstant = 13
	UpperLimitGapMin                         MathConstant = 14
	UpperLimitBaselineRiseMin                MathConstant = 15
	LowerLimitGapMin                         MathConstant = 16
	LowerLimitBaselineDropMin                MathConstant = 17
	StackTopShiftUp                          MathConstant = 18
	StackTopDisplayStyleShiftUp              MathConstant = 19
	StackBottomShiftDown                     MathConstant = 20
	StackBottomDisplayStyleShiftDown         MathConstant = 21
	StackGapMin                              MathConstant = 22
	StackDisplayStyleGapMin                  MathConstant = 23
	FractionNumeratorShiftUp                 MathConstant = 28
	FractionNumeratorDisplayStyleShiftUp     MathConstant = 29
	FractionDenominatorShiftDown             MathConstant = 30
	FractionDenominatorDisplayStyleShiftDown MathConstant = 31
	FractionNumeratorGapMin                  MathConstant = 32
	FractionNumDisplayStyleGapMin            MathConstant = 33
	FractionRuleThickness                    MathConstant = 34
	FractionDenominatorGapMin                MathConstant = 35
	FractionDenomDisplayStyleGapMin          MathConstant = 36
	OverbarVerticalGap                       MathConstant = 39
	OverbarRuleThickness                     MathConstant = 40
	UnderbarVerticalGap                      MathConstant = 42
	RadicalVerticalGap                       MathConstant = 45
	RadicalDisplayStyleVerticalGap           MathConstant = 46
	RadicalRuleThickness                     MathConstant = 47
	RadicalKernBeforeDegree                  MathConstant = 49
	RadicalKernAfterDegree                   MathConstant = 50
)

// mathConstants is how many constants the table has.
const mathConstants = 51

// MathTable is what a face knows of setting formulas. It does not change;
// goroutines may share it.
type MathTable struct {
	ScriptPercent, ScriptScriptPercent int   // size of scripts, in percent of the text
	DegreePercent                      int   // how high the degree of a root stands, in percent of it
	DisplayOperator                    int64 // least height of an operator in display style, in font units
	Overlap                            int64 // least overlap of the parts of a bracket

	constants  [mathConstants]int64
	italics    map[uint16]int64
	accents    map[uint16]int64
	vertical   map[uint16]Construction
	horizontal map[uint16]Construction
}

// Construction is how a glyph comes in larger sizes: as variants, the smallest
// first, and as parts to be put together. Both may be empty.
type Construction struct {
	Variants []Variant
	Parts    []GlyphPart
}

// Variant is a glyph of a size, in font units.
type Variant struct {
	Glyph uint16
	Size  int64
}

// GlyphPart is a part of a large glyph, from bottom to top or from left to
// right. Start and End are how far its neighbours may overlap it. Repeats says
// that it may stand any number of times, also not at all.
type GlyphPart struct {
	Glyph            uint16
	Start, End, Size int64
	Repeats          bool
}

// Constant returns a measure in font units.
func (m *MathTable) Constant(c MathConstant) int64 { return m.constants[c] }

// Italic returns how far a glyph leans out at its upper right.
func (m *MathTable) Italic(glyph uint16) int64 { return m.italics[glyph] }

// Accent returns where an accent stands over a glyph, from its left edge.
func (m *MathTable) Accent(glyph uint16) (x int64, ok bool) {
	x, ok = m.accents[glyph]
	return x, ok
}

// Vertical returns how a glyph grows upwards, Horizontal how it gets wider.
func (m *MathTable) Vertical(glyph uint16) Construction { return m.vertical[glyph] }

// Horizontal returns how a glyph gets wider.
func (m *MathTable) Horizontal(glyph uint16) Construction { return m.horizontal[glyph] }

// MathTable reads the table of a face.
func (l *Library) MathTable(id press.FontID) (*MathTable, error) {
	f, _, err := l.load(id)
	if err != nil {
		return nil, err
	}
	t, err := readTables(f.data)
	if err != nil {
		return nil, err
	}
	if len(t["MATH"]) < 10 {
		return nil, fmt.Errorf("font %s has no MATH table", id)
	}
	r := mathReader{t}
	m := &MathTable{}
	r.constants(m, r.u(4))
	info := r.u(6)
	m.italics = r.values(info + r.u(info))
	m.accents = r.values(info + r.u(info+2))
	variants := r.u(8)
	m.Overlap = int64(r.u(variants))
	high, wide := r.u(variants+6), r.u(variants+8)
	m.vertical = r.constructions(variants, r.u(variants+2), variants+10, high)
	m.horizontal = r.constructions(variants, r.u(variants+4), variants+10+2*high, wide)
	return m, nil
}

// mathReader reads the table MATH. What lies outside of it reads as 0.
type mathReader struct{ t tables }

func (r mathReader) u(at int) int   { return int(r.t.u16("MATH", at)) }
func (r mathReader) i(at int) int64 { return int64(r.t.i16("MATH", at)) }

// constants reads the MathConstants.
func (r mathReader) constants(m *MathTable, at int) {
	m.ScriptPercent, m.ScriptScriptPercent = int(r.i(at)), int(r.i(at+2))
	m.DisplayOperator = int64(r.u(at + 6))
	for k := range m.constants {
		m.constants[k] = r.i(at + 8 + 4*k)
	}
	m.DegreePercent = int(r.i(at + 8 + 4*mathConstants))
}

// values reads a coverage and the value of each of its glyphs.
func (r mathReader) values(at int) map[uint16]int64 {
	out := map[uint16]int64{}
	for k, g := range r.coverage(at + r.u(at)) {
		out[g] = r.i(at + 4 + 4*k)
	}
	return out
}

// constructions reads how glyphs grow in one direction.
func (r mathReader) constructions(base, coverage, list, count int) map[uint16]Construction {
	out := map[uint16]Construction{}
	for k, g := range r.coverage(base + coverage) {
		if k >= count {
			break
		}
		out[g] = r.construction(base + r.u(list+2*k))
	}
	return out
}

// construction reads how one glyph grows.
func (r mathReader) construction(at int) Construction {
	var c Construction
	for k := range r.u(at + 2) {
		c.Variants = append(c.Variants, Variant{Glyph: uint16(r.u(at + 4 + 4*k)), Size: int64(r.u(at + 6 + 4*k))})
	}
	if r.u(at) == 0 {
		return c
	}
	parts := at + r.u(at)
	for k := range r.u(parts + 4) {
		p := parts + 6 + 10*k
		c.Parts = append(c.Parts, GlyphPart{Glyph: uint16(r.u(p)), Start: int64(r.u(p + 2)), End: int64(r.u(p + 4)), Size: int64(r.u(p + 6)), Repeats: r.u(p+8)&1 != 0})
	}
	return c
}

// coverage reads a list of glyphs (OpenType specification, "Coverage table").
func (r mathReader) coverage(at int) []uint16 {
	var out []uint16
	n := r.u(at + 2)
	if r.u(at) == 1 {
		for k := range n {
			out = append(out, uint16(r.u(at+4+2*k)))
		}
		return out
	}
	for k := range n {
		for g := r.u(at + 4 + 6*k); g <= r.u(at+6+6*k); g++ {
			out = append(out, uint16(g))
		}
	}
	return out
}

// Extent returns what a glyph's outline covers, in font units: left, bottom,
// right and top.
func (s *Shaper) Extent(id press.FontID, glyph uint16) (left, bottom, right, top int64) {
	e, _ := s.use(id).face.GlyphExtents(gofont.GID(glyph))
	l, t := int64(e.XBearing), int64(e.YBearing)
	return l, t + int64(e.Height), l + int64(e.Width), t
}

// Glyph returns the glyph of a character, false if the face has none.
func (s *Shaper) Glyph(id press.FontID, r rune) (uint16, bool) {
	g, ok := s.use(id).face.NominalGlyph(r)
	return uint16(g), ok
}
