package anthropic

import (
	"encoding/json"

	"quire/llm"
	"quire/llm/wire"
)

// mostMarks is how many cache marks a request may have.
const mostMarks = 4

// usualMost ends answers where neither the request nor the model's Caps do: the
// API wants a number, and this one every current model takes.
const usualMost = 8192

// question is the body of a Messages request.
type question struct {
	Model       string    `json:"model"`
	MaxTokens   int       `json:"max_tokens"`
	System      []part    `json:"system,omitempty"`
	Messages    []message `json:"messages"`
	Stream      bool      `json:"stream"`
	Temperature float64   `json:"temperature,omitempty"`
	Output      *output   `json:"output_config,omitempty"`
}

type message struct {
	Role    string `json:"role"`
	Content []part `json:"content"`
}

type part struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Cache *cache `json:"cache_control,omitempty"`
}

type cache struct {
	Type string   `json:"type"`
	TTL  llm.Mark `json:"ttl"`
}

type output struct {
	Format format `json:"format"`
}

type format struct {
	Type   string          `json:"type"`
	Schema json.RawMessage `json:"schema"`
}

// dialect is what Anthropic takes of JSON Schema: no bounds of numbers, strings
// or lists.
var dialect = wire.Dialect{Takes: []string{"const"}}

// question puts a request into Anthropic's words.
func (m *Model) question(r llm.Request) (question, error) {
	q := question{Model: m.Ability.Model, MaxTokens: m.most(r), Stream: true}
	prompt := wire.PromptOf(r, m.Ability.Schema)
	marks := marker{on: m.Ability.Cache == llm.Marked}
	q.System = marks.parts(prompt.System)
	q.Messages = []message{{"user", marks.parts(prompt.User)}}
	if m.Ability.Temperature {
		q.Temperature = r.Temperature
	}
	if r.Schema != nil && m.Ability.Schema {
		schema, err := dialect.Of(r.Schema)
		if err != nil {
			return q, err
		}
		q.Output = &output{format{"json_schema", schema}}
	}
	return q, nil
}

func (m *Model) most(r llm.Request) int {
	switch {
	case r.MaxTokens > 0:
		return r.MaxTokens
	case m.Ability.MaxOutput > 0:
		return m.Ability.MaxOutput
	default:
		return usualMost
	}
}

// marker sets cache marks along a prompt: the first four, since they are worth
// the longest, and none of an hour after one of minutes, which is an error.
type marker struct {
	on      bool
	set     int
	minutes bool
}

func (k *marker) parts(blocks []llm.Block) []part {
	parts := make([]part, len(blocks))
	for i, b := range blocks {
		parts[i] = part{"text", b.Text, k.mark(b.Mark)}
	}
	return parts
}

func (k *marker) mark(mark llm.Mark) *cache {
	if !k.on || mark == llm.NoMark || k.set == mostMarks {
		return nil
	}
	k.set++
	k.minutes = k.minutes || mark == llm.Minutes
	if k.minutes {
		mark = llm.Minutes
	}
	return &cache{"ephemeral", mark}
}
