package press

import (
	"strings"

	"quire/problem"
)

// Trim is the size of a page after cutting.
type Trim struct {
	Width, Height Pt
}

// trims are the sizes that have a name of their own; others are inches
// ("6x9") or carry a unit ("140x210mm").
var trims = map[string]Trim{
	"a4":     {Millimetres(210000), Millimetres(297000)},
	"a5":     {Millimetres(148000), Millimetres(210000)},
	"letter": {Inch * 17 / 2, Inch * 11},
}

// The smallest and largest page that the press sets.
const (
	minTrim = 3 * Inch
	maxTrim = 20 * Inch
)

// ParseTrim reads a trim size: A4, A5, Letter, inches like 6x9 or 5.25x8, or a
// pair with a unit like 140x210mm. Case and blanks do not matter.
func ParseTrim(s string) (Trim, error) {
	text := strings.ToLower(strings.Join(strings.Fields(s), ""))
	if t, ok := trims[text]; ok {
		return t, nil
	}
	text = strings.ReplaceAll(text, "×", "x")
	unit := strings.TrimLeft(text, ".0123456789x")
	w, h, ok := strings.Cut(strings.TrimSuffix(text, unit), "x")
	if unit == "" {
		unit = "in"
	}
	width, err1 := ParsePt(w + unit)
	height, err2 := ParsePt(h + unit)
	if !ok || err1 != nil || err2 != nil {
		return Trim{}, problem.New(problem.Invalid, "%q is not a trim size", s).
			Try("use 5x8, 5.25x8, 5.5x8.5, 6x9, A5, A4, Letter or a pair like 140x210mm")
	}
	if min(width, height) < minTrim || max(width, height) > maxTrim {
		return Trim{}, problem.New(problem.Invalid, "the trim size %q is too small or too large", s).
			Try("pages are 3 to 20 inches (76 to 508 mm) on each side")
	}
	return Trim{width, height}, nil
}

// maxBleed is the widest bleed.
const maxBleed = Inch

// ParseBleed reads how far pictures may reach over the trim: a length up to an
// inch, such as 3mm or 0.125in.
func ParseBleed(s string) (Pt, error) {
	p, err := ParsePt(s)
	if err != nil {
		return 0, err
	}
	if p < 0 || p > maxBleed {
		return 0, problem.New(problem.Invalid, "the bleed %q is too small or too large", s).Try("printers ask for 3mm or 0.125in; at most an inch is set")
	}
	return p, nil
}
