package cover

// circles draws a chain of circles; what two of them share has a colour of its
// own.
func circles(s *scene) {
	high := s.bottom - s.upper()
	s.art.rect(s.left(), s.upper(), s.right()-s.left(), high, s.quiet)
	r := mul(high, s.dice.between(0.25, 0.28))
	mid := vec{halved(s.w), s.upper() + mul(high, 0.5)}
	turnBy := []float64{30, 90, 0}[s.dice.below(3)]
	at := make([]vec, 3)
	for i := range at {
		at[i] = mid.plus(turned(turnBy+mul(float64(i), 120), mul(r, 0.66)))
	}
	colors := []string{s.accent, s.strong, s.middle}
	turn := s.dice.below(3)
	color := func(i int) string { return colors[(i+turn)%3] }
	for i, c := range at {
		s.art.disc(c, r, color(i))
	}
	shared := []string{s.deep, blend(s.strong, s.deep, 0.5), blend(s.accent, s.deep, 0.5)}
	for i := range at {
		a, b := at[i], at[(i+1)%3]
		s.art.clipped(ringPath(a, r), func() { s.art.disc(b, r, shared[i]) })
	}
	s.art.clipped(ringPath(at[0], r), func() {
		s.art.clipped(ringPath(at[1], r), func() { s.art.disc(at[2], r, s.ground) })
	})
}

// ringPath is the outline of a circle.
func ringPath(at vec, r float64) *path {
	a, b := vec{at.x - r, at.y}, vec{at.x + r, at.y}
	return (&path{}).move(a).arc(r, false, true, b).arc(r, false, true, a).close()
}

// folds draws paper folded in zigzag, the pattern of Koryo Miura's map.
func folds(s *scene) {
	const across, down = 8, 6
	dx := (s.right() - s.left()) / across
	dy := (s.lower() - s.upper()) / (down - 0.5)
	slant := mul(dy, s.dice.between(0.3, 0.5))
	bright := (1+s.dice.below(down-2))*across + 1 + s.dice.below(across-2)
	s.art.clipped(box(s.left(), s.upper(), s.right()-s.left(), s.lower()-s.upper()), func() {
		for row := range down + 1 {
			y := s.upper() + mul(float64(row)-0.5, dy)
			for col := range across {
				x := s.left() + mul(float64(col), dx)
				a, b := 0.0, slant
				if col%2 == 1 {
					a, b = slant, 0
				}
				part := float64(row) / down
				color := blend(s.quiet, s.middle, part)
				if col%2 == row%2 {
					color = blend(s.middle, s.strong, part)
				}
				if row*across+col == bright {
					color = s.accent
				}
				s.art.fill(poly(vec{x, y + a}, vec{x + dx + 0.6, y + b}, vec{x + dx + 0.6, y + dy + b + 0.6}, vec{x, y + dy + a + 0.6}), color)
			}
		}
	})
}

// stairs draws blocks of many heights in parallel perspective.
func stairs(s *scene) {
	const n = 15
	half := s.w / 10 // half the width of a block
	quarter := half / 2
	unit := mul(half, 0.6)
	land := noise(s.dice.next())
	tops := []string{s.quiet, s.middle, s.accent}
	s.art.clipped(box(s.left(), s.upper(), s.right()-s.left(), s.lower()-s.upper()), func() {
		for sum := range 2*n - 1 {
			for i := max(0, sum-n+1); i <= min(sum, n-1); i++ {
				j := sum - i
				x := halved(s.w) + mul(float64(i-j), half)
				base := s.top + mul(float64(sum), quarter) - mul(4, half)
				if x < s.left()-half || x > s.right()+half || base > s.lower()+mul(4, unit) {
					continue
				}
				level := int(land.at(float64(i)/2.4, float64(j)/2.4) * 6)
				y := base - mul(float64(level), unit) + mul(4, unit)
				s.block(vec{x, y}, half, quarter, mul(7, unit), tops[min(level, 5)*len(tops)/6])
			}
		}
	})
}

// block draws a block by the middle of its top.
func (s *scene) block(at vec, half, quarter, high float64, top string) {
	l, r, f, b := vec{at.x - half, at.y}, vec{at.x + half, at.y}, vec{at.x, at.y + quarter}, vec{at.x, at.y - quarter}
	down := vec{0, high}
	s.art.fill(poly(l, f, f.plus(down), l.plus(down)), s.strong)
	s.art.fill(poly(f, r, r.plus(down), f.plus(down)), s.deep)
	s.art.fill(poly(l, b, r, f), top)
}

// rays draws rays from a point on the lower edge, and a disc.
func rays(s *scene) {
	const count = 26
	at := vec{mul(s.w, []float64{0.5, 0.18, 0.82}[s.dice.below(3)]), mix(s.top, s.bottom, s.dice.between(0.62, 0.8))}
	colors := []string{s.quiet, s.middle, s.quiet, s.strong}
	s.art.clipped(box(s.left(), s.upper(), s.right()-s.left(), s.lower()-s.upper()), func() {
		for i := range count * 2 {
			a, b := mul(float64(i), 180.0/count), mul(float64(i+1), 180.0/count)
			s.art.fill(poly(at, at.plus(turned(a, 3600)), at.plus(turned(b+0.05, 3600))), colors[i%4])
		}
		r := mul(s.bottom-s.top, s.dice.between(0.15, 0.2))
		s.art.disc(at, r+24, s.ground)
		s.art.disc(at, r, s.accent)
	})
}

