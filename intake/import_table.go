package intake

import "strings"

// The limits of a table; columns beyond them become text of the last one.
const (
	maxColumns = 100
	maxSpan    = 1000
)

// alignments are the signs below the head of a table.
var alignments = map[byte]string{0: "---", 'l': ":--", 'c': ":-:", 'r': "--:"}

// grid writes a table. A cell with nothing between its bars belongs to the one
// before it, one that says ^^ to the one above.
func (w *markdownWriter) grid(t *grid) string {
	if len(t.align) == 0 {
		return ""
	}
	var b strings.Builder
	w.row(&b, t.head)
	b.WriteByte('|')
	for _, a := range t.align {
		b.WriteString(alignments[a] + "|")
	}
	b.WriteByte('\n')
	for _, row := range t.rows {
		w.row(&b, row)
	}
	s := strings.TrimRight(b.String(), "\n")
	caption := w.line(withoutEnds(t.caption), setting{title: true})
	if caption == "" {
		return w.named(t.id, s)
	}
	return s + "\n\nTable: " + caption + braces(t.id)
}

// row writes a row of cells.
func (w *markdownWriter) row(b *strings.Builder, cells []gridCell) {
	b.WriteByte('|')
	for i := range cells {
		switch c := &cells[i]; {
		case c.covered && c.left:
		case c.covered:
			b.WriteString(" ^^ ")
		default:
			b.WriteString(" " + strings.TrimRight(w.line(c.text, setting{cell: true}), " ") + " ")
		}
		b.WriteByte('|')
	}
	b.WriteByte('\n')
}

// layout puts the cells of rows, of which each says how large it is, into a
// grid with all cells that larger ones cover.
func layout(rows [][]gridCell, tally *tally) [][]gridCell {
	columns := 0
	var out [][]gridCell
	var above []int // rows that the cell above still reaches down, by column
	var from []bool // whether that cell begins in the column
	for _, row := range rows {
		var line []gridCell
		put := func(c gridCell, begins bool, reach int) {
			for len(above) <= len(line) {
				above, from = append(above, 0), append(from, false)
			}
			above[len(line)], from[len(line)] = reach, begins
			line = append(line, c)
		}
		fill := func() {
			for at := len(line); at < len(above) && above[at] > 0; at++ {
				put(gridCell{covered: true, left: !from[at]}, from[at], above[at]-1)
			}
		}
		for _, c := range row {
			if fill(); len(line) >= maxColumns {
				last := &line[len(line)-1]
				last.text = append(append(last.text[:len(last.text):len(last.text)], phrase(" ")), c.text...)
				continue
			}
			c.columns, c.rows = min(max(c.columns, 1), maxColumns-len(line)), min(max(c.rows, 1), maxSpan)
			for k := 1; k < c.columns; k++ { // room to the right may be taken from above
				if at := len(line) + k; at < len(above) && above[at] > 0 {
					c.columns = k
					tally.lose(lostSpans)
					break
				}
			}
			put(c, true, c.rows-1)
			for range c.columns - 1 {
				put(gridCell{covered: true, left: true}, false, c.rows-1)
			}
		}
		fill()
		for at := len(line); at < len(above); at++ { // the row ends early
			above[at], from[at] = 0, false
		}
		columns = max(columns, len(line))
		out = append(out, line)
	}
	for i := range out {
		for len(out[i]) < columns {
			out[i] = append(out[i], gridCell{})
		}
	}
	return out
}

// asGrid makes a table of laid out rows, of which the first is its head if it
// says so. A head is one row high, and what joined it below is empty.
func asGrid(rows [][]gridCell, headed bool, tally *tally) *grid {
	t := &grid{}
	if len(rows) == 0 || len(rows[0]) == 0 {
		return t
	}
	t.align = make([]byte, len(rows[0]))
	t.head = make([]gridCell, len(rows[0]))
	if headed {
		t.head, rows = rows[0], rows[1:]
	}
	t.rows = rows
	if len(rows) == 0 {
		return t
	}
	for i := range rows[0] {
		if c := &rows[0][i]; c.covered && !c.left {
			*c = gridCell{}
			tally.lose(lostSpans)
		}
	}
	return t
}
