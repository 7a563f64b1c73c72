package offline

import (
	"fmt"
	"strings"

	"quire/book"
)

// observe notes what a chapter made true.
func (story) observe(in *input) book.Delta {
	w := worldOf(in)
	plan := planBook(w, sizesOf(in))
	scenes := plan[min(max(in.position.Ordinal, 1), len(plan))-1]
	last := scenes[len(scenes)-1]
	d := book.Delta{}
	var said []string
	for _, s := range scenes {
		said = append(said, w.note(s, "turn"))
		d.Facts = append(d.Facts, w.facts(s)...)
	}
	d.Summary = clip(strings.Join(said, " "), 700)
	d.Facts = append(d.Facts, book.Fact{Subject: w.people["h"].ID, Attr: "at", Value: placeName(last.place)})
	d.Handoff = book.Handoff{
		Where: placeName(last.place), When: hours[last.hour], Who: []string{w.people["h"].ID, last.other.ID},
		Question: w.question(last.part), Image: lastSentence(in.text),
	}
	return d
}

// facts renders what a scene's cores make true.
func (w *world) facts(s *scene) []book.Fact {
	var facts []book.Fact
	t := &teller{world: w, seed: w.seed, scope: fmt.Sprint("fact", s.ordinal, ".", s.section), scene: s}
	for _, c := range s.cores {
		note := c.notes["fact"]
		if note == nil {
			continue
		}
		fields := strings.SplitN(t.render(note, 0, c.id), "/", 3)
		if len(fields) != 3 {
			continue
		}
		facts = append(facts, book.Fact{Subject: w.subjectID(s.part, fields[0]), Attr: fields[1], Value: fields[2]})
	}
	return facts
}

// subjectID turns the letter of a fact's subject into an ID.
func (w *world) subjectID(at int, letter string) string {
	if p := w.person(at, letter); p != nil {
		return p.ID
	}
	return w.thing(at).ID
}

// lastSentence returns the end of a text, short enough to be handed on.
func lastSentence(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.LastIndex(text, "\n"); i >= 0 {
		text = text[i+1:]
	}
	return clip(text, 200)
}
