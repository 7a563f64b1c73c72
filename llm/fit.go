package llm

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// fit mends what does not follow a schema where that cannot change what is meant:
// a number, true or false in quotes, or a number without the quotes it needs; one
// value where a list of such is wanted; a key or a word of a fixed list in the
// wrong case; null for what may be left out. All else stays as it is.
func (s *shape) fit(v any, want *jsonschema.Schema, depth int) any {
	want = s.follow(want)
	if want == nil || depth > deepest {
		return v
	}
	for _, part := range want.AllOf {
		v = s.fit(v, part, depth+1)
	}
	if one := onlyChoice(want); one != nil && v != nil {
		v = s.fit(v, one, depth+1)
	}
	v = inCase(toType(v, want), want)
	switch v := v.(type) {
	case map[string]any:
		s.fitMembers(v, want, depth)
	case []any:
		for i := range v {
			if i < len(want.PrefixItems) {
				v[i] = s.fit(v[i], want.PrefixItems[i], depth+1)
				continue
			}
			v[i] = s.fit(v[i], want.Items, depth+1)
		}
	}
	return v
}

// fitMembers mends the members of an object in place.
func (s *shape) fitMembers(v map[string]any, want *jsonschema.Schema, depth int) {
	for _, key := range slices.Sorted(maps.Keys(v)) {
		name, known := nameFor(key, v, want)
		if name != key {
			v[name] = v[key]
			delete(v, key)
		}
		member := want.AdditionalProperties
		if known {
			member = want.Properties[name]
		}
		if known && v[name] == nil && !s.takesNull(member, 0) {
			delete(v, name)
			continue
		}
		v[name] = s.fit(v[name], member, depth+1)
	}
}

// nameFor is the property that a key of an object means, and whether there is
// one.
func nameFor(key string, v map[string]any, want *jsonschema.Schema) (string, bool) {
	if want.Properties[key] != nil {
		return key, true
	}
	match := ""
	for name := range want.Properties {
		if strings.EqualFold(name, key) {
			if match != "" {
				return key, false
			}
			match = name
		}
	}
	for other := range v {
		if other != key && strings.EqualFold(other, key) {
			return key, false
		}
	}
	if match == "" {
		return key, false
	}
	return match, true
}

// follow resolves references within the schema; nil is one that it does not
// know.
func (s *shape) follow(want *jsonschema.Schema) *jsonschema.Schema {
	for range 8 {
		if want == nil || want.Ref == "" {
			return want
		}
		if want.Ref == "#" {
			return s.schema
		}
		name, ok := strings.CutPrefix(want.Ref, "#/$defs/")
		if want = s.schema.Defs[name]; !ok {
			return nil
		}
	}
	return nil
}

// onlyChoice is the one alternative of a schema beside null, nil if it has none
// or several.
func onlyChoice(want *jsonschema.Schema) (one *jsonschema.Schema) {
	for _, choice := range slices.Concat(want.AnyOf, want.OneOf) {
		switch {
		case choice.Type == "null":
		case one != nil:
			return nil
		default:
			one = choice
		}
	}
	return one
}

// takesNull reports whether null may follow a schema.
func (s *shape) takesNull(want *jsonschema.Schema, depth int) bool {
	want = s.follow(want)
	if want == nil || depth > deepest {
		return true // who knows
	}
	if types := typesOf(want); len(types) > 0 && !slices.Contains(types, "null") || want.Enum != nil && !slices.Contains(want.Enum, nil) {
		return false
	}
	choices := slices.Concat(want.AnyOf, want.OneOf)
	return len(choices) == 0 || slices.ContainsFunc(choices, func(c *jsonschema.Schema) bool { return s.takesNull(c, depth+1) })
}

func typesOf(want *jsonschema.Schema) []string {
	if want.Type != "" {
		return []string{want.Type}
	}
	return want.Types
}

var (
	strictNumber = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$`)
	strictWhole  = regexp.MustCompile(`^-?(0|[1-9]\d*)$`)
)

// toType turns a value into one of a wanted type that means the same.
func toType(v any, want *jsonschema.Schema) any {
	types := typesOf(want)
	wants := func(t string) bool { return slices.Contains(types, t) }
	switch t := v.(type) {
	case nil:
		return v
	case string:
		inner := strings.TrimSpace(t)
		switch {
		case wants("string"):
			return v
		case wants("number") && strictNumber.MatchString(inner), wants("integer") && strictWhole.MatchString(inner):
			return json.Number(inner)
		case wants("boolean") && strings.EqualFold(inner, "true"):
			return true
		case wants("boolean") && strings.EqualFold(inner, "false"):
			return false
		}
	case json.Number:
		switch {
		case wants("number") || wants("integer"):
			return v
		case wants("string"):
			return t.String()
		}
	case bool:
		if wants("boolean") {
			return v
		}
	case map[string]any:
		if wants("object") {
			return v
		}
	case []any:
		return v
	}
	if wants("array") {
		return []any{v}
	}
	return v
}

// inCase puts a word into the case in which the schema lists it.
func inCase(v any, want *jsonschema.Schema) any {
	word, ok := v.(string)
	if !ok || want.Enum == nil || slices.Contains(want.Enum, v) {
		return v
	}
	var match any
	for _, e := range want.Enum {
		if s, ok := e.(string); ok && strings.EqualFold(s, strings.TrimSpace(word)) {
			if match != nil {
				return v
			}
			match = e
		}
	}
	if match == nil {
		return v
	}
	return match
}
