package layout

import (
	"math"
	"strconv"
	"strings"

	"quire/press"
)

// Drawings are computed in floating point, with every product rounded by
// itself: a fused multiply-add would give other bytes on other machines.

// mul is a product that no compiler fuses with a sum.
func mul(a, b float64) float64 { return float64(a * b) }

// matrix is an affine map: x' = ax + cy + e, y' = bx + dy + f.
type matrix [6]float64

// apply maps a point.
func (m matrix) apply(x, y float64) (float64, float64) {
	return mul(m[0], x) + mul(m[2], y) + m[4], mul(m[1], x) + mul(m[3], y) + m[5]
}

// times returns the map that does n first, then m.
func (m matrix) times(n matrix) matrix {
	e, f := m.apply(n[4], n[5])
	return matrix{
		mul(m[0], n[0]) + mul(m[2], n[1]), mul(m[1], n[0]) + mul(m[3], n[1]),
		mul(m[0], n[2]) + mul(m[2], n[3]), mul(m[1], n[2]) + mul(m[3], n[3]), e, f,
	}
}

// size is how much the map enlarges lengths, on average.
func (m matrix) size() float64 {
	return math.Sqrt(math.Abs(mul(m[0], m[3]) - mul(m[1], m[2])))
}

// diagonal is what percentages of neither width nor height mean (SVG 2, 8.9).
func (m matrix) diagonal() float64 {
	return math.Sqrt((mul(m[0], m[0]) + mul(m[3], m[3])) / 2)
}

// similar reports whether the map keeps angles, and so circles round.
func (m matrix) similar() bool {
	near := 1e-6 * (math.Abs(m[0]) + math.Abs(m[1]) + math.Abs(m[2]) + math.Abs(m[3]))
	same := math.Abs(m[0]-m[3]) <= near && math.Abs(m[1]+m[2]) <= near
	turned := math.Abs(m[0]+m[3]) <= near && math.Abs(m[1]-m[2]) <= near
	return same || turned
}

// upright reports whether the map only moves and enlarges, the same both ways.
func (m matrix) upright() bool {
	near := 1e-6 * math.Abs(m[0])
	return m[0] > 0 && math.Abs(m[1]) <= near && math.Abs(m[2]) <= near && math.Abs(m[0]-m[3]) <= near
}

// inverse returns the map back; false for one that is flat.
func (m matrix) inverse() (matrix, bool) {
	det := mul(m[0], m[3]) - mul(m[1], m[2])
	if math.Abs(det) < 1e-12 || math.IsNaN(det) || math.IsInf(det, 0) {
		return matrix{}, false
	}
	return matrix{m[3] / det, -m[1] / det, -m[2] / det, m[0] / det,
		(mul(m[2], m[5]) - mul(m[3], m[4])) / det, (mul(m[1], m[4]) - mul(m[0], m[5])) / det}, true
}

// point maps a point to the page.
func (m matrix) point(x, y float64) press.Point2 {
	x, y = m.apply(x, y)
	return press.Point2{X: length(x), Y: length(y)}
}

// length rounds to a press length; what is far off any page stays near it.
func length(v float64) press.Pt {
	const far = 1 << 24
	if math.IsNaN(v) {
		return 0
	}
	return press.Pt(math.Round(max(min(v, far), -far)))
}

// fixed is a number in 1/65536, as matrices have it.
func fixed(v float64) int64 {
	const far = 1 << 20
	if math.IsNaN(v) {
		return 0
	}
	return int64(math.Round(mul(max(min(v, far), -far), 65536)))
}

// number64 reads a number, with or without a unit; percent are hundredths. It
// is 0 for anything else.
func number64(s string) float64 {
	s = strings.TrimSpace(s)
	percent := strings.HasSuffix(s, "%")
	v, err := strconv.ParseFloat(strings.TrimRight(s, "%pxtdeg "), 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > 1e7 {
		return 0
	}
	if percent {
		return v / 100
	}
	return v
}

// maxSVGNumbers bounds a list of numbers; what follows is left out.
const maxSVGNumbers = 4 * maxSVGSteps

// numbers reads a list of numbers as SVG writes them: blanks, commas, signs
// and second points divide them.
func numbers(s string) []float64 {
	var out []float64
	start, dot, exp := -1, false, false
	flush := func(end int) {
		if start >= 0 && len(out) < maxSVGNumbers {
			out = append(out, number64(s[start:end]))
		}
		start, dot, exp = -1, false, false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
		case c == '.' && !dot && !exp:
			dot = true
		case (c == 'e' || c == 'E') && start >= 0 && !exp:
			exp = true
			continue
		case (c == '-' || c == '+') && start >= 0 && (s[i-1] == 'e' || s[i-1] == 'E'):
			continue
		case c == '-' || c == '+' || c == '.':
			flush(i)
			dot = c == '.'
		default:
			flush(i)
			continue
		}
		if start < 0 {
			start = i
		}
	}
	flush(len(s))
	return out
}

// parseTransform reads a transform attribute; unknown parts change nothing.
func parseTransform(s string) matrix {
	m := matrix{1, 0, 0, 1, 0, 0}
	for s != "" {
		name, rest, ok := strings.Cut(s, "(")
		if !ok {
			break
		}
		args, after, _ := strings.Cut(rest, ")")
		m = m.times(oneTransform(strings.Trim(name, " ,\t\n"), numbers(args)))
		s = after
	}
	return m
}

// oneTransform is the map of one transform function.
func oneTransform(name string, a []float64) matrix {
	at := func(i int, or float64) float64 {
		if i < len(a) {
			return a[i]
		}
		return or
	}
	switch name {
	case "translate":
		return matrix{1, 0, 0, 1, at(0, 0), at(1, 0)}
	case "scale":
		return matrix{at(0, 1), 0, 0, at(1, at(0, 1)), 0, 0}
	case "rotate":
		sin, cos := sinCos(at(0, 0))
		turn := matrix{cos, sin, -sin, cos, 0, 0}
		x, y := at(1, 0), at(2, 0)
		return matrix{1, 0, 0, 1, x, y}.times(turn).times(matrix{1, 0, 0, 1, -x, -y})
	case "skewX", "skewY":
		sin, cos := sinCos(at(0, 0))
		if math.Abs(cos) < 1e-6 {
			break
		}
		if name == "skewX" {
			return matrix{1, 0, sin / cos, 1, 0, 0}
		}
		return matrix{1, sin / cos, 0, 1, 0, 0}
	case "matrix":
		if len(a) == 6 {
			return matrix(a)
		}
	}
	return matrix{1, 0, 0, 1, 0, 0}
}

// sinCos returns sine and cosine of degrees by their Taylor series, whose
// steps round the same on every machine.
func sinCos(degrees float64) (sin, cos float64) {
	degrees = math.Mod(degrees, 360)
	quarters := math.Round(degrees / 90)
	x := mul(degrees-mul(quarters, 90), math.Pi/180)
	term := x
	for i := 1; i < 12; i++ {
		sin += term
		term = mul(-term, mul(x, x)) / float64(2*i*(2*i+1))
	}
	term = 1
	for i := 1; i < 12; i++ {
		cos += term
		term = mul(-term, mul(x, x)) / float64((2*i-1)*2*i)
	}
	switch (int(quarters)%4 + 4) % 4 {
	case 1:
		return cos, -sin
	case 2:
		return -sin, -cos
	case 3:
		return -cos, sin
	}
	return sin, cos
}
