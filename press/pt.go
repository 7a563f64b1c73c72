package press

import (
	"fmt"
	"strings"

	"quire/problem"
)

// Pt is a length in 1/1024 of a PostScript point (1/72 inch). It is the only
// unit of length in the press.
type Pt int64

// Lengths that others are made of. MM is rounded down to 1/1024 pt; use Millimetres
// for more than a few.
const (
	Point Pt = 1024
	Inch  Pt = 72 * Point
	MM    Pt = Inch * 10 / 254
)

// Millimetres returns n thousandths of a millimetre as a length, rounded.
func Millimetres(thousandths int64) Pt { return Pt((thousandths*int64(Inch)*10 + 127000) / 254000) }

// Scale returns p×num/den, rounded half away from zero; den must be positive.
func (p Pt) Scale(num, den int64) Pt {
	v := int64(p) * num
	if v < 0 {
		return Pt(-((-v + den/2) / den))
	}
	return Pt((v + den/2) / den)
}

// String is the length in points with up to three decimals, as PDF wants it.
func (p Pt) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	milli := (int64(p)*1000 + 512) / 1024
	if milli == 0 {
		return "0"
	}
	s := fmt.Sprintf("%s%d.%03d", sign, milli/1000, milli%1000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// ParsePt reads a length: a decimal number with pt, mm, cm or in behind it,
// points when nothing is.
func ParsePt(s string) (Pt, error) {
	text := strings.TrimSpace(s)
	unit := strings.TrimLeft(text, "+-.0123456789")
	n, ok := decimal(strings.TrimSuffix(text, unit))
	if !ok {
		return 0, problem.New(problem.Invalid, "%q is not a length", s).Try("write a number and pt, mm, cm or in, like 12.5mm")
	}
	switch strings.TrimSpace(unit) {
	case "", "pt":
		return Pt(n).Scale(1024, 1000), nil
	case "mm":
		return Millimetres(n), nil
	case "cm":
		return Millimetres(n * 10), nil
	case "in":
		return Pt(n).Scale(int64(Inch), 1000), nil
	}
	return 0, problem.New(problem.Invalid, "%q has an unknown unit", s).Try("use pt, mm, cm or in")
}

// UnmarshalText reads a length as ParsePt does, for themes in YAML.
func (p *Pt) UnmarshalText(b []byte) error {
	v, err := ParsePt(string(b))
	*p = v
	return err
}

// decimal reads a decimal number in thousandths without floating point;
// more than three decimals, or a number over a million, is refused.
func decimal(s string) (int64, bool) {
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimLeft(s, "+-")
	whole, frac, _ := strings.Cut(s, ".")
	if len(whole) > 6 || len(frac) > 3 || whole+frac == "" {
		return 0, false
	}
	var n int64
	for _, c := range whole + (frac + "000")[:3] {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if neg {
		n = -n
	}
	return n, true
}
