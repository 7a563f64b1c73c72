package write

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/quality"
)

// Repeats across chapters that are varied: by which measures, the words that one
// has at least, and how many a pass takes.
const (
	leastAgain = 5
	mostVaried = 12
)

var repeatMeasures = []string{"M5", "M6", "M12"}

type varyPrompt struct {
	Brief   book.Brief // its kind and language only
	Note    string
	Again   string
	Passage string
}

// repeat is a passage that another chapter has too.
type repeat struct {
	chapter book.ChapterID
	quote   string
	passage string // the paragraphs around it; they stand in the chapter once
	note    string
}

// vary asks for other words where chapters say a thing in the same ones, if that
// is so often that a measure is red. What comes is kept if the repeat is gone and
// the text no worse.
func (w *Writer) vary(ctx context.Context, p *pass) error {
	list, err := p.repeats()
	if err != nil {
		return err
	}
	for i, r := range list {
		q := question{
			call: "vary", artefact: fmt.Sprintf("vary/%d/%d", p.number, i+1),
			prompt: varyPrompt{Brief: p.shortBrief(), Note: r.note, Again: r.quote, Passage: r.passage},
		}
		answer, from, err := askFor(ctx, w, p.folder, q, func(a book.Patches) error { return a.Check(r.passage) })
		if err != nil {
			if halts(err) || !unusable(err) {
				return err
			}
			continue // the passage stays
		}
		if err := p.varied(r, answer, from); err != nil {
			return err
		}
	}
	return nil
}

// varied puts a varied passage into its chapter if it is better.
func (p *pass) varied(r repeat, answer book.Patches, from source) error {
	e, free, err := p.edit(r.chapter)
	if err != nil || !free || strings.Count(e.now.Markdown, r.passage) != 1 {
		return err
	}
	passage, n := answer.Apply(r.passage)
	if n == 0 {
		return nil
	}
	text := strings.Replace(e.now.Markdown, r.passage, passage, 1)
	why := p.worse(e, text)
	if _, still := book.WordingOf(passage).Find(r.quote); still {
		why = "the words are still there"
	}
	if was, now := float64(book.Words(r.passage)), float64(book.Words(passage)); now < was*(1-3*longer) || now > was*(1+3*longer) {
		why = "the passage is much longer or shorter"
	}
	if why != "" {
		p.events = append(p.events, event.ChapterRevised{Chapter: e.row.ID, Ordinal: e.row.Ordinal, Round: p.number, Patches: n, Reason: why})
		return nil
	}
	under := p.take(e, text, from)
	p.requote(under)
	return nil
}

// requote drops the quotes of facts that a varied passage does not say any more;
// the facts stand, since only the words changed.
func (p *pass) requote(e *edit) {
	words := book.WordingOf(e.now.Markdown)
	e.delta.Facts = slices.Clone(e.delta.Facts)
	for i := range e.delta.Facts {
		f := &e.delta.Facts[i]
		if _, stands := words.Find(f.Quote); !stands && f.Quote != "" {
			f.Quote, e.corrected = "", true
		}
	}
}

// repeats are the places of later chapters that speak for a red measure of
// repeats across chapters. A text that is too short for a score has none: a few
// common words are a large share of it.
func (p *pass) repeats() (list []repeat, err error) {
	m := book.Manuscript{Meta: book.Meta{Language: p.book.Brief.Language, Kind: p.book.Brief.Kind}}
	for _, c := range p.chapters {
		if c.State != book.ChapterWritten {
			continue
		}
		e, _, err := p.edit(c.ID)
		if err != nil {
			return nil, err
		}
		m.Chapters = append(m.Chapters, book.Text{ID: string(c.ID), Title: c.Title, Markdown: e.now.Markdown})
	}
	report := quality.Measure(m, p.profile())
	if report.Score == nil {
		return nil, nil
	}
	for _, found := range quality.Findings(report) {
		if !slices.Contains(repeatMeasures, found.Metric) || book.Words(found.Quote) < leastAgain || found.Chapter < 1 || len(list) == mostVaried {
			continue
		}
		r, ok := laterPlace(m.Chapters, found)
		if _, free, err := p.edit(r.chapter); err != nil || !ok || !free {
			if err != nil {
				return nil, err
			}
			continue
		}
		same := func(x repeat) bool { return x.chapter == r.chapter && (x.passage == r.passage || x.quote == r.quote) }
		if !slices.ContainsFunc(list, same) {
			list = append(list, r)
		}
	}
	return list, nil
}

// laterPlace is where a finding is to be mended: in the last chapter that has its
// words. Openings and endings are those of their own chapter.
func laterPlace(chapters []book.Text, found quality.Finding) (repeat, bool) {
	at := found.Chapter - 1
	start, end := found.Start, found.End
	if found.Metric != "M12" {
		for i := len(chapters) - 1; i > at; i-- {
			if s, e, ok := book.WordingOf(chapters[i].Markdown).Place(found.Quote); ok {
				at, start, end = i, s, e
				break
			}
		}
	}
	text := chapters[at].Markdown
	if at == 0 || start < 0 || end > len(text) || start >= end {
		return repeat{}, false
	}
	from := strings.LastIndex(text[:start], "\n\n") + 1
	if from > 0 {
		from++
	}
	to := len(text)
	if i := strings.Index(text[end:], "\n\n"); i >= 0 {
		to = end + i
	}
	r := repeat{chapter: book.ChapterID(chapters[at].ID), quote: text[start:end], passage: text[from:to], note: strings.TrimSpace(found.Note + ". " + found.Do)}
	return r, strings.Count(text, r.passage) == 1
}
