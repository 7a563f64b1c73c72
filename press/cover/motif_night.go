package cover

import "math"

// constellation draws a chart of the sky: rings, degrees, stars, and a
// constellation in the colour that stands out.
func constellation(s *scene) {
	high := s.bottom - s.top
	r := min(mul(high, 0.415), 560)
	at := vec{halved(s.w), s.top + mul(high, 0.52)}
	s.art.disc(at, r, blend(s.ground, s.quiet, 0.6))
	for i, part := range []float64{1.07, 1, 0.72, 0.44, 0.16} {
		s.art.ring(at, mul(r, part), []float64{3, 6, 2.5, 2.5, 2.5}[i], s.strong)
	}
	for i := range 24 {
		a, b := 0.16, 1.0
		if i%2 == 1 {
			a = 0.72
		}
		angle := mul(float64(i), 15)
		s.art.line(at.plus(turned(angle, mul(r, a))), at.plus(turned(angle, mul(r, b))), 2, s.middle)
	}
	for i := range 120 {
		long := 1.03
		if i%10 == 0 {
			long = 1.0
		}
		s.art.line(at.plus(turned(mul(float64(i), 3), mul(r, long))), at.plus(turned(mul(float64(i), 3), mul(r, 1.07))), 3, s.strong)
	}
	for range 130 {
		p := at.plus(turned(s.dice.between(0, 360), mul(r, mul(0.97, math.Sqrt(s.dice.part())))))
		s.art.disc(p, s.dice.between(2.5, 7), s.ink)
	}
	s.figureOfStars(at, r)
}

// figureOfStars joins some stars by lines.
func (s *scene) figureOfStars(at vec, r float64) {
	angle := s.dice.between(0, 360)
	p := at.plus(turned(angle, mul(r, 0.68)))
	points := []vec{p}
	angle += 180 + s.dice.between(-20, 20)
	for i := range 6 {
		angle += float64([]int{35, -60, 45, -40, 55, -50}[i]) + s.dice.between(-14, 14)
		p = p.plus(turned(angle, mul(r, s.dice.between(0.2, 0.32))))
		if off := p.minus(at); off.length() > mul(r, 0.85) {
			p = at.plus(off.times(0.8))
		}
		points = append(points, p)
	}
	line := (&path{}).move(points[0])
	for _, q := range points[1:] {
		line.to(q)
	}
	fork := points[2].plus(turned(angle+110, mul(r, 0.26)))
	line.move(points[2]).to(fork)
	s.art.stroke(line, 5, s.accent)
	for i, q := range append(points, fork) {
		s.star(q, []float64{34, 24, 28, 20, 30, 22, 26, 22}[i%8])
	}
}

// star draws a star with four long and four short points.
func (s *scene) star(at vec, r float64) {
	p := &path{}
	for i := range 16 {
		long := []float64{1, 0.28, 0.5, 0.28}[i%4]
		q := at.plus(turned(mul(float64(i), 22.5)-90, mul(r, long)))
		if i == 0 {
			p.move(q)
			continue
		}
		p.to(q)
	}
	s.art.fill(p.close(), s.accent)
}

// moons draws the phases of the moon in rows.
func moons(s *scene) {
	high := s.bottom - s.top
	const across = 5
	rows := max(int((high-160)/270), 2)
	cell := (s.w - 240) / across
	step := min((high-130)/float64(rows), cell)
	r := mul(min(step, cell), 0.4)
	count := across * rows
	full := s.dice.below(count)
	top := s.top + halved(high-mul(step, float64(rows))) + 30
	for i := range count {
		at := vec{120 + mul(float64(i%across)+0.5, cell), top + mul(float64(i/across)+0.5, step)}
		phase := float64((i-full+count)%count) / float64(count) // 0 is full
		color := s.strong
		if phase == 0 {
			color = s.accent
		}
		s.moon(at, r, phase, color)
	}
}

// moon draws the lit part of a moon: phase 0 is full, 0.5 new.
func (s *scene) moon(at vec, r, phase float64, color string) {
	s.art.disc(at, r, s.quiet)
	if phase == 0 {
		s.art.disc(at, r, color)
		return
	}
	_, cos := sinCos(mul(phase, 360)) // 1 full, -1 new
	up, down := vec{at.x, at.y - r}, vec{at.x, at.y + r}
	wanes := phase < 0.5 // the left side stays lit
	p := (&path{}).move(up).arc(r, false, !wanes, down)
	side := 1.0
	bulges := (cos > 0) != wanes
	if !bulges {
		side = 0
	}
	p.add('A', max(mul(r, max(cos, -cos)), 0.1), r, 0, 0, side, up.x, up.y).close()
	s.art.fill(p, color)
}

