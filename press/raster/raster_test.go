package raster

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"quire/press"
	"quire/press/font"
)

const pt = press.Point

// inch draws ops on an inch square of 72 pixels, one a point.
func inch(t testing.TB, ops ...press.Op) *image.RGBA {
	t.Helper()
	lib, err := font.Open()
	if err != nil {
		t.Fatal(err)
	}
	return Draw(ops, Frame{W: press.Inch, H: press.Inch, DPI: 72}, lib.Outlines())
}

// box is a rectangle in points.
func box(x, y, w, h press.Pt) []press.Segment {
	at := func(verb byte, x, y press.Pt) press.Segment {
		return press.Segment{Verb: verb, P: [3]press.Point2{{X: x * pt, Y: y * pt}}}
	}
	return []press.Segment{at('M', x, y), at('L', x+w, y), at('L', x+w, y+h), at('L', x, y+h), {Verb: 'Z'}}
}

// red is a red rectangle.
func red(x, y, w, h press.Pt) *press.Path {
	return &press.Path{Segments: box(x, y, w, h), Fill: &press.Paint{Color: press.Color{R: 255}}}
}

// line is a line from left to right.
func line(s press.Stroke) *press.Path {
	return &press.Path{Segments: []press.Segment{{Verb: 'M', P: [3]press.Point2{{X: 10 * pt, Y: 20 * pt}}}, {Verb: 'L', P: [3]press.Point2{{X: 50 * pt, Y: 20 * pt}}}}, Stroke: &s}
}

