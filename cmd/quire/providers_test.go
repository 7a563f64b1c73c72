package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/problem"
)

// rosterOf reads settings and says who writes.
func rosterOf(t *testing.T, asked asked, env ...string) (roster, error) {
	t.Helper()
	c, err := settingsOf(t, "", env...)
	if err != nil {
		t.Fatal(err)
	}
	return c.providers(asked, today)
}

const (
	anthropicKey  = "ANTHROPIC_API_KEY=" + testKey
	openaiKey     = "OPENAI_API_KEY=" + testKey
	googleKey     = "GOOGLE_AI_API_KEY=" + testKey
	localServer   = "OPENAI_BASE_URL=http://localhost:11434/v1"
	routerServer  = "OPENAI_BASE_URL=https://openrouter.ai/api/v1"
	unknownServer = "OPENAI_BASE_URL=https://llm.example.com/v1"
)

func TestRolesGoToTheModelsThatTheSettingsWant(t *testing.T) {
	for name, tt := range map[string]struct {
		env     []string
		asked   asked
		draft   string // names of lanes
		observe string
		concept string
	}{
		"one key": {
			env:   []string{openaiKey},
			draft: "openai/gpt-6.1-sol", observe: "openai/gpt-6-luna", concept: "openai/gpt-6.1-sol",
		},
		"three keys, in the usual order": {
			env:     []string{googleKey, openaiKey, anthropicKey},
			draft:   "anthropic/claude-sonnet-5-5 openai/gpt-6.1-sol google/gemini-3.1-pro-preview",
			observe: "anthropic/claude-haiku-5-5 openai/gpt-6-luna google/gemini-3.1-flash-lite",
			concept: "anthropic/claude-opus-5-5 openai/gpt-6.1-sol google/gemini-3.1-pro-preview",
		},
		"in another order, without one": {
			env:   []string{googleKey, openaiKey, anthropicKey, "LLM_PROVIDER_PRIORITY=google,anthropic"},
			draft: "google/gemini-3.1-pro-preview anthropic/claude-sonnet-5-5", observe: "google/gemini-3.1-flash-lite anthropic/claude-haiku-5-5",
			concept: "google/gemini-3.1-pro-preview anthropic/claude-opus-5-5",
		},
		"a wish for a role": {
			env:   []string{openaiKey, anthropicKey, "QUIRE_MODELS=draft=openai/gpt-5.4,observe=openai/gpt-5.4-mini"},
			draft: "openai/gpt-5.4 anthropic/claude-sonnet-5-5", observe: "openai/gpt-5.4-mini anthropic/claude-haiku-5-5",
			concept: "anthropic/claude-opus-5-5 openai/gpt-6.1-sol",
		},
		"a wish for all, and another for one": {
			env:   []string{anthropicKey, "QUIRE_MODELS=anthropic/claude-sonnet-5,observe=anthropic/claude-haiku-4-5"},
			draft: "anthropic/claude-sonnet-5", observe: "anthropic/claude-haiku-4-5", concept: "anthropic/claude-sonnet-5",
		},
		"two wishes for all": {
			env:   []string{anthropicKey, "QUIRE_MODELS=all=anthropic/claude-opus-5,all=anthropic/claude-sonnet-5"},
			draft: "anthropic/claude-opus-5 anthropic/claude-sonnet-5", observe: "anthropic/claude-opus-5 anthropic/claude-sonnet-5",
			concept: "anthropic/claude-opus-5 anthropic/claude-sonnet-5",
		},
		"a wish for one that the order leaves out": {
			env:   []string{anthropicKey, openaiKey, "LLM_PROVIDER_PRIORITY=anthropic", "QUIRE_MODELS=draft=openai/gpt-5.4"},
			draft: "openai/gpt-5.4 anthropic/claude-sonnet-5-5", observe: "anthropic/claude-haiku-5-5 openai/gpt-6-luna",
			concept: "anthropic/claude-opus-5-5 openai/gpt-6.1-sol",
		},
		"a provider by a flag": {
			env:   []string{anthropicKey, openaiKey, "QUIRE_MODELS=draft=anthropic/claude-opus-5"},
			asked: asked{Provider: "openai"},
			draft: "openai/gpt-6.1-sol", observe: "openai/gpt-6-luna", concept: "openai/gpt-6.1-sol",
		},
		"one that the order leaves out, by a flag": {
			env:   []string{anthropicKey, openaiKey, "LLM_PROVIDER_PRIORITY=anthropic"},
			asked: asked{Provider: "openai"},
			draft: "openai/gpt-6.1-sol", observe: "openai/gpt-6-luna", concept: "openai/gpt-6.1-sol",
		},
		"a model by a flag": {
			env:   []string{anthropicKey, openaiKey},
			asked: asked{Model: "gpt-5.4-mini"},
			draft: "openai/gpt-5.4-mini", observe: "openai/gpt-5.4-mini", concept: "openai/gpt-5.4-mini",
		},
		"a model with its provider by a flag": {
			env:   []string{anthropicKey, openaiKey},
			asked: asked{Model: "anthropic/claude-next"},
			draft: "anthropic/claude-next", observe: "anthropic/claude-next", concept: "anthropic/claude-next",
		},
		"both by flags": {
			env:   []string{anthropicKey, openaiKey},
			asked: asked{"openai", "openai/gpt-5.4"},
			draft: "openai/gpt-5.4", observe: "openai/gpt-5.4", concept: "openai/gpt-5.4",
		},
		"a local server": {
			env:   []string{localServer, "QUIRE_MODELS=openai/llama3.1:8b"},
			draft: "openai/llama3.1:8b", observe: "openai/llama3.1:8b", concept: "openai/llama3.1:8b",
		},
		"a local server, by a flag": {
			env:   []string{localServer},
			asked: asked{Model: "my-merge"},
			draft: "openai/my-merge", observe: "openai/my-merge", concept: "openai/my-merge",
		},
		"OpenRouter": {
			env:     []string{openaiKey, routerServer},
			draft:   "openai/anthropic/claude-sonnet-5.5",
			observe: "openai/anthropic/claude-haiku-5.5", concept: "openai/anthropic/claude-opus-5.5",
		},
		"a model of OpenRouter": {
			env:   []string{openaiKey, routerServer},
			asked: asked{Model: "moonshotai/kimi-k2-thinking"},
			draft: "openai/moonshotai/kimi-k2-thinking", observe: "openai/moonshotai/kimi-k2-thinking", concept: "openai/moonshotai/kimi-k2-thinking",
		},
		"one that is called like OpenAI's": {
			env:   []string{openaiKey, routerServer},
			asked: asked{"openai", "openai/gpt-oss-120b"},
			draft: "openai/openai/gpt-oss-120b", observe: "openai/openai/gpt-oss-120b", concept: "openai/openai/gpt-oss-120b",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := rosterOf(t, tt.asked, tt.env...)
			if err != nil {
				t.Fatal(err, problem.Of(err).Hint)
			}
			for role, want := range map[llm.Role]string{llm.Draft: tt.draft, llm.Observe: tt.observe, llm.Concept: tt.concept} {
				if diff := cmp.Diff(strings.Fields(want), r.Roles[role]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", role, diff)
				}
				for _, name := range r.Roles[role] {
					if !hasLane(r, name) {
						t.Errorf("there is no lane %s", name)
					}
				}
			}
		})
	}
}

