package main

import (
	"fmt"
	"maps"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"quire/book"
	"quire/llm"
)

// parsed is a setting that is more than a text. parse reads it; its error is a
// phrase that follows the setting's name, and never holds a secret.
type parsed interface {
	parse(text string) error
	fmt.Stringer
}

// offlineName is the provider that is the built-in author.
const offlineName = "offline"

// providerNames lists the providers that quire can ask, in the usual order.
var providerNames = []string{"anthropic", "openai", "google"}

// priority is the order in which providers are asked.
type priority []string

func (p *priority) parse(text string) error {
	var list priority
	for name := range strings.SplitSeq(text, ",") {
		name = strings.TrimSpace(name)
		switch {
		case name != offlineName && !slices.Contains(providerNames, name):
			return fmt.Errorf("has the unknown provider %q: known are %s and %s", name, strings.Join(providerNames, ", "), offlineName)
		case slices.Contains(list, name):
			return fmt.Errorf("names %s twice", name)
		}
		list = append(list, name)
	}
	if slices.Contains(list, offlineName) && len(list) > 1 {
		return fmt.Errorf("has %s beside others: it writes alone", offlineName)
	}
	*p = list
	return nil
}

// String is the list as it is written.
func (p *priority) String() string { return strings.Join(*p, ",") }

// wish says which model a role should be played by.
type wish struct {
	role            llm.Role // "" is every role
	provider, model string
}

// wishes are the models that the owner wants, the first of a role first.
type wishes []wish

func (w *wishes) parse(text string) error {
	var list wishes
	for item := range strings.SplitSeq(text, ",") {
		role, name, ok := strings.Cut(strings.TrimSpace(item), "=")
		if !ok {
			role, name = "all", role
		}
		if role != "all" && !slices.Contains(llm.Roles(), llm.Role(role)) {
			return fmt.Errorf("has the unknown role %q: the roles are %s and all", role, joined(llm.Roles()))
		}
		if role == "all" {
			role = ""
		}
		provider, model, _ := strings.Cut(name, "/")
		if !slices.Contains(providerNames, provider) {
			return fmt.Errorf("has %q, which begins with no provider: write it like draft=anthropic/claude-sonnet-5-5", name)
		}
		if !llm.Named(model) {
			return fmt.Errorf("has %q, which is no name of a model", name)
		}
		list = append(list, wish{llm.Role(role), provider, model})
	}
	*w = list
	return nil
}

// String is the list as it is written.
func (w *wishes) String() string {
	var out []string
	for _, x := range *w {
		out = append(out, strings.TrimPrefix(string(x.role)+"="+x.provider+"/"+x.model, "="))
	}
	return strings.Join(out, ",")
}

func joined(roles []llm.Role) string {
	var out []string
	for _, r := range roles {
		out = append(out, string(r))
	}
	return strings.Join(out, ", ")
}

// limit is what a provider allows in a minute; 0 is as the provider says.
type limit struct{ Requests, Tokens int }

// limits are those of providers, by name.
type limits map[string]limit

var limitForm = regexp.MustCompile(`^([0-9]{1,9})(rpm|tpm)$`)

func (l *limits) parse(text string) error {
	out, name := limits{}, ""
	for item := range strings.SplitSeq(text, ",") {
		item = strings.TrimSpace(item)
		if before, after, ok := strings.Cut(item, "="); ok {
			name, item = strings.TrimSpace(before), strings.TrimSpace(after)
		}
		if !slices.Contains(providerNames, name) {
			return fmt.Errorf("has the unknown provider %q: write it like openai=60rpm,100000tpm", name)
		}
		m := limitForm.FindStringSubmatch(item)
		if m == nil {
			return fmt.Errorf("has %q for %s: write it like openai=60rpm,100000tpm", item, name)
		}
		n, _ := strconv.Atoi(m[1]) // at most nine digits
		if n == 0 {
			return fmt.Errorf("has %q for %s, by which nothing could ever be asked", item, name)
		}
		have := out[name]
		if m[2] == "rpm" {
			have.Requests = n
		} else {
			have.Tokens = n
		}
		out[name] = have
	}
	*l = out
	return nil
}

