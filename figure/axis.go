package figure

import (
	"fmt"
	"strconv"
	"strings"
)

// plot is the part of a canvas where data stand.
type plot struct{ x0, y0, x1, y1 dot }

// gap is the usual distance of things that belong together.
func (c *canvas) gap() dot { return c.base * 45 / 100 }

// axisTitle sets what an axis measures above the plot, with the unit unless
// it stands at every number.
func (c *canvas) axisTitle(x dot, title, unit string) {
	if short(unit) {
		unit = ""
	}
	switch {
	case title == "" && unit == "":
		return
	case title == "":
		title = unit
	case unit != "":
		title += " (" + unit + ")"
	}
	f := c.minor()
	c.y = c.lines(x, c.y, start, f, c.wrap(title, f, c.w-x)) + f.size*40/100
}

// unitAt is the unit that stands at numbers, "" for long ones.
func unitAt(unit string) string {
	if short(unit) {
		return unit
	}
	return ""
}

// number writes a value as it stands in a figure.
func (c *canvas) number(s *Spec, v float64, decimals int) string {
	return c.words.with(v, decimals, unitAt(s.unit))
}

// leftAxis draws grid lines for ticks between y0 and y1 and their numbers at
// the left; the unit stands at the highest. It returns the scale and the left
// end of the lines.
func (c *canvas) leftAxis(s *Spec, t ticks, y0, y1 dot, right dot) (scale, dot) {
	n := len(t.values)
	sc := scale{t.values[0], t.values[n-1], y1, y0}
	f := c.minor()
	names := make([]string, n)
	for i, v := range t.values {
		names[i] = c.words.number(v, t.decimals)
		if i == n-1 {
			names[i] = c.words.with(v, t.decimals, unitAt(s.unit))
		}
	}
	x := c.widestLine(f, names...) + c.gap()
	for i, v := range t.values {
		y := sc.at(v)
		color, wide := c.hair, dot(60)
		if v == 0 {
			color, wide = c.quiet, 70
		}
		c.rule(x, y, right, y, color, wide)
		c.put(x-c.gap(), y+f.caps()/2, end, f, names[i])
	}
	return sc, x
}

// abscissa is where the labels of a line or area chart stand.
type abscissa struct {
	at    []float64 // of each label
	names []string  // what is written, "" for nothing
	marks []float64 // where the names stand
}

// abscissaOf reads the labels as dates or numbers where all of them are that,
// and in order; else they stand at equal distances.
func (s *Spec) abscissaOf(c *canvas, wide dot) abscissa {
	if a, ok := s.years(c, wide); ok {
		return a
	}
	var dates []date
	for _, label := range s.labels {
		if d, err := parseDate(label); err == nil {
			dates = append(dates, d)
		}
	}
	out := abscissa{}
	inOrder := len(dates) == len(s.labels)
	for i, label := range s.labels {
		at := float64(i)
		if inOrder = inOrder && (i == 0 || dates[i-1].days() < dates[i].days()); inOrder {
			at = float64(dates[i].days())
			label = dates[i].text(c.words)
		}
		out.at, out.names = append(out.at, at), append(out.names, label)
	}
	if len(dates) > 0 && !inOrder {
		for i, label := range s.labels {
			out.at[i], out.names[i] = float64(i), label
		}
	}
	out.marks = out.at
	return out
}

// years reads labels that are all plain numbers in order, like years: round
// ones among them are written.
func (s *Spec) years(c *canvas, wide dot) (abscissa, bool) {
	var out abscissa
	for i, label := range s.labels {
		v, err := strconv.ParseFloat(label, 64)
		if err != nil || strings.ContainsAny(label, "eExXnN_") || i > 0 && v <= out.at[i-1] || v > 1e9 || v < -1e9 {
			return out, false
		}
		out.at = append(out.at, v)
	}
	n := len(out.at)
	if n < 2 {
		return out, false
	}
	plainYears := out.at[0] >= 1000 && out.at[n-1] < 3000
	t := ticksFor(out.at[0], out.at[n-1], max(2, int(wide/(c.base*5))))
	if n <= int(wide/(c.base*4)) { // there is room for all
		t.values, t.decimals = out.at, 0
		for _, v := range out.at {
			t.decimals = max(t.decimals, digitsOf(v, 4))
		}
	}
	for _, v := range t.values {
		if v < out.at[0] || v > out.at[n-1] {
			continue
		}
		name := c.words.number(v, t.decimals)
		if plainYears && t.decimals == 0 {
			name = strconv.Itoa(int(v))
		}
		out.marks, out.names = append(out.marks, v), append(out.names, name)
	}
	return out, true
}

