package openai

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

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/problem"
)

const secret = "sk-test-0123456789abcdef"

// at is a model whose server is handler.
func at(t *testing.T, handler http.HandlerFunc) *Model {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &Model{
		Client: server.Client(), Base: server.URL + "/v1/", Key: secret, Official: true,
		Ability: llm.Caps{Provider: "openai", Model: "gpt-x", Schema: true, Temperature: true, Seed: true, Cache: llm.Automatic},
	}
}

// chunks is a stream with the given data.
func chunks(data ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, d := range data {
			_, _ = fmt.Fprintf(w, "data: %s\n\n", d)
		}
	}
}

// said is a chunk with a piece of text, ended one with a finish reason.
func said(text string) string {
	quoted, _ := json.Marshal(text)
	return `{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x-2026","choices":[{"index":0,"delta":{"content":` + string(quoted) + `},"logprobs":null,"finish_reason":null}],"usage":null}`
}

func ended(reason string) string {
	return `{"id":"chatcmpl-1","model":"gpt-x-2026","choices":[{"index":0,"delta":{},"finish_reason":"` + reason + `"}],"usage":null}`
}

const (
	opened = `{"id":"chatcmpl-1","model":"gpt-x-2026","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}]}`
	used   = `{"id":"chatcmpl-1","model":"gpt-x-2026","choices":[],"usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920,"cache_write_tokens":64,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":192}}}`
)

var question1 = llm.Request{
	Book: "bk_1", Role: llm.Draft, Artefact: "section/ch_1/1", Revision: 1, Attempt: 1, MaxTokens: 900, Temperature: 0.7, Seed: 7,
	Blocks: []llm.Block{{Text: "You write.\n", Mark: llm.HourLong}, {Text: "The book <data> & „ü“\n", Mark: llm.Minutes}, {Text: "Write on."}},
}

