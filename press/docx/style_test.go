package docx

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

func TestStylesFollowTheTheme(t *testing.T) {
	for name, want := range map[string]map[string]string{
		"novel": {
			"BodyText": "both 280", "Heading1": "center 0 keep EB Garamond 42", "Heading2": "center 1 keep EB Garamond 22 italic", "Part": "center 0 EB Garamond 53",
			"Caption": "center EB Garamond 19 italic", "TableText": "left EB Garamond 19", "SourceCode": "left Consolas 16",
		},
		"report": {
			"BodyText": "both", "Heading1": "left 0 keep PT Sans 50 bold", "Heading2": "left 1 keep PT Sans 30 bold", "Part": "left 0 PT Sans 63 bold",
			"Caption": "center PT Sans 18", "TableText": "left PT Sans 18", "SourceCode": "left PT Mono 17",
		},
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, arabic(), press.Options{Theme: theme(t, name)})
			got := map[string]string{}
			for _, s := range mustRead(t, unpack(t, data)["word/styles.xml"]).all("w:style") {
				if _, ok := want[s.attr["w:styleId"]]; ok {
					got[s.attr["w:styleId"]] = outlook(s)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// outlook is how a style looks, in short.
func outlook(s *node) string {
	p, r := s.kid("w:pPr"), s.kid("w:rPr")
	words := []string{p.val("w:jc"), p.val("w:outlineLvl")}
	if in := p.kid("w:ind"); in != nil {
		words = append(words, in.attr["w:firstLine"])
	}
	if p.kid("w:keepNext") != nil {
		words = append(words, "keep")
	}
	if f := r.kid("w:rFonts"); f != nil {
		words = append(words, f.attr["w:ascii"], r.val("w:sz"))
	}
	for _, x := range [][2]string{{"w:b", "bold"}, {"w:i", "italic"}} {
		if r.kid(x[0]) != nil {
			words = append(words, x[1])
		}
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func TestPagesHaveTheTrimAndTheThemesMargins(t *testing.T) {
	files, _ := one(t, "x", press.Options{Theme: theme(t, "novel"), Trim: press.Trim{Width: 6 * press.Inch, Height: 9 * press.Inch}})
	section := mustRead(t, files["word/document.xml"]).all("w:sectPr")[0]
	size, margins := section.kid("w:pgSz"), section.kid("w:pgMar")
	got := []string{size.attr["w:w"], size.attr["w:h"], margins.attr["w:left"], margins.attr["w:right"], margins.attr["w:top"], margins.attr["w:bottom"]}
	if diff := cmp.Diff([]string{"8640", "12960", "1227", "933", "1192", "1270"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPlainHeadsStandOutside(t *testing.T) {
	files, _ := one(t, "x", press.Options{Theme: theme(t, "report")})
	sides := map[string]string{}
	for name, text := range files {
		if strings.HasPrefix(name, "word/header") {
			p := mustRead(t, text).all("w:p")[0]
			sides[p.text] = p.kid("w:pPr").val("w:jc")
		}
	}
	if diff := cmp.Diff(map[string]string{"T": "left", " STYLEREF 1 One": "right", "": ""}, sides); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOnlyNumberedChaptersCount(t *testing.T) {
	m := book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{
		{ID: "p", Title: "Preface", Markdown: "## Why\n"}, {ID: "a", Title: "A", Numbered: true, Markdown: "## B\n"},
		{ID: "u", Numbered: true, Markdown: "## C\n"}, {ID: "d", Title: "D", Numbered: true, Markdown: "## E\n"},
	}}
	data, _ := bind(t, m, press.Options{Theme: theme(t, "report")})
	files := unpack(t, data)
	got := map[string]string{}
	for _, p := range mustRead(t, files["word/document.xml"]).all("w:p") {
		if strings.HasPrefix(p.style(), "Heading") {
			got[p.text] = p.kid("w:pPr").kid("w:numPr").val("w:numId")
		}
	}
	want := map[string]string{"Preface": "0", "Why": "0", "A": "", "B": "", "Chapter 2": "0", "C": "0", "D": "5", "E": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(files["word/numbering.xml"], `<w:num w:numId="5"><w:abstractNumId w:val="6"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>`) {
		t.Error("chapter 3 does not begin with 3")
	}
}

func TestANoteOutOfOrderHasAMarkOfItsOwn(t *testing.T) {
	note := func(n int) *press.Note {
		return &press.Note{ID: "n", Number: n, Blocks: []press.Block{&press.Paragraph{Text: []press.Inline{&press.Text{Value: "x"}}}}}
	}
	a, b, c := note(1), note(7), note(2)
	text := []press.Inline{&press.NoteRef{Note: a}, &press.NoteRef{Note: b}, &press.NoteRef{Note: c}}
	doc := &press.Document{Lang: "en", Chapters: []*press.Chapter{{ID: "c", Title: "C", Blocks: []press.Block{&press.Paragraph{Text: text}}, Notes: []*press.Note{a, c, b}}}}
	var out bytes.Buffer
	if _, err := (Output{}).Write(t.Context(), &out, doc, press.Options{}); err != nil {
		t.Fatal(err)
	}
	files := unpack(t, out.Bytes())
	var marks []string
	for _, r := range mustRead(t, files["word/document.xml"]).all("w:footnoteReference") {
		marks = append(marks, r.attr["w:id"]+r.attr["w:customMarkFollows"]+r.up.text)
	}
	if diff := cmp.Diff([]string{"1", "217", "3"}, marks); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(files["word/footnotes.xml"], "<w:t>7</w:t>") {
		t.Error("the note does not begin with its mark")
	}
}

func TestBookmarkNamesAreWords(t *testing.T) {
	taken := map[string]bool{}
	var got []string
	for _, id := range []string{"fig-one", "fig_one", "FIG-ONE", "9", strings.Repeat("a", 60), strings.Repeat("a", 61)} {
		got = append(got, bookmarkName(id, taken))
	}
	long := strings.Repeat("a", 32)
	if diff := cmp.Diff([]string{"fig_one", "fig_one_2", "FIG_ONE_3", "s9", long, long + "_2"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
