package epub

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryBlockBecomesXHTML(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"paragraphs":                {"One.\n\nTwo.", "<p class=\"first\">One.</p>\n<p>Two.</p>\n"},
		"a long first paragraph":    {"L" + strings.Repeat("ong ", 90), "<p class=\"first initial\">L" + strings.TrimSpace(strings.Repeat("ong ", 90)) + "</p>\n"},
		"a long quoted paragraph":   {"“L" + strings.Repeat("ong ", 90), "<p class=\"first\">“L" + strings.TrimSpace(strings.Repeat("ong ", 90)) + "</p>\n"},
		"text is escaped":           {"a < b & \"c\" \\<x>", "<p class=\"first\">a &lt; b &amp; “c” &lt;x&gt;</p>\n"},
		"styles":                    {"*a **b*** ~~c~~ `<d>`  \ne", "<p class=\"first\"><em>a <strong>b</strong></em> <s>c</s> <code>&lt;d&gt;</code><br/>e</p>\n"},
		"headings":                  {"## A {#a}\n\n### B\n\n###### C", "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n<h6 id=\"c\">C</h6>\n"},
		"a break":                   {"***", "<hr class=\"break\"/>\n"},
		"a quotation":               {"> a\n>\n> — B", "<blockquote>\n<p>a</p>\n<p class=\"by\">— B</p>\n</blockquote>\n"},
		"a dash alone":              {"> — B", "<blockquote>\n<p>— B</p>\n</blockquote>\n"},
		"a tight list":              {"- a\n  - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"},
		"a loose list":              {"3. a\n\n4. b", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n"},
		"a plain ordered list":      {"1. a", "<ol>\n<li>a</li>\n</ol>\n"},
		"code":                      {"```x\"y\na <b>\n\tc\n```", "<pre><code>a &lt;b&gt;\n    c</code></pre>\n"},
		"a table":                   {"|a|b|c|\n|:-|:-:|-:|\n|1|2|3|", "<table>\n<thead>\n<tr><th scope=\"col\" class=\"left\">a</th><th scope=\"col\" class=\"middle\">b</th><th scope=\"col\" class=\"right\">c</th></tr>\n</thead>\n<tbody>\n<tr><td class=\"left\">1</td><td class=\"middle\">2</td><td class=\"right\">3</td></tr>\n</tbody>\n</table>\n"},
		"a table with an idle head": {"| |\n|-|\n|1|", "<table>\n<tbody>\n<tr><td>1</td></tr>\n</tbody>\n</table>\n"},
		"a table of a head":         {"|a|\n|-|", "<table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n</table>\n"},
		"a bitmap":                  {"![A *b*](img/a.png)", "<figure id=\"figure-1\">\n<img src=\"images/image-1.png\" alt=\"A b\"/>\n<figcaption><span class=\"label\">Figure 1.</span> A <em>b</em></figcaption>\n</figure>\n"},
		"a drawing":                 {"![\"A\"](img/c.svg \"Cap\")", "<figure id=\"figure-1\">\n<img class=\"drawing\" src=\"images/image-1.svg\" alt=\"“A”\"/>\n<figcaption><span class=\"label\">Figure 1.</span> Cap</figcaption>\n</figure>\n"},
		"a picture by its bytes":    {"![](img/b.dat)", "<figure id=\"figure-1\">\n<img src=\"images/image-1.jpg\" alt=\"\"/>\n</figure>\n"},
		"a missing picture":         {"![A](no.png)", "<figure id=\"figure-1\">\n<figcaption class=\"missing\"><span class=\"label\">Figure 1.</span> A</figcaption>\n</figure>\n"},
		"a missing described one":   {"![A](no.png \"B\")", "<figure id=\"figure-1\">\n<p class=\"missing\">A</p>\n<figcaption><span class=\"label\">Figure 1.</span> B</figcaption>\n</figure>\n"},
		"a missing bare one":        {"![](no.png)", "<figure id=\"figure-1\">\n<p class=\"missing\">[ ]</p>\n</figure>\n"},
		"an epigraph":               {"::: epigraph\na\n:::", "<div class=\"epigraph\" epub:type=\"epigraph\" role=\"doc-epigraph\">\n<p>a</p>\n</div>\n"},
		"a note box":                {"::: {.note #n}\na\n:::", "<div class=\"note\" role=\"note\" id=\"n\">\n<p>a</p>\n</div>\n"},
		"an unknown class":          {"::: chapter\na\n:::", "<div>\n<p>a</p>\n</div>\n"},
		"verse":                     {"::: verse\na  \n*b*\n\nc\n\n- d\n:::", "<div class=\"verse\">\n<p class=\"stanza\"><span class=\"line\">a</span>\n<span class=\"line\"><em>b</em></span>\n</p>\n<p class=\"stanza\"><span class=\"line\">c</span>\n</p>\n<ul>\n<li>d</li>\n</ul>\n</div>\n"},
		"another language":          {"::: {.center lang=de}\na\n:::", "<div class=\"center\" lang=\"de\" xml:lang=\"de\">\n<p>a</p>\n</div>\n"},
		"the other direction":       {"::: {.center lang=he}\nא a\n:::\n\nא", "<div class=\"center\" lang=\"he\" xml:lang=\"he\" dir=\"rtl\">\n<p dir=\"rtl\">א a</p>\n</div>\n<p dir=\"rtl\">א</p>\n"},
		"a link out":                {"[a](HTTPS://x.y/a b) <m@x.y>", "<p class=\"first\">[a](HTTPS://x.y/a b) <a href=\"mailto:m@x.y\">m@x.y</a></p>\n"},
		"a link with odd letters":   {"[a](<https://x.y/a b|ü?c=%zz&d=1>)", "<p class=\"first\"><a href=\"https://x.y/a%20b%7C%C3%BC?c=%25zz&amp;d=1\">a</a></p>\n"},
		"a link without text":       {"[](https://x.y)", ""},
		"links inside":              {"## A\n\n[a](#a) [b](#one) [c](#no)", "<h2 id=\"a\">A</h2>\n<p><a href=\"#a\">a</a> <a href=\"#one\">b</a> c</p>\n"},
	} {
		t.Run(name, func(t *testing.T) {
			page, _ := chapterOf(t, tt.text)
			if err := wellFormed(page); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(tt.want, body(page)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNotesAndTheirMarksLeadToEachOther(t *testing.T) {
	page, _ := chapterOf(t, "a[^x] [b[^y]](https://x.y) c[^x]\n\n![d[^z]](img/a.png \"e\")\n\n[^x]: X.\n[^y]: - Y[^x]\n[^z]: Z.\n")
	want := `<p class="first">a<a id="one-note-1-mark" href="#one-note-1" epub:type="noteref" role="doc-noteref"><sup>1</sup></a> <a href="https://x.y">b</a><a id="one-note-2-mark" href="#one-note-2" epub:type="noteref" role="doc-noteref"><sup>2</sup></a> c<a id="one-note-1-mark-2" href="#one-note-1" epub:type="noteref" role="doc-noteref"><sup>1</sup></a></p>
<figure id="figure-1">
<img src="images/image-1.png" alt="d"/>
<figcaption><span class="label">Figure 1.</span> e</figcaption>
</figure>
<section class="notes" epub:type="footnotes" aria-label="Notes">
<aside id="one-note-1" epub:type="footnote" role="doc-footnote">
<p><a href="#one-note-1-mark" role="doc-backlink" title="Back to the text">1.</a> X.</p>
</aside>
<aside id="one-note-2" epub:type="footnote" role="doc-footnote">
<p><a href="#one-note-2-mark" role="doc-backlink" title="Back to the text">2.</a></p>
<ul>
<li>Y<a id="one-note-1-mark-3" href="#one-note-1" epub:type="noteref" role="doc-noteref"><sup>1</sup></a></li>
</ul>
</aside>
<aside id="one-note-3" epub:type="footnote" role="doc-footnote">
<p>3. Z.</p>
</aside>
</section>
`
	if diff := cmp.Diff(want, body(page)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMadeIDsMakeRoomForTheBooksOwn(t *testing.T) {
	page, _ := chapterOf(t, "a[^1]\n\n## B {#one-title}\n\n## C {#one-note-1-mark}\n\n[^1]: d")
	if err := wellFormed(page); err != nil || !strings.Contains(page, `<h1 id="one-title-2">`) || !strings.Contains(page, `<a id="one-note-1-mark-2"`) {
		t.Errorf("%v\n%s", err, page)
	}
}

func TestWarningsSayWhatIsLeftOutAndWhere(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"a host in other letters": {"a\n\n[b](http://bücher.de/)", `one.md:3: the link to "http://bücher.de/" is left out: readers can follow only plain web and mail addresses (a host in other letters is written xn--…)`},
		"a password in a link":    {"[b](http://u:p@x.y/)", `one.md:1: the link to "http://u:p@x.y/" is left out: readers can follow only plain web and mail addresses (a host in other letters is written xn--…)`},
		"in a note":               {"a[^1]\n\n[^1]: [b](http://ü.y/)", `one.md:3: the link to "http://ü.y/" is left out: readers can follow only plain web and mail addresses (a host in other letters is written xn--…)`},
		"a language":              {"::: {.note lang=\"x>\"}\na\n:::", `one.md:2: the language "x>" of a passage is not known and left out`},
	} {
		t.Run(name, func(t *testing.T) {
			_, report := chapterOf(t, tt.text)
			if len(report.Warnings) != 1 {
				t.Fatalf("warnings: %v", report.Warnings)
			}
			if diff := cmp.Diff(tt.want, report.Warnings[0].String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEscapeLeavesOutWhatXMLForbids(t *testing.T) {
	for text, want := range map[string]string{
		"plain – ü": "plain – ü", "a\x00b\x1b\r\n\tc": "ab\n\tc", "<&\">'": "&lt;&amp;&quot;&gt;'", "ü<": "ü&lt;",
		"\x7f\u0085\ufffe\uffff\ufdd0\U0001ffff": "", "\xff": "\ufffd", "🙂": "🙂", "ü\u0001": "ü",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
