package oracle

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
)

const secret = "oracle-key-0123456789"

// asked is a request as the server saw it.
type asked struct {
	Method string
	URL    string
	Key    string // with the header that carried it
	Body   any
}

// recorder answers every request with a text and keeps the last one.
func recorder(t *testing.T, answer string) (base string, last func() asked) {
	t.Helper()
	var got asked
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = asked{Method: r.Method, URL: r.URL.String()}
		if err := json.Unmarshal(text, &got.Body); err != nil {
			t.Errorf("body %q: %v", text, err)
		}
		for _, name := range []string{"Authorization", "X-Api-Key", "X-Goog-Api-Key"} {
			if value := r.Header.Get(name); value != "" {
				got.Key += name + ": " + value
			}
		}
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return server.URL, func() asked { return got }
}

// question is a request of the table, with what the model can do and how the
// provider wants its schema.
type question struct {
	request llm.Request
	schema  string // "" is prose
	caps    llm.Caps
}

const mixed = "„Grüße“ — 漢字 🜚 <data name=\"a\"> & \u2028 \"q\" \\ \t"

// questions is the table: what is set, each alone and all together.
func questions() map[string]question {
	blocks := []llm.Block{{Text: "You write."}, {Text: "The book.", Mark: llm.HourLong}, {Text: "The chapter.", Mark: llm.Minutes}, {Text: "Write on."}}
	able := llm.Caps{Temperature: true, Seed: true, Schema: true, Cache: llm.Marked, MaxOutput: 4000}
	const schema = `{"type":"object","properties":{"title":{"type":"string"},"parts":{"type":["null","array"],"items":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}}},"required":["title"],"additionalProperties":false}`
	base := llm.Request{Book: "bk_1", Role: llm.Draft}
	with := func(change func(*llm.Request)) llm.Request { r := base; r.Blocks = blocks[3:]; change(&r); return r }
	return map[string]question{
		"plain":            {with(func(*llm.Request) {}), "", able},
		"system and marks": {with(func(r *llm.Request) { r.Blocks = blocks }), "", able},
		"a schema":         {with(func(r *llm.Request) { r.Schema = json.RawMessage(schema) }), schema, able},
		"temperature":      {with(func(r *llm.Request) { r.Temperature = 0.7 }), "", able},
		"seed":             {with(func(r *llm.Request) { r.Seed = 7 }), "", able},
		"an end":           {with(func(r *llm.Request) { r.MaxTokens = 900 }), "", able},
		"many letters":     {with(func(r *llm.Request) { r.Blocks = []llm.Block{{Text: mixed}, {Text: mixed}} }), "", able},
		"all together": {with(func(r *llm.Request) {
			r.Blocks, r.Schema, r.Temperature, r.Seed, r.MaxTokens = blocks, json.RawMessage(schema), 0.3, 1<<30, 1234
		}), schema, able},
	}
}

// equal compares what both sent, after the known differences are taken out. It
// returns those that were there.
func equal(t *testing.T, provider string, ours, theirs asked) (found []Difference) {
	t.Helper()
	for _, d := range Differences {
		if d.Provider != provider {
			continue
		}
		a, b := take(ours.Body, d.Path), take(theirs.Body, d.Path)
		if a == d.Ours && b == d.Theirs {
			found = append(found, d)
		} else if a != b {
			t.Errorf("%s is %s with us and %s with the SDK", d.Path, a, b)
		}
	}
	if diff := cmp.Diff(theirs, ours); diff != "" {
		t.Errorf("request (-SDK +ours):\n%s", diff)
	}
	return found
}

// take removes what is at a path and returns it as JSON, "" if nothing is.
func take(body any, path string) string {
	at, _ := body.(map[string]any)
	keys := strings.Split(path, ".")
	for _, key := range keys[:len(keys)-1] {
		at, _ = at[key].(map[string]any)
	}
	last := keys[len(keys)-1]
	value, ok := at[last]
	if !ok {
		return ""
	}
	delete(at, last)
	text, _ := json.Marshal(value)
	return string(text)
}

// needed fails on differences that are listed but were nowhere.
func needed(t *testing.T, provider string, found []Difference) {
	t.Helper()
	seen := map[Difference]bool{}
	for _, d := range found {
		seen[d] = true
	}
	for _, d := range Differences {
		if d.Provider == provider && !seen[d] {
			t.Errorf("no difference at %s any more: take it off the list", d.Path)
		}
	}
}

// object is a schema as the SDKs take it.
func object(t *testing.T, schema string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(schema), &m); err != nil {
		t.Fatal(err)
	}
	return m
}
