package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"quire/book"
	"quire/edition"
	"quire/problem"
)

// preflightVerb looks over a book before it is published.
type preflightVerb struct {
	Book string `arg:"" help:"ID of a book, a manuscript (Markdown file or folder), or a finished .epub or .pdf by anybody." placeholder:"ID|PATH"`
	looksFlags
	Paper string `help:"Paper of the printed book, to measure the spine: white, cream, colour, or grammage and bulk like 80g/1.8." placeholder:"NAME"`
	JSON  bool   `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*preflightVerb) Help() string {
	return `Looks for what stores and printers refuse and what readers would see, and says what to do about
it. Nothing is written. The exit code is 1 when there are errors. docs/preflight.md lists the checks.

Examples:
  quire preflight my-book/ --trim 6x9 --paper cream
  quire preflight bk_0123456789ab
  quire preflight novel.epub`
}

// libraryID is how IDs of books look.
var libraryID = regexp.MustCompile(`^bk_[0-9a-f]{12}$`)

// Run looks the book over and tells what was found.
func (v *preflightVerb) Run(s *session) error {
	found, err := v.look(s)
	if err != nil {
		return err
	}
	if v.JSON {
		err = s.json(found)
	} else {
		err = s.tellPreflight(found)
	}
	if err == nil && found.Errors > 0 {
		return errShown{problem.Conflict}
	}
	return err
}

// look finds out what is meant, and looks it over.
func (v *preflightVerb) look(s *session) (edition.Preflight, error) {
	_, err := os.Stat(v.Book)
	if err != nil && libraryID.MatchString(v.Book) {
		return v.lookBook(s)
	}
	m, err := s.maker()
	if err != nil {
		return edition.Preflight{}, err
	}
	if err := m.Paper(v.Paper); err != nil {
		return edition.Preflight{}, err
	}
	switch format := edition.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(v.Book)), ".")); format {
	case edition.PDF, edition.EPUB:
		return v.lookFile(m, format)
	}
	text, warnings, err := readManuscript(v.Book)
	if err != nil {
		return edition.Preflight{}, err
	}
	looks, err := v.looks(s.config.Theme, s.config.Trim)
	if err != nil {
		return edition.Preflight{}, err
	}
	return m.PreflightManuscript(s.ctx, text, warnings, looks, v.Paper)
}

// lookBook looks over a book of the library.
func (v *preflightVerb) lookBook(s *session) (edition.Preflight, error) {
	h, err := s.open()
	if err != nil {
		return edition.Preflight{}, err
	}
	defer h.close() // nothing was changed
	if err := h.maker.Paper(v.Paper); err != nil {
		return edition.Preflight{}, err
	}
	looks, err := v.looks("", "")
	if err != nil {
		return edition.Preflight{}, err
	}
	return h.maker.PreflightBook(s.ctx, book.ID(v.Book), looks, v.Paper)
}

// mostPreflight is how large a finished file may be, in bytes: more than any
// shop takes.
const mostPreflight = 700 << 20

// lookFile looks over a finished file. What it is, its first bytes must say
// before the rest is read.
func (v *preflightVerb) lookFile(m *edition.Maker, format edition.Format) (edition.Preflight, error) {
	name := filepath.Base(v.Book)
	info, err := os.Stat(v.Book)
	if err != nil {
		return edition.Preflight{}, unreadable(name, err)
	}
	switch {
	case !info.Mode().IsRegular():
		return edition.Preflight{}, problem.New(problem.Invalid, "%q is no file", name).Try("name the .%s itself", format)
	case info.Size() > mostPreflight:
		return edition.Preflight{}, problem.New(problem.Invalid, "the file %q is larger than %d MB, which no shop takes", name, mostPreflight>>20).Try("make its pictures smaller")
	}
	file, err := os.Open(v.Book)
	if err != nil {
		return edition.Preflight{}, unreadable(name, err)
	}
	defer file.Close() // it was only read
	head := make([]byte, 1024)
	n, err := io.ReadFull(file, head)
	if n > 0 && !(bytes.Contains(head[:n], []byte("%PDF-")) || bytes.HasPrefix(head, []byte("PK"))) {
		return m.PreflightFile(head[:n], format, v.Screen, "")
	}
	rest := []byte(nil)
	if err == nil {
		rest, err = io.ReadAll(file)
	}
	if err != nil && n == len(head) {
		return edition.Preflight{}, unreadable(name, err)
	}
	return m.PreflightFile(slices.Concat(head[:n], rest), format, v.Screen, v.Paper)
}

// tellPreflight prints a line for each finding, and one with the counts.
func (s *session) tellPreflight(found edition.Preflight) error {
	wide := 0
	for _, f := range found.Findings {
		wide = max(wide, len(f.Check))
	}
	for _, f := range found.Findings {
		line := f.Detail
		if len(f.Where) > 0 {
			line += " (" + strings.Join(f.Where, ", ")
			if more := f.Count - len(f.Where); more > 0 {
				line += fmt.Sprintf(" and %d more", more)
			}
			line += ")"
		}
		if f.Hint != "" {
			line += ". " + f.Hint
		}
		if err := s.print("%-7s  %-*s  %s", f.Level, wide, f.Check, line); err != nil {
			return err
		}
	}
	return s.print("%s, %s, %s", count(found.Errors, "error"), count(found.Warnings, "warning"), pieces(found.Advice))
}

// pieces counts advice, which has no plural.
func pieces(n int) string {
	if n == 1 {
		return "1 piece of advice"
	}
	return thousands(n) + " pieces of advice"
}
