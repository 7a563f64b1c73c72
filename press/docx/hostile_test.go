package docx

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"quire/book"
	"quire/press"
)

// hostile is a book that tries to break the file.
func hostile() book.Manuscript {
	long := strings.TrimSpace(strings.Repeat("Interminable ", 23)) + " ]]> & <w:p>\"'"
	var deep, wide, tall strings.Builder
	for i := range 40 {
		fmt.Fprintf(&deep, "%s- level %d\n", strings.Repeat("  ", i), i+1)
	}
	wide.WriteString("\n" + strings.Repeat("| h ", 70) + "|\n" + strings.Repeat("|---", 70) + "|\n" + strings.Repeat("| cell ", 70) + "|\n")
	tall.WriteString("\n| a | b | c |\n|:--|:-:|--:|\n")
	for i := range 400 {
		fmt.Fprintf(&tall, "| %d | ]]> %d || \n| ^^ | x | \x01\x02😀 |\n", i, i)
	}
	notes := "Twice[^a] and[^a] again[^b], in a **bold[^c]** [link[^d]](https://example.org/ä?q=1&b=\"2\").\n\n[^a]: One[^in].\n[^b]: - a list\n    - of two\n" +
		"[^c]: | a | b |\n    |---|---|\n    | 1 | 2 |\n[^d]: `]]>`\n[^in]: Inside.\n"
	quote := strings.Repeat("> ", 30) + "deep\n"
	maths := "$$\\sum_{i=0}^{n} {}_2x \\not= \\overline{ab} \\widehat{x} \\sqrt[3]{x} \\binom{n}{k}$$ and $\\frac{1}{]}$ \\$\n"
	return book.Manuscript{
		Meta: book.Meta{Title: "😀 " + long, Subtitle: "]]>\x07", Author: "A & B <c>", Language: "en", Imprint: []string{"<&>\x1b"}, Publisher: "P\u0000Q", ISBN: "123"},
		Chapters: []book.Text{
			{ID: "empty", Title: "", Numbered: false},
			{ID: "long", Part: "Part " + long, Title: long, Numbered: true, Markdown: "# ]]> \n\n" + deep.String() + "\n" + wide.String() + tall.String()},
			{ID: "untitled", Title: "", Numbered: true, Markdown: notes + "\n## Heading[^b] with *mark* `code`\n\n" + quote + "\n" + maths},
			{ID: "rtl", Title: "שלום \u202e עולם", Numbered: true, Markdown: "عربي with Latin 123.\n\n::: {.verse lang=ar}\nسطر\\\nسطر\n:::\n\n::: {.note lang=\"x y\"}\nText\n:::\n"},
			{ID: "gone", Title: "Gone", Numbered: true, Markdown: "![Missing & <gone>](gone.png)\n\n![](also.png \"t\")\n\n[x](https://" + strings.Repeat("a", 3000) + ".example)\n\n[y](mailto:a@b)\n\n\u00ad\u2011\ufeff\ufffe\U0010ffff\n"},
		},
		Assets: fstest.MapFS{},
	}
}

// arabic is a book that is read from right to left.
func arabic() book.Manuscript {
	return book.Manuscript{
		Meta: book.Meta{Title: "كتاب الورق", Author: "كاتب", Language: "ar", Subtitle: "Paper"},
		Chapters: []book.Text{
			{ID: "one", Title: "الورق", Numbered: true, Markdown: "هذا نص عربي، وفيه كلمة word لاتينية و123 رقم.[^1] *مائل* و**ثخين**.\n\nLatin paragraph with كلمة inside.\n\n" +
				"1. واحد\n2. اثنان\n\n> اقتباس\n\n| أ | ب |\n|---|---|\n| ١ | ٢ |\n\n: x\n\n::: {.quote lang=en}\nEnglish text.\n:::\n\n[^1]: حاشية.\n"},
		},
	}
}

func TestAHostileBookIsAWholeFile(t *testing.T) {
	for _, theme := range press.Themes() {
		data, report := bind(t, hostile(), press.Options{Theme: theme})
		files := unpack(t, data)
		for name, text := range files {
			if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
				if _, err := read(text); err != nil {
					t.Errorf("%s: %s: %v", theme.Name, name, err)
				}
			}
		}
		if report.Words == 0 || len(report.Warnings) == 0 {
			t.Errorf("%s: report %+v", theme.Name, report)
		}
		body := mustRead(t, files["word/document.xml"])
		for _, p := range body.all("w:ilvl") {
			if v := p.attr["w:val"]; len(v) != 1 || v > "8" {
				t.Errorf("a list has level %s", v)
			}
		}
		if got := strings.Count(files["word/document.xml"], "<w:gridCol "); got != 3 {
			t.Errorf("%d columns of tables, want 3: the table of 70 is text", got)
		}
	}
}

func TestWarningsAreSentences(t *testing.T) {
	_, report := bind(t, hostile(), press.Options{})
	var all []string
	for _, w := range report.Warnings {
		all = append(all, w.Detail)
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{"a table has 70 columns", "the link to", "a note inside a note"} {
		if !strings.Contains(text, want) {
			t.Errorf("no warning says %q:\n%s", want, text)
		}
	}
}

func TestARightToLeftBookRunsThatWay(t *testing.T) {
	data, _ := bind(t, arabic(), press.Options{})
	files := unpack(t, data)
	body := mustRead(t, files["word/document.xml"])
	for _, s := range body.all("w:sectPr") {
		if s.kid("w:bidi") == nil || s.kid("w:rtlGutter") == nil {
			t.Error("a section runs from left to right")
		}
	}
	styles := mustRead(t, files["word/styles.xml"])
	for _, s := range styles.all("w:style") {
		if s.attr["w:styleId"] == "Normal" && s.kid("w:pPr").kid("w:bidi") == nil {
			t.Error("paragraphs run from left to right")
		}
	}
	if lang := styles.all("w:lang")[0].attr["w:bidi"]; lang != "ar-SA" {
		t.Errorf("language %q", lang)
	}
	for _, r := range body.all("w:r") {
		way, known := runsLeft(r.text)
		if marked := r.kid("w:rPr").kid("w:rtl") != nil; known && marked != way {
			t.Errorf("%q: rtl %t", r.text, marked)
		}
	}
	for _, p := range body.all("w:p") {
		if strings.HasPrefix(p.text, "Latin paragraph") && p.kid("w:pPr").val("w:bidi") != "0" {
			t.Error("a Latin paragraph runs from right to left")
		}
	}
	if len(body.all("w:bidiVisual")) != 1 {
		t.Error("the table runs from left to right")
	}
}

func TestStretchesKeepAllText(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		rtl  bool
		want string
	}{
		"plain":                               {"one two", false, "one two"},
		"a word inside":                       {"see كلمة هنا, there", false, "see |<كلمة هنا|, there"},
		"Latin inside, and figures behind it": {"كلمة word, 12 كلمة", true, "<كلمة |word, 12|< كلمة"},
		"signs at the end":                    {"كلمة (word).", true, "<كلمة (|word|<)."},
		"nothing but signs":                   {"... 12", true, "<... 12"},
		"begins with a sign":                  {"«كلمة»", false, "«|<كلمة|»"},
	} {
		t.Run(name, func(t *testing.T) {
			var parts []string
			for _, s := range stretches(tt.text, tt.rtl) {
				mark := ""
				if s.rtl {
					mark = "<"
				}
				parts = append(parts, mark+s.text)
			}
			if got := strings.Join(parts, "|"); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
