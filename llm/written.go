package llm

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"quire/book"
)

// written is a model as models.json writes it. What is left out is unknown.
type written struct {
	Provider    string `json:"provider"` // who sells it, or the host of a server
	Model       string `json:"model"`
	Context     int    `json:"context"`
	MaxOutput   int    `json:"max_output"`
	Schema      bool   `json:"schema"`
	Temperature bool   `json:"temperature"`
	Seed        bool   `json:"seed"`
	Cache       Cache  `json:"cache"`
	CacheLeast  int    `json:"cache_least"`
	Price       *tag   `json:"price"`
	Note        string `json:"note"`
	Source      string `json:"source"`
	Date        string `json:"date"`
}

// tag is a price in dollars for a million tokens. Reading from a cache and
// writing to it cost as much as the input where nothing else is said.
type tag struct {
	rates
	Long *struct {
		Above int `json:"above"` // tokens of a question
		rates
	} `json:"long"`
	Later *struct {
		From string `json:"from"` // the day
		rates
	} `json:"later"`
}

type rates struct {
	Input       *json.Number `json:"input"`
	CachedRead  *json.Number `json:"cached_read"`
	CachedWrite *json.Number `json:"cached_write"`
	CachedHour  *json.Number `json:"cached_hour"`
	Output      *json.Number `json:"output"`
}

var sellerName = regexp.MustCompile(`^[a-z0-9:][a-z0-9.:_-]*$`)

// listing checks an entry; prices are those of today.
func (e written) listing(today time.Time) (Listing, error) {
	switch {
	case !sellerName.MatchString(e.Provider):
		return Listing{}, fmt.Errorf("provider is %q, but must be a name such as openai, or a host", e.Provider)
	case !Named(e.Model):
		return Listing{}, fmt.Errorf("model is %q, which no model is called", e.Model)
	case e.Context < 0 || e.Context > mostTokens:
		return Listing{}, fmt.Errorf("context is %d tokens", e.Context)
	case e.MaxOutput < 0 || e.MaxOutput > mostTokens || e.Context > 0 && e.MaxOutput > e.Context:
		return Listing{}, fmt.Errorf("max_output is %d tokens", e.MaxOutput)
	case e.CacheLeast < 0 || e.CacheLeast > mostTokens:
		return Listing{}, fmt.Errorf("cache_least is %d tokens", e.CacheLeast)
	case e.Cache != NoCache && e.Cache != Automatic && e.Cache != Marked:
		return Listing{}, fmt.Errorf("cache is %q, but must be %q, %q or left out", e.Cache, Automatic, Marked)
	}
	if _, err := time.Parse(time.DateOnly, e.Date); err != nil && e.Date != "" {
		return Listing{}, fmt.Errorf("date is %q, but must be a day such as 2026-11-10", e.Date)
	}
	price, err := e.Price.price(today)
	if err != nil {
		return Listing{}, fmt.Errorf("price: %w", err)
	}
	return Listing{
		Caps: Caps{
			Provider: e.Provider, Model: e.Model, Context: e.Context, MaxOutput: e.MaxOutput,
			Schema: e.Schema, Temperature: e.Temperature, Seed: e.Seed,
			Cache: e.Cache, CacheLeast: e.CacheLeast, Price: price,
		},
		Note: e.Note, Source: e.Source, Date: e.Date, raw: e,
	}, nil
}

// mostTokens is more than any model takes.
const mostTokens = 1_000_000_000

var modelName = regexp.MustCompile(`^[A-Za-z0-9~@][A-Za-z0-9._:/@+~-]{0,199}$`)

// Named reports whether a text can be the name of a model: letters, digits and
// . _ : / @ + ~ -, at most 200.
func Named(model string) bool { return modelName.MatchString(model) }

// price reads a tag; nil is unknown.
func (t *tag) price(today time.Time) (Price, error) {
	if t == nil {
		return Price{}, nil
	}
	p := Price{Known: true}
	var err error
	if p.Rates, err = t.usd(); err != nil {
		return Price{}, err
	}
	if t.Long != nil {
		if t.Long.Above < 1 || t.Long.Above > mostTokens {
			return Price{}, fmt.Errorf("long.above is %d tokens", t.Long.Above)
		}
		p.LongFrom = t.Long.Above + 1
		if p.Long, err = t.Long.usd(); err != nil {
			return Price{}, fmt.Errorf("long: %w", err)
		}
	}
	if t.Later != nil {
		from, err := time.Parse(time.DateOnly, t.Later.From)
		if err != nil {
			return Price{}, fmt.Errorf("later.from is %q, but must be a day such as 2027-01-01", t.Later.From)
		}
		then, err := t.Later.usd()
		if err != nil {
			return Price{}, fmt.Errorf("later: %w", err)
		}
		if !today.Before(from) {
			p.Rates = then
		}
	}
	return p, nil
}

func (r rates) usd() (out Rates, err error) {
	if r.Input == nil || r.Output == nil {
		return out, errors.New("input and output must be given")
	}
	read := func(into *book.USD, name string, n *json.Number, usual book.USD) {
		*into = usual
		if n == nil || err != nil {
			return
		}
		if *into, err = book.ParseUSD(n.String()); err != nil {
			err = fmt.Errorf("%s is %s, but must be dollars such as 2 or 0.075", name, *n)
		}
	}
	read(&out.Input, "input", r.Input, 0)
	read(&out.CachedRead, "cached_read", r.CachedRead, out.Input)
	read(&out.CachedWrite, "cached_write", r.CachedWrite, out.Input)
	read(&out.CachedHour, "cached_hour", r.CachedHour, out.CachedWrite)
	read(&out.Output, "output", r.Output, 0)
	return out, err
}
