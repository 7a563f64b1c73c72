package write

import (
	"context"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/problem"
	"quire/quality"
)

// lockedTries is how often a pass is made anew because somebody locked or changed
// a chapter under it.
const lockedTries = 3

// reviewed reports whether the book was reviewed with its chapters as they are.
func (f *folder) reviewed() bool {
	return f.has("alerts") && f.current["alerts"].Inputs == f.reviewInputs()
}

// reviewInputs names the revisions of the texts that a review looks at.
func (f *folder) reviewInputs() string {
	of := []any{"review"}
	for _, c := range f.chapters {
		of = append(of, c.ID, c.State == book.ChapterWritten, f.current["chapter/"+string(c.ID)].Number)
	}
	return inputs(of...)
}

// review passes over the whole book: what contradicts something earlier is mended
// in the later place, and so is what chapters say in the same words. A pass is one
// change, so a cut leaves the book before it or after it; the alerts tell how many
// passes were made. It ends after the preset's passes, or when one changed nothing:
// then what is left was dismissed, or came twice.
func (w *Writer) review(ctx context.Context, f *folder) error {
	for tries := 0; ; {
		done, err := w.pass(ctx, f)
		switch {
		case err == nil && done:
			return nil
		case err == nil:
			tries = 0
		case problem.Is(err, problem.Conflict) && !halts(err) && tries < lockedTries:
			tries++ // the model's answers are kept, so this costs nothing
		default:
			return err
		}
		again, err := w.open(ctx, f.job, f.run)
		if err != nil {
			return err
		}
		*f = *again
	}
}

// pass is one pass over the book.
type pass struct {
	*folder
	number int // from 1
	story  *continuity
	found  []candidate
	alerts book.Alerts
	edits  map[book.ChapterID]*edit
	events []event.Payload
}

// edit is what a pass does to a chapter.
type edit struct {
	row       book.Chapter
	was       book.ChapterText
	now       book.ChapterText
	delta     book.Delta
	corrected bool // facts of the delta changed
	patches   int
	authors   []string
	call      string
	from      int // revision of the text
}

// pass makes the next pass and reports whether the review is done.
func (w *Writer) pass(ctx context.Context, f *folder) (done bool, err error) {
	p := pass{folder: f, edits: map[book.ChapterID]*edit{}}
	if _, err := f.arts.read("alerts", &p.alerts); err != nil {
		return false, err
	}
	p.number = p.alerts.Round + 1
	if p.number > max(f.preset.Passes, 1) {
		return true, w.endReview(ctx, &p)
	}
	if err := w.fetch(ctx, f, "chapter", "delta"); err != nil {
		return false, err
	}
	if p.story, err = f.continuity(); err != nil {
		return false, err
	}
	p.found = p.story.contradictions()
	p.raise()
	if err := w.judge(ctx, &p); err != nil {
		return false, err
	}
	if err := w.vary(ctx, &p); err != nil {
		return false, err
	}
	if len(p.edits) == 0 {
		return true, w.endReview(ctx, &p)
	}
	p.alerts.Round = p.number
	change, err := p.change()
	if err != nil {
		return false, err
	}
	return false, w.Shelf.Save(ctx, change)
}

// endReview saves the alerts as those of the book as it is.
func (w *Writer) endReview(ctx context.Context, p *pass) error {
	p.alerts.Round = 0
	change := p.folder.change("alerts")
	change.Artefacts = []Artefact{{Name: "alerts", Body: p.alerts, Inputs: p.reviewInputs()}}
	change.Events = p.events
	return w.Shelf.Save(ctx, change)
}

