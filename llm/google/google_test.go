package google

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

const secret = "AIzaTest0123456789abcdef"

// at is a model whose server is handler.
func at(t *testing.T, handler http.HandlerFunc) *Model {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &Model{
		Client: server.Client(), Base: server.URL + "/", Key: secret,
		Ability: llm.Caps{Provider: "google", Model: "gemini-x", Schema: true, Temperature: true, Seed: true, Cache: llm.Automatic},
	}
}

// chunks is a stream with the given data, with the line ends of Google.
func chunks(data ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, d := range data {
			_, _ = fmt.Fprintf(w, "data: %s\r\n\r\n", d)
		}
	}
}

func said(text string) string {
	quoted, _ := json.Marshal(text)
	return `{"candidates":[{"content":{"parts":[{"text":` + string(quoted) + `}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":2000,"totalTokenCount":2000},"modelVersion":"gemini-x-001","responseId":"r1"}`
}

func ended(reason string) string {
	return `{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"` + reason + `","index":0}],"usageMetadata":{"promptTokenCount":2000,"cachedContentTokenCount":1500,"candidatesTokenCount":300,"thoughtsTokenCount":200,"totalTokenCount":2500},"modelVersion":"gemini-x-001","responseId":"r1"}`
}

var question1 = llm.Request{
	Book: "bk_1", Role: llm.Draft, MaxTokens: 900, Temperature: 0.7, Seed: 7,
	Blocks: []llm.Block{{Text: "You write."}, {Text: "The book <data> & „ü“", Mark: llm.HourLong}, {Text: "Write on."}},
}

