package layout

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"quire/book"
	"quire/press"
	"quire/press/font"
)

// corpus is the book of 50,775 words that lines and pages are measured on.
func corpus(t testing.TB) *press.Document {
	t.Helper()
	dir := filepath.Join("..", "testdata", "press-book")
	names, err := filepath.Glob(filepath.Join(dir, "ch*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("the corpus is missing: %v", err)
	}
	slices.Sort(names)
	m := book.Manuscript{Meta: book.Meta{Title: "The Granary and the Gate", Subtitle: "A Trial of Types", Author: "A. N. Author", Language: "en-GB"}, Assets: os.DirFS(dir)}
	for i, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		title, text, _ := strings.Cut(strings.TrimPrefix(string(b), "# "), "\n")
		m.Chapters = append(m.Chapters, book.Text{ID: fmt.Sprintf("c%d", i+1), Title: title, Numbered: true, Markdown: text})
	}
	return parse(t, m)
}

// parse reads a manuscript that has no mistakes in its form.
func parse(t testing.TB, m book.Manuscript) *press.Document {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// chapters makes a document of texts, one a chapter, with pictures.
func chapters(t testing.TB, files fs.FS, texts ...string) *press.Document {
	t.Helper()
	m := book.Manuscript{Meta: book.Meta{Title: "A Trial"}, Assets: files}
	for i, text := range texts {
		m.Chapters = append(m.Chapters, book.Text{Title: fmt.Sprintf("Title %d", i+1), Numbered: true, Markdown: text})
	}
	return parse(t, m)
}

// shared is one typesetter for all tests: its faces and patterns are read once.
var shared = sync.OnceValues(func() (*Typesetter, error) {
	lib, err := font.Open()
	return New(lib), err
})

// newTypesetter returns a typesetter with the built-in faces.
func newTypesetter(t testing.TB) *Typesetter {
	t.Helper()
	ts, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

// typeset sets a document.
func typeset(t testing.TB, doc *press.Document, opt press.Options) *press.Pages {
	t.Helper()
	pages, err := newTypesetter(t).Typeset(t.Context(), doc, opt)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// theme returns options with a built-in theme.
func theme(t testing.TB, name string) press.Options {
	t.Helper()
	th, err := press.FindTheme(name)
	if err != nil {
		t.Fatal(err)
	}
	return press.Options{Theme: th}
}

// lines returns the lines of a page.
func lines(p *press.Page) []*press.Line {
	var out []*press.Line
	each(p.Ops, func(op press.Op) {
		if l, ok := op.(*press.Line); ok {
			out = append(out, l)
		}
	})
	return out
}

// words returns what a line says.
func words(l *press.Line) string {
	var b strings.Builder
	for _, r := range l.Runs {
		for _, g := range r.Glyphs {
			b.WriteString(g.Text)
		}
	}
	return b.String()
}

// pageText returns what a page says, a line each.
func pageText(p *press.Page) string {
	var out []string
	for _, l := range lines(p) {
		out = append(out, words(l))
	}
	return strings.Join(out, "\n")
}

// bookText returns what all pages say.
func bookText(p *press.Pages) string {
	var out []string
	for i := range p.List {
		out = append(out, pageText(&p.List[i]))
	}
	return strings.Join(out, "\n")
}
