package offline

import (
	"slices"
	"strings"
)

// pick takes the least used piece of the kinds that suits the scene and is not
// longer than most nor used worn times; of equals the first in the seed's order.
func (p *planner) pick(s *scene, kinds []string, most, worn int) (use, bool) {
	var best *piece
	for _, kind := range kinds {
		for _, c := range p.stock.kinds[kind] {
			if c.words <= most && p.uses[c.id] < worn && p.before(c, best) && p.suits(s, c) {
				best = c
			}
		}
	}
	if best == nil {
		return use{}, false
	}
	return p.take(s, best), true
}

// before reports whether c is to be taken rather than best, which may be nil.
func (p *planner) before(c, best *piece) bool {
	if best == nil || p.uses[c.id] != p.uses[best.id] {
		return best == nil || p.uses[c.id] < p.uses[best.id]
	}
	return p.order[c.id] < p.order[best.id]
}

// take counts a use and draws the voice lines that the piece asks for.
func (p *planner) take(s *scene, c *piece) use {
	u := use{piece: c, turn: p.uses[c.id]}
	p.uses[c.id]++
	if c.tells == "recap" {
		if clue := s.clue(); clue != nil {
			p.told[clue.id]++
		}
	}
	for _, slot := range c.lines {
		who := p.who(s, slot[:1])
		line, _ := p.pick(s, []string{"voice." + slot[2:] + "." + who.Voice}, 1000, 1<<30)
		u.lines = append(u.lines, line)
	}
	return u
}

// who is the person behind a letter in the scene.
func (p *planner) who(s *scene, letter string) *person {
	switch letter {
	case "o":
		return s.other
	case "q":
		return s.second
	default:
		return p.person(s.part, letter)
	}
}

// suits reports whether the piece's tags allow it in the scene and nobody would
// be two people in it.
func (p *planner) suits(s *scene, c *piece) bool {
	place := unnumbered(s.place.ID)
	if !c.has("w", s.weather) || !c.has("t", hours[s.hour]) || !c.has("g", p.setting) || !c.has("season", s.season) || !c.has("in", place) {
		return false
	}
	if not := c.tags["not"]; slices.Contains(not, s.other.letter) || slices.Contains(not, place) || slices.Contains(not, p.setting) {
		return false
	}
	if !c.has("who", s.other.letter) || !c.has("topic", p.topicKind()) {
		return false
	}
	if mood := c.tags["mood"]; len(mood) > 0 && !slices.ContainsFunc(mood, func(m string) bool { return slices.Contains(p.moods, m) }) {
		return false
	}
	if c.kind == "open" && s.opening != "" && !c.has("c", s.opening) || c.kind == "close" && s.ending != "" && !c.has("c", s.ending) {
		return false
	}
	if s.solved && c.tags["plot"] != nil || !s.asks && c.tags["asks"] != nil {
		return false
	}
	if c.tells == "recap" && p.toldEnough(s) {
		return false
	}
	if s.busy && strings.Contains(c.roles, "q") {
		return false
	}
	if s.other.letter == "k" && strings.Contains(c.roles, "o") && c.tags["kid"] == nil {
		return false
	}
	return !clashes(c.roles, s.other)
}

// toldEnough reports whether the book has told the scene’s clue again: a
// reader knows it then.
func (p *planner) toldEnough(s *scene) bool {
	clue := s.clue()
	return clue != nil && p.told[clue.id] >= 1
}

// clue is the newest plot step that the protagonist knows in the scene, nil if
// there is none.
func (s *scene) clue() *piece {
	for _, steps := range [][]*piece{s.cores, s.known} {
		for i := len(steps) - 1; i >= 0; i-- {
			if steps[i].notes["recap"] != nil {
				return steps[i]
			}
		}
	}
	return nil
}

// names reports whether a piece names the person of a letter.
func names(c *piece, letter string) bool { return strings.Contains(c.roles, letter) }

// clashes reports whether the roles name other both as o and by their letter.
func clashes(roles string, other *person) bool {
	return strings.Contains(roles, "o") && strings.Contains(roles, other.letter)
}

// topicKind says what the topic gives people to talk about.
func (w *world) topicKind() string {
	switch {
	case w.subject.rumour != "":
		return "rumour"
	case w.subject.thing != "":
		return "thing"
	case w.subject.place != "":
		return "place"
	default:
		return "none"
	}
}
