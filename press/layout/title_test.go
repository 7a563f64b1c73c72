package layout

import (
	"strings"
	"testing"

	"quire/press"
)

func TestALongTitleIsSetSmallerNotCut(t *testing.T) {
	title := strings.TrimSpace(strings.Repeat("very few ships passed that winter ", 9))[:290]
	for _, th := range press.Themes() {
		doc := built(para("x"))
		doc.Chapters[0].Title = title
		pages := typeset(t, doc, press.Options{Theme: th})
		var got []string
		for i := range pages.List {
			if strings.Trim(pages.List[i].Label, "0123456789") != "" {
				continue
			}
			for _, l := range lines(&pages.List[i]) {
				if l.Kind == press.HeadLine {
					got = append(got, words(l))
				}
			}
		}
		if text := strings.Join(got, " "); !strings.HasSuffix(text, strings.TrimSpace(title)) {
			t.Errorf("%s: the title says %q", th.Name, text)
		}
	}
}

func TestATitleOfManyThousandLettersIsCut(t *testing.T) {
	for name, text := range map[string]string{"words": strings.Repeat("Endless ", 20000), "one word": strings.Repeat("Endless", 20000)} {
		s := newSetter(t)
		s.sect = &press.Node{}
		rows, sink := s.opening(&press.Chapter{Number: 1, Title: text})
		var last *press.Line
		for _, r := range rows {
			for _, op := range r.ops {
				if last = op.(*press.Line); last.Over > 0 {
					t.Errorf("%s: %q sticks out", name, words(last))
				}
			}
		}
		if len(rows) > mostTitle+3 || sink > s.frame.height*2/3 || name == "words" && !strings.HasSuffix(words(last), "…") {
			t.Errorf("%s: %d rows, the last says %q", name, len(rows), words(last))
		}
	}
}

func TestShortenCutsAtTheLastWordThatFits(t *testing.T) {
	s := newSetter(t)
	st := s.plainStyle(s.faces.body, 11*press.Point)
	for name, tt := range map[string]struct {
		text, fits, want string
	}{
		"fits":            {"one two", "one two", "one two"},
		"words":           {"one two three", "one two…", "one two…"},
		"comma":           {"one, two, three", "one, two…", "one, two…"},
		"no word fits":    {"incomprehensible", "incom…", "incom…"},
		"nothing fits":    {"W", "", "…"},
		"a very long one": {strings.Repeat("one ", 50000), "one one…", "one one…"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := s.shorten(tt.text, st, s.textWidth(tt.fits, st)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLongestTriesLittleMoreThanWhatFits(t *testing.T) {
	for _, want := range []int{0, 1, 2, 3, 7, 100, 1000} {
		most, tries := 0, 0
		got := longest(1000, func(n int) bool {
			most, tries = max(most, n), tries+1
			return n <= want
		})
		if got != want || most > 2*want+1 || tries > 22 {
			t.Errorf("got %d, want %d, in %d tries up to %d", got, want, tries, most)
		}
	}
}
