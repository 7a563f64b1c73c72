package layout

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quire/press"
)

// times repeats a text.
func times(n int, s string) string { return strings.Repeat(s, n) }

// many repeats a text less often under the race detector.
func many(n int, s string) string { return strings.Repeat(s, n/slower) }

// counted is a text of a format that takes the numbers from 0.
func counted(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
	}
	return b.String()
}

// hostile are texts that a typesetter could hang, fall or run off the page
// with. Those that the parser has to survive stand in package press.
var hostile = map[string]string{
	"nothing":                          "",
	"a paragraph without blanks":       many(20000, "abcdefghij"),
	"a long paragraph":                 many(20000, "lamps along "),
	"letters of two faces":             many(10000, "a\u2603"),
	"many short paragraphs":            many(3000, "One.\n\n"),
	"a long heading":                   "## " + many(2000, "word ") + "\n\n## " + many(5000, "h") + "\n\na",
	"headings only":                    times(300, "## a\n\n"),
	"a table of many columns":          times(500, "|a") + "|\n" + times(500, "|-") + "|\n" + times(500, "|b") + "|\n",
	"a table of many rows":             "|a|b|\n|-|-|\n" + many(1000, "|one|two words|\n"),
	"a large cell":                     "|a|b|\n|-|-|\n|" + many(3000, "word ") + "|" + many(3000, "w") + "|\n",
	"spans":                            times(300, "|a") + "|\n" + times(300, "|-") + "|\n|x" + times(300, "|") + "\n" + times(300, "|^^") + "|\n",
	"deep lists":                       deepList(40),
	"deep quotations":                  times(40, "> ") + "a",
	"a list in a note in a table":      "|a[^1]|\n|-|\n|b|\n\n[^1]: c\n\n    - d\n      - e\n\n    |f|\n    |-|\n    |g[^1]|\n",
	"many notes":                       counted(300, "a[^%d] ") + "\n\n" + counted(300, "[^%d]: b\n"),
	"a note of many pages":             "a[^1]\n\n[^1]: " + times(100, times(100, "word ")+"\n\n    "),
	"a note that names itself":         "a[^1]\n\n[^1]: b[^1]\n",
	"notes that name each other":       "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]\n",
	"many pictures":                    times(300, "![a](a.svg \"b\")\n\n"),
	"a high picture":                   "a\n\n![a](high.svg \"b\")\n\n> ![a](high.svg \"b\")\n\n- ![a](high.svg \"b\")\n",
	"a long caption":                   "![a](a.svg \"" + times(100, "word ") + "\")",
	"definitions of everything":        times(20, "a\n: b\n\n    - c\n\n    > d\n\n    ```go\n    e\n    ```\n\n    $$f$$\n\n    g\n    : h\n\n"),
	"a long formula":                   "$$" + many(2000, "x+") + "x$$\n\n$" + times(800, "x+") + "x$",
	"a long formula that has no signs": "$$" + times(500, "x") + "$$\n\n$" + times(500, "x") + "$",
	"a deep formula":                   "$$" + times(38, `\frac{1}{1+`) + "x" + times(38, "}") + "$$",
	"a large matrix":                   `$$\begin{matrix}` + times(60, times(59, "1&")+`1\\`) + `\end{matrix}$$`,
	"formulas in every place":          "## $x^2$\n\na[^1]\n\n|$\\frac12$|\n|-|\n|$x$|\n\nTable: $y$\n\n- $$z$$\n\n[^1]: $$w$$\n",
	"names of pages that move":         times(400, "[](page:z) ") + "\n\n::: {#z}\na\n:::\n\n[](page:nowhere) [](#nowhere)",
	"ids that are used twice":          "## a {#x}\n\n## b {#x}\n\n[](page:x) [c](#x)",
	"a pile of accents":                "a" + times(500, "\u0301"),
	"nothing but accents":              times(500, "\u0301"),
	"nothing that can be seen":         times(500, "\u200b") + "\n\n" + times(500, "\u00ad") + "\n\n" + times(500, "\u200d") + "\n\n" + times(500, "\u00a0"),
	"soft hyphens":                     many(2000, "x\u00ad"),
	"dashes":                           many(3000, "-x"),
	"scripts without a face":           "漢字 नमस्ते สวัสดี \U000f0000 😀",
	"right to left":                    times(200, "\u0645\u0631\u062d\u0628\u0627 ") + times(200, "\u05e9\u05dc\u05d5\u05dd"),
	"tabs":                             many(2000, "\t") + "x\n\n" + many(2000, "a\t"),
	"a long line of code":              "```go\n" + many(5000, "x") + "\n```\n\n```\n" + times(500, "\t") + "x\n```",
	"hard breaks":                      many(2000, "a\\\n"),
	"breaks between scenes":            times(300, "***\n\n"),
	"verse":                            "::: verse\n" + times(500, "a\\\n") + "\n:::\n",
	"divs in divs":                     times(50, "::: note\n") + "a\n" + times(50, ":::\n"),
	"an epigraph longer than a page":   "::: epigraph\n" + many(1500, "word ") + "\n:::\n\na",
}

