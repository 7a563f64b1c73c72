package quality

import "math"

// The sizes of McCarthy and Jarvis (2010) and of slop-score.
const (
	factorTTR  = 0.72
	leastMTLD  = 100 // words
	mattrWords = 500
)

// mtld is the measure of textual lexical diversity (M2), the mean of both
// directions.
func mtld(b *body) outcome {
	if b.total < leastMTLD {
		return unmeasured("needs 100 words")
	}
	return outcome{values: []float64{(b.factors(false) + b.factors(true)) / 2}}
}

// factors is MTLD in one direction: words for each stretch whose share of
// different words falls to factorTTR.
func (b *body) factors(back bool) float64 {
	seen := make([]int, len(b.vocab.words))
	stretch, types, n, sum := 1, 0, 0, 0.0
	b.walk(back, func(id uint32) {
		if seen[id] != stretch {
			seen[id], types = stretch, types+1
		}
		n++
		if float64(types)/float64(n) <= factorTTR {
			sum, types, n = sum+1, 0, 0
			stretch++
		}
	})
	if n > 0 {
		sum += (1 - float64(types)/float64(n)) / (1 - factorTTR)
	}
	if sum == 0 {
		return float64(b.total)
	}
	return float64(b.total) / sum
}

// walk visits all words of the book.
func (b *body) walk(back bool, visit func(uint32)) {
	for c := range b.chapters {
		if back {
			c = len(b.chapters) - 1 - c
		}
		words := b.chapters[c].words
		for i := range words {
			if back {
				i = len(words) - 1 - i
			}
			visit(words[i].id)
		}
	}
}

// mattr is the mean share of different words in all windows of 500 (M3).
func mattr(b *body) outcome {
	if b.total < mattrWords {
		return unmeasured("needs 500 words")
	}
	count := make([]int, len(b.vocab.words))
	var window [mattrWords]uint32
	n, types, sum := 0, 0, 0
	b.walk(false, func(id uint32) {
		if n >= mattrWords {
			old := window[n%mattrWords]
			if count[old]--; count[old] == 0 {
				types--
			}
		}
		if count[id]++; count[id] == 1 {
			types++
		}
		window[n%mattrWords] = id
		if n++; n >= mattrWords {
			sum += types
		}
	})
	windows := n - mattrWords + 1
	return outcome{values: []float64{float64(sum) / float64(windows) / mattrWords}}
}

// distinct is the share of different pairs of words, and how like one another
// the chapters are: the mean BLEU-4 of each against all others (M7).
func distinct(b *body) outcome {
	g := b.runs()
	pairs := 0
	for _, list := range g.of[2] {
		pairs += len(list)
	}
	if pairs == 0 {
		return unmeasured("needs two words")
	}
	return outcome{values: []float64{float64(g.many[2]) / float64(pairs), b.selfBLEU()}}
}

// selfBLEU is the mean over the chapters of the geometric mean of the clipped
// precisions of one to four words, with the brevity penalty (Zhu 2018).
func (b *body) selfBLEU() float64 {
	if len(b.chapters) < 2 {
		return math.NaN()
	}
	g := b.runs()
	logs := make([]float64, len(b.chapters))
	for n := 1; n <= 4; n++ {
		for c, p := range precisions(g.of[n], g.many[n]) {
			logs[c] += math.Log(p) / 4 // of nothing it is -Inf, and BLEU 0
		}
	}
	sum, of := 0.0, 0.0
	for c := range b.chapters {
		if len(b.chapters[c].words) < 4 {
			continue
		}
		sum, of = sum+math.Exp(logs[c])*b.brevity(c), of+1
	}
	return sum / of
}

// brevity is the penalty of BLEU for a chapter that is shorter than the one
// nearest to it in length.
func (b *body) brevity(c int) float64 {
	n, nearest := len(b.chapters[c].words), -1
	for i := range b.chapters {
		m := len(b.chapters[i].words)
		if i != c && (nearest < 0 || abs(m-n) < abs(nearest-n) || abs(m-n) == abs(nearest-n) && m < nearest) {
			nearest = m
		}
	}
	if n >= nearest {
		return 1
	}
	return math.Exp(1 - float64(nearest)/float64(n))
}

func abs(n int) int { return max(n, -n) }

// precisions is the clipped precision of each chapter's runs against those of
// all other chapters: of each run no more count than the chapter has that has
// the most of them.
func precisions(runs [][]uint32, many int) []float64 {
	type top struct{ most, second, owner int32 }
	tops, count := make([]top, many), make([]int32, many)
	each := func(list []uint32, visit func(id uint32, n int32)) {
		for _, id := range list {
			count[id]++
		}
		for _, id := range list {
			if count[id] > 0 {
				visit(id, count[id])
				count[id] = 0
			}
		}
	}
	for c, list := range runs {
		each(list, func(id uint32, n int32) {
			switch t := &tops[id]; {
			case n > t.most:
				t.most, t.second, t.owner = n, t.most, int32(c) //nolint:gosec // few chapters
			case n > t.second:
				t.second = n
			}
		})
	}
	out := make([]float64, len(runs))
	for c, list := range runs {
		hits := int32(0)
		each(list, func(id uint32, n int32) {
			best := tops[id].most
			if int(tops[id].owner) == c {
				best = tops[id].second
			}
			hits += min(n, best)
		})
		out[c] = float64(hits) / float64(max(1, len(list)))
	}
	return out
}
