package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// node is a value of JSON or YAML with its place.
type node struct {
	line   int // from 1
	kind   nodeKind
	text   string  // of a scalar, as written
	items  []node  // of a list
	fields []field // of an object, in order; names are unique
}

type field struct {
	name  string
	line  int
	value node
}

type nodeKind int

const (
	null nodeKind = iota
	scalar
	list
	object
)

// blank reports whether the node holds nothing.
func (n node) blank() bool {
	return n.kind == null || n.kind == scalar && strings.TrimSpace(n.text) == ""
}

// parseJSON reads one JSON value.
func parseJSON(name, text string) (node, error) {
	p := &jsonParser{name: name, text: text, dec: json.NewDecoder(strings.NewReader(text))}
	p.dec.UseNumber()
	root, err := p.value(0)
	if err != nil {
		return node{}, err
	}
	if _, err := p.dec.Token(); !errors.Is(err, io.EOF) {
		return node{}, p.broken(errors.New("more than one value"))
	}
	return root, nil
}

type jsonParser struct {
	name, text string
	dec        *json.Decoder
}

// here is the line that the parser has read up to.
func (p *jsonParser) here() int {
	return 1 + strings.Count(p.text[:min(int(p.dec.InputOffset()), len(p.text))], "\n")
}

func (p *jsonParser) broken(cause error) error {
	return invalid("%s is not valid JSON near line %d", p.name, p.here()).Because(cause).
		Try("look there for a missing comma, bracket or quotation mark")
}

func (p *jsonParser) value(depth int) (node, error) {
	token, err := p.dec.Token()
	if err != nil {
		return node{}, p.broken(err)
	}
	n := node{line: p.here()}
	switch t := token.(type) {
	case json.Delim:
		if depth >= MaxNesting {
			return n, tooDeep(p.name, n.line)
		}
		if t == '[' {
			return p.list(n, depth)
		}
		return p.object(n, depth)
	case nil:
		return n, nil
	default:
		n.kind, n.text = scalar, fmt.Sprint(t)
		return n, nil
	}
}

func (p *jsonParser) list(n node, depth int) (node, error) {
	n.kind = list
	for p.dec.More() {
		item, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		n.items = append(n.items, item)
	}
	return n, p.end()
}

func (p *jsonParser) object(n node, depth int) (node, error) {
	n.kind = object
	for p.dec.More() {
		key, err := p.dec.Token()
		if err != nil {
			return n, p.broken(err)
		}
		f := field{name: fmt.Sprint(key), line: p.here()}
		if n.has(f.name) {
			return n, twice(p.name, f)
		}
		if f.value, err = p.value(depth + 1); err != nil {
			return n, err
		}
		n.fields = append(n.fields, f)
	}
	return n, p.end()
}

func (p *jsonParser) end() error {
	if _, err := p.dec.Token(); err != nil {
		return p.broken(err)
	}
	return nil
}

// parseYAML reads one YAML document. Anchors and aliases are refused: a small
// file could name itself large with them.
func parseYAML(name, text string) (node, error) {
	dec := yaml.NewDecoder(bytes.NewReader([]byte(text)))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return node{}, invalid("%s is not valid YAML%s", name, yamlLine(err)).Because(err).
			Try("write one field on each line as name: value, and put a value that holds a colon into quotation marks")
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return node{}, invalid("%s holds more than one document", name).Because(err).Try("keep only what stands above the second line of ---")
	}
	if len(doc.Content) == 0 {
		return node{}, nil
	}
	return fromYAML(name, doc.Content[0], 0)
}

// yamlLine takes the line out of a driver's words, which people are not shown.
func yamlLine(err error) string {
	var at int
	if _, after, ok := strings.Cut(err.Error(), "line "); ok {
		if _, err := fmt.Sscanf(after, "%d", &at); err == nil {
			return fmt.Sprintf(" near line %d", at)
		}
	}
	return ""
}

func fromYAML(name string, y *yaml.Node, depth int) (node, error) {
	n := node{line: y.Line}
	switch {
	case y.Kind == yaml.AliasNode || y.Anchor != "":
		return n, invalid("line %d of %s uses an anchor or alias (& or *)", y.Line, name).Try("write the value out, or put it into quotation marks")
	case y.Kind == yaml.ScalarNode:
		if y.Tag != "!!null" {
			n.kind, n.text = scalar, y.Value
		}
		return n, nil
	case depth >= MaxNesting:
		return n, tooDeep(name, y.Line)
	case y.Kind == yaml.SequenceNode:
		n.kind = list
		for _, c := range y.Content {
			item, err := fromYAML(name, c, depth+1)
			if err != nil {
				return n, err
			}
			n.items = append(n.items, item)
		}
		return n, nil
	default:
		n.kind = object
		return yamlFields(name, n, y.Content, depth)
	}
}

func yamlFields(name string, n node, content []*yaml.Node, depth int) (node, error) {
	for i := 0; i+1 < len(content); i += 2 {
		key, err := fromYAML(name, content[i], depth+1)
		if err != nil {
			return n, err
		}
		f := field{name: key.text, line: key.line}
		if n.has(f.name) {
			return n, twice(name, f)
		}
		if f.value, err = fromYAML(name, content[i+1], depth+1); err != nil {
			return n, err
		}
		n.fields = append(n.fields, f)
	}
	return n, nil
}

func (n node) has(name string) bool {
	for _, f := range n.fields {
		if f.name == name {
			return true
		}
	}
	return false
}

func tooDeep(name string, line int) error {
	return invalid("line %d of %s is nested more than %d deep", line, name, MaxNesting).Try("use at most three levels of headings")
}

func twice(name string, f field) error {
	return invalid("line %d of %s gives %s a second time", f.line, name, quoted(f.name)).Try("keep one of them")
}
