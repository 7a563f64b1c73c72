package docx

import (
	"strconv"
	"strings"

	"quire/press"
)

// mostColumns is how many columns Word's tables have.
const mostColumns = 63

// table writes a table with its caption above. A head without words is left
// out.
func (w *writer) table(t *press.Table, f frame) {
	if t.Caption != nil {
		w.caption(caption{"Table", "TableCaption", w.words.Table, t.ID, t.Number, t.Caption}, f)
	} else {
		w.anchor(t.ID)
	}
	if len(t.Align) == 0 {
		return
	}
	headed := len(t.Rows) == 0
	for _, c := range t.Head {
		headed = headed || strings.TrimSpace(press.Plain(c.Text)) != ""
	}
	if len(t.Align) > mostColumns {
		w.warn(t.At, "a table has %d columns, and Word takes %d; its rows are lines of text", len(t.Align), mostColumns)
		w.tableAsText(t, f)
		return
	}
	widths := w.columns(t, w.look.measure-f.left-f.right)
	if w.pending != "" { // a bookmark may not stand alone in a table
		w.put(w.pending)
		w.pending = ""
	}
	w.put("<w:tbl>" + w.tableProps(headed, widths, f) + "<w:tblGrid>")
	for _, width := range widths {
		w.put(`<w:gridCol w:w="` + strconv.Itoa(width) + `"/>`)
	}
	w.put("</w:tblGrid>")
	r := &rows{writer: w, frame: f, align: t.Align, widths: widths, above: make([]span, len(widths))}
	if headed {
		r.row(filled(t.Head, len(widths)), true)
	}
	for _, row := range t.Rows {
		r.row(filled(row, len(widths)), false)
	}
	w.put("</w:tbl>")
	w.open(paraProps{style: "TableEnd"}) // two tables in a row would become one, and notes end with a paragraph
	w.close()
}

// tableProps is the element tblPr.
func (w *writer) tableProps(headed bool, widths []int, f frame) string {
	sum := 0
	for _, width := range widths {
		sum += width
	}
	s := "<w:tblPr>" + val("tblStyle", "BookTable")
	if f.rtl {
		s += "<w:bidiVisual/>"
	}
	s += `<w:tblW w:w="` + strconv.Itoa(sum) + `" w:type="dxa"/>`
	if f.left+f.right == 0 {
		s += val("jc", "center")
	} else {
		s += `<w:tblInd w:w="` + strconv.Itoa(f.left) + `" w:type="dxa"/>`
	}
	look, firstRow, noBands := 0x0400, "0", "1"
	if headed {
		look, firstRow = look|0x0020, "1"
	}
	if w.look.theme.Table.Look == "banded" {
		noBands = "0"
	} else {
		look |= 0x0200
	}
	hex := strconv.FormatInt(int64(look), 16)
	return s + `<w:tblLayout w:type="fixed"/><w:tblLook w:val="` + strings.Repeat("0", 4-len(hex)) + strings.ToUpper(hex) +
		`" w:firstRow="` + firstRow + `" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="` + noBands + `" w:noVBand="1"/></w:tblPr>`
}

// span is a cell of rows above that goes on: how many rows yet, how many
// columns.
type span struct{ rows, columns int }

// rows writes the rows of one table.
type rows struct {
	*writer
	frame  frame
	align  []press.Align
	widths []int
	above  []span // by column
}

// filled is a row with a cell for each column: Word calls one without any
// damaged.
func filled(row []press.Cell, columns int) []press.Cell {
	for len(row) < columns {
		row = append(row[:len(row):len(row)], press.Cell{})
	}
	return row
}

// row writes a row. Cells that hang down from rows above go on in it.
func (r *rows) row(cells []press.Cell, header bool) {
	r.put("<w:tr><w:trPr><w:cantSplit/>")
	if header {
		r.put("<w:tblHeader/>")
	}
	r.put("</w:trPr>")
	for i := 0; i < len(cells) && i < len(r.widths); {
		if up := &r.above[i]; up.rows > 0 {
			up.rows--
			r.cell(i, up.columns, "<w:vMerge/>")
			r.put("<w:p>" + (&paraProps{style: "TableText"}).xml() + "</w:p></w:tc>")
			i += up.columns
			continue
		}
		c := &cells[i]
		columns := min(max(c.ColSpan, 1), len(r.widths)-i)
		for k := 1; k < columns; k++ { // a cell from above may stand in the way
			if r.above[i+k].rows > 0 {
				columns = k
			}
		}
		merge := ""
		if c.RowSpan > 1 {
			merge = val("vMerge", "restart")
			r.above[i] = span{c.RowSpan - 1, columns}
		}
		r.cell(i, columns, merge)
		r.text(c.Text, i, header)
		i += columns
	}
	r.put("</w:tr>")
}

// cell begins a cell.
func (r *rows) cell(at, columns int, merge string) {
	width := 0
	for _, w := range r.widths[at : at+columns] {
		width += w
	}
	r.put(`<w:tc><w:tcPr><w:tcW w:w="` + strconv.Itoa(width) + `" w:type="dxa"/>`)
	if columns > 1 {
		r.put(num("gridSpan", columns))
	}
	r.put(merge + "</w:tcPr>")
}

// cellAligns are the alignments of columns as Word says them.
var cellAligns = map[press.Align]string{press.AlignNone: "", press.AlignLeft: "left", press.AlignCenter: "center", press.AlignRight: "right"}

// text writes the text of a cell and ends it.
func (r *rows) text(text []press.Inline, column int, header bool) {
	p := paraProps{style: "TableText", align: cellAligns[r.align[column]]}
	if header {
		p.style = "TableHead"
	}
	run := r.direct(&p, text, frame{lang: r.frame.lang, rtl: r.frame.rtl})
	r.open(p)
	r.inlines(text, run)
	r.close()
	r.put("</w:tc>")
}

// tableAsText writes the rows of a table as lines, cells divided by tabs.
func (w *writer) tableAsText(t *press.Table, f frame) {
	for _, row := range append([][]press.Cell{t.Head}, t.Rows...) {
		p := paraProps{style: "TableText"}
		w.place(&p, f)
		w.direct(&p, nil, f)
		w.open(p)
		for i := range row {
			if i > 0 {
				w.put("<w:r><w:tab/></w:r>")
			}
			w.inlines(row[i].Text, runProps{lang: f.lang})
		}
		w.close()
	}
}
