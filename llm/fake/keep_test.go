package fake_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"

	"quire/book"
	"quire/llm"
	"quire/llm/fake"
	"quire/llm/llmtest"
	"quire/offline"
)

// asks is a client inside a bubble.
type asks struct {
	t      *testing.T
	client *http.Client
}

func (a asks) post(path string, header map[string]string, body any) reply {
	a.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		a.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, llmtest.Base+path, bytes.NewReader(text))
	if err != nil {
		a.t.Fatal(err)
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := a.client.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, string(got), err}
}

// bubble runs f with a clock of its own and a server on a Pipe.
func bubble(t *testing.T, s *fake.Server, f func(t *testing.T, a asks)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		if s.Author == nil {
			s.Author = scripted{"One two three."}
		}
		client, stop := llmtest.Serve(s)
		defer stop()
		f(t, asks{t, client})
	})
}

func TestTheLimitOfRequestsFillsUpSteadily(t *testing.T) {
	bubble(t, &fake.Server{Limits: fake.Limits{Requests: 60}}, func(t *testing.T, a asks) {
		w := wires[fake.Chat]
		for i := range 60 {
			r := a.post(w.path, w.header, w.body(false, task))
			if want := 59 - i; r.status != 200 || r.header.Get("X-Ratelimit-Limit-Requests") != "60" || r.header.Get("X-Ratelimit-Remaining-Requests") != itoa(want) {
				t.Fatalf("request %d: %d %v", i, r.status, r.header)
			}
		}
		r := a.post(w.path, w.header, w.body(false, task))
		if r.status != 429 || r.header.Get("Retry-After") != "1" || r.header.Get("Retry-After-Ms") != "1000" || r.header.Get("X-Ratelimit-Reset-Requests") != "1m0s" || at(r.object(t), "error", "code") != "rate_limit_exceeded" {
			t.Fatalf("%d %v %s", r.status, r.header, r.body)
		}
		if other := a.post(w.path, map[string]string{"Authorization": "Bearer another-key"}, w.body(false, task)); other.status != 200 {
			t.Error("keys share a limit")
		}
		time.Sleep(time.Second)
		if r := a.post(w.path, w.header, w.body(false, task)); r.status != 200 {
			t.Error("nothing flowed in")
		}
		if r := a.post(w.path, w.header, w.body(false, task)); r.status != 429 {
			t.Error("too much flowed in")
		}
	})
}

func itoa(n int) string { return string(must(json.Marshal(n))) }

func TestTheLimitOfTokensIsReservedAndSettled(t *testing.T) {
	in := llm.Tokens(task)
	bubble(t, &fake.Server{Limits: fake.Limits{Tokens: 6000, Input: 5000, Output: 4000}}, func(t *testing.T, a asks) {
		w := wires[fake.Messages]
		body := with(w.body(false, task), "max_tokens", 3000)
		r := a.post(w.path, w.header, body)
		for name, want := range map[string]int{"Tokens": 3000 - in, "Input-Tokens": 5000 - in, "Output-Tokens": 1000} {
			if got := r.header.Get("Anthropic-Ratelimit-" + name + "-Remaining"); got != itoa(want) {
				t.Errorf("%s left: %s, want %d", name, got, want)
			}
		}
		reset, err := time.Parse(time.RFC3339, r.header.Get("Anthropic-Ratelimit-Output-Tokens-Reset"))
		if wait := time.Until(reset); err != nil || wait < 43*time.Second || wait > 45*time.Second {
			t.Errorf("reset in %s (%v)", wait, err)
		}
		r = a.post(w.path, w.header, body) // all but four tokens of output have come back
		if got := r.header.Get("Anthropic-Ratelimit-Output-Tokens-Remaining"); r.status != 200 || got != "996" {
			t.Errorf("%d, left %s", r.status, got)
		}
		r = a.post(w.path, w.header, with(body, "max_tokens", 5000))
		if r.status != 429 || r.header.Get("Retry-After") != "" || at(r.object(t), "error", "type") != "rate_limit_error" {
			t.Errorf("more than there will ever be: %d %s", r.status, r.body)
		}
	})
}

