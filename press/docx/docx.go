// Package docx writes a document as a Word file for people who go on working on
// it: every kind of text has its style, notes, contents and captions are Word's
// own, each chapter is a section with its heads. The form is WordprocessingML
// as ECMA-376 (edition 5, part 1; transitional, part 4) tells it, and element
// order follows its schemas, because Word refuses what is out of order. The
// same document gives the same bytes everywhere.
package docx

import (
	"context"
	"fmt"
	"io"

	"quire/press"
	"quire/press/html"
	"quire/problem"
)

// Output implements press.Output for Word documents (.docx, Word 2013 and
// later; LibreOffice reads them too).
//
// Chapters are Heading 1 in every book, and parts a style of their own at the
// same outline level: Word ties Heading 1 to the first level, and editors and
// other programs look for chapters there. All notes are footnotes, whatever
// the theme says, because an editor wants them beside the text. No drawn cover
// is added.
type Output struct {
	// Painter makes the dots that programs show in the place of drawings (SVG).
	// Without one a drawing is left out: its description stands in its place and
	// a warning tells.
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
		return press.Report{}, fmt.Errorf("docx: %w", err)
	}
	b := newBinder(ctx, doc, opt)
	b.painter = o.Painter
	for _, step := range b.steps() {
		if err := ctx.Err(); err != nil {
			return press.Report{}, fmt.Errorf("docx: %w", err)
		}
		step()
	}
	if err := ctx.Err(); err != nil { // a picture may have been cut short
		return press.Report{}, fmt.Errorf("docx: %w", err)
	}
	if err := archive(w, b.parts()); err != nil {
		return press.Report{}, fmt.Errorf("docx: %w", err)
	}
	return press.Report{Words: doc.Words(), Warnings: b.warnings}, nil
}

// binder is the state of one Write.
type binder struct {
	doc     *press.Document
	opt     press.Options
	painter press.Painter
	paint   func(img *press.Image, pixels int) ([]byte, error)
	words   press.Words
	look    look
	title   string // never empty
	lang    string // of the book, as Word wants it
	rtl     bool   // the book is read from right to left

	text  *part // word/document.xml
	notes *part // word/footnotes.xml
	heads []*part

	marks     bookmarks
	pictures  pictures
	lists     []start // what begins to count, from firstList on
	numbered  int     // the last chapter that Word has counted
	noteCount int
	warnings  []press.Warning
}

// newBinder prepares the binding of a document.
func newBinder(ctx context.Context, doc *press.Document, opt press.Options) *binder {
	b := &binder{doc: doc, opt: opt, words: press.WordsIn(doc.Lang), look: newLook(opt), lang: wordLanguage(doc.Lang), rtl: html.RightToLeft(doc.Lang)}
	b.title = first(doc.Meta.Title, untitled(doc.Lang))
	b.text, b.notes = newPart("document"), newPart("footnotes")
	b.marks = newBookmarks(doc)
	b.pictures = newPictures()
	b.paint = func(img *press.Image, pixels int) ([]byte, error) { return b.painter.PNG(ctx, img, pixels) }
	return b
}

// steps is the table of work, in order.
func (b *binder) steps() []func() {
	w := &writer{binder: b, part: b.text}
	steps := []func(){b.beginNotes, w.titlePage, w.imprint, w.dedication, w.contents}
	for i := range b.doc.Chapters {
		steps = append(steps, func() { w.chapter(i) })
	}
	return append(steps, w.endBody, b.endNotes)
}

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
