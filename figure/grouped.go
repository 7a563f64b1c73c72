package figure

// The most groups and bars in each.
const (
	maxGroups   = 12
	maxGrouping = 4
)

// readGroups reads a chart of groups of bars.
func readGroups(r *reader, o *object, s *Spec) {
	r.data(o, s, limits{leastLabels: 1, mostLabels: maxGroups, mostSeries: maxGrouping})
	s.sorted(s.sorting)
}

// drawGroups draws groups of bars that lie when their labels are long.
func drawGroups(c *canvas, s *Spec) {
	b := &bars{c: c, s: s, colors: c.seriesColors(s), decimals: s.decimalsOf(s.all()...), face: c.plain()}
	if s.named {
		c.swatches(s.names(), b.colors)
	}
	if s.upright(c, len(s.series)) {
		b.upright()
		return
	}
	b.lying()
}
