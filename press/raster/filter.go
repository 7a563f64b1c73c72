package raster

import (
	"image"
	"math"

	"quire/press"
)

// The effects below work on premultiplied bitmaps of one size, as the Filter
// Effects specification of CSS describes them.

// Flood returns a bitmap of one colour.
func Flood(box image.Rectangle, c press.Color) *image.RGBA {
	out := image.NewRGBA(box)
	p := premultiplied(c)
	for i := 0; i < len(out.Pix); i += 4 {
		copy(out.Pix[i:], p[:])
	}
	return out
}

// Alpha returns how opaque a bitmap is, in black.
func Alpha(in *image.RGBA) *image.RGBA {
	out := image.NewRGBA(in.Rect)
	for i := 3; i < len(in.Pix); i += 4 {
		out.Pix[i] = in.Pix[i]
	}
	return out
}

// Offset moves a bitmap by whole pixels.
func Offset(in *image.RGBA, dx, dy int) *image.RGBA {
	out := image.NewRGBA(in.Rect)
	w, h := in.Rect.Dx(), in.Rect.Dy()
	from, to := max(0, dx), min(w, w+dx)
	for y := max(0, dy); y < min(h, h+dy) && from < to; y++ {
		copy(out.Pix[y*out.Stride+4*from:y*out.Stride+4*to], in.Pix[(y-dy)*in.Stride+4*(from-dx):])
	}
	return out
}

// Blur blurs a bitmap with standard deviations in pixels: three box blurs come
// near to a Gaussian one (Filter Effects 1, 9.14).
func Blur(in *image.RGBA, sx, sy float64) *image.RGBA {
	out := image.NewRGBA(in.Rect)
	copy(out.Pix, in.Pix)
	w, h := in.Rect.Dx(), in.Rect.Dy()
	for _, size := range boxes(sx, w) {
		for y := range h {
			smear(out.Pix[y*out.Stride:], 4, w, size)
		}
	}
	for _, size := range boxes(sy, h) {
		for x := range w {
			smear(out.Pix[4*x:], out.Stride, h, size)
		}
	}
	return out
}

// boxBlur is one box blur: how wide, and how many pixels of it lie before.
type boxBlur struct{ size, before int }

// boxes returns the three blurs that make a Gaussian one.
func boxes(sigma float64, most int) []boxBlur {
	d := int(math.Floor(mul(min(sigma, float64(most)), 1.8799712059732503) + 0.5)) // 3×√(2π)/4
	switch {
	case !(sigma > 0) || d < 2:
		return nil
	case d%2 == 1:
		return []boxBlur{{d, d / 2}, {d, d / 2}, {d, d / 2}}
	}
	return []boxBlur{{d, d / 2}, {d, d/2 - 1}, {d + 1, d / 2}}
}

// smear replaces each of n pixels, step bytes apart, by the mean of its box.
func smear(pix []uint8, step, n int, b boxBlur) {
	line := make([]uint8, 4*n)
	for i := range n {
		copy(line[4*i:4*i+4], pix[i*step:i*step+4])
	}
	var sum [4]int
	add := func(i, sign int) {
		if i < 0 || i >= n {
			return
		}
		for c := range sum {
			sum[c] += sign * int(line[4*i+c])
		}
	}
	for i := -b.before; i < b.size-b.before; i++ {
		add(i, 1)
	}
	for i := range n {
		for c, v := range sum {
			pix[i*step+c] = uint8((v + b.size/2) / b.size)
		}
		add(i-b.before, -1)
		add(i-b.before+b.size, 1)
	}
}

// Compose combines two bitmaps as feComposite does; op arithmetic takes four
// numbers.
func Compose(op string, a, b *image.RGBA, k [4]float64) *image.RGBA {
	out := image.NewRGBA(a.Rect)
	for i := 0; i < len(out.Pix); i += 4 {
		x, y := a.Pix[i:i+4], b.Pix[i:i+4]
		fx, fy := uint8(255), 255-x[3] // over
		switch op {
		case "in":
			fx, fy = y[3], 0
		case "out":
			fx, fy = 255-y[3], 0
		case "atop":
			fx, fy = y[3], 255-x[3]
		case "xor":
			fx, fy = 255-y[3], 255-x[3]
		case "lighter":
			fx, fy = 255, 255
		}
		for c := range 4 {
			if op == "arithmetic" {
				u, v := float64(x[c])/255, float64(y[c])/255
				out.Pix[i+c] = eighth(mul(mul(k[0], u), v) + mul(k[1], u) + mul(k[2], v) + k[3])
				continue
			}
			out.Pix[i+c] = uint8(min(int(scale(x[c], fx))+int(scale(y[c], fy)), 255))
		}
		for c := range 3 { // no colour is brighter than it is opaque
			out.Pix[i+c] = min(out.Pix[i+c], out.Pix[i+3])
		}
	}
	return out
}

// Multiply blends two bitmaps by multiplying their colours.
func Multiply(a, b *image.RGBA) *image.RGBA {
	out := image.NewRGBA(a.Rect)
	for i := 0; i < len(out.Pix); i += 4 {
		x, y := a.Pix[i:i+4], b.Pix[i:i+4]
		for c := range 4 {
			v := int(scale(255-x[3], y[c])) + int(scale(255-y[3], x[c])) + int(scale(x[c], y[c]))
			out.Pix[i+c] = uint8(min(v, 255))
		}
	}
	return out
}

// Recolor maps the colours of a bitmap, each not premultiplied and from 0 to 1,
// in linear light or as they stand.
func Recolor(in *image.RGBA, linear bool, f func([4]float64) [4]float64) *image.RGBA {
	out := image.NewRGBA(in.Rect)
	seen := map[[4]uint8][4]uint8{}
	for i := 0; i < len(in.Pix); i += 4 {
		p := [4]uint8(in.Pix[i : i+4])
		q, ok := seen[p]
		if !ok {
			q = recolor(p, linear, f)
			if len(seen) < 1<<16 {
				seen[p] = q
			}
		}
		copy(out.Pix[i:], q[:])
	}
	return out
}

// recolor maps one colour.
func recolor(p [4]uint8, linear bool, f func([4]float64) [4]float64) [4]uint8 {
	v := [4]float64{3: float64(p[3]) / 255}
	for c := range 3 {
		if p[3] > 0 {
			v[c] = min(float64(p[c])/float64(p[3]), 1)
		}
		if linear {
			v[c] = light(v[c])
		}
	}
	v = f(v)
	out := [4]uint8{3: eighth(v[3])}
	for c := range 3 {
		x := min(max(v[c], 0), 1)
		if linear {
			x = dark(x)
		}
		out[c] = scale(eighth(x), out[3])
	}
	return out
}

// light and dark turn sRGB into linear light and back (IEC 61966-2-1).
func light(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func dark(v float64) float64 {
	if v <= 0.0031308 {
		return mul(v, 12.92)
	}
	return mul(1.055, math.Pow(v, 1/2.4)) - 0.055
}

// eighth turns a part of 1 into a part of 255.
func eighth(v float64) uint8 { return uint8(math.Round(mul(min(max(v, 0), 1), 255))) }
