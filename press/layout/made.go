package layout

import (
	"slices"

	"quire/press"
)

// made makes the page that ends before row j.
func (p *paginator) made(st *state, j int) cutPage {
	before := &p.best[st.from][st.class].page
	c := &st.page
	page := cutPage{slack: c.slack, tops: p.floats(int(st.from), int(before.waiting))[:c.tops]}
	deferred := c.waiting - (before.waiting - c.tops)
	page.rows = varied(withoutFloats(p.rows[st.from:j], int(deferred)), int(c.vary))
	page.notes = slices.Clone(before.carry)
	for _, r := range page.rows {
		for _, n := range r.notes {
			page.notes = append(page.notes, n.rows...)
		}
	}
	page.notes = page.notes[:len(page.notes)-len(c.carry)]
	return page
}

// withoutFloats returns the rows without the last n floats. Of the white around
// each stays what does not belong to it.
func withoutFloats(rows []*row, n int) []*row {
	if n == 0 {
		return rows
	}
	var out []*row
	var white *row // what stays in the place of a float
	for i := len(rows) - 1; i >= 0; i-- {
		r := rows[i]
		switch {
		case r.float && n > 0:
			n--
			white = &row{space: true}
			if last := len(out) - 1; last >= 0 && out[last].space {
				white.height, white.keep = out[last].rest, out[last].keep
				out = out[:last]
			}
			continue
		case white != nil && r.space:
			white.height = max(white.height, r.rest)
			r = white
			white = nil
			r.rest = r.height
		case white != nil:
			white.rest = white.height
			out = append(out, white)
			white = nil
		}
		out = append(out, r)
	}
	if white != nil {
		out = append(out, white)
	}
	slices.Reverse(out)
	return out
}

// leftOver adds pages for the notes and floats that are left at a chapter's
// end.
func (p *paginator) leftOver(pages []cutPage, last *pageChoice) []cutPage {
	floats, notes := p.floats(len(p.rows), int(last.waiting)), last.carry
	for len(floats)+len(notes) > 0 {
		var page cutPage
		room := p.f.height
		for len(floats) > 0 && (len(page.tops) == 0 || topHeight(floats[0], p.f.lead) <= room) {
			room -= topHeight(floats[0], p.f.lead)
			page.tops, floats = append(page.tops, floats[0]), floats[1:]
		}
		room -= noteGap
		for len(notes) > 0 && (len(page.tops)+len(page.notes) == 0 || notes[0].height <= room) {
			room -= notes[0].height
			page.notes, notes = append(page.notes, notes[0]), notes[1:]
		}
		page.slack = max(room, 0)
		pages = append(pages, page)
	}
	return pages
}

// variable is a paragraph that could be a line longer or shorter.
type variable struct {
	p               paragraph
	typ             press.Type
	items           []item
	lines           int
	demerits        int64
	longer, shorter *variant
}

// variant is another way to set a paragraph.
type variant struct {
	breaks []*breakpoint
	fee    int64
	rows   func() []*row // sets it
}

// The fees of a paragraph that is set looser or tighter, in demerits of pages,
// and the badness up to which its lines may go: a stretch of 1.14, which is a
// mean space of 0.35 em in the usual theme.
const (
	varyFee    = 100
	mostFee    = 1500
	varyBad    = 150
	varyScale  = 60   // demerits of lines that count as one of a page
	leastLines = 3    // of a paragraph that is varied
	mostItems  = 4000 // of one
)

// maxKept is how many items of a chapter are kept so that its paragraphs can be
// varied. A chapter of ordinary length has a tenth of it.
const maxKept = 1 << 20

// keeps reports whether the paragraph's items may be kept, and counts them.
func (p *paragraph) keeps(items int) bool {
	if items > mostItems || p.kept != nil && *p.kept+items > maxKept {
		return false
	}
	if p.kept != nil {
		*p.kept += items
	}
	return true
}

// vary finds out what the paragraphs of some rows look like a line longer and
// shorter.
func (s *setter) vary(rows []*row) {
	for _, r := range rows {
		v := r.vary
		if v == nil || r.index != 0 || v.lines < leastLines {
			continue
		}
		b := s.breaker(v.items, v.p, limits{tolerance: varyBad, hyphens: true, counted: true})
		for _, w := range b.ways() {
			switch w.line - v.lines {
			case 1:
				v.longer = s.better(v.longer, v, w)
			case -1:
				v.shorter = s.better(v.shorter, v, w)
			}
		}
	}
}

// better returns the cheaper of a variant and a way through the paragraph.
func (s *setter) better(a *variant, v *variable, w *breakpoint) *variant {
	fee := min(varyFee+max(w.demerits-v.demerits, 0)/varyScale, mostFee)
	if a != nil && a.fee <= fee {
		return a
	}
	return &variant{breaks: w.way(), fee: fee, rows: func() []*row {
		lines, notes := s.setLines(cutLines(v.items, w.way(), v.p), v.p)
		return lineRows(lines, notes, v.typ)
	}}
}

// varied returns the rows with the cheapest paragraphs set anew, so that they
// are v lines longer together.
func varied(rows []*row, v int) []*row {
	for v != 0 {
		at := -1
		var best *variant
		for i, r := range rows {
			if r.vary == nil || r.index != 0 || i+r.of > len(rows) || rows[i+r.of-1].vary != r.vary {
				continue
			}
			a := r.vary.longer
			if v < 0 {
				a = r.vary.shorter
			}
			if a != nil && (best == nil || a.fee < best.fee) {
				at, best = i, a
			}
		}
		if best == nil {
			return rows // cannot be: the meter counted them
		}
		old := rows[at : at+rows[at].of]
		fresh := best.rows()
		fresh[len(fresh)-1].rough, fresh[len(fresh)-1].keep = old[len(old)-1].rough, old[len(old)-1].keep
		fresh[0].anchors, fresh[0].heading = old[0].anchors, old[0].heading
		rows = slices.Concat(rows[:at], fresh, rows[at+len(old):])
		if v > 0 {
			v--
		} else {
			v++
		}
	}
	return rows
}
