package layout

import (
	"strconv"

	"quire/press"
	"quire/press/font"
)

// bullets mark the items of nested lists.
var bullets = []string{"•", "–", "·"}

// list sets a list: labels in a column of their own.
func (s *setter) list(l *press.List, f flow) []*row {
	node := f.node.Kid(press.RoleL)
	node.Ordered = l.Ordered
	nested := f.bullets+f.counts > 0
	f.note = nil
	labels := labels(l, f)
	st := labelStyle(f.style)
	column := f.style.size * 14 / 10
	for _, label := range labels {
		column = max(column, s.textWidth(label, st)+f.style.size*6/10)
	}
	in := f.inset(column, 0)
	in.flat, in.sourced, in.begun = true, false, false
	if l.Ordered {
		in.counts++
	} else {
		in.bullets++
	}
	var rows []*row
	for i, it := range l.Items {
		if i > 0 && !l.Tight {
			rows = append(rows, gap(f.typ.Leading/2))
		}
		item := s.listItem(it, labels[i], node.Kid(press.RoleLI), in, f)
		if n := len(rows); n > 0 && len(item) == 1 && (i == 1 || i == len(l.Items)-1) {
			rows[n-1].rough = max(rows[n-1].rough, loneItem) // nor does the first stand alone
		}
		rows = append(rows, item...)
	}
	if nested && l.Tight {
		return rows
	}
	if nested {
		return append(append([]*row{gap(f.typ.Leading / 2)}, rows...), gap(f.typ.Leading/2))
	}
	return s.apart(rows, f)
}

// loneItem is for a page that begins or ends with one line of a list.
const loneItem = 1500

// labels returns what stands before each item: bullets, or figures, letters
// and Roman numbers by depth.
func labels(l *press.List, f flow) []string {
	var out []string
	for i := range l.Items {
		if !l.Ordered {
			out = append(out, bullets[min(f.bullets, len(bullets)-1)])
			continue
		}
		out = append(out, count(l.Start+i, f.counts)+".")
	}
	return out
}

// count writes a number as lists of a depth do.
func count(n, depth int) string {
	switch {
	case depth%3 == 1 && n > 0:
		return letters(n)
	case depth%3 == 2 && n > 0 && n < 4000:
		return press.Roman(n)
	}
	return strconv.Itoa(n)
}

// letters counts a, b … z, aa, ab.
func letters(n int) string {
	out := ""
	for ; n > 0; n = (n - 1) / 26 {
		out = string(rune('a'+(n-1)%26)) + out
	}
	return out
}

// labelStyle is how labels look in a text.
func labelStyle(st style) style {
	st.face, st.features, st.track = font.Regular, font.Tabular, 0
	return st
}

// listItem sets an item with its label beside its first line. Where the column
// is too narrow to go in, the label hangs out of it.
func (s *setter) listItem(it press.Item, label string, li *press.Node, in, f flow) []*row {
	lbl := li.Kid(press.RoleLbl)
	in.node = li.Kid(press.RoleLBody)
	st := labelStyle(f.style)
	gutter := in.x - f.x
	rows := s.blocks(it.Blocks, in)
	for len(rows) > 0 && rows[0].space && len(rows[0].anchors) == 0 {
		rows = rows[1:]
	}
	if len(rows) == 0 || !beginsWithText(it.Blocks) {
		rows = append([]*row{{height: f.typ.Leading, keep: true}}, rows...)
		if len(rows) == 1 {
			rows[0].keep = false
		}
	}
	line := s.rawLine(label, st, lbl, 0, press.CellLine)
	shift(line, f.x+gutter-f.style.size*6/10-s.textWidth(label, st), baseline(f.typ))
	rows[0].ops = append([]press.Op{line}, rows[0].ops...)
	return rows
}

// beginsWithText reports whether a label can stand beside the first line of
// some blocks.
func beginsWithText(blocks []press.Block) bool {
	if len(blocks) == 0 {
		return false
	}
	switch t := blocks[0].(type) {
	case *press.Paragraph, *press.List, *press.Definitions:
		return true
	case *press.Div:
		return t.Class != "note" && beginsWithText(t.Blocks)
	}
	return false
}
