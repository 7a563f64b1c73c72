package intake

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wp is a paragraph with a text.
func wp(text string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func TestWordsConstructsComeAsMarkdown(t *testing.T) {
	title := `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>`
	notes := `<w:footnotes ` + wordNames + `><w:footnote w:id="2">` + wp("First.") + wp("Second.") + `</w:footnote></w:footnotes>`
	ends := `<w:endnotes ` + wordNames + `><w:endnote w:id="2">` + wp("End.") + `</w:endnote></w:endnotes>`
	for name, tt := range map[string]struct {
		body, want string
		dropped    []string
	}{
		"tracked changes": {body: `<w:p><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old </w:delText></w:r></w:del><w:r><w:t>text</w:t></w:r></w:p>`,
			want: "new text", dropped: []string{"1 tracked deletion was carried out"}},
		"a deleted end of a paragraph": {body: `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one </w:t></w:r></w:p>` + wp("two"), want: "one two"},
		"moved text":                   {body: `<w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>x</w:t></w:r></w:moveTo></w:p>`, want: "x"},
		"runs that look alike are one": {body: `<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>one</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> two </w:t></w:r><w:r><w:t>three</w:t></w:r></w:p>`, want: "*one two* three"},
		"a toggle that is off":         {body: `<w:p><w:r><w:rPr><w:b w:val="0"/><w:i w:val="false"/></w:rPr><w:t>plain</w:t></w:r></w:p>`, want: "plain"},
		"hidden text":                  {body: `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r><w:r><w:t>here</w:t></w:r></w:p>`, want: "here"},
		"a field with a link": {body: `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://x.y/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>there</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
			want: "[there](http://x.y/)"},
		"a table of contents": {body: `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>One 1</w:t></w:r></w:p><w:p><w:r><w:t>Two 2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` + wp("text"),
			want: "text"},
		"footnotes and endnotes": {body: `<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="2"/><w:t>b</w:t><w:endnoteReference w:id="2"/></w:r></w:p>`,
			want: "a[^1]b[^2]\n\n[^1]: First.\n\n    Second.\n\n[^2]: End."},
		"joined cells": {body: `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + wp("a") + `</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + wp("b") + `</w:tc><w:tc>` + wp("c") + `</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>` + wp("d") + `</w:tc></w:tr></w:tbl>`,
			want: "|  |  |\n|---|---|\n| a ||\n| b | c |\n| ^^ | d |"},
		"a formula": {body: `<w:p><m:oMathPara><m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup><m:rad><m:deg><m:r><m:t>3</m:t></m:r></m:deg><m:e><m:r><m:t>y</m:t></m:r></m:e></m:rad></m:oMath></m:oMathPara></w:p>`,
			want: `$$x^2\sqrt[3]{y}$$`},
		"a text box": {body: `<w:p><w:r><w:t>text</w:t></w:r><w:r><mc:AlternateContent><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>` + wp("boxed") + `</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
			want: "text\n\n::: note\nboxed\n:::", dropped: []string{"1 text box became a passage of the text"}},
		"a scene break": {body: wp("a") + wp("* * *") + wp("b"), want: "a\n\n***\n\nb"},
	} {
		t.Run(name, func(t *testing.T) {
			got, report := importedText(t, "a.docx", docxOf(t, title+tt.body, "word/footnotes.xml", notes, "word/endnotes.xml", ends))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("markdown (-want +got):\n%s", diff)
			}
			if !slices.Equal(tt.dropped, report.Dropped) {
				t.Errorf("dropped %q, want %q", report.Dropped, tt.dropped)
			}
		})
	}
}

func TestWordChaptersBeginAtTitles(t *testing.T) {
	head := func(level, text string) string {
		return `<w:p><w:pPr><w:outlineLvl w:val="` + level + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	bold := func(text string) string {
		return `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>` + text + `</w:t></w:r></w:p>`
	}
	for name, tt := range map[string]struct{ body, want string }{
		"titles of level 1":      {head("0", "Salt") + wp("a") + head("1", "Grain") + wp("b") + head("0", "Bread") + wp("c"), "Salt; Bread"},
		"numbers in words":       {head("0", "Kapitel 1: Salz") + wp("a") + head("0", "Kapitel 2") + wp("b"), "1 Salz; 2 Kapitel 2"},
		"numbers alone":          {head("0", "1. Salt") + wp("a") + head("0", "2. Bread") + wp("b"), "1 Salt; 2 Bread"},
		"a year is no number":    {head("0", "1984") + wp("a") + head("0", "1985") + wp("b"), "1984; 1985"},
		"parts":                  {head("0", "Part One") + head("1", "Salt") + wp("a") + head("0", "Part Two") + head("1", "Bread") + wp("b"), "[Part One] Salt; [Part Two] Bread"},
		"sections are no parts":  {head("0", "Salt") + head("1", "Grain") + wp("a") + head("0", "Bread") + head("1", "Crust") + wp("b"), "Salt; Bread"},
		"the book's title above": {head("0", "The Mill") + head("1", "Salt") + wp("a") + head("1", "Bread") + wp("b"), "Salt; Bread"},
		"lines that say so":      {wp("Chapter 1") + wp("a a") + wp("Chapter 2") + wp("b b"), "1 Chapter 1; 2 Chapter 2"},
		"bold lines":             {bold("Salt") + wp("a a") + wp("a b") + bold("Bread") + wp("b b") + wp("b c"), "Salt; Bread"},
		"no titles":              {wp("a") + wp("b"), "Mill"},
	} {
		t.Run(name, func(t *testing.T) {
			m, _ := imported(t, "mill.docx", docxOf(t, tt.body))
			doc, _ := document(t, m)
			var got []string
			for _, c := range doc.Chapters {
				s := c.Title
				if c.Number > 0 {
					s = string(rune('0'+c.Number)) + " " + s
				}
				if c.Opens != nil {
					s = "[" + c.Opens.Title + "] " + s
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("chapters (-want +got):\n%s", diff)
			}
		})
	}
}
