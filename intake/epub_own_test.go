package intake

import (
	"bytes"
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
	"quire/press/epub"
)

// ownBooks are the books that the house itself is tested with.
var ownBooks = map[string]string{"specimen": "../docs/specimen/book", "press-book": "../press/testdata/press-book"}

// read is a manuscript of the house.
func ownBook(t testing.TB, folder string) book.Manuscript {
	t.Helper()
	m, _, err := Manuscript(os.DirFS(folder), ".")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// document parses a manuscript.
func document(t testing.TB, m book.Manuscript) (*press.Document, []press.Warning) {
	t.Helper()
	doc, warnings, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	return doc, warnings
}

// imported imports a file of data.
func imported(t testing.TB, name string, data []byte) (book.Manuscript, Report) {
	t.Helper()
	m, report, err := Import(fstest.MapFS{name: {Data: data}}, name)
	if err != nil {
		t.Fatal(err)
	}
	return m, report
}

func TestOurEPUBComesBackAsTheSameBook(t *testing.T) {
	for name, folder := range ownBooks {
		t.Run(name, func(t *testing.T) {
			m := ownBook(t, folder)
			doc, _ := document(t, m)
			var b bytes.Buffer
			if _, err := (epub.Output{}).Write(t.Context(), &b, doc, press.Options{}); err != nil {
				t.Fatal(err)
			}
			got, report := imported(t, "book.epub", b.Bytes())
			back, warnings := document(t, got)
			if diff := cmp.Diff(docShape(doc), docShape(back)); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
			for _, w := range warnings {
				t.Errorf("press warns: %v", w)
			}
			// The kind is not in an EPUB; the words about the author are compared above.
			want := m.Meta
			want.Kind, want.About, want.Dedication = "", got.Meta.About, got.Meta.Dedication
			if diff := cmp.Diff(want, got.Meta); diff != "" {
				t.Errorf("meta (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(blockShape(doc.Dedication), blockShape(back.Dedication)); diff != "" {
				t.Errorf("dedication (-want +got):\n%s", diff)
			}
			if len(report.Warnings) > 0 || report.Chapters != len(m.Chapters) || report.Notes != notesIn(doc) {
				t.Errorf("report %+v", report)
			}
		})
	}
}

// notesIn counts the notes of a document.
func notesIn(doc *press.Document) int {
	n := 0
	for _, c := range doc.Chapters {
		n += len(c.Notes)
	}
	return n
}
