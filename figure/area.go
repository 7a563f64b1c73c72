package figure

import "fmt"

// readAreas reads an area chart: values that are not negative, one area on the
// other.
func readAreas(r *reader, o *object, s *Spec) {
	r.data(o, s, limits{leastLabels: 2, mostLabels: maxLineValues, mostSeries: maxLines, positive: true, reason: "areas stand on each other; use kind line"})
}

// drawAreas draws areas that stand on each other, the first one at the bottom,
// with their names at the right.
func drawAreas(c *canvas, s *Spec) {
	sums := make([]float64, len(s.labels))
	for _, e := range s.series {
		for i, v := range e.values {
			sums[i] += v.n
		}
	}
	most := 0.0
	for _, v := range sums {
		most = max(most, v)
	}
	if most == 0 {
		most = 1
	}
	k := &lines{c: c, s: s, colors: c.seriesColors(s)}
	names := c.endNamesOf(s, nil)
	if s.named && names.room == 0 {
		c.swatches(s.names(), k.colors)
	}
	c.axisTitle(0, s.y, s.unit)
	high := max(min(max(c.w*47/100, 120*point1), 185*point1), names.total)
	top := c.y + c.small*60/100
	var left dot
	k.y, left = c.leftAxis(s, ticksFor(0, most, 6), top, top+high, c.w-names.room)
	a := s.abscissaOf(c, c.w-names.room-left)
	sc := scale{a.at[0], a.at[len(a.at)-1], left, c.w - names.room}
	if names.room == 0 {
		sc.to -= c.base * 60 / 100
	}
	for _, v := range a.at {
		k.xs = append(k.xs, sc.at(v))
	}
	ends := k.areas()
	names.put(c, ends, top, top+high, func(i int, y dot) {
		x := c.w - names.room
		c.path(pathOf([]dot{x + 100, x + c.base*80/100}, []dot{ends[i], y}), fmt.Sprintf(`fill="none" stroke="%s" stroke-width="0.6"`, c.quiet))
	})
	c.bottomAxis(a, sc, top+high, s.x)
}

// areas draws the areas and returns where the middles of their ends are.
func (k *lines) areas() []dot {
	ends := make([]dot, len(k.s.series))
	floor := make([]float64, len(k.xs))
	for n, e := range k.s.series {
		var xs, ys []dot
		for i := len(k.xs) - 1; i >= 0; i-- {
			xs, ys = append(xs, k.xs[i]), append(ys, k.y.at(floor[i]))
		}
		for i, v := range e.values {
			floor[i] += v.n
			xs, ys = append(xs, k.xs[i]), append(ys, k.y.at(floor[i]))
		}
		last := len(k.xs)
		ends[n] = (ys[0] + ys[len(ys)-1]) / 2
		fill := k.colors[n]
		if len(k.s.series) == 1 {
			fill = k.c.accent.towards(k.c.paper, 180)
		}
		k.c.path(pathOf(xs, ys)+"Z", fmt.Sprintf(`fill="%s"`, fill))
		edge := fmt.Sprintf(`fill="none" stroke="%s" stroke-width="0.9" stroke-linejoin="round"`, k.c.paper)
		if len(k.s.series) == 1 {
			edge = fmt.Sprintf(`fill="none" stroke="%s" stroke-width="1.6" stroke-linejoin="round"`, k.c.ramp(1)[0])
		}
		k.c.path(pathOf(xs[last:], ys[last:]), edge)
	}
	return ends
}
