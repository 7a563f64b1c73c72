package quality

// Plan is what is known of a book beside its text. All of it may be empty; what
// needs a missing part is not measured.
type Plan struct {
	Words    int            // asked for the whole book
	Chapters map[string]Aim // by the ID of the chapter's text
	Names    []Name         // of the story bible
	Facts    []Fact         // of the ledger
	Terms    []string       // words of its glossary
	Banned   []string       // phrases that the author does not want
	Sources  []string       // texts that the author gave
}

// Aim is what one chapter should be.
type Aim struct {
	Words int      // asked; 0 is not known
	Beats []string // what should happen or be said in it, in words
}

// Name is somebody or something that the bible names.
type Name struct {
	Name    string
	Aliases []string
	Gone    int // number of the chapter after which they act no more; 0 is never
}

// Fact is something that must not change: the age, eyes or hair of somebody, or
// a number with its unit, such as "40 miles", for an attribute of a subject.
type Fact struct{ Subject, Attr, Value string }
