package fake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"quire/llm"
)

// chat is OpenAI's Chat Completions.
type chat struct{}

// chatFields are the fields of a request that OpenAI knows (API reference of
// November 2026).
const chatFields = `messages model frequency_penalty logprobs max_completion_tokens max_tokens n presence_penalty
	prompt_cache_key safety_identifier seed store stream temperature top_logprobs top_p parallel_tool_calls user audio logit_bias
	metadata modalities moderation prompt_cache_retention reasoning_effort service_tier stop stream_options verbosity function_call
	functions prediction prompt_cache_options response_format tool_choice tools web_search_options`

type chatRequest struct {
	Model    string `json:"model"`
	Messages []struct {
		Role    string          `json:"role"`
		Content json.RawMessage `json:"content"`
	} `json:"messages"`
	Stream        bool `json:"stream"`
	StreamOptions *struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
	MaxTokens           *int            `json:"max_tokens"`
	MaxCompletionTokens *int            `json:"max_completion_tokens"`
	Temperature         *float64        `json:"temperature"`
	Seed                *int64          `json:"seed"`
	PromptCacheKey      string          `json:"prompt_cache_key"`
	ResponseFormat      *responseFormat `json:"response_format"`
}

type responseFormat struct {
	Type       string `json:"type"`
	JSONSchema struct {
		Name   string          `json:"name"`
		Strict bool            `json:"strict"`
		Schema json.RawMessage `json:"schema"`
	} `json:"json_schema"`
}

type chatPart struct {
	Type       string          `json:"type"`
	Text       string          `json:"text"`
	Breakpoint json.RawMessage `json:"prompt_cache_breakpoint"`
}

// thinkers are the models that refuse max_tokens.
var thinkers = regexp.MustCompile(`^(gpt-[5-9]|o\d)`)

func (chat) key(r *http.Request) string {
	return strings.TrimSpace(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer"))
}

func (chat) read(_ *http.Request, body []byte, _ bool) (question, *refusal) {
	wrong := func(param, code, format string, args ...any) *refusal {
		return &refusal{status: http.StatusBadRequest, message: fmt.Sprintf(format, args...), param: param, code: code}
	}
	var q question
	stranger, err := fields(body, chatFields)
	if err != nil {
		return q, wrong("", "", "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly.)")
	}
	if stranger != "" {
		return q, wrong(stranger, "unknown_parameter", "Unknown parameter: '%s'.", stranger)
	}
	var in chatRequest
	if err := json.Unmarshal(body, &in); err != nil {
		return q, wrong("", "invalid_type", "Invalid type in the request: %s.", err)
	}
	switch {
	case in.Model == "":
		return q, wrong("", "", "you must provide a model parameter")
	case len(in.Messages) == 0:
		return q, wrong("messages", "missing_required_parameter", "Missing required parameter: 'messages'.")
	case in.MaxTokens != nil && thinkers.MatchString(in.Model):
		return q, wrong("max_tokens", "unsupported_parameter", "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")
	case in.MaxTokens != nil && in.MaxCompletionTokens != nil:
		return q, wrong("max_tokens", "invalid_parameter_combination", "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.")
	case in.StreamOptions != nil && !in.Stream:
		return q, wrong("stream_options", "", "The 'stream_options' parameter is only allowed when 'stream' is enabled.")
	case in.Temperature != nil && (*in.Temperature < 0 || *in.Temperature > 2):
		return q, wrong("temperature", "decimal_above_max_value", "Invalid 'temperature': expected a decimal from 0 to 2, but got %v instead.", *in.Temperature)
	}
	q = question{model: in.Model, stream: in.Stream, usage: in.StreamOptions != nil && in.StreamOptions.IncludeUsage, cacheKey: in.PromptCacheKey}
	for _, limit := range []*int{in.MaxTokens, in.MaxCompletionTokens} {
		if limit == nil {
			continue
		}
		if *limit < 1 {
			return q, wrong("max_tokens", "integer_below_min_value", "Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got %d instead.", *limit)
		}
		q.request.MaxTokens = *limit
	}
	if in.Temperature != nil {
		q.request.Temperature = *in.Temperature
	}
	if in.Seed != nil {
		q.request.Seed = uint64(*in.Seed) //nolint:gosec // any number is a seed
	}
	if bad := in.messages(&q); bad != nil {
		return q, bad
	}
	if bad := in.format(&q); bad != nil {
		return q, bad
	}
	q.settle()
	return q, nil
}

// messages gathers the text parts in order.
func (in chatRequest) messages(q *question) *refusal {
	for i, m := range in.Messages {
		switch m.Role {
		case "system", "developer", "user", "assistant", "tool":
		default:
			return &refusal{status: http.StatusBadRequest, param: fmt.Sprintf("messages[%d].role", i), code: "invalid_value",
				message: fmt.Sprintf("Invalid value: '%s'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.", m.Role)}
		}
		var parts []chatPart
		var text string
		switch {
		case json.Unmarshal(m.Content, &text) == nil:
			parts = []chatPart{{Type: "text", Text: text}}
		case json.Unmarshal(m.Content, &parts) != nil:
			return &refusal{status: http.StatusBadRequest, param: fmt.Sprintf("messages[%d].content", i), code: "invalid_type",
				message: fmt.Sprintf("Invalid type for 'messages[%d].content': expected one of a string or array of objects.", i)}
		}
		if m.Role == "user" {
			q.user = ""
		}
		for _, p := range parts {
			mark := llm.NoMark
			if p.Breakpoint != nil {
				mark = llm.Minutes
			}
			q.request.Blocks = append(q.request.Blocks, llm.Block{Text: p.Text, Mark: mark})
			if m.Role == "user" {
				q.user += p.Text
			}
		}
	}
	return nil
}

var schemaName = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// format reads what shape the answer shall have.
func (in chatRequest) format(q *question) *refusal {
	f := in.ResponseFormat
	if f == nil || f.Type == "text" {
		return nil
	}
	wrong := func(param, message string) *refusal {
		return &refusal{status: http.StatusBadRequest, param: param, message: message}
	}
	switch f.Type {
	case "json_object":
		if !bytes.Contains(bytes.ToLower(encode(in.Messages)), []byte("json")) {
			return wrong("messages", "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.")
		}
		q.request.Schema = json.RawMessage(`{"type":"object"}`)
		return nil
	case "json_schema":
	default:
		return wrong("response_format.type", "Invalid value: '"+f.Type+"'. Supported values are: 'json_object', 'json_schema', and 'text'.")
	}
	if !schemaName.MatchString(f.JSONSchema.Name) {
		return wrong("response_format.json_schema.name", "Invalid 'response_format.json_schema.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.")
	}
	if f.JSONSchema.Strict {
		if fault := strict(f.JSONSchema.Schema); fault != "" {
			return wrong("response_format", "Invalid schema for response_format '"+f.JSONSchema.Name+"': "+fault)
		}
	}
	q.request.Schema = f.JSONSchema.Schema
	return nil
}
