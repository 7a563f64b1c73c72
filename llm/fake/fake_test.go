package fake_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/llm/fake"
	"quire/offline"
)

// scripted is an author who always says the same.
type scripted struct{ text string }

func (scripted) Caps() llm.Caps { return llm.Caps{Model: "resolved-1", Context: 1000, MaxOutput: 500} }

func (s scripted) Stream(_ context.Context, r llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
	res := llm.Result{Text: s.text, Finish: llm.Stop}
	if most := 4 * r.MaxTokens; most > 0 && len(s.text) > most {
		res.Text, res.Finish = s.text[:most], llm.Length
	}
	return res, nil
}

// task ends a prompt of ours.
var task = llm.Task{Role: llm.Draft, Artefact: "section/ch_1/1", Revision: 1, Attempt: 1, Seed: 7, Words: 4}.String()

// reply is an answer as it came over the wire.
type reply struct {
	status int
	header http.Header
	body   string
	err    error // that ended the body
}

// object reads the body as JSON.
func (r reply) object(t *testing.T) map[string]any {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(r.body), &o); err != nil {
		t.Fatalf("%q is no object (%v)", r.body, err)
	}
	return o
}

// event is one server-sent event.
type event struct {
	name string
	data map[string]any
	raw  string // if the data is no object
}

// events reads the body as server-sent events.
func (r reply) events(t *testing.T) (list []event) {
	t.Helper()
	var e event
	lines := bufio.NewScanner(strings.NewReader(r.body))
	lines.Buffer(nil, 8<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "":
			if e.raw != "" || e.data != nil {
				list = append(list, e)
			}
			e = event{}
		case strings.HasPrefix(line, "event: "):
			e.name = line[len("event: "):]
		case strings.HasPrefix(line, "data: "):
			if json.Unmarshal([]byte(line[len("data: "):]), &e.data) != nil {
				e.raw = line[len("data: "):]
			}
		}
	}
	return list
}

// wire is how to ask a provider.
type wire struct {
	path, streamPath string
	header           map[string]string
	body             func(stream bool, text string) map[string]any
}

var wires = map[fake.Route]wire{
	fake.Chat: {"/v1/chat/completions", "/v1/chat/completions", map[string]string{"Authorization": "Bearer key-of-a-client"}, func(stream bool, text string) map[string]any {
		body := map[string]any{"model": "gpt-x", "messages": []any{map[string]any{"role": "user", "content": text}}}
		if stream {
			body["stream"], body["stream_options"] = true, map[string]any{"include_usage": true}
		}
		return body
	}},
	fake.Messages: {"/v1/messages", "/v1/messages", map[string]string{"X-Api-Key": "key-of-a-client", "Anthropic-Version": "2023-06-01"}, func(stream bool, text string) map[string]any {
		return map[string]any{"model": "claude-x", "max_tokens": 1000, "stream": stream, "messages": []any{map[string]any{"role": "user", "content": text}}}
	}},
	fake.Generate: {"/v1beta/models/gemini-x:generateContent", "/v1beta/models/gemini-x:streamGenerateContent?alt=sse", map[string]string{"X-Goog-Api-Key": "key-of-a-client"}, func(_ bool, text string) map[string]any {
		return map[string]any{"contents": []any{map[string]any{"role": "user", "parts": []any{map[string]any{"text": text}}}}}
	}},
}

// post sends a body to a server.
func post(t *testing.T, base, path string, header map[string]string, body any) reply {
	t.Helper()
	text, ok := body.([]byte)
	if !ok {
		var err error
		if text, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req, header)
}

func do(t *testing.T, req *http.Request, header map[string]string) reply {
	t.Helper()
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, string(got), err}
}

// ask asks over a wire.
func ask(t *testing.T, base string, route fake.Route, stream bool, text string) reply {
	t.Helper()
	w := wires[route]
	path := w.path
	if stream {
		path = w.streamPath
	}
	return post(t, base, path, w.header, w.body(stream, text))
}

