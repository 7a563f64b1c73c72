package intake

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"quire/book"
	"quire/problem"
)

// sheetHeadings is what the good sheets of these tests say.
var sheetHeadings = []book.Heading{
	{Level: 1, Title: "Hives", Description: "Where they live", KeyPoints: []string{"wood", "straw"}, Words: 900, Notes: "short"},
	{Level: 2, Title: "Frames", Words: 750},
	{Level: 1, Title: "Honey, at last", KeyPoints: []string{"wait"}},
}

func TestSheetReadsEveryCSV(t *testing.T) {
	for name, text := range map[string]string{
		"comma":     "level,title,description,key_points,words,pages,notes\n1,Hives,Where they live,wood; straw,900,9,short\n2,Frames,,,,2.5,\n1,\"Honey, at last\",,wait,,,\n",
		"semicolon": "\uFEFFLevel;Title;Description;Key Points;Words;Pages;Notes\r\n1;Hives;Where they live;wood|straw;900;;short\r\n2;Frames;;;750;;\r\n1;Honey, at last;;wait;;;\r\n",
		"tab":       "NOTES\tKEY-POINTS\tTITLE\tLEVEL\tWORDS\tDESCRIPTION\nshort\t\"- wood\n- straw\"\tHives\t1\t900\tWhere they live\n\t\tFrames\t2\t750\n\twait\tHoney, at last\t1\n",
		"sep line":  "sep=;\nlevel;title;summary;key points;words;note\n\n1.0;Hives;Where they live;1) wood | 2) straw;\" 900 \";short\n;;;;;\n2;Frames;;;750;\n1;Honey, at last;;wait;;\n",
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Sheet("plan.csv", strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(Plan{Headings: sheetHeadings}, p); diff != "" {
				t.Errorf("plan (-want +got):\n%s", diff)
			}
		})
	}
}

// workbook makes an Excel file of rows.
func workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Other"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSheetReadsAWorkbook(t *testing.T) {
	data := workbook(t,
		[]any{"Title", "Level", "Key points", "Words", "Pages", "Description", "Notes", "Status"},
		[]any{"Hives", 1, "wood\nstraw", 900, nil, "Where they live", "short", "done"},
		nil,
		[]any{"Frames", 2, nil, nil, 2.5},
		[]any{"Honey, at last", "1", "wait"},
	)
	for _, name := range []string{"plan.xlsx", "plan"} {
		p, err := Sheet(name, bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		want := Plan{Headings: sheetHeadings, Warnings: []string{`the column "Status" of ` + name + ` is not known and was passed over`}}
		if diff := cmp.Diff(want, p); diff != "" {
			t.Errorf("plan (-want +got):\n%s", diff)
		}
	}
}

