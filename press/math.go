package press

import "strings"

// MathBlock is a formula on lines of its own, set in display style.
type MathBlock struct {
	At      Pos
	ID      string // unique in the book; may be empty
	Source  string // LaTeX notation, without the dollars
	Formula *Formula
}

// Where returns the place of the formula in the manuscript.
func (b *MathBlock) Where() Pos { return b.At }

// Math is a formula in running text, set in text style.
type Math struct {
	Source  string // LaTeX notation, without the dollars
	Formula *Formula
}

func (*Math) inline() {}

// Formula is a formula as a tree for a typesetter that follows appendix G of
// The TeXbook. ParseMath makes it; it is not changed afterwards. A formula is
// at most maxMathDepth levels deep, so recursion over it is safe.
//
// A list holds atoms, spaces and changes of style. An atom has a class, which
// decides the space around it (MathClasses and MathGap know how), a nucleus,
// and maybe scripts. All that is built up (fractions, roots, fences, accents,
// stacks, matrices) is the nucleus of an atom.
type Formula struct {
	Body MathList
}

// MathList is a row of formula parts, set one after the other.
type MathList []MathNode

// MathNode is a part of a row: *MathAtom, *MathSpace or *MathChange.
type MathNode interface{ mathNode() }

// MathAtom is something with a place in a row, and its scripts. A nil Sub or
// Sup is none; primes come first in Sup, as the character ′.
type MathAtom struct {
	Class    MathClass
	Nucleus  MathNucleus // nil is empty: scripts that hang on nothing, as in {}_2
	Sub, Sup MathList
	Limits   MathLimits // of an operator: where the scripts stand
}

// MathSpace is a blank of so many eighteenths of the current em (mu); it may
// be negative.
type MathSpace struct{ Mu int }

// MathChange sets the style from here to the end of its list.
type MathChange struct{ Style MathStyle }

// MathClass is what an atom is to its neighbours.
type MathClass int

// The classes of atoms. A built-up atom is Ord, a fraction or a fence Inner.
const (
	MathOrd   MathClass = iota // letters, numbers, ∞
	MathOp                     // ∑, ∫, sin
	MathBin                    // + ×
	MathRel                    // = <
	MathOpen                   // ( [
	MathClose                  // ) ]
	MathPunct                  // ,
	MathInner                  // fractions, fences, …
)

// MathLimits says where the scripts of an operator stand.
type MathLimits int

// The places of an operator's scripts.
const (
	MathLimitsNone    MathLimits = iota // beside it, as with other atoms
	MathLimitsDisplay                   // below and above in display style, beside it otherwise
	MathLimitsAlways                    // below and above
)

// MathStyle is one of TeX's four styles; the cramped ones follow from it.
type MathStyle int

// The styles of a formula. MathAuto is the style that the place asks for.
const (
	MathAuto MathStyle = iota
	MathDisplay
	MathText
	MathScript
	MathScriptScript
)

// MathFace is how letters look. The parser has settled it: x is italic, 2 and
// Γ are upright.
type MathFace int

// The faces of letters. MathAlphabet gives their Unicode characters.
const (
	MathUpright MathFace = iota
	MathItalic
	MathBold
	MathBoldItalic
	MathScriptFace
	MathBlackboard
	MathFraktur
	MathSans
	MathMono
)

// MathNucleus is what an atom shows: *MathSymbol, *MathWords, *MathDelimiter,
// *MathGroup, *MathFraction, *MathRadical, *MathFence, *MathAccent, *MathStack
// or *MathMatrix.
type MathNucleus interface{ mathNucleus() }

// MathSymbol is one character, or the digits of one number ("3.14"). Minus is
// U+2212, times × and so on: what should be seen. Large is an operator such as
// ∑ that is larger in display style. Not draws a slash through it.
type MathSymbol struct {
	Text  string
	Face  MathFace
	Large bool
	Not   bool
}

// MathWords is text inside a formula, set as text is: \text{if}, or the name
// of a function. Blanks in it count.
type MathWords struct {
	Text string
	Face MathFace // MathUpright, MathItalic, MathBold, MathSans or MathMono
}

// MathDelimiter is a single bracket of a given size: 1 to 4 for \big to \Bigg;
// 0, from \middle, is as high as the fence around it.
type MathDelimiter struct {
	Text string
	Size int
}

// MathGroup is a row in braces.
type MathGroup struct{ Body MathList }

// MathFraction is one row over another, with a rule between them or, as in a
// binomial, without; then Left and Right are its brackets. Style is that of
// the whole: MathDisplay for \dfrac, MathText for \tfrac.
type MathFraction struct {
	Num, Den    MathList
	NoRule      bool
	Left, Right string
	Style       MathStyle
}

