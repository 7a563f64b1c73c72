package latex

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
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
	_ press.Bundle = Source{}
)

// read reads a manuscript of the repository.
func read(t testing.TB, dir, name string) *press.Document {
	t.Helper()
	m, warnings, err := intake.Manuscript(os.DirFS(dir), name)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	return parse(t, m)
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

// painter paints every drawing as an empty page of its size.
type painter struct{}

func (painter) PNG(context.Context, *press.Image, int) ([]byte, error) { return nil, errors.New("no") }

func (painter) PDF(_ context.Context, img *press.Image) ([]byte, error) {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	for i, object := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<<>>/Contents 4 0 R>>", img.Width, img.Height), "<</Length 0>>stream\n\nendstream"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	b.WriteString("xref\n0 5\n0000000000 65535 f \n")
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes(), nil
}

// source makes the files.
func source(t testing.TB, doc *press.Document) []press.File {
	t.Helper()
	files, _, err := Source{painter{}}.Files(t.Context(), doc, press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// compile sets a book with XeLaTeX, twice, and returns its words.
func compile(t *testing.T, doc *press.Document) string {
	t.Helper()
	dir := t.TempDir()
	if keep := os.Getenv("QUIRE_KEEP_LATEX"); keep != "" {
		dir = filepath.Join(keep, strings.ReplaceAll(t.Name(), "/", "-"))
	}
	for _, f := range source(t, doc) {
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		cmd := exec.CommandContext(t.Context(), "xelatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "book.tex")
		fonts, _ := filepath.Abs("../font/files")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "OSFONTDIR="+fonts)
		if out, err := cmd.CombinedOutput(); err != nil {
			if errors.Is(err, exec.ErrNotFound) {
				t.Fatal("xelatex is missing: run scripts/tools")
			}
			t.Fatalf("xelatex: %v\n%s", err, tail(string(out), 700))
		}
	}
	log, _ := os.ReadFile(filepath.Join(dir, "book.log"))
	for _, bad := range []string{"undefined references", "multiply defined", "Missing character"} {
		if i := strings.Index(string(log), bad); i >= 0 {
			t.Errorf("the log says: %s", string(log)[max(0, i-100):min(len(log), i+200)])
		}
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", filepath.Join(dir, "book.pdf"), "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (run scripts/tools if it is missing): %v", err)
	}
	return string(out)
}

// tail is the end of a text.
func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// bare is a text without blanks and hyphens, in small letters: what is the
// same however lines are broken.
func bare(s string) string {
	return strings.ToLower(regexp.MustCompile(`[\s\x{00ad}\x{2010}-]+`).ReplaceAllString(s, ""))
}

func TestBooksCompileWithAllTheirWords(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("make test does this; scripts/cover, which comes after it, only counts statements")
	}
	for name, doc := range map[string]*press.Document{"specimen": read(t, "../../docs/specimen", "book"), "trial": read(t, "../testdata", "press-book")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := bare(compile(t, doc))
			if name == "specimen" {
				for _, want := range []string{"Figure 1. Fibres", "Figure 8. Fans", "Table 3. Sheets", "Chapter 7"} {
					if !strings.Contains(text, bare(want)) {
						t.Errorf("the PDF does not say %s", want)
					}
				}
			}
			if regexp.MustCompile(`page\?\?|figure\?\?`).MatchString(text) {
				t.Error("a reference leads nowhere")
			}
			missing := 0
			for _, c := range doc.Chapters {
				for _, word := range strings.Fields(words(c.Blocks)) {
					if !strings.Contains(text, bare(word)) {
						missing++
						if missing < 10 {
							t.Errorf("the PDF has no %q", word)
						}
					}
				}
			}
		})
	}
}

// words are the words of the paragraphs, headings, lists and quotations.
func words(blocks []press.Block) string {
	var b strings.Builder
	for _, block := range blocks {
		switch t := block.(type) {
		case *press.Paragraph:
			b.WriteString(noMath(t.Text) + " ")
		case *press.Heading:
			b.WriteString(noMath(t.Text) + " ")
		case *press.Code:
			b.WriteString(t.Text + " ")
		case *press.Table:
			for _, row := range append([][]press.Cell{t.Head}, t.Rows...) {
				for _, c := range row {
					b.WriteString(noMath(c.Text) + " ")
				}
			}
		case *press.Figure:
			b.WriteString(noMath(t.Caption) + " ")
		}
		for _, inner := range inside(block) {
			b.WriteString(words(inner) + " ")
		}
	}
	return b.String()
}

// noMath is running text without formulas and numbers of pages.
func noMath(text []press.Inline) string {
	var b strings.Builder
	for _, in := range text {
		switch t := in.(type) {
		case *press.Math, *press.NoteRef:
		case *press.Ref:
			if !t.Page {
				b.WriteString(noMath(t.Text))
			}
		case *press.Text, *press.CodeSpan, *press.LineBreak:
			b.WriteString(press.Plain([]press.Inline{in}))
		default:
			b.WriteString(noMath(press.Inside(in)))
		}
	}
	return b.String()
}

