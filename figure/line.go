package figure

import (
	"fmt"
	"slices"
)

// The most lines, and values on each.
const (
	maxLines      = 6
	maxLineValues = 200
)

// readLines reads a line chart; null is a gap.
func readLines(r *reader, o *object, s *Spec) {
	r.data(o, s, limits{leastLabels: 2, mostLabels: maxLineValues, mostSeries: maxLines, gaps: true})
	for i, e := range s.series {
		if len(e.values) > 0 && !slices.ContainsFunc(e.values, func(v value) bool { return !v.gap }) {
			r.wrong(o.node, entry("series", i), "has no number at all")
		}
	}
	if lo, _ := s.bounds(); s.hasBase && s.baseline > lo {
		r.wrong(o.at["baseline"], "baseline", "stands above the smallest value")
	}
}

// lines is a line chart.
type lines struct {
	c      *canvas
	s      *Spec
	colors []rgb
	xs     []dot
	y      scale
}

// dashes are the second sign of a line, beside its colour; the first is whole.
var dashes = [maxLines]string{"", "5 2.2", "1.4 2.2", "8 2.2 1.6 2.2", "3 1.6", "10 3"}

// drawLines draws lines with their names at their ends.
func drawLines(c *canvas, s *Spec) {
	k := &lines{c: c, s: s, colors: c.lineColors(s)}
	names := c.endNamesOf(s, k.colors)
	if s.named && names.room == 0 {
		k.legend()
	}
	c.axisTitle(0, s.y, s.unit)
	high := max(min(max(c.w*47/100, 120*point1), 185*point1), names.total)
	top := c.y + c.small*60/100
	lo, hi := s.lineRange()
	t := ticksFor(lo, hi, 6)
	if s.hasBase && t.values[0] < s.baseline {
		t.values[0] = s.baseline
	}
	var left dot
	k.y, left = c.leftAxis(s, t, top, top+high, c.w-names.room)
	a, sc := k.across(left, c.w-names.room)
	ends := make([]dot, len(s.series))
	for i := range s.series {
		ends[i] = k.line(i)
	}
	names.put(c, ends, top, top+high, func(i int, y dot) { k.lead(i, y, names.room) })
	c.bottomAxis(a, sc, top+high, s.x)
}

// legend names the lines above the plot.
func (k *lines) legend() {
	wide := k.c.base * 200 / 100
	k.c.legend(k.s.names(), func(i int, x, y dot) {
		k.c.path(pathOf([]dot{x, x + wide}, []dot{y, y}), k.look(i))
		k.c.mark(i, x+wide/2, y, 190, k.colors[i])
	}, wide)
}

// lead draws a line from the end of a line to its name, where they do not
// stand side by side.
func (k *lines) lead(i int, y dot, room dot) {
	x, end := dot(0), dot(0)
	for p, v := range k.s.series[i].values {
		if !v.gap {
			x, end = k.xs[p]+350, k.y.at(v.n)
		}
	}
	to := k.c.w - room + k.c.base*80/100
	if d := y - end; d > k.c.base/3 || -d > k.c.base/3 || to-x > 3*k.c.base {
		k.c.rule(x, end, to, y, k.colors[i], 50)
	}
}

// across lays the labels out from left to right.
func (k *lines) across(left, right dot) (abscissa, scale) {
	inset := k.c.base * 60 / 100
	a := k.s.abscissaOf(k.c, right-left)
	sc := scale{a.at[0], a.at[len(a.at)-1], left + inset, right - inset}
	k.xs = nil
	for _, v := range a.at {
		k.xs = append(k.xs, sc.at(v))
	}
	return a, sc
}

// lineRange is the range of a line chart: with zero in it if that does not
// cost more than half of the height.
func (s *Spec) lineRange() (lo, hi float64) {
	lo, hi = s.bounds()
	switch {
	case s.hasBase:
		lo = min(lo, s.baseline)
	case lo > 0 && lo < hi/2:
		lo = 0
	case hi < 0 && hi > lo/2:
		hi = 0
	}
	return lo, hi
}

// lineColors are the colours of lines: all dark enough, or one in the accent
// and the others quiet.
func (c *canvas) lineColors(s *Spec) []rgb {
	colors := c.inks(len(s.series))
	for _, e := range s.series {
		if s.highlight != "" && e.name == s.highlight {
			for i, e := range s.series {
				colors[i] = c.ink.towards(c.paper, 300)
				if e.name == s.highlight {
					colors[i] = c.inks(1)[0]
				}
			}
		}
	}
	return colors
}

// look is how a line is stroked.
func (k *lines) look(i int) string {
	width := "1.6"
	if name := k.s.series[i].name; k.s.highlight == name && name != "" {
		width = "2.2"
	}
	look := fmt.Sprintf(`fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"`, k.colors[i], width)
	if dashes[i] != "" {
		look += ` stroke-dasharray="` + dashes[i] + `"`
	}
	return look
}

// line draws a line, broken at its gaps, with marks where there are few
// values. It returns the height of its end.
func (k *lines) line(i int) (end dot) {
	e := k.s.series[i]
	marked := len(e.values) <= 24
	var xs, ys []dot
	flush := func() {
		if len(xs) > 1 {
			k.c.path(pathOf(xs, ys), k.look(i))
		}
		for p := range xs {
			if marked || len(xs) == 1 {
				k.c.mark(i, xs[p], ys[p], 190, k.colors[i])
			}
		}
		xs, ys = nil, nil
	}
	for p, v := range e.values {
		if v.gap {
			flush()
			continue
		}
		end = k.y.at(v.n)
		xs, ys = append(xs, k.xs[p]), append(ys, end)
	}
	flush()
	return end
}

// mark draws the mark of a series: shapes that differ without colour.
func (c *canvas) mark(i int, x, y, r dot, color rgb) {
	ring := fmt.Sprintf(`fill="%s" stroke="%s" stroke-width="1"`, c.paper, color)
	solid := fmt.Sprintf(`fill="%[1]s" stroke="%[1]s" stroke-width="0.4"`, color)
	square := func(r dot) string {
		return fmt.Sprintf("M%s %sh%sv%sh%sZ", num(x-r), num(y-r), num(2*r), num(2*r), num(-2*r))
	}
	diamond := func(r dot) string {
		return fmt.Sprintf("M%s %sL%s %sL%s %sL%s %sZ", num(x), num(y-r), num(x+r), num(y), num(x), num(y+r), num(x-r), num(y))
	}
	switch i % maxLines {
	case 0:
		fmt.Fprintf(&c.shapes, `<circle cx="%s" cy="%s" r="%s" %s/>`+"\n", num(x), num(y), num(r), solid)
	case 1:
		c.path(square(r*88/100), ring)
	case 2:
		h := r * 115 / 100
		c.path(fmt.Sprintf("M%s %sL%s %sL%s %sZ", num(x), num(y-h), num(x+h), num(y+h*70/100), num(x-h), num(y+h*70/100)), solid)
	case 3:
		c.path(diamond(r*125/100), ring)
	case 4:
		c.path(square(r*88/100), solid)
	case 5:
		fmt.Fprintf(&c.shapes, `<circle cx="%s" cy="%s" r="%s" %s/>`+"\n", num(x), num(y), num(r), ring)
	}
}
