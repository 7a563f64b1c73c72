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

// recipe is the order of a scene's pieces, and the kinds that each place of it
// takes. Rank 0 must stand; the others come in by rank while there is room.
var recipe = []struct {
	slot  string
	rank  int
	kinds []string
}{
	{"open", 0, []string{"open"}}, {"work", 6, []string{"work"}}, {"walk", 3, []string{"walk"}},
	{"way", 7, []string{"street", "aside.out", "aside"}}, {"arrive", 2, []string{"arrive"}},
	{"settle", 4, []string{"tale", "inside", "meal"}}, {"talk", 1, []string{"talk"}}, {"core", 0, nil},
	{"report", 3, []string{"report"}}, {"motif", 0, nil}, {"think", 5, []string{"think"}}, {"close", 0, []string{"close"}},
}

// fill chooses the scene's pieces until its words are reached.
func (p *planner) fill(s *scene) {
	f := &filling{planner: p, scene: s, chosen: map[string][]use{}, room: s.words}
	for _, c := range s.cores {
		u := p.take(s, c)
		if c.kind == "errand" { // was counted when it was chosen
			u.turn = s.errand
			p.uses[c.id]--
		}
		f.add("core", u)
	}
	if s.motif != nil && f.room > s.motif.words {
		f.add("motif", p.take(s, s.motif))
	}
	for _, must := range []string{"open", "close"} {
		f.try(must, []string{must}, f.room-20)
	}
	f.round()
	f.stale = true
	f.round()
	for _, r := range recipe {
		s.parts = append(s.parts, f.chosen[r.slot]...)
	}
}

// filling is a scene that is being filled.
type filling struct {
	*planner
	scene  *scene
	chosen map[string][]use // by the recipe's slot
	room   int              // words left
	stale  bool             // pieces that the book has used may come again
}

// extras are the places that more than one piece may fill, as indexes of the
// recipe, in the order in which they are tried.
var extras = []int{3, 5, 10, 3, 5, 1}

// round fills the optional places by rank, then puts in more where it can.
func (f *filling) round() {
	for rank := 1; rank <= 8; rank++ {
		for _, r := range recipe {
			if r.rank == rank && f.room >= 25 && len(f.chosen[r.slot]) == 0 && f.wants(r.slot) {
				f.try(r.slot, f.variety(r.slot, r.kinds), f.room+15)
			}
		}
	}
	for turn := 0; turn < 12 && f.room >= 18; turn++ {
		r := recipe[extras[turn%len(extras)]]
		if f.wants(r.slot) && len(f.chosen[r.slot]) < 3 {
			kinds := f.variety(r.slot, r.kinds)
			if r.slot == "settle" {
				kinds = append(kinds[:len(kinds):len(kinds)], "aside.in", "aside")
			}
			f.try(r.slot, kinds, f.room+12)
		}
	}
}

func (f *filling) add(slot string, u use) {
	f.chosen[slot] = append(f.chosen[slot], u)
	f.room -= u.piece.words
	if strings.Contains(u.piece.roles, "q") {
		f.scene.busy = true
	}
}

// try adds a piece of one of the kinds, if one fits.
func (f *filling) try(slot string, kinds []string, most int) {
	worn := 1
	if f.stale || slot == "open" || slot == "close" {
		worn = 1 << 30
	}
	if u, ok := f.pick(f.scene, kinds, most, worn); ok {
		f.add(slot, u)
	}
}

// variety names the kinds for a place in the recipe: at home one is visited,
// elsewhere one arrives.
func (f *filling) variety(slot string, kinds []string) []string {
	if slot == "arrive" && f.scene.place.ID == "home" {
		return []string{"visit"}
	}
	return kinds
}

// wants reports whether a place of the recipe makes sense in the scene.
func (f *filling) wants(slot string) bool {
	s := f.scene
	self := len(s.cores) > 0 && s.cores[0].tags["self"] != nil // the core brings its people itself
	parting := len(f.chosen["close"]) > 0 && slices.Contains(f.chosen["close"][0].piece.tags["c"], "talk")
	switch slot {
	case "walk", "way":
		return s.place.ID != "home"
	case "arrive", "talk":
		return !self && len(f.chosen[slot]) == 0
	case "settle":
		return s.place.ID != "wild" && s.place.ID != "hall" && (!self || s.place.ID == "home")
	case "think":
		return len(s.known) > 0 && !parting && len(f.chosen["think"]) < 2
	case "report":
		return len(s.known) > 0 && !parting && s.other.letter != "a" && s.section%2 == s.ordinal%2
	case "work":
		return s.hour < 3 && len(f.chosen["work"]) < 2
	default:
		return true
	}
}

// pick takes the least used piece of the kinds that suits the scene and is not
// longer than most nor used worn times; of equals the first in the seed's order.
func (p *planner) pick(s *scene, kinds []string, most, worn int) (use, bool) {
	var best *piece
	for _, kind := range kinds {
		for _, c := range p.stock.kinds[kind] {
			if c.words > most || p.uses[c.id] >= worn || !p.suits(s, c) {
				continue
			}
			if best == nil || p.uses[c.id] < p.uses[best.id] || p.uses[c.id] == p.uses[best.id] && p.order[c.id] < p.order[best.id] {
				best = c
			}
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
		if line, ok := p.pick(s, []string{kind}, 1000, 1<<30); ok {
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
	if s.busy && strings.Contains(c.roles, "q") {
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
