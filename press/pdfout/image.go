package pdfout

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // decoders for image.Decode
	_ "image/png"

	"quire/press"
)

// writeImages writes every picture that a page uses, once.
func (f *file) writeImages() {
	f.images = map[*press.Image]ref{}
	for _, img := range f.doc.Images { // in the document's order, not a map's
		if !f.drawn(img) {
			continue
		}
		r, err := f.writeImage(img)
		if err != nil {
			f.warnings = append(f.warnings, press.Warning{Detail: fmt.Sprintf("the picture %s is damaged and stays white", img.Source)})
			continue
		}
		f.images[img] = r
	}
}

// drawn reports whether some page shows the picture.
func (f *file) drawn(img *press.Image) bool {
	for _, c := range f.contents {
		for _, used := range c.images {
			if used == img {
				return true
			}
		}
	}
	return false
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

// pattern writes a gradient (ISO 32000-1, 8.7.4.5).
func (f *file) pattern(g *press.Gradient) ref {
	h := f.pages.Trim.Height
	d := newBuf()
	d.add("<< /PatternType 2 /Shading << /ColorSpace /DeviceRGB /Extend [true true] /Function ", f.ramp(g.Stops))
	if g.Radial {
		d.add(" /ShadingType 3 /Coords [", g.From.X, " ", h-g.From.Y, " ", g.R0, " ", g.To.X, " ", h-g.To.Y, " ", g.R1, "]")
	} else {
		d.add(" /ShadingType 2 /Coords [", g.From.X, " ", h-g.From.Y, " ", g.To.X, " ", h-g.To.Y, "]")
	}
	d.add(" >> >>")
	return f.w.put(d)
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
