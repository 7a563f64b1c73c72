package epub

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

func TestContentsAreNestedAndLandmarksArePlaced(t *testing.T) {
	data, _ := bind(t, book.Manuscript{
		Meta: book.Meta{Title: "Book & Co", Language: "de"},
		Chapters: []book.Text{
			{ID: "p", Title: "Vorwort", Markdown: "x"},
			{ID: "a", Part: "Land", Title: "Salz", Numbered: true, Markdown: "### Zu früh\n\n## Oben *x*\n\n### Innen\n\n#### Zu tief\n\n> ## Zitat"},
			{ID: "b", Part: "Teil Zwei: Meer", Numbered: true},
			{ID: "c"},
		},
	}, press.Options{})
	files := unpack(t, data)
	want := `<ol>
<li><a href="chapter-1.xhtml">Vorwort</a></li>
<li class="part"><a href="part-1.xhtml">Land</a>
<ol>
<li><a href="chapter-2.xhtml">1. Salz</a>
<ol>
<li><a href="chapter-2.xhtml#zu-frh">Zu früh</a></li>
<li><a href="chapter-2.xhtml#oben-x">Oben x</a>
<ol>
<li><a href="chapter-2.xhtml#innen">Innen</a></li>
</ol>
</li>
</ol>
</li>
</ol>
</li>
<li class="part"><a href="part-2.xhtml">Teil Zwei: Meer</a>
<ol>
<li><a href="chapter-3.xhtml">Kapitel 2</a></li>
<li><a href="chapter-4.xhtml">Book &amp; Co</a></li>
</ol>
</li>
</ol>
</nav>
<nav epub:type="landmarks" id="landmarks" hidden="hidden">
<ol>
<li><a epub:type="cover" href="cover.xhtml">Umschlag</a></li>
<li><a epub:type="titlepage" href="title.xhtml">Titelseite</a></li>
<li><a epub:type="toc" href="nav.xhtml#toc">Inhalt</a></li>
<li><a epub:type="bodymatter" href="part-1.xhtml">Textbeginn</a></li>
</ol>
</nav>
</body>
</html>
`
	nav := files["nav.xhtml"]
	if diff := cmp.Diff(want, nav[strings.Index(nav, "<ol>"):]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	ncx := files["toc.ncx"]
	for _, want := range []string{`<navPoint id="point-8" playOrder="8"><navLabel><text>Kapitel 2</text></navLabel><content src="chapter-3.xhtml"/></navPoint>`, "<docTitle><text>Book &amp; Co</text>"} {
		if !strings.Contains(ncx, want) {
			t.Errorf("no %s in\n%s", want, ncx)
		}
	}
	if h := `<span class="number">Teil I</span> <span class="title">Land</span>`; !strings.Contains(files["part-1.xhtml"], h) {
		t.Errorf("no %s in\n%s", h, files["part-1.xhtml"])
	}
	if strings.Contains(files["part-2.xhtml"], "number") {
		t.Error("a part is numbered twice")
	}
}

func TestReadingBeginsAtTheFirstNumberedChapter(t *testing.T) {
	for name, tt := range map[string]struct {
		chapters []book.Text
		want     string
	}{
		"after a preface": {[]book.Text{{Title: "Preface"}, {Numbered: true}}, "chapter-2.xhtml"},
		"no numbers":      {[]book.Text{{Title: "A"}, {Title: "B"}}, "chapter-1.xhtml"},
		"a part":          {[]book.Text{{Part: "P", Numbered: true}}, "part-1.xhtml"},
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: tt.chapters}, press.Options{})
			if want := `<a epub:type="bodymatter" href="` + tt.want + `">`; !strings.Contains(unpack(t, data)["nav.xhtml"], want) {
				t.Errorf("no %s", want)
			}
		})
	}
}

func TestChaptersSayWhatTheyAre(t *testing.T) {
	for name, tt := range map[string]struct {
		text book.Text
		want string
	}{
		"a chapter":               {book.Text{Title: "Salt", Numbered: true}, "<body epub:type=\"bodymatter\">\n<section id=\"chapter-1\" class=\"chapter\" epub:type=\"chapter\" role=\"doc-chapter\" aria-labelledby=\"chapter-1-title\">\n<header>\n<h1 id=\"chapter-1-title\"><span class=\"number\">Chapter 1</span> <span class=\"title\">Salt</span></h1>\n</header>\n"},
		"a preface":               {book.Text{Title: "Preface: Why"}, "<body epub:type=\"frontmatter\">\n<section id=\"chapter-1\" class=\"chapter\" epub:type=\"preface\" role=\"doc-preface\" aria-labelledby=\"chapter-1-title\">\n<header>\n<h1 id=\"chapter-1-title\"><span class=\"title\">Preface: Why</span></h1>\n</header>\n"},
		"a numbered introduction": {book.Text{Title: "Introduction", Numbered: true}, "<body epub:type=\"bodymatter\">\n<section id=\"chapter-1\" class=\"chapter\" epub:type=\"chapter\" role=\"doc-chapter\" aria-labelledby=\"chapter-1-title\">\n<header>\n<h1 id=\"chapter-1-title\"><span class=\"number\">Chapter 1</span> <span class=\"title\">Introduction</span></h1>\n</header>\n"},
		"a title that counts":     {book.Text{Title: "Chapter 1: Salt", Numbered: true}, "<body epub:type=\"bodymatter\">\n<section id=\"chapter-1\" class=\"chapter\" epub:type=\"chapter\" role=\"doc-chapter\" aria-labelledby=\"chapter-1-title\">\n<header>\n<h1 id=\"chapter-1-title\"><span class=\"title\">Chapter 1: Salt</span></h1>\n</header>\n"},
		"no title":                {book.Text{}, "<body epub:type=\"bodymatter\">\n<section id=\"chapter-1\" class=\"chapter\" epub:type=\"chapter\" role=\"doc-chapter\" aria-label=\"T\">\n"},
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{tt.text}}, press.Options{})
			page := unpack(t, data)["chapter-1.xhtml"]
			got := strings.TrimSuffix(page[strings.Index(page, "<body"):], "</section>\n</body>\n</html>\n")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheImprintSaysWhatIsKnown(t *testing.T) {
	for name, tt := range map[string]struct {
		meta book.Meta
		want []string
	}{
		"nothing":   {book.Meta{}, nil},
		"a year":    {book.Meta{Date: "2026"}, []string{"T", "2026"}},
		"all":       {book.Meta{Publisher: "P", Date: "2026", ISBN: "1", Imprint: []string{"<i>"}}, []string{"T", "P, 2026", "ISBN 1", "&lt;i&gt;"}},
		"own lines": {book.Meta{Imprint: []string{"a", "b"}}, []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, one(tt.meta), press.Options{})
			page := unpack(t, data)["imprint.xhtml"]
			var got []string
			for line := range strings.SplitSeq(page, "\n") {
				if text, ok := strings.CutPrefix(line, "<p>"); ok {
					got = append(got, strings.TrimSuffix(text, "</p>"))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryLanguageOfThePressHasItsTerms(t *testing.T) {
	for lang, terms := range termsByLanguage {
		if lang != "en" && press.WordsIn(lang) == press.WordsIn("en") {
			t.Errorf("%s is not a language of the press", lang)
		}
		for _, word := range []string{terms.cover, terms.titlePage, terms.imprint, terms.text, terms.notes, terms.back, terms.untitled} {
			if word == "" {
				t.Errorf("%s lacks a word", lang)
			}
		}
	}
	if termsIn("xx") != termsIn("en-GB") {
		t.Error("an unknown language has no terms")
	}
}
