package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"quire/llm"
	"quire/problem"
)

// asked is what flags say about who writes; "" is as the settings say.
type asked struct{ Provider, Model string }

// cast gives the roles to the models that the flags and the settings want.
func (r roster) cast(wishes wishes, asked asked) (roster, error) {
	p, model, err := r.flagged(asked)
	if err != nil {
		return roster{}, err
	}
	if p.Name != "" {
		r.Providers = []provider{p}
		wishes = slices.DeleteFunc(slices.Clone(wishes), func(w wish) bool { return w.provider != p.Name })
	}
	if len(r.Providers) == 0 && len(wishes) == 0 {
		return roster{Offline: true, Catalog: r.Catalog}, nil
	}
	for _, role := range llm.Roles() {
		if model != "" {
			r.add(role, p, model)
			continue
		}
		if err := r.castRole(role, wishes); err != nil {
			return roster{}, err
		}
	}
	if !slices.ContainsFunc(wishes, func(w wish) bool { return w.role == llm.Check }) {
		r.readWithOtherEyes()
	}
	r.warn()
	return r, nil
}

// readWithOtherEyes lets a text be checked by a model of another provider than the
// one that writes, if there is one: a model is a mild judge of its own kind.
func (r *roster) readWithOtherEyes() {
	if len(r.Roles[llm.Draft]) == 0 {
		return
	}
	writer, _, _ := strings.Cut(r.Roles[llm.Draft][0], "/")
	own := func(name string) int {
		if strings.HasPrefix(name, writer+"/") {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(r.Roles[llm.Check], func(a, b string) int { return own(a) - own(b) })
}

// castRole lists the models of a role: those that are wished for it, those that
// are wished for all of a provider that has none yet, and the usual ones of
// providers that still have none.
func (r *roster) castRole(role llm.Role, wishes wishes) error {
	has := map[string]bool{}
	for _, of := range []llm.Role{role, ""} {
		before := maps.Clone(has)
		for _, w := range wishes {
			if w.role != of || before[w.provider] {
				continue
			}
			p, ok := r.named(w.provider)
			if !ok {
				return without(w.provider)
			}
			r.add(role, p, w.model)
			has[w.provider] = true
		}
	}
	for _, p := range r.Providers {
		if has[p.Name] {
			continue
		}
		model := usual(p.seller(), role)
		if model == "" {
			return problem.New(problem.Invalid, "it must be said which models %s is to be asked for", p.Title).
				Try("set QUIRE_MODELS=%s/NAME with a name that the server lists", p.Name)
		}
		r.add(role, p, model)
	}
	return nil
}

// flagged reads the flags: a provider, if one is wanted, and a model, if one is.
func (r *roster) flagged(asked asked) (p provider, model string, err error) {
	if asked.Provider != "" {
		if !slices.Contains(providerNames, asked.Provider) {
			known := append(slices.Clone(providerNames), offlineName)
			return p, "", problem.New(problem.Invalid, "there is no provider %q", asked.Provider).Try("%s", nearest(asked.Provider, known))
		}
		var ok bool
		if p, ok = r.named(asked.Provider); !ok {
			return p, "", without(asked.Provider)
		}
	}
	if asked.Model == "" {
		return p, "", nil
	}
	if !llm.Named(asked.Model) {
		return p, "", problem.New(problem.Invalid, "%q is no name of a model", asked.Model).Try("quire models lists what can be used")
	}
	if p.Name != "" {
		return p, literal(p, asked.Model), nil
	}
	return r.whose(asked.Model)
}

// literal is a model's name as its server knows it. Other servers have models
// whose names begin like a provider, such as openai/gpt-oss-120b.
func literal(p provider, model string) string {
	if p.Official {
		return strings.TrimPrefix(model, p.Name+"/")
	}
	return model
}

// whose finds the provider of a model that was named without one, or with one
// in front.
func (r *roster) whose(model string) (provider, string, error) {
	name, rest, slash := strings.Cut(model, "/")
	prefixed := slash && slices.Contains(providerNames, name)
	if p, ok := r.named(name); prefixed && ok {
		return p, rest, nil
	}
	var servers []provider
	for _, p := range r.Providers {
		if _, known := r.lane(p, model); known && !p.Free {
			return p, model, nil
		}
		if tiers[p.seller()].strong == "" {
			servers = append(servers, p)
		}
	}
	switch {
	case prefixed:
		return provider{}, "", without(name)
	case len(servers) == 1:
		return servers[0], model, nil
	case len(r.Providers) == 0:
		return provider{}, "", problem.New(problem.Invalid, "the model %s cannot be asked: no provider has a key", model).Try("set the key of its provider, such as ANTHROPIC_API_KEY")
	}
	return provider{}, "", problem.New(problem.Invalid, "no provider that has a key is known to have a model %q", model).Try("%s With its provider in front, as %s/%s, any name is taken", nearest(model, r.known()), r.Providers[0].Name, model)
}

// known lists the names of the models that can be asked.
func (r *roster) known() (names []string) {
	for _, l := range r.Catalog.All() {
		if slices.ContainsFunc(r.Providers, func(p provider) bool { return p.seller() == l.Provider }) {
			names = append(names, l.Model)
		}
	}
	return names
}

// warn notes what the owner should know.
func (r *roster) warn() {
	for _, p := range r.Providers {
		base := address(p.Base)
		if base.open() {
			r.Notes = append(r.Notes, fmt.Sprintf("%s is asked without encryption: whoever is on the way can read the book", p.Title))
		}
		if p.Name == "openai" && !p.Official && !versioned.MatchString(p.Base) {
			r.Notes = append(r.Notes, "OPENAI_BASE_URL does not end in /v1; most servers want that")
		}
	}
	for _, l := range r.Lanes {
		if known, ok := r.lane(l.Provider, l.Model); !ok && l.Provider.Official {
			r.Notes = append(r.Notes, fmt.Sprintf("%s is not a model that quire knows: %s", known.Name(), strings.TrimSuffix(nearest(l.Model, r.known()), ".")))
		}
	}
}
