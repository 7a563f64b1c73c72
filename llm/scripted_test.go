package llm_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"quire/book"
	"quire/llm"
)

// does is what a provider does on one call: it may say something, and then ends
// the answer or fails.
type does struct {
	says     string
	finish   llm.Finish
	class    llm.Class     // "" is no fault
	wait     time.Duration // how long the provider wants to be left alone
	takes    time.Duration
	costs    book.USD
	unpriced bool
}

// cent is what each scripted answer costs, and each half of one.
const cent = book.Dollar / 100

func says(text string) does    { return does{says: text, finish: llm.Stop, costs: cent} }
func refuses(text string) does { return does{says: text, finish: llm.Refused, costs: cent} }
func runsOut(text string) does { return does{says: text, finish: llm.Length, costs: cent} }
func breaks(text string) does  { return does{says: text, class: llm.Truncated, costs: cent} }
func fails(c llm.Class) does   { return does{class: c} }
func told(wait time.Duration) does {
	return does{class: llm.RateLimited, wait: wait}
}

// times is n of one thing.
func times(n int, d does) (out []does) {
	for range n {
		out = append(out, d)
	}
	return out
}

// provider plays a script; what is not in it is a failure of ours.
type provider struct {
	caps   llm.Caps
	log    *calls
	as     string // the model's name in answers; "" is that of caps
	script []does

	mu    sync.Mutex
	asked []llm.Request
}

// calls lists the calls to all providers of a case, in order.
type calls struct {
	mu    sync.Mutex
	names []string
}

func (c *calls) add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names = append(c.names, name)
}

// String is the calls such as "openai/a×5 google/b".
func (c *calls) String() string {
	out := ""
	for i := 0; i < len(c.names); {
		n := 1
		for i+n < len(c.names) && c.names[i+n] == c.names[i] {
			n++
		}
		if out != "" {
			out += " "
		}
		out += c.names[i]
		if n > 1 {
			out += fmt.Sprintf("×%d", n)
		}
		i += n
	}
	return out
}

func (p *provider) Caps() llm.Caps { return p.caps }

func (p *provider) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	p.mu.Lock()
	n := len(p.asked)
	p.asked = append(p.asked, r)
	p.mu.Unlock()
	if p.log != nil {
		p.log.add(p.caps.Name())
	}
	res := llm.Result{Provider: p.caps.Provider, Model: p.caps.Model, Cost: llm.Free}
	if p.as != "" {
		res.Model = p.as
	}
	if n >= len(p.script) {
		return res, fmt.Errorf("call %d to %s is not in the script", n+1, p.caps.Name())
	}
	return p.play(ctx, p.script[n], res, on)
}

func (p *provider) play(ctx context.Context, d does, res llm.Result, on func(llm.Chunk) error) (llm.Result, error) {
	res.Text, res.Cost = d.says, llm.Cost{USD: d.costs, Known: !d.unpriced}
	if on != nil && d.says != "" {
		if err := on(llm.Chunk{Text: d.says}); err != nil {
			return res, err
		}
	}
	select {
	case <-ctx.Done():
		return res, llm.NewFault(llm.Canceled, p.caps.Provider, ctx.Err())
	case <-time.After(d.takes):
	}
	if d.class == "" {
		res.Finish = d.finish
		return res, nil
	}
	f := llm.NewFault(d.class, p.caps.Provider, errors.New("as the script says"))
	if d.wait > 0 {
		f = f.After(d.wait)
	}
	return res, f
}

// stack is the wrappers around providers, but for the journal. Chance always is
// a half, so that waiting times are exact.
func stack(lanes ...llm.Model) (*llm.Repair, *llm.Fallback) {
	f := &llm.Fallback{}
	for _, m := range lanes {
		f.Lanes = append(f.Lanes, llm.Retry{Model: m, Chance: func() float64 { return 0.5 }})
	}
	return &llm.Repair{Model: f}, f
}

// hearing notes a stream as "half|whole": a bar is where it began anew.
func hearing(into *string) func(llm.Chunk) error {
	return func(c llm.Chunk) error {
		if c.Again {
			*into += "|"
		}
		*into += c.Text
		return nil
	}
}

// section asks for prose, planned for a structured answer.
func section() llm.Request {
	task := llm.Task{Role: llm.Draft, Artefact: "section/ch_1/2", Revision: 1, Attempt: 1, Seed: 7, Words: 100}
	return llm.Request{Book: "bk", Role: llm.Draft, Artefact: task.Artefact, Revision: 1, Attempt: 1, Words: 100, MaxTokens: 500, Seed: 7,
		Temperature: 0.8, Blocks: []llm.Block{{Text: "Rules.\n", Mark: llm.HourLong}, {Text: "Write.\n" + task.String(), Mark: llm.NoMark}}}
}

func planned() llm.Request {
	r := section()
	r.Role, r.Artefact = llm.Outline, "outline"
	r.Blocks[1].Text = "Plan.\n" + llm.Task{Role: r.Role, Artefact: r.Artefact, Revision: 1, Attempt: 1, Seed: 7}.String()
	r.Schema = json.RawMessage(`{"type":"object","required":["title"],"properties":{"title":{"type":"string"},"words":{"type":"integer"}}}`)
	return r
}
