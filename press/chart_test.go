package press

import (
	"bytes"
	"strings"
	"testing"

	"quire/book"
)

// chartBook is a book with a figure drawn from data.
func chartBook(spec string) book.Manuscript {
	return book.Manuscript{Meta: book.Meta{Title: "Figures"}, Chapters: []book.Text{{Title: "One", Source: "one.md",
		Markdown: "See [this](#letters).\n\n```figure\n" + spec + "\n```\n\nText."}}}
}

const lettersChart = "kind: bar\nid: letters\ntitle: Letters\ncaption: Letters a day\nlabels: [Noon, Night]\nvalues: [1200, 300]\nunit: letters"

func TestAFigureFromDataIsAPictureWithItsTable(t *testing.T) {
	doc, warnings, err := Parse(chartBook(lettersChart))
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	f, ok := doc.Chapters[0].Blocks[1].(*Figure)
	if !ok || f.ID != "letters" || f.Number != 1 || Plain(f.Caption) != "Letters a day" || !strings.Contains(f.Alt, "1,200") {
		t.Fatalf("the figure is %+v", f)
	}
	if f.Image == nil || f.Image.Format != SVG || f.Image.Width == 0 || len(doc.Images) != 1 {
		t.Errorf("its picture is %+v", f.Image)
	}
	if f.Data == nil || len(f.Data.Rows) != 2 || Plain(f.Data.Rows[0][0].Text) != "Noon" {
		t.Errorf("its table is %+v", f.Data)
	}
	if p := doc.Chapters[0].Blocks[0].(*Paragraph); !strings.Contains(Plain(p.Text), "this") {
		t.Errorf("the reference says %q", Plain(p.Text))
	}
}

func TestAFigureIsDrawnAgainForAnotherTheme(t *testing.T) {
	doc, _, err := Parse(chartBook(lettersChart))
	if err != nil {
		t.Fatal(err)
	}
	img := doc.Images[0]
	before := bytes.Clone(img.Data)
	report, err := FindTheme("report")
	if err != nil {
		t.Fatal(err)
	}
	if w := doc.Illustrate(Options{Theme: report}); len(w) > 0 || bytes.Equal(before, img.Data) || doc.Images[0] != img {
		t.Errorf("the figure is the same in another theme; %v", w)
	}
	if w := doc.Illustrate(Options{}); len(w) > 0 || !bytes.Equal(before, img.Data) {
		t.Errorf("the figure is another one in its first theme; %v", w)
	}
}

func TestAMistakeInAFigureNamesItsFieldAndLine(t *testing.T) {
	doc, warnings, err := Parse(chartBook(strings.Replace(lettersChart, "values: [1200", "values: [twelve", 1)))
	if err != nil || len(warnings) != 2 { // and the link to it leads nowhere
		t.Fatal(err, warnings)
	}
	if w := warnings[0].String(); !strings.Contains(w, "values[0]") || !strings.HasPrefix(w, "one.md:") {
		t.Errorf("the warning is %q", w)
	}
	if f, ok := doc.Chapters[0].Blocks[1].(*Figure); !ok || f.Image != nil || f.Alt == "" {
		t.Errorf("in its place is %+v", doc.Chapters[0].Blocks[1])
	}
}
