package main

import (
	"context"
	"net/http"
	"strings"

	"quire/book"
	"quire/llm"
	"quire/llm/anthropic"
	"quire/llm/google"
	"quire/llm/openai"
	"quire/llm/wire"
	"quire/offline"
	"quire/problem"
	"quire/store"
	"quire/write"
)

var (
	_ write.Authors = (*authors)(nil)
	_ llm.Model     = (*authors)(nil)
)

// authors is who a house can ask to write: the built-in author, and the models of
// providers once they are hired.
type authors struct {
	builtIn llm.Model
	hired   llm.Model               // nil is nobody
	first   func(llm.Role) llm.Caps // of those that are hired
	records llm.Tries
	gauge   llm.Gauge  // what all learn of questions and answers
	totals  llm.Totals // what all have cost since the process began
}

// Caps are those of the models that are hired, else of the built-in author.
func (a *authors) Caps() llm.Caps {
	if a.hired != nil {
		return a.hired.Caps()
	}
	return a.builtIn.Caps()
}

// Ability is that of the model that is asked first in a role.
func (a *authors) Ability(terms book.Terms, role llm.Role) llm.Caps {
	if terms.Provider == book.BuiltIn || a.hired == nil || a.first == nil {
		return a.builtIn.Caps()
	}
	return a.first(role)
}

// Stream asks the built-in author where a book is his, else the hired models.
func (a *authors) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	switch {
	case r.Provider == book.BuiltIn:
		return llm.Meter{Model: a.builtIn, Records: a.records, Totals: &a.totals}.Stream(ctx, r, on)
	case a.hired == nil:
		return llm.Result{}, llm.NewFault(llm.Auth, "the book's provider", nil).With("the book is written by a model, and no provider has a key here", noKey)
	default:
		return a.hired.Stream(ctx, r, on)
	}
}

const noKey = "set the provider's key, or go on with --provider offline; docs/guide/models.md tells more"

// Serve reports why nobody can write a book in the language on the terms.
func (a *authors) Serve(terms book.Terms, language string) error {
	switch {
	case terms.Provider == book.BuiltIn && !a.builtIn.Caps().Writes(language):
		return problem.New(problem.Invalid, "the built-in author does not write the language %q", language).
			Try("leave out --language to have the book in English, or set a provider's key: docs/guide/models.md tells how")
	case terms.Provider != book.BuiltIn && a.hired == nil:
		return problem.New(problem.Invalid, "no provider has a key here").Try("%s", noKey)
	default:
		return nil // providers' models write every language, as far as anybody knows
	}
}

// Notice is what the imprint of a book must say of an author, given as
// provider/model: that it is sample text, if it is the built-in one, behind
// whatever wire.
func (a *authors) Notice(author string) string {
	if _, model, _ := strings.Cut(author, "/"); model == offline.Version {
		return a.builtIn.Caps().Notice
	}
	return ""
}

// hire makes models of a roster's lanes and puts the wrappers around them, retry
// being the one of that name without its model.
// Around each: meter, limiter, retry and budget; around all: fallback and repair.
func (a *authors) hire(r roster, purse *llm.Purse, retry llm.Retry, client *http.Client, st *store.Store) {
	if r.Offline {
		return
	}
	shared := map[string]*llm.Bucket{} // of providers whose owner said what they allow
	all := &llm.Fallback{Roles: r.Roles, Writer: st.Writer}
	for _, l := range r.Lanes {
		bucket := &llm.Bucket{}
		if said := l.Provider.Limit; said != (limit{}) {
			if shared[l.Provider.Name] == nil {
				shared[l.Provider.Name] = &llm.Bucket{Requests: said.Requests, Tokens: said.Tokens}
			}
			bucket = shared[l.Provider.Name]
		}
		again := retry
		again.Model = llm.Limiter{
			Model:  llm.Meter{Model: adapter(l, client), Records: a.records, Gauge: &a.gauge, Totals: &a.totals},
			Bucket: bucket, Gauge: &a.gauge,
		}
		all.Lanes = append(all.Lanes, llm.Budget{Model: again, Purse: purse, Gauge: &a.gauge})
	}
	a.hired, a.first = llm.Unloop{Model: &llm.Repair{Model: all}}, r.first
}

// wired is a model that can be asked whether it is there.
type wired interface {
	llm.Model
	Check(ctx context.Context) error
}

// adapter speaks to a lane's model in the provider's protocol.
func adapter(l lane, client *http.Client) wired {
	p := l.Provider
	switch p.Name {
	case "anthropic":
		return &anthropic.Model{Client: client, Base: p.Base, Key: p.Key, Ability: l.Caps}
	case "google":
		return &google.Model{Client: client, Base: p.Base, Key: p.Key, Ability: l.Caps}
	default:
		return &openai.Model{Client: client, Base: p.Base, Key: p.Key, Ability: l.Caps, Official: p.Official, Name: p.Title}
	}
}

// client is what providers are asked with. Proxies are those of the environment.
func (s *session) client() *http.Client {
	return &http.Client{Transport: wire.NewTransport(http.ProxyFromEnvironment)}
}
