package press

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

// spanSketch writes a table's cells with their sizes.
func spanSketch(t *Table) string {
	var rows []string
	for _, row := range append([][]Cell{t.Head}, t.Rows...) {
		var cells []string
		for _, c := range row {
			s := inlineSketch(c.Text)
			switch {
			case c.Covered:
				s = "#" + s
			case c.ColSpan > 1 || c.RowSpan > 1:
				s += fmt.Sprintf("%dx%d", max(c.ColSpan, 1), max(c.RowSpan, 1))
			}
			cells = append(cells, s)
		}
		rows = append(rows, strings.Join(cells, ","))
	}
	return strings.Join(rows, "/")
}

func TestTablesJoinCells(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"no spans":                  {"|a|b|\n|-|-|\n|c| |", "a,b/c,"},
		"a wide cell":               {"|a|b|c|\n|-|-|-|\n|d||e|", "a,b,c/d2x1,#,e"},
		"a wide cell at the end":    {"|a|b|c|\n|-|-|-|\n|d|e||", "a,b,c/d,e2x1,#"},
		"the widest cell":           {"|a|b|c|\n|-|-|-|\n|d|||", "a,b,c/d3x1,#,#"},
		"a wide head":               {"|a||b|\n|-|-|-|\n|c|d|e|", "a2x1,#,b/c,d,e"},
		"nothing before it":         {"|a|b|\n|-|-|\n||c|", "a,b/,c"},
		"a high cell":               {"|a|b|\n|-|-|\n|c|d|\n|^^|e|\n|^^|f|", "a,b/c1x3,d/#,e/#,f"},
		"wide and high":             {"|a|b|c|\n|-|-|-|\n|d||e|\n|^^||f|", "a,b,c/d2x2,#,e/#,#,f"},
		"nothing above it":          {"|a|\n|-|\n|^^|", "a/"},
		"another width above it":    {"|a|b|\n|-|-|\n|c||\n|^^|d|", "a,b/c2x1,#/,d"},
		"a short row is not a span": {"|a|b|\n|-|-|\n|c|", "a,b/c,"},
		"a bar in code":             {"|a|\n|-|\n|`b\\|c`|", "a/`b|c`"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, _ := parseText(t, tt.text)
			table, ok := doc.Chapters[0].Blocks[0].(*Table)
			if !ok {
				t.Fatalf("%T", doc.Chapters[0].Blocks[0])
			}
			if diff := cmp.Diff(tt.want, spanSketch(table)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTablesTakeCaptions(t *testing.T) {
	table := "|a|\n|-|\n|b|\n"
	for name, tt := range map[string]struct{ text, want string }{
		"behind":               {table + "\nTable: The *b* \"c\" {#t1}\n", "1 t1 The *b* “c”"},
		"before":               {"Table: One {#t1}\n\n" + table, "1 t1 One"},
		"directly before":      {"Table: One\n" + table, "1  One"},
		"none":                 {"x\n\n" + table + "\ny", "0  ; p:x; p:y"},
		"between two":          {table + "\nTable: One\n\n" + table, "1  One; 0  "},
		"before each":          {"Table: One\n\n" + table + "\nTable: Two\n\n" + table, "1  One; 2  Two"},
		"text that looks like": {"Table: One\n\nx", "; p:Table: One; p:x"},
		"inside a quotation":   {"> Table: One {#t_1}\n>\n> |a|\n> |-|\n", "; >(table a)"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, warnings := parseText(t, tt.text)
			var tables, rest []string
			for _, b := range doc.Chapters[0].Blocks {
				if x, ok := b.(*Table); ok {
					tables = append(tables, fmt.Sprintf("%d %s %s", x.Number, x.ID, inlineSketch(x.Caption)))
					continue
				}
				rest = append(rest, sketch([]Block{b}))
			}
			got := strings.Join(tables, "; ")
			if len(rest) > 0 {
				got += "; " + strings.Join(rest, "; ")
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || len(warnings) > 0 {
				t.Errorf("(-want +got):\n%s%v", diff, warnings)
			}
		})
	}
}

func TestDefinitionListsAreRead(t *testing.T) {
	doc, warnings := parseText(t, "Salt\nSea salt\n:   White.\n\n    More.\n\n:   *Dear*.\n\nTar\n: Black.\n")
	d, ok := doc.Chapters[0].Blocks[0].(*Definitions)
	if !ok || len(warnings) > 0 {
		t.Fatal(sketch(doc.Chapters[0].Blocks), warnings)
	}
	var got []string
	for _, it := range d.Items {
		for _, term := range it.Terms {
			got = append(got, inlineSketch(term))
		}
		for _, m := range it.Meanings {
			got = append(got, "("+sketch(m)+")")
		}
	}
	want := "Salt Sea salt (p:White.; p:More.) (p:*Dear*.) Tar (p:Black.)"
	if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := doc.Words(); n != 9 {
		t.Errorf("%d words, want 9", n)
	}
}

func TestFiguresHaveAttributes(t *testing.T) {
	doc, warnings := parseText(t, "![A](img/a.png){#sea_1 width=62.5% .here}\n\n![B](img/a.png){width=300%}\n\n![C](img/a.png){#sea_1} and text\n\n[](#sea_1)")
	b := doc.Chapters[0].Blocks
	f, ok := b[0].(*Figure)
	if !ok || f.ID != "sea_1" || f.Width != 625 || !f.Here {
		t.Errorf("%+v", b[0])
	}
	if got := sketch(b[2:]); got != "p: and text; fig image-1:C; p:[Figure\u00a01](#sea_1)" {
		t.Error(got)
	}
	want := []string{"one.md:3: width=300% behind the picture is not known; write #id, width=60%, .here or .plate", `one.md:5: the id "sea_1" is used twice`}
	if diff := cmp.Diff(want, told(warnings)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// told are warnings as lines.
func told(warnings []Warning) []string {
	var out []string
	for _, w := range warnings {
		out = append(out, w.String())
	}
	return out
}

func TestReferencesAreFilledWithNames(t *testing.T) {
	doc, warnings, err := Parse(book.Manuscript{
		Meta: book.Meta{Title: "T", Language: "de"},
		Chapters: []book.Text{
			{ID: "pre", Title: "Vorwort", Markdown: "[](#one) [](#pre) [](#part-1) [](#t) [](#f) [](#s) [](page:s) [siehe](#s) [](#gone)"},
			{ID: "one", Title: "Eins", Part: "Land", Numbered: true, Source: "1.md",
				Markdown: "## Das *Meer* {#s}\n\n![x](y.png){#f}\n\n|a|\n|-|\n\nTable: z {#t}\n"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "p:[Kapitel\u00a01](#one) [Vorwort](#pre) [Teil\u00a0I](#part-1) [Tabelle\u00a01](#t) [Abbildung\u00a01](#f) [Das Meer](#s) [Das Meer](#s) [siehe](#s) [gone](#)"
	if diff := cmp.Diff(want, sketch(doc.Chapters[0].Blocks)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	ref, ok := doc.Chapters[0].Blocks[0].(*Paragraph).Text[12].(*Ref)
	if !ok || !ref.Page {
		t.Errorf("no reference to a page: %+v", ref)
	}
	if len(warnings) != 2 || warnings[1].Detail != "the link to #gone leads nowhere" {
		t.Errorf("warnings: %v", warnings)
	}
}

func TestDollarsAreMoneyOrMaths(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"money":                     {"It costs $5 and $6, or $7.", "p:It costs $5 and $6, or $7."},
		"a formula":                 {"So $a_1*b*c$ is", "p:So ⟨a_1 ∗ b ∗ c⟩ is"},
		"a blank inside":            {"a $ b$ c", "p:a $ b$ c"},
		"a blank before the end":    {"a $b $ c", "p:a $b $ c"},
		"a digit behind":            {"$20,000 and USD$30", "p:$20,000 and USD$30"},
		"an escaped dollar":         {`a \$b$ c`, "p:a $b$ c"},
		"an escaped dollar inside":  {`$\$a$`, "p:⟨$a⟩"},
		"brackets with a backslash": {`\(a\) and \[b\]`, "p:⟨a⟩ and [b]"},
		"over two lines":            {"$a\n+b$", "p:⟨a + b⟩"},
		"in code":                   {"`$a$`", "p:`$a$`"},
		"in emphasis":               {"*$a$*", "p:*⟨a⟩*"},
		"a display":                 {"$$a$$", "math a#"},
		"a display over lines":      {"x\n$$\na\n- b\n$$ {#eq}\ny", "p:x; math a − b#eq; p:y"},
		"a display in a quotation":  {"> $$\n> a\n> $$\n> b", ">(math a#; p:b)"},
		"a display in a list":       {"- x\n\n  $$\n  a\n  $$", "-(p:x; math a#)"},
		"a display among words":     {"x $$a$$ y", "p:x ; math a#; p: y"},
		"a display that ends never": {"$$a\n\nb", "p:$$a; p:b"},
		"two displays":              {"$$a$$\n$$b$$", "math a#; math b#"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, warnings := parseText(t, tt.text)
			if diff := cmp.Diff(tt.want, sketch(doc.Chapters[0].Blocks)); diff != "" || len(warnings) > 0 {
				t.Errorf("(-want +got):\n%s%v", diff, warnings)
			}
		})
	}
}

func TestAFormulaThatCannotBeReadStaysAsItIs(t *testing.T) {
	doc, warnings := parseText(t, "a\n\nb $\\foo$\n\n$$\n\\bar\n$$")
	if got := sketch(doc.Chapters[0].Blocks); got != "p:a; p:b `\\foo`; code :\\bar" {
		t.Error(got)
	}
	want := []string{`one.md:3: the formula \foo cannot be set: the command \foo is not known`,
		`one.md:5: the formula \bar cannot be set: something is missing at its end or behind a command`}
	if diff := cmp.Diff(want, told(warnings)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDedicationAboutAndCoverAreRead(t *testing.T) {
	doc, warnings, err := Parse(book.Manuscript{
		Meta:     book.Meta{Title: "T", Language: "fr", Dedication: "À *toi*", About: "Elle écrit.[^1]\n\n[^1]: Beaucoup.", Cover: "img/a.png"},
		Chapters: []book.Text{{ID: "about", Title: "One", Numbered: true, Markdown: "x"}},
		Assets:   pictures(t),
	})
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	if got := sketch(doc.Dedication); got != "p:À *toi*" {
		t.Error(got)
	}
	last := doc.Chapters[1]
	if last.Title != "À propos de l’auteur" || last.Number != 0 || last.ID != "about-2" || len(last.Notes) != 1 {
		t.Errorf("%+v", last)
	}
	if doc.Cover == nil || doc.Cover.Format != PNG {
		t.Errorf("cover: %+v", doc.Cover)
	}
}

func TestTagsThatMeanSomethingAreKept(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"emphasis":        {"<em>a</em> <b>b *c*</b> <s>d</s>", "p:*a* **b *c*** ~d~"},
		"scripts":         {"H<sub>2</sub>O x<sup>10</sup> 1<sup>st</sup>", "p:H₂O x¹⁰ 1st"},
		"words are kept":  {"<u>a</u> <small>b</small>", "p:a b"},
		"nested":          {"<b><i>a</i></b>", "p:***a***"},
		"crossed":         {"<b><i>a</b></i>", "p:**a**"},
		"never closed":    {"<b>a", "p:a"},
		"never opened":    {"a</b>", "p:a"},
		"nothing in it":   {"a<b></b>", "p:a"},
		"a break":         {"a<br/>b", "p:a⏎b"},
		"strong emphasis": {"***a** b*", "p:***a** b*"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, _ := parseText(t, tt.text)
			if diff := cmp.Diff(tt.want, sketch(doc.Chapters[0].Blocks)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
