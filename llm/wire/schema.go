package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Dialect is what a provider takes of JSON Schema. In every dialect objects have
// no other properties than those named, and what is not taken is left out: the
// answer is checked by whoever asked.
type Dialect struct {
	Takes       []string // keywords, beside those that every provider takes
	AllRequired bool     // each property is required; an optional one may be null
}

// common are the keywords that every provider takes.
var common = []string{"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs", "title", "description"}

// Of translates a schema. Properties keep their order, in which models fill
// them; null beside another type is left out, because an empty value says as
// much, except where the dialect needs it.
func (d Dialect) Of(schema json.RawMessage) (json.RawMessage, error) {
	tree, err := readOrdered(schema)
	if err != nil {
		return nil, fmt.Errorf("schema of an answer: %w", err)
	}
	root, ok := tree.(*object)
	if !ok || root.values["type"] != "object" {
		return nil, errors.New("schema of an answer: it describes no object")
	}
	if err := d.shape(root); err != nil {
		return nil, fmt.Errorf("schema of an answer: %w", err)
	}
	return encode(root)
}

// shape translates one schema in place.
func (d Dialect) shape(o *object) error {
	for _, key := range slices.Clone(o.keys) {
		if !slices.Contains(common, key) && !slices.Contains(d.Takes, key) {
			o.drop(key)
		}
	}
	if kinds, ok := o.values["type"].([]any); ok {
		o.values["type"] = single(kinds)
	}
	for _, at := range []string{"properties", "$defs"} {
		if err := d.shapeAll(o.values[at]); err != nil {
			return err
		}
	}
	for _, at := range []string{"items", "anyOf"} {
		if err := d.shapeAny(o.values[at]); err != nil {
			return err
		}
	}
	if o.values["type"] != "object" {
		return nil
	}
	if _, open := o.values["additionalProperties"].(*object); open {
		return errors.New("an object with keys of any name cannot be asked for")
	}
	o.set("additionalProperties", false)
	if d.AllRequired {
		o.requireAll()
	}
	return nil
}

// shapeAll translates each schema of a map.
func (d Dialect) shapeAll(value any) error {
	list, ok := value.(*object)
	if !ok {
		return nil
	}
	for _, key := range list.keys {
		if err := d.shapeAny(list.values[key]); err != nil {
			return err
		}
	}
	return nil
}

// shapeAny translates a schema or a list of them; true, which allows anything,
// stays.
func (d Dialect) shapeAny(value any) error {
	switch v := value.(type) {
	case *object:
		return d.shape(v)
	case []any:
		for _, s := range v {
			if err := d.shapeAny(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// single is a list of types without null, and no list if one is left.
func single(kinds []any) any {
	rest := slices.DeleteFunc(slices.Clone(kinds), func(k any) bool { return k == "null" })
	switch len(rest) {
	case 0:
		return "null"
	case 1:
		return rest[0]
	default:
		return rest
	}
}

// requireAll makes every property required and those that were not nullable.
func (o *object) requireAll() {
	props, ok := o.values["properties"].(*object)
	if !ok {
		props = &object{values: map[string]any{}}
		o.set("properties", props)
	}
	required, _ := o.values["required"].([]any)
	all := make([]any, 0, len(props.keys))
	for _, key := range props.keys {
		all = append(all, key)
		if p, ok := props.values[key].(*object); ok && !slices.Contains(required, any(key)) {
			props.values[key] = p.orNull()
		}
	}
	o.set("required", all)
}

// orNull is a schema that allows null too.
func (o *object) orNull() *object {
	kind, typed := o.values["type"].(string)
	_, listed := o.values["enum"]
	_, fixed := o.values["const"]
	switch {
	case kind == "null":
		return o
	case typed && !listed && !fixed:
		o.values["type"] = []any{kind, "null"}
		return o
	}
	null := &object{keys: []string{"type"}, values: map[string]any{"type": "null"}}
	return &object{keys: []string{"anyOf"}, values: map[string]any{"anyOf": []any{o, null}}}
}

// object is a JSON object that knows the order of its keys.
type object struct {
	keys   []string
	values map[string]any
}

func (o *object) set(key string, value any) {
	if _, ok := o.values[key]; !ok {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

func (o *object) drop(key string) {
	delete(o.values, key)
	o.keys = slices.DeleteFunc(o.keys, func(k string) bool { return k == key })
}

// MarshalJSON writes the keys in their order.
func (o *object) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, key := range o.keys {
		if i > 0 {
			out.WriteByte(',')
		}
		for j, part := range []any{key, o.values[key]} {
			text, err := encode(part)
			if err != nil {
				return nil, err
			}
			if j == 1 {
				out.WriteByte(':')
			}
			out.Write(text)
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// readOrdered reads JSON with *object for objects.
func readOrdered(text []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	return readValue(dec)
}

func readValue(dec *json.Decoder) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return readObject(dec)
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			v, err := readValue(dec)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := dec.Token()
		return list, err
	default:
		return token, nil
	}
}

func readObject(dec *json.Decoder) (any, error) {
	o := &object{values: map[string]any{}}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		value, err := readValue(dec)
		if err != nil {
			return nil, err
		}
		o.set(fmt.Sprint(key), value)
	}
	_, err := dec.Token()
	return o, err
}
