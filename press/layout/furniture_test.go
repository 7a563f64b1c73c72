package layout

import (
	"strings"
	"testing"

	"quire/book"
	"quire/press"
	"quire/problem"
)

// artifacts are the lines of a page that are not text: heads and folios.
func artifacts(p *press.Page) (out []*press.Line) {
	for _, l := range lines(p) {
		if l.Kind == press.PageLine {
			out = append(out, l)
		}
	}
	return out
}

func TestHeadsAndFoliosStandWhereTheThemeWants(t *testing.T) {
	for name, tt := range map[string]struct {
		place, folio  string
		top, foot     int // lines above and below the text of a usual page
		middle, rules bool
	}{
		"beside each other":     {"head", "outer", 2, 0, false, false},
		"the folio in the foot": {"head", "foot", 1, 1, false, false},
		"in its middle":         {"head", "center", 1, 1, true, false},
		"all in the foot":       {"foot", "outer", 0, 2, false, false},
		"no title":              {"none", "center", 0, 1, true, false},
		"with a rule":           {"head", "outer", 2, 0, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			opt := theme(t, "nonfiction")
			opt.Theme.Heads.Place, opt.Theme.Heads.Folio, opt.Theme.Heads.Rule = tt.place, tt.folio, tt.rules
			pages := typeset(t, chapters(t, nil, prose(300)), opt)
			page := &pages.List[8]
			top, foot := 0, 0
			for _, l := range artifacts(page) {
				if l.Y < pages.Trim.Height/2 {
					top++
				} else {
					foot++
				}
				middle := l.Runs[0].X - pages.Trim.Width/2
				if words(l) == page.Label && (middle > -30*press.Point && middle < 30*press.Point) != tt.middle {
					t.Errorf("the folio stands at %s", l.Runs[0].X)
				}
			}
			if top != tt.top || foot != tt.foot {
				t.Errorf("%d lines above and %d below, want %d and %d", top, foot, tt.top, tt.foot)
			}
			rules := 0
			for _, op := range page.Ops {
				if p, ok := op.(*press.Path); ok && p.Node == nil {
					rules++
				}
			}
			if rules > 0 != tt.rules {
				t.Errorf("%d rules", rules)
			}
		})
	}
}

