package cover

import (
	"slices"
	"strings"
	"unicode"
)

// divided returns the breaker with words that are wider than the measure cut
// into pieces. Pieces of a word stand on lines of their own.
func (b *breaker) divided(measure int64) *breaker {
	if slices.Max(b.widths) <= measure {
		out := *b
		out.widths = slices.Clone(b.widths)
		return &out
	}
	out := *b
	out.words, out.widths = nil, nil
	for i, w := range b.words {
		if b.widths[i] <= measure {
			out.words, out.widths = append(out.words, w), append(out.widths, b.widths[i])
			continue
		}
		for _, piece := range b.pieces(w, b.widths[i], measure) {
			out.words, out.widths = append(out.words, piece), append(out.widths, b.s.shape(b.q.face, plain(piece)).width)
		}
	}
	return &out
}

// pieces cuts a word that is too wide into as few pieces as possible.
func (b *breaker) pieces(word string, width, measure int64) []string {
	var out []string
	rs := []rune(word)
	for len(rs) > 1 {
		rest := b.letterWidth(rs)
		if rest <= measure*49/50 {
			break
		}
		parts := (rest + measure*19/20 - 1) / (measure * 19 / 20)
		at := b.bestCut(rs, rest/parts, measure*49/50)
		piece := plain(string(rs[:at]))
		if hyphenated(rs[at-1], rs[at]) {
			piece += "-"
		}
		out = append(out, piece)
		rs = rs[at:]
	}
	return append(out, string(rs))
}

// bestCut is where a word is cut best: near the target and, if possible, where a
// syllable may end. Without patterns for all languages the rule is plain:
// before a consonant that a vowel follows.
func (b *breaker) bestCut(rs []rune, target, measure int64) int {
	best, least := 1, int64(1)<<62
	hyphen := b.letterWidth([]rune{'-'})
	w := hyphen
	for at := 1; at < len(rs); at++ {
		if w += b.letterWidth(rs[at-1 : at]); w > measure {
			break
		}
		off := max(w-target, target-w) + cutCost(rs, at)
		if unicode.IsMark(rs[at]) {
			off += 1 << 40
		}
		if off < least {
			best, least = at, off
		}
	}
	return best
}

// letterWidth is how wide letters are one by one. Pairs that stand closer or
// wider make it a little wrong, so who uses it leaves a fiftieth.
func (b *breaker) letterWidth(rs []rune) int64 {
	sum := int64(0)
	for _, r := range rs {
		w, ok := b.letters[r]
		if !ok {
			if r != '\u00ad' {
				w = b.s.shape(b.q.face, string(r)).width + b.q.face.track
			}
			b.letters[r] = w
		}
		sum += w
	}
	return sum
}

// cutCost is how bad it is to cut a word before the letter at.
func cutCost(rs []rune, at int) int64 {
	switch {
	case rs[at-1] == '\u00ad' || rs[at-1] == '-' || rs[at-1] == '/':
		return 0
	case rs[at] >= 0x2e80: // scripts without blanks break anywhere
		return 0
	case at < 3 || len(rs)-at < 3:
		return 10 * em
	case at+1 < len(rs) && !vowel(rs[at]) && vowel(rs[at+1]):
		return em
	}
	return 4 * em
}

// vowel reports the vowels of Latin, Greek and Cyrillic letters.
func vowel(r rune) bool {
	return strings.ContainsRune("aeiouyäöüáéíóúàèìòùâêîôûåøæœąęαεηιουωάέήίόύώаеёиоуыэюяіїє", unicode.ToLower(r))
}

// hyphenated reports whether a hyphen stands where a word is cut.
func hyphenated(before, after rune) bool {
	return before != '-' && before != '/' && before < 0x2e80 && after < 0x2e80
}
