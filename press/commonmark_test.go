package press

import (
	"fmt"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"quire/book"
)

// example is an example of the CommonMark specification.
type example struct{ markdown, html string }

// commonmark reads the examples of the specification.
func commonmark(t *testing.T) []example {
	t.Helper()
	data, err := os.ReadFile("testdata/commonmark/spec.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []example
	fence := strings.Repeat("`", 32)
	rest := string(data)
	for {
		_, after, ok := strings.Cut(rest, "\n"+fence+" example\n")
		if !ok {
			return out
		}
		text, after, _ := strings.Cut(after, fence)
		markdown, want, _ := strings.Cut("\n"+text, "\n.\n")
		tabs := strings.NewReplacer("→", "\t")
		out = append(out, example{tabs.Replace(strings.TrimPrefix(markdown, "\n")), tabs.Replace(want)})
		rest = after
	}
}

// allText is all that blocks say, in any order of their inlines.
func allText(blocks []Block) string {
	var b strings.Builder
	for _, block := range blocks {
		switch t := block.(type) {
		case *Paragraph:
			b.WriteString(Plain(t.Text))
		case *Heading:
			b.WriteString(Plain(t.Text))
		case *Quote:
			b.WriteString(allText(t.Blocks))
		case *Div:
			b.WriteString(allText(t.Blocks))
		case *Code:
			b.WriteString(t.Text)
		case *List:
			for _, it := range t.Items {
				b.WriteString(allText(it.Blocks))
			}
		case *Definitions:
			for _, it := range t.Items {
				for _, term := range it.Terms {
					b.WriteString(Plain(term) + " ")
				}
				for _, m := range it.Meanings {
					b.WriteString(allText(m))
				}
			}
		case *Table:
			for _, row := range append([][]Cell{t.Head}, t.Rows...) {
				for _, c := range row {
					b.WriteString(Plain(c.Text) + " ")
				}
			}
		case *Figure:
			b.WriteString(Plain(t.Caption))
		}
		b.WriteString("\n")
	}
	return b.String()
}

var (
	silentHTML = regexp.MustCompile(`(?is)<!--.*?(-->|$)|<(script|style)\b.*?(</(script|style)>|$)|<\?.*?\?>|<!.*?>`)
	anyTag     = regexp.MustCompile(`(?s)</?[a-zA-Z]("[^"]*"|'[^']*'|[^>"'])*(>|$)`)
)

// wordsOf are the words of a text: letters and digits.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func TestEveryExampleOfCommonMarkKeepsItsWords(t *testing.T) {
	examples := commonmark(t)
	if len(examples) != 652 {
		t.Fatalf("%d examples, want 652", len(examples))
	}
	var texts []book.Text
	for i, e := range examples {
		texts = append(texts, book.Text{ID: fmt.Sprintf("e%d", i+1), Title: fmt.Sprint(i + 1), Markdown: e.markdown, Source: "spec.txt"})
	}
	doc, _, err := Parse(book.Manuscript{Meta: book.Meta{Title: "CommonMark"}, Chapters: texts})
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range examples {
		have := strings.Join(wordsOf(allText(doc.Chapters[i].Blocks)), "")
		want := wordsOf(html.UnescapeString(anyTag.ReplaceAllString(silentHTML.ReplaceAllString(e.html, " "), " ")))
		for _, w := range want {
			if !strings.Contains(have, w) {
				t.Errorf("example %d lost %q:\n%s\n-- wanted\n%s\n-- got\n%s", i+1, w, e.markdown, e.html, have)
			}
		}
		if len(have) < len(strings.Join(want, "")) {
			t.Errorf("example %d lost a word that is there more than once:\n%s\n-- got\n%s", i+1, e.markdown, have)
		}
	}
}