func TestHeadsStayOnTheSmallestPages(t *testing.T) {
	refused := 0
	for _, th := range press.Themes() {
		opt := press.Options{Theme: th, Trim: press.Trim{Width: 3 * press.Inch, Height: 3 * press.Inch}}
		pages, err := newTypesetter(t).Typeset(t.Context(), chapters(t, nil, prose(40)), opt)
		if problem.Is(err, problem.Invalid) {
			refused++
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range pages.List {
			for _, l := range artifacts(&pages.List[i]) {
				if l.Y < 10*press.Point || l.Y > pages.Trim.Height-4*press.Point {
					t.Fatalf("%s: %q stands at %s", th.Name, words(l), l.Y)
				}
			}
		}
	}
	if refused == 0 || refused > 6 {
		t.Errorf("%d themes refuse a page of three inches", refused)
	}
}

func TestAnImprintThatIsTooLongIsTold(t *testing.T) {
	m := chapters(t, nil, "Text.").Source
	for i := range 90 {
		m.Meta.Imprint = append(m.Meta.Imprint, strings.Repeat("Line ", 1+i%9))
	}
	if pages := typeset(t, parse(t, m), press.Options{}); len(pages.Warnings) != 1 || !strings.Contains(pages.Warnings[0].Detail, "imprint") {
		t.Errorf("warnings %v", pages.Warnings)
	}
}

func TestALongCaptionGoesOnOverPages(t *testing.T) {
	pages := typeset(t, chapters(t, files(t), prose(20)+"\n\n![Lamp](a.svg \""+strings.TrimSpace(prose(60))+"\")\n\n"+prose(20)), press.Options{})
	lines := 0
	for i := range pages.List {
		each(pages.List[i].Ops, func(op press.Op) {
			if l, ok := op.(*press.Line); ok && l.Kind == press.CellLine && l.Of > 9 {
				if lines++; l.Y > pages.Trim.Height-40*press.Point {
					t.Errorf("the caption runs down to %s on page %s", l.Y, pages.List[i].Label)
				}
			}
		})
	}
	if lines < 40 {
		t.Errorf("%d lines of the caption", lines)
	}
}

func TestABookForScreensBeginsWithItsCover(t *testing.T) {
	own := chapters(t, files(t), "Text.").Source
	own.Meta.Cover = "tall.png"
	for name, m := range map[string]book.Manuscript{"drawn": chapters(t, nil, "Text.").Source, "its own": own} {
		opt := theme(t, "novel")
		opt.Screen = true
		pages := typeset(t, parse(t, m), opt)
		group, ok := pages.List[0].Ops[0].(*press.Group)
		if !ok || len(group.Clip) != 1 || group.Node == nil || !strings.Contains(group.Node.Alt, m.Meta.Title) {
			t.Fatalf("%s: the first page is %+v", name, pages.List[0])
		}
		picture := false
		each(group.Ops, func(op press.Op) {
			p, ok := op.(*press.Picture)
			picture = picture || ok && p.W >= pages.Trim.Width && p.H >= pages.Trim.Height && p.X <= 0 && p.Y <= 0
		})
		if picture != (name == "its own") {
			t.Errorf("%s: a bitmap over the page: %t", name, picture)
		}
		if print := typeset(t, parse(t, m), theme(t, "novel")); len(print.List[0].Ops) > 0 {
			if _, ok := print.List[0].Ops[0].(*press.Group); ok {
				t.Errorf("%s: the book for print has a cover", name)
			}
		}
	}
}

func TestADedicationHasAPageOfItsOwn(t *testing.T) {
	m := chapters(t, nil, "Text.").Source
	m.Meta.Dedication = "For *Anna*,\\\nwho waited."
	pages := typeset(t, parse(t, m), press.Options{})
	if got := pageText(&pages.List[4]); got != "For Anna,\nwho waited." {
		t.Errorf("page v says %q", got)
	}
	if len(pages.List[5].Ops) > 0 || !strings.Contains(pageText(&pages.List[6]), "Contents") {
		t.Error("the contents do not follow on the next recto")
	}
	m.Meta.Dedication = strings.Repeat("Line.\n\n", 200)
	if pages := typeset(t, parse(t, m), press.Options{}); len(pages.Warnings) != 1 || !strings.Contains(pages.Warnings[0].Detail, "dedication") {
		t.Errorf("warnings %v", pages.Warnings)
	}
}

func TestChaptersOfAnArticleGoOnBelowEachOther(t *testing.T) {
	opt := theme(t, "article")
	m := chapters(t, nil, prose(5), prose(5), prose(5)).Source
	pages := typeset(t, parse(t, m), opt)
	body := 0
	for i := range pages.List {
		if text := pageText(&pages.List[i]); strings.Contains(text, "Title 1") && strings.Contains(text, "Title 3") && strings.Contains(text, "keeper") {
			body++
		}
	}
	if body != 1 || len(pages.Outline) != 3 {
		t.Errorf("%d pages hold all three chapters, %d bookmarks", body, len(pages.Outline))
	}
	for _, o := range pages.Outline {
		if o.Page != pages.Outline[0].Page {
			t.Errorf("%q is on page %d", o.Title, o.Page)
		}
	}
	m.Chapters[2].Part = "Second part"
	if pages := typeset(t, parse(t, m), opt); len(pages.Outline) != 3 || pages.Outline[1].Page != pages.Outline[0].Page || pages.Outline[2].Kids[0].Page == pages.Outline[0].Page {
		t.Errorf("a part does not begin anew: %+v", pages.Outline)
	}
}

func TestPagesThatTheTextNamesWronglyAreFound(t *testing.T) {
	doc := chapters(t, nil, "One.", "Two.")
	s := newSetter(t)
	var set []*chapter
	for _, c := range doc.Chapters {
		set = append(set, s.chapter([]*press.Chapter{c}))
	}
	id := doc.Chapters[1].ID
	for label, want := range map[string]int{"3": 0, "7": 1, "": 1} {
		set[0].named = map[string]string{id: label}
		j := *s.job
		j.doc = doc
		if stale := newBinder(&j, s, set).plan(); len(stale) != want {
			t.Errorf("named as %q: stale %v", label, stale)
		}
	}
}
