package layout

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/press"
	"quire/press/raster"
)

// newSetter returns a setter for a small book.
func newSetter(t testing.TB) *setter {
	t.Helper()
	doc := chapters(t, nil, "x")
	opt, err := press.Options{}.Resolve(doc)
	if err != nil {
		t.Fatal(err)
	}
	ts := newTypesetter(t)
	j := &job{doc: doc, theme: &opt.Theme, frame: newFrame(&opt.Theme, opt.Trim), words: press.WordsIn("en")}
	if j.faces, err = findFaces(opt.Theme.Faces); err != nil {
		t.Fatal(err)
	}
	s := j.setter(ts)
	s.sect = &press.Node{}
	s.targets, s.notes = map[*press.Node]target{}, map[*press.Note]*footnote{}
	return s
}

// drawn draws what stands inside an SVG of 100 by 100 units, a point each.
func drawn(t testing.TB, inside string) []press.Op {
	t.Helper()
	ops, err := newSetter(t).drawSVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">`+inside+`</svg>`), 100*press.Point, &press.Node{})
	if err != nil {
		t.Fatal(err)
	}
	if len(ops) == 1 { // what reaches out of the drawing is cut off: look inside
		if g, ok := ops[0].(*press.Group); ok && len(g.Clip) == 1 && outlineText(&press.Path{Segments: g.Clip[0].Segments}) == "M 0,0 L 100,0 L 100,100 L 0,100 Z" {
			return g.Ops
		}
	}
	return ops
}

