package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"quire/book"
	"quire/llm"
	"quire/problem"
)

// modelsVerb shows who writes.
type modelsVerb struct {
	Test     bool   `help:"Ask each model whether it answers. It costs nothing."`
	All      bool   `help:"List every model that quire knows, instead of those in use."`
	Provider string `help:"As quire write would have it: anthropic, openai, google or offline." placeholder:"NAME"`
	Model    string `help:"As quire write would have it." placeholder:"NAME"`
	JSON     bool   `help:"Print JSON."`
}

// checkTime is how long a model may take to say that it is there.
const checkTime = 10 * time.Second

// providerLine is a provider in a list.
type providerLine struct {
	Name     string `json:"name"`
	Address  string `json:"address,omitempty"`
	Key      string `json:"key,omitempty"` // its last characters
	Official bool   `json:"official"`
	Requests int    `json:"requests_per_minute,omitempty"`
	Tokens   int    `json:"tokens_per_minute,omitempty"`
}

// modelLine is a model in a list.
type modelLine struct {
	Name        string     `json:"name"`
	Roles       []llm.Role `json:"roles,omitempty"`
	Price       *priceLine `json:"price"` // null is unknown
	Context     int        `json:"context,omitempty"`
	MaxOutput   int        `json:"max_output,omitempty"`
	Schema      bool       `json:"schema"`
	Temperature bool       `json:"temperature"`
	Note        string     `json:"note,omitempty"`
	Source      string     `json:"source,omitempty"`
	Date        string     `json:"date,omitempty"`
	Answers     *bool      `json:"answers,omitempty"`
	Reason      string     `json:"reason,omitempty"`
	Hint        string     `json:"hint,omitempty"`
}

// priceLine is a price, in dollars for a million tokens.
type priceLine struct {
	Input       float64 `json:"input"`
	CachedRead  float64 `json:"cached_read"`
	CachedWrite float64 `json:"cached_write"`
	CachedHour  float64 `json:"cached_hour"`
	Output      float64 `json:"output"`
	LongFrom    int     `json:"long_from,omitempty"` // tokens of a question; then input and output are these
	LongInput   float64 `json:"long_input,omitempty"`
	LongOutput  float64 `json:"long_output,omitempty"`
}

// modelsPage is what the verb tells.
type modelsPage struct {
	Offline   bool           `json:"offline"`
	Providers []providerLine `json:"providers"`
	Models    []modelLine    `json:"models"`
	Notes     []string       `json:"notes,omitempty"`
	Source    string         `json:"source"` // of prices, where a model names no other
	Date      string         `json:"date"`
	lanes     []lane
	kind      problem.Kind // of the first model that does not answer
}

// Run prints the page. If a model that was tested does not answer, the exit
// code says so.
func (v *modelsVerb) Run(s *session) error {
	r, err := s.config.providers(asked{v.Provider, v.Model}, time.Now())
	if err != nil {
		return err
	}
	page := v.page(r)
	if v.Test {
		if err := s.test(&page); err != nil {
			return err
		}
	}
	if v.JSON {
		err = s.json(page)
	} else {
		err = s.tellModels(page, v.All)
	}
	if err == nil && page.kind != "" {
		return errShown{page.kind}
	}
	return err
}

func (v *modelsVerb) page(r roster) modelsPage {
	page := modelsPage{Offline: r.Offline, Providers: []providerLine{}, Models: []modelLine{}, Notes: r.Notes, Source: r.Catalog.Source, Date: r.Catalog.Date}
	for _, p := range r.Providers {
		page.Providers = append(page.Providers, providerLine{p.Name, p.Base, p.Key.Hint(), p.Official, p.Limit.Requests, p.Limit.Tokens})
	}
	if v.All && !v.Test {
		for _, l := range r.Catalog.All() {
			page.Models = append(page.Models, lineOf(lane{Caps: l.Caps, Note: l.Note, Source: l.Source, Date: l.Date}))
		}
		return page
	}
	lanes := slices.Clone(r.Lanes)
	slices.SortStableFunc(lanes, func(a, b lane) int { return r.place(a) - r.place(b) })
	for _, l := range lanes {
		line := lineOf(l)
		for _, role := range llm.Roles() {
			if slices.Contains(r.Roles[role], l.Name()) {
				line.Roles = append(line.Roles, role)
			}
		}
		page.Models, page.lanes = append(page.Models, line), append(page.lanes, l)
	}
	return page
}

// shownRoles lists roles; those that plan a book are one, where all of them are
// there.
func shownRoles(roles []llm.Role) string {
	planning := []llm.Role{llm.Concept, llm.Bible, llm.Outline, llm.Beats}
	for _, role := range planning {
		if !slices.Contains(roles, role) {
			return joined(roles)
		}
	}
	rest := slices.DeleteFunc(slices.Clone(roles), func(r llm.Role) bool { return slices.Contains(planning, r) })
	return joined(append([]llm.Role{"plan"}, rest...))
}

// place is where the provider of a lane stands.
func (r *roster) place(l lane) int { return slices.IndexFunc(r.Providers, l.Provider.is) }

func lineOf(l lane) modelLine {
	line := modelLine{
		Name: l.Name(), Context: l.Context, MaxOutput: l.MaxOutput, Schema: l.Schema, Temperature: l.Temperature,
		Note: l.Note, Source: l.Source, Date: l.Date,
	}
	if p := l.Price; p.Known {
		line.Price = &priceLine{
			Input: usd(p.Input), CachedRead: usd(p.CachedRead), CachedWrite: usd(p.CachedWrite), CachedHour: usd(p.CachedHour), Output: usd(p.Output),
			LongFrom: p.LongFrom, LongInput: usd(p.Long.Input), LongOutput: usd(p.Long.Output),
		}
	}
	return line
}

