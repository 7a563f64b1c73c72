package offline

import (
	"fmt"
	"strings"

	"quire/book"
)

// pair is two places of a book that may contradict each other, as a judge is
// shown them. Was is the value that agrees with the earlier place, Is the one of
// the later; both are empty where no word alone is wrong.
type pair struct {
	ID      string `json:"id"`
	Was     string `json:"was"`
	Is      string `json:"is"`
	Earlier struct {
		Chapter int    `json:"chapter"`
		Quote   string `json:"quote"`
	} `json:"earlier"`
	Later struct {
		Quote string `json:"quote"`
	} `json:"later"`
}

// judge rules by what can be seen in the words alone: the earlier place is right,
// and where the wrong value stands in the later one, once and word for word, the
// right one takes its place. Where no word is wrong, it is left to the maker; where
// the quote does not say the value at all, there is no contradiction in it.
func judge(in *input) book.Rulings {
	r := book.Rulings{Rulings: []book.Ruling{}}
	for _, p := range in.pairs {
		ruling := book.Ruling{ID: p.ID, Contradiction: true, Right: book.RightEarlier, Severity: book.Major}
		said := "chapter " + fmt.Sprint(p.Earlier.Chapter)
		if p.Earlier.Chapter == 0 {
			said = "the plan of the book or the calendar"
		}
		switch {
		case p.Is == "" || p.Was == "":
			ruling.Why = "The book cannot be held to both places, and no single word mends it."
		case strings.Count(p.Later.Quote, p.Is) != 1:
			ruling.Contradiction = false
			ruling.Why = fmt.Sprintf("The words of the later place do not say %q once and plainly.", p.Is)
		default:
			ruling.Why = fmt.Sprintf("As %s has it, it is %q.", said, p.Was)
			ruling.Find, ruling.With = p.Later.Quote, strings.Replace(p.Later.Quote, p.Is, p.Was, 1)
		}
		r.Rulings = append(r.Rulings, ruling)
	}
	return r
}
