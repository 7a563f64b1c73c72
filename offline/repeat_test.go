package offline

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// measures are the metrics of writing.md §2.2 that guard the built-in author.
type measures struct {
	words            int
	rep, repMax      float64 // M4: repeated 4-grams per 2,000-word window, in percent
	cross            float64 // M5: 5-grams that another chapter has too, in percent
	dialogue         float64 // M15: words in quotes, in percent
	sentence         float64 // M14: mean words of a sentence
	sentenceCV       float64
	paragraphCV      float64 // M13
	mtld             float64 // M2
	shared           []string
	spans            map[string]int // repeated 5-grams across chapters with their counts
	endingsOfOneKind float64        // M12: share of the commonest class of last paragraphs
}

var (
	tokenRule    = regexp.MustCompile(`\p{L}+(?:'\p{L}+)?|\d+`)
	sentenceRule = regexp.MustCompile(`[.!?…]+["'”’)\]]*\s+|\n+`)
	speechRule   = regexp.MustCompile(`“[^”\n]*”?`)
)

// fold cuts a text into lower-case words.
func fold(text string) []string {
	return tokenRule.FindAllString(strings.ToLower(strings.ReplaceAll(text, "’", "'")), -1)
}

func ngrams(tokens []string, n int) []string {
	var out []string
	for i := 0; i+n <= len(tokens); i++ {
		out = append(out, strings.Join(tokens[i:i+n], " "))
	}
	return out
}

func distinct(grams []string) int {
	set := map[string]bool{}
	for _, g := range grams {
		set[g] = true
	}
	return len(set)
}

// measure computes the metrics of a book of chapters.
func measure(chapters []string) measures {
	whole := strings.Join(chapters, "\n\n")
	tokens := fold(whole)
	m := measures{words: len(tokens), spans: map[string]int{}, mtld: mtld(tokens)}
	m.rep, m.repMax = repetition(tokens)
	m.cross = overlap(chapters, m.spans)
	m.shared = sharedSentences(chapters)
	spoken := 0
	for _, s := range speechRule.FindAllString(whole, -1) {
		spoken += len(fold(s))
	}
	m.dialogue = 100 * float64(spoken) / float64(max(1, len(tokens)))
	m.sentence, m.sentenceCV = spread(sentenceRule.Split(whole, -1))
	_, m.paragraphCV = spread(strings.Split(whole, "\n\n"))
	m.endingsOfOneKind = commonEnding(chapters)
	return m
}

// repetition is the share of repeated 4-grams per window of 2,000 words.
func repetition(tokens []string) (mean, most float64) {
	var sum float64
	n := 0
	for i := 0; i < len(tokens); i += 2000 {
		j := min(len(tokens), i+2000)
		if j-i < 1000 && i > 0 {
			break
		}
		grams := ngrams(tokens[i:j], 4)
		share := 100 * (1 - float64(distinct(grams))/math.Max(1, float64(len(grams))))
		sum, most, n = sum+share, math.Max(most, share), n+1
	}
	return sum / math.Max(1, float64(n)), most
}

// overlap is the share of 5-grams that stand in more than one chapter.
func overlap(chapters []string, spans map[string]int) float64 {
	in := map[string]int{}
	for _, c := range chapters {
		grams := ngrams(fold(c), 5)
		slices.Sort(grams)
		for _, g := range slices.Compact(grams) {
			in[g]++
		}
	}
	both, all := 0, 0
	for _, c := range chapters {
		for _, g := range ngrams(fold(c), 5) {
			all++
			if in[g] > 1 {
				both++
				spans[g]++
			}
		}
	}
	return 100 * float64(both) / math.Max(1, float64(all))
}

// sharedSentences lists the sentences of at least eight words that stand in
// more than one chapter.
func sharedSentences(chapters []string) []string {
	first, found := map[string]int{}, []string{}
	for i, c := range chapters {
		for _, s := range sentenceRule.Split(c, -1) {
			tokens := fold(s)
			if len(tokens) < 8 {
				continue
			}
			key := strings.Join(tokens, " ")
			if at, seen := first[key]; seen && at != i {
				found = append(found, key)
			}
			first[key] = i
		}
	}
	return found
}

// spread gives mean and coefficient of variation of the texts' words.
func spread(texts []string) (mean, cv float64) {
	var sizes []float64
	for _, t := range texts {
		if n := len(fold(t)); n > 0 {
			sizes = append(sizes, float64(n))
			mean += float64(n)
		}
	}
	n := math.Max(1, float64(len(sizes)))
	mean /= n
	for _, s := range sizes {
		cv += (s - mean) * (s - mean)
	}
	return mean, math.Sqrt(cv/n) / math.Max(1, mean)
}

// mtld is the measure of textual lexical diversity, both ways.
func mtld(tokens []string) float64 {
	back := slices.Clone(tokens)
	slices.Reverse(back)
	return (factors(tokens) + factors(back)) / 2
}

func factors(tokens []string) float64 {
	f, types, n := 0.0, map[string]bool{}, 0
	for _, w := range tokens {
		types[w] = true
		n++
		if float64(len(types))/float64(n) <= 0.72 {
			f, types, n = f+1, map[string]bool{}, 0
		}
	}
	if n > 0 {
		f += (1 - float64(len(types))/float64(n)) / (1 - 0.72)
	}
	return float64(len(tokens)) / math.Max(f, 1)
}

// commonEnding is the share of the commonest class of the chapters' last paragraphs.
func commonEnding(chapters []string) float64 {
	count := map[string]int{}
	most := 0
	for _, c := range chapters {
		last := strings.TrimSpace(c[strings.LastIndex(strings.TrimSpace(c), "\n")+1:])
		class := "image"
		switch {
		case strings.Contains(last, "“"):
			class = "dialogue"
		case strings.HasSuffix(last, "?"):
			class = "question"
		case len(fold(last)) <= 12:
			class = "short"
		}
		count[class]++
		most = max(most, count[class])
	}
	return 100 * float64(most) / float64(max(1, len(chapters)))
}
