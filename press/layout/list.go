package layout

import (
	"strconv"
	"strings"

	"quire/press"
	"quire/press/font"
)

// bullets mark the items of nested lists.
var bullets = []string{"•", "–", "·"}

// list sets a list: labels in a column of their own.
func (s *setter) list(l *press.List, f flow) []*row {
	node := f.node.Kid(press.RoleL)
	labels := s.labels(l, f)
	em := f.style.size
	column := em * 14 / 10
	for _, label := range labels {
		column = max(column, s.textWidth(label, f.style)+em*6/10)
	}
	in := f.inset(column, 0)
	in.flat, in.note = true, nil
	var rows []*row
	for i, it := range l.Items {
		if i > 0 && !l.Tight {
			rows = append(rows, gap(f.typ.Leading/2))
		}
		rows = append(rows, s.listItem(it, labels[i], node.Kid(press.RoleLI), in, f)...)
	}
	if f.flat && l.Tight { // inside another list
		return rows
	}
	return s.island(rows)
}

// labels returns what stands before each item.
func (s *setter) labels(l *press.List, f flow) []string {
	var out []string
	depth := int(f.x / (10 * press.Point))
	for i := range l.Items {
		if l.Ordered {
			out = append(out, strconv.Itoa(l.Start+i)+".")
			continue
		}
		out = append(out, bullets[min(depth/2, len(bullets)-1)])
	}
	return out
}

// listItem sets an item with its label beside its first line.
func (s *setter) listItem(it press.Item, label string, li *press.Node, in, f flow) []*row {
	lbl := li.Kid(press.RoleLbl)
	in.node = li.Kid(press.RoleLBody)
	rows := s.blocks(it.Blocks, in)
	for len(rows) > 0 && rows[0].space {
		rows = rows[1:]
	}
	if len(rows) == 0 || len(rows[0].ops) == 0 {
		rows = append([]*row{{height: f.typ.Leading}}, rows...)
	}
	st := f.style
	st.face, st.features = font.Regular, font.Tabular
	gutter := in.x - f.x
	room := gutter - f.style.size*6/10
	if strings.HasSuffix(label, ".") || gutter == 0 {
		room = max(room, s.textWidth(label, st))
	}
	how := flushRight
	p := paragraph{spans: []span{{text: label, style: st, node: lbl}}, m: measures{full: max(room, f.style.size)}, x: f.x, how: how, kind: f.kind}
	for _, line := range s.lines(p)[:1] {
		shift(line, 0, baseline(f.typ))
		line.Kind = press.CellLine
		rows[0].ops = append([]press.Op{line}, rows[0].ops...)
	}
	return rows
}
