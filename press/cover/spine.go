package cover

import (
	"quire/press"
)

// upwards are the languages whose books have spines that are read from the foot
// to the head; others are read from the head to the foot (ISO 6357).
var upwards = map[string]bool{
	"fr": true, "es": true, "ca": true, "gl": true, "eu": true, "pt": true, "it": true, "de": true, "pl": true, "cs": true, "sk": true, "hu": true,
	"ro": true, "ru": true, "uk": true, "be": true, "bg": true, "sr": true, "hr": true, "sl": true, "el": true, "lt": true, "lv": true, "et": true,
}

// backbone sets title and author along the spine.
func (g *jacket) backbone() {
	if !g.sizes.SpineText {
		return
	}
	inner := g.spine - 2*float64(spineSafe)/g.unit
	end := g.h - float64(g.sizes.Safe)/g.unit
	if g.ledge > 0 { // words stand on the ground above the floor
		end = g.ledge
	}
	start := float64(g.sizes.Safe)/g.unit + 40
	long := int(end - start - 40)
	least := int(min(float64(leastSpineEm)/g.unit, mul(inner, 0.85)))
	most := max(min(int(mul(inner, 0.92)), 120), least)
	face := g.letters.title
	if face.track < 0 {
		face.track = 0
	}
	author := g.fitIn("author", g.words.author, g.letters.names, [2]int{max(most*3/4, least), least}, [2]int{long * 2 / 5, int(mul(inner, 1.3))}, 1)
	rest := long
	if len(author.lines) > 0 {
		rest -= author.width() + 80
	}
	title := g.fitIn("title", g.words.title, face, [2]int{most, least}, [2]int{rest, int(mul(inner, 1.3))}, 1)
	// Words run to the right of a line that is turned: down at the right of
	// its feet, or up.
	middle := width + halved(g.spine)
	if upwards[press.BaseLanguage(g.lang)] {
		g.out.put(`<g transform="translate(%s %s) rotate(-90)">`, appendFiner(middle), num(end-40))
	} else {
		g.out.put(`<g transform="translate(%s %s) rotate(90)">`, appendFiner(middle), num(start))
	}
	g.along(title, 0, long, left, g.ink, "title")
	g.along(author, 0, long, right, g.colorOn(g.ground), "author")
	g.out.put("</g>")
}

// along sets one line on the axis of the spine, in the middle of its height.
func (g *jacket) along(b *block, x0, x1, align int, color, role string) {
	if len(b.lines) == 0 {
		return
	}
	if b.cut {
		g.warn("the %s is too long for the spine; its end is left out", role)
	}
	l := b.lines[0]
	// The middle of capitals, so that words with and without descenders stand
	// on one line.
	capital := g.set.shape(typeface{family: "EB Garamond"}, "H").top
	if !l.foreign {
		capital = min(capital, l.top)
	}
	x := x0
	if align == right {
		x = x1 - units(l.right-l.left, b.size)
	}
	st := standing{block: b, x: []int{x - units(l.left, b.size)}, y: units(capital, b.size) / 2, color: color}
	g.set.draw(&g.out, st)
	g.spines = append(g.spines, st)
}
