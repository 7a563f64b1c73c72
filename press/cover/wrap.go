package cover

import (
	"math"
	"strings"

	"quire/book"
	"quire/press"
	"quire/press/font"
	"quire/problem"
)

// Wrap is the cover of a printed book: back, spine and front in one piece.
type Wrap struct {
	Trim    press.Trim
	Pages   int
	Paper   Paper    // zero is white
	Bleed   press.Pt // on all four sides; 0 is 0.125 inches
	Barcode int      // size of the barcode in percent, 80 to 120; 0 is 100
}

// Box is a part of a wrap, from its upper left corner.
type Box struct{ X, Y, W, H press.Pt }

// Sizes are the measures of a wrap, with bleed.
type Sizes struct {
	Pages         int // raised to an even number
	Paper         Paper
	Trim          press.Trim
	Bleed, Spine  press.Pt
	Width, Height press.Pt // of the whole
	Back, Front   Box      // as they are cut
	SpineBox      Box
	Barcode       Box // the white box around it; zero without ISBN
	Safe          press.Pt
	SpineText     bool // the spine is thick enough for words
}

// The limits of a wrap.
const (
	usualBleed   = press.Inch / 8
	safe         = press.Inch / 4  // words stay so far away from cuts and folds
	spineSafe    = press.Inch / 16 // words on the spine, from its folds
	leastSpine   = 79              // pages, below which printers take no words on the spine
	leastSpineEm = 7 * press.Point // smallest type on a spine
	mostPages    = 3000            // of any book that is bound in one piece
)

// Wrap draws the cover of a printed book in its real size, with bleed: back,
// spine, front from left to right. The drawing is measured in points.
func (p *Press) Wrap(meta book.Meta, lang string, d Design, w Wrap) (*press.Image, Sizes, []press.Warning, error) {
	g, err := p.jacket(meta, lang, d, w)
	if err != nil {
		return nil, Sizes{}, nil, err
	}
	defer g.release()
	img := g.draw(meta)
	return img, *g.sizes, g.warnings, nil
}

// jacket composes the front of a wrap and measures the rest.
func (p *Press) jacket(meta book.Meta, lang string, d Design, w Wrap) (*jacket, error) {
	z, err := w.sizes()
	if err != nil {
		return nil, err
	}
	g := &jacket{sizes: &z, percent: w.percent(), lang: lang, unit: float64(z.Trim.Width) / width}
	if strings.TrimSpace(meta.ISBN) != "" {
		code, err := Barcode(meta.ISBN)
		if err != nil {
			return nil, err
		}
		g.code = &code
	}
	g.bleed, g.spine = float64(z.Bleed)/g.unit, float64(z.Spine)/g.unit
	d.Trim = z.Trim
	// The front reaches a little over the fold, where it is cut.
	if g.sheet, err = p.front(meta, lang, d, margins{left: 4, top: g.bleed + hair, right: g.bleed + hair, bottom: g.bleed + hair}); err != nil {
		return nil, err
	}
	g.shaper = p.fonts.Shaper()
	g.set = &setter{g.shaper, p.fonts.Outlines(), lang}
	g.warnPages()
	return g, nil
}

// release gives the shaper back.
func (g *jacket) release() { g.shaper.Release() }

// percent is the size of the barcode.
func (w Wrap) percent() int {
	if w.Barcode == 0 {
		return 100
	}
	return w.Barcode
}

// sizes checks and computes the measures.
func (w *Wrap) sizes() (Sizes, error) {
	if w.Trim == (press.Trim{}) {
		w.Trim = press.Trim{Width: 6 * press.Inch, Height: 9 * press.Inch}
	}
	if w.Paper.PerPage == 0 {
		w.Paper = papers[0]
	}
	if w.Bleed == 0 {
		w.Bleed = usualBleed
	}
	switch {
	case w.Pages < 1 || w.Pages > mostPages:
		return Sizes{}, problem.New(problem.Invalid, "a book of %d pages cannot be bound", w.Pages).Try("give the number of pages of the print edition, 1 to %d", mostPages)
	case w.Bleed < 0 || w.Bleed > press.Inch:
		return Sizes{}, problem.New(problem.Invalid, "the bleed of the cover is too small or too large").Try("printers ask for 3mm or 0.125in; at most an inch is set")
	case w.percent() < leastSize || w.percent() > mostSize:
		return Sizes{}, problem.New(problem.Invalid, "a barcode of %d %% cannot be read everywhere", w.Barcode).Try("give 80 to 120 percent")
	case w.Trim.Width < 3*press.Inch || w.Trim.Height < 3*press.Inch || w.Trim.Width > 20*press.Inch || w.Trim.Height > 20*press.Inch:
		return Sizes{}, errTrim(w.Trim)
	}
	z := Sizes{Pages: w.Pages + w.Pages&1, Paper: w.Paper, Trim: w.Trim, Bleed: w.Bleed, Spine: SpineWidth(w.Pages, w.Paper), Safe: safe}
	z.Width, z.Height = 2*w.Trim.Width+z.Spine+2*w.Bleed, w.Trim.Height+2*w.Bleed
	z.Back = Box{w.Bleed, w.Bleed, w.Trim.Width, w.Trim.Height}
	z.SpineBox = Box{w.Bleed + w.Trim.Width, w.Bleed, z.Spine, w.Trim.Height}
	z.Front = Box{w.Bleed + w.Trim.Width + z.Spine, w.Bleed, w.Trim.Width, w.Trim.Height}
	z.SpineText = z.Pages >= leastSpine && z.Spine-2*spineSafe >= leastSpineEm*7/10
	return z, nil
}

