package cover

// contours draws the contour lines of a hilly country, every fourth heavier.
func contours(s *scene) {
	const step = 25.0
	land := noise(s.dice.next())
	x0, y0 := s.left()-step, s.upper()-step
	nx, ny := int((s.right()-x0)/step)+2, int((s.lower()-y0)/step)+2
	g := grid{nx: nx, ny: ny, at: make([]float64, (nx+1)*(ny+1))}
	for i := range g.at {
		x, y := x0+mul(float64(i%(nx+1)), step), y0+mul(float64(i/(nx+1)), step)
		g.at[i] = land.rough(x/560, y/560, 3)
	}
	level := 0
	for v := 0.12; v < 0.9; v += 0.03 {
		color, thick := s.middle, 4.0
		if level%4 == 0 {
			color, thick = s.strong, 8
		}
		p := &path{}
		for _, line := range g.lines(v) {
			line = thinned(line)
			for i := range line {
				line[i] = vec{x0 + mul(line[i].x, step), y0 + mul(line[i].y, step)}
			}
			p.move(line[0])
			p.through(line)
		}
		if len(p.d) > 0 {
			s.art.stroke(p, thick, color)
		}
		level++
	}
}

// thinned leaves out points that stand too near to the one before, which would
// make kinks.
func thinned(line []vec) []vec {
	out := line[:1]
	for i, q := range line[1:] {
		if q.minus(out[len(out)-1]).length() > 0.6 || i == len(line)-2 {
			out = append(out, q)
		}
	}
	return out
}

// grid is heights at the corners of nx by ny cells.
type grid struct {
	nx, ny int
	at     []float64
}

// height is the height of a corner.
func (g *grid) height(x, y int) float64 { return g.at[y*(g.nx+1)+x] }

// edge is the side of a cell: the one that goes right (0) or down (1) from a
// corner.
func (g *grid) edge(x, y, side int) int { return (y*(g.nx+1)+x)*2 + side }

// lines returns the lines of a height by marching squares (Lorensen and Cline,
// 1987, in the plane), joined where cells meet.
func (g *grid) lines(v float64) [][]vec {
	ends := make([][2]int32, 2*(g.nx+1)*(g.ny+1)) // the edges that an edge is joined with, plus 1
	join := func(a, b int) {
		for _, e := range [2][2]int{{a, b}, {b, a}} {
			if ends[e[0]][0] == 0 {
				ends[e[0]][0] = int32(e[1] + 1)
				continue
			}
			ends[e[0]][1] = int32(e[1] + 1)
		}
	}
	for y := range g.ny {
		for x := range g.nx {
			g.cell(x, y, v, join)
		}
	}
	var out [][]vec
	for open := range 2 { // open lines first, then those that close
		for e := range ends {
			if ends[e][0] == 0 || open == 0 && ends[e][1] != 0 {
				continue
			}
			out = append(out, g.follow(ends, e, v))
		}
	}
	return out
}

// cell joins the edges of a cell between which a line of the height runs.
func (g *grid) cell(x, y int, v float64, join func(a, b int)) {
	a, b, c, d := g.height(x, y) > v, g.height(x+1, y) > v, g.height(x+1, y+1) > v, g.height(x, y+1) > v
	top, bottom, left, right := g.edge(x, y, 0), g.edge(x, y+1, 0), g.edge(x, y, 1), g.edge(x+1, y, 1)
	var crossed []int
	for _, e := range []struct {
		differ bool
		edge   int
	}{{a != b, top}, {b != c, right}, {c != d, bottom}, {d != a, left}} {
		if e.differ {
			crossed = append(crossed, e.edge)
		}
	}
	switch len(crossed) {
	case 2:
		join(crossed[0], crossed[1])
	case 4:
		join(top, left)
		join(right, bottom)
	}
}

// follow walks along a line from an edge and takes it out of ends.
func (g *grid) follow(ends [][2]int32, e int, v float64) []vec {
	start := e
	out := []vec{g.cross(e, v)}
	for {
		next := int(ends[e][0]) - 1
		if next < 0 {
			return out
		}
		ends[e][0], ends[e][1] = ends[e][1], 0
		for i := range 2 { // the way back is used up, too
			if int(ends[next][i])-1 == e {
				ends[next][i] = 0
				break
			}
		}
		if ends[next][0] == 0 {
			ends[next][0], ends[next][1] = ends[next][1], 0
		}
		e = next
		out = append(out, g.cross(e, v))
		if e == start {
			return out
		}
	}
}

