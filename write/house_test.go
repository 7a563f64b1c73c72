package write_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// scripted is a model that gives sound, plain answers, unless the test's script
// answers first. It counts every question by artefact and attempt.
type scripted struct {
	script   func(r llm.Request, s llm.Sheet) (answer string, ok bool, err error)
	together bool // the script answers several at once; otherwise one after another
	caps     llm.Caps

	turn  sync.Mutex // held by the script
	mu    sync.Mutex
	asked map[string]int
	last  map[llm.Role]llm.Request
}

func (m *scripted) Caps() llm.Caps { return m.caps }

func (m *scripted) Stream(ctx context.Context, r llm.Request, _ func(llm.Chunk) error) (llm.Result, error) {
	sheet, err := llm.ReadSheet(r.Blocks)
	if err != nil {
		return llm.Result{}, err
	}
	m.mu.Lock()
	if m.asked == nil {
		m.asked, m.last = map[string]int{}, map[llm.Role]llm.Request{}
	}
	m.asked[fmt.Sprintf("%s#%d", r.Artefact, r.Attempt)]++
	m.last[r.Role] = r
	m.mu.Unlock()
	res := llm.Result{Provider: "test", Model: "scripted", Finish: llm.Stop}
	if m.script != nil {
		text, ok, err := m.scripts(r, sheet)
		if err != nil {
			return res, err
		}
		if ok {
			res.Text = text
			return res, nil
		}
	}
	res.Text = plain(r, sheet)
	return res, ctx.Err()
}

func (m *scripted) scripts(r llm.Request, s llm.Sheet) (string, bool, error) {
	if !m.together {
		m.turn.Lock()
		defer m.turn.Unlock()
	}
	return m.script(r, s)
}

// Serve and Notice make the model the authors of its writer.
func (m *scripted) Serve(_ book.Terms, language string) error {
	if !m.caps.Writes(language) {
		return problem.New(problem.Invalid, "nobody here writes %s", language).Try("write English")
	}
	return nil
}

func (m *scripted) Ability(book.Terms, llm.Role) llm.Caps { return m.caps }

func (m *scripted) Notice(author string) string {
	if author != "test/scripted" {
		panic("a stranger wrote: " + author)
	}
	return m.caps.Notice
}

func (m *scripted) count(key string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.asked[key]
}

func (m *scripted) total() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, k := range m.asked {
		n += k
	}
	return n
}

// plain answers each role with the least that is sound.
func plain(r llm.Request, s llm.Sheet) string {
	switch r.Role {
	case llm.Concept:
		return must(book.Concept{Title: "Salt", Logline: "She leaves.", Cast: []book.Character{{ID: "ann", Name: "Ann"}, {ID: "bo", Name: "Bo"}}, Places: []book.Place{{ID: "quay", Name: "the quay"}}})
	case llm.Outline:
		var plan book.Outline
		read(s, "plan", &plan)
		for i := range plan.Chapters {
			c := &plan.Chapters[i]
			if c.Title == "" {
				c.Title = "Chapter " + string(c.ID)
			}
			c.Summary = "Something happens."
		}
		if s.Task.Artefact == "outline/stitch" {
			return "{}"
		}
		return must(plan)
	case llm.Beats:
		var c book.OutlineChapter
		read(s, "chapter", &c)
		var b book.Beats
		for _, h := range c.Sections {
			b.Sections = append(b.Sections, book.Beat{Level: h.Level, Heading: h.Title, Words: 10, Goal: "g"})
		}
		if len(b.Sections) == 0 {
			b.Sections = []book.Beat{{Words: 10, Goal: "a"}, {Words: 10, Goal: "b"}}
		}
		return must(b)
	case llm.Draft:
		return prose(r.Words, r.Artefact)
	case llm.Bible, llm.Check, llm.Revise:
		return `{"style":{}}`
	case llm.Matter:
		return must(book.Matter{Blurb: "She leaves."})
	default:
		return must(book.Delta{Summary: "It happened in " + r.Artefact + ".", Facts: []book.Fact{{Subject: "ann", Attr: "at", Value: r.Artefact}},
			Handoff: book.Handoff{Where: r.Artefact}})
	}
}

