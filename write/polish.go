package write

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/llm"
	"quire/quality"
)

// polish lets the chapter be read by code and by a critic, and what they find be
// mended, for as many rounds as the preset has: patches before a rewrite, and a
// new version stays only if no measure got worse and the findings are closed.
func (w *Writer) polish(ctx context.Context, f *folder) error {
	in, err := w.setting(ctx, f)
	if err != nil {
		return err
	}
	for round := f.rounds() + 1; round <= f.preset.Rounds; round++ {
		text, _, err := f.text()
		if err != nil {
			return err
		}
		if f.theirs() {
			return w.endPolish(ctx, f, round, checked{})
		}
		r, err := w.check(ctx, f, text, in, round)
		if err != nil {
			return err
		}
		if r.Major() == 0 {
			return w.endPolish(ctx, f, round, r)
		}
		if err := w.mend(ctx, f, text, r, in, round); err != nil {
			return err
		}
	}
	return nil
}

// checked is a review with who gave it.
type checked struct {
	book.Review
	from source
	deaf bool // no critic gave an answer that can be used: code alone has found it
}

// polished is the artefact that tells how far the checking of a chapter is.
type polished struct {
	Draft  int         `json:"draft"`
	Round  int         `json:"round"` // that is done
	Items  []book.Item `json:"items,omitempty"`
	Kept   bool        `json:"kept"` // what was mended stands
	Reason string      `json:"reason,omitempty"`
}

// rounds is how many rounds the chapter's draft has behind it.
func (f *folder) rounds() int {
	var p polished
	if ok, err := f.arts.read("review/"+f.unit, &p); err != nil || !ok || p.Draft != f.chapter().Draft {
		return 0
	}
	return p.Round
}

// setting is what the folder's chapter is measured against: its plan, and the
// chapters of earlier waves.
func (w *Writer) setting(ctx context.Context, f *folder) (quality.Setting, error) {
	in := quality.Setting{Profile: quality.ProfileOf(book.Meta{Kind: f.book.Brief.Kind}), Language: f.book.Brief.Language, Number: f.place() + 1}
	if err := w.fetch(ctx, f, "beats", "chapter", "delta"); err != nil {
		return in, err
	}
	sheets, deltas := map[book.ChapterID]book.Beats{}, map[book.ChapterID]book.Delta{}
	var texts []book.Text
	var numbers []int
	for i, c := range f.chapters {
		at := f.at(c.ID)
		sheet, err := at.beatSheet()
		if err != nil {
			return in, err
		}
		sheets[c.ID] = sheet
		if c.Wave >= f.chapter().Wave || c.State != book.ChapterWritten {
			continue
		}
		t, _, err := at.text()
		if err != nil {
			return in, err
		}
		var d book.Delta
		if _, err := f.arts.read("delta/"+string(c.ID), &d); err != nil {
			return in, err
		}
		deltas[c.ID] = d
		texts, numbers = append(texts, book.Text{ID: string(c.ID), Title: c.Title, Markdown: t.Markdown}), append(numbers, i+1)
	}
	in.Plan = quality.PlanOf(f.book.Brief, f.concept, f.outline, sheets, deltas)
	in.Plan.Banned = append(in.Plan.Banned, f.bible.Banned...)
	in.Others = quality.ReadOthers(texts, numbers, f.book.Brief.Language)
	return in, nil
}

type checkPrompt struct {
	bookPart
	wavePart
	Position position
	Chapter  book.OutlineChapter
	Beats    book.Beats
	Counted  []book.Item // found by code
	Text     string
	Middle   bool // the chapter stands in the middle third, where most goes wrong
}

// check asks a critic about the chapter; what code counted comes with it. Findings
// whose quote does not stand in the text once are about the whole chapter.
func (w *Writer) check(ctx context.Context, f *folder, text book.ChapterText, in quality.Setting, round int) (checked, error) {
	counted := count(f, text, in)
	part, err := f.wavePart(f.chapter().Wave)
	if err != nil {
		return checked{}, err
	}
	sheet, err := f.beatSheet()
	if err != nil {
		return checked{}, err
	}
	at := f.position()
	p := checkPrompt{
		bookPart: f.bookPart(), wavePart: part, Position: at, Chapter: f.plan(), Beats: sheet, Counted: counted,
		Text: text.Markdown, Middle: 3*at.Ordinal > at.Of && 3*at.Ordinal <= 2*at.Of,
	}
	q := question{call: "check", artefact: fmt.Sprintf("check/%s/%d", f.unit, round), revision: f.chapter().Draft, prompt: p}
	answer, from, err := askFor(ctx, w, f, q, book.Review.Check)
	if err != nil {
		if halts(err) || !final(err) {
			return checked{}, err
		}
		answer = book.Review{} // no usable critic: what was counted stands
	}
	r := checked{from: from, deaf: err != nil}
	for _, i := range append(counted, answer.Items...) {
		if strings.Count(text.Markdown, i.Quote) != 1 {
			i.Quote = ""
		}
		r.Items = append(r.Items, i)
	}
	return r, nil
}

