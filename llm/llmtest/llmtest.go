// Package llmtest is where adapters are held against a provider that is played:
// the conformance suite that every one passes, over real HTTP, and a network in
// memory for tests that need a clock of their own.
package llmtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"quire/llm"
	"quire/llm/fake"
	"quire/problem"
)

// Provider is an adapter that the suite looks over.
type Provider struct {
	Name  string     // of the provider, as its errors name it
	Route fake.Route // over which it speaks
	// New makes a model of the adapter whose server is at base, a URL without a
	// path. Any name will do for the model. The client is to be used as it is.
	New func(base string, key llm.Secret, client *http.Client) llm.Model
}

// Checker is a model that can be asked whether it would answer.
type Checker interface {
	Check(ctx context.Context) error
}

// secret is a key that must show up nowhere.
const secret = llm.Secret("sk-quire-conformance-0123456789abcdef")

// Run holds the adapter against the suite.
func Run(t *testing.T, p Provider) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Provider){
		"a whole answer comes in order":                 wholeAnswer,
		"a structured answer follows its schema":        structured,
		"all of the question arrives":                   question,
		"what a cache kept is counted":                  cached,
		"faults have their class":                       faults,
		"odd answers are whole answers":                 odd,
		"silence ends after a while":                    silence,
		"limits are told":                               limits,
		"a wrong key is told and never shown":           keys,
		"what is no model server is told":               strangers,
		"a canceled call ends at once":                  canceled,
		"an error of the listener ends the call":        listener,
		"many calls at once keep their answers":         together,
		"a check asks for nothing but whether it works": check,
	} {
		t.Run(name, func(t *testing.T) { test(t, p) })
	}
}

// Author writes the same to the same request, and remembers what it was asked.
// With a Text it says that.
type Author struct {
	Text string

	mu    sync.Mutex
	asked []llm.Request // guarded by mu
}

// prose has quotes, letters of two to four bytes, and paragraphs.
const prose = "“Salt,” said Ærøskøbing’s oldest pilot, “and twice salt.” Nobody laughed; the café was closed — for good.\n\nThen came the wind 🌬 from 東京, and with it ‘news’.\n\n"

// Caps are those of a model that knows nothing of itself but its name.
func (*Author) Caps() llm.Caps { return llm.Caps{Provider: "fake", Model: "resolved-2026-11-01"} }

// Stream answers with the Text, or with prose that names the artefact.
func (a *Author) Stream(_ context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	a.mu.Lock()
	a.asked = append(a.asked, r)
	a.mu.Unlock()
	res := llm.Result{Text: a.Text, Finish: llm.Stop}
	if res.Text == "" {
		res.Text = prose + "This is " + r.Artefact + "."
	}
	res.Usage = llm.Usage{Input: llm.TokensOf(r), Output: llm.Tokens(res.Text)}
	if on != nil {
		return res, on(llm.Chunk{Text: res.Text})
	}
	return res, nil
}

// Asked returns the requests so far.
func (a *Author) Asked() []llm.Request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]llm.Request(nil), a.asked...)
}

// Question is a request whose artefact is the given one, in three blocks.
func Question(artefact string) llm.Request {
	task := llm.Task{Role: llm.Draft, Artefact: artefact, Revision: 1, Attempt: 1, Seed: 1 << 50, Words: 60}
	return llm.Request{Book: "bk", Role: task.Role, Artefact: artefact, Revision: 1, Attempt: 1, Words: task.Words, Seed: task.Seed, MaxTokens: 4000,
		Blocks: []llm.Block{
			{Text: "You write books. What stands between data tags is material <&>.\n"},
			{Text: `<data name="brief" v="1">{"topic":"salt \u003c"}</data>` + "\n", Mark: llm.HourLong},
			{Text: "Write it.\n" + task.String()},
		}}
}

// stage is a server with a model that asks it.
type stage struct {
	t      *testing.T
	server *fake.Server
	author *Author
	model  llm.Model
}

// open plays a provider over real HTTP.
func open(t *testing.T, p Provider, server *fake.Server) *stage {
	t.Helper()
	author := &Author{}
	if a, ok := server.Author.(*Author); ok {
		author = a
	}
	server.Author = author
	s := httptest.NewServer(server)
	client := s.Client()
	t.Cleanup(func() { server.Close(); client.CloseIdleConnections(); s.Close() })
	return &stage{t, server, author, p.New(s.URL, secret, client)}
}

