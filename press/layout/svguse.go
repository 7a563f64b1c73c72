package layout

import (
	"cmp"
	"strings"
)

// use draws an element again at another place.
func (d *svgDrawer) use(n *svgNode, st svgState, depth int) {
	target := d.ids[n.href()]
	if target == nil {
		return
	}
	st.m = st.m.times(matrix{1, 0, 0, 1, st.wide(n.attr["x"]), st.high(n.attr["y"])})
	d.referred(target, func() {
		if target.name != "symbol" && target.name != "svg" {
			d.draw(target, st, depth+1)
			return
		}
		attr := map[string]string{}
		for _, name := range [...]string{"viewBox", "preserveAspectRatio", "overflow"} {
			attr[name] = target.attr[name]
		}
		for _, name := range [...]string{"width", "height"} {
			attr[name] = cmp.Or(n.attr[name], target.attr[name])
		}
		d.nested(target, st.inherit(target), attr, depth)
	})
}

// nested draws a drawing inside the drawing, or a symbol.
func (d *svgDrawer) nested(n *svgNode, st svgState, attr map[string]string, depth int) {
	w, h := st.wide(length100(attr["width"])), st.high(length100(attr["height"]))
	if !(w > 0) || !(h > 0) {
		return
	}
	at := st.m.times(matrix{1, 0, 0, 1, st.wide(attr["x"]), st.high(attr["y"])})
	inner := st
	inner.m, inner.vw, inner.vh = at, w, h
	if box := numbers(attr["viewBox"]); len(box) == 4 {
		if !(box[2] > 0) || !(box[3] > 0) {
			return
		}
		inner.m = at.times(fitted(box, attr["preserveAspectRatio"], w, h))
		inner.vw, inner.vh = box[2], box[3]
	}
	sub := d.sub()
	sub.all(n.kids, inner, depth)
	if v := attr["overflow"]; v != "visible" && v != "auto" && !d.bare {
		sub.out = d.cutTo(sub.out, at, 0, 0, w, h)
	}
	d.out = append(d.out, sub.out...)
}

// length100 is a length of a viewport, all of it if it is not given.
func length100(s string) string {
	if s == "" || s == "auto" {
		return "100%"
	}
	return s
}

// fitted is the map of a view box into a viewport of some width and height, as
// preserveAspectRatio says (SVG 2, 8.6).
func fitted(box []float64, how string, w, h float64) matrix {
	if !(box[2] > 0) || !(box[3] > 0) {
		return matrix{0, 0, 0, 0, 0, 0}
	}
	kx, ky := w/box[2], h/box[3]
	align, slice := strings.TrimPrefix(strings.TrimSpace(how), "defer "), false
	if a, rest, ok := strings.Cut(align, " "); ok {
		align, slice = a, strings.Contains(rest, "slice")
	}
	if align != "none" {
		k := min(kx, ky)
		if slice {
			k = max(kx, ky)
		}
		kx, ky = k, k
	}
	share := func(word string) float64 { // of what is left over
		switch {
		case align == "none" || strings.Contains(align, word+"Min"):
			return 0
		case strings.Contains(align, word+"Max"):
			return 1
		}
		return 0.5
	}
	dx := mul(share("x"), w-mul(box[2], kx))
	dy := mul(share("Y"), h-mul(box[3], ky))
	return matrix{kx, 0, 0, ky, dx - mul(box[0], kx), dy - mul(box[1], ky)}
}
