package llm

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/problem"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func models(t *testing.T, today string) Catalog {
	t.Helper()
	c, err := Models(day(t, today))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryModelOfTheCatalogueIsSound(t *testing.T) {
	c := models(t, "2026-11-22")
	seen, priced := map[string]bool{}, 0
	for _, l := range c.All() {
		if seen[l.Name()] {
			t.Errorf("%s stands there twice", l.Name())
		}
		seen[l.Name()] = true
		if l.Source == "" || l.Date < "2026-08-01" || l.Date > "2026-11-22" {
			t.Errorf("%s has the source %q of %q", l.Name(), l.Source, l.Date)
		}
		if l.Provider == Local {
			if !l.Free() {
				t.Errorf("%s is not free", l.Name())
			}
			continue
		}
		if l.Context < 8_000 || l.MaxOutput < 4_000 || l.Context < l.MaxOutput {
			t.Errorf("%s takes %d tokens and answers with %d", l.Name(), l.Context, l.MaxOutput)
		}
		if (l.Cache == NoCache) != (l.CacheLeast == 0) && l.CacheLeast > 0 {
			t.Errorf("%s has no cache, but a least prefix of %d", l.Name(), l.CacheLeast)
		}
		if !l.Price.Known {
			if l.Note == "" {
				t.Errorf("%s has no price and no word on why", l.Name())
			}
			continue
		}
		priced++
		checkRates(t, l.Name(), l.Price.Rates)
		if l.Price.LongFrom > 0 {
			checkRates(t, l.Name()+", long", l.Price.Long)
			if l.Price.Long.Input <= l.Price.Input || l.Price.LongFrom >= l.Context {
				t.Errorf("%s: long questions are cheaper, or longer than it takes", l.Name())
			}
		}
	}
	if len(seen) < 40 || priced < 40 {
		t.Errorf("there are %d models, %d with a price", len(seen), priced)
	}
}

func checkRates(t *testing.T, name string, r Rates) {
	t.Helper()
	if r.Input <= 0 || r.Output < r.Input || r.Output > 1000*book.Dollar {
		t.Errorf("%s costs %s for input and %s for output", name, r.Input, r.Output)
	}
	if r.CachedRead <= 0 || r.CachedRead > r.Input {
		t.Errorf("%s: reading from the cache costs %s, input %s", name, r.CachedRead, r.Input)
	}
	if r.CachedWrite < r.Input || r.CachedHour < r.CachedWrite || r.CachedHour > 2*r.Input {
		t.Errorf("%s: writing to the cache costs %s and %s, input %s", name, r.CachedWrite, r.CachedHour, r.Input)
	}
}

