package epub

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"quire/book"
	"quire/press"
)

// checker is where Debian's epubcheck lies.
const checker = "/usr/share/java/epubcheck.jar"

func TestEpubcheckFindsNoErrorsAndNoWarnings(t *testing.T) {
	dir := t.TempDir()
	var files []string
	save := func(name string, m book.Manuscript, opt press.Options) {
		t.Helper()
		data, _ := bind(t, m, opt)
		file := filepath.Join(dir, name+".epub")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	themes := press.Themes()
	save("specimen", specimen(t), press.Options{Date: day})
	save("specimen-other", specimen(t), press.Options{Theme: themes[0]})
	save("corpus", corpus(t), press.Options{})
	save("one-chapter", book.Manuscript{Meta: book.Meta{Title: "One"}, Chapters: []book.Text{{Title: "Only", Markdown: "Text."}}}, press.Options{})
	save("bare", book.Manuscript{Meta: book.Meta{Title: "\x01"}, Chapters: []book.Text{{}, {Numbered: true}, {Markdown: "\n\n---\n\n"}}}, press.Options{})
	save("front", book.Manuscript{Meta: book.Meta{Title: "F", Dedication: "For *you*", About: "She writes.[^1]\n\n[^1]: Much.", Cover: "img/b.dat"},
		Chapters: []book.Text{{Title: "One", Markdown: "$x$ ![a](img/b.dat)"}}, Assets: pictures(t)}, press.Options{})
	save("hostile", hostile(t), press.Options{})
	books := uint64(200)
	if testing.CoverMode() != "" { // scripts/cover comes after make test, which does all
		books = 30
	}
	for seed := range books {
		save(fmt.Sprintf("random-%03d", seed), randomBook(t, seed), press.Options{Theme: themes[int(seed)%len(themes)], Date: day})
	}
	check(t, files)
}

// check runs epubcheck on files; several in one machine if there is a compiler
// for the few lines that do it.
func check(t *testing.T, files []string) {
	t.Helper()
	if _, err := os.Stat(checker); err != nil {
		t.Fatalf("epubcheck is missing: apt-get install epubcheck: %v", err)
	}
	run := func(args ...string) {
		out, err := exec.CommandContext(t.Context(), "java", append([]string{"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"}, args...)...).CombinedOutput()
		if err != nil {
			t.Errorf("epubcheck: %v\n%s", err, findings(string(out)))
		}
	}
	if _, err := exec.LookPath("javac"); err == nil {
		run(append([]string{"-cp", checker, "testdata/Many.java"}, files...)...)
		return
	}
	for _, f := range files {
		run("-jar", checker, f, "--failonwarnings")
	}
}

// findings are the lines of a report that say something.
func findings(report string) string {
	var lines []string
	for line := range strings.SplitSeq(report, "\n") {
		for _, start := range []string{"FATAL", "ERROR", "WARNING", "FAILED", "Exception", "\tat ", "error:"} {
			if strings.HasPrefix(line, start) || start == "Exception" && strings.Contains(line, start) {
				lines = append(lines, line)
				break
			}
		}
	}
	if len(lines) == 0 {
		return report
	}
	return strings.Join(lines[:min(len(lines), 60)], "\n")
}

// hostile is a book whose makers meant ill or did not look.
func hostile(t testing.TB) book.Manuscript {
	t.Helper()
	long := strings.Repeat("A Title Without End, or Nearly So; ", 9)[:300]
	text := "<script>alert(1)</script>\n\nText <img src=x onerror=alert(1)> <b>bold</b> &lt;script&gt; ]]> \x00\x1b\u202e\ufffe\uffff\U0001fffe &#0; &#x1; &#xFFFE; &#128;\n\n" +
		"[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) [d](http://exa mple.com) [e](http://x.y/%zz) [f](<http://x.y/ z\"'>)\n" +
		"[g](http://[::1]/) [h](http://u:p@x.y/) [i](mailto:) [j](mailto:a@b.c?subject=x y&body=é) [k](http://münchen.de/) [l](http://x.y/#a#b) [](http://x.y) <http://x.y?a=`b`>\n" +
		"[m](file:///etc/passwd) [n](//x.y/z) [o](other.xhtml) [p](http://x.y:99999/) [q](HTTP://X.Y) [r](http://x.y/{a}^|\\\\)\n\n" +
		"## Same {#dup}\n\n## Same {#dup}\n\n## \" onclick=\"x {#1-2.3:ü}\n\n### <b>Tags</b> [^n] `code` {#CHAPTER-1}\n\n" +
		"[[^n]](http://x.y) [a [^n] *b*](#dup) ![x [^n] [y](http://z.z) \"quoted\" <i>](img/a.png \"t\") \n\n[^n]: note [^n] [^m]\n[^m]: only here\n[^never]: unseen\n\n" +
		"::: {.\"><script> #dup lang=\"x\\\"><\"}\nin\n:::\n\n::: {.verse lang=ar-\x01}\na  \n*b  \nc*  \n\n- list\n:::\n\n" +
		strings.Repeat("> - ", 40) + "deep\n\n- \n- \n\n0. zero\n\n999999999. many\n\n||\n|-|\n||\n\n|a|\n|-|\n\n|<td>|&|\n|-|-|\n|`|`|\\||\n\n> ```\n> open\n\n![](img/a.png)\n\n![" + strings.Repeat("alt ", 500) + "](none.png)\n\n" +
		"😀👨‍👩‍👧‍👦🏳️‍🌈 مرحبا بالعالم *שלום* ‏\u200f\u200d e\u0301\u0301\u0301 " + strings.Repeat("unbreakable", 400) + "\n\n" +
		"* * *\n\n***\n\n---\n\n# One\n\nSetext\n===\n\n<!-- comment -- with dashes -->\n\n<?php x ?>\n\n~~~html \"><x\n</code></pre><script>\n~~~"
	m := book.Manuscript{
		Meta: book.Meta{Title: long, Subtitle: "<i>\"'&</i>", Author: strings.Repeat("Ω\u202e, & <b>", 30), Language: "ar-x-\"<", Publisher: "]]>", ISBN: "978-3-16-148410-1", Date: "soon", Kind: book.Nonfiction,
			Imprint: []string{"<script>", "", "\x00", "a\nb"}},
		Assets: pictures(t),
	}
	for i, id := range []string{"dup", "dup", "\"><x", "1", "", "toc", "cover", "chapter-1", "日本", strings.Repeat("x", 900)} {
		m.Chapters = append(m.Chapters, book.Text{ID: id, Title: []string{long, "", "\"<&>'", "🙂", "مرحبا", "Preface", "Introduction: x"}[i%7], Part: []string{"", "", "<Part>", "Part Two"}[i%4], Numbered: i%3 > 0, Markdown: text, Source: id})
	}
	return m
}

// pieces are what random books are made of.
var pieces = []string{
	"Plain words go on for a while and end.", "“Quoted,” she said.", "*emphasis* ", "**strong *both*** ", "`code <x>`", "[link](https://example.org/x?y=1&z=2)", "[inside](#c1)", "[^1]", "\n\n", "\n\n", "\n\n", "  \n",
	"\n\n## Heading\n\n", "\n\n### Lower *heading* {#h}\n\n", "\n\n* * *\n\n", "\n\n> ", "\n\n- item\n- item\n  - inner\n\n", "\n\n3. three\n4. four\n\n", "\n\n```\ncode & <tags>\n```\n\n", "\n\n|a|b|\n|:-|-:|\n|1|[^1]|\n\n",
	"\n\n![A picture](img/a.png)\n\n", "\n\n![A drawing](img/c.svg \"Its *title*\")\n\n", "\n\n![](img/b.dat)\n\n", "\n\n::: verse\nline  \nline\n:::\n\n", "\n\n::: note\n", "\n:::\n\n", "\n\n::: {.epigraph lang=he}\n", "<b>", "<!--", "&amp;&#x301;&nbsp;", "\\", "*", "_", "[", "](", "|", "`", "~~", "日本語", "עברית", "🙂", "\t", "\n    ", "\x0b", "\xff",
}

// randomBook is a book by chance.
func randomBook(t testing.TB, seed uint64) book.Manuscript {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	pick := func(all ...string) string { return all[r.IntN(len(all))] }
	m := book.Manuscript{Assets: pictures(t), Meta: book.Meta{
		Title: pick("Short", "A Rather Longer Title With Many Words In It", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "书", "<&>"), Subtitle: pick("", "Sub & Title"),
		Author: pick("", "A. N. Author"), Language: pick("", "en", "de-AT", "fr", "ar", "ja", "zh-Hant"), Publisher: pick("", "P"), Date: pick("", "2025", "2025-12-31"),
		ISBN: pick("", "0-306-40615-2", "9783161484100", "123"), Kind: book.Kind(pick("", "fiction", "nonfiction")),
	}}
	for i := range 1 + r.IntN(6) {
		var text strings.Builder
		for range r.IntN(60) {
			text.WriteString(pieces[r.IntN(len(pieces))])
		}
		if r.IntN(2) == 0 {
			text.WriteString("\n\n[^1]: A note with *words*.\n")
		}
		m.Chapters = append(m.Chapters, book.Text{ID: fmt.Sprintf("c%d", i), Title: pick("", "Salt", "A <b> & \"c\""), Part: pick("", "", "", "Land"), Numbered: r.IntN(3) > 0, Markdown: text.String(), Source: "r.md"})
	}
	return m
}
