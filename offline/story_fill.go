package offline

import (
	"slices"
	"strings"

	"quire/book"
)

// placeAll settles where each scene happens and whom it brings together, from
// the tags of its core.
func (p *planner) placeAll(all []*scene) {
	for i, s := range all {
		s.kind = "errand"
		if len(s.cores) > 0 {
			p.stage(s, s.cores[0])
		}
		if s.other == nil {
			s.other = p.people["a"]
		}
		if s.place.ID == "" {
			s.place = p.place("home")
		}
		s.second = p.extras[(i*5+s.ordinal)%len(p.extras)]
		if s.second == s.other {
			s.second = p.extras[(i*5+s.ordinal+1)%len(p.extras)]
		}
	}
}

// stage reads a core's tags: o is whom the scene meets, at where, t when, kind
// what sort of scene it is.
func (p *planner) stage(s *scene, core *piece) {
	if o := core.tags["o"]; len(o) > 0 {
		s.other = p.people[o[0]]
	}
	if at := core.tags["at"]; len(at) > 0 {
		s.place = p.place(at[0])
	} else if s.place.ID == "" && s.other != nil {
		s.place = p.place(s.other.haunt)
	}
	if k := core.tags["kind"]; len(k) > 0 {
		s.kind = k[0]
	}
	if t := core.tags["t"]; len(t) > 0 && !slices.Contains(t, hours[s.hour]) {
		s.hour = slices.Index(hours, t[0])
	}
}

// recipe is the order of a scene's pieces. Kinds with must stand in every
// scene; the others come in by their rank while there is room.
var recipe = []struct {
	kind string
	rank int // 0 is a must
}{
	{"open", 0}, {"work", 5}, {"walk", 3}, {"aside", 6}, {"arrive", 1}, {"talk", 2},
	{"core", 0}, {"meal", 8}, {"town", 7}, {"motif", 9}, {"think", 4}, {"close", 0},
}

// fill chooses the scene's pieces until its words are reached.
func (p *planner) fill(s *scene) {
	chosen := map[string][]use{}
	room := s.words
	add := func(kind string, u use) {
		chosen[kind] = append(chosen[kind], u)
		room -= u.words()
	}
	for _, c := range s.cores {
		add("core", p.take(s, c))
	}
	for _, must := range []string{"open", "close"} {
		if u, ok := p.pick(s, must, max(room, 20)); ok && room > 40 {
			add(must, u)
		}
	}
	for rank := 1; rank <= 9; rank++ {
		for _, r := range recipe {
			if r.rank != rank || room < 25 || !p.wants(s, r.kind, chosen) {
				continue
			}
			if u, ok := p.pick(s, p.variety(s, r.kind), room+15); ok {
				add(r.kind, u)
			}
		}
	}
	for extra := 0; extra < 12 && room >= 18; extra++ {
		kind := []string{"aside", "town", "think", "aside"}[extra%4]
		if u, ok := p.pick(s, kind, room+12); ok {
			add(kind, u)
		}
	}
	for _, r := range recipe {
		s.parts = append(s.parts, chosen[r.kind]...)
	}
}

// variety names the kind of piece that stands for a place in the recipe: at
// home one is visited, elsewhere one arrives.
func (p *planner) variety(s *scene, kind string) string {
	switch {
	case kind == "arrive" && s.place.ID == "home":
		return "visit"
	case kind == "motif":
		return "motif." + p.motifs
	default:
		return kind
	}
}

// wants reports whether a kind makes sense in the scene.
func (p *planner) wants(s *scene, kind string, chosen map[string][]use) bool {
	here := len(chosen["open"]) > 0 && len(chosen["open"][0].piece.tags["leads"]) > 0
	self := len(s.cores) > 0 && len(s.cores[0].tags["self"]) > 0 // the core brings its people itself
	switch kind {
	case "walk":
		return s.place.ID != "home" && !here
	case "arrive", "talk":
		return !here && !self
	case "think":
		return len(s.known) > 0
	case "work":
		return s.hour < 3
	case "motif":
		return s.ends || s.section == 0
	case "meal":
		return s.place.ID != "wild" && s.hour > 0 && s.hour < 3
	default:
		return true
	}
}

func (u use) words() int { return u.piece.words }