func TestPricesAreThoseOfTheProviders(t *testing.T) {
	c := models(t, "2026-11-22")
	for name, want := range map[string]Rates{
		"anthropic/claude-opus-5-5":   {Input: 4_000_000, CachedRead: 200_000, CachedWrite: 5_000_000, CachedHour: 8_000_000, Output: 20_000_000},
		"anthropic/claude-sonnet-5-5": {Input: 2_000_000, CachedRead: 100_000, CachedWrite: 2_500_000, CachedHour: 4_000_000, Output: 10_000_000},
		"anthropic/claude-haiku-5-5":  {Input: 100_000, CachedRead: 10_000, CachedWrite: 125_000, CachedHour: 200_000, Output: 500_000},
		"openai/gpt-6.1-sol":          {Input: 2_000_000, CachedRead: 100_000, CachedWrite: 2_500_000, CachedHour: 2_500_000, Output: 10_000_000},
		"openai/gpt-5.4-mini":         {Input: 750_000, CachedRead: 75_000, CachedWrite: 750_000, CachedHour: 750_000, Output: 4_500_000},
		"google/gemini-2.5-pro":       {Input: 1_250_000, CachedRead: 125_000, CachedWrite: 1_250_000, CachedHour: 1_250_000, Output: 10_000_000},
	} {
		provider, model, _ := strings.Cut(name, "/")
		caps, ok := c.Find(provider, model)
		if diff := cmp.Diff(want, caps.Price.Rates); diff != "" || !ok {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	haiku, _ := c.Find("anthropic", "claude-haiku-5-5")
	if short, long := haiku.Price.Of(Usage{Input: 100_000}), haiku.Price.Of(Usage{Input: 100_001}); short.USD != 10_000 || long.USD != 50_001 {
		t.Errorf("100,000 tokens cost %s and one more %s", short, long)
	}
}

func TestAPriceThatChangesOnADayIsThatOfToday(t *testing.T) {
	for today, want := range map[string]book.USD{"2026-12-31": 750_000, "2027-01-01": 1_500_000} {
		if caps, _ := models(t, today).Find("google", "gemini-3.8-flash"); caps.Price.Input != want {
			t.Errorf("on %s it costs %s, want %s", today, caps.Price.Input, want)
		}
	}
}

func TestModelsAreFoundByTheirManyNames(t *testing.T) {
	c := models(t, "2026-11-22")
	for name, tt := range map[string]struct {
		seller, model string
		known         bool
		input         book.USD // 0 is unknown, or free
	}{
		"as it is called":          {"anthropic", "claude-haiku-4-5", true, book.Dollar},
		"a dated snapshot":         {"anthropic", "claude-haiku-4-5-20251001", true, book.Dollar},
		"a snapshot with dashes":   {"openai", "gpt-4o-2024-11-20", true, 2_500_000},
		"a numbered one":           {"google", "gemini-2.5-flash-001", true, 300_000},
		"as Google lists it":       {"google", "models/gemini-2.5-flash", true, 300_000},
		"of another seller":        {"openai", "claude-haiku-4-5", false, 0},
		"nearly":                   {"openai", "gpt-5.4-min", false, 0},
		"longer":                   {"openai", "gpt-5.4-mini-ultra", false, 0},
		"without a price":          {"openai", "gpt-5.6-sol", true, 0},
		"OpenRouter's own":         {"openrouter", "mistralai/mistral-large-2512", true, 500_000},
		"OpenRouter's for a make":  {"openrouter", "anthropic/claude-sonnet-5.5", true, 2 * book.Dollar},
		"a variant of OpenRouter":  {"openrouter", "openai/gpt-5.4:batch", false, 0},
		"of a maker at a stranger": {"llm.example.com", "anthropic/claude-sonnet-5.5", false, 0},
		"local":                    {Local, "llama3.1:8b", true, 0},
		"local, never heard of":    {Local, "my-own-merge", true, 0},
		"empty":                    {"", "", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			caps, ok := c.Find(tt.seller, tt.model)
			if ok != tt.known || caps.Price.Input != tt.input || caps.Provider != tt.seller || caps.Model != tt.model {
				t.Errorf("found %v: %+v", ok, caps)
			}
			if free := tt.seller == Local; caps.Free() != free || !ok && caps.Price.Known {
				t.Errorf("free is %v, price %+v", caps.Free(), caps.Price)
			}
		})
	}
	if caps, _ := c.Find("openrouter", "anthropic/claude-sonnet-5.5"); caps.Cache != NoCache {
		t.Errorf("marks are %q over a protocol that has none", caps.Cache)
	}
}

func TestOnesOwnPricesStandOverThoseOfTheCatalogue(t *testing.T) {
	c := models(t, "2026-11-22")
	merged, err := c.Merge([]byte(`{"source": "our contract", "date": "2026-11-01", "models": [
		{"provider": "openai", "model": "gpt-5.4-mini", "price": {"input": 0.5, "output": 3}},
		{"provider": "openai", "model": "gpt-5.4", "max_output": 9000},
		{"provider": "llm.example.com", "model": "house-1", "price": {"input": 0, "output": 0}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	before, _ := c.Listing("openai", "gpt-5.4-mini")
	after, _ := merged.Listing("openai", "gpt-5.4-mini")
	if after.Price.Input != 500_000 || after.Price.CachedRead != 500_000 || after.Source != "our contract" || after.Context != before.Context || !after.Schema {
		t.Errorf("after the merge it is %+v", after)
	}
	if before.Price.Input != 750_000 {
		t.Errorf("the merge changed the catalogue it began with: %+v", before.Price)
	}
	if full, _ := merged.Find("openai", "gpt-5.4"); full.MaxOutput != 9000 || full.Price.Input != 2_500_000 || full.Price.LongFrom != 272_001 {
		t.Errorf("a field that was not given has changed: %+v", full)
	}
	if house, ok := merged.Find("llm.example.com", "house-1"); !ok || !house.Free() {
		t.Errorf("the model of one's own is %+v", house)
	}
	if len(merged.All()) != len(c.All())+1 || merged.Date != c.Date {
		t.Errorf("%d models of %s", len(merged.All()), merged.Date)
	}
}

func TestAWrongListOfModelsIsRefusedByItsField(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"no JSON":             {`models: []`, "it is not the JSON"},
		"cut":                 {`{"models": [`, "it is not the JSON"},
		"more behind":         {`{"models": []} {}`, "behind its end"},
		"a list":              {`[]`, "it is not the JSON"},
		"unknown key":         {`{"model": []}`, `there is no field "model"`},
		"unknown field":       {`{"models": [{"provider": "openai", "model": "m", "contxt": 1}]}`, `model 1: openai/m: there is no field "contxt"`},
		"unknown rate":        {`{"models": [{"provider": "openai", "model": "m", "price": {"in": 1}}]}`, `there is no field "in"`},
		"a word for a count":  {`{"models": [{"provider": "openai", "model": "m", "context": "much"}]}`, "context cannot be a string"},
		"no provider":         {`{"models": [{"model": "m"}]}`, "model 1: it: provider is"},
		"no model":            {`{"models": [{"provider": "openai"}]}`, "model is"},
		"odd model":           {`{"models": [{"provider": "openai", "model": "a b"}]}`, "model is"},
		"negative context":    {`{"models": [{"provider": "openai", "model": "m", "context": -1}]}`, "context is -1"},
		"endless context":     {`{"models": [{"provider": "openai", "model": "m", "context": 99999999999}]}`, "context is 99999999999"},
		"output over context": {`{"models": [{"provider": "openai", "model": "m", "context": 10, "max_output": 11}]}`, "max_output is 11"},
		"odd cache":           {`{"models": [{"provider": "openai", "model": "m", "cache": "yes"}]}`, `cache is "yes"`},
		"odd date":            {`{"models": [{"provider": "openai", "model": "m", "date": "soon"}]}`, `date is "soon"`},
		"negative price":      {`{"models": [{"provider": "openai", "model": "m", "price": {"input": -1, "output": 1}}]}`, "price: input is -1"},
		"too fine a price":    {`{"models": [{"provider": "openai", "model": "m", "price": {"input": 1e-9, "output": 1}}]}`, "price: input is 1e-9"},
		"half a price":        {`{"models": [{"provider": "openai", "model": "m", "price": {"input": 1}}]}`, "input and output must be given"},
		"half a long price":   {`{"models": [{"provider": "openai", "model": "m", "price": {"input": 1, "output": 1, "long": {"above": 5, "input": 1}}}]}`, "price: long: input and output"},
		"long from nowhere":   {`{"models": [{"provider": "openai", "model": "m", "price": {"input": 1, "output": 1, "long": {"input": 1, "output": 1}}}]}`, "long.above is 0"},
		"later, when":         {`{"models": [{"provider": "openai", "model": "m", "price": {"input": 1, "output": 1, "later": {"from": "then", "input": 1, "output": 1}}}]}`, `later.from is "then"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := models(t, "2026-11-22").Merge([]byte(tt.text))
			if !problem.Is(err, problem.Invalid) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestAPriceCanBeTakenAway(t *testing.T) {
	c, err := models(t, "2026-11-22").Merge([]byte(`{"models": [{"provider": "openai", "model": "gpt-4o", "price": null}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if caps, ok := c.Find("openai", "gpt-4o"); !ok || caps.Price.Known || caps.Price.Of(Usage{Input: 1}).String() != "unknown" {
		t.Errorf("it costs %+v", caps.Price)
	}
	if !slices.ContainsFunc(c.All(), func(l Listing) bool { return l.Model == "gpt-4o" }) {
		t.Error("it is gone")
	}
}
