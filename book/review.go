package book

import "strings"

// Review is what was found in a chapter, by code and by a critic.
type Review struct {
	Items []Item `json:"items,omitempty"`
}

// Item is one thing to mend. Quote stands in the chapter's text letter for
// letter, once; it is empty if the whole chapter is meant.
type Item struct {
	Severity Severity `json:"severity"`
	Kind     string   `json:"kind"` // beat, continuity, voice, repetition, clarity, ending … or a metric such as M5
	Quote    string   `json:"quote,omitempty"`
	Problem  string   `json:"problem"`
	Fix      string   `json:"fix"`
}

// Severity is how bad a finding is.
type Severity string

// The severities. Only major ones have to be mended.
const (
	Major Severity = "major"
	Minor Severity = "minor"
)

// Check reports what a reply lacks to be a review.
func (r Review) Check() error {
	for _, i := range r.Items {
		if i.Severity != Major && i.Severity != Minor {
			return badReply("a finding is neither major nor minor")
		}
		if strings.TrimSpace(i.Problem) == "" {
			return badReply("a finding does not say what is wrong")
		}
	}
	return nil
}

// Major is the number of findings that have to be mended.
func (r Review) Major() int {
	n := 0
	for _, i := range r.Items {
		if i.Severity == Major {
			n++
		}
	}
	return n
}

// Patches are changes of a text, each of one place.
type Patches struct {
	Patches []Patch `json:"patches,omitempty"`
}

// Patch puts With where Find stands. Find stands in the text once, letter for
// letter; an empty With takes it away.
type Patch struct {
	Find string `json:"find"`
	With string `json:"with"`
}

// Check reports patches that do not fit text: one of them has no place in it, or
// more than one.
func (p Patches) Check(text string) error {
	for _, patch := range p.Patches {
		switch n := strings.Count(text, patch.Find); {
		case strings.TrimSpace(patch.Find) == "":
			return badReply("a patch does not say what it changes")
		case n != 1:
			return badReply("the passage %q of a patch stands in the text %d times", clip(patch.Find), n)
		}
	}
	return nil
}

// Apply returns text with the patches whose place is still there once, one after
// another, and how many that were.
func (p Patches) Apply(text string) (string, int) {
	n := 0
	for _, patch := range p.Patches {
		if patch.Find != "" && strings.Count(text, patch.Find) == 1 {
			text = strings.Replace(text, patch.Find, patch.With, 1)
			n++
		}
	}
	return text, n
}

// clip shortens a quote for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// Alert is two places of a book that contradict each other, or may. The earlier
// one may be the book's plan or the calendar.
type Alert struct {
	ID       string   `json:"id"`   // follows from kind, subject, chapters and quotes
	Kind     string   `json:"kind"` // age, date, exit, owner, knowledge, name, look, place …
	Subject  string   `json:"subject"`
	Problem  string   `json:"problem"`
	Earlier  Excerpt  `json:"earlier"`
	Later    Excerpt  `json:"later"`
	Standing string   `json:"standing"`           // open, patched, dismissed, or locked: the later chapter may not be changed
	Severity Severity `json:"severity,omitempty"` // "" until somebody ruled on it
	Why      string   `json:"why,omitempty"`      // why it stands so
}

// The standings of an alert.
const (
	AlertOpen      = "open"
	AlertPatched   = "patched"
	AlertDismissed = "dismissed"
	AlertLocked    = "locked"
)

// Excerpt is a quote from a chapter. What the plan of the book or the calendar
// says has no chapter.
type Excerpt struct {
	Chapter ChapterID `json:"chapter,omitempty"`
	Ordinal int       `json:"ordinal,omitempty"`
	Quote   string    `json:"quote"`
}

// Alerts are all alerts of a book.
type Alerts struct {
	Alerts []Alert `json:"alerts,omitempty"`
	Round  int     `json:"round,omitempty"` // passes that the review under way has made; 0 if none is under way
}

// Open is the number of alerts that nobody settled.
func (a Alerts) Open() int {
	n := 0
	for _, x := range a.Alerts {
		if x.Standing == AlertOpen || x.Standing == AlertLocked {
			n++
		}
	}
	return n
}
