package layout

import (
	"math"
	"strings"
)

// step is a step of an outline in the drawing's own units.
type step struct {
	verb byte // 'M', 'L', 'C', 'Z'
	p    [6]float64
}

// kappa makes a quarter of a circle out of a cubic curve.
const kappa = 0.5522847498

// outlineOf returns the outline of a shape, nil if it is none.
func (d *svgDrawer) outlineOf(n *svgNode, st svgState) []step {
	x, y := func(name string) float64 { return st.wide(n.attr[name]) }, func(name string) float64 { return st.high(n.attr[name]) }
	var out []step
	switch n.name {
	case "rect":
		out = rectOutline(n, st)
	case "circle":
		r := st.across(n.attr["r"])
		out = ellipse(x("cx"), y("cy"), r, r)
	case "ellipse":
		rx, ry := auto(n, st)
		out = ellipse(x("cx"), y("cy"), rx, ry)
	case "line":
		out = []step{{'M', [6]float64{x("x1"), y("y1")}}, {'L', [6]float64{x("x2"), y("y2")}}}
	case "polyline", "polygon":
		out = polygon(numbers(n.attr["points"]), n.name == "polygon")
	case "path":
		out = parsePath(n.attr["d"])
	}
	if d.steps += len(out); d.steps > maxSVGSteps {
		d.over = true
		return nil
	}
	return out
}

// auto reads the radii rx and ry, of which one may stand for both.
func auto(n *svgNode, st svgState) (rx, ry float64) {
	x, y := n.attr["rx"], n.attr["ry"]
	if x == "" || x == "auto" {
		x = y
	}
	if y == "" || y == "auto" {
		y = x
	}
	return max(st.wide(x), 0), max(st.high(y), 0)
}

// polygon joins points by lines.
func polygon(p []float64, closed bool) []step {
	var out []step
	for i := 0; i+1 < len(p); i += 2 {
		verb := byte('L')
		if i == 0 {
			verb = 'M'
		}
		out = append(out, step{verb, [6]float64{p[i], p[i+1]}})
	}
	if closed && len(out) > 0 {
		out = append(out, step{verb: 'Z'})
	}
	return out
}

// ellipse is four curves around a middle.
func ellipse(cx, cy, rx, ry float64) []step {
	if rx <= 0 || ry <= 0 {
		return nil
	}
	kx, ky := mul(rx, kappa), mul(ry, kappa)
	return []step{
		{'M', [6]float64{cx + rx, cy}},
		{'C', [6]float64{cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry}},
		{'C', [6]float64{cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy}},
		{'C', [6]float64{cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry}},
		{'C', [6]float64{cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy}},
		{verb: 'Z'},
	}
}

// rectOutline is a rectangle, its corners round if the element says so.
func rectOutline(n *svgNode, st svgState) []step {
	x, y, w, h := st.wide(n.attr["x"]), st.high(n.attr["y"]), st.wide(n.attr["width"]), st.high(n.attr["height"])
	if w <= 0 || h <= 0 {
		return nil
	}
	rx, ry := auto(n, st)
	rx, ry = min(rx, w/2), min(ry, h/2)
	if rx <= 0 || ry <= 0 {
		return polygon([]float64{x, y, x + w, y, x + w, y + h, x, y + h}, true)
	}
	c, e := rx-mul(rx, kappa), ry-mul(ry, kappa)
	return []step{
		{'M', [6]float64{x + rx, y}}, {'L', [6]float64{x + w - rx, y}}, {'C', [6]float64{x + w - c, y, x + w, y + e, x + w, y + ry}},
		{'L', [6]float64{x + w, y + h - ry}}, {'C', [6]float64{x + w, y + h - e, x + w - c, y + h, x + w - rx, y + h}},
		{'L', [6]float64{x + rx, y + h}}, {'C', [6]float64{x + c, y + h, x, y + h - e, x, y + h - ry}},
		{'L', [6]float64{x, y + ry}}, {'C', [6]float64{x, y + e, x + c, y, x + rx, y}}, {verb: 'Z'},
	}
}

// pathReader follows the commands of a path.
type pathReader struct {
	out            []step
	x, y           float64 // where the pen is
	startX, startY float64 // of the subpath
	ctrlX, ctrlY   float64 // last control point
	last           byte    // last command in capitals
}