// initial draws the first letter of the title very large, cut by the edges,
// behind it lines.
func initial(s *scene) {
	high := s.lower() - s.upper()
	s.art.rect(s.left(), s.upper(), s.right()-s.left(), high, s.quiet)
	p := s.initialPath(vec{halved(s.w), s.upper() + mul(high, 0.5)}, mul(high, 0.92))
	colors := []string{s.strong, s.accent, s.middle}
	turn := s.dice.below(2)
	s.art.clipped(box(s.left(), s.upper(), s.right()-s.left(), high), func() {
		s.art.put(`<g transform="translate(%s %s)">`, num(26), num(26))
		s.art.fill(p, s.middle)
		s.art.put(`</g>`)
		s.art.fill(p, colors[turn])
		s.art.clipped(p, func() {
			step := mul(high, 0.05)
			for i := range 22 {
				y := s.upper() + mul(float64(i), step)
				s.art.rect(s.left(), y, s.right()-s.left(), mul(step, 0.08+mul(0.03, float64(i))), s.deep)
			}
		})
	})
}

// botanical draws plants that grow from the floor.
func botanical(s *scene) {
	high := s.bottom - s.top
	lean := s.dice.between(-6, 6)
	kinds := s.dice.below(3)
	for i, x := range []float64{0.1, 0.9, 0.3, 0.7, 0.5} {
		tall := mul(high, []float64{0.5, 0.55, 0.8, 0.72, 1.0}[i]-mul(0.06, s.dice.part()))
		s.plant(vec{mul(s.w, x), s.bottom + 10}, tall, lean+s.dice.between(-5, 5), (kinds+i)%3)
	}
}

// plant draws a stem with leaves in pairs, and at its end what its kind has.
func (s *scene) plant(foot vec, tall, lean float64, kind int) {
	const joints = 8
	points := []vec{foot}
	at, angle := foot, -90+lean
	for range joints {
		angle -= mul(lean, 0.22)
		at = at.plus(turned(angle, mul(tall, 0.108)))
		points = append(points, at)
	}
	stem := s.strong
	if kind == 1 {
		stem = s.middle
	}
	s.art.stroke(smooth(points), 9, stem)
	for i := 1; i < len(points); i++ {
		part := float64(i) / joints
		dir := points[i].minus(points[i-1])
		size := mul(tall, mix(0.3, 0.11, part))
		for side := -1.0; side < 2; side += 2 {
			s.leaf(points[i], dir, mul(side, 48-mul(part, 10)), size, kind, stem)
		}
	}
	end := points[joints]
	if kind == 2 {
		s.flower(end, mul(tall, 0.085))
		return
	}
	s.leaf(end, end.minus(points[joints-1]), 0, mul(tall, 0.11), kind, stem)
}

// leaf draws one leaf, at an angle to the stem: its two halves in two colours,
// or a stalk with berries.
func (s *scene) leaf(at, dir vec, angle, size float64, kind int, color string) {
	sin, cos := sinCos(angle)
	u := dir.times(1 / dir.length())
	u = vec{mul(u.x, cos) - mul(u.y, sin), mul(u.x, sin) + mul(u.y, cos)}
	v := vec{-u.y, u.x}
	point := func(along, aside float64) vec {
		return at.plus(u.times(mul(along, size))).plus(v.times(mul(aside, size)))
	}
	if kind == 1 && angle != 0 {
		s.art.stroke((&path{}).move(at).bend(point(0.4, mul(0.1, sin)), point(0.72, 0)), 5, color)
		s.art.disc(point(0.72, 0), mul(size, 0.12), s.accent)
		return
	}
	wide := []float64{0.3, 0.24, 0.2}[kind]
	tip := point(1, 0)
	s.art.fill((&path{}).move(at).curve(point(0.25, wide), point(0.7, mul(wide, 0.9)), tip).close(), color)
	s.art.fill((&path{}).move(at).curve(point(0.25, -wide), point(0.7, mul(wide, -0.9)), tip).close(), blend(color, s.ground, 0.3))
}

// flower draws a flower seen from the front.
func (s *scene) flower(at vec, r float64) {
	for i := range 8 {
		dir := turned(float64(i)*45, 1)
		side := vec{-dir.y, dir.x}
		tip := at.plus(dir.times(r))
		a, b := at.plus(dir.times(mul(r, 0.6))).plus(side.times(mul(r, 0.42))), at.plus(dir.times(mul(r, 0.6))).minus(side.times(mul(r, 0.42)))
		s.art.fill((&path{}).move(at).bend(a, tip).bend(b, at).close(), s.accent)
	}
	s.art.disc(at, mul(r, 0.22), s.deep)
}
