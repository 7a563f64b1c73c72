// Package edition is where a manuscript becomes a kept file. This room runs the
// typeset job, keeps the files of a book as stored bytes, and writes them where
// the maker wants them: whole, or not at all.
//
// Next: store
package edition

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"quire/blob"
	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/press"
	"quire/problem"
)

// Maker makes editions. Its fields are set before use and stay; it is safe for
// concurrent use.
type Maker struct {
	Shelf   Shelf
	Bucket  blob.Bucket
	Outputs map[Format]press.Output
	Cover   func(meta book.Meta, lang string) (*press.Image, error) // draws the front of a book that has no picture for it; nil leaves that to the outputs
	Spine   func(pages int, paper string) (press.Pt, error)         // how thick a book is; nil is not known
	Pages   press.Typesetter                                        // that of the PDF; without it, no EPUB has page numbers
	Clock   func() time.Time
}

// Shelf keeps books and what is known of their files. The store implements it.
type Shelf interface {
	// Book returns a book, or problem.Missing.
	Book(ctx context.Context, id book.ID) (book.Book, error)
	// Artefacts returns the current revisions of what lies at or below prefix.
	Artefacts(ctx context.Context, id book.ID, prefix string) (map[string]json.RawMessage, error)
	// Editions returns the kept files of a book by format, in alphabetical order.
	Editions(ctx context.Context, id book.ID) ([]File, error)
	// Pictures returns where the bytes of a book's pictures lie, by their path.
	Pictures(ctx context.Context, id book.ID) (map[string]blob.Hash, error)
	// SaveEditions records files and the book's end; problem.Conflict if the lease
	// that the change names is not held.
	SaveEditions(ctx context.Context, c Change) error
}

// File is a kept file of a book.
type File struct {
	Format   Format    `json:"format"`
	Blob     blob.Hash `json:"blob"`
	Bytes    int64     `json:"bytes"`
	Pages    int       `json:"pages"` // 0 where a format has none
	Words    int       `json:"words"`
	Warnings []string  `json:"warnings"`
	Made     time.Time `json:"made"`
}

// Change is what a typeset job does to a book, in one transaction.
type Change struct {
	Book         book.ID
	Unit, Run    string
	State        book.State
	Reason, Hint string
	At           time.Time // when the book ended, if it did not end before
	Files        []File
	Events       []event.Payload
}

// Typesetter does the jobs that make a book's files.
func (m *Maker) Typesetter() jobs.Handler { return typesetter{m} }

type typesetter struct{ *Maker }

// Work makes the files that were asked for and ends the book.
func (t typesetter) Work(ctx context.Context, job jobs.Job, run string) error {
	b, err := t.Shelf.Book(ctx, job.Book)
	if err != nil {
		return err
	}
	if b.Stage != "typeset" {
		return nil // a job that was left over: the book has gone back to be written
	}
	formats, err := t.formats(b)
	if err != nil {
		return err
	}
	text, err := t.manuscript(ctx, b)
	if err != nil {
		return err
	}
	c := Change{Book: b.ID, Unit: job.Unit, Run: run, State: book.Finished, At: t.Clock().UTC()}
	if b.Ended.IsZero() {
		b.Ended = c.At
	}
	words, pages := 0, 0
	for _, f := range formats {
		file, err := t.keep(ctx, b, text, f, slices.Contains(formats, PDF))
		if err != nil {
			return err
		}
		words, pages = file.Words, max(pages, file.Pages)
		c.Files = append(c.Files, file)
		c.Events = append(c.Events, event.EditionReady{Format: string(f), Blob: string(file.Blob), Bytes: file.Bytes, Pages: file.Pages, Words: file.Words})
	}
	if text.Missing > 0 {
		c.State = book.Partial
		c.Reason = fmt.Sprintf("%d of %d chapters could not be written", text.Missing, numbered(text))
		c.Hint = fmt.Sprintf("quire retry %s tries them again", b.ID)
	}
	c.Events = append(c.Events, event.BookFinished{Words: words, Pages: pages, Failed: text.Missing})
	return t.Shelf.SaveEditions(ctx, c)
}

// numbered is how many chapters a text has, without what stands around them; all,
// if none is numbered.
func numbered(text book.Manuscript) int {
	n := 0
	for _, c := range text.Chapters {
		if c.Numbered {
			n++
		}
	}
	if n == 0 {
		return len(text.Chapters)
	}
	return n
}

// GiveUp records that the files could not be made.
func (t typesetter) GiveUp(ctx context.Context, job jobs.Job, run string, err error) error {
	p := problem.Of(err)
	hint := p.Hint
	if hint == "" {
		hint = fmt.Sprintf("quire retry %s tries again from here", job.Book)
	}
	return t.Shelf.SaveEditions(ctx, Change{
		Book: job.Book, Unit: job.Unit, Run: run, State: book.Failed, Reason: p.Detail, Hint: hint,
		Events: []event.Payload{event.BookFailed{Stage: "typeset", Reason: p.Detail, Hint: hint}},
	})
}

