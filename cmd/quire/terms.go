package main

import (
	"bufio"
	"reflect"
	"strings"
	"time"

	"quire/book"
	"quire/llm"
	"quire/problem"
	"quire/write"
)

// termsFlags say by whom and for how much a book is written.
type termsFlags struct {
	Provider string `help:"Who writes: anthropic, openai, google, or offline for the built-in author. Default: the first that has a key." placeholder:"NAME"`
	Model    string `help:"Model for every role; quire models lists them." placeholder:"NAME"`
	Budget   string `help:"Dollars it may cost, or none for no limit." placeholder:"USD"`
	Yes      bool   `short:"y" help:"Do not ask before money is spent."`
}

// none lifts a budget.
const none = "none"

// terms are those of a new book: what the flags say, else the settings. What
// costs money comes with a quote, which must be agreed to; nil costs nothing.
func (v *termsFlags) terms(s *session, brief book.Brief) (book.Terms, *write.Quote, error) {
	r, err := s.config.providers(asked{v.Provider, v.Model}, time.Now())
	if err != nil {
		return book.Terms{}, nil, err
	}
	most, given, err := v.budget()
	if err != nil || r.Offline {
		return book.Terms{Provider: book.BuiltIn}, nil, err
	}
	for _, note := range r.Notes {
		s.say("note: %s.", note)
	}
	t := book.Terms{Provider: v.Provider, Model: v.Model, Budget: most}
	quote := write.Estimate(brief, r.first)
	if quote.Low.Known && quote.High.USD == 0 {
		return t, nil, nil // every model is free
	}
	if !given {
		usual := book.USD(s.config.Budget)
		t.Budget = &usual
	}
	return t, &quote, enough(quote, t.Budget)
}

// budget reads the flag; nil is no limit, given says that the flag was there.
func (v *termsFlags) budget() (most *book.USD, given bool, err error) {
	switch {
	case v.Budget == "":
		return nil, false, nil
	case strings.EqualFold(v.Budget, none):
		return nil, true, nil
	}
	usd, err := book.ParseUSD(v.Budget)
	if err != nil {
		return nil, true, problem.New(problem.Invalid, "--budget must be an amount of dollars up to %s, not %q", thousands(int(book.MostUSD/book.Dollar)), v.Budget).
			Because(err).Try("write it like 5 or 2.50, or none for no limit")
	}
	return &usd, true, nil
}

// enough refuses a budget for which nothing can be written.
func enough(q write.Quote, most *book.USD) error {
	switch {
	case most == nil:
		return nil
	case *most == 0:
		return problem.New(problem.Invalid, "a budget of 0 pays for no model").Try("give a --budget, or take --provider offline for the built-in author, who costs nothing")
	case !q.Low.Known:
		return problem.New(problem.Invalid, "what the book will cost is not known, so no budget can be kept").
			Try("tell the price in the file that QUIRE_MODELS_FILE names, or write without a limit: --budget none")
	default:
		return nil
	}
}

// agree tells what a book is expected to cost. A person at a terminal is asked
// whether it may; a program learns how much it may.
func (v *termsFlags) agree(s *session, q write.Quote, most *book.USD) error {
	cost := "unknown, for want of a price"
	if q.Low.Known {
		cost = roughly(q.Low.USD) + " to " + roughly(q.High.USD)
	}
	s.say("  quote: %s; %s, about %s in and %s out, by %s", cost, count(q.Calls, "call"), count(round(q.Input), "token"), thousands(round(q.Output)), strings.Join(q.Models, ", "))
	if most != nil && q.Low.Known && *most < q.Low.USD {
		s.say("  note: a budget of %s will hardly do; a book that pauses can go on with a higher one", *most)
	}
	if v.Yes || !s.asks {
		s.say("  budget: %s", shownBudget(most))
		return nil
	}
	return s.askWhether(most)
}

// roughly is an amount as people say it: to the cent, below ten cents in two
// digits.
func roughly(u book.USD) string {
	if u < book.Dollar/10 {
		u = book.USD(round(int(u)))
	}
	return u.String()
}

// round leaves two digits of a number.
func round(n int) int {
	unit := 1
	for n/unit >= 100 {
		unit *= 10
	}
	return (n + unit/2) / unit * unit
}

func shownBudget(most *book.USD) string {
	if most == nil {
		return "no limit"
	}
	return most.String() + "; the book pauses when it is used up"
}

// askWhether asks a person whether money may be spent.
func (s *session) askWhether(most *book.USD) error {
	limit := "without a limit"
	if most != nil {
		limit = "for at most " + most.String()
	}
	s.prompt("  Write it %s? [y/N] ", limit)
	line, err := bufio.NewReader(s.in).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes":
		return nil
	}
	if err != nil {
		s.say("")
	}
	return problem.New(problem.Canceled, "nothing was begun and nothing was spent").Try("--budget sets another limit, --provider offline costs nothing")
}

// settle lets the house ask those who write a book that stands, on other terms
// where the flags say so.
func (v *termsFlags) settle(s *session, h *house, id book.ID) error {
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	t, err := v.changed(s, b)
	if err != nil {
		return err
	}
	if err := s.hire(h, t); err != nil {
		return err
	}
	if reflect.DeepEqual(t, b.Terms) {
		return nil
	}
	return h.writer.Agree(s.ctx, id, t)
}

// changed is a book's terms with what the flags say. One of the built-in author
// is quoted like a new one before it goes on with a model.
func (v *termsFlags) changed(s *session, b book.Book) (book.Terms, error) {
	t := b.Terms
	most, given, err := v.budget()
	if err != nil {
		return t, err
	}
	switch {
	case v.Provider == "" && v.Model == "":
	case t.Provider == book.BuiltIn:
		fresh, quote, err := v.terms(s, b.Brief)
		if err != nil || quote == nil {
			return fresh, err
		}
		return fresh, v.agree(s, *quote, fresh.Budget)
	default:
		r, err := s.config.providers(asked{v.Provider, v.Model}, time.Now())
		if err != nil {
			return t, err
		}
		if r.Offline {
			return book.Terms{Provider: book.BuiltIn}, nil
		}
		for _, note := range r.Notes {
			s.say("note: %s.", note)
		}
		t.Provider, t.Model = v.Provider, v.Model
	}
	if given && t.Provider != book.BuiltIn {
		t.Budget = most
	}
	return t, nil
}

// first is the model that a role is asked of first.
func (r roster) first(role llm.Role) llm.Caps {
	names := r.Roles[role]
	for _, l := range r.Lanes {
		if len(names) == 0 || l.Name() == names[0] {
			return l.Caps
		}
	}
	return llm.Caps{}
}
