package quality

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// The sizes of what repeats, in words.
const (
	repWindow = 2000
	leastSame = 8 // of a sentence that stands twice
)

// repetition is the share of runs of four words that stood before in the same
// window of 2,000 words: the mean, and the most of a window (M4). A rest of less
// than half a window counts only if it is all there is.
func repetition(b *body) outcome {
	if b.total < 200 {
		return unmeasured("needs 200 words")
	}
	w := newWindows(b)
	for c, list := range b.runs().of[4] {
		for i, id := range list {
			w.add(c, i, id)
		}
		w.skip(min(3, len(b.chapters[c].words)))
	}
	w.close(w.n >= repWindow/2 || len(w.shares) == 0)
	mean, _ := spread(w.shares)
	return outcome{values: []float64{mean, slices.Max(append(w.shares, 0))}, evidence: w.evidence(b)}
}

// windows counts repeated runs by windows of words.
type windows struct {
	seen     []int // the window in which a run stood last
	number   int
	n, again int // words of the open window, and repeats
	all      int // runs of it
	shares   []float64
	places   []place // repeats of the open window
	worst    []place
	most     float64
}

type place struct {
	c, i int
	id   uint32
}

func newWindows(b *body) *windows {
	return &windows{seen: make([]int, b.runs().many[4]), number: 1}
}

func (w *windows) add(c, i int, id uint32) {
	w.all++
	if w.seen[id] == w.number {
		w.again++
		w.places = append(w.places, place{c, i, id})
	}
	w.seen[id] = w.number
	w.skip(1)
}

// skip counts words at which no run begins.
func (w *windows) skip(n int) {
	if w.n += n; w.n >= repWindow {
		w.close(true)
	}
}

func (w *windows) close(counts bool) {
	if counts && w.all > 0 {
		share := 100 * float64(w.again) / float64(w.all)
		w.shares = append(w.shares, share)
		if share > w.most {
			w.most, w.worst = share, w.places
		}
	}
	w.number++
	w.n, w.again, w.all, w.places = 0, 0, 0, nil
}

// evidence shows the longest passages of the worst window that stood in it
// before, each once.
func (w *windows) evidence(b *body) (list []Evidence) {
	type span struct{ first, last, again int }
	times := map[uint32]int{}
	var spans []span
	for i, p := range w.worst {
		times[p.id]++
		if i > 0 && w.worst[i-1].c == p.c && w.worst[i-1].i == p.i-1 && times[p.id] == spans[len(spans)-1].again {
			spans[len(spans)-1].last = i
			continue
		}
		spans = append(spans, span{i, i, times[p.id]})
	}
	slices.SortStableFunc(spans, func(a, b span) int { return (b.last - b.first) - (a.last - a.first) })
	told := map[uint32]bool{}
	for _, s := range spans {
		from, to := w.worst[s.first], w.worst[s.last]
		if len(list) == mostEvidence {
			break
		}
		if told[from.id] || told[to.id] {
			continue
		}
		for _, p := range w.worst[s.first : s.last+1] {
			told[p.id] = true
		}
		list = append(list, b.chapters[from.c].wordsAt(from.i, to.i+4, fmt.Sprintf("%d times within 2,000 words", times[from.id]+1)))
	}
	return list
}

// overlap is the share of runs of five words that another chapter has too, the
// same with the names of the bible masked, and that of eight samples of 1,100
// words, which compares books of any size (M5).
func overlap(b *body) outcome {
	if b.others != nil {
		return b.overlapBeside()
	}
	if len(b.chapters) < 2 {
		return unmeasured("needs two chapters")
	}
	g := b.runs()
	shared := b.sharedRuns(g, nil)
	both, all, plain := 0, 0, 0
	masks := b.bible()
	for c, list := range g.of[5] {
		all += len(list)
		for i, id := range list {
			if shared[id] {
				both++
				if !b.masked(c, i, masks) {
					plain++
				}
			}
		}
	}
	if all == 0 {
		return unmeasured("needs five words")
	}
	masked := math.NaN()
	if len(masks) > 0 {
		masked = 100 * float64(plain) / float64(all)
	}
	return outcome{values: []float64{100 * float64(both) / float64(all), masked, b.sampled(g)}, evidence: b.longestShared(g, shared)}
}

// sharedRuns tells for each run of five words whether two chapters have it.
// With a limit only that many words of a chapter count.
func (b *body) sharedRuns(g *grams, limits []int) []bool {
	first, shared := make([]int, g.many[5]), make([]bool, g.many[5])
	for c, list := range g.of[5] {
		if limits != nil {
			list = list[:min(len(list), limits[c])]
		}
		for _, id := range list {
			if first[id] == 0 {
				first[id] = c + 1
			}
			shared[id] = shared[id] || first[id] != c+1
		}
	}
	return shared
}

