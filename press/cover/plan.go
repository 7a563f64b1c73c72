package cover

// margin is how far words stay away from the sides of a cover.
const margin = 160

// measure is how wide words may run.
const measure = width - 2*margin

// The ways in which lines stand.
const (
	left = iota
	centre
	right
)

// place sets a block with the top of its ink at y between two sides and returns
// where its ink ends.
func (s *sheet) place(b *block, x0, x1, y, align int, color string) int {
	if len(b.lines) == 0 {
		return y
	}
	above, below := b.ink()
	st := standing{block: b, y: y + above, color: color, align: align}
	for _, l := range b.lines {
		// Lines align by their ink: the white at the side of a letter grows
		// with its size.
		w := units(l.right-l.left, b.size)
		x := x0
		switch align {
		case centre:
			x = (x0 + x1 - w) / 2
		case right:
			x = x1 - w
		}
		st.x = append(st.x, x-units(l.left, b.size))
	}
	s.blocks = append(s.blocks, st)
	if b.cut {
		s.warn("the %s is too long for the cover; its end is left out", b.role)
	}
	return y + above + below
}

// fitIn fits one of the cover's texts.
func (s *sheet) fitIn(role, text string, f typeface, sizes [2]int, box [2]int, lines int) *block {
	return s.set.fit(request{role: role, text: text, face: f, most: sizes[0], least: sizes[1], measure: box[0], height: box[1], lines: lines})
}

// heading is title and subtitle, fitted into a box together.
type heading struct{ title, subtitle *block }

// leastTitle is the smallest size of a title: 4.5 % of the cover's width.
const leastTitle = width * 45 / 1000

// heading fits title and subtitle; at most the third part of the box is the
// subtitle's.
func (s *sheet) heading(wide, high int) heading {
	sub := s.fitIn("subtitle", s.words.subtitle, s.letters.subtitle, [2]int{66, 44}, [2]int{min(wide, 1100), high / 3}, 0)
	rest := high
	if len(sub.lines) > 0 {
		rest -= sub.height() + subtitleGap
	}
	face := s.letters.title
	if face.caps && len([]rune(s.words.title)) > 34 { // long lines of capitals are hard to read
		face.caps, face.track = false, 0
	}
	most := s.letters.most
	if n := len([]rune(s.words.title)); n <= 2 {
		most = most * 2
	} else if n <= 5 {
		most = most * 5 / 4
	}
	title := s.fitIn("title", s.words.title, face, [2]int{most, leastTitle}, [2]int{wide, rest}, 0)
	return heading{title, sub}
}

// subtitleGap is the white between title and subtitle.
const subtitleGap = 82

// height is the height of title, white and subtitle.
func (h heading) height() int {
	if len(h.subtitle.lines) == 0 {
		return h.title.height()
	}
	return h.title.height() + subtitleGap + h.subtitle.height()
}

// long reports whether the title would like more room than it has.
func (h heading) long() bool { return h.title.cut || h.title.size < 100 }

// placeHeading places title and subtitle and returns where they end.
func (s *sheet) placeHeading(h heading, x0, x1, y, align int, color string) int {
	y = s.place(h.title, x0, x1, y, align, color)
	if len(h.subtitle.lines) > 0 {
		y = s.place(h.subtitle, x0, x1, y+subtitleGap, align, color)
	}
	return y
}

// at is a height of the cover in thousandths of it.
func (s *sheet) at(thousandths int) int { return int(s.h) * thousandths / 1000 }

// compose paints the ground, places the words and lets the motif draw.
func (s *sheet) compose() {
	s.art.rect(-s.over.left, -s.over.top, s.w+s.over.left+s.over.right, s.h+s.over.top+s.over.bottom, s.ground)
	s.motif.plan(s)
}

// floor fills the cover from y to its lower edge.
func (s *sheet) floor(y float64, color string) {
	y -= 4 // no seam below the motif
	s.art.rect(s.left(), y, s.right()-s.left(), s.h+s.over.bottom-y, color)
	s.seams = append(s.seams, seam{y, s.h + s.over.bottom - y, color})
}

