package epub

import (
	"strings"

	"quire/press"
)

// table writes a table. A head without words is left out.
func (w *writer) table(t *press.Table) {
	w.line("<table>")
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
		w.out.WriteString("<" + tag + scope + attr("class", alignClasses[align[i]]) + w.dirOf(c.Text) + ">")
		w.inlines(c.Text)
		w.out.WriteString("</" + tag + ">")
	}
	w.line("</tr>")
}
