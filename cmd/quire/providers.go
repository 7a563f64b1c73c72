package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"quire/llm"
	"quire/problem"
)

// roster is what the settings say about who writes: the lanes that wire.go
// makes models of, and who is asked first for which role.
type roster struct {
	Offline   bool       // the built-in author writes, and there is no lane
	Providers []provider // those that can be asked, in the order of the settings
	Lanes     []lane
	Roles     map[llm.Role][]string // names of lanes, the first that is asked first
	Notes     []string              // sentences that the owner should read
	Catalog   llm.Catalog
}

// provider is somebody who can be asked.
type provider struct {
	Name     string // anthropic, openai or google: whose protocol is spoken
	Title    string // as people know it: OpenAI, or the host of another server
	Base     string // the address, always set
	Official bool   // it is the provider's own address
	Free     bool   // a server that is near and wants no key
	Key      llm.Secret
	Limit    limit
}

// lane is a model of a provider.
type lane struct {
	Provider provider
	llm.Caps
	Note   string // on its price, or ""
	Source string // of its price
	Date   string
}

// sellers names those whose models the catalogue knows, by their hosts.
var sellers = map[string]string{
	"api.anthropic.com":                 "anthropic",
	"api.openai.com":                    "openai",
	"generativelanguage.googleapis.com": "google",
	"openrouter.ai":                     "openrouter",
	"api.deepseek.com":                  "deepseek",
	"api.mistral.ai":                    "mistral",
}

// access is what a provider is by itself.
type access struct{ name, title, base, variable, field string }

var accesses = []access{
	{"anthropic", "Anthropic", "https://api.anthropic.com", "ANTHROPIC", "Anthropic"},
	{"openai", "OpenAI", "https://api.openai.com/v1", "OPENAI", "OpenAI"},
	{"google", "Google", "https://generativelanguage.googleapis.com", "GOOGLE", "Google"},
}

// keyVariable is the environment variable of the key.
func (a access) keyVariable() string {
	if a.name == "google" {
		return "GOOGLE_AI_API_KEY"
	}
	return a.variable + "_API_KEY"
}

// tiers are the models that sellers are asked for: a strong one plans and checks,
// a writer drafts and revises, a cheap one observes and keeps the books
// (writing.md §4.1).
var tiers = map[string]struct{ strong, writer, cheap string }{
	"anthropic":  {"claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"},
	"openai":     {"gpt-6.1-sol", "gpt-6.1-sol", "gpt-6-luna"},
	"google":     {"gemini-3.1-pro-preview", "gemini-3.1-pro-preview", "gemini-3.1-flash-lite"},
	"deepseek":   {"deepseek-v4-pro", "deepseek-v4-pro", "deepseek-flash"},
	"mistral":    {"mistral-large-4", "mistral-large-4", "mistral-small-2603"},
	"openrouter": {"anthropic/claude-opus-5.5", "anthropic/claude-sonnet-5.5", "anthropic/claude-haiku-5.5"},
}

// usual is the model of a seller for a role, "" if nobody knows one.
func usual(seller string, role llm.Role) string {
	switch t := tiers[seller]; role {
	case llm.Draft, llm.Revise:
		return t.writer
	case llm.Observe, llm.Figure, llm.Matter:
		return t.cheap
	default:
		return t.strong
	}
}

// readKeys reads the keys that stand in files.
func (c *config) readKeys() {
	for _, a := range accesses {
		field := reflect.ValueOf(c).Elem()
		key, file := field.FieldByName(a.field+"Key"), field.FieldByName(a.field+"KeyFile").String()
		name := strings.ToLower(a.keyVariable())
		switch {
		case file == "":
		case key.String() != "" && c.from[name+"_file"] == "environment":
			c.wrong = append(c.wrong, fmt.Sprintf("%s and %s_FILE are both set: keep one", a.keyVariable(), a.keyVariable()))
		case key.String() != "":
		default:
			text, err := keyIn(file)
			if err != nil {
				c.wrong = append(c.wrong, fmt.Sprintf("the key in the file that %s_FILE names %s", a.keyVariable(), err))
				continue
			}
			key.SetString(text)
			c.from[name] = "file"
		}
	}
}

