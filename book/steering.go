package book

// Steering is what a maker decided about a book while it is made.
type Steering struct {
	Approved  []string       `json:"approved,omitempty"`  // stages
	Redo      map[string]int `json:"redo,omitempty"`      // how often an artefact of the plan was asked for anew
	Direction int            `json:"direction,omitempty"` // of the concept, from 1; 0 leaves the choice to the author
}

// Waves is which chapters of a book are written side by side.
type Waves struct {
	Waves [][]ChapterID `json:"waves"`
	Most  int           `json:"most"` // chapters of a wave; 0 is any number
	Edges []Edge        `json:"edges,omitempty"`
}

// Edge says that one chapter needs what another makes true.
type Edge struct {
	From ChapterID `json:"from"`
	To   ChapterID `json:"to"`
	Why  string    `json:"why"` // fact or thread
}

// Snapshot is what is known after a wave: what the chapters of the next one share.
type Snapshot struct {
	Of     string  `json:"of"` // hash of what it was made from
	Ledger Ledger  `json:"ledger"`
	Pace   float64 `json:"pace"` // words that came for each word asked for, so far; 0 is not known
}

// Notes is what a maker wants of a chapter that is written anew, whole or in part.
type Notes struct {
	Text    string `json:"text"`
	Draft   int    `json:"draft"`             // of the chapter, that they are for
	Section int    `json:"section,omitempty"` // only this one is written anew, from 1; 0 is all
	From    int    `json:"from,omitempty"`    // only these paragraphs of the text are, from 1; 0 is all
	To      int    `json:"to,omitempty"`
	Was     string `json:"was,omitempty"` // passage of a changed text that the new section stands for
}

// Part reports whether only a part of the chapter is written anew.
func (n Notes) Part() bool { return n.Section > 0 || n.From > 0 }
