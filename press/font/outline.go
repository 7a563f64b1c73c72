package font

import (
	"math"

	gofont "github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"

	"quire/press"
)

// Outlines gives the shapes of letters and remembers them. It belongs to one
// goroutine.
type Outlines struct {
	lib    *Library
	faces  map[press.FontID]*gofont.Face // nil is a face that there is none of
	shapes map[glyphKey][]press.Segment
}

// glyphKey is a glyph of a face.
type glyphKey struct {
	id    press.FontID
	glyph uint16
}

// maxShapes bounds the memory of Outlines: when so many are remembered, it
// forgets all.
const maxShapes = 1 << 13

// Outlines returns the shapes of the library's letters.
func (l *Library) Outlines() *Outlines {
	return &Outlines{lib: l, faces: map[press.FontID]*gofont.Face{}, shapes: map[glyphKey][]press.Segment{}}
}

// Outlines returns the shapes of the letters that the shaper sets.
func (s *Shaper) Outlines() *Outlines { return s.lib.Outlines() }

// Upem returns how many font units make the size of a face, 1000 for a face
// that there is not.
func (o *Outlines) Upem(id press.FontID) int64 {
	if f := o.face(id); f != nil {
		return int64(f.Upem())
	}
	return 1000
}

// Advance returns the width of a glyph in font units.
func (o *Outlines) Advance(id press.FontID, glyph uint16) int64 {
	if f := o.face(id); f != nil {
		return int64(f.HorizontalAdvance(gofont.GID(glyph)))
	}
	return 0
}

// Outline returns a glyph's shape in font units around its origin, y downwards,
// filled by the nonzero rule; nil for a blank, and for a face or glyph that
// there is not. Quadratic curves are raised to cubic ones. The result is
// shared: do not change it.
func (o *Outlines) Outline(id press.FontID, glyph uint16) []press.Segment {
	key := glyphKey{id, glyph}
	if s, ok := o.shapes[key]; ok {
		return s
	}
	var out []press.Segment
	if f := o.face(id); f != nil {
		out = cubics(f.GlyphData(gofont.GID(glyph)))
	}
	if len(o.shapes) >= maxShapes {
		clear(o.shapes)
	}
	o.shapes[key] = out
	return out
}

// face opens a face at its first use.
func (o *Outlines) face(id press.FontID) *gofont.Face {
	if f, ok := o.faces[id]; ok {
		return f
	}
	var f *gofont.Face
	if _, parsed, err := o.lib.load(id); err == nil {
		f = gofont.NewFace(parsed)
	}
	o.faces[id] = f
	return f
}

// cubics turns a font's outline into segments.
func cubics(data gofont.GlyphData) []press.Segment {
	outline, ok := data.(gofont.GlyphOutline)
	if !ok {
		return nil
	}
	var out []press.Segment
	var pen ot.SegmentPoint
	open := false
	end := func() {
		if open {
			out = append(out, press.Segment{Verb: 'Z'})
		}
		open = false
	}
	for _, s := range outline.Segments {
		switch s.Op {
		case ot.SegmentOpMoveTo:
			end()
			out = append(out, segment('M', s.Args[0]))
			open, pen = true, s.Args[0]
		case ot.SegmentOpLineTo:
			out = append(out, segment('L', s.Args[0]))
			pen = s.Args[0]
		case ot.SegmentOpQuadTo:
			out = append(out, segment('C', third(pen, s.Args[0]), third(s.Args[1], s.Args[0]), s.Args[1]))
			pen = s.Args[1]
		case ot.SegmentOpCubeTo:
			out = append(out, segment('C', s.Args[0], s.Args[1], s.Args[2]))
			pen = s.Args[2]
		}
	}
	end()
	return out
}

// third is two thirds of the way from an end to the control point, where the
// control point of the cubic curve stands.
func third(end, control ot.SegmentPoint) ot.SegmentPoint {
	at := func(a, b float32) float32 { return a + float32(2*(b-a))/3 }
	return ot.SegmentPoint{X: at(end.X, control.X), Y: at(end.Y, control.Y)}
}

// segment is a step of an outline, turned upside down.
func segment(verb byte, points ...ot.SegmentPoint) press.Segment {
	s := press.Segment{Verb: verb}
	for i, p := range points {
		s.P[i] = press.Point2{X: press.Pt(math.Round(float64(p.X))), Y: press.Pt(math.Round(-float64(p.Y)))}
	}
	return s
}
