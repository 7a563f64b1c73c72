package layout

import (
	"quire/press"
)

// A river is white that runs down through a paragraph: word spaces that stand
// almost below each other in many lines in a row.
const (
	riverLines = 5     // so many lines make a river
	riverFee   = 30000 // demerits that a paragraph may cost more to be without one
	riverTries = 8     // breaks that are moved in turn
	riverReach = 60    // hundredths of a space by which the next one may be off
)

// dry returns the breaks of a paragraph and its lines without rivers, if there
// is a way that costs little more. Breaks inside the river are forbidden one by
// one; the cheapest way that dries it wins.
func (s *setter) dry(items []item, breaks []*breakpoint, p paragraph) ([]*breakpoint, []*press.Line, [][]*footnote) {
	lines, notes := s.setLines(cutLines(items, breaks, p), p)
	from, length := river(lines)
	if length < riverLines || len(items) > mostItems {
		return breaks, lines, notes
	}
	end := breaks[len(breaks)-1]
	best := end.demerits + riverFee
	banned := make([]bool, len(items))
	for k := from; k < min(from+length, from+riverTries, len(breaks)-1); k++ {
		pos := breaks[k].pos
		banned[pos] = true
		b := s.breaker(items, p, limits{tolerance: varyBad, hyphens: true})
		b.banned = banned
		way := b.run()
		banned[pos] = false
		if way == nil || way[len(way)-1].demerits >= best || len(way) != len(end.way()) {
			continue
		}
		fresh, with := s.setLines(cutLines(items, way, p), p)
		if _, n := river(fresh); n < riverLines {
			best, breaks, lines, notes = way[len(way)-1].demerits, way, fresh, with
		}
	}
	return breaks, lines, notes
}

// gapOf is a word space in a set line.
type gapOf struct {
	middle, width press.Pt
	depth         int // lines of the river that ends here
}

// river returns the longest river of some lines: its first line and how many
// lines it runs through.
func river(lines []*press.Line) (from, length int) {
	if len(lines) < riverLines {
		return 0, 0
	}
	var above []gapOf
	for i, l := range lines {
		here := spacesOf(l)
		if l.Index == l.Of-1 { // a last line ends every river
			break
		}
		for k := range here {
			g := &here[k]
			g.depth = 1
			for _, a := range above {
				if d := g.middle - a.middle; 100*max(d, -d) <= riverReach*g.width {
					g.depth = max(g.depth, a.depth+1)
				}
			}
			if g.depth > length {
				from, length = i-g.depth+1, g.depth
			}
		}
		above = here
	}
	return from, length
}

// spacesOf returns where the word spaces of a line are.
func spacesOf(l *press.Line) []gapOf {
	var out []gapOf
	open := press.Pt(-1)
	for i := range l.Runs {
		r := &l.Runs[i]
		for k := range r.Glyphs {
			x := r.X + r.Glyphs[k].X.Scale(r.Stretch, fullStretch)
			if open >= 0 {
				out = append(out, gapOf{middle: (open + x) / 2, width: x - open})
				open = -1
			}
			if r.Glyphs[k].Text == " " {
				open = x
			}
		}
	}
	return out
}
