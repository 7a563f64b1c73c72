package press

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// pendingRef is a link inside the book whose target may still come.
type pendingRef struct {
	ref *Ref
	pos Pos
}

// ref reads a link inside the book: #id, or page:id for the number of a page.
func (r *reader) ref(t *ast.Link, id string, page bool, text []Inline) *Ref {
	ref := &Ref{Target: asID(id), Page: page, Text: text}
	r.refs = append(r.refs, pendingRef{ref, r.pos(t)})
	return ref
}

// label is what a reference calls something with a number; the two stay on one
// line.
func (r *reader) label(word, number string) string {
	return strings.ReplaceAll(r.words.Label(word, number), " ", "\u00a0")
}

// resolve checks the links inside the book, now that all targets are known. A
// link without words gets the name of its target.
func (r *reader) resolve() {
	for _, p := range r.refs {
		id := p.ref.Target
		if !r.ids[id] {
			r.warn(p.pos, "the link to #%s leads nowhere", id)
			p.ref.Target, p.ref.Page = "", false
		}
		if strings.TrimSpace(Plain(p.ref.Text)) != "" {
			continue
		}
		name := r.names[id]
		if name == "" {
			name = id
			if r.ids[id] {
				r.warn(p.pos, "the link to #%s has no words, and its target no name", id)
			}
		}
		p.ref.Text = []Inline{&Text{name}}
	}
}

// claim takes an ID for the book: the wanted one, or a like one that is free.
func (r *reader) claim(want, fallback string) string {
	if want == "" {
		want = fallback
	}
	id := want
	for n := max(r.again[want], 2); r.ids[id]; n++ { // the same name a million times costs a million steps, not their square
		id = fmt.Sprintf("%s-%d", want, n)
		r.again[want] = n
	}
	r.ids[id] = true
	return id
}

// claimed takes the ID that an author gave, with a warning if it is taken.
func (r *reader) claimed(given string, at Pos) string {
	id := asID(given)
	if r.ids[id] {
		r.warn(at, "the id %q is used twice", id)
	}
	return r.claim(id, "")
}

// asID makes a name that XML, PDF and URLs all take as an ID: ASCII letters,
// digits, _ and -, beginning with a letter. It may come out empty.
func asID(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-':
			b.WriteRune(c)
		case c == ' ' || c == '.' || c == ':' || c == '/':
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	id := strings.Trim(b.String(), "-")
	if id != "" && (id[0] < 'a' || id[0] > 'z') {
		id = "s-" + id
	}
	return id
}
