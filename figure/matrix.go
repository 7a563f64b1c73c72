package figure

import "slices"

// The most rows and columns of a matrix.
const (
	maxMatrixRows    = 12
	maxMatrixColumns = 10
)

// readMatrix reads rows of numbers or of words below the labels of their
// columns.
func readMatrix(r *reader, o *object, s *Spec) {
	r.data(o, s, limits{leastLabels: 2, mostLabels: maxMatrixColumns, mostSeries: maxMatrixRows, words: true})
	if !s.valueWords {
		return
	}
	for i, e := range s.series {
		for k, v := range e.values {
			if v.word == "" && len(r.mistakes) == 0 {
				r.wrong(o.node, entry(entry("series", i)+".values", k), "is a number, but others are words; use one of both")
			}
		}
	}
}

// drawMatrix draws cells with their values: numbers on tints that grow darker
// with them, words on a ground.
func drawMatrix(c *canvas, s *Spec) {
	if !s.valueWords {
		c.axisTitle(0, "", s.unit)
	}
	left := dot(0)
	if s.named {
		left = min(c.widestLine(c.plain(), s.names()...)+c.gap(), c.w*28/100) + c.gap()
	}
	if s.x != "" {
		f := c.minor()
		c.y = c.lines(left, c.y, start, f, c.wrap(s.x, f, c.w-left)) + c.gap()
	}
	wide := (c.w - left) / dot(len(s.labels))
	heads := c.fitAll(s.labels, func(i int) face { return c.labelFace(s, i) }, wide-c.gap(), 3)
	high, y0 := dot(0), c.y
	for _, h := range heads {
		high = max(high, h.high())
	}
	if s.y != "" && left > 0 {
		lines, f := c.fit(s.y, c.minor(), left-c.gap(), 3)
		high = max(high, c.lines(0, y0, start, f, lines)-y0)
	}
	for i, h := range heads {
		c.lines(left+wide*dot(i)+wide/2, y0+high-h.high(), middle, h.f, h.lines)
	}
	c.y += high + c.gap()
	c.matrixRows(s, left, wide)
}

// matrixRows draws the rows. Numbers without room are left to the table, and a
// legend tells the lowest and the highest.
func (c *canvas) matrixRows(s *Spec, left, wide dot) {
	names := c.fitAll(s.names(), func(i int) face {
		f := c.plain()
		f.bold = s.highlight != "" && s.highlight == s.series[i].name
		return f
	}, max(left-c.gap()*2, c.base), 3)
	decimals := s.decimalsOf(s.all()...)
	var all []string
	for _, e := range s.series {
		for _, v := range e.values {
			if s.valueWords {
				all = append(all, v.word)
			} else {
				all = append(all, c.number(s, v.n, decimals))
			}
		}
	}
	cells := c.fitAll(all, same(c.plain().sized(c.base*95/100)), wide-c.gap(), 8)
	said := s.valueWords || !slices.ContainsFunc(cells, func(b block) bool { return len(b.lines) > 1 })
	n := len(s.labels)
	for row := range s.series {
		if !said {
			clear(cells[row*n : row*n+n])
		}
		c.matrixRow(s, row, names[row], cells[row*n:row*n+n], left, wide)
	}
	if !said {
		lo, hi := s.bounds()
		c.y += c.gap()
		c.swatches([]string{c.number(s, lo, decimals), c.number(s, hi, decimals)}, []rgb{c.heat(s, lo), c.heat(s, hi)})
	}
}

// matrixRow draws a row of cells.
func (c *canvas) matrixRow(s *Spec, row int, name block, cells []block, left, wide dot) {
	high := max(c.base*230/100, name.high()+c.base*80/100)
	for _, b := range cells {
		high = max(high, b.high()+c.base*120/100)
	}
	c.lines(left-c.gap()-c.gap()/2, c.y+(high-name.high())/2, end, name.f, name.lines)
	for i, v := range s.series[row].values {
		x := left + wide*dot(i)
		fill := c.tint
		if !s.valueWords {
			fill = c.heat(s, v.n)
		}
		c.rect(x+50, c.y+50, wide-100, high-100, fill.String())
		c.lines(x+wide/2, c.y+(high-cells[i].high())/2, middle, cells[i].f.in(over(fill, c.ink, c.paper)), cells[i].lines)
	}
	c.y += high
}

// heat is the tint of a number: the higher, the darker.
func (c *canvas) heat(s *Spec, v float64) rgb {
	lo, hi := s.bounds()
	if lo >= 0 && lo < hi/2 {
		lo = 0
	}
	if lo == hi {
		return c.rest()
	}
	part := int64(float64((v-lo)/(hi-lo)) * 1000)
	return c.accent.towards(c.paper, 108+part*part/1000*692/1000)
}
