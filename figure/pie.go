package figure

import (
	"fmt"
	"math"
	"strings"
)

// maxSlices is how many slices of a pie can be told apart.
const maxSlices = 6

// readPie reads a pie or a donut: at most six parts, none of them negative,
// the largest first unless the spec says otherwise.
func readPie(r *reader, o *object, s *Spec) {
	r.data(o, s, limits{leastLabels: 2, mostLabels: maxSlices, mostSeries: 1, positive: true, reason: "a pie has no negative slices; use kind bar"})
	r.someParts(o, s)
	if s.sorting == "" {
		s.sorting = "descending"
	}
	s.sorted(s.sorting)
}

// someParts refuses parts that are nothing together, and such as are nothing
// alone.
func (r *reader) someParts(o *object, s *Spec) {
	if len(s.series) != 1 || len(r.mistakes) > 0 {
		return
	}
	for i, v := range s.series[0].values {
		if v.n == 0 && s.Kind != Proportion {
			r.wrong(o.node, entry("values", i), "is 0, which is no slice; leave it out")
		}
	}
	if len(r.mistakes) == 0 && s.sum() <= 0 {
		r.wrong(o.node, "values", "are 0 together; there is nothing to divide")
	}
}

// sum is the sum of all values.
func (s *Spec) sum() (sum float64) {
	for _, v := range s.all() {
		sum += v
	}
	return sum
}

// share writes a part of the whole as a rounded percentage.
func (s *Spec) share(w Words, v, of float64) string {
	p := v / of * 100
	switch {
	case p > 0 && p < 0.05:
		return "<" + w.with(0.1, 1, "%")
	case p > 0 && p < 0.95 || p < 100 && p >= 99.5:
		return w.with(math.Min(p, 99.9), 1, "%")
	}
	return w.with(p, 0, "%")
}

// percents reports whether the values are percentages of one whole already.
func (s *Spec) percents() bool {
	sum := s.sum()
	return s.unit == "%" && sum > 99 && sum < 101
}

// turn is a point of a circle: right and down for an angle clockwise from the
// top, in parts of a full turn. The sine is rounded to hundredths of a point,
// so the last bits, in which machines may differ, are never seen.
func turn(x, y, r dot, part float64) (dot, dot) {
	sin, cos := math.Sincos(float64(2 * math.Pi * part))
	return x + dot(math.Round(float64(sin*float64(r)))), y - dot(math.Round(float64(cos*float64(r))))
}

// pie is a round chart.
type pie struct {
	c       *canvas
	s       *Spec
	colors  []rgb
	x, y, r dot
	hole    dot
}

// drawPie draws a pie or a donut with the names of the slices at both sides.
func drawPie(c *canvas, s *Spec) {
	k := &pie{c: c, s: s, colors: c.ramp(len(s.labels))}
	if s.highlight != "" {
		for i := range k.colors {
			k.colors[i] = c.rest()
			if s.labels[i] == s.highlight {
				k.colors[i] = c.ramp(1)[0]
			}
		}
	}
	if s.Kind == Pie {
		c.axisTitle(0, "", s.unit)
	}
	k.x = c.w / 2
	k.r = min(c.w*19/100, 78*point1)
	k.y = c.y + k.r + c.base*50/100
	if s.Kind == Donut {
		k.hole = k.r * 58 / 100
	}
	sum, at := s.sum(), 0.0
	mids := make([]float64, len(s.labels))
	for i, v := range s.series[0].values {
		part := v.n / sum
		mids[i] = at + float64(part/2)
		k.slice(i, at, at+part)
		at += part
	}
	if s.Kind == Donut && !s.percents() {
		k.total(sum)
	}
	bottom := max(k.names(mids, false), k.names(mids, true))
	c.y = max(k.y+k.r+c.base*50/100, bottom)
}

// total writes the sum of all slices into a donut.
func (k *pie) total(sum float64) {
	f := k.c.strong().sized(k.c.base * 125 / 100)
	say := strings.ReplaceAll(k.s.full(k.c.words, sum), "\u00a0", " ")
	lines, f := k.c.fit(say, f, k.hole*150/100, 2)
	k.c.lines(k.x, k.y-f.high(len(lines))/2, middle, f, lines)
}

