package quality

import (
	"fmt"
	"math"
	"strings"
)

// length holds the words against those that were asked for, of the book and of
// the chapter that is farthest off, with the score of LongBench-Write (M1).
func length(b *body) outcome {
	worst, off := math.NaN(), -1.0
	var o outcome
	for i := range b.chapters {
		c := &b.chapters[i]
		aim := b.plan.Chapters[c.id].Words
		if aim <= 0 {
			continue
		}
		share := 100 * float64(len(c.words)) / float64(aim)
		if d := math.Abs(share - 100); d > off {
			worst, off = share, d
			if d > 15 {
				o.evidence = placed("worst chapter", []Evidence{c.evidence(0, 0, fmt.Sprintf("%d words of %d", len(c.words), aim))})
			}
		}
	}
	if b.plan.Words <= 0 && off < 0 {
		return unmeasured("no length was asked for")
	}
	if b.plan.Words <= 0 {
		o.values = []float64{nan, nan, worst}
		return o
	}
	x, y := float64(b.plan.Words), float64(b.total)
	score := 100 * max(0, 1-(x/max(y, 1)-1)/2)
	if y > x {
		score = 100 * max(0, 1-(y/x-1)/3)
	}
	o.values = []float64{100 * y / x, score, worst}
	return o
}

// beatCheck is the share of beats of which at least half of the words that
// matter stand in their chapter (M19).
func beatCheck(b *body) outcome {
	hits, all := 0, 0
	var o outcome
	for i := range b.chapters {
		c := &b.chapters[i]
		beats := b.plan.Chapters[c.id].Beats
		if len(beats) == 0 {
			continue
		}
		have := map[string]bool{}
		for k := range c.words {
			have[stem(b.at(c, k))] = true
		}
		for _, beat := range beats {
			found, keys := 0, 0
			for word := range strings.FieldsFuncSeq(strings.ToLower(beat), func(r rune) bool { return !wordy(r) }) {
				if stopWords[word] {
					continue
				}
				keys++
				if have[stem(word)] {
					found++
				}
			}
			if keys == 0 {
				continue
			}
			all++
			if found*2 >= keys {
				hits++
			} else {
				o.evidence = append(o.evidence, c.evidence(0, 0, "not found: "+beat))
			}
		}
	}
	if all == 0 {
		return unmeasured("no beats are known")
	}
	o.values = []float64{float64(hits) / float64(all)}
	return o
}

// stem takes common endings off a word.
func stem(word string) string {
	word = strings.TrimSuffix(bareName(word), "'")
	for _, end := range []string{"ingly", "edly", "ing", "ies", "ed", "ly", "es", "s", "e", "y"} {
		if rest, ok := strings.CutSuffix(word, end); ok && len(rest) >= 3 {
			word = rest
			break
		}
	}
	if n := len(word); n > 3 && word[n-1] == word[n-2] {
		word = word[:n-1]
	}
	return strings.TrimSuffix(word, "i")
}
