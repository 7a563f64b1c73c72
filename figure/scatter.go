package figure

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// maxPoints is how many points a scatter plot may have in all.
const maxPoints = 500

// readScatter reads points: [x, y] or [x, y, label], in points or in several
// series.
func readScatter(r *reader, o *object, s *Spec) {
	points, several := o.at["points"], o.at["series"]
	switch {
	case points != nil && several != nil:
		r.wrong(several, "series", "stands beside points; write one of them")
	case points != nil:
		s.series = []series{{points: r.points(points, "points", o, s)}}
	case several != nil:
		s.named = true
		for i, n := range o.list("series", 1, maxLines) {
			p := r.object(n, entry("series", i))
			e := series{name: r.seriesName(p, s)}
			if list := p.at["points"]; list != nil {
				e.points = r.points(list, p.field("points"), o, s)
			} else if len(p.keys) > 0 {
				r.wrong(n, p.field("points"), "the points are missing: [[x, y], …]")
			}
			p.only("name", "points")
			s.series = append(s.series, e)
		}
	default:
		r.wrong(o.node, "points", "the points are missing: write points as [[x, y], …], or series")
	}
	total := 0
	for _, e := range s.series {
		total += len(e.points)
	}
	if total > maxPoints {
		r.wrong(o.node, "series", "there are %d points; a reader can take in at most %d", total, maxPoints)
	}
}

// points reads a list of points.
func (r *reader) points(list *yaml.Node, path string, o *object, s *Spec) (out []point) {
	for i, n := range r.list(list, path, 1, maxPoints) {
		at := entry(path, i)
		parts := r.list(n, at, 2, 3)
		if parts == nil {
			continue
		}
		p := point{}
		p.x, _ = r.number(parts[0], entry(at, 0), s.xUnit)
		v := r.value(parts[1], entry(at, 1), o, s, limits{})
		p.y = v.n
		if len(parts) == 3 {
			p.label, _ = r.words(parts[2], entry(at, 2), maxLabel)
		}
		out = append(out, p)
	}
	return out
}

// scatter is a scatter plot.
type scatter struct {
	c      *canvas
	s      *Spec
	colors []rgb
	x, y   scale
	plot   plot
	grid   []dot  // heights of the grid lines
	taken  []plot // where points and names stand
}

// drawScatter draws points with the names that find room beside them.
func drawScatter(c *canvas, s *Spec) {
	k := &scatter{c: c, s: s, colors: c.lineColors(s)}
	if s.named {
		side := c.base * 75 / 100
		c.legend(s.names(), func(i int, x, y dot) { c.mark(i, x+side/2, y, 260, k.colors[i]) }, side)
	}
	c.axisTitle(0, s.y, s.unit)
	high := min(max(c.w*62/100, 140*point1), 240*point1)
	top := c.y + c.small*60/100
	xt, yt := k.ranges()
	var left dot
	k.y, left = c.leftAxis(s, yt, top, top+high, c.w)
	for _, v := range yt.values {
		k.grid = append(k.grid, k.y.at(v))
	}
	inset := c.base
	n := len(xt.values)
	k.x = scale{xt.values[0], xt.values[n-1], left + inset, c.w - inset}
	k.plot = plot{left, top, c.w, top + high}
	a := abscissa{at: xt.values, marks: xt.values}
	for i, v := range xt.values {
		name := c.words.number(v, xt.decimals)
		if i == n-1 {
			name = c.words.with(v, xt.decimals, unitAt(s.xUnit))
		}
		a.names = append(a.names, name)
	}
	k.dots()
	k.labels()
	c.rule(left, top+high, c.w, top+high, c.quiet, 70)
	title := s.x
	if s.xUnit != "" && !short(s.xUnit) {
		if title += " (" + s.xUnit + ")"; s.x == "" {
			title = s.xUnit
		}
	}
	c.bottomAxis(a, k.x, top+high, title)
}

