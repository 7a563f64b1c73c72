package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// rgb is a colour. Light is computed in integers, from a table of 256 levels,
// so that every machine chooses the same colours.
type rgb struct{ r, g, b uint8 }

// parseHex reads #rrggbb.
func parseHex(text string) (rgb, error) {
	hex, ok := strings.CutPrefix(text, "#")
	n, err := strconv.ParseUint(hex, 16, 32)
	if !ok || len(hex) != 6 || err != nil {
		return rgb{}, fmt.Errorf("%q is no #rrggbb", text)
	}
	return rgb{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
}

// String writes #rrggbb.
func (c rgb) String() string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

// full is the light of white.
const full = 1 << 20

// levels are the amounts of light of the 256 levels of sRGB (IEC 61966-2-1).
var levels = func() (t [256]int64) {
	for i := range t {
		v := float64(i) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		t[i] = int64(math.Round(v * full))
	}
	return t
}()

// level returns the level that is nearest to an amount of light.
func level(light int64) uint8 {
	lo, hi := 0, 255
	for lo < hi {
		if mid := (lo + hi) / 2; levels[mid] < light {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo > 0 && light-levels[lo-1] < levels[lo]-light {
		lo--
	}
	return uint8(lo)
}

// light is the relative luminance of WCAG 2.2, of full.
func (c rgb) light() int64 {
	return (2126*levels[c.r] + 7152*levels[c.g] + 722*levels[c.b]) / 10000
}

// grey is the grey with the same light.
func (c rgb) grey() rgb {
	v := level(c.light())
	return rgb{v, v, v}
}

// flare is what WCAG adds to light before it compares.
const flare = full / 20

// contrast is the contrast of two colours in hundredths: 100 to 2100.
func contrast(a, b rgb) int64 {
	x, y := a.light()+flare, b.light()+flare
	return max(x, y) * 100 / min(x, y)
}

// withLight returns the colour with another light and the same hue. A lighter
// one is first brightened half of the way, which keeps it colourful, then mixed
// with white.
func (c rgb) withLight(want int64) rgb {
	want = min(max(want, 0), full)
	l := [3]int64{levels[c.r], levels[c.g], levels[c.b]}
	have := c.light()
	if want > have && have > 0 {
		half := int64(math.Sqrt(float64(have * want)))
		if brightest := max(l[0], l[1], l[2]); brightest*half/have > full*8/10 {
			half = max(full*8/10*have/brightest, have)
		}
		l, have = [3]int64{l[0] * half / have, l[1] * half / have, l[2] * half / have}, half
	}
	for i, v := range l {
		switch {
		case want > have && have < full:
			l[i] = v + (full-v)*(want-have)/(full-have)
		case want < have:
			l[i] = v * want / have
		}
	}
	return rgb{level(l[0]), level(l[1]), level(l[2])}
}

// towards returns the colour with a contrast to paper, in hundredths: lighter
// or darker, on the side of the paper where it was.
func (c rgb) towards(paper rgb, want int64) rgb {
	p := paper.light() + flare
	if c.light() <= paper.light() {
		return c.withLight(p*100/want - flare)
	}
	return c.withLight(p*want/100 - flare)
}

// over returns the first of the colours that can be read on a ground, else
// black or white, one of which always can.
func over(ground rgb, colors ...rgb) rgb {
	for _, c := range append(colors, rgb{255, 255, 255}) {
		if contrast(c, ground) >= 450 {
			return c
		}
	}
	return rgb{}
}

// ramp returns n colours of the accent's hue from dark to light, whose
// contrasts to the paper fall evenly, so that neighbours differ in grey, too.
// With few of them the steps are larger.
func (l *look) ramp(n int) []rgb {
	return l.steps(n, []int64{300, 300, 270, 210, 180, 162, 156}[min(n, 6)], 155)
}

// inks returns n colours for lines and points, all dark enough to be seen.
func (l *look) inks(n int) []rgb {
	return l.steps(n, []int64{310, 310, 400, 330, 310, 310, 310}[min(n, 6)], 132)
}

// steps returns n colours; each has at least ratio times the contrast of the
// next, and the last one has the contrast least, all in hundredths. The accent
// itself is the first unless it is too light, or darker than looks well.
func (l *look) steps(n int, least, ratio int64) []rgb {
	span := int64(100)
	for range n - 1 {
		span = (span*ratio + 99) / 100
	}
	top := min(max(contrast(l.accent, l.paper), (least*span+99)/100), max(1250, (least*span+99)/100))
	for grown := ratio; n > 1; grown++ { // steps as large as there is room for
		end := top
		for range n - 1 {
			end = end * 100 / grown
		}
		if ratio = grown; end <= least {
			break
		}
	}
	out := make([]rgb, n)
	for i := range out {
		out[i] = l.accent.towards(l.paper, top)
		top = top * 100 / ratio
	}
	return out
}
