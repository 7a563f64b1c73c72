package layout

import (
	"image"
	"math"
	"strings"

	"quire/press"
	"quire/press/raster"
)

// maxPrimitives bounds the steps of a filter; those that follow are left out.
const maxPrimitives = 24

// filtered turns what an element has drawn into a bitmap and works on that.
func (d *svgDrawer) filtered(value string, st svgState, ops []press.Op, box extentBox) []press.Op {
	n := d.ids[reference(value)]
	if n == nil {
		n = filterFunctions(value)
	}
	if n == nil || n.name != "filter" || box.empty {
		d.warn("names a filter that is not known; it is left out")
		return ops
	}
	d.warn("uses filters; that part of it was turned into a bitmap")
	r := region(n, "filterUnits", st, box)
	e := nothing()
	for _, c := range [4][2]float64{{r.x0, r.y0}, {r.x1, r.y0}, {r.x0, r.y1}, {r.x1, r.y1}} {
		e = e.with(st.m.apply(c[0], c[1]))
	}
	w, h := mul(d.start.vw, d.start.m[0]), mul(d.start.vh, d.start.m[0]) // of the drawing
	e = extentBox{max(e.x0, -w/2), max(e.y0, -h/2), min(e.x1, mul(w, 1.5)), min(e.y1, mul(h, 1.5)), false}
	if !(e.w() > 0) || !(e.h() > 0) {
		return nil
	}
	k := dots(e.w(), e.h())
	dpi := max(int(mul(k, float64(press.Inch))), 10)
	k = float64(dpi) / float64(press.Inch)
	f := &filter{d: d, st: st, box: box, k: mul(k, st.m.size()), results: map[string]*image.RGBA{},
		objects: n.attr["primitiveUnits"] == "objectBoundingBox", linear: n.attr["color-interpolation-filters"] != "sRGB"}
	if !d.spend(int(mul(mul(e.w(), k), mul(e.h(), k)))) {
		return ops
	}
	f.source = raster.Draw(ops, raster.Frame{X: length(e.x0), Y: length(e.y0), W: length(e.w()), H: length(e.h()), DPI: dpi}, d.outlines)
	f.last = f.source
	for i, k := range n.kids {
		if i < maxPrimitives && k.name != "" && d.spend(len(f.source.Pix)/4) {
			f.primitive(k)
		}
	}
	if op := d.bitmap(f.last, e.x0, e.y0, k); op != nil {
		return []press.Op{op}
	}
	return nil
}

// spend takes pixels off what the filters of the drawing may work on.
func (d *svgShared) spend(pixels int) bool {
	d.pixels += pixels
	if d.pixels > maxBitmapWork {
		d.warn("uses more filters than can be drawn; some are left out")
		return false
	}
	return true
}

// filterFunctions reads the functions blur() and drop-shadow() of CSS as a
// filter, nil if there are others.
func filterFunctions(s string) *svgNode {
	out := &svgNode{name: "filter", attr: map[string]string{"x": "-50%", "y": "-50%", "width": "200%", "height": "200%", "color-interpolation-filters": "sRGB"}}
	for s = strings.TrimSpace(s); s != ""; {
		name, rest, ok := strings.Cut(s, "(")
		depth, end := 1, 0
		for ; end < len(rest) && depth > 0; end++ {
			switch rest[end] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
		if !ok || depth > 0 {
			return nil
		}
		args := rest[:end-1]
		k := &svgNode{attr: map[string]string{}}
		switch strings.TrimSpace(name) {
		case "blur":
			k.name, k.attr["stdDeviation"] = "feGaussianBlur", args
		case "drop-shadow":
			k.name = "feDropShadow"
			i := 0
			for _, f := range splitList(args) {
				if strings.IndexAny(f, "-.0123456789") != 0 {
					break
				}
				if i < 3 {
					k.attr[[3]string{"dx", "dy", "stdDeviation"}[i]] = f
				}
				i++
				args = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(args), f))
			}
			if _, ok := parseColor(args); ok {
				k.attr["flood-color"] = args
			}
		default:
			return nil
		}
		out.kids = append(out.kids, k)
		s = strings.TrimSpace(rest[end:])
	}
	return out
}

// filter is a filter at work.
type filter struct {
	d            *svgDrawer
	st           svgState
	box          extentBox
	k            float64 // pixels a unit of the element
	objects      bool    // lengths are parts of the box
	linear       bool
	source, last *image.RGBA
	results      map[string]*image.RGBA
}

