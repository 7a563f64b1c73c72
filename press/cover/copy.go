package cover

import (
	"strings"

	"quire/book"
	"quire/press"
	"quire/problem"
)

// copyText is the words of a cover, each a tidy line.
type copyText struct{ title, subtitle, author, publisher, series string }

// longest is how many letters of a text are looked at.
const longest = 600

// copy reads the words of a cover and warns of what it cannot show.
func (s *sheet) copy(meta book.Meta) copyText {
	series := meta.Series
	if series != "" && meta.Volume != "" {
		series += " · " + meta.Volume
	}
	var out copyText
	for _, f := range []struct {
		name, text string
		to         *string
	}{{"title", meta.Title, &out.title}, {"subtitle", meta.Subtitle, &out.subtitle}, {"author", meta.Author, &out.author},
		{"publisher", meta.Publisher, &out.publisher}, {"series", series, &out.series}} {
		*f.to = s.one(f.name, f.text)
	}
	return out
}

// one tidies one of the texts.
func (s *sheet) one(name, text string) string {
	if rs := []rune(text); len(rs) > longest {
		text = string(rs[:longest])
		s.warn("the %s is longer than a cover can show; its end is left out", name)
	}
	clean, lost := s.set.tidy(text)
	if lost {
		s.warn("the %s holds signs that no face of the press has; the cover leaves them out", name)
	}
	if family := (typeface{family: "EB Garamond"}); s.set.shape(family, clean).foreign {
		s.warn("the %s is in a script that the faces of the press lack; the cover leaves its letters to the program that shows it", name)
	}
	return clean
}

// errTrim is the failure for a shape that no cover has.
func errTrim(t press.Trim) error {
	return problem.New(problem.Invalid, "a cover cannot be %s by %s points", t.Width, t.Height).
		Try("covers are at most a tenth wider than high, and at most 1.9 times as high as wide")
}

// errChoice is the failure for an unknown motif or palette.
func errChoice(what, name string, known []string) error {
	return problem.New(problem.Invalid, "there is no %s %q", what, name).Try("use one of: %s", strings.Join(known, ", "))
}
