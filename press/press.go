// Package press sets books. This room is where a manuscript becomes pages: it
// parses Markdown into a Document, holds the themes and trim sizes, and says
// what a page is (a display list) and what an output file is. Its children do
// the craft: font shapes letters, layout breaks lines and pages, pdfout and
// epub write files.
//
// All lengths are Pt, a 1/1024 of a point in 64-bit fixed point, so that the
// same book gives the same bytes on every machine.
//
// Next: edition
package press

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Typesetter turns a document into pages. It must give the same pages for the
// same arguments, whatever the number of processors, and may be used by
// several goroutines at once. Package layout implements it.
type Typesetter interface {
	Typeset(ctx context.Context, doc *Document, opt Options) (*Pages, error)
}

// Output writes a document as one kind of file. What is written depends on
// the arguments alone: no clock, no chance. A failed Write may leave a part
// of the file in w; the caller throws it away. Several goroutines may use one
// Output at once.
type Output interface {
	Write(ctx context.Context, w io.Writer, doc *Document, opt Options) (Report, error)
}

// Options says how a document is to look. Every zero field has a default.
type Options struct {
	Theme Theme     // default: novel for fiction, nonfiction otherwise
	Trim  Trim      // page size after cutting; default: the theme's
	Date  time.Time // written into the file as its date; zero leaves it out

	Screen  bool // for reading on screens: a cover, coloured links, no blank pages, equal margins
	Bleed   Pt   // paper around the trim that pictures may reach into; at most 1 inch
	Archive bool // PDF/A-1b

	Print *Pages // the print edition, whose page numbers files without pages repeat; nil leaves them out
}

// Report tells what was written. Pages is 0 for files without pages.
type Report struct {
	Pages    int
	Words    int
	Warnings []Warning
}

// Warning is something that the author should know and that did not stop the
// press: one sentence, and where the cause is, as far as it is known.
type Warning struct {
	Detail string
	Pos    Pos    // zero when it has no place in the text
	Page   string // label of the page, "" when unknown
}

// String is the warning as one line: file, line, sentence, page.
func (w Warning) String() string {
	s := w.Detail
	if w.Page != "" {
		s += " (page " + w.Page + ")"
	}
	if at := w.Pos.String(); at != "" {
		s = at + ": " + s
	}
	return s
}

// Pos is a place in a manuscript. Lines count from 1; 0 is unknown.
type Pos struct {
	File string
	Line int
}

// String is file:line, as far as known.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	if p.File == "" {
		return fmt.Sprintf("line %d", p.Line)
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Resolve returns the options with every default filled in for the document.
func (o Options) Resolve(doc *Document) (Options, error) {
	if o.Theme.Name == "" {
		name := "novel"
		if doc.Meta.Kind == "nonfiction" {
			name = "nonfiction"
		}
		t, err := FindTheme(name)
		if err != nil {
			return o, err
		}
		o.Theme = t
	}
	if o.Trim == (Trim{}) {
		t, err := ParseTrim(o.Theme.Trim)
		if err != nil {
			return o, err
		}
		o.Trim = t
	}
	return o, nil
}
