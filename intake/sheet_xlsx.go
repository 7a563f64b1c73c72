package intake

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// workbookRows reads the rows of a workbook's first sheet that hold something.
// Formulas count with the value that was saved with them. Nothing is unpacked
// beyond MaxUnpacked, and nothing touches a disk.
func workbookRows(name string, data []byte) (rows []row, err error) {
	defer func() {
		// A damaged workbook is the sender's to mend, even where the library
		// stumbles over it.
		if p := recover(); p != nil {
			rows, err = nil, badWorkbook(name, fmt.Errorf("panic: %v", p))
		}
	}()
	options := excelize.Options{UnzipSizeLimit: MaxUnpacked, UnzipXMLSizeLimit: MaxUnpacked, RawCellValue: true}
	f, err := excelize.OpenReader(bytes.NewReader(data), options)
	if err != nil {
		return nil, badWorkbook(name, err)
	}
	// Closing only removes temporary files, of which there are none.
	defer func() { _ = f.Close() }()
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, invalid("%s has no sheet", name).Try(columnsHint)
	}
	all, err := f.Rows(sheets[0])
	if err != nil {
		return nil, badWorkbook(name, err)
	}
	for number := 1; all.Next(); number++ {
		cells, err := all.Columns(options)
		if err != nil {
			return nil, badWorkbook(name, err)
		}
		if next := (row{number, cells}); !next.empty() {
			rows = append(rows, next)
		}
		if len(rows) > maxRows {
			return nil, tooManyRows(name)
		}
	}
	return rows, all.Error()
}

func badWorkbook(name string, err error) error {
	return invalid("%s cannot be read as an Excel workbook", name).Because(err).Try("save it again as .xlsx, or as .csv")
}
