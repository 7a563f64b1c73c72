package book

import "strings"

// Beats is the plan of one chapter's text, section by section.
type Beats struct {
	Sections []Beat `json:"sections"`
}

// Beat is the plan of one section: a stretch of text written in one call. A
// section with a heading has a level of 2 or 3, a plain one level 0.
type Beat struct {
	Level    int      `json:"level,omitempty"`
	Heading  string   `json:"heading,omitempty"`
	Words    int      `json:"words"`
	Scene    string   `json:"scene,omitempty"` // fiction: arrival, search, quarrel, trade, wait, reveal …; nonfiction: definition, reasons, steps, example, pitfalls, checklist, recap …
	Place    string   `json:"place,omitempty"`
	Cast     []string `json:"cast,omitempty"` // first is whose eyes we see through
	Goal     string   `json:"goal"`           // what the section sets out to do
	Obstacle string   `json:"obstacle,omitempty"`
	Turn     string   `json:"turn,omitempty"`
	Opening  string   `json:"opening,omitempty"` // kind of first paragraph
	Ending   string   `json:"ending,omitempty"`  // kind of last paragraph
	Points   []string `json:"points,omitempty"`  // what has to be said, given by the maker or the outline
	Needs    []Need   `json:"needs,omitempty"`   // facts of earlier chapters that the section builds on
	Facts    []Fact   `json:"facts,omitempty"`   // what is true after the section and was not before
	Threads  []string `json:"threads,omitempty"` // IDs of threads of the bible that it plants or pays for
	Figure   string   `json:"figure,omitempty"`  // nonfiction: what a figure in it shows; "" is none
}

// Need names a fact by what it is about.
type Need struct {
	Subject string `json:"subject"`
	Attr    string `json:"attr"`
}

// Check reports what a reply lacks to be the beats of a chapter; headings are
// the chapter's headed sections, each of which must have its beat in order.
func (b Beats) Check(headings []OutlineSection) error {
	if len(b.Sections) == 0 {
		return badReply("the chapter has no sections")
	}
	next := 0
	for i, s := range b.Sections {
		if strings.TrimSpace(s.Goal) == "" {
			return badReply("section %d has no goal", i+1)
		}
		if s.Words < 1 {
			return badReply("section %d has no words", i+1)
		}
		if s.Level == 0 {
			continue
		}
		if next == len(headings) || s.Heading != headings[next].Title || s.Level != headings[next].Level {
			return badReply("section %d has a heading that the outline does not have at this place", i+1)
		}
		next++
	}
	if next != len(headings) {
		return badReply("%d headings of the outline have no section", len(headings)-next)
	}
	return nil
}

// Scaled returns the beats with their words scaled so that they add up to words;
// every section keeps at least one.
func (b Beats) Scaled(words int) Beats {
	sum := 0
	for _, s := range b.Sections {
		sum += s.Words
	}
	if sum == 0 || sum == words {
		return b
	}
	scaled := Beats{Sections: append([]Beat(nil), b.Sections...)}
	seen, before := 0, 0
	for i := range scaled.Sections {
		seen += scaled.Sections[i].Words
		to := words * seen / sum
		scaled.Sections[i].Words, before = max(to-before, 1), to
	}
	return scaled
}
