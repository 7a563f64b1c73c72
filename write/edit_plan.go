package write

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"

	"quire/book"
	"quire/jobs"
	"quire/problem"
)

// jsonKinds are what people call the kinds of values in JSON.
var jsonKinds = map[string]string{"array": "a list", "object": "an object", "number": "a number", "string": "a text", "bool": "true or false"}

// strictly reads JSON in which every field is one that the noun has.
func strictly(text []byte, noun string, into any) error {
	const hint = "nothing was changed; quire history with --rev prints the one that is there"
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil {
		if _, more := dec.Token(); !errors.Is(more, io.EOF) {
			return problem.New(problem.Invalid, "something follows the end of the %s", noun).Try("%s", hint)
		}
		if !soundStrings(text) {
			return problem.New(problem.Invalid, "the %s holds control characters", noun).Try("%s", hint)
		}
		return nil
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		value, _, _ := strings.Cut(kind.Value, " ")
		if kind.Field == "" {
			return problem.New(problem.Invalid, "the %s is %s and no object with fields", noun, orElse(jsonKinds[value], value)).Because(err).Try("%s", hint)
		}
		return problem.New(problem.Invalid, "the field %s of the %s cannot be %s", kind.Field, noun, orElse(jsonKinds[value], value)).Because(err).Try("%s", hint)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line := 1 + bytes.Count(text[:min(int(syntax.Offset), len(text))], []byte("\n"))
		return problem.New(problem.Invalid, "the %s is no sound JSON, from line %d on", noun, line).Because(err).Try("%s", hint)
	}
	if _, field, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return problem.New(problem.Invalid, "the %s has no field %s", noun, field).Because(err).Try("%s", hint)
	}
	return problem.New(problem.Invalid, "the %s is cut off", noun).Because(err).Try("%s", hint)
}

// soundStrings reports whether all strings of a JSON text are sound.
func soundStrings(text []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(text))
	for {
		token, err := dec.Token()
		if err != nil {
			return true // its end: whoever asks has read it already
		}
		if s, ok := token.(string); ok && !sound(s) {
			return false
		}
	}
}

// unfit words a rule that a person's version of something breaks. The rules are
// those that models are held to.
func unfit(err error) error {
	if err == nil {
		return nil
	}
	p := problem.Of(err)
	detail := strings.TrimPrefix(p.Detail, "the model's answer cannot be used: ")
	return problem.New(problem.Invalid, "%s", detail).Because(err).Try("%s", orElse(p.Hint, "nothing was changed; mend that and try again"))
}

func (f *folder) readConcept(text []byte, c *Change) (any, error) {
	var now book.Concept
	if err := strictly(text, "concept", &now); err != nil {
		return nil, err
	}
	if f.book.Brief.Imported {
		now.Cast, now.Places = f.concept.Cast, f.concept.Places
		if strings.TrimSpace(now.Title) == "" || !sound(now.Title) || strings.Contains(now.Title, "\n") {
			return nil, problem.New(problem.Invalid, "the concept has no title of one line").Try("nothing was changed; give it one")
		}
	} else if err := errors.Join(unfit(now.Check(f.book.Brief.Kind)), unfit(now.CheckNames(f.book.Brief))); err != nil {
		return nil, err
	}
	if f.has("bible") {
		if err := f.bible.Check(now, max(f.book.Brief.Chapters, len(f.outline.Chapters))); err != nil {
			return nil, problem.New(problem.Invalid, "with this concept, %s", problem.Of(unfit(err)).Detail).Because(err).
				Try("nothing was changed; take it out of the bible first: quire edit %s bible", f.book.ID)
		}
	}
	if now.Title != f.concept.Title {
		b := f.book
		c.Then = &Standing{State: b.State, Title: now.Title, Reason: b.Reason, Hint: b.Hint}
		c.From = []book.State{b.State}
	}
	return unless(f.concept, now), nil
}

func (f *folder) readBible(text []byte, _ *Change) (any, error) {
	var now book.Bible
	if err := strictly(text, "bible", &now); err != nil {
		return nil, err
	}
	if err := now.Check(f.concept, max(f.book.Brief.Chapters, len(f.outline.Chapters))); err != nil {
		return nil, unfit(err)
	}
	if err := f.knownSources(now.Claims); err != nil {
		return nil, unfit(err)
	}
	return unless(f.bible, now), nil
}

// readOutline lets everything of a plan change but which chapters there are, and
// their order.
func (f *folder) readOutline(text []byte, c *Change) (any, error) {
	var now book.Outline
	if err := strictly(text, "outline", &now); err != nil {
		return nil, err
	}
	was := f.outline.Chapters
	if len(now.Chapters) != len(was) {
		return nil, problem.New(problem.Invalid, "the outline has %d chapters, but the book has %d", len(now.Chapters), len(was)).
			Try("nothing was changed; chapters cannot be added or removed here")
	}
	given := map[string]bool{}
	for i, ch := range now.Chapters {
		given[was[i].Title] = true
		if ch.ID != was[i].ID {
			return nil, problem.New(problem.Invalid, "chapter %d of the outline has the id %q, but it must keep %s", i+1, ch.ID, was[i].ID).
				Try("nothing was changed; chapters keep their ids and their order")
		}
		if ch.Words < 1 || ch.Words > book.MaxWords {
			return nil, problem.New(problem.Invalid, "chapter %d of the outline has %d words", i+1, ch.Words).Try("nothing was changed; give it 1 to %d", book.MaxWords)
		}
		if err := f.knows("chapter", i+1, ch.Cast, was[i].Cast, ch.Place, was[i].Place); err != nil {
			return nil, err
		}
	}
	if f.book.Brief.Imported {
		for i := range now.Chapters {
			now.Chapters[i].Summary = orElse(now.Chapters[i].Summary, "As it was handed in.")
		}
	}
	if err := errors.Join(unfit(now.Check(len(was))), unfit(now.CheckTitles(given))); err != nil {
		return nil, err
	}
	c.Next = func(_ book.Book, rows []book.Chapter) ([]jobs.Job, []book.Chapter) { return nil, entitled(rows, now) }
	return unless(f.outline, now), nil
}

