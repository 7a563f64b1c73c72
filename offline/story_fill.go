package offline

import (
	"slices"
	"strings"
)

// placeAll settles where each scene happens and whom it brings together, from
// the tags of its core.
func (p *planner) placeAll(all []*scene) {
	for i, s := range all {
		s.kind = "errand"
		if len(s.cores) > 0 {
			p.stage(s, s.cores[0])
			s.asks = slices.Contains(plots, strings.TrimRight(s.cores[0].kind, ".0123456789"))
		}
		if s.other == nil {
			s.other = p.person(s.part, "a")
		}
		if s.place.ID == "" {
			s.place = p.place("home")
		}
		p.rotate(s)
		s.second = p.extras[(i*5+s.ordinal)%len(p.extras)]
		if s.second == s.other {
			s.second = p.extras[(i*5+s.ordinal+1)%len(p.extras)]
		}
	}
}

// The classes of first and last paragraphs, which rotate so that neighbouring
// chapters begin and end in other ways.
var (
	openings = []string{"weather", "object", "talk", "thought", "work", "person", "sound", "time"}
	endings  = []string{"image", "talk", "ask", "act", "talk", "short"}
)

// rotate sets the classes that are due where a chapter begins or ends.
func (p *planner) rotate(s *scene) {
	offset := chance(p.seed, "rotation").IntN(40)
	if s.section == 0 {
		s.opening = openings[(s.ordinal*3+offset)%len(openings)]
	}
	if s.ordinal == 1 && s.section == 0 {
		s.ending = "image"
	}
	if s.ends {
		s.ending = endings[(s.ordinal*5+offset)%len(endings)]
	}
}

// stage reads a core's tags: o is whom the scene meets, at where, t when, kind
// what sort of scene it is.
func (p *planner) stage(s *scene, core *piece) {
	if o := core.tags["o"]; len(o) > 0 {
		s.other = p.person(s.part, o[0])
	}
	if at := core.tags["at"]; len(at) > 0 {
		s.place = p.placeIn(s.part, at[0])
	} else if s.place.ID == "" && s.other != nil {
		s.place = p.placeIn(s.part, s.other.haunt)
	}
	if k := core.tags["kind"]; len(k) > 0 {
		s.kind = k[0]
	}
	if t := core.tags["t"]; len(t) > 0 && !slices.Contains(t, hours[s.hour]) {
		s.hour = slices.Index(hours, t[0])
	}
}

// course is a place in a scene's recipe and the kinds of pieces that it takes.
// Rank 0 is filled by fill itself; the others come in by rank while there is
// room.
type course struct {
	slot  string
	rank  int
	kinds []string
}

// recipe is the order of a scene's pieces.
var recipe = []course{
	{"open", 0, []string{"open"}}, {"work", 6, []string{"work"}}, {"walk", 3, []string{"walk"}},
	{"way", 7, []string{"street", "aside.out"}}, {"topic", 0, nil}, {"pause", 9, []string{"pause"}},
	{"arrive", 2, []string{"arrive"}}, {"settle", 8, []string{"inside", "meal"}}, {"tale", 4, []string{"tale"}}, {"talk", 1, []string{"talk"}},
	{"point", 0, nil}, {"core", 0, nil}, {"report", 3, []string{"report"}}, {"motif", 0, nil}, {"think", 5, []string{"think"}},
	{"close", 0, []string{"close"}},
}

// extras are the courses that more than one piece may fill, as indexes of the
// recipe, in the order in which they are tried.
var extras = []int{3, 7, 14, 5, 3, 7}

// filling is a scene that is being filled.
type filling struct {
	*planner
	scene  *scene
	chosen map[string][]use // by the recipe's slot
	room   int              // words left
	stale  bool             // pieces that the book has used may come again
}

// fill chooses the scene's pieces until its words are reached: those that the
// book has not used first.
func (p *planner) fill(s *scene) {
	f := &filling{planner: p, scene: s, chosen: map[string][]use{}, room: s.words}
	for i, c := range s.cores {
		if i > 0 {
			if u, ok := p.pick(s, []string{"bridge"}, 1000, 1<<30); ok {
				f.add("core", u)
			}
		}
		u := p.take(s, c)
		if c.kind == "errand" { // was counted when it was chosen
			u.turn = s.errand
			p.uses[c.id]--
		}
		f.add("core", u)
	}
	if s.motif != nil && f.room > s.motif.words+60 {
		f.add("motif", p.take(s, s.motif))
	}
	if s.topic != nil && f.room > s.topic.words+60 {
		f.add("topic", p.take(s, s.topic))
	}
	for _, must := range []string{"open", "close"} {
		if must == "close" && s.last { // the last step has its own ending
			continue
		}
		f.frame(must)
	}
	f.round()
	f.top()
	if f.stale = f.room > s.words/8; f.stale { // short of words rather than told again
		f.round()
		f.top()
	}
	for _, slot := range f.order() {
		s.parts = append(s.parts, f.chosen[slot]...)
	}
}