func hasLane(r roster, name string) bool {
	for _, l := range r.Lanes {
		if l.Name() == name {
			return l.Provider.Base != "" && l.Provider.Name == l.Caps.Provider
		}
	}
	return false
}

func TestNobodyWithAKeyMeansTheBuiltInAuthor(t *testing.T) {
	for name, tt := range map[string]struct {
		env   []string
		asked asked
	}{
		"nothing is set":           {},
		"a base URL without key":   {env: []string{"ANTHROPIC_BASE_URL=http://localhost:1"}},
		"it is asked for":          {env: []string{openaiKey}, asked: asked{Provider: "offline"}},
		"it stands in the order":   {env: []string{openaiKey, "LLM_PROVIDER_PRIORITY=offline"}},
		"the order leaves all out": {env: []string{openaiKey, "LLM_PROVIDER_PRIORITY=google"}},
		"empty variables":          {env: []string{"OPENAI_API_KEY=", "OPENAI_BASE_URL=", "QUIRE_MODELS="}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := rosterOf(t, tt.asked, tt.env...)
			if err != nil || !r.Offline || len(r.Lanes) > 0 {
				t.Errorf("roster %+v, %v", r.Lanes, err)
			}
		})
	}
}

func TestAWrongChoiceIsRefusedWithTheCure(t *testing.T) {
	for name, tt := range map[string]struct {
		env          []string
		asked        asked
		detail, hint string
	}{
		"an unknown provider":        {asked: asked{Provider: "antropic"}, detail: `no provider "antropic"`, hint: "did you mean anthropic?"},
		"one that is like none":      {asked: asked{Provider: "zzz"}, detail: `no provider "zzz"`, hint: "known are anthropic, openai, google, offline."},
		"one without a key":          {asked: asked{Provider: "google"}, detail: "Google cannot be asked: it has no key", hint: "set GOOGLE_AI_API_KEY"},
		"a misspelt model":           {env: []string{anthropicKey}, asked: asked{Model: "claude-sonet-5-5"}, detail: `model "claude-sonet-5-5"`, hint: "did you mean claude-sonnet-5-5?"},
		"a model like none":          {env: []string{anthropicKey}, asked: asked{Model: "xyz"}, detail: `model "xyz"`, hint: "and more; quire models --all lists them"},
		"a model of one without key": {env: []string{anthropicKey}, asked: asked{Model: "openai/gpt-5.4"}, detail: "OpenAI cannot be asked", hint: "set OPENAI_API_KEY"},
		"a model of another":         {env: []string{anthropicKey}, asked: asked{Model: "gpt-5.4"}, detail: `model "gpt-5.4"`, hint: "any name is taken"},
		"a model, and no key":        {asked: asked{Model: "gpt-5.4"}, detail: "no provider has a key", hint: "ANTHROPIC_API_KEY"},
		"a model that is none":       {env: []string{anthropicKey}, asked: asked{Model: "a b"}, detail: `"a b" is no name of a model`, hint: "quire models"},
		"a model of the author":      {asked: asked{"offline", "x"}, detail: "has no models", hint: "leave out --model"},
		"a wish for one without key": {env: []string{anthropicKey, "QUIRE_MODELS=draft=openai/gpt-5.4"}, detail: "OpenAI cannot be asked", hint: "set OPENAI_API_KEY"},
		"a server, and no models":    {env: []string{localServer}, detail: "which models localhost is to be asked for", hint: "QUIRE_MODELS=openai/NAME"},
		"a stranger, and no models":  {env: []string{openaiKey, unknownServer}, detail: "which models llm.example.com", hint: "QUIRE_MODELS=openai/NAME"},
		"a file that is not there":   {env: []string{anthropicKey, "QUIRE_MODELS_FILE=/nowhere"}, detail: "QUIRE_MODELS_FILE names cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rosterOf(t, tt.asked, tt.env...)
			p := problem.Of(err)
			if p == nil || p.Kind != problem.Invalid || !strings.Contains(p.Detail, tt.detail) || !strings.Contains(p.Hint, tt.hint) {
				t.Errorf("the error is %v (%v)", err, p)
			}
		})
	}
}