// slice draws a slice between two parts of the turn. Arcs go by their middle,
// so that a slice of almost everything is no empty one.
func (k *pie) slice(i int, from, to float64) {
	arc := func(r dot, from, to float64, sweep int) string {
		x1, y1 := turn(k.x, k.y, r, (from+to)/2)
		x2, y2 := turn(k.x, k.y, r, to)
		return fmt.Sprintf("A%[1]s %[1]s 0 0 %[2]d %[3]s %[4]sA%[1]s %[1]s 0 0 %[2]d %[5]s %[6]s", num(r), sweep, num(x1), num(y1), num(x2), num(y2))
	}
	x1, y1 := turn(k.x, k.y, k.r, from)
	d := fmt.Sprintf("M%s %sL%s %s%sZ", num(k.x), num(k.y), num(x1), num(y1), arc(k.r, from, to, 1))
	if k.hole > 0 {
		x2, y2 := turn(k.x, k.y, k.hole, to)
		d = fmt.Sprintf("M%s %s%sL%s %s%sZ", num(x1), num(y1), arc(k.r, from, to, 1), num(x2), num(y2), arc(k.hole, to, from, 0))
	}
	k.c.path(d, fmt.Sprintf(`fill="%s" stroke="%s" stroke-width="1.1" stroke-linejoin="round"`, k.colors[i], k.c.paper))
}

// sliceName is the name of a slice with its value below.
type sliceName struct {
	slice         int
	label, values block
}

// high is how high a name is with its value.
func (n *sliceName) high() dot {
	return dot(len(n.label.lines))*n.label.f.lead() + n.values.f.high(len(n.values.lines))
}

// names writes the names and values of the slices of one side, with lines to
// them, and returns how far down they reach.
func (k *pie) names(mids []float64, leftSide bool) (bottom dot) {
	c := k.c
	room := c.w/2 - k.r - c.base*220/100
	var names []sliceName
	var at, high []dot
	total := dot(0)
	labels := c.fitAll(k.s.labels, func(i int) face { return c.labelFace(k.s, i) }, room, 2)
	for i, mid := range mids {
		if (mid > 0.5) != leftSide {
			continue
		}
		f := labels[i].f
		n := sliceName{slice: i, label: labels[i]}
		n.values.lines, n.values.f = c.fit(k.value(i), f.in(c.quiet), room, 1)
		_, y := turn(k.x, k.y, k.r+c.base*70/100, mid)
		names, at, high = append(names, n), append(at, y), append(high, n.high()+c.base*40/100)
		total += n.high() + c.base*40/100
	}
	lo := k.y - k.r - c.base*50/100
	hi := max(k.y+k.r+c.base*50/100, lo+total)
	for i, y := range spread(at, high, lo, hi) {
		bottom = max(bottom, k.name(&names[i], mids[names[i].slice], y, leftSide))
	}
	return bottom
}

// value writes the value of a slice, with its share unless it is one.
func (k *pie) value(i int) string {
	v := k.s.series[0].values[i].n
	say := k.c.number(k.s, v, k.s.decimalsOf(k.s.all()...))
	if !k.s.percents() {
		say += " (" + k.s.share(k.c.words, v, k.s.sum()) + ")"
	}
	return say
}

// name writes one name with its value below.
func (k *pie) name(n *sliceName, mid float64, y dot, leftSide bool) dot {
	c := k.c
	x, a, off := k.x+k.r+c.base*180/100, start, -c.base*35/100
	if leftSide {
		x, a, off = k.x-k.r-c.base*180/100, end, c.base*35/100
	}
	x1, y1 := turn(k.x, k.y, k.r+150, mid)
	x2, y2 := turn(k.x, k.y, k.r+c.base*70/100, mid)
	c.path(pathOf([]dot{x1, x2, x + off}, []dot{y1, y2, y}), fmt.Sprintf(`fill="none" stroke="%s" stroke-width="0.6" stroke-linejoin="round"`, c.quiet))
	top := y - n.high()/2
	c.lines(x, top, a, n.label.f, n.label.lines)
	return c.lines(x, top+dot(len(n.label.lines))*n.label.f.lead(), a, n.values.f, n.values.lines)
}
