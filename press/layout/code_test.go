package layout

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/press"
)

func TestKeywordsAreBoldAndCommentsItalicInPrint(t *testing.T) {
	code := &press.Code{Language: "go", Text: "return x // why"}
	faces := func(name string) (out []press.FontID, colored bool) {
		l := find(t, typeset(t, built(para("x"), code), theme(t, name)), "return")
		for _, r := range l.Runs {
			out = append(out, r.Font)
			colored = colored || r.Color.R != r.Color.G
		}
		return out, colored
	}
	got, colored := faces("novel")
	if diff := cmp.Diff([]press.FontID{"PTMono-Bold", "PTMono-Regular", "PTMono-Regular"}, got); diff != "" || colored {
		t.Errorf("colours %v (-want +got):\n%s", colored, diff)
	}
	got, colored = faces("manual")
	if diff := cmp.Diff([]press.FontID{"JetBrainsMono-Bold", "JetBrainsMono-Regular", "JetBrainsMono-Italic"}, got); diff != "" || !colored {
		t.Errorf("colours %v (-want +got):\n%s", colored, diff)
	}
}

func TestLongCodeIsTurnedBehindABlankAndNothingIsLost(t *testing.T) {
	for name, text := range map[string]string{"words": strings.Repeat("some words ", 40), "no blank": strings.Repeat("abcdefghij", 60), "blanks": strings.Repeat(" ", 500) + "x"} {
		t.Run(name, func(t *testing.T) {
			pages := typeset(t, built(para("x"), &press.Code{Text: text}), press.Options{})
			got := ""
			for i := range pages.List {
				for _, l := range lines(&pages.List[i]) {
					if l.Kind == press.CodeLine && words(l) != turned {
						if name == "words" && got != "" && !strings.HasSuffix(got, " ") {
							t.Errorf("a word is cut before %q", words(l))
						}
						got += words(l)
						if end := right(l); end > pages.List[i].Ops[0].(*press.Line).X+345*press.Point+50*press.Point {
							t.Errorf("%q ends at %s", words(l), end)
						}
					}
				}
			}
			if got != text {
				t.Errorf("got %d letters of %d", len(got), len(text))
			}
		})
	}
}

func TestTabsGoToTheNextStop(t *testing.T) {
	if diff := cmp.Diff("a   b\n    c\nabcd    d", expandTabs("a\tb\n\tc\nabcd\td")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLinesOfCodeAreCountedOnlyWhenTheThemeWants(t *testing.T) {
	opt := theme(t, "novel")
	code := &press.Code{Text: "a\n" + strings.Repeat("long ", 60) + "\nc"}
	if text := bookText(typeset(t, built(para("x"), code), opt)); strings.Contains(text, "\n3\n") {
		t.Error("the lines are counted")
	}
	opt.Theme.Code.Numbers = true
	pages := typeset(t, built(para("x"), code), opt)
	text := bookText(pages)
	if !strings.Contains(text, "1\na\n2\nlong") || !strings.Contains(text, "3\nc") || strings.Contains(text, "4\n") {
		t.Errorf("the page says\n%s", text)
	}
}
