package offline

import (
	"slices"
	"strings"
)

// namer gives chapters titles that no other chapter of the book has.
type namer struct {
	*world
	taken map[string]bool
}

func newNamer(w *world, in *input) *namer {
	n := &namer{world: w, taken: map[string]bool{}}
	for _, o := range in.outline.Chapters {
		n.taken[strings.ToLower(strings.TrimSpace(o.Title))] = true
	}
	for _, o := range in.plan.Chapters {
		n.taken[strings.ToLower(strings.TrimSpace(o.Title))] = true
	}
	return n
}

// name chooses a title: of the chapter's plot step if it has one, else of a
// pattern that turns with the chapters.
func (n *namer) name(ordinal int, scenes []*scene) string {
	for _, plot := range []bool{true, false} {
		for i := range scenes {
			s := scenes[len(scenes)-1-i]
			for _, c := range s.cores {
				if slices.Contains(plots, strings.TrimRight(c.kind, ".0123456789")) != plot {
					continue
				}
				if title := n.own(s, c); title != "" {
					return title
				}
			}
		}
	}
	for salt := 0; ; salt++ {
		if title := n.pattern(ordinal, salt, scenes[0]); n.claim(title) {
			return title
		}
	}
}

// own is a title that the core of a scene has for its chapter, "" if all of
// them are taken.
func (n *namer) own(s *scene, c *piece) string {
	for turn := range 3 {
		t := &teller{world: n.world, seed: n.seed, scope: "title", scene: s}
		if title := titled(polish(t.render(c.notes["title"], turn, c.id))); n.claim(title) {
			return title
		}
	}
	return ""
}

// claim takes a title unless another chapter has it.
func (n *namer) claim(title string) bool {
	key := strings.ToLower(title)
	if key == "" || n.taken[key] || len(strings.Fields(title)) > 6 {
		return false
	}
	n.taken[key] = true
	return true
}

// pattern makes a title of nouns; the ordinal decides its shape.
func (n *namer) pattern(ordinal, salt int, s *scene) string {
	word := func(bank string) string { return n.draw(bank, "title", ordinal, salt) }
	noun, other := word("title.noun"), n.draw("title.noun", "second", ordinal, salt)
	switch (ordinal*3 + salt) % 8 {
	case 0:
		return "The " + word("title.adj") + " " + noun
	case 1:
		return noun + " and " + other
	case 2:
		return s.other.Name + " and the " + noun
	case 3:
		return word("title.verb") + " the " + noun
	case 4:
		return "A " + noun + " for " + s.other.Name
	case 5:
		return "The " + noun + " and the " + other
	case 6:
		return word("title.abstract") + " and a " + noun
	default:
		return "What the " + noun + " Was For"
	}
}