// formats are those of the files that were asked for, each once.
func (m *Maker) formats(b book.Book) ([]Format, error) {
	if len(b.Outputs) == 0 {
		return usual, nil
	}
	var list []Format
	for _, path := range b.Outputs {
		f, err := m.FormatOf(path)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	return list, nil
}

// manuscript is the bound text of a book, or problem.Conflict before there is one.
func (m *Maker) manuscript(ctx context.Context, b book.Book) (book.Manuscript, error) {
	var text book.Manuscript
	found, err := m.Shelf.Artefacts(ctx, b.ID, "manuscript")
	if err != nil {
		return text, err
	}
	body, ok := found["manuscript"]
	if !ok {
		return text, problem.New(problem.Conflict, "the book %q is %s and has no manuscript yet", b.Title, b.State).
			Try("quire resume %s lets it go on", b.ID)
	}
	if err := json.Unmarshal(body, &text); err != nil {
		return text, fmt.Errorf("manuscript of book %s: %w", b.ID, err)
	}
	text.Meta.Date = b.Date()
	pictures, err := m.Shelf.Pictures(ctx, b.ID)
	text.Assets = shelved{ctx, m.Bucket, pictures}
	return text, err
}

// keep makes one file and stores its bytes. With printed it belongs to a PDF.
func (m *Maker) keep(ctx context.Context, b book.Book, text book.Manuscript, f Format, printed bool) (File, error) {
	var out bytes.Buffer
	report, err := m.render(ctx, &out, b, text, f, printed)
	if err != nil {
		return File{}, err
	}
	ref, err := m.Bucket.Put(ctx, &out)
	if err != nil {
		return File{}, err
	}
	file := File{Format: f, Blob: ref.Hash, Bytes: ref.Bytes, Pages: report.Pages, Words: report.Words, Made: m.Clock().UTC()}
	for _, w := range report.Warnings {
		file.Warnings = append(file.Warnings, w.String())
	}
	return file, nil
}

// render writes the book in the format, looking as its brief says.
func (m *Maker) render(ctx context.Context, w io.Writer, b book.Book, text book.Manuscript, f Format, printed bool) (press.Report, error) {
	text.Meta.Date = b.Date()
	look, err := Look(Looks{Theme: b.Brief.Theme, Trim: b.Brief.Trim, Date: text.Meta.Date})
	if err != nil {
		return press.Report{}, err
	}
	return m.Press(ctx, w, text, look, f, printed)
}

// Press writes any manuscript in the format. With printed, an EPUB gets the page
// numbers of the PDF that looks the same.
func (m *Maker) Press(ctx context.Context, w io.Writer, text book.Manuscript, look press.Options, f Format, printed bool) (press.Report, error) {
	doc, warnings, err := press.Parse(text)
	if err != nil {
		return press.Report{}, err
	}
	warnings = append(warnings, doc.Illustrate(look)...)
	if err := m.dress(doc, look, f); err != nil {
		return press.Report{}, err
	}
	if printed && f == EPUB && m.Pages != nil && !look.Screen {
		if look.Print, err = m.Pages.Typeset(ctx, doc, look); err != nil {
			return press.Report{}, fmt.Errorf("find the pages: %w", err)
		}
	}
	report, err := m.Outputs[f].Write(ctx, w, doc, look)
	if err != nil {
		return report, fmt.Errorf("make the %s: %w", f, err)
	}
	report.Warnings = append(warnings, report.Warnings...)
	return report, nil
}

// dress gives a document a cover, if the format shows one and the manuscript has
// none.
func (m *Maker) dress(doc *press.Document, look press.Options, f Format) error {
	shown := f == EPUB || f == HTML || f == Site || f == PDF && look.Screen
	if !shown || doc.Cover != nil || m.Cover == nil {
		return nil
	}
	img, err := m.Cover(doc.Meta, doc.Lang)
	if err != nil {
		return fmt.Errorf("draw the cover: %w", err)
	}
	img.ID, img.Source = "cover-drawn", "cover:drawn"
	doc.Cover, doc.Images = img, append(doc.Images, img)
	return nil
}

// Looks says in words how a book is to look. Every empty field means the usual
// of the book's kind.
type Looks struct {
	Theme   string // a theme's name, or a theme itself as YAML
	Trim    string // as press.ParseTrim reads it
	Date    string // YYYY-MM-DD or YYYY
	Bleed   string // as press.ParsePt reads it
	Screen  bool
	Archive bool
}

// special reports whether the look is another than that of kept editions.
func (l Looks) special() bool { return l != Looks{} }

// Look reads how a book is to look. What cannot be read is a problem.Invalid.
func Look(l Looks) (press.Options, error) {
	look := press.Options{Screen: l.Screen, Archive: l.Archive}
	var err error
	switch {
	case strings.Contains(l.Theme, "\n"):
		look.Theme, err = press.ParseTheme([]byte(l.Theme))
	case l.Theme != "":
		look.Theme, err = press.FindTheme(l.Theme)
	}
	if err != nil {
		return look, err
	}
	if l.Trim != "" {
		if look.Trim, err = press.ParseTrim(l.Trim); err != nil {
			return look, err
		}
	}
	if l.Bleed != "" {
		if look.Bleed, err = press.ParseBleed(l.Bleed); err != nil {
			return look, err
		}
	}
	if l.Screen && look.Bleed > 0 {
		return look, problem.New(problem.Invalid, "a book for screens has no bleed").Try("leave out one of --screen and --bleed")
	}
	for _, form := range []string{time.DateOnly, "2006"} {
		if at, err := time.Parse(form, l.Date); err == nil {
			look.Date = at
		}
	}
	return look, nil
}