func TestAnAnswerIsRead(t *testing.T) {
	whole := llm.Result{Text: "Hello, wörld", Finish: llm.Stop, Provider: "openai", Model: "gpt-x-2026", ID: "chatcmpl-1",
		Usage: llm.Usage{Input: 2006, CachedRead: 1920, CachedWrite: 64, Output: 300, Reasoning: 192}}
	with := func(change func(*llm.Result)) llm.Result { r := whole; change(&r); return r }
	unused := with(func(r *llm.Result) { r.Usage = llm.Usage{} })
	cut := with(func(r *llm.Result) { r.Usage, r.Finish = llm.Usage{}, "" })
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   llm.Result
		class  llm.Class
	}{
		"whole":                  {chunks(opened, said("Hello, "), said("wörld"), ended("stop"), used, "[DONE]"), whole, ""},
		"no DONE":                {chunks(said("Hello, wörld"), ended("stop"), used), whole, ""},
		"no usage":               {chunks(said("Hello, wörld"), ended("stop"), "[DONE]"), unused, ""},
		"usage with the finish":  {chunks(said("Hello, wörld"), strings.Replace(used, `"choices":[]`, `"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]`, 1)), whole, ""},
		"DeepSeek's cache":       {chunks(said("Hello, wörld"), ended("stop"), `{"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"prompt_cache_hit_tokens":8,"prompt_tokens_details":null}}`), with(func(r *llm.Result) { r.Usage = llm.Usage{Input: 10, CachedRead: 8, Output: 2} }), ""},
		"reasoning aside":        {chunks(`{"id":"chatcmpl-1","model":"gpt-x-2026","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"Hm","reasoning":"Hm"}}]}`, said("Hello, wörld"), ended("stop")), unused, ""},
		"another choice":         {chunks(`{"id":"chatcmpl-1","choices":[{"index":1,"delta":{"content":"no"},"finish_reason":"length"}]}`, said("Hello, wörld"), ended("stop")), unused, ""},
		"no names":               {chunks(`{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}`), llm.Result{Text: "a", Finish: llm.Stop, Provider: "openai", Model: "gpt-x"}, ""},
		"empty":                  {chunks(opened, ended("stop"), "[DONE]"), with(func(r *llm.Result) { r.Text, r.Usage = "", llm.Usage{} }), ""},
		"too long":               {chunks(said("Hello, wörld"), ended("length"), used, "[DONE]"), with(func(r *llm.Result) { r.Finish = llm.Length }), ""},
		"filtered":               {chunks(said("Hello, wörld"), ended("content_filter"), used, "[DONE]"), with(func(r *llm.Result) { r.Finish = llm.Refused }), ""},
		"refused":                {chunks(opened, `{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"refusal":"I cannot"}}]}`, ended("stop"), used, "[DONE]"), with(func(r *llm.Result) { r.Text, r.Finish = "", llm.Refused }), ""},
		"no finish":              {chunks(said("Hello, wörld"), "[DONE]"), cut, llm.Truncated},
		"a finish that is none":  {chunks(said("Hello, wörld"), ended("insufficient_system_resource")), cut, llm.Truncated},
		"garbled":                {chunks(said("Hello, wörld"), `{"id":`), cut, llm.Truncated},
		"an error in the middle": {chunks(said("Hello, wörld"), `{"error":{"message":"Provider overloaded","code":502},"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"finish_reason":"error"}]}`), cut, llm.Overloaded},
		"an error of vLLM":       {chunks(said("Hello, wörld"), `{"object":"error","message":"boom","type":"InternalServerError","code":500}`), cut, llm.Overloaded},
		"an error by its name": {func(w http.ResponseWriter, r *http.Request) {
			chunks(said("Hello, wörld"))(w, r)
			_, _ = io.WriteString(w, "event: error\ndata: {\"message\":\"quota\",\"code\":\"insufficient_quota\"}\n\n")
		}, cut, llm.Quota},
		"a chunk that is nothing": {chunks(said("Hello, wörld"), `{}`), cut, llm.Truncated},
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

func TestLimitsAndTheRequestStandBesideAnAnswerAndARefusal(t *testing.T) {
	for _, status := range []int{200, 429} {
		m := at(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Request-Id", "req_1")
			w.Header().Set("X-Ratelimit-Limit-Tokens", "1000")
			w.Header().Set("X-Ratelimit-Remaining-Tokens", "10")
			w.Header().Set("X-Ratelimit-Reset-Tokens", "20ms")
			w.WriteHeader(status)
			chunks(said("a"), ended("stop"))(w, r)
		})
		got, _ := m.Stream(t.Context(), question1, nil)
		if got.ID != "req_1" || got.Limits.Tokens != (llm.Allowance{Most: 1000, Left: 10, Reset: 20e6}) || got.Provider != "openai" {
			t.Errorf("%d: %+v", status, got)
		}
	}
}

