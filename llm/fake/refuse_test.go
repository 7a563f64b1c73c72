package fake_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"quire/llm"
	"quire/llm/fake"
	"quire/problem"
)

// with is a copy of an object with a field set.
func with(o map[string]any, name string, value any) map[string]any {
	out := without(o)
	out[name] = value
	return out
}

// format is a structured answer as OpenAI is asked for it.
func format(name, schema string, t *testing.T) map[string]any {
	t.Helper()
	return map[string]any{"type": "json_schema", "json_schema": map[string]any{"name": name, "strict": true, "schema": parse(t, schema)}}
}

// parts is a content of so many texts with cache marks; "" is none.
func parts(ttls ...string) []any {
	var list []any
	for _, ttl := range ttls {
		part := map[string]any{"type": "text", "text": "words"}
		switch ttl {
		case "":
		case "default":
			part["cache_control"] = map[string]any{"type": "ephemeral"}
		default:
			part["cache_control"] = map[string]any{"type": "ephemeral", "ttl": ttl}
		}
		list = append(list, part)
	}
	return list
}

func TestWhatProvidersRefuseIsRefused(t *testing.T) {
	chat := wires[fake.Chat].body(true, task)
	messages := wires[fake.Messages].body(true, task)
	generate := wires[fake.Generate].body(true, task)
	config := func(name string, value any) map[string]any {
		return with(generate, "generationConfig", map[string]any{name: value})
	}
	user := func(content any) []any { return []any{map[string]any{"role": "user", "content": content}} }
	closed := `{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}`
	for name, tt := range map[string]struct {
		route fake.Route
		body  any
		want  string // in the message; "" is taken
	}{
		"openai, an unknown field":         {fake.Chat, with(chat, "top_k", 3), "Unknown parameter: 'top_k'"},
		"openai, no model":                 {fake.Chat, without(chat, "model"), "you must provide a model parameter"},
		"openai, no messages":              {fake.Chat, without(chat, "messages"), "Missing required parameter: 'messages'"},
		"openai, not JSON":                 {fake.Chat, []byte("{"), "could not parse the JSON body"},
		"openai, a wrong role":             {fake.Chat, with(chat, "messages", []any{map[string]any{"role": "pope", "content": "x"}}), "Invalid value: 'pope'"},
		"openai, a wrong content":          {fake.Chat, with(chat, "messages", user(3)), "Invalid type for 'messages[0].content'"},
		"openai, too warm":                 {fake.Chat, with(chat, "temperature", 3), "Invalid 'temperature'"},
		"openai, no room":                  {fake.Chat, with(chat, "max_tokens", 0), "integer below minimum"},
		"openai, old name at a new model":  {fake.Chat, with(with(chat, "model", "gpt-5.4"), "max_tokens", 9), "Use 'max_completion_tokens' instead"},
		"openai, new name at a new model":  {fake.Chat, with(with(chat, "model", "gpt-5.4"), "max_completion_tokens", 90), ""},
		"openai, options without a stream": {fake.Chat, with(chat, "stream", false), "only allowed when 'stream' is enabled"},
		"openai, parts":                    {fake.Chat, with(chat, "messages", user(parts("", ""))), ""},
		"openai, a closed schema":          {fake.Chat, with(chat, "response_format", format("x", closed, t)), ""},
		"openai, an open schema":           {fake.Chat, with(chat, "response_format", format("x", `{"type":"object","properties":{}}`, t)), "'additionalProperties' is required to be supplied and to be false"},
		"openai, an optional property":     {fake.Chat, with(chat, "response_format", format("x", strings.Replace(closed, `"required":["a"]`, `"required":[]`, 1), t)), "Missing 'a'"},
		"openai, open within":              {fake.Chat, with(chat, "response_format", format("x", strings.Replace(closed, `{"type":"string"}`, `{"type":"array","items":{"type":"object"}}`, 1), t)), "In context=('properties', 'a', 'items'), 'additionalProperties'"},
		"openai, a union":                  {fake.Chat, with(chat, "response_format", format("x", strings.Replace(closed, `{"type":"string"}`, `{"oneOf":[]}`, 1), t)), "'oneOf' is not permitted"},
		"openai, a list as a schema":       {fake.Chat, with(chat, "response_format", format("x", `{"type":"array"}`, t)), "must be a JSON Schema of 'type: \"object\"'"},
		"openai, a schema's name":          {fake.Chat, with(chat, "response_format", format("a b", closed, t)), "does not match pattern"},
		"openai, JSON without the word":    {fake.Chat, with(chat, "response_format", map[string]any{"type": "json_object"}), "must contain the word 'json'"},

		"anthropic, an unknown field":   {fake.Messages, with(messages, "seed", 3), "seed: Extra inputs are not permitted"},
		"anthropic, no limit":           {fake.Messages, without(messages, "max_tokens"), "max_tokens: Field required"},
		"anthropic, no model":           {fake.Messages, without(messages, "model"), "model: Field required"},
		"anthropic, no messages":        {fake.Messages, without(messages, "messages"), "at least one message is required"},
		"anthropic, too warm":           {fake.Messages, with(messages, "temperature", 1.5), "temperature: range: 0..1"},
		"anthropic, a system message":   {fake.Messages, with(messages, "messages", []any{map[string]any{"role": "system", "content": "x"}}), "messages.0.role: Input should be 'user' or 'assistant'"},
		"anthropic, an empty part":      {fake.Messages, with(messages, "messages", user([]any{map[string]any{"type": "text", "text": ""}})), "text content blocks must be non-empty"},
		"anthropic, four marks":         {fake.Messages, with(messages, "messages", user(parts("1h", "1h", "5m", "default", ""))), ""},
		"anthropic, five marks":         {fake.Messages, with(with(messages, "system", parts("1h", "5m")), "messages", user(parts("5m", "5m", "5m"))), "A maximum of 4 blocks with cache_control may be provided. Found 5."},
		"anthropic, four and the last":  {fake.Messages, with(with(messages, "cache_control", map[string]any{"type": "ephemeral"}), "messages", user(parts("5m", "5m", "5m", "5m", ""))), "Found 5."},
		"anthropic, an hour too late":   {fake.Messages, with(with(messages, "system", parts("5m")), "messages", user(parts("", "1h"))), "messages.0.content.1.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m'"},
		"anthropic, a wrong duration":   {fake.Messages, with(messages, "messages", user(parts("2h"))), "ttl: Input should be '5m' or '1h'"},
		"anthropic, a closed schema":    {fake.Messages, with(messages, "output_config", map[string]any{"format": map[string]any{"type": "json_schema", "schema": parse(t, closed)}}), ""},
		"anthropic, an open schema":     {fake.Messages, with(messages, "output_config", map[string]any{"format": map[string]any{"type": "json_schema", "schema": map[string]any{"type": "object"}}}), "'additionalProperties' must be explicitly set to false"},
		"anthropic, a schema of itself": {fake.Messages, with(messages, "output_config", map[string]any{"format": map[string]any{"type": "xml"}}), "Input should be 'json_schema'"},

		"google, an unknown field":       {fake.Generate, with(generate, "messages", 1), `Unknown name "messages": Cannot find field`},
		"google, an unknown setting":     {fake.Generate, config("maxTokens", 1), `Unknown name "maxTokens" at 'generation_config'`},
		"google, in snake case":          {fake.Generate, with(without(generate, "generationConfig"), "generation_config", map[string]any{"max_output_tokens": 9}), ""},
		"google, no contents":            {fake.Generate, without(generate, "contents"), "contents is not specified"},
		"google, a wrong role":           {fake.Generate, with(generate, "contents", []any{map[string]any{"role": "assistant", "parts": []any{map[string]any{"text": "x"}}}}), "Please use a valid role: user, model."},
		"google, no parts":               {fake.Generate, with(generate, "contents", []any{map[string]any{"role": "user"}}), "must not be empty"},
		"google, a large seed":           {fake.Generate, config("seed", 1<<40), "Invalid value at 'generation_config.seed' (TYPE_INT32)"},
		"google, a seed":                 {fake.Generate, config("seed", 1<<30), ""},
		"google, a schema without JSON":  {fake.Generate, config("responseJsonSchema", map[string]any{}), "only allowed when response_mime_type is 'application/json'"},
		"google, a wrong kind of config": {fake.Generate, with(generate, "generationConfig", 3), "Invalid value at 'generation_config'"},
		"google, not JSON":               {fake.Generate, []byte("]"), "Invalid JSON payload"},
	} {
		t.Run(name, func(t *testing.T) {
			w := wires[tt.route]
			r := post(t, serve(t, &fake.Server{Author: scripted{`{"a":"b"}`}}), w.streamPath, w.header, tt.body)
			if tt.want == "" {
				if r.status != http.StatusOK {
					t.Errorf("%d %s", r.status, r.body)
				}
				return
			}
			message, _ := at(r.object(t), "error", "message").(string)
			if r.status != http.StatusBadRequest || !strings.Contains(message, tt.want) {
				t.Errorf("%d %q", r.status, message)
			}
		})
	}
}

