package docx

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

// one binds a chapter and returns its file's parts and the report.
func one(t testing.TB, markdown string, opt press.Options) (map[string]string, press.Report) {
	t.Helper()
	data, report := bind(t, book.Manuscript{
		Meta:     book.Meta{Title: "T", Author: "A"},
		Chapters: []book.Text{{ID: "one", Title: "One", Numbered: true, Markdown: markdown, Source: "one.md"}},
		Assets:   pictureFiles(t),
	}, opt)
	return unpack(t, data), report
}

// bodyOf is the text of a chapter as it was read back.
func bodyOf(t testing.TB, markdown string) *node {
	t.Helper()
	files, _ := one(t, markdown, press.Options{})
	return mustRead(t, files["word/document.xml"])
}

// pictureFiles is a folder of pictures.
func pictureFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	var p bytes.Buffer
	if err := png.Encode(&p, image.NewGray(image.Rect(0, 0, 320, 200))); err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"a.png": {Data: p.Bytes()},
		"c.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120"><rect width="10" height="10"/></svg>`)},
	}
}

// theme returns a built-in theme.
func theme(t testing.TB, name string) press.Theme {
	t.Helper()
	th, err := press.FindTheme(name)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func TestParagraphsHaveStyles(t *testing.T) {
	body := bodyOf(t, "First.\n\nSecond.\n\n***\n\nThird.\n\n> Quoted.\n>\n> — Someone\n\n::: epigraph\nMotto\n:::\n\n::: verse\na\\\nb\n:::\n\n::: signature\nMe\n:::\n\n::: center\nMid\n:::\n\n"+
		"::: imprint\nImp\n:::\n\n::: note\nHint\n:::\n\n```go\nx\n  y\n```\n\nTerm\n:   Meaning\n\n## Two\n\n###### Six\n\nLast.")
	want := map[string][]string{
		"Title": {"T"}, "Author": {"A"}, "ChapterNumber": {"Chapter 1"}, "Heading1": {"One"}, "Heading2": {"Two"}, "Heading6": {"Six"}, "FirstParagraph": {"First.", "Third.", "Last."}, "BodyText": {"Second."}, "SceneBreak": {"*\u2002*\u2002*"},
		"Quote": {"Quoted."}, "QuoteSource": {"— Someone"}, "Epigraph": {"Motto"}, "Verse": {"ab"}, "Signature": {"Me"}, "Centered": {"Mid"}, "Colophon": {"Imp"}, "Note": {"Hint"},
		"SourceCode": {"x  y"}, "DefinitionTerm": {"Term"}, "Definition": {"Meaning"},
	}
	for style, texts := range want {
		if diff := cmp.Diff(texts, body.paragraphs(style)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", style, diff)
		}
	}
}

func TestListsCountByThemselves(t *testing.T) {
	files, _ := one(t, "3. three\n4. four\n\n   more\n\nText\n\n1. one\n   - bullet\n     1. deep\n", press.Options{})
	numbering := mustRead(t, files["word/numbering.xml"])
	starts := map[string]string{}
	for _, n := range numbering.all("w:num") {
		if o := n.kid("w:lvlOverride"); o != nil {
			starts[n.attr["w:numId"]] = o.attr["w:ilvl"] + " from " + o.val("w:startOverride")
		}
	}
	if diff := cmp.Diff(map[string]string{"5": "0 from 3", "6": "0 from 1", "7": "2 from 1"}, starts); diff != "" {
		t.Errorf("starts (-want +got):\n%s", diff)
	}
	var got []string
	for _, p := range mustRead(t, files["word/document.xml"]).all("w:p") {
		if n := p.kid("w:pPr").kid("w:numPr"); n != nil {
			got = append(got, p.text+" "+n.val("w:numId")+" "+n.val("w:ilvl"))
		}
	}
	// The bullet is the first of its kind, so it has the first sign.
	if diff := cmp.Diff([]string{"three 5 0", "four 5 0", "one 6 0", "bullet 3 1", "deep 7 2"}, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	for id, want := range map[string]string{"3": "•"} {
		if sign := signAt(numbering, id, "1"); sign != want {
			t.Errorf("the sign is %q, want %q", sign, want)
		}
	}
	if format := formatAt(numbering, "7", "2"); format != "lowerLetter" {
		t.Errorf("the ordered list in another counts in %s", format)
	}
}

// levelAt finds a level of a list.
func levelAt(numbering *node, id, level string) *node {
	for _, n := range numbering.all("w:num") {
		if n.attr["w:numId"] != id {
			continue
		}
		for _, a := range numbering.all("w:abstractNum") {
			if a.attr["w:abstractNumId"] != n.val("w:abstractNumId") {
				continue
			}
			for _, l := range a.all("w:lvl") {
				if l.attr["w:ilvl"] == level {
					return l
				}
			}
		}
	}
	return nil
}

func signAt(numbering *node, id, level string) string {
	return levelAt(numbering, id, level).val("w:lvlText")
}

func formatAt(numbering *node, id, level string) string {
	return levelAt(numbering, id, level).val("w:numFmt")
}

func TestNotesKeepTheirNumbers(t *testing.T) {
	files, report := one(t, "A[^a] b[^b] a[^a] c[^c].\n\n[^a]: First.\n\n    Second paragraph.\n[^b]: Has[^d] one.\n[^c]: Last.\n[^d]: Inside.\n", press.Options{})
	body, notes := mustRead(t, files["word/document.xml"]), mustRead(t, files["word/footnotes.xml"])
	var marks []string
	for _, r := range body.all("w:r") {
		if ref := r.kid("w:footnoteReference"); ref != nil {
			marks = append(marks, ref.attr["w:id"]+ref.attr["w:customMarkFollows"]+r.text)
		}
	}
	fields := 0
	for _, f := range body.all("w:instrText") {
		if strings.Contains(f.text, "NOTEREF _Note1") {
			fields++
		}
	}
	var texts []string
	for _, n := range notes.all("w:footnote") {
		texts = append(texts, strings.TrimSpace(n.text))
	}
	if fields != 1 {
		t.Errorf("%d fields repeat the mark", fields)
	}
	doc := parse(t, book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{ID: "x", Title: "x", Markdown: "A[^a] b[^b] a[^a] c[^c].\n\n[^a]: First.\n[^b]: Has[^d] one.\n[^c]: Last.\n[^d]: Inside.\n"}}})
	numbers := map[string]int{}
	for _, n := range doc.Chapters[0].Notes {
		numbers[press.Plain(n.Blocks[0].(*press.Paragraph).Text)] = n.Number
	}
	want := []string{"1", "2", "3"}
	if numbers["Last."] != 3 {
		want[2] = "314" // a mark of its own: custom, number 4
	}
	if diff := cmp.Diff(want, marks); diff != "" {
		t.Errorf("marks (-want +got):\n%s\nnumbers %v", diff, numbers)
	}
	if len(texts) != 5 || !strings.Contains(texts[3], "Inside.") || !strings.Contains(texts[2], "Second paragraph.") {
		t.Errorf("notes %q", texts)
	}
	if len(report.Warnings) != 1 {
		t.Errorf("warnings %v", report.Warnings)
	}
	for _, s := range body.all("w:sectPr") {
		if s.kid("w:footnotePr").val("w:numRestart") != "eachSect" {
			t.Error("notes are not counted by chapter")
		}
	}
}

func TestChaptersAreSectionsWithTheirHeads(t *testing.T) {
	m := book.Manuscript{Meta: book.Meta{Title: "Book"}, Chapters: []book.Text{
		{ID: "pre", Title: "Preface", Markdown: "x"},
		{ID: "a", Part: "Matter", Title: "Paper", Numbered: true, Markdown: "x\n\n| a |\n|---|\n| 1 |\n"},
		{ID: "b", Title: "Type", Numbered: true, Markdown: "x"},
	}}
	for name, tt := range map[string]struct {
		opt   press.Options
		kinds []string
		even  bool
	}{
		"novel":   {press.Options{Theme: theme(t, "novel")}, []string{"nextPage", "oddPage", "oddPage", "oddPage", "oddPage", "oddPage"}, true},
		"screen":  {press.Options{Theme: theme(t, "novel"), Screen: true}, []string{"nextPage", "nextPage", "nextPage", "nextPage", "nextPage", "nextPage"}, false},
		"article": {press.Options{Theme: theme(t, "article")}, []string{"nextPage", "oddPage", "nextPage", "oddPage", "nextPage", "continuous"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, m, tt.opt)
			files := unpack(t, data)
			var kinds, starts []string
			sections := mustRead(t, files["word/document.xml"]).all("w:sectPr")
			for i, s := range sections {
				kinds = append(kinds, s.val("w:type"))
				if n := s.kid("w:pgNumType"); n != nil && n.attr["w:start"] != "" {
					starts = append(starts, string(rune('0'+i))+n.attr["w:fmt"])
				}
			}
			if diff := cmp.Diff(tt.kinds, kinds); diff != "" {
				t.Errorf("sections (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]string{"0lowerRoman", "2"}, starts); diff != "" {
				t.Errorf("pages are counted from (-want +got):\n%s", diff)
			}
			settings := files["word/settings.xml"]
			if strings.Contains(settings, "<w:evenAndOddHeaders/>") != tt.even || strings.Contains(settings, "<w:mirrorMargins/>") != tt.even {
				t.Error("left and right pages are wrong")
			}
			if strings.Contains(settings, "updateFields") {
				t.Error("Word would ask its user to update fields")
			}
			heads := ""
			for name, text := range files {
				if strings.HasPrefix(name, "word/header") {
					heads += "[" + mustRead(t, text).text + "]"
				}
			}
			for _, want := range []string{"STYLEREF 1 Preface", "STYLEREF 1 Paper", "STYLEREF 1 Type"} {
				if strings.Count(heads, want) != 1 {
					t.Errorf("heads %s: no %q", heads, want)
				}
			}
			if strings.Contains(heads, "Book") != tt.even {
				t.Errorf("heads of left pages: %s", heads)
			}
		})
	}
}

func TestTheContentsAreFilledIn(t *testing.T) {
	m := book.Manuscript{Meta: book.Meta{Title: "Book"}, Chapters: []book.Text{
		{ID: "a", Part: "Matter", Title: "Paper", Numbered: true, Markdown: "## Grain\n\n### Along *it*\n\n#### Deep\n"},
		{ID: "b", Title: "", Numbered: true, Markdown: "x"},
	}}
	for name, tt := range map[string][]string{
		"novel":  {"0Matter", "0Paper", "1Grain", "2Along it", "0Chapter 2"},
		"report": {"0Matter", "01Paper", "11.1\u2002Grain", "21.1.1\u2002Along it", "0Chapter 2"},
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, m, press.Options{Theme: theme(t, name)})
			body := mustRead(t, unpack(t, data)["word/document.xml"])
			var got []string
			for level, style := range []string{"TOC1", "TOC2", "TOC3"} {
				for _, p := range body.all("w:p") {
					if p.style() == style {
						link := p.all("w:hyperlink")[0]
						text, _, _ := strings.Cut(link.text, " PAGEREF")
						got = append(got, string(rune('0'+level))+text)
					}
				}
			}
			want := map[string]bool{}
			for _, w := range tt {
				want[w] = true
			}
			for _, g := range got {
				if !want[g] {
					t.Errorf("the contents say %q", g)
				}
			}
			if len(got) != len(tt) {
				t.Errorf("contents %q, want %q", got, tt)
			}
		})
	}
}

func TestTablesSpanAndRepeatTheirHead(t *testing.T) {
	body := bodyOf(t, "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 ||\n| ^^ | x | y |\n\nTable: Words {#tab}\n\nSee [](#tab).\n")
	table := body.all("w:tbl")[0]
	var rows []string
	for _, r := range table.all("w:tr") {
		row := ""
		if r.kid("w:trPr").kid("w:tblHeader") != nil {
			row = "head: "
		}
		for _, c := range r.all("w:tc") {
			p := c.kid("w:tcPr")
			row += c.text + p.val("w:gridSpan")
			if m := p.kid("w:vMerge"); m != nil {
				row += "v" + m.attr["w:val"]
			}
			row += "|" + c.kid("w:p").kid("w:pPr").val("w:jc") + " "
		}
		rows = append(rows, row)
	}
	if diff := cmp.Diff([]string{"head: a|left b|center c|right ", "1vrestart|left 22|center ", "v| x|center y|right "}, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := body.paragraphs("TableCaption"); len(got) != 1 || !strings.Contains(got[0], `SEQ Table \* ARABIC 1. Words`) {
		t.Errorf("caption %q", got)
	}
	if links := body.all("w:hyperlink"); links[len(links)-1].attr["w:anchor"] != "tab" {
		t.Error("the reference leads elsewhere")
	}
}

func TestPicturesHaveDotsAndWords(t *testing.T) {
	markdown := "![A dot](a.png){width=50%}\n\n![A \\<drawing\\>](c.svg)\n\n![A dot](a.png){width=50%}\n"
	files, _ := one(t, markdown, press.Options{})
	body := mustRead(t, files["word/document.xml"])
	var alts []string
	for _, d := range body.all("wp:docPr") {
		alts = append(alts, d.attr["descr"])
	}
	if diff := cmp.Diff([]string{"A dot", "A <drawing>", "A dot"}, alts); diff != "" {
		t.Errorf("alt texts (-want +got):\n%s", diff)
	}
	if n := len(body.all("asvg:svgBlip")); n != 1 || files["word/media/image2.svg"] == "" || files["word/media/image2.png"] == "" || files["word/media/image3.png"] != "" {
		t.Errorf("%d drawings; files are wrong", n)
	}
	size := body.all("wp:extent")[0]
	if w, h := size.attr["cx"], size.attr["cy"]; w != "2057400" || h != "1285875" { // half of the novel's measure; 320 to 200
		t.Errorf("the picture is %s by %s", w, h)
	}
}

func TestADrawingWithoutAPainterIsWords(t *testing.T) {
	m := book.Manuscript{Meta: book.Meta{Title: "T"}, Assets: pictureFiles(t), Chapters: []book.Text{{ID: "a", Title: "A", Markdown: "![A drawing](c.svg)\n\n![](gone.png)\n"}}}
	var b bytes.Buffer
	report, err := Output{}.Write(t.Context(), &b, parse(t, m), press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	body := mustRead(t, unpack(t, b.Bytes())["word/document.xml"])
	if diff := cmp.Diff([]string{"Figure\u00a0 SEQ Figure \\* ARABIC 1. A drawing", "[ ]"}, body.paragraphs("MissingFigure")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0].Detail, "c.svg") {
		t.Errorf("warnings %v", report.Warnings)
	}
}

func TestLettersHaveTheirLook(t *testing.T) {
	body := bodyOf(t, "Plain *em **both*** ~~gone~~ `code` [web](https://example.org/a?b=1&c) line\\\nbreak\n\n::: {.x lang=fr}\nBonjour\n:::\n")
	want := map[string]string{"em ": "i", "both": "bi", "gone": "strike", "code": "VerbatimChar", "web": "Hyperlink", "Bonjour": "fr-FR"}
	got := map[string]string{}
	for _, r := range body.all("w:r") {
		p := r.kid("w:rPr")
		look := p.val("w:rStyle") + p.val("w:lang")
		for _, tag := range []string{"b", "i", "strike"} {
			if p.kid("w:"+tag) != nil {
				look += tag
			}
		}
		if _, ok := want[r.text]; ok {
			got[r.text] = look
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFormulasAreOfficeMath(t *testing.T) {
	for name, tt := range map[string]struct{ source, want string }{
		"fraction":  {`\frac{a}{b}`, "f(fPr(type)num(r)den(r))"},
		"scripts":   {`x_i^2`, "sSubSup(e(r)sub(r)sup(r))"},
		"sum":       {`\sum_{i=1}^n f(i,j) = 1`, "nary(naryPr(chrlimLoc)sub(rrr)sup(r)e(rd(dPr(begChrendChr)e(rrr))))rr"},
		"root":      {`\sqrt[3]{x}`, "rad(radPrdeg(r)e(r))"},
		"brackets":  {`(1-t)^2`, "sSup(e(d(dPr(begChrendChr)e(rrr)))sup(r))"},
		"no pair":   {`(1-t`, "rrrr"},
		"nested":    {`(a(b)c)^2`, "sSup(e(d(dPr(begChrendChr)e(rd(dPr(begChrendChr)e(r))r)))sup(r))"},
		"bars":      {`|r|^3`, "sSup(e(d(dPr(begChrendChr)e(r)))sup(r))"},
		"limit":     {`\lim_{n} x`, "limLow(e(r)lim(r))rr"},
		"accent":    {`\hat x`, "acc(accPr(chr)e(r))"},
		"matrix":    {`\begin{pmatrix}1&2\end{pmatrix}`, "d(dPr(begChrendChr)e(m(mPr(mcs(mc(mcPr(countmcJc))mc(mcPr(countmcJc))))mr(e(r)e(r)))))"},
		"text":      {`x \text{ if}`, "rr"},
		"no bottom": {`\binom{n}{k}`, "d(dPr(begChrendChr)e(f(fPr(type)num(r)den(r))))"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := press.ParseMath(tt.source)
			if err != nil {
				t.Fatal(err)
			}
			n := mustRead(t, `<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`+formula(f)+"</m:oMath>")
			if got := shape(n); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// shape is the names of the elements in an element; runs are r.
func shape(n *node) string {
	var b strings.Builder
	for _, k := range n.kids {
		if k.name == "#text" {
			continue
		}
		b.WriteString(strings.TrimPrefix(k.name, "m:"))
		if in := shape(k); in != "" && k.name != "m:r" {
			b.WriteString("(" + in + ")")
		}
	}
	return b.String()
}