func TestGoogleTellsLimitsInTheBodyOnly(t *testing.T) {
	bubble(t, &fake.Server{Limits: fake.Limits{Requests: 30}}, func(t *testing.T, a asks) {
		w := wires[fake.Generate]
		var r reply
		for range 31 {
			r = a.post(w.path, w.header, w.body(false, task))
		}
		details, _ := at(r.object(t), "error", "details").([]any)
		if r.status != 429 || len(details) != 2 || at(details, 1, "retryDelay") != "2s" || r.header.Get("Retry-After") != "" || r.header.Get("X-Ratelimit-Limit-Requests") != "" {
			t.Errorf("%d %v %s", r.status, r.header, r.body)
		}
	})
}

func TestCallsAtOnceAreLimited(t *testing.T) {
	bubble(t, &fake.Server{Limits: fake.Limits{AtOnce: 2}, Pace: 1}, func(t *testing.T, a asks) {
		w := wires[fake.Chat]
		statuses := make([]int, 3)
		var all sync.WaitGroup
		for i := range statuses {
			all.Go(func() {
				time.Sleep(time.Duration(i) * time.Millisecond)
				statuses[i] = a.post(w.path, w.header, w.body(true, task)).status
			})
		}
		all.Wait()
		if diff := cmp.Diff([]int{200, 200, 429}, statuses); diff != "" {
			t.Errorf("statuses (-want +got):\n%s", diff)
		}
		if r := a.post(w.path, w.header, w.body(true, task)); r.status != 200 {
			t.Error("a place does not become free")
		}
	})
}

// long is a text of so many tokens.
func long(letter string, tokens int) string { return strings.Repeat(letter, 4*tokens) }

func TestAnthropicKeepsMarkedPrefixes(t *testing.T) {
	w := wires[fake.Messages]
	body := func(short, tail string) map[string]any {
		part := func(text, ttl string) map[string]any {
			p := map[string]any{"type": "text", "text": text}
			if ttl != "" {
				p["cache_control"] = map[string]any{"type": "ephemeral", "ttl": ttl}
			}
			return p
		}
		b := w.body(false, "")
		b["system"] = []any{part(long("a", 500), "")}
		b["messages"] = []any{map[string]any{"role": "user", "content": []any{part(long("b", 1000), "1h"), part(long(short, 300), "5m"), part(tail+task, "")}}}
		return b
	}
	usage := func(r reply) []any {
		u := at(r.object(t), "usage")
		return []any{at(u, "cache_read_input_tokens"), at(u, "cache_creation_input_tokens"), at(u, "cache_creation", "ephemeral_1h_input_tokens")}
	}
	bubble(t, &fake.Server{}, func(t *testing.T, a asks) {
		for i, step := range []struct {
			wait time.Duration
			body map[string]any
			want []any
		}{
			{0, body("c", "x"), []any{0.0, 1800.0, 1500.0}},
			{0, body("c", "y"), []any{1800.0, 0.0, 0.0}},
			{4 * time.Minute, body("c", "z"), []any{1800.0, 0.0, 0.0}},
			{4 * time.Minute, body("c", "z"), []any{1800.0, 0.0, 0.0}}, // every use keeps it longer
			{0, body("d", "z"), []any{1500.0, 300.0, 0.0}},
			{6 * time.Minute, body("d", "z"), []any{1500.0, 300.0, 0.0}},
			{61 * time.Minute, body("d", "z"), []any{0.0, 1800.0, 1500.0}},
		} {
			time.Sleep(step.wait)
			if diff := cmp.Diff(step.want, usage(a.post(w.path, w.header, step.body))); diff != "" {
				t.Errorf("step %d (-want +got):\n%s", i, diff)
			}
		}
		small := w.body(false, "")
		small["messages"] = []any{map[string]any{"role": "user", "content": []any{map[string]any{"type": "text", "text": long("s", 1000), "cache_control": map[string]any{"type": "ephemeral"}}}}}
		for range 2 {
			if got := usage(a.post(w.path, w.header, small)); got[0] != 0.0 || got[1] != 0.0 {
				t.Errorf("a prefix that is too short is kept: %v", got)
			}
		}
	})
}

