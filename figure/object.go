package figure

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// object is a mapping of a spec whose fields are being read.
type object struct {
	r    *reader
	path string // "" is the spec itself
	node *yaml.Node
	at   map[string]*yaml.Node
	keys []*yaml.Node // in the order of the text
	bad  map[string]bool
}

// object reads the names of a mapping; anything else is a mistake and has no
// fields.
func (r *reader) object(n *yaml.Node, path string) *object {
	o := &object{r: r, path: path, node: n, at: map[string]*yaml.Node{}, bad: map[string]bool{}}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		r.wrong(n, path, "anchors and aliases (& and *) are not taken; write the value out")
		return o
	}
	if n.Kind != yaml.MappingNode {
		r.wrong(n, path, "fields and their values are wanted here")
		return o
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.Anchor != "" {
			r.wrong(key, path, "a field has a name that is no word")
			continue
		}
		if o.at[key.Value] != nil {
			r.wrong(key, o.field(key.Value), "stands here for the second time")
			continue
		}
		o.at[key.Value] = n.Content[i+1]
		o.keys = append(o.keys, key)
	}
	return o
}

// field is the full name of a field, short enough for a sentence.
func (o *object) field(name string) string {
	name = clipped(name)
	if o.path == "" {
		return name
	}
	return o.path + "." + name
}

// only says which fields an object may have; others are mistakes.
func (o *object) only(names ...string) {
	for _, key := range o.keys {
		if slices.Contains(names, key.Value) {
			continue
		}
		if guess := guessed(key.Value, names); guess != "" {
			o.r.wrong(key, o.field(key.Value), "there is no such field; did you mean %s?", guess)
			continue
		}
		o.r.wrong(key, o.field(key.Value), "there is no such field; here it is one of %s", strings.Join(names, ", "))
	}
}

// takes is only for the spec itself: it tells fields of other kinds from
// misspelt ones.
func (o *object) takes(c *craft) {
	own := strings.Fields(commonFields + c.fields)
	var all []string
	for _, other := range crafts() {
		all = append(all, strings.Fields(commonFields+other.fields)...)
	}
	for _, key := range o.keys {
		guess := guessed(key.Value, own)
		switch {
		case slices.Contains(own, key.Value):
		case slices.Contains(all, key.Value):
			o.r.wrong(key, key.Value, "the kind %s does not take it; beside title, source and the like it takes %s", c.kind, strings.Join(strings.Fields(c.fields), ", "))
		case guess != "":
			o.r.wrong(key, clipped(key.Value), "there is no such field; did you mean %s?", guess)
		default:
			o.r.wrong(key, clipped(key.Value), "there is no such field; the kind %s takes %s", c.kind, strings.Join(own, ", "))
		}
	}
}

// words reads a line of text; "" if it is not there.
func (o *object) words(name string, most int) string {
	n := o.at[name]
	if n == nil {
		return ""
	}
	text, ok := o.r.words(n, o.field(name), most)
	o.bad[name] = !ok
	return text
}

// one reads a word from a list; "" if it is not there.
func (o *object) one(name string, list ...string) string {
	w := o.words(name, maxLabel)
	if w != "" && !slices.Contains(list, w) {
		o.r.wrong(o.at[name], o.field(name), "%q is not one of %s", w, strings.Join(list, ", "))
		return ""
	}
	return w
}

// percent reads a number of percent, with or without the sign.
func (o *object) percent(name string, or int) int {
	n := o.at[name]
	if n == nil {
		return or
	}
	v, ok := o.r.number(n, o.field(name), "%")
	if ok && !(v >= 20 && v <= 100) {
		o.r.wrong(n, o.field(name), "%s is not from 20%% to 100%%", clipped(n.Value))
		return or
	}
	return int(v)
}

// list reads a list with at least and at most so many entries. It is nil if it
// is not there or cannot be taken.
func (o *object) list(name string, least, most int) []*yaml.Node {
	n := o.at[name]
	if n == nil {
		return nil
	}
	return o.r.list(n, o.field(name), least, most)
}

// list reads the entries of a list.
func (r *reader) list(n *yaml.Node, path string, least, most int) []*yaml.Node {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.wrong(n, path, "anchors and aliases (& and *) are not taken; write the value out")
	case n.Kind != yaml.SequenceNode:
		r.wrong(n, path, "a list is wanted here, like [a, b]")
	case len(n.Content) < least:
		r.wrong(n, path, "has %d entries; at least %d are needed", len(n.Content), least)
	case len(n.Content) > most:
		r.wrong(n, path, "has %d entries; a reader can take in at most %d", len(n.Content), most)
	default:
		return n.Content
	}
	return nil
}

// words reads a text. Blanks are joined; control characters are mistakes.
func (r *reader) words(n *yaml.Node, path string, most int) (string, bool) {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.wrong(n, path, "anchors and aliases (& and *) are not taken; write the value out")
		return "", false
	case n.Kind != yaml.ScalarNode:
		r.wrong(n, path, "a text is wanted here")
		return "", false
	case n.ShortTag() == "!!null":
		r.wrong(n, path, "is empty; leave the field out or fill it")
		return "", false
	}
	if bad := strings.IndexFunc(n.Value, isControl); bad >= 0 || !utf8.ValidString(n.Value) {
		r.wrong(n, path, "holds a character that cannot be printed")
		return "", false
	}
	text := strings.Join(strings.Fields(n.Value), " ")
	if strings.Contains(n.Value, "\u00a0") { // Fields takes it for a blank
		text = strings.Join(strings.FieldsFunc(n.Value, func(r rune) bool { return r != '\u00a0' && unicode.IsSpace(r) }), " ")
	}
	if k := utf8.RuneCountInString(text); k > most {
		r.wrong(n, path, "has %d letters; there is room for %d", k, most)
		return "", false
	}
	return text, true
}

// isControl reports whether a character is not for people. Line ends become
// blanks; marks that turn the direction of text by force are refused.
func isControl(r rune) bool {
	switch r {
	case '\n', '\t', '\r', '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f':
		return false
	}
	return !unicode.IsPrint(r) && !unicode.IsSpace(r) || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// clipped is the start of a text of others, for a message.
func clipped(text string) string {
	text = strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '·'
	}, text), "·")
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// elsewhere are names that other programs have for our fields.
var elsewhere = map[string]string{
	"type": "kind", "chart": "kind", "heading": "title", "name": "title", "data": "values", "categories": "labels", "footer": "source", "units": "unit",
	"xlabel": "x", "ylabel": "y", "x_title": "x", "y_title": "y", "xaxis": "x", "yaxis": "y", "orientation": "direction", "nodes": "root", "tree": "root",
	"items": "values", "columns": "labels", "rows": "series", "children": "root", "emphasis": "highlight", "precision": "decimals", "description": "alt",
}

// guessed is the name that was meant, "" if nobody can tell.
func guessed(name string, names []string) string {
	name = strings.ToLower(name)
	if len(name) > 40 {
		return ""
	}
	best, least := "", 3
	for _, n := range names {
		if d := distance(name, n); d < least && d < len(n) {
			best, least = n, d
		}
	}
	if other := elsewhere[name]; best == "" && slices.Contains(names, other) {
		return other
	}
	return best
}

// distance is how many letters must be changed to make one word of another
// (Levenshtein 1966).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			last, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, last+cost)
		}
	}
	return row[len(b)]
}

// entry is the name of an entry of a list.
func entry(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
