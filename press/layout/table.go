package layout

import (
	"strconv"
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
	typ     press.Type
	widths  []press.Pt
	tails   []press.Pt // widest part behind the decimal sign, by column; 0 is none
	gap     press.Pt
	x, wide press.Pt // left edge and width of the whole
	form    bool     // has cells to be filled in by hand
}

// table sets a table: columns as wide as they need, rules as the theme has
// them, and the head repeated on every page. A table that is too wide is set
// one step smaller; one with too many columns becomes a list. With few of them
// it is single words that are too long: these are cut.
func (s *setter) table(t *press.Table, f flow) []*row {
	z := &tableSetter{s: s, t: t, f: f, typ: s.theme.Table.Type, style: s.plainStyle(s.faces.table, s.theme.Table.Size)}
	z.style.features = font.Lining | font.Tabular
	n := press.Pt(len(t.Align))
	if n == 0 || f.width/n < leastCell*7/8 {
		return s.tableAsList(t, f)
	}
	z.form = isForm(t)
	if least := z.columns(); total(least)+cellEscape*n > f.width || f.width/n < leastCell {
		z.typ = press.Type{Size: z.typ.Size.Scale(7, 8), Leading: z.typ.Leading.Scale(7, 8)}
		z.style.size = z.typ.Size
		if least := z.columns(); n > 4 && total(least) > f.width-cellEscape*n {
			return s.tableAsList(t, f)
		}
	}
	node := f.node.Kid(press.RoleTable)
	caption := z.caption(node)
	rows := z.body(node)
	if len(caption) > 0 {
		rows = append(caption, rows...)
	}
	if t.ID != "" {
		rows[0].anchors = append(rows[0].anchors, t.ID)
	}
	return s.island(rows)
}

// body sets the head and the rows, with their rules.
func (z *tableSetter) body(node *press.Node) []*row {
	head := keepAll(z.group([][]press.Cell{z.t.Head}, node, press.RoleTH)[0])
	z.ruleHead(head)
	rows, again := head, copyRows(head)
	lastRow := len(head)
	for at := 0; at < len(z.t.Rows); {
		end := z.groupEnd(at)
		for i, body := range z.group(z.t.Rows[at:end], node, press.RoleTD) {
			z.ruleRow(body, at+i)
			for k, r := range body {
				r.again = again
				r.rough = 300
				if k < len(body)-1 || i < end-at-1 { // inside a row, or of rows with a common cell
					r.rough, r.keep = 4000, k < len(body)-1 && len(body) <= wholeRow
				}
			}
			lastRow = len(rows)
			rows = append(rows, body...)
		}
		at = end
	}
	z.bindEnds(rows, len(head), lastRow)
	last := rows[len(rows)-1]
	last.ops = append(last.ops, z.rule(last.height, thickRule))
	return rows
}

// wholeRow is how many lines a table's row may have to stay on one page.
const wholeRow = 12

// caption sets the words above a table; they stay with its head.
func (z *tableSetter) caption(table *press.Node) []*row {
	if z.t.Caption == nil {
		return nil
	}
	s, typ := z.s, z.s.theme.Caption
	node := table.Kid(press.RoleCaption)
	st := s.plainStyle(s.faces.table, typ.Size)
	label, how := st, flushLeft
	if s.theme.Opening.Bold {
		label.face = font.Bold
		label.color = press.Color(s.theme.Color)
	} else {
		st.face, label.face, how = font.Italic, font.Italic, centered
	}
	var spans []span
	if s.theme.Figures && z.t.Number > 0 {
		spans = append(spans, span{text: s.words.Label(s.words.Table, strconv.Itoa(z.t.Number)) + ". ", style: label, node: node})
	}
	spans = append(spans, s.spans(z.t.Caption, st, node)...)
	p := paragraph{spans: spans, m: measures{full: z.f.width}, x: z.f.x, how: how, kind: press.CellLine}
	if how == flushLeft && z.wide > z.f.width/2 {
		p.x, p.m.full = z.x, z.wide
	}
	lines, notes := s.linesAndNotes(p)
	rows := keepAll(lineRows(lines, notes, typ))
	return append(rows, &row{height: 4 * press.Point, keep: true})
}

// isForm reports whether a row of the table has as many empty cells as full ones:
// somebody is to write into it.
func isForm(t *press.Table) bool {
	for _, cells := range t.Rows {
		empty := 0
		for _, c := range cells {
			if !c.Covered && strings.TrimSpace(press.Plain(c.Text)) == "" {
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
	r.height += z.typ.Leading * 3 / 4
	r.ops = append(r.ops, z.rule(r.height, thinRule/2))
}

// bindEnds keeps the first two and the last two body rows together.
func (z *tableSetter) bindEnds(rows []*row, head, lastRow int) {
	if len(rows) > head+1 {
		rows[head].keep = true
		rows[len(rows)-2].keep = true
		if lastRow > head && len(rows)-lastRow < 4 { // the last row does not stand alone
			rows[lastRow-1].keep = true
		}
	}
	if len(rows) > head {
		rows[head].again = nil // it never begins a page without its head
	}
}

// headStyle is the style of a table's head.
func (z *tableSetter) headStyle() style {
	st := z.style
	if z.s.theme.Opening.Bold || z.s.theme.Table.Look != "book" {
		st.face = font.Bold
	}
	return st
}

// tableAsList sets a table with more columns than the page has room for as
// lines of "head: cell".
func (s *setter) tableAsList(t *press.Table, f flow) []*row {
	if len(t.Align) > 0 {
		s.warnings = append(s.warnings, press.Warning{Detail: "the table has too many columns for the page and is set as a list", Pos: t.At})
	}
	f.flat = true
	var out []*row
	if t.Caption != nil {
		out = keepAll(s.paragraph(&press.Paragraph{At: t.At, Text: t.Caption}, f, true, false))
	}
	for _, cells := range t.Rows {
		var text []press.Inline
		for i, c := range cells {
			if press.Plain(c.Text) == "" || i >= len(t.Head) {
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
