// Package html writes a document for web browsers: Output as one file that
// needs nothing else, Site as a folder with a page a chapter and a search that
// works without a server. Both can be read without scripts, printed, and read
// in light, sepia and dark. The same document gives the same bytes everywhere.
//
// What is true of any web text (escaping, directions, addresses, formulas as
// MathML) is exported for sisters that write XHTML.
package html

import (
	"context"
	"fmt"
	"io"
	"strings"

	"quire/press"
	"quire/problem"
)

// Output implements press.Output: one HTML file with styles, script and
// pictures inside. Fonts are not: people have good ones, and the style names
// those like the theme's. A policy in the file lets no other script run and
// nothing be fetched.
type Output struct{}

// Write writes the file. Warnings are those of this file alone; Parse has told
// the rest. The error is a problem.Invalid for a document without chapters.
func (Output) Write(ctx context.Context, w io.Writer, doc *press.Document, opt press.Options) (press.Report, error) {
	m, err := newMaker(doc, opt)
	if err != nil {
		return press.Report{}, err
	}
	m.pictures(dataURI)
	body, err := m.book(ctx)
	if err != nil {
		return press.Report{}, err
	}
	page := m.onePage(body)
	if _, err := io.WriteString(w, page); err != nil {
		return press.Report{}, fmt.Errorf("html: %w", err)
	}
	return press.Report{Words: doc.Words(), Warnings: m.warnings}, nil
}

// maker is the state of one book.
type maker struct {
	doc      *press.Document
	opt      press.Options
	words    press.Words
	terms    terms
	title    string // never empty
	rtl      bool   // the book is read from right to left
	site     bool   // a page a chapter
	pages    pages
	images   map[*press.Image]string // what their src attributes say
	cover    string                  // the same of the cover
	widths   map[int64]bool          // of figures whose width the author chose
	marks    map[*press.Note]string  // ID of each note's first mark
	warnings []press.Warning
}

// newMaker prepares a book.
func newMaker(doc *press.Document, opt press.Options) (*maker, error) {
	if len(doc.Chapters) == 0 {
		return nil, problem.New(problem.Invalid, "the book has no chapters").Try("add at least one chapter")
	}
	opt, err := opt.Resolve(doc)
	if err != nil {
		return nil, fmt.Errorf("html: %w", err)
	}
	m := &maker{doc: doc, opt: opt, words: press.WordsIn(doc.Lang), terms: termsIn(doc.Lang), rtl: RightToLeft(doc.Lang)}
	m.title = first(doc.Meta.Title, m.terms.untitled)
	m.pages = namePages(doc)
	m.images, m.widths, m.marks = map[*press.Image]string{}, map[int64]bool{}, map[*press.Note]string{}
	return m, nil
}

// book writes the body of a book in one file.
func (m *maker) book(ctx context.Context) (string, error) {
	w := &writer{maker: m}
	w.line(`<main id="Text">`)
	w.out.WriteString(m.front())
	m.dedicationOn(w)
	w.out.WriteString(m.contents(2))
	for i := range m.doc.Chapters {
		if err := ctx.Err(); err != nil {
			return "", fmt.Errorf("html: %w", err)
		}
		w.chapter(i, 2)
	}
	w.out.WriteString(m.imprint())
	w.line("</main>")
	return w.out.String(), nil
}

// warn notes a warning at a place of the manuscript.
func (m *maker) warn(at press.Pos, format string, args ...any) {
	m.warnings = append(m.warnings, press.Warning{Detail: fmt.Sprintf(format, args...), Pos: at})
}

// first returns the first text that says something.
func first(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