// arity is how many numbers each command takes.
var arity = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'A': 7, 'Z': 0}

// parsePath reads a path's data; it ends at the first mistake.
func parsePath(d string) []step {
	r := &pathReader{}
	for d != "" && len(r.out) <= maxSVGSteps {
		i := strings.IndexAny(d, "MmLlHhVvCcSsQqTtAaZz")
		if i < 0 {
			break
		}
		cmd := d[i]
		d = d[i+1:]
		end := strings.IndexAny(d, "MmLlHhVvCcSsQqTtAaZz")
		if end < 0 {
			end = len(d)
		}
		if !r.command(cmd, d[:end]) {
			break
		}
		d = d[end:]
	}
	return r.out
}

// command runs a command for all its numbers.
func (r *pathReader) command(cmd byte, args string) bool {
	upper := cmd &^ 0x20
	n := arity[upper]
	if n == 0 {
		if len(r.out) == 0 {
			return false
		}
		r.out = append(r.out, step{verb: 'Z'})
		r.x, r.y, r.last = r.startX, r.startY, 'Z'
		return true
	}
	if upper == 'A' {
		args = spreadFlags(args)
	}
	nums := numbers(args)
	if len(nums) < n || len(r.out) == 0 && upper != 'M' {
		return false
	}
	relative, whole := cmd != upper, len(nums)%n == 0
	for ; len(nums) >= n; nums = nums[n:] {
		r.one(upper, relative, nums[:n])
		if upper == 'M' {
			upper = 'L'
		}
	}
	return whole
}

// one runs a command once.
func (r *pathReader) one(cmd byte, relative bool, a []float64) {
	ox, oy := 0.0, 0.0
	if relative {
		ox, oy = r.x, r.y
	}
	mirrorX, mirrorY := r.x, r.y
	if cmd == 'S' && (r.last == 'C' || r.last == 'S') || cmd == 'T' && (r.last == 'Q' || r.last == 'T') {
		mirrorX, mirrorY = mul(2, r.x)-r.ctrlX, mul(2, r.y)-r.ctrlY
	}
	switch cmd {
	case 'M':
		r.move(ox+a[0], oy+a[1])
	case 'L':
		r.line(ox+a[0], oy+a[1])
	case 'H':
		r.line(ox+a[0], r.y)
	case 'V':
		r.line(r.x, oy+a[0])
	case 'C':
		r.curve(ox+a[0], oy+a[1], ox+a[2], oy+a[3], ox+a[4], oy+a[5])
	case 'S':
		r.curve(mirrorX, mirrorY, ox+a[0], oy+a[1], ox+a[2], oy+a[3])
	case 'Q':
		r.quadratic(ox+a[0], oy+a[1], ox+a[2], oy+a[3])
	case 'T':
		r.quadratic(mirrorX, mirrorY, ox+a[0], oy+a[1])
	case 'A':
		r.arc(a[0], a[1], a[2], a[3] != 0, a[4] != 0, ox+a[5], oy+a[6])
	}
	r.last = cmd
}

// move begins a subpath.
func (r *pathReader) move(x, y float64) {
	r.x, r.y, r.startX, r.startY = x, y, x, y
	r.out = append(r.out, step{'M', [6]float64{x, y}})
}

// line draws a straight line.
func (r *pathReader) line(x, y float64) {
	r.x, r.y = x, y
	r.out = append(r.out, step{'L', [6]float64{x, y}})
}

// curve draws a cubic curve.
func (r *pathReader) curve(x1, y1, x2, y2, x, y float64) {
	r.x, r.y, r.ctrlX, r.ctrlY = x, y, x2, y2
	r.out = append(r.out, step{'C', [6]float64{x1, y1, x2, y2, x, y}})
}

// quadratic raises a quadratic curve to a cubic one.
func (r *pathReader) quadratic(cx, cy, x, y float64) {
	x0, y0 := r.x, r.y
	third := func(from, to float64) float64 { return from + mul(to-from, 2)/3 }
	r.curve(third(x0, cx), third(y0, cy), third(x, cx), third(y, cy), x, y)
	r.ctrlX, r.ctrlY = cx, cy
}

