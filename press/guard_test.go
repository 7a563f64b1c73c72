package press

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

// hostile are texts that would take goldmark alone minutes or gigabytes. Under
// the race detector, which makes reading slow, they are shorter.
var hostile = map[string]func() string{
	"open brackets":       func() string { return strings.Repeat("[", 1<<18/slower) },
	"open pictures":       func() string { return strings.Repeat("![", 1<<17/slower) },
	"open links":          func() string { return strings.Repeat("[a](", 1<<16/slower) },
	"brackets on lines":   func() string { return strings.Repeat("[a\n", 1<<16/slower) },
	"nested links":        func() string { return strings.Repeat("[a", 1<<16/slower) + strings.Repeat("](b)", 1<<16/slower) },
	"open emphasis":       func() string { return strings.Repeat("*a **b _c ", 1<<15/slower) },
	"open strikes":        func() string { return strings.Repeat("~~a ", 1<<16/slower) },
	"backticks":           func() string { return strings.Repeat("`a ``b ```c ", 1<<15/slower) },
	"open tags":           func() string { return strings.Repeat("a<em>", 1<<16/slower) },
	"tags in a wrong way": func() string { return strings.Repeat("a<em>b</em></i>", 1<<14/slower) },
	"open comments":       func() string { return strings.Repeat("a <!-- ", 1<<15/slower) },
	"dollars":             func() string { return strings.Repeat("$a ", 1<<16/slower) },
	"dollars on lines":    func() string { return strings.Repeat("$$a\n", 1<<16/slower) },
	"formula brackets":    func() string { return strings.Repeat(`a \(`, 1<<16/slower) },
	"quotations":          func() string { return strings.Repeat(">", 1<<16/slower) + "a" },
	"lists in a line":     func() string { return strings.Repeat("- ", 1<<16/slower) + "a" },
	"numbers in a line":   func() string { return strings.Repeat("1. ", 1<<16/slower) + "a" },
	"divs":                func() string { return strings.Repeat("::: a\n", 1<<13/slower) },
	"references":          func() string { return strings.Repeat("[a]: u\n", 1<<15/slower) },
	"one long paragraph":  func() string { return strings.Repeat("a\n", 1<<18/slower) },
	"one long line":       func() string { return strings.Repeat("a", 3<<20/slower) },
	"rows of a table":     func() string { return "|a|b|c|\n|-|-|-|\n" + strings.Repeat("|x|`y\\|`|z|\n", 50000/slower) },
	"columns of a table":  func() string { return strings.Repeat("|a", 10000) + "|\n" + strings.Repeat("|-", 10000) + "|\n|b|\n" },
	"a table to be filled": func() string {
		return strings.Repeat("|a", 10000) + "|\n" + strings.Repeat("|-", 10000) + "|\n" + strings.Repeat("|b|\n", 100000/slower)
	},
	"deep lists": func() string {
		var b strings.Builder
		for i := range 2000 / slower {
			b.WriteString(strings.Repeat("  ", i) + "- a\n")
		}
		return b.String()
	},
	"many notes": func() string {
		var b strings.Builder
		for i := range 20000 / slower {
			fmt.Fprintf(&b, "x[^%d]\n\n[^%d]: y\n\n", i, i)
		}
		return b.String()
	},
	"one heading many times": func() string { return strings.Repeat("# a\n", 1<<14/slower) },
	"control characters":     func() string { return strings.Repeat("\x00\n", 1<<18/slower) },
}

func TestHostileTextsAreReadInTime(t *testing.T) {
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) { // a hang is ended by the test's own time limit
			doc, warnings, err := Parse(book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{Markdown: text()}}})
			if err != nil || doc == nil {
				t.Fatal(err)
			}
			if len(warnings) > maxWarnings+1 {
				t.Errorf("%d warnings", len(warnings))
			}
		})
	}
}

func TestWhatTheGuardChangesIsTold(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"signs":      {"a\n\n" + strings.Repeat("*a\n", 4000), "one.md:3003: there are more than 3000 signs of Markdown in one paragraph; the rest of them are taken as text"},
		"markers":    {"a\n\n" + strings.Repeat("> ", 200) + "a", "one.md:3: more than 100 lists and quotations begin in this line; they are left out"},
		"a table":    {strings.Repeat("|a", 1000) + "|\n" + strings.Repeat("|-", 1000) + "|\n" + strings.Repeat("|b|\n", 1000), "one.md:2: the table has 1002 columns and many rows without cells for them; it is set as text"},
		"many notes": {strings.Repeat("[^a]: b\n\n", 5001), "one.md:10001: there are more than 5000 notes in one chapter; the rest of them are set as text"},
	} {
		t.Run(name, func(t *testing.T) {
			_, warnings := parseText(t, tt.text)
			if len(warnings) == 0 {
				t.Fatal("no warning")
			}
			if diff := cmp.Diff(tt.want, warnings[0].String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheGuardLeavesCodeAndLongListsAlone(t *testing.T) {
	for name, text := range map[string]string{
		"fenced code":   "```\n" + strings.Repeat("*[`a\n", 4000) + "```\n",
		"indented code": strings.Repeat("    *a*\n", 4000),
		"a list":        strings.Repeat("- *a* `b` [c](d)\n", 2000),
		"a table":       "|a|\n|-|\n" + strings.Repeat("|*a*|\n", 4000),
		"a rule":        strings.Repeat("- ", 300),
		"paragraphs":    strings.Repeat("*a*\n\n", 4000),
	} {
		t.Run(name, func(t *testing.T) {
			r := &reader{src: []byte(text), lines: lineStarts(text)}
			r.guard()
			if len(r.warnings) > 0 || string(r.src) != text && name != "a rule" {
				t.Errorf("%v", r.warnings)
			}
		})
	}
}