// order lists the recipe's slots as the scene takes them. The book's first
// scene begins with its event; where the core brings its own people, talk about
// the last one goes before it.
func (f *filling) order() []string {
	var slots []string
	for _, r := range recipe {
		slots = append(slots, r.slot)
	}
	move := func(slot, before string) {
		slots = slices.DeleteFunc(slots, func(s string) bool { return s == slot })
		slots = slices.Insert(slots, slices.Index(slots, before), slot)
	}
	switch s := f.scene; {
	case s.first:
		move("point", "work")
		move("core", "work")
	case s.last:
		move("motif", "point")
	case f.self():
		move("report", "point")
	}
	return slots
}

// self reports whether the core brings its people itself.
func (f *filling) self() bool {
	return len(f.scene.cores) > 0 && f.scene.cores[0].tags["self"] != nil
}

// frame gives the scene its first or last piece: of the class that is due, else
// of any class, else one that the book has used.
func (f *filling) frame(slot string) {
	if slot == "open" && f.scene.first && f.scene.part > 0 {
		f.try(slot, []string{"later"}, f.room-20)
	}
	turns := 2
	if slot == "open" && f.scene.section == 0 || slot == "close" && f.scene.ends {
		turns = 3 // a scene inside of a chapter does without rather than with a worn one
	}
	for turn := 0; turn < turns && len(f.chosen[slot]) == 0; turn++ {
		if turn == 1 {
			f.scene.opening, f.scene.ending = "", ""
		}
		f.stale = turn == 2
		f.try(slot, []string{slot}, f.room-20)
	}
	f.stale = false
}

func (f *filling) add(slot string, u use) {
	f.chosen[slot] = append(f.chosen[slot], u)
	f.room -= u.piece.words
	if names(u.piece, "q") {
		f.scene.busy = true
	}
}

// try adds a piece of one of the kinds, if one fits.
func (f *filling) try(slot string, kinds []string, most int) {
	worn := 1
	if f.stale {
		worn = 1 << 30
	}
	if u, ok := f.pick(f.scene, kinds, most, worn); ok {
		f.add(slot, u)
	}
}

// round fills the optional places by rank, then puts in more where it can.
func (f *filling) round() {
	for rank := 1; rank <= 9; rank++ {
		for _, r := range recipe {
			if r.rank == rank && f.room >= 25 && len(f.chosen[r.slot]) == 0 && f.wants(r.slot) {
				f.try(r.slot, f.variety(r.slot, r.kinds), f.room+15)
			}
		}
	}
	for turn := 0; turn < 12 && f.room >= 18; turn++ {
		r := recipe[extras[turn%len(extras)]]
		if len(f.chosen[r.slot]) >= 3 || !f.wants(r.slot) {
			continue
		}
		kinds := r.kinds
		if r.slot == "settle" {
			kinds = []string{"inside", "aside.in", "aside"}
		}
		f.try(r.slot, kinds, f.room+12)
	}
}

// top fills what is left of a scene that has few places for more.
func (f *filling) top() {
	for turn := 0; turn < 8 && f.room > f.scene.words/16; turn++ {
		kinds := []string{"pause", "aside.out", "street"}
		if turn == 2 || turn == 6 {
			kinds = append(kinds, "aside", "work")
		}
		f.try("pause", kinds, f.room+12)
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
	self := f.self()
	parting := len(f.chosen["close"]) > 0 && slices.Contains(f.chosen["close"][0].piece.tags["c"], "talk")
	switch slot {
	case "walk": // not every time: a reader knows the roads by and by
		return (s.place.ID != "home" || self) && (s.section+s.ordinal)%4 != 2
	case "way":
		return s.place.ID != "home" || self
	case "arrive", "talk":
		return !self && len(f.chosen[slot]) == 0
	case "settle":
		return s.place.ID != "wild" && s.place.ID != "hall" && !self
	case "tale":
		return !self && s.place.ID != "wild" && s.place.ID != "hall" && (s.section+s.ordinal)%3 != 1
	case "pause":
		return len(f.chosen["pause"]) == 0
	case "think":
		return len(s.known) > 0 && !s.solved && !parting && len(f.chosen["think"]) < 2
	case "report":
		if self {
			return len(s.known) > 0 && !s.solved
		}
		return len(s.known) > 0 && !s.solved && !parting && s.other.letter != "a" && (s.section+s.ordinal)%3 > 0
	case "work":
		return s.hour < 3 && len(f.chosen["work"]) == 0
	default:
		return true
	}
}
