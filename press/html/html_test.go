package html

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/intake"
	"quire/press"
	"quire/problem"
)

var (
	_ press.Output = Output{}
	_ press.Bundle = Site{}
)

// specimen is the book that shows everything, and corpus the long one that all
// of the press is measured with.
func specimen(t testing.TB) book.Manuscript { return read(t, "../../docs/specimen", "book") }
func corpus(t testing.TB) book.Manuscript   { return read(t, "../testdata", "press-book") }

// read reads a manuscript of the repository.
func read(t testing.TB, dir, name string) book.Manuscript {
	t.Helper()
	m, warnings, err := intake.Manuscript(os.DirFS(dir), name)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	return m
}

// parse makes a document.
func parse(t testing.TB, m book.Manuscript) *press.Document {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// write makes the one file.
func write(t testing.TB, doc *press.Document) (string, press.Report) {
	t.Helper()
	var b bytes.Buffer
	report, err := Output{}.Write(t.Context(), &b, doc, press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), report
}

// site makes the folder, by name.
func site(t testing.TB, doc *press.Document) map[string]string {
	t.Helper()
	list, _, err := Site{}.Files(t.Context(), doc, press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range list {
		if _, ok := files[f.Name]; ok {
			t.Errorf("%s is there twice", f.Name)
		}
		files[f.Name] = string(f.Data)
	}
	return files
}

// chapter writes one chapter of Markdown and returns what stands below its
// title.
func chapter(t testing.TB, markdown string) string {
	t.Helper()
	page, _ := write(t, parse(t, book.Manuscript{
		Meta:     book.Meta{Title: "T"},
		Chapters: []book.Text{{ID: "one", Title: "One", Numbered: true, Markdown: markdown}},
		Assets:   fstest.MapFS{"c.svg": {Data: []byte(drawing)}},
	}))
	_, rest, _ := strings.Cut(page, `<span class="title">One</span></h2></div>`+"\n")
	body, _, _ := strings.Cut(rest, "</section>\n</main>")
	return body
}

// drawing is a picture.
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect id="r" width="30" height="20"/></svg>`

// hostile is a book that would like to be more than a book.
func hostile() book.Manuscript {
	bad := `</title></script><script>alert(1)</script>"' onload=alert(1) ]]> --> {{x}}`
	long := strings.Repeat("Überlänge ", 30)
	return book.Manuscript{
		Meta: book.Meta{Title: bad, Subtitle: bad + "\u2028", Author: bad, Publisher: bad, ISBN: bad, Date: bad, Imprint: []string{bad}, Dedication: bad, About: bad},
		Chapters: []book.Text{
			{ID: "contents", Title: bad, Part: bad, Numbered: true, Markdown: bad + "\n\n## " + bad + "\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)> [y](https://a.b/?\"><script>)[^1]\n\n[^1]: " + bad},
			{ID: "text", Title: long, Numbered: true, Markdown: "# " + long + "\n\n```\n</pre></code><script>alert(1)</script>\n```\n\n$</math><script>$ ![" + bad + "](c.svg)\n\n::: {.x\" onclick=1 #popup lang=\"x>\"}\nאבג abc\n:::\n"},
			{ID: "text", Title: "שלום", Part: "\x00\u202e", Markdown: "|<script>|\"|\n|-|-|\n|</td>||\n\nTable: </caption> {#title-text}"},
		},
		Assets: fstest.MapFS{"c.svg": {Data: []byte(drawing)}},
	}
}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	for name, m := range map[string]book.Manuscript{"specimen": specimen(t), "corpus": corpus(t), "hostile": hostile()} {
		t.Run(name, func(t *testing.T) {
			one, _ := write(t, parse(t, m))
			two, _ := write(t, parse(t, m))
			if one != two {
				t.Error("two files differ")
			}
			if diff := cmp.Diff(site(t, parse(t, m)), site(t, parse(t, m))); diff != "" {
				t.Errorf("two sites differ:\n%s", diff[:min(len(diff), 500)])
			}
		})
	}
}

func TestEveryLinkArrivesAndEveryIDIsThereOnce(t *testing.T) {
	ids, links := regexp.MustCompile(` id="([^"]*)"`), regexp.MustCompile(` (?:href|src)="([^"]*)"`)
	for name, m := range map[string]book.Manuscript{"specimen": specimen(t), "corpus": corpus(t), "hostile": hostile()} {
		doc := parse(t, m)
		one, _ := write(t, doc)
		files := site(t, doc)
		files["one.html"] = one
		for file, page := range files {
			if !strings.HasSuffix(file, ".html") {
				continue
			}
			seen := map[string]bool{}
			for _, id := range ids.FindAllStringSubmatch(page, -1) {
				if seen[id[1]] {
					t.Errorf("%s: %s has the id %s twice", name, file, id[1])
				}
				seen[id[1]] = true
			}
			for _, link := range links.FindAllStringSubmatch(page, -1) {
				to, id, _ := strings.Cut(link[1], "#")
				if strings.Contains(to, ":") {
					continue
				}
				if to == "" {
					to = file
				}
				if target, ok := files[to]; !ok || id != "" && !strings.Contains(target, ` id="`+id+`"`) {
					t.Errorf("%s: %s leads to %s, which is nowhere", name, file, link[1])
				}
			}
		}
	}
}

func TestAHostileBookStaysText(t *testing.T) {
	doc := parse(t, hostile())
	one, _ := write(t, doc)
	files := site(t, doc)
	files["one.html"] = one
	for name, page := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		scripts := strings.Count(strings.ToLower(page), "<script")
		if want := 3; scripts != want {
			t.Errorf("%s has %d scripts, want our %d", name, scripts, want)
		}
		for _, tag := range regexp.MustCompile(`<[a-z][^>]*>`).FindAllString(page, -1) {
			if regexp.MustCompile(`\s(on[a-z]+|style)=|javascript:`).MatchString(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(tag, `""`)) {
				t.Errorf("%s has the tag %s", name, tag)
			}
		}
	}
	if index := files["search-index.js"]; strings.Contains(index, "<") {
		t.Error("the search index could end its script")
	}
}

func TestFailuresAreErrors(t *testing.T) {
	doc := parse(t, specimen(t))
	if _, err := (Output{}).Write(t.Context(), io.Discard, &press.Document{}, press.Options{}); !problem.Is(err, problem.Invalid) {
		t.Errorf("no chapters: %v", err)
	}
	if _, _, err := (Site{}).Files(t.Context(), &press.Document{}, press.Options{}); !problem.Is(err, problem.Invalid) {
		t.Errorf("no chapters: %v", err)
	}
	if _, err := (Output{}).Write(t.Context(), full{}, doc, press.Options{}); err == nil {
		t.Error("a full disk is no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Output{}).Write(ctx, io.Discard, doc, press.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if _, _, err := (Site{}).Files(ctx, doc, press.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

// BenchmarkWrite reads the trial book and makes one file of it.
func BenchmarkWrite(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		doc := parse(b, corpus(b))
		if _, err := (Output{}).Write(b.Context(), io.Discard, doc, press.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
