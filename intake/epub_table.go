package intake

import (
	"strconv"
	"strings"
)

// table reads a table. One that holds a single cell is only a frame.
func (r *pageReader) table(e *element) {
	keys := r.pending
	r.pending = nil
	var rows [][]gridCell
	var pictures []*picture
	heads := 0
	if only := soleCell(e); only != nil {
		r.pending = keys
		r.hold(&division{class: "note"}, func() { r.flow(only) })
		return
	}
	var align [][]byte
	for _, tr := range rowsOf(e) {
		var row []gridCell
		var sides []byte
		head := true
		for _, td := range tr.kids {
			if td.name != "td" && td.name != "th" {
				continue
			}
			r.id(td)
			cell, more := r.cell(td)
			pictures = append(pictures, more...)
			head = head && td.name == "th"
			row, sides = append(row, cell), append(sides, r.alignOf(td))
		}
		if len(row) == 0 {
			continue
		}
		if heads == len(rows) && (tr.above.name == "thead" || head && heads == 0) {
			heads++
		}
		rows, align = append(rows, row), append(align, sides)
	}
	rows = layout(rows, &r.tally)
	t := asGrid(rows, heads > 0, &r.tally)
	alignColumns(t.align, rows, align)
	t.keys = keys
	if c := e.kid("caption"); c != nil {
		r.id(c)
		t.caption = r.caption(c)
	}
	if len(t.align) > 0 {
		r.out = append(r.out, t)
	}
	for _, p := range pictures {
		r.add(p)
	}
}

// alignColumns finds how each column stands: as the first of its cells that says
// so. Sides are what the cells of each row said, before they were laid out.
func alignColumns(columns []byte, rows [][]gridCell, sides [][]byte) {
	for i, row := range rows[:min(len(rows), len(sides))] {
		n := 0
		for k := range row {
			if row[k].covered || n >= len(sides[i]) {
				continue
			}
			if columns[k] == 0 {
				columns[k] = sides[i][n]
			}
			n++
		}
	}
}

// rowsOf are the rows of a table, without those of tables in it.
func rowsOf(e *element) []*element {
	var out []*element
	for _, k := range e.kids {
		switch k.name {
		case "tr":
			out = append(out, k)
		case "thead", "tbody", "tfoot":
			out = append(out, rowsOf(k)...)
		}
	}
	return out
}

// soleCell is the cell of a table that has only one and puts blocks into it.
func soleCell(e *element) *element {
	rows := rowsOf(e)
	if len(rows) != 1 {
		return nil
	}
	cells := append(rows[0].list("td"), rows[0].list("th")...)
	if len(cells) != 1 || len(cells[0].list("p")) < 2 && cells[0].find("img") == nil && cells[0].find("ul") == nil && cells[0].find("table") == nil {
		return nil
	}
	return cells[0]
}

// cell reads a cell. Blocks in it become lines, pictures follow on the table.
func (r *pageReader) cell(td *element) (gridCell, []*picture) {
	c := gridCell{columns: spanOf(td, "colspan"), rows: spanOf(td, "rowspan")}
	before := r.pendingAnchors()
	blocks := r.inside(func() { r.flow(td) })
	list, pictures := r.cellText(blocks)
	c.text = tidy(append(before, list...))
	for range pictures {
		r.tally.lose(lostCellPictures)
	}
	return c, pictures
}

// spanOf is how many columns or rows a cell takes.
func spanOf(td *element, name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(td.attr(name)))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}

// alignOf is how a cell's text stands.
func (r *pageReader) alignOf(td *element) byte {
	switch {
	case td.hasWord("class", "middle"):
		return 'c'
	case td.hasWord("class", "left"):
		return 'l'
	case td.hasWord("class", "right"):
		return 'r'
	}
	return alignByte(first(r.page.look(td).align, strings.ToLower(td.attr("align"))))
}

// alignByte is an alignment as grids have it.
func alignByte(s string) byte {
	switch s {
	case "center", "middle":
		return 'c'
	case "right", "end":
		return 'r'
	case "left", "start":
		return 'l'
	}
	return 0
}

// cellText puts blocks on lines of one cell.
func (d *draft) cellText(blocks []block) (list []inline, pictures []*picture) {
	lines := func(more []inline) {
		if len(list) > 0 && len(more) > 0 {
			list = append(list, newline{})
		}
		list = append(list, more...)
	}
	for _, b := range blocks {
		for _, key := range b.where().keys {
			list = append(list, anchor(key))
		}
		switch t := b.(type) {
		case *paragraph:
			lines(t.text)
		case *picture:
			pictures = append(pictures, t)
		case *equation:
			lines([]inline{formula{source: t.source}})
		case *program:
			lines([]inline{typed(strings.ReplaceAll(t.text, "\n", " "))})
		case *grid:
			d.tally.lose(lostNested)
			for _, row := range append([][]gridCell{t.head}, t.rows...) {
				var cells []inline
				for i := range row {
					if len(row[i].text) > 0 {
						cells = append(append(cells, row[i].text...), phrase("  "))
					}
				}
				lines(cells)
			}
		case *section:
			d.tally.lose(lostCellBlocks)
			lines([]inline{&marked{strong, t.text}})
		default:
			d.tally.lose(lostCellBlocks)
			for _, inner := range blocksOf(b) {
				more, drawn := d.cellText(inner)
				pictures = append(pictures, drawn...)
				lines(more)
			}
		}
	}
	return list, pictures
}
