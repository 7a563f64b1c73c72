package quality_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"quire/book"
	"quire/quality"
)

// copybook is a good book into which a test writes faults.
type copybook struct {
	profile    quality.Profile
	text       book.Manuscript
	plan       quality.Plan
	longer     func() book.Manuscript // the same plan, told in nearly one and a half times the words
	vocabulary string                 // a text with many other words
	at         int                    // counts what was written in, so that nothing comes twice
}

// The books that faults are written into, by the built-in author: made once.
var good = struct {
	sync.Mutex
	kept    map[string]written
	reports map[string]quality.Report
}{kept: map[string]written{}, reports: map[string]quality.Report{}}

func goodBook(t testing.TB, brief book.Brief) written {
	t.Helper()
	good.Lock()
	defer good.Unlock()
	key := fmt.Sprint(brief.Topic, brief.Kind, brief.Chapters, brief.Words)
	w, ok := good.kept[key]
	if !ok {
		w = write(t, brief)
		good.kept[key] = w
	}
	return w
}

// open copies a good book of so many chapters and words.
func openCopy(t testing.TB, p quality.Profile, chapters, words int) *copybook {
	t.Helper()
	brief := book.Brief{Topic: "The lamplighter of Skerry Point", Kind: book.Fiction, Chapters: chapters, Words: words, Seed: 4}
	if p == quality.Nonfiction {
		brief = book.Brief{Topic: "how to keep bees", Kind: book.Nonfiction, Chapters: chapters, Words: words, Seed: 4}
	}
	w := goodBook(t, brief)
	long := brief
	long.Words = words * 14 / 10
	c := &copybook{profile: p, text: w.text, longer: func() book.Manuscript { return goodBook(t, long).text }}
	c.plan = quality.PlanOf(w.brief, w.concept, w.outline, w.beats, w.deltas)
	c.text.Chapters = slices.Clone(c.text.Chapters)
	c.plan.Names = append(slices.Clone(c.plan.Names), quality.Name{Name: "Percival", Gone: 1}, quality.Name{Name: "Langstroth"})
	c.plan.Facts = append(slices.Clone(c.plan.Facts), quality.Fact{Subject: "Langstroth", Attr: "age", Value: "34"}, quality.Fact{Subject: "Langstroth", Attr: "hair", Value: "black"},
		quality.Fact{Subject: "Langstroth", Attr: "eyes", Value: "grey"}, quality.Fact{Subject: "Langstroth", Attr: "born", Value: "3 May 1810"},
		quality.Fact{Subject: "Langstroth", Attr: "walk", Value: "3 miles"})
	old := scripture(t)
	c.vocabulary = old
	c.plan.Sources = []string{old[:20_000]}
	return c
}

// report measures the book before the fault, once for all that need no more
// than it.
func (c *copybook) report(prepare func(*copybook)) quality.Report {
	if prepare != nil {
		prepare(c)
		return quality.MeasurePlanned(c.text, c.profile, c.plan)
	}
	good.Lock()
	defer good.Unlock()
	key := fmt.Sprint(c.profile, len(c.text.Chapters))
	if _, ok := good.reports[key]; !ok {
		good.reports[key] = quality.MeasurePlanned(c.text, c.profile, c.plan)
	}
	return good.reports[key]
}

// scripture is the trial book: old prose that shares nothing with the built-in
// author's.
func scripture(t testing.TB) string {
	t.Helper()
	files, err := filepath.Glob("../press/testdata/press-book/ch*.md")
	if err != nil || len(files) != 15 {
		t.Fatalf("the trial book has %d chapters (%v)", len(files), err)
	}
	var whole strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(text), "\n\n")
		whole.WriteString(body + "\n\n")
	}
	return whole.String()
}

// edit rewrites a chapter, from 1.
func (c *copybook) edit(chapter int, with func(string) string) {
	c.text.Chapters[chapter-1].Markdown = with(c.text.Chapters[chapter-1].Markdown)
}

// all rewrites every chapter.
func (c *copybook) all(with func(string) string) {
	for i := range c.text.Chapters {
		c.edit(i+1, with)
	}
}

// proseOf rewrites the paragraphs of a text; breaks and headings stay.
func proseOf(with func(string) string) func(string) string {
	return func(text string) string {
		paras := strings.Split(text, "\n\n")
		for i, p := range paras {
			if isProse(p) {
				paras[i] = with(p)
			}
		}
		return strings.Join(paras, "\n\n")
	}
}

func isProse(p string) bool {
	return p != "***" && !strings.HasPrefix(p, "#") && !strings.HasPrefix(p, "- ") && !strings.HasPrefix(p, "1. ") && !strings.HasPrefix(p, ">") && !strings.HasPrefix(p, "|") && !strings.HasPrefix(p, "```")
}

