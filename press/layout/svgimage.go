package layout

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/draw"
	"image/png"
	"math"
	"strings"

	"quire/press"
)

// The limits of bitmaps inside drawings.
const (
	bitmapDPI      = 300
	maxBitmap      = 3 << 20  // pixels of a bitmap that we make; a larger one is coarser
	maxTurned      = 16 << 20 // pixels of a picture that stands askew
	maxBitmapWork  = 1 << 26  // pixels that the filters of one drawing work on
	maxInside      = 1 << 28  // pixels of the pictures inside a drawing
	maxInsideBytes = 64 << 20
)

// image places a bitmap that is in the drawing's own data.
func (d *svgDrawer) image(n *svgNode, st svgState) {
	href := n.attr["href"]
	if st.hidden || d.bare || href == "" {
		return
	}
	img := d.embedded(href)
	if img == nil {
		d.warn("shows a picture that is not in it or is damaged; that part of it is left out")
		return
	}
	w, h := st.wide(n.attr["width"]), st.high(n.attr["height"])
	iw, ih := float64(img.Width), float64(img.Height)
	switch {
	case !(w > 0) && !(h > 0):
		w, h = iw, ih
	case !(w > 0):
		w = mul(h, iw) / ih
	case !(h > 0):
		h = mul(w, ih) / iw
	}
	at := st.m.times(matrix{1, 0, 0, 1, st.wide(n.attr["x"]), st.high(n.attr["y"])})
	how := n.attr["preserveAspectRatio"]
	op := d.placedImage(img, at.times(fitted([]float64{0, 0, iw, ih}, how, w, h)))
	if op == nil {
		return
	}
	if strings.Contains(how, "slice") {
		d.add(d.cutTo([]press.Op{op}, at, 0, 0, w, h)...)
		return
	}
	d.add(op)
}

// embedded returns the picture of a data: address, nil if it is none.
func (d *svgDrawer) embedded(href string) *press.Image {
	if img, ok := d.images[href]; ok {
		return img
	}
	d.images[href] = nil
	head, data, ok := strings.Cut(href, ",")
	if !ok || !strings.HasPrefix(head, "data:image/") || !strings.HasSuffix(head, ";base64") || len(data) > maxInsideBytes {
		return nil
	}
	clean := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\r' || r == '\t' || r == '=' {
			return -1
		}
		return r
	}, data)
	raw, err := base64.RawStdEncoding.DecodeString(clean)
	if err != nil {
		return nil
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || cfg.Width <= 0 || cfg.Height <= 0 || cfg.Height > (maxInside-d.inside)/cfg.Width {
		return nil
	}
	d.inside += cfg.Width * cfg.Height
	img, err := press.Bitmap(d.name, raw)
	if err != nil {
		return nil
	}
	d.images[href] = img
	return img
}

// placedImage is a picture whose pixels a map places; one that stands askew is
// made anew, upright.
func (d *svgDrawer) placedImage(img *press.Image, m matrix) press.Op {
	w, h := float64(img.Width), float64(img.Height)
	if lo, hi := m.point(0, 0), m.point(w, h); m[1] == 0 && m[2] == 0 && lo.X < hi.X && lo.Y < hi.Y {
		return &press.Picture{Image: img, X: lo.X, Y: lo.Y, W: hi.X - lo.X, H: hi.Y - lo.Y, Node: d.node}
	}
	back, ok := m.inverse()
	if !ok || img.Width*img.Height > maxTurned || !d.spend(img.Width*img.Height+maxBitmap) {
		return nil
	}
	e := nothing()
	for _, c := range [4][2]float64{{0, 0}, {w, 0}, {0, h}, {w, h}} {
		e = e.with(m.apply(c[0], c[1]))
	}
	pixels, err := img.Decode()
	if err != nil || !(e.w() > 0) || !(e.h() > 0) || e.w() > 1<<24 || e.h() > 1<<24 {
		return nil
	}
	src := image.NewRGBA(image.Rect(0, 0, img.Width, img.Height))
	draw.Draw(src, src.Rect, pixels, pixels.Bounds().Min, draw.Src)
	k := dots(e.w(), e.h())
	out := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(mul(e.w(), k))), int(math.Ceil(mul(e.h(), k)))))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			u, v := back.apply(e.x0+(float64(x)+0.5)/k, e.y0+(float64(y)+0.5)/k)
			sample(src, u-0.5, v-0.5, out.Pix[out.PixOffset(x, y):])
		}
	}
	return d.bitmap(out, e.x0, e.y0, k)
}

// dots is how many pixels a unit of the page has in a bitmap of some width and
// height.
func dots(w, h float64) float64 {
	k := float64(bitmapDPI) / float64(press.Inch)
	if n := mul(mul(w, k), mul(h, k)); n > maxBitmap {
		k = mul(k, math.Sqrt(maxBitmap/n))
	}
	return k
}

// sample mixes the four pixels around a point; outside everything is clear.
func sample(src *image.RGBA, x, y float64, to []uint8) {
	fx, fy := math.Floor(x), math.Floor(y)
	if !(fx >= -1 && fy >= -1 && fx < float64(src.Rect.Dx()) && fy < float64(src.Rect.Dy())) {
		return
	}
	wx, wy := uint32(mul(x-fx, 256)), uint32(mul(y-fy, 256))
	var sum [4]uint32
	for i := range 4 {
		px, py := int(fx)+i%2, int(fy)+i/2
		if px < 0 || py < 0 || px >= src.Rect.Dx() || py >= src.Rect.Dy() {
			continue
		}
		w := (256 - wx) * uint32(1-i%2)
		w += wx * uint32(i%2)
		if i/2 == 0 {
			w *= 256 - wy
		} else {
			w *= wy
		}
		p := src.Pix[src.PixOffset(px, py):]
		for c := range sum {
			sum[c] += uint32(p[c]) * w
		}
	}
	for c, v := range sum {
		to[c] = uint8((v + 1<<15) >> 16)
	}
}

// bitmap is a picture of pixels that stands with its corner at x, y and has k
// pixels a unit.
func (d *svgDrawer) bitmap(pixels *image.RGBA, x, y, k float64) press.Op {
	var b bytes.Buffer
	if png.Encode(&b, pixels) != nil {
		return nil
	}
	w, h := pixels.Rect.Dx(), pixels.Rect.Dy()
	img := &press.Image{Source: d.name, Format: press.PNG, Data: b.Bytes(), Width: w, Height: h}
	return &press.Picture{Image: img, X: length(x), Y: length(y), W: max(length(float64(w)/k), 1), H: max(length(float64(h)/k), 1), Node: d.node}
}
