package press

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"

	"quire/book"
)

// The cover's size and the box that its words must fit in, in units of its
// view box.
const (
	coverWidth, coverHeight = 1600, 2400
	coverMeasure            = 1240
)

// palette is the colours of a cover: ground, words, and two of the ornament.
// Words on ground have a contrast of at least 7.
type palette struct{ ground, words, bright, soft string }

// palettes are the colours that covers have.
var palettes = []palette{
	{"#1f2a44", "#f6efe0", "#d9a441", "#4a5a80"},
	{"#21382f", "#f4efdf", "#d8b264", "#4b6a5b"},
	{"#4a1f26", "#f8eee2", "#e0a86b", "#7c444c"},
	{"#f3ecdd", "#262320", "#b4532f", "#d9cbb0"},
	{"#2b2433", "#f3ece6", "#cf8f7a", "#594c66"},
	{"#e9edec", "#1d2b30", "#2f6f73", "#bccbcb"},
}

// DrawCover draws a front cover from a book's words and a quiet ornament, as
// SVG of 1600 by 2400 units. Its colours follow from title and author. The
// title is what the drawing says of itself to those who cannot see it.
func DrawCover(doc *Document, title string) []byte {
	m := doc.Meta
	sum := sha256.Sum256([]byte(m.Title + "\x00" + m.Author))
	p := palettes[int(sum[0])%len(palettes)]
	d := &drawing{palette: p}
	d.put(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`, coverWidth, coverHeight, coverWidth, coverHeight)
	d.put("<title>%s</title>", xmlText(title))
	d.put(`<rect width="%d" height="%d" fill="%s"/>`, coverWidth, coverHeight, p.ground)
	if m.Kind == book.Nonfiction {
		d.tiles(sum[1:])
	} else {
		d.horizon()
	}
	d.put(`<g font-family="Georgia, 'Times New Roman', serif" text-anchor="middle" fill="%s">`, p.words)
	name := fitCover(m.Title, 180, 760)
	below := fitCover(m.Subtitle, 68, 980-name.height())
	y := 280 + max(0, 980-name.height()-below.height())/3
	y = d.words(name, y, "")
	d.words(below, y+50, ` font-style="italic"`)
	author := fitCover(m.Author, 84, 200)
	d.words(author, 2190-author.height(), "")
	d.words(fitCover(m.Publisher, 46, 60), 2240, ` fill-opacity="0.85"`)
	d.put("</g>\n</svg>")
	return []byte(d.out.String())
}

// drawing is the state of one cover.
type drawing struct {
	palette
	out strings.Builder
}

// put writes one line of SVG.
func (d *drawing) put(format string, args ...any) { fmt.Fprintf(&d.out, format+"\n", args...) }

// words writes a fitted text below y and returns where it ends.
func (d *drawing) words(f fitted, y int, style string) int {
	for i, line := range f.lines {
		dir := ""
		if rightToLeft(line) {
			dir = ` direction="rtl"`
		}
		d.put(`<text x="%d" y="%d" font-size="%d"%s%s>%s</text>`, coverWidth/2, y+f.size+i*f.leading(), f.size, style, dir, xmlText(line))
	}
	return y + f.height()
}

// horizon draws a half sun over still water.
func (d *drawing) horizon() {
	const y = 1720
	d.put(`<path d="M520 %d A280 280 0 0 1 1080 %d Z" fill="%s"/>`, y, y, d.bright)
	d.put(`<path d="M440 %d A360 360 0 0 1 1160 %d" fill="none" stroke="%s" stroke-width="4"/>`, y, y, d.soft)
	d.put(`<path d="M360 %d A440 440 0 0 1 1240 %d" fill="none" stroke="%s" stroke-width="3"/>`, y, y, d.soft)
	for i, w := range []int{1240, 1000, 760, 520, 280} {
		d.put(`<rect x="%d" y="%d" width="%d" height="4" fill="%s"/>`, (coverWidth-w)/2, y+24+i*38, w, d.soft)
	}
}

// tiles draws a frieze of quarter circles; chance turns them.
func (d *drawing) tiles(chance []byte) {
	const size, left, top = 200, 200, 1400
	corners := [4][2]int{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
	for i := range 12 {
		x, y := left+i%6*size, top+i/6*size
		c := corners[chance[i]%4]
		cx, cy := x+c[0]*size, y+c[1]*size
		color := d.soft
		if chance[i]/4%3 == 0 {
			color = d.bright
		}
		ax, bx := x+(1-c[0])*size, y+(1-c[1])*size // the two ends of the arc
		sweep := 0
		if c[0] == c[1] {
			sweep = 1
		}
		d.put(`<path d="M%d %d L%d %d A%d %d 0 0 %d %d %d Z" fill="%s"/>`, cx, cy, ax, cy, size, size, sweep, cx, bx, color)
	}
}

// xmlText escapes a text for XML, between tags and in attributes.
func xmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(s)
}

// rightToLeft reports whether the first letter of a text is of a script that
// runs from right to left.
func rightToLeft(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return r >= 0x590 && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam)
		}
	}
	return false
}
