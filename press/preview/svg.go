package preview

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"

	"quire/press"
	"quire/press/font"
	"quire/press/raster"
)

// SVG writes the page with index i as an SVG file that needs no other: letters
// are shapes, pictures are inside. Its unit is the point. The same page gives
// the same bytes. A page that there is not is a problem.Invalid.
func SVG(w io.Writer, pages *press.Pages, i int, fonts *font.Library) error {
	page, err := pageOf(pages, i)
	if err != nil {
		return err
	}
	s := &sheet{glyphs: fonts.Outlines(), letters: map[letter]int{}, pictures: map[*press.Image]int{}}
	s.ops(page.Ops)
	width, height := number(pages.Trim.Width), number(pages.Trim.Height)
	label := "Page " + page.Label
	var b bytes.Buffer
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" width="` + width + `pt" height="` + height + `pt" viewBox="0 0 ` + width + " " + height + `" role="img" aria-label="` + escape(label) + "\">\n<title>" + escape(label) + "</title>\n")
	if s.defs.Len() > 0 {
		b.WriteString("<defs>\n" + s.defs.String() + "</defs>\n")
	}
	b.WriteString(`<rect width="100%" height="100%" fill="#fff"/>` + "\n" + s.body.String() + "</svg>\n")
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("drawing of page %s: %w", page.Label, err)
	}
	return nil
}

// letter is a glyph of a face.
type letter struct {
	font  press.FontID
	glyph uint16
}

// sheet collects what a page draws and the parts that it refers to.
type sheet struct {
	glyphs   *font.Outlines
	body     bytes.Buffer
	defs     bytes.Buffer
	letters  map[letter]int // their numbers, -1 for blanks
	pictures map[*press.Image]int
	ids      int // of everything else
	chars    int // letters with a number
}

// ops draws things in their order.
func (s *sheet) ops(list []press.Op) {
	for _, op := range list {
		switch t := op.(type) {
		case *press.Line:
			for i := range t.Runs {
				s.run(&t.Runs[i])
			}
			for i := range t.Rules {
				s.path(t.Rules[i].Path())
			}
		case *press.Path:
			s.path(t)
		case *press.Picture:
			s.picture(t)
		case *press.Group:
			s.group(t)
		}
	}
}

// add writes to the page.
func (s *sheet) add(parts ...string) {
	for _, p := range parts {
		s.body.WriteString(p)
	}
}

// id returns a new name for something in the definitions.
func (s *sheet) id() string {
	s.ids++
	return "d" + strconv.Itoa(s.ids)
}

// run draws glyphs in the coordinates of their face.
func (s *sheet) run(r *press.Run) {
	if len(r.Glyphs) == 0 || r.Size <= 0 || r.Color.Clear == 255 {
		return
	}
	upem := s.glyphs.Upem(r.Font)
	m := press.Matrix{A: 1 << 16, D: 1 << 16}
	if r.Matrix != nil {
		m = *r.Matrix
	}
	// k is the scale in 1/65536: one font unit is so many points
	k := func(v int64, stretch int64) string {
		return decimal(float64(v)/65536*float64(stretch)/65536*float64(r.Size)/float64(press.Point)/float64(upem), 6)
	}
	s.add("<g", fill(r.Color), ` transform="matrix(`, k(m.A, r.Stretch), " ", k(m.B, r.Stretch), " ", k(m.C, 1<<16), " ", k(m.D, 1<<16), " ", number(r.X), " ", number(r.Y), `)">`)
	units := func(p press.Pt) int64 { return int64(p.Scale(upem, int64(r.Size))) }
	for i := range r.Glyphs {
		g := &r.Glyphs[i]
		n := s.letter(letter{r.Font, g.ID})
		if n < 0 {
			continue
		}
		s.add(`<use href="#g`, strconv.Itoa(n), `"`, attr("x", units(g.X)), attr("y", units(g.Y)), "/>")
	}
	if r.Strike {
		last := &r.Glyphs[len(r.Glyphs)-1]
		x0, x1 := units(r.Glyphs[0].X), units(last.X)+s.glyphs.Advance(r.Font, last.ID)
		const lower, thick = int64(raster.StrikeHeight * 1000), int64(raster.StrikeWidth * 1000)
		s.add("<rect", attr("x", x0), attr("y", -upem*(lower+thick)/1000), attr("width", x1-x0), attr("height", upem*thick/1000), "/>")
	}
	s.add("</g>\n")
}

// attr is an attribute, nothing for 0.
func attr(name string, v int64) string {
	if v == 0 {
		return ""
	}
	return " " + name + `="` + strconv.FormatInt(v, 10) + `"`
}

// letter returns the number of a glyph's shape, -1 if it has none.
func (s *sheet) letter(l letter) int {
	if n, ok := s.letters[l]; ok {
		return n
	}
	shape := s.glyphs.Outline(l.font, l.glyph)
	if len(shape) == 0 {
		s.letters[l] = -1
		return -1
	}
	s.chars++
	s.letters[l] = s.chars
	s.defs.WriteString(`<path id="g` + strconv.Itoa(s.chars) + `" d="` + pathData(shape, func(p press.Pt) string { return strconv.FormatInt(int64(p), 10) }) + "\"/>\n")
	return s.chars
}