// ranges are the ticks of both axes.
func (k *scatter) ranges() (x, y ticks) {
	first := k.s.firstPoint()
	x0, x1, y0, y1 := first.x, first.x, first.y, first.y
	for _, e := range k.s.series {
		for _, p := range e.points {
			x0, x1, y0, y1 = min(x0, p.x), max(x1, p.x), min(y0, p.y), max(y1, p.y)
		}
	}
	if x0 > 0 && x0 < x1/4 {
		x0 = 0
	}
	if y0 > 0 && y0 < y1/3 {
		y0 = 0
	}
	return ticksFor(x0, x1, 8), ticksFor(y0, y1, 8)
}

// firstPoint is the first point of all.
func (s *Spec) firstPoint() point {
	for _, e := range s.series {
		if len(e.points) > 0 {
			return e.points[0]
		}
	}
	return point{}
}

// dots draws the points.
func (k *scatter) dots() {
	r := dot(230)
	if total := len(k.s.tableOfAllPoints()); total > 150 {
		r = 170
	}
	for i, e := range k.s.series {
		for _, p := range e.points {
			x, y, color := k.x.at(p.x), k.y.at(p.y), k.colors[i]
			if k.s.highlight != "" && !k.s.named {
				if color = k.c.ink.towards(k.c.paper, 300); p.label == k.s.highlight {
					color = k.c.inks(1)[0]
				}
			}
			k.c.mark(i, x, y, r, color)
			k.taken = append(k.taken, plot{x - r, y - r, x + r, y + r})
		}
	}
}

// labels writes the names of points: at the right, the left, above or below,
// where nothing stands; a name without room is left to the table. The
// highlighted one goes first.
func (k *scatter) labels() {
	var first, others []point
	for _, e := range k.s.series {
		for _, p := range e.points {
			switch {
			case p.label == "":
			case p.label == k.s.highlight:
				first = append(first, p)
			default:
				others = append(others, p)
			}
		}
	}
	f := k.c.minor().in(k.c.ink)
	for _, p := range first {
		bold := f
		bold.bold = true
		k.label(p, bold)
	}
	for _, p := range others {
		k.label(p, f)
	}
}

// label writes one name, if there is room.
func (k *scatter) label(p point, f face) {
	x, y, w := k.x.at(p.x), k.y.at(p.y), k.c.wide(p.label, f)
	off := dot(420)
	for _, try := range []struct{ x, y dot }{
		{x + off, y + f.caps()/2}, {x - off - w, y + f.caps()/2}, {x - w/2, y - off}, {x - w/2, y + off + f.caps()},
		{x + off*7/10, y - off*7/10}, {x + off*7/10, y + off*7/10 + f.caps()}, {x - off*7/10 - w, y - off*7/10}, {x - off*7/10 - w, y + off*7/10 + f.caps()},
	} {
		box := plot{try.x, try.y - f.rise(), try.x + w, try.y + f.fall()}
		if k.free(box) {
			k.taken = append(k.taken, box)
			for _, line := range k.grid {
				if line > box.y0 && line < box.y1 { // no line through the name
					k.c.rect(box.x0-60, line-60, box.x1-box.x0+120, 120, k.c.paper.String())
				}
			}
			k.c.put(try.x, try.y, start, f, p.label)
			return
		}
	}
}

// free reports whether nothing stands in a box inside the plot.
func (k *scatter) free(b plot) bool {
	if b.x0 < k.plot.x0 || b.x1 > k.plot.x1 || b.y0 < k.plot.y0-k.c.base/2 || b.y1 > k.plot.y1 {
		return false
	}
	for _, t := range k.taken {
		if b.x0 < t.x1 && t.x0 < b.x1 && b.y0 < t.y1 && t.y0 < b.y1 {
			return false
		}
	}
	return true
}

// tableOfAllPoints are the rows of the table.
func (s *Spec) tableOfAllPoints() (out []string) {
	for _, e := range s.series {
		for _, p := range e.points {
			out = append(out, fmt.Sprint(p.label))
		}
	}
	return out
}
