package layout

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

// files is a folder of pictures.
func files(t testing.TB) fs.FS {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 1500))); err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"tall.png": {Data: b.Bytes()},
		"a.svg":    {Data: []byte(`<svg viewBox="0 0 40 20"><rect width="40" height="20" fill="url(#g)"/><defs><linearGradient id="g"><stop/><stop offset="1" stop-color="red"/></linearGradient></defs><text y="9">Label</text></svg>`)},
		"many.svg": {Data: []byte(`<svg viewBox="0 0 1 1">` + strings.Repeat("<g/>", maxSVGNodes+1) + `</svg>`)},
	}
}

// prose is text of so many sentences.
func prose(sentences int) string {
	return strings.Repeat("The keeper climbed the stair and lit the lamp against the dark water. ", sentences)
}

func TestFrontMatterStandsInItsOrder(t *testing.T) {
	doc := parse(t, book.Manuscript{
		Meta:     book.Meta{Title: "The Lamp", Subtitle: "A Tale", Author: "A. N. Author", Publisher: "The Press", Date: "2026-05-04", ISBN: "978-0", Imprint: []string{"Sample text."}},
		Chapters: []book.Text{{ID: "a", Title: "One", Numbered: true, Part: "Sea", Markdown: "Text.\n\n## Inside\n\nMore.\n\n### Deeper\n\nEnd."}, {ID: "b", Title: "Two", Numbered: true}},
	})
	pages := typeset(t, doc, press.Options{})
	var got []string
	for i := range pages.List {
		got = append(got, pages.List[i].Label+": "+strings.ReplaceAll(pageText(&pages.List[i]), "\n", " / "))
	}
	want := []string{
		"i: The Lamp", "ii: ", "iii: The Lamp / A Tale / A. N. Author / The Press · 2026",
		"iv: The Lamp · A. N. Author / The Press, 2026-05-04 / ISBN 978-0 / Sample text.",
		"v: Contents / v / Part I Sea / 1 / 1 / One / 3 / Inside / 3 / Deeper / 3 / 2 / Two / 5", "vi: ",
		"1: Part I / Sea", "2: ",
		"3: Chapter 1 / One / 3 / Text. / Inside / More. / Deeper / End.", "4: ",
		"5: Chapter 2 / Two / 5",
	}
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], "\u2002", " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	wantOutline := []press.Outline{{Title: "Sea", Page: 6, Kids: []press.Outline{
		{Title: "1  One", Page: 8, Kids: []press.Outline{{Title: "Inside", Page: 8, Kids: []press.Outline{{Title: "Deeper", Page: 8}}}}},
		{Title: "2  Two", Page: 10}}}}
	if diff := cmp.Diff(wantOutline, pages.Outline, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Top" }, cmp.Ignore())); diff != "" {
		t.Errorf("outline (-want +got):\n%s", diff)
	}
}

func TestBlankPagesAreTrulyBlank(t *testing.T) {
	pages := typeset(t, chapters(t, nil, "One.", "Two."), press.Options{})
	for _, i := range []int{1, 5, 7} {
		if p := pages.List[i]; len(p.Ops)+len(p.Links) > 0 {
			t.Errorf("page %s is not blank: %s", p.Label, pageText(&p))
		}
	}
}

func TestNonfictionChaptersOpenOnTheNextPage(t *testing.T) {
	pages := typeset(t, chapters(t, nil, "One.", "Two.", "Three."), theme(t, "nonfiction"))
	if got := len(pages.List) - 6; got != 3 {
		t.Errorf("%d pages for three short chapters", got)
	}
}

func TestRunningHeadsNameBookAndChapter(t *testing.T) {
	pages := typeset(t, chapters(t, nil, prose(300)), press.Options{})
	heads := map[int]string{7: "A Trial", 8: "Title 1"}
	for i, want := range heads {
		got := ""
		for _, l := range lines(&pages.List[i]) {
			if l.Kind == press.PageLine && l.Runs[0].Actual != "" {
				got = l.Runs[0].Actual
			}
			for _, r := range l.Runs {
				if l.Kind == press.PageLine && r.Node != nil {
					t.Error("a head is part of the text")
				}
			}
		}
		if got != want {
			t.Errorf("head of page %s: %q, want %q", pages.List[i].Label, got, want)
		}
	}
}