func TestErrorsHaveTheShapeOfTheProvider(t *testing.T) {
	base := serve(t, &fake.Server{Keys: []string{"the-right-one"}})
	openai := ask(t, base, fake.Chat, true, task)
	if openai.status != 401 || at(openai.object(t), "error", "code") != "invalid_api_key" || at(openai.object(t), "error", "type") != "invalid_request_error" {
		t.Error(openai.body)
	}
	anthropic := ask(t, base, fake.Messages, true, task)
	if o := anthropic.object(t); anthropic.status != 401 || o["type"] != "error" || at(o, "error", "type") != "authentication_error" || o["request_id"] != anthropic.header.Get("Request-Id") {
		t.Error(anthropic.body)
	}
	google := ask(t, base, fake.Generate, true, task)
	if o := google.object(t); google.status != 400 || at(o, "error", "status") != "INVALID_ARGUMENT" || at(o, "error", "details", 0, "reason") != "API_KEY_INVALID" {
		t.Error(google.body)
	}
	for route, header := range map[fake.Route]map[string]string{
		fake.Chat: {"Authorization": "Bearer the-right-one"}, fake.Messages: {"X-Api-Key": "the-right-one", "Anthropic-Version": "2023-06-01"}, fake.Generate: {"X-Goog-Api-Key": "the-right-one"},
	} {
		w := wires[route]
		if r := post(t, base, w.path, header, w.body(false, task)); r.status != 200 {
			t.Errorf("%s refuses the right key: %s", route, r.body)
		}
		delete(header, "Authorization")
		delete(header, "X-Api-Key")
		delete(header, "X-Goog-Api-Key")
		want := map[fake.Route]int{fake.Chat: 401, fake.Messages: 401, fake.Generate: 403}[route]
		if r := post(t, base, w.path, header, w.body(false, task)); r.status != want {
			t.Errorf("%s without a key: %d %s", route, r.status, r.body)
		}
	}
	if r := post(t, base, "/v1beta/models/gemini-x:generateContent?key=the-right-one", nil, wires[fake.Generate].body(false, task)); r.status != 200 {
		t.Errorf("a key in the address: %s", r.body)
	}
}

