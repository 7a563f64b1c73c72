package book

import (
	"strings"
	"unicode/utf8"
)

// Bible is what a book keeps to: in fiction who its people are, what its places
// obey and which threads run through it, in nonfiction what its reader asks and
// which words and claims it uses. Characters, places and things have the IDs of
// the concept.
type Bible struct {
	Characters []Profile `json:"characters,omitempty"`
	Rules      []Law     `json:"rules,omitempty"` // of the world
	Timeline   []Moment  `json:"timeline,omitempty"`
	Threads    []Thread  `json:"threads,omitempty"`
	Style      Style     `json:"style"`
	Banned     []string  `json:"banned,omitempty"` // words and phrases that the book does without

	Reader       string   `json:"reader,omitempty"`       // nonfiction: who reads it, and what they know
	Perspectives []string `json:"perspectives,omitempty"` // nonfiction: whose questions it answers
	Questions    []string `json:"questions,omitempty"`    // nonfiction: what they ask, in order
	Glossary     []Term   `json:"glossary,omitempty"`
	Claims       []Claim  `json:"claims,omitempty"`
}

// Profile is a character beyond what the concept says.
type Profile struct {
	ID      string   `json:"id"`
	Aliases []string `json:"aliases,omitempty"` // other names that the text uses
	Age     string   `json:"age,omitempty"`     // at the beginning, such as 34; "" if it does not matter
	Need    string   `json:"need"`              // what they lack and do not know
	Wound   string   `json:"wound"`             // what made them so
	Arc     string   `json:"arc"`               // from what to what they change
	Voice   []string `json:"voice,omitempty"`   // rules of how they speak
}

// Law is a rule of the story's world, and what it costs to use or break it.
type Law struct {
	Rule string `json:"rule"`
	Cost string `json:"cost"`
}

// Moment is a point on the story's own calendar, before or in the book.
type Moment struct {
	When string `json:"when"`
	What string `json:"what"`
}

// Thread is something that is planted in one chapter and paid for in a later one.
type Thread struct {
	ID     string `json:"id"` // a short word, unique in the bible
	What   string `json:"what"`
	Plant  int    `json:"plant"`  // number of the chapter, from 1
	Payoff int    `json:"payoff"` // number of the chapter; at least Plant
}

// Style is how the book is told.
type Style struct {
	Person   string   `json:"person,omitempty"` // third close, first …
	Tense    string   `json:"tense,omitempty"`
	Spelling string   `json:"spelling,omitempty"` // British, American …
	Register string   `json:"register,omitempty"`
	Notes    []string `json:"notes,omitempty"`
}

// Term is a word that the book explains.
type Term struct {
	Word    string `json:"word"`
	Meaning string `json:"meaning"`
}

// Claim is something that a nonfiction book says is so. Sources are IDs of
// passages; without any, the claim is marked as one that needs a source.
type Claim struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	Sources []string `json:"sources,omitempty"`
}

// mostAlike is up to how many letters two names of a story may differ and still
// be taken for one another.
const mostAlike = 1

// Check reports what a reply lacks to be the bible of a concept with so many
// chapters.
func (b Bible) Check(c Concept, chapters int) error {
	known := map[string]bool{}
	for _, ch := range c.Cast {
		known[ch.ID] = true
	}
	seen := map[string]bool{}
	for _, p := range b.Characters {
		if !known[p.ID] || seen[p.ID] {
			return badReply("the bible has a character %q that the concept does not have, or has twice", p.ID)
		}
		seen[p.ID] = true
	}
	for _, l := range b.Rules {
		if strings.TrimSpace(l.Rule) == "" || strings.TrimSpace(l.Cost) == "" {
			return badReply("a rule of the bible has no cost")
		}
	}
	threads := map[string]bool{}
	for _, t := range b.Threads {
		switch {
		case t.ID == "" || threads[t.ID]:
			return badReply("a thread of the bible has no id of its own")
		case t.Plant < 1 || t.Payoff < t.Plant || t.Payoff > chapters:
			return badReply("the thread %q is planted in chapter %d and paid for in chapter %d of %d", t.ID, t.Plant, t.Payoff, chapters)
		}
		threads[t.ID] = true
	}
	claims := map[string]bool{}
	for _, cl := range b.Claims {
		if cl.ID == "" || claims[cl.ID] || strings.TrimSpace(cl.Text) == "" {
			return badReply("a claim of the bible has no text or no id of its own")
		}
		claims[cl.ID] = true
	}
	return nil
}

// CheckNames reports two people of a story whose names a reader would take for
// one another, unless both stand in the words of the brief.
func (c Concept) CheckNames(b Brief) error {
	given := strings.ToLower(b.Topic + " " + b.Premise + " " + b.Title)
	for i, x := range c.Cast {
		for _, y := range c.Cast[:i] {
			theirs := strings.Contains(given, strings.ToLower(x.Name)) && strings.Contains(given, strings.ToLower(y.Name))
			if Alike(x.Name, y.Name) && !theirs {
				return badReply("the names %q and %q are too much alike", y.Name, x.Name)
			}
		}
	}
	return nil
}

// Alike reports whether a reader would take two names for one another: they are
// the same, or one letter apart and longer than three.
func Alike(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return a == b || min(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) > 3 && letters(a, b) <= mostAlike
}