// pick takes the least used piece of the kind that suits the scene and is not
// longer than most; of equals the first in the seed's order.
func (p *planner) pick(s *scene, kind string, most int) (use, bool) {
	var best *piece
	for _, c := range p.stock.kinds[kind] {
		if c.words > most || !p.suits(s, c) {
			continue
		}
		if best == nil || p.uses[c.id] < p.uses[best.id] || p.uses[c.id] == p.uses[best.id] && p.order[c.id] < p.order[best.id] {
			best = c
		}
	}
	if best == nil {
		return use{}, false
	}
	return p.take(s, best), true
}

// take counts a use and draws the voice lines that the piece asks for.
func (p *planner) take(s *scene, c *piece) use {
	u := use{piece: c, turn: p.uses[c.id]}
	p.uses[c.id]++
	for _, slot := range c.lines {
		who := p.who(s, slot[:1])
		kind := "voice." + slot[2:] + "." + who.Voice
		if line, ok := p.pick(s, kind, 1000); ok {
			u.lines = append(u.lines, line)
		} else {
			u.lines = append(u.lines, use{})
		}
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
		return p.people[letter]
	}
}

// suits reports whether the piece's tags allow it in the scene and nobody would
// be two people in it.
func (p *planner) suits(s *scene, c *piece) bool {
	if !c.has("w", s.weather) || !c.has("t", hours[s.hour]) || !c.has("g", p.setting) || !c.has("season", s.season) || !c.has("in", s.place.ID) {
		return false
	}
	if not := c.tags["not"]; slices.Contains(not, s.other.letter) || slices.Contains(not, s.place.ID) || slices.Contains(not, p.setting) {
		return false
	}
	if c.tags["who"] != nil && !c.has("who", s.other.letter) {
		return false
	}
	if mood := c.tags["mood"]; len(mood) > 0 && !slices.ContainsFunc(mood, func(m string) bool { return slices.Contains(p.moods, m) }) {
		return false
	}
	if c.tags["topic"] != nil && !c.has("topic", p.topicKind()) {
		return false
	}
	if s.other.letter == "k" && strings.Contains(c.roles, "o") && c.tags["kid"] == nil {
		return false
	}
	return !clashes(c.roles, s.other)
}

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

// sizesOf lists the words of every section of the book's chapters. Where the
// outline is not whole, each chapter counts like the one at work.
func sizesOf(in *input) [][]int {
	of := max(in.position.Of, in.position.Ordinal, 1)
	sizes := make([][]int, of)
	for i := range sizes {
		c := in.chapter
		if len(in.outline.Chapters) == of {
			c = in.outline.Chapters[i]
		}
		for _, b := range splitChapter(in.brief.Seed, i+1, c) {
			sizes[i] = append(sizes[i], b.Words)
		}
	}
	return sizes
}

// splitChapter divides a chapter into sections of about 700 words. A headed
// section has one or more, the first of which carries its heading.
func splitChapter(seed uint64, ordinal int, c book.OutlineChapter) []book.Beat {
	if len(c.Sections) == 0 {
		return splitWords(seed, ordinal, 0, max(c.Words, 1))
	}
	left, open := max(c.Words, len(c.Sections)), 0
	for _, s := range c.Sections {
		if s.Words > 0 {
			left -= s.Words
		} else {
			open++
		}
	}
	given := left >= open // else the given words do not fit, and shares are equal
	var beats []book.Beat
	rest := max(c.Words, len(c.Sections))
	for i, s := range c.Sections {
		words := s.Words
		switch {
		case i == len(c.Sections)-1:
			words = rest
		case !given:
			words = max(c.Words, len(c.Sections)) / len(c.Sections)
		case words == 0:
			words = left / open
		}
		words = max(words, 1)
		rest -= words
		part := splitWords(seed, ordinal, i+1, words)
		part[0].Level, part[0].Heading = s.Level, s.Title
		beats = append(beats, part...)
	}
	return beats
}

// splitWords cuts words into equal parts of at most 700, a little uneven as
// scenes are; they add up to words.
func splitWords(seed uint64, ordinal, part, words int) []book.Beat {
	k := (words + 699) / 700
	beats := make([]book.Beat, k)
	r := chance(seed, "split", ordinal, part)
	for i := range beats {
		beats[i].Words = words / k
	}
	beats[k-1].Words += words % k
	for i := 0; i+1 < k; i++ {
		d := r.IntN(121) - 60
		if beats[i].Words+d >= 500 && beats[i+1].Words-d >= 500 && beats[i].Words+d <= 900 && beats[i+1].Words-d <= 900 {
			beats[i].Words += d
			beats[i+1].Words -= d
		}
	}
	return beats
}
