package llmtest_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quire/book"
	"quire/llm"
	"quire/llm/anthropic"
	"quire/llm/fake"
	"quire/llm/google"
	"quire/llm/llmtest"
	"quire/llm/openai"
	"quire/problem"
)

// The whole stack as the product has it: journal, repair, fallback, budget,
// retry, limiter, meter and a real adapter, whose bytes go through a pipe to a
// provider that is played. Only chance is fixed, so that waits are exact.

const stackKey = llm.Secret("sk-quire-stack-0123456789abcdef")

// routes are the wires, in the order in which one stands in for another.
var routes = []fake.Route{fake.Chat, fake.Messages, fake.Generate}

// next is the wire of the second lane.
func next(r fake.Route) fake.Route { return routes[(slices.Index(routes, r)+1)%len(routes)] }

// price is $1 in and $2 out for a million tokens: a millionth for each token of
// a question and two for each of an answer.
var price = llm.Price{Known: true, Rates: llm.Rates{Input: book.Dollar, CachedRead: book.Dollar / 10, CachedWrite: book.Dollar * 5 / 4, CachedHour: 2 * book.Dollar, Output: 2 * book.Dollar}}

var providers = map[fake.Route]string{fake.Chat: "openai", fake.Messages: "anthropic", fake.Generate: "google"}

// adapter makes the adapter of a wire.
func adapter(route fake.Route, client *http.Client) llm.Model {
	can := llm.Caps{Provider: providers[route], Model: "a-model", Schema: true, Temperature: true, Price: price}
	switch route {
	case fake.Messages:
		can.Cache = llm.Marked
		return &anthropic.Model{Client: client, Base: llmtest.Base, Key: stackKey, Ability: can}
	case fake.Generate:
		can.Cache = llm.Automatic
		return &google.Model{Client: client, Base: llmtest.Base, Key: stackKey, Ability: can}
	default:
		can.Cache = llm.Automatic
		return &openai.Model{Client: client, Base: llmtest.Base + "/v1", Key: stackKey, Ability: can, Official: true}
	}
}

// house is a stack with all that it is given.
type house struct {
	server  *fake.Server
	client  *http.Client
	model   llm.Journal
	memory  *memory
	tries   *tries
	purse   *llm.Purse
	cap     book.USD // of all books together
	each    book.USD // of every book; 0 is cap
	gauge   llm.Gauge
	totals  llm.Totals
	lanes   *llm.Fallback
	buckets map[fake.Route]*llm.Bucket
}

// build puts the stack around a server. Call the end before the bubble ends.
func build(server *fake.Server, lanes ...fake.Route) (h *house, end func()) {
	if server.Author == nil {
		server.Author = &writer{}
	}
	client, stop := llmtest.Serve(server)
	return assemble(server, client, lanes...), func() { server.Close(); stop() }
}

func assemble(server *fake.Server, client *http.Client, lanes ...fake.Route) *house {
	h := &house{server: server, client: client, memory: &memory{}, tries: &tries{}, cap: book.MostUSD, lanes: &llm.Fallback{}, buckets: map[fake.Route]*llm.Bucket{}}
	h.purse = &llm.Purse{Records: h.tries, Total: &h.cap, Cap: func(context.Context, string) (book.USD, bool, error) {
		if h.each > 0 {
			return h.each, true, nil
		}
		return h.cap, true, nil
	}}
	for _, route := range lanes {
		bucket := &llm.Bucket{}
		h.buckets[route] = bucket
		h.lanes.Lanes = append(h.lanes.Lanes, llm.Budget{
			Model: llm.Retry{
				Model: llm.Limiter{
					Model:  llm.Meter{Model: adapter(route, client), Records: h.tries, Gauge: &h.gauge, Totals: &h.totals},
					Bucket: bucket, Gauge: &h.gauge,
				},
				Chance: func() float64 { return 0.5 },
			},
			Purse: h.purse, Gauge: &h.gauge,
		})
	}
	h.model = llm.Journal{Model: &llm.Repair{Model: h.lanes}, Memory: h.memory}
	return h
}

// settled looks whether everything was given back: each call has left its
// bucket, and the purse has paid what the tries cost, to the millionth.
func (h *house) settled(t *testing.T) {
	t.Helper()
	for route, b := range h.buckets {
		if s := b.State(); s.Running != 0 || s.Waiting != 0 {
			t.Errorf("%s: %d calls run and %d wait, but all have ended", route, s.Running, s.Waiting)
		}
	}
	spent, cap, each := h.tries.cost().USD, h.cap, h.each
	h.each = 0
	for name, tt := range map[string]struct {
		over  book.USD
		class llm.Class
	}{"all that is left": {1000, ""}, "a millionth more": {999, llm.OverBudget}} {
		h.cap = spent + tt.over
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		_, err := llm.Budget{Model: idler{}, Purse: h.purse}.Stream(ctx, llm.Request{Book: "bk", MaxTokens: 1000}, nil)
		cancel()
		if llm.ClassOf(err) != tt.class || tt.class == "" && err != nil {
			t.Errorf("a call for %s ends with %v: the purse holds back something, or has not paid %s", name, err, spent)
		}
	}
	h.cap, h.each = cap, each
}