// raise holds what the checks found against the alerts that stand. What is
// dismissed stays so; what is found no more was mended by somebody.
func (p *pass) raise() {
	found := map[string]bool{}
	for _, c := range p.found {
		found[c.ID] = true
	}
	for i := range p.alerts.Alerts {
		a := &p.alerts.Alerts[i]
		if (a.Standing == book.AlertOpen || a.Standing == book.AlertLocked) && !found[a.ID] {
			p.settle(a, book.AlertPatched, "the text says it no more")
		}
	}
	for _, c := range p.found {
		i := slices.IndexFunc(p.alerts.Alerts, func(a book.Alert) bool { return a.ID == c.ID })
		switch {
		case i < 0:
			p.alerts.Alerts = append(p.alerts.Alerts, c.Alert)
		case p.alerts.Alerts[i].Standing == book.AlertPatched: // somebody took the old text back
			p.alerts.Alerts[i] = c.Alert
		default:
			continue
		}
		p.events = append(p.events, event.AlertRaised{ID: c.ID, Type: c.Kind, Subject: c.Subject, Problem: c.Problem, Earlier: c.Earlier, Later: c.Later})
	}
	slices.SortStableFunc(p.alerts.Alerts, func(a, b book.Alert) int {
		if a.Later.Ordinal != b.Later.Ordinal {
			return a.Later.Ordinal - b.Later.Ordinal
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// settle gives an alert another standing.
func (p *pass) settle(a *book.Alert, standing, why string) {
	was := a.Standing
	a.Standing, a.Why = standing, why
	if standing != book.AlertOpen && standing != was {
		p.events = append(p.events, event.AlertSettled{ID: a.ID, Standing: standing, Reason: why})
	}
}

// edit is the chapter's text as the pass has it so far. A person's text, and one
// that is locked, are not for the pass to change: ok is false.
func (p *pass) edit(id book.ChapterID) (e edit, ok bool, err error) {
	if under := p.edits[id]; under != nil {
		return *under, true, nil
	}
	at := p.at(id)
	if at.place() < 0 {
		return e, false, nil
	}
	e.row = at.chapter()
	if e.was, _, err = at.text(); err != nil {
		return e, false, err
	}
	if _, err = p.arts.read("delta/"+string(id), &e.delta); err != nil {
		return e, false, err
	}
	e.now, e.from = e.was, p.current[at.textName()].Number
	return e, !e.row.Locked && e.was.By != book.Edited && e.was.By != book.Kept, nil
}

// longer is how far a patch may move the length of a chapter, as a share.
const longer = 0.1

// worse reports why a text may not stand for the one that an edit has.
func (p *pass) worse(e edit, text string) string {
	was, now := float64(e.now.Words), float64(book.Words(text))
	if now == 0 || now < was*(1-longer) || now > was*(1+longer) {
		return "the patch makes the chapter much longer or shorter"
	}
	in := quality.Setting{Profile: p.profile(), Language: p.book.Brief.Language, Number: e.row.Ordinal}
	before := book.Text{ID: string(e.row.ID), Title: e.row.Title, Markdown: e.now.Markdown}
	after := before
	after.Markdown = text
	if v := quality.Compare(before, after, in); !v.Keeps() {
		return "the patch makes the text worse: " + strings.ToLower(v.Worse[0].Name)
	}
	return ""
}

func (p *pass) profile() quality.Profile {
	return quality.ProfileOf(book.Meta{Kind: p.book.Brief.Kind})
}

// take keeps a text for a chapter.
func (p *pass) take(e edit, text string, from source) *edit {
	e.now = book.NewText(text, e.was.Draft, book.Patched)
	e.now.Round = p.number
	e.patches++
	if !slices.Contains(e.authors, from.author) {
		e.authors = append(e.authors, from.author)
	}
	e.call = from.call
	p.edits[e.row.ID] = &e
	return &e
}

// change is all that the pass does to the book.
func (p *pass) change() (Change, error) {
	change := p.folder.change("review")
	change.Events = p.events
	corrected := false
	for _, row := range p.chapters {
		e := p.edits[row.ID]
		if e == nil {
			continue
		}
		row.Words = e.now.Words
		change.Chapters = append(change.Chapters, row)
		by := strings.Join(e.authors, ", ")
		change.Artefacts = append(change.Artefacts, Artefact{
			Name: "chapter/" + string(row.ID), Body: e.now, Inputs: inputs(e.was.Markdown, e.now.Markdown), Author: by, Call: e.call, Base: e.from,
		})
		if e.corrected {
			corrected = true
			change.Artefacts = append(change.Artefacts, Artefact{Name: "delta/" + string(row.ID), Body: e.delta, Inputs: inputs(e.now.Markdown), Author: by, Call: e.call})
		}
		change.Events = append(change.Events, event.ChapterRevised{Chapter: row.ID, Ordinal: row.Ordinal, Round: p.number, Patches: e.patches, Kept: true})
	}
	if corrected {
		snapshot, err := p.merged()
		if err != nil {
			return change, err
		}
		change.Artefacts = append(change.Artefacts, snapshot)
	}
	change.Artefacts = append(change.Artefacts, Artefact{Name: "alerts", Body: p.alerts})
	return change, nil
}

// merged is the last wave's snapshot with the corrected facts.
func (p *pass) merged() (Artefact, error) {
	last := lastWave(p.chapters)
	s, err := p.snapshot(last)
	if err != nil {
		return Artefact{}, err
	}
	s.Ledger = book.Ledger{}
	for _, c := range p.chapters {
		if c.Wave == 0 || c.State != book.ChapterWritten {
			continue
		}
		var d book.Delta
		if _, err := p.arts.read("delta/"+string(c.ID), &d); err != nil {
			return Artefact{}, err
		}
		if e := p.edits[c.ID]; e != nil {
			d = e.delta
		}
		s.Ledger.Add(c.ID, c.Ordinal, d)
	}
	return Artefact{Name: waveName(last), Body: s, Inputs: s.Of}, nil
}
