package press

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/problem"
)

// parseText parses one chapter in English with the pictures of the tests.
func parseText(t *testing.T, markdown string) (*Document, []Warning) {
	t.Helper()
	doc, warnings, err := Parse(book.Manuscript{
		Meta:     book.Meta{Title: "T"},
		Chapters: []book.Text{{ID: "one", Title: "One", Numbered: true, Markdown: markdown, Source: "one.md"}},
		Assets:   pictures(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc, warnings
}

// pictures is a folder with good and bad pictures.
func pictures(t *testing.T) fs.FS {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	svg := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"img/a.png":    {Data: b.Bytes()},
		"broken.png":   {Data: b.Bytes()[:20]},
		"a.svg":        svg(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30.5 20"/>`),
		"sized.svg":    svg(`<svg width="30px" height="20"/>`),
		"script.svg":   svg(`<svg viewBox="0 0 1 1"><script>x</script></svg>`),
		"onload.svg":   svg(`<svg viewBox="0 0 1 1" onload="x()"/>`),
		"external.svg": svg(`<svg viewBox="0 0 1 1"><image href="http://x/y.png"/></svg>`),
		"entity.svg":   svg(`<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1"/>`),
		"torn.svg":     svg(`<svg viewBox="0 0 1 1"><g>`),
		"nosize.svg":   svg(`<svg/>`),
		"deep.svg":     svg(`<svg viewBox="0 0 1 1">` + strings.Repeat("<g>", 300)),
	}
}

// sketch writes blocks as one line each, so that tests can be read.
func sketch(blocks []Block) string {
	var out []string
	for _, b := range blocks {
		switch t := b.(type) {
		case *Paragraph:
			out = append(out, "p:"+inlineSketch(t.Text))
		case *Heading:
			out = append(out, strings.Repeat("#", t.Level)+t.ID+":"+inlineSketch(t.Text))
		case *Break:
			out = append(out, "***")
		case *Quote:
			out = append(out, ">("+sketch(t.Blocks)+")")
		case *List:
			var items []string
			for _, it := range t.Items {
				items = append(items, sketch(it.Blocks))
			}
			kind := "-"
			if t.Ordered {
				kind = "1."
			}
			out = append(out, kind+"("+strings.Join(items, " | ")+")")
		case *Code:
			out = append(out, "code "+t.Language+":"+t.Text)
		case *Table:
			out = append(out, tableSketch(t))
		case *Figure:
			name := "none"
			if t.Image != nil {
				name = t.Image.ID
			}
			out = append(out, "fig "+name+":"+inlineSketch(t.Caption))
		case *MathBlock:
			out = append(out, "math "+t.Formula.Plain()+"#"+t.ID)
		case *Definitions:
			out = append(out, "definitions")
		case *Div:
			out = append(out, "div "+t.Class+"#"+t.ID+"@"+t.Lang+"("+sketch(t.Blocks)+")")
		}
	}
	return strings.Join(out, "; ")
}

func tableSketch(t *Table) string {
	var rows []string
	for _, row := range append([][]Cell{t.Head}, t.Rows...) {
		var cells []string
		for _, c := range row {
			cells = append(cells, inlineSketch(c.Text))
		}
		rows = append(rows, strings.Join(cells, ","))
	}
	return "table " + strings.Join(rows, "/")
}

func inlineSketch(text []Inline) string {
	var b strings.Builder
	for _, in := range text {
		switch t := in.(type) {
		case *Text:
			b.WriteString(t.Value)
		case *CodeSpan:
			b.WriteString("`" + t.Value + "`")
		case *Math:
			b.WriteString("⟨" + t.Formula.Plain() + "⟩")
		case *LineBreak:
			b.WriteString("⏎")
		case *NoteRef:
			b.WriteString("^" + t.Note.ID)
		case *Emph:
			b.WriteString("*" + inlineSketch(t.Text) + "*")
		case *Strong:
			b.WriteString("**" + inlineSketch(t.Text) + "**")
		case *Strike:
			b.WriteString("~" + inlineSketch(t.Text) + "~")
		case *Link:
			b.WriteString("[" + inlineSketch(t.Text) + "](" + t.URL + ")")
		case *Ref:
			b.WriteString("[" + inlineSketch(t.Text) + "](#" + t.Target + ")")
		}
	}
	return b.String()
}

func TestParseReadsEveryConstruct(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"paragraphs join their lines":  {"One\ntwo.\n\nThree.", "p:One two.; p:Three."},
		"a hard break stays":           {"One  \ntwo", "p:One⏎two"},
		"emphasis and code":            {"*a* **b** ~~c~~ `\"d\"`", "p:*a* **b** ~c~ `\"d\"`"},
		"a heading with an id":         {"## Wells {#w1}", "##w1:Wells"},
		"a heading without an id":      {"## Old Wells", "##old-wells:Old Wells"},
		"a level 1 heading is lowered": {"# Wells", "##wells:Wells"},
		"an empty heading is nothing":  {"## \n\nx", "p:x"},
		"a scene break":                {"a\n\n---\n\nb", "p:a; ***; p:b"},
		"a quote":                      {"> a", ">(p:a)"},
		"nested lists":                 {"- a\n  1. b\n- c", "-(p:a; 1.(p:b) | p:c)"},
		"fenced code keeps its quotes": {"```go\n\"x\"\ty\n```", "code go:\"x\"    y"},
		"indented code":                {"    a", "code :a"},
		"a table with a short row":     {"|a|b|\n|-|-|\n|c|", "table a,b/c,"},
		"a picture in a table":         {"|a|\n|-|\n|![pic](img/a.png)|", "table a/*pic*"},
		"a figure":                     {"![A *cap*](img/a.png)", "fig image-1:A *cap*"},
		"a figure with a title":        {"![alt](a.svg \"The cap\")", "fig image-1:The cap"},
		"a figure amid text":           {"See ![x](img/a.png) here.", "p:See  here.; fig image-1:x"},
		"one picture twice":            {"![x](img/a.png)\n\n![y](img/a.png)", "fig image-1:x; fig image-1:y"},
		"a div by name":                {"::: verse\na\n:::\nb", "div verse#@(p:a); p:b"},
		"a div by attributes":          {"::: {.note #n1 lang=de}\na\n:::", "div note#n1@de(p:a)"},
		"divs in divs":                 {":::: note\n::: verse\na\n:::\nb\n::::\nc", "div note#@(div verse#@(p:a); p:b); p:c"},
		"code in a div keeps colons":   {"::: note\n```\n:::\n```\n:::\nc", "div note#@(code ::::); p:c"},
		"an open div ends with text":   {"::: note\na", "div note#@(p:a)"},
		"colons alone are text":        {":::\na", "p:::: a"},
		"a note and its second mark":   {"a[^x] b[^x]\n\n[^x]: Note.", "p:a^one-note-1 b^one-note-1"},
		"a link out":                   {"[a](https://x.org/) <mailto:b@c.de> <d@e.fr>", "p:[a](https://x.org/) [mailto:b@c.de](mailto:b@c.de) [d@e.fr](mailto:d@e.fr)"},
		"a link inside":                {"[a](#one)", "p:[a](#one)"},
		"a link to nowhere":            {"[a](#gone)", "p:[a](#)"},
		"a dangerous link":             {"[a](javascript:x) <file:///etc>", "p:a file:///etc"},
		"entities and escapes":         {"&amp; \\* &#8212; &hearts; \\&amp;", "p:& * — ♥ &amp;"},
		"inline HTML":                  {"a <b>b</b><br>c<!-- d -->", "p:a **b**⏎c"},
		"block HTML":                   {"<div>\nkeep\n</div>\n\n<script>\nx\n</script>\n\n<!-- y -->", "p:keep"},
		"control characters":           {"a\x00b\x1b[31mc\u202ed\re", "p:ab[31mcd e"},
		"invalid UTF-8":                {"a\xffb", "p:a\ufffdb"},
		"duplicate ids":                {"## A {#x}\n\n## B {#x}\n\n## One", "##x:A; ##x-2:B; ##one-2:One"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, _ := parseText(t, tt.text)
			if diff := cmp.Diff(tt.want, sketch(doc.Chapters[0].Blocks)); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseWarnsWithFileAndLine(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"script tag":            {"a\n\nb <script> c", "one.md:3: the HTML tag <script> is left out"},
		"HTML block":            {"a\n\n<div>\nx\n</div>", "one.md:3: HTML is not carried out; only its words are kept"},
		"control character":     {"a\n\x01b", "one.md:2: characters that cannot be printed were left out"},
		"missing picture":       {"![a](b.png)", "one.md:1: the picture b.png is left out: there is no such file"},
		"broken picture":        {"![a](broken.png)", "one.md:1: the picture broken.png is left out: it is not a PNG, JPEG, WebP or SVG file, or it is damaged"},
		"path out":              {"![a](../x.png)", "one.md:1: the picture ../x.png is left out: its path leaves the manuscript's folder"},
		"absolute path":         {"![a](/x.png)", "one.md:1: the picture /x.png is left out: its path leaves the manuscript's folder"},
		"picture in the net":    {"![a](http://x/x.png)", "one.md:1: the picture http://x/x.png is left out: only files beside the manuscript are used"},
		"script in SVG":         {"![a](script.svg)", "one.md:1: the picture script.svg holds a script; that part of it is left out"},
		"handler in SVG":        {"![a](onload.svg)", "one.md:1: the picture onload.svg holds a script; that part of it is left out"},
		"SVG that fetches":      {"![a](external.svg)", "one.md:1: the picture external.svg refers to another file; that part of it is left out"},
		"SVG with entities":     {"![a](entity.svg)", "one.md:1: the picture entity.svg is left out: the SVG defines entities"},
		"torn SVG":              {"![a](torn.svg)", "one.md:1: the picture torn.svg is left out: the SVG is damaged"},
		"SVG without size":      {"![a](nosize.svg)", "one.md:1: the picture nosize.svg is left out: the SVG has no size"},
		"SVG nested deep":       {"![a](deep.svg)", "one.md:1: the picture deep.svg is left out: the SVG is nested too deep"},
		"no description":        {"![](img/a.png)", "one.md:1: the picture img/a.png has no description for readers who cannot see it"},
		"link to nowhere":       {"[a](#gone)", "one.md:1: the link to #gone leads nowhere"},
		"dangerous link":        {"[a](javascript:x)", `one.md:1: the link to "javascript:x" is left out: only http, https, mailto and #id are kept`},
		"id twice":              {"## A {#x}\n\n## B {#x}", `one.md:3: the id "x" is used twice`},
		"div id twice":          {"## A {#x}\n\n::: {.note #x}\nb\n:::", `one.md:4: the id "x" is used twice`},
		"lists 40 levels deep":  {strings.Repeat("- ", 40) + "x", "one.md:1: blocks are nested more than 24 deep; the rest is set at that level"},
		"picture inside a link": {"[![a](img/a.png)](#one)", "one.md:1: a picture inside a table cell or link is shown by its description"},
	} {
		t.Run(name, func(t *testing.T) {
			_, warnings := parseText(t, tt.text)
			if len(warnings) == 0 {
				t.Fatal("no warning")
			}
			if diff := cmp.Diff(tt.want, warnings[0].String()); diff != "" {
				t.Errorf("warning (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseReadsPartsNumbersAndNotes(t *testing.T) {
	doc, warnings, err := Parse(book.Manuscript{
		Meta: book.Meta{Title: `The "Book"`, Language: "en-gb", Imprint: []string{"It's"}},
		Chapters: []book.Text{
			{ID: "pre", Title: "Preface", Markdown: "x"},
			{ID: "c", Title: "Salt -- again", Part: "Sea", Numbered: true, Markdown: "a[^1]\n\n[^1]: The *note*.\n"},
			{ID: "c", Title: "Tar", Numbered: true},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(warnings) != 1 || warnings[0].Detail != `the chapter id "c" is used twice` {
		t.Errorf("warnings: %v", warnings)
	}
	two := doc.Chapters[1]
	if doc.Lang != "en-GB" || doc.Meta.Title != "The “Book”" || doc.Meta.Imprint[0] != "It’s" {
		t.Errorf("meta: %q %q %q", doc.Lang, doc.Meta.Title, doc.Meta.Imprint)
	}
	if two.Number != 1 || two.Opens == nil || two.Opens.Title != "Sea" || two.Title != "Salt – again" || doc.Chapters[2].ID != "c-2" {
		t.Errorf("chapter: %+v", two)
	}
	if len(two.Notes) != 1 || sketch(two.Notes[0].Blocks) != "p:The *note*." || two.Notes[0].Pos.Line != 3 {
		t.Errorf("notes: %+v", two.Notes)
	}
	if got := doc.Words(); got != 8 {
		t.Errorf("%d words, want 8", got)
	}
}

func TestParseRefusesWhatIsNoBook(t *testing.T) {
	for name, m := range map[string]book.Manuscript{
		"no title":    {Chapters: []book.Text{{Title: "x"}}},
		"no chapters": {Meta: book.Meta{Title: "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := Parse(m); !problem.Is(err, problem.Invalid) {
				t.Errorf("got %v, want an invalid problem", err)
			}
		})
	}
}

func TestAnUnknownLanguageIsSetAsEnglish(t *testing.T) {
	doc, warnings, err := Parse(book.Manuscript{Meta: book.Meta{Title: "x", Language: "q!"}, Chapters: []book.Text{{}}})
	if err != nil || doc.Lang != "en" || len(warnings) != 1 {
		t.Errorf("%q %v %v", doc.Lang, warnings, err)
	}
	if doc.Chapters[0].ID != "chapter-1" {
		t.Errorf("id %q", doc.Chapters[0].ID)
	}
}

// FuzzParse feeds any bytes as a chapter: a document must come out.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"# a\n\n> b[^1]\n\n[^1]: c", "::: a\n::: b\n:::\n", "|a|\n|-|\n|b|", "![a](b.svg \"t\")", "<b>\"x'</b>--- \\", "a\n: b $x^2$\n\n$$\n\\frac12\n$$ {#e}\n[](#e)", "|a||\n|-|-|\n|^^|b|\n\nTable: c {#t}\n\n![](a.png){#f width=1%}[](page:t)",
		"<i><sub>1</i></sub>", strings.Repeat("> - ", 30)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := book.Manuscript{Meta: book.Meta{Title: "t"}, Chapters: []book.Text{{Title: s, Markdown: s, Part: s}}}
		doc, _, err := Parse(m)
		if err != nil {
			t.Fatal(err)
		}
		doc.Words()
		seen := map[string]bool{}
		for _, c := range doc.Chapters {
			if seen[c.ID] || c.ID == "" {
				t.Errorf("id %q", c.ID)
			}
			seen[c.ID] = true
		}
	})
}
