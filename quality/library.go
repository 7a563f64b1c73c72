package quality

import (
	"strings"

	"quire/book"
)

// PlanOf is what a book of the library was meant to be, from the artefacts of
// its making: words asked, names of the concept, beats of each chapter, and
// what the chapters said that must not change. Beats and deltas are by chapter;
// those that are not made yet are left out, and so may all the rest be. Chapters
// stand in the plan by the ID that their text has in the manuscript.
func PlanOf(brief book.Brief, concept book.Concept, outline book.Outline, beats map[book.ChapterID]book.Beats, deltas map[book.ChapterID]book.Delta) Plan {
	plan := Plan{Words: brief.Words, Chapters: map[string]Aim{}, Names: namesOf(concept)}
	for _, c := range outline.Chapters {
		plan.Chapters[string(c.ID)] = Aim{Words: c.Words, Beats: beatsOf(beats[c.ID])}
	}
	plan.Facts = lasting(concept, outline, deltas)
	return plan
}

// namesOf is all names of a concept.
func namesOf(c book.Concept) (list []Name) {
	for _, who := range c.Cast {
		n := Name{Name: who.Name}
		if who.Full != "" && who.Full != who.Name {
			n.Aliases = []string{who.Full}
		}
		list = append(list, n)
	}
	for _, p := range c.Places {
		list = append(list, Name{Name: p.Name})
	}
	return list
}

// beatsOf is what should happen or be said in a chapter, in words: of a scene its
// goal and turn together, and all points. The goal of a section without a scene's
// turn tells the writer how to go on, in words that the text need not have.
func beatsOf(b book.Beats) (list []string) {
	for _, s := range b.Sections {
		if s.Turn != "" {
			list = append(list, s.Goal+" "+s.Turn)
		}
		list = append(list, s.Points...)
	}
	return list
}

// passing are the attributes of what may be otherwise in every chapter.
var passing = set("at has is knows feels wants holds owns carries believes says likes fears needs sees")

// lasting is what the deltas say that must not change: born, age, eyes, hair,
// and numbers with a unit. Of two values the first in reading order stands; an
// age that the ledger lets grow is left out, since time goes by.
func lasting(concept book.Concept, outline book.Outline, deltas map[book.ChapterID]book.Delta) (list []Fact) {
	spoken := map[string]string{}
	for _, c := range concept.Cast {
		spoken[c.ID] = c.Name
	}
	for _, p := range concept.Places {
		spoken[p.ID] = p.Name
	}
	for _, thing := range concept.Things {
		spoken[thing.ID] = thing.Name
	}
	known, grown := map[Fact]int{}, map[int]bool{}
	for _, c := range outline.Chapters {
		for _, f := range deltas[c.ID].Facts {
			fact := Fact{Subject: f.Subject, Attr: strings.ToLower(strings.TrimSpace(f.Attr)), Value: strings.TrimSpace(f.Value)}
			if name := spoken[f.Subject]; name != "" {
				fact.Subject = name
			}
			if fact.Subject == "" || passing[fact.Attr] || !fact.rule().checks() {
				continue
			}
			key := Fact{Subject: fact.Subject, Attr: fact.Attr}
			at, old := known[key]
			if !old {
				known[key] = len(list)
				list = append(list, fact)
			} else if fact.Attr == "age" && numberOf(fact.Value) > numberOf(list[at].Value) {
				grown[at] = true
			}
		}
	}
	kept := list[:0]
	for i, f := range list {
		if !grown[i] {
			kept = append(kept, f)
		}
	}
	return kept
}
