package quality

// grams are the runs of two to five words of each chapter, as numbers: equal
// runs have equal numbers. of[n][c][i] is the run of n words at word i of
// chapter c; runs go over paragraphs and not over chapters.
type grams struct {
	of   [6][][]uint32
	many [6]int // different runs
}

// runs returns the grams, made at the first call.
func (b *body) runs() *grams {
	if b.shared != nil {
		return b.shared
	}
	g := &grams{}
	one := make([][]uint32, len(b.chapters))
	for c := range b.chapters {
		one[c] = make([]uint32, len(b.chapters[c].words))
		for i, w := range b.chapters[c].words {
			one[c][i] = w.id
		}
	}
	g.of[1], g.many[1] = one, len(b.vocab.words)
	for n := 2; n <= 5; n++ {
		ids := make(map[uint64]uint32, b.total)
		g.of[n] = make([][]uint32, len(one))
		for c := range one {
			shorter, words := g.of[n-1][c], one[c]
			list := make([]uint32, 0, max(0, len(words)-n+1))
			for i := 0; i+n <= len(words); i++ {
				key := uint64(shorter[i])<<32 | uint64(words[i+n-1])
				id, ok := ids[key]
				if !ok {
					id = uint32(len(ids)) //nolint:gosec // fewer than 4 thousand million words
					ids[key] = id
				}
				list = append(list, id)
			}
			g.of[n][c] = list
		}
		g.many[n] = len(ids)
	}
	b.shared = g
	return g
}