// String is the list as it is written, by name.
func (l *limits) String() string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(*l)) {
		var parts []string
		if n := (*l)[name].Requests; n > 0 {
			parts = append(parts, strconv.Itoa(n)+"rpm")
		}
		if n := (*l)[name].Tokens; n > 0 {
			parts = append(parts, strconv.Itoa(n)+"tpm")
		}
		out = append(out, name+"="+strings.Join(parts, ","))
	}
	return strings.Join(out, ",")
}

// dollars is an amount that is not nothing.
type dollars book.USD

func (d *dollars) parse(text string) error {
	usd, err := book.ParseUSD(text)
	if err != nil || usd == 0 {
		return fmt.Errorf("is %q, but must be dollars such as 5 or 2.50, more than 0 and at most %d", text, book.MostUSD/book.Dollar)
	}
	*d = dollars(usd)
	return nil
}

// String is the amount, such as $5.00.
func (d *dollars) String() string { return book.USD(*d).String() }

// address is the base URL of a provider, without a slash at its end.
type address string

func (a *address) parse(text string) error {
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || strings.ContainsFunc(text, unicode.IsSpace):
		return fmt.Errorf("is no address: write it like https://llm.example.com/v1")
	case u.User != nil:
		return fmt.Errorf("has a user name or a password in it: the key has a variable of its own")
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("begins with %q, but must begin with https:// or http://", u.Scheme+":")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fmt.Errorf("has a query or a fragment, which a base URL cannot have")
	case port(u) == 0:
		return fmt.Errorf("has no usable port")
	}
	for _, end := range []string{"/chat/completions", "/messages", ":generateContent", ":streamGenerateContent"} {
		if strings.HasSuffix(strings.TrimRight(u.Path, "/"), end) {
			return fmt.Errorf("goes too far: leave out %s at its end", end)
		}
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	*a = address(strings.TrimRight(u.String(), "/"))
	return nil
}

func port(u *url.URL) int {
	if u.Port() == "" {
		return 443
	}
	n, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

// String is the address as it is asked.
func (a *address) String() string { return string(*a) }

// host is the machine's name, without a port.
func (a *address) host() string {
	u, err := url.Parse(string(*a))
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// open reports whether what is sent there can be read on the way: it goes
// without TLS to a machine that is not near.
func (a *address) open() bool { return strings.HasPrefix(string(*a), "http://") && !near(a.host()) }

// near reports whether a host is this machine or one of the same network: by an
// address that is not routed in public, or by a name that only a private
// network knows.
func near(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		ip = ip.Unmap()
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || shared.Contains(ip)
	}
	if net.ParseIP(host) != nil || host == "" {
		return false
	}
	host = strings.TrimSuffix(host, ".")
	if !strings.Contains(host, ".") {
		return !numeric.MatchString(host) // a number may be any address
	}
	for _, end := range []string{".localhost", ".local", ".internal", ".lan", ".home.arpa"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}

var numeric = regexp.MustCompile(`^(0x[0-9a-f]*|[0-9]+)$`)

// shared is the address space of carriers and of overlay networks (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

// checkKey says what is wrong with a provider's key, in a phrase that does not
// hold it.
func checkKey(key string) error {
	switch {
	case strings.ContainsFunc(key, unicode.IsSpace):
		return fmt.Errorf("has a space or a line break in it")
	case strings.ContainsAny(key, "\"'`"):
		return fmt.Errorf("has a quotation mark in it")
	case strings.ContainsFunc(key, func(r rune) bool { return r < '!' || r > '~' }):
		return fmt.Errorf("has a letter that no key has")
	case len(key) > 4096:
		return fmt.Errorf("is too long for a key")
	case strings.Contains(key, "...") || strings.ContainsAny(key, "<>") || placeholder.MatchString(key):
		return fmt.Errorf("is a placeholder, not a key (leave it empty if you have none)")
	}
	return nil
}

// placeholder is what stands in examples instead of a key.
var placeholder = regexp.MustCompile(`(?i)^((sk-)?(your|my|insert|put|paste)[-_].*|change[-_]?me|replace[-_]?me|(sk-)?x{3,}|(sk-|sk-ant-)|.*[-_]key[-_]here)$`)
