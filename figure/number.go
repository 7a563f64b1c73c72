package figure

import "unicode/utf8"

// maxNumbers is how many big numbers can stand side by side.
const maxNumbers = 4

// readNumbers reads one to four numbers with what they count. Each may have a
// unit of its own: they share no scale.
func readNumbers(r *reader, o *object, s *Spec) {
	l := limits{leastLabels: 1, mostLabels: maxNumbers}
	s.labels = r.labels(o, l)
	list := o.at["values"]
	if list == nil {
		r.wrong(o.node, "values", "the numbers are missing")
		return
	}
	e := series{}
	for i, n := range r.list(list, "values", 1, maxNumbers) {
		v, unit, _ := r.measured(n, entry("values", i))
		if utf8.RuneCountInString(unit) > maxUnit {
			r.wrong(n, entry("values", i), "has a unit of more than %d letters", maxUnit)
		}
		e.values = append(e.values, value{n: v, unit: unit})
	}
	if len(e.values) > 0 && len(s.labels) > 0 && len(e.values) != len(s.labels) {
		r.wrong(list, "values", "has %d values for %d labels", len(e.values), len(s.labels))
	}
	s.series = []series{e}
}

// drawNumbers draws big numbers side by side, with what they count below.
func drawNumbers(c *canvas, s *Spec) {
	n := dot(len(s.labels))
	gap := c.base * 220 / 100
	wide := (c.w - gap*(n-1)) / n
	big := face{c.heads, true, c.base * 420 / 100, c.strongAccent()}
	for i := range s.series[0].values {
		_, f := c.bigFit(s.bigNumber(c.words, i), big, wide)
		big.size = min(big.size, f.size)
	}
	top, bottom := c.y, c.y
	for i, label := range s.labels {
		x := dot(i) * (wide + gap)
		f := big
		if s.highlight != "" && s.highlight != label {
			f.fill = c.quiet
		}
		lines, f := c.bigFit(s.bigNumber(c.words, i), f, wide)
		y := c.lines(x, top, start, f, lines)
		words, g := c.fit(label, c.plain(), wide, 4)
		bottom = max(bottom, c.lines(x, y+c.base*10/100, start, g, words))
	}
	for i := dot(1); i < n; i++ {
		x := i*(wide+gap) - gap/2
		c.rule(x, top+c.base/2, x, bottom, c.hair, 70)
	}
	c.y = bottom
}

// bigFit sets a number in one line, smaller in steps of a twelfth.
func (c *canvas) bigFit(say string, f face, width dot) ([]string, face) {
	for ; f.size > c.base*150/100; f.size = f.size * 11 / 12 {
		if c.wide(say, f) <= width {
			return []string{say}, f
		}
	}
	return c.fit(say, f, width, 2)
}

// bigNumber writes one of the numbers with its own unit.
func (s *Spec) bigNumber(w Words, i int) string {
	v := s.series[0].values[i]
	return w.with(v.n, s.decimalsOf(v.n), v.unit)
}
