package edition

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"quire/book"
	"quire/press"
	"quire/problem"
)

// Preflight is what a look at a book before it is published has found: errors
// first, then warnings, advice and what is in order.
type Preflight struct {
	Findings []Finding `json:"findings"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Advice   int       `json:"advice"`
}

// Finding is one thing that was found, however often.
type Finding struct {
	Level  Level    `json:"level"`
	Check  string   `json:"check"` // a name of docs/preflight.md
	Detail string   `json:"detail"`
	Count  int      `json:"count,omitempty"` // at how many places; 0 for what is in order
	Where  []string `json:"where,omitempty"` // the first places: pages, lines, files
	Hint   string   `json:"hint,omitempty"`  // what to do about it

	last string // the place that was counted last
}

// Level is how bad a finding is.
type Level string

// The levels.
const (
	LevelError   Level = "error"   // stores or printers refuse the file
	LevelWarning Level = "warning" // they take it, and readers see it
	LevelAdvice  Level = "advice"
	LevelOK      Level = "ok"
)

// levels are all levels, the worst first.
var levels = []Level{LevelError, LevelWarning, LevelAdvice, LevelOK}

// PreflightBook looks over a book of the library. What looks leave empty is as
// the book's brief says; with a paper, the spine is measured.
func (m *Maker) PreflightBook(ctx context.Context, id book.ID, looks Looks, paper string) (Preflight, error) {
	b, err := m.Shelf.Book(ctx, id)
	if err != nil {
		return Preflight{}, err
	}
	text, err := m.manuscript(ctx, b)
	if err != nil {
		return Preflight{}, err
	}
	looks.Theme, looks.Trim = cmp.Or(looks.Theme, b.Brief.Theme), cmp.Or(looks.Trim, b.Brief.Trim)
	return m.PreflightManuscript(ctx, text, nil, looks, paper)
}

// PreflightManuscript makes the PDF and the EPUB of a manuscript in memory and
// looks over all three. Notes are what reading the manuscript told already.
func (m *Maker) PreflightManuscript(ctx context.Context, text book.Manuscript, notes []string, looks Looks, paper string) (Preflight, error) {
	looks.Date = text.Meta.Date
	look, err := Look(looks)
	if err != nil {
		return Preflight{}, err
	}
	doc, warnings, err := press.Parse(text)
	if err != nil {
		return Preflight{}, err
	}
	f := &findings{screen: look.Screen, own: true}
	for _, note := range notes {
		f.warned(press.Warning{Detail: note})
	}
	f.warnedAll(warnings)
	f.metadata(text.Meta)
	f.text(doc)
	f.cover(doc)
	f.warnedAll(doc.Illustrate(look))
	if err := m.dress(doc, look, EPUB); err != nil {
		return Preflight{}, err
	}
	pages, err := m.Pages.Typeset(ctx, doc, look)
	if err != nil {
		return Preflight{}, fmt.Errorf("find the pages: %w", err)
	}
	f.warnedAll(pages.Warnings)
	f.pages(pages)
	if err := m.spine(f, len(pages.List), paper); err != nil {
		return Preflight{}, err
	}
	for _, format := range []Format{PDF, EPUB} {
		if format == EPUB && !look.Screen {
			look.Print = pages
		}
		var out bytes.Buffer
		report, err := m.Outputs[format].Write(ctx, &out, doc, look)
		if err != nil {
			return Preflight{}, fmt.Errorf("make the %s: %w", format, err)
		}
		f.warnedAll(report.Warnings)
		if err := f.file(format, out.Bytes()); err != nil {
			return Preflight{}, err
		}
	}
	return f.result(), nil
}

// PreflightFile looks over a finished PDF or EPUB by anybody. A PDF for screens
// is not measured against what printers ask for. Data that is no such file is a
// problem.Invalid.
func (m *Maker) PreflightFile(data []byte, format Format, screen bool, paper string) (Preflight, error) {
	f := &findings{screen: screen}
	if err := f.file(format, data); err != nil {
		return Preflight{}, err
	}
	if err := m.spine(f, f.sheets, paper); err != nil {
		return Preflight{}, err
	}
	return f.result(), nil
}

// file looks over the bytes of a finished file.
func (f *findings) file(format Format, data []byte) error {
	switch format {
	case PDF:
		return f.pdf(data)
	case EPUB:
		return f.epub(data)
	default:
		return problem.New(problem.Invalid, "only PDF, EPUB and manuscripts are looked over, not .%s", format).Try("name an .epub, a .pdf, a Markdown file or a folder with a book")
	}
}

// findings collects what is found.
type findings struct {
	screen bool // the PDF is not for printers
	own    bool // manuscript and files are looked over together, so nothing is told twice
	sheets int  // pages of the foreign PDF

	list   []Finding
	place  map[string]int  // of a finding in the list, by check and detail
	kinds  map[string]int  // findings by check
	passed map[string]bool // warnings of the press that were told
}

// How many places a finding names, and how many findings of one check are told.
const (
	mostPlaces = 3
	mostOfKind = 12
)

// add notes a finding of a check at a place, which may be "". Equal ones are
// folded.
func (f *findings) add(name, where, format string, args ...any) {
	c, ok := checkNamed(name)
	if !ok {
		panic("edition: there is no check " + name) // our own mistake, and a test reads all
	}
	if f.own && c.twice {
		return
	}
	if f.place == nil {
		f.place, f.kinds = map[string]int{}, map[string]int{}
	}
	detail := clip(fmt.Sprintf(format, args...), 400)
	key := name + "\x00" + detail
	if _, known := f.place[key]; !known && f.kinds[name] >= mostOfKind {
		detail = "and more of this kind"
		key = name + "\x00" + detail
	}
	i, known := f.place[key]
	if !known {
		i = len(f.list)
		f.place[key] = i
		f.kinds[name]++
		f.list = append(f.list, Finding{Level: c.level, Check: name, Detail: detail, Hint: c.hint})
	}
	f.list[i].at(where)
}

// at counts a place: pages and lines once, whatever is found there.
func (f *Finding) at(where string) {
	if where = clip(where, 120); f.last == where && where != "" || slices.Contains(f.Where, where) {
		return
	}
	f.last = where
	f.Count++
	if where != "" && len(f.Where) < mostPlaces {
		f.Where = append(f.Where, where)
	}
}

// fine notes that a check found nothing, if it did not.
func (f *findings) fine(name, format string, args ...any) {
	if f.kinds[name] == 0 {
		f.list = append(f.list, Finding{Level: LevelOK, Check: name, Detail: fmt.Sprintf(format, args...)})
	}
}

// result sorts and counts what was found.
func (f *findings) result() Preflight {
	p := Preflight{Findings: []Finding{}}
	for _, level := range levels {
		for _, one := range f.list {
			if one.Level == level {
				p.Findings = append(p.Findings, one)
			}
		}
	}
	for _, one := range p.Findings {
		switch one.Level {
		case LevelError:
			p.Errors++
		case LevelWarning:
			p.Warnings++
		case LevelAdvice:
			p.Advice++
		}
	}
	return p
}

// clip makes a text of a foreign file fit to be shown: short, and without what
// could not be printed.
func clip(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
