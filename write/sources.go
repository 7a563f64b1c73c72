package write

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"quire/book"
	"quire/event"
	"quire/intake"
	"quire/problem"
)

// How many words of the maker's sources go into a question.
const (
	planPassages    = 3000
	chapterPassages = 1500
	mostPassages    = 20
)

// Sourced adds the maker's own sources to a brief: their names go into it, the
// texts are for Start.
func Sourced(brief book.Brief, sources []book.Source) book.Brief {
	brief.Sources = nil
	for _, s := range sources {
		brief.Sources = append(brief.Sources, book.SourceNote{ID: s.ID, Name: s.Name, Priority: s.Priority, Words: s.Words})
	}
	return brief
}

// sourceArtefacts are the sources of a new book as artefacts.
func sourceArtefacts(sources []book.Source) (list []Artefact) {
	for _, s := range sources {
		list = append(list, Artefact{Name: "source/" + s.ID, Body: s, Inputs: inputs(s.ID), Author: person})
	}
	return list
}

// desk holds the sources of the books that were worked on last, so that not every
// stage reads and sorts them again. At its bound the book that was not asked for
// longest goes. The zero value is empty; it is safe for concurrent use.
type desk struct {
	mu    sync.Mutex
	piles []pile // guarded by mu; the one that was asked for last comes last
}

// mostPiles is how many books lie on a desk.
const mostPiles = 8

// take returns the pile of a book, if it is there.
func (d *desk) take(id book.ID) (pile, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.piles, func(p pile) bool { return p.book == id })
	if i < 0 {
		return pile{}, false
	}
	p := d.piles[i]
	d.piles = append(slices.Delete(d.piles, i, i+1), p)
	return p, true
}

// put lays the pile of a book on the desk.
func (d *desk) put(p pile) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.piles = slices.DeleteFunc(d.piles, func(o pile) bool { return o.book == p.book })
	d.piles = append(d.piles[max(len(d.piles)-mostPiles+1, 0):], p)
}

// pile is the sources of one book and where words stand in them.
type pile struct {
	book    book.ID
	sources []book.Source
	index   *intake.Index
}

// sources returns the sources of the folder's book.
func (w *Writer) sources(ctx context.Context, b book.Book) (pile, error) {
	if len(b.Brief.Sources) == 0 {
		return pile{}, nil
	}
	if p, ok := w.desk.take(b.ID); ok {
		return p, nil
	}
	found, err := w.Shelf.Artefacts(ctx, b.ID, "source")
	if err != nil {
		return pile{}, err
	}
	p := pile{book: b.ID}
	for _, note := range b.Brief.Sources {
		var s book.Source
		if err := json.Unmarshal(found["source/"+note.ID], &s); err != nil {
			return pile{}, fmt.Errorf("source %s of book %s: %w", note.ID, b.ID, err)
		}
		p.sources = append(p.sources, s)
	}
	p.index = intake.NewIndex(p.sources)
	w.desk.put(p)
	return p, nil
}

// passages are those of the maker's sources that are nearest to a query, in about
// so many words.
func (f *folder) passages(query string, words int) []book.Passage {
	if f.pile.index == nil {
		return nil
	}
	hits := f.pile.index.Rank(query, mostPassages, words)
	if len(hits) == 0 { // none speaks of it: those about the book
		hits = f.pile.index.Rank(f.book.Brief.Topic+" "+f.book.Brief.Premise, mostPassages, words)
	}
	var list []book.Passage
	for _, hit := range hits {
		list = append(list, hit.Passage)
	}
	return list
}

// knownSources reports a claim that names a passage which no source has.
func (f *folder) knownSources(claims []book.Claim) error {
	known := map[string]bool{}
	for _, s := range f.pile.sources {
		for _, p := range s.Passages {
			known[p.ID] = true
		}
	}
	for _, c := range claims {
		for _, id := range c.Sources {
			if !known[id] {
				return problem.New(problem.Unavailable, "the model's answer cannot be used: the claim %q names the passage %q, which no source has", c.ID, id)
			}
		}
	}
	return nil
}

// chapterQuery is what a chapter is about, as words to look for.
func chapterQuery(c book.OutlineChapter) string {
	parts := append([]string{c.Title, c.Summary, c.Notes}, c.KeyPoints...)
	for _, s := range c.Sections {
		parts = append(append(parts, s.Title, s.Summary), s.KeyPoints...)
	}
	return strings.Join(parts, " ")
}

// planQuery is what several chapters are about.
func planQuery(o book.Outline) string {
	var parts []string
	for _, c := range o.Chapters {
		parts = append(parts, chapterQuery(c))
	}
	return strings.Join(parts, " ")
}

// unsourced marks a claim that no source supports, in a book that has sources.
var unsourced = regexp.MustCompile(`\[\^unsourced\]`)

// cite makes notes of the marks in a manuscript, and a bibliography of the sources
// that are cited. Marks that name no passage are dropped and told.
func (f *folder) cite(m *book.Manuscript) []event.Payload {
	if len(f.pile.sources) == 0 {
		return nil
	}
	texts, found := book.Cite(m.Chapters, f.pile.sources)
	m.Chapters = texts
	open, says := 0, phrasesIn(f.book.Brief.Language)
	for i := range m.Chapters {
		open += markUnsourced(&m.Chapters[i], says.unsourced)
	}
	if entries := book.Bibliography(found.Cited); len(entries) > 0 {
		m.Chapters = append(m.Chapters, book.Text{ID: "bibliography", Title: says.bibliography, Markdown: strings.Join(entries, "\n\n")})
	}
	told := []event.Payload{event.SourcesCited{Notes: found.Notes, Sources: len(found.Cited), Unknown: len(found.Unknown), Unsourced: open}}
	if len(found.Unknown) > 0 {
		told = append(told, event.DecisionMade{
			Type: "citation", Choice: fmt.Sprintf("%d marks left out", len(found.Unknown)), Reason: "they name passages that no source has",
			Confidence: 1, Impact: "sentences that they stood at have no note",
		})
	}
	return told
}

// markUnsourced gives each claim without a source its note, and counts them.
func markUnsourced(text *book.Text, note string) int {
	n := 0
	text.Markdown = unsourced.ReplaceAllStringFunc(text.Markdown, func(string) string {
		n++
		return "[^unsourced-" + strconv.Itoa(n) + "]"
	})
	for i := range n {
		text.Markdown += fmt.Sprintf("\n\n[^unsourced-%d]: %s", i+1, note)
	}
	return n
}

// sourceTexts are the words of all sources, for measuring what was borrowed.
func (p pile) sourceTexts() (list []string) {
	for _, s := range p.sources {
		var text strings.Builder
		for _, passage := range s.Passages {
			text.WriteString(passage.Text + "\n\n")
		}
		list = append(list, text.String())
	}
	return slices.Clip(list)
}
