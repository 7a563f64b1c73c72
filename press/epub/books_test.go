package epub

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"quire/book"
	"quire/intake"
	"quire/press"
)

// day is the date of the books of the tests.
var day = time.Date(2026, 1, 31, 10, 20, 30, 0, time.UTC)

// bind makes an EPUB of a manuscript.
func bind(t testing.TB, m book.Manuscript, opt press.Options) ([]byte, press.Report) {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	report, err := Output{}.Write(t.Context(), &b, doc, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), report
}

// unpack returns the files of an EPUB by name, without the folder EPUB.
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
		files[strings.TrimPrefix(f.Name, folder)] = string(text)
	}
	return files
}

// chapterOf binds one chapter and returns its file and the report.
func chapterOf(t testing.TB, markdown string) (string, press.Report) {
	t.Helper()
	data, report := bind(t, book.Manuscript{
		Meta:     book.Meta{Title: "T"},
		Chapters: []book.Text{{ID: "one", Title: "One", Numbered: true, Markdown: markdown, Source: "one.md"}},
		Assets:   pictures(t),
	}, press.Options{})
	return unpack(t, data)["chapter-1.xhtml"], report
}

// body is what stands in a chapter's file below its heading.
func body(page string) string {
	_, rest, _ := strings.Cut(page, "</header>\n")
	return strings.TrimSuffix(rest, "</section>\n</body>\n</html>\n")
}

// wellFormed reads an XML text to its end and checks that IDs are unique names.
func wellFormed(text string) error {
	ids := map[string]bool{}
	dec := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		seen := map[xml.Name]bool{}
		for _, a := range start.Attr {
			if seen[a.Name] {
				return errors.New("attribute twice: " + a.Name.Local)
			}
			seen[a.Name] = true
			if a.Name.Local != "id" || a.Name.Space != "" {
				continue
			}
			if ids[a.Value] || !svgID.MatchString(a.Value) {
				return errors.New("bad or repeated id: " + a.Value)
			}
			ids[a.Value] = true
		}
	}
}

// pictures is a folder of pictures.
func pictures(t testing.TB) fs.FS {
	t.Helper()
	pic := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for x := range 320 {
		for y := range 200 {
			pic.Set(x, y, color.RGBA{uint8(x / 2), uint8(y), 120, 255})
		}
	}
	var p, j bytes.Buffer
	if err := errors.Join(png.Encode(&p, pic), jpeg.Encode(&j, pic, nil)); err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"img/a.png": {Data: p.Bytes()},
		"img/b.dat": {Data: j.Bytes()},
		"img/c.svg": {Data: []byte(drawingSVG)},
	}
}

// drawingSVG has what drawing programs write, and what no book may hold.
const drawingSVG = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ed="urn:x" viewBox="0 0 300 120" ed:version="1" data-x="y" xml:space="preserve">
<ed:view zoom="2"/><metadata><ed:about/></metadata>
<style>.a { fill: #123456 } .b { fill: url(#g) }</style><style>@import url("http://x.y/z.css");</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#135"/></linearGradient>
<symbol id="dot"><circle cx="5" cy="5" r="4"/></symbol></defs>
<rect id="9" class="b" width="300" height="60"/><rect id="g" class="a" y="60" width="300" height="60" style="fill:url(http://x.y/#g)"/>
<use xlink:href="#dot" x="10" y="10"/><use href="#dot" x="30" y="10"/>
<a xlink:href="#g"><text x="20" y="90" fill="black" font-size="20">Q1 &amp; Q2 &lt; Q3</text></a>
<circle r="5"><animate attributeName="r" to="9" dur="1s"/></circle>
</svg>`

// specimen is a book with every construct.
func specimen(t testing.TB) book.Manuscript {
	t.Helper()
	text, err := os.ReadFile("testdata/specimen.md")
	if err != nil {
		t.Fatal(err)
	}
	m, warnings, err := intake.Manuscript(fstest.MapFS{"specimen.md": {Data: text}}, "specimen.md")
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	m.Assets = pictures(t)
	return m
}

// corpus is the book that all of the press is measured with.
func corpus(t testing.TB) book.Manuscript {
	t.Helper()
	m, warnings, err := intake.Manuscript(os.DirFS("../testdata"), "press-book")
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	return m
}
