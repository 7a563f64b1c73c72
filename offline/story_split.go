package offline

import "quire/book"

// sizesOf lists the words of every section of the book's chapters. Where the
// outline is not whole, each chapter counts like the one at work.
func sizesOf(in *input) [][]int {
	of := max(in.position.Of, in.position.Ordinal, 1)
	sizes := make([][]int, of)
	for i := range sizes {
		c := in.chapter
		if len(in.outline.Chapters) == of {
			c = in.outline.Chapters[i]
		}
		for _, b := range splitChapter(in.brief.Seed, i+1, c) {
			sizes[i] = append(sizes[i], b.Words)
		}
	}
	return sizes
}

// splitChapter divides a chapter into sections of about 700 words. A headed
// section has one or more, the first of which carries its heading.
func splitChapter(seed uint64, ordinal int, c book.OutlineChapter) []book.Beat {
	total := max(c.Words, len(c.Sections), 1)
	if len(c.Sections) == 0 {
		return splitWords(seed, ordinal, 0, total)
	}
	left, open := total, 0
	for _, s := range c.Sections {
		left -= s.Words
		if s.Words == 0 {
			open++
		}
	}
	fits := left >= open // else the given words are too many, and shares are equal
	var beats []book.Beat
	rest := total
	for i, s := range c.Sections {
		words := s.Words
		switch {
		case i == len(c.Sections)-1:
			words = rest
		case !fits:
			words = total / len(c.Sections)
		case words == 0:
			words = left / open
		}
		words = max(min(words, rest-(len(c.Sections)-1-i)), 1)
		rest -= words
		part := splitWords(seed, ordinal, i+1, words)
		part[0].Level, part[0].Heading = s.Level, s.Title
		beats = append(beats, part...)
	}
	return beats
}

// splitWords cuts words into equal parts of at most 700, a little uneven as
// scenes are; they add up to words.
func splitWords(seed uint64, ordinal, part, words int) []book.Beat {
	k := (words + 699) / 700
	beats := make([]book.Beat, k)
	r := chance(seed, "split", ordinal, part)
	for i := range beats {
		beats[i].Words = words / k
	}
	beats[k-1].Words += words % k
	for i := 0; i+1 < k; i++ {
		d := r.IntN(121) - 60
		low := min(beats[i].Words+d, beats[i+1].Words-d)
		high := max(beats[i].Words+d, beats[i+1].Words-d)
		if low >= 500 && high <= 900 {
			beats[i].Words += d
			beats[i+1].Words -= d
		}
	}
	return beats
}
