// Package epub writes a document as an EPUB 3 book that reflows on every
// screen: one XHTML file a chapter, contents and landmarks, notes that open in
// place, pictures, a cover and metadata for readers who listen. The same
// document gives the same bytes everywhere.
package epub

import (
	"context"
	"fmt"
	"io"

	"golang.org/x/sync/errgroup"

	"quire/press"
	"quire/press/html"
	"quire/problem"
)

// Output implements press.Output for EPUB 3 (checked against EPUB 3.2).
//
// The identifier is the ISBN if its check digit is right, else a UUID made of
// words and pictures, so that a book keeps it under another date, and in
// another style sheet. The date is Options.Date, else the manuscript's; a book
// without either says that it was changed on 2000-01-01, because the standard
// demands a moment.
//
// With Type, the theme's faces for text and headings are embedded, cut to the
// characters of the book; without, readers' own faces stand in. With Painter,
// every drawing has a bitmap beside it for reading systems that cannot show
// SVG. Options.Print gives the book the page numbers of its print edition.
type Output struct {
	Type    press.TypeCase
	Painter press.Painter
}

// Write writes the book. Warnings are those of this file alone; Parse has told
// the rest. The error is a problem.Invalid for a document without chapters.
func (o Output) Write(ctx context.Context, w io.Writer, doc *press.Document, opt press.Options) (press.Report, error) {
	if len(doc.Chapters) == 0 {
		return press.Report{}, problem.New(problem.Invalid, "the book has no chapters").Try("add at least one chapter")
	}
	opt, err := opt.Resolve(doc)
	if err != nil {
		return press.Report{}, fmt.Errorf("epub: %w", err)
	}
	b := newBinder(ctx, o, doc, opt)
	for _, step := range b.steps() {
		if err := ctx.Err(); err != nil {
			return press.Report{}, fmt.Errorf("epub: %w", err)
		}
		step()
	}
	if b.err != nil {
		return press.Report{}, fmt.Errorf("epub: %w", b.err)
	}
	if err := archive(w, b.files); err != nil {
		return press.Report{}, fmt.Errorf("epub: %w", err)
	}
	return press.Report{Words: doc.Words(), Warnings: b.warnings}, nil
}

// file is one file of the book. Property is the manifest's; linear files are
// read one after the other, in the order in which they were added.
type file struct {
	id, name, media, property string
	linear                    bool
	data                      []byte
}

// The media types of the book's files.
const (
	typeXHTML = "application/xhtml+xml"
	typeCSS   = "text/css"
	typeNCX   = "application/x-dtbncx+xml"
	typeSVG   = "image/svg+xml"
	typePNG   = "image/png"
	typeFont  = "font/ttf"
)

// binder is the state of one Write.
type binder struct {
	Output
	ctx     context.Context // of the Write
	err     error
	doc     *press.Document
	opt     press.Options
	words   press.Words
	terms   terms
	title   string // never empty
	id      string // the book's identifier
	rtl     bool   // the book is read from right to left
	files   []file
	names   names
	images  map[*press.Image]string // names of their files
	bitmaps map[*press.Image]string // likewise, of what stands in for drawings
	alts    altCount

	painters  errgroup.Group
	paintings []*painting

	warnings []press.Warning
}

// newBinder prepares the binding of a document.
func newBinder(ctx context.Context, o Output, doc *press.Document, opt press.Options) *binder {
	b := &binder{Output: o, ctx: ctx, doc: doc, opt: opt, words: press.WordsIn(doc.Lang), terms: termsIn(doc.Lang), rtl: html.RightToLeft(doc.Lang)}
	b.title = first(doc.Meta.Title, b.terms.untitled)
	b.names = nameFiles(doc)
	b.images, b.bitmaps = map[*press.Image]string{}, map[*press.Image]string{}
	return b
}

// steps is the table of work, in order: pictures first, because chapters ask
// for their names; the package file last, because it lists all others. The
// identifier comes before what may differ between two files of one book.
func (b *binder) steps() []func() {
	steps := []func(){b.pictures, b.cover, b.titlePage, b.imprint, b.dedication, b.contents}
	for i := range b.doc.Chapters {
		steps = append(steps, func() { b.chapter(i) })
	}
	return append(steps, b.hang, b.identify, b.pageList, b.stylesheet, b.packageFile)
}

// add puts a file into the book.
func (b *binder) add(f file) { b.files = append(b.files, f) }

// warn notes a warning at a place of the manuscript.
func (b *binder) warn(at press.Pos, format string, args ...any) {
	b.warnings = append(b.warnings, press.Warning{Detail: fmt.Sprintf(format, args...), Pos: at})
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
