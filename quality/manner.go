package quality

import "strings"

// manner counts four habits, which are told and not judged: feelings that are
// named, adverbs after said, triads, dashes (M21).
func manner(b *body) outcome {
	told, adverbs, triads, dashes := 0, 0, 0, 0
	for i := range b.chapters {
		c := &b.chapters[i]
		for _, p := range c.paras {
			dashes += strings.Count(string(c.plain[p.start:p.end]), "—")
			for k := p.w0 + 1; k < p.w1; k++ {
				word, before := b.at(c, k), b.at(c, k-1)
				switch {
				case emotions[word] && (before == "felt" || before == "was" || before == "were"):
					told++
				case before == "said" && len(word) > 4 && strings.HasSuffix(word, "ly"):
					adverbs++
				case word == "and" && k >= p.w0+2 && k+1 < p.w1 && b.triad(c, k):
					triads++
				}
			}
		}
	}
	return outcome{values: []float64{b.per(told), b.per(adverbs), b.per(triads), b.per(dashes)}}
}

// triad reports whether "and" is the last joint of "a, b and c".
func (b *body) triad(c *chapter, and int) bool {
	gap := func(i int) string {
		return strings.Trim(string(c.plain[c.words[i].end:c.words[i+1].start]), "\x01 \n")
	}
	if tail := gap(and - 1); tail != "" && tail != "," {
		return false
	}
	for back := 2; back <= 4 && and-back >= 0; back++ {
		if g := gap(and - back); g == "," {
			return true
		} else if g != "" {
			return false
		}
	}
	return false
}
