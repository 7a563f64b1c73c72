package quality

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// The sizes of what begins and ends a chapter, in words.
const (
	edgeWords   = 40
	cosineWords = 120
	shortLine   = 12
	leastEnds   = 6  // chapters, before their last paragraphs are sorted
	tellingEdge = .1 // likeness of edges that are shown
)

// edges compares how the chapters begin and how they end (M12).
func edges(b *body) outcome {
	if b.others != nil {
		return b.edgesBeside()
	}
	if len(b.chapters) < 2 {
		return unmeasured("needs two chapters")
	}
	var told []Evidence
	first := b.alike(func(c *chapter) (int, int) { return 0, min(edgeWords, len(c.words)) }, "begins like chapter %d", &told)
	last := b.alike(func(c *chapter) (int, int) { return max(0, len(c.words)-edgeWords), len(c.words) }, "ends like chapter %d", &told)
	if math.IsNaN(first.most) {
		return unmeasured("needs two chapters with words")
	}
	ends := math.NaN()
	if b.profile != Nonfiction {
		ends = b.commonEnding()
	}
	return outcome{values: []float64{max(first.most, last.most), first.mean, last.mean, b.endingCosine(), ends}, evidence: told}
}

type likeness struct{ mean, most float64 }

// alike is the Jaccard index of the pairs of words of two stretches, for all
// pairs of chapters. The pair that is most alike is told if it is much.
func (b *body) alike(stretch func(*chapter) (int, int), note string, told *[]Evidence) likeness {
	var sets []map[uint32]bool
	var owners []*chapter
	pairs := b.runs().of[2]
	for i := range b.chapters {
		c := &b.chapters[i]
		from, to := stretch(c)
		s := map[uint32]bool{}
		for k := from; k+1 < to; k++ {
			s[pairs[i][k]] = true
		}
		if len(s) > 0 {
			sets, owners = append(sets, s), append(owners, c)
		}
	}
	out, sum, one, two := likeness{math.NaN(), math.NaN()}, 0.0, 0, 1
	n := len(sets) * (len(sets) - 1) / 2
	if n > 0 {
		out.most = 0
	}
	// Only stretches with a pair in common are compared: of a thousand chapters
	// that is a small part of all pairs.
	having, both := map[uint32][]int{}, make([]int, len(sets))
	for i, s := range sets {
		var near []int
		for id := range s {
			for _, k := range having[id] {
				if both[k]++; both[k] == 1 {
					near = append(near, k)
				}
			}
			having[id] = append(having[id], i)
		}
		slices.Sort(near)
		for _, k := range near {
			j := float64(both[k]) / float64(len(s)+len(sets[k])-both[k])
			both[k] = 0
			if sum += j; j > out.most {
				out.most, one, two = j, k, i
			}
		}
	}
	if n == 0 {
		return out
	}
	out.mean = sum / float64(n)
	if out.most >= tellingEdge {
		from, to := stretch(owners[two])
		*told = append(*told, owners[two].wordsAt(from, to, fmt.Sprintf(note, owners[one].number)))
	}
	return out
}

func jaccard[K comparable](a, b map[K]bool) float64 {
	both := 0
	for id := range a {
		if b[id] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// endingCosine is the mean cosine of the last 120 words of all pairs of
// chapters, weighted by TF-IDF.
func (b *body) endingCosine() float64 {
	var tf []map[uint32]float64
	df := map[uint32]float64{}
	for i := range b.chapters {
		words := b.chapters[i].words
		words = words[max(0, len(words)-cosineWords):]
		if len(words) == 0 {
			continue
		}
		v := map[uint32]float64{}
		for _, w := range words {
			if v[w.id] == 0 {
				df[w.id]++
			}
			v[w.id]++
		}
		tf = append(tf, v)
	}
	if len(tf) < 2 {
		return math.NaN()
	}
	// The mean of all pairs is found from the sum of all vectors, whose square is
	// that of the pairs and of each vector with itself.
	sum := map[uint32]float64{}
	order := []uint32{}
	n := float64(len(tf))
	filled := 0.0
	for _, v := range tf {
		length := 0.0
		ids := sortedKeys(v)
		for _, id := range ids {
			x := v[id] * math.Log((1+n)/(1+df[id]))
			length += x * x
		}
		if length == 0 {
			continue
		}
		filled++
		for _, id := range ids {
			if sum[id] == 0 {
				order = append(order, id)
			}
			sum[id] += v[id] * math.Log((1+n)/(1+df[id])) / math.Sqrt(length)
		}
	}
	if filled < 2 {
		return math.NaN()
	}
	square := 0.0
	for _, id := range order {
		square += sum[id] * sum[id]
		sum[id] = 0
	}
	return max(0, (square-filled)/(filled*(filled-1)))
}

// commonEnding is the share of the commonest sort of last paragraph: speech, a
// question, a short line, or else action.
func (b *body) commonEnding() float64 {
	count, n, most := map[string]int{}, 0, 0
	for i := range b.chapters {
		c := &b.chapters[i]
		if len(c.paras) == 0 {
			continue
		}
		n++
		sort := c.endingOf(c.paras[len(c.paras)-1])
		count[sort]++
		most = max(most, count[sort])
	}
	if n < leastEnds {
		return math.NaN()
	}
	return float64(most) / float64(n)
}

func (c *chapter) endingOf(p para) string {
	spoken := 0
	for _, w := range c.words[p.w0:p.w1] {
		if w.spoken {
			spoken++
		}
	}
	text := strings.TrimRight(string(c.plain[p.start:p.end]), closers+" ")
	switch {
	case spoken*2 >= p.w1-p.w0 && spoken > 0:
		return "speech"
	case strings.HasSuffix(text, "?"):
		return "question"
	case p.w1-p.w0 <= shortLine:
		return "short line"
	}
	return "action"
}
