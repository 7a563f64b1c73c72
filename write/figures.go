package write

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/figure"
	"quire/problem"
)

// marker stands in a text where a figure belongs: [INFOGRAPHIC: what it shows].
var marker = regexp.MustCompile(`\[INFOGRAPHIC:\s*([^\]\n]{1,500})\]`)

type figurePrompt struct {
	Brief    book.Brief
	Chapter  book.OutlineChapter
	Passages []book.Passage
	Around   string // the text around the marker
	Shows    string // what the figure is to show
}

// figureAnswer is a figure as a model gives it.
type figureAnswer struct {
	Spec    string `json:"spec"`    // JSON of the figure
	Example bool   `json:"example"` // its numbers are made up as an example
}

// figures makes figures of the markers in chapters of nonfiction, at most three a
// chapter. A marker that no sound figure comes for is left out of the book.
func (w *Writer) figures(ctx context.Context, f *folder) error {
	if err := w.fetch(ctx, f, "chapter", "figures"); err != nil {
		return err
	}
	var open []book.ChapterID
	for _, c := range f.chapters {
		if at := f.at(c.ID); c.State == book.ChapterWritten && !at.drawn() {
			open = append(open, c.ID)
		}
	}
	return w.each(ctx, f, open, w.figuresOf)
}

// pictured reports whether no chapter has a marker without its figure.
func (f *folder) pictured() bool {
	if f.book.Brief.Kind != book.Nonfiction {
		return true
	}
	for _, c := range f.chapters {
		if c.State == book.ChapterWritten && f.current["figures/"+string(c.ID)].Inputs != inputs("figures", f.current["chapter/"+string(c.ID)].Number) {
			return false
		}
	}
	return true
}

// drawn reports whether the chapter's markers have their figures.
func (f *folder) drawn() bool {
	return f.current["figures/"+f.unit].Inputs == inputs("figures", f.current["chapter/"+f.unit].Number)
}

// figuresOf makes the figures of the folder's chapter.
func (w *Writer) figuresOf(ctx context.Context, f *folder) error {
	text, _, err := f.text()
	if err != nil {
		return err
	}
	row := f.chapter()
	made := book.FigureSpecs{Of: inputs(text.Markdown)}
	change := f.change("figures")
	var from source
	for i, at := range marker.FindAllStringSubmatchIndex(text.Markdown, -1) {
		spec := book.FigureSpec{Marker: text.Markdown[at[0]:at[1]]}
		if i < book.MostFigures && f.book.Brief.Figures != "none" {
			answer, s, err := w.figure(ctx, f, text.Markdown, i, at)
			if err != nil {
				return err
			}
			spec.Spec, spec.Example, from = answer.Spec, answer.Example, s
		}
		made.Figures = append(made.Figures, spec)
		if spec.Spec == "" {
			change.Events = append(change.Events, event.DecisionMade{
				Type: "figure", Choice: "left out", Reason: "no sound figure came for it, or the chapter has three", Confidence: 1,
				Alternatives: []string{"a figure"}, Impact: fmt.Sprintf("chapter %d: %s", row.Ordinal, text.Markdown[at[2]:at[3]]),
			})
			continue
		}
		kind := ""
		if parsed, err := figure.Parse([]byte(spec.Spec)); err == nil {
			kind = string(parsed.Kind)
		}
		change.Events = append(change.Events, event.FigureReady{Chapter: row.ID, Ordinal: row.Ordinal, Figure: kind, Example: spec.Example})
	}
	change.Artefacts = []Artefact{{
		Name: "figures/" + f.unit, Body: made, Inputs: inputs("figures", f.current["chapter/"+f.unit].Number), Author: from.author, Call: from.call,
	}}
	return w.Shelf.Save(ctx, change)
}

// aroundFigure is how many bytes of the text on each side a figure's model sees.
const aroundFigure = 3000

