package figure

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"quire/problem"
)

// The limits of a spec.
const (
	maxBytes    = 1 << 20
	maxMistakes = 10 // that are told
)

// maxMarks is how many commas and lines a spec may have: several times what
// the largest figure needs. More of them are refused before they are read.
const maxMarks = 12000

// Parse reads a figure from YAML or JSON. All mistakes, at most ten, are told
// at once, in one problem.Invalid that names line and field of each.
func Parse(text []byte) (*Spec, error) {
	if len(text) > maxBytes {
		return nil, problem.New(problem.Invalid, "the figure is larger than 1 MB").Try("a reader can take in a few hundred numbers; draw a summary")
	}
	if bytes.Count(text, []byte(","))+bytes.Count(text, []byte("\n")) > maxMarks || bytes.Count(text, []byte(" - ")) > maxMarks {
		return nil, problem.New(problem.Invalid, "the figure has more values than a reader can take in").
			Try("lines take at most %d values, scatter plots %d points; draw a summary", maxLineValues, maxPoints)
	}
	root, err := rootOf(text)
	if err != nil {
		return nil, err
	}
	r := &reader{}
	s := r.spec(root)
	s.digest = digestOf(text)
	if err := r.problem(); err != nil {
		return nil, err
	}
	return s, nil
}

// rootOf returns the mapping that a spec is.
func rootOf(text []byte) (*yaml.Node, error) {
	unreadable := problem.New(problem.Invalid, "the figure cannot be read")
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable.Because(err).Try("%s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, unreadable.Try("write fields and values, like \"kind: bar\"")
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, unreadable.Try("there is more than one document in the file, or something behind its end")
	}
	return doc.Content[0], nil
}

// reader collects what is wrong with a spec.
type reader struct {
	mistakes []mistake
	more     int // mistakes beyond the most that are told
}

// mistake is something wrong with one field.
type mistake struct {
	line int // 0 is unknown
	say  string
}

// wrong remembers a mistake in a field.
func (r *reader) wrong(at *yaml.Node, path, say string, args ...any) {
	m := mistake{say: fmt.Sprintf(say, args...)}
	if path != "" {
		m.say = path + ": " + m.say
	}
	if at != nil {
		m.line = at.Line
	}
	if len(r.mistakes) == maxMistakes {
		r.more++
		return
	}
	r.mistakes = append(r.mistakes, m)
}

// problem tells all mistakes in the order of their lines; nil if there are
// none.
func (r *reader) problem() error {
	if len(r.mistakes) == 0 {
		return nil
	}
	slices.SortStableFunc(r.mistakes, func(a, b mistake) int { return cmp.Compare(a.line, b.line) })
	var told []string
	for _, m := range r.mistakes {
		if m.line > 0 {
			m.say = fmt.Sprintf("line %d: %s", m.line, m.say)
		}
		told = append(told, m.say)
	}
	if r.more > 0 {
		told = append(told, fmt.Sprintf("and %d more", r.more))
	}
	word := "mistakes"
	if len(r.mistakes) == 1 {
		word = "mistake"
	}
	return problem.New(problem.Invalid, "the figure has %d %s: %s", len(r.mistakes)+r.more, word, strings.Join(told, "; ")).
		Try("mend what is named; docs/figures.md has an example of every kind")
}

// The most letters of each sort of text.
const (
	maxLabel = 60
	maxText  = 200
	maxTitle = 120
	maxSmall = 300
	maxAlt   = 1000
	maxUnit  = 24
)

// spec reads the whole spec.
func (r *reader) spec(root *yaml.Node) *Spec {
	s := &Spec{decimals: -1, Width: 100}
	o := r.object(root, "")
	kind := o.words("kind", maxLabel)
	s.Kind = Kind(kind)
	c := craftOf(s.Kind)
	if c == nil {
		r.unknownKind(o, kind)
		return s
	}
	s.Title = o.words("title", maxTitle)
	if s.Title == "" && !o.bad["title"] {
		r.wrong(root, "title", "a figure needs a title that says what it shows")
	}
	s.Subtitle, s.Caption, s.Source = o.words("subtitle", maxText), o.words("caption", maxSmall), o.words("source", maxSmall)
	s.Note, s.alt = o.words("note", maxSmall), o.words("alt", maxAlt)
	s.ID = o.words("id", maxLabel)
	if strings.ContainsFunc(s.ID, func(r rune) bool { return !strings.ContainsRune(idLetters, r) }) {
		r.wrong(o.at["id"], "id", "%q has other characters than a to z, 0 to 9 and hyphens", s.ID)
	}
	s.Width = o.percent("width", 100)
	o.takes(c)
	r.common(o, c, s)
	c.read(r, o, s)
	if s.highlight != "" && !s.hasHighlight() {
		r.wrong(o.at["highlight"], "highlight", "there is nothing with the name %q", s.highlight)
	}
	return s
}

// idLetters are the characters of ids.
const idLetters = "abcdefghijklmnopqrstuvwxyz0123456789-"

// common reads the fields that many kinds have.
func (r *reader) common(o *object, c *craft, s *Spec) {
	s.unit, s.xUnit = o.words("unit", maxUnit), o.words("x_unit", maxUnit)
	s.x, s.y = o.words("x", maxLabel), o.words("y", maxLabel)
	s.highlight = o.words("highlight", maxLabel)
	s.sorting = o.one("sort", "none", "ascending", "descending")
	s.direction = o.one("direction", "horizontal", "vertical")
	s.spacing = o.one("spacing", "scale", "equal")
	if n := o.at["decimals"]; n != nil {
		if v, ok := r.number(n, "decimals", ""); ok && v == float64(int(v)) && v >= 0 && v <= 4 {
			s.decimals = int(v)
		} else if ok {
			r.wrong(n, "decimals", "%s is not a whole number from 0 to 4", n.Value)
		}
	}
	if n := o.at["baseline"]; n != nil {
		s.baseline, s.hasBase = r.number(n, "baseline", s.unit)
		if s.baseline != 0 && c.kind != Line {
			r.wrong(n, "baseline", "bars begin at 0, or their lengths would lie; leave it out, or draw a line")
		}
	}
}

// unknownKind says which kinds there are.
func (r *reader) unknownKind(o *object, kind string) {
	var names []string
	for _, c := range crafts() {
		names = append(names, string(c.kind))
	}
	list := strings.Join(names, ", ")
	switch guess := guessed(kind, names); {
	case o.bad["kind"]:
	case kind == "":
		r.wrong(o.node, "kind", "a figure needs a kind: one of %s", list)
	case guess != "":
		r.wrong(o.at["kind"], "kind", "there is no kind %q; did you mean %s?", kind, guess)
	default:
		r.wrong(o.at["kind"], "kind", "there is no kind %q; the kinds are %s", kind, list)
	}
}

// hasHighlight reports whether something has the name that is to stand out.
func (s *Spec) hasHighlight() bool {
	if slices.Contains(s.labels, s.highlight) {
		return true
	}
	for _, e := range s.series {
		if e.name == s.highlight || slices.ContainsFunc(e.points, func(p point) bool { return p.label == s.highlight }) {
			return true
		}
	}
	if slices.ContainsFunc(s.events, func(e event) bool { return e.label == s.highlight }) ||
		slices.ContainsFunc(s.steps, func(t step) bool { return t.label == s.highlight }) {
		return true
	}
	found := false
	if s.root != nil {
		s.root.each(0, func(b *branch, _ int) { found = found || b.label == s.highlight })
	}
	return found
}
