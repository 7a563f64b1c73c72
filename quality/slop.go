package quality

import (
	"slices"
	"strings"
)

// slopHits are the places that the lists find, of which four metrics tell.
type slopHits struct {
	words, trigrams, cliches, contrasts []Evidence
	letters                             int // characters of prose
	perCliche                           []int
}

// slop looks through the book once.
func (b *body) slop() *slopHits {
	if b.hits != nil {
		return b.hits
	}
	h := &slopHits{perCliche: make([]int, len(b.chapters))}
	own := phrases{}
	if len(b.plan.Banned) > 0 {
		var list [][]string
		for _, phrase := range b.plan.Banned {
			if words := strings.Fields(strings.ToLower(strings.ReplaceAll(phrase, "’", "'"))); len(words) > 0 {
				list = append(list, words)
			}
		}
		own = index(list)
	}
	names := b.names()
	for i := range b.chapters {
		c := &b.chapters[i]
		before := len(h.cliches)
		for _, p := range c.paras {
			h.letters += len([]rune(strings.ReplaceAll(string(c.plain[p.start:p.end]), "\x01", "")))
			b.slopIn(h, c, p, names)
			b.clichesIn(h, c, p, own)
			b.contrastsIn(h, c, p)
		}
		h.perCliche[i] = len(h.cliches) - before
	}
	b.hits = h
	return h
}

// slopIn finds words and runs of three content words.
func (b *body) slopIn(h *slopHits, c *chapter, p para, names map[uint32]int) {
	var content []int
	for i := p.w0; i < p.w1; i++ {
		word := b.at(c, i)
		if slopWords[word] {
			h.words = append(h.words, c.wordsAt(i, i+1, ""))
		}
		if !stopWords[word] && names[c.words[i].id] == 0 {
			content = append(content, i)
		}
	}
	word := func(k int) string { return b.at(c, content[k]) }
	for k := 0; k+3 <= len(content); k++ {
		if slopIndex().at(k, len(content), word) > 0 && content[k+2]-content[k] < 10 {
			h.trigrams = append(h.trigrams, c.wordsAt(content[k], content[k+2]+1, ""))
		}
	}
}

// clichesIn finds phrases that readers have met too often, those that the
// author does not want, and empty openers of sentences. Three listed words of
// models in one paragraph count as one cliché.
func (b *body) clichesIn(h *slopHits, c *chapter, p para, own phrases) {
	word := func(i int) string { return b.at(c, i) }
	for i := p.w0; i < p.w1; i++ {
		if n := own.at(i, p.w1, word); n > 0 {
			h.cliches = append(h.cliches, c.wordsAt(i, i+n, "you do not want it"))
		} else if n := clicheIndex().at(i, p.w1, word); n > 0 {
			h.cliches = append(h.cliches, c.wordsAt(i, i+n, ""))
			i += n - 1
		}
	}
	for _, s := range c.sentences[p.s0:p.s1] {
		if n := fillerIndex().at(s.w0, s.w1, word); n > 0 && !c.words[s.w0].spoken {
			h.cliches = append(h.cliches, c.wordsAt(s.w0, s.w0+n, "an empty opener"))
		}
	}
	cluster := 0
	for i := p.w0; i < p.w1; i++ {
		if slopWords[word(i)] {
			cluster++
		}
	}
	if cluster >= 3 {
		h.cliches = append(h.cliches, c.evidence(p.start, p.end, "three listed words in one paragraph"))
	}
}

var (
	helpers  = set("do does did could would should can will shall may might must have has had need")
	denials  = set("wasn't isn't weren't aren't")
	copulas  = set("was is were are")
	subjects = set("it this that he she they these those")
	asserts  = set("it's he's she's they're that's")
)

// contrastsIn finds "not X but Y", "it wasn't X, it was Y" and their kin.
func (b *body) contrastsIn(h *slopHits, c *chapter, p para) {
	for i := p.w0; i < p.w1; i++ {
		word := b.at(c, i)
		end := 0
		switch {
		case word == "not" && (i == p.w0 || !helpers[b.at(c, i-1)]):
			if end = b.butAfter(c, p, i); end == 0 && i > p.w0 && copulas[b.at(c, i-1)] {
				end = b.itWasAfter(c, p, i)
			}
		case denials[word]:
			end = b.itWasAfter(c, p, i)
		}
		if end > 0 {
			h.contrasts = append(h.contrasts, c.wordsAt(max(p.w0, i-1), end, ""))
			i = end - 1
		}
	}
}

// butAfter finds a "but" at most seven words behind a "not", in its sentence.
func (b *body) butAfter(c *chapter, p para, i int) int {
	for k := i + 2; k < min(p.w1, i+8); k++ {
		if strings.ContainsAny(string(c.plain[c.words[k-1].end:c.words[k].start]), ".!?;") {
			return 0
		}
		if b.at(c, k) == "but" {
			return min(p.w1, k+3)
		}
	}
	return 0
}

// itWasAfter finds "it was" or its kin at most ten words behind a denial, at
// the beginning of a clause.
func (b *body) itWasAfter(c *chapter, p para, i int) int {
	for k := i + 2; k+1 < min(p.w1, i+11); k++ {
		gap := string(c.plain[c.words[k-1].end:c.words[k].start])
		if !strings.ContainsAny(gap, ".,;:!—–-") {
			continue
		}
		if asserts[b.at(c, k)] || subjects[b.at(c, k)] && copulas[b.at(c, k+1)] {
			return min(p.w1, k+4)
		}
	}
	return 0
}

// listed is the rate of words and of runs of words that models like (M8).
func listed(b *body) outcome {
	h := b.slop()
	return outcome{values: []float64{b.per(len(h.words)), b.per(len(h.trigrams))}, evidence: slices.Concat(placed("runs of three", h.trigrams[:min(3, len(h.trigrams))]), h.words[:min(mostEvidence, len(h.words))])}
}

// clicheRate is the rate of clichés (M9).
func clicheRate(b *body) outcome {
	h := b.slop()
	return outcome{values: []float64{b.per(len(h.cliches))}, evidence: h.cliches}
}

// contrastRate is the rate of contrasts for each thousand characters (M10).
func contrastRate(b *body) outcome {
	h := b.slop()
	return outcome{values: []float64{1000 * float64(len(h.contrasts)) / float64(max(1, h.letters))}, evidence: h.contrasts}
}

// The ends of the scales of the composite, by the published figures of
// slop-score: people 6.9 words and 0.094 runs, models up to 40 words.
const (
	mostSlopWords, mostContrasts, mostTrigrams = 40, 0.5, 1
)

// composite joins the three rates (M11).
func composite(b *body) outcome {
	h := b.slop()
	w := min(1, b.per(len(h.words))/mostSlopWords)
	c := min(1, 1000*float64(len(h.contrasts))/float64(max(1, h.letters))/mostContrasts)
	t := min(1, b.per(len(h.trigrams))/mostTrigrams)
	return outcome{values: []float64{100 * (.60*w + .25*c + .15*t)}}
}
