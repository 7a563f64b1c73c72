package press

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"quire/problem"
)

// maxTheme is how long a theme file may be, in bytes; a longer one is refused.
const maxTheme = 64 << 10

// baseTheme gives the fields that a theme leaves out, when it names no other.
const baseTheme = "novel"

// ParseTheme reads a theme from YAML. What it leaves out is as in the built-in
// theme that based_on names, else as in novel. All mistakes are told at once,
// in one problem.Invalid that names line and field of each.
func ParseTheme(b []byte) (Theme, error) {
	if len(b) > maxTheme {
		return Theme{}, problem.New(problem.Invalid, "the theme is longer than %d KiB", maxTheme>>10)
	}
	root, err := themeRoot(b)
	if err != nil {
		return Theme{}, err
	}
	r := &themeReader{lines: map[string]int{}}
	t, err := r.base(root)
	if err != nil {
		return Theme{}, err
	}
	r.fill(root, reflect.ValueOf(&t).Elem(), "")
	if t.Title == "" {
		t.Title = t.Name
	}
	r.check(&t)
	return t, r.problem()
}

// themeRoot returns the mapping that a theme file is.
func themeRoot(b []byte) (*yaml.Node, error) {
	unreadable := problem.New(problem.Invalid, "the theme cannot be read")
	dec := yaml.NewDecoder(bytes.NewReader(b))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable.Because(err).Try("%s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, unreadable.Try("write fields and values, like \"name: mine\"")
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, unreadable.Try("there is more than one document in the file")
	}
	return doc.Content[0], nil
}

// themeReader fills a theme and remembers what was wrong, and where each field
// stands.
type themeReader struct {
	lines    map[string]int // of fields
	mistakes []mistake
}

// mistake is something wrong with one field.
type mistake struct {
	line  int // 0 is unknown
	field string
	say   string // goes on after the field's name
}

// base returns the theme that the file is based on, without its name.
func (r *themeReader) base(root *yaml.Node) (Theme, error) {
	var own struct {
		Name    string `yaml:"name"`
		BasedOn string `yaml:"based_on"`
	}
	_ = root.Decode(&own) // fill tells what is wrong
	name := own.BasedOn
	if name == "" {
		if own.Name == baseTheme {
			return Theme{}, nil
		}
		name = baseTheme
	}
	if strings.EqualFold(name, own.Name) {
		return Theme{}, problem.New(problem.Invalid, "the theme %q is based on itself", name)
	}
	t, err := FindTheme(name)
	t.Name, t.Title, t.BasedOn = "", "", ""
	return t, err
}

// blame records a mistake.
func (r *themeReader) blame(line int, field, format string, args ...any) {
	r.mistakes = append(r.mistakes, mistake{line, field, fmt.Sprintf(format, args...)})
}

// fill sets the fields of a struct from a mapping.
func (r *themeReader) fill(node *yaml.Node, v reflect.Value, path string) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Kind != yaml.MappingNode {
		r.blame(node.Line, strings.TrimSuffix(path, "."), "must be a group of fields")
		return
	}
	fields := themeFields(v)
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		name := path + key.Value
		f, ok := fields[key.Value]
		switch {
		case !ok:
			r.blame(key.Line, name, "is unknown%s", didYouMean(key.Value, fields))
		case seen[key.Value]:
			r.blame(key.Line, name, "stands twice")
		case f.Kind() == reflect.Struct && f.Type() != reflect.TypeFor[Hue]():
			r.fill(value, f, name+".")
		default:
			r.lines[name] = key.Line
			if !set(value, f) {
				r.blame(value.Line, name, "must be %s", wanted(f.Type()))
				r.lines[name] = -1 // it was told: check says nothing more
			}
		}
		seen[key.Value] = true
	}
}

// set sets one field from a scalar; a fraction is no whole number.
func set(value *yaml.Node, f reflect.Value) bool {
	whole := f.CanInt() && f.Type() != reflect.TypeFor[Pt]()
	if value.Kind != yaml.ScalarNode || whole && value.Tag != "!!int" {
		return false
	}
	return value.Decode(f.Addr().Interface()) == nil
}

// themeFields lists the fields of a struct by their names in YAML.
func themeFields(v reflect.Value) map[string]reflect.Value {
	out := map[string]reflect.Value{}
	for i := range v.NumField() {
		name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if option != "inline" {
			out[name] = v.Field(i)
			continue
		}
		for k, f := range themeFields(v.Field(i)) {
			out[k] = f
		}
	}
	return out
}

// wanted says what a field of a type takes.
func wanted(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[Pt]():
		return "a length, like 12 or 4mm"
	case t == reflect.TypeFor[Hue]():
		return "a colour, like \"#1f3a5f\" (with the quotes)"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.String:
		return "a text"
	}
	return "a whole number"
}

// didYouMean names the known field that looks most like a wrong one, "" if
// none does.
func didYouMean(name string, fields map[string]reflect.Value) string {
	best, least := "", 3
	for known := range fields {
		d := distance(name, known)
		if d < least || d == least && known < best {
			best, least = known, d
		}
	}
	if best == "" {
		return ""
	}
	return ": do you mean " + best + "?"
}

// distance is by how many letters two short words differ (V. I. Levenshtein,
// 1966).
func distance(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// problem joins all mistakes into one, in the order of their lines; nil if
// there are none.
func (r *themeReader) problem() error {
	if len(r.mistakes) == 0 {
		return nil
	}
	slices.SortStableFunc(r.mistakes, func(a, b mistake) int { return cmp.Compare(a.line, b.line) })
	var lines []string
	for i, m := range r.mistakes {
		if i == 20 {
			lines = append(lines, fmt.Sprintf("and %d more", len(r.mistakes)-i))
			break
		}
		s := m.field + " " + m.say
		if m.line > 0 {
			s = fmt.Sprintf("line %d: %s", m.line, s)
		}
		lines = append(lines, s)
	}
	return problem.New(problem.Invalid, "the theme has mistakes: %s", strings.Join(lines, "; ")).Try("docs/themes.md lists every field")
}
