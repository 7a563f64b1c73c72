package fake

import (
	"encoding/json"
	"strings"

	"quire/llm"
)

// instanceOf answers a schema that is not ours with the smallest value that
// follows it: required properties only, the least items, plain English words.
func instanceOf(r llm.Request) llm.Result {
	var root map[string]any
	if err := json.Unmarshal(r.Schema, &root); err != nil {
		root = map[string]any{} // a schema that says nothing
	}
	text := string(encode(schemas{root}.instance(root, "", 0)))
	a := answer{text: text, finish: llm.Stop}
	a.bound(r.MaxTokens)
	return llm.Result{Text: a.text, Finish: a.finish}
}

// mostDepth ends schemas that contain themselves.
const mostDepth = 24

// instance is the smallest value of a schema; name is the property it stands in.
func (s schemas) instance(shape map[string]any, name string, depth int) any {
	shape = s.at(shape)
	if depth > mostDepth {
		return nil
	}
	if v, ok := shape["const"]; ok {
		return v
	}
	if list, ok := shape["enum"].([]any); ok && len(list) > 0 {
		return list[0]
	}
	for _, word := range []string{"anyOf", "oneOf"} {
		if options, ok := shape[word].([]any); ok && len(options) > 0 {
			first, _ := options[0].(map[string]any)
			return s.instance(first, name, depth+1)
		}
	}
	if parts, ok := shape["allOf"].([]any); ok {
		return s.instance(merged(shape, parts), name, depth+1)
	}
	switch kindOfSchema(shape) {
	case "object":
		return s.object(shape, depth)
	case "array":
		return s.array(shape, name, depth)
	case "integer", "number":
		return number(shape)
	case "boolean":
		return false
	case "null":
		return nil
	default:
		return word(shape, name)
	}
}

// merged is a schema with the parts of its allOf in one.
func merged(shape map[string]any, parts []any) map[string]any {
	out := map[string]any{}
	properties := map[string]any{}
	var required []any
	for _, p := range append([]any{shape}, parts...) {
		o, _ := p.(map[string]any)
		for k, v := range o {
			if k != "allOf" {
				out[k] = v
			}
		}
		inner, _ := o["properties"].(map[string]any)
		for k, v := range inner {
			properties[k] = v
		}
		more, _ := o["required"].([]any)
		required = append(required, more...)
	}
	out["properties"], out["required"] = properties, required
	return out
}

// kindOfSchema is the type of a schema; Google writes it in capitals.
func kindOfSchema(shape map[string]any) string {
	switch t := shape["type"].(type) {
	case string:
		return strings.ToLower(t)
	case []any:
		for _, one := range t {
			if name, _ := one.(string); name != "" && name != "null" {
				return strings.ToLower(name)
			}
		}
		return "null"
	}
	if shape["properties"] != nil {
		return "object"
	}
	return "string"
}

func (s schemas) object(shape map[string]any, depth int) any {
	out := obj{}
	properties, _ := shape["properties"].(map[string]any)
	required, _ := shape["required"].([]any)
	for _, r := range required {
		name, _ := r.(string)
		inner, _ := properties[name].(map[string]any)
		out[name] = s.instance(inner, name, depth+1)
	}
	return out
}

func (s schemas) array(shape map[string]any, name string, depth int) any {
	least, _ := shape["minItems"].(float64)
	inner, _ := shape["items"].(map[string]any)
	out := []any{}
	for range min(int(least), 1000) {
		out = append(out, s.instance(inner, name, depth+1))
	}
	return out
}

// number is the smallest number from 0 on that the bounds allow.
func number(shape map[string]any) any {
	n := 0.0
	if least, ok := shape["minimum"].(float64); ok && least > n {
		n = least
	}
	if below, ok := shape["exclusiveMinimum"].(float64); ok && below >= n {
		n = below + 1
	}
	if most, ok := shape["maximum"].(float64); ok && most < n {
		n = most
	}
	if step, ok := shape["multipleOf"].(float64); ok && step > 0 {
		whole := float64(int(n/step)) * step
		for whole < n {
			whole += step
		}
		n = whole
	}
	return n
}

// formats are words that look like what a format wants.
var formats = map[string]string{
	"date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z", "time": "00:00:00Z", "duration": "PT1M", "email": "somebody@example.org",
	"hostname": "example.org", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1", "uri": "https://example.org/", "uuid": "00000000-0000-4000-8000-000000000000",
}

// word is a string of the wanted length: the name of its property, if it has one.
func word(shape map[string]any, name string) string {
	format, _ := shape["format"].(string)
	if text := formats[format]; text != "" {
		return text
	}
	text := strings.ReplaceAll(name, "_", " ")
	if text == "" {
		text = "text"
	}
	if least, ok := shape["minLength"].(float64); ok {
		for len(text) < min(int(least), 1<<20) {
			text += " and more"
		}
	}
	if most, ok := shape["maxLength"].(float64); ok && len(text) > int(most) {
		text = text[:int(most)]
	}
	return text
}
