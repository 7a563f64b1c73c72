package figure

// maxParts is how many parts of a whole a proportion may show.
const maxParts = 6

// readProportion reads parts of a whole, which is 100 squares. With a total,
// the parts need not be everything.
func readProportion(r *reader, o *object, s *Spec) {
	r.data(o, s, limits{leastLabels: 1, mostLabels: maxParts, mostSeries: 1, positive: true, reason: "a part of a whole cannot be"})
	r.someParts(o, s)
	if len(s.series) != 1 || len(r.mistakes) > 0 {
		return
	}
	s.total = s.sum()
	n := o.at["total"]
	switch {
	case n != nil:
		s.total, _ = r.number(n, "total", s.unit)
		if s.total < s.sum()*0.999999 || s.total <= 0 {
			r.wrong(n, "total", "is less than the parts together")
		}
	case s.unit == "%" && s.total <= 100:
		s.total = 100
	case len(s.labels) == 1:
		r.wrong(o.node, "total", "one part alone needs a total to be a part of")
	case s.unit == "%" && s.total > 101:
		r.wrong(o.at["values"], "values", "are %s %% together", english().number(s.total, 1))
	}
}

// squares shares 100 squares among the parts by largest remainder (Hamilton
// 1792); what is left over belongs to no part.
func (s *Spec) squares() []int {
	values := append(s.all(), 0)
	sum := s.sum()
	values[len(values)-1] = max(s.total-sum, 0)
	of := max(s.total, sum)
	out, rest := make([]int, len(values)), make([]float64, len(values))
	left := 100
	for i, v := range values {
		exact := float64(v / of * 100)
		out[i] = int(exact)
		rest[i] = exact - float64(out[i])
		left -= out[i]
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		out[best]++
		rest[best] = -1
	}
	return out[:len(out)-1]
}

// drawProportion draws a hundred squares in the colours of the parts, with
// their names at the right.
func drawProportion(c *canvas, s *Spec) {
	colors := c.ramp(len(s.labels))
	if s.highlight != "" {
		for i := range colors {
			if colors[i] = c.rest(); s.labels[i] == s.highlight {
				colors[i] = c.ramp(1)[0]
			}
		}
	}
	c.axisTitle(0, "", s.unit)
	side := min(c.w*38/100, 140*point1) / 10
	squares := s.squares()
	var owner [100]int
	at := 0
	for i, n := range squares {
		for range n {
			if at < 100 {
				owner[at] = i + 1
				at++
			}
		}
	}
	for i, part := range owner {
		x, y := side*dot(i%10), c.y+side*dot(i/10)
		fill := c.accent.towards(c.paper, 118).String()
		if part > 0 {
			fill = colors[part-1].String()
		}
		c.rect(x+side*4/100, y+side*4/100, side*92/100, side*92/100, fill)
	}
	c.y = max(c.y+side*10, c.partNames(s, colors, side*10+c.base*200/100))
}

// partNames writes the parts at the right of the squares, each with its colour,
// and returns how far down they reach.
func (c *canvas) partNames(s *Spec, colors []rgb, left dot) dot {
	y, box := c.y, c.base*75/100
	decimals := s.decimalsOf(append(s.all(), s.total)...)
	for i, label := range s.labels {
		v := s.series[0].values[i].n
		big := c.strong()
		if len(s.labels) == 1 {
			big = big.sized(c.base * 260 / 100)
		} else if len(s.labels) < 4 {
			big = big.sized(c.base * 160 / 100)
		}
		x := left + box + c.gap()
		say := s.share(c.words, v, s.total)
		if s.unit == "%" && s.total == 100 {
			say = c.words.with(v, decimals, "%")
		}
		c.rect(left, y+big.rise()-big.caps(), box, box, colors[i].String())
		c.put(x, y+big.rise(), start, big, say)
		bottom := y + big.high(1)
		f := c.plain()
		f.bold = s.highlight == label
		bottom = c.lines(x, bottom, start, f, c.wrap(label, f, c.w-x))
		if s.unit != "%" {
			small := c.minor()
			bottom = c.lines(x, bottom, start, small, c.wrap(c.number(s, v, decimals), small, c.w-x))
		}
		y = bottom + c.base*70/100
	}
	if rest := s.total - s.sum(); s.unit != "%" && rest > s.total/1000 {
		small := c.minor()
		y = c.lines(left, y, start, small, c.wrap(c.words.Total+": "+c.number(s, s.total, decimals), small, c.w-left))
	}
	return y - c.base*70/100
}