// keyIn is the key in a file; the error is a phrase without a path or the key.
func keyIn(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > 1<<16 {
		return "", errors.New("cannot be read: it must be a small file that is there")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", errors.New("cannot be read: look at its permissions")
	}
	key := strings.TrimSpace(string(text))
	if key == "" {
		return "", errors.New("is missing: the file is empty")
	}
	return key, checkKey(key)
}

// providers says who can be asked, and for what. With asked, what a flag said
// stands over the settings. All mistakes are told at once.
func (c *config) providers(asked asked, today time.Time) (roster, error) {
	if asked.Provider == offlineName || asked.Provider == "" && slices.Equal(c.Priority, []string{offlineName}) {
		return c.offline(asked, today)
	}
	wrong := slices.Clone(c.wrong)
	var all []provider
	for _, a := range accesses {
		p, ok, err := c.provider(a)
		if err != nil {
			wrong = append(wrong, err.Error())
		}
		if ok {
			all = append(all, p)
		}
	}
	catalog, err := c.catalog(today)
	if err != nil {
		wrong = append(wrong, problem.Of(err).Detail)
	}
	if len(wrong) > 0 {
		return roster{}, problem.New(problem.Invalid, "the models cannot be asked: %s", strings.Join(wrong, "; ")).
			Try("correct that, or take --provider offline for the built-in author; docs/guide/models.md tells more")
	}
	r := roster{Catalog: catalog, Roles: map[llm.Role][]string{}}
	for _, name := range c.Priority {
		if at := slices.IndexFunc(all, func(p provider) bool { return p.Name == name }); at >= 0 {
			r.Providers = append(r.Providers, all[at])
		}
	}
	for _, p := range all { // wanted for a role, though not in the order
		if !slices.ContainsFunc(r.Providers, p.is) && (asked.Provider == p.Name || slices.ContainsFunc(c.Models, func(w wish) bool { return w.provider == p.Name })) {
			r.Providers = append(r.Providers, p)
		}
	}
	return r.cast(c.Models, asked)
}

// offline is the roster of the built-in author.
func (c *config) offline(asked asked, today time.Time) (roster, error) {
	if asked.Model != "" {
		return roster{}, problem.New(problem.Invalid, "the built-in author has no models to choose from").Try("leave out --model, or name another provider")
	}
	catalog, err := c.catalog(today)
	if err != nil {
		return roster{}, err
	}
	return roster{Offline: true, Catalog: catalog}, nil
}

func (p provider) is(q provider) bool { return p.Name == q.Name }

// provider is what the settings say about one; ok says that it can be asked.
func (c *config) provider(a access) (p provider, ok bool, err error) {
	field := reflect.ValueOf(c).Elem()
	p = provider{Name: a.name, Title: a.title, Base: a.base, Official: true, Limit: c.Limits[a.name]}
	p.Key = llm.Secret(field.FieldByName(a.field + "Key").String())
	base := address(field.FieldByName(a.field + "Base").String())
	if base == "" {
		return p, p.Key != "", nil
	}
	p.Base = trimmed(a.name, string(base))
	if p.Official = p.Base == a.base; !p.Official {
		p.Title = base.host()
	}
	p.Free = !p.Official && p.Key == "" && near(base.host())
	if p.Key != "" && base.open() {
		return p, false, fmt.Errorf("%s_BASE_URL would send the key over the open network, where anybody can read it: it must begin with https://", a.variable)
	}
	return p, p.Key != "" || a.name == "openai" && !p.Official, nil
}

// trimmed is a base URL as the adapters want it: OpenAI's with its version, the
// others' without.
func trimmed(name, base string) string {
	switch name {
	case "anthropic":
		return strings.TrimSuffix(base, "/v1")
	case "google":
		return strings.TrimSuffix(strings.TrimSuffix(base, "/v1beta"), "/v1")
	default:
		return base
	}
}

