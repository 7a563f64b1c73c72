package write

import (
	"strings"

	"quire/book"
)

// How many words of the maker's sources go into a question.
const (
	planPassages    = 3000
	chapterPassages = 1500
)

// passages are those of the maker's sources that are nearest to a query, in about
// so many words.
func (f *folder) passages(query string, words int) []book.Passage {
	return nil
}

// knownSources reports a claim that names a passage which no source has.
func (f *folder) knownSources(claims []book.Claim) error {
	return nil
}

// chapterQuery is what a chapter is about, as words to look for.
func chapterQuery(c book.OutlineChapter) string {
	parts := append([]string{c.Title, c.Summary, c.Notes}, c.KeyPoints...)
	for _, s := range c.Sections {
		parts = append(append(parts, s.Title, s.Summary), s.KeyPoints...)
	}
	return strings.Join(parts, " ")
}

// planQuery is what several chapters are about.
func planQuery(o book.Outline) string {
	var parts []string
	for _, c := range o.Chapters {
		parts = append(parts, chapterQuery(c))
	}
	return strings.Join(parts, " ")
}
