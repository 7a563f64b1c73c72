package layout

import (
	"slices"

	"quire/press"
)

// cutPage is one page of a chapter: rows from up to before to, and how much
// of its height is left.
type cutPage struct {
	from, to int
	slack    press.Pt
}

// The demerits of a page, in the scale of the prototype: 150 for each squared
// line that is missing.
const (
	missingLine  = 150
	unevenSpread = 6000 // facing pages that differ by a line
	hyphenedFoot = 150  // a page that ends with a hyphen, more on a recto
	stubPage     = 4000
	forbidden    = int64(1) << 32 // widow, orphan, heading at the foot
	slackClasses = 6              // slack of the page before is remembered in lines, up to this
)

// noteGap is the white with the hairline above a page's notes.
const noteGap = 12 * press.Point

// paginator finds the best page breaks of a chapter by dynamic programming
// over all of it. A state is a break, the side of the page that follows, and
// how short the facing page before it is.
type paginator struct {
	rows  []*row
	f     frame
	sink  press.Pt
	first int // 0: the chapter opens on a recto
	best  [][2 * slackClasses]state
}

// state is the cheapest way to a break.
type state struct {
	cost  int64
	from  int // break before
	class int // state before
	slack press.Pt
	known bool
}

// paginate returns the pages of a chapter; an empty one has one page.
func paginate(rows []*row, f frame, sink press.Pt, first int) []cutPage {
	if len(rows) == 0 {
		return []cutPage{{slack: f.height - sink}}
	}
	p := &paginator{rows: rows, f: f, sink: sink, first: first, best: make([][2 * slackClasses]state, len(rows)+1)}
	p.best[0][first*slackClasses] = state{known: true}
	for i := range rows {
		for class, st := range p.best[i] {
			if st.known {
				p.extend(i, class, st.cost)
			}
		}
	}
	return p.trace()
}

// extend tries every page that begins at row i.
func (p *paginator) extend(i, class int, cost int64) {
	room := p.f.height
	if i == 0 {
		room -= p.sink
	}
	m := meter{room: room, lead: p.f.lead}
	if again := p.rows[i].again; again != nil {
		m.used = height(again)
	}
	for j := i + 1; j <= len(p.rows); j++ {
		if !m.add(p.rows[j-1]) && j > i+1 {
			return
		}
		side := class / slackClasses // 0: this page is a recto
		slack := m.slack()
		c := cost + p.demerits(&m, j, side) + p.spreadFee(slack, class, i, j)
		next := (1 - side) * slackClasses
		if side == 1 { // a verso: the recto beside it should be as deep
			next += min(int(max(slack, 0)/p.f.lead), slackClasses-1)
		}
		if st := &p.best[j][next]; !st.known || c < st.cost {
			*st = state{cost: c, from: i, class: class, slack: slack, known: true}
		}
	}
}

// meter adds up the rows of a page.
type meter struct {
	room, lead  press.Pt
	used, white press.Pt // white counts only when something follows
	notes       press.Pt
	flex        press.Pt // how much the white on the page may grow
	body        bool
}

// add puts a row on the page and reports whether the page still holds it.
func (m *meter) add(r *row) bool {
	if r.space {
		if m.body {
			m.white += r.height
		}
		return true
	}
	if m.white > 0 {
		m.flex += m.lead / 2
	}
	m.used += m.white + r.height
	m.white, m.body = 0, true
	for _, n := range r.notes {
		if m.notes == 0 {
			m.notes = noteGap
		}
		m.notes += n.height
	}
	return m.used+m.notes <= m.room
}

// slack is what is left of the page.
func (m *meter) slack() press.Pt { return m.room - m.used - m.notes }

// demerits of a page that ends before row j.
func (p *paginator) demerits(m *meter, j, side int) int64 {
	last := p.rows[j-1]
	slack := m.slack()
	if j == len(p.rows) {
		if slack < 0 {
			return forbidden
		}
		if m.used < 5*p.f.lead {
			return stubPage
		}
		return 0
	}
	short := slack
	if short <= m.flex { // white on the page takes it up
		short /= 4
	}
	q := int64(short) * 16 / int64(p.f.lead)
	c := q * q * missingLine / 256
	if slack < 0 {
		c += forbidden
	}
	if last.keep {
		c += forbidden
	}
	c += last.rough
	next := p.rows[j]
	if torn(last, next) {
		c += forbidden
	}
	if last.hyphen {
		c += hyphenedFoot
		if side == 0 {
			c += 4 * hyphenedFoot
		}
	}
	return c
}

// spreadFee is for a recto that is not as deep as the verso beside it.
func (p *paginator) spreadFee(slack press.Pt, class, i, j int) int64 {
	if class/slackClasses != 0 || i == 0 || j == len(p.rows) {
		return 0
	}
	d := int64(class%slackClasses) - int64(max(slack, 0)/p.f.lead)
	return d * d * unevenSpread
}

// trace follows the cheapest way back.
func (p *paginator) trace() []cutPage {
	j := len(p.rows)
	class := -1
	for k, st := range p.best[j] {
		if st.known && (class < 0 || st.cost < p.best[j][class].cost) {
			class = k
		}
	}
	var out []cutPage
	for j > 0 {
		st := p.best[j][class]
		out = append(out, cutPage{st.from, j, st.slack})
		j, class = st.from, st.class
	}
	slices.Reverse(out)
	return out
}

// splitNotes makes long notes go on: what is more than two fifths of a page
// moves to the notes of the rows behind, which are on the next page when this
// one is full.
func splitNotes(rows []*row, f frame) []*row {
	limit := f.height * 2 / 5
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		for k, n := range r.notes {
			if n.height <= limit || len(n.rows) < 2 {
				continue
			}
			cut := 1
			for h := n.rows[0].height; cut < len(n.rows) && h+n.rows[cut].height <= limit; cut++ {
				h += n.rows[cut].height
			}
			if cut == len(n.rows) {
				continue
			}
			rest := &footnote{rows: n.rows[cut:], height: height(n.rows[cut:])}
			r.notes[k] = &footnote{rows: n.rows[:cut], height: height(n.rows[:cut])}
			to := goodBreak(rows, i+1)
			if to == len(rows) {
				rows = append(rows, &row{})
			}
			rows[to].notes = append([]*footnote{rest}, rows[to].notes...)
		}
	}
	return rows
}

// goodBreak returns the first row from i on before which a page may end, the
// number of rows if there is none.
func goodBreak(rows []*row, i int) int {
	for ; i < len(rows); i++ {
		last, next := rows[i-1], rows[i]
		if !last.keep && !next.space && !torn(last, next) {
			return i
		}
	}
	return i
}

// torn reports whether a break between two rows leaves a paragraph's first or
// last line alone.
func torn(last, next *row) bool {
	same := last.of > 1 && last.of == next.of && last.index+1 == next.index
	return same && (last.index == 0 || next.index == next.of-1)
}
