package intake

import (
	"slices"
	"strconv"
)

// table reads a table. A cell that goes on over rows is said anew in each.
func (w *wordReader) table(e *element) {
	rows := wordRows(e)
	if len(rows) == 1 && len(wordCells(rows[0])) == 1 {
		inner := &wordReader{docxReader: w.docxReader, part: w.part, inNote: true}
		for _, k := range wordCells(rows[0])[0].kids {
			inner.element(k)
		}
		if blocks := withoutMarks(inner.end()); len(blocks) > 0 {
			w.add(wordItem{block: &division{class: "note", blocks: blocks}})
		}
		w.err = firstError(w.err, inner.err)
		return
	}
	t := &wordTable{wordReader: w, owners: map[int][2]int{}}
	for _, tr := range rows {
		t.row(tr)
	}
	head := len(rows) > 0 && t.isHead(e, rows[0])
	laid := layout(t.rows, &w.tally)
	g := asGrid(laid, head, &w.tally)
	if len(g.align) == 0 {
		return
	}
	alignColumns(g.align, laid, t.sides)
	g.keys, w.pending = w.pending, nil
	w.add(wordItem{block: g})
	for _, p := range t.pictures {
		w.tally.lose(lostCellPictures)
		w.add(wordItem{block: p})
	}
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// wordTable is a table that is being read.
type wordTable struct {
	*wordReader
	rows     [][]gridCell
	sides    [][]byte
	owners   map[int][2]int // the cell that reaches down in a column: row and place in it
	pictures []*picture
}

// wordRows are the rows of a table, whatever is put around them.
func wordRows(e *element) []*element {
	var out []*element
	for _, k := range e.kids {
		switch k.name {
		case "w:tr":
			if k.path("w:trPr", "w:del") == nil {
				out = append(out, k)
			}
		case "w:sdt", "w:sdtContent", "w:customXml", "w:ins":
			out = append(out, wordRows(k)...)
		}
	}
	return out
}

// wordCells are the cells of a row.
func wordCells(e *element) []*element {
	var out []*element
	for _, k := range e.kids {
		switch k.name {
		case "w:tc":
			out = append(out, k)
		case "w:sdt", "w:sdtContent", "w:customXml":
			out = append(out, wordCells(k)...)
		}
	}
	return out
}

// row reads a row.
func (t *wordTable) row(tr *element) {
	var row []gridCell
	var sides []byte
	column := 0
	skip := func(name string) {
		n, _ := strconv.Atoi(tr.kid("w:trPr").val(name)) // 0 if it says none
		for range min(max(n, 0), maxColumns) {
			row, sides = append(row, gridCell{}), append(sides, 0)
			column++
		}
	}
	skip("w:gridBefore")
	for _, tc := range wordCells(tr) {
		p := tc.kid("w:tcPr")
		span, err := strconv.Atoi(p.val("w:gridSpan"))
		if err != nil || span < 1 {
			span = 1
		}
		span = min(span, maxColumns)
		merge := p.kid("w:vMerge")
		if owner, ok := t.owners[column]; ok && merge != nil && merge.attr("w:val") != "restart" {
			t.rows[owner[0]][owner[1]].rows++
			column += span
			continue
		}
		delete(t.owners, column)
		if merge != nil {
			t.owners[column] = [2]int{len(t.rows), len(row)}
		}
		cell, side := t.cell(tc)
		cell.columns, cell.rows = span, 1
		row, sides = append(row, cell), append(sides, side)
		column += span
	}
	t.rows, t.sides = append(t.rows, row), append(t.sides, sides)
}

// cell reads a cell.
func (t *wordTable) cell(tc *element) (gridCell, byte) {
	inner := &wordReader{docxReader: t.docxReader, part: t.part, inNote: true, inCell: true}
	for _, k := range tc.kids {
		inner.element(k)
	}
	t.err = firstError(t.err, inner.err)
	list, pictures := t.cellText(withoutMarks(inner.end()))
	t.pictures = append(t.pictures, pictures...)
	first := tc.kid("w:p").kid("w:pPr")
	side := alignByte(first.val("w:jc"))
	if side == 0 {
		side = alignByte(t.style(first.val("w:pStyle")).align)
	}
	return gridCell{text: tidy(list)}, side
}

// isHead reports whether the first row is a head: it says so, its table style
// says so, or all of it is bold.
func (t *wordTable) isHead(e, first *element) bool {
	if first.kid("w:trPr").toggle("w:tblHeader") > 0 {
		return true
	}
	return len(t.rows) > 1 && len(t.rows[0]) > 0 && !slices.ContainsFunc(t.rows[0], func(c gridCell) bool {
		only := lone(&marked{text: c.text})
		return len(c.text) > 0 && (only == nil || only.style != strong)
	}) && slices.ContainsFunc(t.rows[0], func(c gridCell) bool { return len(c.text) > 0 })
}
