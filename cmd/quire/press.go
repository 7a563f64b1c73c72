package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"quire/book"
	"quire/edition"
	"quire/press"
	"quire/problem"
)

// pressVerb typesets a manuscript.
type pressVerb struct {
	Path    string   `arg:"" help:"Markdown file, or folder with book.yaml and chapters in name order; a .docx or .epub is read too."`
	Output  []string `short:"o" sep:"none" help:"File to write; repeat for more. The ending says the kind: ${formats}" placeholder:"FILE"`
	Preview string   `help:"Folder to write the pages into, as PNG pictures." placeholder:"DIR"`
	DPI     int      `default:"100" help:"Dots an inch of the previews, 20 to 600."`
	Pages   string   `help:"Pages to preview, by their place in the book, such as 1-12 or 7. Default: all." placeholder:"RANGE"`
	looksFlags
	JSON bool `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*pressVerb) Help() string {
	return `Examples:
  quire press novel.md -o novel.pdf -o novel.epub
  quire press my-book/ --theme nonfiction --trim A5 -o my-book.pdf
  quire press my-book/ --theme my-theme.yaml --preview pages/ --pages 1-12`
}

// Run reads the manuscript and writes each file. No home is needed.
func (v *pressVerb) Run(s *session) error {
	c, err := s.craft()
	if err != nil {
		return err
	}
	m := c.maker()
	if err := v.check(m); err != nil {
		return err
	}
	text, warnings, err := readManuscript(v.Path)
	if err != nil {
		return err
	}
	looks, err := v.looks(s.config.Theme, s.config.Trim)
	if err != nil {
		return err
	}
	looks.Date = text.Meta.Date
	look, err := edition.Look(looks)
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for _, w := range warnings {
		s.note(w, told)
	}
	list := []written{}
	printed := slices.ContainsFunc(v.Output, func(path string) bool {
		f, err := m.FormatOf(path)
		return err == nil && f == edition.PDF
	})
	for _, path := range v.Output {
		f, err := m.FormatOf(path)
		if err != nil {
			return err
		}
		var report press.Report
		err = edition.Write(path, func(w io.Writer) (err error) {
			report, err = m.Press(s.ctx, w, text, look, f, printed)
			return err
		})
		if err != nil {
			return err
		}
		for _, w := range report.Warnings {
			s.note(w.String(), told)
		}
		list = append(list, written{path, report.Pages, report.Words})
	}
	if v.Preview != "" {
		shown, err := v.preview(s, c, text, look, told)
		if err != nil {
			return err
		}
		list = append(list, shown)
	}
	return s.tellFiles(list, v.JSON)
}

// check looks over the flags before any work is done.
func (v *pressVerb) check(m *edition.Maker) error {
	if len(v.Output) == 0 && v.Preview == "" {
		return problem.New(problem.Invalid, "there is nothing to write").Try("name a file with -o, or a folder with --preview")
	}
	for _, path := range v.Output {
		if _, err := m.FormatOf(path); err != nil {
			return err
		}
		if err := edition.Writable(path); err != nil {
			return err
		}
	}
	if v.DPI < 20 || v.DPI > 600 {
		return problem.New(problem.Invalid, "previews have 20 to 600 dots an inch, not %d", v.DPI).Try("leave out --dpi for 100")
	}
	if _, _, err := pageRange(v.Pages, 1); err != nil {
		return err
	}
	return notAnInput(v.Output, v.Path)
}

// note tells a warning, once.
func (s *session) note(warning string, told map[string]bool) {
	if !told[warning] {
		s.say("note: %s", warning)
	}
	told[warning] = true
}

// preview writes pages as pictures, page-001.png and so on.
func (v *pressVerb) preview(s *session, c craft, text book.Manuscript, look press.Options, told map[string]bool) (written, error) {
	doc, warnings, err := press.Parse(text)
	if err != nil {
		return written{}, err
	}
	warnings = append(warnings, doc.Illustrate(look)...)
	pages, err := c.typesetter.Typeset(s.ctx, doc, look)
	if err != nil {
		return written{}, err
	}
	for _, w := range append(warnings, pages.Warnings...) {
		s.note(w.String(), told)
	}
	from, to, err := pageRange(v.Pages, len(pages.List))
	if err != nil {
		return written{}, err
	}
	if err := os.MkdirAll(v.Preview, 0o755); err != nil {
		return written{}, problem.New(problem.Invalid, "the folder %q cannot be made", filepath.Base(v.Preview)).Because(err).Try("name another one with --preview")
	}
	for i := from; i < to; i++ {
		if err := s.ctx.Err(); err != nil {
			return written{}, fmt.Errorf("previews: %w", err)
		}
		path := filepath.Join(v.Preview, fmt.Sprintf("page-%03d.png", i+1))
		if err := edition.WriteFile(path, func(w io.Writer) error { return c.preview(w, pages, i, v.DPI) }); err != nil {
			return written{}, err
		}
	}
	return written{v.Preview, to - from, doc.Words()}, nil
}

// pageRange reads "7", "3-9" or "" for all: pages from (from 0) up to before
// to. What lies beyond the last page is left out.
func pageRange(text string, pages int) (from, to int, err error) {
	if text == "" {
		return 0, pages, nil
	}
	first, last, ok := strings.Cut(text, "-")
	if !ok {
		last = first
	}
	a, err1 := strconv.Atoi(strings.TrimSpace(first))
	z, err2 := strconv.Atoi(strings.TrimSpace(last))
	if err1 != nil || err2 != nil || a < 1 || z < a {
		return 0, 0, problem.New(problem.Invalid, "%q is not a range of pages", text).Try("write 7 or 3-9; the first page is 1")
	}
	return min(a-1, pages), min(z, pages), nil
}

// readManuscript reads a book from a file or folder; what was left out of one
// by other programs is among the warnings.
func readManuscript(path string) (book.Manuscript, []string, error) {
	text, report, err := importPath(path)
	return text, append(report.Warnings, report.Dropped...), err
}

// openBeside opens the folder in which a file or folder lies, or that it is, and
// names it in there. Pictures are looked for in that folder and never outside of
// it, whatever links point there.
func openBeside(path string) (*os.Root, string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", unreadable(filepath.Base(path), err)
	}
	dir, name := path, "."
	if !info.IsDir() {
		dir, name = filepath.Split(path)
	}
	if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, "", unreadable(filepath.Base(path), err)
	}
	return root, name, nil
}
