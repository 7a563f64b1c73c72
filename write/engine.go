package write

import (
	"fmt"
	"slices"

	"quire/book"
	"quire/llm"
)

// Engine is one version of how books are made: for each preset its stages and
// its calls. A book stays on the engine that it was begun with, so a version
// never changes once a book may have begun with it.
type Engine struct {
	Version string
	Presets []Preset
}

// Preset is how much care a book gets.
type Preset struct {
	Name    string
	Stages  []string // of the book, by their names in the stage table
	Chapter []string // of each chapter
	Wave    int      // most chapters of a story that are written side by side; 0 is any number
	Rounds  int      // most rounds of checking and mending a chapter
	Passes  int      // most passes over the whole book
	Draws   int      // directions that a concept is chosen from
	Calls   []Call
}

// Call is one kind of question: what is asked, of whom, and within which bounds.
type Call struct {
	Name        string   `json:"name"`                  // of its prompt
	Version     int      `json:"version"`               // of its prompt
	Role        llm.Role `json:"role"`                  // by which a model is chosen
	Temperature float64  `json:"temperature,omitempty"` // 0 is the model's own
	Tokens      int      `json:"tokens,omitempty"`      // most of an answer, with reasoning; 0 follows from the words asked for
	Tries       int      `json:"tries"`                 // answers that may be refused before the stage fails
}

// How long answers that follow a schema may be, in tokens with reasoning.
const (
	shortAnswer = 4_000
	usualAnswer = 8_000
	longAnswer  = 16_000
)

// questions are those of every preset of engine 2.
var questions = []Call{
	{Name: "concept", Version: 2, Role: llm.Concept, Temperature: 0.9, Tokens: usualAnswer, Tries: 3},
	{Name: "bible", Version: 1, Role: llm.Bible, Temperature: 0.7, Tokens: longAnswer, Tries: 3},
	{Name: "outline", Version: 2, Role: llm.Outline, Temperature: 0.7, Tokens: longAnswer, Tries: 3},
	{Name: "stitch", Version: 1, Role: llm.Outline, Temperature: 0.3, Tokens: usualAnswer, Tries: 3},
	{Name: "beats", Version: 2, Role: llm.Beats, Temperature: 0.7, Tokens: usualAnswer, Tries: 3},
	{Name: "draft", Version: 2, Role: llm.Draft, Temperature: 0.8, Tries: 3},
	{Name: "more", Version: 1, Role: llm.Draft, Temperature: 0.8, Tries: 2},
	{Name: "tighten", Version: 1, Role: llm.Revise, Temperature: 0.4, Tries: 2},
	{Name: "warm", Version: 1, Role: llm.Draft, Tokens: 16, Tries: 1},
	{Name: "check", Version: 1, Role: llm.Check, Temperature: 0.2, Tokens: usualAnswer, Tries: 3},
	{Name: "mend", Version: 1, Role: llm.Revise, Temperature: 0.4, Tokens: usualAnswer, Tries: 3},
	{Name: "rewrite", Version: 1, Role: llm.Revise, Temperature: 0.7, Tries: 2},
	{Name: "span", Version: 1, Role: llm.Revise, Temperature: 0.7, Tries: 3},
	{Name: "observe", Version: 2, Role: llm.Observe, Temperature: 0.2, Tokens: usualAnswer, Tries: 3},
	{Name: "seam", Version: 1, Role: llm.Revise, Temperature: 0.4, Tokens: shortAnswer, Tries: 3},
	{Name: "judge", Version: 1, Role: llm.Check, Temperature: 0.1, Tokens: usualAnswer, Tries: 3},
	{Name: "vary", Version: 1, Role: llm.Revise, Temperature: 0.6, Tokens: shortAnswer, Tries: 2},
	{Name: "figure", Version: 1, Role: llm.Figure, Temperature: 0.2, Tokens: shortAnswer, Tries: 3},
	{Name: "matter", Version: 1, Role: llm.Matter, Temperature: 0.7, Tokens: usualAnswer, Tries: 3},
}

// engines are all engines, the newest last.
var engines = []Engine{{Version: "2", Presets: []Preset{
	{Name: book.PresetDraft,
		Stages:  []string{"concept", "outline", "beats", "waves", "draft", "matter", "bind", "report", "typeset"},
		Chapter: []string{"sections", "observe"}, Draws: 1, Calls: questions},
	{Name: book.PresetStandard,
		Stages:  []string{"concept", "bible", "outline", "beats", "waves", "draft", "review", "figures", "matter", "bind", "report", "typeset"},
		Chapter: []string{"sections", "polish", "observe"}, Wave: 4, Rounds: 1, Passes: 1, Draws: 3, Calls: questions},
	{Name: book.PresetBest,
		Stages:  []string{"concept", "bible", "outline", "beats", "waves", "draft", "review", "figures", "matter", "bind", "report", "typeset"},
		Chapter: []string{"sections", "polish", "observe"}, Wave: 1, Rounds: 2, Passes: 2, Draws: 3, Calls: questions},
}}}

// Newest is the engine that new books begin with.
func Newest() Engine { return engines[len(engines)-1] }

// imported is how a book is made that was written elsewhere: its text is there.
var imported = Preset{Name: "imported", Stages: []string{"bind", "typeset"}}

// preset is how a book is made. One from before there were engines goes on with
// the first of them.
func preset(b book.Book) Preset {
	if b.Brief.Imported {
		return imported
	}
	e := engines[0]
	if i := slices.IndexFunc(engines, func(e Engine) bool { return e.Version == b.Engine }); i >= 0 {
		e = engines[i]
	}
	name := b.Brief.Preset
	if name == "" {
		name = book.PresetStandard
	}
	i := slices.IndexFunc(e.Presets, func(p Preset) bool { return p.Name == name })
	if i < 0 {
		i = slices.IndexFunc(e.Presets, func(p Preset) bool { return p.Name == book.PresetStandard })
	}
	return e.Presets[i]
}

// has reports whether the preset has the stage, of the book or of a chapter.
func (p Preset) has(stage string) bool {
	return slices.Contains(p.Stages, stage) || slices.Contains(p.Chapter, stage)
}

// call is the named question.
func (p Preset) call(name string) (Call, error) {
	i := slices.IndexFunc(p.Calls, func(c Call) bool { return c.Name == name })
	if i < 0 {
		return Call{}, fmt.Errorf("preset %s has no call %q", p.Name, name)
	}
	return p.Calls[i], nil
}
