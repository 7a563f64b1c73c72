package llm

import (
	"context"
	"errors"
	"fmt"
	"time"

	"quire/problem"
)

// Meter measures each try over the wire and is the innermost wrapper: what was
// used, as the provider says or as we must guess, what that costs, and how long
// it took. Every try is recorded, also one that failed or was canceled.
type Meter struct {
	Model   Model
	Records Tries   // where tries are written down; nil is nowhere
	Gauge   *Gauge  // learns from what the provider counts; nil learns nothing
	Totals  *Totals // adds tries up for a summary; nil is none
}

// What a Try's outcome reads when an answer has neither finish nor class.
const (
	outcomeStopped = "stopped" // by the one who listened
	outcomeFailed  = "failed"  // for a reason that is no provider's
)

// Caps are those of the model.
func (m Meter) Caps() Caps { return m.Model.Caps() }

// Stream asks once. The result's Usage and Cost are those of the try, estimated
// where the provider did not say. If the try cannot be written down, that is
// returned as an error with the result, after two minutes of offering it.
func (m Meter) Stream(ctx context.Context, r Request, on func(Chunk) error) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{Cost: Free}, err
	}
	s := span{began: time.Now()}
	res, err := m.Model.Stream(ctx, r, s.hear(on))
	s.took = time.Since(s.began)
	caps := m.Model.Caps()
	estimated := m.measure(ctx, r, caps, &s, &res, err)
	t := Try{Book: r.Book, Role: r.Role, Artefact: r.Artefact, Revision: r.Revision, Attempt: r.Attempt,
		Provider: caps.Provider, Model: caps.Model, ID: res.ID, Outcome: s.outcome(ctx, res, err), Usage: res.Usage,
		Estimated: estimated, Cost: res.Cost, Began: s.began, First: s.first, Took: s.took}
	m.Totals.add(t, err == nil)
	if m.Records == nil {
		return res, err
	}
	if t.Key = r.Key; t.Key == "" {
		t.Key = Key(r)
	}
	if lost := m.record(ctx, t); lost != nil {
		return res, errors.Join(err, lost)
	}
	return res, err
}

// measure sets the usage and cost of a try, and reports whether any of it is an
// estimate.
func (m Meter) measure(ctx context.Context, r Request, caps Caps, s *span, res *Result, err error) (estimated bool) {
	name, letters := caps.Name(), max(len(res.Text), s.letters)
	if letters == 0 && res.Usage == (Usage{}) && unused(ctx, err) {
		res.Cost = Free
		return false
	}
	whole := res.Finish != ""
	if res.Usage.Input <= 0 {
		res.Usage.Input, estimated = m.Gauge.Input(name, r), true
	}
	// A stream that broke off has at best counted what came before its end.
	if !whole || res.Usage.Output <= 0 && letters > 0 {
		res.Usage.Output, estimated = max(res.Usage.Output, m.Gauge.Said(name, r, letters)), true
	}
	if whole && !estimated {
		m.Gauge.Learn(name, r, res.Usage)
	}
	res.Cost = caps.Price.Of(res.Usage)
	return estimated
}

// unused reports whether a try without text or usage has cost nothing: it was
// turned away with a status, never arrived, or failed before it was sent. One
// that timed out, broke off or was left may have been worked on.
func unused(ctx context.Context, err error) bool {
	var f *Fault
	if errors.As(err, &f) && f.Status >= 400 {
		return true
	}
	switch ClassOf(err) {
	case RateLimited, Overloaded, Unreachable, Auth, Quota, Bad, OverBudget:
		return true
	case "":
		return err != nil && ctx.Err() == nil
	default:
		return false
	}
}

// record writes a try down. A book that was deleted meanwhile needs no record.
func (m Meter) record(ctx context.Context, t Try) error {
	err := insist(ctx, func(ctx context.Context) error { return m.Records.Record(ctx, t) })
	if err != nil && !problem.Is(err, problem.Missing) {
		return fmt.Errorf("record of a call to %s: %w", t.Provider, err)
	}
	return nil
}

// span watches one stream.
type span struct {
	began   time.Time
	first   time.Duration // until the first text
	took    time.Duration
	letters int  // of the text that came
	stopped bool // by the listener
}

// hear passes chunks on and notes them.
func (s *span) hear(on func(Chunk) error) func(Chunk) error {
	return func(c Chunk) error {
		if s.letters == 0 && c.Text != "" {
			s.first = max(time.Since(s.began), 1)
		}
		s.letters += len(c.Text)
		if on == nil {
			return nil
		}
		err := on(c)
		s.stopped = s.stopped || err != nil
		return err
	}
}

// outcome names how a try ended.
func (s *span) outcome(ctx context.Context, res Result, err error) string {
	class := ClassOf(err)
	switch {
	case err == nil && res.Finish != "":
		return string(res.Finish)
	case err == nil:
		return string(Truncated)
	case class != "":
		return string(class)
	case s.stopped:
		return outcomeStopped
	case ctx.Err() != nil:
		return string(Canceled)
	default:
		return outcomeFailed
	}
}
