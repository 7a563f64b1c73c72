package edition_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quire/blob/disk"
	"quire/book"
	"quire/edition"
	"quire/event"
	"quire/jobs"
	"quire/press"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// printed is an output that writes title and date, or fails.
type printed struct {
	fail  error
	pages int
}

func (p printed) Write(_ context.Context, w io.Writer, doc *press.Document, opt press.Options) (press.Report, error) {
	if p.fail != nil {
		return press.Report{}, p.fail
	}
	_, err := io.WriteString(w, doc.Meta.Title+" "+opt.Date.Format(time.DateOnly)+" "+opt.Theme.Name)
	return press.Report{Pages: p.pages, Words: 3, Warnings: []press.Warning{{Detail: "small print"}}}, err
}

var today = time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC)

// shelf makes a maker over a store with a bound book.
func shelf(t *testing.T, s *store.Store, b book.Book, m book.Manuscript) *edition.Maker {
	t.Helper()
	b.State, b.Stage, b.Title = book.Running, "typeset", "Salt"
	if err := s.Create(t.Context(), b, []event.Payload{event.BookCreated{}}, nil); err != nil {
		t.Fatal(err)
	}
	if m.Meta.Title != "" {
		err := s.Save(t.Context(), write.Change{Name: "test", Book: b.ID, Artefacts: []write.Artefact{{Name: "manuscript", Body: m}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	return &edition.Maker{
		Shelf: s, Bucket: disk.Bucket{Dir: t.TempDir()}, Clock: func() time.Time { return today },
		Outputs: map[edition.Format]press.Output{edition.PDF: printed{pages: 9}, edition.EPUB: printed{}, edition.Markdown: printed{}},
	}
}

// typeset does the job, as the queue would.
func typeset(t *testing.T, s *store.Store, m *edition.Maker, id book.ID) error {
	t.Helper()
	job := jobs.Job{Kind: jobs.Typeset, Book: id, Unit: jobs.UnitEdition}
	if ok, err := s.Claim(t.Context(), job, "r1", time.Minute); !ok || err != nil {
		t.Fatal(ok, err)
	}
	h := m.Typesetter()
	err := h.Work(t.Context(), job, "r1")
	if err != nil {
		if gave := h.GiveUp(t.Context(), job, "r1", err); gave != nil {
			t.Fatal(gave)
		}
	}
	return err
}

var salt = book.Manuscript{Meta: book.Meta{Title: "Salt"}, Chapters: []book.Text{{ID: "a", Title: "One", Markdown: "Text."}}}

func TestAFinishedBookHasTheFilesThatWereAskedFor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := shelf(t, s, book.Book{ID: "bk_a", Brief: book.Brief{Theme: "novel", Trim: "A5"}, Outputs: []string{"/x/a.pdf", "/y/b.PDF", "/z/c.md"}}, salt)
		if err := typeset(t, s, m, "bk_a"); err != nil {
			t.Fatal(err)
		}
		files, err := s.Editions(t.Context(), "bk_a")
		if err != nil || len(files) != 2 || files[0].Format != edition.Markdown || files[1].Pages != 9 || len(files[1].Warnings) != 1 {
			t.Errorf("editions %+v (%v)", files, err)
		}
		b, err := s.Book(t.Context(), "bk_a")
		if err != nil || b.State != book.Finished || b.Date() != "2026-05-06" {
			t.Errorf("the book is %s of %s (%v)", b.State, b.Date(), err)
		}
		path := filepath.Join(t.TempDir(), "out.pdf")
		file, err := m.Export(t.Context(), "bk_a", path, edition.Looks{})
		if text, _ := os.ReadFile(path); err != nil || string(text) != "Salt 2026-05-06 novel" || file.Pages != 9 {
			t.Errorf("exported %q, %+v (%v)", text, file, err)
		}
		m.Clock = func() time.Time { return today.AddDate(1, 0, 0) }
		if _, err := m.Export(t.Context(), "bk_a", filepath.Join(filepath.Dir(path), "late.epub"), edition.Looks{}); err != nil {
			t.Fatal(err)
		}
		if text, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "late.epub")); string(text) != "Salt 2026-05-06 novel" {
			t.Errorf("an edition made a year later says %q", text)
		}
	})
}

func TestABookWithAGapIsPartial(t *testing.T) {
	s := storetest.Open(t, filepath.Join(t.TempDir(), "quire.db"))
	gap := salt
	gap.Missing = 1
	m := shelf(t, s, book.Book{ID: "bk_a"}, gap)
	if err := typeset(t, s, m, "bk_a"); err != nil {
		t.Fatal(err)
	}
	b, err := s.Book(t.Context(), "bk_a")
	if err != nil || b.State != book.Partial || b.Reason != "1 of 1 chapters could not be written" || !strings.Contains(b.Hint, "retry bk_a") {
		t.Errorf("the book is %+v (%v)", b, err)
	}
	if files, err := s.Editions(t.Context(), "bk_a"); len(files) != 2 || err != nil {
		t.Errorf("without outputs asked for there are %v (%v), want PDF and EPUB", files, err)
	}
}