// sky has the title above, the motif in the middle and the author below, on a
// dark floor.
func (s *sheet) sky() { s.skyAt(centre) }

// skyAt places the words of sky and skyLeft.
func (s *sheet) skyAt(align int) {
	top, bottom := s.at(105), s.at(425)
	h := s.heading(measure, bottom-top)
	if h.long() {
		bottom = s.at(520)
		h = s.heading(measure, bottom-top)
	}
	s.top, s.bottom = float64(bottom+s.at(25)), float64(s.at(850))
	s.motif.draw(&s.scene)
	s.ledge = s.bottom
	s.floor(s.bottom, s.deep)
	if s.words.series != "" {
		s.place(s.fitIn("series", s.words.series, s.letters.names, [2]int{46, 34}, [2]int{measure, s.at(30)}, 1), margin, width-margin, s.at(52), align, s.ink)
	}
	s.placeHeading(h, margin, width-margin, top+(bottom-top-h.height())*2/5, align, s.ink)
	s.nameFloor(s.at(850), align)
}

// nameFloor places author and publisher on the floor below y.
func (s *sheet) nameFloor(y, align int) {
	color := s.on(s.deep)
	author := s.fitIn("author", s.words.author, s.letters.names, [2]int{96, 48}, [2]int{measure, s.at(68)}, 2)
	house := s.fitIn("publisher", s.words.publisher, s.letters.names, [2]int{44, 32}, [2]int{measure, s.at(24)}, 1)
	end := s.at(960)
	room := end - y - s.at(22)
	if len(house.lines) > 0 {
		s.place(house, margin, width-margin, end-house.height(), align, color)
		room -= house.height() + s.at(12)
	}
	s.place(author, margin, width-margin, y+s.at(22)+(room-author.height())/2, align, color)
}

// poster has all words above, at the left, and the motif below.
func (s *sheet) poster() {
	top, bottom := s.at(105), s.at(440)
	author := s.fitIn("author", s.words.author, s.letters.names, [2]int{84, 48}, [2]int{measure, s.at(70)}, 2)
	need := author.height() + s.at(28)
	h := s.heading(measure, bottom-top-need)
	if h.long() {
		bottom = s.at(540)
		h = s.heading(measure, bottom-top-need)
	}
	s.top, s.bottom = float64(bottom+s.at(30)), s.h
	s.motif.draw(&s.scene)
	s.topLine(s.at(50))
	y := s.placeHeading(h, margin, width-margin, top, left, s.ink)
	s.place(author, margin, width-margin, y+s.at(28), left, s.colorOn(s.ground))
}

// topLine places the series at the left and the publisher at the right.
func (s *sheet) topLine(y int) {
	wide := measure
	if s.words.series != "" && s.words.publisher != "" {
		wide = measure/2 - 40
	}
	s.place(s.fitIn("series", s.words.series, s.letters.names, [2]int{46, 32}, [2]int{wide, s.at(26)}, 1), margin, width-margin, y, left, s.ink)
	s.place(s.fitIn("publisher", s.words.publisher, s.letters.names, [2]int{46, 32}, [2]int{wide, s.at(26)}, 1), margin, width-margin, y, right, s.ink)
}

// skyLeft is sky with words at the left.
func (s *sheet) skyLeft() { s.skyAt(left) }

// earth has the motif above and the words below, in the middle.
func (s *sheet) earth() { s.earthAt(centre) }

// earthLeft is earth with words at the left.
func (s *sheet) earthLeft() { s.earthAt(left) }

