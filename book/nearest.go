package book

import (
	"fmt"
	"strings"
)

// Nearest says which genre or subgenre a maker may have meant who names one that
// is not known, or one that is no genre of the brief's kind: a sentence without its
// full stop, "" if there is nothing to say. Such a book is written all the same.
func (b Brief) Nearest() string {
	genre, sub := strings.TrimSpace(b.Genre), strings.TrimSpace(b.Subgenre)
	g, known := ParseGenre(genre)
	switch {
	case genre != "" && !known:
		if near := nearGenre(genre); near != "" {
			return fmt.Sprintf("there is no guidance for the genre %q; did you mean %s?", genre, near)
		}
		return ""
	case known && b.Kind != "" && g.Kind != b.Kind:
		return fmt.Sprintf("%s is a genre of %s, so its guidance is left out of a book of %s", g.Name, g.Kind, b.Kind)
	case sub == "":
		return ""
	}
	if _, ok := ParseSubgenre(genre, sub); ok {
		return ""
	}
	if home, ok := homeOf(sub); ok {
		s, _ := home.find(sub, whole)
		return fmt.Sprintf("%s is a subgenre of %s and not of %s; did you mean the genre %s?", s.Name, home.Name, g.Name, home.Name)
	}
	if near := nearSubgenre(g, sub); near != "" {
		return fmt.Sprintf("there is no guidance for the subgenre %q; did you mean %s?", sub, near)
	}
	return ""
}

// fewLetters is by how many letters a misspelt name of a genre may differ.
const fewLetters = 2

func nearGenre(text string) string {
	var known []string
	for _, g := range genreTable() {
		known = append(known, g.Name)
	}
	return closest(text, known, fewLetters)
}

// nearSubgenre looks in a genre, or in all if it is none.
func nearSubgenre(in Genre, text string) string {
	var known []string
	for _, g := range genreTable() {
		for _, s := range g.Subgenres {
			if in.Key == "" || in.Key == g.Key {
				known = append(known, s.Name)
			}
		}
	}
	return closest(text, known, fewLetters)
}

// closest is the known name that differs from text by the fewest letters, at
// most by so many and by less than half of them; "" if there is none.
func closest(text string, known []string, most int) string {
	best := ""
	text = fold(text)
	if len(text) > MaxTitle {
		return ""
	}
	least := min(most, (len(text)-1)/2) + 1
	for _, k := range known {
		if d := letters(text, fold(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// letters counts what must be added, dropped or changed to make b of a
// (Levenshtein's distance).
func letters(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for i := range row {
		row[i] = i
	}
	for i := range x {
		corner := row[0]
		row[0] = i + 1
		for j := range y {
			change := corner
			if x[i] != y[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, corner+1, row[j]+1)
		}
	}
	return row[len(y)]
}
