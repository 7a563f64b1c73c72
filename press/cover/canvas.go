package cover

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Drawings are computed in floating point, with every product rounded by
// itself: a fused multiply-add would give other bytes on other machines.

// mul is a product that no compiler fuses with a sum.
func mul(a, b float64) float64 { return float64(a * b) }

// halved is a half, rounded by itself like a product.
func halved(a float64) float64 { return float64(a / 2) }

// mix is the point so much of the way from a to b.
func mix(a, b, part float64) float64 { return a + mul(b-a, part) }

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

// vec is a point or a direction, y downwards.
type vec struct{ x, y float64 }

func (v vec) plus(w vec) vec          { return vec{v.x + w.x, v.y + w.y} }
func (v vec) minus(w vec) vec         { return vec{v.x - w.x, v.y - w.y} }
func (v vec) times(k float64) vec     { return vec{mul(v.x, k), mul(v.y, k)} }
func (v vec) to(w vec, p float64) vec { return vec{mix(v.x, w.x, p), mix(v.y, w.y, p)} }
func (v vec) length() float64         { return math.Sqrt(mul(v.x, v.x) + mul(v.y, v.y)) }

// turned is the direction of an angle, clockwise from the right, so long.
func turned(degrees, length float64) vec {
	sin, cos := sinCos(degrees)
	return vec{mul(cos, length), mul(sin, length)}
}

// canvas is an SVG file while it is drawn.
type canvas struct {
	out strings.Builder
	ids int
}

// put writes one line of SVG.
func (c *canvas) put(format string, args ...any) {
	fmt.Fprintf(&c.out, format, args...)
	c.out.WriteByte('\n')
}

// id returns a name that no other thing of the drawing has.
func (c *canvas) id() string {
	c.ids++
	return "cover-" + strconv.Itoa(c.ids)
}

// rect fills a box.
func (c *canvas) rect(x, y, w, h float64, color string) {
	c.put(`<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`, num(x), num(y), num(w), num(h), color)
}

// disc fills a circle.
func (c *canvas) disc(at vec, r float64, color string) {
	c.put(`<circle cx="%s" cy="%s" r="%s" fill="%s"/>`, num(at.x), num(at.y), num(r), color)
}

// ring strokes a circle.
func (c *canvas) ring(at vec, r, width float64, color string) {
	c.put(`<circle cx="%s" cy="%s" r="%s" fill="none" stroke="%s" stroke-width="%s"/>`, num(at.x), num(at.y), num(r), color, num(width))
}

// fill fills an outline.
func (c *canvas) fill(p *path, color string) { c.put(`<path d="%s" fill="%s"/>`, p.d, color) }

// stroke draws along an outline, with round ends and corners.
func (c *canvas) stroke(p *path, width float64, color string) {
	c.put(`<path d="%s" fill="none" stroke="%s" stroke-width="%s" stroke-linecap="round" stroke-linejoin="round"/>`, p.d, color, num(width))
}

// line draws a straight line.
func (c *canvas) line(a, b vec, width float64, color string) {
	c.put(`<path d="M%s %sL%s %s" fill="none" stroke="%s" stroke-width="%s"/>`, num(a.x), num(a.y), num(b.x), num(b.y), color, num(width))
}

// clipped draws what f draws inside an outline only.
func (c *canvas) clipped(p *path, f func()) {
	id := c.id()
	c.put(`<clipPath id="%s"><path d="%s"/></clipPath>`, id, p.d)
	c.put(`<g clip-path="url(#%s)">`, id)
	f()
	c.put(`</g>`)
}

// path is an outline while it is made.
type path struct{ d []byte }

// add writes a step and its numbers.
func (p *path) add(verb byte, numbers ...float64) *path {
	p.d = append(p.d, verb)
	for i, n := range numbers {
		if i > 0 {
			p.d = append(p.d, ' ')
		}
		p.d = appendNum(p.d, n)
	}
	return p
}

func (p *path) move(a vec) *path        { return p.add('M', a.x, a.y) }
func (p *path) to(a vec) *path          { return p.add('L', a.x, a.y) }
func (p *path) curve(a, b, e vec) *path { return p.add('C', a.x, a.y, b.x, b.y, e.x, e.y) }
func (p *path) bend(a, e vec) *path     { return p.add('Q', a.x, a.y, e.x, e.y) }
func (p *path) close() *path            { return p.add('Z') }

// arc goes to a point on a circle; right turns clockwise, far takes the longer way.
func (p *path) arc(r float64, far, right bool, e vec) *path {
	flag := map[bool]float64{true: 1}
	return p.add('A', r, r, 0, flag[far], flag[right], e.x, e.y)
}

// poly makes an outline of straight lines.
func poly(points ...vec) *path {
	p := (&path{}).move(points[0])
	for _, v := range points[1:] {
		p.to(v)
	}
	return p.close()
}

// box makes the outline of a box.
func box(x, y, w, h float64) *path {
	return poly(vec{x, y}, vec{x + w, y}, vec{x + w, y + h}, vec{x, y + h})
}

// smooth makes an open outline through points, rounded by the rule of Catmull
// and Rom.
func smooth(points []vec) *path {
	p := (&path{}).move(points[0])
	p.through(points)
	return p
}

// through goes on smoothly from the first of the points to the last.
func (p *path) through(points []vec) {
	last := len(points) - 1
	closed := last > 2 && points[0] == points[last]
	at := func(i int) vec {
		if closed {
			return points[(i+last)%last]
		}
		return points[min(max(i, 0), last)]
	}
	for i := range len(points) - 1 {
		a := at(i).plus(at(i + 1).minus(at(i - 1)).times(1.0 / 6))
		b := at(i + 1).minus(at(i + 2).minus(at(i)).times(1.0 / 6))
		p.curve(a, b, at(i+1))
	}
}

// num writes a number with at most one decimal.
func num(v float64) string { return string(appendNum(nil, v)) }

// appendNum appends a number with at most one decimal.
func appendNum(b []byte, v float64) []byte {
	return appendTenths(b, int64(math.Round(mul(v, 10))), false)
}

// appendTenths appends a number of tenths, divided from the one before by a
// blank if it is not the first and has no sign.
func appendTenths(b []byte, t int64, next bool) []byte {
	if next && t >= 0 {
		b = append(b, ' ')
	}
	if t < 0 {
		b = append(b, '-')
		t = -t
	}
	b = strconv.AppendInt(b, t/10, 10)
	if t%10 != 0 {
		b = append(b, '.', byte('0'+t%10))
	}
	return b
}

// appendFine appends a number with at most four decimals.
func appendFine(b []byte, v float64) []byte {
	return strconv.AppendFloat(b, math.Round(mul(v, 10000))/10000, 'f', -1, 64)
}

// xmlText escapes a text for XML, between tags and in attributes.
func xmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(s)
}
