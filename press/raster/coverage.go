package raster

import "image"

// A shape is scanned as by FreeType's and Anti-Grain Geometry's smooth
// rasterisers: each edge adds to the cells that it crosses how much of the
// row it spans and how much of the cell lies left of it; sums along a row give
// the exact coverage. All of it is integer arithmetic, so that every machine
// draws the same. (golang.org/x/image/vector does this for the nonzero rule
// only, and with floating point that some machines fuse.)

// sub is how many steps a pixel has.
const sub = 256

// dot is a point in steps of 1/sub pixel.
type dot struct{ x, y int64 }

// scanner collects the edges of a shape inside a box of pixels.
type scanner struct {
	box         image.Rectangle
	w, h        int
	cover, area []int32
}

// begin makes the scanner ready for a shape that lies in a box.
func (s *scanner) begin(box image.Rectangle) {
	s.box, s.w, s.h = box, box.Dx(), box.Dy()
	if n := s.w * s.h; cap(s.cover) < n {
		s.cover, s.area = make([]int32, n), make([]int32, n)
	} else {
		s.cover, s.area = s.cover[:n], s.area[:n]
		clear(s.cover)
		clear(s.area)
	}
}

// polygon adds a closed row of points.
func (s *scanner) polygon(p []dot) {
	for i := range p {
		s.edge(p[i], p[(i+1)%len(p)])
	}
}

// edge adds a straight edge.
func (s *scanner) edge(a, b dot) {
	ox, oy := int64(s.box.Min.X)*sub, int64(s.box.Min.Y)*sub
	a.x, a.y, b.x, b.y = a.x-ox, a.y-oy, b.x-ox, b.y-oy
	dir := int32(1)
	if a.y > b.y {
		a, b, dir = b, a, -1
	}
	end := min(b.y, int64(s.h)*sub)
	y := max(a.y, 0)
	if y >= end {
		return
	}
	at := func(y int64) int64 {
		if y == b.y {
			return b.x
		}
		return a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y)
	}
	for x := at(y); y < end; {
		row := y / sub
		next := min((row+1)*sub, end)
		nx := at(next)
		s.inRow(int(row), dir, dot{x, y - row*sub}, dot{nx, next - row*sub})
		x, y = nx, next
	}
}

// inRow adds the part of an edge that lies in one row of pixels. What is left
// of the box covers all of the row, what is right of it nothing.
func (s *scanner) inRow(row int, dir int32, a, b dot) {
	right := int64(s.w) * sub
	for _, wall := range [2]int64{0, right} {
		if a.x < wall && b.x > wall || a.x > wall && b.x < wall {
			m := dot{wall, a.y + (wall-a.x)*(b.y-a.y)/(b.x-a.x)}
			s.inRow(row, dir, a, m)
			s.inRow(row, dir, m, b)
			return
		}
	}
	switch {
	case a.x >= right && b.x >= right:
	case a.x <= 0 && b.x <= 0:
		s.cover[row*s.w] += dir * int32(b.y-a.y)
	default:
		s.inCells(row, dir, a, b)
	}
}

// inCells adds an edge to the cells of its row, one after the other.
func (s *scanner) inCells(row int, dir int32, a, b dot) {
	step := int64(1)
	if b.x < a.x {
		step = -1
	}
	x, y := a.x, a.y
	for y < b.y {
		col := x / sub
		if step < 0 && x%sub == 0 && x > b.x {
			col--
		}
		wall := (col + (step+1)/2) * sub
		nx, ny := b.x, b.y
		if step > 0 && b.x > wall || step < 0 && b.x < wall {
			nx, ny = wall, a.y+(wall-a.x)*(b.y-a.y)/(b.x-a.x)
		}
		if c := min(int(col), s.w-1); ny > y {
			d := dir * int32(ny-y)
			i := row*s.w + c
			s.cover[i] += d
			s.area[i] += d * int32(x-int64(c)*sub+nx-int64(c)*sub)
		}
		if nx == x && ny == y { // cannot go on
			return
		}
		x, y = nx, ny
	}
}

// mask is how much of each pixel of a box is covered, 0 to 255.
type mask struct {
	box image.Rectangle
	pix []uint8
}

// row returns the coverage of a row of the mask from a column on.
func (m *mask) row(x, y int) []uint8 {
	return m.pix[(y-m.box.Min.Y)*m.box.Dx()+x-m.box.Min.X:]
}

// mask sums the edges up, by the even-odd or the nonzero rule, into a mask
// whose memory is used again.
func (s *scanner) mask(evenOdd bool, to *mask) {
	to.box = s.box
	if n := s.w * s.h; cap(to.pix) < n {
		to.pix = make([]uint8, n)
	} else {
		to.pix = to.pix[:n]
	}
	for y := range s.h {
		var cover int32
		for i := y * s.w; i < (y+1)*s.w; i++ {
			cover += s.cover[i]
			to.pix[i] = share((cover*2*sub-s.area[i])/(2*sub), evenOdd)
		}
	}
}

// share turns a winding number in 1/256 into a coverage.
func share(v int32, evenOdd bool) uint8 {
	if v < 0 {
		v = -v
	}
	if evenOdd {
		if v %= 2 * sub; v > sub {
			v = 2*sub - v
		}
	}
	return uint8(min(v, 255))
}

// times dims a mask by another one.
func (m *mask) times(by *mask) {
	for y := m.box.Min.Y; y < m.box.Max.Y; y++ {
		row := m.row(m.box.Min.X, y)[:m.box.Dx()]
		for i := range row {
			at := image.Pt(m.box.Min.X+i, y)
			if !at.In(by.box) {
				row[i] = 0
				continue
			}
			row[i] = scale(row[i], by.row(at.X, y)[0])
		}
	}
}

// scale is a×b/255, rounded.
func scale(a, b uint8) uint8 {
	v := uint32(a)*uint32(b) + 128
	return uint8((v + v>>8) >> 8)
}
