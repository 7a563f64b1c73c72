package html

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

func TestBlocksBecomeTheirElements(t *testing.T) {
	for name, tt := range map[string]struct{ markdown, want string }{
		"text and emphasis": {"a *b* **c** ~~d~~ `e<f` & g", `<p class="first">a <em>b</em> <strong>c</strong> <s>d</s> <code>e&lt;f</code> &amp; g</p>`},
		"a link outward":    {"[x](https://a.example/ü)", `<p class="first"><a href="https://a.example/%C3%BC" rel="noopener">x</a></p>`},
		"a link inward":     {"## A {#a}\n\n[](#a) [b](#a)", `<h3 class="l2" id="a">A</h3>` + "\n" + `<p><a href="#a">A</a> <a href="#a">b</a></p>`},
		"a page number":     {"## A {#a}\n\n[](page:a)", `<h3 class="l2" id="a">A</h3>` + "\n" + `<p><a href="#a">A</a></p>`},
		"a level left out":  {"#### A {#a}", `<h3 class="l4" id="a">A</h3>`},
		"a pause":           {"a\n\n***\n\nb", `<p class="first">a</p>` + "\n" + `<hr class="break">` + "\n<p>b</p>"},
		"a quotation":       {"> a\n>\n> — b", "<blockquote>\n<p>a</p>\n<p class=\"by\">— b</p>\n</blockquote>"},
		"a list from three": {"3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"},
		"code":              {"```go\na<b\n```", `<pre tabindex="0"><code class="language-go">a&lt;b</code></pre>`},
		"terms":             {"a\n: b", "<dl>\n<dt>a</dt>\n<dd>\n<p>b</p>\n</dd>\n</dl>"},
		"a poem":            {"::: verse\na\\\nb\n:::", "<div class=\"verse\">\n<p class=\"stanza\"><span class=\"line\">a</span>\n<span class=\"line\">b</span>\n</p>\n</div>"},
		"an epigraph first": {"::: epigraph\na\n\n— b\n:::\n\nc", "<div class=\"epigraph\" role=\"doc-epigraph\">\n<p>a</p>\n<p class=\"by\">— b</p>\n</div>\n<p class=\"first\">c</p>"},
		"another language":  {"::: {lang=he}\nאב\n:::", "<div lang=\"he\" dir=\"rtl\">\n<p dir=\"rtl\">אב</p>\n</div>"},
		"an unknown class":  {"::: bar\na\n:::", "<div>\n<p>a</p>\n</div>"},
		"a spanning table": {"|a||b|\n|-|-|-:|\n|c|d|1|\n|^^|e|2|\n\nTable: T {#t}",
			`<div class="wide" role="group" tabindex="0" aria-label="T">` + "\n<table id=\"t\">\n<caption><span class=\"label\">Table 1.</span> T</caption>\n<thead>\n" +
				`<tr><th scope="col" colspan="2">a</th><th scope="col" class="right">b</th></tr>` + "\n</thead>\n<tbody>\n" +
				`<tr><td rowspan="2">c</td><td>d</td><td class="right">1</td></tr>` + "\n" + `<tr><td>e</td><td class="right">2</td></tr>` + "\n</tbody>\n</table>\n</div>"},
		"a missing picture": {"![alt](x.png \"Title\")", "<figure id=\"figure-1\">\n<p class=\"missing\">alt</p>\n<figcaption><span class=\"label\">Figure 1.</span> Title</figcaption>\n</figure>"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want+"\n", chapter(t, tt.markdown)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNotesStandBehindTheChapterAndLeadBack(t *testing.T) {
	want := `<p class="first">a<a class="mark" id="Mark-one-note-1" href="#one-note-1" role="doc-noteref">1</a> b<a class="mark" href="#one-note-1" role="doc-noteref">1</a></p>
<section class="notes" role="doc-endnotes" aria-label="Notes: 1. One">
<ol>
<li id="one-note-1"><div class="note-text">
<p>n` + "\u00a0" + `<a class="back" href="#Mark-one-note-1" role="doc-backlink" aria-label="Back to the text (1)">↩` + "\ufe0e" + `</a></p>
</div></li>
</ol>
</section>
`
	if diff := cmp.Diff(want, chapter(t, "a[^x] b[^x]\n\n[^x]: n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAFigureIsAPictureWithItsSizeAndNumbers(t *testing.T) {
	doc := parse(t, book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{ID: "c", Title: "C", Markdown: "![Caption](c.svg){#f width=62.5%}"}}, Assets: hostile().Assets})
	cell := func(s string) press.Cell { return press.Cell{Text: []press.Inline{&press.Text{Value: s}}} }
	doc.Chapters[0].Blocks[0].(*press.Figure).Data = &press.Table{
		Align: []press.Align{press.AlignLeft, press.AlignRight}, Head: []press.Cell{cell("Year"), cell("Sheets")}, Rows: [][]press.Cell{{cell("1450"), cell("12")}}}
	page, _ := write(t, doc)
	for _, want := range []string{
		`<figure id="f" class="w625">` + "\n" + `<img class="drawing" src="data:image/svg+xml;base64,`,
		`alt="Caption" width="30" height="20" loading="lazy" decoding="async">`,
		"figure.w625 { width: 62.5%; }",
		`<details class="figure-data"><summary><span>Data</span></summary>`,
		`<tr><th scope="col" class="left">Year</th><th scope="col" class="right">Sheets</th></tr>`,
		`<tr><th scope="row" class="left">1450</th><td class="right">12</td></tr>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

func TestABookFromRightToLeftSaysSo(t *testing.T) {
	page, _ := write(t, parse(t, book.Manuscript{Meta: book.Meta{Title: "ספר", Author: "Author", Language: "he"}, Chapters: []book.Text{{ID: "c", Title: "פרק", Numbered: true, Markdown: "שלום\n\nEnglish"}}}))
	for _, want := range []string{`<html lang="he" dir="rtl">`, `<p class="author" dir="ltr">Author</p>`, `<p dir="ltr">English</p>`, `<p class="first">שלום</p>`, "<h1>ספר</h1>", "דילוג לטקסט"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, side := range []string{"margin-left", "margin-right", "padding-left", "padding-right", "float:", " left:", " right:"} {
		if strings.Contains(page[:strings.Index(page, "</style>")], side) {
			t.Errorf("the style sheet says %s, which does not turn with the text", side)
		}
	}
}

func TestControlsInAnotherLanguageThanTheBookSaySo(t *testing.T) {
	page, _ := write(t, parse(t, book.Manuscript{Meta: book.Meta{Title: "T", Language: "ga"}, Chapters: []book.Text{{ID: "c", Markdown: "a"}}}))
	if !strings.Contains(page, `<a class="skip" href="#Text" lang="en" dir="ltr">Skip to the text</a>`) {
		t.Error("an English control in an Irish book is not marked")
	}
	for lang, line := range termsByLanguage {
		if n := strings.Count(line, "|"); n != 17 {
			t.Errorf("%s has %d terms, want 18", lang, n+1)
		}
	}
}