// figure asks for one figure. Without a usable answer it is empty.
func (w *Writer) figure(ctx context.Context, f *folder, text string, i int, at []int) (figureAnswer, source, error) {
	p := figurePrompt{
		Brief: f.book.Brief, Chapter: f.plan(), Shows: text[at[2]:at[3]], Passages: f.passages(text[at[2]:at[3]]+" "+f.plan().Title, chapterPassages),
		Around: strings.ToValidUTF8(text[max(at[0]-aroundFigure, 0):min(at[1]+aroundFigure, len(text))], ""),
	}
	known := p.Around
	for _, passage := range p.Passages {
		known += " " + passage.Text
	}
	q := question{call: "figure", artefact: fmt.Sprintf("figure/%s/%d", f.unit, i+1), revision: f.chapter().Draft, prompt: p}
	answer, from, err := askFor(ctx, w, f, q, func(a figureAnswer) error { return soundFigure(a, known) })
	if err != nil {
		if halts(err) || !final(err) {
			return figureAnswer{}, source{}, err
		}
		return figureAnswer{}, source{}, nil
	}
	if answer.Example {
		answer.Spec = noted(answer.Spec)
	}
	return answer, from, nil
}

// soundFigure reports a figure that cannot be drawn, or whose numbers come from
// nowhere and are not called an example.
func soundFigure(a figureAnswer, known string) error {
	bad := func(why string) error {
		return problem.New(problem.Unavailable, "the model's answer cannot be used: %s", why)
	}
	if len(a.Spec) > 20_000 || !json.Valid([]byte(a.Spec)) {
		return bad("the figure is not JSON")
	}
	if _, err := figure.Parse([]byte(a.Spec)); err != nil {
		return bad(problem.Of(err).Detail)
	}
	if a.Example {
		return nil
	}
	given := numbers(known)
	for _, n := range numbers(valuesOf(a.Spec)) {
		if !slices.Contains(given, n) {
			return bad("the number " + n + " of the figure stands neither in the text nor in a source")
		}
	}
	return nil
}

var digits = regexp.MustCompile(`\d+(?:[.,]\d+)*`)

// numbers are the numbers of a text, without marks between thousands.
func numbers(text string) []string {
	var list []string
	for _, n := range digits.FindAllString(text, -1) {
		list = append(list, strings.TrimSuffix(strings.TrimRight(thousandsMark.ReplaceAllString(n, "$1"), ".,"), ".0"))
	}
	return list
}

var thousandsMark = regexp.MustCompile(`,(\d{3})`)

// valuesOf is what a figure shows in numbers: all of its JSON but the keys that
// only say how it is drawn.
func valuesOf(spec string) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(spec), &fields) != nil {
		return spec
	}
	for _, look := range []string{"decimals", "width", "id", "baseline", "total", "direction", "spacing"} {
		delete(fields, look)
	}
	var text strings.Builder
	for _, v := range fields {
		text.Write(v)
		text.WriteByte(' ')
	}
	return text.String()
}

// noted says in a figure that its numbers are an example.
func noted(spec string) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(spec), &fields) != nil {
		return spec
	}
	fields["note"] = json.RawMessage(`"Example: the numbers are made up."`)
	text, err := json.Marshal(fields) // in the order of the keys
	if err != nil {
		return spec
	}
	return string(text)
}

// withFigures is a chapter's text with its figures where their markers stand. A
// marker without one is left out.
func (f *folder) withFigures(text string) (string, error) {
	var made book.FigureSpecs
	if _, err := f.arts.read("figures/"+f.unit, &made); err != nil {
		return "", err
	}
	for _, spec := range made.Figures {
		block := ""
		if spec.Spec != "" {
			block = "\n\n```figure\n" + spec.Spec + "\n```\n\n"
		}
		text = strings.Replace(text, spec.Marker, block, 1)
	}
	return unmarked(text), nil
}

// unmarked is a text without markers of figures.
func unmarked(text string) string {
	return strings.TrimSpace(manyLines.ReplaceAllString(marker.ReplaceAllString(text, ""), "\n\n"))
}

var manyLines = regexp.MustCompile(`\n{3,}`)
