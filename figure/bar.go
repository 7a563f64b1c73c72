package figure

// maxBars is how many bars one row of values may have.
const maxBars = 20

// readBars reads a bar chart: one value for each label.
func readBars(r *reader, o *object, s *Spec) {
	r.data(o, s, limits{leastLabels: 1, mostLabels: maxBars, mostSeries: 1})
	if len(s.series) > 1 {
		r.wrong(o.at["series"], "series", "a bar chart has one; use kind grouped-bar or stacked-bar")
	}
	s.sorted(s.sorting)
}

// bars is a set of bars that stand at one label.
type bars struct {
	c        *canvas
	s        *Spec
	colors   []rgb
	decimals int
	thick    dot // of one bar
	between  dot // of groups
	face     face
}

// drawBars draws bars that lie when their labels are long, else upright ones.
func drawBars(c *canvas, s *Spec) {
	b := &bars{c: c, s: s, colors: c.ramp(1), decimals: s.decimalsOf(s.all()...), face: c.plain()}
	if s.upright(c, 1) {
		b.upright()
		return
	}
	b.lying()
}

// upright reports whether bars stand: when the spec says so or when all labels
// find room below them.
func (s *Spec) upright(c *canvas, each int) bool {
	if s.direction != "" {
		return s.direction == "vertical" && c.slotsFit(s, 3)
	}
	return len(s.labels)*each <= 36 && c.slotsFit(s, 2)
}

// slotsFit reports whether the labels can stand below upright bars in a number
// of lines, at a size that is not much smaller.
func (c *canvas) slotsFit(s *Spec, most int) bool {
	slot := c.slot(s)
	for _, label := range s.labels {
		if lines, whole := c.broken(label, c.minor(), slot-c.gap()); !whole || len(lines) > most {
			return false
		}
	}
	return slot >= c.base
}

// slot is how wide the room of one label is, if an axis stands at the left.
func (c *canvas) slot(s *Spec) dot { return c.w * 90 / 100 / dot(max(len(s.labels), 1)) }

// color is the colour of one bar.
func (b *bars) color(row, col int) rgb {
	if b.s.highlight == "" || b.s.highlight == b.s.labels[row] || len(b.s.series) > 1 {
		return b.colors[col]
	}
	return b.c.rest()
}

// valueFace is the face of the value at a bar.
func (b *bars) valueFace(row int) face {
	f := b.face
	if b.s.highlight != "" && b.s.highlight == b.s.labels[row] {
		f.bold = true
	}
	return f
}

// zeroed is the range of values with zero in it.
func (s *Spec) zeroed() (lo, hi float64) {
	lo, hi = s.bounds()
	lo, hi = min(lo, 0), max(hi, 0)
	if lo == hi {
		hi = 1
	}
	return lo, hi
}

// lying draws horizontal bars: labels at the left, values at the ends.
func (b *bars) lying() {
	c, s := b.c, b.s
	k := dot(len(s.series))
	b.face = b.face.sized(c.base * 96 / 100)
	b.thick = c.base * 110 / 100
	b.between = c.base * 62 / 100
	if k > 1 {
		b.thick, b.face = c.small*115/100, c.plain().sized(c.small)
		b.between = c.base
	}
	left := b.labelColumn()
	most, least := b.valueRoom()
	lo, hi := s.zeroed()
	sc := scale{lo, hi, left + least, c.w - most}
	c.axisTitle(left, s.x, s.unit)
	zero, top := sc.at(0), c.y
	for i, label := range c.leftLabels(s, left) {
		high := max(k*b.thick, label.high())
		y := c.y + (high-k*b.thick)/2
		c.lines(left-c.base*60/100, c.y+(high-label.high())/2, end, label.f, label.lines)
		for n := range s.series {
			b.lyingBar(i, n, sc, zero, y+dot(n)*b.thick)
		}
		c.y += high + b.between
	}
	c.y -= b.between
	c.rule(zero, top-200, zero, c.y+200, c.quiet, 70)
	if s.y != "" {
		c.axisBelow(s.y)
	}
}

// lyingBar draws one horizontal bar with its value.
func (b *bars) lyingBar(i, n int, sc scale, zero, y dot) {
	c, v := b.c, b.s.series[n].values[i].n
	x := sc.at(v)
	inset := dot(0)
	if len(b.s.series) > 1 {
		inset = 40
	}
	c.rect(min(zero, x), y+inset, max(x-zero, zero-x), b.thick-2*inset, b.color(i, n).String())
	f := b.valueFace(i)
	at, a := x+c.gap(), start
	if v < 0 {
		at, a = x-c.gap(), end
	}
	c.put(at, y+b.thick/2+f.caps()/2, a, f, c.number(b.s, v, b.decimals))
}

// leftLabels sets the labels in a column at the left.
func (c *canvas) leftLabels(s *Spec, left dot) []block {
	return c.fitAll(s.labels, func(i int) face { return c.labelFace(s, i) }, left-c.base*80/100, 2)
}

