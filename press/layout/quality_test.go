package layout

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"testing"

	"quire/press"
)

// quality is what a demanding publisher would count.
type quality struct {
	lines, loose, tight, over, hyphens, ladders, widows, orphans, missing int
	spreads, uneven                                                       int
	stubs, rivers, stacked, turned                                        int // short last lines, rivers, equal words below each other, hyphens at the foot of a recto
}

// measure counts over the display list.
func measure(pages *press.Pages) quality {
	var q quality
	var before *press.Line // body line before, across pages
	depth := make([]press.Pt, len(pages.List))
	run := 0
	for i := range pages.List {
		var body []*press.Line
		for _, l := range lines(&pages.List[i]) {
			q.glyphs(l)
			if l.Kind == press.BodyLine {
				body = append(body, l)
			}
			if l.Over > 0 {
				q.over++
			}
			if l.Kind != press.PageLine {
				depth[i] = max(depth[i], l.Y)
			}
		}
		for k, l := range body {
			q.line(l)
			if run = run + 1; !l.Hyphenated {
				run = 0
			}
			if run == 3 {
				q.ladders++
			}
			if k == 0 && l.Of > 1 && l.Index == l.Of-1 {
				q.widows++
			}
			if k == 0 && before != nil && before.Of > 1 && before.Index == 0 && l.Index == 1 {
				q.orphans++
			}
			before = l
		}
	}
	q.compare(pages, depth)
	q.texture(pages)
	return q
}

// texture counts what meets across the lines of paragraphs.
func (q *quality) texture(pages *press.Pages) {
	var para []*press.Line
	for i := range pages.List {
		var last *press.Line
		for _, l := range lines(&pages.List[i]) {
			if l.Kind != press.BodyLine {
				continue
			}
			last = l
			if l.Index == 0 {
				para = nil
			}
			if n := len(para); n > 0 && n == l.Index && l.Index < l.Of-1 {
				a, b := strings.Fields(words(para[n-1])), strings.Fields(words(l))
				if len(a) > 0 && len(b) > 0 && (a[0] == b[0] || a[len(a)-1] == b[len(b)-1]) {
					q.stacked++
				}
			}
			para = append(para, l)
			if l.Index == l.Of-1 && len(para) == l.Of {
				if _, n := river(para); n >= riverLines {
					q.rivers++
				}
				if l.Of > 1 && l.Width == para[0].Width && lineWidth(l) < 20*press.Point {
					q.stubs++
				}
			}
		}
		if i%2 == 0 && last != nil && last.Hyphenated && last.Index < last.Of-1 {
			q.turned++
		}
	}
}

// lineWidth is about how wide a line's text is.
func lineWidth(l *press.Line) press.Pt {
	r := l.Runs[len(l.Runs)-1]
	g := r.Glyphs[len(r.Glyphs)-1]
	return r.X + g.X - l.X + r.Size/3
}

// line counts one body line.
func (q *quality) line(l *press.Line) {
	if l.Hyphenated {
		q.hyphens++
	}
	if !l.Justified || l.Spaces == 0 || l.Index == l.Of-1 {
		return
	}
	q.lines++
	if l.Space*100 > l.Em*42 {
		q.loose++
	}
	if l.Space*100 < l.Em*15 {
		q.tight++
	}
}

// glyphs counts glyphs that no face has.
func (q *quality) glyphs(l *press.Line) {
	for _, r := range l.Runs {
		for _, g := range r.Glyphs {
			if g.ID == 0 {
				q.missing++
			}
		}
	}
}

// compare counts spreads whose pages are full and end on different lines. A
// page is full when the text goes on behind it.
func (q *quality) compare(pages *press.Pages, depth []press.Pt) {
	head := func(i int) bool { // has a running head: neither opening nor blank
		for _, l := range lines(&pages.List[i]) {
			if l.Kind == press.PageLine && l.Y < 60*press.Point {
				return true
			}
		}
		return false
	}
	for i := 7; i+2 < len(pages.List); i += 2 {
		if !head(i) || !head(i+1) || !head(i+2) {
			continue
		}
		q.spreads++
		if d := depth[i] - depth[i+1]; d > press.Point*2 || d < -press.Point*2 {
			q.uneven++
		}
	}
}

func TestTheCorpusIsSetAsAGoodPublisherWould(t *testing.T) {
	pages := typeset(t, corpus(t), theme(t, "novel"))
	q := measure(pages)
	t.Logf("%d pages: %+v", len(pages.List), q)
	for name, tt := range map[string]struct{ got, most int }{
		"overfull lines":         {q.over, 0},
		"three stacked hyphens":  {q.ladders, 0},
		"widows":                 {q.widows, 0},
		"orphans":                {q.orphans, 0},
		"missing glyphs":         {q.missing, 0},
		"loose lines":            {q.loose, q.lines * 5 / 10000},
		"rivers":                 {q.rivers, 1},
		"words below their like": {q.stacked, q.lines / 100},
		"stub last lines":        {q.stubs, 0},
		"hyphens over the leaf":  {q.turned, 0},
		"tight lines":            {q.tight, q.lines * 5 / 1000},
		"uneven spreads":         {q.uneven, q.spreads * 5 / 100},
	} {
		if tt.got > tt.most {
			t.Errorf("%s: %d, want at most %d", name, tt.got, tt.most)
		}
	}
	if q.lines < 2500 || q.spreads < 20 || len(pages.Warnings) > 0 {
		t.Errorf("%d lines, %d spreads, warnings %v", q.lines, q.spreads, pages.Warnings)
	}
}

func TestEveryTrimIsSetWithoutOverfullLines(t *testing.T) {
	doc := corpus(t)
	doc.Chapters = doc.Chapters[:2]
	for name, trims := range map[string][]string{"novel": {"5x8", "A5", "A4", "4x6"}, "nonfiction": {"5.25x8", "5.5x8.5", "Letter"}} {
		for _, trim := range trims {
			t.Run(name+" "+trim, func(t *testing.T) {
				opt := theme(t, name)
				var err error
				if opt.Trim, err = press.ParseTrim(trim); err != nil {
					t.Fatal(err)
				}
				q := measure(typeset(t, doc, opt))
				if q.over+q.ladders+q.widows+q.orphans+q.missing > 0 || q.loose*100 > q.lines*2 {
					t.Errorf("%+v", q)
				}
			})
		}
	}
}

func TestPagesDoNotDependOnTheNumberOfProcessors(t *testing.T) {
	doc := corpus(t)
	var want string
	for _, n := range []int{1, 2, 2} {
		before := runtime.GOMAXPROCS(n)
		got, err := json.Marshal(typeset(t, doc, press.Options{}).List)
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = string(got)
		}
		if string(got) != want {
			t.Errorf("other pages on %d processors", n)
		}
	}
}

func TestTypesettingStopsWhenItIsCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newTypesetter(t).Typeset(ctx, corpus(t), press.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkTypesetPressBook(b *testing.B) {
	doc := corpus(b)
	ts := newTypesetter(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ts.Typeset(b.Context(), doc, press.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
