package write

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"quire/book"
)

// How much a judge is asked about: alerts of a pass, and of one question.
const (
	mostJudged  = 60
	judgedAtOne = 10
)

type judgePrompt struct {
	Brief book.Brief // its kind and language only
	Pairs []judged
}

// judged is an alert as the judge sees it: two places, and nothing else of the
// book.
type judged struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind"`
	Subject string      `json:"subject"`
	Problem string      `json:"problem"`
	Was     string      `json:"was,omitempty"`
	Is      string      `json:"is,omitempty"`
	Middle  bool        `json:"middle,omitempty"` // the later place is in the middle third of the book
	Earlier judgedPlace `json:"earlier"`
	Later   judgedPlace `json:"later"`
}

type judgedPlace struct {
	Chapter int    `json:"chapter,omitempty"`
	Quote   string `json:"quote"`
	Around  string `json:"around,omitempty"`
}

// judge asks about what was found and is neither dismissed nor came before in
// this review, in batches, and mends the later places. A judge that gives no
// answer that can be used leaves its alerts open.
func (w *Writer) judge(ctx context.Context, p *pass) error {
	var list []candidate
	for _, c := range p.found {
		a := p.alert(c.ID)
		if a.Standing == book.AlertDismissed || p.number > 1 && a.Why != "" || len(list) == mostJudged {
			continue
		}
		list = append(list, c)
	}
	batch := 0
	for part := range slices.Chunk(list, judgedAtOne) {
		batch++
		rulings, from, err := w.rule(ctx, p, part, batch)
		if err != nil && (halts(err) || !unusable(err)) {
			return err
		}
		for _, c := range part {
			a := p.alert(c.ID)
			i := slices.IndexFunc(rulings.Rulings, func(r book.Ruling) bool { return r.ID == c.ID })
			if i < 0 {
				p.settle(a, book.AlertOpen, "no model could rule on it")
				continue
			}
			if err := p.follow(a, c, rulings.Rulings[i], from); err != nil {
				return err
			}
		}
	}
	return nil
}

// unusable reports whether a question was given up because its answers were of no
// use, and not because the work has to end.
func unusable(err error) bool {
	return final(err) && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
}

// alert is the standing alert with the ID; there is one.
func (p *pass) alert(id string) *book.Alert {
	i := slices.IndexFunc(p.alerts.Alerts, func(a book.Alert) bool { return a.ID == id })
	return &p.alerts.Alerts[i]
}

// rule asks for rulings on some candidates. The places are those of the text as
// the pass found it, so that the question does not hang on other answers.
func (w *Writer) rule(ctx context.Context, p *pass, list []candidate, batch int) (book.Rulings, source, error) {
	prompt := judgePrompt{Brief: p.shortBrief()}
	var ids []string
	for _, c := range list {
		ids = append(ids, c.ID)
		prompt.Pairs = append(prompt.Pairs, judged{
			ID: c.ID, Kind: c.Kind, Subject: c.Subject, Problem: c.Problem, Was: c.was, Is: c.is,
			Middle:  3*c.Later.Ordinal > len(p.chapters) && 3*c.Later.Ordinal <= 2*len(p.chapters),
			Earlier: p.shown(c.Earlier), Later: p.shown(c.Later),
		})
	}
	q := question{call: "judge", artefact: fmt.Sprintf("judge/%d/%d", p.number, batch), prompt: prompt}
	return askFor(ctx, w, p.folder, q, func(r book.Rulings) error { return r.Check(ids) })
}

// shortBrief is what a question that shows no more of the book needs of its brief.
func (p *pass) shortBrief() book.Brief {
	return book.Brief{Kind: p.book.Brief.Kind, Language: p.book.Brief.Language}
}

// shown is an excerpt with what stands around it.
func (p *pass) shown(x book.Excerpt) judgedPlace {
	return judgedPlace{Chapter: x.Ordinal, Quote: x.Quote, Around: p.around(x)}
}

// around is an excerpt's quote with some words before and behind it.
func (p *pass) around(x book.Excerpt) string {
	for _, t := range p.story.chapters {
		if t.id != x.Chapter {
			continue
		}
		if start, end, ok := t.wording.Place(x.Quote); ok {
			return surroundings(t.text, start, end)
		}
	}
	return ""
}

// follow does what a ruling says.
func (p *pass) follow(a *book.Alert, c candidate, r book.Ruling, from source) error {
	a.Severity = r.Severity
	if !r.Contradiction {
		p.settle(a, book.AlertDismissed, r.Why)
		return nil
	}
	e, free, err := p.edit(c.Later.Chapter)
	switch {
	case err != nil:
		return err
	case !free:
		p.settle(a, book.AlertLocked, r.Why)
		return nil
	case r.Right == book.RightLater:
		p.settle(a, book.AlertOpen, r.Why+" The earlier place is the one to mend.")
		return nil
	}
	text, find, ok := patched(e.now.Markdown, p.around(c.Later), r.Find, r.With)
	if !ok {
		p.settle(a, book.AlertOpen, r.Why+" No patch of it fits.")
		return nil
	}
	if why := p.worse(e, text); why != "" {
		p.settle(a, book.AlertOpen, r.Why+" It stays, for "+why+".")
		return nil
	}
	p.correct(p.take(e, text, from), c, find, r.With)
	p.settle(a, book.AlertPatched, r.Why)
	return nil
}

// patched puts with where find stands: once in the text, or once in the passage
// around, which stands in it once. It returns the words as the text had them.
func patched(text, around, find, with string) (now, found string, ok bool) {
	if find == with || strings.TrimSpace(find) == "" {
		return text, find, false
	}
	if !strings.Contains(text, find) {
		if find, ok = book.WordingOf(around).Find(find); !ok {
			return text, find, false
		}
	}
	if strings.Count(around, find) == 1 && strings.Count(text, around) == 1 {
		return strings.Replace(text, around, strings.Replace(around, find, with, 1), 1), find, true
	}
	return strings.Replace(text, find, with, 1), find, strings.Count(text, find) == 1
}

// valued are the kinds of alerts in which one value stands for another; in the
// others, what is wrong is that it happens at all.
var valued = map[string]bool{"age": true, "date": true, "look": true, "name": true, "place": true}

// correct makes the facts of a chapter agree with its patched text, by code: the
// fact of the alert gets the earlier value, or is dropped where no value was wrong,
// and quotes that stand no more are gone.
func (p *pass) correct(e *edit, c candidate, find, with string) {
	words := book.WordingOf(e.now.Markdown)
	attr, _, _ := strings.Cut(c.attr, " ")
	var facts []book.Fact
	for _, f := range e.delta.Facts {
		quote, stands := words.Find(f.Quote)
		if stands || f.Quote == "" {
			if stands && quote != f.Quote {
				f.Quote = quote
			}
			facts = append(facts, f)
			continue
		}
		e.corrected = true
		f.Quote, _ = words.Find(strings.Replace(f.Quote, find, with, 1))
		meant := f.Attr == attr && (p.story.shown(f.Subject) == c.Subject || f.Value == c.Subject || attr == "date")
		if meant && !valued[c.Kind] {
			continue
		}
		if meant {
			f.Value = corrected(f.Value, c.pair)
		}
		facts = append(facts, f)
	}
	e.delta.Facts = facts
}

// corrected is a value with the earlier place's word for the later one's.
func corrected(value string, p pair) string {
	if strings.Contains(value, p.is) && p.is != "" {
		return strings.Replace(value, p.is, p.was, 1)
	}
	return p.was
}