// primitive runs one step.
func (f *filter) primitive(n *svgNode) {
	in := f.input(n.attr["in"])
	var out *image.RGBA
	switch n.name {
	case "feGaussianBlur":
		sx, sy := f.pair(n.attr["stdDeviation"], 0)
		out = raster.Blur(in, sx, sy)
	case "feOffset":
		dx, dy := f.shift(n, "0")
		out = raster.Offset(in, dx, dy)
	case "feFlood":
		out = raster.Flood(in.Rect, f.flood(n))
	case "feColorMatrix":
		out = raster.Recolor(in, f.light(n), colorMatrix(n.attr["type"], numbers(n.attr["values"])))
	case "feComponentTransfer":
		out = raster.Recolor(in, f.light(n), transfer(n))
	case "feComposite":
		k := [4]float64{n.num("k1"), n.num("k2"), n.num("k3"), n.num("k4")}
		out = raster.Compose(n.attr["operator"], in, f.input(n.attr["in2"]), k)
	case "feBlend":
		out = f.blend(n.attr["mode"], in, f.input(n.attr["in2"]))
	case "feMerge":
		out = image.NewRGBA(in.Rect)
		for i, k := range n.kids {
			if k.name == "feMergeNode" && i < maxPrimitives && f.d.spend(len(in.Pix)/4) {
				out = raster.Compose("over", f.input(k.attr["in"]), out, [4]float64{})
			}
		}
	case "feDropShadow":
		dx, dy := f.shift(n, "2")
		sx, sy := f.pair(n.attr["stdDeviation"], 2)
		shade := raster.Offset(raster.Blur(raster.Alpha(in), sx, sy), dx, dy)
		out = raster.Compose("over", in, raster.Compose("in", raster.Flood(in.Rect, f.flood(n)), shade, [4]float64{}), [4]float64{})
	default:
		if strings.HasPrefix(n.name, "fe") {
			f.d.warn("uses filters that are not known; they are left out")
		}
		return
	}
	f.last = out
	if name := n.attr["result"]; name != "" {
		f.results[name] = out
	}
}

// input returns what a step works on.
func (f *filter) input(name string) *image.RGBA {
	switch name {
	case "SourceGraphic":
		return f.source
	case "SourceAlpha":
		return raster.Alpha(f.source)
	case "":
		return f.last
	}
	if img, ok := f.results[name]; ok {
		return img
	}
	return f.last
}

// blend blends two bitmaps.
func (f *filter) blend(mode string, a, b *image.RGBA) *image.RGBA {
	switch mode {
	case "multiply":
		return raster.Multiply(a, b)
	case "", "normal":
	default:
		f.d.warn("blends colours in a way that is not known; they are laid over each other")
	}
	return raster.Compose("over", a, b, [4]float64{})
}

// pair reads one or two lengths in pixels.
func (f *filter) pair(s string, or float64) (x, y float64) {
	v := splitList(s)
	x, y = or, or
	if len(v) > 0 {
		x = units(v[0], 0, f.st.size)
		y = x
	}
	if len(v) > 1 {
		y = units(v[1], 0, f.st.size)
	}
	return f.pixels(max(x, 0), f.box.w()), f.pixels(max(y, 0), f.box.h())
}

// pixels turns a length into pixels, at most some thousands.
func (f *filter) pixels(v, whole float64) float64 {
	if f.objects {
		v = mul(v, whole)
	}
	return min(max(mul(v, f.k), -5000), 5000)
}

// shift reads dx and dy in whole pixels. Of a map that turns, the turn counts.
func (f *filter) shift(n *svgNode, or string) (dx, dy int) {
	read := func(name string) float64 {
		if v, ok := n.attr[name]; ok {
			return units(v, 0, f.st.size)
		}
		return number64(or)
	}
	x, y := f.pixels(read("dx"), f.box.w()), f.pixels(read("dy"), f.box.h())
	s := f.st.m.size()
	m := matrix{f.st.m[0] / s, f.st.m[1] / s, f.st.m[2] / s, f.st.m[3] / s}
	x, y = m.apply(x, y)
	return int(math.Round(min(max(x, -9999), 9999))), int(math.Round(min(max(y, -9999), 9999)))
}

// flood is the colour of a step.
func (f *filter) flood(n *svgNode) press.Color {
	c, ok := f.d.color(n.attr["flood-color"], f.st)
	if !ok && n.attr["flood-color"] != "" {
		c.Clear = 255
	}
	if v, ok := n.attr["flood-opacity"]; ok {
		c.Clear = clear255(mul(part(v), float64(255-c.Clear)/255))
	}
	return c
}

// light reports whether a step works in linear light.
func (f *filter) light(n *svgNode) bool {
	if v, ok := n.attr["color-interpolation-filters"]; ok {
		return v != "sRGB"
	}
	return f.linear
}