func TestOpenAIKeepsBeginningsInSteps(t *testing.T) {
	w := wires[fake.Chat]
	bubble(t, &fake.Server{}, func(t *testing.T, a asks) {
		cached := func(text string) any {
			return at(a.post(w.path, w.header, w.body(false, text)).object(t), "usage", "prompt_tokens_details", "cached_tokens")
		}
		for i, step := range []struct {
			text string
			want float64
		}{
			{long("a", 1023) + task, 0}, {long("a", 1023) + task, 1024}, {long("a", 1023) + "b", 0}, {long("c", 1300) + task, 0}, {long("c", 1300) + "d", 1280}, {long("e", 900), 0}, {long("e", 900), 0},
		} {
			if got := cached(step.text); got != step.want {
				t.Errorf("step %d: %v, want %v", i, got, step.want)
			}
		}
		time.Sleep(11 * time.Minute)
		if got := cached(long("c", 1300)); got != 0.0 {
			t.Errorf("kept too long: %v", got)
		}
		marked := w.body(false, "")
		marked["messages"] = []any{map[string]any{"role": "user", "content": []any{
			map[string]any{"type": "text", "text": long("m", 2000), "prompt_cache_breakpoint": map[string]any{"mode": "explicit"}}, map[string]any{"type": "text", "text": task}}}}
		for i, want := range []float64{2000, 80} {
			details := at(a.post(w.path, w.header, marked).object(t), "usage", "prompt_tokens_details")
			if got := at(details, "cache_write_tokens"); got != want {
				t.Errorf("call %d with a breakpoint: %v", i, details)
			}
		}
	})
}

func TestGoogleKeepsLongBeginnings(t *testing.T) {
	w := wires[fake.Generate]
	bubble(t, &fake.Server{}, func(t *testing.T, a asks) {
		var got []any
		for _, n := range []int{4000, 4000, 4200, 4200} {
			got = append(got, at(a.post(w.path, w.header, w.body(false, long("a", n))).object(t), "usageMetadata", "cachedContentTokenCount"))
		}
		if diff := cmp.Diff([]any{nil, nil, nil, 4096.0}, got); diff != "" {
			t.Errorf("cached (-want +got):\n%s", diff)
		}
	})
}

func TestCallsAreRememberedWithoutTheirKeys(t *testing.T) {
	s := &fake.Server{Remember: 3, Script: script(t, `{"calls":"2","fault":"cut","after":1}`)}
	base := serve(t, s)
	for range 2 {
		ask(t, base, fake.Chat, true, task)
	}
	for _, route := range []fake.Route{fake.Chat, fake.Messages, fake.Generate} {
		ask(t, base, route, true, task)
	}
	key := fake.Key(llm.Request{Book: "any", Schema: json.RawMessage(`{}`), MaxTokens: 5, Blocks: []llm.Block{{Text: task[:5], Mark: llm.Minutes}, {Text: task[5:]}}})
	log := s.Log()
	if len(log) != 3 || s.Calls(key) != 5 || s.Answered(key) != 4 || s.AllAnswered()[key] != 4 {
		t.Fatalf("%d calls kept, %d asked, %d answered", len(log), s.Calls(key), s.Answered(key))
	}
	text := string(must(json.Marshal(log)))
	if strings.Contains(text, "key-of-a-client") {
		t.Error("a key is kept")
	}
	c := log[1]
	if c.Route != fake.Messages || c.Role != llm.Draft || c.Artefact != "section/ch_1/1" || c.Status != 200 || c.Outcome != "stop" || !c.Stream || !bytes.Contains(c.Body, []byte("claude-x")) || c.Usage.Output != 4 {
		t.Errorf("call %+v", c)
	}
	none := &fake.Server{Remember: -1}
	ask(t, serve(t, none), fake.Chat, true, task)
	if len(none.Log()) != 0 || none.Calls(key) != 0 || none.Summary().Routes[fake.Chat] != 1 {
		t.Error("a server without memory remembers, or does not count")
	}
}

