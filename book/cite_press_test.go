package book_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"quire/book"
	"quire/press"
	"quire/press/epub"
	"quire/press/html"
)

func TestCitationsAreNotesInEditions(t *testing.T) {
	s := tides()
	s.Title = "On *Tides* & </data>"
	one, two := s.Passages[0].ID, s.Passages[1].ID
	chapters, c := book.Cite([]book.Text{
		{ID: "ch_1", Title: "Moon", Numbered: true, Markdown: "It pulls.[^" + one + "] Again.[^" + one + "] Own.[^n] Lost.[^src_00000000.9]\n\n[^n]: My note.\n"},
		{ID: "ch_2", Title: "Sea", Numbered: true, Markdown: "It rises.[^" + two + "]\n\nAnd falls.[^" + one + "]\n"},
	}, []book.Source{s})
	doc, warnings, err := press.Parse(book.Manuscript{Meta: book.Meta{Title: "Tides", Language: "en"}, Chapters: chapters})
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	if a, b := len(doc.Chapters[0].Notes), len(doc.Chapters[1].Notes); a != 2 || b != 2 || c.Notes != 3 {
		t.Errorf("%d and %d notes, %d of them from sources", a, b, c.Notes)
	}
	var page, bound bytes.Buffer
	if _, err := (html.Output{}).Write(t.Context(), &page, doc, press.Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := (epub.Output{}).Write(t.Context(), &bound, doc, press.Options{}); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"HTML": page.String(), "EPUB": unpacked(t, bound.Bytes())} {
		if strings.Contains(text, "src_") {
			t.Errorf("%s shows a mark", name)
		}
		if n := strings.Count(text, "On *Tides* &amp; &lt;/data&gt;"); n != 3 {
			t.Errorf("%s has the title in %d notes, want 3", name, n)
		}
	}
}

// unpacked is all text of an EPUB's chapters.
func unpacked(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xhtml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil { //nolint:gosec // our own archive
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return all.String()
}
