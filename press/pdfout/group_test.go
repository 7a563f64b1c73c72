package pdfout

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"

	"quire/book"
	"quire/press"
)

// drawnBy is a typesetter whose only page has the given ops.
type drawnBy struct {
	ops   []press.Op
	bleed press.Pt
}

func (d drawnBy) Typeset(context.Context, *press.Document, press.Options) (*press.Pages, error) {
	tree := &press.Node{Role: press.RoleDocument}
	figure := tree.Kid(press.RoleFigure)
	figure.Alt = "A drawing"
	for _, op := range d.ops {
		switch t := op.(type) {
		case *press.Path:
			t.Node = figure
		case *press.Group:
			t.Node = figure
		}
	}
	return &press.Pages{Trim: press.Trim{Width: 300 * press.Point, Height: 300 * press.Point}, Bleed: d.bleed, Lang: "en",
		List: []press.Page{{Label: "1", Ops: d.ops}}, Tree: tree}, nil
}

// square is a filled square of 100 points with its corner at x, y (in points).
func square(x, y press.Pt, paint press.Paint) *press.Path {
	at := func(verb byte, x, y press.Pt) press.Segment {
		return press.Segment{Verb: verb, P: [3]press.Point2{{X: x * press.Point, Y: y * press.Point}}}
	}
	return &press.Path{Fill: &paint, Segments: []press.Segment{at('M', x, y), at('L', x+100, y), at('L', x+100, y+100), at('L', x, y+100), {Verb: 'Z'}}}
}

// page draws ops as a PDF and returns it with a picture of its page, a pixel a
// point.
func page(t *testing.T, opt press.Options, d drawnBy) ([]byte, image.Image, press.Report) {
	t.Helper()
	doc, _, err := press.Parse(book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{Title: "One"}}})
	if err != nil {
		t.Fatal(err)
	}
	o := newOutput(t)
	o.Typesetter = d
	var b bytes.Buffer
	report, err := o.Write(t.Context(), &b, doc, opt)
	if err != nil {
		t.Fatal(err)
	}
	seen := tool(t, b.Bytes(), "pdftoppm", "-r", "72", "-png", "FILE")
	img, err := png.Decode(strings.NewReader(seen))
	if err != nil {
		t.Fatal(err)
	}
	tool(t, b.Bytes(), "qpdf", "--check", "FILE")
	return b.Bytes(), img, report
}

var (
	black = press.Paint{}
	red   = press.Paint{Color: press.Color{R: 255}}
	green = press.Paint{Color: press.Color{G: 255}}
	white = press.Paint{Color: press.Color{R: 255, G: 255, B: 255}}
)

func TestGroupsAreDrawnAsOne(t *testing.T) {
	line := func(x0, x1 press.Pt, from, to press.Color) *press.Gradient {
		return &press.Gradient{From: press.Point2{X: x0 * press.Point}, To: press.Point2{X: x1 * press.Point}, Stops: []press.Stop{{Color: from}, {At: 1 << 16, Color: to}}}
	}
	half := &press.Group{Clear: 128, Ops: []press.Op{square(0, 0, black), square(50, 0, black)}}
	cut := &press.Group{Clip: []press.Clip{{Segments: square(50, 150, black).Segments}}, Ops: []press.Op{square(0, 150, red), square(100, 150, red)}}
	masked := &press.Group{Ops: []press.Op{square(150, 0, red)}, Mask: &press.Group{Ops: []press.Op{square(150, 50, white)}}}
	fading := square(180, 180, press.Paint{Gradient: line(180, 280, press.Color{R: 255}, press.Color{R: 255, Clear: 255})})
	for name, tt := range map[string]struct {
		archive    bool
		x, y       int
		r, g, b, d uint32
	}{
		"once, clear":                   {false, 20, 50, 128, 128, 128, 3},
		"twice, as clear as once":       {false, 75, 50, 128, 128, 128, 3},
		"inside the clip":               {false, 60, 200, 255, 0, 0, 3},
		"outside the clip":              {false, 20, 200, 255, 255, 255, 3},
		"where the mask is bright":      {false, 200, 75, 255, 0, 0, 3},
		"where the mask is dark":        {false, 200, 25, 255, 255, 255, 3},
		"where the gradient is solid":   {false, 184, 200, 255, 10, 10, 12},
		"where the gradient is half":    {false, 230, 200, 255, 128, 128, 12},
		"archived: mixed with white":    {true, 20, 50, 128, 128, 128, 3},
		"archived: the clip stays":      {true, 20, 200, 255, 255, 255, 3},
		"archived: no mask":             {true, 200, 25, 255, 0, 0, 3},
		"archived: the gradient blends": {true, 230, 200, 255, 128, 128, 12},
	} {
		t.Run(name, func(t *testing.T) {
			pdf, img, report := page(t, press.Options{Archive: tt.archive}, drawnBy{ops: []press.Op{half, cut, masked, fading}})
			r, g, b, _ := img.At(tt.x, tt.y).RGBA()
			for _, c := range [][2]uint32{{r >> 8, tt.r}, {g >> 8, tt.g}, {b >> 8, tt.b}} {
				if c[0] > c[1]+tt.d || c[0]+tt.d < c[1] {
					t.Errorf("%d %d %d, want %d %d %d", r>>8, g>>8, b>>8, tt.r, tt.g, tt.b)
				}
			}
			if tt.archive {
				preflight(t, pdf)
			}
			if got := len(report.Warnings) == 1 && report.Warnings[0].Detail == flattened; got != tt.archive {
				t.Errorf("warnings %v", report.Warnings)
			}
		})
	}
}

