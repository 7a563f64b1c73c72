package quality

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	leftOpen  = regexp.MustCompile(`\[(?i:insert|todo|tbd|placeholder|your |add |name|chapter |continue|scene)[^\]\n]*\]|\bTODO:|\bXXX\b|\{\{[^}\n]*\}\}`)
	bareMarks = regexp.MustCompile(`(?m)^#{1,6}[^\s#\d]|^#{1,6}[ \t].*\n`)
)

// structure counts what is broken in a book, whatever it tells: chapters that
// are missing, empty or cut off, titles that come twice, headings that leave a
// level out, marks of Markdown, words of a conversation with a model, and
// places left open. Quotation marks without an end, and how uneven the
// chapters are, are told beside it (M20).
func structure(b *body) outcome {
	var o outcome
	wrong := func(c *chapter, start, end int, note string) {
		o.evidence = append(o.evidence, c.evidence(start, end, note))
	}
	titles := map[string]int{}
	var quotes []Evidence
	var sizes []float64
	for i := range b.chapters {
		c := &b.chapters[i]
		sizes = append(sizes, float64(len(c.words)))
		if at := titles[strings.ToLower(c.title)]; at > 0 && strings.TrimSpace(c.title) != "" {
			wrong(c, 0, 0, fmt.Sprintf("has the title of chapter %d", at))
		}
		titles[strings.ToLower(c.title)] = c.number
		if strings.TrimSpace(c.source) == "" {
			wrong(c, 0, 0, "the chapter is empty")
		}
		c.levels(wrong)
		b.leftovers(c, wrong)
		for _, p := range c.paras {
			if p.open {
				quotes = append(quotes, c.evidence(p.start, p.end, "a quotation mark has no end"))
			}
		}
	}
	if b.missing > 0 && len(b.chapters) > 0 {
		o.evidence = append(o.evidence, b.chapters[0].evidence(0, 0, fmt.Sprintf("%d chapters could not be written", b.missing)))
	}
	if b.missing > 0 && len(b.chapters) == 0 || len(b.chapters) == 0 {
		return unmeasured("there is no chapter")
	}
	uneven := nan
	if len(sizes) > 1 && b.spaced {
		uneven = gini(sizes)
	}
	o.values = []float64{float64(len(o.evidence)), float64(len(quotes)), uneven}
	o.evidence = append(o.evidence, placed("open quotation marks", quotes)...)
	return o
}

// levels finds headings that leave a level out. Inside of a chapter they begin
// with the second; one of the first is taken for it.
func (c *chapter) levels(wrong func(*chapter, int, int, string)) {
	before := 1
	for _, h := range c.headings {
		level := max(2, h.level)
		if level > before+1 {
			wrong(c, h.start, h.end, fmt.Sprintf("a heading of level %d follows on one of level %d", h.level, before))
		}
		before = level
	}
}

// leftovers finds what a writer or a model left behind.
func (b *body) leftovers(c *chapter, wrong func(*chapter, int, int, string)) {
	for _, f := range c.faults {
		wrong(c, f.start, f.end, f.note)
	}
	for k, p := range c.paras {
		c.leftIn(p, wrong)
		if b.english {
			b.leaksIn(c, p, wrong)
		}
		if k == len(c.paras)-1 && !p.item && p.w1 > p.w0 && endsOpen(string(c.plain[p.start:p.end])) {
			wrong(c, int(c.words[max(p.w0, p.w1-12)].start), p.end, "the chapter breaks off")
		}
	}
}

// leftIn finds places left open and marks of Markdown in a paragraph.
func (c *chapter) leftIn(p para, wrong func(*chapter, int, int, string)) {
	text := c.source[p.start:p.end]
	if strings.ContainsAny(text, "[{") || strings.Contains(text, "TODO") || strings.Contains(text, "XXX") {
		for _, at := range leftOpen.FindAllStringIndex(text, -1) {
			if !strings.HasPrefix(text[at[1]:], "(") { // a link
				wrong(c, p.start+at[0], p.start+at[1], "a place left open")
			}
		}
	}
	if strings.Contains(text, "#") {
		for _, at := range bareMarks.FindAllStringIndex(text, -1) {
			wrong(c, p.start+at[0], p.start+at[1], "a mark of Markdown in the text")
		}
	}
}

// leaksIn finds words of a conversation at the beginning of sentences that
// nobody in the book speaks.
func (b *body) leaksIn(c *chapter, p para, wrong func(*chapter, int, int, string)) {
	word := func(i int) string { return b.at(c, i) }
	for _, s := range c.sentences[p.s0:p.s1] {
		if n := leakIndex().at(s.w0, s.w1, word); n > 0 && !c.words[s.w0].spoken {
			wrong(c, int(c.words[s.w0].start), int(c.words[s.w0+n-1].end), "words of a conversation with a model")
		}
	}
}

// endsOpen reports whether the last line of a chapter stops inside a sentence:
// with a letter in lower case behind it, or with a comma.
func endsOpen(text string) bool {
	text = strings.TrimRight(text, "\x01 \n")
	if text == "" || strings.ContainsRune("\"'”’»›)]", lastRune(text)) {
		return false
	}
	last := lastRune(text)
	return last == ',' || last == ';' || wordy(last) && len(text) > 80
}

func lastRune(text string) (last rune) {
	for _, r := range text[max(0, len(text)-4):] {
		last = r
	}
	return last
}