// cross is where the height is met on an edge, in cells.
func (g *grid) cross(e int, v float64) vec {
	corner, side := e/2, e%2
	x, y := corner%(g.nx+1), corner/(g.nx+1)
	a, b := g.height(x, y), g.height(x+1-side, y+side)
	part := (v - a) / (b - a)
	if side == 0 {
		return vec{float64(x) + part, float64(y)}
	}
	return vec{float64(x), float64(y) + part}
}

// delta draws a river that divides on its fan and runs into the sea, which is
// the ground that the words stand on. Lines in the sea follow the coast.
func delta(s *scene) {
	land := noise(s.dice.next())
	high := s.bottom - s.top
	apex := mul(s.w, s.dice.between(0.38, 0.62))
	coast := func(off float64) []vec {
		var out []vec
		for x := s.left() - 20; x <= s.right()+20; x += 20 {
			away := (x - apex) / s.w
			out = append(out, vec{x, s.bottom - 96 - mul(mul(1.25, high), mul(away, away)) - mul(64, land.rough(x/130, 0, 3)-0.5) + off})
		}
		return out
	}
	shore := coast(0)
	p := (&path{}).move(vec{s.left() - 20, s.upper() - 20})
	for _, q := range shore {
		p.to(q)
	}
	p.to(vec{s.right() + 20, s.upper() - 20}).close()
	s.art.clipped(box(s.left(), s.upper(), s.right()-s.left(), s.lower()-s.upper()), func() {
		s.art.fill(p, s.middle)
		s.art.clipped(p, func() {
			bend := s.dice.between(-1, 1)
			s.branch(vec{apex + mul(bend, 160), s.upper() - 60}, 90+mul(bend, 20), 78, 0)
		})
		for i := range 3 {
			s.art.stroke(smooth(coast(float64(24+i*22))), float64(5-i), s.middle)
		}
	})
}

// branch draws an arm of the river and the arms that it divides into.
func (s *scene) branch(at vec, angle, wide float64, depth int) {
	if depth > 7 || at.y > s.bottom {
		return
	}
	points := []vec{at}
	steps := 3
	for range steps {
		angle += s.dice.between(-34, 34)
		angle = mix(angle, 90, 0.2)
		at = at.plus(turned(angle, mul(s.bottom-s.top, 0.055)))
		points = append(points, at)
	}
	s.art.stroke(smooth(points), wide, s.ground)
	spread := s.dice.between(22, 38)
	share := s.dice.between(0.6, 0.8)
	if depth > 1 && s.dice.below(5) < 2 {
		s.branch(at, angle, mul(wide, 1.05), depth+1)
		return
	}
	s.branch(at, angle-spread, max(mul(wide, share), 11), depth+1)
	s.branch(at, angle+spread, max(mul(wide, 1.35-share), 11), depth+1)
}

// weave draws woven bands, over two and under two.
func weave(s *scene) {
	const band, gap = 118.0, 15.0
	colors := []string{s.middle, s.strong, s.quiet, s.accent}
	cols, rows := int((s.right()-s.left())/band)+2, int((s.lower()-s.upper())/band)+2
	pick := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = colors[[]int{0, 1, 0, 2, 1, 0, 3}[(i+s.dice.below(2))%7]]
		}
		return out
	}
	across, down := pick(rows), pick(cols)
	s.art.rect(s.left(), s.upper(), s.right()-s.left(), s.lower()-s.upper(), s.deep)
	for r := range rows {
		y := s.upper() + mul(float64(r), band)
		s.art.rect(s.left(), y, s.right()-s.left(), min(band-gap, s.lower()-y), across[r])
	}
	for c := range cols {
		x := s.left() + mul(float64(c), band)
		for r := range rows {
			if (r+c)%4 >= 2 || x > s.right() {
				continue
			}
			y := s.upper() + mul(float64(r), band)
			// What lies above goes over the gaps on both sides.
			from, to := max(y-gap, s.upper()), min(y+band+1, s.lower())
			if to > from {
				s.art.rect(x-gap, from, gap, to-from, s.deep)
				s.art.rect(x, from, min(band-gap, s.right()-x), to-from, down[c])
				s.art.rect(x+band-gap, from, gap, to-from, s.deep)
			}
		}
	}
}