// deepList is a list in a list, so many levels deep.
func deepList(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(times(i, "  ") + "- item\n")
	}
	return b.String()
}

// hostilePictures are the drawings that the texts show.
var hostilePictures = fstest.MapFS{
	"a.svg":    {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0H40V30z"/></svg>`)},
	"high.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 9000"><path d="M0 0H10V9000z"/></svg>`)},
}

func TestHostileTextsAreSetOnThePage(t *testing.T) {
	ts := newTypesetter(t)
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) { // a hang is ended by the test's own time limit
			pages, err := ts.Typeset(t.Context(), chapters(t, hostilePictures, text), press.Options{})
			if err != nil {
				t.Fatal(err)
			}
			onThePage(t, pages)
		})
	}
}

// onThePage wants all text within the page's height, and in its measure as far
// as it stands in one.
func onThePage(t *testing.T, pages *press.Pages) {
	t.Helper()
	for _, p := range pages.List {
		for _, op := range p.Ops {
			l, ok := op.(*press.Line)
			if !ok {
				continue
			}
			if l.Over > 0 {
				t.Errorf("page %s: a line sticks out by %d", p.Label, l.Over)
			}
			for i := range l.Runs {
				if y := l.Runs[i].Y; y < 0 || y > pages.Trim.Height {
					t.Fatalf("page %s: text at a height of %d", p.Label, y)
				}
			}
		}
	}
}

// textOf is what the pages say.
func textOf(pages *press.Pages) string {
	var b strings.Builder
	for _, p := range pages.List {
		for _, op := range p.Ops {
			if l, ok := op.(*press.Line); ok {
				for i := range l.Runs {
					for _, g := range l.Runs[i].Glyphs {
						b.WriteString(g.Text)
					}
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

func TestANoteThatOnlyANoteNamesIsSet(t *testing.T) {
	doc := chapters(t, nil, "a[^1]\n\n[^1]: first[^2]\n\n[^2]: second[^3], [^1]\n\n[^3]: third\n")
	pages := typeset(t, doc, press.Options{})
	for _, want := range []string{"first", "second", "third"} {
		if n := strings.Count(textOf(pages), want); n != 1 {
			t.Errorf("%q stands %d times", want, n)
		}
	}
}

func TestALongParagraphIsSetAsSeveralAndWhole(t *testing.T) {
	for name, text := range map[string]string{
		"words":        times(maxText/5, "lamp ") + "end",
		"no blanks":    times(maxText+10, "a"),
		"wide letters": times(maxText/2+10, "é"),
	} {
		if slower > 1 && name != "words" {
			continue // the others find no other race
		}
		t.Run(name, func(t *testing.T) {
			text += "\n\nAnother.\n"
			pages := typeset(t, chapters(t, nil, "***\n\n"+text), press.Options{})
			var lines []string
			for _, p := range pages.List {
				for _, op := range p.Ops {
					if l, ok := op.(*press.Line); ok && l.Kind == press.BodyLine {
						lines = append(lines, textOf(&press.Pages{List: []press.Page{{Ops: []press.Op{l}}}}))
					}
				}
			}
			bare := strings.NewReplacer(" ", "", "\n", "", "-", "")
			if got, want := bare.Replace(strings.Join(lines, "")), bare.Replace(text); got != want {
				t.Errorf("%d letters were set, want %d", len(got), len(want))
			}
			var warnings []string
			for _, w := range pages.Warnings {
				warnings = append(warnings, w.String())
			}
			if diff := cmp.Diff([]string{"line 3: a paragraph of more than 130,000 letters is set as several"}, warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOneTypesetterServesManyAtOnce(t *testing.T) {
	ts := newTypesetter(t)
	names := []string{"novel", "manual", "report", "childrens"}
	var want [8]string
	for i := range want {
		want[i] = textOf(set(t, newTypesetter(t), i, names))
	}
	var wait sync.WaitGroup
	for i := range want {
		wait.Go(func() {
			if got := textOf(set(t, ts, i, names)); got != want[i] {
				t.Errorf("book %d differs from the one that was set alone", i)
			}
		})
	}
	wait.Wait()
}

// set sets one of several books.
func set(t *testing.T, ts *Typesetter, i int, names []string) *press.Pages {
	doc := chapters(t, hostilePictures, fmt.Sprintf("Book %d[^1].\n\n", i)+prose(300)+"\n\n$$x^2$$\n\n[^1]: note", prose(200)+"\n\n![a](a.svg \"c\")\n")
	pages, err := ts.Typeset(t.Context(), doc, theme(t, names[i%len(names)]))
	if err != nil {
		t.Error(err)
		return &press.Pages{}
	}
	return pages
}

func TestAHugeChapterKeepsOnlySoManyParagraphsToVary(t *testing.T) {
	kept := 0
	p := &paragraph{kept: &kept}
	n := 0
	for p.keeps(mostItems) {
		n++
	}
	if n != maxKept/mostItems || kept > maxKept || (&paragraph{}).keeps(mostItems+1) {
		t.Errorf("%d paragraphs with %d items are kept", n, kept)
	}
}
