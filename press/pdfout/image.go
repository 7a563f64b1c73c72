package pdfout

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // decoders for image.Decode
	_ "image/png"
	"slices"

	"quire/press"
)

// writeImages writes every picture that a page uses, once, in the order of the
// pages.
func (f *file) writeImages() {
	f.images = map[*press.Image]ref{}
	tried := map[*press.Image]bool{}
	for _, c := range f.contents {
		c.eachImage(func(img *press.Image) {
			if tried[img] {
				return
			}
			tried[img] = true
			r, err := f.writeImage(img)
			if err != nil {
				f.warn("the picture %s is damaged and stays white", img.Source)
				r = f.w.deflated("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", deflate([]byte{255}))
			}
			f.images[img] = r
		})
	}
}

// eachImage calls fn for every picture that a stream and those in it show.
func (c *content) eachImage(fn func(*press.Image)) {
	for _, img := range c.images {
		fn(img)
	}
	for _, list := range [][]*content{c.forms, c.masks} {
		for _, in := range list {
			in.eachImage(fn)
		}
	}
}

// warn notes a warning, once.
func (f *file) warn(format string, args ...any) {
	w := press.Warning{Detail: fmt.Sprintf(format, args...)}
	if !slices.Contains(f.warnings, w) {
		f.warnings = append(f.warnings, w)
	}
}

// writeImage writes a picture: grey and colour JPEG as it is, anything else as
// samples with a mask for what is clear.
func (f *file) writeImage(img *press.Image) (ref, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(img.Data))
	if err != nil {
		return 0, err
	}
	size := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8", cfg.Width, cfg.Height)
	if format == "jpeg" && cfg.ColorModel != color.CMYKModel {
		space := "/DeviceRGB"
		if cfg.ColorModel == color.GrayModel {
			space = "/DeviceGray"
		}
		if _, _, err := image.Decode(bytes.NewReader(img.Data)); err != nil {
			return 0, err
		}
		return f.w.stream(size+" /ColorSpace "+space+" /Filter /DCTDecode", img.Data), nil
	}
	picture, _, err := image.Decode(bytes.NewReader(img.Data))
	if err != nil {
		return 0, err
	}
	colors, mask, grey := samples(picture)
	dict := size
	if mask != nil && f.opt.Archive {
		f.warn("%s", flattened)
		colors = onWhite(colors, mask, grey)
		mask = nil
	}
	if mask != nil {
		r := f.w.deflated(size+" /ColorSpace /DeviceGray", deflate(mask))
		dict += fmt.Sprintf(" /SMask %d 0 R", r)
	}
	if grey {
		return f.w.deflated(dict+" /ColorSpace /DeviceGray", deflate(colors)), nil
	}
	return f.w.deflated(dict+" /ColorSpace /DeviceRGB", deflate(colors)), nil
}

// samples returns a picture's colours, one byte each or three, and its mask if
// anything in it is clear.
func samples(p image.Image) (colors, mask []byte, grey bool) {
	b := p.Bounds()
	n := b.Dx() * b.Dy()
	colors, mask = make([]byte, 0, 3*n), make([]byte, 0, n)
	grey = true
	clear := false
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBAModel.Convert(p.At(x, y)).(color.NRGBA)
			colors = append(colors, c.R, c.G, c.B)
			mask = append(mask, c.A)
			grey = grey && c.R == c.G && c.G == c.B
			clear = clear || c.A != 255
		}
	}
	if grey {
		for i := range n {
			colors[i] = colors[3*i]
		}
		colors = colors[:n]
	}
	if !clear {
		mask = nil
	}
	return colors, mask, grey
}

// onWhite mixes samples with white where they are clear.
func onWhite(colors, mask []byte, grey bool) []byte {
	n := 3
	if grey {
		n = 1
	}
	out := make([]byte, len(colors))
	for i, c := range colors {
		a := int(mask[i/n])
		out[i] = byte((int(c)*a + 255*(255-a) + 127) / 255)
	}
	return out
}

