// Package book defines a book and all artefacts of its making. This room is
// where the nouns live: brief, concept, outline, beats, section, chapter,
// ledger, manuscript and the states of a book, each with the rules that make
// it sound; nothing here reads, writes or asks.
//
// Next: event
package book

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// ID names a book in a library: "bk_" and twelve hexadecimal digits.
type ID string

// NewID draws an ID from random, which must yield at least six bytes.
func NewID(random io.Reader) (ID, error) {
	var b [6]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("draw a book's id: %w", err)
	}
	return ID("bk_" + hex.EncodeToString(b[:])), nil
}

// Kind is fiction or nonfiction; "" is not decided yet.
type Kind string

// The kinds of book.
const (
	Fiction    Kind = "fiction"
	Nonfiction Kind = "nonfiction"
)

// Book is the row of a book: what is true of the whole. Its artefacts and
// chapters are kept beside it under its ID.
type Book struct {
	ID      ID
	Title   string
	Brief   Brief
	Terms   Terms
	State   State
	Stage   string   // the stage that runs or ran last, "" before the first
	Engine  string   // version of the stages and prompts that it was begun with
	Outputs []string // files that the maker asked for, absolute paths
	Reason  string   // why it failed or stands still, one sentence, or ""
	Hint    string   // what to do about Reason, or ""
	Seq     int64    // number of the last event
	Created time.Time
	Changed time.Time
	Ended   time.Time // when it reached finished or partial; zero before
}

// Date is the date that goes into editions, as YYYY-MM-DD: the brief's, else
// the day on which the book was finished, else "".
func (b Book) Date() string {
	if b.Brief.Date != "" || b.Ended.IsZero() {
		return b.Brief.Date
	}
	return b.Ended.UTC().Format(time.DateOnly)
}

// State is where a book stands.
type State string

// The states of a book. A book moves while it is queued or running; waiting
// needs a person; partial is finished but for chapters that failed.
const (
	Draft    State = "draft"
	Queued   State = "queued"
	Running  State = "running"
	Waiting  State = "waiting"
	Paused   State = "paused"
	Partial  State = "partial"
	Failed   State = "failed"
	Finished State = "finished"
	Canceled State = "canceled"
)

// Moving reports whether work on the book is due or under way.
func (s State) Moving() bool { return s == Queued || s == Running }

// Ended reports whether nothing more happens to the book unasked.
func (s State) Ended() bool {
	return s == Partial || s == Failed || s == Finished || s == Canceled
}

// Derive returns n hexadecimal digits that follow from the parts alone, so that
// names and seeds are the same on every machine and in every run.
func Derive(n int, parts ...any) string {
	h := sha256.New()
	for _, p := range parts {
		text := fmt.Sprint(p)
		// Writing to a hash never fails.
		_, _ = fmt.Fprintf(h, "%d:%s|", len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil))[:n]
}
