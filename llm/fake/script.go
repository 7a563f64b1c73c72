package fake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"quire/llm"
	"quire/problem"
)

// Script says which calls fail, and how. The zero value lets all succeed.
type Script struct {
	Rules []Rule `json:"rules"`
}

// Rule plays a fault on some calls. A call belongs to a rule if route, role and
// artefact match and the fault can be played on it; Calls chooses among those.
// Every rule counts its own calls; the first one in the script that chooses a
// call plays on it.
type Rule struct {
	Route    string   `json:"route,omitempty"`    // chat, messages, generate, models; "" or * is the first three
	Role     string   `json:"role,omitempty"`     // of the task; "" or * is any, also none
	Artefact string   `json:"artefact,omitempty"` // of the task; * stands for any letters, ? for one
	Calls    string   `json:"calls,omitempty"`    // "2", "2-4", "3-", "every 3"; "" or * is all
	Fault    string   `json:"fault"`              // see Kinds
	Status   int      `json:"status,omitempty"`
	Wait     Duration `json:"wait,omitempty"`    // what the client is told to wait
	WaitAs   string   `json:"wait_as,omitempty"` // how: seconds, ms, date, info, none
	Delay    Duration `json:"delay,omitempty"`   // how long the server waits
	After    int      `json:"after,omitempty"`   // chunks of text that come first
	Tokens   int      `json:"tokens,omitempty"`
	Form     string   `json:"form,omitempty"`
	Factor   float64  `json:"factor,omitempty"`
	Bytes    int      `json:"bytes,omitempty"`
}

// Duration is a time.Duration that JSON writes as "1.5s".
type Duration time.Duration

// MarshalText writes the duration.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads the duration. One that cannot be read is -1, which Check
// reports with the name of its field.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v < 0 {
		v = -1
	}
	*d = Duration(v)
	return nil
}

// ReadScript reads a script in JSON. An error is problem.Invalid and names the
// field.
func ReadScript(r io.Reader) (Script, error) {
	var raw struct {
		Rules []json.RawMessage `json:"rules"`
	}
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&raw); err != nil {
		return Script{}, unread("the script", err)
	}
	if dec.More() {
		return Script{}, problem.New(problem.Invalid, "the script has something after its end").Try("write one JSON object")
	}
	var s Script
	for i, text := range raw.Rules {
		var rule Rule
		dec := json.NewDecoder(strings.NewReader(string(text)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&rule); err != nil {
			return Script{}, unread(fmt.Sprintf("rules[%d]", i), err)
		}
		s.Rules = append(s.Rules, rule)
	}
	return s, s.Check()
}

var unknownField = regexp.MustCompile(`unknown field "([^"]*)"`)

// unread says in a sentence where and why the script is not what it should be.
func unread(where string, err error) error {
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch m := unknownField.FindStringSubmatch(err.Error()); {
	case m != nil:
		return problem.New(problem.Invalid, "%s has the field %q, which is not known", where, m[1]).Because(err).Try("docs/fake-llm.md lists the fields")
	case errors.As(err, &kind) && kind.Field != "":
		return problem.New(problem.Invalid, "%s.%s cannot be a %s", where, kind.Field, kind.Value).Because(err).Try("docs/fake-llm.md has examples")
	case errors.As(err, &syntax):
		return problem.New(problem.Invalid, "%s is not JSON: %s at byte %d", where, syntax, syntax.Offset).Because(err).Try("docs/fake-llm.md has examples")
	default:
		return problem.New(problem.Invalid, "%s is not a script: %s", where, strings.TrimPrefix(err.Error(), "json: ")).Because(err).Try("docs/fake-llm.md has examples")
	}
}

// Check reports the first mistake in the script as problem.Invalid.
func (s Script) Check() error {
	for i, r := range s.Rules {
		if field, fault := r.check(); fault != "" {
			return problem.New(problem.Invalid, "rules[%d].%s %s", i, field, fault).Try("docs/fake-llm.md lists the faults and what each takes")
		}
	}
	return nil
}

// check names the field that is wrong and says what is wrong with it.
func (r Rule) check() (field, fault string) {
	kind, ok := kindOf(r.Fault)
	switch {
	case r.Fault == "":
		return "fault", "is missing"
	case !ok:
		return "fault", fmt.Sprintf("is %q, which is no fault", r.Fault)
	case !slices.Contains([]string{"", "*", string(Chat), string(Messages), string(Generate), string(Models)}, r.Route):
		return "route", fmt.Sprintf("is %q; it can be chat, messages, generate, models or *", r.Route)
	case r.Route == string(Models) && kind.on != anyCall:
		return "fault", fmt.Sprintf("cannot be %q on the route models", r.Fault)
	case r.Role != "" && r.Role != "*" && !slices.Contains(llm.Roles(), llm.Role(r.Role)):
		return "role", fmt.Sprintf("is %q; it can be concept, outline, beats, draft, observe or *", r.Role)
	case r.WaitAs == "info" && r.Route != string(Generate):
		return "wait_as", `can be "info" only on the route generate`
	}
	if _, err := readCalls(r.Calls); err != nil {
		return "calls", err.Error()
	}
	return r.checkValues(kind)
}

