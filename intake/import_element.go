package intake

import (
	"strings"
)

// element is a node of an XML or HTML tree: a text if it has no name.
type element struct {
	name  string // with the usual prefix: w:p, m:oMath; without one in HTML
	text  string
	attrs []attribute
	kids  []*element
	above *element
	at    int    // which child of above it is
	raw   string // of a drawing inside a page: as it was written
}

type attribute struct{ name, value string }

// attr is the value of an attribute, "" if there is none.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// hasAttr reports whether there is an attribute.
func (e *element) hasAttr(name string) bool {
	if e == nil {
		return false
	}
	for _, a := range e.attrs {
		if a.name == name {
			return true
		}
	}
	return false
}

// kid is the first child of the name, nil if there is none.
func (e *element) kid(name string) *element {
	if e == nil {
		return nil
	}
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// path follows children by their names.
func (e *element) path(names ...string) *element {
	for _, n := range names {
		e = e.kid(n)
	}
	return e
}

// find is the first element of the name in and below e, in reading order.
func (e *element) find(name string) *element {
	if e == nil {
		return nil
	}
	if e.name == name {
		return e
	}
	for _, k := range e.kids {
		if found := k.find(name); found != nil {
			return found
		}
	}
	return nil
}

// each calls do for e and all below it, in reading order, as long as do says to
// go on below.
func (e *element) each(do func(*element) bool) {
	if e == nil || !do(e) {
		return
	}
	for _, k := range e.kids {
		k.each(do)
	}
}

// words is all text in and below e.
func (e *element) words() string {
	var b strings.Builder
	e.each(func(k *element) bool {
		b.WriteString(k.text)
		return true
	})
	return b.String()
}

// plain is all text in and below e on one line.
func (e *element) plain() string { return oneLine(shown(e.words())) }

// hasWord reports whether one of the words of an attribute is one of some.
func (e *element) hasWord(attr string, words ...string) bool {
	for _, have := range strings.Fields(e.attr(attr)) {
		for _, w := range words {
			if strings.EqualFold(have, w) {
				return true
			}
		}
	}
	return false
}
