package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// canvas is a drawing in the making. It grows downward: y is how far it has
// got. Shapes and texts are kept apart, so that no shape covers a text.
type canvas struct {
	look
	w, y   dot
	prefix string // of ids: several drawings may stand in one page
	shapes strings.Builder
	texts  []text
	defs   strings.Builder
}

// face is how a text is set.
type face struct {
	family string
	bold   bool
	size   dot
	fill   rgb
}

// text is a line that stands on the canvas.
type text struct {
	x, y   dot // of the baseline
	w      dot
	anchor anchor
	face   face
	say    string
}

// anchor says which end of a text stands at its place.
type anchor string

// The anchors of SVG.
const (
	start  anchor = "start"
	middle anchor = "middle"
	end    anchor = "end"
)

// newCanvas returns an empty canvas.
func newCanvas(l look, s *Spec) *canvas {
	return &canvas{look: l, w: l.width, prefix: "q" + s.digest}
}

// The faces of a figure.
func (c *canvas) plain() face  { return face{c.body, false, c.base, c.ink} }
func (c *canvas) strong() face { return face{c.body, true, c.base, c.ink} }
func (c *canvas) minor() face  { return face{c.body, false, c.small, c.quiet} }

// in returns the face in another colour.
func (f face) in(fill rgb) face {
	f.fill = fill
	return f
}

// sized returns the face in another size, but none that cannot be read.
func (f face) sized(size dot) face {
	f.size = max(size, leastText)
	return f
}

// lead is the distance of baselines.
func (f face) lead() dot { return f.size * lineSpacing / 100 }

// The parts of a line: above the baseline as high as capitals and accents
// reach, below it as deep as descenders, and how high capitals are.
func (f face) rise() dot { return f.size * 78 / 100 }
func (f face) fall() dot { return f.size * 24 / 100 }
func (f face) caps() dot { return f.size * 66 / 100 }

// wide is the width of a text.
func (c *canvas) wide(say string, f face) dot {
	v := c.measure(say, f.family, f.bold, float64(f.size)/100)
	if !(v >= 0 && v < 1e6) {
		v = estimate(say, f.family, f.bold, float64(f.size)/100)
	}
	return dot(math.Ceil(float64(v * 100)))
}

// put sets a line with its baseline at a place.
func (c *canvas) put(x, y dot, a anchor, f face, say string) {
	if say != "" {
		c.texts = append(c.texts, text{x: x, y: y, w: c.wide(say, f), anchor: a, face: f, say: say})
	}
}

// lines sets lines below each other, the top of the first one at y, and
// returns where they end.
func (c *canvas) lines(x, y dot, a anchor, f face, lines []string) dot {
	for i, say := range lines {
		c.put(x, y+f.rise()+dot(i)*f.lead(), a, f, say)
	}
	return y + f.high(len(lines))
}

// high is how high lines are together.
func (f face) high(n int) dot {
	if n == 0 {
		return 0
	}
	return dot(n-1)*f.lead() + f.rise() + f.fall()
}

// left and right are the ends of a text.
func (t *text) left() dot {
	switch t.anchor {
	case middle:
		return t.x - t.w/2
	case end:
		return t.x - t.w
	}
	return t.x
}

// header sets title and subtitle.
func (c *canvas) header(s *Spec) {
	f := face{c.heads, true, c.title, c.ink}
	lines, f := c.fit(s.Title, f, c.w, 3)
	c.y = c.lines(0, 0, start, f, lines)
	if s.Subtitle != "" {
		f := c.plain().in(c.quiet)
		c.y = c.lines(0, c.y+f.size*15/100, start, f, c.wrap(s.Subtitle, f, c.w))
	}
	c.y += c.base * 85 / 100
}

// footer sets note and source.
func (c *canvas) footer(s *Spec) {
	f := c.minor()
	gap := c.base * 105 / 100
	for _, p := range []struct{ word, say string }{{c.words.Note, s.Note}, {c.words.Source, s.Source}} {
		if p.say == "" {
			continue
		}
		c.y = c.lines(0, c.y+gap, start, f, c.wrap(p.word+": "+p.say, f, c.w))
		gap = f.size * 20 / 100
	}
}

