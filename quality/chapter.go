package quality

import (
	"fmt"

	"quire/book"
)

// Setting is what one chapter is measured against. The zero value is fiction in
// English without plan and other chapters.
type Setting struct {
	Profile  Profile
	Language string  // BCP 47; "" is English
	Number   int     // place of the chapter in the book, from 1; 0 is the first
	Plan     Plan    // of the whole book
	Others   *Others // the other chapters; nil: it is compared with none
}

// MeasureChapter measures one chapter alone: its length against its own aim, and
// repeats across chapters, same sentences, openings and endings (M5, M6, M12)
// against the others of the setting. What needs several chapters is not
// measured. Evidence has the number of the setting. It may be called from
// several goroutines, also with the same Others.
func MeasureChapter(text book.Text, in Setting) Report {
	plan := in.Plan
	plan.Words = 0
	b := openAs(in.Profile, plan, book.Manuscript{Meta: book.Meta{Language: in.Language}, Chapters: []book.Text{text}})
	b.chapters[0].number = max(1, in.Number)
	b.others = in.Others
	return b.report()
}

// Others are the other chapters of a book, read once for all measurements of a
// chapter beside them. They do not change; a nil pointer has none.
type Others struct {
	ids       map[string]uint32 // number of a word, from 1
	fives     map[uint64]int    // runs of five words: the chapter that has it
	sentences map[uint64]int    // of eight words or more: the chapter that has it
	openings  []edge
	endings   []edge
}

// edge is the pairs of words of an opening or an ending.
type edge struct {
	number int
	pairs  map[uint64]bool
}

// OthersOf reads all chapters of a manuscript but one, which is given by its
// number from 1.
func OthersOf(m book.Manuscript, number int) *Others {
	var texts []book.Text
	var numbers []int
	for i, c := range m.Chapters {
		if i+1 != number {
			texts, numbers = append(texts, c), append(numbers, i+1)
		}
	}
	return ReadOthers(texts, numbers, m.Meta.Language)
}

// ReadOthers reads the chapters that stand beside one chapter. They are numbered
// as they stand in the book: numbers[i] is that of texts[i], from 1.
func ReadOthers(texts []book.Text, numbers []int, language string) *Others {
	b := open(book.Manuscript{Meta: book.Meta{Language: language}, Chapters: texts}, Fiction, Plan{})
	o := &Others{ids: make(map[string]uint32, len(b.vocab.words)), fives: make(map[uint64]int, b.total), sentences: map[uint64]int{}}
	for i, word := range b.vocab.words {
		o.ids[word] = uint32(i) + 1 //nolint:gosec // fewer than 4 thousand million words
	}
	for i := range b.chapters {
		c, ids, number := &b.chapters[i], b.numbered(i, o.ids), i+1
		if i < len(numbers) {
			number = numbers[i]
		}
		for k := 0; k+5 <= len(ids); k++ {
			o.fives[mixed(ids[k:k+5])] = number
		}
		for _, s := range c.sentences {
			if key := mixed(ids[s.w0:s.w1]); s.w1-s.w0 >= leastSame && o.sentences[key] == 0 {
				o.sentences[key] = number
			}
		}
		o.openings = append(o.openings, edge{number, pairsOf(ids[:min(edgeWords, len(ids))])})
		o.endings = append(o.endings, edge{number, pairsOf(ids[max(0, len(ids)-edgeWords):])})
	}
	return o
}

// numbered is the words of a chapter by numbers of a vocabulary; 0 is none.
func (b *body) numbered(chapter int, ids map[string]uint32) []uint32 {
	words := b.chapters[chapter].words
	out := make([]uint32, len(words))
	for i, w := range words {
		out[i] = ids[b.vocab.words[w.id]]
	}
	return out
}

// mixed is a number for a run of words, 0 if one of them is not known; of two
// runs it is the same once in 10¹⁹.
func mixed(ids []uint32) uint64 {
	h := uint64(14695981039346656037)
	for _, id := range ids {
		if id == 0 {
			return 0
		}
		h ^= uint64(id) * 0x9E3779B97F4A7C15
		h = (h ^ h>>29) * 0xBF58476D1CE4E5B9
	}
	return h ^ h>>32
}

func pairsOf(ids []uint32) map[uint64]bool {
	pairs := map[uint64]bool{}
	for i := 0; i+2 <= len(ids); i++ {
		key := uint64(ids[i])<<32 | uint64(ids[i+1])
		if ids[i] == 0 || ids[i+1] == 0 {
			key = uint64(i)<<32 | 1<<63 //nolint:gosec // a pair that is like no other
		}
		pairs[key] = true
	}
	return pairs
}

// overlapBeside is M5 of one chapter: the share of its runs of five words that
// another chapter has.
func (b *body) overlapBeside() outcome {
	c, ids := &b.chapters[0], b.numbered(0, b.others.ids)
	all := len(ids) - 4
	if all <= 0 {
		return unmeasured("needs five words")
	}
	both := 0
	g := b.runs()
	found := make([]int, g.many[5])
	for i := range all {
		if number := b.others.fives[mixed(ids[i:i+5])]; number > 0 {
			both++
			found[g.of[5][0][i]] = number
		}
	}
	return outcome{values: []float64{100 * float64(both) / float64(len(c.words)-4)}, evidence: b.longest(g,
		func(id uint32) bool { return found[id] > 0 }, func(_ int, id uint32) int { return found[id] })}
}

// sameBeside is M6 of one chapter.
func (b *body) sameBeside() outcome {
	c, ids, told := &b.chapters[0], b.numbered(0, b.others.ids), map[uint64]bool{}
	var o outcome
	for _, s := range c.sentences {
		key := mixed(ids[s.w0:s.w1])
		if number := b.others.sentences[key]; key != 0 && s.w1-s.w0 >= leastSame && number > 0 && !told[key] {
			told[key] = true
			o.evidence = append(o.evidence, c.wordsAt(s.w0, s.w1, fmt.Sprintf("stands in chapter %d too", number)))
		}
	}
	o.values = []float64{float64(len(told))}
	return o
}

// edgesBeside is M12 of one chapter: the likeness of its opening or ending to
// that of another chapter, whichever is more.
func (b *body) edgesBeside() outcome {
	c, ids := &b.chapters[0], b.numbered(0, b.others.ids)
	if len(ids) < 2 || len(b.others.openings) == 0 {
		return unmeasured("needs two chapters with words")
	}
	var o outcome
	most := 0.0
	look := func(from, to int, others []edge, note string) {
		pairs, like, number := pairsOf(ids[from:to]), 0.0, 0
		for _, other := range others {
			if j := jaccard(pairs, other.pairs); len(other.pairs) > 0 && j > like {
				like, number = j, other.number
			}
		}
		if like >= tellingEdge {
			o.evidence = append(o.evidence, c.wordsAt(from, to, fmt.Sprintf(note, number)))
		}
		most = max(most, like)
	}
	look(0, min(edgeWords, len(ids)), b.others.openings, "begins like chapter %d")
	look(max(0, len(ids)-edgeWords), len(ids), b.others.endings, "ends like chapter %d")
	o.values = []float64{most}
	return o
}