func TestABookThatCannotBeSetFailsWithItsReason(t *testing.T) {
	for name, tt := range map[string]struct {
		brief   book.Brief
		outputs []string
		output  press.Output
		text    book.Manuscript
		reason  string
	}{
		"an unknown theme":    {brief: book.Brief{Theme: "baroque"}, text: salt, reason: "baroque"},
		"an unknown trim":     {brief: book.Brief{Trim: "1x1"}, text: salt, reason: "trim"},
		"an unknown kind":     {outputs: []string{"/x/a.mobi"}, text: salt, reason: "a.mobi"},
		"no manuscript":       {reason: "no manuscript yet"},
		"a press that breaks": {text: salt, output: printed{fail: errors.New("out of ink")}, reason: "something went wrong"},
		"no chapters":         {text: book.Manuscript{Meta: book.Meta{Title: "Salt"}}, reason: "chapter"},
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t, filepath.Join(t.TempDir(), "quire.db"))
			m := shelf(t, s, book.Book{ID: "bk_a", Brief: tt.brief, Outputs: tt.outputs}, tt.text)
			if tt.output != nil {
				m.Outputs[edition.PDF] = tt.output
			}
			if err := typeset(t, s, m, "bk_a"); err == nil {
				t.Fatal("the job succeeded")
			}
			b, err := s.Book(t.Context(), "bk_a")
			if err != nil || b.State != book.Failed || !strings.Contains(b.Reason, tt.reason) || b.Hint == "" {
				t.Errorf("the book is %s: %s (%s) %v", b.State, b.Reason, b.Hint, err)
			}
			if files, _ := s.Editions(t.Context(), "bk_a"); len(files) != 0 {
				t.Errorf("kept %v", files)
			}
		})
	}
}

func TestAJobThatWasLeftOverDoesNotEndABookThatIsWrittenAgain(t *testing.T) {
	s := storetest.Open(t, filepath.Join(t.TempDir(), "quire.db"))
	m := shelf(t, s, book.Book{ID: "bk_a"}, salt)
	if err := s.Save(t.Context(), write.Change{Name: "retry", Book: "bk_a", Then: &write.Standing{State: book.Queued, Stage: "draft"}}); err != nil {
		t.Fatal(err)
	}
	if err := typeset(t, s, m, "bk_a"); err != nil {
		t.Fatal(err)
	}
	if b, err := s.Book(t.Context(), "bk_a"); err != nil || b.State != book.Queued {
		t.Errorf("the book is %s (%v), want it still queued", b.State, err)
	}
}

func TestADamagedEditionIsMadeAnew(t *testing.T) {
	s := storetest.Open(t, filepath.Join(t.TempDir(), "quire.db"))
	m := shelf(t, s, book.Book{ID: "bk_a"}, salt)
	if err := typeset(t, s, m, "bk_a"); err != nil {
		t.Fatal(err)
	}
	files, err := s.Editions(t.Context(), "bk_a")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Bucket.Delete(t.Context(), files[0].Blob); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.epub")
	if _, err := m.Export(t.Context(), "bk_a", path, edition.Looks{}); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "Salt 2026-05-06 " {
		t.Errorf("made anew: %q", text)
	}
	if err := m.Bucket.Check(t.Context(), files[0].Blob); err != nil {
		t.Errorf("the kept edition was not mended: %v", err)
	}
	if _, err := m.Export(t.Context(), "bk_none", path, edition.Looks{}); !problem.Is(err, problem.Missing) {
		t.Errorf("no book: %v", err)
	}
	if _, err := m.Export(t.Context(), "bk_a", "x.doc", edition.Looks{}); !problem.Is(err, problem.Invalid) {
		t.Errorf("no format: %v", err)
	}
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "book.pdf")
	if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := edition.WriteFile(path, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return broken
	})
	if text, _ := os.ReadFile(path); !errors.Is(err, broken) || string(text) != "before" {
		t.Errorf("after a failure the file is %q (%v)", text, err)
	}
	if err := edition.WriteFile(path, func(w io.Writer) error { _, err := io.WriteString(w, "after"); return err }); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "after" {
		t.Errorf("the file is %q", text)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	link := filepath.Join(dir, "link.pdf")
	if err := os.Symlink("book.pdf", link); err != nil {
		t.Fatal(err)
	}
	if err := edition.WriteFile(link, func(w io.Writer) error { _, err := io.WriteString(w, "linked"); return err }); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "linked" {
		t.Errorf("through a link the file became %q", text)
	}
}

func TestWhereNothingCanBeWrittenASentenceSaysSo(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"a folder":        dir,
		"no folder":       filepath.Join(dir, "none", "a.pdf"),
		"a file's folder": filepath.Join(file, "a.pdf"),
		"too long a name": filepath.Join(dir, strings.Repeat("x", 300)+".pdf"),
	} {
		err := edition.Writable(path)
		if name != "a folder" {
			if other := edition.WriteFile(path, func(io.Writer) error { return nil }); problem.Of(other).Detail != problem.Of(err).Detail {
				t.Errorf("%s: %v, but when written %v", name, err, other)
			}
		}
		if p := problem.Of(err); p == nil || p.Kind != problem.Invalid || p.Hint == "" || strings.Contains(p.Detail, dir) {
			t.Errorf("%s: %v, want a sentence without the path", name, err)
		}
	}
	if err := edition.Writable(filepath.Join(dir, "new.pdf")); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("looking left behind: %v", left)
	}
}

func TestManuscriptsAreKeptAsJSON(t *testing.T) {
	text, err := json.Marshal(salt)
	if err != nil || strings.Contains(string(text), "Assets") {
		t.Errorf("manuscript %s (%v)", text, err)
	}
}
