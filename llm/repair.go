package llm

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
)

// Repair makes sure that a structured answer follows its schema. What a program
// can mend without guessing it mends; else the answer is shown to a model once,
// with what is wrong with it; else another model is asked. Prose, refusals and
// answers that were cut off by their length pass as they are.
type Repair struct {
	Model Model

	mu     sync.Mutex
	shapes map[string]*shape // compiled schemas; beyond mostShapes they are all dropped
}

const (
	mostShapes = 64
	mostWhy    = 600  // bytes of a fault that a model is told
	coldest    = 0.01 // of a repair: 0 would be the model's own temperature
)

// Caps are those of the model.
func (p *Repair) Caps() Caps { return p.Model.Caps() }

// Stream asks up to three times. The cost is that of all calls, also on error.
// The chunks of a later call, and a text that was mended, begin with Again; the
// last answer's chunks together are the result's text. If no answer can be used
// the error is a Fault of class BadJSON that names the model.
func (p *Repair) Stream(ctx context.Context, r Request, on func(Chunk) error) (Result, error) {
	if len(r.Schema) == 0 {
		return p.Model.Stream(ctx, r, on)
	}
	s, err := p.shape(r.Schema)
	if err != nil {
		return Result{Cost: Free}, err
	}
	a := asking{model: p.Model, shape: s, out: relay{on: on}, spent: Free}
	res, done, err := a.ask(ctx, r)
	if done {
		return res, err
	}
	again, err := repairing(r, res.Text, a.why)
	if err != nil {
		return res, err
	}
	// A repair that is refused, cut off or too long for every model leaves the
	// other model to be asked; a call that failed has failed with all of them.
	second, done, err := a.ask(ctx, again)
	if useless := ClassOf(err) == Bad && a.out.err == nil || err == nil && second.Finish != Stop; done && !useless {
		return second, err
	}
	r.Skip = append(slices.Clone(r.Skip), a.failed...)
	res, done, err = a.ask(ctx, r)
	if done {
		return res, err
	}
	return res, NewFault(BadJSON, res.Provider+"/"+res.Model, errors.New("neither mending it nor asking again helped"))
}

// asking is one request on its way through several calls.
type asking struct {
	model  Model
	shape  *shape
	out    relay
	spent  Cost
	why    error    // what is wrong with the last answer; it may quote it
	failed []string // models whose answers were of no use
}

// ask makes one call. It is not done if the answer ended by itself and is not the
// JSON that was asked for.
func (a *asking) ask(ctx context.Context, r Request) (res Result, done bool, err error) {
	a.out.next()
	res, err = a.model.Stream(ctx, r, a.out.to())
	a.spent = a.spent.Plus(res.Cost)
	res.Cost = a.spent
	if err != nil || res.Finish != Stop {
		return res, true, err
	}
	text, wrong := a.shape.mend(res.Text)
	if wrong != nil {
		a.why = wrong
		if name := res.Provider + "/" + res.Model; !slices.Contains(a.failed, name) {
			a.failed = append(a.failed, name)
		}
		return res, false, nil
	}
	if text == res.Text {
		return res, true, nil
	}
	res.Text = text
	if say := a.out.to(); say != nil {
		a.out.next()
		err = say(Chunk{Text: text})
	}
	return res, true, err
}

// repairing is the request that shows a model a bad answer to r.
func repairing(r Request, answer string, why error) (Request, error) {
	because := why.Error()
	if len(because) > mostWhy {
		because = strings.ToValidUTF8(because[:mostWhy], "") + " …"
	}
	blocks, err := say(r.Blocks, "repair", struct{ Answer, Because string }{answer, because})
	r.Blocks, r.Temperature = blocks, coldest
	return r, err
}

// shape compiles a schema, or finds it compiled.
func (p *Repair) shape(schema json.RawMessage) (*shape, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.shapes[string(schema)]; s != nil {
		return s, nil
	}
	s, err := newShape(schema)
	if err != nil {
		return nil, err
	}
	if p.shapes == nil || len(p.shapes) >= mostShapes {
		p.shapes = map[string]*shape{}
	}
	p.shapes[string(schema)] = s
	return s, nil
}
