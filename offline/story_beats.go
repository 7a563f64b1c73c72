package offline

import (
	"slices"
	"strings"

	"quire/book"
)

// beats plans the sections of a chapter.
func (story) beats(in *input) book.Beats {
	w := worldOf(in)
	plan := planBook(w, sizesOf(in))
	ordinal := min(max(in.position.Ordinal, 1), len(plan))
	out := book.Beats{Sections: splitChapter(in.brief.Seed, ordinal, in.chapter)}
	scenes := plan[ordinal-1]
	for i := range out.Sections {
		s := scenes[min(i, len(scenes)-1)]
		b := &out.Sections[i]
		b.Scene, b.Place = s.kind, s.place.ID
		b.Cast = []string{w.people["h"].ID, s.other.ID}
		if b.Place == "house" { // a neighbour's, which the concept does not list
			b.Place = w.places[0].ID
		}
		b.Goal, b.Turn = w.note(s, "goal"), w.note(s, "turn")
		b.Facts = w.facts(s)
		b.Opening, b.Ending = classOf(s, "open"), classOf(s, "close")
	}
	sharePoints(&out, in, ordinal)
	return out
}

// classOf names the kind of paragraph that a scene opens or ends with.
func classOf(s *scene, kind string) string {
	for _, u := range s.parts {
		if c := u.piece.tags["c"]; u.piece.kind == kind && len(c) > 0 {
			return c[0]
		}
	}
	return "image"
}

// sharePoints hands what the maker gave for the chapter to its sections: the
// description and points of the chapter over all of them, those of a headed
// section to its own beats.
func sharePoints(out *book.Beats, in *input, ordinal int) {
	points := given(in.brief.Outline, ordinal)
	points = append(points, in.chapter.KeyPoints...)
	for i, p := range distinctPoints(points) {
		at := &out.Sections[i*len(out.Sections)/len(points)]
		at.Points = append(at.Points, p)
	}
	next := -1
	for i := range out.Sections {
		b := &out.Sections[i]
		if b.Level == 0 {
			continue
		}
		next++
		s := in.chapter.Sections[next]
		b.Points = distinctPoints(append(append([]string{s.Summary}, s.KeyPoints...), b.Points...))
	}
}

// given is the description that the maker wrote for the chapter, if any.
func given(outline []book.Heading, ordinal int) []string {
	n := 0
	for _, h := range outline {
		if h.Level != 1 {
			continue
		}
		if n++; n == ordinal && strings.TrimSpace(h.Description) != "" {
			return []string{h.Description}
		}
	}
	return nil
}

// distinctPoints drops empty points and those that were said before.
func distinctPoints(points []string) []string {
	var kept []string
	for _, p := range points {
		if p = strings.TrimSpace(p); p != "" && !slices.Contains(kept, p) {
			kept = append(kept, p)
		}
	}
	return kept
}
