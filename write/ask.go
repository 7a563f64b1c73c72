package write

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"quire/book"
	"quire/llm"
	"quire/problem"
)

// question is one call to a model on behalf of a stage.
type question struct {
	call     string // its name in the preset
	artefact string
	revision int             // from 1; 0 is 1
	prompt   any             // data of the call's prompt
	schema   json.RawMessage // nil for prose
	words    int
	cut      bool // an answer that was cut off at its length is taken too
}

// source tells where an answer came from.
type source struct {
	author string // provider and model
	call   string // key in the journal
	cut    bool   // the answer was cut off at its longest length
}

// askFor asks for an answer of type T, until check accepts one.
func askFor[T any](ctx context.Context, w *Writer, f *folder, q question, check func(T) error) (T, source, error) {
	var answer T
	schema, err := llm.SchemaOf[T]()
	if err != nil {
		return answer, source{}, err
	}
	q.schema = schema
	from, err := w.ask(ctx, f, q, func(text string) error {
		answer = *new(T)
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			return problem.New(problem.Unavailable, "the model's answer cannot be used: it is not the JSON that was asked for").Because(err)
		}
		if !soundStrings([]byte(text)) {
			return problem.New(problem.Unavailable, "the model's answer cannot be used: it holds control characters")
		}
		return check(answer)
	})
	return answer, from, err
}

// ask asks until accept takes a reply. A refused reply is marked in the journal
// and asked for again as the next attempt, so that a resume walks the same path;
// replies that were refused in an earlier run do not count as tries of this one.
func (w *Writer) ask(ctx context.Context, f *folder, q question, accept func(text string) error) (source, error) {
	c, err := f.preset.call(q.call)
	if err != nil {
		return source{}, err
	}
	tries := 0
	for attempt := 1; ; attempt++ {
		r, err := f.request(c, q, attempt)
		if err != nil {
			return source{}, err
		}
		key := llm.Key(r)
		if kept, err := w.Memory.Reply(ctx, key); err == nil && kept.Refused != "" {
			continue
		}
		res, err := w.call(ctx, f.book.ID, r)
		if err != nil {
			return source{}, fmt.Errorf("%s of book %s: %w", q.artefact, f.book.ID, err)
		}
		refusal := whole(res, q.cut)
		if refusal == nil {
			refusal = accept(res.Text)
		}
		if refusal == nil {
			return source{author: res.Provider + "/" + res.Model, call: key, cut: res.Finish == llm.Length}, nil
		}
		if err := w.Memory.Refuse(ctx, string(f.book.ID), key, problem.Of(refusal).Detail); err != nil {
			return source{}, errors.Join(refusal, err)
		}
		if tries++; tries >= c.Tries {
			return source{}, problem.New(problem.Conflict, "%s", problem.Of(refusal).Detail).Because(refusal).
				Try("quire retry %s asks again", f.book.ID)
		}
	}
}

// call makes one call for a book that still moves.
func (w *Writer) call(ctx context.Context, id book.ID, r llm.Request) (llm.Result, error) {
	if err := w.calls.begin(id); err != nil {
		return llm.Result{}, err
	}
	defer w.calls.end(id)
	b, err := w.Shelf.Book(ctx, id)
	switch {
	case err != nil:
		return llm.Result{}, err
	case !b.State.Moving():
		return llm.Result{}, errHalting // it was stopped since the stage began
	}
	return w.Model.Stream(ctx, r, bounded(r))
}

// tokenBytes is longer than the tokens of any text are on average.
const tokenBytes = 32

// bounded listens to an answer and ends one that goes on far beyond the length
// that its model was told.
func bounded(r llm.Request) func(llm.Chunk) error {
	heard := 0
	return func(c llm.Chunk) error {
		if c.Again {
			heard = 0
		}
		if heard += len(c.Text); r.MaxTokens > 0 && heard > r.MaxTokens*tokenBytes {
			return problem.New(problem.Conflict, "the model's answer cannot be used: it goes on and on, far beyond its longest length").
				Try("use another model, or look at the server that runs it")
		}
		return nil
	}
}

// whole reports an answer that did not end by itself; one that was cut off may
// be good for something.
func whole(res llm.Result, cut bool) error {
	switch {
	case res.Finish == llm.Length && !cut:
		return problem.New(problem.Unavailable, "the model's answer cannot be used: it was cut off at its longest length")
	case res.Finish == llm.Refused:
		return problem.New(problem.Unavailable, "the model declined to answer")
	case strings.TrimSpace(res.Text) == "":
		return problem.New(problem.Unavailable, "the model's answer cannot be used: it is empty")
	default:
		return nil
	}
}

// How long prose may be, in tokens: half as long again as asked for, at two tokens
// a word; models that think first count that in.
const (
	proseTokens    = 3 // a word
	proseLeast     = 200
	thinkingTokens = 4096
)

// request renders the question's prompt.
func (f *folder) request(c Call, q question, attempt int) (llm.Request, error) {
	brief, revision := f.book.Brief, max(q.revision, 1)
	task := llm.Task{Role: c.Role, Artefact: q.artefact, Revision: revision, Attempt: attempt, Seed: brief.Seed, Words: q.words}
	blocks, err := render(c, q.prompt, task)
	if err != nil {
		return llm.Request{}, err
	}
	r := llm.Request{
		Book: string(f.book.ID), Role: c.Role, Artefact: q.artefact, Revision: revision, Attempt: attempt,
		Blocks: blocks, Schema: q.schema, Words: q.words, Temperature: c.Temperature, Seed: brief.Seed,
		Provider: f.book.Terms.Provider, Model: f.book.Terms.Model, MaxTokens: c.Tokens,
	}
	if c.Tokens == 0 {
		r.MaxTokens = proseTokens*q.words + proseLeast + thinkingTokens
	}
	return r, nil
}

// inputs is the hash of what an artefact is made from.
func inputs(parts ...any) string {
	texts := make([]any, len(parts))
	for i, p := range parts {
		text, err := json.Marshal(p)
		if err != nil {
			panic(err) // the nouns of a book always marshal
		}
		texts[i] = string(text)
	}
	return book.Derive(16, texts...)
}
