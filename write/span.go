package write

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"quire/book"
	"quire/event"
	"quire/llm"
	"quire/problem"
)

// spanPrompt asks for a passage of a chapter anew.
type spanPrompt struct {
	bookPart
	wavePart
	Position position
	Chapter  book.OutlineChapter
	Beats    book.Beats
	Before   string // of the chapter, up to the passage
	Text     string // the passage
	After    string // of the chapter, behind it
	Notes    string
}

// aroundWords is how much of the chapter a passage is seen with, on each side.
const aroundWords = 500

// span writes the passage anew that the maker wants of the folder's chapter. The
// rest of the text stays letter for letter.
func (w *Writer) span(ctx context.Context, f *folder) error {
	if err := w.beginChapter(ctx, f); err != nil {
		return err
	}
	order := f.order()
	var was book.ChapterText
	if _, err := f.arts.read(f.textName(), &was); err != nil {
		return err
	}
	from, to, err := stretch(was.Markdown, order.From, order.To)
	if err != nil {
		return err
	}
	part, err := f.wavePart(f.chapter().Wave)
	if err != nil {
		return err
	}
	sheet, err := f.beatSheet()
	if err != nil {
		return err
	}
	text := was.Markdown
	p := spanPrompt{
		bookPart: f.bookPart(), wavePart: part, Position: f.position(), Chapter: f.plan(), Beats: sheet, Notes: order.Text,
		Before: lastWords(strings.TrimSpace(text[:from]), aroundWords), Text: text[from:to], After: firstWords(strings.TrimSpace(text[to:]), aroundWords),
	}
	q := question{call: "span", artefact: "span/" + f.unit, revision: f.chapter().Draft, prompt: p, words: book.Words(p.Text)}
	var passage string
	source, err := w.ask(ctx, f, q, func(reply string) error {
		if passage = llm.BeforeLoop(clean(reply)); !finished(passage) {
			return problem.New(problem.Unavailable, "the model's answer cannot be used: the passage has no end")
		}
		return book.Section{Words: book.Words(passage)}.Check()
	})
	if err != nil {
		return err
	}
	row := f.chapter()
	t := book.NewText(text[:from]+passage+text[to:], row.Draft, revised(was))
	row.State, row.Words = book.ChapterRunning, t.Words
	change := f.change("passage")
	change.Artefacts = []Artefact{{Name: f.textName(), Body: t, Inputs: inputs(text, order), Author: source.author, Call: source.call}}
	change.Chapters = []book.Chapter{row}
	change.Events = []event.Payload{event.ChapterRevised{Chapter: row.ID, Ordinal: row.Ordinal, Patches: 1, Kept: true}}
	if err := w.Shelf.Save(ctx, change); !errors.Is(err, ErrTheirs) {
		return err
	}
	return nil // a person wrote the chapter meanwhile
}

// patched is the chapter of which one section was written anew. Joined, if nobody
// changed it since its sections were joined; else the text with the new section in
// the place of the old one. The latter is not made of the plan as it is now.
func (f *folder) patched(joined book.ChapterText) (book.ChapterText, string, error) {
	order := f.order()
	var was book.ChapterText
	if _, err := f.arts.read(f.textName(), &was); err != nil {
		return joined, "", err
	}
	hash := inputs(was.Markdown, order)
	if order.Was == "" {
		return joined, hash, nil
	}
	s, _, err := f.section(order.Section - 1)
	if err != nil {
		return joined, "", err
	}
	if strings.Count(was.Markdown, order.Was) != 1 {
		return joined, "", fmt.Errorf("chapter %s: the old section is gone from its text", f.unit)
	}
	return book.NewText(strings.Replace(was.Markdown, order.Was, s.Markdown, 1), joined.Draft, revised(was)), hash, nil
}

// revised is what makes a text of which a part was written anew: the rest of a
// person's words stays theirs.
func revised(was book.ChapterText) book.Origin {
	if was.Theirs() {
		return was.By
	}
	return book.Revised
}

// stretch is where the paragraphs from and to, counted from 1, begin and end in a
// text. They must be there, and none of them may be a heading: those belong to the
// plan.
func stretch(text string, from, to int) (begin, end int, err error) {
	list := paragraphs(text)
	switch {
	case from < 1 || to < 1:
		return 0, 0, problem.New(problem.Invalid, "paragraphs are counted from 1").Try("write the span like 3:5")
	case to < from:
		return 0, 0, problem.New(problem.Invalid, "the span %d:%d ends before it begins", from, to).Try("write it as %d:%d", to, from)
	case to > len(list):
		return 0, 0, problem.New(problem.Invalid, "the chapter has %d paragraphs, so there is no span %d:%d", len(list), from, to).Try("choose paragraphs from 1 to %d", len(list))
	}
	begin, end = list[from-1][0], list[to-1][1]
	for i, at := range list[from-1 : to] {
		if strings.HasPrefix(text[at[0]:], "#") {
			return 0, 0, problem.New(problem.Invalid, "paragraph %d is a heading, which belongs to the outline", from+i).Try("choose a span without it")
		}
	}
	if book.Words(text[begin:end]) == 0 {
		return 0, 0, problem.New(problem.Invalid, "the span %d:%d holds no words", from, to).Try("choose another one")
	}
	return begin, end, nil
}

var (
	fences = regexp.MustCompile("^(```+|~~~+|:::+)")
	blank  = regexp.MustCompile(`^[ \t]*\n?$`)
)

// paragraphs is where each paragraph of a Markdown text begins and ends: what
// stands between empty lines, but a fenced block is one.
func paragraphs(text string) (list [][2]int) {
	begin, at, fence := -1, 0, ""
	for line := range strings.Lines(text) {
		mark := fences.FindString(line)
		switch {
		case fence == "" && blank.MatchString(line):
			if begin >= 0 {
				list = append(list, [2]int{begin, begin + len(strings.TrimRight(text[begin:at], "\n"))})
			}
			begin = -1
		case begin < 0:
			begin, fence = at, mark
		case fence == "" && mark != "":
			fence = mark
		case fence != "" && mark == fence && strings.TrimSpace(line) == fence:
			fence = ""
		}
		at += len(line)
	}
	if begin >= 0 {
		list = append(list, [2]int{begin, begin + len(strings.TrimRight(text[begin:], "\n"))})
	}
	return list
}
