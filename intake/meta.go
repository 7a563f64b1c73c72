package intake

import (
	"regexp"
	"strings"
	"time"

	"quire/book"
)

// settings reads book.yaml.
func (m *manuscript) settings(name string) error {
	text, err := m.text(name)
	if err != nil {
		return err
	}
	meta, warnings, err := metaOf(name, text)
	m.book.Meta = meta
	m.warnings = append(m.warnings, warnings...)
	return err
}

// front takes YAML front matter off a text, if it has any.
func (m *manuscript) front(name, text string) (string, error) {
	block, rest, ok := frontMatter(text)
	if !ok {
		return text, nil
	}
	meta, warnings, err := metaOf(name, block)
	m.book.Meta = meta
	m.warnings = append(m.warnings, warnings...)
	return rest, err
}

var fieldLine = regexp.MustCompile(`(?m)^[A-Za-z][\w -]*:(\s|$)`)

// frontMatter cuts off a block between two lines of --- at the start of a text,
// if it holds fields.
func frontMatter(text string) (block, rest string, ok bool) {
	inner, found := strings.CutPrefix(text, "---\n")
	if !found {
		return "", text, false
	}
	var lines []string
	for line, after := range cutLines(inner) {
		if l := strings.TrimRight(line, " \t"); l == "---" || l == "..." {
			block = strings.Join(lines, "\n")
			return block, after, fieldLine.MatchString(block)
		}
		lines = append(lines, line)
	}
	return "", text, false
}

// cutLines yields each line of a text with what comes after it.
func cutLines(text string) func(func(line, after string) bool) {
	return func(yield func(line, after string) bool) {
		for text != "" {
			line, after, _ := strings.Cut(text, "\n")
			if !yield(line, after) {
				return
			}
			text = after
		}
	}
}

// metaOf reads what stands on a title page from YAML. Unknown fields are
// warnings: other programs keep theirs in the same file.
func metaOf(name, text string) (book.Meta, []string, error) {
	root, err := parseYAML(name, text)
	if err != nil {
		return book.Meta{}, nil, err
	}
	if root.kind != object && root.kind != null {
		return book.Meta{}, nil, invalid("%s has no fields", name).Try("write one field on each line, such as title: The Old Mill")
	}
	var meta book.Meta
	var warnings []string
	for _, f := range root.fields {
		known, err := setMeta(&meta, name, f)
		if err != nil {
			return meta, warnings, err
		}
		if !known {
			warnings = append(warnings, "the field "+quoted(f.name)+" in "+name+" is not known and was passed over")
		}
	}
	return meta, warnings, nil
}

// setMeta sets one field and reports whether it is known.
func setMeta(meta *book.Meta, name string, f field) (known bool, err error) {
	text := oneLine(f.value.text)
	switch f.name {
	case "title":
		meta.Title = text
	case "subtitle":
		meta.Subtitle = text
	case "author", "authors":
		meta.Author = strings.Join(texts(f.value), ", ")
		return true, nil
	case "lang", "language":
		meta.Language = text
	case "publisher":
		meta.Publisher = text
	case "isbn":
		meta.ISBN = text
	case "imprint":
		meta.Imprint = texts(f.value)
		return true, nil
	case "dedication":
		meta.Dedication = strings.TrimSpace(f.value.text)
	case "about":
		meta.About = strings.TrimSpace(f.value.text)
	case "genre":
		meta.Genre = text
	case "series":
		meta.Series = text
	case "volume":
		meta.Volume, err = volumeOf(name, f)
	case "description", "blurb":
		meta.Description = strings.TrimSpace(f.value.text)
	case "keywords", "tags":
		meta.Keywords = keywordsOf(f.value)
		return true, nil
	case "cover":
		meta.Cover = text
	case "kind":
		meta.Kind, err = kindOf(name, f)
	case "year", "date":
		meta.Date, err = dateOf(name, f)
	default:
		return false, nil
	}
	if err == nil && f.value.kind > scalar {
		err = invalid("line %d of %s: %s is not a single value", f.line, name, f.name).Try("write it as %s: value", f.name)
	}
	return true, err
}

var volumeNumber = regexp.MustCompile(`^[0-9]{1,4}(\.[0-9]{1,2})?$`)

// volumeOf reads a book's place in its series.
func volumeOf(name string, f field) (string, error) {
	s := oneLine(f.value.text)
	if s != "" && !volumeNumber.MatchString(s) {
		return "", invalid("line %d of %s: the volume %s is no number", f.line, name, quoted(s)).Try("write the place in the series as 2 or 2.5")
	}
	return s, nil
}

// keywordsOf are the items of a list, or what commas divide.
func keywordsOf(n node) []string {
	var out []string
	for _, text := range texts(n) {
		for word := range strings.SplitSeq(text, ",") {
			if word = oneLine(word); word != "" {
				out = append(out, word)
			}
		}
	}
	return out
}

// texts are the lines of a list of texts, or of one text.
func texts(n node) []string {
	var out []string
	if n.kind == scalar {
		n.items = []node{n}
	}
	for _, item := range n.items {
		for line := range strings.SplitSeq(item.text, "\n") {
			if line = oneLine(line); line != "" {
				out = append(out, line)
			}
		}
	}
	return out
}

func kindOf(name string, f field) (book.Kind, error) {
	switch kind := book.Kind(fold(f.value.text)); kind {
	case "", book.Fiction, book.Nonfiction:
		return kind, nil
	}
	return "", invalid("line %d of %s: the kind %s is not known", f.line, name, quoted(f.value.text)).Try("say fiction or nonfiction")
}

// dateOf reads a day or a year.
func dateOf(name string, f field) (string, error) {
	s := oneLine(f.value.text)
	for _, layout := range []string{time.DateOnly, "2006"} {
		if _, err := time.Parse(layout, s); err == nil || s == "" {
			return s, nil
		}
	}
	return "", invalid("line %d of %s: %s is %s", f.line, name, f.name, quoted(s)).Try("write a day as 2026-01-31 or a year as 2026")
}