// count is what code finds in the chapter: breakage is major, style minor.
func count(f *folder, text book.ChapterText, in quality.Setting) []book.Item {
	report := quality.MeasureChapter(f.measured(text.Markdown), in)
	var items []book.Item
	for _, x := range quality.Findings(report) {
		severity := book.Minor
		if x.Severity == quality.Major {
			severity = book.Major
		}
		items = append(items, book.Item{Severity: severity, Kind: x.Metric, Quote: x.Quote, Problem: x.Note, Fix: x.Do})
	}
	return items
}

// measured is the folder's chapter with a text, as it is measured.
func (f *folder) measured(markdown string) book.Text {
	return book.Text{ID: f.unit, Title: f.chapter().Title, Numbered: true, Markdown: markdown}
}

// rewriteShare is from how many sentences touched a chapter is written anew
// instead of patched (writing.md §4.1).
const rewriteShare = 0.3

type mendPrompt struct {
	bookPart
	wavePart
	Position position
	Chapter  book.OutlineChapter
	Beats    book.Beats
	Review   book.Review
	Text     string
}

// mend asks for patches of what was found, or, if they would touch too much, for
// the chapter anew, and keeps the better version.
func (w *Writer) mend(ctx context.Context, f *folder, text book.ChapterText, r checked, in quality.Setting, round int) error {
	part, err := f.wavePart(f.chapter().Wave)
	if err != nil {
		return err
	}
	sheet, err := f.beatSheet()
	if err != nil {
		return err
	}
	p := mendPrompt{bookPart: f.bookPart(), wavePart: part, Position: f.position(), Chapter: f.plan(), Beats: sheet, Review: r.Review, Text: text.Markdown}
	v := version{round: round, review: r}
	if touched(text.Markdown, r.Items) > rewriteShare {
		err = w.rewrite(ctx, f, p, &v)
	} else {
		err = w.patch(ctx, f, p, &v)
	}
	if err != nil {
		if halts(err) || !final(err) {
			return err
		}
		v.reason = "no usable answer came"
	}
	return w.keepBetter(ctx, f, text, v, in)
}

// version is a new text of a chapter.
type version struct {
	round   int
	review  checked
	text    string // "" is none
	patches int    // places that changed
	from    source
	reason  string // why it does not stand
}

// touched is the share of a text's sentences that findings speak of; one about
// the whole chapter counts for a tenth.
func touched(text string, items []book.Item) float64 {
	sentences, hit := 1, 0.0
	for _, r := range text {
		if strings.ContainsRune(sentenceEnds, r) {
			sentences++
		}
	}
	for _, i := range items {
		if i.Severity != book.Major {
			continue
		}
		if i.Quote == "" {
			hit += float64(sentences) / 10
			continue
		}
		hit += 1 + float64(strings.Count(i.Quote, "."))
	}
	return hit / float64(sentences)
}

// patch asks for changes of single passages.
func (w *Writer) patch(ctx context.Context, f *folder, p mendPrompt, v *version) error {
	q := question{call: "mend", artefact: fmt.Sprintf("mend/%s/%d", f.unit, v.round), revision: f.chapter().Draft, prompt: p}
	answer, from, err := askFor(ctx, w, f, q, func(a book.Patches) error { return a.Check(p.Text) })
	if err != nil {
		return err
	}
	v.from = from
	v.text, v.patches = answer.Apply(p.Text)
	return nil
}

// rewrite asks for the chapter anew.
func (w *Writer) rewrite(ctx context.Context, f *folder, p mendPrompt, v *version) error {
	q := question{call: "rewrite", artefact: fmt.Sprintf("rewrite/%s/%d", f.unit, v.round), revision: f.chapter().Draft, prompt: p, words: f.plan().Words}
	from, err := w.ask(ctx, f, q, func(reply string) error {
		v.text = llm.BeforeLoop(clean(reply))
		return book.Section{Words: book.Words(v.text)}.Check()
	})
	if err == nil && !finished(v.text) {
		v.text, v.reason = "", "the new text has no end"
	}
	v.from = from
	return err
}

