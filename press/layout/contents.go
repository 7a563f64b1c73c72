package layout

import (
	"strings"

	"quire/press"
	"quire/press/font"
)

// contents makes the pages with the titles and where they are, and the list of
// figures if the theme wants one.
func (b *binder) contents() {
	b.listing(b.words.Contents, b.entries)
	if b.theme.List > 0 && len(b.figures) >= b.theme.List {
		b.listing(b.words.Figures, b.figures)
	}
}

// listing makes the pages of a list of entries with their page numbers.
func (b *binder) listing(name string, entries []entry) {
	s := b.s
	toc := b.frontal.Kid(press.RoleTOC)
	heading := s.titleRows(title{name, s.titleStyle(9, 10), b.theme.Opening.Title, alignOf(b.theme.Opening.Align), 2}, toc.Kid(press.RoleCaption))
	sink := (height(heading)+5*b.frame.lead)/b.frame.lead*b.frame.lead + b.frame.lead
	var rows []*row
	columns := b.columns(entries)
	for i, e := range entries {
		set := b.contentsEntry(e, toc, columns)
		if i+1 < len(entries) && entries[i+1].level > e.level { // with the first of its own
			set[len(set)-1].keep = true
		}
		rows = append(rows, set...)
	}
	rows = trimWhite(rows)
	for k, cut := range paginate(rows, b.frame, sink, 0, nil) {
		i := b.frontPage()
		page, top := &b.front[i], b.frame.top
		if k == 0 {
			b.stack(page, heading, b.frame.left(i), top+2*b.frame.lead)
			top += sink
			b.footFolio(page, i)
		} else {
			b.head(page, i, name)
		}
		b.stack(page, trimWhite(cut.rows), b.frame.left(i), top)
	}
}

// alignOf turns a theme's word into an alignment.
func alignOf(word string) align {
	switch word {
	case "center":
		return centered
	case "right":
		return flushRight
	}
	return flushLeft
}

// contentsColumns are the widths of the contents' columns.
type contentsColumns struct{ number, page press.Pt }

// columns measures the widest chapter number and page number.
func (b *binder) columns(entries []entry) contentsColumns {
	var c contentsColumns
	st := b.s.plainStyle(b.s.faces.body, b.theme.Text.Size)
	for _, e := range entries {
		if e.level == 1 && e.number != "" {
			c.number = max(c.number, b.s.textWidth(e.number, st))
		}
		c.page = max(c.page, b.s.textWidth(b.body[b.places[e.id].page].Label, st))
	}
	if c.number > 0 {
		c.number += 10 * press.Point
	}
	c.page += 16 * press.Point
	return c
}

// contentsEntry sets one entry: number, title, page.
func (b *binder) contentsEntry(e entry, toc *press.Node, c contentsColumns) []*row {
	s, t := b.s, b.theme.Text
	st := s.plainStyle(s.faces.body, t.Size)
	text, left := listed(e.title), c.number
	var before press.Pt
	switch e.level {
	case 0:
		text, left = strings.TrimPrefix(e.number+"\u2002"+text, "\u2002"), 0
		before = b.frame.lead
		st.face = font.Italic
		if b.theme.Opening.Bold {
			st = s.plainStyle(s.faces.heads, t.Size.Scale(95, 100))
			st.face = font.Bold
		}
	case 1:
		before = t.Leading.Scale(20, 100)
	default:
		st.size = t.Size.Scale(92, 100)
		left += press.Pt(e.level-1) * 14 * press.Point
		t.Leading = t.Leading.Scale(93, 100)
	}
	link := toc.Kid(press.RoleTOCI).Kid(press.RoleReference).Kid(press.RoleLink)
	label := b.body[b.places[e.id].page].Label
	b.targets[link] = target{id: e.id, alt: label}
	turn := 12 * press.Point
	full := b.frame.width - left - c.page
	p := paragraph{spans: []span{{text: text, style: st, node: link}}, m: measures{full: full - turn, narrow: full, lines: 1}, x: left + turn, how: flushLeft, kind: press.FrontLine}
	rows := keepAll(lineRows(s.lines(p), nil, t))
	last := rows[len(rows)-1]
	last.keep = false
	if e.level == 1 && e.number != "" {
		b.beside(rows[0], t, span{text: e.number, style: s.plainStyle(s.faces.body, b.theme.Text.Size), node: link}, c.number-10*press.Point)
	}
	figures := s.plainStyle(s.faces.body, st.size)
	b.beside(last, t, span{text: label, style: figures, node: link}, b.frame.width)
	if before > 0 {
		rows = append([]*row{gap(before)}, rows...)
	}
	return rows
}

// longestEntry is how many letters of a title the contents show.
const longestEntry = 400

// listed is a title as the contents show it.
func listed(title string) string {
	title = clipped(title)
	if rs := []rune(title); len(rs) > longestEntry {
		return strings.TrimSpace(string(rs[:longestEntry])) + "…"
	}
	return title
}

// beside sets a number in a row so that it ends at x.
func (b *binder) beside(r *row, t press.Type, number span, x press.Pt) {
	line := b.s.rawLine(number.text, number.style, number.node, 0, press.FrontLine)
	shift(line, x-b.s.textWidth(number.text, number.style), baseline(t))
	if x < b.frame.width/2 {
		r.ops = append([]press.Op{line}, r.ops...)
		return
	}
	r.ops = append(r.ops, line)
}