// picture places a bitmap; one that stands on the page twice is kept once.
func (s *sheet) picture(p *press.Picture) {
	n, ok := s.pictures[p.Image]
	if !ok {
		n = s.define(p.Image)
		s.pictures[p.Image] = n
	}
	if n < 0 || p.W <= 0 || p.H <= 0 {
		return
	}
	s.add(`<use href="#p`, strconv.Itoa(n), `" transform="matrix(`, decimal(points(p.W)/float64(p.Image.Width), 6), " 0 0 ", decimal(points(p.H)/float64(p.Image.Height), 6), " ", number(p.X), " ", number(p.Y), `)"/>`+"\n")
}

// define writes a bitmap into the definitions and returns its number, -1 if it
// is none.
func (s *sheet) define(img *press.Image) int {
	if img.Format == press.SVG || img.Format == "" || img.Width <= 0 || img.Height <= 0 {
		return -1
	}
	n := len(s.pictures) + 1
	s.defs.WriteString(fmt.Sprintf("<image id=\"p%d\" width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\" href=\"data:image/%s;base64,", n, img.Width, img.Height, img.Format))
	s.defs.WriteString(base64.StdEncoding.EncodeToString(img.Data) + "\"/>\n")
	return n
}

// group draws ops as one.
func (s *sheet) group(g *press.Group) {
	closing := ""
	open := func(attrs string) {
		s.add("<g", attrs, ">")
		closing += "</g>"
	}
	for i := range g.Clip {
		id := s.id()
		rule := ""
		if g.Clip[i].EvenOdd {
			rule = ` clip-rule="evenodd"`
		}
		s.defs.WriteString(`<clipPath id="` + id + `"><path` + rule + ` d="` + pathData(g.Clip[i].Segments, number) + "\"/></clipPath>\n")
		open(` clip-path="url(#` + id + `)"`)
	}
	if g.Mask != nil {
		open(` mask="url(#` + s.mask(g.Mask) + `)"`)
	}
	if g.Clear > 0 {
		open(` opacity="` + opacity(g.Clear) + `"`)
	}
	s.add("\n")
	s.ops(g.Ops)
	s.add(closing, "\n")
}

// mask writes a mask into the definitions and returns its name.
func (s *sheet) mask(g *press.Group) string {
	outer := s.body
	s.body = bytes.Buffer{}
	s.group(g)
	inner := s.body.String()
	s.body = outer
	id := s.id()
	s.defs.WriteString(`<mask id="` + id + `" maskUnits="userSpaceOnUse" x="-9999" y="-9999" width="19998" height="19998">` + inner + "</mask>\n")
	return id
}

// escape makes text safe in XML.
func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
