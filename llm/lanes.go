package llm

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// choose lists the lanes that may serve a request, in the order in which they
// are to be asked. held says that the first one writes the chapter already. If
// none may, the error is problem.Invalid.
func (f *Fallback) choose(ctx context.Context, r Request) (lanes []Model, held bool, err error) {
	if len(f.Lanes) == 0 {
		return nil, false, NewFault(Bad, "", nil).With("no model is configured", "set the key of a provider, or the address of a local server")
	}
	lanes = keepIf(f.Lanes, func(c Caps) bool { return chosen(c, r) })
	if len(lanes) == 0 {
		return nil, false, notThere(r)
	}
	if lanes = keepIf(lanes, func(c Caps) bool { return roomy(c, r) }); len(lanes) == 0 {
		return nil, false, noRoom(r)
	}
	if len(r.Schema) > 0 {
		if follow := keepIf(lanes, func(c Caps) bool { return c.Schema }); len(follow) > 0 {
			lanes = follow
		}
	}
	slices.SortStableFunc(lanes, func(a, b Model) int { return f.rank(a, r) - f.rank(b, r) })
	pen, err := f.pen(ctx, r)
	if err != nil {
		return nil, false, err
	}
	at := slices.IndexFunc(lanes, func(m Model) bool { return pen != "" && f.isNamed(m, pen) })
	if at < 0 {
		return lanes, false, nil
	}
	writer := lanes[at]
	return slices.Insert(slices.Delete(lanes, at, at+1), 0, writer), true, nil
}

func keepIf(lanes []Model, ok func(Caps) bool) (out []Model) {
	for _, m := range lanes {
		if ok(m.Caps()) {
			out = append(out, m)
		}
	}
	return out
}

// chosen reports whether a book's own choice allows the model. The model may be
// asked for with or without its provider.
func chosen(c Caps, r Request) bool {
	return (r.Provider == "" || r.Provider == c.Provider) && (r.Model == "" || r.Model == c.Model || r.Model == c.Name())
}

// roomy reports whether question and answer find room in the model.
func roomy(c Caps, r Request) bool {
	return (c.Context == 0 || TokensOf(r)+r.MaxTokens <= c.Context) && (c.MaxOutput == 0 || r.MaxTokens <= c.MaxOutput)
}

// rank orders lanes: those that the role prefers, then the others, and behind
// them all those whose answers were of no use.
func (f *Fallback) rank(m Model, r Request) int {
	preferred := f.Roles[r.Role]
	rank := slices.Index(preferred, m.Caps().Name())
	if rank < 0 {
		rank = len(preferred)
	}
	if slices.ContainsFunc(r.Skip, func(name string) bool { return f.isNamed(m, name) }) {
		rank += len(preferred) + 1
	}
	return rank
}

// snapshot is what providers add to the name that was asked for: a date or the
// like.
var snapshot = regexp.MustCompile(`^[-@](latest|\d{3,4}|\d{6}|\d{8}|\d{4}-\d{2}-\d{2})$`)

// isNamed reports whether a lane goes by a name: its own, that of a snapshot of
// its model, or the one under which it answered last.
func (f *Fallback) isNamed(m Model, name string) bool {
	own := m.Caps().Name()
	if rest, ok := strings.CutPrefix(name, own); ok && (rest == "" || snapshot.MatchString(rest)) {
		return true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.answered[own] == name
}

func notThere(r Request) error {
	what, hint := "the provider "+r.Provider, "set its key, or ask for another provider"
	if r.Model != "" {
		what, hint = "the model "+r.Model, "quire models lists what can be used"
		if r.Provider != "" {
			what += " of " + r.Provider
		}
	}
	return NewFault(Bad, "", nil).With(what+" is not configured", hint)
}

func noRoom(r Request) error {
	detail := fmt.Sprintf("a question of about %d tokens with an answer of up to %d fits no model that may be asked", TokensOf(r), r.MaxTokens)
	return NewFault(Bad, "", nil).With(detail, "choose a model with more room, or shorter chapters")
}

// chapterOf names the chapter that a request writes a section of, "" for any
// other request. The artefact of a section is section/CHAPTER/N.
func chapterOf(r Request) string {
	at := strings.LastIndexByte(r.Artefact, '/')
	if r.Role != Draft || at < 0 {
		return ""
	}
	return r.Book + " " + r.Artefact[:at+1]
}

// pen is the name of the model that wrote the chapter so far, "" if none did.
func (f *Fallback) pen(ctx context.Context, r Request) (string, error) {
	chapter := chapterOf(r)
	if chapter == "" {
		return "", nil
	}
	if name := f.pens.of(chapter); name != "" || f.Writer == nil {
		return name, nil
	}
	prefix := strings.TrimPrefix(chapter, r.Book+" ")
	name, err := f.Writer(ctx, r.Book, prefix)
	if err != nil {
		return "", fmt.Errorf("who wrote %s of book %s: %w", prefix, r.Book, err)
	}
	return name, nil
}

// pens remembers who writes which chapter, for the last mostPens chapters; who
// wrote an older one, Fallback.Writer knows.
type pens struct {
	mu     sync.Mutex
	names  map[string]string
	oldest []string
}

const mostPens = 4096

func (p *pens) of(chapter string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names[chapter]
}

func (p *pens) keep(chapter, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.names == nil {
		p.names = map[string]string{}
	}
	if p.names[chapter] == "" {
		if p.oldest = append(p.oldest, chapter); len(p.oldest) > mostPens {
			delete(p.names, p.oldest[0])
			p.oldest = p.oldest[1:]
		}
	}
	p.names[chapter] = name
}
