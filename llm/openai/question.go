package openai

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"

	"quire/llm"
	"quire/llm/wire"
)

// question is the body of a Chat Completions request.
type question struct {
	Model         string    `json:"model"`
	Messages      []message `json:"messages"`
	Stream        bool      `json:"stream"`
	StreamOptions options   `json:"stream_options"`
	Most          int       `json:"max_completion_tokens,omitempty"`
	MostElsewhere int       `json:"max_tokens,omitempty"` // the older name, which others know
	Temperature   float64   `json:"temperature,omitempty"`
	Seed          int32     `json:"seed,omitempty"`
	Format        *format   `json:"response_format,omitempty"`
	CacheKey      string    `json:"prompt_cache_key,omitempty"`
}

type options struct {
	IncludeUsage bool `json:"include_usage"`
}

// message has a string or a list of parts as its content.
type message struct {
	Role    string `json:"role"`
	Content any    `json:"content"`
}

type part struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

type format struct {
	Type   string `json:"type"`
	Schema named  `json:"json_schema"`
}

type named struct {
	Name   string          `json:"name"`
	Strict bool            `json:"strict"`
	Schema json.RawMessage `json:"schema"`
}

// strict is what OpenAI takes of JSON Schema in strict mode.
var strict = wire.Dialect{Takes: []string{"const", "minimum", "maximum", "minItems", "maxItems"}, AllRequired: true}

// question puts a request into OpenAI's words.
func (m *Model) question(r llm.Request) (question, error) {
	q := question{Model: m.Ability.Model, Stream: true, StreamOptions: options{IncludeUsage: true}}
	prompt := wire.PromptOf(r, m.Ability.Schema)
	if len(prompt.System) > 0 {
		q.Messages = append(q.Messages, message{"system", m.content(prompt.System)})
	}
	q.Messages = append(q.Messages, message{"user", m.content(prompt.User)})
	if m.Official {
		q.CacheKey = cacheKey(r)
	}
	if m.Official || thinking.MatchString(m.Ability.Model) {
		q.Most = r.MaxTokens
	} else {
		q.MostElsewhere = r.MaxTokens
	}
	if m.Ability.Temperature {
		q.Temperature = r.Temperature
	}
	if m.Ability.Seed {
		q.Seed = wire.Seed(r.Seed)
	}
	if r.Schema != nil && m.Ability.Schema {
		schema, err := strict.Of(r.Schema)
		if err != nil {
			return q, err
		}
		q.Format = &format{"json_schema", named{Name: "answer", Strict: true, Schema: schema}}
	}
	return q, nil
}

// thinking are OpenAI's models that refuse max_tokens, also behind a gateway.
var thinking = regexp.MustCompile(`(^|/)(gpt-[5-9]|o[1-9])`)

// content is a part a block for OpenAI, one text for others: some of them know
// no parts.
func (m *Model) content(blocks []llm.Block) any {
	if !m.Official {
		return wire.Join(blocks)
	}
	parts := make([]part, len(blocks))
	for i, b := range blocks {
		parts[i] = part{"text", b.Text}
	}
	return parts
}

// cacheKey leads calls of one book and role to where their beginning is cached.
// It tells OpenAI nothing of the book.
func cacheKey(r llm.Request) string {
	sum := sha256.Sum256([]byte(r.Book + "\x00" + string(r.Role)))
	return hex.EncodeToString(sum[:16])
}