func TestTheQuestionIsPutAsEachServerLikesIt(t *testing.T) {
	const schema = `{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["null","array"],"items":{"type":"integer"}}},"required":["a"]}`
	for name, tt := range map[string]struct {
		model   func(*Model)
		request func(*llm.Request)
		want    string
	}{
		"OpenAI": {func(*Model) {}, func(*llm.Request) {}, `{"model":"gpt-x","messages":[` +
			`{"role":"system","content":[{"type":"text","text":"You write.\n"}]},` +
			`{"role":"user","content":[{"type":"text","text":"The book <data> & „ü“\n"},{"type":"text","text":"Write on."}]}],` +
			`"stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":900,"temperature":0.7,"seed":7,"prompt_cache_key":"245ecb4dd174fe11a77ee0aefc465555"}`},
		"others": {func(m *Model) { m.Official = false }, func(*llm.Request) {}, `{"model":"gpt-x","messages":[` +
			`{"role":"system","content":"You write.\n"},{"role":"user","content":"The book <data> & „ü“\nWrite on."}],` +
			`"stream":true,"stream_options":{"include_usage":true},"max_tokens":900,"temperature":0.7,"seed":7}`},
		"others, as little as can be": {func(m *Model) { m.Official, m.Ability.Temperature, m.Ability.Seed = false, false, false }, func(r *llm.Request) { r.MaxTokens, r.Blocks = 0, r.Blocks[2:] },
			`{"model":"gpt-x","messages":[{"role":"user","content":"Write on."}],"stream":true,"stream_options":{"include_usage":true}}`},
		"a schema": {func(m *Model) { m.Official = false }, func(r *llm.Request) {
			*r = llm.Request{Blocks: r.Blocks[2:], Schema: json.RawMessage(schema)}
		},
			`{"model":"gpt-x","messages":[{"role":"user","content":"Write on."}],"stream":true,"stream_options":{"include_usage":true},` +
				`"response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["array","null"],"items":{"type":"integer"}}},"required":["a","b"],"additionalProperties":false}}}}`},
		"a schema in words": {func(m *Model) { m.Official, m.Ability.Schema = false, false }, func(r *llm.Request) {
			*r = llm.Request{Blocks: r.Blocks[1:], Schema: json.RawMessage(`{"type":"object"}`)}
		},
			`{"model":"gpt-x","messages":[{"role":"system","content":"The book <data> & „ü“\nAnswer with one JSON object and nothing else: no words before or after it, and\nno code fence. It follows this JSON Schema:\n{\"type\":\"object\"}\n"},{"role":"user","content":"Write on."}],"stream":true,"stream_options":{"include_usage":true}}`},
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			m := at(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				got = string(body)
				if r.URL.String() != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+secret {
					t.Errorf("asked %s as %q", r.URL, r.Header.Get("Authorization"))
				}
				chunks(ended("stop"))(w, r)
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

func TestWithoutAKeyNoneIsSent(t *testing.T) {
	m := at(t, func(w http.ResponseWriter, r *http.Request) {
		if _, ok := r.Header["Authorization"]; ok {
			t.Errorf("sent %q", r.Header["Authorization"])
		}
		chunks(said("a"), ended("stop"))(w, r)
	})
	m.Key, m.Official = "", false
	if got, err := m.Stream(t.Context(), question1, nil); err != nil || got.Text != "a" {
		t.Errorf("%q, %v", got.Text, err)
	}
}

func TestASchemaThatCannotBeAskedForIsNotSent(t *testing.T) {
	m := at(t, func(http.ResponseWriter, *http.Request) { t.Error("asked") })
	r := question1
	r.Schema = json.RawMessage(`{"type":"array"}`)
	if got, err := m.Stream(t.Context(), r, nil); err == nil || got.Provider != "openai" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestACancelInTheMiddleLeavesTheTextSoFar(t *testing.T) {
	m := at(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		chunks(said("Hello"))(w, r)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	got, err := m.Stream(ctx, question1, func(llm.Chunk) error { cancel(); return nil })
	if llm.ClassOf(err) != llm.Canceled || got.Text != "Hello" || got.Finish != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheCallersErrorComesBack(t *testing.T) {
	stop := errors.New("enough")
	m := at(t, chunks(said("a"), said("b"), ended("stop")))
	got, err := m.Stream(t.Context(), question1, func(llm.Chunk) error { return stop })
	if err != stop || got.Text != "a" { //nolint:errorlint // the very same
		t.Errorf("%q, %v", got.Text, err)
	}
}

func TestAChunkOfTwoMegabytesInPiecesIsRead(t *testing.T) {
	long := strings.Repeat("ü—🜚", 1<<18)
	m := at(t, func(w http.ResponseWriter, _ *http.Request) {
		text := "data: " + said(long) + "\n\ndata: " + ended("stop") + "\n\n"
		for len(text) > 0 { // 7001 bytes cut letters apart
			n := min(7001, len(text))
			_, _ = io.WriteString(w, text[:n])
			_ = http.NewResponseController(w).Flush()
			text = text[n:]
		}
	})
	if got, err := m.Stream(t.Context(), question1, nil); err != nil || got.Text != long {
		t.Errorf("%d bytes, %v", len(got.Text), err)
	}
}

func TestARefusalNamesTheServer(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Model)
		want   string
	}{
		"OpenAI":  {func(*Model) {}, "OpenAI refused the key"},
		"a name":  {func(m *Model) { m.Name = "DeepSeek" }, "DeepSeek refused the key"},
		"a host":  {func(m *Model) { m.Official = false }, "127.0.0.1:"},
		"no key":  {func(m *Model) { m.Key = "" }, "OpenAI asks for a key"},
		"no host": {func(m *Model) { m.Official, m.Base = false, "nowhere" }, "the base URL of the model server"},
	} {
		t.Run(name, func(t *testing.T) {
			m := at(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusUnauthorized)
				_, _ = io.WriteString(w, `{"error":{"message":"Incorrect API key provided: `+secret+`","code":"invalid_api_key"}}`)
			})
			tt.change(m)
			_, err := m.Stream(t.Context(), question1, nil)
			if !strings.HasPrefix(problem.Of(err).Detail, tt.want) || strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, m), secret) {
				t.Errorf("%+v", err)
			}
		})
	}
	if got := (&Model{Official: true}).server().Base; got != Base {
		t.Errorf("without a base, %s is asked", got)
	}
}

