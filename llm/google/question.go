package google

import (
	"encoding/json"

	"quire/llm"
	"quire/llm/wire"
)

// question is the body of a generateContent request.
type question struct {
	System   *content  `json:"systemInstruction,omitempty"`
	Contents []content `json:"contents"`
	Config   config    `json:"generationConfig,omitzero"`
}

type content struct {
	Role  string `json:"role,omitempty"`
	Parts []part `json:"parts"`
}

type part struct {
	Text string `json:"text"`
}

type config struct {
	Most        int             `json:"maxOutputTokens,omitempty"`
	Temperature float64         `json:"temperature,omitempty"`
	Seed        int32           `json:"seed,omitempty"`
	Type        string          `json:"responseMimeType,omitempty"`
	Schema      json.RawMessage `json:"responseJsonSchema,omitzero"`
}

// dialect is what Google takes of JSON Schema.
var dialect = wire.Dialect{Takes: []string{"format", "minimum", "maximum", "minItems", "maxItems"}}

// question puts a request into Google's words.
func (m *Model) question(r llm.Request) (question, error) {
	prompt := wire.PromptOf(r, m.Ability.Schema)
	q := question{Contents: []content{{"user", parts(prompt.User)}}}
	if len(prompt.System) > 0 {
		q.System = &content{Parts: parts(prompt.System)}
	}
	q.Config.Most = r.MaxTokens
	if m.Ability.Temperature {
		q.Config.Temperature = r.Temperature
	}
	if m.Ability.Seed {
		q.Config.Seed = wire.Seed(r.Seed)
	}
	if r.Schema != nil && m.Ability.Schema {
		schema, err := dialect.Of(r.Schema)
		if err != nil {
			return q, err
		}
		q.Config.Type, q.Config.Schema = "application/json", schema
	}
	return q, nil
}

func parts(blocks []llm.Block) []part {
	list := make([]part, len(blocks))
	for i, b := range blocks {
		list[i] = part{b.Text}
	}
	return list
}
