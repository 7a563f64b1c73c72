package preview

import (
	"bytes"
	"strings"
	"testing"

	"quire/press"
)

// onePage is a page an inch wide.
func onePage(ops ...press.Op) *press.Pages {
	return &press.Pages{Trim: press.Trim{Width: press.Inch, Height: press.Inch}, List: []press.Page{{Label: "i<v", Ops: ops}}}
}

// square is a square of points.
func square(x, size press.Pt) []press.Segment {
	at := func(verb byte, x, y press.Pt) press.Segment {
		return press.Segment{Verb: verb, P: [3]press.Point2{{X: x, Y: y}}}
	}
	return []press.Segment{at('M', x, x), at('L', x+size, x), at('L', x+size, x+size), at('L', x, x+size), {Verb: 'Z'}}
}

func TestEveryOpHasItsWords(t *testing.T) {
	const pt = press.Point
	fade := &press.Gradient{To: press.Point2{X: 9 * pt}, R1: 9 * pt, Radial: true, Spread: press.SpreadReflect, Matrix: &press.Matrix{A: 1 << 17, D: 1 << 16, E: pt / 2},
		Stops: []press.Stop{{Color: press.Color{R: 255}}, {At: 32768, Color: press.Color{Clear: 255}}}}
	path := &press.Path{Segments: square(pt/2, 9*pt), EvenOdd: true, Fill: &press.Paint{Color: press.Color{R: 1, Clear: 51}},
		Stroke: &press.Stroke{Width: pt, Dash: []press.Pt{pt, 2 * pt}, RoundCap: true, MiterLimit: 2500}}
	pic := &press.Image{Format: press.JPEG, Data: []byte("abc"), Width: 10, Height: 5}
	run := press.Run{Font: "PTSans-Regular", Size: 10 * pt, X: pt, Y: 2 * pt, Stretch: 1 << 16, Strike: true, Matrix: &press.Matrix{B: 1 << 16, C: -1 << 16}, Glyphs: []press.Glyph{{ID: 40}, {ID: 40, X: 5 * pt}}}
	for name, tt := range map[string]struct {
		op   press.Op
		want []string
	}{
		"path":     {path, []string{`<path d="M0.5 0.5L9.5 0.5L9.5 9.5L0.5 9.5Z" fill-rule="evenodd" fill="#010000" fill-opacity="0.8" stroke="#000" stroke-width="1" stroke-linecap="round" stroke-miterlimit="2.5" stroke-dasharray="1 2"/>`}},
		"gradient": {&press.Path{Segments: square(0, pt), Fill: &press.Paint{Gradient: fade}}, []string{`<radialGradient id="d1" gradientUnits="userSpaceOnUse" cx="9" cy="0" r="9" fx="0" fy="0" fr="0" gradientTransform="matrix(2 0 0 1 0.5 0)" spreadMethod="reflect"><stop offset="0" stop-color="#f00"/><stop offset="0.5" stop-color="#000" stop-opacity="0"/></radialGradient>`, `fill="url(#d1)"`}},
		"picture":  {&press.Picture{Image: pic, X: pt, W: 20 * pt, H: 20 * pt}, []string{`<image id="p1" width="10" height="5" preserveAspectRatio="none" href="data:image/jpeg;base64,YWJj"/>`, `<use href="#p1" transform="matrix(2 0 0 4 1 0)"/>`}},
		"group":    {&press.Group{Ops: []press.Op{path}, Clip: []press.Clip{{Segments: square(0, pt), EvenOdd: true}}, Clear: 51, Mask: &press.Group{Ops: []press.Op{path}}}, []string{`<clipPath id="d1"><path clip-rule="evenodd" d="M0 0L1 0L1 1L0 1Z"/></clipPath>`, `<mask id="d2"`, `<g clip-path="url(#d1)"><g mask="url(#d2)"><g opacity="0.8">`}},
		"text":     {&press.Line{Runs: []press.Run{run}}, []string{`<path id="g1" d="M`, `<g transform="matrix(0 0.01 -0.01 0 1 2)"><use href="#g1"/><use href="#g1" x="500"/><rect y="-270" width="`}},
		"label":    {path, []string{`aria-label="Page i&lt;v"`, `<title>Page i&lt;v</title>`, `viewBox="0 0 72 72"`}},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := SVG(&b, onePage(tt.op), 0, library(t)); err != nil {
				t.Fatal(err)
			}
			for _, want := range tt.want {
				if !strings.Contains(b.String(), want) {
					t.Errorf("there is no\n%s\nin\n%s", want, b.String())
				}
			}
		})
	}
}