func TestAModelIsLookedFor(t *testing.T) {
	for name, tt := range map[string]struct {
		official bool
		path     string
		status   int
		text     string
		want     llm.Class
	}{
		"OpenAI has it":           {true, "/v1/models/gpt-x", 200, `{"id":"gpt-x","object":"model","owned_by":"openai"}`, ""},
		"OpenAI lacks it":         {true, "/v1/models/gpt-x", 404, `{"error":{"message":"The model 'gpt-x' does not exist","code":"model_not_found"}}`, llm.Bad},
		"a wrong key":             {true, "/v1/models/gpt-x", 401, `{"error":{"message":"no","code":"invalid_api_key"}}`, llm.Auth},
		"another document":        {true, "/v1/models/gpt-x", 200, `{"ok":true}`, llm.Bad},
		"a server has it":         {false, "/v1/models", 200, `{"object":"list","data":[{"id":"a"},{"id":"gpt-x"}]}`, ""},
		"Ollama's latest":         {false, "/v1/models", 200, `{"object":"list","data":[{"id":"gpt-x:latest","owned_by":"library"}]}`, ""},
		"llama.cpp has but one":   {false, "/v1/models", 200, `{"object":"list","data":[{"id":"/m.gguf","owned_by":"llamacpp"}]}`, ""},
		"a server lacks it":       {false, "/v1/models", 200, `{"object":"list","data":[{"id":"a"}]}`, llm.Bad},
		"a server has none":       {false, "/v1/models", 200, `{"object":"list","data":[]}`, llm.Bad},
		"not a model server":      {false, "/v1/models", 200, `{"ok":true}`, llm.Bad},
		"a server that is ailing": {false, "/v1/models", 500, ``, llm.Overloaded},
	} {
		t.Run(name, func(t *testing.T) {
			m := at(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != tt.path {
					t.Errorf("asked %s", r.URL.Path)
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.text)
			})
			m.Official = tt.official
			if err := m.Check(t.Context()); llm.ClassOf(err) != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestTheCacheKeyIsOfTheBookAndTheRole(t *testing.T) {
	base := cacheKey(question1)
	other := question1
	other.Artefact, other.Attempt = "section/ch_2/9", 3
	if cacheKey(other) != base {
		t.Error("another section has another key")
	}
	book, role := question1, question1
	book.Book, role.Role = "bk_2", llm.Observe
	if cacheKey(book) == base || cacheKey(role) == base || len(base) > 64 || strings.Contains(base, "bk_1") {
		t.Errorf("key %q", base)
	}
}
