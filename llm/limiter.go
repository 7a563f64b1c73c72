package llm

import (
	"context"
	"errors"
)

// Limiter lets a call through when the provider's limits have room for it. It
// stands around a Meter, whose usage it needs, and never tries again: a fault is
// returned as it is, after the Bucket has heard of it.
type Limiter struct {
	Model  Model
	Bucket *Bucket // shared by all calls to the model with the same key
	Gauge  *Gauge  // what a call may use; nil goes by the rule of thumb
}

// errNotReturned stands for the error of a call that has not returned.
var errNotReturned = errors.New("the call has not returned")

// Caps are those of the model.
func (l Limiter) Caps() Caps { return l.Model.Caps() }

// Stream waits its turn, or until ctx ends, and asks. What was never sent costs
// nothing.
func (l Limiter) Stream(ctx context.Context, r Request, on func(Chunk) error) (res Result, err error) {
	name := l.Model.Caps().Name()
	need := l.need(name, r)
	t, err := l.Bucket.take(ctx, need, name)
	if err != nil {
		return Result{Cost: Free}, err
	}
	err = errNotReturned
	defer func() { l.Bucket.give(t, ended(need, res, err)) }()
	begun := false
	res, err = l.Model.Stream(ctx, r, func(c Chunk) error {
		if !begun {
			begun = true
			l.Bucket.hear(t)
		}
		if on == nil {
			return nil
		}
		return on(c)
	})
	return res, err
}

// need is what a call may use at most.
func (l Limiter) need(name string, r Request) amounts {
	question, answer := l.Gauge.InputMost(name, r), l.Gauge.Answer(name, r)
	return amounts{ofRequests: 1, ofTokens: question + answer, ofInput: l.Gauge.Fresh(name, r), ofOutput: answer}
}

// ended sums up a call: what it used, or what it might have if nobody knows.
func ended(need amounts, res Result, err error) ending {
	o := ending{used: need, limits: res.Limits, class: ClassOf(err), ok: err == nil}
	switch u := res.Usage; {
	case u != Usage{}:
		o.used = amounts{ofRequests: 1, ofTokens: u.Input + u.Output, ofInput: max(u.Input-u.CachedRead, 0), ofOutput: u.Output}
	case o.class != "" || res.Cost == Free:
		o.used = amounts{ofRequests: 1}
	}
	var f *Fault
	if errors.As(err, &f) {
		o.wait = f.Problem.Wait
	}
	return o
}