// narrated are the paragraphs of a text in which nobody speaks.
func narrated(text string) (list []string) {
	for p := range strings.SplitSeq(text, "\n\n") {
		if isProse(p) && !strings.ContainsAny(p, "“”*") && strings.Count(p, ".") > 1 {
			list = append(list, p)
		}
	}
	return list
}

// cut keeps a share of a text's words, up to the end of a paragraph.
func cut(share float64) func(string) string {
	return func(text string) string {
		paras, most, n := strings.Split(text, "\n\n"), int(share*float64(book.Words(text))), 0
		for i, p := range paras {
			if n += book.Words(p); n >= most && isProse(p) {
				return strings.Join(paras[:i+1], "\n\n")
			}
		}
		return text
	}
}

// endWith puts a paragraph behind a text.
func endWith(last string) func(string) string {
	return func(text string) string { return text + "\n\n" + last }
}

// plainWord is a word in lower case that is no name and no small word; anyWord
// may be small, but is none of smallWords.
var (
	plainWord  = regexp.MustCompile(`\b[a-z]{5,}\b`)
	anyWord    = regexp.MustCompile(`\b[a-z]{2,}\b`)
	smallWords = strings.Fields("the and of to in was his her that")
)

// swap puts another word in the place of every n-th plain one.
func (c *copybook) swap(n int, words ...string) {
	c.reword(plainWord, func(word string) string {
		if c.at++; c.at%n != 0 {
			return word
		}
		return words[c.at/n%len(words)]
	})
}

// reword puts other words in the place of those of a pattern.
func (c *copybook) reword(words *regexp.Regexp, with func(string) string) {
	c.all(proseOf(func(p string) string { return words.ReplaceAllStringFunc(p, with) }))
}

// scatter writes sentences into the book, n of them in all, each at the end of
// another paragraph of narration; of leaves an X for a word of the paragraph.
func (c *copybook) scatter(n int, sentences ...string) {
	for i := range n {
		chapter := i%len(c.text.Chapters) + 1
		c.insert(chapter, i/len(c.text.Chapters), sentences[i%len(sentences)])
	}
}

// insert puts a sentence at the end of the k-th paragraph of narration.
func (c *copybook) insert(chapter, k int, sentence string) {
	c.edit(chapter, func(text string) string {
		list := narrated(text)
		p := list[(k*3+1)%len(list)]
		words := plainWord.FindAllString(p, -1)
		for i := 0; strings.Contains(sentence, "X"); i++ {
			c.at++
			sentence = strings.Replace(sentence, "X", words[(c.at*7)%len(words)], 1)
		}
		return strings.Replace(text, p, p+" "+sentence, 1)
	})
}

var sentenceEnd = regexp.MustCompile(`([a-z])[.?!] ([A-Z])`)

// joined makes one sentence of n.
func joined(n int) func(string) string {
	return proseOf(func(p string) string {
		k := 0
		return sentenceEnd.ReplaceAllStringFunc(p, func(end string) string {
			if k++; k%n == 0 {
				return end
			}
			return end[:1] + ";" + end[2:]
		})
	})
}

var marksOfSpeech = strings.NewReplacer("“", "", "”", "")

var listMark = regexp.MustCompile(`(?m)^(?:[-*>] |\d+\. )`)

// flat makes sentences of n words, without any other mark, in paragraphs of
// five.
func flat(n int) func(string) string {
	return func(text string) string {
		var words []string
		for p := range strings.SplitSeq(text, "\n\n") {
			if p != "***" && !strings.HasPrefix(p, "#") {
				words = append(words, strings.FieldsFunc(listMark.ReplaceAllString(p, ""), func(r rune) bool { return strings.ContainsRune(" \n“”.,;:!?—…()*", r) })...)
			}
		}
		for i := range words {
			switch k := i / n; {
			case i == len(words)-1:
				words[i] += "."
			case i%n == n-1 && k%5 == 4:
				words[i] += ".\n\n"
			case i%n == n-1:
				words[i] += "."
			}
		}
		return strings.Join(words, " ")
	}
}

// even makes paragraphs of about n words, without speech.
func even(n int) func(string) string {
	return func(text string) string {
		var out []string
		var open strings.Builder
		for p := range strings.SplitSeq(text, "\n\n") {
			if !isProse(p) {
				out = append(out, p)
				continue
			}
			for s := range strings.SplitAfterSeq(marksOfSpeech.Replace(p), ". ") {
				open.WriteString(strings.TrimSpace(s) + " ")
				if book.Words(open.String()) >= n {
					out = append(out, strings.TrimSpace(open.String()))
					open.Reset()
				}
			}
		}
		return strings.Join(append(out, strings.TrimSpace(open.String())), "\n\n")
	}
}
