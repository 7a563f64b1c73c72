package quality

import (
	"regexp"
	"strings"
)

var (
	claimNumber = regexp.MustCompile(`\b\d[\d.,]*\b|\bper ?cent\b|%`)
	pointsTo    = regexp.MustCompile(`\b(Figure|Fig\.|Table)[ \x{a0}](\d+)\b`)
	pointedAt   = regexp.MustCompile(`(?m)^(?:\*\*)?(Figure|Table)[ \x{a0}](\d+)[.:]`)
	marked      = regexp.MustCompile(`\[\^[^\]\n]+\]|\^\[|\[@|\]\(|https?://`)
)

// claims looks at a book of facts: sentences with a number that have no source
// in their paragraph, paragraphs with one, references to figures and tables that
// are not there, and words that it uses before it introduces them, or introduces
// twice (M24). Numbers are judged if the author gave sources or
// the book names any; otherwise they are told.
func claims(b *body) outcome {
	bare, all, sourced, paras, lost := 0, 0, 0, 0, 0
	var o outcome
	var missing []Evidence
	there := map[string]bool{}
	for i := range b.chapters {
		for _, m := range pointedAt.FindAllStringSubmatch(b.chapters[i].source, -1) {
			there[m[1]+m[2]] = true
		}
	}
	for i := range b.chapters {
		c := &b.chapters[i]
		for _, p := range c.paras {
			has := marked.MatchString(c.source[p.start:p.end])
			paras++
			if has {
				sourced++
			}
			for _, s := range c.sentences[p.s0:p.s1] {
				if !claimNumber.Match(c.plain[s.start:s.end]) {
					continue
				}
				if all++; !has {
					bare++
					o.evidence = append(o.evidence, c.evidence(s.start, s.end, "a number without a source"))
				}
			}
			text := string(c.plain[p.start:p.end])
			for _, at := range pointsTo.FindAllStringSubmatchIndex(text, -1) {
				if !there[strings.Replace(text[at[2]:at[3]], "Fig.", "Figure", 1)+text[at[4]:at[5]]] {
					lost++
					missing = append(missing, c.evidence(p.start+at[0], p.start+at[1], "is nowhere in the book"))
				}
			}
		}
	}
	tagged := nan
	if all > 0 {
		tagged = 100 * float64(all-bare) / float64(all)
	}
	early, twice := b.introduced()
	o.values = []float64{tagged, 100 * float64(sourced) / float64(max(1, paras)), float64(lost), float64(len(early)), float64(len(twice))}
	if len(b.plan.Sources) == 0 && sourced == 0 {
		o.told = 1
	}
	if all == 0 {
		o.note = "no sentence has a number"
	}
	told := placed("lost references", missing[:min(len(missing), 2)])
	told = append(told, placed("used early", early[:min(len(early), 2)])...)
	o.evidence = append(append(told, placed("introduced twice", twice[:min(len(twice), 2)])...), o.evidence...)
	return o
}

// borrowed is the longest run of words that the book shares with a source of
// the author, and the share of runs of eight words (M25).
func borrowed(b *body) outcome {
	if len(b.plan.Sources) == 0 {
		return unmeasured("no sources are known")
	}
	seen := map[string]bool{}
	for _, source := range b.plan.Sources {
		words := sourceWords(source)
		for i := 0; i+8 <= len(words); i++ {
			seen[strings.Join(words[i:i+8], " ")] = true
		}
	}
	var o outcome
	longest, both, all := 0, 0, 0
	for i := range b.chapters {
		c := &b.chapters[i]
		words := make([]string, len(c.words))
		for k := range words {
			words[k] = b.at(c, k)
		}
		run := 0
		for k := 0; k+8 <= len(words); k++ {
			all++
			if !seen[strings.Join(words[k:k+8], " ")] {
				run = 0
				continue
			}
			both++
			if run++; run+7 > longest {
				longest = run + 7
				o.evidence = []Evidence{c.wordsAt(k-run+1, k+8, "stands in a source")}
			}
		}
	}
	o.values = []float64{float64(longest), 100 * float64(both) / float64(max(1, all))}
	return o
}

// sourceWords folds a source as the book's words are folded.
func sourceWords(text string) []string {
	b := &body{vocab: vocabulary{ids: map[string]uint32{}}}
	c := chapter{plain: []byte(text)}
	b.cutWords(&c, &para{end: len(text)})
	out := make([]string, len(c.words))
	for i := range out {
		out[i] = b.at(&c, i)
	}
	return out
}
