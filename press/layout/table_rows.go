package layout

import (
	"strings"

	"quire/press"
)

// groupEnd returns the row behind the last one that the cells of row at reach
// into, and those of the rows between.
func (z *tableSetter) groupEnd(at int) int {
	end := at + 1
	for k := at; k < end; k++ {
		for _, c := range z.t.Rows[k] {
			if !c.Covered {
				end = max(end, min(k+rowSpan(c), len(z.t.Rows)))
			}
		}
	}
	return end
}

// mostRows is how many rows one cell may take.
const mostRows = 500

// rowSpan returns how many rows a cell takes.
func rowSpan(c press.Cell) int { return max(1, min(c.RowSpan, mostRows)) }

// cellLines is a cell that is set, before it is cut into strips.
type cellLines struct {
	lines []*press.Line
	notes [][]*footnote
	row   int // in its group
	span  int // rows
}

// group sets table rows that belong together, and returns the strips of each:
// every line is a strip of its own, so that a tall row can go over pages. The
// lines of a cell over several rows go on from row to row.
func (z *tableSetter) group(group [][]press.Cell, table *press.Node, role press.Role) [][]*row {
	var cells []cellLines
	tall := make([]int, len(group)) // lines by row
	for k, row := range group {
		tr := table.Kid(press.RoleTR)
		tall[k] = 1
		for i, c := range row[:min(len(row), len(z.widths))] {
			if c.Covered {
				continue
			}
			one := z.cell(c, i, tr, role)
			one.row, one.span = k, min(rowSpan(c), len(group)-k)
			if one.span == 1 {
				tall[k] = max(tall[k], len(one.lines))
			}
			cells = append(cells, one)
		}
	}
	for _, c := range cells {
		have := 0
		for _, n := range tall[c.row : c.row+c.span] {
			have += n
		}
		tall[c.row+c.span-1] += max(len(c.lines)-have, 0)
	}
	return z.strips(cells, tall)
}

// strips lays the lines of cells over strips.
func (z *tableSetter) strips(cells []cellLines, tall []int) [][]*row {
	var all []*row
	out := make([][]*row, len(tall))
	start := make([]int, len(tall))
	for k, n := range tall {
		start[k] = len(all)
		for range n {
			all = append(all, &row{height: z.typ.Leading})
		}
		all[len(all)-1].height += 2 * cellPad
		out[k] = all[start[k]:len(all):len(all)]
	}
	for _, c := range cells {
		for i, line := range c.lines {
			r := all[start[c.row]+i]
			shift(line, 0, baseline(z.typ)+cellPad)
			r.ops = append(r.ops, line)
			r.notes = append(r.notes, c.notes[i]...)
		}
	}
	return out
}

// cell sets the text of one cell.
func (z *tableSetter) cell(c press.Cell, i int, tr *press.Node, role press.Role) cellLines {
	node := tr.Kid(role)
	span := z.colSpan(c, i)
	if span > 1 {
		node.ColSpan = span
	}
	if tall := rowSpan(c); tall > 1 {
		node.RowSpan = tall
	}
	st := z.style
	if role == press.RoleTH {
		st = z.headStyle()
	}
	p := paragraph{spans: z.s.spans(c.Text, st, node), m: measures{full: z.widths[i]}, x: z.left(i), how: z.align(i), kind: press.CellLine}
	for k := i + 1; k < i+span; k++ {
		p.m.full += z.gap + z.widths[k]
	}
	if span > 1 { // it belongs to no column
		p.how = flushLeft
		if role == press.RoleTH {
			p.how = centered
		}
	}
	if tail := z.tails[i]; tail > 0 && span == 1 && role == press.RoleTD {
		text := strings.TrimSpace(press.Plain(c.Text))
		_, rest := cutNumber(text, decimalSign(z.s.doc.Lang))
		p.m.full -= max(tail-z.s.textWidth(rest, st), 0)
	}
	if len(c.Text) == 0 {
		return cellLines{}
	}
	lines, notes := z.s.linesAndNotes(p)
	return cellLines{lines: lines, notes: notes}
}

