package book

import "strings"

// Rulings are what a judge says of pairs of places that may contradict each
// other.
type Rulings struct {
	Rulings []Ruling `json:"rulings"`
}

// Ruling is what a judge says of one alert. Find and With are the patch of the
// later place: With stands where Find stood; an empty Find changes nothing.
type Ruling struct {
	ID            string   `json:"id"` // of the alert
	Contradiction bool     `json:"contradiction"`
	Right         string   `json:"right"` // earlier or later: which place stays as it is
	Severity      Severity `json:"severity"`
	Why           string   `json:"why"` // in one sentence
	Find          string   `json:"find,omitempty"`
	With          string   `json:"with,omitempty"`
}

// Which place of a pair is right.
const (
	RightEarlier = "earlier"
	RightLater   = "later"
)

// Check reports what a reply lacks to rule on the alerts with the IDs.
func (r Rulings) Check(ids []string) error {
	open := map[string]bool{}
	for _, id := range ids {
		open[id] = true
	}
	for _, x := range r.Rulings {
		switch {
		case !open[x.ID]:
			return badReply("a ruling is on the pair %q, which was not asked about or is ruled on already", clip(x.ID))
		case strings.TrimSpace(x.Why) == "":
			return badReply("a ruling does not say why")
		case x.Contradiction && x.Right != RightEarlier && x.Right != RightLater:
			return badReply("a ruling does not say which place is right")
		case x.Contradiction && x.Severity != Major && x.Severity != Minor:
			return badReply("a ruling is neither major nor minor")
		}
		delete(open, x.ID)
	}
	if len(open) > 0 {
		return badReply("%d pairs have no ruling", len(open))
	}
	return nil
}