// earthAt places the words of earth and earthLeft.
func (s *sheet) earthAt(align int) {
	top, end := s.at(600), s.at(955)
	author := s.fitIn("author", s.words.author, s.letters.names, [2]int{88, 48}, [2]int{measure, s.at(64)}, 2)
	rest := author.height() + s.at(32)
	foot := s.fitIn("publisher", s.words.publisher, s.letters.names, [2]int{44, 32}, [2]int{measure, s.at(24)}, 1)
	if len(foot.lines) > 0 {
		rest += foot.height() + s.at(30)
	}
	series := s.fitIn("series", s.words.series, s.letters.names, [2]int{44, 32}, [2]int{measure, s.at(24)}, 1)
	if len(series.lines) > 0 {
		rest += series.height() + s.at(26)
	}
	h := s.heading(measure, end-top-rest)
	if h.long() {
		top = s.at(440)
		h = s.heading(measure, end-top-rest)
	}
	s.top, s.bottom = 0, float64(top-s.at(38))
	s.motif.draw(&s.scene)
	if len(foot.lines) > 0 {
		end = s.place(foot, margin, width-margin, end-foot.height(), align, s.ink) - foot.height() - s.at(30)
	}
	y := top + max(end-top-(rest-s.footRoom(foot))-h.height(), 0)/3
	if len(series.lines) > 0 {
		y = s.place(series, margin, width-margin, y, align, s.colorOn(s.ground)) + s.at(26)
	}
	y = s.placeHeading(h, margin, width-margin, y, align, s.ink)
	s.place(author, margin, width-margin, y+s.at(32), align, s.colorOn(s.ground))
}

// footRoom is the room that the publisher at the foot takes.
func (s *sheet) footRoom(foot *block) int {
	if len(foot.lines) == 0 {
		return 0
	}
	return foot.height() + s.at(30)
}

// The label: how far it stays from the sides, and its words from its own.
const (
	labelSide = 200
	labelPad  = 120
)

// pasted has all words on a label that is pasted over the motif.
func (s *sheet) pasted() {
	const wide = width - 2*labelSide - 2*labelPad
	series := s.fitIn("series", s.words.series, s.letters.names, [2]int{40, 32}, [2]int{wide, s.at(24)}, 1)
	author := s.fitIn("author", s.words.author, s.letters.names, [2]int{72, 44}, [2]int{wide, s.at(64)}, 2)
	house := s.fitIn("publisher", s.words.publisher, s.letters.names, [2]int{40, 32}, [2]int{wide, s.at(24)}, 1)
	type row struct {
		b     *block
		white int // above it
		color string
	}
	rows := []row{{series, 0, s.ink}, {author, s.at(24), s.colorOn(s.ground)}}
	used := 2 * labelPad
	for _, r := range append(rows, row{house, s.at(40), s.ink}) {
		if len(r.b.lines) > 0 {
			used += r.b.height() + r.white
		}
	}
	h := s.heading(wide, s.at(620)-used)
	rows = append(rows, row{h.title, s.at(34), s.ink}, row{h.subtitle, subtitleGap, s.ink}, row{house, s.at(40), s.ink})
	high := 2*labelPad + h.height() + s.at(34)
	for _, r := range []row{rows[0], rows[1], rows[4]} {
		if len(r.b.lines) > 0 {
			high += r.b.height() + r.white
		}
	}
	free := max(s.at(300)-high, 0)
	high += free
	s.top, s.bottom = 0, s.h
	s.motif.draw(&s.scene)
	y := s.at(130)
	s.pasteLabel(float64(y), float64(high))
	y += labelPad + free/2
	for _, r := range rows {
		if len(r.b.lines) == 0 {
			continue
		}
		if y > s.at(130)+labelPad+free/2 {
			y += r.white
		}
		y = s.place(r.b, labelSide+labelPad, width-labelSide-labelPad, y, centre, r.color)
	}
}

// pasteLabel draws the label: the ground with a frame of two lines.
func (s *sheet) pasteLabel(y, high float64) {
	const wide = width - 2*labelSide
	s.art.rect(labelSide, y, wide, high, s.ground)
	s.frame(labelSide+28, y+28, wide-56, high-56, 7, s.accent)
	s.frame(labelSide+44, y+44, wide-88, high-88, 2, s.accent)
}

// frame draws a box of lines.
func (s *scene) frame(x, y, w, h, thick float64, color string) {
	s.art.put(`<rect x="%s" y="%s" width="%s" height="%s" fill="none" stroke="%s" stroke-width="%s"/>`, num(x), num(y), num(w), num(h), color, num(thick))
}
