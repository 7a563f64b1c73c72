package intake

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"quire/book"
	"quire/problem"
)

// Sheet reads a table with a row a heading, as CSV (comma, semicolon or tab) or
// as the first sheet of an Excel workbook, told apart by content. The first row
// names the columns in any order and case: level and title are required,
// description, key_points (split at line ends, semicolons or bars), words,
// pages (WordsPerPage each; words wins) and notes are optional, others are
// passed over with a warning. Failures name row and column.
func Sheet(name string, r io.Reader) (Plan, error) {
	data, err := readBytes(name, r, MaxSheet)
	if err != nil {
		return Plan{}, err
	}
	var rows []row
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		rows, err = workbookRows(name, data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		err = invalid("%s is locked with a password or in an Excel format from before 2007", name).Try("save it as .xlsx without a password, or as .csv")
	case strings.HasSuffix(strings.ToLower(name), ".xlsx"):
		err = invalid("%s is not an Excel workbook", name).Try("save it as .xlsx again, or as .csv")
	default:
		rows, err = csvRows(name, data)
	}
	if err != nil {
		return Plan{}, err
	}
	return plan(name, rows)
}

// row is a row that holds something; number is what a spreadsheet shows beside
// it.
type row struct {
	number int
	cells  []string
}

func (r row) empty() bool {
	return !slices.ContainsFunc(r.cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// maxRows is where reading ends: more rows cannot be a plan.
const maxRows = book.MaxHeadings + 2

// columns are the columns that have a meaning, in folded spelling.
var columns = map[string]string{
	"level": "level", "title": "title", "description": "description", "summary": "description",
	"keypoints": "key_points", "keypoint": "key_points", "words": "words", "pages": "pages", "notes": "notes", "note": "notes",
}

const columnsHint = "name the columns in the first row: level, title, description, key_points, words, pages, notes; only level and title are needed"

// plan reads rows, the first of which names the columns.
func plan(name string, rows []row) (Plan, error) {
	if len(rows) == 0 {
		return Plan{}, invalid("%s is empty", name).Try(columnsHint)
	}
	t := &table{name: name, at: map[string]int{}}
	if err := t.header(rows[0]); err != nil {
		return t.plan, err
	}
	for _, r := range rows[1:] {
		if err := t.row(r); err != nil {
			return t.plan, err
		}
	}
	if len(t.plan.Headings) == 0 {
		return t.plan, invalid("%s has no rows below the names of its columns", name).Try("write one row for each chapter")
	}
	return t.plan, t.plan.check(name)
}

// table is the reading of a sheet.
type table struct {
	name string
	at   map[string]int // column by name
	plan Plan
}

func (t *table) header(r row) error {
	for i, cell := range r.cells {
		column := columns[fold(cell)]
		if _, seen := t.at[column]; seen {
			return invalid("%s has two columns for %s", t.name, column).Try("keep one of them")
		}
		switch {
		case column != "":
			t.at[column] = i
		case strings.TrimSpace(cell) != "":
			t.plan.Warnings = append(t.plan.Warnings, fmt.Sprintf("the column %s of %s is not known and was passed over", quoted(cell), t.name))
		}
	}
	for _, column := range []string{"title", "level"} {
		if _, ok := t.at[column]; !ok {
			return invalid("%s has no column %s", t.name, column).Try(columnsHint)
		}
	}
	return nil
}

// cell is what a row has in a column, "" if the sheet has no such column.
func (t *table) cell(r row, column string) string {
	i, ok := t.at[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

func (t *table) row(r row) error {
	h := book.Heading{
		Title:       oneLine(t.cell(r, "title")),
		Description: oneLine(t.cell(r, "description")),
		KeyPoints:   points(t.cell(r, "key_points")),
		Notes:       t.cell(r, "notes"),
	}
	if err := t.level(r, &h); err != nil {
		return err
	}
	if h.Title == "" {
		return t.bad(r, "title is empty").Try("give the row a title, or clear it")
	}
	if len([]rune(h.Title)) > book.MaxTitle {
		return t.bad(r, "title is longer than %d characters", book.MaxTitle).Try("shorten it and put details into the description")
	}
	w, err := words(t.cell(r, "words"))
	if err != nil {
		return t.bad(r, "%v", err).Try(sizeHint)
	}
	p, err := pages(t.cell(r, "pages"))
	if err != nil {
		return t.bad(r, "%v", err).Try("write a number of pages, such as 4 or 2.5")
	}
	if h.Words = w; w == 0 {
		h.Words = p
	}
	t.plan.Headings = append(t.plan.Headings, h)
	return nil
}

// level reads the row's level, which goes at most one deeper than the row above.
func (t *table) level(r row, h *book.Heading) error {
	given := t.cell(r, "level")
	n, ok := whole(given)
	if !ok || n < 1 || n > 3 {
		return t.bad(r, "level is %s", quoted(given)).Try("use 1, 2 or 3")
	}
	before := 0
	if done := t.plan.Headings; len(done) > 0 {
		before = done[len(done)-1].Level
	}
	switch {
	case before == 0 && n > 1:
		return t.bad(r, "level is %d, but no chapter stands above it", n).Try("begin with a row of level 1")
	case n > before+1:
		return t.bad(r, "level is %d below a row of level %d", n, before).Try("use level %d, or add the row between them", before+1)
	}
	h.Level = n
	return nil
}

func (t *table) bad(r row, detail string, args ...any) *problem.Error {
	return invalid("row %d of %s: %s", r.number, t.name, fmt.Sprintf(detail, args...))
}
