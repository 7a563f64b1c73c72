// Package event is what happened, written down. This room is where every event
// kind and its data are defined, once: the log of a book tells its life to
// terminals, browsers and programs, while rows stay the truth.
//
// Next: blob
package event

import (
	"encoding/json"
	"fmt"
	"time"

	"quire/book"
)

// Kind names what happened: noun.participle.
type Kind string

// Event is one line of a book's log. Seq counts from 1 without gaps in the order
// in which the changes were saved.
type Event struct {
	Book book.ID         `json:"book"`
	Seq  int64           `json:"seq"`
	At   time.Time       `json:"at"`
	Kind Kind            `json:"kind"`
	Data json.RawMessage `json:"data"`
}

// Payload is the data of one kind of event.
type Payload interface {
	Kind() Kind
}

// Read puts the data of the event into a payload of its kind.
func Read[P Payload](e Event) (P, error) {
	var p P
	if e.Kind != p.Kind() {
		return p, fmt.Errorf("event %d of book %s is %s, not %s", e.Seq, e.Book, e.Kind, p.Kind())
	}
	if err := json.Unmarshal(e.Data, &p); err != nil {
		return p, fmt.Errorf("event %d of book %s: %w", e.Seq, e.Book, err)
	}
	return p, nil
}