// idler may cost a thousand millionths, and costs nothing.
type idler struct{}

func (idler) Caps() llm.Caps {
	return llm.Caps{Provider: "test", Model: "idler", Price: llm.Price{Known: true, Rates: llm.Rates{Output: book.Dollar}}}
}

func (idler) Stream(context.Context, llm.Request, func(llm.Chunk) error) (llm.Result, error) {
	return llm.Result{Finish: llm.Stop, Cost: llm.Free}, nil
}

// memory is a journal's memory.
type memory struct {
	mu      sync.Mutex
	entries map[string]llm.Entry
}

func (m *memory) Reply(_ context.Context, key string) (llm.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.entries[key]
	if !ok {
		return e, problem.New(problem.Missing, "no entry")
	}
	return e, nil
}

func (m *memory) Keep(_ context.Context, e llm.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.entries == nil {
		m.entries = map[string]llm.Entry{}
	}
	m.entries[e.Key] = e
	return nil
}

func (m *memory) Refuse(context.Context, string, string, string) error { return nil }

func (m *memory) len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.entries)
}

// tries keeps what was recorded.
type tries struct {
	mu   sync.Mutex
	list []llm.Try
}

func (s *tries) Record(_ context.Context, t llm.Try) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, t)
	return nil
}

func (s *tries) Spent(context.Context, string) (book.USD, error) { return 0, nil }

func (s *tries) all() []llm.Try {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.list)
}

func (s *tries) cost() llm.Cost {
	sum := llm.Free
	for _, t := range s.all() {
		sum = sum.Plus(t.Cost)
	}
	return sum
}

// writer is the author behind the server: it says one thing in prose and one in
// JSON, or each artefact's own text.
type writer struct{ own func(artefact string) string }

const (
	// plan is in the order in which mending writes it.
	plan  = `{"mood":"calm","title":"Salt","words":12}`
	line  = "Ærøer nothing; saltier harbour captain écoute 🌬now crossed between morning "
	shape = `{"type":"object","additionalProperties":false,"required":["mood","title","words"],"properties":{"mood":{"enum":["calm","wild"]},"title":{"type":"string"},"words":{"type":"integer"}}}`
)

// whole has fifty words of eight bytes: two tokens each.
var whole = strings.TrimSuffix(strings.Repeat(strings.Replace(line, "nothing; ", "nobody. ", 1), 5), " ") + "."

// half is what comes before a break after three words.
var half = whole[:24]

func (w *writer) Caps() llm.Caps { return llm.Caps{Provider: "test", Model: "a-model-2026-11-01"} }

func (w *writer) Stream(_ context.Context, r llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
	text := whole
	switch {
	case w.own != nil:
		text = w.own(r.Artefact)
	case r.Schema != nil:
		text = plan
	}
	return llm.Result{Text: text, Finish: llm.Stop}, nil
}

// prose asks for a section in a hundred tokens.
func prose() llm.Request { return asking("bk", llm.Draft, "section/ch_1/1", 100) }

// planned asks for JSON in a hundred tokens.
func planned() llm.Request {
	r := asking("bk", llm.Outline, "outline", 100)
	r.Schema = []byte(shape)
	return r
}

// asking is a request of so many tokens, of which each block has whole ones.
func asking(bk string, role llm.Role, artefact string, tokens int) llm.Request {
	task := llm.Task{Role: role, Artefact: artefact, Revision: 1, Attempt: 1, Seed: 7, Words: 50}
	r := llm.Request{Book: bk, Role: role, Artefact: artefact, Revision: 1, Attempt: 1, Words: 50, Seed: 7, MaxTokens: 500, Temperature: 0.8,
		Blocks: []llm.Block{{Text: "You write books.\n..\n"}, {Mark: llm.HourLong}, {Text: "Do it.\n" + task.String()}}}
	last := &r.Blocks[2].Text
	*last = strings.Repeat(".", 3-(len(*last)+3)%4) + *last
	left := 4*tokens - len(r.Blocks[0].Text) - len(*last)
	r.Blocks[1].Text = "About " + bk + ":" + strings.Repeat(" sea", left)[:left-8-len(bk)] + "\n"
	if n := llm.TokensOf(r); n != tokens || len(r.Blocks[1].Text)%4 != 0 {
		panic(fmt.Sprintf("the question has %d tokens, and %d bytes in its middle", n, len(r.Blocks[1].Text)))
	}
	return r
}
