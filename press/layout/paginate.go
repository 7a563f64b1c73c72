package layout

import (
	"slices"

	"quire/press"
)

// cutPage is one page of a chapter.
type cutPage struct {
	tops  []*row   // floats at its top
	rows  []*row   // what stands below; white at its ends is left out
	notes []*row   // at its foot
	slack press.Pt // how much of its height is left
}

// The demerits of a page, in the scale of the prototype: 150 for each squared
// line that is missing.
const (
	missingLine  = 150
	unevenSpread = 6000 // facing pages that differ by a line
	hyphenedFoot = 150  // a verso that ends with a hyphen
	hyphenedTurn = 2500 // a recto that does: the word goes on over the leaf; four lines less are as bad
	onePage      = 1200 // every page: a shorter chapter is worth some tight paragraphs
	stubPage     = 4000
	stubLine     = 1000 // each line that a last page has less than stubLines
	stubLines    = 5
	splitNote    = 3000 // a note that goes on on the next page
	splitLine    = 200  // each line of it there
	lateFloat    = 2500 // a figure that waits for the next page
	extraPage    = 20000
	forbidden    = int64(1) << 32 // widow, orphan, heading at the foot
	slackClasses = 6              // slack of the page before is remembered in lines, up to this
	maxWaiting   = 3              // floats that may wait
	goodEnough   = 200            // a chapter with so few demerits is not set another time
	shortPage    = 9              // nor one whose last page has at least so many lines
)

// noteGap is the white with the hairline above a page's notes.
const noteGap = 12 * press.Point

// paginator finds the best page breaks of a chapter by dynamic programming
// over all of it. A state is a break, the side of the page that follows, and
// how short the facing page before it is; notes and floats that go over to the
// next page travel with the cheapest way to the state.
type paginator struct {
	rows  []*row
	f     frame
	sink  press.Pt
	first int // 0: the chapter opens on a recto
	best  [][2 * slackClasses]state
	m     meter // of the page in work
}

// state is the cheapest way to a break.
type state struct {
	cost  int64
	from  int32 // break before
	pages int32
	class int8 // state before
	known bool
	done  bool // all pages that begin here were tried
	page  pageChoice
}

// pageChoice is how the page before a break is made up.
type pageChoice struct {
	slack   press.Pt
	carry   []*row // note lines that go on on the next page
	vary    int8   // lines gained (or, below 0, lost) by setting paragraphs looser
	tops    int8   // floats on top that waited
	waiting int8   // floats that wait for the next page
}

// paginate returns the pages of a chapter; an empty one has one page. The
// function vary is called once, when the pages could be better, and lets
// paragraphs say what they look like a line longer or shorter; it may be nil.
func paginate(rows []*row, f frame, sink press.Pt, first int, vary func()) []cutPage {
	if len(rows) == 0 {
		return []cutPage{{slack: f.height - sink}}
	}
	p := &paginator{rows: rows, f: f, sink: sink, first: first}
	class := p.solve()
	if vary != nil && p.couldBeBetter(class) {
		vary()
		class = p.solve()
	}
	return p.trace(class)
}

// couldBeBetter reports whether the pages have a flaw, or the last one so few
// lines that it might be saved.
func (p *paginator) couldBeBetter(class int) bool {
	last := &p.best[len(p.rows)][class]
	room := p.f.height
	if last.from == 0 {
		return false // one page
	}
	return last.cost-onePage*int64(last.pages) > goodEnough || room-last.page.slack < shortPage*p.f.lead
}

// solve finds the cheapest way and returns its last state.
func (p *paginator) solve() (class int) {
	if p.best == nil {
		p.best = make([][2 * slackClasses]state, len(p.rows)+1)
	}
	clear(p.best)
	p.best[0][p.first*slackClasses] = state{known: true}
	for i := range p.rows {
		for again := true; again; {
			again = false
			for class := range p.best[i] {
				if st := &p.best[i][class]; st.known && !st.done {
					st.done, again = true, true
					p.extend(i, class)
				}
			}
		}
	}
	class = -1
	end := &p.best[len(p.rows)]
	for k := range end {
		if end[k].known && (class < 0 || end[k].cost < end[class].cost) {
			class = k
		}
	}
	return class
}

