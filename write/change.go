package write

import (
	"encoding/json"
	"time"

	"quire/blob"
	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
)

// ErrLocked is why a change by a job is refused that would replace the text of a
// chapter that a person locked.
var ErrLocked = problem.New(problem.Conflict, "the chapter is locked, so its text stays as it is").Try("quire unlock lets it be changed")

// ErrTheirs is why a change by a job is refused that would replace words of a
// person, in the draft of the chapter that they belong to. It also is an
// ErrLocked: whoever minds the one minds the other.
var ErrTheirs = problem.New(problem.Conflict, "a person wrote the chapter's text, so it stays as it is").Because(ErrLocked).
	Try("quire regenerate has it written anew")

// Change is what one step does to a book. The store makes it one transaction:
// all of it happens, or nothing.
type Change struct {
	Name      string // what is saved, for reports of crash tests
	Book      book.ID
	Unit, Run string       // lease that must be held; Run "" is a person's change, which needs none
	From      []book.State // states from which the change is allowed; nil is any
	// Allow, if set, reports why the change may not be made of the book and its
	// chapters as they stand before it. It runs inside the transaction and must only
	// compute.
	Allow     func(b book.Book, chapters []book.Chapter) error
	Then      *Standing   // the book's new standing; nil leaves it
	Terms     *book.Terms // the book's new terms; nil leaves them
	Brief     *book.Brief // the book's new brief; nil leaves it
	Artefacts []Artefact
	Chapters  []book.Chapter // rows that are new or changed
	Pictures  []Picture
	Events    []event.Payload
	Jobs      []jobs.Job
	// Next, if set, orders more jobs from how the book and its chapters, in
	// reading order, stand after the change. It runs inside the transaction and
	// must only compute; chapters that it returns are saved too.
	Next func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter)
	// Leave ends the lease of Unit and Run: the rest is left to other jobs, which
	// may need it at once.
	Leave bool
	// Drop ends all leases of the book, so that work under way ends too.
	Drop bool
}

// Standing is where a book stands.
type Standing struct {
	State  book.State
	Stage  string // "" leaves it
	Title  string // "" leaves it
	Reason string
	Hint   string
}

// Picture is a picture of a book: the path that the manuscript names, and where
// its bytes lie.
type Picture struct {
	Path string
	Blob blob.Hash
}

// Artefact is a new revision of something that was made for a book.
type Artefact struct {
	Name   string // such as "outline" or "section/ch_1f2e3d4c/2"
	Body   any    // marshalled to JSON
	Inputs string // hash of what it was made from
	Author string // provider and model, or who edited
	Call   string // key in the journal, or ""
	// Base is the revision that it was made from. Saving it is problem.Conflict if
	// another one is current by then; 0 asks nothing.
	Base int
}

// Revision is one state of an artefact, without its body.
type Revision struct {
	Artefact string
	Number   int // from 1
	Current  bool
	Inputs   string
	Author   string // provider/model, a person as "person:name", or "" for code
	Call     string
	Created  time.Time
}

// artefacts are the current revisions of some artefacts by name.
type artefacts map[string]json.RawMessage

// read puts the named artefact into value and reports whether it was there.
func (a artefacts) read(name string, value any) (bool, error) {
	body, ok := a[name]
	if !ok {
		return false, nil
	}
	return true, json.Unmarshal(body, value)
}
