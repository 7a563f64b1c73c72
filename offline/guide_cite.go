package offline

import (
	"cmp"
	"slices"
	"strings"

	"quire/book"
)

// mostQuoted is how many words a guide quotes of a source, so that the rest stays
// in the source.
const mostQuoted = 10

// cited is a paragraph that quotes the maker's own sources, with the mark of its
// passage: one a chapter, in its first section, another sentence in each chapter;
// "" if there is none left.
func cited(in *input) string {
	if in.section > 0 {
		return ""
	}
	passages := slices.SortedFunc(slices.Values(in.passages), func(a, b book.Passage) int { return cmp.Compare(a.ID, b.ID) })
	left := in.position.Ordinal
	for _, p := range passages {
		for sentence := range strings.SplitAfterSeq(strings.Join(strings.Fields(p.Text), " "), ". ") {
			words := strings.Fields(sentence)
			if len(words) < 4 || strings.ContainsAny(sentence, "[]<>{}`*_#|\\\"“”$~^") {
				continue // no sentence, or one that could be read as markup
			}
			if left--; left > 0 {
				continue
			}
			quote := strings.TrimRight(strings.Join(words[:min(len(words), mostQuoted)], " "), ".,;:")
			if len(words) > mostQuoted {
				quote += " …"
			}
			openings := []string{"Among what you brought along stands this", "Your own notes have a word on it", "One line of your material belongs here", "Hold this beside what you were told"}
			return openings[in.position.Ordinal%len(openings)] + ": “" + quote + "”.[^" + p.ID + "]"
		}
	}
	return ""
}

// withCitation puts the paragraph behind the first one of a text.
func withCitation(text, paragraph string) string {
	first, rest, more := strings.Cut(text, "\n\n")
	switch {
	case paragraph == "":
		return text
	case more:
		return first + "\n\n" + paragraph + "\n\n" + rest
	}
	return first + "\n\n" + paragraph
}
