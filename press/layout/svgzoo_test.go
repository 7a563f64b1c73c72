package layout

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/press"
	"quire/press/raster"
)

// zoo are drawings, a feature each: what ops they become, with what is inside
// groups in brackets, and what is warned of.
var zoo = map[string]struct {
	kinds string
	warns []string
}{
	"arcs":       {kinds: "path×4"},
	"baselines":  {kinds: "path line×4 path line×3"},
	"chart":      {kinds: "path×9 line×4 turned line×2"},
	"clips":      {kinds: "clip[path×2] clip[path]×5"},
	"css":        {kinds: "path×9 line"},
	"gradients":  {kinds: "path×8"},
	"images":     {kinds: "clip[picture clip[picture] picture×2 group/127[picture]]"},
	"markers":    {kinds: "path×11"},
	"masks":      {kinds: "clip[path mask[path]×2]"},
	"nobox":      {kinds: "path×2"},
	"opacity":    {kinds: "path group/127[path×2] path×3"},
	"overflow":   {kinds: "clip[path×2]"},
	"patterns":   {kinds: "clip[clip[clip[path]×56] path clip[path×162] clip[path×32] mask[path×748]]"},
	"shadow":     {kinds: "clip[picture×6]", warns: []string{"uses filters; that part of it was turned into a bitmap"}},
	"shapes":     {kinds: "clip[path×8]"},
	"strokes":    {kinds: "path×11"},
	"text":       {kinds: "line×14 turned line path×2"},
	"textpath":   {kinds: "line", warns: []string{"sets text along a path; it is set straight"}},
	"transforms": {kinds: "path×7"},
	"units":      {kinds: "path×3"},
	"unknown":    {kinds: "picture path×2", warns: []string{"uses filters; that part of it was turned into a bitmap", "uses filters that are not known; they are left out", "holds content that is not a drawing; that part of it is left out", "blends colours in a way that is not known; they are laid over each other"}},
	"use":        {kinds: "path×6 clip[path×2]×2 clip[path] path"},
	"visibility": {kinds: "path×2"},
}

