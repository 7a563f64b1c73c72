package edition

import (
	"fmt"
	"strings"
)

// PreflightPage is docs/preflight.md, made of the table of checks.
func PreflightPage() string {
	var doc strings.Builder
	doc.WriteString(preflightHead)
	area := ""
	for _, c := range checks {
		name, _, _ := strings.Cut(c.name, ".")
		if name != area {
			fmt.Fprintf(&doc, "\n## %s\n\n| check | level | finds | what to do | source |\n|---|---|---|---|---|\n", areas[name])
			area = name
		}
		source := c.source
		if source == "" {
			source = "our own"
		}
		fmt.Fprintf(&doc, "| `%s` | %s | %s | %s | %s |\n", c.name, c.level, c.finds, c.hint, source)
	}
	return doc.String()
}

// areas are the headings of the page.
var areas = map[string]string{
	"metadata": "What the book says of itself", "text": "Text", "links": "Links", "pictures": "Pictures", "cover": "Cover", "pages": "Pages for print",
	"spine": "Spine", "pdf": "PDF", "epub": "EPUB",
}

const preflightHead = "# Checks before publishing\n\n" +
	"`quire preflight ID|PATH` looks over a book of the library, a manuscript, or a finished PDF or EPUB by anybody, and says what\n" +
	"stores and printers would refuse, what readers would see, and what to do about it. Nothing is written and nothing is fetched.\n\n" +
	"An **error** is what they refuse; a **warning** is what they take and readers see; **advice** is what makes the book better;\n" +
	"**ok** is what was looked at and is in order. The exit code is 1 when there are errors, else 0; `--json` prints the same for\n" +
	"programs. Equal findings are told once, with their number and the first three places.\n\n" +
	"* Of a **manuscript** or a book of the library the PDF and the EPUB are really made, in memory, and looked over with it: with\n" +
	"  `--theme`, `--trim`, `--bleed`, `--screen` and `--pdfa` as the book is to be made. With `--screen` nothing is measured for print.\n" +
	"* Of a **finished PDF** only what stands in its structure is seen: its pages are not drawn, so neither margins nor the\n" +
	"  resolution of pictures are measured.\n" +
	"* A **finished EPUB** is held to rules of our own, which find what epubcheck finds in some seventy ways to break a book (the tests\n" +
	"  compare them); they are no full validator: the order of elements and the values of attributes are looked at in part.\n" +
	"* With `--paper` the spine is measured: white, cream, colour, or grammage and bulk such as 80g/1.8.\n\n" +
	"Numbers of printers are those of Kindle Direct Publishing (KDP) unless another is named. Printers change theirs, and each has\n" +
	"its own: before an order, compare with the printer's page. This page is made from `edition/preflight_checks.go`\n" +
	"by `go test ./edition -run Documented -update`.\n"
