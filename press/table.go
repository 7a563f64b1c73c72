package press

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// tableAlignments are goldmark's alignments.
var tableAlignments = map[east.Alignment]Align{east.AlignLeft: AlignLeft, east.AlignCenter: AlignCenter, east.AlignRight: AlignRight}

// table reads a table; short rows are filled up, long ones cut by goldmark.
// Spans: a cell with nothing at all between its bars belongs to the one before
// it (as in MultiMarkdown), one that says ^^ to the one above it.
func (r *reader) table(t *east.Table, at Pos) *Table {
	out := &Table{At: at}
	for _, a := range t.Alignments {
		out.Align = append(out.Align, tableAlignments[a])
	}
	r.cell = true
	var owners []*Cell // of the row above, by column
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		cells := r.tableRow(row, len(out.Align))
		if _, ok := row.(*east.TableHeader); ok {
			out.Head = cells
			continue
		}
		owners = r.spanRows(cells, owners, row)
		out.Rows = append(out.Rows, cells)
	}
	r.cell = false
	r.caption(out, t)
	return out
}

// tableRow reads one row and widens the cells before empty ones.
func (r *reader) tableRow(row ast.Node, columns int) []Cell {
	cells := make([]Cell, columns)
	owner := -1
	filled := false // by goldmark, behind the last bar
	i := 0
	for c := row.FirstChild(); c != nil && i < columns; c, i = c.NextSibling(), i+1 {
		joins := r.joins(c)
		if c.Lines().Len() == 0 && !filled {
			filled, joins = true, r.endsDouble(row)
		}
		if joins && owner >= 0 {
			cells[owner].ColSpan = max(cells[owner].ColSpan, 1) + 1
			cells[i].Covered = true
			continue
		}
		owner = i
		if c.HasChildren() {
			cells[i].Text = r.withoutPictures(r.text(c), r.pos(c))
		}
	}
	return cells
}

// joins reports whether there is nothing at all between the bars of a cell.
func (r *reader) joins(c ast.Node) bool {
	if c.Lines().Len() == 0 {
		return false
	}
	seg := c.Lines().At(0)
	return seg.Start == seg.Stop && seg.Start > 0 && seg.Start < len(r.src) && r.src[seg.Start-1] == '|' && r.src[seg.Start] == '|'
}

// endsDouble reports whether the line of a row ends with two bars.
func (r *reader) endsDouble(row ast.Node) bool {
	at := row.Pos()
	if at < 0 || at >= len(r.src) {
		return false
	}
	line, _, _ := strings.Cut(string(r.src[at:min(len(r.src), r.lineEnd(at))]), "\n")
	return strings.HasSuffix(strings.TrimSpace(line), "||")
}

// spanRows joins cells that say ^^ with those above and returns the owners of
// the row's columns.
func (r *reader) spanRows(cells []Cell, above []*Cell, row ast.Node) []*Cell {
	owners := make([]*Cell, len(cells))
	for i := range cells {
		c := &cells[i]
		owners[i] = c
		if c.Covered {
			owners[i] = owners[i-1]
			continue
		}
		if Plain(c.Text) != "^^" {
			continue
		}
		if above == nil || above[i] == nil || max(above[i].ColSpan, 1) != max(c.ColSpan, 1) || i > 0 && above[i-1] == above[i] {
			r.warn(r.pos(row), "a cell ^^ has no cell of its width above it; it is left empty")
			c.Text = nil
			continue
		}
		above[i].RowSpan = max(above[i].RowSpan, 1) + 1
		*c = Cell{Covered: true}
		owners[i] = above[i]
		for k := i + 1; k < len(cells) && cells[k].Covered && above[k] == above[i]; k++ {
			owners[k] = above[k]
		}
	}
	return owners
}

// captionMark begins the paragraph that is a table's caption, as in pandoc.
var captionMark = regexp.MustCompile(`^[Tt]able:\s`)

// isCaption reports whether a node is a paragraph that could be a caption.
func (r *reader) isCaption(n ast.Node) bool {
	if n == nil || n.Kind() != ast.KindParagraph || n.Lines().Len() == 0 || r.used[n] {
		return false
	}
	line := n.Lines().At(0)
	return captionMark.Match(line.Value(r.src)[:min(line.Len(), 8)])
}

// captionOf returns the table whose caption a paragraph is: the one behind it,
// else the one before it, which has taken it already.
func (r *reader) captionOf(n ast.Node) bool {
	if r.used[n] {
		return true
	}
	if !r.isCaption(n) {
		return false
	}
	_, ok := n.NextSibling().(*east.Table)
	return ok
}

// caption gives a table the caption before or behind it, and its number.
func (r *reader) caption(out *Table, t *east.Table) {
	n := t.PreviousSibling()
	if !r.isCaption(n) {
		if n = t.NextSibling(); !r.isCaption(n) {
			return
		}
	}
	r.used[n] = true
	text := r.inlines(n, 0)
	if first, ok := text[0].(*Text); ok {
		first.Value = strings.TrimLeft(captionMark.ReplaceAllString(first.Value, ""), " ")
	}
	given := cutID(text)
	smartenAll(text, r.doc.Lang)
	if text = r.withoutPictures(text, r.pos(n)); strings.TrimSpace(Plain(text)) == "" {
		return
	}
	r.tables++
	out.Caption, out.Number = text, r.tables
	if given == "" {
		return
	}
	out.ID = r.claimed(given, r.pos(n))
	r.names[out.ID] = r.label(r.words.Table, strconv.Itoa(out.Number))
}

// trailingID matches an ID at the end of a text.
var trailingID = regexp.MustCompile(`\s*\{#([^\s{}]{1,80})\}\s*$`)

// cutID takes {#id} off the end of a text.
func cutID(text []Inline) string {
	if len(text) == 0 {
		return ""
	}
	last, ok := text[len(text)-1].(*Text)
	if !ok {
		return ""
	}
	m := trailingID.FindStringSubmatch(last.Value)
	if m == nil {
		return ""
	}
	last.Value = strings.TrimSuffix(last.Value, m[0])
	return m[1]
}