func TestLongTitlesNeverOverflow(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("An Unreasonably Long Title ", 20))
	for i, name := range []string{"novel", "nonfiction"} {
		if i >= 3-stride { // the detector makes this slow
			break
		}
		for _, title := range []string{long, strings.Repeat("Unbreakable", 30)} {
			doc := parse(t, book.Manuscript{Meta: book.Meta{Title: title, Subtitle: title, Author: title, Publisher: title},
				Chapters: []book.Text{{Title: title, Part: title, Numbered: true, Markdown: prose(300) + "\n\n## " + title + "\n\n" + prose(30)}}})
			pages := typeset(t, doc, theme(t, name))
			frame := pages.Trim
			for i := range pages.List {
				for _, l := range lines(&pages.List[i]) {
					if l.Over > 0 || l.Y < 20*press.Point || l.Y > frame.Height-15*press.Point {
						t.Errorf("%s, page %s: %q sticks out by %s at %s", name, pages.List[i].Label, words(l), l.Over, l.Y)
					}
				}
			}
		}
	}
}

func TestEveryBlockIsSet(t *testing.T) {
	text := strings.Join([]string{
		"::: epigraph\nMotto.\n\n— Somebody\n:::", "\"First paragraph\" with **bold**, *it*, ~~struck~~, `code/path.go` and [link](https://x.org) and [ref](#s).",
		"## Section {#s}", "> Quoted.\n>\n> — Source", "- a\n- b\n  1. c\n\n     d\n", "3. e\n4. f", "```\nx := 1\n\n\ty\n```",
		"::: verse\nLine one,  \nline two\n\nAnother " + prose(3) + "\n\n> in verse\n:::", "::: note\nBoxed.\n:::", "::: {.note #n}\n:::", "::: signature\nMe\n:::",
		"::: center\nMiddle\n:::", "::: imprint\nSmall\n:::", "::: {.other lang=fr #o}\nAutrement dit\n:::", "---", "After.", "![Drawn.](a.svg)", "![Tall](tall.png)",
		"![](none.png)", "![Too many](many.svg)", "| A | B | C |\n|:-:|--:|--|\n| 1 | 2 | see[^t] |", "Text[^n] again[^n].", "[^n]: Note *text*.\n\n[^t]: In a table.", "- \n- x",
	}, "\n\n")
	for _, name := range []string{"novel", "nonfiction"} {
		pages := typeset(t, chapters(t, files(t), text), theme(t, name))
		got := bookText(pages)
		for _, want := range []string{"Motto.", "— Somebody", "Section", "— Source", "•", "1.", "3.", "    y", "line two", "in verse", "Boxed.", "Me", "Middle", "Small", "Autrement", "After.",
			"Figure 1. Drawn.", "Label", "Figure 2. Tall", "[ ]", "Too many", "Note text.", "In a table."} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is missing", name, want)
			}
		}
		if q := measure(pages); q.over > 0 || q.missing > 0 {
			t.Errorf("%s: %+v", name, q)
		}
		if n := len(pages.Warnings); n != 1 || !strings.Contains(pages.Warnings[0].Detail, "many.svg cannot be drawn") {
			t.Errorf("%s: warnings %v", name, pages.Warnings)
		}
	}
}

// roles counts the structure nodes by role.
func roles(n *press.Node, into map[press.Role]int) map[press.Role]int {
	into[n.Role]++
	for _, k := range n.Kids {
		roles(k, into)
	}
	return into
}

func TestTheStructureTreeNamesWhatThingsAre(t *testing.T) {
	text := "Text[^1].\n\n## Two\n\n### Three\n\n> q\n\n- l\n\n```\nc\n```\n\n|a|\n|-|\n|b|\n\n![f](a.svg)\n\n[^1]: n"
	got := roles(typeset(t, chapters(t, files(t), text), press.Options{}).Tree, map[press.Role]int{})
	for role, want := range map[press.Role]int{"Document": 1, "H1": 1, "H2": 1, "H3": 1, "BlockQuote": 1, "L": 1, "LI": 1, "LBody": 1, "Code": 1, "Table": 1, "TR": 2, "TH": 1, "TD": 1,
		"Figure": 1, "Note": 1, "TOC": 1, "TOCI": 3, "Caption": 2} {
		if got[role] != want {
			t.Errorf("%d %s, want %d", got[role], role, want)
		}
	}
}