func TestManyAskAtOnce(t *testing.T) {
	s := &fake.Server{Author: &offline.Author{}, Limits: fake.Limits{Requests: 1000}}
	base := serve(t, s)
	var all sync.WaitGroup
	for i := range 30 {
		all.Go(func() {
			route := []fake.Route{fake.Chat, fake.Messages, fake.Generate}[i%3]
			if r := ask(t, base, route, true, "Tell me of the sea, please."); r.status != 200 {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
	all.Wait()
	if s.Summary().Outcomes["stop"] != 30 {
		t.Errorf("%+v", s.Summary())
	}
}

func TestOtherPeoplesPromptsGetASmallPiece(t *testing.T) {
	base := serve(t, &fake.Server{Author: &offline.Author{}})
	for name, tt := range map[string]struct {
		text        string
		least, most int
	}{
		"a topic":      {"Write a short story about the lamplighter of Skerry Point.", 150, 900},
		"a question":   {"How do I keep bees?", 150, 900},
		"no letters":   {"?!", 150, 900},
		"control":      {"Tell\x00 me\n\nof\tthe sea\x1b[31m", 150, 900},
		"a long paste": {strings.Repeat("The sea was grey. ", 500), 150, 900},
	} {
		r := ask(t, base, fake.Chat, false, tt.text)
		text, finish := r.said(t, fake.Chat, false)
		if n := book.Words(text); n < tt.least || n > tt.most || finish != "stop" || strings.Contains(text, "<data") {
			t.Errorf("%s: %d words, %s: %.300s", name, n, finish, r.body)
		}
	}
	body := wires[fake.Messages].body(false, "Write about the sea.")
	body["max_tokens"] = 60
	r := post(t, base, "/v1/messages", wires[fake.Messages].header, body)
	if text, _ := r.said(t, fake.Messages, false); llm.Tokens(text) > 60 {
		t.Errorf("%d tokens: %s", llm.Tokens(text), text)
	}
}

func TestOtherPeoplesSchemasAreFollowed(t *testing.T) {
	base := serve(t, &fake.Server{Author: &offline.Author{}})
	for name, schema := range map[string]string{
		"plain":      `{"type":"object","properties":{"title":{"type":"string","minLength":9},"n":{"type":"integer","minimum":3},"on":{"type":"boolean"},"list":{"type":"array","minItems":2,"items":{"type":"string","format":"date"}}},"required":["title","n","on","list"],"additionalProperties":false}`,
		"references": `{"type":"object","properties":{"who":{"$ref":"#/$defs/person"}},"required":["who"],"additionalProperties":false,"$defs":{"person":{"type":"object","properties":{"mood":{"enum":["dry","wet"]},"kind":{"const":"person"}},"required":["mood","kind"],"additionalProperties":false}}}`,
		"choices":    `{"type":"object","properties":{"a":{"anyOf":[{"type":"number","exclusiveMinimum":2,"multipleOf":5},{"type":"null"}]},"b":{"type":["null","string"],"maxLength":1}},"required":["a","b"],"additionalProperties":false}`,
		"all of":     `{"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"number","maximum":-2}},"required":["b"]}]}`,
		"itself":     `{"type":"object","properties":{"child":{"$ref":"#"}},"additionalProperties":false}`,
		"nothing":    `{}`,
	} {
		body := with(wires[fake.Generate].body(false, "Fill in the form."), "generationConfig", map[string]any{"responseMimeType": "application/json", "responseJsonSchema": parse(t, schema)})
		r := post(t, base, "/v1beta/models/gemini-x:generateContent", nil, body)
		text, _ := at(r.object(t), "candidates", 0, "content", "parts", 0, "text").(string)
		var s jsonschema.Schema
		if err := json.Unmarshal([]byte(schema), &s); err != nil {
			t.Fatal(err)
		}
		rules, err := s.Resolve(nil)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Errorf("%s: %q is not JSON", name, r.body)
			continue
		}
		if err := rules.Validate(value); err != nil {
			t.Errorf("%s: %s: %v", name, text, err)
		}
	}
}
