package llm

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Fallback picks the model that answers: the first of its lanes that can, and
// the next one if that fails. A book's own choice of provider or model stands
// above all; no other lane serves it. The sections of one chapter are written by
// one lane: if it fails for a while, the call fails too and is left for later;
// only if it can serve no more does another take over.
//
// Each provider has a circuit breaker: while it is open its lanes are passed over.
type Fallback struct {
	// Lanes are the models, in order of priority. A lane's name is the Name of
	// its Caps.
	Lanes []Model
	// Roles names the lanes that a role prefers, in order. The others come after
	// them in their own order.
	Roles map[Role][]string
	// Writer returns the name of the model that wrote the sections of a book
	// whose artefacts begin with prefix, "" if none did yet. It is asked when this
	// process does not remember; nil knows nothing.
	Writer func(ctx context.Context, book, prefix string) (string, error)

	pens pens

	mu       sync.Mutex
	breakers map[string]*breaker // by provider
	answered map[string]string   // by lane: the name under which it answered last
}

// Caps are those of the first lane.
func (f *Fallback) Caps() Caps {
	if len(f.Lanes) == 0 {
		return Caps{}
	}
	return f.Lanes[0].Caps()
}

// Stream asks the lanes one after the other until one answers. A model that
// refuses is asked once more, with softer words. The cost is that of all calls,
// also on error. If no lane answers, the first one's result and error speak.
func (f *Fallback) Stream(ctx context.Context, r Request, on func(Chunk) error) (Result, error) {
	lanes, held, err := f.choose(ctx, r)
	if err != nil {
		return Result{Cost: Free}, err
	}
	var (
		out      = relay{on: on}
		spent    = Free
		first    Result
		firstErr error
	)
	for i, lane := range lanes {
		res, err := f.ask(ctx, lane, r, &out)
		spent = spent.Plus(res.Cost)
		res.Cost = spent
		if err == nil && res.Finish != Refused {
			f.remember(r, lane, res)
			return res, nil
		}
		if i == 0 {
			first, firstErr = res, err
		}
		if err != nil && (out.err != nil || ctx.Err() != nil || !leavesOthers(err)) {
			return res, err
		}
		if held && i == 0 && !goneForGood(err) {
			return res, err
		}
	}
	first.Cost = spent
	return first, speakFor(firstErr, len(lanes)-1)
}

// leavesOthers reports whether another lane may do better.
func leavesOthers(err error) bool {
	switch c := ClassOf(err); c {
	case Quota, Auth, BadJSON:
		return true
	default:
		return c.Passing()
	}
}

// goneForGood reports whether a lane will fail until a person does something.
func goneForGood(err error) bool { return ClassOf(err) == Quota || ClassOf(err) == Auth }

// speakFor adds to the first lane's error that the others failed too.
func speakFor(err error, others int) error {
	var f *Fault
	if others == 0 || !errors.As(err, &f) {
		return err
	}
	hint := "the other models were asked too, in vain"
	if f.Problem.Hint != "" {
		hint = f.Problem.Hint + "; " + hint
	}
	return f.With(f.Problem.Detail, hint)
}

// ask has one lane answer, a second time with softer words if it refuses.
func (f *Fallback) ask(ctx context.Context, lane Model, r Request, out *relay) (Result, error) {
	res, err := f.call(ctx, lane, r, out)
	if err != nil || res.Finish != Refused {
		return res, err
	}
	soft, err := say(r.Blocks, "soften", nil)
	if err != nil {
		return res, err
	}
	r.Blocks = soft
	again, err := f.call(ctx, lane, r, out)
	again.Cost = res.Cost.Plus(again.Cost)
	return again, err
}

// call makes one call, if the provider's breaker lets it.
func (f *Fallback) call(ctx context.Context, lane Model, r Request, out *relay) (Result, error) {
	caps := lane.Caps()
	b := f.breaker(caps.Provider)
	probe, wait, ok := b.enter(time.Now())
	if !ok {
		return Result{Provider: caps.Provider, Model: caps.Model, Cost: Free}, b.fault(wait)
	}
	told, err := noSign, error(nil)
	defer func() { b.leave(time.Now(), probe, told, err) }()
	out.next()
	res, err := lane.Stream(ctx, r, out.to())
	if out.err == nil && ctx.Err() == nil {
		told = signOf(err)
	}
	return res, err
}

// signOf is what the outcome of a call tells about its provider. Too many
// requests tell nothing: our own limiter may have said so.
func signOf(err error) sign {
	switch ClassOf(err) {
	case Overloaded, Timeout, Truncated, Unreachable:
		return failing
	case BadJSON, Auth, Quota, Bad:
		return alive
	default:
		if err == nil {
			return alive
		}
		return noSign
	}
}

func (f *Fallback) breaker(provider string) *breaker {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.breakers == nil {
		f.breakers = map[string]*breaker{}
	}
	if f.breakers[provider] == nil {
		f.breakers[provider] = &breaker{}
	}
	return f.breakers[provider]
}

// remember keeps who wrote and how the lane calls itself.
func (f *Fallback) remember(r Request, lane Model, res Result) {
	name := lane.Caps().Name()
	f.mu.Lock()
	if f.answered == nil {
		f.answered = map[string]string{}
	}
	f.answered[name] = res.Provider + "/" + res.Model
	f.mu.Unlock()
	if c := chapterOf(r); c != "" {
		f.pens.keep(c, name)
	}
}
