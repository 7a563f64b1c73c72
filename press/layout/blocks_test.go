package layout

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

// built is a document of one chapter with these blocks.
func built(blocks ...press.Block) *press.Document {
	return &press.Document{Lang: "en-GB", Meta: book.Meta{Title: "A Trial"}, Chapters: []*press.Chapter{{ID: "c", Number: 1, Title: "One", Blocks: blocks}}}
}

// says is running text.
func says(text string) []press.Inline { return []press.Inline{&press.Text{Value: text}} }

// para is a paragraph.
func para(text string) *press.Paragraph { return &press.Paragraph{Text: says(text)} }

// find returns the first line that holds the words.
func find(t testing.TB, pages *press.Pages, want string) *press.Line {
	t.Helper()
	for i := range pages.List {
		for _, l := range lines(&pages.List[i]) {
			if strings.Contains(words(l), want) {
				return l
			}
		}
	}
	t.Fatalf("no line says %q", want)
	return nil
}

// nodes returns all nodes of a role in reading order.
func nodes(n *press.Node, role press.Role) []*press.Node {
	var out []*press.Node
	if n.Role == role {
		out = append(out, n)
	}
	for _, k := range n.Kids {
		out = append(out, nodes(k, role)...)
	}
	return out
}

func TestNestedListsAreLabelledByTheirDepth(t *testing.T) {
	list := func(ordered bool, start int, inner ...press.Block) *press.List {
		return &press.List{Ordered: ordered, Start: start, Tight: true, Items: []press.Item{{Blocks: append([]press.Block{para("x")}, inner...)}}}
	}
	bulleted := list(false, 0, list(false, 0, list(false, 0)))
	numbered := list(true, 3, list(true, 27, list(true, 4, list(true, 5))))
	pages := typeset(t, built(para("Start."), bulleted, para("Then."), numbered), press.Options{})
	var got []string
	for i := range pages.List {
		for _, l := range lines(&pages.List[i]) {
			if l.Kind == press.CellLine {
				got = append(got, words(l))
			}
		}
	}
	if diff := cmp.Diff([]string{"•", "–", "·", "3.", "aa.", "iv.", "5."}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var ordered []bool
	for _, l := range nodes(pages.Tree, press.RoleL) {
		ordered = append(ordered, l.Ordered)
	}
	if diff := cmp.Diff([]bool{false, false, false, true, true, true, true}, ordered); diff != "" {
		t.Errorf("ordered (-want +got):\n%s", diff)
	}
}

func TestAListFortyDeepKeepsItsLabelsOffItsText(t *testing.T) {
	pages := typeset(t, chapters(t, nil, nested(40)), press.Options{})
	for i := range pages.List {
		for _, l := range lines(&pages.List[i]) {
			if l.Kind == press.CellLine {
				for _, o := range lines(&pages.List[i]) {
					if o.Y == l.Y && o.Kind == press.BodyLine && o.Runs[0].X < l.Runs[0].X+2*press.Point {
						t.Errorf("a label lies on %q", words(o))
					}
				}
			}
		}
	}
	if q := measure(pages); q.over > 0 {
		t.Errorf("%+v", q)
	}
}

func TestDefinitionsStandBehindOrBelowTheirTerms(t *testing.T) {
	defs := &press.Definitions{Items: []press.Definition{
		{Terms: [][]press.Inline{says("lamp"), says("light")}, Meanings: [][]press.Block{{para("What burns. " + prose(3)), para("More of it.")}, {para("What shines.")}}},
		{Terms: [][]press.Inline{says("stair")}, Meanings: [][]press.Block{{&press.List{Tight: true, Items: []press.Item{{Blocks: []press.Block{para("steps")}}}}}}},
		{Terms: [][]press.Inline{says("nothing")}},
	}}
	for name, tt := range map[string]struct{ first string }{"novel": {"lamp, light What burns."}, "report": {"lamp"}} {
		t.Run(name, func(t *testing.T) {
			pages := typeset(t, built(para("Start."), defs, para("End.")), theme(t, name))
			first := find(t, pages, "lamp")
			if got := strings.ReplaceAll(words(first), "\u2002", " "); !strings.HasPrefix(got, tt.first) || name == "report" && got != tt.first {
				t.Errorf("the first line says %q", got)
			}
			if below := find(t, pages, "What shines."); below.X <= first.Runs[0].X {
				t.Error("the meaning does not stand in")
			}
			if name == "novel" {
				if second := find(t, pages, "stair"); second.Runs[0].X != first.Runs[0].X {
					t.Error("terms stand at different edges")
				}
			}
			got := roles(pages.Tree, map[press.Role]int{})
			if got[press.RoleLI] != 4 || got[press.RoleLbl] < 3 {
				t.Errorf("roles %v", got)
			}
			if q := measure(pages); q.over > 0 || !strings.Contains(bookText(pages), "nothing") {
				t.Errorf("%+v", q)
			}
		})
	}
}

func TestAnEpigraphsSourceStandsFlushRight(t *testing.T) {
	motto := says("The light that is nearest is the one we see last.")
	for name, blocks := range map[string][]press.Block{
		"paragraph of its own": {&press.Paragraph{Text: motto}, para("— Ivy")},
		"last line":            {&press.Paragraph{Text: append(append(slices.Clone(motto), &press.LineBreak{}), says("— Ivy")...)}},
	} {
		for _, theme := range press.Themes() {
			t.Run(name+" "+theme.Name, func(t *testing.T) {
				pages := typeset(t, built(&press.Div{Class: "epigraph", Blocks: blocks}, para("Text.")), press.Options{Theme: theme})
				l := find(t, pages, "— Ivy")
				free := l.Runs[0].X - l.X
				if words(l) != "— Ivy" || l.Of != 1 || free < l.Width/2 {
					t.Errorf("%q, %d lines, %s free at the left of %s", words(l), l.Of, free, l.Width)
				}
			})
		}
	}
}

func TestSpeakersHangInDialogue(t *testing.T) {
	d := &press.Div{Class: "dialogue", Blocks: []press.Block{para("Vladimir: " + prose(4)), &press.List{Items: []press.Item{{Blocks: []press.Block{para("Estragon: Yes.")}}}}, para("No colon here"), &press.Break{}}}
	pages := typeset(t, built(para("Start."), d), press.Options{})
	first, second := find(t, pages, "Vladimir:"), find(t, pages, "Estragon: Yes.")
	if strings.TrimSpace(first.Runs[0].Actual) != "Vladimir:" || first.Runs[0].X != second.Runs[0].X {
		t.Errorf("%q at %s, the other at %s", first.Runs[0].Actual, first.Runs[0].X, second.Runs[0].X)
	}
	if rest := find(t, pages, "lamp against"); rest.Index > 0 && rest.X <= first.X {
		t.Error("its lines do not hang")
	}
}

func TestHeadingsAreNumberedWhereTheThemeWantsIt(t *testing.T) {
	h := func(level int, text string) *press.Heading {
		return &press.Heading{Level: level, ID: text, Text: says(text)}
	}
	doc := built(para("x"), h(2, "a"), h(3, "b"), h(3, "c"), h(2, "d"), h(3, "e"), h(4, "f"))
	doc.Chapters = append(doc.Chapters, &press.Chapter{ID: "p", Title: "Preface", Blocks: []press.Block{h(2, "g")}})
	for name, want := range map[string][]string{
		"novel":  {"a", "b", "c", "d", "e", "f", "g"},
		"manual": {"1.1 a", "1.1.1 b", "1.1.2 c", "1.2 d", "1.2.1 e", "f", "g"},
		"report": {"1.1 a", "1.1.1 b", "1.1.2 c", "1.2 d", "1.2.1 e", "1.2.1.1 f", "g"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			pages := typeset(t, doc, theme(t, name))
			for i := range pages.List {
				for _, l := range lines(&pages.List[i]) {
					if text := strings.ReplaceAll(words(l), "\u2002", " "); l.Kind == press.HeadLine && utf8.RuneCountInString(text) < 12 && strings.Trim(text, "0123456789. abcdefg") == "" && len(strings.Trim(text, "0123456789. ")) == 1 {
						got = append(got, text)
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRaggedThemesHaveNoHyphensAndNoJustifiedLines(t *testing.T) {
	doc := built(para(strings.Repeat("extraordinarily incomprehensible internationalization ", 40)), para(prose(20)))
	for _, name := range []string{"large-print", "childrens", "manual"} {
		pages := typeset(t, doc, theme(t, name))
		for i := range pages.List {
			for _, l := range lines(&pages.List[i]) {
				if l.Kind == press.BodyLine && (l.Justified || l.Hyphenated) {
					t.Errorf("%s: %q", name, words(l))
				}
			}
		}
	}
}

func TestParagraphsAreDividedAsTheThemeWants(t *testing.T) {
	doc := built(para("One."), para("Two."))
	for name, white := range map[string]bool{"novel": false, "report": true} {
		opt := theme(t, name)
		pages := typeset(t, doc, opt)
		one, two := find(t, pages, "One."), find(t, pages, "Two.")
		if got := two.Y - one.Y; (got > opt.Theme.Text.Leading) != white {
			t.Errorf("%s: %s between the lines", name, got)
		}
		if in := two.Runs[0].X > one.Runs[0].X; in == white {
			t.Errorf("%s: the second stands in: %v", name, in)
		}
	}
}

func TestBoldInItalicsIsBoth(t *testing.T) {
	text := []press.Inline{&press.Emph{Text: []press.Inline{&press.Strong{Text: says("both")}}}, &press.Text{Value: " "}, &press.Strong{Text: []press.Inline{&press.Emph{Text: says("too")}}}}
	pages := typeset(t, built(&press.Paragraph{Text: append(says("So "), text...)}), theme(t, "modern"))
	l := find(t, pages, "both")
	var got []press.FontID
	for _, r := range l.Runs {
		got = append(got, r.Font)
	}
	if diff := cmp.Diff([]press.FontID{"CharisSIL", "CharisSIL-BoldItalic"}, slices.Compact(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryThemeSetsEveryBlock(t *testing.T) {
	text := []press.Block{
		para("“First paragraph” with text. " + prose(5)), &press.Heading{Level: 2, ID: "h", Text: says("Section")}, &press.Quote{Blocks: []press.Block{para("Quoted."), &press.Quote{Blocks: []press.Block{para("Inside.")}}, para("— Source")}},
		&press.List{Items: []press.Item{{Blocks: []press.Block{&press.Code{Language: "go", Text: "x := 1"}}}, {}, {Blocks: []press.Block{para("item"), para("again")}}}},
		&press.Code{Language: "python", Text: "def f():\n\treturn 'long' # " + prose(3)}, &press.Break{},
		&press.Div{Class: "verse", Blocks: []press.Block{para("A line " + prose(2))}}, &press.Div{Class: "note", Blocks: []press.Block{para("Boxed.")}},
		&press.Table{Number: 1, Caption: says("Caption."), Align: []press.Align{press.AlignLeft, press.AlignRight}, Head: []press.Cell{{Text: says("A")}, {Text: says("B")}}, Rows: [][]press.Cell{{{Text: says("a")}, {Text: says("1.5")}}}},
		&press.Definitions{Items: []press.Definition{{Terms: [][]press.Inline{says("term")}, Meanings: [][]press.Block{{para("meaning")}}}}},
	}
	for _, th := range press.Themes() {
		t.Run(th.Name, func(t *testing.T) {
			pages := typeset(t, built(text...), press.Options{Theme: th})
			if q := measure(pages); q.over > 0 || q.missing > 0 {
				t.Errorf("%+v", q)
			}
			got := bookText(pages)
			for _, want := range []string{"Section", "Quoted.", "Inside.", "— Source", "item", "again", "return", "Boxed.", "Caption.", "1.5", "term", "meaning"} {
				if !strings.Contains(got, want) {
					t.Errorf("%q is missing", want)
				}
			}
			if len(pages.Warnings) > 0 {
				t.Errorf("warnings %v", pages.Warnings)
			}
		})
	}
}