// checkValues looks over what the fault is given.
func (r Rule) checkValues(kind Kind) (field, fault string) {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"status", r.Status != 0}, {"wait", r.Wait != 0}, {"wait_as", r.WaitAs != ""}, {"delay", r.Delay != 0}, {"after", r.After != 0},
		{"tokens", r.Tokens != 0}, {"form", r.Form != ""}, {"factor", r.Factor != 0}, {"bytes", r.Bytes != 0},
	} {
		takes := slices.Contains(kind.Takes, f.name)
		if f.set && !takes {
			return f.name, fmt.Sprintf("means nothing to the fault %q", r.Fault)
		}
		if !f.set && slices.Contains(kind.Needs, f.name) {
			return f.name, fmt.Sprintf("is missing: the fault %q needs it", r.Fault)
		}
	}
	switch {
	case r.Wait < 0:
		return "wait", "must be a duration such as 1.5s or 200ms"
	case r.Delay < 0:
		return "delay", "must be a duration such as 1.5s or 200ms"
	case r.Status != 0 && (r.Status < 400 || r.Status > 599):
		return "status", "must be from 400 to 599"
	case r.WaitAs != "" && !slices.Contains(waitForms, r.WaitAs):
		return "wait_as", "can be " + strings.Join(waitForms, ", ")
	case r.Form != "" && !slices.Contains(kind.Forms, r.Form):
		return "form", "can be " + strings.Join(kind.Forms, ", ")
	case r.After < 0 || r.Tokens < 0 || r.Bytes < 0 || r.Factor < 0:
		return "fault", "has a number below 0"
	case r.Factor > 20:
		return "factor", "must be at most 20"
	case r.Bytes > 64<<20:
		return "bytes", "must be at most 67108864"
	default:
		return "", ""
	}
}

// calls chooses among the calls of a rule: from first to last, each step-th.
type calls struct{ first, last, step int }

var callsForm = regexp.MustCompile(`^(?:(\d+)(-)?(\d+)?|every (\d+))$`)

func readCalls(text string) (calls, error) {
	if text == "" || text == "*" {
		return calls{1, 0, 1}, nil
	}
	m := callsForm.FindStringSubmatch(text)
	wrong := fmt.Errorf(`is %q; write 2, 2-4, 3-, every 3 or *`, text)
	if m == nil {
		return calls{}, wrong
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n } // digits; too many are 0
	c := calls{number(m[1]), number(m[3]), 1}
	switch {
	case m[4] != "":
		n := number(m[4])
		c = calls{n, 0, n}
	case m[2] == "":
		c.last = c.first
	}
	if c.first < 1 || c.last != 0 && c.last < c.first || m[2] == "" && m[3] != "" {
		return calls{}, wrong
	}
	return c, nil
}

func (c calls) has(n int) bool {
	return n >= c.first && (c.last == 0 || n <= c.last) && (n-c.first)%c.step == 0
}

// cues counts the calls of each rule.
type cues struct {
	mu    sync.Mutex
	seen  []int            // guarded by mu
	globs []*regexp.Regexp // guarded by mu
}

// pick counts the call for every rule that it belongs to and returns the first
// rule that chooses it.
func (c *cues) pick(script Script, route Route, q question) (Rule, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = make([]int, len(script.Rules))
		for _, r := range script.Rules {
			c.globs = append(c.globs, glob(r.Artefact))
		}
	}
	var chosen Rule
	found := false
	for i, r := range script.Rules {
		if !r.meets(route, q) || !c.globs[i].MatchString(q.request.Artefact) {
			continue
		}
		c.seen[i]++
		which, err := readCalls(r.Calls)
		if !found && err == nil && which.has(c.seen[i]) {
			chosen, found = r, true
		}
	}
	return chosen, found
}

// meets reports whether a call belongs to the rule, but for its artefact.
func (r Rule) meets(route Route, q question) bool {
	if r.Route == "" || r.Route == "*" {
		if route != Chat && route != Messages && route != Generate {
			return false
		}
	} else if r.Route != string(route) {
		return false
	}
	if r.Role != "" && r.Role != "*" && r.Role != string(q.request.Role) {
		return false
	}
	kind, ok := kindOf(r.Fault)
	switch {
	case !ok:
		return false
	case kind.on == proseCall:
		return q.request.Schema == nil
	case kind.on == jsonCall:
		return q.request.Schema != nil
	default:
		return true
	}
}

// glob is a pattern of letters, * and ?; "" is *.
func glob(pattern string) *regexp.Regexp {
	if pattern == "" {
		pattern = "*"
	}
	text := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	return regexp.MustCompile("(?s)^" + text + "$")
}