func usd(u book.USD) float64 { return float64(u) / float64(book.Dollar) }

// test asks all models at once whether they answer.
func (s *session) test(page *modelsPage) error {
	failures, check := make([]error, len(page.lanes)), s.check
	if check == nil {
		client := s.client()
		check = func(ctx context.Context, l lane) error { return adapter(l, client).Check(ctx) }
	}
	var all sync.WaitGroup
	for i, l := range page.lanes {
		all.Go(func() {
			ctx, stop := context.WithTimeout(s.ctx, checkTime)
			defer stop()
			failures[i] = check(ctx, l)
		})
	}
	all.Wait()
	if err := s.ctx.Err(); err != nil {
		return err
	}
	for i, err := range failures {
		answers := err == nil
		page.Models[i].Answers = &answers
		if answers {
			continue
		}
		p := problem.Of(err)
		page.Models[i].Reason, page.Models[i].Hint = strings.TrimSuffix(p.Detail, "."), p.Hint
		page.kind = cmp.Or(page.kind, p.Kind)
	}
	return nil
}

// tellModels prints the page for people.
func (s *session) tellModels(page modelsPage, all bool) error {
	t := s.table()
	if !all {
		t.row("PROVIDER", "ADDRESS", "KEY", "A MINUTE")
		for _, p := range page.Providers {
			t.row(p.Name, p.Address, cmp.Or(p.Key, "none"), pace(p))
		}
		if page.Offline {
			t.row(offlineName, "the built-in author", "none", "as fast as it can")
		}
		if err := t.flush(); err != nil {
			return err
		}
	}
	if err := s.tellPrices(page, all); err != nil {
		return err
	}
	for _, m := range page.Models {
		if err := s.tellAnswer(m); err != nil {
			return err
		}
	}
	for _, note := range page.Notes {
		s.say("note: %s.", note)
	}
	if page.Offline && !all {
		s.say("hint: with ANTHROPIC_API_KEY, OPENAI_API_KEY or GOOGLE_AI_API_KEY set, or OPENAI_BASE_URL for a server of your own, a model writes.")
	}
	return nil
}

// tellPrices prints a line a model.
func (s *session) tellPrices(page modelsPage, all bool) error {
	if len(page.Models) == 0 {
		return nil
	}
	if !all {
		if err := s.print(""); err != nil {
			return err
		}
	}
	t := s.table()
	last := "FOR"
	if all {
		last = "MAX OUTPUT"
	}
	t.row("MODEL", "INPUT", "CACHED", "OUTPUT", "CONTEXT", last)
	for _, m := range page.Models {
		in, cached, out := "unknown", "unknown", "unknown"
		if p := m.Price; p != nil {
			in, cached, out = amount(p.Input), amount(p.CachedRead), amount(p.Output)
		}
		end := tokens(m.MaxOutput)
		if !all {
			end = shownRoles(m.Roles)
		}
		t.row(m.Name, in, cached, out, tokens(m.Context), end)
	}
	if err := t.flush(); err != nil {
		return err
	}
	if err := s.print("\nPrices are dollars for a million tokens, as of %s; docs/guide/models.md tells how to change them.", page.Date); err != nil {
		return err
	}
	for _, m := range page.Models {
		if err := s.tellNote(m, !all); err != nil {
			return err
		}
	}
	return nil
}

// tellNote prints what else is to be said of a price.
func (s *session) tellNote(m modelLine, long bool) error {
	if p := m.Price; long && p != nil && p.LongFrom > 0 {
		if err := s.print("%s: from %s tokens of question %s and %s.", m.Name, thousands(p.LongFrom), amount(p.LongInput), amount(p.LongOutput)); err != nil {
			return err
		}
	}
	if m.Note == "" {
		return nil
	}
	return s.print("%s: %s.", m.Name, m.Note)
}

// tellAnswer prints what came of asking, if the model was asked.
func (s *session) tellAnswer(m modelLine) error {
	switch {
	case m.Answers == nil:
		return nil
	case *m.Answers:
		return s.print("%s answers.", m.Name)
	case m.Hint == "":
		return s.print("%s does not answer: %s.", m.Name, m.Reason)
	default:
		return s.print("%s does not answer: %s; %s.", m.Name, m.Reason, strings.TrimSuffix(m.Hint, "."))
	}
}

// amount is a price as a table shows it: all its decimals, two at least.
func amount(dollars float64) string {
	if dollars == 0 {
		return "free"
	}
	whole, part, _ := strings.Cut(strconv.FormatFloat(dollars, 'f', -1, 64), ".")
	for len(part) < 2 {
		part += "0"
	}
	return "$" + whole + "." + part
}

// tokens is a number of tokens, or that nobody knows it.
func tokens(n int) string {
	if n == 0 {
		return "unknown"
	}
	return thousands(n)
}

// pace is what a provider allows in a minute.
func pace(p providerLine) string {
	var parts []string
	if p.Requests > 0 {
		parts = append(parts, count(p.Requests, "request"))
	}
	if p.Tokens > 0 {
		parts = append(parts, count(p.Tokens, "token"))
	}
	return cmp.Or(strings.Join(parts, ", "), "as it says")
}
