package layout

import (
	"quire/press"
)

// meter adds up the rows of a page.
type meter struct {
	room, lead   press.Pt
	used, white  press.Pt // white counts only when something follows
	rest         press.Pt // of that white, without what belongs to a float
	flex         press.Pt // how much the white on the page may grow
	body         bool
	skip         bool // the white behind a float that waits joins that before it
	fee          int64
	tops         int // floats that waited and stand on top
	waiting      int // floats that go on waiting
	deferred     int // floats of these rows that wait
	notes        []*row
	noteHeight   press.Pt
	least        int // note rows that must stay
	begun        *variable
	loose, tight fees
}

// fees are the demerits of the cheapest two variations of a kind on the page.
type fees struct {
	count int
	fee   [2]int64
}

// add takes a variation.
func (f *fees) add(fee int64) {
	if f.count < 2 {
		f.fee[f.count] = fee
		f.count++
	} else if fee < f.fee[1] {
		f.fee[1] = fee
	}
	if f.count == 2 && f.fee[1] < f.fee[0] {
		f.fee[0], f.fee[1] = f.fee[1], f.fee[0]
	}
}

// variation returns the demerits of paragraphs that together are v lines
// longer, or shorter.
func (m *meter) variation(v int) int64 {
	f := &m.loose
	if v < 0 {
		f, v = &m.tight, -v
	}
	var sum int64
	for k := range v {
		sum += f.fee[k]
	}
	return sum
}

// meter begins a page at row i, with what the page before left for it.
func (p *paginator) meter(i int, before *pageChoice) *meter {
	p.m = meter{room: p.f.height, lead: p.f.lead, waiting: int(before.waiting), notes: before.carry}
	m := &p.m
	if i == 0 {
		m.room -= p.sink
	}
	m.noteHeight = height(m.notes)
	m.least = min(len(m.notes), 2)
	for _, r := range p.floats(i, m.waiting) {
		h := topHeight(r, m.lead)
		if m.tops > 0 && m.used+h > m.room {
			break
		}
		m.used += h
		m.tops++
		m.waiting--
	}
	if i < len(p.rows) {
		m.used += height(p.rows[i].again)
	}
	return m
}

// floats returns the last n floats before row i.
func (p *paginator) floats(i, n int) []*row {
	out := make([]*row, n)
	for i--; n > 0 && i >= 0; i-- {
		if p.rows[i].float {
			n--
			out[n] = p.rows[i]
		}
	}
	return out
}

// topHeight is the height of a float on top of a page with the white below it:
// whole lines.
func topHeight(r *row, lead press.Pt) press.Pt {
	if r.plate {
		return r.height + lead
	}
	return (r.height + lead*3/4 + lead - 1) / lead * lead
}

// add puts a row on the page.
func (m *meter) add(r *row) {
	switch {
	case r.space:
		m.addWhite(r)
		return
	case r.float && m.defers(r):
		m.deferred++
		m.fee += lateFloat
		m.white, m.skip = m.rest, true
		return
	}
	m.skip = false
	if m.white > 0 {
		m.flex += m.lead / 2
	}
	m.used += m.white + r.height
	m.white, m.rest, m.body = 0, 0, true
	for _, n := range r.notes {
		m.least = len(m.notes) + min(2, len(n.rows))
		m.notes = append(m.notes[:len(m.notes):len(m.notes)], n.rows...)
		m.noteHeight += n.height
	}
	if v := r.vary; v != nil {
		m.vary(r, v)
	}
}

// addWhite puts white on the page; at its head there is none.
func (m *meter) addWhite(r *row) {
	switch {
	case !m.body:
	case m.skip:
		m.white, m.rest = max(m.rest, r.rest), max(m.rest, r.rest)
	default:
		m.white, m.rest = m.white+r.height, m.rest+r.rest
	}
	m.skip = false
}

// defers reports whether a float has to wait for the next page: it has no room
// here, or one before it waits. Those that wait are always the last ones: floats
// keep their order.
func (m *meter) defers(r *row) bool {
	return m.waiting+m.deferred > 0 || m.used+m.white+r.height+m.noteNeed() > m.room
}

// vary counts a paragraph that stands on the page as a whole.
func (m *meter) vary(r *row, v *variable) {
	if r.index == 0 {
		m.begun = v
	}
	if r.index != r.of-1 || m.begun != v {
		return
	}
	if a := v.longer; a != nil {
		m.loose.add(a.fee)
	}
	if a := v.shorter; a != nil {
		m.tight.add(a.fee)
	}
}

// noteNeed is the height of the notes with the white above them.
func (m *meter) noteNeed() press.Pt {
	if len(m.notes) == 0 {
		return 0
	}
	return m.noteHeight + noteGap
}

// full reports whether no way of setting gets the rows onto one page.
func (m *meter) full() bool {
	if m.waiting+m.deferred > maxWaiting {
		return true
	}
	need := m.noteNeed()
	for _, r := range m.notes[m.least:] {
		need -= r.height
	}
	return m.used+need-press.Pt(m.tight.count)*m.lead > m.room
}

// split returns what is left of the page, and the note lines that have to go
// over to the next one.
func (m *meter) split() (slack press.Pt, carry []*row) {
	slack = m.room - m.used - m.noteNeed()
	k := len(m.notes)
	for slack < 0 && k > m.least {
		k--
		slack += m.notes[k].height
	}
	if k == len(m.notes)-1 && k > m.least { // no single line on the next page
		k--
		slack += m.notes[k].height
	}
	if k == len(m.notes) {
		return slack, nil
	}
	return slack, m.notes[k:]
}
