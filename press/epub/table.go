package epub

import (
	"strconv"
	"strings"

	"quire/press"
)

// table writes a table. A head without words is left out.
func (w *writer) table(t *press.Table) {
	w.line("<table" + attr("id", t.ID) + ">")
	if t.Caption != nil {
		w.out.WriteString("<caption" + w.dirOf(t.Caption) + ">")
		if w.opt.Theme.Figures && t.Number > 0 {
			w.out.WriteString(`<span class="label">` + escape(w.words.Label(w.words.Table, strconv.Itoa(t.Number))) + ".</span> ")
		}
		w.inlines(t.Caption)
		w.line("</caption>")
	}
	words := false
	for _, c := range t.Head {
		words = words || strings.TrimSpace(press.Plain(c.Text)) != ""
	}
	if words || len(t.Rows) == 0 {
		w.line("<thead>")
		w.row("th", ` scope="col"`, t.Head, t.Align)
		w.line("</thead>")
	}
	if len(t.Rows) > 0 {
		w.line("<tbody>")
		for _, row := range t.Rows {
			w.row("td", "", row, t.Align)
		}
		w.line("</tbody>")
	}
	w.line("</table>")
}

// alignClasses are the classes of the cells of a column.
var alignClasses = map[press.Align]string{press.AlignNone: "", press.AlignLeft: "left", press.AlignCenter: "middle", press.AlignRight: "right"}

// row writes one row of a table.
func (w *writer) row(tag, scope string, cells []press.Cell, align []press.Align) {
	w.out.WriteString("<tr>")
	for i, c := range cells {
		if c.Covered {
			continue
		}
		w.out.WriteString("<" + tag + scope + span("colspan", c.ColSpan) + span("rowspan", c.RowSpan) + attr("class", alignClasses[align[i]]) + w.dirOf(c.Text) + ">")
		w.inlines(c.Text)
		w.out.WriteString("</" + tag + ">")
	}
	w.line("</tr>")
}

// span is the attribute of a cell that is larger than one.
func span(name string, n int) string {
	if n <= 1 {
		return ""
	}
	return attr(name, strconv.Itoa(n))
}