// prose is a text of so many different words, other ones for each artefact, in
// sentences of five to fourteen.
func prose(words int, artefact string) string {
	n := 7
	for _, r := range artefact {
		n = (n*31 + int(r)) % 100_003
	}
	var text strings.Builder
	left := 0
	for i := range words {
		word := ""
		for k := n + i*7919; k > 0; k /= 26 {
			word += string(rune('a' + k%26))
		}
		if left == 0 {
			left = 5 + (i+n)%10
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		text.WriteString(word)
		if left--; left == 0 || i == words-1 {
			text.WriteString(".")
			if i%3 == 0 && i < words-1 {
				text.WriteString("\n")
			}
		}
		text.WriteString(" ")
	}
	return strings.TrimSpace(text.String())
}

func must(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func read(s llm.Sheet, name string, into any) {
	if err := s.Read(name, into); err != nil {
		panic(err)
	}
}

// house is a writer over a real store and queue.
type house struct {
	t      testing.TB
	store  *store.Store
	writer *write.Writer
	model  *scripted
	queue  *jobs.Queue
	bound  chan book.ID // books that reached the typeset stage

	chapters int // that the queue writes at once; 0 is four
}

func newHouse(t testing.TB, s *store.Store, m *scripted) *house {
	t.Helper()
	h := &house{t: t, store: s, model: m, bound: make(chan book.ID, 10)}
	h.writer = &write.Writer{
		Shelf: s, Model: llm.Journal{Model: m, Memory: s}, Memory: s, Authors: m,
		Random: strings.NewReader(strings.Repeat("abcdefghijkl", 50)), Clock: time.Now, Width: 3,
	}
	h.start()
	return h
}

// start runs a fresh queue, as a new process would.
func (h *house) start() {
	h.t.Helper()
	q, err := jobs.New(h.store.Handle())
	if err != nil {
		h.t.Fatal(err)
	}
	q.Handlers = map[jobs.Kind]jobs.Handler{jobs.Advance: h.writer.Advancer(), jobs.Chapter: h.writer.Drafter(), jobs.Typeset: typeset{h}}
	q.Leases, q.Order, q.Log, q.Backoff, q.Chapters = h.store, h.writer.Order, slog.New(slog.DiscardHandler), time.Millisecond, max(h.chapters, 4)
	if err := q.Start(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	h.queue = q
	h.t.Cleanup(h.stop)
}

func (h *house) stop() {
	if h.queue == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := h.queue.Stop(ctx); err != nil {
		h.t.Error(err)
	}
	h.queue = nil
}

// typeset stands for the edition: it only tells that a book came so far.
type typeset struct{ h *house }

func (d typeset) Work(_ context.Context, job jobs.Job, _ string) error {
	d.h.bound <- job.Book
	return nil
}

func (d typeset) GiveUp(context.Context, jobs.Job, string, error) error { return nil }

func (h *house) write(brief book.Brief) book.ID {
	h.t.Helper()
	b, err := h.writer.Start(h.t.Context(), brief, book.Terms{}, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return b.ID
}

// patience is when a wait counts as one without end: no measure of speed, so that
// a busy machine may take its time.
const patience = 10 * time.Minute

func (h *house) waitBound() {
	h.t.Helper()
	select {
	case <-h.bound:
	case <-time.After(patience):
		kinds := h.kinds()
		h.t.Fatalf("the book was never bound; its last events: %v", kinds[max(len(kinds)-40, 0):])
	}
}

// waitFor waits until the book's log has an event of the kind.
func (h *house) waitFor(id book.ID, kind event.Kind) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	for {
		events, err := h.store.Events(h.t.Context(), id, 0, 10_000)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, e := range events {
			if e.Kind == kind {
				return
			}
		}
		select {
		case <-ctx.Done():
			h.t.Fatalf("no %s; events: %v", kind, h.kinds())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// tick is a moment between two looks.
func (h *house) tick() <-chan time.Time { return time.After(5 * time.Millisecond) }

// kinds lists the kinds of all events of all books, in order.
func (h *house) kinds() (list []event.Kind) {
	books, err := h.store.Books(context.Background(), "", 10)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, b := range books {
		events, err := h.store.Events(context.Background(), b.ID, 0, 10_000)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, e := range events {
			list = append(list, e.Kind)
		}
	}
	return list
}

func (h *house) book(id book.ID) book.Book {
	h.t.Helper()
	b, err := h.store.Book(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

func (h *house) artefact(id book.ID, name string, into any) {
	h.t.Helper()
	found, err := h.store.Artefacts(h.t.Context(), id, name)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := json.Unmarshal(found[name], into); err != nil {
		h.t.Fatalf("artefact %s: %v", name, err)
	}
}

func (h *house) manuscript(id book.ID) (m book.Manuscript) {
	h.t.Helper()
	h.artefact(id, "manuscript", &m)
	return m
}

// wantKind fails unless err is a problem of the kind with a hint.
func wantKind(t *testing.T, err error, kind problem.Kind) {
	t.Helper()
	if p := problem.Of(err); p == nil || p.Kind != kind || p.Hint == "" {
		t.Errorf("got %v, want a problem %s with a hint", err, kind)
	}
}
