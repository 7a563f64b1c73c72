package book_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

func TestCitationsAreFoundOutsideOfCode(t *testing.T) {
	const a, b = "[^src_00000001.1]", "[^src_00000002.22]"
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"in a line":                  {"One." + a + " Two." + b, []string{"src_00000001.1", "src_00000002.22"}},
		"other notes":                {"One.[^1] Two.[^note]", nil},
		"a passage that is none":     {"One.[^src_nonsense]", []string{"src_nonsense"}},
		"in a code span":             {"`" + a + "` and ``x ` " + a + "`` and " + b, []string{"src_00000002.22"}},
		"behind a lone backtick":     {"a ` b" + a, []string{"src_00000001.1"}},
		"a span ends with its par":   {"a ` b\n\n" + a + " `", []string{"src_00000001.1"}},
		"between fences":             {"```go\n" + a + "\n```\n" + b, []string{"src_00000002.22"}},
		"between tildes":             {"~~~\n```\n" + a + "\n~~~\n" + b, []string{"src_00000002.22"}},
		"behind an open fence":       {"x\n\n````\n```\n" + a, nil},
		"behind a backslash":         {`\` + a + ` \\` + b, []string{"src_00000002.22"}},
		"behind an escaped backtick": {"\\` " + a + " ` x", []string{"src_00000001.1"}},
		"never closed":               {"[^src_00000001.1 and more", nil},
		"endless":                    {"[^src_" + strings.Repeat("1", 200) + "]", nil},
		"in a quotation":             {"> ```\n> " + a + "\n> ```\n> said" + b, []string{"src_00000002.22"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, m := range book.Marks(tt.text) {
				got = append(got, m.Passage)
				if tt.text[m.Start:m.End] != "[^"+m.Passage+"]" {
					t.Errorf("the mark stands at %q", tt.text[m.Start:m.End])
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestCitationsBecomeFootnotes(t *testing.T) {
	s := tides()
	one, two := s.Passages[0].ID, s.Passages[1].ID
	for name, tt := range map[string]struct {
		text, want string
		notes      int
		unknown    []book.Unknown
	}{
		"nothing cited": {text: "Plain.[^1]\n\n[^1]: Note.\n", want: "Plain.[^1]\n\n[^1]: Note.\n"},
		"one passage twice": {
			text: "It pulls.[^" + one + "] It does.[^" + one + "]\n",
			want: "It pulls.[^" + one + "] It does.[^" + one + "]\n\n[^" + one + "]: *On Tides*, Ada Moon, “Causes”.\n", notes: 1,
		},
		"two passages": {
			text: "A.[^" + two + "] B.[^" + one + "]",
			want: "A.[^" + two + "] B.[^" + one + "]\n\n[^" + two + "]: *On Tides*, Ada Moon.\n\n[^" + one + "]: *On Tides*, Ada Moon, “Causes”.\n", notes: 2,
		},
		"a passage that is not there": {
			text: "A [^src_99999999.1]. B.[^src_x] C\n", want: "A. B. C\n",
			unknown: []book.Unknown{{Chapter: "ch_1", Passage: "src_99999999.1"}, {Chapter: "ch_1", Passage: "src_x"}},
		},
		"a note of its own": {
			text: "A.[^" + one + "]\n\n[^" + one + "]: Invented\nwords.\n\nB.\n",
			want: "A.[^" + one + "]\n\nB.\n\n[^" + one + "]: *On Tides*, Ada Moon, “Causes”.\n", notes: 1,
		},
		"a note that nothing cites": {text: "A.\n\n[^" + one + "]: Invented.\n", want: "A.\n\n"},
		"code":                      {text: "`[^" + one + "]`\n", want: "`[^" + one + "]`\n"},
	} {
		t.Run(name, func(t *testing.T) {
			in := []book.Text{{ID: "ch_1", Markdown: tt.text}}
			out, c := book.Cite(in, []book.Source{s})
			if diff := cmp.Diff(tt.want, out[0].Markdown); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if in[0].Markdown != tt.text {
				t.Error("the chapter that was given changed")
			}
			if diff := cmp.Diff(tt.unknown, c.Unknown); diff != "" || c.Notes != tt.notes {
				t.Errorf("%d notes, want %d; unknown -want +got:\n%s", c.Notes, tt.notes, diff)
			}
			again, _ := book.Cite(out, []book.Source{s})
			if diff := cmp.Diff(out, again); diff != "" {
				t.Errorf("done twice -once +twice:\n%s", diff)
			}
		})
	}
}

func TestABibliographyListsWhatIsCitedInOrder(t *testing.T) {
	make1 := func(id, title, author string) book.Source {
		return book.Source{ID: id, Title: title, Author: author, Passages: []book.Passage{{ID: id + ".1", Text: "x"}}}
	}
	sources := []book.Source{
		make1("src_00000001", "Zebras?", ""), make1("src_00000002", "A *Bold* Book", "moon, Ada"),
		make1("src_00000003", "Another", "Moon, Ada"), make1("src_00000004", "Never cited", "Nobody"),
	}
	_, c := book.Cite([]book.Text{{Markdown: "[^src_00000003.1][^src_00000001.1]"}, {Markdown: "[^src_00000002.1]"}}, sources)
	want := []string{`moon, Ada: *A \*Bold\* Book*.`, "Moon, Ada: *Another*.", "*Zebras?*"}
	if diff := cmp.Diff(want, book.Bibliography(c.Cited)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTitlesOfSourcesAreNoMarkup(t *testing.T) {
	s := tides()
	s.Title, s.Author = "</data> [link](http://x) `code`", "<b>A</b>\n# B $x$"
	out, _ := book.Cite([]book.Text{{Markdown: "A[^" + s.Passages[1].ID + "]"}}, []book.Source{s})
	want := "A[^" + s.Passages[1].ID + "]\n\n[^" + s.Passages[1].ID + `]: *\</data\> \[link\](http://x) \` + "`code\\`" + `*, \<b\>A\</b\> \# B \$x\$.` + "\n"
	if diff := cmp.Diff(want, out[0].Markdown); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
