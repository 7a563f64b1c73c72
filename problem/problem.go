// Package problem sorts failures. This room is where every failure that a
// person or a program must tell apart gets a kind, one sentence for people, a
// hint and a cause; the doors turn the kind into an exit code, an HTTP status
// (RFC 9457) or a job's fate.
//
// Next: book
package problem

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Kind says what a failure means to those outside; it alone decides exit code,
// HTTP status and what a job does next.
type Kind string

// The kinds of failure. The table in docs/architecture.md tells what each does.
const (
	Invalid         Kind = "invalid"         // the sender can fix it
	Unauthenticated Kind = "unauthenticated" // nobody is signed in
	Denied          Kind = "denied"          // not allowed
	Missing         Kind = "missing"         // not there, or not theirs to see
	Conflict        Kind = "conflict"        // clashes with what is there
	Limited         Kind = "limited"         // over a limit; later may work
	Unavailable     Kind = "unavailable"     // somebody we depend on failed
	Canceled        Kind = "canceled"        // the caller left or we are closing
	Internal        Kind = "internal"        // our own fault
)

// Error is a sorted failure. Detail is one sentence for people and never holds
// paths, keys or driver text; Hint says what to do next; Cause is for us.
type Error struct {
	Kind   Kind
	Detail string
	Hint   string
	Wait   time.Duration // with Limited: when to come again; 0 if nobody said
	Cause  error
}

// New makes a failure of a kind; detail may use the verbs of fmt.Sprintf.
func New(kind Kind, detail string, args ...any) *Error {
	if len(args) > 0 {
		detail = fmt.Sprintf(detail, args...)
	}
	return &Error{Kind: kind, Detail: detail}
}

// Because returns a copy of e that carries the cause.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.Cause = cause
	return &c
}

// Try returns a copy of e that carries a hint, one sentence of what to do next.
func (e *Error) Try(hint string, args ...any) *Error {
	c := *e
	if len(args) > 0 {
		hint = fmt.Sprintf(hint, args...)
	}
	c.Hint = hint
	return &c
}

// After returns a copy of e that says how long to wait before coming again.
func (e *Error) After(wait time.Duration) *Error {
	c := *e
	c.Wait = wait
	return &c
}

// Error is the detail with its cause, for logs; people are shown Detail.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Detail
	}
	return e.Detail + ": " + e.Cause.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Of returns the outermost problem in err. A context that ended is Canceled,
// anything else unsorted is Internal; nil stays nil.
func Of(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, context.Canceled):
		return New(Canceled, "the work was stopped").Because(err)
	case errors.Is(err, context.DeadlineExceeded):
		return New(Unavailable, "the work took too long").Because(err)
	default:
		return New(Internal, "something went wrong inside quire").Because(err)
	}
}

// Is reports whether the outermost problem in err is of the kind.
func Is(err error, kind Kind) bool { return err != nil && Of(err).Kind == kind }
