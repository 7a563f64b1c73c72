package html

import (
	"strings"

	"quire/press"
)

// data writes the numbers behind a drawing, for readers who cannot see it. The
// first cell of a row says what the row is about.
func (w *writer) data(f *press.Figure) {
	t := f.Data
	if t == nil {
		return
	}
	w.line(`<details class="figure-data"><summary>` + "<span" + w.terms.speech() + ">" + Escape(w.terms.data) + "</span></summary>")
	w.line(`<div class="wide" role="group" tabindex="0"` + attr("aria-label", first(press.Plain(f.Caption), f.Alt, w.terms.data)) + ">\n<table>")
	if t.Caption != nil {
		w.out.WriteString("<caption" + w.dirOf(t.Caption) + ">")
		w.inlines(t.Caption)
		w.line("</caption>")
	}
	if hasWords(t.Head) {
		w.line("<thead>")
		w.row(t.Head, t.Align, "th", ` scope="col"`)
		w.line("</thead>")
	}
	w.line("<tbody>")
	for _, row := range t.Rows {
		w.dataRow(row, t.Align)
	}
	w.line("</tbody>\n</table>\n</div></details>")
}

// dataRow writes a row whose first cell is its head, if it says something.
func (w *writer) dataRow(cells []press.Cell, align []press.Align) {
	if len(cells) == 0 || cells[0].Covered || strings.TrimSpace(press.Plain(cells[0].Text)) == "" {
		w.row(cells, align, "td", "")
		return
	}
	w.out.WriteString("<tr>")
	w.cell(cells[0], align[0], "th", ` scope="row"`)
	for i, c := range cells[1:] {
		w.cell(c, align[i+1], "td", "")
	}
	w.line("</tr>")
}
