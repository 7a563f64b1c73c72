package preview

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quire/book"
	"quire/press"
	"quire/press/font"
	"quire/press/layout"
	"quire/press/pdfout"
	"quire/problem"
)

// library opens the faces of the house.
func library(t testing.TB) *font.Library {
	t.Helper()
	lib, err := font.Open()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// trialBook is a chapter of the trial book and its options.
func trialBook(t testing.TB) (*press.Document, press.Options) {
	t.Helper()
	dir := filepath.Join("..", "testdata", "press-book")
	text, err := os.ReadFile(filepath.Join(dir, "ch01.md"))
	if err != nil {
		t.Fatal(err)
	}
	title, rest, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
	m := book.Manuscript{Meta: book.Meta{Title: "The Granary", Author: "A. N. Author", Language: "en-GB"}, Assets: os.DirFS(dir),
		Chapters: []book.Text{{ID: "c1", Title: title, Numbered: true, Markdown: rest}}}
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	return doc, press.Options{}
}

// set typesets a document.
func set(t testing.TB, lib *font.Library, doc *press.Document, opt press.Options) *press.Pages {
	t.Helper()
	pages, err := layout.New(lib).Typeset(t.Context(), doc, opt)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// TestABitmapLooksLikeThePrintedPage compares our bitmaps with those that
// poppler makes of the PDF, in grey and coarsely, so that only the look counts.
func TestABitmapLooksLikeThePrintedPage(t *testing.T) {
	lib := library(t)
	doc, opt := trialBook(t)
	pages := set(t, lib, doc, opt)
	file := filepath.Join(t.TempDir(), "book.pdf")
	var pdf bytes.Buffer
	if _, err := (&pdfout.Output{Typesetter: layout.New(lib), Fonts: lib}).Write(t.Context(), &pdf, doc, opt); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pdf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	const dpi, cell = 100, 10
	for i := range min(len(pages.List), 12) {
		page := fmt.Sprint(i + 1)
		png, err := exec.CommandContext(t.Context(), "pdftoppm", "-r", fmt.Sprint(dpi), "-f", page, "-l", page, "-png", file).Output()
		if err != nil {
			t.Fatalf("pdftoppm: %v", err)
		}
		var ours bytes.Buffer
		if err := PNG(&ours, pages, i, dpi, lib); err != nil {
			t.Fatal(err)
		}
		a, b := greys(t, png, cell), greys(t, ours.Bytes(), cell)
		if len(a) != len(b) {
			t.Fatalf("page %s: %d and %d cells", page, len(a), len(b))
		}
		worst, sum := 0, 0
		for k := range a {
			d := max(a[k]-b[k], b[k]-a[k])
			worst, sum = max(worst, d), sum+d
		}
		if mean := sum / len(a); mean > 2 || worst > 40 {
			t.Errorf("page %s differs by %d of 255 on average, by %d at most", page, mean, worst)
		}
	}
}

// greys returns the mean darkness of square cells of a bitmap.
func greys(t testing.TB, png []byte, cell int) []int {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(png))
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	cols, rows := b.Dx()/cell, b.Dy()/cell
	out := make([]int, cols*rows)
	for y := range rows * cell {
		for x := range cols * cell {
			out[y/cell*cols+x/cell] += int(color.GrayModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.Gray).Y)
		}
	}
	for i := range out {
		out[i] /= cell * cell
	}
	return out
}

func TestADrawingOfAPageNeedsNoOtherFile(t *testing.T) {
	lib := library(t)
	doc, opt := trialBook(t)
	pages := set(t, lib, doc, opt)
	for i := range min(len(pages.List), 12) {
		var first, second bytes.Buffer
		if err := errors.Join(SVG(&first, pages, i, lib), SVG(&second, pages, i, lib)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("page %d is not the same twice", i)
		}
		ids, refs := map[string]bool{}, []string{}
		for dec := xml.NewDecoder(&first); ; {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			el, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range el.Attr {
				id, inside := strings.CutPrefix(a.Value, "#")
				switch {
				case a.Name.Local == "id":
					ids[a.Value] = true
				case a.Name.Local == "href" && inside:
					refs = append(refs, id)
				case a.Name.Local == "href" && !strings.HasPrefix(a.Value, "data:image/"):
					t.Errorf("page %d refers to %s", i, a.Value)
				}
			}
		}
		if k := slices.IndexFunc(refs, func(r string) bool { return !ids[r] }); k >= 0 {
			t.Errorf("page %d has no %s", i, refs[k])
		}
	}
}

func TestPagesAndDotsThatThereAreNot(t *testing.T) {
	lib := library(t)
	pages := &press.Pages{Trim: press.Trim{Width: press.Inch, Height: press.Inch}, List: make([]press.Page, 1)}
	for name, err := range map[string]error{
		"a page after the last":   SVG(io.Discard, pages, 1, lib),
		"a page before the first": PNG(io.Discard, pages, -1, 100, lib),
		"too few dots":            PNG(io.Discard, pages, 0, 9, lib),
		"too many dots":           PNG(io.Discard, pages, 0, 601, lib),
	} {
		t.Run(name, func(t *testing.T) {
			if !problem.Is(err, problem.Invalid) {
				t.Errorf("got %v, want an invalid problem", err)
			}
		})
	}
}