// sampled is the overlap of the first 1,100 words of eight chapters.
func (b *body) sampled(g *grams) float64 {
	limits, taken := make([]int, len(b.chapters)), 0
	for i := range 8 {
		c := i * len(b.chapters) / 8
		if limits[c] == 0 && len(b.chapters[c].words) >= 1100 {
			limits[c], taken = 1100-4, taken+1
		}
	}
	if taken < 8 {
		return math.NaN()
	}
	shared := b.sharedRuns(g, limits)
	both, all := 0, 0
	for c, list := range g.of[5] {
		for _, id := range list[:min(len(list), limits[c])] {
			all++
			if shared[id] {
				both++
			}
		}
	}
	return 100 * float64(both) / float64(all)
}

// masked reports whether a run of five words holds a name of the bible.
func (b *body) masked(c, i int, names map[string]bool) bool {
	if len(names) == 0 {
		return false
	}
	for k := i; k < i+5; k++ {
		if _, ok := names[bareName(b.at(&b.chapters[c], k))]; ok {
			return true
		}
	}
	return false
}

// longestShared shows the longest passages that stand in another chapter too, in
// the later of the two.
func (b *body) longestShared(g *grams, shared []bool) []Evidence {
	return b.longest(g, func(id uint32) bool { return shared[id] }, func(c int, id uint32) int {
		for other, list := range g.of[5] {
			if other != c && slices.Contains(list, id) {
				return b.chapters[other].number
			}
		}
		return 0
	})
}

// longestAgain shows the longest passages that stood in the book before.
func (b *body) longestAgain(g *grams) []Evidence {
	seen := make([]bool, g.many[5])
	return b.longest(g, func(id uint32) bool {
		before := seen[id]
		seen[id] = true
		return before
	}, func(int, uint32) int { return 0 })
}

// longest shows the longest passages of runs of five words that a test holds
// for, each once; it asks for each run in reading order. where is the number of
// another chapter that has a run; 0 is the same one.
func (b *body) longest(g *grams, holds func(id uint32) bool, where func(chapter int, id uint32) int) []Evidence {
	type span struct{ c, from, to int }
	var spans []span
	for c, list := range g.of[5] {
		for i := 0; i < len(list); i++ {
			from := i
			for i < len(list) && holds(list[i]) {
				i++
			}
			if i > from {
				spans = append(spans, span{c, from, i})
			}
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or((b.to-b.from)-(a.to-a.from), b.c-a.c) })
	var out []Evidence
	told := map[uint32]bool{}
	for _, s := range spans {
		if len(out) == mostEvidence {
			break
		}
		ids := g.of[5][s.c][s.from:s.to]
		if told[ids[0]] || told[ids[len(ids)-1]] {
			continue
		}
		for _, id := range ids {
			told[id] = true
		}
		note := fmt.Sprintf("%d words that the book has before", len(ids)+4)
		if number := where(s.c, ids[0]); number > 0 {
			note = fmt.Sprintf("%d words that chapter %d has too", len(ids)+4, number)
		}
		out = append(out, b.chapters[s.c].wordsAt(s.from, s.to+4, note))
	}
	return out
}

// sameSentences counts the sentences of at least eight words that stand in two
// chapters or more (M6).
func sameSentences(b *body) outcome {
	if b.others != nil {
		return b.sameBeside()
	}
	if len(b.chapters) < 2 {
		return unmeasured("needs two chapters")
	}
	first, told := map[string]int{}, map[string]bool{}
	var o outcome
	var key []byte
	for c := range b.chapters {
		ch := &b.chapters[c]
		for _, s := range ch.sentences {
			if s.w1-s.w0 < leastSame {
				continue
			}
			key = key[:0]
			for _, w := range ch.words[s.w0:s.w1] {
				key = append(key, byte(w.id), byte(w.id>>8), byte(w.id>>16), byte(w.id>>24)) //nolint:gosec // all four bytes
			}
			at, seen := first[string(key)]
			if !seen {
				first[string(key)] = c
			} else if at != c && !told[string(key)] {
				told[string(key)] = true
				o.evidence = append(o.evidence, ch.wordsAt(s.w0, s.w1, fmt.Sprintf("stands in chapter %d too", at+1)))
			}
		}
	}
	o.values = []float64{float64(len(told))}
	return o
}
