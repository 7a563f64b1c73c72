package llm

import (
	"context"
	"time"

	"quire/book"
)

// Try is one call over the wire, whatever came of it: what was paid for is
// counted also when the answer was of no use.
type Try struct {
	Key       string // of the journal
	Book      string
	Role      Role
	Artefact  string
	Revision  int
	Attempt   int
	Provider  string
	Model     string // that was asked
	ID        string // the provider's request ID, "" if it has none
	Outcome   string // the finish of the answer, or the class of the fault
	Usage     Usage
	Estimated bool // the provider did not say what was used
	Cost      Cost
	Began     time.Time
	First     time.Duration // until the first text, 0 if none came
	Took      time.Duration
}

// Tries keeps what calls have cost. The store implements it.
type Tries interface {
	// Record writes a try down for good. A book that was deleted meanwhile makes
	// it problem.Missing.
	Record(ctx context.Context, t Try) error
	// Spent is the known cost of all tries of a book.
	Spent(ctx context.Context, id string) (book.USD, error)
}
