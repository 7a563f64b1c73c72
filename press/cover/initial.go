package cover

import "unicode"

// initialPath is the outline of the title's first letter or figure, so high,
// around a middle.
func (s *scene) initialPath(at vec, high float64) *path {
	if len(s.initial.glyphs) == 0 {
		return ringPath(at, high/2)
	}
	l := s.initial
	size := mul(high, em) / float64(max(l.top-l.bottom, 1))
	x := at.x - mul(float64(l.left+l.right)/2, size/em)
	y := at.y + mul(float64(l.top+l.bottom)/2, size/em)
	p := &path{}
	s.set.outline(p, l, int64(mul(x, 10)), int64(mul(y, 10)), int64(mul(size, 10)))
	return p
}

// firstLetter shapes the first letter or figure of the title as a capital.
func (s *sheet) firstLetter() {
	face := s.letters.title
	face.caps, face.track = true, 0
	for _, r := range s.words.title {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			s.initial = s.set.shape(face, string(r))
			return
		}
	}
}
