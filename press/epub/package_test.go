package epub

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
	"quire/press/html"
)

// packageOf binds a manuscript and returns its package file.
func packageOf(t *testing.T, m book.Manuscript, opt press.Options) (string, press.Report) {
	t.Helper()
	data, report := bind(t, m, opt)
	return unpack(t, data)["package.opf"], report
}

// one is a book of one line.
func one(meta book.Meta) book.Manuscript {
	meta.Title = first(meta.Title, "T")
	return book.Manuscript{Meta: meta, Chapters: []book.Text{{Title: "One", Numbered: true, Markdown: "x"}}}
}

func TestMetadataTellsAll(t *testing.T) {
	opf, _ := packageOf(t, specimen(t), press.Options{Date: day})
	got, _, _ := strings.Cut(opf[strings.Index(opf, "<dc:identifier"):], "<meta property=\"schema")
	want := `<dc:identifier id="identifier">urn:isbn:9783161484100</dc:identifier>
<dc:title id="title">The Specimen &amp; Its &lt;Parts&gt;</dc:title>
<meta refines="#title" property="title-type">main</meta>
<meta refines="#title" property="display-seq">1</meta>
<dc:title id="subtitle">A Book of Every Construct</dc:title>
<meta refines="#subtitle" property="title-type">subtitle</meta>
<meta refines="#subtitle" property="display-seq">2</meta>
<dc:creator id="author">A. N. Author</dc:creator>
<meta refines="#author" property="role" scheme="marc:relators">aut</meta>
<dc:language>en-GB</dc:language>
<dc:publisher>The Test Press</dc:publisher>
<dc:date>2026-01-31</dc:date>
<meta property="dcterms:modified">2026-01-31T10:20:30Z</meta>
<meta name="generator" content="quire"/>
<meta name="cover" content="cover-image"/>
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestABareBookSaysNothingThatItDoesNotKnow(t *testing.T) {
	opf, _ := packageOf(t, one(book.Meta{}), press.Options{})
	for _, word := range []string{"dc:creator", "dc:publisher", "dc:date", "subtitle", "imprint", "page-progression"} {
		if strings.Contains(opf, word) {
			t.Errorf("there is a %s in\n%s", word, opf)
		}
	}
	if !strings.Contains(opf, ">2000-01-01T00:00:00Z<") {
		t.Error("the moment without a date is not the documented one")
	}
}

func TestDatesComeFromOptionsThenFromTheManuscript(t *testing.T) {
	for name, tt := range map[string]struct {
		date            time.Time
		meta            string
		published, when string
	}{
		"options":        {day, "1999", "2026-01-31", "2026-01-31T10:20:30Z"},
		"a day":          {time.Time{}, "2025-12-31", "2025-12-31", "2025-12-31T00:00:00Z"},
		"a year":         {time.Time{}, "2025", "2025", "2025-01-01T00:00:00Z"},
		"nonsense":       {time.Time{}, "soon", "", "2000-01-01T00:00:00Z"},
		"year nought":    {time.Time{}, "0000", "", "2000-01-01T00:00:00Z"},
		"far future":     {time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC), "", "", "2000-01-01T00:00:00Z"},
		"not known":      {time.Time{}, "", "", "2000-01-01T00:00:00Z"},
		"another's zone": {day.In(time.FixedZone("", -11*3600)), "", "2026-01-31", "2026-01-31T10:20:30Z"},
	} {
		t.Run(name, func(t *testing.T) {
			b := &binder{doc: &press.Document{Meta: book.Meta{Date: tt.meta}}, opt: press.Options{Date: tt.date}}
			published, when := b.dates()
			if diff := cmp.Diff([]string{tt.published, tt.when}, []string{published, when}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheIdentifierIsTheISBNOrFollowsFromTheContent(t *testing.T) {
	find := regexp.MustCompile(`id="identifier">([^<]*)<`)
	id := func(m book.Manuscript, opt press.Options) string {
		opf, _ := packageOf(t, m, opt)
		return find.FindStringSubmatch(opf)[1]
	}
	for given, want := range map[string]string{
		"978-3-16-148410-0": "urn:isbn:9783161484100", "ISBN 979-10-90636-07-1": "urn:isbn:9791090636071", "0-306-40615-2": "urn:isbn:0306406152", "0-8044-2957-x": "urn:isbn:080442957X",
	} {
		if got := id(one(book.Meta{ISBN: given}), press.Options{}); got != want {
			t.Errorf("%s: got %s", given, got)
		}
	}
	base := id(one(book.Meta{}), press.Options{})
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(base) {
		t.Errorf("no UUID: %s", base)
	}
	if other := id(one(book.Meta{Author: "A"}), press.Options{}); other == base {
		t.Error("two books have one identifier")
	}
	if same := id(one(book.Meta{}), press.Options{Date: day, Theme: press.Themes()[0]}); same != base {
		t.Error("theme and date changed the identifier")
	}
	data, _ := bind(t, one(book.Meta{}), press.Options{})
	if !strings.Contains(unpack(t, data)["toc.ncx"], `content="`+base+`"`) {
		t.Error("the NCX has another identifier")
	}
}

func TestAWrongISBNIsAWarning(t *testing.T) {
	for _, given := range []string{"978-3-16-148410-1", "123", "97831614841OO", "0-306-40615-X", "4006381333931", "978-3-16-14841-x-0"} {
		opf, report := packageOf(t, one(book.Meta{ISBN: given}), press.Options{})
		if !strings.Contains(opf, "urn:uuid:") || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0].Detail, given) {
			t.Errorf("%s: %v", given, report.Warnings)
		}
	}
}

func TestAccessibilityMetadataIsTrueOfThisBook(t *testing.T) {
	for name, tt := range map[string]struct {
		text      string
		has, lack []string
	}{
		"no pictures":         {"x", []string{"accessMode\">textual<", "Sufficient\">textual<", "no pictures"}, []string{"visual", "alternativeText"}},
		"described":           {"![a](img/a.png)", []string{"accessMode\">visual<", "Sufficient\">textual<", "alternativeText", "Every picture"}, []string{"textual,visual"}},
		"one not described":   {"![a](img/a.png)\n\n> - ![](img/b.dat)", []string{"accessMode\">visual<", "Sufficient\">textual,visual<", "Some pictures"}, []string{"alternativeText"}},
		"missing ones":        {"![](no.png)", []string{"no pictures"}, []string{"visual", "alternativeText"}},
		"in a box and a note": {"::: note\n![](img/a.png)\n:::\n\nx[^1]\n\n[^1]: ![b](img/c.svg)", []string{"textual,visual"}, []string{"alternativeText"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := one(book.Meta{})
			m.Chapters[0].Markdown, m.Assets = tt.text, pictures(t)
			opf, _ := packageOf(t, m, press.Options{})
			for _, want := range tt.has {
				if !strings.Contains(opf, want) {
					t.Errorf("%q is missing", want)
				}
			}
			for _, bad := range tt.lack {
				if strings.Contains(opf, bad) {
					t.Errorf("%q is not true", bad)
				}
			}
			if strings.Contains(opf, "conformsTo") {
				t.Error("conformance is claimed")
			}
		})
	}
}

func TestABookOfTheOtherDirection(t *testing.T) {
	m := one(book.Meta{Language: "ar", Title: "كتاب"})
	m.Chapters[0].Markdown = "abc\n\nابج\n\n::: {.note lang=en}\nx\n:::"
	data, _ := bind(t, m, press.Options{})
	files := unpack(t, data)
	page := files["chapter-1.xhtml"]
	if !strings.Contains(files["package.opf"], `page-progression-direction="rtl"`) || !strings.Contains(page, `lang="ar" xml:lang="ar" dir="rtl"`) {
		t.Error("the book is not from right to left")
	}
	if diff := cmp.Diff("<p class=\"first\" dir=\"ltr\">abc</p>\n<p>ابج</p>\n<div class=\"note\" role=\"note\" lang=\"en\" xml:lang=\"en\" dir=\"ltr\">\n<p dir=\"ltr\">x</p>\n</div>\n", body(page)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for lang, want := range map[string]bool{"ar": true, "he-IL": true, "ar-Latn": false, "pa-Arab": true, "en": false, "ur": true, "ks-Deva": false} {
		if html.RightToLeft(lang) != want {
			t.Errorf("%s: %v", lang, !want)
		}
	}
}
