package latex

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"quire/press"
)

// tableBlock writes a table: one that may break across pages, unless it stands
// inside of something that cannot.
func (m *maker) tableBlock(t *press.Table) {
	m.line("")
	if t.ID != "" {
		m.line(label(t.ID))
	}
	long := !m.table && m.depth == 0
	table := m.table
	m.table = true
	columns := m.columns(t)
	m.line(`\begingroup\tabletype`)
	if long {
		m.longTable(t, columns)
	} else {
		m.shortTable(t, columns)
	}
	m.line(`\endgroup`)
	m.table = table
	m.release()
}

// longTable writes a table that repeats its head on every page.
func (m *maker) longTable(t *press.Table, columns []column) {
	if t.Number > 0 {
		m.line(fmt.Sprintf(`\setcounter{table}{%d}`, t.Number-1))
	}
	m.line(`\begin{longtable}{` + specs(columns) + `}`)
	if t.Caption != nil {
		long, short := m.boxed(t.Caption), escape(press.Plain(t.Caption))
		if t.Number > 0 && m.opt.Theme.Figures {
			m.line(`\caption[{` + short + `}]{` + long + `}\tabularnewline`)
		} else {
			m.line(`\multicolumn{` + fmt.Sprint(len(columns)) + `}{c}{` + long + `}\tabularnewline`)
		}
	}
	m.line(`\toprule`)
	if m.head(t, columns) {
		m.line(`\midrule\endfirsthead`)
		m.line(`\toprule`)
		m.head(t, columns)
		m.line(`\midrule\endhead`)
	} else {
		m.line(`\endhead`)
	}
	m.line(`\bottomrule\endfoot`)
	m.rows(t, columns)
	m.line(`\end{longtable}`)
}

// shortTable writes a table that stays in one piece.
func (m *maker) shortTable(t *press.Table, columns []column) {
	m.line(`\begin{fixed}{table}\centering`)
	m.caption(t.Caption, t.Number, "table")
	m.line(`\begin{tabular}{` + specs(columns) + `}`)
	m.line(`\toprule`)
	if m.head(t, columns) {
		m.line(`\midrule`)
	}
	m.rows(t, columns)
	m.line(`\bottomrule` + "\n" + `\end{tabular}` + "\n" + `\end{fixed}`)
}

// head writes the head row, and reports whether it says anything.
func (m *maker) head(t *press.Table, columns []column) bool {
	says := false
	for _, c := range t.Head {
		says = says || strings.TrimSpace(press.Plain(c.Text)) != ""
	}
	if says {
		m.row(t.Head, columns, `\bfseries `)
	}
	return says
}

// rows writes the rows below the head.
func (m *maker) rows(t *press.Table, columns []column) {
	for _, row := range t.Rows {
		m.row(row, columns, "")
	}
	if len(t.Rows) == 0 {
		m.line(`\tabularnewline`)
	}
}

// row writes a row. A cell that a larger one covers is empty, or not there at
// all where the larger one takes its column in this very row.
func (m *maker) row(cells []press.Cell, columns []column, style string) {
	written := 0
	for i := 0; i < len(cells); i++ {
		c := cells[i]
		if written > 0 {
			m.out.WriteString(" & ")
		}
		written++
		wide := min(max(c.ColSpan, 1), len(cells)-i)
		text := style + strings.ReplaceAll(m.boxed(c.Text), lineEnd, `\newline `)
		if style == "" {
			text = "{}" + text
		}
		if c.RowSpan > 1 {
			text = fmt.Sprintf(`\multirow[t]{%d}{%s}{%s}`, c.RowSpan, columns[i].span(wide), text)
		}
		if wide > 1 {
			text = fmt.Sprintf(`\multicolumn{%d}{%s}{%s}`, wide, merged(columns[i:i+wide]), text)
		}
		m.out.WriteString(text)
		i += wide - 1
	}
	m.line(` \tabularnewline`)
}

// column is how a column is set. Width is in thousandths of the text's width;
// 0 is as wide as its longest cell.
type column struct {
	align press.Align
	width int
}

// spec is the column for a tabular.
func (c column) spec() string {
	if c.width == 0 {
		return map[press.Align]string{press.AlignNone: "l", press.AlignLeft: "l", press.AlignCenter: "c", press.AlignRight: "r"}[c.align]
	}
	side := map[press.Align]string{press.AlignNone: `\raggedright`, press.AlignLeft: `\raggedright`, press.AlignCenter: `\centering`, press.AlignRight: `\raggedleft`}[c.align]
	return fmt.Sprintf(`>{%s\arraybackslash}p{.%03d\linewidth}`, side, c.width)
}

// span is the width of a cell that reaches over rows.
func (c column) span(wide int) string {
	if c.width == 0 || wide > 1 {
		return "*"
	}
	return "="
}

// merged is the column of a cell that reaches over several.
func merged(columns []column) string {
	all := column{align: columns[0].align}
	for _, c := range columns {
		all.width += c.width
	}
	all.width = min(all.width, 999)
	return all.spec()
}

// specs are all columns.
func specs(columns []column) string {
	var b strings.Builder
	for _, c := range columns {
		b.WriteString(c.spec())
	}
	return b.String()
}

// columns decides the widths: as they come if the longest cells fit side by
// side, else shares of the text's width by what the columns hold.
func (m *maker) columns(t *press.Table) []column {
	columns := make([]column, len(t.Align))
	longest, sum := make([]int, len(columns)), 0
	for i := range columns {
		columns[i].align = t.Align[i]
		longest[i] = 3
		for _, row := range append([][]press.Cell{t.Head}, t.Rows...) {
			if c := row[i]; c.ColSpan < 2 {
				longest[i] = max(longest[i], utf8.RuneCountInString(press.Plain(c.Text))+1)
			}
		}
		longest[i] = min(longest[i], 60)
		sum += longest[i]
	}
	fits := int(m.textWidth() / max(m.opt.Theme.Table.Size.Scale(1, 2), 1)) // a letter is about half as wide as its size
	if sum+2*len(columns) <= fits {
		return columns
	}
	gaps := 30 * len(columns) // thousandths for the space between columns
	for i := range columns {
		columns[i].width = max((1000-min(gaps, 600))*longest[i]/sum, 20)
	}
	return columns
}
