package fake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// strict says what keeps a schema from OpenAI's strict structured outputs: every
// object closed and all of its properties required, no more than ten levels, and
// none of the keywords that are not supported. "" is nothing.
func strict(schema json.RawMessage) string {
	var root map[string]any
	if err := json.Unmarshal(schema, &root); err != nil {
		return "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'."
	}
	if root["type"] != "object" {
		return fmt.Sprintf("schema must be a JSON Schema of 'type: \"object\"', got 'type: %q'.", fmt.Sprint(root["type"]))
	}
	return strictAt(root, nil, 0)
}

// unsupported are the keywords that strict mode refuses.
var unsupported = []string{"allOf", "oneOf", "not", "dependentRequired", "dependentSchemas", "if", "then", "else", "patternProperties", "unevaluatedProperties", "propertyNames"}

func strictAt(s map[string]any, path []string, depth int) string {
	context := "In context=" + tuple(path) + ", "
	if depth > 10 {
		return context + "the schema has more than 10 levels of nesting."
	}
	for _, word := range unsupported {
		if _, ok := s[word]; ok {
			return context + "'" + word + "' is not permitted."
		}
	}
	properties, isObject := s["properties"].(map[string]any)
	if isObject || s["type"] == "object" {
		if extra, ok := s["additionalProperties"].(bool); !ok || extra {
			return context + "'additionalProperties' is required to be supplied and to be false."
		}
		required, _ := s["required"].([]any)
		for _, name := range sortedKeys(properties) {
			if !slices.Contains(required, any(name)) {
				return context + "'required' is required to be supplied and to be an array including every key in properties. Missing '" + name + "'."
			}
		}
		if len(required) > len(properties) {
			return context + "'required' has a key that is not in properties."
		}
	}
	return strictWithin(s, path, depth)
}

// strictWithin looks at the schemas inside of one.
func strictWithin(s map[string]any, path []string, depth int) string {
	for _, word := range []string{"properties", "$defs", "definitions"} {
		inner, _ := s[word].(map[string]any)
		for _, name := range sortedKeys(inner) {
			if sub, ok := inner[name].(map[string]any); ok {
				if fault := strictAt(sub, append(slices.Clone(path), word, name), depth+1); fault != "" {
					return fault
				}
			}
		}
	}
	if sub, ok := s["items"].(map[string]any); ok {
		if fault := strictAt(sub, append(slices.Clone(path), "items"), depth+1); fault != "" {
			return fault
		}
	}
	options, _ := s["anyOf"].([]any)
	for i, o := range options {
		if sub, ok := o.(map[string]any); ok {
			if fault := strictAt(sub, append(slices.Clone(path), "anyOf", fmt.Sprint(i)), depth); fault != "" {
				return fault
			}
		}
	}
	return ""
}

// tuple writes a path as OpenAI's messages do.
func tuple(path []string) string {
	switch len(path) {
	case 0:
		return "()"
	case 1:
		return "('" + path[0] + "',)"
	default:
		return "('" + strings.Join(path, "', '") + "')"
	}
}

func sortedKeys(m map[string]any) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// open reports an object in the schema that does not refuse other properties,
// which Anthropic wants.
func open(schema any) bool {
	switch s := schema.(type) {
	case map[string]any:
		if extra, ok := s["additionalProperties"].(bool); s["type"] == "object" && (!ok || extra) {
			return true
		}
		for name, v := range s {
			if name != "enum" && name != "const" && open(v) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(s, open)
	}
	return false
}
