package press_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quire/book"
	"quire/intake"
	"quire/press"
)

// export writes a manuscript as Markdown.
func export(t *testing.T, m book.Manuscript) (string, press.Report) {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	report, err := press.Markdown{}.Write(t.Context(), &b, doc, press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), report
}

// readBack reads an export as a user's manuscript; only sources differ.
func readBack(t *testing.T, text string) book.Manuscript {
	t.Helper()
	m, warnings, err := intake.Manuscript(fstest.MapFS{"book.md": {Data: []byte(text)}}, "book.md")
	if err != nil || len(warnings) > 0 {
		t.Fatalf("%v %q\n%s", err, warnings, text)
	}
	return m
}

// sameBook compares what manuscripts say.
var sameBook = cmp.Options{cmpopts.IgnoreFields(book.Manuscript{}, "Assets"), cmpopts.IgnoreFields(book.Text{}, "Source")}

func TestMarkdownIsReadBackAsTheSameManuscript(t *testing.T) {
	for name, m := range map[string]book.Manuscript{
		"a plain book": {
			Meta:     book.Meta{Title: "Salt"},
			Chapters: []book.Text{{ID: "ch_1", Title: "One", Numbered: true, Markdown: "Text.\n\n## Sea {#sea}\n\nBlue[^1].\n\n[^1]: Very.\n"}, {ID: "ch_2", Title: "Two", Numbered: true, Markdown: "Sand.\n"}},
		},
		"everything on the title page": {
			Meta: book.Meta{Title: `A: "b" # c`, Subtitle: "--- yes", Author: "A, B & C", Language: "en-GB", Publisher: "'P'", ISBN: "978-0-000000-00-2",
				Date: "2026", Kind: book.Nonfiction, Imprint: []string{"First: edition", "© 2026 *A*", "- x"}},
			Chapters: []book.Text{{ID: "a", Title: "T", Numbered: true, Markdown: "x\n"}},
		},
		"front and back matter": {
			Meta:     book.Meta{Title: "T", Dedication: "For *you*.\n\nAnd you.", About: "She writes: $a$.\n\n- much", Cover: "img/cover.png"},
			Chapters: []book.Text{{ID: "a", Title: "A", Numbered: true, Markdown: "Salt\n:   White.\n\n$$\na_1\n$$ {#e}\n\n|a||\n|-|-|\n|^^|b|\n\nTable: c {#t}\n\n[](page:t) ![x](y.png){width=50%}\n"}},
		},
		"parts and chapters without number": {
			Meta: book.Meta{Title: "T"},
			Chapters: []book.Text{
				{ID: "p", Title: "Before we begin", Markdown: "x\n"},
				{ID: "a", Part: "Part One: Land", Title: "Salt", Numbered: true, Markdown: "x\n"},
				{ID: "b", Part: "Sea {big} #", Title: "Introduction", Numbered: true, Markdown: "x\n"},
				{ID: "c", Title: "Chapter 9: Of course", Numbered: true, Markdown: "x\n"},
				{ID: "d", Title: "Part Two", Numbered: true, Markdown: "x\n"},
				{ID: "e", Title: "Afterword", Markdown: "x\n"},
			},
		},
		"titles full of marks": {
			Meta: book.Meta{Title: "T"},
			Chapters: []book.Text{
				{ID: "a", Title: "*Salt* & _oil_ & `x` &amp; \\ <b> [y](z) ~~no~~ # {#id} {", Numbered: true, Markdown: "x\n"},
				{ID: "b", Title: "# C# 1. - > ![a] | ::: ---", Numbered: true, Markdown: "x\n"},
				{ID: "c", Title: "1. Numbers", Numbered: true, Markdown: "x\n"},
				{ID: "d", Title: "日本 עברית 🙂", Numbered: true, Markdown: "x\n"},
			},
		},
		"one chapter called like the book": {
			Meta:     book.Meta{Title: "Salt"},
			Chapters: []book.Text{{ID: "a", Title: "Salt", Numbered: true, Markdown: "x\n\n## Sea\n\ny\n"}},
		},
		"notes of one name in two chapters": {
			Meta:     book.Meta{Title: "T"},
			Chapters: []book.Text{{ID: "a", Title: "A", Numbered: true, Markdown: "x[^1]\n\n[^1]: One.\n"}, {ID: "b", Title: "B", Numbered: true, Markdown: "y[^1]\n\n[^1]: Two.\n"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			text, _ := export(t, m)
			got := readBack(t, text)
			if diff := cmp.Diff(m, got, sameBook); diff != "" {
				t.Errorf("(-want +got):\n%s\n%s", diff, text)
			}
			if again, _ := export(t, got); again != text {
				t.Errorf("the second export differs:\n%s", cmp.Diff(text, again))
			}
		})
	}
}

func TestMarkdownKeepsTheCorpusBook(t *testing.T) {
	m, warnings, err := intake.Manuscript(os.DirFS("testdata"), "press-book")
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	text, _ := export(t, m)
	if diff := cmp.Diff(m, readBack(t, text), sameBook); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMarkdownLooksLikeThis(t *testing.T) {
	text, report := export(t, book.Manuscript{
		Meta:     book.Meta{Title: "Salt", Author: "A. N. Author", Kind: book.Fiction, Date: "2026-01-31"},
		Chapters: []book.Text{{ID: "p", Title: "Preface", Markdown: "Hello.\n"}, {ID: "s", Part: "Land", Title: "Sea", Numbered: true, Markdown: "Blue.\n"}, {ID: "e", Title: "End", Numbered: true}},
	})
	want := `---
title: Salt
author: A. N. Author
date: "2026-01-31"
kind: fiction
---

# Preface {- #p}

Hello.

# Land {.part}

# Sea {#s}

Blue.

# End {#e}
`
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if report.Words != 5 || report.Pages != 0 || len(report.Warnings) > 0 {
		t.Errorf("report: %+v", report)
	}
}

func TestMarkdownClosesWhatAChapterLeavesOpen(t *testing.T) {
	for name, body := range map[string]string{
		"code": "a\n\n```go\nx", "tildes": "~~~~\nx", "comment": "<!-- x", "script": "<script>\nx", "instruction": "<?php x", "declaration": "<!DOCTYPE x", "cdata": "<![CDATA[ x",
	} {
		t.Run(name, func(t *testing.T) {
			text, report := export(t, book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{
				{ID: "a", Title: "A", Numbered: true, Markdown: body, Source: "a.md"}, {ID: "b", Title: "B", Numbered: true, Markdown: "y"}}})
			if got := readBack(t, text); len(got.Chapters) != 2 || !strings.HasPrefix(got.Chapters[0].Markdown, body) {
				t.Errorf("chapters: %+v\n%s", got.Chapters, text)
			}
			if len(report.Warnings) != 1 || report.Warnings[0].Pos.File != "a.md" {
				t.Errorf("warnings: %v", report.Warnings)
			}
		})
	}
}

func TestMarkdownNamesThePicturesToKeep(t *testing.T) {
	svg := &fstest.MapFile{Data: []byte(`<svg viewBox="0 0 1 1"/>`)}
	_, report := export(t, book.Manuscript{
		Meta:     book.Meta{Title: "T"},
		Chapters: []book.Text{{ID: "a", Title: "A", Markdown: "![a](1.svg)\n\n![b](2.svg)\n\n![c](3.svg)\n\n![d](4.svg)\n\n![e](5.svg)"}},
		Assets:   fstest.MapFS{"1.svg": svg, "2.svg": svg, "3.svg": svg, "4.svg": svg, "5.svg": svg},
	})
	want := []press.Warning{{Detail: "the pictures are not in the Markdown file; keep beside it: 1.svg, 2.svg, 3.svg, 2 more"}}
	if diff := cmp.Diff(want, report.Warnings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMarkdownReplacesAnUnsafeID(t *testing.T) {
	text, _ := export(t, book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{ID: `1 "x"`, Title: "A", Numbered: true, Markdown: "x"}}})
	if !strings.Contains(text, "\n# A {#s-1-x}\n") {
		t.Error(text)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestMarkdownFailsInTheOpen(t *testing.T) {
	doc, _, err := press.Parse(book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (press.Markdown{}).Write(t.Context(), full{}, doc, press.Options{}); err == nil {
		t.Error("a full disk was no error")
	}
	if _, err := (press.Markdown{}).Write(t.Context(), full{}, &press.Document{}, press.Options{}); err == nil {
		t.Error("a document without source was no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (press.Markdown{}).Write(ctx, &bytes.Buffer{}, doc, press.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// FuzzMarkdownTitles proves that any title and any text without headings of
// its own comes back.
func FuzzMarkdownTitles(f *testing.F) {
	for _, s := range []string{"a", "*b* {#x}", "Chapter 3", "&#38; &amp;", `\`, "a  \tb", "# #", "![x](y)", "{", "Part One", "http://x.y", "<a@b.c>", "a\\*b", "_a_ `b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		m := book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{
			{ID: "a", Title: title, Numbered: true, Markdown: "x\n"}, {ID: "b", Title: title, Markdown: "y\n", Part: title}}}
		doc, _, err := press.Parse(m)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := (press.Markdown{}).Write(t.Context(), &b, doc, press.Options{}); err != nil {
			t.Fatal(err)
		}
		got, _, err := intake.Manuscript(fstest.MapFS{"book.md": {Data: b.Bytes()}}, "book.md")
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Chapters) != 2 {
			t.Fatalf("%d chapters from %q:\n%s", len(got.Chapters), title, b.String())
		}
		again, _, err := press.Parse(got)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range doc.Chapters {
			if c.Title != "" && c.Title != again.Chapters[i].Title {
				t.Errorf("title %q came back as %q:\n%s", c.Title, again.Chapters[i].Title, b.String())
			}
		}
	})
}
