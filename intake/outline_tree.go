package intake

import (
	"fmt"
	"slices"
	"strings"

	"quire/problem"
)

// outlineTree reads an outline given as JSON or YAML: a list of titles or
// chapters, or an object with a title and such a list.
func outlineTree(name string, root node) (Plan, error) {
	t := &treeReader{name: name}
	var p Plan
	chapters := root
	if root.kind == object {
		var err error
		if chapters, err = t.wrapper(root, &p); err != nil {
			return p, err
		}
	}
	if chapters.kind != list {
		return p, invalid("%s holds no list of chapters", name).Try(`write ["First chapter", "Second chapter"] or a list of objects with title and description`)
	}
	if err := t.level(chapters.items, 1); err != nil {
		return p, err
	}
	return arrange(name, p, t.entries)
}

type treeReader struct {
	name    string
	entries []entry
}

// below are the names of fields that hold headings.
var below = []string{"chapters", "outline", "sections", "children"}

// wrapper reads an object around the list of chapters.
func (t *treeReader) wrapper(root node, p *Plan) (node, error) {
	var chapters node
	for _, f := range root.fields {
		switch {
		case slices.Contains(below, f.name):
			if chapters.kind != null {
				return chapters, t.at(f.line, "gives the chapters a second time").Try("keep one list of chapters")
			}
			chapters = f.value
		case f.name == "title":
			p.Title = oneLine(f.value.text)
		case f.name == "description" || f.name == "summary":
			p.About = oneLine(f.value.text)
		default:
			return chapters, t.unknown(f, []string{"title", "description", "chapters"})
		}
	}
	return chapters, nil
}

// level reads the headings of a list.
func (t *treeReader) level(items []node, depth int) error {
	for _, item := range items {
		switch item.kind {
		case scalar:
			t.entries = append(t.entries, entry{depth: depth, line: item.line})
			t.last().heading.Title = cleanTitle(item.text)
		case object:
			if err := t.heading(item, depth); err != nil {
				return err
			}
		default:
			return t.at(item.line, "holds something that is not a chapter").Try("write a title in quotation marks, or an object with a title")
		}
	}
	return nil
}

func (t *treeReader) last() *entry { return &t.entries[len(t.entries)-1] }

var headingFields = []string{"title", "level", "part", "description", "summary", "key_points", "words", "pages", "notes", "chapters", "sections", "children"}

// heading reads one object and what lies below it.
func (t *treeReader) heading(item node, depth int) error {
	t.entries = append(t.entries, entry{depth: depth, line: item.line})
	e := t.last()
	var inside []field
	paged := 0
	for _, f := range item.fields {
		var err error
		h := &e.heading
		switch f.name {
		case "title":
			h.Title = cleanTitle(f.value.text)
		case "level":
			e.depth, err = t.givenLevel(f, depth)
		case "part":
			h.Part = oneLine(f.value.text)
		case "description", "summary":
			h.Description = strings.TrimSpace(h.Description + " " + oneLine(f.value.text))
		case "notes":
			h.Notes = strings.TrimSpace(f.value.text)
		case "key_points":
			h.KeyPoints, err = t.points(f)
		case "words":
			h.Words, err = words(f.value.text)
		case "pages":
			paged, err = pages(f.value.text)
		case "chapters", "sections", "children":
			inside = append(inside, f)
		default:
			return t.unknown(f, headingFields)
		}
		if err == nil && f.value.kind > scalar && !slices.Contains([]string{"key_points", "chapters", "sections", "children"}, f.name) {
			err = fmt.Errorf("%s is not a single value", f.name)
		}
		if err != nil {
			return t.at(f.line, "cannot be used: %v", err).Try("%s", fieldHint(f.name))
		}
	}
	if e.heading.Words == 0 {
		e.heading.Words = paged
	}
	return t.inside(inside, e.depth+1)
}

func fieldHint(name string) string {
	switch name {
	case "words", "pages":
		return sizeHint
	case "level":
		return "use 1 for a chapter, 2 and 3 for sections, and leave it out where headings are nested"
	case "key_points":
		return "write a list of short texts"
	}
	return "write one text in quotation marks"
}

func (t *treeReader) inside(fields []field, depth int) error {
	for _, f := range fields {
		if f.value.kind != list && f.value.kind != null {
			return t.at(f.line, "has %s that are no list", f.name).Try("put them between [ and ]")
		}
		if err := t.level(f.value.items, depth); err != nil {
			return err
		}
	}
	return nil
}

// givenLevel reads a level. In a nested list it must be the one that the nesting
// says.
func (t *treeReader) givenLevel(f field, depth int) (int, error) {
	n, ok := whole(f.value.text)
	if !ok || n < 1 || n > 3 {
		return depth, fmt.Errorf("level is %s", quoted(f.value.text))
	}
	if depth > 1 && n != depth {
		return depth, fmt.Errorf("level is %d, but the heading is nested as level %d", n, depth)
	}
	return n, nil
}

func (t *treeReader) points(f field) ([]string, error) {
	if f.value.kind != list {
		return points(f.value.text), nil
	}
	var out []string
	for _, item := range f.value.items {
		if item.kind > scalar {
			return nil, fmt.Errorf("a key point is not a text")
		}
		if p := plainPoint(item.text); p != "" {
			out = append(out, p)
		}
	}
	return out, nil
}

func (t *treeReader) at(line int, detail string, args ...any) *problem.Error {
	return invalid("line %d of %s %s", line, t.name, fmt.Sprintf(detail, args...))
}

func (t *treeReader) unknown(f field, known []string) error {
	return unknownField(t.name, f, known)
}

// unknownField refuses a field that has no meaning here.
func unknownField(name string, f field, known []string) error {
	failure := invalid("line %d of %s has the field %s, which is not known", f.line, name, quoted(f.name))
	if near := nearest(f.name, known); near != "" {
		return failure.Try("did you mean %s?", near)
	}
	return failure.Try("use %s", strings.Join(known, ", "))
}

// nearest is the known word that a misspelt one was meant to be, "" if none is
// within two changed letters.
func nearest(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := distance(fold(word), fold(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance counts the letters to add, drop or change to make b of a
// (Levenshtein); words of more than 40 letters are far from all.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 40
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

// fold makes names comparable: lower case without spaces, hyphens, underscores.
func fold(s string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(strings.TrimSpace(s)))
}
