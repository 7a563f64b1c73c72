package figure

import (
	"cmp"

	"quire/problem"
)

// Style is how figures of one book look. Every field may be empty: then a
// figure is drawn in black and blue on white, in a sans of 10 points.
type Style struct {
	Body    string  // family of the words and numbers; the one of a book's tables fits best
	Heads   string  // family of the title
	Size    float64 // of the book's text in points; figures are set somewhat smaller
	Ink     string  // #rrggbb, of text
	Paper   string  // #rrggbb, what the figure is printed on; it is not painted
	Accent  string  // #rrggbb, the book's colour
	Tint    string  // #rrggbb, a light ground
	Width   float64 // of the text block in points
	Grey    bool    // only greys, as a printer without colours has them
	Measure func(text, family string, bold bool, size float64) float64
	Words   Words
}

// dot is a length: a hundredth of a point. Lengths are integers so that every
// machine draws the same.
type dot int

// point1 is a point.
const point1 dot = 100

// The sizes of a figure.
const (
	leastWidth  = 100 // points
	mostWidth   = 2000
	maxHeight   = 1500 * point1
	leastText   = 7 * point1 // no text is smaller
	lineSpacing = 125        // percent of the size
)

// look is a style that is ready for drawing.
type look struct {
	body, heads        string
	base, title, small dot // sizes of type
	width              dot
	ink, paper, accent rgb
	quiet, faint, hair rgb // ink for second words; unimportant shapes; grid lines
	tint               rgb
	words              Words
	measure            func(text, family string, bold bool, size float64) float64
}

// resolve fills in what a style leaves out and refuses what cannot be drawn.
func (t Style) resolve(s *Spec) (look, error) {
	l := look{body: cmp.Or(t.Body, "sans"), words: t.Words.orEnglish(), measure: t.Measure}
	l.heads = cmp.Or(t.Heads, l.body)
	if l.measure == nil {
		l.measure = estimate
	}
	size, width := cmp.Or(t.Size, 10), cmp.Or(t.Width, 345)
	if !(size >= 4 && size <= 72) || !(width >= leastWidth && width <= mostWidth) {
		return l, problem.New(problem.Invalid, "the style of figures has a size of %g and a width of %g points", size, width).
			Try("sizes go from 4 to 72 points, widths from %d to %d", leastWidth, mostWidth)
	}
	l.base = max(dot(float64(size*84)+0.5), 8*point1) // the conversion keeps product and sum apart
	l.small = max(l.base*88/100, 730)
	l.title = l.base * 120 / 100
	l.width = max(dot(width)*dot(s.Width), leastWidth*point1)
	for _, p := range []struct {
		name, hex, or string
		to            *rgb
	}{
		{"ink", t.Ink, "#1a1a1a", &l.ink}, {"paper", t.Paper, "#ffffff", &l.paper},
		{"accent", t.Accent, "#1f4e79", &l.accent}, {"tint", t.Tint, "#f2f2f2", &l.tint},
	} {
		var err error
		if *p.to, err = parseHex(cmp.Or(p.hex, p.or)); err != nil {
			return l, problem.New(problem.Invalid, "the %s of figures is not a colour: %q", p.name, p.hex).Try("write #rrggbb, like #1f3a5f")
		}
		if t.Grey {
			*p.to = p.to.grey()
		}
	}
	l.quiet = l.ink.towards(l.paper, 620) // contrast, in hundredths
	l.faint = l.ink.towards(l.paper, 190)
	l.hair = l.ink.towards(l.paper, 128)
	return l, nil
}
