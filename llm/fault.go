package llm

import (
	"context"
	"errors"
	"time"

	"quire/problem"
)

// Class sorts what goes wrong with a call; wrappers act by it.
type Class string

// The classes of faults (writing.md §4.7). The first five may pass and are
// tried again; no other is.
const (
	RateLimited Class = "rate_limited" // over a limit of requests or tokens
	Overloaded  Class = "overloaded"   // 5xx: the provider fails for everybody
	Timeout     Class = "timeout"      // nothing came for too long
	Truncated   Class = "truncated"    // the stream ended without its terminator
	Unreachable Class = "unreachable"  // no connection
	BadJSON     Class = "bad_json"     // a structured answer that is none
	Auth        Class = "auth"         // no key, or one that is refused
	Quota       Class = "quota"        // the account has no money left
	Bad         Class = "invalid"      // the request or the address is wrong
	OverBudget  Class = "over_budget"  // our own cap
	Canceled    Class = "canceled"     // the caller left
)

// Passing reports whether the same call may work later.
func (c Class) Passing() bool {
	switch c {
	case RateLimited, Overloaded, Timeout, Truncated, Unreachable:
		return true
	default:
		return false
	}
}

// Fault is why a call failed: its class for the wrappers, and inside it the
// problem for everybody else, which names the provider and the cure.
type Fault struct {
	Class   Class
	Status  int // of HTTP; 0 without an answer
	Problem *problem.Error
}

// Error is the problem's sentence with its cause.
func (f *Fault) Error() string { return f.Problem.Error() }

// Unwrap returns the problem.
func (f *Fault) Unwrap() error { return f.Problem }

// ClassOf returns the class of the outermost fault in err; a context that ended
// is Canceled, anything else has none.
func ClassOf(err error) Class {
	var f *Fault
	switch {
	case errors.As(err, &f):
		return f.Class
	case errors.Is(err, context.Canceled):
		return Canceled
	default:
		return ""
	}
}

// NewFault makes a fault of a class with the usual sentence and hint; provider
// is a name as people know it, such as OpenAI, or the address of a server. The
// cause must hold no key.
func NewFault(class Class, provider string, cause error) *Fault {
	u, ok := usual[class]
	if !ok {
		u = usual[Bad]
	}
	p := problem.New(u.kind, u.detail, provider).Because(cause)
	if u.hint != "" {
		p = p.Try("%s", u.hint)
	}
	return &Fault{Class: class, Problem: p}
}

// With returns a copy of the fault with another sentence and hint.
func (f *Fault) With(detail, hint string) *Fault {
	c, p := *f, *f.Problem
	p.Detail, p.Hint = detail, hint
	c.Problem = &p
	return &c
}

// After returns a copy of the fault that says how long to wait.
func (f *Fault) After(wait time.Duration) *Fault {
	c := *f
	c.Problem = f.Problem.After(wait)
	return &c
}

// usual is how each class looks to those outside.
var usual = map[Class]struct {
	kind         problem.Kind
	detail, hint string
}{
	RateLimited: {problem.Limited, "%s is over its limit of requests or tokens a minute", "wait a little, or set a lower limit for the provider"},
	Overloaded:  {problem.Unavailable, "%s is failing at the moment", "try again in a few minutes, or use another provider"},
	Timeout:     {problem.Unavailable, "%s did not answer in time", "try again in a few minutes, or use another provider"},
	Truncated:   {problem.Unavailable, "the answer of %s broke off", "try again; if it happens often, look at what stands between here and the provider"},
	Unreachable: {problem.Unavailable, "%s cannot be reached", "look at the network and at the provider's base URL"},
	BadJSON:     {problem.Unavailable, "the answer of %s is not the JSON that was asked for", "use another model for this role: quire models lists those that follow a schema"},
	Auth:        {problem.Denied, "%s refused the key", "check the provider's key; quire config shows its last characters"},
	Quota:       {problem.Denied, "the account at %s has no credit left", "add credit there, or use another provider"},
	Bad:         {problem.Invalid, "%s refused the request", "quire models lists what can be used"},
	OverBudget:  {problem.Denied, "the budget for %s is used up", "go on with a higher --budget"},
	Canceled:    {problem.Canceled, "the call to %s was stopped", ""},
}