// labelsBelow sets the labels below upright bars, centred in slots from left
// on, and moves on below them.
func (c *canvas) labelsBelow(s *Spec, left, slot, y dot) {
	blocks := c.fitAll(s.labels, func(i int) face {
		f := c.minor().in(c.ink)
		f.bold = s.highlight == s.labels[i]
		return f
	}, slot-c.gap()/2, 3)
	for i, b := range blocks {
		c.y = max(c.y, c.lines(left+slot*dot(i)+slot/2, y+c.gap(), middle, b.f, b.lines))
	}
	if s.x != "" {
		f, wide := c.minor(), slot*dot(len(s.labels))
		c.y = c.lines(left+wide/2, c.y+f.size*30/100, middle, f, c.wrap(s.x, f, wide))
	}
}

// labelFace is the face of a label, bold if it is highlighted.
func (c *canvas) labelFace(s *Spec, i int) face {
	f := c.plain()
	f.bold = s.highlight != "" && s.highlight == s.labels[i]
	return f
}

// labelColumn is how wide the labels at the left are, with the room behind
// them: as wide as the widest, but not much more than a third.
func (b *bars) labelColumn() dot {
	widest := b.c.widestLine(b.c.strong(), b.s.labels...)
	return min(widest+b.c.base*80/100, b.c.w*38/100)
}

// valueRoom is the room for numbers beyond the largest and the smallest bar.
func (b *bars) valueRoom() (most, least dot) {
	for _, size := range []dot{100, 92, 84, 76} {
		most, least = 0, 0
		f := b.face.sized(b.face.size * size / 100)
		f.bold = true
		for _, e := range b.s.series {
			for _, v := range e.values {
				w := b.c.wide(b.c.number(b.s, v.n, b.decimals), f) + 2*b.c.gap()
				if v.n < 0 {
					least = max(least, w)
				} else {
					most = max(most, w)
				}
			}
		}
		if b.face = b.face.sized(f.size); most+least < b.c.w*35/100 {
			break
		}
	}
	return most, least
}

// axisBelow writes the title of the axis of the labels below the plot.
func (c *canvas) axisBelow(title string) {
	f := c.minor()
	c.y = c.lines(0, c.y+c.gap(), start, f, c.wrap(title, f, c.w))
}

// upright draws vertical bars with their values above, or with an axis at the
// left where values find no room.
func (b *bars) upright() {
	c, s := b.c, b.s
	k := dot(len(s.series))
	c.axisTitle(0, s.y, s.unit)
	b.face = b.face.sized(c.base * 96 / 100)
	left, valued := dot(0), b.valuesFit(c.w/dot(len(s.labels)), k)
	high := min(max(c.w*43/100, 110*point1), 175*point1)
	lo, hi := s.zeroed()
	top := c.y + b.face.lead()*130/100
	bottom := top + high
	sc := scale{lo, hi, bottom, top}
	if lo < 0 && valued {
		sc.from -= b.face.lead()
	}
	if !valued {
		sc, left = c.leftAxis(s, ticksFor(lo, hi, 6), top, bottom, c.w)
	}
	slot := (c.w - left) / dot(len(s.labels))
	b.thick = min(slot*72/100/k, 46*point1)
	zero := sc.at(0)
	for i := range s.labels {
		mid := left + slot*dot(i) + slot/2
		for n := range s.series {
			b.uprightBar(i, n, sc, mid-b.thick*k/2+b.thick*dot(n), valued)
		}
	}
	c.rule(left, zero, c.w, zero, c.quiet, 70)
	c.labelsBelow(s, left, slot, bottom)
}

// uprightBar draws one vertical bar, with its value if that finds room.
func (b *bars) uprightBar(i, n int, sc scale, x dot, valued bool) {
	c, v := b.c, b.s.series[n].values[i].n
	y, zero := sc.at(v), sc.at(0)
	inset := dot(0)
	if len(b.s.series) > 1 {
		inset = min(b.thick/16, 60)
	}
	c.rect(x+inset, min(y, zero), b.thick-2*inset, max(y-zero, zero-y), b.color(i, n).String())
	if !valued {
		return
	}
	f := b.valueFace(i)
	at := y - f.size*35/100
	if v < 0 {
		at = y + f.size*35/100 + f.caps()
	}
	c.put(x+b.thick/2, at, middle, f, c.number(b.s, v, b.decimals))
}

// valuesFit makes the values small enough to stand at upright bars; false if
// they cannot.
func (b *bars) valuesFit(slot, k dot) bool {
	room := min(slot*92/100, slot)
	if k > 1 {
		room = slot * 72 / 100 / k
	}
	for size := b.face.size; size >= leastText; size -= 50 {
		f := b.face.sized(size)
		f.bold = true
		widest := dot(0)
		for _, v := range b.s.all() {
			widest = max(widest, b.c.wide(b.c.number(b.s, v, b.decimals), f))
		}
		if widest <= room {
			b.face = b.face.sized(size)
			return true
		}
	}
	return false
}