func TestWhatIsDrawnIsSeenWhereItIsDrawn(t *testing.T) {
	half := red(10, 10, 20, 20)
	half.Segments = append(half.Segments, box(15, 15, 10, 10)...)
	evenOdd := *half
	evenOdd.EvenOdd = true
	fade := &press.Gradient{From: press.Point2{X: 0}, To: press.Point2{X: 70 * pt}, Stops: []press.Stop{{Color: press.Color{R: 255}}, {At: 65536, Color: press.Color{B: 255}}}}
	far := *fade
	far.To.X, far.Spread = 10*pt, press.SpreadRepeat
	white := &press.Path{Segments: box(0, 0, 36, 72), Fill: &press.Paint{Color: press.Color{R: 255, G: 255, B: 255}}}
	for name, tt := range map[string]struct {
		op   press.Op
		x, y int
		want color.RGBA
	}{
		"inside":                {red(10, 10, 20, 20), 12, 12, color.RGBA{255, 0, 0, 255}},
		"outside":               {red(10, 10, 20, 20), 32, 12, color.RGBA{}},
		"beyond the edge":       {red(-500, -500, 505, 900), 4, 71, color.RGBA{255, 0, 0, 255}},
		"nonzero":               {half, 20, 20, color.RGBA{255, 0, 0, 255}},
		"even-odd":              {&evenOdd, 20, 20, color.RGBA{}},
		"clear":                 {&press.Path{Segments: box(0, 0, 72, 72), Fill: &press.Paint{Color: press.Color{R: 255, Clear: 155}}}, 9, 9, color.RGBA{100, 0, 0, 100}},
		"a line":                {line(press.Stroke{Width: 4 * pt}), 20, 20, color.RGBA{0, 0, 0, 255}},
		"beside a line":         {line(press.Stroke{Width: 4 * pt}), 20, 23, color.RGBA{}},
		"past a butt":           {line(press.Stroke{Width: 4 * pt}), 51, 20, color.RGBA{}},
		"on a square end":       {line(press.Stroke{Width: 4 * pt, SquareCap: true}), 51, 18, color.RGBA{0, 0, 0, 255}},
		"on a round end":        {line(press.Stroke{Width: 8 * pt, RoundCap: true}), 52, 20, color.RGBA{0, 0, 0, 255}},
		"on a dash":             {line(press.Stroke{Width: 4 * pt, Dash: []press.Pt{5 * pt, 5 * pt}}), 12, 20, color.RGBA{0, 0, 0, 255}},
		"between dashes":        {line(press.Stroke{Width: 4 * pt, Dash: []press.Pt{5 * pt, 5 * pt}}), 17, 20, color.RGBA{}},
		"left of a gradient":    {&press.Path{Segments: box(0, 0, 72, 72), Fill: &press.Paint{Gradient: fade}}, 0, 5, color.RGBA{253, 0, 2, 255}},
		"right of a gradient":   {&press.Path{Segments: box(0, 0, 72, 72), Fill: &press.Paint{Gradient: fade}}, 71, 5, color.RGBA{0, 0, 255, 255}},
		"a gradient that comes": {&press.Path{Segments: box(0, 0, 72, 72), Fill: &press.Paint{Gradient: &far}}, 60, 5, color.RGBA{242, 0, 13, 255}},
		"cut off":               {&press.Group{Ops: []press.Op{red(0, 0, 72, 72)}, Clip: []press.Clip{{Segments: box(0, 0, 10, 10)}}}, 20, 5, color.RGBA{}},
		"not cut off":           {&press.Group{Ops: []press.Op{red(0, 0, 72, 72)}, Clip: []press.Clip{{Segments: box(0, 0, 30, 30)}, {Segments: box(10, 0, 30, 30)}}}, 20, 5, color.RGBA{255, 0, 0, 255}},
		"as one":                {&press.Group{Ops: []press.Op{red(0, 0, 72, 72), red(0, 0, 72, 72)}, Clear: 155}, 20, 5, color.RGBA{100, 0, 0, 100}},
		"masked by white":       {&press.Group{Ops: []press.Op{red(0, 0, 72, 72)}, Mask: &press.Group{Ops: []press.Op{white}}}, 20, 5, color.RGBA{255, 0, 0, 255}},
		"masked by nothing":     {&press.Group{Ops: []press.Op{red(0, 0, 72, 72)}, Mask: &press.Group{Ops: []press.Op{white}}}, 40, 5, color.RGBA{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := inch(t, tt.op).RGBAAt(tt.x, tt.y); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTheEdgeOfAShapeIsAsDarkAsItCovers(t *testing.T) {
	p := red(0, 0, 10, 10)
	for i := range p.Segments {
		p.Segments[i].P[0].X += pt / 4
	}
	img := inch(t, p)
	if l, r := img.RGBAAt(0, 5).A, img.RGBAAt(10, 5).A; l != 192 || r != 64 {
		t.Errorf("edges are %d and %d dark, want 192 and 64", l, r)
	}
}

func TestTheEdgeOfAHoleIsAsDarkAsItLeaves(t *testing.T) {
	p := red(0, 0, 30, 30)
	p.EvenOdd = true
	hole := box(10, 10, 10, 10)
	for i := range hole {
		hole[i].P[0].X += pt / 4
	}
	p.Segments = append(p.Segments, hole...)
	img := inch(t, p)
	if l, m, r := img.RGBAAt(10, 15).A, img.RGBAAt(15, 15).A, img.RGBAAt(20, 15).A; l != 64 || m != 0 || r != 192 {
		t.Errorf("got %d, %d and %d, want 64, 0 and 192", l, m, r)
	}
}

func TestPicturesAreStretchedOverTheirRectangle(t *testing.T) {
	src := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	src.SetNRGBA(0, 0, color.NRGBA{255, 0, 0, 255})
	src.SetNRGBA(1, 0, color.NRGBA{0, 255, 0, 128})
	var b bytes.Buffer
	if err := png.Encode(&b, src); err != nil {
		t.Fatal(err)
	}
	pic := &press.Image{Format: press.PNG, Data: b.Bytes(), Width: 2, Height: 1}
	img := inch(t, &press.Picture{Image: pic, X: 10 * pt, Y: 10 * pt, W: 40 * pt, H: 20 * pt})
	for at, want := range map[image.Point]color.RGBA{{11, 11}: {255, 0, 0, 255}, {48, 28}: {0, 128, 0, 128}, {9, 11}: {}, {51, 11}: {}} {
		if got := img.RGBAAt(at.X, at.Y); got != want {
			t.Errorf("at %v: got %v, want %v", at, got, want)
		}
	}
	small := inch(t, &press.Picture{Image: pic, W: pt, H: pt}, &press.Picture{Image: &press.Image{Data: []byte("x")}, W: pt, H: pt})
	if got := small.RGBAAt(0, 0); got != (color.RGBA{128, 64, 0, 192}) {
		t.Errorf("both pixels in one are %v", got)
	}
}

func TestTextIsTurnedByItsMatrix(t *testing.T) {
	lib, err := font.Open()
	if err != nil {
		t.Fatal(err)
	}
	g := lib.Shaper().Shape("PTSans-Bold", 0, "en", "l")[0]
	run := press.Run{Font: "PTSans-Bold", Size: 60 * pt, X: 10 * pt, Y: 60 * pt, Stretch: 1 << 16, Glyphs: []press.Glyph{{ID: g.ID}}}
	if inch(t, &press.Line{Runs: []press.Run{run}}).RGBAAt(19, 40).A == 0 {
		t.Error("an upright l does not stand up")
	}
	run.Matrix = &press.Matrix{B: 1 << 16, C: -1 << 16} // a quarter to the right
	run.Y = 10 * pt
	if inch(t, &press.Line{Runs: []press.Run{run}}).RGBAAt(40, 18).A == 0 {
		t.Error("a turned l does not lie")
	}
	run.Strike, run.Glyphs = true, []press.Glyph{{ID: g.ID}, {ID: g.ID, X: 40 * pt}}
	run.Matrix, run.Y = nil, 60*pt
	if inch(t, &press.Line{Runs: []press.Run{run}}).RGBAAt(40, 45).A == 0 {
		t.Error("struck text has no rule")
	}
}

func TestHugeFramesAreDrawnCoarser(t *testing.T) {
	img := Draw(nil, Frame{W: 1 << 20, H: 1 << 20, DPI: 1 << 20}, nil)
	if n := img.Rect.Dx() * img.Rect.Dy(); n > MaxPixels+20000 {
		t.Errorf("%d pixels", n)
	}
}

func TestFilters(t *testing.T) {
	in := image.NewRGBA(image.Rect(0, 0, 9, 9))
	in.SetRGBA(4, 4, color.RGBA{255, 0, 0, 255})
	blue := Flood(in.Rect, press.Color{B: 255})
	for name, tt := range map[string]struct {
		img  *image.RGBA
		x, y int
		want color.RGBA
	}{
		"moved":      {Offset(in, 2, -1), 6, 3, color.RGBA{255, 0, 0, 255}},
		"moved away": {Offset(in, 20, 0), 6, 3, color.RGBA{}},
		"blurred":    {Blur(in, 1, 1), 4, 4, color.RGBA{29, 0, 0, 29}},
		"not at all": {Blur(in, 0, 0), 4, 4, color.RGBA{255, 0, 0, 255}},
		"its shape":  {Alpha(in), 4, 4, color.RGBA{0, 0, 0, 255}},
		"over":       {Compose("over", in, blue, [4]float64{}), 4, 4, color.RGBA{255, 0, 0, 255}},
		"in":         {Compose("in", blue, in, [4]float64{}), 4, 4, color.RGBA{0, 0, 255, 255}},
		"out":        {Compose("out", blue, in, [4]float64{}), 4, 4, color.RGBA{}},
		"atop":       {Compose("atop", blue, in, [4]float64{}), 3, 4, color.RGBA{}},
		"xor":        {Compose("xor", in, blue, [4]float64{}), 3, 4, color.RGBA{0, 0, 255, 255}},
		"arithmetic": {Compose("arithmetic", in, blue, [4]float64{0, 0, 0.5, 0}), 4, 4, color.RGBA{0, 0, 128, 128}},
		"multiplied": {Multiply(in, blue), 4, 4, color.RGBA{0, 0, 0, 255}},
		"recoloured": {Recolor(in, false, func(c [4]float64) [4]float64 { return [4]float64{c[1], c[0], 0.5, c[3]} }), 4, 4, color.RGBA{0, 255, 128, 255}},
		"in light":   {Recolor(blue, true, func(c [4]float64) [4]float64 { return [4]float64{0.2159, 0, c[2], 1} }), 4, 4, color.RGBA{128, 0, 255, 255}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.img.RGBAAt(tt.x, tt.y); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
