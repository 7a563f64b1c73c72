package offline

import (
	"fmt"
	"strings"

	"quire/book"
)

// outline plans a batch of chapters.
func (story) outline(in *input) book.Outline {
	w := worldOf(in)
	plan := planBook(w, outlineSizes(in))
	namer := newNamer(w, in)
	out := book.Outline{}
	for i, c := range in.plan.Chapters {
		ordinal := max(in.position.Ordinal, 1) + i
		scenes := plan[min(ordinal, len(plan))-1]
		if strings.TrimSpace(c.Title) == "" {
			c.Title = namer.name(ordinal, scenes)
		}
		w.describe(&c, scenes)
		out.Chapters = append(out.Chapters, c)
	}
	return out
}

// outlineSizes lists the sections of all chapters as far as they are known; the
// others count like those of the batch.
func outlineSizes(in *input) [][]int {
	first := max(in.position.Ordinal, 1)
	of := max(in.position.Of, first+len(in.plan.Chapters)-1, 1)
	usual := 2000
	if len(in.plan.Chapters) > 0 {
		usual = max(in.plan.Chapters[0].Words, 1)
	}
	sizes := make([][]int, of)
	for i := range sizes {
		c := book.OutlineChapter{Words: usual}
		switch at := i + 1 - first; {
		case i < len(in.outline.Chapters):
			c = in.outline.Chapters[i]
		case at >= 0 && at < len(in.plan.Chapters):
			c = in.plan.Chapters[at]
		}
		for _, b := range splitChapter(in.brief.Seed, i+1, c) {
			sizes[i] = append(sizes[i], b.Words)
		}
	}
	return sizes
}

// describe fills what the chapter's plan leaves open.
func (w *world) describe(c *book.OutlineChapter, scenes []*scene) {
	var goals []string
	seen := map[string]bool{}
	for _, s := range scenes {
		goals = append(goals, w.note(s, "goal"))
		if !seen[s.other.ID] {
			seen[s.other.ID] = true
			if len(c.Cast) < 5 {
				c.Cast = append(c.Cast, s.other.ID)
			}
		}
	}
	if c.Summary == "" {
		c.Summary = strings.Join(goals, " ")
	}
	if c.Place == "" {
		c.Place = w.places[0].ID
		if p := scenes[0].place.ID; p != "house" {
			c.Place = p
		}
	}
	c.Cast = append([]string{w.people["h"].ID}, c.Cast...)
	if c.Turn == "" {
		c.Turn = w.note(scenes[len(scenes)-1], "turn")
	}
}

// note renders a note of the scene's core as a sentence.
func (w *world) note(s *scene, name string) string {
	t := &teller{world: w, seed: w.seed, scope: fmt.Sprint("note", s.ordinal, ".", s.section), scene: s}
	for _, c := range s.cores {
		if n := c.notes[name]; n != nil {
			return polish(t.render(n, 0, c.id))
		}
	}
	switch name {
	case "goal":
		return fmt.Sprintf("%s does %s a good turn at %s.", w.people["h"].Name, s.other.Name, placeName(s.place))
	default:
		return fmt.Sprintf("%s owes %s something now.", s.other.Name, w.people["h"].Name)
	}
}
