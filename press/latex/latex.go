// Package latex writes a document as source for LaTeX, in the class memoir, for
// XeLaTeX and LuaLaTeX: for people who want to go on with the book in their own
// hands. Source has the pictures beside it, Output is the text alone. Whatever
// a manuscript says stays text: nothing in it can be a command. The same
// document gives the same bytes everywhere.
package latex

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"quire/press"
	"quire/problem"
)

// Source implements press.Bundle: book.tex, and its pictures in images. LaTeX
// knows neither SVG nor WebP: drawings are painted as PDF, WebP becomes PNG.
// Without a Painter drawings are left out with a warning.
type Source struct{ Painter press.Painter }

// Files returns the files, book.tex first. Warnings are those of these files
// alone. The error is a problem.Invalid for a document without chapters.
func (s Source) Files(ctx context.Context, doc *press.Document, opt press.Options) ([]press.File, press.Report, error) {
	m, err := newMaker(doc, opt)
	if err != nil {
		return nil, press.Report{}, err
	}
	var files []press.File
	for _, img := range doc.Images {
		data, err := s.picture(ctx, img)
		if err != nil && ctx.Err() != nil {
			return nil, press.Report{}, fmt.Errorf("latex: %w", ctx.Err())
		}
		if err != nil {
			m.warn(press.Pos{}, "the picture %s is left out: it cannot be made into one that LaTeX shows", img.Source)
			continue
		}
		m.images[img] = imageName(img)
		files = append(files, press.File{Name: imageName(img), Data: data})
	}
	text, err := m.book(ctx)
	if err != nil {
		return nil, press.Report{}, err
	}
	files = append([]press.File{{Name: "book.tex", Data: []byte(text)}}, files...)
	return files, press.Report{Words: doc.Words(), Warnings: m.warnings}, nil
}

// picture is the data of a picture as LaTeX takes it.
func (s Source) picture(ctx context.Context, img *press.Image) ([]byte, error) {
	switch {
	case img.Format == press.WebP:
		return img.AsPNG()
	case img.Format != press.SVG:
		return img.Data, nil
	case s.Painter == nil:
		return nil, problem.New(problem.Internal, "nobody paints drawings")
	}
	return s.Painter.PDF(ctx, img)
}

// imageName is where a picture lies beside the text.
func imageName(img *press.Image) string {
	ending := map[press.Format]string{press.PNG: ".png", press.WebP: ".png", press.JPEG: ".jpg", press.SVG: ".pdf"}[img.Format]
	return "images/" + img.ID + ending
}

// Output implements press.Output: book.tex alone. A warning names the pictures
// that it wants beside it.
type Output struct{}

// Write writes the file. The error is a problem.Invalid for a document without
// chapters.
func (Output) Write(ctx context.Context, w io.Writer, doc *press.Document, opt press.Options) (press.Report, error) {
	m, err := newMaker(doc, opt)
	if err != nil {
		return press.Report{}, err
	}
	var names []string
	for _, img := range doc.Images {
		m.images[img] = imageName(img)
		if len(names) < 3 {
			names = append(names, imageName(img))
		}
	}
	text, err := m.book(ctx)
	if err != nil {
		return press.Report{}, err
	}
	if n := len(doc.Images) - len(names); n > 0 {
		names = append(names, fmt.Sprintf("%d more", n))
	}
	if len(names) > 0 {
		m.warn(press.Pos{}, "the pictures are not in the LaTeX file; it wants beside it (a .tex.zip has them): %s", strings.Join(names, ", "))
	}
	if _, err := io.WriteString(w, text); err != nil {
		return press.Report{}, fmt.Errorf("latex: %w", err)
	}
	return press.Report{Words: doc.Words(), Warnings: m.warnings}, nil
}

