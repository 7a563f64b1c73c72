package offline

import (
	"fmt"
	"slices"
	"strings"

	"quire/book"
)

// draft writes one section.
func (story) draft(in *input) string {
	w := worldOf(in)
	plan := planBook(w, sizesOf(in))
	s := sceneAt(plan, in)
	w.obey(s, in)
	t := &teller{world: w, seed: w.seed, scope: fmt.Sprint(s.ordinal, ".", s.section), scene: s, shift: max(in.task.Revision, 1) + max(in.task.Attempt, 1) - 2}
	return t.tell(s, in.task.Words)
}

// sceneAt finds the scene of the section that is asked for.
func sceneAt(plan [][]*scene, in *input) *scene {
	chapter := plan[min(max(in.position.Ordinal, 1), len(plan))-1]
	return chapter[min(max(in.section, 0), len(chapter)-1)]
}

// obey lets the beat, which a person may have changed, overrule the plan.
func (w *world) obey(s *scene, in *input) {
	if in.section >= len(in.sheet.Sections) {
		return
	}
	beat := in.sheet.Sections[in.section]
	s.points = beat.Points
	for _, p := range w.places {
		if p.ID == beat.Place && s.place.ID != "house" {
			s.place = p
		}
	}
}

// tell writes the scene in about the given words.
func (t *teller) tell(s *scene, words int) string {
	if words < 1 {
		words = s.words
	}
	var parts []string
	for _, u := range s.parts {
		parts = append(parts, t.part(u))
	}
	parts = t.fit(s, parts, words)
	return strings.Join(parts, "\n\n")
}

// part writes one piece.
func (t *teller) part(u use) string {
	t.lines = slices.Clone(u.lines)
	return polish(t.render(u.piece.text, u.turn, u.piece.id))
}

// fit drops parts that may go, then whole paragraphs from the end of the
// second last part, until the text is short enough.
func (t *teller) fit(s *scene, parts []string, words int) []string {
	total := func() int { return book.Words(strings.Join(parts, "\n\n")) }
	for i := len(parts) - 2; i > 0 && total()*100 > words*108; i-- {
		kind := s.parts[i].piece.kind
		size := book.Words(parts[i])
		if slices.Contains([]string{"aside", "aside.out", "aside.in", "street", "inside", "think", "work", "walk", "meal"}, kind) && (total()-size)*100 >= words*92 {
			parts = slices.Delete(parts, i, i+1)
			s.parts = slices.Delete(slices.Clone(s.parts), i, i+1)
		}
	}
	if total()*100 <= words*111 {
		return parts
	}
	return trim(parts, words)
}

// trim cuts sentences off the end of the text until it has at most a tenth more
// than the given words.
func trim(parts []string, words int) []string {
	paragraphs := strings.Split(strings.Join(parts, "\n\n"), "\n\n")
	for len(paragraphs) > 1 && book.Words(strings.Join(paragraphs, " "))*100 > words*111 {
		cut := len(paragraphs) - 1
		if len(paragraphs) > 3 {
			cut--
		}
		paragraphs = slices.Delete(paragraphs, cut, cut+1)
	}
	return paragraphs
}
