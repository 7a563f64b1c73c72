package write

import (
	"context"

	"quire/book"
	"quire/event"
	"quire/llm"
)

// batchSize is how many chapters are planned in one call: longer lists get cut
// off or thin (writing.md §1).
const batchSize = 12

type conceptPrompt struct {
	Brief book.Brief
}

// concept asks for the idea of the book. A title that the maker gave stands.
func (w *Writer) concept(ctx context.Context, f *folder) error {
	brief := f.book.Brief
	q := question{role: llm.Concept, artefact: "concept", prompt: conceptPrompt{brief}}
	c, from, err := askFor(ctx, w, f, q, func(c book.Concept) error { return c.Check(brief.Kind) })
	if err != nil {
		return err
	}
	if brief.Title != "" {
		c.Title = brief.Title
	}
	change := f.change("concept")
	change.Then = &Standing{State: book.Running, Title: c.Title}
	change.Artefacts = []Artefact{{Name: "concept", Body: c, Inputs: inputs(brief), Author: from.author, Call: from.call}}
	change.Events = []event.Payload{event.ConceptReady{Title: c.Title, Logline: c.Logline}}
	return w.Shelf.Save(ctx, change)
}

type outlinePrompt struct {
	Brief    book.Brief
	Concept  book.Concept
	Outline  book.Outline // the chapters planned so far
	Plan     book.Outline // the chapters to plan now
	Position position     // of the first of them
}

// position is where a chapter stands in the book.
type position struct {
	Ordinal int `json:"ordinal"` // from 1
	Of      int `json:"of"`
}

// outlineAll asks for the plan of all chapters, a batch at a time, and makes
// their rows. What the maker gave stands as it was given.
func (w *Writer) outlineAll(ctx context.Context, f *folder) error {
	brief := f.book.Brief
	frame, given := skeleton(brief)
	var whole book.Outline
	var from source
	for at := 0; at < len(frame.Chapters); at += batchSize {
		plan := book.Outline{Chapters: frame.Chapters[at:min(at+batchSize, len(frame.Chapters))]}
		q := question{role: llm.Outline, artefact: "outline/" + itoa(at/batchSize+1), prompt: outlinePrompt{
			Brief: brief, Concept: f.concept, Outline: whole, Plan: plan, Position: position{at + 1, len(frame.Chapters)},
		}}
		var grown book.Outline
		_, source, err := askFor(ctx, w, f, q, func(o book.Outline) error {
			if err := o.Check(len(plan.Chapters)); err != nil {
				return err
			}
			grown = join(whole, plan, o, len(brief.Outline) > 0)
			return grown.CheckTitles(given)
		})
		if err != nil {
			return err
		}
		whole, from = grown, source
	}
	f.outline = whole
	change := f.change("outline")
	change.Artefacts = []Artefact{{Name: "outline", Body: whole, Inputs: inputs(brief, f.concept), Author: from.author, Call: from.call}}
	change.Events = []event.Payload{event.OutlineReady{Chapters: len(whole.Chapters), Words: whole.Words()}}
	for i, c := range whole.Chapters {
		change.Chapters = append(change.Chapters, book.Chapter{ID: c.ID, Ordinal: i + 1, Title: c.Title, State: book.ChapterWaiting, Target: c.Words})
	}
	return w.Shelf.Save(ctx, change)
}

// join adds the answered chapters to the whole. Where the plan has something
// given, that stands; if it is fixed, chapters without sections stay without.
func join(whole, plan, answer book.Outline, fixed bool) book.Outline {
	joined := book.Outline{Chapters: append([]book.OutlineChapter(nil), whole.Chapters...)}
	for i, c := range plan.Chapters {
		a := answer.Chapters[i]
		a.ID, a.Part, a.Words, a.Notes, a.After = c.ID, c.Part, c.Words, c.Notes, c.After
		if c.Title != "" {
			a.Title = c.Title
		}
		if len(c.KeyPoints) > 0 {
			a.KeyPoints = c.KeyPoints
		}
		if len(c.Sections) > 0 || fixed {
			a.Sections = c.Sections
		}
		joined.Chapters = append(joined.Chapters, a)
	}
	return joined
}

// skeleton is the outline as far as the brief decides it: IDs, words, order and
// what was given; and the set of given titles.
func skeleton(brief book.Brief) (book.Outline, map[string]bool) {
	o := given(brief)
	if len(brief.Outline) == 0 {
		o.Chapters = make([]book.OutlineChapter, brief.Chapters)
		for i := range o.Chapters {
			o.Chapters[i].Words = brief.Words*(i+1)/brief.Chapters - brief.Words*i/brief.Chapters
		}
	}
	ids := book.ChapterIDs(brief.Seed, len(o.Chapters))
	titles := map[string]bool{}
	for i := range o.Chapters {
		c := &o.Chapters[i]
		c.ID = ids[i]
		if i > 0 && brief.Kind == book.Fiction {
			c.After = ids[i-1 : i] // a story goes on; chapters of a guide stand alone
		}
		titles[c.Title] = true
	}
	return o, titles
}

// given turns the given outline into chapters with their sections. Words that
// were not given are a usual share; a total in the brief scales them all.
func given(brief book.Brief) book.Outline {
	var o book.Outline
	usual := book.UsualWords(brief.Outline)
	sum := 0
	for _, n := range usual {
		sum += n
	}
	before, seen := 0, 0
	for i, h := range brief.Outline {
		seen += usual[i]
		words := brief.Words*seen/sum - before
		before += words
		if h.Level == 1 {
			o.Chapters = append(o.Chapters, book.OutlineChapter{
				Part: h.Part, Title: h.Title, Summary: h.Description, Words: words, KeyPoints: h.KeyPoints, Notes: h.Notes,
			})
			continue
		}
		c := &o.Chapters[len(o.Chapters)-1]
		c.Words += words
		c.Sections = append(c.Sections, book.OutlineSection{
			Level: h.Level, Title: h.Title, Summary: h.Description, KeyPoints: h.KeyPoints, Notes: h.Notes, Words: words,
		})
	}
	return o
}
