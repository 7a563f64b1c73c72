package write

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
)

//go:embed prompts/directions.txt
var directionWords string

// planPart is what all questions about the plan of a book share.
type planPart struct {
	Brief    book.Brief
	Guidance guide // for those who plan
}

func (f *folder) planPart() planPart {
	return planPart{f.book.Brief, guidance(f.book.Brief, book.Enhancement.Plans)}
}

type conceptPrompt struct {
	planPart
	Directions []book.Direction
	Passages   []book.Passage
}

// concept asks for the idea of the book, in one of the directions that the seed
// draws. A title that the maker gave stands.
func (w *Writer) concept(ctx context.Context, f *folder) error {
	brief := f.book.Brief
	drawn, picked, err := f.directions()
	if err != nil {
		return err
	}
	p := conceptPrompt{planPart: f.planPart(), Directions: drawn, Passages: f.passages(brief.Topic+" "+brief.Premise, planPassages)}
	q := question{call: "concept", artefact: "concept", revision: f.revision("concept"), prompt: p}
	c, from, err := askFor(ctx, w, f, q, func(c book.Concept) error {
		if err := c.Check(brief.Kind); err != nil {
			return err
		}
		return c.CheckNames(brief)
	})
	if err != nil {
		return err
	}
	if brief.Title != "" {
		c.Title = brief.Title
	}
	switch {
	case picked > 0:
		c.Directions, c.Chosen, c.Because = f.concept.Directions, picked, "the maker chose it"
	case len(c.Directions) == 0 && slices.Contains(brief.Approve, "concept"):
		c.Directions = drawn // so that the maker can take one of them
	}
	change := f.change("concept")
	change.Then = &Standing{State: book.Running, Title: c.Title}
	change.Artefacts = append(f.redone("concept"),
		Artefact{Name: "concept", Body: c, Inputs: f.conceptMade().String(), Author: from.author, Call: from.call})
	change.Events = []event.Payload{event.ConceptReady{Title: c.Title, Logline: c.Logline}}
	if brief.Inferred != "" {
		change.Events = append(change.Events, event.DecisionMade{Type: "kind", Choice: string(brief.Kind), Reason: brief.Inferred, Confidence: 0.8,
			Alternatives: []string{string(other(brief.Kind))}, Impact: "decides stages, prompts and measures of the whole book"})
	}
	if c.Chosen > 0 {
		change.Events = append(change.Events, chosen(c))
	}
	change.Events = append(change.Events, enhancements(brief)...)
	return w.Shelf.Save(ctx, change)
}

// directions are those that the concept may take: what the seed draws, or the one
// that the maker picked, by its number.
func (f *folder) directions() (drawn []book.Direction, picked int, err error) {
	s, err := f.steering()
	if err != nil {
		return nil, 0, err
	}
	if n := s.Direction; n > 0 && n <= len(f.concept.Directions) {
		return f.concept.Directions[n-1 : n], n, nil
	}
	return draw(f.book.Brief, f.preset.Draws), 0, nil
}

func other(k book.Kind) book.Kind {
	if k == book.Fiction {
		return book.Nonfiction
	}
	return book.Fiction
}

// chosen tells which direction a book takes. A choice of many is less sure.
func chosen(c book.Concept) event.Payload {
	d := event.DecisionMade{Type: "direction", Choice: label(c.Directions[c.Chosen-1]), Reason: c.Because,
		Confidence: 1 / float64(len(c.Directions)), Impact: "decides structure, view and motif of the whole book"}
	for i, other := range c.Directions {
		if i != c.Chosen-1 {
			d.Alternatives = append(d.Alternatives, label(other))
		}
	}
	return d
}

func label(d book.Direction) string {
	if d.Title == "" {
		return d.Structure + "; " + d.View
	}
	return d.Title + ": " + d.Structure
}

// draw draws n directions for a brief: structure, view and motif follow from its
// seed, so that books differ by their structure and not by a model's temperature
// (writing.md §2, Echoes in AI).
func draw(brief book.Brief, n int) []book.Direction {
	lists := map[string][]string{}
	kind := ""
	for line := range strings.Lines(directionWords) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "# "); ok {
			kind = name
		} else if line != "" {
			lists[kind] = append(lists[kind], line)
		}
	}
	random := chance(brief.Seed, "directions")
	pick := func(list string) []string {
		words := lists[string(brief.Kind)+" "+list]
		random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		return words
	}
	structures, views, motifs := pick("structures"), pick("views"), pick("motifs")
	var drawn []book.Direction
	for i := range n {
		drawn = append(drawn, book.Direction{
			Structure: structures[i%len(structures)], View: views[i%len(views)], Motif: motifs[i%len(motifs)],
		})
	}
	return drawn
}

// chance is a source of choices that follows from the parts alone.
func chance(parts ...any) *rand.Rand {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16]))) //nolint:gosec // choices that must repeat
}

type biblePrompt struct {
	planPart
	Concept  book.Concept
	Passages []book.Passage
}

// bible asks for what everybody who writes a part of the book must know. Phrases
// that the maker banned are banned.
func (w *Writer) bible(ctx context.Context, f *folder) error {
	brief := f.book.Brief
	p := biblePrompt{planPart: f.planPart(), Concept: f.concept, Passages: f.passages(brief.Topic+" "+f.concept.Logline, planPassages)}
	q := question{call: "bible", artefact: "bible", revision: f.revision("bible"), prompt: p}
	b, from, err := askFor(ctx, w, f, q, func(b book.Bible) error {
		if err := f.knownSources(b.Claims); err != nil {
			return err
		}
		return b.Check(f.concept, brief.Chapters)
	})
	if err != nil {
		return err
	}
	b.Banned = append(b.Banned, brief.Banned...)
	change := f.change("bible")
	change.Artefacts = append(f.redone("bible"), Artefact{Name: "bible", Body: b, Inputs: f.bibleMade().String(), Author: from.author, Call: from.call})
	unsourced := 0
	for _, c := range b.Claims {
		if len(c.Sources) == 0 {
			unsourced++
		}
	}
	change.Events = []event.Payload{event.BibleReady{
		Characters: len(b.Characters), Threads: len(b.Threads), Terms: len(b.Glossary), Claims: len(b.Claims), Unsourced: unsourced,
	}}
	return w.Shelf.Save(ctx, change)
}
