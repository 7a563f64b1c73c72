package epub_test

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"quire/book"
	"quire/intake"
	"quire/press"
	"quire/press/epub"
	"quire/press/font"
	"quire/press/layout"
)

// dot paints every drawing as one dot.
type dot struct{ press.Painter }

func (dot) PNG(context.Context, *press.Image, int) ([]byte, error) {
	var out bytes.Buffer
	err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1)))
	return out.Bytes(), err
}

// pressed makes an EPUB with the page numbers of a print edition, and returns
// its files by name, and that edition.
func pressed(t *testing.T, m book.Manuscript) (map[string]string, *press.Pages) {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := font.Open()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := layout.New(fonts).Typeset(t.Context(), doc, press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := (epub.Output{Type: fonts, Painter: dot{}}).Write(t.Context(), &out, doc, press.Options{Print: pages}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "book.epub")
	if err := os.WriteFile(name, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	epub.Check(t, []string{name})
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(f.Name, "EPUB/")] = string(data)
	}
	return files, pages
}

var (
	pageLink = regexp.MustCompile(`<li><a href="([^"#]+)#([^"]+)">([^<]+)</a></li>`)
	tags     = regexp.MustCompile(`(?s)<math.*?</math>|<[^>]*>`)
)

func TestThePageListNamesEveryPrintedPageWhereItBegins(t *testing.T) {
	for name, dir := range map[string]string{"trial book": "../../../shared/corpus/press-book", "specimen": "../../docs/specimen/book"} {
		t.Run(name, func(t *testing.T) {
			m, _, err := intake.Manuscript(os.DirFS(dir), ".")
			if err != nil {
				t.Fatal(err)
			}
			files, pages := pressed(t, m)
			_, list, found := strings.Cut(files["nav.xhtml"], `epub:type="page-list"`)
			if !found {
				t.Fatal("there is no page list")
			}
			links := pageLink.FindAllStringSubmatch(list, -1)
			if len(links) != len(pages.List) {
				t.Fatalf("the list has %d pages, the print edition %d", len(links), len(pages.List))
			}
			right, wrong := 0, 0
			for i, l := range links {
				page := &pages.List[i]
				if l[3] != page.Label {
					t.Fatalf("page %d is listed as %s", i, l[3])
				}
				_, after, ok := strings.Cut(files[l[1]], `<span id="`+l[2]+`" epub:type="pagebreak"`)
				if !ok {
					t.Fatalf("page %s has no mark in %s", l[3], l[1])
				}
				want := epub.FirstLetters(page, 24)
				if len(want) < 24 || !strings.ContainsAny(page.Label, "123456789") {
					continue
				}
				got := epub.Letters(tags.ReplaceAllString(after[strings.IndexByte(after, '>')+1:], ""))
				if strings.Contains(got[:min(len(got), 60)], want[:9]) {
					right++
					continue
				}
				wrong++
				t.Logf("page %s begins with %q, its mark stands before %q", page.Label, want, got[:min(len(got), 40)])
			}
			if wrong > 0 || right < 25 {
				t.Errorf("%d marks stand right, %d wrong, of %d pages", right, wrong, len(links))
			}
		})
	}
}
