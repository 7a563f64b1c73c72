package book

import "strings"

// Fact is one thing that is true in the book from a chapter on.
type Fact struct {
	Subject string    `json:"subject"` // ID of a character, place or thing, or a term
	Attr    string    `json:"attr"`    // at, has, knows, feels, is …
	Value   string    `json:"value"`
	Quote   string    `json:"quote,omitempty"`   // the words of the text that say so
	Chapter ChapterID `json:"chapter,omitempty"` // where it became true
	From    int       `json:"from,omitempty"`    // number of that chapter
}

// Delta is what a chapter adds to the book: observed after it was written.
type Delta struct {
	Summary string  `json:"summary"` // at most 150 words
	Facts   []Fact  `json:"facts,omitempty"`
	Handoff Handoff `json:"handoff"`
}

// Handoff is how a chapter ends, for the one that follows.
type Handoff struct {
	Where    string   `json:"where,omitempty"`
	When     string   `json:"when,omitempty"`
	Who      []string `json:"who,omitempty"`
	Question string   `json:"question,omitempty"` // what is left open
	Image    string   `json:"image,omitempty"`    // the last thing seen
}

// Check reports what a reply lacks to be a delta.
func (d Delta) Check() error {
	if strings.TrimSpace(d.Summary) == "" {
		return badReply("the chapter's summary is empty")
	}
	for _, f := range d.Facts {
		if f.Subject == "" || f.Attr == "" || f.Value == "" {
			return badReply("a fact lacks its subject, attribute or value")
		}
	}
	return nil
}

// Ledger is what is known after some chapters, in reading order. A later fact
// about the same subject and attribute stands for the earlier one, but for
// knowledge, which adds up.
type Ledger struct {
	Facts     []Fact    `json:"facts,omitempty"`
	Summaries []Summary `json:"summaries,omitempty"`
}

// Summary is one chapter in few words.
type Summary struct {
	Chapter ChapterID `json:"chapter"`
	Ordinal int       `json:"ordinal,omitempty"` // of the chapter
	Text    string    `json:"text"`
}

// Add takes in the delta of a chapter with its number. Call it in reading order,
// never by arrival, so that the ledger is the same in every run.
func (l *Ledger) Add(id ChapterID, ordinal int, d Delta) {
	l.Summaries = append(l.Summaries, Summary{Chapter: id, Ordinal: ordinal, Text: d.Summary})
	for _, f := range d.Facts {
		f.Chapter, f.From = id, ordinal
		l.set(f)
	}
}

func (l *Ledger) set(f Fact) {
	for i, old := range l.Facts {
		if old.Subject != f.Subject || old.Attr != f.Attr {
			continue
		}
		if f.Attr != "knows" || old.Value == f.Value {
			l.Facts[i] = f
			return
		}
	}
	l.Facts = append(l.Facts, f)
}