func TestWhatALaneCostsDependsOnWhoIsAsked(t *testing.T) {
	own := writeText(t, filepath.Join(t.TempDir(), "models.json"), `{"models": [
		{"provider": "llm.example.com", "model": "house", "context": 9000, "price": {"input": 0.5, "output": 1}},
		{"provider": "localhost", "model": "metered", "price": {"input": 7, "output": 7}}]}`)
	for name, tt := range map[string]struct {
		env   []string
		model string
		input string // dollars, "unknown" or "free"
		note  string
		free  bool
	}{
		"OpenAI":                            {[]string{openaiKey}, "gpt-5.4-mini", "$0.75", "", false},
		"OpenAI, a model that is new":       {[]string{openaiKey}, "gpt-9", "unknown", "its price is not known", false},
		"OpenAI by its own address":         {[]string{openaiKey, "OPENAI_BASE_URL=https://api.openai.com/v1/"}, "gpt-5.4-mini", "$0.75", "", false},
		"OpenRouter":                        {[]string{openaiKey, routerServer}, "mistralai/mistral-large-2512", "$0.50", "", false},
		"OpenRouter, OpenAI's plain name":   {[]string{openaiKey, routerServer}, "gpt-5.4-mini", "unknown", "its price is not known", false},
		"DeepSeek":                          {[]string{openaiKey, "OPENAI_BASE_URL=https://api.deepseek.com"}, "deepseek-v4-pro", "$1.32", "busy hours", false},
		"a gateway":                         {[]string{openaiKey, unknownServer}, "gpt-5.4-mini", "$0.75", "that of OpenAI, which llm.example.com need not keep", false},
		"a gateway with a model of its own": {[]string{openaiKey, unknownServer}, "mystery", "unknown", "its price is not known", false},
		"a gateway, told":                   {[]string{openaiKey, unknownServer, "QUIRE_MODELS_FILE=" + own}, "house", "$0.50", "", false},
		"a stranger without a key":          {[]string{unknownServer}, "mystery", "unknown", "", false},
		"a local server":                    {[]string{localServer}, "llama3.1:8b", "free", "", true},
		"a local server, never heard of":    {[]string{localServer}, "mine", "free", "", true},
		"a local server, called like one":   {[]string{localServer}, "gpt-5.4-mini", "free", "", true},
		"a local server, told":              {[]string{localServer, "QUIRE_MODELS_FILE=" + own}, "metered", "$7.00", "", true},
		"a local server with a key":         {[]string{openaiKey, localServer}, "llama3.1:8b", "unknown", "its price is not known", false},
		"a local gateway":                   {[]string{openaiKey, localServer}, "gpt-5.4-mini", "$0.75", "that of OpenAI", false},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := rosterOf(t, asked{"openai", tt.model}, tt.env...)
			if err != nil {
				t.Fatal(err)
			}
			l := r.Lanes[0]
			got := "unknown"
			if l.Price.Known {
				got = amount(usd(l.Price.Input))
			}
			if got != tt.input || !strings.Contains(l.Note, tt.note) || tt.note == "" && l.Price.Known && l.Note != "" || l.Provider.Free != tt.free {
				t.Errorf("it costs %s (%+v), note %q, free %v", got, l.Price, l.Note, l.Provider.Free)
			}
			if near := strings.Contains(l.Provider.Base, "localhost"); near && got == "free" && (!l.Schema || l.Cache != llm.NoCache) {
				t.Errorf("abilities %+v", l.Caps)
			}
		})
	}
}