// extend tries every page that begins at row i.
func (p *paginator) extend(i, class int) {
	m := p.meter(i, &p.best[i][class].page)
	if m.tops > 0 {
		p.land(i, i, class, m)
	}
	for j := i + 1; j <= len(p.rows); j++ {
		m.add(p.rows[j-1])
		if m.full() && j > i+1 {
			return
		}
		p.land(i, j, class, m)
	}
}

// land weighs the page of rows i to j, as it is and with paragraphs set looser
// or tighter, and remembers it if it is the cheapest way to its end.
func (p *paginator) land(i, j, class int, m *meter) {
	slack, carry := m.split()
	lines := int(slack / m.lead)
	p.weigh(i, j, class, m, pageChoice{slack: slack, carry: carry})
	switch {
	case slack < 0:
		v := -int((-slack + m.lead - 1) / m.lead)
		if -v <= m.tight.count {
			p.weigh(i, j, class, m, pageChoice{slack: slack - press.Pt(v)*m.lead, vary: int8(v), carry: carry})
		}
	case j < len(p.rows):
		for v := 1; v <= min(lines, m.loose.count); v++ {
			p.weigh(i, j, class, m, pageChoice{slack: slack - press.Pt(v)*m.lead, vary: int8(v), carry: carry})
		}
	}
}

// weigh adds up the demerits of a page.
func (p *paginator) weigh(i, j, class int, m *meter, c pageChoice) {
	c.tops, c.waiting = int8(m.tops), int8(m.waiting+m.deferred)
	side := class / slackClasses // 0: this page is a recto
	visible := c.slack           // what white on the page cannot take up
	if visible > 0 && visible <= m.flex {
		visible = 0
	}
	before := &p.best[i][class]
	cost := before.cost + onePage + m.fee + m.variation(int(c.vary)) + p.demerits(m, &c, visible, i, j, side)
	if len(c.carry) > 0 {
		cost += splitNote + splitLine*int64(len(c.carry))
	}
	if side == 0 && i > 0 && j < len(p.rows) { // beside a verso
		d := int64(class%slackClasses) - int64(max(visible, 0)/p.f.lead)
		cost += d * d * unevenSpread
	}
	next := (1 - side) * slackClasses
	if side == 1 { // a verso: the recto beside it should be as deep
		next += min(int(max(visible, 0)/p.f.lead), slackClasses-1)
	}
	if st := &p.best[j][next]; !st.known || cost < st.cost {
		*st = state{cost: cost, from: int32(i), class: int8(class), known: true, pages: before.pages + 1, page: c}
	}
}

// demerits of a page that ends before row j.
func (p *paginator) demerits(m *meter, c *pageChoice, visible press.Pt, i, j, side int) int64 {
	if j == len(p.rows) {
		return p.lastDemerits(m, c)
	}
	short := visible
	if visible == 0 {
		short = c.slack / 4
	}
	q := int64(short) * 16 / int64(p.f.lead)
	cost := q * q * missingLine / 256
	if c.slack < 0 {
		cost += forbidden
	}
	if i == j { // floats alone
		return cost
	}
	last, next := p.rows[j-1], p.rows[j]
	if last.keep || torn(last, next) {
		cost += forbidden
	}
	cost += last.rough
	if last.hyphen {
		cost += hyphenedFoot
		if side == 0 {
			cost += hyphenedTurn
		}
	}
	return cost
}

// lastDemerits are those of a chapter's last page.
func (p *paginator) lastDemerits(m *meter, c *pageChoice) int64 {
	var cost int64
	if c.slack < 0 {
		cost += forbidden
	}
	if lines := int64(m.used / p.f.lead); lines < stubLines {
		cost += stubPage + stubLine*(stubLines-lines)
	}
	if len(c.carry) > 0 || c.waiting > 0 {
		cost += extraPage
	}
	return cost
}

// trace follows the cheapest way back and makes its pages.
func (p *paginator) trace(class int) []cutPage {
	last := p.best[len(p.rows)][class].page
	var out []cutPage
	for j := len(p.rows); j > 0; {
		st := &p.best[j][class]
		out = append(out, p.made(st, j))
		j, class = int(st.from), int(st.class)
	}
	slices.Reverse(out)
	return p.leftOver(out, &last)
}

// torn reports whether a break between two rows leaves a paragraph's first or
// last line alone.
func torn(last, next *row) bool {
	same := last.of > 1 && last.of == next.of && last.index+1 == next.index
	return same && (last.index == 0 || next.index == next.of-1)
}
