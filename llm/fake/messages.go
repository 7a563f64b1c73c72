package fake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"quire/llm"
)

// messages is Anthropic's Messages API.
type messages struct{}

// messagesFields are the fields of a request that Anthropic knows (API reference
// of November 2026).
const messagesFields = `max_tokens messages model inference_geo temperature top_k top_p container speed cache_control diagnostics
	metadata output_config service_tier stop_sequences stream system thinking tool_choice tools mcp_servers context_management`

// mostMarks is how many parts of a prompt may carry a cache mark.
const mostMarks = 4

type messagesRequest struct {
	Model        string          `json:"model"`
	MaxTokens    *int            `json:"max_tokens"`
	System       json.RawMessage `json:"system"`
	Stream       bool            `json:"stream"`
	Temperature  *float64        `json:"temperature"`
	CacheControl *cacheControl   `json:"cache_control"`
	Messages     []struct {
		Role    string          `json:"role"`
		Content json.RawMessage `json:"content"`
	} `json:"messages"`
	OutputConfig *struct {
		Effort string `json:"effort"`
		Format *struct {
			Type   string          `json:"type"`
			Schema json.RawMessage `json:"schema"`
		} `json:"format"`
	} `json:"output_config"`
}

type cacheControl struct {
	Type string `json:"type"`
	TTL  string `json:"ttl"`
}

type messagesPart struct {
	Type         string        `json:"type"`
	Text         string        `json:"text"`
	CacheControl *cacheControl `json:"cache_control"`
}

func (messages) key(r *http.Request) string {
	if key := r.Header.Get("X-Api-Key"); key != "" {
		return key
	}
	return chat{}.key(r)
}

// wrongly refuses a request as Anthropic does.
func wrongly(format string, args ...any) *refusal {
	return &refusal{status: http.StatusBadRequest, message: fmt.Sprintf(format, args...)}
}

func (messages) read(r *http.Request, body []byte, count bool) (question, *refusal) {
	var q question
	if r.Header.Get("Anthropic-Version") == "" {
		return q, wrongly("anthropic-version: header is required")
	}
	stranger, err := fields(body, messagesFields)
	if err != nil {
		return q, wrongly("The request body is not valid JSON: %s", err)
	}
	if stranger != "" {
		return q, wrongly("%s: Extra inputs are not permitted", stranger)
	}
	var in messagesRequest
	if err := json.Unmarshal(body, &in); err != nil {
		return q, wrongly("%s", err)
	}
	switch {
	case in.Model == "":
		return q, wrongly("model: Field required")
	case in.MaxTokens == nil && !count:
		return q, wrongly("max_tokens: Field required")
	case in.MaxTokens != nil && *in.MaxTokens < 1:
		return q, wrongly("max_tokens: Input should be greater than or equal to 1")
	case len(in.Messages) == 0:
		return q, wrongly("messages: at least one message is required")
	case in.Temperature != nil && (*in.Temperature < 0 || *in.Temperature > 1):
		return q, wrongly("temperature: range: 0..1")
	}
	q = question{model: in.Model, stream: in.Stream}
	if in.MaxTokens != nil {
		q.request.MaxTokens = *in.MaxTokens
	}
	if in.Temperature != nil {
		q.request.Temperature = *in.Temperature
	}
	if bad := in.blocks(&q); bad != nil {
		return q, bad
	}
	if bad := in.format(&q); bad != nil {
		return q, bad
	}
	q.settle()
	return q, nil
}

// blocks gathers the text parts in order, the system's first, and looks over
// their cache marks.
func (in messagesRequest) blocks(q *question) *refusal {
	m := marks{q: q}
	if in.System != nil {
		if _, bad := m.add("system", in.System); bad != nil {
			return bad
		}
	}
	for i, message := range in.Messages {
		if message.Role != "user" && message.Role != "assistant" {
			return wrongly("messages.%d.role: Input should be 'user' or 'assistant'", i)
		}
		text, bad := m.add(fmt.Sprintf("messages.%d.content", i), message.Content)
		if bad != nil {
			return bad
		}
		if message.Role == "user" {
			q.user = text
		}
	}
	if in.CacheControl != nil { // marks the last part by itself
		last := &q.request.Blocks[len(q.request.Blocks)-1]
		if last.Mark == llm.NoMark {
			m.count++
			last.Mark = in.CacheControl.mark()
		}
	}
	if m.count > mostMarks {
		return wrongly("A maximum of %d blocks with cache_control may be provided. Found %d.", mostMarks, m.count)
	}
	return nil
}

// marks gathers parts and counts their marks.
type marks struct {
	q     *question
	count int
	short bool // a mark of minutes has been seen
}

func (m *marks) add(path string, content json.RawMessage) (string, *refusal) {
	var parts []messagesPart
	var plain string
	if json.Unmarshal(content, &plain) == nil {
		parts = []messagesPart{{Type: "text", Text: plain}}
	} else if err := json.Unmarshal(content, &parts); err != nil {
		return "", wrongly("%s: Input should be a valid list", path)
	}
	var all strings.Builder
	for i, p := range parts {
		at := fmt.Sprintf("%s.%d", path, i)
		switch {
		case p.Type != "text":
			continue
		case p.Text == "" && p.CacheControl != nil:
			return "", wrongly("%s: cache_control cannot be set for empty text blocks", at)
		case p.Text == "":
			return "", wrongly("%s: text content blocks must be non-empty", strings.SplitN(path, ".", 2)[0])
		}
		if bad := m.check(at, p.CacheControl); bad != nil {
			return "", bad
		}
		m.q.request.Blocks = append(m.q.request.Blocks, llm.Block{Text: p.Text, Mark: p.CacheControl.mark()})
		all.WriteString(p.Text)
	}
	return all.String(), nil
}

func (m *marks) check(at string, c *cacheControl) *refusal {
	switch {
	case c == nil:
		return nil
	case c.Type != "ephemeral":
		return wrongly("%s.cache_control.type: Input should be 'ephemeral'", at)
	case c.TTL != "" && c.TTL != "5m" && c.TTL != "1h":
		return wrongly("%s.cache_control.ttl: Input should be '5m' or '1h'", at)
	}
	m.count++
	if c.mark() == llm.Minutes {
		m.short = true
	} else if m.short {
		return wrongly("%s.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.", at)
	}
	return nil
}

// mark is what a cache control means.
func (c *cacheControl) mark() llm.Mark {
	switch {
	case c == nil:
		return llm.NoMark
	case c.TTL == "1h":
		return llm.HourLong
	default:
		return llm.Minutes
	}
}

// format reads what shape the answer shall have.
func (in messagesRequest) format(q *question) *refusal {
	if in.OutputConfig == nil || in.OutputConfig.Format == nil {
		return nil
	}
	f := in.OutputConfig.Format
	if f.Type != "json_schema" {
		return wrongly("output_config.format.type: Input should be 'json_schema'")
	}
	var schema any
	if err := json.Unmarshal(f.Schema, &schema); err != nil {
		return wrongly("output_config.format.schema: Field required")
	}
	if open(schema) {
		return wrongly("output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false")
	}
	q.request.Schema = f.Schema
	return nil
}
