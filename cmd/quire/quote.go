package main

import (
	"fmt"
	"strconv"
	"time"

	"quire/book"
	"quire/llm"
	"quire/write"
)

// quoteVerb tells what a book would cost.
type quoteVerb struct {
	briefFlags
	Provider string `help:"Provider that writes, such as anthropic; offline is the built-in author." placeholder:"NAME"`
	Model    string `help:"Model that writes, for every role." placeholder:"NAME"`
	JSON     bool   `help:"Print the quote as JSON."`
}

// Help shows how the verb is used.
func (*quoteVerb) Help() string {
	return `Tells what writing a book would cost and how long it would take, stage by stage, before anything is asked of a model.

Examples:
  quire quote "How to keep bees" --words 40000
  quire quote --outline plan.md --preset best --model claude-sonnet-5-5 --json`
}

// quotePage is a quote for programs. Costs are US dollars; null is unknown.
type quotePage struct {
	Chapters int          `json:"chapters"`
	Words    int          `json:"words"`
	Preset   string       `json:"preset"`
	Models   []string     `json:"models"`
	Calls    int          `json:"calls"`
	Input    int          `json:"input"`  // tokens
	Cached   int          `json:"cached"` // tokens of the input
	Output   int          `json:"output"` // tokens
	Cost     *float64     `json:"cost"`   // expected
	Low      *float64     `json:"low"`
	High     *float64     `json:"high"`
	Seconds  int          `json:"seconds"`
	Stages   []quoteStage `json:"stages"`
	Warnings []string     `json:"warnings"`
}

type quoteStage struct {
	Stage   string   `json:"stage"`
	Model   string   `json:"model"`
	Calls   int      `json:"calls"`
	Input   int      `json:"input"`
	Cached  int      `json:"cached"`
	Output  int      `json:"output"`
	Cost    *float64 `json:"cost"`
	Seconds int      `json:"seconds"`
}

// Run tells the quote.
func (v *quoteVerb) Run(s *session) error {
	brief, notes, err := v.brief(s)
	if err != nil {
		return err
	}
	sources, more, err := v.sources(s)
	if err != nil {
		return err
	}
	brief = write.Sourced(brief, sources)
	if err := brief.Check(); err != nil {
		return err
	}
	brief = brief.Settle()
	caps, err := s.quoted(asked{v.Provider, v.Model})
	if err != nil {
		return err
	}
	q := write.Estimate(brief, caps)
	if v.JSON {
		return s.json(quoteOf(brief, q))
	}
	s.introduce(brief)
	for _, n := range append(notes, more...) {
		s.say("note: %s", n)
	}
	return s.tellQuote(q)
}

// quoted says what the models can do that would be asked.
func (s *session) quoted(a asked) (func(llm.Role) llm.Caps, error) {
	r, err := s.config.providers(a, time.Now())
	if err != nil {
		return nil, err
	}
	if r.Offline {
		return func(llm.Role) llm.Caps { return s.model.Caps() }, nil
	}
	for _, note := range r.Notes {
		s.say("note: %s.", note)
	}
	return r.first, nil
}

func quoteOf(b book.Brief, q write.Quote) quotePage {
	page := quotePage{
		Chapters: b.Chapters, Words: b.Words, Preset: b.Preset, Models: q.Models, Calls: q.Calls, Input: q.Input, Cached: q.Cached, Output: q.Output,
		Cost: inDollars(q.Cost), Low: inDollars(q.Low), High: inDollars(q.High), Seconds: int(q.Time.Seconds()), Warnings: append([]string{}, q.Warnings...),
	}
	for _, l := range q.Stages {
		page.Stages = append(page.Stages, quoteStage{l.Name, l.Model, l.Calls, l.Input, l.Cached, l.Output, inDollars(l.Cost), int(l.Time.Seconds())})
	}
	return page
}

func inDollars(c llm.Cost) *float64 {
	if !c.Known {
		return nil
	}
	d := usd(c.USD)
	return &d
}

// tellQuote prints the quote as a table.
func (s *session) tellQuote(q write.Quote) error {
	t := s.table()
	t.row("STAGE", "MODEL", "CALLS", "TOKENS IN", "CACHED", "TOKENS OUT", "COST", "TIME")
	for _, l := range q.Stages {
		t.row(l.Name, l.Model, strconv.Itoa(l.Calls), thousands(round(l.Input)), thousands(round(l.Cached)), thousands(round(l.Output)), shownQuote(l.Cost), shownTime(l.Time))
	}
	t.row("all", "", strconv.Itoa(q.Calls), thousands(round(q.Input)), thousands(round(q.Cached)), thousands(round(q.Output)), shownQuote(q.Cost), shownTime(q.Time))
	if err := t.flush(); err != nil {
		return err
	}
	switch {
	case !q.Low.Known:
		s.say("  The price of a model is not known, so the cost is not either.")
	case q.High.USD == 0:
		s.say("  The built-in author and free models cost nothing.")
	default:
		s.say("  Expect %s; %s if much is read from caches, up to %s if nothing is and answers are long.", roughly(q.Cost.USD), roughly(q.Low.USD), roughly(q.High.USD))
	}
	for _, w := range q.Warnings {
		s.say("  warning: %s", w)
	}
	return nil
}

func shownQuote(c llm.Cost) string {
	switch {
	case !c.Known:
		return "unknown"
	case c.USD == 0:
		return "free"
	}
	return roughly(c.USD)
}

// shownTime is a time as people say it.
func shownTime(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", max(int(d.Seconds()), 1))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()+0.5))
	}
	return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
}