// left returns the left edge of a column's text.
func (z *tableSetter) left(i int) press.Pt {
	return z.x + z.gap/2 + total(z.widths[:i]) + z.gap*press.Pt(i)
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

// rule is a horizontal rule over the whole table.
func (z *tableSetter) rule(y, thick press.Pt) *press.Path {
	return z.ruleFrom(z.x, y, z.wide, thick)
}

// ruleFrom is a horizontal rule in the table's colour.
func (z *tableSetter) ruleFrom(x, y, wide, thick press.Pt) *press.Path {
	r := rule(x, y, wide, thick)
	r.Stroke.Paint.Color = press.Color(z.s.theme.Color)
	return r
}

// ruleHead draws what the theme wants around a head.
func (z *tableSetter) ruleHead(head []*row) {
	last := head[len(head)-1]
	if z.s.theme.Table.Look == "grid" {
		z.uprights(head, z.t.Head)
	}
	if z.s.theme.Table.Look == "banded" {
		t := z.s.theme.Tint
		z.band(head, press.Color{R: darker(t.R), G: darker(t.G), B: darker(t.B)})
	}
	head[0].ops = append(head[0].ops, z.rule(0, thickRule))
	last.ops = append(last.ops, z.rule(last.height, thinRule))
}

// darker is a step of a colour nearer to black.
func darker(v uint8) uint8 { return uint8(int(v) * 9 / 10) }

// ruleRow draws what the theme wants at a row of the body.
func (z *tableSetter) ruleRow(body []*row, n int) {
	if z.form {
		z.line(body[len(body)-1])
	}
	switch z.s.theme.Table.Look {
	case "banded":
		if n%2 == 1 {
			z.band(body, press.Color(z.s.theme.Tint))
		}
	case "grid":
		z.uprights(body, z.t.Rows[n])
		z.across(body[len(body)-1], n)
	}
}

// band lays a ground under the strips of a row.
func (z *tableSetter) band(strips []*row, color press.Color) {
	const seam = press.Point / 4
	for i, r := range strips {
		h := r.height + seam
		if i == len(strips)-1 {
			h = r.height
		}
		box := rectangle(z.x, 0, z.wide, h)
		box.Fill = &press.Paint{Color: color}
		r.ops = append([]press.Op{box}, r.ops...)
	}
}

// uprights draws the upright rules of a grid, but not through wide cells.
func (z *tableSetter) uprights(strips []*row, cells []press.Cell) {
	for i := 0; i <= len(z.widths); i++ {
		if i > 0 && i < len(z.widths) && z.joined(cells, i) {
			continue
		}
		x := z.x + z.wide
		if i < len(z.widths) {
			x = z.left(i) - z.gap/2
		}
		for _, r := range strips {
			r.ops = append(r.ops, z.upright(x, r.height))
		}
	}
}

// upright is an upright rule.
func (z *tableSetter) upright(x, h press.Pt) *press.Path {
	p := z.ruleFrom(x, 0, 0, thinRule)
	p.Segments[1].P[0] = press.Point2{X: x, Y: h}
	return p
}

// joined reports whether the cells on both sides of a column's left edge are
// one.
func (z *tableSetter) joined(cells []press.Cell, i int) bool {
	for k := min(i, len(cells)) - 1; k >= 0; k-- {
		if !cells[k].Covered {
			return k+z.colSpan(cells[k], k) > i
		}
	}
	return false
}

// across draws the rule below row n of a grid, but not through tall cells.
func (z *tableSetter) across(last *row, n int) {
	if n == len(z.t.Rows)-1 {
		return
	}
	for i := range z.widths {
		if n+1 < len(z.t.Rows) && i < len(z.t.Rows[n+1]) && z.reaches(n+1, i) {
			continue
		}
		last.ops = append(last.ops, z.ruleFrom(z.left(i)-z.gap/2, last.height, z.widths[i]+z.gap, thinRule/2))
	}
}

// reaches reports whether a cell from above covers column i of row n.
func (z *tableSetter) reaches(n, i int) bool {
	if !z.t.Rows[n][i].Covered {
		return false
	}
	for k := i; k >= 0; k-- { // a cell of this row that covers it?
		if c := z.t.Rows[n][k]; !c.Covered {
			return k+z.colSpan(c, k) <= i
		}
	}
	return true
}