// rect draws a rectangle.
func (c *canvas) rect(x, y, w, h dot, fill string) {
	fmt.Fprintf(&c.shapes, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n", num(x), num(y), num(w), num(h), fill)
}

// round draws a rectangle with an outline and round corners.
func (c *canvas) round(x, y, w, h, r dot, fill, stroke string) {
	fmt.Fprintf(&c.shapes, `<rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s" stroke="%s" stroke-width="0.7"/>`+"\n",
		num(x), num(y), num(w), num(h), num(r), fill, stroke)
}

// rule draws a straight line.
func (c *canvas) rule(x1, y1, x2, y2 dot, color rgb, width dot) {
	fmt.Fprintf(&c.shapes, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"/>`+"\n", num(x1), num(y1), num(x2), num(y2), color, num(width))
}

// disc draws a filled circle.
func (c *canvas) disc(x, y, r dot, fill rgb) {
	fmt.Fprintf(&c.shapes, `<circle cx="%s" cy="%s" r="%s" fill="%s"/>`+"\n", num(x), num(y), num(r), fill)
}

// path draws a path; look are its other attributes.
func (c *canvas) path(d, look string) {
	fmt.Fprintf(&c.shapes, `<path d="%s" %s/>`+"\n", d, look)
}

// arrow draws a small filled arrowhead with its tip at a place, looking right
// or down.
func (c *canvas) arrow(x, y dot, down bool, color rgb) {
	const long, half = 480, 260
	d := fmt.Sprintf("M%s %sL%s %sL%s %sZ", num(x), num(y), num(x-long), num(y-half), num(x-long), num(y+half))
	if down {
		d = fmt.Sprintf("M%s %sL%s %sL%s %sZ", num(x), num(y), num(x-half), num(y-long), num(x+half), num(y-long))
	}
	c.path(d, fmt.Sprintf(`fill="%s"`, color))
}

// num writes a length in points with at most two decimals.
func num(d dot) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	text := strconv.Itoa(int(d / 100))
	if part := int(d % 100); part > 0 {
		text += "." + strings.TrimRight(fmt.Sprintf("%02d", part), "0")
	}
	return sign + text
}

// drawing closes the canvas.
func (c *canvas) drawing(s *Spec) Drawing {
	w, h := int((c.w+99)/100), int((c.y+99)/100)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%dpt" height="%dpt" viewBox="0 0 %d %d" role="img" aria-labelledby="%[5]s-title %[5]s-desc" font-family="%[6]s" style="font-variant-numeric: lining-nums tabular-nums">`+"\n",
		w, h, w, h, c.prefix, families(c.body))
	fmt.Fprintf(&b, `<title id="%s-title">%s</title>`+"\n", c.prefix, escape(s.Title))
	fmt.Fprintf(&b, `<desc id="%s-desc">%s</desc>`+"\n", c.prefix, escape(s.Alt()))
	if c.defs.Len() > 0 {
		b.WriteString("<defs>\n" + c.defs.String() + "</defs>\n")
	}
	b.WriteString(c.shapes.String())
	for i := range c.texts {
		b.WriteString(c.element(&c.texts[i]))
	}
	b.WriteString("</svg>\n")
	return Drawing{SVG: []byte(b.String()), Width: w, Height: h}
}

// element writes a text. One that runs from the right is set around its
// middle, because programs disagree on which of its ends is the start.
func (c *canvas) element(t *text) string {
	x, a, more := t.x, t.anchor, ""
	if fromRight(t.say) {
		x, a, more = t.left()+t.w/2, middle, ` direction="rtl"`
	}
	if a != start {
		more += fmt.Sprintf(` text-anchor="%s"`, a)
	}
	if t.face.family != c.body {
		more += fmt.Sprintf(` font-family="%s"`, families(t.face.family))
	}
	if t.face.bold {
		more += ` font-weight="bold"`
	}
	return fmt.Sprintf(`<text x="%s" y="%s" font-size="%s" fill="%s"%s>%s</text>`+"\n", num(x), num(t.y), num(t.face.size), t.face.fill, more, escape(t.say))
}

// fromRight reports whether the first letter of a text runs from the right.
func fromRight(say string) bool {
	for _, r := range say {
		if unicode.IsLetter(r) {
			return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
		}
	}
	return false
}

// families is a font family with those that may stand in for it.
func families(name string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`'"<>&;,`, r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	low := strings.ToLower(clean)
	switch {
	case low == "sans":
		return "'PT Sans', sans-serif"
	case low == "mono":
		return "'PT Mono', monospace"
	case strings.Contains(low, "mono"):
		return "'" + clean + "', monospace"
	case strings.Contains(low, "sans") || strings.Contains(low, "andika") || strings.Contains(low, "inter"):
		return "'" + clean + "', sans-serif"
	}
	return "'" + clean + "', serif"
}

// escape writes a text for XML.
func escape(say string) string { return escaper.Replace(say) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