// maker is the state of one book.
type maker struct {
	doc      *press.Document
	opt      press.Options
	words    press.Words
	title    string // never empty
	rtl      bool
	images   map[*press.Image]string // names of their files
	warnings []press.Warning

	out    strings.Builder
	at     press.Pos            // of the block in work
	depth  int                  // lists and quotations that are open
	tight  bool                 // in a box that cannot break: captions, cells
	marked map[*press.Note]bool // notes whose text is written
	held   []*press.Note        // notes whose text waits for the end of a box
	table  bool                 // inside a table
}

// newMaker prepares a book.
func newMaker(doc *press.Document, opt press.Options) (*maker, error) {
	if len(doc.Chapters) == 0 {
		return nil, problem.New(problem.Invalid, "the book has no chapters").Try("add at least one chapter")
	}
	opt, err := opt.Resolve(doc)
	if err != nil {
		return nil, fmt.Errorf("latex: %w", err)
	}
	m := &maker{doc: doc, opt: opt, words: press.WordsIn(doc.Lang), title: doc.Meta.Title, rtl: rightToLeft(doc.Lang)}
	if strings.TrimSpace(m.title) == "" {
		m.title = "—"
	}
	m.images, m.marked = map[*press.Image]string{}, map[*press.Note]bool{}
	return m, nil
}

// book writes the whole text. The preamble is written last, when it is known
// what the text needs, and stands first.
func (m *maker) book(ctx context.Context) (string, error) {
	m.line(`\begin{document}`)
	m.front()
	main := false
	for _, c := range m.doc.Chapters {
		if err := ctx.Err(); err != nil {
			return "", fmt.Errorf("latex: %w", err)
		}
		if !main && (c.Number > 0 || c.Opens != nil) {
			main = true
			m.line(`\mainmatter\bookcounters`)
		}
		m.chapter(c)
	}
	m.line(`\end{document}`)
	body := m.out.String()
	m.out = strings.Builder{}
	m.preamble(body)
	return m.out.String() + body, nil
}

// chapter writes a chapter, and the title of the part that it opens.
func (m *maker) chapter(c *press.Chapter) {
	if p := c.Opens; p != nil {
		m.line("")
		if says(p.Title, m.words.Part) {
			m.line(`\plainpart{` + escape(p.Title) + `}`)
		} else {
			m.line(`\part{` + escape(p.Title) + `}`)
		}
		m.line(`\label{` + p.ID + `}`)
	}
	title := escape(first(c.Title, m.title))
	m.line("")
	switch number := m.words.Label(m.words.Chapter, fmt.Sprint(c.Number)); {
	case c.Number == 0:
		m.line(`\plainchapter[` + head(c.Title) + `]{` + title + `}`)
	case c.Title == "" || says(c.Title, number): // the number says it all
		m.line(`\stepcounter{chapter}\plainchapter[` + head(c.Title) + `]{` + escape(first(c.Title, number)) + `}`)
	case utf8.RuneCountInString(c.Title) > maxHead:
		m.line(`\chapter[{` + title + `}][` + head(c.Title) + `]{` + title + `}`)
	default:
		m.line(`\chapter{` + title + `}`)
	}
	m.line(`\label{` + c.ID + `}`)
	m.opening(c.Blocks)
}

// maxHead is how many letters of a title fit at the head of a page.
const maxHead = 56

// head is a title in braces, as the head of a page shows it.
func head(title string) string {
	if utf8.RuneCountInString(title) > maxHead {
		cut := string([]rune(title)[:maxHead])
		if i := strings.LastIndexByte(cut, ' '); i > maxHead/2 {
			cut = cut[:i]
		}
		title = cut + " …"
	}
	return "{" + escape(title) + "}"
}

// says reports whether a title begins with some words already.
func says(title, words string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(title), strings.ToLower(words))
	return ok && words != "" && (rest == "" || strings.IndexAny(rest, " :.–—-") == 0)
}

// label marks a place for references and links.
func label(id string) string { return `\phantomsection\label{` + id + `}` }

// line writes a line of source.
func (m *maker) line(s string) { m.out.WriteString(s + "\n") }

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
