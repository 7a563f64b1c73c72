package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"quire/book"
)

// Brief reads everything about a book at once, as YAML or JSON: the fields of
// book.Brief by their yaml names. The outline may be a list of titles, a list of
// chapters with their fields, or a block of text as Outline reads it. Unknown
// fields are refused with their name and line. The brief has not passed Check.
func Brief(name string, r io.Reader) (book.Brief, error) {
	text, err := readText(name, r, MaxText)
	if err != nil {
		return book.Brief{}, err
	}
	parse := parseYAML
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		parse = parseJSON
	}
	root, err := parse(name, text)
	if err != nil {
		return book.Brief{}, err
	}
	if root.kind != object {
		return book.Brief{}, invalid("%s has no fields", name).Try("write one field on each line as name: value, such as topic: how to keep bees")
	}
	b := briefReader{name: name}
	for _, f := range root.fields {
		if err := b.field(f); err != nil {
			return book.Brief{}, err
		}
	}
	return b.brief, nil
}

type briefReader struct {
	name  string
	brief book.Brief
}

var briefFields = []string{
	"topic", "premise", "title", "author", "kind", "genre", "subgenre", "audience", "tone", "language",
	"chapters", "words", "seed", "theme", "trim", "date", "outline",
	"preset", "approve", "depth", "figures", "enhance", "banned",
}

func (b *briefReader) field(f field) error {
	if !slices.Contains(briefFields, f.name) {
		return unknownField(b.name, f, briefFields)
	}
	switch f.name {
	case "outline":
		return b.outline(f)
	case "approve":
		return b.list(f, &b.brief.Approve)
	case "banned":
		return b.list(f, &b.brief.Banned)
	case "enhance":
		return b.switches(f)
	}
	if f.value.kind > scalar {
		return invalid("line %d of %s: %s is not a single value", f.line, b.name, f.name).Try("write it as %s: value", f.name)
	}
	if f.value.blank() {
		return nil
	}
	if into := b.text(f.name); into != nil {
		*into = strings.TrimSpace(f.value.text)
		if f.name != "premise" {
			*into = oneLine(*into)
		}
		return b.long(f, *into)
	}
	return b.number(f)
}

// text is where a text field goes, nil for other fields.
func (b *briefReader) text(name string) *string {
	return map[string]*string{
		"topic": &b.brief.Topic, "premise": &b.brief.Premise, "title": &b.brief.Title, "author": &b.brief.Author,
		"kind": (*string)(&b.brief.Kind), "genre": &b.brief.Genre, "subgenre": &b.brief.Subgenre,
		"audience": &b.brief.Audience, "tone": &b.brief.Tone, "language": &b.brief.Language,
		"theme": &b.brief.Theme, "trim": &b.brief.Trim, "date": &b.brief.Date, "preset": &b.brief.Preset, "figures": &b.brief.Figures,
	}[name]
}

// long refuses a text that is too long for a field; Check of the brief knows the
// shorter limits of some.
func (b *briefReader) long(f field, text string) error {
	if n := utf8.RuneCountInString(text); n > book.MaxPremise || f.name != "premise" && n > book.MaxTopic {
		return invalid("line %d of %s: %s has %d characters, which is too many", f.line, b.name, f.name, n).Try("shorten it; longer texts go into the premise")
	}
	return nil
}

func (b *briefReader) number(f field) error {
	n, ok := whole(f.value.text)
	if !ok {
		return invalid("line %d of %s: %s is %s", f.line, b.name, f.name, quoted(f.value.text)).Try("write a whole number of at least 0")
	}
	switch f.name {
	case "chapters":
		b.brief.Chapters = n
	case "words":
		b.brief.Words = n
	case "seed":
		b.brief.Seed = uint64(n)
	case "depth":
		b.brief.Depth = n
	}
	return nil
}

// list reads a list of texts; a single text is a list of one.
func (b *briefReader) list(f field, into *[]string) error {
	if f.value.blank() {
		return nil
	}
	items := f.value.items
	if f.value.kind == scalar {
		items = []node{f.value}
	}
	if f.value.kind == object {
		return invalid("line %d of %s: %s is not a list", f.line, b.name, f.name).Try("write it as %s: [one, another]", f.name)
	}
	for _, item := range items {
		if item.kind != scalar {
			return invalid("line %d of %s: %s holds something that is not a text", item.line, b.name, f.name).Try("write it as %s: [one, another]", f.name)
		}
		text := oneLine(strings.TrimSpace(item.text))
		if err := b.long(field{name: f.name, line: item.line}, text); err != nil {
			return err
		}
		*into = append(*into, text)
	}
	return nil
}

// switches reads which enhancements are on and off.
func (b *briefReader) switches(f field) error {
	if f.value.blank() {
		return nil
	}
	if f.value.kind != object {
		return invalid("line %d of %s: enhance has no names", f.line, b.name).Try("write one on each line under it, as overusedMetaphors: off")
	}
	for _, s := range f.value.fields {
		on, ok := book.ParseSwitch(s.value.text)
		if !ok {
			return invalid("line %d of %s: %s is %s", s.line, b.name, s.name, quoted(s.value.text)).Try("say on or off")
		}
		if b.brief.Enhance == nil {
			b.brief.Enhance = map[string]bool{}
		}
		b.brief.Enhance[s.name] = on
	}
	return nil
}

// outline reads the outline, in whatever shape it has. A title above it is the
// book's, if the brief has none.
func (b *briefReader) outline(f field) error {
	if f.value.blank() {
		return nil
	}
	var p Plan
	var err error
	if f.value.kind == scalar {
		p, err = outlineText(fmt.Sprintf("the outline in %s", b.name), f.value.text+"\n")
	} else {
		p, err = outlineTree(b.name, f.value)
	}
	if err != nil {
		return err
	}
	b.brief.Outline = p.Headings
	if b.brief.Title == "" {
		b.brief.Title = p.Title
	}
	if b.brief.Premise == "" {
		b.brief.Premise = p.About
	}
	return nil
}