func TestGradientsGoOnAsTheySay(t *testing.T) {
	stops := []press.Stop{{Color: red.Color}, {At: 1 << 16, Color: green.Color}}
	for name, tt := range map[string]struct {
		g    press.Gradient
		x    int
		r, v uint32
	}{
		"pad":         {press.Gradient{Spread: press.SpreadPad}, 99, 0, 255},
		"repeat":      {press.Gradient{Spread: press.SpreadRepeat}, 52, 235, 20},
		"reflect":     {press.Gradient{Spread: press.SpreadReflect}, 52, 20, 235},
		"by a matrix": {press.Gradient{Matrix: &press.Matrix{A: 2 << 16, D: 1 << 16}}, 75, 64, 191},
	} {
		t.Run(name, func(t *testing.T) {
			g := tt.g
			g.From, g.To, g.Stops = press.Point2{X: 25 * press.Point}, press.Point2{X: 50 * press.Point}, stops
			if g.Matrix != nil {
				g.From, g.To = press.Point2{}, press.Point2{X: 50 * press.Point}
			}
			_, img, _ := page(t, press.Options{}, drawnBy{ops: []press.Op{square(0, 0, press.Paint{Gradient: &g})}})
			r, v, _, _ := img.At(tt.x, 50).RGBA()
			near := func(a, b uint32) bool { return a>>8 <= b+16 && a>>8+16 >= b }
			if !near(r, tt.r) || !near(v, tt.v) {
				t.Errorf("red %d green %d, want %d %d", r>>8, v>>8, tt.r, tt.v)
			}
		})
	}
}

func TestTurnedTextStandsWhereItIsTurnedTo(t *testing.T) {
	o := newOutput(t)
	s := o.Fonts.Shaper()
	defer s.Release()
	id := s.Shape("PTSans-Bold", 0, "en", "I")[0].ID
	run := press.Run{Font: "PTSans-Bold", Size: 100 * press.Point, X: 100 * press.Point, Y: 200 * press.Point, Stretch: 1 << 16,
		Matrix: &press.Matrix{B: 1 << 16, C: -1 << 16}, Glyphs: []press.Glyph{{ID: id, Text: "I"}}}
	_, img, _ := page(t, press.Options{}, drawnBy{ops: []press.Op{&press.Line{Runs: []press.Run{run}}}})
	dark := func(x, y int) bool { r, _, _, _ := img.At(x, y).RGBA(); return r < 0x8000 }
	if !dark(140, 215) || dark(115, 160) {
		t.Error("a letter turned by a quarter does not lie to the right of its origin")
	}
}

func TestStruckOutTextHasARuleThroughIt(t *testing.T) {
	run := func(strike bool) press.Run {
		return press.Run{Font: "PTSans-Regular", Size: 100 * press.Point, X: 50 * press.Point, Y: 200 * press.Point, Stretch: 1 << 16, Strike: strike,
			Glyphs: []press.Glyph{{ID: 3, Text: " "}, {ID: 3, X: 100 * press.Point, Text: " "}}}
	}
	for _, strike := range []bool{true, false} {
		_, img, _ := page(t, press.Options{}, drawnBy{ops: []press.Op{&press.Line{Runs: []press.Run{run(strike)}}}})
		if r, _, _, _ := img.At(100, 174).RGBA(); r < 0x8000 != strike {
			t.Errorf("struck %t: %x", strike, r)
		}
	}
}

func TestBleedIsPaperAroundTheTrim(t *testing.T) {
	pdf, img, _ := page(t, press.Options{}, drawnBy{bleed: 9 * press.Point, ops: []press.Op{square(-9, -9, red)}})
	if b := img.Bounds(); b.Dx() != 318 || b.Dy() != 318 {
		t.Errorf("the paper is %v", b)
	}
	if r, g, _, _ := img.At(1, 1).RGBA(); r>>8 != 255 || g>>8 != 0 {
		t.Error("what reaches into the bleed is not drawn")
	}
	source := strings.NewReplacer("[ ", "[", " ]", "]").Replace(strings.Join(strings.Fields(plain(t, pdf)), " "))
	for _, want := range []string{"/MediaBox [-9 -9 309 309]", "/TrimBox [0 0 300 300]", "/BleedBox [-9 -9 309 309]"} {
		if !strings.Contains(source, want) {
			t.Errorf("there is no %s", want)
		}
	}
}