// spreadFlags puts blanks around the flags of an arc, which may stand without.
func spreadFlags(s string) string {
	var b strings.Builder
	n, in := 0, false // numbers seen, inside a number
	for i := range len(s) {
		c := s[i]
		digit := c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E' || (c == '-' || c == '+') && i > 0 && (s[i-1] == 'e' || s[i-1] == 'E')
		sign := c == '-' || c == '+'
		switch {
		case !in && (n%7 == 3 || n%7 == 4) && (c == '0' || c == '1'):
			b.WriteByte(' ')
			b.WriteByte(c)
			b.WriteByte(' ')
			n++
			continue
		case digit && !in, sign && !digit:
			if in {
				n++
			}
			in = true
		case !digit && in:
			in = false
			n++
		}
		b.WriteByte(c)
	}
	return b.String()
}

// arc draws a part of an ellipse (SVG 1.1, F.6) as cubic curves, with square
// roots as its only irrational steps.
func (r *pathReader) arc(rx, ry, turn float64, large, sweep bool, x, y float64) {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || x == r.x && y == r.y {
		r.line(x, y)
		return
	}
	sin, cos := sinCos(turn)
	toUnit := matrix{cos / rx, -sin / ry, sin / rx, cos / ry, 0, 0}
	back := matrix{mul(cos, rx), mul(sin, rx), mul(-sin, ry), mul(cos, ry), 0, 0}
	x0, y0 := toUnit.apply(r.x, r.y)
	x1, y1 := toUnit.apply(x, y)
	dx, dy := (x1-x0)/2, (y1-y0)/2
	half := mul(dx, dx) + mul(dy, dy) // squared half chord
	if half > 1 {                     // too far apart: the ellipse grows
		k := math.Sqrt(half)
		r.arc(mul(rx, k)+1e-9, mul(ry, k)+1e-9, turn, large, sweep, x, y)
		return
	}
	h := math.Sqrt(max(0, 1/half-1))
	if large == sweep {
		h = -h
	}
	cx, cy := mul(x0+x1, 0.5)-mul(h, dy), mul(y0+y1, 0.5)+mul(h, dx)
	sign := -1.0
	if sweep {
		sign = 1
	}
	r.unitArc(back, cx, cy, [2]float64{x0 - cx, y0 - cy}, [2]float64{x1 - cx, y1 - cy}, sign, 0)
	r.x, r.y = x, y
}

// unitArc draws from u to v around a middle on the unit circle, in halves until
// each is less than a right angle.
func (r *pathReader) unitArc(back matrix, cx, cy float64, u, v [2]float64, sign float64, depth int) {
	dot := mul(u[0], v[0]) + mul(u[1], v[1])
	cross := mul(sign, mul(u[0], v[1])-mul(u[1], v[0]))
	if depth < 4 && (dot < 0.1 || cross < 0) {
		mid := [2]float64{u[0] + v[0], u[1] + v[1]}
		n := math.Sqrt(mul(mid[0], mid[0]) + mul(mid[1], mid[1]))
		if n < 1e-6 { // opposite: a quarter turn from u
			mid, n = [2]float64{mul(-sign, u[1]), mul(sign, u[0])}, 1
		} else if cross < 0 {
			n = -n
		}
		mid[0], mid[1] = mid[0]/n, mid[1]/n
		r.unitArc(back, cx, cy, u, mid, sign, depth+1)
		r.unitArc(back, cx, cy, mid, v, sign, depth+1)
		return
	}
	c := math.Sqrt(max(0, (1+dot)/2)) // cosine of half the angle
	s := math.Sqrt(max(0, (1-dot)/2))
	k := 0.0
	if s > 1e-9 {
		k = mul(sign, mul(4.0/3, (1-c)/s))
	}
	p := func(x, y float64) (float64, float64) { return back.apply(cx+x, cy+y) }
	x1, y1 := p(u[0]-mul(k, u[1]), u[1]+mul(k, u[0]))
	x2, y2 := p(v[0]+mul(k, v[1]), v[1]-mul(k, v[0]))
	x, y := p(v[0], v[1])
	r.curve(x1, y1, x2, y2, x, y)
}