// skyline draws a city in the evening: two rows of houses with lit windows, and
// a moon.
func skyline(s *scene) {
	high := s.bottom - s.top
	r := mul(high, s.dice.between(0.09, 0.13))
	s.art.disc(vec{mul(s.w, s.dice.between(0.6, 0.8)), s.top + mul(r, 1.4)}, r, s.accent)
	far, near := s.quiet, s.middle
	if !s.dark() {
		far, near = s.middle, s.strong
	}
	s.houses(0.86, 0.45, far, "")
	s.houses(0.6, 0.2, near, s.lit(near))
	s.houses(0.3, 0.06, s.deep, s.lit(s.deep))
}

// lit is the colour of lit windows in a wall.
func (s *scene) lit(wall string) string {
	if contrast(s.accent, wall) > 1.9 {
		return s.accent
	}
	return s.ground
}

// houses draws a row of houses, between two parts of the zone high.
func (s *scene) houses(most, least float64, color, light string) {
	high := s.bottom - s.top
	for x := s.left() - s.dice.between(0, 60); x < s.right(); {
		wide := mul(float64(4+s.dice.below(5)), 34)
		y := s.bottom - mul(high, s.dice.between(least, most))
		roof := s.dice.below(5)
		x1 := min(x+wide, s.right())
		x0 := max(x, s.left())
		s.art.rect(x0, y, x1-x0, s.bottom-y, color)
		if x0 == x && x1 == x+wide {
			s.roof(x, y, wide, roof, color)
		}
		for wy := y + 34; light != "" && wy < s.bottom-60; wy += 52 {
			for wx := x + 17; wx+17 <= x+wide-12; wx += 34 {
				if s.dice.below(3) == 0 && wx > x0 && wx+18 < x1 {
					s.art.rect(wx, wy, 18, 28, light)
				}
			}
		}
		x += wide
	}
}

// roof draws what stands on a house.
func (s *scene) roof(x, y, wide float64, kind int, color string) {
	switch kind {
	case 0:
		s.art.fill(poly(vec{x, y + 1}, vec{x + halved(wide), y - mul(wide, 0.45)}, vec{x + wide, y + 1}), color)
	case 1:
		s.art.rect(x+mul(wide, 0.25), y-44, wide/2, 46, color)
		s.art.rect(x+halved(wide)-4, y-130, 8, 90, color)
	case 2:
		s.art.fill((&path{}).move(vec{x + mul(wide, 0.15), y + 1}).arc(mul(wide, 0.35), false, true, vec{x + mul(wide, 0.85), y + 1}).close(), color)
	case 3:
		s.art.fill(poly(vec{x, y + 1}, vec{x, y - 60}, vec{x + wide, y + 1}), color)
	}
}

// windows draws a wall with windows at night; one is lit in the colour that
// stands out.
func windows(s *scene) {
	high := s.lower() - s.upper()
	wall, pane := s.deep, blend(s.deep, s.middle, 0.45)
	s.art.rect(s.left(), s.upper(), s.right()-s.left(), high, wall)
	const across = 5
	cell := s.w / across
	rows := max(int((s.bottom+120)/380), 2)
	step := s.bottom / float64(rows)
	w := window{w: mul(cell, 0.5), h: mul(step, 0.66), round: s.dice.below(2) == 0, wall: wall}
	lamp := s.accent
	if contrast(lamp, wall) < 4 { // in grey, too, one window is lit
		lamp = blend(s.on(wall), s.accent, 0.15)
	}
	bright := s.dice.below(rows*(across-2))/(across-2)*across + 1 + s.dice.below(across-2)
	for i := range rows * across {
		w.x = mul(float64(i%across)+0.5, cell) - halved(w.w)
		w.y = mul(float64(i/across)+0.5, step) - halved(w.h)
		w.glass = []string{pane, pane, pane, s.middle, s.strong}[s.dice.below(5)]
		w.blind = float64(s.dice.below(3)) * 0.25
		if i == bright {
			w.glass, w.blind = lamp, 0
		}
		s.window(w)
	}
}

// window is a window in a wall; blind is how much of it is covered.
type window struct {
	x, y, w, h  float64
	round       bool
	wall, glass string
	blind       float64
}

// window draws a window with its bars and sill.
func (s *scene) window(w window) {
	p := box(w.x, w.y, w.w, w.h)
	if w.round {
		r := halved(w.w)
		p = (&path{}).move(vec{w.x, w.y + w.h}).to(vec{w.x, w.y + r}).arc(r, false, true, vec{w.x + w.w, w.y + r}).to(vec{w.x + w.w, w.y + w.h}).close()
	}
	s.art.fill(p, w.glass)
	if w.blind > 0 {
		s.art.clipped(p, func() { s.art.rect(w.x, w.y, w.w, mul(w.h, w.blind), blend(w.glass, w.wall, 0.45)) })
	}
	s.art.rect(w.x+halved(w.w)-4, w.y, 8, w.h, w.wall)
	s.art.rect(w.x, w.y+mul(w.h, 0.45), w.w, 8, w.wall)
	s.art.rect(w.x-14, w.y+w.h+8, w.w+28, 12, blend(w.wall, s.strong, 0.35))
}