// bottomAxis writes the names of an abscissa below a plot, as many as there is
// room for, and moves on below them.
func (c *canvas) bottomAxis(a abscissa, sc scale, y dot, title string) {
	f := c.minor()
	under := y
	slot := (sc.to - sc.from) / dot(max(len(a.names)-1, 1))
	var blocks []block
	for _, name := range a.names {
		lines, g := c.fit(name, f, max(slot-c.gap()*2, c.w/4), 2)
		blocks = append(blocks, block{lines, g, c.widestLine(g, lines...)})
	}
	stride := 1
	for stride < len(blocks) && !c.room(a, sc, blocks, stride) {
		stride++
	}
	for i := 0; i < len(blocks); i += stride {
		b, x := blocks[i], sc.at(a.marks[i])
		c.rule(x, y, x, y+250, c.quiet, 60)
		under = max(under, c.lines(c.within(x, b.w), y+c.base*65/100, middle, b.f, b.lines))
	}
	c.y = under
	if title != "" {
		mid := (sc.from + sc.to) / 2
		half := min(mid, c.w-mid)
		c.y = c.lines(mid, c.y+f.size*30/100, middle, f, c.wrap(title, f, 2*half))
	}
}

// within is the middle nearest to x of a text that stays on the canvas.
func (c *canvas) within(x, w dot) dot { return min(max(x, (w+1)/2), c.w-(w+1)/2) }

// room reports whether every stride-th name can stand beside the others.
func (c *canvas) room(a abscissa, sc scale, blocks []block, stride int) bool {
	last := -c.w
	for i := 0; i < len(blocks); i += stride {
		w := blocks[i].w
		mid := c.within(sc.at(a.marks[i]), w)
		if mid-w/2 < last+c.small*60/100 {
			return false
		}
		last = mid + (w+1)/2
	}
	return true
}

// legend writes the names of series with what they are drawn with, in rows.
func (c *canvas) legend(names []string, key func(i int, x, y dot), wide dot) {
	f := c.plain().sized(c.base * 94 / 100)
	x, y := dot(0), c.y
	for i, name := range names {
		lines := c.wrap(name, f, c.w-wide-c.gap())
		w := wide + c.gap() + c.widestLine(f, lines...)
		if x > 0 && (x+w > c.w || len(lines) > 1) {
			x, y = 0, y+f.lead()
		}
		key(i, x, y+f.rise()-f.caps()/2)
		bottom := c.lines(x+wide+c.gap(), y, start, f, lines)
		x += w + c.base*130/100
		if len(lines) > 1 {
			x, y = 0, bottom+f.lead()-f.high(1)
		}
		c.y = max(c.y, bottom)
	}
	c.y += c.base * 70 / 100
}

// swatches is a legend of coloured squares.
func (c *canvas) swatches(names []string, colors []rgb) {
	side := c.base * 75 / 100
	c.legend(names, func(i int, x, y dot) { c.rect(x, y-side/2, side, side, colors[i].String()) }, side)
}

// names are the names of the series.
func (s *Spec) names() (out []string) {
	for _, e := range s.series {
		out = append(out, e.name)
	}
	return out
}

// rest is a quieter colour for what is not highlighted.
func (c *canvas) rest() rgb { return c.accent.towards(c.paper, 190) }

// seriesColors are the colours of n series, the highlighted one in the accent.
func (c *canvas) seriesColors(s *Spec) []rgb {
	colors := c.ramp(len(s.series))
	if s.highlight == "" {
		return colors
	}
	for _, e := range s.series {
		if e.name == s.highlight {
			return c.highlighted(s)
		}
	}
	return colors
}

// highlighted gives the highlighted series the accent and the others greys
// that still differ.
func (c *canvas) highlighted(s *Spec) []rgb {
	greys := c.look
	greys.accent = c.quiet.grey()
	quiet := []rgb{greys.accent.towards(c.paper, 200)}
	if len(s.series) > 2 {
		quiet = greys.steps(len(s.series)-1, 150, 150)
	}
	var out []rgb
	k := 0
	for _, e := range s.series {
		if e.name == s.highlight {
			out = append(out, c.ramp(1)[0])
			continue
		}
		out = append(out, quiet[k])
		k++
	}
	return out
}

// pathOf writes a path through places.
func pathOf(xs, ys []dot) string {
	var b strings.Builder
	for i := range xs {
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(&b, "%s%s %s", verb, num(xs[i]), num(ys[i]))
	}
	return b.String()
}
