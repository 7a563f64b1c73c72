package figure

import "go.yaml.in/yaml/v3"

// The most columns of a comparison, and points in each.
const (
	maxColumns = 4
	maxRows    = 10
)

// readComparison reads columns of points. With labels, each point answers the
// label of its row.
func readComparison(r *reader, o *object, s *Spec) {
	l := limits{leastLabels: 1, mostLabels: maxRows, words: true}
	if o.at["labels"] != nil {
		s.labels = r.labels(o, l)
	}
	if o.at["series"] == nil {
		r.wrong(o.node, "series", "the columns are missing: each has a name and values, which are short texts")
		return
	}
	s.named, s.valueWords = true, true
	for i, n := range o.list("series", 2, maxColumns) {
		p := r.object(n, entry("series", i))
		e := series{name: r.seriesName(p, s)}
		if v := p.at["values"]; v != nil {
			e.values = r.saidValues(v, p.field("values"), s)
		} else if len(p.keys) > 0 {
			r.wrong(n, p.field("values"), "the values are missing")
		}
		p.only("name", "values")
		s.series = append(s.series, e)
	}
}

// saidValues reads values that are words, numbers among them.
func (r *reader) saidValues(list *yaml.Node, path string, s *Spec) (out []value) {
	for i, n := range r.list(list, path, 1, maxRows) {
		word, ok := r.words(n, entry(path, i), maxText)
		if ok && word == "" {
			r.wrong(n, entry(path, i), "is empty")
		}
		out = append(out, value{word: word})
	}
	if len(out) > 0 && len(s.labels) > 0 && len(out) != len(s.labels) {
		r.wrong(list, path, "has %d values for %d labels", len(out), len(s.labels))
	}
	return out
}

// drawComparison draws columns side by side, their points in rows.
func drawComparison(c *canvas, s *Spec) {
	n := dot(len(s.series))
	gap := c.base * 150 / 100
	left := dot(0)
	if len(s.labels) > 0 {
		left = min(c.widestLine(c.minor(), s.labels...), c.w*22/100) + gap
	}
	wide := (c.w - left - gap*(n-1)) / n
	rows := 0
	high := dot(0)
	heads := c.fitAll(s.names(), same(c.strong()), wide, 3)
	for i, e := range s.series {
		x := left + dot(i)*(wide+gap)
		color := c.ramp(1)[0]
		if s.highlight != "" && s.highlight != e.name {
			color = c.rest()
		}
		c.rect(x, c.y, wide, 200, color.String())
		high = max(high, c.lines(x, c.y+200+c.gap(), start, heads[i].f, heads[i].lines)-c.y)
		rows = max(rows, len(e.values))
	}
	c.y += high + c.gap()
	labels := c.fitAll(s.labels, same(c.minor()), left-gap, 3)
	cells := c.cells(s, wide)
	for row := range rows {
		if left > 0 {
			c.comparedRow(labels[row], cells, row, left, wide, gap)
			continue
		}
		c.comparedRow(block{}, cells, row, left, wide, gap)
	}
}

// cells sets the words of all columns in one size.
func (c *canvas) cells(s *Spec, wide dot) (out [][]block) {
	var all []string
	for _, e := range s.series {
		for _, v := range e.values {
			all = append(all, v.word)
		}
	}
	blocks := c.fitAll(all, same(c.plain().sized(c.base*95/100)), wide, 8)
	for _, e := range s.series {
		out = append(out, blocks[:len(e.values)])
		blocks = blocks[len(e.values):]
	}
	return out
}

// comparedRow draws a row of points below a hairline.
func (c *canvas) comparedRow(label block, cells [][]block, row int, left, wide, gap dot) {
	top := c.y + c.base*40/100
	bottom := top
	if left > 0 {
		c.rule(0, c.y, left-gap, c.y, c.hair, 60)
		bottom = max(bottom, c.lines(0, top, start, label.f, label.lines))
	}
	for i, column := range cells {
		if row < len(column) {
			x := left + dot(i)*(wide+gap)
			c.rule(x, c.y, x+wide, c.y, c.hair, 60)
			bottom = max(bottom, c.lines(x, top, start, column[row].f, column[row].lines))
		}
	}
	c.y = bottom + c.base*40/100
}
