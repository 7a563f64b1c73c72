package quality

import (
	"fmt"
	"math"
)

// The fewest paragraphs and sentences of which a rhythm is measured.
const (
	leastParas     = 8
	leastSentences = 20
	evenRun        = 5 // paragraphs of nearly the same length that are shown
)

// paragraphs is how much the lengths of paragraphs vary, and the longest run of
// paragraphs within a fifth of the first one's length (M13).
func paragraphs(b *body) outcome {
	var sizes []float64
	var o outcome
	longest := 0
	for i := range b.chapters {
		c := &b.chapters[i]
		first, run := 0, 0
		for k, p := range c.paras {
			n := p.w1 - p.w0
			if p.item || n == 0 {
				run = 0
				continue
			}
			sizes = append(sizes, float64(n))
			base := c.paras[first].w1 - c.paras[first].w0
			if run == 0 || abs(n-base)*5 > base {
				first, run = k, 0
			}
			if run++; run > longest {
				longest = run
				if run >= evenRun {
					o.evidence = []Evidence{c.evidence(c.paras[first].start, c.paras[first].end, fmt.Sprintf("%d paragraphs of nearly the same length begin here", run))}
				}
			}
		}
	}
	if len(sizes) < leastParas {
		return unmeasured("needs 8 paragraphs")
	}
	_, cv := spread(sizes)
	o.values = []float64{cv, float64(longest)}
	return o
}

// sentences is how much the lengths of sentences vary, their mean, the share of
// those of at most five words, and the longest run that begins with one word
// (M14).
func sentences(b *body) outcome {
	var sizes []float64
	var o outcome
	short, longest := 0, 0
	for i := range b.chapters {
		c := &b.chapters[i]
		run, before := 0, -1
		for k, s := range c.sentences {
			sizes = append(sizes, float64(s.w1-s.w0))
			if s.w1-s.w0 <= 5 {
				short++
			}
			first := int(c.words[s.w0].id)
			if first != before {
				run, before = 0, first
			}
			if run++; run > longest {
				longest = run
				if run >= 4 {
					begin := c.sentences[k-run+1]
					o.evidence = placed("same first word", []Evidence{c.evidence(begin.start, s.end, fmt.Sprintf("%d sentences begin with “%s”", run, b.at(c, s.w0)))})
				}
			}
		}
	}
	if len(sizes) < leastSentences {
		return unmeasured("needs 20 sentences")
	}
	mean, cv := spread(sizes)
	o.values = []float64{cv, mean, 100 * float64(short) / float64(len(sizes)), float64(longest)}
	return o
}

// dialogue is the share of words in quotation marks, and that of the chapters
// with least and most (M15).
func dialogue(b *body) outcome {
	if b.dashed() {
		return unmeasured("speech after dashes is not measured")
	}
	all, least, most := 0, math.NaN(), math.NaN()
	for i := range b.chapters {
		words := b.chapters[i].words
		n := 0
		for _, w := range words {
			if w.spoken {
				n++
			}
		}
		all += n
		if len(words) == 0 {
			continue
		}
		share := 100 * float64(n) / float64(len(words))
		if math.IsNaN(least) {
			least, most = share, share
		}
		least, most = min(least, share), max(most, share)
	}
	return outcome{values: []float64{100 * float64(all) / float64(b.total), least, most}}
}

// dashed reports whether paragraphs of speech begin with dashes: more than one
// in ten does.
func (b *body) dashed() bool {
	n, all := 0, 0
	for i := range b.chapters {
		c := &b.chapters[i]
		for _, p := range c.paras {
			all++
			if text := c.plain[p.start:p.end]; len(text) > 3 && (string(text[:3]) == "—" || string(text[:3]) == "–") {
				n++
			}
		}
	}
	return n*10 > all
}

// readability is the grade of Flesch and Kincaid (1975), with Flesch's ease
// (M16).
func readability(b *body) outcome {
	if b.total < leastMTLD {
		return unmeasured("needs 100 words")
	}
	known := make([]int, len(b.vocab.words))
	syllables, count := 0, 0
	for i := range b.chapters {
		count += len(b.chapters[i].sentences)
		for _, w := range b.chapters[i].words {
			if known[w.id] == 0 {
				known[w.id] = syllablesOf(b.vocab.words[w.id])
			}
			syllables += known[w.id]
		}
	}
	perSentence, perWord := float64(b.total)/float64(max(1, count)), float64(syllables)/float64(b.total)
	return outcome{values: []float64{.39*perSentence + 11.8*perWord - 15.59, 206.835 - 1.015*perSentence - 84.6*perWord}}
}

// syllablesOf counts groups of vowels, without a silent e or ed at the end; a
// word has one at least.
func syllablesOf(word string) int {
	n, vowel := 0, false
	for i := range len(word) {
		is := word[i] == 'a' || word[i] == 'e' || word[i] == 'i' || word[i] == 'o' || word[i] == 'u' || word[i] == 'y' && i > 0
		if is && !vowel {
			n++
		}
		vowel = is
	}
	if k := len(word); n > 1 && k > 2 {
		before := word[k-2]
		switch {
		case word[k-1] == 'e' && !isVowel(before) && (before != 'l' || isVowel(word[k-3])):
			n--
		case word[k-1] == 'd' && before == 'e' && k > 3 && word[k-3] != 't' && word[k-3] != 'd' && !isVowel(word[k-3]):
			n--
		}
	}
	return max(1, n)
}

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}
