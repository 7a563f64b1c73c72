package write

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/book"
)

// The parts of a prompt's data, in the order in which they change: what the whole
// book shares, what a wave of chapters shares, and what is one chapter's own.

// bookPart is the same in all calls once the outline stands.
type bookPart struct {
	Brief    book.Brief
	Guidance guide // for those who write and check
	Concept  book.Concept
	Bible    book.Bible
	Outline  book.Outline
}

// wavePart is the same in all calls of a wave.
type wavePart struct {
	Ledger book.Ledger // what earlier waves made true
}

// chapterPart is the same in all calls of a chapter.
type chapterPart struct {
	Position position
	Chapter  book.OutlineChapter
	Beats    book.Beats
	Before   before
	Next     string         // what the chapter after it begins with
	Passages []book.Passage // of the maker's sources
	Notes    string         // what the maker wants of it, when it is written anew
}

// before is how the chapter before ends: its real ending, if it was written in an
// earlier wave, else what is planned.
type before struct {
	Ending  string       `json:"ending,omitempty"`
	Handoff book.Handoff `json:"handoff"`
	Planned bool         `json:"planned,omitempty"`
}

// position is where a chapter stands in the book.
type position struct {
	Ordinal int `json:"ordinal"` // from 1
	Of      int `json:"of"`
}

// How much of a long book goes into a prompt.
const (
	fullOutline   = 40  // chapters; of a longer outline summaries are cut to a sentence
	fullSummaries = 20  // chapters whose summaries are told in full, the latest
	fullFacts     = 500 // facts, the latest
	endingWords   = 600 // of the chapter before
)

// gist is an outline as every prompt of a book can hold it.
func gist(o book.Outline) book.Outline {
	if len(o.Chapters) <= fullOutline {
		return o
	}
	short := book.Outline{Chapters: make([]book.OutlineChapter, len(o.Chapters))}
	for i, c := range o.Chapters {
		c.Summary, c.KeyPoints, c.Notes, c.After = firstSentence(c.Summary), nil, "", nil
		sections := make([]book.OutlineSection, len(c.Sections))
		for j, s := range c.Sections {
			sections[j] = book.OutlineSection{Level: s.Level, Title: s.Title, Words: s.Words}
		}
		c.Sections = sections
		short.Chapters[i] = c
	}
	return short
}

// recall is a ledger as every prompt of a wave can hold it: of chapters long past
// one sentence, of facts the latest.
func recall(l book.Ledger) book.Ledger {
	short := book.Ledger{Facts: l.Facts[max(len(l.Facts)-fullFacts, 0):]}
	for i, s := range l.Summaries {
		if i < len(l.Summaries)-fullSummaries {
			s.Text = firstSentence(s.Text)
		}
		short.Summaries = append(short.Summaries, s)
	}
	return short
}

// firstSentence is the text up to its first full stop.
func firstSentence(text string) string {
	for i, r := range text {
		if strings.ContainsRune(".!?…。！？", r) {
			rest := text[i+len(string(r)):]
			if rest == "" || strings.ContainsRune(" \n”’\"'", rune(rest[0])) || r > unicode.MaxLatin1 {
				return text[:i+len(string(r))]
			}
		}
	}
	return text
}

// lastWords is about the last n words of a text, from the beginning of a
// paragraph if there is one near.
func lastWords(text string, n int) string {
	all := book.Words(text)
	if all <= n {
		return text
	}
	at := len(text) - len(text)*n/all // words are about as long everywhere
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	if i := strings.Index(text[at:], "\n\n"); i >= 0 && i < (len(text)-at)/3 {
		at += i
	} else if i := strings.IndexFunc(text[at:], unicode.IsSpace); i >= 0 && i < 100 {
		at += i
	}
	return strings.TrimSpace(text[at:])
}