// keepBetter saves the new version if no measure got worse and what was quoted is
// gone; else the chapter stays as it is. The decision is told.
func (w *Writer) keepBetter(ctx context.Context, f *folder, was book.ChapterText, v version, in quality.Setting) error {
	if v.reason == "" {
		v.reason = f.worse(was, v, in)
	}
	row := f.chapter()
	change := f.change("revision")
	state := polished{Draft: row.Draft, Round: v.round, Items: v.review.Items, Kept: v.reason == "", Reason: v.reason}
	change.Artefacts = []Artefact{{Name: "review/" + f.unit, Body: state, Inputs: inputs(was.Markdown), Author: v.review.from.author, Call: v.review.from.call}}
	change.Events = f.checkedEvents(v.round, v.review)
	if v.reason == "" {
		text := book.NewText(v.text, was.Draft, book.Revised)
		text.Round, row.Words = v.round, text.Words
		change.Chapters = []book.Chapter{row}
		change.Artefacts = append(change.Artefacts, Artefact{Name: f.textName(), Body: text, Inputs: inputs(was.Markdown, v.review.Items), Author: v.from.author, Call: v.from.call})
	}
	choice := map[bool]string{true: "the mended text", false: "the text as it was"}
	change.Events = append(change.Events,
		event.ChapterRevised{Chapter: row.ID, Ordinal: row.Ordinal, Round: v.round, Patches: v.patches, Kept: v.reason == "", Reason: v.reason},
		event.DecisionMade{
			Type: "revision", Choice: choice[v.reason == ""], Reason: orElse(v.reason, "what was quoted is mended and no measure got worse"),
			Confidence: 1, Alternatives: []string{choice[v.reason != ""]}, Impact: fmt.Sprintf("chapter %d", row.Ordinal),
		})
	if err := w.Shelf.Save(ctx, change); err != nil && !errors.Is(err, ErrLocked) {
		return err
	}
	return w.fetch(ctx, f, f.textName(), "review/"+f.unit)
}

// headings finds the headings of a text.
var headings = regexp.MustCompile(`(?m)^#{1,6} .*$`)

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// worse says why a new version may not stand, "" if it may.
func (f *folder) worse(was book.ChapterText, v version, in quality.Setting) string {
	switch {
	case v.text == "" || v.text == was.Markdown:
		return "nothing changed"
	case !finished(v.text):
		return "the new text has no end"
	}
	if !slices.Equal(headings.FindAllString(was.Markdown, -1), headings.FindAllString(v.text, -1)) {
		return "a heading changed"
	}
	open := slices.ContainsFunc(v.review.Items, func(i book.Item) bool {
		return i.Severity == book.Major && i.Quote != "" && strings.Contains(v.text, i.Quote)
	})
	if open {
		return "a passage that was found fault with still stands"
	}
	verdict := quality.Compare(f.measured(was.Markdown), f.measured(v.text), in)
	if !verdict.Keeps() {
		x := verdict.Worse[0]
		return fmt.Sprintf("%s (%s) got worse: %.4g, was %.4g", x.Name, x.ID, x.After, x.Before)
	}
	return ""
}

// checkedEvents tell what a round found, and if no critic could be had.
func (f *folder) checkedEvents(round int, r checked) []event.Payload {
	row, major := f.chapter(), r.Major()
	list := []event.Payload{event.ChapterChecked{Chapter: row.ID, Ordinal: row.Ordinal, Round: round, Major: major, Minor: len(r.Items) - major}}
	if r.deaf {
		list = append(list, event.DecisionMade{
			Type: "critic", Choice: "only what code counts", Reason: "no usable answer came from the critic", Confidence: 1,
			Alternatives: []string{"give the chapter up"}, Impact: fmt.Sprintf("chapter %d", row.Ordinal),
		})
	}
	return list
}

// endPolish records that the chapter needs no further round.
func (w *Writer) endPolish(ctx context.Context, f *folder, round int, r checked) error {
	text, _, err := f.text()
	if err != nil {
		return err
	}
	state := polished{Draft: f.chapter().Draft, Round: max(round, f.preset.Rounds), Items: r.Items, Kept: true}
	change := f.change("review")
	change.Artefacts = []Artefact{{Name: "review/" + f.unit, Body: state, Inputs: inputs(text.Markdown), Author: r.from.author, Call: r.from.call}}
	change.Events = f.checkedEvents(round, r)
	if err := w.Shelf.Save(ctx, change); err != nil {
		return err
	}
	return w.fetch(ctx, f, "review/"+f.unit)
}