// MathRadical is a root. Degree is nil for a square root.
type MathRadical struct{ Degree, Body MathList }

// MathFence is a row between brackets that grow with it; "" is no bracket.
type MathFence struct {
	Left, Right string
	Body        MathList
}

// MathAccent is a mark over or Under a row. The mark is a spacing character:
// ^ ˇ ~ ¯ → ˙ ¨ ´ ` ˘ ˚ and so on, ‾ or _ for a line (U+203E, U+005F), ⏞ ⏟ for
// braces. With Stretch it is as wide as the row.
type MathAccent struct {
	Mark    string
	Stretch bool
	Under   bool
	Body    MathList
}

// MathStack is a row with smaller ones above and below; nil is nothing there.
type MathStack struct{ Base, Over, Under MathList }

// MathMatrix is rows of cells. All rows have len(Align) cells. Left and Right
// are its brackets, "" for none. Style is that of the cells: MathText in a
// matrix, MathDisplay in aligned formulas, MathScript in \substack. Pairs
// says that columns belong together in twos without a gap between the right
// and the left one, as \begin{aligned} has them.
type MathMatrix struct {
	Left, Right string
	Align       []Align
	Rows        [][]MathList
	Style       MathStyle
	Pairs       bool
}

func (*MathAtom) mathNode()   {}
func (*MathSpace) mathNode()  {}
func (*MathChange) mathNode() {}

func (*MathSymbol) mathNucleus()    {}
func (*MathWords) mathNucleus()     {}
func (*MathDelimiter) mathNucleus() {}
func (*MathGroup) mathNucleus()     {}
func (*MathFraction) mathNucleus()  {}
func (*MathRadical) mathNucleus()   {}
func (*MathFence) mathNucleus()     {}
func (*MathAccent) mathNucleus()    {}
func (*MathStack) mathNucleus()     {}
func (*MathMatrix) mathNucleus()    {}

// MathClasses returns the class of every node of a list as its neighbours see
// it: a Bin that has nothing to join is Ord (rules 5 and 6 of appendix G).
// Nodes that are no atoms are passed over; their entry is -1.
func MathClasses(list MathList) []MathClass {
	out := make([]MathClass, len(list))
	last := -1 // the atom before
	for i, n := range list {
		a, ok := n.(*MathAtom)
		if !ok {
			out[i] = -1
			continue
		}
		out[i] = a.Class
		if a.Class == MathBin && (last < 0 || joinsNothing(out[last])) {
			out[i] = MathOrd
		}
		if last >= 0 && out[last] == MathBin && (a.Class == MathRel || a.Class == MathClose || a.Class == MathPunct) {
			out[last] = MathOrd
		}
		last = i
	}
	if last >= 0 && out[last] == MathBin {
		out[last] = MathOrd
	}
	return out
}

// joinsNothing reports whether a Bin behind the class is a sign, not a joint.
func joinsNothing(c MathClass) bool {
	return c == MathBin || c == MathOp || c == MathRel || c == MathOpen || c == MathPunct
}

// mathGaps is the table of chapter 18 of The TeXbook, left class by right
// class: 1 thin, 2 medium, 3 thick; negative ones only in display and text
// style.
var mathGaps = [8][8]int{
	MathOrd:   {0, 1, -2, -3, 0, 0, 0, -1},
	MathOp:    {1, 1, 0, -3, 0, 0, 0, -1},
	MathBin:   {-2, -2, 0, 0, -2, 0, 0, -2},
	MathRel:   {-3, -3, 0, 0, -3, 0, 0, -3},
	MathOpen:  {0, 0, 0, 0, 0, 0, 0, 0},
	MathClose: {0, 1, -2, -3, 0, 0, 0, -1},
	MathPunct: {-1, -1, 0, -1, -1, -1, -1, -1},
	MathInner: {-1, 1, -2, -3, -1, 0, -1, -1},
}

// MathGap is the space between two neighbours of the classes, in mu, in text
// or in scripts: 3 (thin), 4 (medium), 5 (thick) or 0.
func MathGap(left, right MathClass, script bool) int {
	gap := mathGaps[left][right]
	if gap < 0 && script {
		return 0
	}
	return [4]int{0, 3, 4, 5}[max(gap, -gap)]
}

// Plain returns the formula as readable text in one line: a² + b² is
// "a^2 + b^2".
func (f *Formula) Plain() string {
	var b strings.Builder
	plainMath(&b, f.Body)
	return strings.Join(strings.Fields(b.String()), " ")
}
