// Package raster draws a display list as a bitmap, for previews of pages and
// for the parts of drawings that no vectors can say.
package raster

import (
	"image"
	"math"

	"quire/press"
	"quire/press/font"
)

// Frame is the part of a page that becomes a bitmap, and how finely.
type Frame struct {
	X, Y, W, H press.Pt
	DPI        int // dots an inch
}

// MaxPixels bounds a bitmap; a larger frame is drawn coarser.
const MaxPixels = 64 << 20

// Draw draws ops inside a frame on clear ground. The bitmap is the same on
// every machine.
func Draw(ops []press.Op, f Frame, glyphs *font.Outlines) *image.RGBA {
	f.W, f.H, f.DPI = max(f.W, 1), max(f.H, 1), max(f.DPI, 1)
	k := mul(float64(f.DPI), 1.0/float64(press.Inch))
	if n := mul(mul(float64(f.W), k), mul(float64(f.H), k)); n > MaxPixels {
		k = mul(k, math.Sqrt(MaxPixels/n))
	}
	size := func(p press.Pt) int { return min(max(int(math.Ceil(mul(float64(p), k)-0.01)), 1), MaxPixels) }
	box := image.Rect(0, 0, size(f.W), size(f.H))
	c := &canvas{shared: &shared{k: k, x: f.X, y: f.Y, glyphs: glyphs, pictures: map[*press.Image]image.Image{}}, img: image.NewRGBA(box)}
	c.ops(ops)
	return c.img
}

// shared is what the canvases of one bitmap have in common.
type shared struct {
	k        float64  // pixels a unit
	x, y     press.Pt // what stands at the corner
	glyphs   *font.Outlines
	pictures map[*press.Image]image.Image // nil is damaged
	scan     scanner
	cover    mask
	dashes   int // drawn so far
}

// canvas is a bitmap that is drawn on; clip may hide parts of it.
type canvas struct {
	*shared
	img  *image.RGBA
	clip *mask
}

// place maps a point of the page to pixels.
func (s *shared) place(p press.Point2) vec {
	return vec{mul(float64(p.X-s.x), s.k), mul(float64(p.Y-s.y), s.k)}
}

// ops draws things in their order.
func (c *canvas) ops(list []press.Op) {
	for _, op := range list {
		switch t := op.(type) {
		case *press.Line:
			for i := range t.Runs {
				c.run(&t.Runs[i])
			}
			for i := range t.Rules {
				c.path(t.Rules[i].Path())
			}
		case *press.Path:
			c.path(t)
		case *press.Picture:
			c.picture(t)
		case *press.Group:
			c.group(t)
		}
	}
}

// path fills and strokes a shape.
func (c *canvas) path(p *press.Path) {
	chains := flatten(p.Segments, c.place)
	if p.Fill != nil {
		c.fill(chains, p.EvenOdd, c.ink(p.Fill))
	}
	if p.Stroke != nil {
		c.stroke(chains, p.Stroke)
	}
}

// fill fills chains.
func (c *canvas) fill(chains []chain, evenOdd bool, with ink) {
	polygons := make([][]dot, 0, len(chains))
	for _, ch := range chains {
		if len(ch.points) > 2 {
			polygons = append(polygons, dots(ch.points))
		}
	}
	c.polygons(polygons, evenOdd, with)
}

// dots maps points to the scanner's steps.
func dots(p []vec) []dot {
	out := make([]dot, len(p))
	for i := range p {
		out[i] = p[i].dots()
	}
	return out
}

// stroke draws a line along chains.
func (c *canvas) stroke(chains []chain, s *press.Stroke) {
	width := max(mul(float64(s.Width), c.k), 0.2) // a hairline is still seen
	limit := 10.0
	if s.MiterLimit > 0 {
		limit = float64(s.MiterLimit) / 1000
	}
	var polygons [][]dot
	p := &pen{half: width / 2, limit: limit, style: s, add: func(d []dot) { polygons = append(polygons, d) }}
	dash := make([]float64, len(s.Dash))
	for i, d := range s.Dash {
		dash[i] = mul(float64(max(d, 0)), c.k)
	}
	for _, ch := range chains {
		pieces := dashed(ch, dash, maxDashes-c.dashes)
		c.dashes += len(pieces) - 1
		for _, piece := range pieces {
			p.draw(piece)
		}
	}
	c.polygons(polygons, false, c.ink(&s.Paint))
}

// polygons fills polygons with a paint.
func (c *canvas) polygons(list [][]dot, evenOdd bool, with ink) {
	if with == nil || !c.covered(list, evenOdd, &c.cover) {
		return
	}
	c.blend(&c.cover, with)
}

// covered scans polygons into a mask; false when nothing of them is seen.
func (c *canvas) covered(list [][]dot, evenOdd bool, to *mask) bool {
	box := extent(list).Intersect(c.seen())
	if box.Empty() {
		return false
	}
	c.scan.begin(box)
	for _, p := range list {
		c.scan.polygon(p)
	}
	c.scan.mask(evenOdd, to)
	return true
}

// seen is the box in which something can be drawn.
func (c *canvas) seen() image.Rectangle {
	if c.clip != nil {
		return c.clip.box.Intersect(c.img.Rect)
	}
	return c.img.Rect
}

// extent is the box of pixels around polygons.
func extent(list [][]dot) image.Rectangle {
	first := true
	var lo, hi dot
	for _, p := range list {
		for _, d := range p {
			if first {
				lo, hi, first = d, d, false
			}
			lo, hi = dot{min(lo.x, d.x), min(lo.y, d.y)}, dot{max(hi.x, d.x), max(hi.y, d.y)}
		}
	}
	if first {
		return image.Rectangle{}
	}
	return image.Rect(int(lo.x>>8), int(lo.y>>8), int((hi.x+sub-1)>>8), int((hi.y+sub-1)>>8))
}

// blend lays a paint over the bitmap where a mask covers it.
func (c *canvas) blend(m *mask, with ink) {
	for y := m.box.Min.Y; y < m.box.Max.Y; y++ {
		cover := m.row(m.box.Min.X, y)[:m.box.Dx()]
		var clip []uint8
		if c.clip != nil {
			clip = c.clip.row(m.box.Min.X, y)
		}
		pix := c.img.Pix[c.img.PixOffset(m.box.Min.X, y):]
		for i, a := range cover {
			if a != 0 && clip != nil {
				a = scale(a, clip[i])
			}
			if a != 0 {
				over(pix[4*i:4*i+4:4*i+4], with.at(m.box.Min.X+i, y), a)
			}
		}
	}
}

// over lays a colour, dimmed to a, over a pixel; both are premultiplied.
func over(pix []uint8, src [4]uint8, a uint8) {
	if a == 255 && src[3] == 255 {
		copy(pix, src[:])
		return
	}
	under := 255 - scale(src[3], a)
	for k := range 4 {
		pix[k] = uint8(min(int(scale(src[k], a))+int(scale(pix[k], under)), 255))
	}
}
