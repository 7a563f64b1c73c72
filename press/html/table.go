package html

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"quire/press"
)

// table writes a table in a box that scrolls where it is too wide. A head
// without words is left out.
func (w *writer) table(t *press.Table) {
	label := first(press.Plain(t.Caption), w.words.Table)
	w.line(`<div class="wide" role="group" tabindex="0"` + attr("aria-label", label) + ">")
	w.line("<table" + attr("id", t.ID) + ">")
	w.tableCaption(t)
	if hasWords(t.Head) || len(t.Rows) == 0 {
		w.line("<thead>")
		w.row(t.Head, t.Align, "th", ` scope="col"`)
		w.line("</thead>")
	}
	w.line("<tbody>")
	for _, row := range t.Rows {
		w.row(row, t.Align, "td", "")
	}
	w.line("</tbody>\n</table>\n</div>")
}

// tableCaption writes what stands above a table.
func (w *writer) tableCaption(t *press.Table) {
	if t.Caption == nil {
		return
	}
	w.out.WriteString("<caption" + w.dirOf(t.Caption) + ">")
	if w.opt.Theme.Figures && t.Number > 0 {
		w.out.WriteString(`<span class="label">` + Escape(w.words.Label(w.words.Table, strconv.Itoa(t.Number))) + ".</span> ")
	}
	w.inlines(t.Caption)
	w.line("</caption>")
}

// hasWords reports whether some cell says something.
func hasWords(cells []press.Cell) bool {
	for _, c := range cells {
		if strings.TrimSpace(press.Plain(c.Text)) != "" {
			return true
		}
	}
	return false
}

// alignClasses are the classes of the cells of a column.
var alignClasses = map[press.Align]string{press.AlignNone: "", press.AlignLeft: "left", press.AlignCenter: "middle", press.AlignRight: "right"}

// row writes one row of a table.
func (w *writer) row(cells []press.Cell, align []press.Align, tag, more string) {
	w.out.WriteString("<tr>")
	for i, c := range cells {
		w.cell(c, align[i], tag, more)
	}
	w.line("</tr>")
}

// cell writes a cell. An empty head is no head: it says nothing about its
// column.
func (w *writer) cell(c press.Cell, align press.Align, tag, more string) {
	if c.Covered {
		return
	}
	if tag == "th" && strings.TrimSpace(press.Plain(c.Text)) == "" {
		tag, more = "td", ""
	}
	w.out.WriteString("<" + tag + more + span("colspan", c.ColSpan) + span("rowspan", c.RowSpan) + attr("class", cellClass(c, align)) + w.dirOf(c.Text) + ">")
	w.inlines(c.Text)
	w.out.WriteString("</" + tag + ">")
}

// longCell is how many letters a cell has that must not be squeezed into a
// column of single words on a narrow screen.
const longCell = 24

// cellClass is the class of a cell: how it stands, and whether it is long.
func cellClass(c press.Cell, align press.Align) string {
	class := alignClasses[align]
	if utf8.RuneCountInString(press.Plain(c.Text)) > longCell {
		class = strings.TrimSpace(class + " long")
	}
	return class
}

// span is the attribute of a cell that is larger than one.
func span(name string, n int) string {
	if n <= 1 {
		return ""
	}
	return attr(name, strconv.Itoa(n))
}
