// Package intake is where what a user hands in is read: an outline, a sheet, a
// premise, a brief, sources or a whole manuscript become nouns of room book, and
// passages of sources are found by what a text is about. Whatever is wrong with
// a file is said in one sentence that names its line or row and what to do;
// nothing here opens, writes or asks.
//
// Every function takes the name of what it reads for its messages: give the
// name as the user knows it, without folders.
//
// Next: write
package intake

import (
	"quire/book"
	"quire/problem"
)

// The limits of what is read. At a limit the whole file is refused with a
// sentence; nothing is cut off in silence.
const (
	MaxText       = 1 << 20  // bytes of an outline, premise or brief
	MaxSheet      = 8 << 20  // bytes of a sheet, packed if it is a workbook
	MaxUnpacked   = 64 << 20 // bytes of a workbook when unpacked
	MaxManuscript = 24 << 20 // bytes of a manuscript's text, all files together
	MaxFiles      = 2_000    // Markdown files of a manuscript's folder
	MaxTexts      = 2_000    // chapters of a manuscript
	MaxNesting    = 24       // levels of nesting inside JSON or YAML
	WordsPerPage  = 300      // what a page counts in a sheet or outline
)

// Plan is what an outline or a sheet says about a book.
type Plan struct {
	Title    string // of the book; "" if not given
	About    string // text that stands before the first chapter; "" if none
	Headings []book.Heading
	Warnings []string // what was passed over or understood freely, one sentence each
}

// chapters counts the chapters of the plan.
func (p Plan) chapters() int { return book.Brief{Outline: p.Headings}.GivenChapters() }

// check refuses a plan that is empty or larger than a book.
func (p Plan) check(name string) error {
	switch n := p.chapters(); {
	case n == 0:
		return invalid("%s has no chapters", name).Try("write one chapter title on each line, or begin titles with #, ## and ###")
	case n > book.MaxChapters:
		return invalid("%s has %d chapters; a book has at most %d", name, n, book.MaxChapters).Try("merge chapters, or make their headings sections of level 2")
	case len(p.Headings) > book.MaxHeadings:
		return invalid("%s has %d headings; at most %d are read", name, len(p.Headings), book.MaxHeadings).Try("merge some of them")
	}
	return nil
}

// invalid is a failure that the user can fix.
func invalid(detail string, args ...any) *problem.Error {
	return problem.New(problem.Invalid, detail, args...)
}
