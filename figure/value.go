package figure

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// The largest and the smallest number that can be drawn and read.
const (
	mostNumber  = 1e15
	leastNumber = 1e-9
)

// number reads a number, as such or as text with its unit: 12, "12", "12 %". A
// unit must be the one of the figure.
func (r *reader) number(n *yaml.Node, path, unit string) (float64, bool) {
	v, own, ok := r.measured(n, path)
	if ok && own != "" && own != unit {
		if unit == "" {
			r.wrong(n, path, "%q has a unit, but the figure has none; write unit: %q", clipped(n.Value), own)
		} else {
			r.wrong(n, path, "%q is in %s, but the figure is in %s; one figure takes one unit", clipped(n.Value), own, unit)
		}
		return 0, false
	}
	return v, ok
}

// measured reads a number and the unit that stands with it.
func (r *reader) measured(n *yaml.Node, path string) (v float64, unit string, ok bool) {
	if n.Kind != yaml.ScalarNode || n.Anchor != "" {
		r.wrong(n, path, "a number is wanted here")
		return 0, "", false
	}
	text := strings.TrimSpace(n.Value)
	digits, unit := splitUnit(text)
	v, err := strconv.ParseFloat(digits, 64)
	switch {
	case n.ShortTag() == "!!null":
		r.wrong(n, path, "is empty; a number is wanted here")
	case strings.ContainsAny(text, ",'’ \u00a0\u202f_") && grouped(text):
		r.wrong(n, path, "%q has marks between its digits; write it with digits and a point only, like 1200.5", clipped(text))
	case err != nil && strings.Contains(err.Error(), "range"), math.Abs(v) > mostNumber, v != 0 && math.Abs(v) < leastNumber:
		r.wrong(n, path, "%s is too large or too small to be drawn; choose a larger or smaller unit", clipped(text))
	case err != nil || digits == "" || math.IsNaN(v) || math.IsInf(v, 0):
		r.wrong(n, path, "%q is not a number", clipped(text))
	case strings.ContainsFunc(unit, isControl) || len(unit) > 2*maxUnit:
		r.wrong(n, path, "%q has a unit that is too long", clipped(text))
	default:
		return v, unit, true
	}
	return 0, "", false
}

// splitUnit divides a text into its number and what stands before or behind.
func splitUnit(text string) (digits, unit string) {
	text = strings.Replace(text, "−", "-", 1)
	start := strings.IndexFunc(text, func(r rune) bool { return r >= '0' && r <= '9' })
	if start < 0 {
		return "", ""
	}
	for start > 0 && strings.ContainsRune("+-.", rune(text[start-1])) {
		start--
	}
	end := start
	for end < len(text) && (strings.ContainsRune("0123456789.+-", rune(text[end])) || exponent(text, end)) {
		end++
	}
	before, after := strings.TrimSpace(text[:start]), strings.TrimFunc(text[end:], unicode.IsSpace)
	if end+1 < len(text) && text[end] != ' ' && text[end+1] >= '0' && text[end+1] <= '9' { // 0x10, 1_000
		return "", ""
	}
	if before == "-" { // -€5 and - 5
		return "-" + text[start:end], after
	}
	if neg, ok := strings.CutPrefix(before, "-"); ok && currency(neg) {
		return "-" + text[start:end], neg
	}
	if before != "" && (after != "" || !currency(before)) {
		return "", ""
	}
	return text[start:end], before + after
}

// exponent reports whether an e at a place belongs to the number.
func exponent(text string, i int) bool {
	if text[i] != 'e' && text[i] != 'E' || i == 0 || i+1 >= len(text) {
		return false
	}
	next := text[i+1]
	return next >= '0' && next <= '9' || (next == '-' || next == '+') && i+2 < len(text) && text[i+2] >= '0' && text[i+2] <= '9'
}

// grouped reports whether a text is a number whose digits are parted by marks.
func grouped(text string) bool {
	last, mark := false, false
	for _, r := range text {
		digit := r >= '0' && r <= '9'
		if digit && mark {
			return true
		}
		mark = (mark || last) && strings.ContainsRune(",'’ \u00a0\u202f_", r)
		last = digit
	}
	return false
}

// currency reports whether a unit is a sign that English puts before numbers.
func currency(unit string) bool {
	switch unit {
	case "€", "$", "£", "¥", "₹", "US$", "A$", "C$", "CHF":
		return true
	}
	return false
}

// digitsOf is how many decimals a number needs, at most most.
func digitsOf(v float64, most int) int {
	_, after, _ := strings.Cut(strings.TrimRight(strconv.FormatFloat(v, 'f', most, 64), "0"), ".")
	return len(after)
}

// decimalsOf is how many decimals all of the values are written with: as many
// as they have, but no more than a reader needs at their size.
func (s *Spec) decimalsOf(values ...float64) int {
	if s.decimals >= 0 {
		return s.decimals
	}
	largest := 0.0
	for _, v := range values {
		largest = max(largest, math.Abs(v))
	}
	room := 2
	switch {
	case largest >= 1000:
		room = 0
	case largest >= 100:
		room = 1
	case largest < 0.01:
		room = 9
	case largest < 1:
		room = 3
	}
	most := 0
	for _, v := range values {
		most = max(most, digitsOf(v, room))
	}
	return most
}

// number writes a number for people: marks for thousands, a true minus.
func (w Words) number(v float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, part, _ := strings.Cut(text, ".")
	var b strings.Builder
	if v < 0 && strings.Trim(text, "0.") != "" {
		b.WriteString("−")
	}
	for i := range len(whole) {
		if left := len(whole) - i; i > 0 && left%3 == 0 && (len(whole) > 4 || w.Thousands == ",") {
			b.WriteString(w.Thousands)
		}
		b.WriteByte(whole[i])
	}
	if part != "" {
		b.WriteString(w.Decimal + part)
	}
	return b.String()
}

// with writes a number with its unit.
func (w Words) with(v float64, decimals int, unit string) string {
	text := w.number(v, decimals)
	switch {
	case unit == "":
		return text
	case unit == "%" || unit == "‰":
		return text + w.Percent + unit
	case currency(unit) && w.Decimal == ".":
		if bare, neg := strings.CutPrefix(text, "−"); neg {
			return "−" + unit + bare
		}
		return unit + text
	case strings.HasPrefix(unit, "°"):
		return text + "\u00a0" + unit
	}
	return text + "\u00a0" + unit
}

// short reports whether a unit is a sign that can stand at every number.
func short(unit string) bool {
	switch unit {
	case "%", "‰", "°C", "°F", "°", "K":
		return true
	}
	return currency(unit)
}