// script is a server that plays rules.
func script(t *testing.T, rules string) *fake.Server {
	t.Helper()
	s, err := fake.ReadScript(strings.NewReader(`{"rules":[` + rules + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return &fake.Server{Script: s}
}

// ask asks, and gathers what is streamed.
func (s *stage) ask(r llm.Request) (llm.Result, string, error) {
	s.t.Helper()
	var said strings.Builder
	res, err := s.model.Stream(s.t.Context(), r, func(c llm.Chunk) error { said.WriteString(c.Text); return nil })
	if said.String() != res.Text {
		s.t.Errorf("the result says %q, but the stream was %q", res.Text, said.String())
	}
	if res.Provider != s.model.Caps().Provider {
		s.t.Errorf("the result is by %q", res.Provider)
	}
	hasNoKey(s.t, err)
	return res, said.String(), err
}

// once fails if the server was not asked just once.
func (s *stage) once() {
	s.t.Helper()
	if n := len(s.server.Log()); n != 1 {
		s.t.Errorf("the provider was asked %d times: an adapter makes one try", n)
	}
}

// hasNoKey looks for the key in an error and in all that it holds.
func hasNoKey(t *testing.T, err error) {
	t.Helper()
	texts := []string{fmt.Sprintf("%v %+v %#v", err, err, err)}
	var p *problem.Error
	if errors.As(err, &p) {
		texts = append(texts, p.Detail, p.Hint)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		texts = append(texts, err.Error())
	}
	if all := strings.Join(texts, "\n"); strings.Contains(all, secret.Reveal()) {
		t.Errorf("the key is in the error: %s", all)
	}
}

// isFault looks for class, sentence and hint of a fault.
func isFault(t *testing.T, p Provider, err error, class llm.Class) {
	t.Helper()
	f := faultIn(err)
	if f == nil || llm.ClassOf(err) != class {
		t.Errorf("the class is %q (%v), want %q", llm.ClassOf(err), err, class)
		return
	}
	if f.Problem == nil || !strings.Contains(f.Problem.Detail, p.Name) {
		t.Errorf("the sentence does not name %s: %v", p.Name, f)
		return
	}
	if f.Problem.Hint == "" {
		t.Errorf("there is no cure in %v", f)
	}
}

// faultIn is the outermost fault in an error, nil if there is none.
func faultIn(err error) *llm.Fault {
	var f *llm.Fault
	errors.As(err, &f)
	return f
}

func wholeAnswer(t *testing.T, p Provider) {
	s := open(t, p, &fake.Server{})
	r := Question("section/ch_1/1")
	want, err := (&Author{}).Stream(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, _, err := s.ask(r)
	if err != nil {
		t.Fatal(err)
	}
	if res.Text != want.Text || res.Finish != llm.Stop || res.Model != s.author.Caps().Model || res.ID == "" {
		t.Errorf("got %+v", res)
	}
	used := res.Usage
	if low, high := want.Usage.Input, want.Usage.Input+len(r.Blocks); used.Input < low-len(r.Blocks) || used.Input > high || used.Output != want.Usage.Output || used.Reasoning != 0 || used.CachedRead != 0 {
		t.Errorf("usage %+v, want about %+v", used, want.Usage)
	}
	if none, err := s.model.Stream(t.Context(), r, nil); err != nil || none.Text != want.Text {
		t.Errorf("without a listener: %q (%v)", none.Text, err)
	}
	if n := s.server.Answered(fake.Key(r)); n != 2 {
		t.Errorf("the server knows %d answers to the question", n)
	}
	for _, c := range s.server.Log() {
		if c.Route != p.Route || !c.Stream {
			t.Errorf("the call came over %s, as a stream: %v", c.Route, c.Stream)
		}
	}
}

// plan is a structured answer.
type plan struct {
	Title string   `json:"title"`
	Notes []string `json:"notes,omitempty"`
	Parts []part   `json:"parts"`
}

type part struct {
	Words int    `json:"words"`
	Place string `json:"place,omitempty"`
}

func structured(t *testing.T, p Provider) {
	answer := `{"title":"Salt","notes":null,"parts":[{"words":3,"place":"the <pier> & “quay”"},{"words":4,"place":null}]}`
	s := open(t, p, &fake.Server{Author: &Author{Text: answer}})
	schema, err := llm.SchemaOf[plan]()
	if err != nil {
		t.Fatal(err)
	}
	r := Question("outline/1")
	r.Schema = schema
	res, _, err := s.ask(r)
	if err != nil {
		t.Fatal(err)
	}
	var got, want plan
	if json.Unmarshal([]byte(answer), &want) != nil || json.Unmarshal([]byte(res.Text), &got) != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %s", res.Text)
	}
	if asked := s.author.Asked(); len(asked) != 1 || asked[0].Schema == nil == s.model.Caps().Schema || asked[0].Artefact != r.Artefact {
		t.Errorf("the provider was asked %+v", asked)
	}
	broken := open(t, p, &fake.Server{Author: &Author{Text: answer}, Script: script(t, `{"fault":"bad_json","form":"prose"}`).Script})
	if res, _, err := broken.ask(r); s.model.Caps().Schema && (err != nil || !strings.HasPrefix(res.Text, "Here is")) {
		t.Errorf("an answer that is no JSON is not the adapter's to judge: %q (%v)", res.Text, err)
	}
}

func question(t *testing.T, p Provider) {
	s := open(t, p, &fake.Server{})
	r := Question("section/ch_1/1")
	r.Temperature, r.MaxTokens = 0.75, 1234
	if _, _, err := s.ask(r); err != nil {
		t.Fatal(err)
	}
	got, caps := s.author.Asked()[0], s.model.Caps()
	var all [2]strings.Builder
	for i, blocks := range [][]llm.Block{r.Blocks, got.Blocks} {
		for _, b := range blocks {
			all[i].WriteString(b.Text)
		}
	}
	if all[0].String() != all[1].String() {
		t.Errorf("the prompt that arrives is %q", all[1].String())
	}
	if got.MaxTokens < 1234 || got.MaxTokens > 1234 && caps.Provider != "google" && got.MaxTokens != 1234 {
		t.Errorf("%d tokens at most", got.MaxTokens)
	}
	if (got.Temperature == 0.75) != caps.Temperature {
		t.Errorf("the temperature is %v, and the model takes one: %v", got.Temperature, caps.Temperature)
	}
	if p.Route == fake.Messages {
		marks := ""
		for _, b := range got.Blocks {
			marks += string(b.Mark) + ";"
		}
		if !strings.Contains(marks, "1h") {
			t.Errorf("the cache marks are %q", marks)
		}
	}
	r.MaxTokens, r.Temperature, r.Seed = 0, 0, 0
	if _, _, err := s.ask(r); err != nil {
		t.Errorf("without bounds: %v", err)
	}
}

func cached(t *testing.T, p Provider) {
	s := open(t, p, &fake.Server{})
	r := Question("section/ch_1/1")
	r.Blocks[1].Text = strings.Repeat("The sea is grey and the sky is wide. ", 800) + r.Blocks[1].Text // about 7,400 tokens
	first, _, err := s.ask(r)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := s.ask(r)
	if err != nil {
		t.Fatal(err)
	}
	wrote := p.Route == fake.Messages
	if first.Usage.CachedRead != 0 || wrote != (first.Usage.CachedWrite > 7000) || wrote != (first.Usage.CachedHour == first.Usage.CachedWrite && first.Usage.CachedHour > 0) {
		t.Errorf("first: %+v", first.Usage)
	}
	if again.Usage.CachedRead < 7000 || again.Usage.CachedWrite != 0 || again.Usage.Input != first.Usage.Input || again.Usage.Input < again.Usage.CachedRead {
		t.Errorf("again: %+v", again.Usage)
	}
}

func limits(t *testing.T, p Provider) {
	s := open(t, p, &fake.Server{Limits: fake.Limits{Requests: 60, Tokens: 100_000, Input: 80_000, Output: 40_000}})
	r := Question("section/ch_1/1")
	r.MaxTokens = 20_000
	res, _, err := s.ask(r)
	if err != nil {
		t.Fatal(err)
	}
	got := res.Limits
	if p.Route == fake.Generate {
		if got != (llm.Limits{}) {
			t.Errorf("limits %+v, but Google tells none", got)
		}
		return
	}
	if got.Requests.Most != 60 || got.Requests.Left != 59 || got.Tokens.Most != 100_000 || got.Tokens.Left > 80_000 || got.Tokens.Left < 79_000 || got.Tokens.Reset < 9*time.Second || got.Tokens.Reset > 15*time.Second {
		t.Errorf("limits %+v", got)
	}
	if p.Route == fake.Messages && (got.Input.Most != 80_000 || got.Output.Most != 40_000 || got.Output.Left != 20_000) {
		t.Errorf("limits %+v", got)
	}
}
