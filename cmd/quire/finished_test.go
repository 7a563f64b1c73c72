package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quire/press"
	"quire/press/font"
	"quire/press/layout"
	"quire/press/pdfout"
)

// pressBook is the trial book that the press is measured on.
const pressBook = "../../press/testdata/press-book"

// trialBook reads the trial book.
func trialBook(tb testing.TB) *press.Document {
	tb.Helper()
	m, _, err := readManuscript(pressBook)
	if err != nil {
		tb.Fatal(err)
	}
	doc, _, err := press.Parse(m)
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

// finish sets a book and returns its pages and the name of its PDF.
func finish(tb testing.TB, doc *press.Document, theme press.Theme) (*press.Pages, string) {
	tb.Helper()
	fonts, err := font.Open()
	if err != nil {
		tb.Fatal(err)
	}
	o := &pdfout.Output{Typesetter: layout.New(fonts), Fonts: fonts}
	opt := press.Options{Theme: theme}
	pages, err := o.Typesetter.Typeset(tb.Context(), doc, opt)
	if err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := o.Write(tb.Context(), &b, doc, opt); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(tb.TempDir(), "book.pdf")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		tb.Fatal(err)
	}
	return pages, path
}

// setLine names a line of the finished book: its page and what it says.
type setLine struct {
	page int
	text string
}

// justifiedLines returns the lines that the display list says are justified
// running text, by page and text without spaces.
func justifiedLines(pages *press.Pages) map[setLine]*press.Line {
	out := map[setLine]*press.Line{}
	for i := range pages.List {
		for _, op := range pages.List[i].Ops {
			l, ok := op.(*press.Line)
			if ok && l.Kind == press.BodyLine && l.Justified && l.Spaces > 0 && l.Index < l.Of-1 {
				out[setLine{i, saysLine(l)}] = l
			}
		}
	}
	return out
}

// saysLine is what a line says, without spaces.
func saysLine(l *press.Line) string {
	var b strings.Builder
	for _, r := range l.Runs {
		if r.Actual != "" {
			b.WriteString(strings.TrimSuffix(r.Actual, press.Silent))
			continue
		}
		for _, g := range r.Glyphs {
			b.WriteString(g.Text)
		}
	}
	return strings.Join(strings.Fields(b.String()), "")
}

// spoken lines have runs that say something else than their glyphs.
func spoken(l *press.Line) bool {
	return slices.ContainsFunc(l.Runs, func(r press.Run) bool { return r.Actual != "" })
}

// TestTheFinishedFileIsSetAsTheDisplayListSays measures the trial book twice:
// in the finished file, of which pdftotext knows nothing but letters and places,
// and in the display list. Where they may differ:
//   - places in the file are thousandths of a point and stretched by a rounded
//     factor: a line's mean word space is the same within 0.002 em; but a
//     lead-in in small capitals is one word to pdftotext, with its spaces in it;
//   - the last line of a paragraph that happens to end within 7 points of the
//     edge looks justified in a file: at most 2 % of the lines more;
//   - a block quotation is narrower and looks like none: at most 0.2 % less.
func TestTheFinishedFileIsSetAsTheDisplayListSays(t *testing.T) {
	novel, err := press.FindTheme("novel")
	if err != nil {
		t.Fatal(err)
	}
	pages, path := finish(t, trialBook(t), novel)
	lines := readLines(t, path, 11)
	x := textureOf(lines)
	t.Log("from the file:", x)
	if x.lines < 3000 || x.share(x.loose) > 0.05 || x.share(x.tight) > 0.5 || x.ladders > 0 {
		t.Errorf("the finished book is badly set: %s", x)
	}
	list := justifiedLines(pages)
	total, extra, differ := len(list), 0, 0
	var inList, inFile texture // over the lines that both know
	for _, p := range lines {
		at := setLine{p.page, p.text()}
		l, ok := list[at]
		switch {
		case !p.body:
			continue
		case !ok:
			extra++
			continue
		}
		delete(list, at)
		space := float64(l.Space) / float64(l.Em)
		if d := math.Abs(p.space - space); d > 0.002 && !spoken(l) {
			t.Errorf("page %d: %q has spaces of %.4f em in the file and %.4f in the display list", at.page+1, at.text, p.space, space)
		}
		if math.Abs(space-looseSpace) < 0.002 || math.Abs(space-tightSpace) < 0.002 {
			differ++
		}
		in := textureOf([]pdfLine{p})
		inFile.loose, inFile.tight, inFile.hyphens = inFile.loose+in.loose, inFile.tight+in.tight, inFile.hyphens+in.hyphens
		inList.count(l, space)
	}
	t.Logf("%d justified lines in the display list; %d more in the file, %d less", total, extra, len(list))
	if extra > total*2/100 || len(list) > total*2/1000 {
		t.Errorf("of %d lines in the display list %d are not in the file; %d others are", total, len(list), extra)
	}
	for name, n := range map[string][3]int{"loose": {inFile.loose, inList.loose, differ}, "tight": {inFile.tight, inList.tight, differ}, "hyphenated": {inFile.hyphens, inList.hyphens, 0}} {
		if d := n[0] - n[1]; d > n[2] || -d > n[2] {
			t.Errorf("%s lines: %d in the file, %d in the display list", name, n[0], n[1])
		}
	}
}

// count counts a line of a display list.
func (x *texture) count(l *press.Line, space float64) {
	x.lines++
	if space > looseSpace {
		x.loose++
	}
	if space < tightSpace {
		x.tight++
	}
	if l.Hyphenated {
		x.hyphens++
	}
}

func TestABadlySetBookIsSeenInItsFile(t *testing.T) {
	doc := trialBook(t)
	doc.Chapters = doc.Chapters[2:6]
	for name, tt := range map[string]struct {
		spoil func(*press.Theme)
		bad   func(texture) bool
	}{
		"wide spaces":             {func(th *press.Theme) { th.Lines.Space = 400 }, func(x texture) bool { return x.share(x.loose) > 1 }},
		"narrow spaces":           {func(th *press.Theme) { th.Lines.Space, th.Lines.Shrink = 170, 90 }, func(x texture) bool { return x.share(x.tight) > 1 }},
		"a breaker without taste": {func(th *press.Theme) { th.Lines.Expansion, th.Lines.Stretch, th.Lines.Hyphen = 0, 900, 9000 }, func(x texture) bool { return x.share(x.loose) > 1 }},
	} {
		t.Run(name, func(t *testing.T) {
			theme, err := press.FindTheme("novel")
			if err != nil {
				t.Fatal(err)
			}
			tt.spoil(&theme)
			_, path := finish(t, doc, theme)
			x := textureOf(readLines(t, path, 11))
			t.Log(x)
			if !tt.bad(x) {
				t.Errorf("not seen: %s", x)
			}
		})
	}
}

func TestThreeHyphensInARowAreCounted(t *testing.T) {
	line := func(end string) pdfLine { return pdfLine{body: true, space: 0.25, words: []pdfWord{{text: "a" + end}}} }
	got := textureOf([]pdfLine{line("-"), line("\u2010"), line("\u00ad"), line("-"), line(""), line("-"), line("-"), {words: []pdfWord{{text: "head"}}}, line("-")})
	if want := (texture{lines: 8, hyphens: 7, ladders: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
