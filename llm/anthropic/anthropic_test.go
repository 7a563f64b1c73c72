package anthropic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/problem"
)

const secret = "sk-ant-test-0123456789abcdef"

// at is a model whose server is handler.
func at(t *testing.T, handler http.HandlerFunc) *Model {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &Model{
		Client: server.Client(), Base: server.URL + "/", Key: secret,
		Ability: llm.Caps{Provider: "anthropic", Model: "claude-x", Schema: true, Temperature: true, Cache: llm.Marked, MaxOutput: 64000},
	}
}

// events is a stream of events, each named by the type in its data.
func events(data ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, d := range data {
			var e struct{ Type string }
			_ = json.Unmarshal([]byte(d), &e)
			_, _ = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", e.Type, d)
		}
	}
}

func said(text string) string {
	quoted, _ := json.Marshal(text)
	return `{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":` + string(quoted) + `}}`
}

func ended(reason string) string {
	return `{"type":"message_delta","delta":{"stop_reason":"` + reason + `","stop_sequence":null},"usage":{"output_tokens":300,"output_tokens_details":{"thinking_tokens":120}}}`
}

const (
	start   = `{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x-2026","content":[],"stop_reason":null,"usage":{"input_tokens":100,"cache_creation_input_tokens":500,"cache_read_input_tokens":2000,"cache_creation":{"ephemeral_5m_input_tokens":200,"ephemeral_1h_input_tokens":300},"output_tokens":1}}}`
	block   = `{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}`
	unblock = `{"type":"content_block_stop","index":0}`
	ping    = `{"type":"ping"}`
	stop    = `{"type":"message_stop"}`
)

var question1 = llm.Request{
	Book: "bk_1", Role: llm.Draft, MaxTokens: 900, Temperature: 0.7, Seed: 7,
	Blocks: []llm.Block{{Text: "You write."}, {Text: "The book <data> & „ü“", Mark: llm.HourLong}, {Text: "The chapter.", Mark: llm.Minutes}, {Text: "Write on."}},
}

func TestAnAnswerIsRead(t *testing.T) {
	whole := llm.Result{Text: "Hello, wörld", Finish: llm.Stop, Provider: "anthropic", Model: "claude-x-2026", ID: "msg_1",
		Usage: llm.Usage{Input: 2600, CachedRead: 2000, CachedWrite: 500, CachedHour: 300, Output: 300, Reasoning: 120}}
	with := func(change func(*llm.Result)) llm.Result { r := whole; change(&r); return r }
	cut := with(func(r *llm.Result) { r.Finish, r.Usage.Output, r.Usage.Reasoning = "", 1, 0 })
	finish := func(f llm.Finish) llm.Result { return with(func(r *llm.Result) { r.Finish = f }) }
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   llm.Result
		class  llm.Class
	}{
		"whole":               {events(start, block, ping, said("Hello, "), said("wörld"), unblock, ended("end_turn"), stop), whole, ""},
		"thoughts aside":      {events(start, `{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"Hm"}}`, `{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}`, `{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"x"}}`, said("Hello, wörld"), ended("end_turn"), stop), whole, ""},
		"unknown events":      {events(start, `{"type":"weather","delta":{"text":"rain"}}`, said("Hello, wörld"), ended("end_turn"), stop), whole, ""},
		"text at the opening": {events(start, `{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hello, "}}`, said("wörld"), ended("end_turn"), stop), whole, ""},
		"a later usage":       {events(start, said("Hello, wörld"), `{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":110,"cache_read_input_tokens":2000,"cache_creation_input_tokens":500,"output_tokens":300,"output_tokens_details":{"thinking_tokens":120}}}`, stop), with(func(r *llm.Result) { r.Usage.Input = 2610 }), ""},
		"no usage":            {events(`{"type":"message_start","message":{"id":"msg_1","usage":null}}`, said("Hello, wörld"), `{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":null}`, stop), with(func(r *llm.Result) { r.Usage, r.Model = llm.Usage{}, "claude-x" }), ""},
		"empty":               {events(start, ended("end_turn"), stop), with(func(r *llm.Result) { r.Text = "" }), ""},
		"a stop sequence":     {events(start, said("Hello, wörld"), ended("stop_sequence"), stop), whole, ""},
		"no reason":           {events(start, said("Hello, wörld"), stop), with(func(r *llm.Result) { r.Usage.Output, r.Usage.Reasoning = 1, 0 }), ""},
		"too long":            {events(start, said("Hello, wörld"), ended("max_tokens"), stop), finish(llm.Length), ""},
		"context full":        {events(start, said("Hello, wörld"), ended("model_context_window_exceeded"), stop), finish(llm.Length), ""},
		"refused":             {events(start, said("Hello, wörld"), ended("refusal"), stop), finish(llm.Refused), ""},
		"paused":              {events(start, said("Hello, wörld"), ended("pause_turn"), stop), finish(""), llm.Truncated},
		"no stop":             {events(start, said("Hello, wörld"), ended("end_turn")), finish(""), llm.Truncated},
		"garbled":             {events(start, said("Hello, wörld"), `{"type":`), cut, llm.Truncated},
		"a garbled usage":     {events(start, said("Hello, wörld"), `{"type":"message_delta","usage":{"output_tokens":"many"}}`), cut, llm.Truncated},
		"overloaded":          {events(start, said("Hello, wörld"), `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`), cut, llm.Overloaded},
		"over the limit":      {events(start, said("Hello, wörld"), `{"type":"error","error":{"type":"rate_limit_error","message":"slow"}}`), cut, llm.RateLimited},
		"an unnamed error": {func(w http.ResponseWriter, r *http.Request) {
			events(start, said("Hello, wörld"))(w, r)
			_, _ = io.WriteString(w, "data: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}\n\n")
		}, cut, llm.Overloaded},
	} {
		t.Run(name, func(t *testing.T) {
			m := at(t, tt.answer)
			var heard strings.Builder
			got, err := m.Stream(t.Context(), question1, func(c llm.Chunk) error { heard.WriteString(c.Text); return nil })
			if diff := cmp.Diff(tt.want, got); diff != "" || llm.ClassOf(err) != tt.class || (err == nil) != (tt.class == "") {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
			if heard.String() != got.Text {
				t.Errorf("heard %q", heard.String())
			}
		})
	}
}

