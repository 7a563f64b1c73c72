package figure

// endNames are the names of series at the right of a plot, beside the ends of
// lines and areas.
type endNames struct {
	blocks []block
	high   []dot
	room   dot // of the column, with the gap before it; 0 if a legend is better
	total  dot // height of all names
}

// endNamesOf sets the names of the series in a column at the right. There is
// none without names, or where they would become too narrow.
func (c *canvas) endNamesOf(s *Spec, colors []rgb) endNames {
	if !s.named {
		return endNames{}
	}
	out := endNames{room: min(c.widestLine(c.strong(), s.names()...), c.w*28/100) + c.base*120/100}
	for i, e := range s.series {
		f := c.plain()
		if colors != nil {
			f = f.in(colors[i].towards(c.paper, max(460, contrast(colors[i], c.paper))))
		}
		f.bold = s.highlight == e.name
		lines, f := c.fit(e.name, f, out.room-c.base*120/100, 2)
		if len(lines) > 2 {
			return endNames{}
		}
		h := f.lead() * dot(len(lines))
		out.blocks, out.high, out.total = append(out.blocks, block{lines, f, 0}), append(out.high, h), out.total+h
	}
	return out
}

// put writes the names between top and bottom, as near to their ends as they
// may be, and calls lead for a line from each end to its name.
func (n endNames) put(c *canvas, ends []dot, top, bottom dot, lead func(i int, y dot)) {
	if n.room == 0 {
		return
	}
	x := c.w - n.room + c.base*110/100
	for i, y := range spread(ends, n.high, top, bottom) {
		b := n.blocks[i]
		c.lines(x, y-b.f.high(len(b.lines))/2, start, b.f, b.lines)
		lead(i, y)
	}
}
