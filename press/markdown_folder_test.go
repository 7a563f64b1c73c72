package press_test

import (
	"bytes"
	"os"
	"path"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/intake"
	"quire/press"
	"quire/press/font"
	"quire/press/layout"
	"quire/press/pdfout"
)

var _ press.Bundle = press.MarkdownFolder{}

// folder writes a manuscript as a folder.
func folder(t *testing.T, m book.Manuscript) (fstest.MapFS, []press.Warning) {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	files, report, err := press.MarkdownFolder{}.Files(t.Context(), doc, press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range files {
		if !path.IsAbs(f.Name) && fsys[f.Name] == nil {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			continue
		}
		t.Errorf("the name %s leaves the folder or is there twice", f.Name)
	}
	return fsys, report.Warnings
}

// reread reads a folder back.
func reread(t *testing.T, fsys fstest.MapFS) book.Manuscript {
	t.Helper()
	m, warnings, err := intake.Manuscript(fsys, "book.md")
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	return m
}

// pdf sets a manuscript.
func pdf(t *testing.T, m book.Manuscript) []byte {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := font.Open()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := &pdfout.Output{Typesetter: layout.New(fonts), Fonts: fonts}
	if _, err := out.Write(t.Context(), &b, doc, press.Options{Date: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAFolderOfMarkdownGivesTheSamePagesAndTheSameFolder(t *testing.T) {
	for name, at := range map[string]string{"press-book": "testdata", "book": "../docs/specimen"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, _, err := intake.Manuscript(os.DirFS(at), name)
			if err != nil {
				t.Fatal(err)
			}
			one, warnings := folder(t, m)
			if len(warnings) > 0 {
				t.Error(warnings)
			}
			back := reread(t, one)
			if diff := cmp.Diff(m, back, sameBook); diff != "" {
				t.Errorf("the manuscript (-want +got):\n%s", diff)
			}
			if two, _ := folder(t, back); !cmp.Equal(one, two) {
				t.Error("the second folder differs from the first")
			}
			if !bytes.Equal(pdf(t, m), pdf(t, back)) {
				t.Error("the pages differ")
			}
		})
	}
}

func TestPicturesLieWhereTheTextLooksForThem(t *testing.T) {
	svg := &fstest.MapFile{Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>x</script></svg>`)}
	m := book.Manuscript{
		Meta:     book.Meta{Title: "T", Cover: "a b/c.svg"},
		Chapters: []book.Text{{ID: "c", Title: "C", Markdown: "![x](./d.svg) ![x](d.svg)\n\n![x](a%20b/c.svg)\n\n![x](../e.svg)\n\n![x](BOOK.md)"}},
		Assets:   fstest.MapFS{"a b/c.svg": svg, "d.svg": svg, "../e.svg": svg, "BOOK.md": svg},
	}
	fsys, warnings := folder(t, m)
	var names []string
	for _, name := range []string{"book.md", "a b/c.svg", "d.svg", "BOOK.md", "e.svg"} {
		if fsys[name] != nil {
			names = append(names, name)
		}
	}
	if diff := cmp.Diff([]string{"book.md", "a b/c.svg", "d.svg"}, names); diff != "" || len(fsys) != 3 {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if bytes.Contains(fsys["d.svg"].Data, []byte("script")) {
		t.Error("a drawing kept its script")
	}
	want := []press.Warning{{Detail: "the picture BOOK.md is left out: another file has its name"}}
	if diff := cmp.Diff(want, warnings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