func TestTheQuestionIsPutInAnthropicsWords(t *testing.T) {
	const head = `{"model":"claude-x","max_tokens":900,`
	for name, tt := range map[string]struct {
		model   func(*Model)
		request func(*llm.Request)
		want    string
	}{
		"marks": {func(*Model) {}, func(*llm.Request) {}, head + `"system":[{"type":"text","text":"You write."}],"messages":[{"role":"user","content":[` +
			`{"type":"text","text":"The book <data> & „ü“","cache_control":{"type":"ephemeral","ttl":"1h"}},` +
			`{"type":"text","text":"The chapter.","cache_control":{"type":"ephemeral","ttl":"5m"}},` +
			`{"type":"text","text":"Write on."}]}],"stream":true,"temperature":0.7}`},
		"no marks": {func(m *Model) { m.Ability.Cache, m.Ability.Temperature = llm.NoCache, false }, func(r *llm.Request) { r.Blocks = r.Blocks[:2] },
			head + `"system":[{"type":"text","text":"You write."}],"messages":[{"role":"user","content":[{"type":"text","text":"The book <data> & „ü“"}]}],"stream":true}`},
		"a schema": {func(m *Model) { m.Ability.Temperature = false }, func(r *llm.Request) {
			r.Blocks = r.Blocks[3:]
			r.Schema = json.RawMessage(`{"type":"object","properties":{"a":{"type":["null","array"],"items":{"type":"object","properties":{"n":{"type":"integer","minimum":1}}}}}}`)
		}, head + `"messages":[{"role":"user","content":[{"type":"text","text":"Write on."}]}],"stream":true,"output_config":{"format":{"type":"json_schema","schema":` +
			`{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}},"additionalProperties":false}}},"additionalProperties":false}}}}`},
		"a schema in words": {func(m *Model) { m.Ability.Temperature, m.Ability.Schema = false, false }, func(r *llm.Request) {
			r.Blocks, r.Schema = r.Blocks[3:], json.RawMessage(`{"type":"object"}`)
		}, head + `"system":[{"type":"text","text":"Answer with one JSON object and nothing else: no words before or after it, and\nno code fence. It follows this JSON Schema:\n{\"type\":\"object\"}\n"}],"messages":[{"role":"user","content":[{"type":"text","text":"Write on."}]}],"stream":true}`},
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			m := at(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				got = string(body)
				if r.URL.String() != "/v1/messages" || r.Header.Get("X-Api-Key") != secret || r.Header.Get("Anthropic-Version") != "2023-06-01" || r.Header.Get("Authorization") != "" {
					t.Errorf("asked %s with %v", r.URL, r.Header)
				}
				events(start, ended("end_turn"), stop)(w, r)
			})
			r := question1
			tt.model(m)
			tt.request(&r)
			if _, err := m.Stream(t.Context(), r, nil); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMarksAreAtMostFourAndTheLongFirst(t *testing.T) {
	for name, tt := range map[string]struct{ marks, want []llm.Mark }{
		"in order":          {[]llm.Mark{"1h", "", "5m"}, []llm.Mark{"1h", "", "5m"}},
		"an hour after":     {[]llm.Mark{"1h", "5m", "1h"}, []llm.Mark{"1h", "5m", "5m"}},
		"more than allowed": {[]llm.Mark{"1h", "1h", "5m", "", "5m", "5m"}, []llm.Mark{"1h", "1h", "5m", "", "5m", ""}},
	} {
		k := marker{on: true}
		got := make([]llm.Mark, len(tt.marks))
		for i, mark := range tt.marks {
			if c := k.mark(mark); c != nil {
				got[i] = c.TTL
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAnAnswerAlwaysHasAnEnd(t *testing.T) {
	for name, tt := range map[string]struct{ asked, most, want int }{
		"as asked":             {100, 64000, 100},
		"as asked, even more":  {100000, 64000, 100000},
		"as the model can":     {0, 64000, 64000},
		"as every model does ": {0, 0, usualMost},
	} {
		m := &Model{Ability: llm.Caps{MaxOutput: tt.most}}
		if got := m.most(llm.Request{MaxTokens: tt.asked}); got != tt.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func TestLimitsAndTheRequestStandBesideAnAnswerAndARefusal(t *testing.T) {
	for _, status := range []int{200, 429} {
		m := at(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Request-Id", "req_1")
			w.Header().Set("Date", "Tue, 10 Nov 2026 10:00:00 GMT")
			w.Header().Set("Anthropic-Ratelimit-Output-Tokens-Limit", "1000")
			w.Header().Set("Anthropic-Ratelimit-Output-Tokens-Remaining", "10")
			w.Header().Set("Anthropic-Ratelimit-Output-Tokens-Reset", "2026-11-10T10:00:09Z")
			w.Header().Set("Anthropic-Ratelimit-Requests-Limit", "50")
			w.WriteHeader(status)
			events(start, said("a"), ended("end_turn"), stop)(w, r)
		})
		got, _ := m.Stream(t.Context(), question1, nil)
		if got.ID != "req_1" || got.Limits.Output != (llm.Allowance{Most: 1000, Left: 10, Reset: 9 * time.Second}) {
			t.Errorf("%d: %+v", status, got)
		}
	}
}

func TestACancelInTheMiddleLeavesTheTextSoFar(t *testing.T) {
	m := at(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		events(start, said("Hello"))(w, r)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	got, err := m.Stream(ctx, question1, func(llm.Chunk) error { cancel(); return nil })
	if llm.ClassOf(err) != llm.Canceled || got.Text != "Hello" || got.Finish != "" || got.Usage.Input != 2600 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheCallersErrorComesBack(t *testing.T) {
	enough := errors.New("enough")
	m := at(t, events(start, said("a"), said("b"), ended("end_turn"), stop))
	got, err := m.Stream(t.Context(), question1, func(llm.Chunk) error { return enough })
	if err != enough || got.Text != "a" { //nolint:errorlint // the very same
		t.Errorf("%q, %v", got.Text, err)
	}
}

func TestARefusalNamesAnthropic(t *testing.T) {
	m := at(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key `+secret+`"}}`)
	})
	_, err := m.Stream(t.Context(), question1, nil)
	p := problem.Of(err)
	if p.Detail != "Anthropic refused the key" || !strings.HasPrefix(p.Hint, "check ANTHROPIC_API_KEY") || strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, m), secret) {
		t.Errorf("%+v", err)
	}
	if got := (&Model{}).server().Base; got != Base {
		t.Errorf("without a base, %s is asked", got)
	}
	r := question1
	r.Schema = json.RawMessage(`{"type":"array"}`)
	if _, err := m.Stream(t.Context(), r, nil); err == nil || llm.ClassOf(err) != "" {
		t.Errorf("got %v", err)
	}
}

func TestAModelIsLookedFor(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		text   string
		want   llm.Class
	}{
		"it is there":      {200, `{"type":"model","id":"claude-x","display_name":"X"}`, ""},
		"it is not":        {404, `{"type":"error","error":{"type":"not_found_error","message":"model: claude-x"}}`, llm.Bad},
		"a wrong key":      {401, `{"type":"error","error":{"type":"authentication_error","message":"no"}}`, llm.Auth},
		"another document": {200, `{"ok":true}`, llm.Bad},
	} {
		t.Run(name, func(t *testing.T) {
			m := at(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/v1/models/claude-x" || r.Header.Get("Anthropic-Version") == "" {
					t.Errorf("asked %s with %v", r.URL, r.Header)
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.text)
			})
			if err := m.Check(t.Context()); llm.ClassOf(err) != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("got %v", err)
			}
		})
	}
}
