package cover

// horizon draws a sun, whole or half, above still water.
func horizon(s *scene) {
	y := s.bottom - mul(s.bottom-s.top, 0.24)
	r := min(mul(s.bottom-s.top, s.dice.between(0.34, 0.44)), 330)
	at := vec{halved(s.w), y - mul(r, []float64{0, 0, 0.42}[s.dice.below(3)])}
	sky := box(s.left(), s.upper(), s.right()-s.left(), y-s.upper())
	s.art.clipped(sky, func() {
		for i := range 3 {
			s.art.ring(at, r+float64(70+i*78), float64(9-i*3), s.middle)
		}
		s.art.disc(at, r, s.accent)
	})
	s.art.rect(s.left(), y, s.right()-s.left(), s.bottom-y, blend(s.deep, s.strong, 0.3))
	s.glitter(y, r)
}

// glitter draws the light of the sun on the water, in lines that get longer and
// thicker towards the reader.
func (s *scene) glitter(y, r float64) {
	steps := 9
	for i := range steps {
		part := float64(i) / float64(steps)
		half := mul(r, s.dice.between(0.35, 0.75)+mul(part, 0.5))
		shift := s.dice.between(-0.12, 0.12)
		high := 5 + mul(part, 9)
		at := y + mul(s.bottom-y, 0.06+mul(part, mul(0.9, 0.6+mul(part, 0.4))))
		s.art.rect(halved(s.w)-half+mul(shift, r), at, mul(half, 2), high, s.accent)
	}
}

// waves draws long waves, the nearest the darkest.
func waves(s *scene) {
	const rows = 7
	for i := range rows {
		part := float64(i) / (rows - 1)
		color := s.step(part)
		y := mix(s.top+60, s.bottom-70, part)
		high := mix(34, 86, part)
		long := mix(420, 900, part)
		start := s.left() - mul(long, s.dice.part())
		p := (&path{}).move(vec{start, y})
		for x := start; x < s.right(); x += long {
			p.curve(vec{x + mul(long, 0.32), y - mul(high, 1.5)}, vec{x + mul(long, 0.62), y + mul(high, 1.5)}, vec{x + long, y})
		}
		p.to(vec{s.right() + long, s.bottom}).to(vec{start, s.bottom}).close()
		s.art.clipped(box(s.left(), s.upper(), s.right()-s.left(), s.bottom-s.upper()), func() { s.art.fill(p, color) })
	}
}

// step is a colour from quiet to strong and on to deep, for things that come
// nearer.
func (s *scene) step(part float64) string {
	stops := []string{s.quiet, s.middle, s.strong, s.deep}
	if s.dark() {
		stops = []string{s.strong, s.middle, s.quiet, s.deep}
	}
	at := mul(part, float64(len(stops)-1))
	i := min(int(at), len(stops)-2)
	return blend(stops[i], stops[i+1], at-float64(i))
}

// ridges draws mountain ridges in haze, with a small sun.
func ridges(s *scene) {
	const rows = 6
	r := s.dice.between(80, 130)
	s.art.disc(vec{mul(s.w, s.dice.between(0.22, 0.78)), s.top + r + 20}, r, s.accent)
	s.art.clipped(box(s.left(), s.upper(), s.right()-s.left(), s.bottom-s.upper()), func() {
		for i := range rows {
			part := float64(i) / rows
			y := mix(s.top+190, s.bottom-20, part)
			high := mix(620, 330, part)
			heights := noise(s.dice.next())
			at := func(x float64) float64 { return mul(high, heights.rough(mul(x, 0.0026), 0, 5)-0.45) }
			peak := 1.0
			for x := s.left() - 20; x <= s.right()+20; x += 16 {
				peak = max(peak, at(x))
			}
			fits := min((y-s.top-10)/peak, 1) // the highest peak stays below the words
			p := (&path{}).move(vec{s.left() - 20, s.bottom})
			for x := s.left() - 20; x <= s.right()+20; x += 16 {
				p.to(vec{x, y - mul(fits, at(x))})
			}
			p.to(vec{s.right() + 20, s.bottom}).close()
			s.art.fill(p, s.step(mul(part, 0.95)))
		}
	})
}

// tiles draws a wall of tiles with quarter circles and other simple shapes.
func tiles(s *scene) {
	const across = 6
	size := s.w / across
	rows := int((s.lower()-s.top)/size) + 2
	y0 := s.top
	colors := []string{s.quiet, s.middle, s.strong, s.accent, s.deep}
	var shapes []func()
	for row := range rows {
		for col := -1; col <= across; col++ {
			x, y := mul(float64(col), size), y0+mul(float64(row), size)
			ground := s.dice.below(len(colors))
			front := (ground + 1 + s.dice.below(len(colors)-1)) % len(colors)
			turn := s.dice.below(4)
			kind := s.dice.below(6)
			if col < 0 && s.over.left == 0 || col == across && s.over.right == 0 || y > s.lower() {
				continue
			}
			s.art.rect(x, y, size+0.5, size+0.5, colors[ground])
			// Shapes reach over the joints by a hair, which hides them.
			shapes = append(shapes, func() {
				s.tile(x-0.6, y-0.6, size+1.2, kind, turn, colors[front], colors[(ground+2)%len(colors)])
			})
		}
	}
	s.art.clipped(box(s.left(), s.top, s.right()-s.left(), s.lower()-s.top), func() {
		for _, draw := range shapes {
			draw()
		}
	})
}

// tile draws the shape on one tile.
func (s *scene) tile(x, y, size float64, kind, turn int, color, other string) {
	corners := [4]vec{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}}
	at := func(i int) vec { return corners[(turn+i)%4] }
	quarter := func(r float64) *path {
		a, b := at(0).to(at(1), r/size), at(0).to(at(3), r/size)
		return (&path{}).move(at(0)).to(a).arc(r, false, true, b).close()
	}
	switch kind {
	case 0, 1, 2:
		s.art.fill(quarter(size), color)
	case 3:
		s.art.fill(quarter(size), color)
		s.art.fill(quarter(size/2), other)
	case 4:
		s.art.fill((&path{}).move(at(0)).to(at(1)).arc(size/2, false, true, at(0)).close(), color)
	case 5:
		s.art.fill(poly(at(0), at(1), at(3)), color)
	}
}