func TestLinksLeadToTheirPlaces(t *testing.T) {
	pages := typeset(t, chapters(t, nil, "See [there](#there), [out](https://x.org/) and a note.[^1]\n\n[^1]: N.", prose(200)+"\n\n## There {#there}\n\nx"), press.Options{})
	var got []string
	for i, p := range pages.List {
		for _, l := range p.Links {
			to := l.URL
			if to == "" {
				to = pages.List[l.Page].Label
			}
			got = append(got, fmt.Sprintf("%s %s → %s", p.Label, l.Alt, to))
			if l.W <= 0 || l.H <= 0 || l.Node == nil {
				t.Errorf("page %d: area %+v", i, l)
			}
		}
	}
	want := []string{"v 1 → 1", "v 1 → 1", "v 1 → 1", "v 3 → 3", "v 3 → 3", "v 3 → 3", "v 8 → 8", "v 8 → 8", "1 there → 8", "1 https://x.org/ → https://x.org/", "1 1 → 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestATableGoesOnWithItsHead(t *testing.T) {
	text := "| Name | Text | Sum |\n|--|--|--:|\n" + strings.Repeat("| A name | "+prose(2)+" | 1,234 |\n", 40)
	pages := typeset(t, chapters(t, nil, text), press.Options{})
	heads := 0
	for i := 6; i < len(pages.List); i++ {
		body := pageText(&pages.List[i])
		if strings.Count(body, "Name\nText\nSum") != 1 {
			t.Errorf("page %s has no head or two", pages.List[i].Label)
		}
		for _, l := range lines(&pages.List[i]) {
			if words(l) == "Name" && i > 6 && (l.Y < 60*press.Point || l.Y > 90*press.Point) {
				t.Errorf("page %s: the head stands at %s", pages.List[i].Label, l.Y)
			}
		}
		heads++
	}
	if q := measure(pages); heads < 4 || q.over > 0 {
		t.Errorf("%d pages, %+v", heads, q)
	}
	if n := roles(pages.Tree, map[press.Role]int{})["TH"]; n != 3 {
		t.Errorf("%d heads in the tree", n)
	}
}

func TestColumnsShareTheRoom(t *testing.T) {
	for name, tt := range map[string]struct{ need, least, want []press.Pt }{
		"all fit":               {[]press.Pt{10, 20}, []press.Pt{5, 5}, []press.Pt{10, 20}},
		"the narrow one fits":   {[]press.Pt{20, 300}, []press.Pt{5, 50}, []press.Pt{20, 80}},
		"two wide ones":         {[]press.Pt{20, 140, 140}, []press.Pt{5, 20, 20}, []press.Pt{20, 40, 40}},
		"words need the room":   {[]press.Pt{45, 300}, []press.Pt{5, 80}, []press.Pt{7, 93}},
		"words do not fit":      {[]press.Pt{300, 300}, []press.Pt{100, 300}, []press.Pt{25, 75}},
		"nothing needs nothing": {[]press.Pt{0, 0}, []press.Pt{0, 0}, []press.Pt{0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, share(tt.need, tt.least, 100)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestATableWithTooManyColumnsIsAList(t *testing.T) {
	row := strings.Repeat("|c", 2000) + "|\n"
	pages := typeset(t, chapters(t, nil, row+strings.Repeat("|-", 2000)+"|\n"+row+"| |\n"), press.Options{})
	if len(pages.Warnings) != 1 || !strings.Contains(bookText(pages), "c: c; c: c") {
		t.Errorf("warnings %v", pages.Warnings)
	}
}

func TestALongNoteGoesOnOverPages(t *testing.T) {
	for _, text := range []string{"Word.[^1] " + prose(60), prose(3) + "Word.[^1]"} {
		pages := typeset(t, chapters(t, nil, text+"\n\n[^1]: "+prose(300)), press.Options{})
		notes, deepest := 0, press.Pt(0)
		for i := range pages.List {
			for _, l := range lines(&pages.List[i]) {
				if l.Kind == press.NoteLine {
					notes++
					deepest = max(deepest, l.Y)
				}
			}
		}
		if q := measure(pages); notes < 200 || deepest > pages.Trim.Height-50*press.Point || q.widows+q.orphans > 0 {
			t.Errorf("%d lines, down to %s, %+v", notes, deepest, q)
		}
	}
}

func TestChaptersOfAllShapesAreSet(t *testing.T) {
	for name, text := range map[string]string{
		"empty":                "",
		"one letter":           "A",
		"one figure":           "![x](a.svg)",
		"only a table":         "|a|\n|-|\n|b|",
		"only a head row":      "|a|\n|-|\n",
		"only a break":         "---",
		"only a heading":       "## H",
		"sixty headings":       strings.Repeat("## H\n\n", 60),
		"a number first":       "42 is the number " + prose(9),
		"a quote first":        "“Well,” " + prose(9),
		"emphasis first":       "*Well* then " + prose(9),
		"a note first":         "[^1] " + prose(9) + "\n\n[^1]: n",
		"an empty note":        "x[^1]\n\n[^1]: <!-- -->",
		"a list 40 deep":       nested(40),
		"quotes 40 deep":       strings.Repeat("> ", 40) + "x",
		"a long word":          strings.Repeat("abcdefghij", 60),
		"a word without end":   strings.Repeat("abcdefghij", 2500),
		"a long line of code":  "```\n" + strings.Repeat("abcdefghij", 60) + "\n```",
		"code of 300 lines":    "```\n" + strings.Repeat("line\n", 300) + "```",
		"hard breaks":          strings.Repeat("a\\\n", 30) + "b",
		"spaces of all kinds":  "a\u00a0b\u202fc\u2009d\u00ade\u200bf — g",
		"combining marks":      "e\u0301 a\u0308\u0323 \u0301",
		"a wide cell":          "|" + strings.Repeat("a", 300) + "|b|\n|-|-|\n|x|y|",
		"a cell of many lines": "|a|b|\n|-|-|\n|" + prose(80) + "|y|",
		"Chinese":              strings.Repeat("水", 200),
	} {
		t.Run(name, func(t *testing.T) {
			for _, th := range []string{"novel", "nonfiction"} {
				pages := typeset(t, chapters(t, files(t), text, "Another."), theme(t, th))
				if q := measure(pages); q.over > 0 {
					t.Errorf("%s: %+v", th, q)
				}
			}
		})
	}
}

// nested is a list that deep.
func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- level\n")
	}
	return b.String()
}

func TestFourHundredChaptersAreAllInTheContents(t *testing.T) {
	texts := slices.Repeat([]string{"Short."}, 400)
	pages := typeset(t, chapters(t, nil, texts...), press.Options{})
	var contents strings.Builder
	for i := range pages.List {
		if strings.Trim(pages.List[i].Label, "ivxl") == "" {
			contents.WriteString(pageText(&pages.List[i]) + "\n")
		}
	}
	for i := 1; i <= 400; i++ {
		if want := fmt.Sprintf("%d\nTitle %d\n%d\n", i, i, 2*i-1); !strings.Contains(contents.String(), want) {
			t.Fatalf("no entry %q", want)
		}
	}
}

func TestMissingGlyphsAreListedWithTheirPages(t *testing.T) {
	var many []string
	for i := range 30 {
		many = append(many, string(rune(0x4e00+i)))
	}
	pages := typeset(t, chapters(t, nil, "A 漢 here.", strings.Join(many, " ")), press.Options{})
	if len(pages.Warnings) != 1 {
		t.Fatalf("warnings %v", pages.Warnings)
	}
	got := pages.Warnings[0].Detail
	if !strings.HasPrefix(got, "no face has these characters: 一 U+4E00 on 3; ") || !strings.HasSuffix(got, "and 11 more") {
		t.Errorf("got %q", got)
	}
}

func TestCharactersComeFromTheFirstFaceThatHasThem(t *testing.T) {
	pages := typeset(t, chapters(t, nil, "Plain, Ελληνικά, Русский, **Жук**, ✓ → ≤ ★ `ж→`."), press.Options{})
	if len(pages.Warnings) > 0 {
		t.Errorf("warnings %v", pages.Warnings)
	}
	got := map[press.FontID]bool{}
	for _, l := range lines(&pages.List[6]) {
		for _, r := range l.Runs {
			got[r.Font] = true
		}
	}
	for _, want := range []press.FontID{"EBGaramond12-Regular", "EBGaramond12-Bold", "DejaVuSans", "PTMono-Regular"} {
		if !got[want] && want != "EBGaramond12-Bold" {
			t.Errorf("%s is not used", want)
		}
	}
}

func TestALineThatIsTooLongSaysByHowMuch(t *testing.T) {
	s := newSetter(t)
	st := s.plainStyle(s.faces.body, 11*press.Point)
	items := (&itemizer{s: s}).items([]span{{text: "lamps along the shore", style: st}}, 0)
	l := textLine{items: items[:7], width: 60 * press.Point, last: true}
	if got := s.setLine(&l, justified, press.BodyLine); got.Over < 20*press.Point || got.Spaces != 3 {
		t.Errorf("sticks out by %s with %d spaces", got.Over, got.Spaces)
	}
	if got := s.setLine(&l, flushLeft, press.BodyLine); got.Over < 20*press.Point {
		t.Errorf("ragged: sticks out by %s", got.Over)
	}
}

func TestAnAnnouncementStaysWithWhatItAnnounces(t *testing.T) {
	for lines := 21; lines < 25; lines++ {
		text := strings.Repeat("One line.\n\n", lines) + "As follows:\n\n- a\n- b\n\n" + prose(40)
		pages := typeset(t, chapters(t, nil, text), press.Options{})
		for i := range pages.List {
			body := bodyText(&pages.List[i])
			if n := len(body); n > 0 && body[n-1] == "As follows:" {
				t.Errorf("after %d lines it ends page %s", lines, pages.List[i].Label)
			}
		}
	}
}

// bodyText returns what the body lines of a page say.
func bodyText(p *press.Page) []string {
	var out []string
	for _, l := range lines(p) {
		if l.Kind == press.BodyLine {
			out = append(out, words(l))
		}
	}
	return out
}

func TestNoThreeLinesInARowEndWithAHyphen(t *testing.T) {
	s := newSetter(t)
	text := strings.Repeat("extraordinarily incomprehensible internationalization characteristically ", 12)
	for width := 80; width < 160; width += 5 {
		p := paragraph{spans: []span{{text: text, style: s.plainStyle(s.faces.body, 11*press.Point)}}, m: measures{full: press.Pt(width) * press.Point}}
		run := 0
		for _, l := range s.lines(p) {
			if run = run + 1; !l.Hyphenated {
				run = 0
			}
			if run == 3 {
				t.Errorf("a ladder at %d pt", width)
			}
		}
	}
}

func TestALanguageWithoutPatternsIsWarnedAboutOnce(t *testing.T) {
	doc := parse(t, book.Manuscript{Meta: book.Meta{Title: "x", Language: "tlh"}, Chapters: []book.Text{{Markdown: prose(50)}, {}}})
	pages := typeset(t, doc, press.Options{})
	if len(pages.Warnings) != 1 || !strings.Contains(pages.Warnings[0].Detail, "not hyphenated") {
		t.Errorf("warnings %v", pages.Warnings)
	}
}

func TestABadThemeIsAnError(t *testing.T) {
	opt := theme(t, "novel")
	opt.Theme.Faces.Code = "none"
	if _, err := newTypesetter(t).Typeset(t.Context(), chapters(t, nil, "x"), opt); err == nil {
		t.Error("an unknown face was taken")
	}
	opt.Theme.Trim = "none"
	if _, err := newTypesetter(t).Typeset(t.Context(), chapters(t, nil, "x"), opt); err == nil {
		t.Error("an unknown trim was taken")
	}
}

// FuzzTypeset feeds any Markdown: pages must come out, and every line in its
// measure.
func FuzzTypeset(f *testing.F) {
	for _, s := range []string{"# a\n\n> b[^1]\n\n[^1]: c", "::: verse\na\\\nb\n:::", "|a|b|\n|-|-:|\n|b|", "- a\n\n  b\n- ```\n  c\n  ```", "a\u00a0- b — *c* `d/e`",
		"a[^1]\n\n[^1]: b[^2]\n\n    |c|\n    |-|\n    |d[^1]|\n\n[^2]: e[^1]", "a\n: b $x^2$\n\n$$\n\\frac12 = \\begin{matrix}1&2\\end{matrix}\n$$ {#e}\n\n[](#e) [](page:e)", "|a||\n|-|-|\n|^^|b|\n\nTable: c {#t}",
		"![a](a.svg \"b\"){width=5%}\n\n> - ![a](a.svg)", "a\u0301\u0301\u200d\u00ad\u200b漢😀\u0645", "::: epigraph\na\n:::\n\n::: center\n## b\n:::\n\n***", "```go\na\tb\n```\n\n1. a\n   - b"} {
		f.Add(s)
	}
	ts := newTypesetter(f)
	f.Fuzz(func(t *testing.T, s string) {
		doc := chapters(t, nil, s, s)
		pages, err := ts.Typeset(t.Context(), doc, press.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if q := measure(pages); q.over > 0 {
			t.Errorf("%+v", q)
		}
	})
}
