package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"testing"
	"time"

	"quire/book"
	"quire/intake"
	"quire/press"
)

// day is the date of the books of the tests.
var day = time.Date(2026, 1, 31, 10, 20, 30, 0, time.UTC)

// dots is a painter that paints every drawing as a small shaded box.
type dots struct{}

// PNG paints a box of the drawing's proportions.
func (dots) PNG(_ context.Context, img *press.Image, pixels int) ([]byte, error) {
	w := min(pixels, 60)
	h := max(w*img.Height/max(img.Width, 1), 1)
	pic := image.NewGray(image.Rect(0, 0, w, h))
	for i := range pic.Pix {
		pic.Pix[i] = uint8(160 + i%w)
	}
	pic.Set(0, 0, color.Black)
	var b bytes.Buffer
	err := png.Encode(&b, pic)
	return b.Bytes(), err
}

// PDF is never asked for.
func (dots) PDF(context.Context, *press.Image) ([]byte, error) { return nil, errors.New("no PDF") }

// parse reads a manuscript.
func parse(t testing.TB, m book.Manuscript) *press.Document {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// bind makes a Word file of a manuscript.
func bind(t testing.TB, m book.Manuscript, opt press.Options) ([]byte, press.Report) {
	t.Helper()
	var b bytes.Buffer
	report, err := Output{Painter: dots{}}.Write(t.Context(), &b, parse(t, m), opt)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), report
}

// unpack returns the files of a package by name.
func unpack(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := files[f.Name]; twice {
			t.Errorf("%s is there twice", f.Name)
		}
		files[f.Name] = string(text)
	}
	return files
}

// manuscript reads a book from a folder.
func manuscript(t testing.TB, folder, name string) book.Manuscript {
	t.Helper()
	m, warnings, err := intake.Manuscript(os.DirFS(folder), name)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	return m
}

// specimen is the book with every construct.
func specimen(t testing.TB) book.Manuscript { return manuscript(t, "../../docs/specimen", "book") }

// corpus is the book that all of the press is measured with.
func corpus(t testing.TB) book.Manuscript { return manuscript(t, "../testdata", "press-book") }