// knows reports people and places that neither the concept nor the version before
// has.
func (f *folder) knows(noun string, n int, cast, wasCast []string, place, wasPlace string) error {
	for _, id := range cast {
		known := slices.ContainsFunc(f.concept.Cast, func(c book.Character) bool { return c.ID == id })
		if !known && !slices.Contains(wasCast, id) {
			return problem.New(problem.Invalid, "%s %d has %q in its cast, whom neither concept nor bible knows", noun, n, id).
				Try("nothing was changed; add them to the concept first: quire edit %s concept", f.book.ID)
		}
	}
	known := slices.ContainsFunc(f.concept.Places, func(p book.Place) bool { return p.ID == place })
	if place != "" && place != wasPlace && !known {
		return problem.New(problem.Invalid, "%s %d is at %q, a place that the concept does not know", noun, n, place).
			Try("nothing was changed; add it to the concept first: quire edit %s concept", f.book.ID)
	}
	return nil
}

func (f *folder) readBeats(text []byte, _ *Change) (any, error) {
	was, err := f.beatSheet()
	if err != nil {
		return nil, err
	}
	var now book.Beats
	if err := strictly(text, "beat sheet", &now); err != nil {
		return nil, err
	}
	if err := now.Check(f.plan().Sections); err != nil {
		return nil, unfit(err)
	}
	for i, s := range now.Sections {
		var old book.Beat
		if i < len(was.Sections) {
			old = was.Sections[i]
		}
		if s.Words > book.MaxWords {
			return nil, problem.New(problem.Invalid, "section %d has %d words", i+1, s.Words).Try("nothing was changed; give it 1 to %d", book.MaxWords)
		}
		if err := f.knows("section", i+1, s.Cast, old.Cast, s.Place, old.Place); err != nil {
			return nil, err
		}
		for _, id := range s.Threads {
			known := slices.ContainsFunc(f.bible.Threads, func(t book.Thread) bool { return t.ID == id })
			if !known && !slices.Contains(old.Threads, id) {
				return nil, problem.New(problem.Invalid, "section %d has the thread %q, which the bible does not know", i+1, id).
					Try("nothing was changed; add it to the bible first: quire edit %s bible", f.book.ID)
			}
		}
	}
	return unless(was, now), nil
}

func (f *folder) readMatter(text []byte, _ *Change) (any, error) {
	var was, now book.Matter
	if _, err := f.arts.read("matter", &was); err != nil {
		return nil, err
	}
	if err := strictly(text, "matter", &now); err != nil {
		return nil, err
	}
	if err := now.Check(); err != nil {
		return nil, unfit(err)
	}
	return unless(was, now), nil
}

// readBrief lets all of a brief change that the book does not hang on. What is
// left out stays as it was.
func (w *Writer) readBrief(f *folder) func([]byte, *Change) (any, error) {
	return func(text []byte, c *Change) (any, error) {
		was := f.book.Brief
		var now book.Brief
		if err := strictly(text, "brief", &now); err != nil {
			return nil, err
		}
		now.Inferred, now.Imported, now.Sources = was.Inferred, was.Imported, was.Sources
		if err := now.Check(); err != nil {
			return nil, unfit(err)
		}
		now = settledLike(now, was)
		if err := w.keepsToBook(f, was, now); err != nil {
			return nil, err
		}
		if reflect.DeepEqual(was, now) {
			return nil, nil
		}
		if f.current["brief"].Number == 0 { // so that the first one is not lost
			c.Artefacts = append(c.Artefacts, Artefact{Name: "brief", Body: was})
		}
		c.Brief = &now
		return now, nil
	}
}

// settledLike decides what a brief leaves open as it was decided before.
func settledLike(now, was book.Brief) book.Brief {
	if now.Kind == "" {
		now.Kind = was.Kind
	}
	if now.Seed == 0 {
		now.Seed = was.Seed
	}
	now.Preset, now.Language = orElse(now.Preset, was.Preset), orElse(now.Language, was.Language)
	if now.Chapters == 0 && len(now.Outline) == 0 {
		now.Chapters = was.Chapters
	}
	if now.Words == 0 {
		now.Words = was.Words
	}
	return now.Settle()
}

// keepsToBook reports what of a brief cannot change once its book is begun.
func (w *Writer) keepsToBook(f *folder, was, now book.Brief) error {
	name := ""
	switch {
	case now.Kind != was.Kind:
		name = "kind"
	case now.Seed != was.Seed:
		name = "seed"
	case now.Preset != was.Preset:
		name = "preset"
	case len(f.chapters) > 0 && now.Chapters != was.Chapters:
		name = "number of chapters"
	case len(f.chapters) > 0 && !reflect.DeepEqual(now.Outline, was.Outline):
		name = "given outline"
	}
	if name != "" {
		return problem.New(problem.Invalid, "the %s of a book cannot change once it is begun", name).Try("nothing was changed; begin another book for that with quire write")
	}
	if err := w.checkGates(now); err != nil {
		return err
	}
	return w.Authors.Serve(f.book.Terms, now.Language)
}