// outlineText writes a path's steps in points.
func outlineText(p *press.Path) string {
	var out []string
	for _, s := range p.Segments {
		n := map[byte]int{'M': 1, 'L': 1, 'C': 3}[s.Verb]
		text := string(s.Verb)
		for _, pt := range s.P[:n] {
			text += fmt.Sprintf(" %s,%s", round(pt.X), round(pt.Y))
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// round writes a length with at most one decimal.
func round(p press.Pt) string {
	tenths := (int64(p)*10 + 512) / 1024
	if p < 0 {
		tenths = -((-int64(p)*10 + 512) / 1024)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(tenths)/10), ".0")
}

func TestSVGShapesBecomePaths(t *testing.T) {
	for name, tt := range map[string]struct{ svg, want string }{
		"rectangle":        {`<rect x="10" y="20" width="30" height="40"/>`, "M 10,20 L 40,20 L 40,60 L 10,60 Z"},
		"line":             {`<line x1="1" y1="2" x2="3" y2="4" stroke="red"/>`, "M 1,2 L 3,4"},
		"polygon":          {`<polygon points="0,0 10,0 10,10"/>`, "M 0,0 L 10,0 L 10,10 Z"},
		"relative path":    {`<path d="m10 10l5 0h5v5H10z"/>`, "M 10,10 L 15,10 L 20,10 L 20,15 L 10,15 Z"},
		"tight numbers":    {`<path d="M10-5L.5.5 1e1 2"/>`, "M 10,-5 L 0.5,0.5 L 10,2"},
		"moves then lines": {`<path d="M0 0 10 0 10 10"/>`, "M 0,0 L 10,0 L 10,10"},
		"moved group":      {`<g transform="translate(10,5) scale(2)"><rect width="1" height="1"/></g>`, "M 10,5 L 12,5 L 12,7 L 10,7 Z"},
		"turned":           {`<rect width="10" height="5" transform="rotate(90)"/>`, "M 0,0 L 0,10 L -5,10 L -5,0 Z"},
		"turned around":    {`<line x1="50" y1="40" x2="50" y2="60" transform="rotate(180 50 50)" stroke="#000"/>`, "M 50,60 L 50,40"},
		"matrix":           {`<line x2="10" transform="matrix(1 0 0 1 5 5)" stroke="#000"/>`, "M 5,5 L 15,5"},
		"use":              {`<defs><rect id="a" width="1" height="1"/></defs><use href="#a" x="7"/>`, "M 7,0 L 8,0 L 8,1 L 7,1 Z"},
		"until a mistake":  {`<path d="M0 0L5 5 6"/>`, "M 0,0 L 5,5"},
	} {
		t.Run(name, func(t *testing.T) {
			ops := drawn(t, tt.svg)
			if len(ops) != 1 {
				t.Fatalf("%d ops", len(ops))
			}
			if diff := cmp.Diff(tt.want, outlineText(ops[0].(*press.Path))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSVGCurvesEndWhereTheyShould(t *testing.T) {
	for name, tt := range map[string]struct {
		d      string
		curves int
		end    string
	}{
		"cubic":                 {"M0 0C1 1 2 2 30 30", 1, "30,30"},
		"smooth cubic":          {"M0 0C1 1 2 2 30 30S50 50 60 60", 2, "60,60"},
		"quadratic":             {"M0 0Q10 10 20 0T40 0", 2, "40,0"},
		"relative":              {"M10 10c1 1 2 2 5 5s1 1 5 5q1 1 5 5t5 5", 4, "30,30"},
		"quarter arc":           {"M50 0A50 50 0 0 1 100 50", 2, "100,50"},
		"large arc":             {"M50 0A50 50 0 1 0 100 50", 8, "100,50"},
		"half arc, flags tied":  {"M0 50a50 50 0 01100 0", 4, "100,50"},
		"arc that is too small": {"M0 0A1 1 0 0 1 50 0", 4, "50,0"},
		"turned ellipse":        {"M0 0A30 10 45 0 1 20 20", 4, "20,20"},
	} {
		t.Run(name, func(t *testing.T) {
			p := drawn(t, `<path d="`+tt.d+`"/>`)[0].(*press.Path)
			curves, end := 0, ""
			for _, s := range p.Segments {
				if s.Verb == 'C' {
					curves++
					end = round(s.P[2].X) + "," + round(s.P[2].Y)
				}
			}
			if end != tt.end || curves == 0 || curves > tt.curves {
				t.Errorf("%d curves to %s, want %d to %s", curves, end, tt.curves, tt.end)
			}
		})
	}
}

func TestSVGArcStaysOnItsCircle(t *testing.T) {
	for _, flags := range []string{"0 0", "0 1", "1 0", "1 1"} {
		p := drawn(t, `<path d="M50 20A30 30 0 `+flags+` 80 50"/>`)[0].(*press.Path)
		var far press.Pt
		for _, s := range p.Segments {
			if s.Verb == 'C' {
				far = max(far, s.P[2].X-50*press.Point, 50*press.Point-s.P[2].X)
			}
		}
		if far > 61*press.Point {
			t.Errorf("flags %s: an arc of radius 30 reaches %s from the middle", flags, far)
		}
	}
}

func TestSVGPaints(t *testing.T) {
	gradient := `<defs><linearGradient id="g" x1="0" x2="1"><stop offset="0" stop-color="#f00"/><stop offset="50%" stop-color="rgb(0,255,0)"/><stop offset="1" stop-color="blue" stop-opacity=".5"/></linearGradient>` +
		`<linearGradient id="h" href="#g" gradientUnits="userSpaceOnUse" x1="5" x2="6"/><radialGradient id="r" cx=".5" cy=".5" r=".5"><stop stop-color="white"/><stop offset="1" stop-color="rgb(100%,0%,0%)"/></radialGradient><linearGradient id="e"/><linearGradient id="o"><stop stop-color="red"/></linearGradient></defs>`
	for name, tt := range map[string]struct {
		svg  string
		want string
	}{
		"plain":             {`<rect width="9" height="9"/>`, "fill #000000/0"},
		"named":             {`<rect width="9" height="9" fill="steelblue"/>`, "fill #4682b4/0"},
		"style":             {`<rect width="9" height="9" style="fill:#abc; opacity:0.5"/>`, "fill #aabbcc/127"},
		"stroke":            {`<rect width="9" height="9" fill="none" stroke="#102030" stroke-width="2" stroke-dasharray="4 2" stroke-linecap="round" stroke-linejoin="round"/>`, "stroke #102030/0 w2 dash2"},
		"both":              {`<circle r="5" fill="white" stroke="black" fill-opacity="0"/>`, "stroke #000000/0 w1"},
		"gradient":          {gradient + `<rect x="10" width="20" height="9" fill="url(#g)"/>`, "fill gradient 3 from 10 to 30"},
		"inherited stops":   {gradient + `<rect width="9" height="9" fill="url(#h)"/>`, "fill gradient 3 from 5 to 6"},
		"radial":            {gradient + `<rect width="10" height="10" fill="url(#r)"/>`, "fill gradient 2 from 5 to 5 radius 5"},
		"empty gradient":    {gradient + `<rect width="9" height="9" fill="url(#e)" stroke="red"/>`, "stroke #ff0000/0 w1"},
		"one stop":          {gradient + `<rect width="9" height="9" fill="url(#o)"/>`, "fill #ff0000/0"},
		"unknown gradient":  {`<rect width="9" height="9" fill="url(#q)" stroke="red"/>`, "stroke #ff0000/0 w1"},
		"unknown colour":    {`<rect width="9" height="9" fill="hsl(1)" stroke="red"/>`, "stroke #ff0000/0 w1"},
		"round corners":     {`<rect width="9" height="9" rx="2" fill-rule="evenodd"/>`, "fill #000000/0 evenodd"},
		"an ellipse":        {`<ellipse rx="4" ry="2"/>`, "fill #000000/0"},
		"dashes of nothing": {`<line x2="5" stroke="red" stroke-dasharray="0"/>`, "fill #000000/0 stroke #ff0000/0 w1"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, paintText(drawn(t, tt.svg)[0].(*press.Path))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// paintText says how a path is painted.
func paintText(p *press.Path) string {
	var out []string
	color := func(c press.Color) string { return fmt.Sprintf("#%02x%02x%02x/%d", c.R, c.G, c.B, c.Clear) }
	if f := p.Fill; f != nil {
		if g := f.Gradient; g != nil {
			text := fmt.Sprintf("fill gradient %d from %s to %s", len(g.Stops), round(g.From.X), round(g.To.X))
			if g.Radial {
				text += " radius " + round(g.R1)
			}
			out = append(out, text)
		} else {
			out = append(out, "fill "+color(f.Color))
		}
	}
	if s := p.Stroke; s != nil {
		out = append(out, "stroke "+color(s.Paint.Color), "w"+s.Width.String())
		if len(s.Dash) > 0 {
			out = append(out, fmt.Sprintf("dash%d", len(s.Dash)))
		}
	}
	if p.EvenOdd {
		out = append(out, "evenodd")
	}
	return strings.Join(out, " ")
}

func TestSVGTextIsSetInOurFaces(t *testing.T) {
	ops := drawn(t, `<text x="50" y="20" font-size="10" text-anchor="middle" font-weight="bold">One <tspan x="10" dy="12" font-style="italic" text-anchor="start">two</tspan></text><text y="5" text-anchor="end"> </text>`)
	if len(ops) != 2 {
		t.Fatalf("%d ops", len(ops))
	}
	one, two := ops[0].(*press.Line), ops[1].(*press.Line)
	if words(one) != "One" || one.X >= 50*press.Point || one.Y != 20*press.Point || one.Runs[0].Font != "EBGaramond12-Bold" {
		t.Errorf("%q at %s,%s in %s", words(one), one.X, one.Y, one.Runs[0].Font)
	}
	if words(two) != "two" || two.X != 10*press.Point || two.Y != 32*press.Point {
		t.Errorf("%q at %s,%s", words(two), two.X, two.Y)
	}
}

func TestSVGThatDrawsNothing(t *testing.T) {
	for name, svg := range map[string]string{
		"hidden":            `<rect width="9" height="9" display="none"/><g visibility="hidden"><circle r="3"/></g>`,
		"no size":           `<rect/><circle/><ellipse rx="3" ry="0"/><polyline/><path/>`,
		"no paint":          `<rect width="9" height="9" fill="none"/>`,
		"unknown":           `<filter/><foo/>`,
		"using itself":      `<g id="a"><use href="#a"/></g>`,
		"a path of rubbish": `<path d="L5 5 Q"/><path d="xyz"/>`,
	} {
		t.Run(name, func(t *testing.T) {
			if ops := drawn(t, svg); len(ops) > 0 {
				t.Errorf("%d ops", len(ops))
			}
		})
	}
}

func TestABrokenSVGIsAnError(t *testing.T) {
	for name, svg := range map[string]string{
		"torn":     `<svg viewBox="0 0 1 1"><g>`,
		"not svg":  `<html/>`,
		"no size":  `<svg/>`,
		"deep":     `<svg viewBox="0 0 1 1">` + strings.Repeat("<g>", 200) + strings.Repeat("</g>", 200) + `</svg>`,
		"encoding": `<?xml version="1.0" encoding="latin1"?><svg viewBox="0 0 1 1"/>`,
		"too many": `<svg viewBox="0 0 1 1"><g id="a">` + strings.Repeat(`<rect width="1" height="1"/>`, 40000) + `</g>` + strings.Repeat(`<use href="#a"/>`, 9) + `</svg>`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := newSetter(t).drawSVG([]byte(svg), press.Inch, &press.Node{}); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestSinCosOfQuarters(t *testing.T) {
	for degrees, want := range map[float64]string{0: "0.000 1.000", 90: "1.000 0.000", 180: "0.000 -1.000", 270: "-1.000 0.000", -90: "-1.000 0.000", 30: "0.500 0.866", 405: "0.707 0.707"} {
		sin, cos := sinCos(degrees)
		if got := strings.ReplaceAll(fmt.Sprintf("%.3f %.3f", sin, cos), "-0.000", "0.000"); got != want {
			t.Errorf("%v: got %s, want %s", degrees, got, want)
		}
	}
}

// FuzzSVG feeds any bytes as a drawing: it draws or says why not.
func FuzzSVG(f *testing.F) {
	f.Add(`<svg viewBox="0 0 9 9"><path d="M0 0a5 5 0 1 1 3 3zQ1 1 2 2" stroke="url(#g)" transform="rotate(3) scale(1e9)"/></svg>`)
	f.Add(`<svg width="1" height="1e-9"><use href="#a"/><g id="a"><text font-size="1e6">x<tspan dx="1">y</tspan></text></g></svg>`)
	for _, data := range zooFiles(f) {
		f.Add(string(data))
	}
	s := newSetter(f)
	f.Fuzz(func(_ *testing.T, svg string) {
		s.warnings = nil
		ops, _ := s.drawSVG([]byte(svg), 100*press.Point, &press.Node{}) // must only come back
		raster.Draw(ops, raster.Frame{W: 100 * press.Point, H: 100 * press.Point, DPI: 36}, s.shaper.Outlines())
	})
}
