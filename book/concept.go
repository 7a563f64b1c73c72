package book

import (
	"strings"

	"quire/problem"
)

// Concept is the idea of a book: what it is about, who is in it and where.
// Fiction has a cast, places and things; nonfiction a promise to its reader.
type Concept struct {
	Title    string      `json:"title"`
	Subtitle string      `json:"subtitle,omitempty"`
	Logline  string      `json:"logline"`            // the book in one or two sentences
	Promise  string      `json:"promise,omitempty"`  // nonfiction: what the reader will be able to do
	Question string      `json:"question,omitempty"` // fiction: what the reader wants to know
	Setting  string      `json:"setting,omitempty"`
	Season   string      `json:"season,omitempty"`
	Motif    string      `json:"motif,omitempty"`  // an image that returns
	Ending   string      `json:"ending,omitempty"` // how the question is answered
	Themes   []string    `json:"themes,omitempty"`
	Cast     []Character `json:"cast,omitempty"`
	Places   []Place     `json:"places,omitempty"`
	Things   []Thing     `json:"things,omitempty"`

	Directions []Direction `json:"directions,omitempty"` // that the book could have taken, in the order they were drawn
	Chosen     int         `json:"chosen,omitempty"`     // which of them it takes, from 1; 0 is none of them
	Because    string      `json:"because,omitempty"`    // why that one
}

// Direction is one of several ways to make a book of a brief. What it is drawn
// from follows from the seed; a title and logline fill it.
type Direction struct {
	Structure string `json:"structure"`
	View      string `json:"view"` // whose eyes, which person and tense
	Motif     string `json:"motif"`
	Title     string `json:"title,omitempty"`
	Logline   string `json:"logline,omitempty"`
}

// Character is somebody in a story. IDs are short words, unique in the concept.
type Character struct {
	ID      string `json:"id"`
	Name    string `json:"name"`    // as the narrator uses it
	Full    string `json:"full"`    // with family name or title
	Pronoun string `json:"pronoun"` // she, he or they
	Role    string `json:"role"`    // protagonist, ally, rival, elder, child, stranger …
	Trade   string `json:"trade"`
	Want    string `json:"want"`
	Fear    string `json:"fear"`
	Look    string `json:"look"`
	Voice   string `json:"voice"` // how they speak
}

// Place is where scenes happen.
type Place struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Detail string `json:"detail"`
}

// Thing is an object that matters to the story.
type Thing struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Detail string `json:"detail"`
	Holder string `json:"holder,omitempty"` // ID of a character or place
}

// Check reports what a reply lacks to be a concept. A bad reply is unavailable:
// the maker did nothing wrong.
func (c Concept) Check(kind Kind) error {
	switch {
	case strings.TrimSpace(c.Title) == "":
		return badReply("the concept has no title")
	case !oneLine(c.Title) || !oneLine(c.Subtitle):
		return badReply("the title of the concept holds control characters")
	case strings.TrimSpace(c.Logline) == "":
		return badReply("the concept has no logline")
	case c.Chosen < 0 || c.Chosen > len(c.Directions):
		return badReply("the concept takes direction %d of %d", c.Chosen, len(c.Directions))
	case kind == Fiction && len(c.Cast) < 2:
		return badReply("the concept has fewer than two characters")
	case kind == Fiction && len(c.Places) == 0:
		return badReply("the concept has no place")
	}
	seen := map[string]bool{}
	for _, ch := range c.Cast {
		if ch.ID == "" || ch.Name == "" || seen[ch.ID] {
			return badReply("a character of the concept has no name or no id of its own")
		}
		seen[ch.ID] = true
	}
	return nil
}

// badReply is the failure of a model that answered something else than asked.
func badReply(detail string, args ...any) *problem.Error {
	return problem.New(problem.Unavailable, "the model's answer cannot be used: "+detail, args...)
}