func TestEveryAnimalOfTheZooIsDrawn(t *testing.T) {
	for name, data := range zooFiles(t) {
		t.Run(name, func(t *testing.T) {
			want, known := zoo[name]
			if !known {
				t.Fatal("nobody says what it is to become")
			}
			s := newSetter(t)
			ops, err := s.drawing(&press.Image{Source: "a.svg", Data: data}, press.Pos{File: "one.md", Line: 3}, 150*press.Point, &press.Node{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.kinds, kinds(ops)); diff != "" {
				t.Errorf("ops (-want +got):\n%s", diff)
			}
			var warns []string
			for _, w := range s.warnings {
				detail, ok := strings.CutPrefix(w.String(), "one.md:3: the picture a.svg ")
				if !ok {
					t.Errorf("the warning %q does not say where", w)
				}
				warns = append(warns, detail)
			}
			if diff := cmp.Diff(want.warns, warns); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
			if seen := map[*press.Segment]bool{}; sharesSegments(ops, seen) {
				t.Error("two things share a shape: to move one would move the other")
			}
			img := raster.Draw(ops, raster.Frame{W: 150 * press.Point, H: 90 * press.Point, DPI: 30}, s.shaper.Outlines())
			if !slices.ContainsFunc(img.Pix, func(v uint8) bool { return v > 0 }) {
				t.Error("nothing is seen")
			}
		})
	}
}

// sharesSegments reports whether shapes use the same memory.
func sharesSegments(ops []press.Op, seen map[*press.Segment]bool) bool {
	again := func(s []press.Segment) bool {
		if len(s) == 0 || !seen[&s[0]] {
			if len(s) > 0 {
				seen[&s[0]] = true
			}
			return false
		}
		return true
	}
	for _, op := range ops {
		switch t := op.(type) {
		case *press.Path:
			if again(t.Segments) {
				return true
			}
		case *press.Group:
			for _, c := range t.Clip {
				if again(c.Segments) {
					return true
				}
			}
			if t.Mask != nil && sharesSegments([]press.Op{t.Mask}, seen) || sharesSegments(t.Ops, seen) {
				return true
			}
		}
	}
	return false
}

// zooFiles reads the drawings.
func zooFiles(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/svg/*.svg")
	if err != nil || len(names) < len(zoo) {
		t.Fatalf("%d drawings, %v", len(names), err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(name), ".svg")] = data
	}
	return out
}

// kinds says what ops are: "path×2 group[line]".
func kinds(ops []press.Op) string {
	var out []string
	last, n := "", 0
	flush := func() {
		switch {
		case n == 1:
			out = append(out, last)
		case n > 1:
			out = append(out, fmt.Sprintf("%s×%d", last, n))
		}
	}
	for _, op := range ops {
		kind := kindOf(op)
		if kind != last {
			flush()
			last, n = kind, 0
		}
		n++
	}
	flush()
	return strings.Join(out, " ")
}

// kindOf says what an op is.
func kindOf(op press.Op) string {
	switch t := op.(type) {
	case *press.Path:
		return "path"
	case *press.Picture:
		return "picture"
	case *press.Line:
		if m := t.Runs[0].Matrix; m != nil && m.B != 0 {
			return "turned"
		}
		return "line"
	case *press.Group:
		kind := "group"
		if len(t.Clip) > 0 {
			kind = "clip"
		}
		if t.Mask != nil {
			kind = "mask"
		}
		if t.Clear > 0 {
			kind += fmt.Sprintf("/%d", t.Clear)
		}
		return kind + "[" + kinds(t.Ops) + "]"
	}
	return "nothing"
}

func TestHostileDrawingsAreBounded(t *testing.T) {
	bomb := func(layers int) string {
		s := `<g id="a0"><rect width="1" height="1"/></g>`
		for i := range layers {
			s += fmt.Sprintf(`<g id="a%d">%s</g>`, i+1, strings.Repeat(fmt.Sprintf(`<use href="#a%d"/>`, i), 10))
		}
		return s
	}
	for name, tt := range map[string]struct {
		svg  string
		fail bool
	}{
		"uses that grow tenfold":      {bomb(12), true},
		"ten million points":          {`<polyline stroke="red" points="` + strings.Repeat("1 2 ", 1_000_000) + `"/>`, true},
		"a path without end":          {`<path d="M0 0` + strings.Repeat("h1v1", 400_000) + `"/>`, true},
		"a long path used often":      {`<path id="p" d="M0 0` + strings.Repeat(" ", 1<<20) + `"/>` + strings.Repeat(`<use href="#p"/>`, 2000), true},
		"a pattern in itself":         {`<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern><rect width="9" height="9" fill="url(#p)"/>`, false},
		"a fine pattern":              {`<pattern id="p" width=".0001" height=".0001" patternUnits="userSpaceOnUse"><rect width="1" height="1"/></pattern><rect width="99" height="99" fill="url(#p)"/>`, false},
		"patterns in patterns":        {`<pattern id="p" width=".03" height=".03"><rect width="9" height="9" fill="url(#q)"/></pattern><pattern id="q" width=".03" height=".03"><rect width="1" height="1"/></pattern><rect width="9" height="9" fill="url(#p)"/>`, true},
		"a clip in itself":            {`<clipPath id="c" clip-path="url(#c)"><rect width="9" height="9" clip-path="url(#c)"/></clipPath><rect width="9" height="9" clip-path="url(#c)"/>`, false},
		"a mask in itself":            {`<mask id="m"><rect width="9" height="9" mask="url(#m)"/></mask><rect width="9" height="9" mask="url(#m)"/>`, false},
		"a marker in itself":          {`<marker id="m"><path d="M0 0L9 9" marker-end="url(#m)"/></marker><path d="M0 0L9 9" marker-end="url(#m)" stroke="red"/>`, false},
		"a gradient in itself":        {`<linearGradient id="g" href="#g"/><rect width="9" height="9" fill="url(#g)"/>`, false},
		"numbers that are none":       {`<rect width="NaN" height="Infinity"/><path d="M1e999 NaNL-1e999 0" stroke="red"/><circle r="1e300" transform="scale(1e300)"/>`, false},
		"scales of scales":            {strings.Repeat(`<g transform="scale(1e7) rotate(30)">`, 60) + `<text>x</text><rect width="9" height="9" fill="red" filter="blur(9)"/>` + strings.Repeat(`</g>`, 60), false},
		"a filter as large as a town": {`<filter id="f" filterUnits="userSpaceOnUse" x="-1e7" y="-1e7" width="2e7" height="2e7"><feGaussianBlur stdDeviation="1e7"/></filter>` + strings.Repeat(`<rect width="9" height="9" filter="url(#f)"/>`, 300), false},
		"a sheet that tries":          {`<style>` + strings.Repeat(".y g g g g g g .x,", 900) + `g{fill:red}</style>` + strings.Repeat(`<g class="x">`, 90) + strings.Repeat(`<g class="x"/>`, 3000) + strings.Repeat(`</g>`, 90), true},
		"a picture that is none":      {`<image width="9" height="9" href="data:image/png;base64,AAAA"/><image href="file:///etc/passwd"/>`, false},
		"dashes without end":          {`<path d="M0 0H100" stroke="red" stroke-dasharray=".0000001"/>`, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetter(t)
			ops, err := s.drawSVG([]byte(`<svg viewBox="0 0 100 100">`+tt.svg+`</svg>`), 100*press.Point, &press.Node{})
			if (err != nil) != tt.fail {
				t.Errorf("error %v, want one: %v", err, tt.fail)
			}
			raster.Draw(ops, raster.Frame{W: 100 * press.Point, H: 100 * press.Point, DPI: 72}, s.shaper.Outlines())
		})
	}
}

func TestColoursInEverySpelling(t *testing.T) {
	for text, want := range map[string]string{
		"#abc": "aabbcc/0", "#abc8": "aabbcc/119", "#102030": "102030/0", "#10203080": "102030/127", "RED": "ff0000/0", "rebeccapurple": "663399/0",
		"rgb(1,2,3)": "010203/0", "rgb(100% 0% 50%)": "ff0080/0", "rgba(1, 2, 3, .5)": "010203/127", "rgb(1 2 3 / 25%)": "010203/191",
		"hsl(120, 100%, 25%)": "008000/0", "hsl(-120deg 100% 50%)": "0000ff/0", "hsla(0,0%,50%,0)": "808080/255", "rgb(300,-1,0)": "ff0000/0",
	} {
		c, ok := parseColor(text)
		if got := fmt.Sprintf("%02x%02x%02x/%d", c.R, c.G, c.B, c.Clear); !ok || got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "#12", "#12345", "#ggg", "rgb(1,2)", "rgb(1,2,3", "lab(1 2 3)", "blau"} {
		if c, ok := parseColor(text); ok {
			t.Errorf("%q is %v", text, c)
		}
	}
	if len(colorNames) != 148 {
		t.Errorf("%d names", len(colorNames))
	}
}

func TestStyleSheetsCascade(t *testing.T) {
	for name, tt := range map[string]struct{ sheet, want string }{
		"type":                     {"rect{fill:#010101}", "010101"},
		"class over type":          {".a{fill:#020202} rect{fill:#010101}", "020202"},
		"id over class":            {"#r{fill:#030303} .a.b{fill:#020202}", "030303"},
		"the later of equals":      {".a{fill:#010101} .b{fill:#020202}", "020202"},
		"descendant":               {"g rect{fill:#040404} rect{fill:#010101}", "040404"},
		"far descendant":           {"svg .deep rect{fill:#050505}", "050505"},
		"child":                    {".deep > rect{fill:#060606} g > rect{fill:#070707}", "070707"},
		"group":                    {"circle, rect{fill:#080808}", "080808"},
		"important":                {"rect{fill:#090909 !important} #r{fill:#010101}", "090909"},
		"at-rules are passed over": {"@media print{rect{fill:#010101}} rect{fill:#0a0a0a}", "0a0a0a"},
		"what it does not know":    {"rect:hover{fill:#010101} rect[x]{fill:#020202} rect{fill:#0b0b0b}", "0b0b0b"},
		"comments":                 {"/* rect{fill:#010101} */ rect{fill:/**/#0c0c0c}", "0c0c0c"},
	} {
		t.Run(name, func(t *testing.T) {
			p := drawn(t, `<style>`+strings.ReplaceAll(tt.sheet, ">", "&gt;")+`</style><g class="deep"><g><rect id="r" class="a b" fill="red" width="9" height="9"/></g></g>`)[0].(*press.Path)
			if got := paintText(p); got != "fill #"+tt.want+"/0" {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestDashesBeginWithTheirPhase(t *testing.T) {
	for name, tt := range map[string]struct {
		attr string
		want string
	}{
		"none":        {`stroke-dasharray="4 2"`, "4 2"},
		"in a dash":   {`stroke-dasharray="4 2" stroke-dashoffset="1"`, "3 2 1 0"},
		"in a gap":    {`stroke-dasharray="4 2" stroke-dashoffset="5"`, "0 1 4 1"},
		"a row later": {`stroke-dasharray="4 2" stroke-dashoffset="12"`, "4 2"},
		"before":      {`stroke-dasharray="4 2" stroke-dashoffset="-2"`, "0 2 4 0"},
		"odd":         {`stroke-dasharray="3"`, "3 3"},
	} {
		t.Run(name, func(t *testing.T) {
			p := drawn(t, `<path d="M0 9H50" fill="none" stroke="red" `+tt.attr+`/>`)[0].(*press.Path)
			var got []string
			for _, d := range p.Stroke.Dash {
				got = append(got, round(d))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestGradientsKeepTheirStripesSquare(t *testing.T) {
	g := drawn(t, `<linearGradient id="g" x2="1" y2="1"><stop/><stop offset="1" stop-color="red"/></linearGradient><rect width="80" height="20" fill="url(#g)"/>`)[0].(*press.Path).Fill.Gradient
	// the corners that lie on the middle stripe are equally far along the axis
	dx, dy := g.To.X-g.From.X, g.To.Y-g.From.Y
	along := func(x, y press.Pt) press.Pt {
		return ((x-g.From.X)*dx + (y-g.From.Y)*dy) / (dx*dx+dy*dy).Scale(1, 1000)
	}
	if a, b := along(80*press.Point, 0), along(0, 20*press.Point); a < 498 || a > 502 || b < 498 || b > 502 {
		t.Errorf("the corners are at %d and %d thousandths", a, b)
	}
}

func TestAClipIsTheUnionOfItsShapesHoweverTheyTurn(t *testing.T) {
	ops := drawn(t, `<clipPath id="c"><path d="M10 10H60V60H10z"/><path d="M40 40V90H90V40z"/><path d="M5 70C5 60 20 60 20 70V95H5z"/><path d="M10 65V90H15V65z"/></clipPath><rect width="100" height="100" clip-path="url(#c)"/>`)
	img := raster.Draw(ops, raster.Frame{W: 100 * press.Point, H: 100 * press.Point, DPI: 72}, newSetter(t).shaper.Outlines())
	for _, at := range [][2]int{{20, 20}, {50, 50}, {80, 80}, {12, 80}, {7, 90}} {
		if img.RGBAAt(at[0], at[1]).A != 255 {
			t.Errorf("%v is cut off", at)
		}
	}
	for _, at := range [][2]int{{80, 20}, {30, 80}, {95, 95}} {
		if img.RGBAAt(at[0], at[1]).A != 0 {
			t.Errorf("%v is not cut off", at)
		}
	}
}
