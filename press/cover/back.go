package cover

import (
	"strings"
	"unicode/utf8"

	"quire/book"
	"quire/press"
	"quire/press/font"
)

// back draws the back of the book: what it is about, publisher, barcode.
func (g *jacket) back(meta book.Meta) {
	const side = 170
	foot := g.h - float64(g.sizes.Safe+press.Inch/8)/g.unit
	limit := foot
	if g.ledge > 0 {
		limit = g.ledge - 70
	}
	if g.code != nil {
		unit := g.unit * 25.4 / float64(press.Inch) * 1000 // thousandths of a millimetre
		w, h := boxSize(g.percent)
		at := vec{width - side - w/unit, foot - h/unit}
		g.code.draw(&g.out, g.set, at, unit, g.percent)
		g.sizes.Barcode = Box{g.sizes.Bleed + press.Pt(mul(at.x, g.unit)), g.sizes.Bleed + press.Pt(mul(at.y, g.unit)),
			press.Millimetres(int64(w)), press.Millimetres(int64(h))}
		limit = min(limit, at.y-70)
	} else {
		g.warn("the back cover has no barcode: the book has no ISBN")
	}
	g.publisherLine(side, foot, g.code != nil)
	y := 190
	rule := y
	if g.words.title != "" {
		head := g.fitIn("title", g.words.title, g.letters.names, [2]int{58, 40}, [2]int{width - 2*side, 200}, 3)
		head.cut = false // it stands in full on the front
		y = g.placeBack(head, side, y, g.colorOn(g.ground))
		rule = y + 44
	}
	g.out.rect(side, float64(rule), 120, 6, g.colorOn(g.ground))
	g.blurb(meta.Description, side, rule+80, int(limit))
}

// publisherLine sets publisher and series at the foot of the back.
func (g *jacket) publisherLine(side int, foot float64, barcode bool) {
	color := g.ink
	if g.ledge > 0 {
		color = g.on(g.deep)
	}
	wide := width - 2*side
	if barcode {
		w, _ := boxSize(g.percent)
		wide -= int(w/(g.unit*25.4/float64(press.Inch)*1000)) + 60
	}
	y := int(foot)
	for _, t := range []struct{ role, text string }{{"publisher", g.words.publisher}, {"series", g.words.series}} {
		b := g.fitIn(t.role, t.text, g.letters.names, [2]int{44, 32}, [2]int{wide, 120}, 2)
		if len(b.lines) == 0 {
			continue
		}
		g.placeBack(b, side, y-b.height(), color)
		y -= b.height() + 36
	}
}

// placeBack places a block at the left of the back.
func (g *jacket) placeBack(b *block, x, y int, color string) int {
	above, below := b.ink()
	st := standing{block: b, y: y + above, color: color}
	for _, l := range b.lines {
		st.x = append(st.x, x-units(l.left, b.size))
	}
	g.set.draw(&g.out, st)
	g.backs = append(g.backs, st)
	return y + above + below
}

// The sizes of a blurb.
const (
	mostBlurb  = 25 * press.Point / 2
	leastBlurb = 17 * press.Point / 2
)

// blurb sets a description in paragraphs, as large as fits, at most 12.5 points.
// What is too long in the smallest type ends with its last whole sentence that
// fits.
func (g *jacket) blurb(text string, side, top, bottom int) {
	paragraphs := g.paragraphs(text)
	if len(paragraphs) == 0 {
		g.warn("the back cover says nothing about the book: it has no description")
		return
	}
	size := func(p press.Pt) int { return max(int(float64(p)/g.unit), 20) }
	for n := size(mostBlurb); n > size(leastBlurb); n-- {
		if g.setBlurb(paragraphs, side, top, bottom, n) {
			return
		}
	}
	cut := false
	for !g.setBlurb(paragraphs, side, top, bottom, size(leastBlurb)) {
		if paragraphs = withoutSentence(paragraphs); len(paragraphs) == 0 {
			g.warn("the description has no sentence that is short enough for the back cover; it is left out")
			return
		}
		cut = true
	}
	if cut {
		g.warn("the description is too long for the back cover; it ends there with the last sentence that fits")
	}
}

// maxBlurb is how many letters of a description are looked at.
const maxBlurb = 6000

// paragraphs divides a description at its blank lines.
func (g *jacket) paragraphs(text string) []string {
	if utf8.RuneCountInString(text) > maxBlurb {
		text = string([]rune(text)[:maxBlurb])
		g.warn("the description is longer than a back cover can show; its end is left out")
	}
	var out []string
	lostAny := false
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		clean, lost := g.set.tidy(p)
		lostAny = lostAny || lost
		if clean != "" {
			out = append(out, clean)
		}
	}
	if lostAny {
		g.warn("the description holds signs that no face of the press has; the cover leaves them out")
	}
	return out
}

// withoutSentence leaves out the last sentence of a text.
func withoutSentence(paragraphs []string) []string {
	last := len(paragraphs) - 1
	text := strings.TrimRight(paragraphs[last], ".!?…”’»\" ")
	end := strings.LastIndexAny(text, ".!?…")
	if end < 0 {
		return paragraphs[:last]
	}
	_, size := utf8.DecodeRuneInString(text[end:])
	end += size
	for end < len(text) { // closing quotes belong to the sentence
		r, n := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune("”’»\")", r) {
			break
		}
		end += n
	}
	return append(append([]string(nil), paragraphs[:last]...), text[:end])
}

// setBlurb draws paragraphs in a size; false, and nothing drawn, if they do not
// fit.
func (g *jacket) setBlurb(paragraphs []string, side, top, bottom, size int) bool {
	face := typeface{family: g.letters.subtitle.family, features: font.Lining}
	if face.family == "EB Garamond" || face.family == "Charis SIL" {
		face.features = 0
	}
	lead := size * 142 / 100
	y := top
	var blocks []standing
	for _, p := range paragraphs {
		b := g.ragged(p, face, size, width-2*side)
		b.leading = lead
		st := standing{block: b, y: y + size*7/10, color: g.ink}
		for range b.lines {
			st.x = append(st.x, side)
		}
		blocks = append(blocks, st)
		if y += len(b.lines)*lead + lead/2; y-lead/2 > bottom {
			return false
		}
	}
	for _, st := range blocks {
		g.set.draw(&g.out, st)
	}
	g.backs = append(g.backs, blocks...)
	return true
}

// ragged breaks a paragraph into lines that end where the words do. When a
// short word would stand alone at the end, all lines become alike.
func (g *jacket) ragged(text string, face typeface, size, wide int) *block {
	b := &breaker{s: g.set, q: request{role: "description", text: text, face: g.set.settled(face, text), measure: wide, least: size}, words: strings.Fields(text)}
	b.measureWords()
	measure := int64(wide) * em / int64(size)
	b = b.divided(measure)
	var ends []int
	used := int64(0)
	for i, w := range b.widths {
		if i > 0 && used+b.gap+w > measure {
			ends = append(ends, i)
			used = -b.gap
		}
		if i == 0 {
			used = -b.gap
		}
		used += b.gap + w
	}
	ends = append(ends, len(b.widths))
	if n := len(ends); n > 1 && n < 40 && used < measure/6 {
		ends = b.balanced(n, measure)
	}
	return b.block(ends, size)
}