// failing is an author who does not get to an end.
type failing struct {
	scripted
	result llm.Result
	err    error
}

func (f failing) Stream(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) {
	return f.result, f.err
}

func TestAnAuthorWhoFailsIsTold(t *testing.T) {
	for name, tt := range map[string]struct {
		author llm.Model
		status int
		want   string
	}{
		"a wrong request": {failing{err: problem.New(problem.Invalid, "no French here")}, 400, "no French here"},
		"a broken author": {failing{err: errors.New("ink in /home/x")}, 500, "the author failed"},
		"half an answer":  {failing{result: llm.Result{Text: "Half"}}, 500, "broke off"},
	} {
		r := ask(t, serve(t, &fake.Server{Author: tt.author}), fake.Chat, true, task)
		if message, _ := at(r.object(t), "error", "message").(string); r.status != tt.status || !strings.Contains(message, tt.want) || strings.Contains(message, "/home") {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	plain := ask(t, serve(t, &fake.Server{Author: scripted{"not JSON, so that no essay comes of it"}}), fake.Chat, false, "Tell me of the sea.")
	if text, _ := plain.said(t, fake.Chat, false); text != "not JSON, so that no essay comes of it" {
		t.Errorf("an author who writes no essays is not asked plainly: %s", plain.body)
	}
}
