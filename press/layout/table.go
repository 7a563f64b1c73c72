package layout

import (
	"strings"

	"quire/press"
	"quire/press/font"
)

// The rules of a table and the room around its text.
const (
	thickRule  = press.Point * 8 / 10
	thinRule   = press.Point * 4 / 10
	cellGap    = 14 * press.Point // between columns
	cellPad    = 2 * press.Point  // above and below a row
	leastCell  = 24 * press.Point
	cellEscape = 6 * press.Point // narrowest gap between columns
)

// tableSetter sets one table.
type tableSetter struct {
	s       *setter
	t       *press.Table
	f       flow
	style   style
	widths  []press.Pt
	gap     press.Pt
	x, wide press.Pt // left edge and width of the whole
	form    bool     // has cells to be filled in by hand
}

// table sets a table: columns as wide as they need, rules above, below and
// under the head, which is repeated on every page.
func (s *setter) table(t *press.Table, f flow) []*row {
	z := &tableSetter{s: s, t: t, f: f, style: s.plainStyle(s.faces.table, s.theme.Table.Size)}
	z.style.features = font.Lining | font.Tabular
	if n := press.Pt(len(t.Align)); n == 0 || f.width/n < leastCell {
		return s.tableAsList(t, f)
	}
	z.form = isForm(t)
	z.columns()
	node := f.node.Kid(press.RoleTable)
	head := keepAll(z.row(t.Head, node, press.RoleTH))
	head[0].ops = append(head[0].ops, rule(z.x, 0, z.wide, thickRule))
	last := head[len(head)-1]
	last.ops = append(last.ops, rule(z.x, last.height, z.wide, thinRule))
	rows, again := head, copyRows(head)
	for _, cells := range t.Rows {
		body := z.row(cells, node, press.RoleTD)
		if z.form {
			z.line(body[len(body)-1])
		}
		for i, r := range body {
			r.again = again
			r.rough = 300
			if i < len(body)-1 {
				r.rough = 4000
			}
		}
		rows = append(rows, body...)
	}
	z.bindEnds(rows, len(head))
	last = rows[len(rows)-1]
	last.ops = append(last.ops, rule(z.x, last.height+cellPad/2, z.wide, thickRule))
	return s.island(rows)
}

// isForm reports whether a row of the table has as many empty cells as full ones:
// somebody is to write into it.
func isForm(t *press.Table) bool {
	for _, cells := range t.Rows {
		empty := 0
		for _, c := range cells {
			if strings.TrimSpace(press.Plain(c.Text)) == "" {
				empty++
			}
		}
		if len(cells) > 0 && 2*empty >= len(cells) {
			return true
		}
	}
	return false
}

// line makes a row of a form high enough to write in, with a rule to write on.
func (z *tableSetter) line(r *row) {
	r.height += z.s.theme.Table.Leading * 3 / 4
	r.ops = append(r.ops, rule(z.x, r.height, z.wide, thinRule/2))
}

// bindEnds keeps the first two and the last two body rows together.
func (z *tableSetter) bindEnds(rows []*row, head int) {
	if len(rows) > head+1 {
		rows[head].keep = true
		rows[len(rows)-2].keep = true
	}
	if len(rows) > head {
		rows[head].again = nil // it never begins a page without its head
	}
}

// columns decides how wide the columns are: what they need, else a fair share
// of what there is, but not less than their longest word.
func (z *tableSetter) columns() {
	n := len(z.t.Align)
	need, least := make([]press.Pt, n), make([]press.Pt, n)
	for k, row := range append([][]press.Cell{z.t.Head}, z.t.Rows...) {
		st := z.style
		if k == 0 {
			st = z.headStyle()
		}
		for i, c := range row {
			w, word := z.extent(c, st)
			need[i], least[i] = max(need[i], w), max(least[i], word)
		}
	}
	z.gap = cellGap
	room := z.f.width - cellGap*press.Pt(n)
	if total(need) > room {
		z.gap = max(cellEscape, min(cellGap, z.f.width/press.Pt(4*n)))
		room = z.f.width - z.gap*press.Pt(n)
	}
	z.widths = share(need, least, room)
	if rest := room - total(z.widths); z.form && rest > 0 { // room to write in
		for i := range z.widths {
			z.widths[i] += rest / press.Pt(n)
		}
	}
	z.wide = total(z.widths) + z.gap*press.Pt(n)
	z.x = z.f.x + (z.f.width-z.wide)/2
}

// total adds lengths.
func total(list []press.Pt) press.Pt {
	var t press.Pt
	for _, v := range list {
		t += v
	}
	return t
}