func TestSheetRefuses(t *testing.T) {
	head := "level,title,words,pages\n"
	for name, tt := range map[string]struct{ name, text, want string }{
		"empty":                {"plan.csv", "", "plan.csv is empty"},
		"blank rows":           {"plan.csv", ",,\n\n , \n", "plan.csv is empty"},
		"no rows":              {"plan.csv", head, "plan.csv has no rows below the names of its columns"},
		"no title":             {"plan.csv", "level,name\n1,a\n", "plan.csv has no column title"},
		"no level":             {"plan.csv", "title\na\n", "plan.csv has no column level"},
		"a column twice":       {"plan.csv", "level,title,Title\n1,a,b\n", "plan.csv has two columns for title"},
		"a level in words":     {"plan.csv", head + "1,a\n\n\n1,b\n,,,\nx,c\n", `row 7 of plan.csv: level is "x"`},
		"a level of four":      {"plan.csv", head + "4,a\n", `row 2 of plan.csv: level is "4"`},
		"level missing":        {"plan.csv", head + ",a\n", `row 2 of plan.csv: level is ""`},
		"a first level of two": {"plan.csv", head + "2,a\n", "row 2 of plan.csv: level is 2, but no chapter stands above it"},
		"a jump":               {"plan.csv", head + "1,a\n3,b\n", "row 3 of plan.csv: level is 3 below a row of level 1"},
		"an empty title":       {"plan.csv", head + "1,a\n1, ,5\n", "row 3 of plan.csv: title is empty"},
		"an endless title":     {"plan.csv", head + "1," + strings.Repeat("x", 301) + "\n", "row 2 of plan.csv: title is longer than 300 characters"},
		"negative words":       {"plan.csv", head + "1,a,-5\n", `row 2 of plan.csv: words is "-5"`},
		"half words":           {"plan.csv", head + "1,a,1.5\n", `row 2 of plan.csv: words is "1.5"`},
		"pages in words":       {"plan.csv", head + "1,a,,some\n", `row 2 of plan.csv: pages is "some"`},
		"too many chapters":    {"plan.csv", head + strings.Repeat("1,a\n", 401), "plan.csv has 401 chapters; a book has at most 400"},
		"too many rows":        {"plan.csv", head + strings.Repeat("1,a\n", 4100), "plan.csv has more than 4001 rows"},
		"a stray quote":        {"plan.csv", head + "1,a \"b\n", "line 2 of plan.csv has a stray quotation mark"},
		"an unclosed quote":    {"plan.csv", head + "1,\"a\n1,b\n", "line 2 of plan.csv has a stray quotation mark"},
		"binary":               {"plan.csv", "\x7fELF\x00", "plan.csv is not a text file"},
		"latin-1":              {"plan.csv", head + "1,caf\xe9\n", "plan.csv is not in the encoding UTF-8"},
		"no workbook":          {"plan.xlsx", "level,title\n", "plan.xlsx is not an Excel workbook"},
		"a broken workbook":    {"plan.xlsx", "PK\x03\x04 and nothing more", "plan.xlsx cannot be read as an Excel workbook"},
		"an old workbook":      {"plan.xls", "\xd0\xcf\x11\xe0\xa1\xb1", "plan.xls is locked with a password"},
		"a large file":         {"plan.csv", strings.Repeat("x", MaxSheet+1), "plan.csv is larger than 8 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Sheet(tt.name, strings.NewReader(tt.text))
			refuses(t, err, tt.want)
		})
	}
	many := make([][]any, 4100)
	for i := range many {
		many[i] = []any{1, "a"}
	}
	_, err := Sheet("plan.xlsx", bytes.NewReader(workbook(t, many...)))
	refuses(t, err, "plan.xlsx has more than 4001 rows")
}

func TestAWorkbookThatUnpacksTooFarIsRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		// What is claimed counts: nothing is unpacked to find out.
		if _, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: MaxUnpacked + 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := Sheet("plan.xlsx", &b)
	refuses(t, err, "plan.xlsx cannot be read as an Excel workbook")
	if cause := problem.Of(err).Cause.Error(); !strings.Contains(cause, "size") {
		t.Errorf("refused for another reason: %s", cause)
	}
}

func TestOneRowOfAWideWorkbookCostsLittle(t *testing.T) {
	f := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "title", "B1": "level", "A200000": "Hives", "B200000": 1, "XFD200000": "far"} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	p, err := Sheet("plan.xlsx", &b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("# Hives", shape(p.Headings)); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
}

func FuzzSheet(f *testing.F) {
	for _, seed := range []string{
		"level,title\n1,a\n2,b\n", "sep=;\nlevel;title;words\n1;\"a\nb\";3\n", "\uFEFFtitle\tlevel\na\t1\n", "\"level\",\"title\"\n\n\n1,\"a\"\"b\"\n",
	} {
		f.Add([]byte(seed))
	}
	f.Add(workbook(f, []any{"level", "title"}, []any{1, "a"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Sheet("plan.csv", bytes.NewReader(data))
		if err != nil {
			if hintOf(err) == "" {
				t.Errorf("%v has no hint", err)
			}
			return
		}
		if err := (book.Brief{Outline: p.Headings}).Check(); err != nil {
			t.Errorf("a sheet that was read is refused: %v", err)
		}
	})
}
