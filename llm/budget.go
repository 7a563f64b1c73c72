package llm

import (
	"context"

	"quire/problem"
)

// Budget lets a call through when the purse can pay the most that it may cost.
//
// What it reserves is one whole try. A try that was turned away before anything
// was generated costs nothing, so most further tries are paid from the same
// reservation; one that did cost something could exceed it. Therefore a model
// that tries more than once should be a Repeater: before each further try what
// was used so far is settled and the try is reserved anew. For any other the
// reservation is for Tries tries. A Budget that stands inside Retry, around a
// Limiter or a Meter, sees one try at a time and needs neither.
type Budget struct {
	Model Model
	Purse *Purse
	Gauge *Gauge // what a question weighs; nil goes by the rule of thumb
	Tries int    // that a model may make which is no Repeater; 0 is one
}

// Repeater is a Model that may try more than once and asks before each further
// try; cost is that of all tries so far. An error from again ends the call and is
// returned. Result.Cost is that of all tries.
type Repeater interface {
	Model
	Repeat(ctx context.Context, r Request, on func(Chunk) error, again func(ctx context.Context, cost Cost) error) (Result, error)
}

// budgetSafety is how large the reservation for a question is, in percent of its
// estimate, beside what the Gauge adds for doubt.
const budgetSafety = 110

// An answer that neither the request nor the model bounds is bounded to this
// many tokens, so that its cost has an end.
const answerMost = 32 << 10

// Caps are those of the model.
func (b Budget) Caps() Caps { return b.Model.Caps() }

// Stream reserves, asks and settles. A call that fits only when others that are
// under way cost less than they may waits for them. One that cannot fit is an
// OverBudget fault, as is one of unknown price under a cap. A model that is known
// to be free needs no budget. A call whose cost is unknown afterwards has cost
// what was reserved for it.
func (b Budget) Stream(ctx context.Context, r Request, on func(Chunk) error) (res Result, err error) {
	caps := b.Model.Caps()
	if caps.Free() {
		return b.Model.Stream(ctx, r, on)
	}
	bounded, most := b.most(r, caps)
	h, err := b.Purse.reserve(ctx, r.Book, caps.Name(), most)
	if err != nil {
		return Result{Cost: Free}, err
	}
	defer func() { h.settle(ctx, res.Cost) }() // also when the model panics: then the cost is unknown
	if m, ok := b.Model.(Repeater); ok {
		return m.Repeat(ctx, bounded, on, h.again)
	}
	return b.Model.Stream(ctx, bounded, on)
}

// most is the most that a call may cost, and the request with a bound if nobody
// else has one.
func (b Budget) most(r Request, caps Caps) (Request, Cost) {
	if r.MaxTokens <= 0 && caps.MaxOutput <= 0 {
		r.MaxTokens = answerMost
	}
	answer := r.MaxTokens
	if answer <= 0 {
		answer = caps.MaxOutput
	}
	question := (b.Gauge.InputMost(caps.Name(), r)*budgetSafety + 99) / 100
	one := caps.Price.Most(question, answer)
	most := one
	if _, ok := b.Model.(Repeater); !ok {
		for range b.Tries - 1 {
			most = most.Plus(one)
		}
	}
	return r, most
}

// overBudget is the fault of a call that the purse does not pay.
func overBudget(hint, detail string, args ...any) *Fault {
	return &Fault{Class: OverBudget, Problem: problem.New(problem.Denied, detail, args...).Try("%s", hint)}
}
