package press_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"quire/book"
	"quire/press"
	"quire/press/font"
	"quire/press/layout"
)

// pageTexts is an output: it writes the running text of each page as it was
// broken into lines, with the size of its type.
type pageTexts struct{ Typesetter press.Typesetter }

// Write sets the document and writes the text of its pages.
func (o pageTexts) Write(ctx context.Context, w io.Writer, doc *press.Document, opt press.Options) (press.Report, error) {
	pages, err := o.Typesetter.Typeset(ctx, doc, opt)
	if err != nil {
		return press.Report{}, err
	}
	for _, page := range pages.List {
		text := said(page.Ops)
		if text == "" {
			continue
		}
		if _, err := fmt.Fprintf(w, "page %s\n%s", page.Label, text); err != nil {
			return press.Report{}, fmt.Errorf("page %s: %w", page.Label, err)
		}
	}
	return press.Report{Pages: len(pages.List), Words: doc.Words(), Warnings: pages.Warnings}, nil
}

// said returns the lines of running text among ops; paths and pictures say
// nothing, and heads, notes and tables are lines of other kinds.
func said(ops []press.Op) string {
	var b strings.Builder
	for _, op := range ops {
		switch t := op.(type) {
		case *press.Group:
			b.WriteString(said(t.Ops))
		case *press.Line:
			if t.Kind != press.BodyLine {
				continue
			}
			var words strings.Builder
			for _, run := range t.Runs {
				words.WriteString(spoken(run))
			}
			fmt.Fprintf(&b, "%s pt: %s\n", t.Em, strings.TrimSpace(words.String()))
		}
	}
	return b.String()
}

// spoken is what a run stands for: what it says itself, or its letters.
func spoken(run press.Run) string {
	switch run.Actual {
	case "":
	case press.Silent:
		return ""
	default:
		return run.Actual
	}
	var b strings.Builder
	for _, g := range run.Glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

// A new kind of file needs a type with one method.
func ExampleOutput() {
	doc, warnings, err := press.Parse(book.Manuscript{
		Meta:     book.Meta{Title: "Salt", Author: "A. Miller"},
		Chapters: []book.Text{{ID: "one", Title: "The mill", Numbered: true, Markdown: "The mill had stood by the river -- \"mine\", she said -- for longer than its wheel could tell.\n"}},
	})
	if err != nil || len(warnings) > 0 {
		fmt.Println(err, warnings)
		return
	}
	fonts, err := font.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	theme, err := press.ParseTheme([]byte("name: pocket\nbased_on: modern\ntrim: 4x6\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var kind press.Output = pageTexts{layout.New(fonts)}
	report, err := kind.Write(context.Background(), os.Stdout, doc, press.Options{Theme: theme})
	fmt.Println(report.Words, "words", err)
	// Output:
	// page 1
	// 9.75 pt: The mill had stood by the river – “mine”, she said
	// 9.75 pt: – for longer than its wheel could tell.
	// 19 words <nil>
}