func TestBaseURLsAreAsTheAdaptersWantThem(t *testing.T) {
	r, err := rosterOf(t, asked{}, anthropicKey, openaiKey, googleKey, "QUIRE_MODELS=openai/x",
		"ANTHROPIC_BASE_URL=https://A.example.com/proxy/v1/", "OPENAI_BASE_URL=http://10.0.0.5:8000/v1", "GOOGLE_BASE_URL=https://generativelanguage.googleapis.com/v1beta",
		"QUIRE_LIMITS=openai=5rpm")
	if err != nil {
		t.Fatal(err)
	}
	want := []provider{
		{"anthropic", "a.example.com", "https://a.example.com/proxy", false, false, testKey, limit{}},
		{"openai", "10.0.0.5", "http://10.0.0.5:8000/v1", false, false, testKey, limit{Requests: 5}},
		{"google", "Google", "https://generativelanguage.googleapis.com", true, false, testKey, limit{}},
	}
	if diff := cmp.Diff(want, r.Providers); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOddAddressesAreNoted(t *testing.T) {
	for env, want := range map[string]string{
		"OPENAI_BASE_URL=http://localhost:11434":                "does not end in /v1",
		"OPENAI_BASE_URL=http://llm.example.com/v1":             "asked without encryption",
		"OPENAI_BASE_URL=http://localhost:11434/v1":             "",
		"OPENAI_BASE_URL=https://llm.example.com/v1beta/openai": "",
	} {
		r, err := rosterOf(t, asked{}, env, "QUIRE_MODELS=openai/x")
		if err != nil {
			t.Fatal(err)
		}
		if notes := strings.Join(r.Notes, " "); want == "" && notes != "" || !strings.Contains(notes, want) {
			t.Errorf("%s: notes %q", env, notes)
		}
	}
	r, err := rosterOf(t, asked{Model: "openai/gpt-5.4-mni"}, openaiKey)
	if err != nil || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "did you mean gpt-5.4-mini?") {
		t.Errorf("notes %q, %v", r.Notes, err)
	}
}

func TestTheUsualModelsAreInTheCatalogue(t *testing.T) {
	catalog, err := llm.Models(today)
	if err != nil {
		t.Fatal(err)
	}
	for seller := range tiers {
		for _, role := range llm.Roles() {
			if caps, ok := catalog.Find(seller, usual(seller, role)); !ok || !caps.Price.Known {
				t.Errorf("%s: %s is not known, or has no price", seller, usual(seller, role))
			}
		}
	}
}

// TestATextIsReadWithOtherEyes lets the critic be of another provider than the
// writer, where there is one and nobody said otherwise.
func TestATextIsReadWithOtherEyes(t *testing.T) {
	for name, tt := range map[string]struct {
		env  []string
		want string
	}{
		"one key":  {[]string{openaiKey}, "openai/gpt-6.1-sol"},
		"two keys": {[]string{openaiKey, anthropicKey}, "openai/gpt-6.1-sol anthropic/claude-opus-5-5"},
		"a wish":   {[]string{openaiKey, anthropicKey, "QUIRE_MODELS=check=anthropic/claude-haiku-5-5"}, "anthropic/claude-haiku-5-5 openai/gpt-6.1-sol"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := rosterOf(t, asked{}, tt.env...)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(r.Roles[llm.Check], " "); got != tt.want {
				t.Errorf("the critic is %s, want %s", got, tt.want)
			}
		})
	}
}
