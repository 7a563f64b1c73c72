package intake

import (
	"cmp"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

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
	terms    map[string]int // places in postings
	postings [][]posting
	mean     int64 // terms of a passage, in thousandths
}

// indexed is where a passage stands, and how many terms and words it has.
type indexed struct {
	source  *book.Source
	passage int
	terms   int64
	words   int
}

// posting says how often a passage has a term.
type posting struct{ place, count int32 }

// NewIndex reads sources into an index. The headings of passages and the titles
// of their sources are found as well.
func NewIndex(sources []book.Source) *Index {
	x := &Index{terms: map[string]int{}}
	var total int64
	for i := range sources {
		s := &sources[i]
		for j := range s.Passages {
			at := int32(len(x.places)) //nolint:gosec // far below 2 billion passages
			var n int64
			for _, text := range []string{s.Title, s.Passages[j].Heading, s.Passages[j].Text} {
				eachTerm(text, func(term []byte) {
					x.count(term, at)
					n++
				})
			}
			x.places = append(x.places, indexed{s, j, n, book.SourceWords(s.Passages[j].Text)})
			total += n
		}
	}
	if len(x.places) > 0 {
		x.mean = max(1, total*1000/int64(len(x.places)))
	}
	return x
}

// count counts a term in a passage.
func (x *Index) count(term []byte, place int32) {
	id, known := x.terms[string(term)]
	if !known {
		id = len(x.postings)
		x.terms[string(term)] = id
		x.postings = append(x.postings, nil)
	}
	list := x.postings[id]
	if n := len(list) - 1; n >= 0 && list[n].place == place {
		list[n].count++
		return
	}
	x.postings[id] = append(list, posting{place, 1})
}

// Rank returns the passages that fit a query best: at most most of them, with at
// most words words together; what is 0 is no limit. A passage that is too long
// for what is left is passed over. Hits stand by score, then priority of the
// source, then order of the sources and passages; none are found for a query
// without words.
func (x *Index) Rank(query string, most, words int) []Hit {
	scores := make([]int64, len(x.places))
	var order []int32
	asked := map[int]bool{}
	eachTerm(query, func(term []byte) {
		id, known := x.terms[string(term)]
		if !known || asked[id] {
			return
		}
		asked[id] = true
		list := x.postings[id]
		weight := rarity(len(x.places), len(list))
		for _, p := range list {
			if scores[p.place] == 0 {
				order = append(order, p.place)
			}
			scores[p.place] += 1 + weight*x.saturation(p)/1000
		}
	})
	for _, at := range order {
		scores[at] = scores[at] * priorityWeight[x.places[at].priority()] / 100
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
func (x *Index) hits(order []int32, scores []int64, most, words int) []Hit {
	var out []Hit
	left := words
	for _, at := range order {
		if most > 0 && len(out) == most {
			break
		}
		p := x.places[at]
		if words > 0 && p.words > left {
			continue
		}
		left -= p.words
		out = append(out, Hit{Source: p.source, Passage: p.source.Passages[p.passage], Score: scores[at]})
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

// eachTerm calls do with the words of a text as they are compared: in small
// letters, without vowel marks of Arabic and without the s of an English
// plural; of scripts without blanks, every two neighbouring characters. What do
// gets is its own only until it returns.
func eachTerm(text string, do func(term []byte)) {
	t := &termCutter{do: do}
	for _, r := range norm.NFKC.String(text) {
		switch {
		case r < 0x80 && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'):
			t.letter(r)
		case r >= 0x80 && book.Spaceless(r):
			t.dense(r)
		case r == 0x640 || r >= 0x64b && r <= 0x65f: // vowel marks, and a stroke that makes a word longer
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			t.letter(r)
		case r >= 0x300 && unicode.Is(unicode.Mn, r) && len(t.word) > 0:
			t.letter(r)
		default:
			t.end()
		}
	}
	t.end()
}

// termCutter cuts a text into terms.
type termCutter struct {
	do     func(term []byte)
	word   []byte // in work
	before rune   // the character before, of a script without blanks; 0 is none
	paired bool   // it stood in a pair
	pair   []byte
}

func (t *termCutter) letter(r rune) {
	if t.before != 0 {
		t.end()
	}
	t.word = utf8.AppendRune(t.word, unicode.ToLower(r))
}

func (t *termCutter) dense(r rune) {
	if len(t.word) > 0 {
		t.end()
	}
	if t.before != 0 {
		t.pair = utf8.AppendRune(utf8.AppendRune(t.pair[:0], t.before), r)
		t.do(t.pair)
	}
	t.before, t.paired = r, t.before != 0
}

// end ends a word, or a row of characters of a script without blanks.
func (t *termCutter) end() {
	if len(t.word) > 0 {
		t.do(stem(t.word))
		t.word = t.word[:0]
	}
	if t.before != 0 && !t.paired {
		t.do(utf8.AppendRune(t.pair[:0], t.before))
	}
	t.before, t.paired = 0, false
}

// stem takes the s off an English plural (Harman, How Effective Is Suffixing?,
// 1991); it does the same to all, so that other languages lose little.
func stem(w []byte) []byte {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's':
	case w[n-2] == 'e' && w[n-3] == 'i' && w[n-4] != 'e' && w[n-4] != 'a':
		return append(w[:n-3], 'y')
	case w[n-2] == 'e' && w[n-3] != 'a' && w[n-3] != 'e' && w[n-3] != 'o':
		return w[:n-1]
	case w[n-2] != 'u' && w[n-2] != 's' && w[n-2] != 'e':
		return w[:n-1]
	}
	return w
}