func TestAnAnswerIsRead(t *testing.T) {
	whole := llm.Result{Text: "Hello, wörld", Finish: llm.Stop, Provider: "google", Model: "gemini-x-001", ID: "r1",
		Usage: llm.Usage{Input: 2000, CachedRead: 1500, Output: 500, Reasoning: 200}}
	with := func(change func(*llm.Result)) llm.Result { r := whole; change(&r); return r }
	cut := with(func(r *llm.Result) { r.Finish, r.Usage = "", llm.Usage{Input: 2000} })
	finish := func(f llm.Finish) llm.Result { return with(func(r *llm.Result) { r.Finish = f }) }
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   llm.Result
		class  llm.Class
	}{
		"whole":            {chunks(said("Hello, "), said("wörld"), ended("STOP")), whole, ""},
		"thoughts aside":   {chunks(`{"candidates":[{"content":{"parts":[{"text":"Hm","thought":true},{"text":"Hello, "}]}}],"responseId":"r1"}`, said("wörld"), ended("STOP")), whole, ""},
		"another answer":   {chunks(`{"candidates":[{"index":1,"content":{"parts":[{"text":"no"}]},"finishReason":"SAFETY"}]}`, said("Hello, wörld"), ended("STOP")), whole, ""},
		"no names":         {chunks(`{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}`), llm.Result{Text: "a", Finish: llm.Stop, Provider: "google", Model: "gemini-x"}, ""},
		"empty":            {chunks(ended("STOP")), with(func(r *llm.Result) { r.Text = "" }), ""},
		"no content":       {chunks(`{"candidates":[{"finishReason":"MAX_TOKENS"}],"responseId":"r1","modelVersion":"gemini-x-001"}`), with(func(r *llm.Result) { r.Text, r.Usage, r.Finish = "", llm.Usage{}, llm.Length }), ""},
		"too long":         {chunks(said("Hello, wörld"), ended("MAX_TOKENS")), finish(llm.Length), ""},
		"unsafe":           {chunks(said("Hello, wörld"), ended("SAFETY")), finish(llm.Refused), ""},
		"prohibited":       {chunks(said("Hello, wörld"), ended("PROHIBITED_CONTENT")), finish(llm.Refused), ""},
		"recited":          {chunks(said("Hello, wörld"), ended("RECITATION")), finish(llm.Refused), ""},
		"a forbidden word": {chunks(said("Hello, wörld"), ended("BLOCKLIST")), finish(llm.Refused), ""},
		"blocked":          {chunks(`{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":9},"modelVersion":"gemini-x-001","responseId":"r1"}`), with(func(r *llm.Result) { r.Text, r.Finish, r.Usage = "", llm.Refused, llm.Usage{Input: 9} }), ""},
		"no finish":        {chunks(said("Hello, wörld")), cut, llm.Truncated},
		"another finish":   {chunks(said("Hello, wörld"), ended("OTHER")), finish(""), llm.Truncated},
		"garbled":          {chunks(said("Hello, wörld"), `{"candidates":`), cut, llm.Truncated},
		"overloaded":       {chunks(said("Hello, wörld"), `{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}`), cut, llm.Overloaded},
		"over the limit":   {chunks(said("Hello, wörld"), `{"error":{"code":429,"message":"x","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"2s"}]}}`), cut, llm.RateLimited},
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

func TestTheQuestionIsPutInGooglesWords(t *testing.T) {
	const user = `"contents":[{"role":"user","parts":[{"text":"The book <data> & „ü“"},{"text":"Write on."}]}]`
	const system = `{"systemInstruction":{"parts":[{"text":"You write."}]},`
	for name, tt := range map[string]struct {
		model   func(*Model)
		request func(*llm.Request)
		want    string
	}{
		"all of it": {func(*Model) {}, func(*llm.Request) {}, system + user + `,"generationConfig":{"maxOutputTokens":900,"temperature":0.7,"seed":7}}`},
		"as little as can be": {func(m *Model) { m.Ability.Temperature, m.Ability.Seed = false, false }, func(r *llm.Request) { r.MaxTokens, r.Blocks = 0, r.Blocks[2:] },
			`{"contents":[{"role":"user","parts":[{"text":"Write on."}]}]}`},
		"a schema": {func(*Model) {}, func(r *llm.Request) {
			*r = llm.Request{Blocks: r.Blocks, Schema: json.RawMessage(`{"type":"object","properties":{"b":{"type":"integer","minimum":1},"a":{"type":["null","array"],"items":{"type":"string","const":"x"}}},"required":["b"]}`)}
		}, system + user + `,"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"b":{"type":"integer","minimum":1},"a":{"type":"array","items":{"type":"string"}}},"required":["b"],"additionalProperties":false}}}`},
		"a schema in words": {func(m *Model) { m.Ability.Schema = false }, func(r *llm.Request) {
			*r = llm.Request{Blocks: r.Blocks[2:], Schema: json.RawMessage(`{"type":"object"}`)}
		}, `{"systemInstruction":{"parts":[{"text":"Answer with one JSON object and nothing else: no words before or after it, and\nno code fence. It follows this JSON Schema:\n{\"type\":\"object\"}\n"}]},"contents":[{"role":"user","parts":[{"text":"Write on."}]}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			m := at(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				got = string(body)
				if r.URL.String() != "/v1beta/models/gemini-x:streamGenerateContent?alt=sse" || r.Header.Get("X-Goog-Api-Key") != secret || r.Header.Get("Authorization") != "" {
					t.Errorf("asked %s with %v", r.URL, r.Header)
				}
				chunks(ended("STOP"))(w, r)
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
	enough := errors.New("enough")
	m := at(t, chunks(said("a"), said("b"), ended("STOP")))
	got, err := m.Stream(t.Context(), question1, func(llm.Chunk) error { return enough })
	if err != enough || got.Text != "a" { //nolint:errorlint // the very same
		t.Errorf("%q, %v", got.Text, err)
	}
}

func TestARefusalNamesGoogle(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		text   string
		class  llm.Class
		detail string
		wait   time.Duration
	}{
		"a wrong key": {400, `{"error":{"code":400,"message":"API key not valid: ` + secret + `","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}`, llm.Auth, "Google refused the key", 0},
		"a limit":     {429, `{"error":{"code":429,"message":"x","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"17s"}]}}`, llm.RateLimited, "Google is over its limit of requests or tokens a minute", 17 * time.Second},
		"no model":    {404, `{"error":{"code":404,"message":"models/gemini-x is not found for API version v1beta","status":"NOT_FOUND"}}`, llm.Bad, `Google does not know the model "gemini-x"`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			m := at(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.text)
			})
			_, err := m.Stream(t.Context(), question1, nil)
			p := problem.Of(err)
			if llm.ClassOf(err) != tt.class || p.Detail != tt.detail || p.Wait != tt.wait || strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, m), secret) {
				t.Errorf("%+v", err)
			}
		})
	}
	if got := (&Model{}).server().Base; got != Base {
		t.Errorf("without a base, %s is asked", got)
	}
	m := at(t, func(http.ResponseWriter, *http.Request) { t.Error("asked") })
	r := question1
	r.Schema = json.RawMessage(`{"type":"array"}`)
	if _, err := m.Stream(t.Context(), r, nil); err == nil || llm.ClassOf(err) != "" {
		t.Errorf("got %v", err)
	}
}

func TestAModelIsLookedFor(t *testing.T) {
	for name, tt := range map[string]struct {
		model, path string
		status      int
		text        string
		want        llm.Class
	}{
		"it is there":      {"gemini-x", "/v1beta/models/gemini-x", 200, `{"name":"models/gemini-x","displayName":"X"}`, ""},
		"with its folder":  {"models/gemini-x", "/v1beta/models/gemini-x", 200, `{"name":"models/gemini-x"}`, ""},
		"an odd name":      {"a/b?c", "/v1beta/models/a%2Fb%3Fc", 200, `{"name":"models/a"}`, ""},
		"it is not":        {"gemini-x", "/v1beta/models/gemini-x", 404, `{"error":{"code":404,"message":"models/gemini-x is not found","status":"NOT_FOUND"}}`, llm.Bad},
		"a wrong key":      {"gemini-x", "/v1beta/models/gemini-x", 400, `{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}`, llm.Auth},
		"another document": {"gemini-x", "/v1beta/models/gemini-x", 200, `{"ok":true}`, llm.Bad},
	} {
		t.Run(name, func(t *testing.T) {
			m := at(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.String() != tt.path {
					t.Errorf("asked %s", r.URL)
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.text)
			})
			m.Ability.Model = tt.model
			if err := m.Check(t.Context()); llm.ClassOf(err) != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("got %v", err)
			}
		})
	}
}
