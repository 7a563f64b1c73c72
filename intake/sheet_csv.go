package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// csvRows reads the rows of a CSV text that hold something.
func csvRows(name string, data []byte) ([]row, error) {
	text, err := decode(name, data)
	if err != nil {
		return nil, err
	}
	number := 0
	if before, after, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(before), "sep=") {
		text, number = after, 1
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = comma(text)
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = r.Comma != '\t'
	var rows []row
	for done := 0; ; {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, badCSV(name, err)
		}
		// The reader passes over blank lines, a spreadsheet counts them.
		read := text[done:r.InputOffset()]
		number += 1 + len(read) - len(strings.TrimLeft(read, "\n"))
		done = int(r.InputOffset())
		if next := (row{number, cells}); !next.empty() {
			rows = append(rows, next)
		}
		if len(rows) > maxRows {
			return nil, tooManyRows(name)
		}
	}
}

// comma is the character between the cells: of comma, semicolon and tab the one
// that stands most often in the first line that holds something.
func comma(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	best := ','
	for _, r := range []rune{';', '\t'} {
		if strings.Count(first, string(r)) > strings.Count(first, string(best)) {
			best = r
		}
	}
	return best
}

func badCSV(name string, err error) error {
	var at *csv.ParseError
	if !errors.As(err, &at) {
		return invalid("%s cannot be read as CSV", name).Because(err).Try("save it again as CSV")
	}
	return invalid("line %d of %s has a stray quotation mark", at.StartLine, name).Because(err).
		Try("put the whole cell into quotation marks and write those inside it twice")
}

func tooManyRows(name string) error {
	return invalid("%s has more than %d rows", name, maxRows-1).Try("keep one row for each chapter or section")
}
