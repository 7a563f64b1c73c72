package llm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"quire/problem"
)

// Journal remembers replies, so that a request is asked at most once; it is the
// outermost wrapper. A reply is kept before it is used. Calls in flight when the
// process dies may be asked once more.
type Journal struct {
	Model  Model
	Memory Memory
	Spool  Spool             // where replies wait while the memory is away; nil is nowhere
	Point  func(name string) // called before and after a reply is kept; nil is nothing
}

// Spool keeps replies that the memory could not take, until it can. It outlives
// the process.
type Spool interface {
	// Put keeps an entry; one of the same key is replaced.
	Put(e Entry) error
	// Get returns the entry of a key, or problem.Missing.
	Get(key string) (Entry, error)
	// Drop forgets an entry; one that is not there is no failure.
	Drop(key string) error
}

// Memory keeps the replies of a Journal.
type Memory interface {
	// Reply returns the entry of a key, or problem.Missing.
	Reply(ctx context.Context, key string) (Entry, error)
	// Keep writes an entry down for good. An entry whose key is already there
	// changes nothing.
	Keep(ctx context.Context, e Entry) error
	// Refuse marks a kept reply as not what was asked for.
	Refuse(ctx context.Context, book, key, reason string) error
}

// Entry is one reply in the journal.
type Entry struct {
	Key      string
	Book     string
	Role     Role
	Artefact string
	Revision int
	Attempt  int
	Result   Result
	Refused  string // why a stage refused it, "" if none did
}

// Key is the journal key of a request: the SHA-256 of all that decides the
// answer. Provider, model, price and cache marks are not in it, so that a
// changed model serves only what was not yet answered.
func Key(r Request) string {
	texts := make([]string, len(r.Blocks))
	for i, b := range r.Blocks {
		texts[i] = b.Text
	}
	canonical, err := json.Marshal([]any{r.Book, r.Role, r.Artefact, r.Revision, r.Attempt, texts, r.Schema, r.Words, r.MaxTokens, r.Temperature, r.Seed})
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// Caps are those of the model.
func (j Journal) Caps() Caps { return j.Model.Caps() }

// Stream answers from the memory if it can; else it asks, and keeps the reply
// before it returns. A reply without its terminator is not kept.
func (j Journal) Stream(ctx context.Context, r Request, on func(Chunk) error) (Result, error) {
	key := Key(r)
	kept, err := j.Memory.Reply(ctx, key)
	if err == nil {
		if on != nil {
			err = on(Chunk{Text: kept.Result.Text})
		}
		return kept.Result, err
	}
	if !problem.Is(err, problem.Missing) {
		return Result{}, fmt.Errorf("journal: %w", err)
	}
	if waiting, err := j.spooled(ctx, key); err == nil {
		if on != nil {
			err = on(Chunk{Text: waiting.Text})
		}
		return waiting, err
	} else if !problem.Is(err, problem.Missing) {
		return Result{}, fmt.Errorf("journal: %w", err)
	}
	r.Key = key
	res, err := j.Model.Stream(ctx, r, on)
	if err != nil {
		return res, err
	}
	if res.Finish == "" {
		return res, problem.New(problem.Unavailable, "the model's answer broke off")
	}
	j.point("journal.before " + string(r.Role))
	entry := Entry{Key: key, Book: r.Book, Role: r.Role, Artefact: r.Artefact, Revision: r.Revision, Attempt: r.Attempt, Result: res}
	if err := j.keep(ctx, entry); err != nil {
		return res, fmt.Errorf("journal: %w", err)
	}
	j.point("journal.after " + string(r.Role))
	return res, nil
}

// spooled returns the reply of a key that waits for the memory, and lets the
// memory have it.
func (j Journal) spooled(ctx context.Context, key string) (Result, error) {
	if j.Spool == nil {
		return Result{}, problem.New(problem.Missing, "nothing waits for the journal")
	}
	e, err := j.Spool.Get(key)
	if err != nil {
		return Result{}, err
	}
	return e.Result, j.keep(ctx, e)
}

// keep offers the entry until the memory takes it, also when ctx has ended: what
// was paid for is never dropped because the database is away. At the first
// refusal it goes to the spool, where it stays until the memory has it.
func (j Journal) keep(ctx context.Context, e Entry) error {
	first := true
	return insist(ctx, func(ctx context.Context) error {
		err := j.Memory.Keep(ctx, e)
		if err == nil || problem.Is(err, problem.Missing) { // the book was deleted
			return errors.Join(err, j.unspool(e.Key))
		}
		if j.Spool != nil && first {
			first = false
			return errors.Join(err, j.Spool.Put(e))
		}
		return err
	})
}

func (j Journal) unspool(key string) error {
	if j.Spool == nil {
		return nil
	}
	return j.Spool.Drop(key)
}

func (j Journal) point(name string) {
	if j.Point != nil {
		j.Point(name)
	}
}
