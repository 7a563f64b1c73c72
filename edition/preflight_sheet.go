package edition

import (
	"bytes"
	"image"
	_ "image/jpeg" // for the look at line art
	_ "image/png"

	"quire/press"
)

// frame is a box on a page: left, top, right, bottom.
type frame struct{ x0, y0, x1, y1 press.Pt }

// meet is what two boxes share; it may be empty.
func (a frame) meet(b frame) frame {
	return frame{max(a.x0, b.x0), max(a.y0, b.y0), min(a.x1, b.x1), min(a.y1, b.y1)}
}

func (a frame) empty() bool { return a.x0 >= a.x1 || a.y0 >= a.y1 }

// around is the smallest box around both.
func (a frame) around(b frame) frame {
	return frame{min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1)}
}

// sheet is a page that is measured.
type sheet struct {
	*findings
	pages           *press.Pages
	where           string
	recto           bool
	inside, outside press.Pt // margins that are needed

	text frame // around all its letters
	any  bool  // there are some
}

// ops measures what is drawn inside the clip.
func (s *sheet) ops(list []press.Op, clip frame) {
	for _, op := range list {
		switch t := op.(type) {
		case *press.Line:
			s.line(t, clip)
		case *press.Picture:
			s.picture(t, clip)
		case *press.Path:
			if b, ok := outline(t.Segments); ok {
				s.edges(b.meet(clip))
			}
		case *press.Group:
			inner := clip
			for _, c := range t.Clip {
				if b, ok := outline(c.Segments); ok {
					inner = inner.meet(b)
				}
			}
			s.ops(t.Ops, inner)
		}
	}
}

// line takes the letters of a line into account. How wide the last one is, is
// not told; the measure bounds it.
func (s *sheet) line(l *press.Line, clip frame) {
	for _, r := range l.Runs {
		if len(r.Glyphs) == 0 || r.Matrix != nil {
			continue
		}
		last := r.Glyphs[len(r.Glyphs)-1]
		end := r.X + last.X.Scale(r.Stretch, 65536) + r.Size/2
		if edge := l.X + l.Width + max(l.Over, 0); l.Width > 0 {
			end = min(end, edge)
		}
		box := frame{r.X + r.Glyphs[0].X.Scale(r.Stretch, 65536), r.Y - r.Size*2/3, end, r.Y}.meet(clip)
		if box.empty() {
			continue
		}
		if s.any {
			box = box.around(s.text)
		}
		s.text, s.any = box, true
	}
}

// margins compares the letters' place with what printers ask for, and returns
// how far they are from the binding and from the nearest cut.
func (s *sheet) margins(pages int) (inner, nearest press.Pt) {
	trim := s.pages.Trim
	if !s.any {
		return trim.Width, trim.Width
	}
	left, right := s.text.x0, trim.Width-s.text.x1
	inner, outer := left, right
	nearest = trim.Width
	if !s.recto {
		inner, outer = right, left
	}
	if inner < s.inside-slack {
		s.add("pages.inside", s.where, "text is %s from the binding; %d pages need %s", inches(inner), pages, inches(s.inside))
	}
	for _, edge := range []struct {
		name string
		free press.Pt
	}{{"outer", outer}, {"upper", s.text.y0}, {"lower", trim.Height - s.text.y1}} {
		if edge.free < s.outside-slack {
			s.add("pages.outside", s.where, "text is %s from the %s cut; printers ask for %s", inches(edge.free), edge.name, inches(s.outside))
		}
		nearest = min(nearest, edge.free)
	}
	return inner, nearest
}

// picture measures a bitmap: how fine it is, and whether it reaches the cut.
func (s *sheet) picture(p *press.Picture, clip frame) {
	s.edges(frame{p.X, p.Y, p.X + p.W, p.Y + p.H}.meet(clip))
	if p.W <= 0 || p.H <= 0 || p.Image == nil {
		return
	}
	dpi := min(int64(p.Image.Width)*int64(press.Inch)/int64(p.W), int64(p.Image.Height)*int64(press.Inch)/int64(p.H))
	name := clipName(p.Image.Source)
	switch {
	case dpi < leastDPI:
		s.add("pictures.coarse", s.where, "the picture %s has %d dots an inch as placed; below %d it is seen", name, dpi, leastDPI)
	case dpi < goodDPI:
		s.add("pictures.resolution", s.where, "the picture %s has %d dots an inch as placed; printers ask for %d", name, dpi, goodDPI)
	case dpi < 2*goodDPI && lineArt(p.Image):
		s.add("pictures.line-art", s.where, "the picture %s is black on white with %d dots an inch; line art wants %d", name, dpi, 2*goodDPI)
	}
}

// edges looks whether something that is drawn reaches the cut, and then far
// enough over it.
func (s *sheet) edges(b frame) {
	if b.empty() {
		return
	}
	trim, over := s.pages.Trim, []press.Pt(nil)
	for _, past := range []press.Pt{-b.x0, -b.y0, b.x1 - trim.Width, b.y1 - trim.Height} {
		if past >= -nearEdge {
			over = append(over, past)
		}
	}
	if len(over) == 0 {
		return
	}
	least := over[0]
	for _, o := range over {
		least = min(least, o)
	}
	switch {
	case s.pages.Bleed == 0:
		s.add("pages.bleed", s.where, "a picture reaches the cut, and the pages have no bleed")
	case least < min(leastBleed, s.pages.Bleed)-slack:
		s.add("pages.bleed", s.where, "a picture ends at the cut instead of reaching over it")
	case s.pages.Bleed < leastBleed:
		s.add("pages.bleed", s.where, "the bleed is %s; printers ask for 0.125 in (3 mm)", inches(s.pages.Bleed))
	}
}

// outline is the box around the points of a path.
func outline(path []press.Segment) (frame, bool) {
	var b frame
	any := false
	for _, seg := range path {
		n := map[byte]int{'M': 1, 'L': 1, 'C': 3}[seg.Verb]
		for _, p := range seg.P[:n] {
			at := frame{p.X, p.Y, p.X, p.Y}
			if any {
				at = at.around(b)
			}
			b, any = at, true
		}
	}
	return b, any
}

// clipName is a picture's name as the manuscript has it, not too long.
func clipName(source string) string { return clip(source, 80) }

// mostArt is how many pixels a picture may have to be looked at for line art.
const mostArt = 16 << 20

// lineArt reports whether nearly every dot of a bitmap is black or white.
func lineArt(img *press.Image) bool {
	if img.Width*img.Height > mostArt || img.Format != press.PNG {
		return false
	}
	dots, _, err := image.Decode(bytes.NewReader(img.Data))
	if err != nil {
		return false
	}
	const grid = 100
	b, sharp, dark := dots.Bounds(), 0, 0
	for y := range grid {
		for x := range grid {
			r, g, bl, a := dots.At(b.Min.X+x*b.Dx()/grid, b.Min.Y+y*b.Dy()/grid).RGBA()
			light := (r + g + bl) / 3
			if a < 0x1000 || light > 0xf000 || light < 0x1000 {
				sharp++
			}
			if a > 0xf000 && light < 0x1000 {
				dark++
			}
		}
	}
	return sharp > grid*grid*97/100 && dark > grid*grid/200
}
