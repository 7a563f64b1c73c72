package layout

import (
	"strings"

	"quire/press"
	"quire/press/font"
)

// The sizes of type that letters of drawings are set in; others are enlarged
// from the nearest.
const (
	leastLook = press.Point
	mostLook  = 200 * press.Point
)

// look returns the type of a text, and how many of its own units a Pt of the
// type is. extra is room between letters.
func (d *svgDrawer) look(st *svgState, extra float64) (style, float64) {
	k := st.m.size()
	size := min(max(length(mul(st.size, k)), leastLook), mostLook)
	unit := st.size / float64(size)
	look := d.s.plainStyle(d.family(st.family), size)
	look.features = font.Lining
	switch bold := st.weight >= 600; {
	case bold && st.italic:
		look.face = font.BoldItalic
	case bold:
		look.face = font.Bold
	case st.italic:
		look.face = font.Italic
	}
	if track := st.track + extra; track != 0 && unit > 0 {
		look.track = length(track / unit)
		look.features |= font.Plain
	}
	return look, unit
}

// family is the type family for a list of names: the first that we know, by its
// name or its kind; the theme's own for tables when there is none.
func (d *svgDrawer) family(names string) *font.Family {
	for name := range strings.SplitSeq(names, ",") {
		name = strings.Trim(name, `'" `)
		if f, err := font.FindFamily(name); err == nil {
			return &f
		}
		name = strings.ToLower(name)
		for _, kind := range familyKinds {
			for _, word := range kind.words {
				if !strings.Contains(name, word) {
					continue
				}
				if f, err := font.FindFamily(kind.family); err == nil {
					return &f
				}
			}
		}
	}
	return d.s.faces.table
}

// familyKinds are our families and the words in the names of others of their
// kind, in the order of asking: "sans-serif" is sans.
var familyKinds = []struct {
	family string
	words  []string
}{
	{"mono", []string{"mono", "courier", "consol", "menlo", "code", "typewriter", "fixed"}},
	{"sans", []string{"sans", "arial", "helvetica", "verdana", "tahoma", "inter", "roboto", "segoe", "system-ui", "gothic", "futura", "calibri", "ubuntu", "lato", "trebuchet"}},
	{"EB Garamond", []string{"serif", "times", "georgia", "garamond", "palatino", "bodoni", "baskerville", "cambria", "roman", "book"}},
}

// drop is how far below its place the baseline of a text stands.
func (d *svgDrawer) drop(st *svgState, look *style, unit float64) float64 {
	tall := func(r rune) float64 {
		id := d.s.chain(look)[0]
		g := d.s.shaper.Shape(id, 0, "", string(r))
		if len(g) == 0 {
			return 0
		}
		top, _ := d.s.shaper.Height(id, g[0].ID)
		return mul(float64(d.s.units(id, look.size, top)), unit)
	}
	switch st.base {
	case "middle":
		return tall('x') / 2
	case "central", "mathematical":
		return tall('H') / 2
	case "hanging":
		return tall('H')
	case "text-before-edge", "before-edge", "text-top":
		return mul(st.size, 0.9)
	case "text-after-edge", "after-edge", "text-bottom", "ideographic":
		return mul(st.size, -0.22)
	}
	return 0
}

// decorate draws rules under and over a text as wide as w.
func (d *svgDrawer) decorate(st *svgState, look *style, m matrix, w press.Pt) {
	em := float64(look.size)
	rule := func(y float64) {
		p := []float64{0, y, float64(w), y, float64(w), y + mul(em, 0.05), 0, y + mul(em, 0.05)}
		if paint := d.paint(st.fill, st.fillOpac, *st, nothing); paint != nil && !d.bare {
			d.add(&press.Path{Segments: placed(polygon(p, true), m), Fill: paint, Node: d.node})
		}
	}
	if st.under {
		rule(mul(em, 0.1))
	}
	if st.over {
		rule(mul(em, -0.8))
	}
}
