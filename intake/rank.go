package intake

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"quire/book"
)

// Passages are ranked by BM25 (Robertson and Zaragoza, The Probabilistic
// Relevance Framework: BM25 and Beyond, 2009) with k1 = 1.2 and b = 0.75, in
// whole numbers, so that the order is the same on every machine.
const (
	rankK1 = 1200 // thousandths
	rankB  = 750  // thousandths
)

// priorityWeight is by how many hundredths the score of a passage counts, by
// the priority of its source.
var priorityWeight = [book.LowestPriority + 1]int64{1: 150, 2: 125, 3: 100, 4: 80, 5: 65}

// Hit is a passage that a query found.
type Hit struct {
	Source  *book.Source // that it stands in; not to be changed
	Passage book.Passage
	Score   int64 // only for comparison inside one answer
}

// Index finds passages of sources by words. It is built once, in a time that
// grows with the length of the sources, and may be asked by many at once.
type Index struct {
	places   []indexed
	postings map[string][]posting
	mean     int64 // terms of a passage, in thousandths
}

// indexed is where a passage stands, and how many terms it has.
type indexed struct {
	source  *book.Source
	passage int
	terms   int64
}

// posting says how often a passage has a term.
type posting struct{ place, count int32 }

// NewIndex reads sources into an index. The headings of passages and the titles
// of their sources are found as well.
func NewIndex(sources []book.Source) *Index {
	x := &Index{postings: map[string][]posting{}}
	var total int64
	for i := range sources {
		s := &sources[i]
		title := searchTerms(s.Title)
		for j := range s.Passages {
			counts := map[string]int32{}
			list := append(searchTerms(s.Passages[j].Heading+" "+s.Passages[j].Text), title...)
			for _, t := range list {
				counts[t]++
			}
			at := int32(len(x.places)) //nolint:gosec // far below 2 billion passages
			for t, n := range counts {
				x.postings[t] = append(x.postings[t], posting{at, n})
			}
			x.places = append(x.places, indexed{s, j, int64(len(list))})
			total += int64(len(list))
		}
	}
	if len(x.places) > 0 {
		x.mean = max(1, total*1000/int64(len(x.places)))
	}
	return x
}

// Rank returns the passages that fit a query best: at most most of them, with at
// most words words together; what is 0 is no limit. A passage that is too long
// for what is left is passed over. Hits stand by score, then priority of the
// source, then order of the sources and passages; none are found for a query
// without words.
func (x *Index) Rank(query string, most, words int) []Hit {
	scores := map[int32]int64{}
	asked := map[string]bool{}
	for _, t := range searchTerms(query) {
		if asked[t] {
			continue
		}
		asked[t] = true
		list := x.postings[t]
		weight := rarity(len(x.places), len(list))
		for _, p := range list {
			scores[p.place] += weight * x.saturation(p) / 1000
		}
	}
	order := make([]int32, 0, len(scores))
	for at := range scores {
		scores[at] = scores[at] * priorityWeight[x.places[at].priority()] / 100
		order = append(order, at)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(x.places[a].priority(), x.places[b].priority()), cmp.Compare(a, b))
	})
	return x.hits(order, scores, most, words)
}

// Rank is for a single query; NewIndex serves many.
func Rank(sources []book.Source, query string, most, words int) []Hit {
	return NewIndex(sources).Rank(query, most, words)
}

// hits takes from an order what fits.
func (x *Index) hits(order []int32, scores map[int32]int64, most, words int) []Hit {
	var out []Hit
	left := words
	for _, at := range order {
		if most > 0 && len(out) == most {
			break
		}
		p := x.places[at]
		passage := p.source.Passages[p.passage]
		if words > 0 {
			n := book.SourceWords(passage.Text)
			if n > left {
				continue
			}
			left -= n
		}
		out = append(out, Hit{Source: p.source, Passage: passage, Score: scores[at]})
	}
	return out
}

// priority is the source's, between the highest and the lowest.
func (p indexed) priority() int {
	if p.source.Priority == 0 {
		return book.DefaultPriority
	}
	return min(max(p.source.Priority, book.HighestPriority), book.LowestPriority)
}

// saturation is how much a term counts that stands so often in a passage of
// such a length, in thousandths.
func (x *Index) saturation(p posting) int64 {
	count := int64(p.count)
	length := x.places[p.place].terms * 1000 * 1000 / x.mean // against the mean, in thousandths
	return count * (rankK1 + 1000) * 1000 / (count*1000 + rankK1*(1000-rankB)/1000 + rankK1*rankB/1000*length/1000)
}

// rarity is the weight of a term that some of all passages have: the logarithm
// to base 2 of 1 + (all - some + 0.5) / (some + 0.5), in 65536ths. It is never
// below 0.
func rarity(all, some int) int64 {
	if some == 0 {
		return 0
	}
	return log2(uint64(2*all+2)<<32/uint64(2*some+1)) - 32<<16 //nolint:gosec // counts
}

// log2 is the logarithm to base 2 of a number above 0, in 65536ths, by repeated
// squaring.
func log2(n uint64) int64 {
	whole := bits.Len64(n) - 1
	result := int64(whole) << 16
	m := n << (63 - whole) // between 1 and 2, in units of 2^-63
	for bit := int64(1) << 15; bit > 0; bit >>= 1 {
		high, low := bits.Mul64(m, m)
		if high>>63 == 1 { // 2 or more
			result += bit
			m = high
		} else {
			m = high<<1 | low>>63
		}
	}
	return result
}

// searchTerms are the words of a text as they are compared: in small letters, without
// vowel marks of Arabic and without the s of an English plural; of scripts
// without blanks, every two neighbouring characters.
func searchTerms(text string) []string {
	text = norm.NFKC.String(text)
	var list []string
	var word strings.Builder
	var before rune // of a script without blanks
	end := func() {
		if word.Len() > 0 {
			list = append(list, stem(word.String()))
			word.Reset()
		}
	}
	alone := false // before has stood in no pair yet
	lone := func() {
		if alone {
			list = append(list, string(before))
		}
		before, alone = 0, false
	}
	for _, r := range text {
		switch {
		case r >= 0x80 && book.Spaceless(r):
			end()
			if before != 0 {
				list = append(list, string([]rune{before, r}))
			}
			alone = before == 0
			before = r
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			lone()
			if r != 0x640 { // a stroke that only makes a word longer
				word.WriteRune(unicode.ToLower(r))
			}
		case unicode.Is(unicode.Mn, r):
			if word.Len() > 0 && !unicode.Is(unicode.Arabic, r) && (r < 0x64b || r > 0x65f) {
				word.WriteRune(r)
			}
		case (r == '\'' || r == '’') && word.Len() > 0:
			end() // what stands behind it is a word of its own, and too short to matter
		default:
			lone()
			end()
		}
	}
	lone()
	end()
	return list
}

// stem takes the s off an English plural (Harman, How Effective Is Suffixing?,
// 1991); it does the same to all, so that other languages lose little.
func stem(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's':
	case strings.HasSuffix(w, "ies") && w[n-4] != 'e' && w[n-4] != 'a':
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "es") && w[n-3] != 'a' && w[n-3] != 'e' && w[n-3] != 'o':
		return w[:n-1]
	case w[n-2] != 'u' && w[n-2] != 's':
		return w[:n-1]
	}
	return w
}
