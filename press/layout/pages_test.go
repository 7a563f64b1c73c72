package layout

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

// pagesText is everything that the pages of a book draw, as text.
func pagesText(t testing.TB, pages *press.Pages) string {
	t.Helper()
	out, err := json.Marshal(struct {
		List    []press.Page
		Outline []press.Outline
		Tree    *press.Node
	}{pages.List, pages.Outline, pages.Tree})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestKeptChaptersGiveTheSamePages(t *testing.T) {
	ts := New(newTypesetter(t).fonts)
	set := func(doc *press.Document, ts *Typesetter) string {
		pages, err := ts.Typeset(t.Context(), doc, press.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return pagesText(t, pages)
	}
	first := set(corpus(t), ts)
	if set(corpus(t), ts) != first {
		t.Error("a book set twice has other pages the second time")
	}
	m := corpus(t).Source
	m.Chapters[0].Markdown += "\n\n" + prose(200)
	edited := parse(t, m)
	if got := set(edited, ts); got != set(edited, New(ts.fonts)) || got == first {
		t.Error("an edited book has other pages when its chapters were kept")
	}
}

func TestAnEditSetsItsChapterOnly(t *testing.T) {
	ts := New(newTypesetter(t).fonts)
	m := chapters(t, files(t), prose(30), prose(40)+"\n\n![Tall](tall.png)", prose(50)).Source
	kept := func() int { return ts.cache.order.Len() }
	typesetBy(t, ts, parse(t, m), press.Options{})
	if kept() != 3 {
		t.Fatalf("%d chapters kept of 3", kept())
	}
	m.Chapters[1].Markdown += " More."
	typesetBy(t, ts, parse(t, m), press.Options{})
	if kept() != 4 {
		t.Errorf("%d chapters kept, want the edited one more", kept())
	}
	typesetBy(t, ts, parse(t, m), theme(t, "nonfiction"))
	if kept() != 7 {
		t.Errorf("%d chapters kept, want three more for another theme", kept())
	}
}

func TestTheCacheForgetsTheOldest(t *testing.T) {
	c := newCache()
	for i := range 10 {
		c.keep(digest{byte(i)}, &chapter{glyphs: mostKept / 5})
		c.find(digest{0})
	}
	if c.find(digest{0}) == nil || c.find(digest{9}) == nil || c.find(digest{4}) != nil || c.glyphs > mostKept {
		t.Errorf("%d chapters, %d glyphs", c.order.Len(), c.glyphs)
	}
}

// typesetBy sets a document with a given typesetter.
func typesetBy(t testing.TB, ts *Typesetter, doc *press.Document, opt press.Options) *press.Pages {
	t.Helper()
	pages, err := ts.Typeset(t.Context(), doc, opt)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func TestAFigureWithoutRoomFloatsAndTheTextGoesOn(t *testing.T) {
	opt := theme(t, "nonfiction")
	floated := 0
	for n := 40; n < 64; n += stride {
		doc := chapters(t, files(t), prose(n)+"\n\n![The lamp](a.svg \"Lamp\")\n\n"+strings.Repeat(prose(30)+"\n\n", 3))
		pages := typeset(t, doc, opt)
		at, caption := placeOf(pages, "Lamp")
		if q := measure(pages); q.widows+q.orphans+q.over > 0 {
			t.Errorf("%d sentences: %+v", n, q)
		}
		if at == 6 || caption > pages.Trim.Height/2 || len(bodyText(&pages.List[at-1])) < 30 {
			continue // it had room where it is mentioned
		}
		floated++
		before := len(bodyText(&pages.List[at-1]))
		doc.Chapters[0].Blocks[1].(*press.Figure).Here = true
		stays := typeset(t, doc, opt)
		at, _ = placeOf(stays, "Lamp")
		if got := len(bodyText(&stays.List[at-1])); got >= before && n < 60 {
			t.Errorf("%d sentences: %d lines before a figure that stays, %d before one that floats", n, got, before)
		}
	}
	if floated < 3 {
		t.Errorf("the figure floated %d times", floated)
	}
}

// placeOf returns the page and height of a caption.
func placeOf(pages *press.Pages, caption string) (at int, y press.Pt) {
	for i := range pages.List {
		for _, l := range lines(&pages.List[i]) {
			if l.Kind == press.CellLine && strings.Contains(words(l), caption) {
				return i, l.Y
			}
		}
	}
	return -1, 0
}

func TestFloatsKeepTheirOrderAndNoneIsLost(t *testing.T) {
	shapes := fstest.MapFS{}
	for i, high := range []int{30, 60, 90, 130, 170} {
		shapes[fmt.Sprintf("%d.svg", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 %d"><rect width="90" height="%d"/></svg>`, high, high-9)}
	}
	for seed := range uint64(40 / stride) {
		chance := rand.New(rand.NewPCG(seed, 1))
		var text strings.Builder
		var want []string
		for i := range 12 {
			if n := chance.IntN(4); n > 0 {
				text.WriteString(prose(n*n) + "\n\n")
			}
			fmt.Fprintf(&text, "![Lamp number %d](%d.svg){width=90%%}\n\n", i, chance.IntN(len(shapes)))
			want = append(want, strconv.Itoa(i))
		}
		pages := typeset(t, chapters(t, shapes, text.String()), theme(t, []string{"nonfiction", "manual", "report"}[seed%3]))
		var got []string
		for i := range pages.List {
			for _, l := range lines(&pages.List[i]) {
				if _, name, ok := strings.Cut(words(l), "Lamp number "); ok && l.Kind == press.CellLine {
					got = append(got, name)
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d: figures (-want +got):\n%s", seed, diff)
		}
	}
}

func TestFiguresAreListedWhenThereAreEnough(t *testing.T) {
	figures := strings.Repeat("![A lamp](a.svg)\n\n", 3)
	for name, tt := range map[string]struct {
		text string
		want bool
	}{"three": {figures, true}, "two": {strings.Replace(figures, "![A lamp](a.svg)", "", 1), false}} {
		pages := typeset(t, chapters(t, files(t), tt.text), theme(t, "nonfiction"))
		front := pageText(&pages.List[5])
		if got := strings.Contains(front, "A lamp"); got != tt.want {
			t.Errorf("%s figures: %q", name, front)
		}
	}
}

func TestTextNamesThePagesOfItsTargets(t *testing.T) {
	doc := chapters(t, nil, "See THIS. "+prose(300), prose(60)+"\n\n## Storm {#storm}\n\n"+prose(9))
	first := doc.Chapters[0].Blocks[0].(*press.Paragraph)
	first.Text = append([]press.Inline{&press.Ref{Target: "storm", Page: true, Text: []press.Inline{&press.Text{Value: "Storm"}}}}, first.Text...)
	pages := typeset(t, doc, press.Options{})
	want := ""
	for i := range pages.List {
		for _, l := range lines(&pages.List[i]) {
			if l.Kind == press.HeadLine && strings.HasPrefix(words(l), "Storm") {
				want = pages.List[i].Label
			}
		}
	}
	got := ""
	for i := range pages.List {
		for _, a := range pages.List[i].Links {
			if a.Node != nil && pages.List[i].Label == "1" {
				got = runText(&pages.List[i], a.Node)
			}
		}
	}
	if want == "" || got != want || len(pages.Warnings) > 0 {
		t.Errorf("the text names page %q, want %q; %v", got, want, pages.Warnings)
	}
}

// runText is what the runs of a node say.
func runText(p *press.Page, n *press.Node) string {
	out := ""
	for _, l := range lines(p) {
		for _, r := range l.Runs {
			if r.Node != n {
				continue
			}
			for _, g := range r.Glyphs {
				out += g.Text
			}
		}
	}
	return strings.TrimSpace(out)
}

func TestNotesStandWhereTheThemeWants(t *testing.T) {
	text := prose(3) + "Here.[^1]\n\n" + prose(40) + "\n\n[^1]: The note itself."
	for name, want := range map[string][]int{"foot": {6, 1}, "chapter": {8, 2}, "book": {12, 1}} {
		opt := theme(t, "novel")
		opt.Theme.Notes = name
		pages := typeset(t, chapters(t, nil, text, text), opt)
		var at []int
		for i := range pages.List {
			if strings.Contains(pageText(&pages.List[i]), "The note itself.") {
				at = append(at, i)
			}
		}
		t.Log(name, at, len(pages.List), want)
		links := 0
		for i := range pages.List {
			for _, a := range pages.List[i].Links {
				if slices.Contains(at, a.Page) && i >= 6 {
					links++
				}
			}
		}
		switch {
		case len(at) == 0 || links < 2:
			t.Errorf("%s: notes on %v, %d links to them", name, at, links)
		case name == "foot" && at[0] != 6, name == "book" && at[0] != len(pages.List)-1:
			t.Errorf("%s: notes on %v of %d pages", name, at, len(pages.List))
		case name == "chapter" && (at[0] == 6 || at[0] == len(pages.List)-1):
			t.Errorf("%s: notes on %v of %d pages", name, at, len(pages.List))
		}
		if name == "book" && !strings.Contains(pageText(&pages.List[4]), "Notes") {
			t.Errorf("the contents do not name the notes: %q", pageText(&pages.List[4]))
		}
	}
}

func TestALongNoteLeavesNoLineAlone(t *testing.T) {
	for n := 20; n < 60; n += stride {
		doc := chapters(t, nil, prose(n)+"Mark.[^1] "+prose(60)+"\n\n[^1]: "+prose(30))
		pages := typeset(t, doc, press.Options{})
		got := 0
		for i := range pages.List {
			here := 0
			for _, l := range lines(&pages.List[i]) {
				if l.Kind == press.NoteLine {
					here++
				}
			}
			if got += here; here == 1 {
				t.Errorf("after %d sentences: one line of the note alone on page %s", n, pages.List[i].Label)
			}
		}
		if got < 15 {
			t.Errorf("%d lines of the note", got)
		}
	}
}

func TestABookForScreensHasNoBlankPagesAndEvenMargins(t *testing.T) {
	m := chapters(t, nil, prose(100), prose(10)).Source
	m.Chapters[0].Part, m.Chapters[1].Part = "One", "Two"
	opt := theme(t, "novel")
	opt.Screen = true
	pages := typeset(t, parse(t, m), opt)
	for i := range pages.List {
		p := &pages.List[i]
		if len(p.Ops) == 0 {
			t.Errorf("page %s is blank", p.Label)
		}
		for _, l := range lines(p) {
			if l.Kind == press.BodyLine && l.X+l.Width/2 != pages.Trim.Width/2 && l.Width == opt.Theme.Measure {
				t.Errorf("page %s: a line stands at %s", p.Label, l.X)
			}
		}
	}
	if !pages.Screen {
		t.Error("the pages do not know that they are for a screen")
	}
}

func TestThickBooksHaveWiderInsideMargins(t *testing.T) {
	f := newFrame(&press.Theme{Text: press.Type{Leading: 15 * press.Point}, Measure: 300 * press.Point,
		Margins: press.Margins{Top: 90, Bottom: 90, Inside: 120, Outside: 120}}, press.Trim{Width: 6 * press.Inch, Height: 9 * press.Inch})
	for pages, want := range map[int]press.Pt{100: 0, 150: 0, 151: 1, 400: 2, 600: 3, 2000: 4} {
		if got := f.thick(pages).left(0) - f.left(0); got != want*gutterStep {
			t.Errorf("%d pages: the text moves by %s", pages, got)
		}
		if out := f.thick(pages); out.left(1)+out.width != f.trim.Width-out.left(0) {
			t.Errorf("%d pages: the outside margins differ", pages)
		}
	}
}

func TestAShortLastPageIsPulledBack(t *testing.T) {
	saved := 0
	for n := 0; n < 40; n += stride {
		var text strings.Builder
		for i := range 60 {
			text.WriteString(prose(4+(i*7+n)%5) + "\n\n")
		}
		doc := chapters(t, nil, text.String()[:20000+n*75])
		s := newSetter(t)
		s.begin()
		rows := trimWhite(tidy(s.blocks(doc.Chapters[0].Blocks, s.bodyFlow())))
		plain := paginate(rows, s.frame, 0, 0, nil)
		better := paginate(rows, s.frame, 0, 0, func() { s.vary(rows) })
		if len(better) > len(plain) {
			t.Errorf("%d pages grew to %d", len(plain), len(better))
		}
		if len(better) < len(plain) {
			saved++
		}
	}
	if saved == 0 {
		t.Error("no last page of a few lines was saved")
	}
}

func TestRiversAreFound(t *testing.T) {
	line := func(i, of int, spaces ...press.Pt) *press.Line {
		l := &press.Line{Index: i, Of: of, Runs: []press.Run{{Stretch: fullStretch}}}
		for _, x := range spaces {
			l.Runs[0].Glyphs = append(l.Runs[0].Glyphs, press.Glyph{X: x - 3, Text: " "}, press.Glyph{X: x + 3, Text: "a"})
		}
		return l
	}
	var lines []*press.Line
	for i, x := range []press.Pt{10, 90, 92, 89, 91, 94, 60, 20} {
		lines = append(lines, line(i, 8, 30+press.Pt(i)*9, x))
	}
	if from, n := river(lines); from != 1 || n != 5 {
		t.Errorf("a river of %d lines from %d", n, from)
	}
}

func TestNotesOfABookAreNamedByChapter(t *testing.T) {
	m := book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{Title: "Sea", Numbered: true, Markdown: "A.[^1]\n\n[^1]: Of the sea."}, {Title: "Land", Markdown: "B.[^1]\n\n[^1]: Of the land."}}}
	opt := theme(t, "novel")
	opt.Theme.Notes = "book"
	pages := typeset(t, parse(t, m), opt)
	text := strings.ReplaceAll(pageText(&pages.List[len(pages.List)-1]), "\u2002", " ")
	for _, want := range []string{"Notes", "Chapter 1 Sea", "Of the sea.", "Land", "Of the land."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
}

func TestAPlateFillsAPageOfItsOwn(t *testing.T) {
	for name, bleed := range map[string]press.Pt{"trimmed": 0, "bleeding": 9 * press.Point} {
		t.Run(name, func(t *testing.T) {
			opt := theme(t, "novel")
			opt.Bleed = bleed
			doc := chapters(t, files(t), prose(20)+"\n\n![The lamp](a.svg){.plate}\n\n"+prose(120)+"\n\n![Tall](tall.png){.plate}\n\n"+prose(9))
			pages := typeset(t, doc, opt)
			plates, lines := 0, 0
			for i := range pages.List {
				p := &pages.List[i]
				if len(p.Ops) == 1 {
					if g, ok := p.Ops[0].(*press.Group); ok {
						plates++
						corner := g.Clip[0].Segments[0].P[0]
						if corner.X != -bleed || corner.Y != -bleed {
							t.Errorf("the plate on page %s begins at %s, %s", p.Label, corner.X, corner.Y)
						}
					}
				}
				lines += len(bodyText(p))
			}
			if q := measure(pages); plates != 2 || lines < 130 || q.widows+q.orphans > 0 {
				t.Errorf("%d plates, %d lines, %+v", plates, lines, q)
			}
		})
	}
}
