package llm_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"quire/llm"
)

// How long a question or the beginning of an answer is on its way.
const (
	travelLeast = 20 * time.Millisecond
	travelMost  = 150 * time.Millisecond
)

// law is how a provider enforces a limit: it admits an amount or says when to
// come again, takes back what was not used after all, and tells what is left and
// when all of it will be.
type law interface {
	admit(n int, now time.Time) (back func(n int), again time.Duration)
	left(now time.Time) llm.Allowance
}

// sliding admits no more than most in any minute.
type sliding struct {
	most int
	sent []*charge
}

type charge struct {
	n  int
	at time.Time
}

func (s *sliding) used(now time.Time) (n int) {
	for len(s.sent) > 0 && now.Sub(s.sent[0].at) >= time.Minute {
		s.sent = s.sent[1:]
	}
	for _, c := range s.sent {
		n += c.n
	}
	return n
}

func (s *sliding) admit(n int, now time.Time) (func(int), time.Duration) {
	if s.used(now)+n > s.most {
		return nil, s.sent[0].at.Add(time.Minute).Sub(now)
	}
	c := &charge{n, now}
	s.sent = append(s.sent, c)
	return func(n int) { c.n -= n }, 0
}

func (s *sliding) left(now time.Time) llm.Allowance {
	a := llm.Allowance{Most: s.most, Left: s.most - s.used(now)}
	if len(s.sent) > 0 {
		a.Reset = s.sent[len(s.sent)-1].at.Add(time.Minute).Sub(now)
	}
	return a
}

// dripping is a token bucket: so deep, filled again in a minute by most.
type dripping struct {
	most, depth int
	level       float64
	at          time.Time
}

func (d *dripping) fill(now time.Time) {
	if d.at.IsZero() {
		d.level = float64(d.depth)
	} else {
		d.level = min(d.level+now.Sub(d.at).Minutes()*float64(d.most), float64(d.depth))
	}
	d.at = now
}

func (d *dripping) in(n float64) time.Duration {
	return time.Duration(n / float64(d.most) * float64(time.Minute))
}

func (d *dripping) admit(n int, now time.Time) (func(int), time.Duration) {
	d.fill(now)
	if missing := float64(n) - d.level; missing > 1e-6 {
		return nil, d.in(missing) + time.Millisecond
	}
	d.level -= float64(n)
	return func(n int) {
		d.fill(time.Now())
		d.level = min(d.level+float64(n), float64(d.depth))
	}, 0
}

func (d *dripping) left(now time.Time) llm.Allowance {
	d.fill(now)
	return llm.Allowance{Most: d.most, Left: int(d.level) + d.most - d.depth, Reset: d.in(float64(d.depth) - d.level)}
}

// simulated is a provider in this process: it counts requests and tokens by its
// laws, an answer's longest possible length until it is whole, and takes the time
// that a provider takes. Its tokens are not those of the rule of thumb.
type simulated struct {
	caps     llm.Caps
	silent   bool          // says nothing of its limits
	wordless bool          // names no time with a 429
	ratio    float64       // tokens for each of the rule of thumb
	work     time.Duration // from the first text to the end
	answer   int           // tokens of an answer, give or take a fifth

	mu       sync.Mutex
	requests law
	tokens   law
	refused  []time.Time
	served   []*served
	warned   time.Time // when every caller must have heard of the last 429
	closed   time.Time // until when it keeps callers away
	rude     int       // calls that came in between
}

type served struct {
	at     time.Time
	tokens int
}

func (p *simulated) Caps() llm.Caps { return p.caps }

func (p *simulated) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	if err := lapse(ctx, travelLeast, travelMost); err != nil {
		return llm.Result{}, err
	}
	question := int(float64(llm.TokensOf(r)) * p.ratio * (0.98 + 0.04*rand.Float64()))
	answer := min(int(float64(p.answer)*(0.8+0.4*rand.Float64())), r.MaxTokens)
	res, settle, err := p.admit(question, r.MaxTokens)
	if err != nil {
		_ = lapse(ctx, travelLeast, travelMost)
		return res, err
	}
	res.Usage.Input = question
	defer func() { settle(res.Usage) }()
	if err := lapse(ctx, 300*time.Millisecond, time.Second); err != nil {
		return res, err
	}
	for part := range 4 {
		if err := lapse(ctx, p.work/5, p.work*3/10); err != nil {
			return res, err
		}
		text := strings.Repeat("word", answer/4)
		res.Text, res.Usage.Output = res.Text+text, answer*(part+1)/4
		if err := on(llm.Chunk{Text: text}); err != nil {
			return res, err
		}
	}
	res.Finish = llm.Stop
	return res, nil
}

// admit counts a call or refuses it, and says what is left.
func (p *simulated) admit(question, most int) (res llm.Result, settle func(llm.Usage), err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if now.After(p.warned) && now.Before(p.closed) {
		p.rude++
	}
	res.Cost = llm.Free
	back, again := p.requests.admit(1, now)
	var give func(int)
	if back != nil {
		if give, again = p.tokens.admit(question+most, now); give == nil {
			back(1)
		}
	}
	if !p.silent {
		res.Limits = llm.Limits{Requests: p.requests.left(now), Tokens: p.tokens.left(now)}
	}
	if give != nil {
		s := &served{at: now}
		p.served = append(p.served, s)
		return res, func(u llm.Usage) {
			p.mu.Lock()
			defer p.mu.Unlock()
			give(most - u.Output)
			s.tokens = u.Input + u.Output
		}, nil
	}
	p.refused = append(p.refused, now)
	fault := llm.NewFault(llm.RateLimited, "Simulated", nil)
	fault.Status = 429
	if p.wordless {
		return res, nil, fault
	}
	p.warned, p.closed = now.Add(2*travelMost), now.Add(again)
	return res, nil, fault.After(again)
}

// between counts what was served in a stretch of time.
func (p *simulated) between(from, to time.Time) (requests, tokens int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.served {
		if !s.at.Before(from) && s.at.Before(to) {
			requests, tokens = requests+1, tokens+s.tokens
		}
	}
	return requests, tokens
}

// refusedSince counts the 429s from a moment on.
func (p *simulated) refusedSince(from time.Time) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, at := range p.refused {
		if !at.Before(from) {
			n++
		}
	}
	return n
}

// lapse lasts between two durations, or until ctx ends.
func lapse(ctx context.Context, least, most time.Duration) error {
	wait := least
	if most > least {
		wait += rand.N(most - least)
	}
	if wait <= 0 {
		return ctx.Err()
	}
	select {
	case <-ctx.Done():
		return llm.NewFault(llm.Canceled, "Simulated", ctx.Err())
	case <-time.After(wait):
		return nil
	}
}
