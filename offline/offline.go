// Package offline is where the built-in author lives: an llm.Model that plans
// and writes without a network. It reads only the data and task elements of a
// request, follows the same schemas as a paid model, streams and counts its
// tokens, and gives the same answer to the same request on every machine.
// Stories come from a story grammar with a small world state, guides from what
// the maker gave and nothing else.
//
// Next: jobs
package offline

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"quire/book"
	"quire/llm"
	"quire/problem"
)

// Version names the author's grammar. It goes into provenance: a book keeps the
// bytes that its version gave it, a newer one may write otherwise.
const Version = "offline-1"

// notice stands in the imprint of every book that the author writes.
const notice = "Sample text: this book was written by the built-in author of quire, a program without a language model. It shows what a book looks like; it is no one’s work."

// Author is the built-in author. The zero value writes at once; it is safe for
// concurrent use.
type Author struct {
	Pace int // words a second that the stream gives out; 0 is all at once

	cache prefixes
}

// craft is a way of making books: one for stories, one for guides.
type craft interface {
	concept(in *input) book.Concept
	outline(in *input) book.Outline
	beats(in *input) book.Beats
	draft(in *input) string // Markdown without the section's heading
	observe(in *input) book.Delta
}

// input is all that the author reads of a request.
type input struct {
	task     llm.Task
	rand     *rand.Rand // seeded by book seed, role, artefact and revision
	brief    book.Brief
	concept  book.Concept
	outline  book.Outline        // plan of the whole book; with llm.Outline: the chapters planned so far
	plan     book.Outline        // with llm.Outline: the chapters to plan now; given titles stand
	position position            // of the chapter; with llm.Outline: of the first chapter of plan
	chapter  book.OutlineChapter // the chapter at work
	review   book.Review         // with llm.Revise: what was found
	pairs    []pair              // with llm.Check: places that may contradict each other
	sheet    book.Beats          // the chapter's beats
	section  int                 // with llm.Draft: which beat, from 0
	text     string              // with llm.Observe: the chapter; with llm.Revise: what is to be mended
	before   string              // with llm.Revise: what stands before a passage in its chapter
	passages []book.Passage      // with llm.Draft: of the maker's own sources
	begun    string              // with llm.Draft: the end of a section that is to be gone on with
}

// position is where a chapter stands in the book.
type position struct {
	Ordinal int `json:"ordinal"` // from 1
	Of      int `json:"of"`
}

// Caps says that the author writes English, for nothing.
func (a *Author) Caps() llm.Caps {
	return llm.Caps{Provider: "offline", Model: Version, Context: 1_000_000, MaxOutput: 100_000, Schema: true, Languages: []string{"en"}, Price: llm.Price{Known: true}, Notice: notice}
}

// Stream answers r. It fails with problem.Invalid on a language it does not
// write and on a role it does not know.
func (a *Author) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	res := llm.Result{Provider: "offline", Model: Version}
	in, err := read(r)
	if err != nil {
		return res, err
	}
	if !a.Caps().Writes(in.brief.Language) {
		return res, problem.New(problem.Invalid, "the built-in author writes English only, not %q", in.brief.Language).
			Try("leave out --language, or choose a model that writes the language")
	}
	res.Usage.Input = llm.TokensOf(r)
	res.Usage.CachedRead = a.cache.shared(r)
	text, err := answer(in)
	if err != nil {
		return res, err
	}
	return a.speak(ctx, r, res, text, on)
}

// answer makes the whole reply.
func answer(in *input) (string, error) {
	var c craft = story{}
	if in.brief.Kind == book.Nonfiction {
		c = guide{}
	}
	object, text, known := reply(c, in)
	if !known {
		return "", problem.New(problem.Invalid, "the built-in author has no role %q", in.task.Role)
	}
	if object == nil {
		return text, nil
	}
	whole, err := json.Marshal(object)
	if err != nil {
		return "", fmt.Errorf("answer of the built-in author: %w", err)
	}
	return string(whole), nil
}

// speak gives the text out word by word, until it ends or reaches MaxTokens.
func (a *Author) speak(ctx context.Context, r llm.Request, res llm.Result, text string, on func(llm.Chunk) error) (llm.Result, error) {
	res.Finish = llm.Stop
	if limit := 4 * r.MaxTokens; limit > 0 && len(text) > limit {
		text, res.Finish = strings.ToValidUTF8(text[:limit], ""), llm.Length
	}
	var said strings.Builder
	for word := range strings.SplitAfterSeq(text, " ") {
		if err := a.wait(ctx); err != nil {
			res.Text, res.Finish, res.Usage.Output = said.String(), "", llm.Tokens(said.String())
			return res, err
		}
		said.WriteString(word)
		if on == nil {
			continue
		}
		if err := on(llm.Chunk{Text: word}); err != nil {
			res.Text, res.Finish, res.Usage.Output = said.String(), "", llm.Tokens(said.String())
			return res, err
		}
	}
	res.Text, res.Usage.Output = text, llm.Tokens(text)
	return res, nil
}

// wait lasts as long as a word does at the author's pace.
func (a *Author) wait(ctx context.Context) error {
	if a.Pace <= 0 {
		return ctx.Err()
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Second / time.Duration(a.Pace)):
		return nil
	}
}
