package raster

import (
	"image"
	"image/draw"
	"math"

	"quire/press"
)

// picture draws a bitmap over its rectangle. Each pixel is the mean of what it
// shows of the picture.
func (c *canvas) picture(p *press.Picture) {
	src := c.decoded(p.Image)
	if src == nil || p.W <= 0 || p.H <= 0 {
		return
	}
	a := c.place(press.Point2{X: p.X, Y: p.Y})
	b := c.place(press.Point2{X: p.X + p.W, Y: p.Y + p.H})
	clamp := func(v float64) int { return int(min(max(v, -1<<20), 1<<20)) }
	box := image.Rect(clamp(math.Floor(a.x)), clamp(math.Floor(a.y)), clamp(math.Ceil(b.x)), clamp(math.Ceil(b.y))).Intersect(c.seen())
	if box.Empty() {
		return
	}
	cols := spread(a.x, b.x, box.Min.X, box.Dx(), src.Bounds().Dx())
	rows := spread(a.y, b.y, box.Min.Y, box.Dy(), src.Bounds().Dy())
	full := &mask{box: box, pix: make([]uint8, box.Dx()*box.Dy())}
	for i := range full.pix {
		full.pix[i] = 255
	}
	c.blend(full, sheet{shrink(src, box, cols, rows)})
}

// decoded returns the picture's pixels, nil if it has none.
func (c *canvas) decoded(img *press.Image) image.Image {
	if got, ok := c.pictures[img]; ok {
		return got
	}
	got, err := img.Decode()
	if err != nil {
		got = nil
	}
	c.pictures[img] = got
	return got
}

// part is what a pixel shows of a picture along one axis: from is the first of
// the picture's own pixels, weights tell how much of each, in 1/4096 of the
// pixel.
type part struct {
	from    int
	weights []uint32
}

// spread cuts the picture's n pixels, which reach from a to b, into count parts
// from pixel first on.
func spread(a, b float64, first, count, n int) []part {
	const one = 4096
	out := make([]part, count)
	k := float64(n) / (b - a)
	for i := range out {
		left, right := float64(first+i), float64(first+i+1)
		lo, hi := mul(max(left, a)-a, k), mul(min(right, b)-a, k)
		from := min(max(int(math.Floor(lo)), 0), n-1)
		to := min(max(int(math.Ceil(hi)), from+1), n)
		whole := mul(right-left, k) // a pixel that the picture covers in part is clear in part
		w := make([]uint32, to-from)
		for j := range w {
			share := min(hi, float64(from+j+1)) - max(lo, float64(from+j))
			w[j] = uint32(math.Round(mul(max(share, 0)/whole, one)))
		}
		out[i] = part{from, w}
	}
	return out
}

// shrink draws the parts of a picture as pixels.
func shrink(src image.Image, box image.Rectangle, cols, rows []part) *image.RGBA {
	out := image.NewRGBA(box)
	b := src.Bounds()
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	flat := make([]uint32, 4*len(cols)) // a row of the picture at the bitmap's width, in 1/4096
	sum := make([]uint64, 4*len(cols))
	have := -1
	for y, r := range rows {
		clear(sum)
		for j, w := range r.weights {
			if at := r.from + j; at != have {
				draw.Draw(line, line.Rect, src, image.Pt(b.Min.X, b.Min.Y+at), draw.Src)
				narrow(line.Pix, cols, flat)
				have = at
			}
			for i, v := range flat {
				sum[i] += uint64(v) * uint64(w)
			}
		}
		pix := out.Pix[y*out.Stride:]
		for i, v := range sum {
			pix[i] = uint8(min((v+1<<23)>>24, 255))
		}
	}
	return out
}

// narrow sums a row of pixels up into the parts of a row.
func narrow(pix []uint8, cols []part, out []uint32) {
	for i, p := range cols {
		var s [4]uint32
		for j, w := range p.weights {
			q := pix[4*(p.from+j):]
			for k := range 4 {
				s[k] += uint32(q[k]) * w
			}
		}
		copy(out[4*i:], s[:])
	}
}
