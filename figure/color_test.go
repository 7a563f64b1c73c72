package figure

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"testing"
)

// accents are colours that a theme may have: ours, and bad ones.
var accents = []string{"#000000", "#1f3a5f", "#0f4c5c", "#1f4e79", "#b3261e", "#2a46c4", "#d9932b", "#ffff00", "#ffffff", "#7f7f7f", "#00ff00", "#5b2a86"}

// lookWith returns a look with an accent.
func lookWith(t *testing.T, accent string, grey bool) *look {
	t.Helper()
	l, err := Style{Accent: accent, Grey: grey}.resolve(&Spec{Width: 100})
	if err != nil {
		t.Fatal(err)
	}
	return &l
}

// blindness are the views of people who see two of three colours: Machado,
// Oliveira and Fernandes, "A Physiologically-based Model for Simulation of
// Color Vision Deficiency" (IEEE TVCG 15, 2009), severity 1.0, in linear RGB.
var blindness = map[string][9]float64{
	"protanopia":   {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deuteranopia": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritanopia":   {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
	"none":         {0: 1, 4: 1, 8: 1},
}

// lab is a colour as somebody sees it, in CIELAB.
func lab(c rgb, m [9]float64) [3]float64 {
	in := [3]float64{float64(levels[c.r]) / full, float64(levels[c.g]) / full, float64(levels[c.b]) / full}
	var v [3]float64
	for i := range v {
		v[i] = min(max(m[3*i]*in[0]+m[3*i+1]*in[1]+m[3*i+2]*in[2], 0), 1)
	}
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x, y, z := f((0.4124*v[0]+0.3576*v[1]+0.1805*v[2])/0.9505), f(0.2126*v[0]+0.7152*v[1]+0.0722*v[2]), f((0.0193*v[0]+0.1192*v[1]+0.9505*v[2])/1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// difference is the distance of two colours as somebody sees them (CIE 1976).
func difference(a, b rgb, m [9]float64) float64 {
	p, q := lab(a, m), lab(b, m)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

func TestFillsDifferInGreyAndForEveryEye(t *testing.T) {
	for _, accent := range accents {
		for _, grey := range []bool{false, true} {
			l := lookWith(t, accent, grey)
			for n := 1; n <= 6; n++ {
				colors := l.ramp(n)
				for i, c := range colors {
					if k := contrast(c, l.paper); k < 150 {
						t.Errorf("%s: colour %d of %d has a contrast of %d to the paper", accent, i, n, k)
					}
					for j := range i {
						if k := contrast(c, colors[j]); k < 150 || colors[j].light() >= c.light() {
							t.Errorf("%s: %s and %s of %d have a contrast of %d", accent, colors[j], c, n, k)
						}
						for name, m := range blindness {
							if d := difference(c, colors[j], m); d < 8 {
								t.Errorf("%s: %s and %s of %d differ by %.1f in %s", accent, colors[j], c, n, d, name)
							}
						}
					}
				}
			}
		}
	}
}

func TestLinesAreDarkEnoughAndDiffer(t *testing.T) {
	for _, accent := range accents {
		l := lookWith(t, accent, false)
		for n := 1; n <= maxLines; n++ {
			colors := l.inks(n)
			for i, c := range colors {
				if k := contrast(c, l.paper); k < 296 {
					t.Errorf("%s: line %d of %d has a contrast of %d", accent, i, n, k)
				}
				if i > 0 && contrast(c, colors[i-1]) < 128 {
					t.Errorf("%s: lines %d and %d of %d have a contrast of %d", accent, i-1, i, n, contrast(c, colors[i-1]))
				}
			}
		}
	}
	seen := map[string]bool{}
	for _, d := range dashes {
		if seen[d] {
			t.Errorf("two lines have the dashes %q", d)
		}
		seen[d] = true
	}
}

func TestTextCanBeReadOnItsGround(t *testing.T) {
	for _, accent := range accents {
		l := lookWith(t, accent, false)
		for n := 1; n <= 6; n++ {
			for _, ground := range append(l.ramp(n), l.tint, l.accent) {
				if k := contrast(over(ground, l.paper, l.ink), ground); k < 450 {
					t.Errorf("text on %s has a contrast of %d", ground, k)
				}
			}
		}
		if k := contrast(l.quiet, l.paper); k < 450 {
			t.Errorf("quiet text has a contrast of %d", k)
		}
	}
}

// box is a filled rectangle of a drawing.
var box = regexp.MustCompile(`<rect x="([-0-9.]+)" y="([-0-9.]+)" width="([-0-9.]+)" height="([-0-9.]+)"[^>]* fill="(#[0-9a-f]{6})"`)

func TestEveryTextHasContrastToWhatItStandsOn(t *testing.T) {
	all := specs(t)
	for _, kind := range []Kind{Process, Hierarchy} {
		all["highlighted "+string(kind)] = highlighted(t, kind)
	}
	for name, s := range all {
		for _, style := range styles() {
			l, err := style.resolve(s)
			if err != nil {
				t.Fatal(err)
			}
			c := s.paint(l)
			boxes := box.FindAllStringSubmatch(c.shapes.String(), -1)
			for _, x := range c.texts {
				ground := l.paper
				for _, m := range boxes {
					left, top, wide, high := hundredths(m[1]), hundredths(m[2]), hundredths(m[3]), hundredths(m[4])
					if midX, midY := x.left()+x.w/2, x.y-x.face.caps()/2; midX > left && midX < left+wide && midY > top && midY < top+high {
						ground, _ = parseHex(m[5])
					}
				}
				if k := contrast(x.face.fill, ground); k < 450 {
					t.Errorf("%s: %q in %s on %s has a contrast of %d", name, x.say, x.face.fill, ground, k)
				}
			}
		}
	}
}

// hundredths reads a length.
func hundredths(text string) dot {
	v, _ := strconv.ParseFloat(text, 64)
	return dot(math.Round(v * 100))
}

// highlighted is an example of a kind with something that stands out.
func highlighted(t *testing.T, kind Kind) *Spec {
	t.Helper()
	for _, text := range examples(t) {
		if s := parsed(t, text); s.Kind == kind {
			return parsed(t, text+"highlight: "+map[Kind]string{Process: "Beat", Hierarchy: "Makers"}[kind]+"\n")
		}
	}
	t.Fatalf("there is no example of %s", kind)
	return nil
}

func TestGreyFiguresHaveNoColour(t *testing.T) {
	for name, s := range specs(t) {
		style := styles()["grey"]
		d, err := s.Draw(style)
		if err != nil {
			t.Fatal(err)
		}
		for _, hex := range hexes(string(d.SVG)) {
			if c, err := parseHex(hex); err == nil && (c.r != c.g || c.g != c.b) {
				t.Errorf("%s has the colour %s", name, hex)
			}
		}
	}
}

// hexes are the colours in a drawing.
func hexes(svg string) (out []string) {
	for i := 0; i+7 <= len(svg); i++ {
		if svg[i] == '"' && svg[i+1] == '#' && i+8 <= len(svg) {
			out = append(out, svg[i+1:i+8])
		}
	}
	return out
}

func TestAColourKeepsItsLight(t *testing.T) {
	for _, accent := range accents {
		c, err := parseHex(accent)
		if err != nil {
			t.Fatal(err)
		}
		for want := int64(full / 20); want < full; want += full / 20 {
			got := c.withLight(want)
			if off := got.light() - want; off > full/100 || off < -full/100 {
				t.Errorf("%s with the light %d is %s, which has %d", accent, want, got, got.light())
			}
		}
	}
	if fmt.Sprint(rgb{1, 2, 255}) != "#0102ff" {
		t.Error("a colour is not written as #rrggbb")
	}
}
