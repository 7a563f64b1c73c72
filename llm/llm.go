// Package llm is where models are asked. This room defines one small interface
// that every model meets, the request with its blocks, the streamed reply, and
// the wrappers around a model; the journal, outermost, makes sure that what was
// answered once is never asked again.
//
// Next: offline
package llm

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Model answers requests, one stream each. Implementations are safe for
// concurrent use, make one try, and neither log nor read the environment.
type Model interface {
	// Stream asks and calls on, if not nil, for each chunk of text in order; an
	// error from on ends the call and is returned. The Result is set also
	// on error: it holds the text so far and what it cost. An error that a
	// provider caused is a Fault.
	Stream(ctx context.Context, r Request, on func(Chunk) error) (Result, error)
	// Caps says what the model can do; the answer never changes.
	Caps() Caps
}

// Chunk is a piece of a streamed answer.
type Chunk struct {
	Text  string
	Again bool // the answer begins anew: what came before is void
}

// Role is what a call is for; wrappers choose models by it.
type Role string

// The roles that stages ask in.
const (
	Concept Role = "concept"
	Bible   Role = "bible"
	Outline Role = "outline"
	Beats   Role = "beats"
	Draft   Role = "draft"
	Check   Role = "check"  // what is wrong with a text, and which of two places is
	Revise  Role = "revise" // a text that is there made better
	Observe Role = "observe"
	Figure  Role = "figure"
	Matter  Role = "matter" // what stands around the chapters, and words for shops
)

// Roles lists the roles in the order in which a book meets them.
func Roles() []Role {
	return []Role{Concept, Bible, Outline, Beats, Draft, Check, Revise, Observe, Figure, Matter}
}

// Request is one question to a model.
type Request struct {
	Book        string // whose journal the reply belongs to
	Role        Role
	Artefact    string // what the reply becomes, such as "section/ch_1f2e3d4c/2"
	Revision    int    // from 1; a regenerated artefact has a higher one
	Attempt     int    // from 1; a refused reply is asked for again with the next
	Blocks      []Block
	Schema      json.RawMessage // JSON Schema of a structured answer; nil for prose
	Words       int             // words hoped for; 0 is no target
	MaxTokens   int             // hard end of the answer; 0 is the model's own
	Temperature float64         // 0 is the model's own
	Seed        uint64

	// What follows chooses who answers and is no part of the journal's key.

	Provider string   // asked for by the book; "" is as configured
	Model    string   // asked for by the book; "" is as configured
	Key      string   // of the journal, which sets it
	Skip     []string // models, as provider/model, whose answers were of no use; they answer only if no other can
}

// Block is a part of a prompt. Blocks stand in order of change, the most lasting
// first; Mark ends a stretch that is worth caching.
type Block struct {
	Text string
	Mark Mark
}

// Mark says how long a prefix that ends here is worth caching.
type Mark string

// The cache marks: none, minutes (a chapter, a wave) and an hour (a book).
const (
	NoMark   Mark = ""
	Minutes  Mark = "5m"
	HourLong Mark = "1h"
)

// Result is an answer with what it cost.
type Result struct {
	Text     string
	Finish   Finish
	Usage    Usage // of the try that gave the text
	Cost     Cost  // of all tries; the meter sets it
	Provider string
	Model    string // that answered, as the provider names it
	ID       string // the provider's request ID, "" if it has none
	Limits   Limits // what the provider said of its limits; not kept
}

// Finish is why an answer ended.
type Finish string

// The ways an answer ends. Only Stop is a whole answer; "" means that the
// stream ended without its terminator.
const (
	Stop    Finish = "stop"
	Length  Finish = "length"
	Refused Finish = "refused"
)

// Usage counts tokens. Input holds the cached ones too, Output the reasoning.
type Usage struct {
	Input       int `json:"input"`
	CachedRead  int `json:"cached_read"`
	CachedWrite int `json:"cached_write"`
	CachedHour  int `json:"cached_hour,omitempty"` // the part of CachedWrite that is kept for an hour
	Output      int `json:"output"`
	Reasoning   int `json:"reasoning"`
}

// Limits is what a provider says of its limits beside an answer.
type Limits struct {
	Requests Allowance // a minute
	Tokens   Allowance // a minute, question and answer together
	Input    Allowance // a minute, tokens of questions, where they are counted apart
	Output   Allowance // a minute, tokens of answers, where they are counted apart
}

// Allowance is one limit. The zero value says nothing.
type Allowance struct {
	Most  int           // 0: nothing was said
	Left  int           // until Reset
	Reset time.Duration // from the answer on, until Left is Most again
}

// Caps is what a model can do. Numbers are 0 where nobody knows them.
type Caps struct {
	Provider    string
	Model       string
	Context     int      // tokens of question and answer together
	MaxOutput   int      // tokens
	Schema      bool     // follows a JSON Schema
	Temperature bool     // takes a temperature
	Seed        bool     // takes a seed
	Cache       Cache    // how its provider keeps prefixes of questions
	CacheLeast  int      // tokens of the shortest prefix that is kept
	Languages   []string // primary BCP 47 subtags that it writes; nil is any
	Price       Price
	Notice      string // a sentence that the imprint of its books must have, or ""
}

// Cache is how a provider keeps the beginnings of questions.
type Cache string

// The ways of prompt caches.
const (
	NoCache   Cache = ""
	Automatic Cache = "automatic" // by itself
	Marked    Cache = "marked"    // up to the marks of blocks
)

// Name is the model with its provider, such as openai/gpt-5.4.
func (c Caps) Name() string { return c.Provider + "/" + c.Model }

// Free reports whether the model is known to cost nothing.
func (c Caps) Free() bool { return c.Price.Known && c.Price.Rates == Rates{} && c.Price.LongFrom == 0 }

// Writes reports whether the model writes the language, a BCP 47 tag.
func (c Caps) Writes(language string) bool {
	return c.Languages == nil || slices.Contains(c.Languages, primary(language))
}

func primary(language string) string {
	before, _, _ := strings.Cut(strings.ReplaceAll(language, "_", "-"), "-")
	return strings.ToLower(before)
}
