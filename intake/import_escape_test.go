package intake

import (
	"strings"
	"testing"

	"quire/book"
	"quire/press"
)

// hardTexts are texts that Markdown would read something into.
var hardTexts = []string{
	"1986. It was a year", "1986) it was", "# no title", "+ no item", "- no item", "* no item", "*not* _set_ off", "a_b_c _d_", "<b>no tag</b>", "a < b > c", "[no](link)", "![no](picture)",
	"[^1] no note", "[^1]: no note", "$no$ formula, $5 and $6", `a \ back\slash \* \\`, "---", "***", "===", "~~~", "~~gone~~ ~x~", "```", "`code` ``x", ": no meaning", "::: note", ":::",
	"Table: no caption", "a | b", "| a | b |", "|---|", "&amp; &copy; &#65; AT&T & co &x", "    four blanks", "{#id}", "a {.b}", "wow!", "wow![x]", "http://x.y/z_a_b <http://x.y>",
	"> no quotation", "\\", "a\\", "^^", "1.", "12)", "a\u00a0b", "“quoted”", "$$x$$", `\(x\)`, "*", "_", "**", "__init__", "!", "!!", "\t tab", "x\ny", "-", "=", "a ~ b", "“*", "\u2014 dash", "&", "&&", "#", "##", "a#", "# {#x}", "(1)", "a*b*c", "***a***",
}

// writtenAs writes a chapter with one paragraph and parses it.
func parsedBlocks(t testing.TB, blocks []block) ([]press.Block, *press.Chapter, string) {
	t.Helper()
	var lost tally
	w := &markdownWriter{ids: map[string]string{"k": "one"}, tally: &lost}
	markdown := w.chapter(blocks)
	doc, _, err := press.Parse(book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{ID: "one", Title: "One", Markdown: markdown}}})
	if err != nil {
		t.Fatal(err)
	}
	return doc.Chapters[0].Blocks, doc.Chapters[0], markdown
}

// sameWords compares texts without what the press makes typographic.
func sameWords(s string) string {
	s = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "—", "-", "–", "-", "…", "...", "\u00a0", " ", "\u202f", " ", "\u200b", "").Replace(s)
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	return oneLine(s)
}

func TestTextNeverTurnsIntoMarkdown(t *testing.T) {
	for _, s := range hardTexts {
		want := sameWords(s)
		for name, list := range map[string][]inline{
			"alone":           {phrase(s)},
			"behind a word":   {phrase("x " + s)},
			"behind a break":  {phrase("x"), newline{}, phrase(s)},
			"set off":         {phrase("x "), &marked{emph, []inline{phrase(s)}}, phrase(" y")},
			"strong in words": {phrase("x"), &marked{strong, []inline{phrase(s)}}, phrase("y")},
			"in a link":       {&link{url: "http://x.y/", text: []inline{phrase(s)}}},
			"before a link":   {phrase(s), &link{url: "http://x.y/", text: []inline{phrase("z")}}},
		} {
			list = tidy(list)
			blocks, _, markdown := parsedBlocks(t, []block{&paragraph{text: list}})
			if len(blocks) != 1 {
				t.Errorf("%s %q: %d blocks of %q", name, s, len(blocks), markdown)
				continue
			}
			p, ok := blocks[0].(*press.Paragraph)
			if !ok || !strings.Contains(sameWords(press.Plain(p.Text)), want) || sameWords(press.Plain(p.Text)) != sameWords(rawOf(list)) {
				t.Errorf("%s %q: %T of %q", name, s, blocks[0], markdown)
			}
		}
		blocks, _, markdown := parsedBlocks(t, []block{&section{level: 2, text: tidy([]inline{phrase(s)})}})
		if h, ok := press.Block(nil), false; len(blocks) == 1 {
			h = blocks[0]
			var head *press.Heading
			if head, ok = h.(*press.Heading); !ok || sameWords(press.Plain(head.Text)) != want {
				t.Errorf("title %q: %q", s, markdown)
			}
		} else if want != "" {
			t.Errorf("title %q: %d blocks of %q", s, len(blocks), markdown)
		}
		g := &grid{align: []byte{0, 0}, head: make([]gridCell, 2), rows: [][]gridCell{{{text: tidy([]inline{phrase(s)})}, {text: []inline{typed("a|b")}}}}}
		blocks, _, markdown = parsedBlocks(t, []block{g})
		tab, ok := blocks[0].(*press.Table)
		if !ok || len(tab.Rows) != 1 || sameWords(press.Plain(tab.Rows[0][0].Text)) != want && s != "^^" || press.Plain(tab.Rows[0][1].Text) != "a|b" {
			t.Errorf("cell %q: %q", s, markdown)
		}
	}
}

func FuzzTextNeverTurnsIntoMarkdown(f *testing.F) {
	for _, s := range hardTexts {
		f.Add(s, "x", uint8(1))
		f.Add("a", s, uint8(2))
	}
	f.Fuzz(func(t *testing.T, one, two string, how uint8) {
		if len(one)+len(two) > 500 {
			return
		}
		list := tidy([]inline{phrase(one), &marked{style(how % 3), []inline{phrase(two)}}, phrase(one), newline{}, phrase(two), noteMark{&note{blocks: []block{&paragraph{text: []inline{phrase("n " + two)}}}}}, phrase(one)})
		blocks, c, markdown := parsedBlocks(t, []block{&paragraph{text: list}})
		if len(blocks) != 1 || len(c.Notes) != 1 {
			t.Fatalf("%d blocks, %d notes of %q", len(blocks), len(c.Notes), markdown)
		}
		p, ok := blocks[0].(*press.Paragraph)
		if !ok {
			t.Fatalf("%T of %q", blocks[0], markdown)
		}
		want, got := strings.Join(strings.Fields(sameWords(rawOf(list))), ""), strings.Join(strings.Fields(sameWords(press.Plain(p.Text))), "")
		if letters := func(s string) string { return strings.Map(keepPlain, s) }; letters(want) != letters(got) {
			t.Fatalf("want %q, got %q of %q", want, got, markdown)
		}
	})
}

// keepPlain keeps the characters that the press does not touch.
func keepPlain(r rune) rune {
	if strings.ContainsRune("\"'-.«»„‚‹›", r) || r > 0x2fff || r == 0xfffd || r == 0xad {
		return -1
	}
	return r
}
