package main

import (
	"io"
	"os"
	"path/filepath"

	"quire/book"
	"quire/edition"
	"quire/intake"
	"quire/press"
)

// pressVerb typesets a manuscript.
type pressVerb struct {
	Path    string   `arg:"" help:"Markdown file, or folder with book.yaml and chapters in name order."`
	Output  []string `short:"o" sep:"none" help:"File to write; repeat for more. The ending says the kind: .pdf .epub .md" placeholder:"FILE"`
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
	m, err := s.maker()
	if err != nil {
		return err
	}
	for _, path := range v.Output {
		if _, err := m.FormatOf(path); err != nil {
			return err
		}
		if err := edition.Writable(path); err != nil {
			return err
		}
	}
	if err := notAnInput(v.Output, v.Path); err != nil {
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
	list := []written{}
	told := map[string]bool{}
	for _, w := range warnings {
		told[w] = true
		s.say("note: %s", w)
	}
	for _, path := range v.Output {
		f, err := m.FormatOf(path)
		if err != nil {
			return err
		}
		var report press.Report
		err = edition.WriteFile(path, func(w io.Writer) (err error) {
			report, err = m.Press(s.ctx, w, text, look, f)
			return err
		})
		if err != nil {
			return err
		}
		for _, w := range report.Warnings {
			if !told[w.String()] {
				s.say("note: %s", w)
			}
			told[w.String()] = true
		}
		list = append(list, written{path, report.Pages, report.Words})
	}
	return s.tellFiles(list, v.JSON)
}

// readManuscript reads a file or folder. Pictures are looked for in the folder
// and never outside of it, whatever links point there.
func readManuscript(path string) (book.Manuscript, []string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return book.Manuscript{}, nil, unreadable(filepath.Base(path), err)
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
		return book.Manuscript{}, nil, unreadable(filepath.Base(path), err)
	}
	return intake.Manuscript(root.FS(), name)
}