// serve starts a server.
func serve(t *testing.T, s *fake.Server) string {
	t.Helper()
	if s.Author == nil {
		s.Author = scripted{"One two three."}
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() { s.Close(); server.Close() })
	return server.URL
}

// without is a copy of an object without some fields.
func without(o map[string]any, names ...string) map[string]any {
	out := map[string]any{}
	for k, v := range o {
		out[k] = v
	}
	for _, n := range names {
		delete(out, n)
	}
	return out
}

// parse reads JSON that a test holds.
func parse(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestChatStreamsLikeOpenAI(t *testing.T) {
	r := ask(t, serve(t, &fake.Server{}), fake.Chat, true, "Write. "+task)
	if r.status != 200 || !strings.HasPrefix(r.header.Get("Content-Type"), "text/event-stream") || r.header.Get("X-Request-Id") == "" {
		t.Fatalf("%d %v", r.status, r.header)
	}
	list := r.events(t)
	if last := list[len(list)-1]; last.raw != "[DONE]" {
		t.Fatalf("the stream ends with %v", last)
	}
	var deltas []any
	for _, e := range list[:len(list)-2] {
		if e.data["object"] != "chat.completion.chunk" || e.data["model"] != "resolved-1" || !strings.HasPrefix(e.data["id"].(string), "chatcmpl-") || e.data["created"].(float64) < 1 {
			t.Errorf("chunk %v", e.data)
		}
		if usage, there := e.data["usage"]; usage != nil || !there {
			t.Errorf("usage %v, %v", usage, there)
		}
		deltas = append(deltas, e.data["choices"].([]any)[0])
	}
	want := parse(t, `[
		{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null},
		{"index":0,"delta":{"content":"One "},"logprobs":null,"finish_reason":null},
		{"index":0,"delta":{"content":"two "},"logprobs":null,"finish_reason":null},
		{"index":0,"delta":{"content":"three."},"logprobs":null,"finish_reason":null},
		{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]`)
	if diff := cmp.Diff(want, any(deltas)); diff != "" {
		t.Errorf("choices (-want +got):\n%s", diff)
	}
	last := list[len(list)-2].data
	input := llm.Tokens("Write. " + task)
	usage := last["usage"].(map[string]any)
	if len(last["choices"].([]any)) != 0 || usage["prompt_tokens"] != float64(input) || usage["completion_tokens"] != 4.0 || usage["total_tokens"] != float64(input+4) {
		t.Errorf("the last chunk is %v", last)
	}
}

func TestChatTellsNoUsageUnlessAsked(t *testing.T) {
	body := wires[fake.Chat].body(true, task)
	delete(body, "stream_options")
	r := post(t, serve(t, &fake.Server{}), "/v1/chat/completions", nil, body)
	if strings.Contains(r.body, "usage") || !strings.Contains(r.body, `"finish_reason":"stop"`) {
		t.Error(r.body)
	}
}

func TestChatAnswersWhole(t *testing.T) {
	r := ask(t, serve(t, &fake.Server{}), fake.Chat, false, task)
	o := r.object(t)
	want := parse(t, `{"object":"chat.completion","model":"resolved-1","service_tier":"default","system_fingerprint":"fp_fake",
		"choices":[{"index":0,"message":{"role":"assistant","content":"One two three.","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}]}`)
	if diff := cmp.Diff(want, any(without(o, "id", "created", "usage"))); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

func TestMessagesStreamLikeAnthropic(t *testing.T) {
	r := ask(t, serve(t, &fake.Server{}), fake.Messages, true, task)
	if r.status != 200 || r.header.Get("Request-Id") == "" {
		t.Fatalf("%d %v", r.status, r.header)
	}
	list := r.events(t)
	var names []string
	for _, e := range list {
		names = append(names, e.name)
		if e.data["type"] != e.name {
			t.Errorf("event %s has the type %v", e.name, e.data["type"])
		}
	}
	want := "message_start content_block_start ping content_block_delta content_block_delta content_block_delta content_block_stop message_delta message_stop"
	if got := strings.Join(names, " "); got != want {
		t.Fatalf("events %s", got)
	}
	message := list[0].data["message"].(map[string]any)
	if message["model"] != "resolved-1" || message["role"] != "assistant" || message["stop_reason"] != nil || len(message["content"].([]any)) != 0 {
		t.Errorf("message %v", message)
	}
	usage := message["usage"].(map[string]any)
	if usage["input_tokens"] != float64(llm.Tokens(task)) || usage["cache_read_input_tokens"] != 0.0 || usage["cache_creation_input_tokens"] != 0.0 || usage["output_tokens"] != 1.0 {
		t.Errorf("usage %v", usage)
	}
	if diff := cmp.Diff(parse(t, `{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"two "}}`), any(list[4].data)); diff != "" {
		t.Errorf("delta (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(parse(t, `{"stop_reason":"end_turn","stop_sequence":null,"stop_details":null,"container":null}`), list[7].data["delta"]); diff != "" {
		t.Errorf("delta (-want +got):\n%s", diff)
	}
	if out := list[7].data["usage"].(map[string]any)["output_tokens"]; out != 4.0 {
		t.Errorf("%v tokens out", out)
	}
}

func TestMessagesAnswerWhole(t *testing.T) {
	o := ask(t, serve(t, &fake.Server{}), fake.Messages, false, task).object(t)
	want := parse(t, `{"type":"message","role":"assistant","model":"resolved-1","content":[{"type":"text","text":"One two three.","citations":null}],
		"stop_reason":"end_turn","stop_sequence":null,"stop_details":null,"container":null,"diagnostics":null}`)
	if diff := cmp.Diff(want, any(without(o, "id", "usage"))); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

func TestGenerateStreamsLikeGoogle(t *testing.T) {
	r := ask(t, serve(t, &fake.Server{}), fake.Generate, true, task)
	if r.status != 200 || !strings.Contains(r.body, "\r\n\r\n") {
		t.Fatalf("%d %q", r.status, r.body)
	}
	var text strings.Builder
	list := r.events(t)
	for i, e := range list {
		c := e.data["candidates"].([]any)[0].(map[string]any)
		content := c["content"].(map[string]any)
		text.WriteString(content["parts"].([]any)[0].(map[string]any)["text"].(string))
		if finish := c["finishReason"]; (finish == "STOP") != (i == len(list)-1) || content["role"] != "model" || e.data["modelVersion"] != "resolved-1" || e.data["responseId"] == "" {
			t.Errorf("chunk %v", e.data)
		}
	}
	usage := list[len(list)-1].data["usageMetadata"].(map[string]any)
	in := float64(llm.Tokens(task))
	if text.String() != "One two three." || usage["promptTokenCount"] != in || usage["candidatesTokenCount"] != 4.0 || usage["totalTokenCount"] != in+4 {
		t.Errorf("%q, %v", text.String(), usage)
	}
}

func TestGenerateAnswersWholeAndAsAnArray(t *testing.T) {
	base := serve(t, &fake.Server{})
	want := parse(t, `[{"content":{"parts":[{"text":"One two three."}],"role":"model"},"index":0,"finishReason":"STOP"}]`)
	if diff := cmp.Diff(want, ask(t, base, fake.Generate, false, task).object(t)["candidates"]); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	r := post(t, base, "/v1beta/models/gemini-x:streamGenerateContent", nil, wires[fake.Generate].body(true, task))
	if list, ok := parse(t, r.body).([]any); !ok || len(list) != 1 {
		t.Errorf("without alt=sse: %s", r.body)
	}
}

func TestTheOfflineAuthorSaysTheSameOverEveryWire(t *testing.T) {
	brief, err := llm.Data("brief", 1, map[string]any{"topic": "The lamplighter", "kind": "fiction", "language": "en", "chapters": 1, "words": 300})
	if err != nil {
		t.Fatal(err)
	}
	prompt := brief + llm.Task{Role: llm.Concept, Artefact: "concept", Revision: 1, Attempt: 1, Seed: 9}.String()
	want, err := (&offline.Author{}).Stream(t.Context(), llm.Request{Blocks: []llm.Block{{Text: prompt}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	base := serve(t, &fake.Server{Author: &offline.Author{}})
	texts := map[fake.Route]func(map[string]any) any{
		fake.Chat:     func(o map[string]any) any { return at(o, "choices", 0, "message", "content") },
		fake.Messages: func(o map[string]any) any { return at(o, "content", 0, "text") },
		fake.Generate: func(o map[string]any) any { return at(o, "candidates", 0, "content", "parts", 0, "text") },
	}
	for route, text := range texts {
		w := wires[route]
		body := w.body(false, prompt)
		if route == fake.Messages {
			body["max_tokens"] = 60000
		}
		if got := text(post(t, base, w.path, w.header, body).object(t)); got != want.Text {
			t.Errorf("over %s: %.200v", route, got)
		}
	}
}

// at goes down into a value.
func at(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			o, _ := v.(map[string]any)
			v = o[s]
		case int:
			list, _ := v.([]any)
			if s < 0 || s >= len(list) {
				return nil
			}
			v = list[s]
		}
	}
	return v
}

func TestModelsAreListedInTheShapeOfTheClient(t *testing.T) {
	base := serve(t, &fake.Server{Models: []string{"second"}})
	get := func(path string, header map[string]string) reply {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		return do(t, req, header)
	}
	anthropic := map[string]string{"Anthropic-Version": "2023-06-01"}
	for name, tt := range map[string]struct {
		got  any
		want any
	}{
		"openai":           {at(get("/v1/models", nil).object(t), "data", 1, "id"), "second"},
		"openai, one":      {at(get("/v1/models/second", nil).object(t), "object"), "model"},
		"openai, none":     {at(get("/v1/models/third", nil).object(t), "error", "code"), "model_not_found"},
		"anthropic":        {at(get("/v1/models", anthropic).object(t), "data", 0, "display_name"), "resolved-1"},
		"anthropic, one":   {at(get("/v1/models/second", anthropic).object(t), "type"), "model"},
		"anthropic, none":  {at(get("/v1/models/third", anthropic).object(t), "error", "type"), "not_found_error"},
		"google":           {at(get("/v1beta/models", nil).object(t), "models", 1, "name"), "models/second"},
		"google, one":      {at(get("/v1beta/models/second", nil).object(t), "inputTokenLimit"), 1000.0},
		"google, none":     {at(get("/v1beta/models/third", nil).object(t), "error", "status"), "NOT_FOUND"},
		"no such path":     {get("/v1/nothing", nil).status, 404},
		"nor at anthropic": {at(get("/v1/messages/x", anthropic).object(t), "error", "type"), "not_found_error"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
}

func TestTokensAreCounted(t *testing.T) {
	base := serve(t, &fake.Server{})
	body := wires[fake.Messages].body(false, "12345678")
	delete(body, "max_tokens")
	delete(body, "stream")
	if got := post(t, base, "/v1/messages/count_tokens", wires[fake.Messages].header, body).object(t)["input_tokens"]; got != 2.0 {
		t.Errorf("anthropic counts %v", got)
	}
	inner := wires[fake.Generate].body(false, "12345678")
	for name, body := range map[string]any{"plain": inner, "inside": map[string]any{"generateContentRequest": inner}} {
		if got := post(t, base, "/v1beta/models/gemini-x:countTokens", nil, body).object(t)["totalTokens"]; got != 2.0 {
			t.Errorf("google, %s, counts %v", name, got)
		}
	}
}
