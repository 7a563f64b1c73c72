package llm

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"quire/problem"
)

// Local is the seller of models that run on one's own machine.
const Local = "local"

// Catalog is what is known of models, by who sells them: abilities and prices,
// each with its source and date. The zero value knows none.
type Catalog struct {
	Source string // of the entries that name none
	Date   string // of the same, as 2006-01-02
	models []Listing
	today  time.Time
}

// Listing is a model in a catalogue.
type Listing struct {
	Caps
	Note   string // a sentence on its price, or ""
	Source string
	Date   string // as 2006-01-02

	raw written
}

//go:embed models.json
var embedded []byte

// Models is the catalogue that quire comes with; prices that change on a day
// that is known are those of today.
func Models(today time.Time) (Catalog, error) { return Catalog{today: today}.Merge(embedded) }

// Merge returns the catalogue with the models of a text in the format of
// models.json: new ones stand behind, and those that are known already have
// only the fields changed that are given, a price as a whole. Unknown fields and
// wrong values are problem.Invalid, which names the model and the field.
func (c Catalog) Merge(text []byte) (Catalog, error) {
	var file struct {
		Source string            `json:"source"`
		Date   string            `json:"date"`
		Models []json.RawMessage `json:"models"`
	}
	if err := strictly(text, &file); err != nil {
		return c, problem.New(problem.Invalid, "the list of models cannot be used: %s", err).Try("write it like llm/models.json: an object with source, date and models")
	}
	if c.Source == "" {
		c.Source, c.Date = file.Source, file.Date
	}
	c.models = slices.Clone(c.models)
	for i, raw := range file.Models {
		if err := c.take(raw, file.Source, file.Date); err != nil {
			return c, problem.New(problem.Invalid, "the list of models cannot be used: model %d: %s", i+1, err).Try("docs/guide/models.md tells how to give a model's price")
		}
	}
	return c, nil
}

// take adds or changes one model.
func (c *Catalog) take(raw json.RawMessage, source, date string) error {
	var name struct {
		Provider string          `json:"provider"`
		Model    string          `json:"model"`
		Price    json.RawMessage `json:"price"`
	}
	_ = json.Unmarshal(raw, &name) // strictly tells what is wrong
	at := slices.IndexFunc(c.models, func(l Listing) bool { return l.Provider == name.Provider && l.Model == name.Model })
	e := written{}
	if at >= 0 {
		e = c.models[at].raw
		if name.Price != nil {
			e.Price, e.Note = nil, ""
		}
	}
	e.Source, e.Date = source, date
	if err := strictly(raw, &e); err != nil {
		return fmt.Errorf("%s: %w", nameOf(name.Provider, name.Model), err)
	}
	l, err := e.listing(c.today)
	if err != nil {
		return fmt.Errorf("%s: %w", nameOf(name.Provider, name.Model), err)
	}
	if at >= 0 {
		c.models[at] = l
	} else {
		c.models = append(c.models, l)
	}
	return nil
}

func nameOf(provider, model string) string {
	if provider == "" || model == "" {
		return "it"
	}
	return provider + "/" + model
}

// strictly decodes JSON that may have no other fields; the error is a phrase for
// people that names the field.
func strictly(text []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil {
		if _, err := dec.Token(); !errors.Is(err, io.EOF) {
			return errors.New("something stands behind its end")
		}
		return nil
	}
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return fmt.Errorf("%s cannot be a %s", wrong.Field, wrong.Value)
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return fmt.Errorf("there is no field %s", strings.TrimPrefix(err.Error(), "json: unknown field "))
	default:
		return errors.New("it is not the JSON that it should be")
	}
}

// All lists the models in their order.
func (c Catalog) All() []Listing { return slices.Clone(c.models) }

// Find returns what is known of a model that someone sells. A dated snapshot is
// found by its model, such as claude-haiku-4-5-20251001 or gpt-4o-2024-11-20,
// and the names of OpenRouter, such as anthropic/claude-sonnet-5.5, by those of
// the maker. Any model that is Local is known: it costs nothing. Of an unknown
// one the name alone is returned: no ability, and no price, which is not free.
func (c Catalog) Find(seller, model string) (Caps, bool) {
	l, ok := c.Listing(seller, model)
	return l.Caps, ok
}

// Listing is like Find, with note and source.
func (c Catalog) Listing(seller, model string) (Listing, bool) {
	unknown := Listing{Caps: Caps{Provider: seller, Model: model}}
	bare := strings.TrimPrefix(model, "models/") // as Google lists them
	for _, name := range []string{bare, dated.ReplaceAllString(bare, ""), strings.TrimSuffix(bare, ":latest")} {
		if l, ok := c.exact(seller, name); ok {
			l.Model = model
			return l, true
		}
	}
	maker, name, ok := strings.Cut(bare, "/")
	switch {
	case seller == Local:
		unknown.Schema, unknown.Temperature, unknown.Seed, unknown.Price = true, true, true, Price{Known: true}
		return unknown, true
	case seller == "openrouter" && ok && !strings.Contains(name, ":") && slices.Contains([]string{"anthropic", "openai", "google"}, maker):
		if maker == "anthropic" {
			name = strings.ReplaceAll(name, ".", "-")
		}
		l, ok := c.Listing(maker, name)
		if l.Cache == Marked {
			l.Cache, l.CacheLeast = NoCache, 0 // marks are not part of its protocol
		}
		l.Provider, l.Model = seller, model
		return l, ok
	}
	return unknown, false
}

// dated is the date, or Google's number, at the end of a model's name.
var dated = regexp.MustCompile(`-(20\d{6}|20\d\d-\d\d-\d\d|00\d)$`)

func (c Catalog) exact(seller, model string) (Listing, bool) {
	for _, l := range c.models {
		if l.Provider == seller && l.Model == model {
			return l, true
		}
	}
	return Listing{}, false
}