// share gives every column its need if there is room. Otherwise columns that
// need less than an even part get their need, and the others share the rest,
// each at least its longest word; when even the words do not fit, they are cut.
func share(need, least []press.Pt, room press.Pt) []press.Pt {
	out := make([]press.Pt, len(need))
	if total(least) > room {
		return share(least, out, room)
	}
	open := make([]int, len(need))
	for i := range open {
		open[i] = i
	}
	for {
		part := room / press.Pt(max(len(open), 1))
		var wide []int
		var granted, words press.Pt
		for _, i := range open {
			if need[i] <= part {
				granted += need[i]
				continue
			}
			wide = append(wide, i)
			words += least[i]
		}
		if granted == 0 || room-granted < words {
			break
		}
		for _, i := range open {
			if need[i] <= part {
				out[i] = need[i]
			}
		}
		room, open = room-granted, wide
	}
	return shareRest(out, need, least, open, room)
}

// shareRest shares room among the open columns by their need.
func shareRest(out, need, least []press.Pt, open []int, room press.Pt) []press.Pt {
	var all, words press.Pt
	for _, i := range open {
		all, words = all+need[i]-least[i], words+least[i]
	}
	for _, i := range open {
		out[i] = least[i] + max(room-words, 0).Scale(int64(need[i]-least[i]), max(int64(all), 1))
	}
	return out
}

// headStyle is the style of a table's head.
func (z *tableSetter) headStyle() style {
	st := z.style
	if z.s.theme.Opening.Bold {
		st.face = font.Bold
	}
	return st
}

// extent returns the width of a cell's text in one line, and of its longest
// word.
func (z *tableSetter) extent(c press.Cell, st style) (line, longest press.Pt) {
	items := (&itemizer{s: z.s, ragged: true}).items([]span{{text: press.Plain(c.Text), style: st}}, 0)
	var word press.Pt
	for i := range items {
		it := &items[i]
		if it.stretch >= fill {
			continue
		}
		if it.kind != penalty {
			line += it.width
		}
		if it.kind == box {
			word += it.width
			longest = max(longest, word)
		} else {
			word = 0
		}
	}
	return line + press.Point/16, longest + press.Point/16
}

// row sets the cells of one table row; every line of it is a row of its own,
// so that a tall one can go over pages.
func (z *tableSetter) row(cells []press.Cell, table *press.Node, role press.Role) []*row {
	tr := table.Kid(press.RoleTR)
	typ := z.s.theme.Table
	var rows []*row
	x := z.x + z.gap/2
	for i, c := range cells {
		node := tr.Kid(role)
		st := z.style
		if role == press.RoleTH {
			st = z.headStyle()
		}
		p := paragraph{spans: z.s.spans(c.Text, st, node), m: measures{full: z.widths[i]}, x: x, how: z.align(i), kind: press.CellLine}
		lines, notes := z.s.linesAndNotes(p)
		for k, line := range lines {
			if k == len(rows) {
				rows = append(rows, &row{height: typ.Leading})
			}
			shift(line, 0, baseline(typ)+cellPad)
			rows[k].ops = append(rows[k].ops, line)
			rows[k].notes = append(rows[k].notes, notes[k]...)
		}
		x += z.widths[i] + z.gap
	}
	if len(rows) == 0 {
		rows = []*row{{height: typ.Leading}}
	}
	rows[len(rows)-1].height += 2 * cellPad
	return rows
}

// align returns how a column stands.
func (z *tableSetter) align(i int) align {
	switch z.t.Align[i] {
	case press.AlignRight:
		return flushRight
	case press.AlignCenter:
		return centered
	}
	return flushLeft
}

// tableAsList sets a table with more columns than the page has room for as
// lines of "head: cell".
func (s *setter) tableAsList(t *press.Table, f flow) []*row {
	if len(t.Align) > 0 {
		s.warnings = append(s.warnings, press.Warning{Detail: "the table has too many columns for the page and is set as a list", Pos: t.At})
	}
	f.flat = true
	var out []*row
	for _, cells := range t.Rows {
		var text []press.Inline
		for i, c := range cells {
			if press.Plain(c.Text) == "" {
				continue
			}
			if len(text) > 0 {
				text = append(text, &press.Text{Value: "; "})
			}
			text = append(text, &press.Text{Value: press.Plain(t.Head[i].Text) + ": "})
			text = append(text, c.Text...)
		}
		out = append(out, s.paragraph(&press.Paragraph{At: t.At, Text: text}, f, true, false)...)
	}
	return s.island(out)
}