// pattern writes a gradient (ISO 32000-1, 8.7.4.5). Its matrix turns the
// gradient's own coordinates, y downwards, into those of the page, y upwards.
func (f *file) pattern(g *press.Gradient) ref {
	g = spread(g)
	h := f.pages.Trim.Height
	m := press.Matrix{A: 1 << 16, D: 1 << 16}
	if g.Matrix != nil {
		m = *g.Matrix
	}
	d := newBuf()
	d.add("<< /PatternType 2 /Matrix [", factor(m.A), " ", factor(-m.B), " ", factor(m.C), " ", factor(-m.D), " ", m.E, " ", h-m.F,
		"] /Shading << /ColorSpace /DeviceRGB /Extend [true true] /Function ", f.ramp(g.Stops))
	if g.Radial {
		d.add(" /ShadingType 3 /Coords [", g.From.X, " ", g.From.Y, " ", g.R0, " ", g.To.X, " ", g.To.Y, " ", g.R1, "]")
	} else {
		d.add(" /ShadingType 2 /Coords [", g.From.X, " ", g.From.Y, " ", g.To.X, " ", g.To.Y, "]")
	}
	d.add(" >> >>")
	return f.w.put(d)
}

// rounds is how often a gradient that goes on is written out on each side.
const rounds = 12

// spread returns a gradient that goes on beyond its ends as a longer one with
// more stops; PDF knows only those that keep their end colours.
func spread(g *press.Gradient) *press.Gradient {
	if g.Spread == press.SpreadPad {
		return g
	}
	before := int64(rounds)
	if g.Radial {
		before = 0 // inside the inner circle it keeps its colour
	}
	all := before + 1 + rounds
	out := *g
	at := func(a, b press.Pt, k int64) press.Pt { return a + (b-a)*press.Pt(k) }
	out.From = press.Point2{X: at(g.From.X, g.To.X, -before), Y: at(g.From.Y, g.To.Y, -before)}
	out.To = press.Point2{X: at(g.From.X, g.To.X, rounds+1), Y: at(g.From.Y, g.To.Y, rounds+1)}
	out.R1 = at(g.R0, g.R1, rounds+1)
	out.Stops = nil
	for k := -before; k <= rounds; k++ {
		stops := slices.Clone(g.Stops)
		if g.Spread == press.SpreadReflect && k%2 != 0 {
			slices.Reverse(stops)
			for i := range stops {
				stops[i].At = 1<<16 - stops[i].At
			}
		}
		for _, s := range stops {
			s.At = ((k+before)<<16 + s.At) / all
			out.Stops = append(out.Stops, s)
		}
	}
	return &out
}

// ramp is the function from stop to stop.
func (f *file) ramp(stops []press.Stop) *buf {
	pair := func(a, b press.Stop) string {
		return "<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [" + rgb(a.Color) + "] /C1 [" + rgb(b.Color) + "] >> "
	}
	d := newBuf()
	if first := stops[0]; first.At > 0 {
		stops = append([]press.Stop{{Color: first.Color}}, stops...)
	}
	if last := stops[len(stops)-1]; last.At < 1<<16 {
		stops = append(stops[:len(stops):len(stops)], press.Stop{At: 1 << 16, Color: last.Color})
	}
	if len(stops) == 2 {
		d.add(pair(stops[0], stops[1]))
		return d
	}
	d.add("<< /FunctionType 3 /Domain [0 1] /Functions [")
	for i := range len(stops) - 1 {
		d.add(pair(stops[i], stops[i+1]))
	}
	d.add("] /Bounds [")
	for _, s := range stops[1 : len(stops)-1] {
		d.add(thousandths(int(s.At), 1<<16), " ")
	}
	d.add("] /Encode [")
	for range len(stops) - 1 {
		d.add("0 1 ")
	}
	d.add("] >>")
	return d
}
