package cover

import (
	"math"
	"strconv"
	"strings"

	"quire/problem"
)

// palette is the colours of a cover. Words stand on ground or on deep only.
// Quiet, middle and strong are steps away from the ground that grey shows, too.
type palette struct {
	name                  string
	ground, ink, deep     string
	quiet, middle, strong string
	accent                string
}

// palettes are the colours that covers have, light and dark ones.
var palettes = []palette{
	{"midnight", "#17223f", "#f5eddb", "#0c142a", "#243256", "#45598c", "#9fb0d6", "#e9b44c"},
	{"forest", "#1d3a30", "#f4eedd", "#11261f", "#2a4d40", "#4d7d66", "#a4c49a", "#e5b660"},
	{"burgundy", "#4a1522", "#f8ecdf", "#2e0b14", "#64202f", "#94434c", "#d79c88", "#ecbe74"},
	{"parchment", "#f3ead8", "#241f1b", "#2e2a2b", "#e3d3b5", "#c9a27c", "#7c4a37", "#b5402b"},
	{"sea", "#e9f1ef", "#10313b", "#123f4c", "#c6dcdc", "#7fb2b6", "#2b7583", "#e2694a"},
	{"plum", "#2c1e3d", "#f4ebf3", "#1b1127", "#42305b", "#6d4f8b", "#bf9ccb", "#f2a58c"},
	{"terracotta", "#efd9bd", "#3b1b12", "#4d2014", "#e3bd91", "#d08a55", "#9a4729", "#1d5f60"},
	{"bauhaus", "#f2ede1", "#1a1a1a", "#1a1a1a", "#dcd5c4", "#e6b422", "#1f4f9f", "#cf3022"},
	{"slate", "#2b3237", "#f3f2ed", "#191e22", "#3d464d", "#64717a", "#b0bbc1", "#f2c14e"},
	{"newsprint", "#f7f5f0", "#151515", "#1c1c1c", "#dddad2", "#a5a29b", "#4a4947", "#c5172c"},
	{"blossom", "#f8e7e3", "#45202b", "#67223e", "#f0cfca", "#e0a09f", "#a9465f", "#2d5d51"},
	{"meadow", "#e9edd4", "#22301a", "#2a4324", "#cfdaa9", "#9cb868", "#4c7a3b", "#d26a22"},
	{"ember", "#18120f", "#f8ebd9", "#0b0807", "#33231b", "#7d301b", "#cf5a2c", "#f6ac46"},
	{"arctic", "#e0eaf2", "#15253e", "#1a3557", "#c1d5e7", "#8bb0d3", "#356399", "#d0404f"},
	{"lemon", "#f5d451", "#241f16", "#2a241a", "#efbf35", "#df9229", "#a63f22", "#1f3f68"},
	{"peacock", "#0e474b", "#f6f1de", "#082d30", "#165c5d", "#2f8c82", "#93cbb6", "#f3bb4f"},
}

// Palettes returns the names of the palettes.
func Palettes() []string {
	out := make([]string, len(palettes))
	for i, p := range palettes {
		out[i] = p.name
	}
	return out
}

// findPalette returns the palette of a name.
func findPalette(name string) (palette, error) {
	for _, p := range palettes {
		if strings.EqualFold(p.name, strings.TrimSpace(name)) {
			return p, nil
		}
	}
	return palette{}, problem.New(problem.Invalid, "there is no palette %q", name).Try("use one of: %s", strings.Join(Palettes(), ", "))
}

// leastContrast is what words need against what is behind them (WCAG 2.2,
// success criterion 1.4.3).
const leastContrast = 4.5

// on returns the colour for words on a ground: the palette's ink where it can
// be read, else its ground, else black or white.
func (p palette) on(ground string) string {
	for _, c := range []string{p.ink, p.ground} {
		if contrast(c, ground) >= leastContrast {
			return c
		}
	}
	return readable(ground)
}

// colorOn returns the accent as a colour for words on a ground if it can be
// read, else what on returns.
func (p palette) colorOn(ground string) string {
	if contrast(p.accent, ground) >= leastContrast {
		return p.accent
	}
	return p.on(ground)
}

// readable is black or white, whatever can be read better.
func readable(ground string) string {
	if contrast("#ffffff", ground) >= contrast("#000000", ground) {
		return "#ffffff"
	}
	return "#000000"
}

// dark reports whether the ground is darker than the words.
func (p palette) dark() bool { return luminance(p.ground) < luminance(p.ink) }

// rgb are the parts of a colour, 0 to 255.
type rgb [3]float64

// parseRGB reads #rrggbb.
func parseRGB(s string) rgb {
	v, _ := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32) // our own colours
	return rgb{float64(v >> 16 & 255), float64(v >> 8 & 255), float64(v & 255)}
}

// String is the colour as #rrggbb.
func (c rgb) String() string {
	const hex = "0123456789abcdef"
	out := []byte{'#'}
	for _, v := range c {
		b := byte(math.Round(min(max(v, 0), 255)))
		out = append(out, hex[b>>4], hex[b&15])
	}
	return string(out)
}

// blend is the colour so much of the way from a to b.
func blend(a, b string, part float64) string {
	x, y := parseRGB(a), parseRGB(b)
	return rgb{mix(x[0], y[0], part), mix(x[1], y[1], part), mix(x[2], y[2], part)}.String()
}

// contrast is the contrast of two colours, 1 to 21 (WCAG 2.2).
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is how bright a colour is, 0 to 1 (WCAG 2.2).
func luminance(s string) float64 {
	c := parseRGB(s)
	return mul(0.2126, linear(c[0])) + mul(0.7152, linear(c[1])) + mul(0.0722, linear(c[2]))
}

// linear is the light of a part of a colour. The power 2.4 is taken as x² times
// the fifth root of x², which roots and products give on every machine alike.
func linear(v float64) float64 {
	v /= 255
	if v <= 0.04045 {
		return v / 12.92
	}
	x := (v + 0.055) / 1.055
	square := mul(x, x)
	return mul(square, fifthRoot(square))
}

// fifthRoot is found by Newton's method.
func fifthRoot(v float64) float64 {
	r := 1.0
	for range 40 {
		fourth := mul(mul(r, r), mul(r, r))
		r = (mul(4, r) + v/fourth) / 5
	}
	return r
}