// zoo is everything that means something to TeX, and what a villain would try.
const zoo = `\input{/etc/passwd} \write18{rm x} ^^5cinput ^^M $x$ \$ & % # _ { } ~ ^ " ' \` + "`" + ` -- --- << >> ?` + "`" + ` %% \end{document} \csname x\endcsname [ ] * \\ @ | < > \verb|x| {\bf` + " \u2028\u202e\x00\x7f"

func TestNoTextIsACommand(t *testing.T) {
	deep := strings.Repeat("> ", 9) + "deep\n\n" + "- a\n  - b\n    - c\n      - d\n        - e\n          - f\n\n            7. g\n"
	esc := strings.NewReplacer(`\`, `\\`, "$", `\$`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "|", `\|`, "#", `\#`, "~", `\~`, "^", `\^`).Replace(zoo)
	doc := parse(t, book.Manuscript{
		Meta: book.Meta{Title: zoo, Subtitle: zoo, Author: zoo, Publisher: zoo, ISBN: zoo, Imprint: []string{zoo, "[x]"}, Dedication: esc, About: esc},
		Chapters: []book.Text{
			{ID: "a", Title: zoo, Part: zoo, Numbered: true, Markdown: esc + "[^1]\n\n## " + esc + " {#h_1}\n\n[" + esc + "](https://a.example/%5Cinput{x}#_~?&a=%25) [](#h_1) [](page:h_1)\n\n" +
				"```\n" + zoo + "\n\\end{codeblock}\n```\n\n`" + strings.ReplaceAll(zoo, "`", "") + "`\n\n- [x] " + esc + "\n\n[a]\n: " + esc + "\n\n[^1]: " + esc + "\n\n    ```\n    \\end{x}\n    ```\n"},
			{ID: "b", Title: "[b]", Numbered: true, Markdown: "line\\\n[x]\\\n*y*\n\n| [a] | " + esc + " |\n|-|-|\n| * | [c]\u00a0[^2] |\n| ^^ | " + esc + " ||\n\nTable: " + esc + " {#t}\n\n![" + esc + "](gone.png)\n\n![x](x.svg)\n\n$\\input{x} \\text{" + `\%\$` + " %} #1 \\write18{x}$\n\n$$\\begin{pmatrix}[1] & 2\\\\ [3] & 4\\end{pmatrix} \\frac{a}{b}$$\n\n" + deep + "\n::: verse\n[a]\\\n* b\n:::\n\n[^2]: note in a cell\n"},
			{ID: "c", Title: strings.Repeat("long ", 60), Markdown: "שלום עולם, and العربية → ★.\n\n~~struck out~~ words\n"},
		},
		Assets: fstest.MapFS{"x.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>`)}},
	})
	text := compile(t, doc)
	for _, want := range []string{`\input{/etc/passwd}`, `\write18{rm x}`, `^^5cinput`, `\csname x\endcsname`, `\end{codeblock}`} {
		if !strings.Contains(bare(text), bare(want)) {
			t.Errorf("the PDF does not say %s", want)
		}
	}
}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	one, two := source(t, read(t, "../../docs/specimen", "book")), source(t, read(t, "../../docs/specimen", "book"))
	if diff := cmp.Diff(one, two); diff != "" {
		t.Error("two runs differ")
	}
}

func TestTheFileAloneNamesItsPictures(t *testing.T) {
	doc := read(t, "../../docs/specimen", "book")
	var b bytes.Buffer
	report, err := Output{}.Write(t.Context(), &b, doc, press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []press.Warning{{Detail: "the pictures are not in the LaTeX file; it wants beside it (a .tex.zip has them): images/image-1.jpg, images/image-2.pdf, images/image-3.pdf, 5 more"}}
	if diff := cmp.Diff(want, report.Warnings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if files := source(t, doc); string(files[0].Data) != b.String() || len(files) != 9 {
		t.Errorf("the folder's text differs from the file's, or it has %d files", len(files))
	}
}

func TestWithoutAPainterDrawingsAreLeftOut(t *testing.T) {
	_, report, err := Source{}.Files(t.Context(), read(t, "../../docs/specimen", "book"), press.Options{})
	if err != nil || len(report.Warnings) != 5 {
		t.Errorf("%v, %v", report.Warnings, err)
	}
}

func TestFailuresAreErrors(t *testing.T) {
	if _, err := (Output{}).Write(t.Context(), io.Discard, &press.Document{}, press.Options{}); !problem.Is(err, problem.Invalid) {
		t.Errorf("no chapters: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := (Source{}).Files(ctx, read(t, "../../docs/specimen", "book"), press.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	doc := read(b, "../testdata", "press-book")
	for b.Loop() {
		if _, err := (Output{}).Write(b.Context(), io.Discard, doc, press.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestPassagesInEveryLanguageCompile(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("make test does this; scripts/cover, which comes after it, only counts statements")
	}
	var text strings.Builder
	for _, lang := range slices.Sorted(maps.Keys(babelNames)) {
		fmt.Fprintf(&text, "::: {lang=%s}\nword%s\n:::\n\n", lang, lang)
	}
	for _, main := range []string{"hu", "he", "de-AT", "xx"} {
		t.Run(main, func(t *testing.T) {
			got := compile(t, parse(t, book.Manuscript{Meta: book.Meta{Title: "T", Language: main}, Chapters: []book.Text{{ID: "a", Title: "A", Numbered: true, Markdown: text.String()}}}))
			for lang := range babelNames {
				if !strings.Contains(got, "word"+lang) {
					t.Errorf("the passage in %s is missing", lang)
				}
			}
		})
	}
}
