package llm

import (
	"math"
	"sync"
)

// Tokens estimates how many tokens a text has: a quarter of its letters, the
// usual rule of thumb for English (writing.md §5).
func Tokens(text string) int { return (len(text) + 3) / 4 }

// TokensOf estimates the tokens of all blocks of a request.
func TokensOf(r Request) int {
	n := 0
	for _, b := range r.Blocks {
		n += Tokens(b.Text)
	}
	return n
}

// Gauge learns from real usage what requests to a model weigh, so that limiter,
// budget and meter estimate alike. It forgets with the process. The zero value
// and nil know nothing yet and go by the rule of thumb; the methods are safe for
// concurrent use. Models are named as by Caps.Name.
type Gauge struct {
	mu     sync.Mutex
	models map[string]*weights
}

// weights are what is known of one model.
type weights struct {
	factor average // real tokens for each estimated one
	roles  map[Role]*habits
}

// habits are how calls of a role go with one model.
type habits struct {
	answer  average // tokens of an answer, with reasoning
	thought average // those of reasoning
	cached  average // share of the question that a cache had
}

// Bounds of what is learned.
const (
	factorLeast   = 0.5
	factorMost    = 3.0
	learnableFrom = 64 // estimated tokens; shorter questions are mostly envelope
	answerUnknown = 1024
	wordTokens    = 2 // tokens for each word hoped for, before anything is learned
)

// doubt is how far off the rule of thumb may be, as a mean deviation: four of
// them make half as much again.
const doubt = 0.125

// Input is the expected number of tokens of a question.
func (g *Gauge) Input(model string, r Request) int {
	return up(float64(weight(r)) * g.read(model, r.Role).factor.mean)
}

// InputMost is what the tokens of a question will hardly exceed.
func (g *Gauge) InputMost(model string, r Request) int {
	return up(float64(weight(r)) * g.read(model, r.Role).factor.high())
}

// Fresh is what the tokens of a question that no cache has will hardly exceed.
func (g *Gauge) Fresh(model string, r Request) int {
	k := g.read(model, r.Role)
	return up(float64(weight(r)) * k.factor.high() * (1 - min(k.cached.low(), 1)))
}

// Said is the expected number of tokens of an answer of which only the text came,
// perhaps not all: its own and the usual ones of reasoning.
func (g *Gauge) Said(model string, r Request, letters int) int {
	k := g.read(model, r.Role)
	return up(float64((letters+3)/4)*k.factor.mean + k.thought.mean)
}

// Answer is what the tokens of an answer will hardly exceed: MaxTokens where the
// request has it, else what answers to its role were like.
func (g *Gauge) Answer(model string, r Request) int {
	if r.MaxTokens > 0 {
		return r.MaxTokens
	}
	switch k := g.read(model, r.Role); {
	case k.answer.n > 0:
		return up(k.answer.high())
	case r.Words > 0:
		return wordTokens * r.Words
	default:
		return answerUnknown
	}
}

// Learn takes in what a whole answer has used, as the provider counted it.
func (g *Gauge) Learn(model string, r Request, u Usage) {
	if g == nil || u.Input <= 0 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	w := g.models[model]
	if w == nil {
		w = &weights{factor: guess, roles: map[Role]*habits{}}
		if g.models == nil {
			g.models = map[string]*weights{}
		}
		g.models[model] = w
	}
	if n := weight(r); n >= learnableFrom {
		w.factor.add(min(max(float64(u.Input)/float64(n), factorLeast), factorMost))
	}
	h := w.roles[r.Role]
	if h == nil {
		h = &habits{cached: average{dev: doubt}}
		w.roles[r.Role] = h
	}
	h.answer.add(float64(u.Output))
	h.thought.add(float64(u.Reasoning))
	h.cached.add(min(float64(u.CachedRead)/float64(u.Input), 1))
}

// known is a copy of what a Gauge knows of a model and a role.
type known struct {
	factor average
	habits
}

func (g *Gauge) read(model string, role Role) known {
	k := known{factor: guess}
	if g == nil {
		return k
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if w := g.models[model]; w != nil {
		k.factor = w.factor
		if h := w.roles[role]; h != nil {
			k.habits = *h
		}
	}
	return k
}

// weight is the rule of thumb for all that a question sends.
func weight(r Request) int { return TokensOf(r) + Tokens(string(r.Schema)) }

// average is a moving mean with its mean deviation, as TCP keeps of its round
// trips (V. Jacobson, Congestion Avoidance and Control, 1988; RFC 6298): the
// newest value weighs an eighth in the mean and a quarter in the deviation. The
// first value replaces the mean, and may be half off if nothing else was assumed;
// the next seven weigh as in a plain mean.
type average struct {
	mean, dev float64
	n         int
}

// guess is the factor of a model that nobody has asked yet.
var guess = average{mean: 1, dev: doubt}

func (a *average) add(x float64) {
	a.n++
	off := x - a.mean
	a.mean += off / float64(min(a.n, 8))
	switch {
	case a.n > 1:
		a.dev += (math.Abs(off) - a.dev) / 4
	case a.dev == 0:
		a.dev = x / 8
	}
}

// high is what values hardly exceed, low what they hardly fall below.
func (a average) high() float64 { return a.mean + 4*a.dev }
func (a average) low() float64  { return max(a.mean-4*a.dev, 0) }

func up(x float64) int { return int(math.Ceil(x - 1e-9)) }