// hair is how far grounds reach over the edge of the sheet, so that no edge of it
// is pale.
const hair = 1.5

// jacket is a wrap while it is drawn, in the units of its front. 0, 0 is the
// upper left corner of the trimmed back.
type jacket struct {
	*sheet
	unit         float64 // Pt
	bleed, spine float64
	sizes        *Sizes
	percent      int
	lang         string
	code         *Code // nil without ISBN
	shaper       *font.Shaper
	out          canvas
}

// warnPages warns of what printers refuse.
func (g *jacket) warnPages() {
	z := g.sizes
	switch p := z.Paper; {
	case p.Least > 0 && z.Pages < p.Least:
		g.warn("printers bind %s paper from %d pages; this book has %d", p.Name, p.Least, z.Pages)
	case p.Most > 0 && z.Pages > p.Most:
		g.warn("printers bind at most %d pages of %s paper; this book has %d", p.Most, p.Name, z.Pages)
	}
	if !z.SpineText {
		g.warn("the spine has no words: printers take them from %d pages on, and this spine is %s points thick", leastSpine, z.Spine)
	}
	if z.Bleed < press.Millimetres(3000) {
		g.warn("printers ask for a bleed of 3 mm or 0.125 inches; this cover has %s points", z.Bleed)
	}
}

// draw draws all three parts.
func (g *jacket) draw(meta book.Meta) *press.Image {
	z, o := g.sizes, &g.out
	o.put(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%spt" height="%spt" role="img">`, z.Width, z.Height, z.Width, z.Height)
	g.describe(o)
	o.put(`<g transform="translate(%s %s) scale(%s)">`, z.Bleed, z.Bleed, appendFiner(g.unit/1024))
	all := width*2 + g.spine
	o.rect(-g.bleed-hair, -g.bleed-hair, width+g.spine+g.bleed+2*hair, g.h+2*g.bleed+2*hair, g.ground)
	if g.ledge > 0 {
		o.rect(-g.bleed-hair, g.ledge-4, all+2*g.bleed+2*hair, g.h+g.bleed+4+hair-g.ledge, g.deep)
	}
	g.back(meta)
	g.backbone()
	o.put(`<g transform="translate(%s 0)">`, appendFiner(width+g.spine))
	id := o.id() + "-front"
	o.put(`<clipPath id="%s"><path d="%s"/></clipPath><g clip-path="url(#%s)">`, id, box(0, -g.bleed-hair, width+g.bleed+hair, g.h+2*g.bleed+2*hair).d, id)
	o.out.WriteString(g.art.out.String())
	o.put("</g>")
	for _, s := range g.seams { // where both sides of the fold are alike, it is not seen
		o.rect(-3, s.y, 6, s.h, s.color)
	}
	g.letter(o)
	o.put("</g>\n</g>\n</svg>")
	points := func(p press.Pt) int { return int((p + press.Point - 1) / press.Point) }
	return &press.Image{ID: "cover-wrap", Source: "cover-wrap.svg", Format: press.SVG, Data: []byte(o.out.String()), Width: points(z.Width), Height: points(z.Height)}
}

// appendFiner is a number with up to six decimals.
func appendFiner(v float64) string {
	s := num(math.Trunc(v))
	frac := int64(math.Round(mul(v-math.Trunc(v), 1e6)))
	if frac == 0 {
		return s
	}
	text := "000000" + num(float64(frac))
	return s + "." + strings.TrimRight(text[len(text)-6:], "0")
}
