package offline

import (
	"strings"
	"unicode"
)

// guideTokens are the words of a text as the quality report counts them:
// lower-cased runs of letters with inner apostrophes.
func guideTokens(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(text), "’", "'")
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	var out []string
	for _, f := range fields {
		if f = strings.Trim(f, "'"); f != "" {
			out = append(out, f)
		}
	}
	return out
}

func guideGrams(tokens []string, n int) []string {
	var out []string
	for i := 0; i+n <= len(tokens); i++ {
		out = append(out, strings.Join(tokens[i:i+n], " "))
	}
	return out
}

// guideRep is the mean rep-4 over windows of 2,000 words, in per cent.
func guideRep(chapters []string) float64 {
	tokens := guideTokens(strings.Join(chapters, "\n"))
	sum, windows := 0.0, 0
	for at := 0; at < len(tokens); at += 2000 {
		window := tokens[at:min(at+2000, len(tokens))]
		if len(window) < 500 && windows > 0 {
			break
		}
		grams := guideGrams(window, 4)
		unique := map[string]bool{}
		for _, g := range grams {
			unique[g] = true
		}
		sum += 100 * (1 - float64(len(unique))/float64(max(len(grams), 1)))
		windows++
	}
	return sum / float64(windows)
}

// guideCross is the share of 5-gram positions whose 5-gram occurs in another
// chapter, in per cent.
func guideCross(chapters []string) float64 {
	in := map[string]map[int]bool{}
	for i, c := range chapters {
		for _, g := range guideGrams(guideTokens(c), 5) {
			if in[g] == nil {
				in[g] = map[int]bool{}
			}
			in[g][i] = true
		}
	}
	shared, all := 0, 0
	for _, c := range chapters {
		for _, g := range guideGrams(guideTokens(c), 5) {
			all++
			if len(in[g]) > 1 {
				shared++
			}
		}
	}
	return 100 * float64(shared) / float64(max(all, 1))
}
