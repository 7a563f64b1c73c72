package fake

import (
	"encoding/json"
	"strings"
)

// badJSON spoils a structured answer.
func badJSON(form, text string, schema json.RawMessage) string {
	switch form {
	case "", "fenced":
		return "```json\n" + text + "\n```"
	case "trailing_comma":
		at := strings.LastIndexAny(text, "}]")
		return text[:max(at, 0)] + "," + text[max(at, 0):]
	case "cut":
		return atMost(text, len(text)/6)
	case "prose":
		return "Here is the JSON that you asked for:\n\n" + text + "\n\nLet me know if anything should be changed!"
	case "single_quotes":
		return strings.ReplaceAll(text, `"`, "'")
	case "not_json":
		return "I would rather tell you about it in my own words: it is a good plan, and it should begin at once."
	}
	var value any
	var shape map[string]any
	if json.Unmarshal([]byte(text), &value) != nil || json.Unmarshal(schema, &shape) != nil {
		return text
	}
	s := schemas{root: shape}
	switch form {
	case "wrong_enum":
		if s.breakEnum(value, shape, 0) {
			return string(encode(value))
		}
		return badJSON("wrong_type", text, schema)
	case "missing_field":
		if o, ok := value.(map[string]any); ok {
			delete(o, s.chief(o, shape))
		}
	case "wrong_type":
		if o, ok := value.(map[string]any); ok {
			name := s.chief(o, shape)
			o[name] = otherType(o[name])
		} else {
			value = "twelve"
		}
	}
	return string(encode(value))
}

// otherType is a value of a type that v does not have.
func otherType(v any) any {
	if _, number := v.(float64); number {
		return "twelve"
	}
	return 12
}

// schemas finds its way in a schema.
type schemas struct{ root map[string]any }

// at follows references.
func (s schemas) at(shape map[string]any) map[string]any {
	for range 20 {
		ref, ok := shape["$ref"].(string)
		if !ok {
			return shape
		}
		var to any = s.root
		for _, part := range strings.Split(strings.TrimPrefix(strings.TrimPrefix(ref, "#"), "/"), "/") {
			if o, ok := to.(map[string]any); ok && part != "" {
				to = o[part]
			}
		}
		shape, _ = to.(map[string]any)
	}
	return shape
}

// chief is the first required property that is there, or the first at all.
func (s schemas) chief(o, shape map[string]any) string {
	required, _ := s.at(shape)["required"].([]any)
	for _, name := range required {
		if name, ok := name.(string); ok && o[name] != nil {
			return name
		}
	}
	if names := sortedKeys(o); len(names) > 0 {
		return names[0]
	}
	return ""
}

// breakEnum gives the first value that has an enum one that is not in it.
func (s schemas) breakEnum(value any, shape map[string]any, depth int) bool {
	shape = s.at(shape)
	if depth > 20 {
		return false
	}
	switch v := value.(type) {
	case map[string]any:
		properties, _ := shape["properties"].(map[string]any)
		for _, name := range sortedKeys(v) {
			inner, _ := properties[name].(map[string]any)
			if s.at(inner)["enum"] != nil {
				v[name] = "none-of-these"
				return true
			}
			if s.breakEnum(v[name], inner, depth+1) {
				return true
			}
		}
	case []any:
		inner, _ := shape["items"].(map[string]any)
		for i := range v {
			if s.at(inner)["enum"] != nil {
				v[i] = "none-of-these"
				return true
			}
			if s.breakEnum(v[i], inner, depth+1) {
				return true
			}
		}
	}
	return false
}
