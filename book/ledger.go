package book

import (
	"slices"
	"strings"
)

// Fact is one thing that is true in the book from a chapter on.
type Fact struct {
	Subject string    `json:"subject"` // ID of a character, place or thing, or a term
	Attr    string    `json:"attr"`    // at, has, knows, feels, is …
	Value   string    `json:"value"`
	Quote   string    `json:"quote,omitempty"`   // the words of the text that say so
	Chapter ChapterID `json:"chapter,omitempty"` // where it became true; set by the ledger
	From    int       `json:"from,omitempty"`    // number of that chapter; set by the ledger
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

// MostFacts is how many facts one chapter brings into the ledger; those after
// them are left out.
const MostFacts = 60

// Check reports what a reply lacks to be a delta.
func (d Delta) Check() error {
	if strings.TrimSpace(d.Summary) == "" {
		return badReply("the chapter's summary is empty")
	}
	for _, f := range d.Facts {
		if strings.TrimSpace(f.Subject) == "" || strings.TrimSpace(f.Attr) == "" || strings.TrimSpace(f.Value) == "" {
			return badReply("a fact lacks its subject, attribute or value")
		}
	}
	return nil
}

// Settle makes a checked delta fit for the ledger: subjects become the IDs of
// what names knows, and stay terms where it knows nothing; attributes become the
// ledger's own words; a quote becomes the words as they stand in the chapter's
// text, and is dropped if they do not. Where a fact is from, only the ledger says.
// What is said twice, and what is beyond MostFacts, is left out.
func (d Delta) Settle(text string, names Names) Delta {
	words := WordingOf(text)
	var facts []Fact
	for _, f := range d.Facts {
		f.Subject, f.Value = names.ID(f.Subject), strings.TrimSpace(f.Value)
		f.Attr = attrOf(f.Attr, f.Value)
		f.Chapter, f.From = "", 0
		f.Quote, _ = words.Find(f.Quote)
		said := slices.ContainsFunc(facts, func(x Fact) bool { return x.Subject == f.Subject && x.Attr == f.Attr && x.Value == f.Value })
		if !said && len(facts) < MostFacts {
			facts = append(facts, f)
		}
	}
	d.Facts = facts
	var who []string
	for _, name := range d.Handoff.Who {
		who = append(who, names.ID(name))
	}
	d.Handoff.Who = who
	return d
}

// sameAttr is what the ledger calls an attribute that models call otherwise.
var sameAttr = map[string]string{
	"location": "at", "located at": "at", "is at": "at", "place": "at", "position": "at", "where": "at", "whereabouts": "at",
	"owns": "has", "holds": "has", "carries": "has", "possesses": "has", "possession": "has", "keeps": "has",
	"loses": "lost", "gave": "lost", "gives": "lost", "gave away": "lost", "gives away": "lost", "sold": "lost",
	"died": "gone", "dies": "gone", "dead": "gone", "death": "gone", "deceased": "gone", "killed": "gone",
	"left for good": "gone", "gone for good": "gone", "exit": "gone", "departed": "gone",
	"learned": "learns", "learnt": "learns", "discovers": "learns", "discovered": "learns", "finds out": "learns", "found out": "learns",
	"knowledge": "knows", "knows that": "knows", "aware of": "knows",
	"aged": "age", "years old": "age", "age in years": "age",
	"eye": "eyes", "eye colour": "eyes", "eye color": "eyes", "eyes colour": "eyes",
	"hair colour": "hair", "hair color": "hair",
	"named": "name", "called": "name", "is called": "name", "full name": "name",
	"day": "date", "date of": "date", "takes place on": "date",
	"feeling": "feels", "feels that": "feels",
}

// attrOf is an attribute in the ledger's words. To be dead is to be gone.
func attrOf(attr, value string) string {
	attr = strings.Join(strings.Fields(strings.ToLower(strings.NewReplacer("_", " ", "-", " ").Replace(attr))), " ")
	if same := sameAttr[attr]; same != "" {
		attr = same
	}
	if attr == "is" && sameAttr[strings.ToLower(value)] == "gone" {
		return "gone"
	}
	return attr
}

// Ledger is what is known after some chapters, in reading order. A later fact
// about the same subject and attribute stands for the earlier one, but for
// knowledge and what somebody has, which add up.
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

// set takes in one fact. Who learns something knows it; what somebody gets or
// loses, nobody else has any more, or they themselves.
func (l *Ledger) set(f Fact) {
	if f.Attr == "learns" {
		f.Attr = "knows"
	}
	if f.Attr == "has" || f.Attr == "lost" {
		l.Facts = slices.DeleteFunc(l.Facts, func(old Fact) bool {
			return old.Attr == "has" && FoldName(old.Value) == FoldName(f.Value) && (f.Attr == "has") == (old.Subject != f.Subject)
		})
	}
	for i, old := range l.Facts {
		if old.Subject != f.Subject || old.Attr != f.Attr {
			continue
		}
		if f.Attr != "knows" && f.Attr != "has" || old.Value == f.Value {
			l.Facts[i] = f
			return
		}
	}
	l.Facts = append(l.Facts, f)
}
