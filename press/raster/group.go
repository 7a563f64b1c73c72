package raster

import (
	"image"

	"quire/press"
)

// group draws ops as one.
func (c *canvas) group(g *press.Group) {
	clip, ok := c.within(g.Clip)
	if !ok || g.Clear == 255 {
		return
	}
	inner := &canvas{shared: c.shared, img: c.img, clip: clip}
	if g.Clear == 0 && g.Mask == nil {
		inner.ops(g.Ops)
		return
	}
	box := inner.seen()
	if box.Empty() {
		return
	}
	layer := &canvas{shared: c.shared, img: image.NewRGBA(box)}
	layer.ops(g.Ops)
	cover := &mask{box: box, pix: make([]uint8, box.Dx()*box.Dy())}
	for i := range cover.pix {
		cover.pix[i] = 255 - g.Clear
	}
	if g.Mask != nil {
		cover.times(c.bright(g.Mask, box))
	}
	inner.blend(cover, sheet{layer.img})
}

// within returns the clip inside the canvas's own that the shapes leave; false
// when they leave nothing.
func (c *canvas) within(shapes []press.Clip) (*mask, bool) {
	now := &canvas{shared: c.shared, img: c.img, clip: c.clip}
	for _, s := range shapes {
		var polygons [][]dot
		for _, ch := range flatten(s.Segments, c.place) {
			polygons = append(polygons, dots(ch.points))
		}
		m := &mask{}
		if !now.covered(polygons, s.EvenOdd, m) {
			return nil, false
		}
		if now.clip != nil {
			m.times(now.clip)
		}
		now.clip = m
	}
	return now.clip, true
}

// bright draws a mask's group and returns its brightness times its opacity:
// since the colours are premultiplied, that is the luminance as it stands.
func (c *canvas) bright(g *press.Group, box image.Rectangle) *mask {
	layer := &canvas{shared: c.shared, img: image.NewRGBA(box)}
	layer.group(g)
	m := &mask{box: box, pix: make([]uint8, box.Dx()*box.Dy())}
	for i := range m.pix {
		p := layer.img.Pix[4*i:]
		// Rec. 709, as CSS Masking 1 has it
		m.pix[i] = uint8((2126*uint32(p[0]) + 7152*uint32(p[1]) + 722*uint32(p[2]) + 5000) / 10000)
	}
	return m
}

// sheet is a bitmap as an ink.
type sheet struct{ img *image.RGBA }

func (s sheet) at(x, y int) [4]uint8 {
	return [4]uint8(s.img.Pix[s.img.PixOffset(x, y):])
}
