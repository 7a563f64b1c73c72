package offline

import "quire/book"

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
	sharePoints(&out, in.chapter)
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

// sharePoints hands the chapter's given points to its sections.
func sharePoints(b *book.Beats, c book.OutlineChapter) {
	for i, p := range c.KeyPoints {
		at := i * len(b.Sections) / len(c.KeyPoints)
		b.Sections[at].Points = append(b.Sections[at].Points, p)
	}
}
