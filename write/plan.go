package write

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
)

// batchSize is how many chapters are planned in one call: longer lists get cut
// off or thin (writing.md §1).
const batchSize = 12

// outlinePrompt asks for a batch of chapters.
type outlinePrompt struct {
	planPart
	Concept  book.Concept
	Bible    book.Bible
	Outline  book.Outline // the chapters planned so far
	Plan     book.Outline // the chapters to plan now
	Position position     // of the first of them
	Passages []book.Passage
}

// outlineAll asks for the plan of all chapters, a batch at a time, and makes
// their rows. What the maker gave stands as it was given.
func (w *Writer) outlineAll(ctx context.Context, f *folder) error {
	brief := f.book.Brief
	frame, given := skeleton(brief)
	var whole book.Outline
	var from source
	p := outlinePrompt{planPart: f.planPart(), Concept: f.concept, Bible: f.bible}
	for at := 0; at < len(frame.Chapters); at += batchSize {
		plan := book.Outline{Chapters: frame.Chapters[at:min(at+batchSize, len(frame.Chapters))]}
		p.Outline, p.Plan, p.Position = gist(whole), plan, position{at + 1, len(frame.Chapters)}
		p.Passages = f.passages(planQuery(plan), planPassages)
		q := question{call: "outline", artefact: "outline/" + strconv.Itoa(at/batchSize+1), revision: f.revision("outline"), prompt: p}
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
	if len(frame.Chapters) > batchSize {
		var err error
		if whole, err = w.stitch(ctx, f, whole); err != nil {
			return err
		}
	}
	change := f.change("outline")
	change.Artefacts = append(f.redone("outline"), Artefact{Name: "outline", Body: whole, Inputs: f.outlineMade().String(), Author: from.author, Call: from.call})
	change.Events = []event.Payload{event.OutlineReady{Chapters: len(whole.Chapters), Words: whole.Words()}}
	change.Next = func(_ book.Book, rows []book.Chapter) ([]jobs.Job, []book.Chapter) { return nil, entitled(rows, whole) }
	return w.Shelf.Save(ctx, change)
}

// entitled are the rows of the chapters with the titles and words that an outline
// gives them; those that have none yet get one.
func entitled(rows []book.Chapter, o book.Outline) []book.Chapter {
	list := make([]book.Chapter, len(o.Chapters))
	for i, c := range o.Chapters {
		list[i] = book.Chapter{ID: c.ID, Ordinal: i + 1, State: book.ChapterWaiting, Draft: 1}
		if at := slices.IndexFunc(rows, func(row book.Chapter) bool { return row.ID == c.ID }); at >= 0 {
			list[i] = rows[at]
		}
		list[i].Title, list[i].Target = c.Title, c.Words
	}
	return list
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

// stitchPrompt asks for the seams of an outline.
type stitchPrompt struct {
	planPart
	Concept book.Concept
	Bible   book.Bible
	Outline book.Outline
}

// stitches are what a look over the whole plan changes.
type stitches struct {
	Chapters []stitched `json:"chapters,omitempty"`
}

type stitched struct {
	ID      book.ChapterID `json:"id"`
	Summary string         `json:"summary"`
	Turn    string         `json:"turn,omitempty"`
}

// stitch looks over an outline that was planned in several batches. Summaries and
// turns may change, nothing else.
func (w *Writer) stitch(ctx context.Context, f *folder, o book.Outline) (book.Outline, error) {
	q := question{call: "stitch", artefact: "outline/stitch", revision: f.revision("outline"),
		prompt: stitchPrompt{planPart: f.planPart(), Concept: f.concept, Bible: f.bible, Outline: o}}
	answer, _, err := askFor(ctx, w, f, q, func(s stitches) error {
		for _, c := range s.Chapters {
			if _, i := o.Chapter(c.ID); i < 0 || strings.TrimSpace(c.Summary) == "" {
				return problem.New(problem.Unavailable, "the model's answer cannot be used: it mends a chapter that the outline does not have, or leaves it without a summary")
			}
		}
		return nil
	})
	if err != nil {
		return o, err
	}
	for _, c := range answer.Chapters {
		_, i := o.Chapter(c.ID)
		o.Chapters[i].Summary = c.Summary
		if c.Turn != "" {
			o.Chapters[i].Turn = c.Turn
		}
	}
	return o, nil
}
