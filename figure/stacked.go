package figure

import "math"

// maxStack is how many series a stack may have.
const maxStack = 6

// readStack reads a chart of stacked bars.
func readStack(r *reader, o *object, s *Spec) {
	r.data(o, s, limits{leastLabels: 1, mostLabels: maxBars, mostSeries: maxStack, positive: true, reason: "parts of a stack cannot be; use kind grouped-bar"})
	s.sorted(s.sorting)
}

// stack is a chart of stacked bars.
type stack struct {
	c        *canvas
	s        *Spec
	colors   []rgb
	totals   []float64
	most     float64
	decimals int
	whole    bool // every bar is the same whole, so totals say nothing
}

// drawStack draws stacked bars.
func drawStack(c *canvas, s *Spec) {
	k := &stack{c: c, s: s, colors: c.seriesColors(s), totals: make([]float64, len(s.labels)), whole: true, decimals: s.decimalsOf(s.all()...)}
	for i := range s.labels {
		for _, e := range s.series {
			k.totals[i] += e.values[i].n
		}
		k.most = max(k.most, k.totals[i])
	}
	for _, t := range k.totals {
		k.whole = k.whole && math.Abs(t-k.most) < k.most/1000
	}
	if k.most == 0 {
		k.most = 1
	}
	if s.upright(c, 1) {
		k.upright()
		return
	}
	k.lying()
}

// name writes a value.
func (k *stack) name(v float64) string { return k.c.number(k.s, v, k.decimals) }

// lying draws horizontal stacks.
func (k *stack) lying() {
	c, s := k.c, k.s
	if s.named {
		c.swatches(s.names(), k.colors)
	}
	left := (&bars{c: c, s: s}).labelColumn()
	right := dot(0)
	if !k.whole {
		for _, t := range k.totals {
			right = max(right, c.wide(k.name(t), c.strong())+c.gap())
		}
	}
	c.axisTitle(left, s.x, s.unit)
	sc := scale{0, k.most, left, c.w - right}
	thick := c.base * 160 / 100
	for i, label := range c.leftLabels(s, left) {
		high := max(thick, label.high())
		c.lines(left-c.base*60/100, c.y+(high-label.high())/2, end, label.f, label.lines)
		y, sum := c.y+(high-thick)/2, 0.0
		for n, e := range s.series {
			from := sc.at(sum)
			sum += e.values[i].n
			k.part(n, from, y, sc.at(sum)-from, thick, e.values[i].n)
		}
		if !k.whole {
			c.put(sc.at(sum)+c.gap(), y+thick/2+c.plain().caps()/2, start, c.strong(), k.name(sum))
		}
		c.y += high + c.base*60/100
	}
	c.y -= c.base * 60 / 100
	if s.y != "" {
		c.axisBelow(s.y)
	}
}

// part draws a part of a stack with its value, where that finds room. Parts
// are divided by the colour of the paper.
func (k *stack) part(n int, x, y, w, h dot, v float64) {
	c := k.c
	if w <= 0 || h <= 0 {
		return
	}
	c.rect(x, y, w, h, k.colors[n].String())
	c.edge(x, y, w, h)
	f := c.plain().sized(c.base * 92 / 100).in(over(k.colors[n], c.paper, c.ink))
	if say := k.name(v); c.wide(say, f)+c.gap() <= w && f.high(1) <= h {
		c.put(x+w/2, y+h/2+f.caps()/2, middle, f, say)
	}
}

// edge draws a line in the colour of the paper around a part.
func (c *canvas) edge(x, y, w, h dot) {
	c.path("M"+num(x)+" "+num(y)+"h"+num(w)+"v"+num(h)+"h"+num(-w)+"Z", `fill="none" stroke="`+c.paper.String()+`" stroke-width="0.8"`)
}

// upright draws vertical stacks with the names of the series at the right.
func (k *stack) upright() {
	c, s := k.c, k.s
	right := dot(0)
	f := c.plain()
	if s.named {
		if right = c.widestLine(f, s.names()...) + 2*c.gap(); right > c.w*30/100 {
			right = 0
			c.swatches(s.names(), k.colors)
		}
	}
	c.axisTitle(0, s.y, s.unit)
	high := min(max(c.w*47/100, 120*point1), 185*point1)
	top := c.y + f.high(1)
	sc, left := c.leftAxis(s, ticksFor(0, k.most, 5), top, top+high, c.w-right)
	slot := (c.w - right - left) / dot(len(s.labels))
	thick := min(slot*74/100, 60*point1)
	ends := make([]dot, len(s.series))
	for i := range s.labels {
		x, sum := left+slot*dot(i)+(slot-thick)/2, 0.0
		for n, e := range s.series {
			from := sc.at(sum)
			sum += e.values[i].n
			to := sc.at(sum)
			k.part(n, x, to, thick, from-to, e.values[i].n)
			ends[n] = (from + to) / 2
		}
	}
	if right > 0 {
		c.sideNames(s.names(), ends, c.w-right+c.gap(), left+slot*dot(len(s.labels))-(slot-thick)/2, top, top+high, k.colors)
	}
	c.labelsBelow(s, left, slot, top+high)
}

// sideNames writes the names of series at the right of a plot, at the heights
// of their ends or near them, each with a line to its end.
func (c *canvas) sideNames(names []string, ends []dot, x, from, top, bottom dot, colors []rgb) {
	f := c.plain()
	high := make([]dot, len(names))
	for i := range high {
		high[i] = f.lead()
	}
	places := spread(ends, high, min(top, bottom-f.lead()*dot(len(names))), bottom)
	for i, name := range names {
		c.path("M"+num(from+100)+" "+num(ends[i])+"L"+num(x-c.gap()/2)+" "+num(places[i]), `fill="none" stroke="`+colors[i].towards(c.paper, max(300, contrast(colors[i], c.paper))).String()+`" stroke-width="0.7"`)
		c.put(x, places[i]+f.caps()/2, start, f, name)
	}
}
