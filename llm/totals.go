package llm

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Totals adds up tries by model while the process lives. The zero value is
// empty; it is safe for concurrent use.
type Totals struct {
	mu     sync.Mutex
	models map[string]*tally
}

// Total is what one model has done and cost.
type Total struct {
	Provider string
	Model    string
	Calls    int            // tries over the wire
	Failed   map[string]int // by outcome, those that gave no answer
	Usage    Usage
	Cost     Cost
	Mean     time.Duration // of all answers, from question to end
	P95      time.Duration // of the last 256 answers
}

// CachedShare is the part of all question tokens that caches had, 0 to 1.
func (t Total) CachedShare() float64 {
	if t.Usage.Input <= 0 {
		return 0
	}
	return float64(t.Usage.CachedRead) / float64(t.Usage.Input)
}

// totalsRecent is of how many answers a percentile is taken.
const totalsRecent = 256

// tally is the running total of a model.
type tally struct {
	Total
	answers int
	sum     time.Duration
	took    [totalsRecent]time.Duration // a ring
}

// List returns the totals in the order of the models' names.
func (t *Totals) List() []Total {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	list := make([]Total, 0, len(t.models))
	for _, m := range t.models {
		list = append(list, m.total())
	}
	slices.SortFunc(list, func(a, b Total) int {
		return strings.Compare(a.Provider+"/"+a.Model, b.Provider+"/"+b.Model)
	})
	return list
}

// total is a copy with what is computed only when somebody looks.
func (m *tally) total() Total {
	out := m.Total
	out.Failed = maps.Clone(m.Failed)
	if m.answers == 0 {
		return out
	}
	out.Mean = m.sum / time.Duration(m.answers)
	last := slices.Clone(m.took[:min(m.answers, totalsRecent)])
	slices.Sort(last)
	out.P95 = last[(len(last)*95+99)/100-1] // nearest rank
	return out
}

func (t *Totals) add(try Try, answered bool) {
	if t == nil {
		return
	}
	name := try.Provider + "/" + try.Model
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.models[name]
	if m == nil {
		m = &tally{Total: Total{Provider: try.Provider, Model: try.Model, Failed: map[string]int{}, Cost: Free}}
		if t.models == nil {
			t.models = map[string]*tally{}
		}
		t.models[name] = m
	}
	m.Calls++
	m.Usage = m.Usage.plus(try.Usage)
	m.Cost = m.Cost.Plus(try.Cost)
	if !answered || try.Outcome == string(Truncated) {
		m.Failed[try.Outcome]++
		return
	}
	m.took[m.answers%totalsRecent] = try.Took
	m.answers++
	m.sum += try.Took
}

// plus adds two usages.
func (u Usage) plus(v Usage) Usage {
	return Usage{
		Input: u.Input + v.Input, CachedRead: u.CachedRead + v.CachedRead, CachedWrite: u.CachedWrite + v.CachedWrite,
		CachedHour: u.CachedHour + v.CachedHour, Output: u.Output + v.Output, Reasoning: u.Reasoning + v.Reasoning,
	}
}
