package edition

import (
	"strings"

	"quire/press"
)

// warnedAs sorts the press's warnings by what they say: the first line whose
// words are all in a warning names its check; no check is what is measured here
// anyway.
var warnedAs = []struct{ words, check string }{
	{"dots an inch at its size", ""},
	{"its check digit does not fit", ""},
	{"no description for readers", "pictures.alt"},
	{"no face has these characters", "text.characters"},
	{"leads nowhere", "links.inside"},
	{"has no words, and its target no name", "links.inside"},
	{"do not settle", "links.inside"},
	{"the link to", "links.malformed"},
	{"is damaged and stays white", "pictures.missing"},
	{"cannot be drawn", "pictures.missing"},
	{"that part of it is left out", "pictures.changed"},
	{"the picture & is left out", "pictures.missing"},
	{"the picture", "pictures.changed"},
	{"the drawing", "pictures.changed"},
	{"the formula", "text.formula"},
	{"is used twice", "text.ids"},
	{"has no text", "text.empty"},
	{"says no title of the book", "metadata.title"},
	{"says the book's title", "metadata.title"},
	{"the language", "metadata.language"},
	{"PDF/A-1b has no transparency", "pictures.flattened"},
}

// warned turns a warning of the press, or of reading the manuscript, into a
// finding. The same warning by two outputs is told once.
func (f *findings) warned(w press.Warning) {
	if f.passed == nil {
		f.passed = map[string]bool{}
	}
	if f.passed[w.String()] {
		return
	}
	f.passed[w.String()] = true
	check := "text.changed"
	for _, as := range warnedAs {
		if hasAll(w.Detail, as.words) {
			check = as.check
			break
		}
	}
	if check == "" {
		return
	}
	where := w.Pos.String()
	if where == "" && w.Page != "" {
		where = "page " + w.Page
	}
	f.add(check, where, "%s", strings.TrimSuffix(w.Detail, "."))
}

// warnedAll turns warnings into findings.
func (f *findings) warnedAll(list []press.Warning) {
	for _, w := range list {
		f.warned(w)
	}
}

// hasAll reports whether all parts of words, divided by " & ", are in s.
func hasAll(s, words string) bool {
	for part := range strings.SplitSeq(words, " & ") {
		if !strings.Contains(s, part) {
			return false
		}
	}
	return true
}