// maxModels is how large a file of models may be, in bytes.
const maxModels = 1 << 20

// catalog is what quire knows of models with what the owner's file says.
func (c *config) catalog(today time.Time) (llm.Catalog, error) {
	catalog, err := llm.Models(today)
	if err != nil || c.ModelsFile == "" {
		return catalog, err
	}
	wrong := problem.New(problem.Invalid, "the file that QUIRE_MODELS_FILE names cannot be read").Try("name a JSON file of at most 1 MB")
	info, err := os.Stat(c.ModelsFile)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxModels {
		return catalog, wrong
	}
	text, err := os.ReadFile(c.ModelsFile)
	if err != nil {
		return catalog, wrong.Because(err)
	}
	merged, err := catalog.Merge(text)
	if err != nil {
		p := problem.Of(err)
		return catalog, problem.New(p.Kind, "in the file that QUIRE_MODELS_FILE names, %s", p.Detail).Because(err).Try("%s", p.Hint)
	}
	return merged, nil
}

// seller is whose prices a provider's models have.
func (p provider) seller() string {
	base := address(p.Base)
	switch name := sellers[base.host()]; {
	case name != "":
		return name
	case p.Free:
		return llm.Local
	case p.Name != "openai":
		return p.Name // a gateway: only Anthropic's and Google's models speak their protocols
	default:
		return base.host()
	}
}

// lane is a model of a provider with what is known of it. known says whether
// the catalogue knows it.
func (r *roster) lane(p provider, model string) (l lane, known bool) {
	base := address(p.Base)
	sellers := []string{base.host(), p.seller()}
	if p.seller() == base.host() || !p.Official && p.seller() == p.Name {
		sellers = []string{base.host(), p.Name} // a server that may pass the question on
	}
	for at, seller := range sellers {
		found, ok := r.Catalog.Listing(seller, model)
		if !ok {
			continue
		}
		l, known = lane{Caps: found.Caps, Note: found.Note, Source: found.Source, Date: found.Date}, true
		if at == 1 && seller == p.Name && !p.Official && l.Price.Known {
			l.Note = "the price is that of " + accessOf(p.Name).title + ", which " + p.Title + " need not keep"
		}
		break
	}
	if !known && !p.Official && near(base.host()) {
		found, _ := r.Catalog.Listing(llm.Local, model)
		l.Caps, l.Price = found.Caps, llm.Price{} // it has a key: the answer may cost something
	}
	l.Provider, l.Caps.Provider, l.Model = p, p.Name, model
	if !l.Price.Known && l.Note == "" {
		l.Note = "its price is not known; models_file can tell it"
	}
	return l, known
}

// add puts a lane into the roster and behind the others of the role.
func (r *roster) add(role llm.Role, p provider, model string) {
	l, _ := r.lane(p, model)
	if !slices.ContainsFunc(r.Lanes, func(have lane) bool { return have.Name() == l.Name() }) {
		r.Lanes = append(r.Lanes, l)
	}
	if !slices.Contains(r.Roles[role], l.Name()) {
		r.Roles[role] = append(r.Roles[role], l.Name())
	}
}

// named returns one of the providers.
func (r *roster) named(name string) (provider, bool) {
	at := slices.IndexFunc(r.Providers, func(p provider) bool { return p.Name == name })
	if at < 0 {
		return provider{}, false
	}
	return r.Providers[at], true
}

// accessOf returns what a provider is by itself; the zero value is of none.
func accessOf(name string) access {
	at := slices.IndexFunc(accesses, func(a access) bool { return a.name == name })
	if at < 0 {
		return access{}
	}
	return accesses[at]
}

// without says that a provider has no key, and what to do about it.
func without(name string) error {
	a := accessOf(name)
	return problem.New(problem.Invalid, "%s cannot be asked: it has no key", a.title).
		Try("set %s, or take --provider offline for the built-in author", cmp.Or(a.keyVariable(), "its key"))
}
