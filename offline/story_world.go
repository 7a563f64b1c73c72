package offline

import (
	"slices"
	"strings"

	"quire/book"
)

// person is somebody of the story, as its pieces name them by letter: h the
// protagonist, a the ally, r the rival, e the elder, k the child, s the
// stranger, p the innkeeper, x who is absent; n1 … are neighbours.
type person struct {
	book.Character
	letter string
	pronouns
	haunt string // ID of the place where they are found
}

// world is all that stays true through a story. It follows from the brief and
// the concept alone, so that every call sees the same one.
type world struct {
	stock   *stock
	seed    uint64
	moods   []string
	setting string
	plot    string // name of the first part's plot, the ID of the first thing
	parts   []part // at least one
	subject subject
	trade   trade
	concept book.Concept
	people  map[string]*person // by letter
	extras  []*person
	places  []book.Place
	motif   string
	motifs  string // kind of the motif: animal, tune or object
}

// trade is what the protagonist works with.
type trade struct{ tool, tool2, stuff, task, product, workplace string }

// trades reads the trade banks; entries stand in a fixed order.
func (s *stock) trades() map[string]trade {
	s.once.Do(func() {
		s.tradeTable = map[string]trade{}
		for name, e := range s.banks {
			if trim, ok := strings.CutPrefix(name, "trade."); ok && len(e) == 6 {
				s.tradeTable[trim] = trade{e[0], e[1], e[2], e[3], e[4], e[5]}
			}
		}
	})
	return s.tradeTable
}

// letters are the roles of a concept's cast by their letters.
var letters = []struct{ letter, role string }{
	{"h", "protagonist"}, {"a", "ally"}, {"r", "rival"}, {"e", "elder"}, {"k", "child"}, {"s", "stranger"}, {"p", "innkeeper"}, {"x", "absent"},
}

// worldOf builds the world from a request. Roles that the concept lacks, because
// somebody else wrote it, are given to those of its cast who are left, then to
// invented people.
func worldOf(in *input) *world {
	w := &world{stock: stories(), seed: in.brief.Seed, subject: subjectOf(in.brief), concept: in.concept, people: map[string]*person{}}
	w.moods = moodsOf(in.brief)
	w.setting = w.settingOf(in.brief)
	draft := *w
	invented := draft.invent(in.brief, 1)
	w.places = in.concept.Places
	if len(w.places) == 0 {
		w.places = invented.Places
	}
	if len(w.concept.Things) == 0 {
		w.concept.Things = invented.Things
	}
	w.readParts(w.concept.Things, draft.parts)
	if !slices.ContainsFunc(w.concept.Things, isPlot) { // somebody else's: the later parts bring their own
		w.concept.Things = slices.Concat(w.concept.Things, invented.Things[1:len(draft.parts)])
	}
	w.cast(in.concept.Cast, invented.Cast)
	w.motif = w.concept.Motif
	if w.motif == "" {
		w.motif = invented.Motif
	}
	w.motifs = w.motifKind(w.motif)
	w.trade = w.tradeOf(w.people["h"].Trade)
	return w
}

// cast gives every letter its person.
func (w *world) cast(given, invented []book.Character) {
	used := map[string]bool{}
	for _, l := range letters {
		for _, c := range given {
			if w.people[l.letter] == nil && !used[c.ID] && c.Role == l.role {
				w.people[l.letter] = w.personOf(c, l.letter)
				used[c.ID] = true
			}
		}
	}
	w.castParts(given, invented, used)
	for _, l := range letters {
		for _, c := range given {
			if w.people[l.letter] == nil && !used[c.ID] && c.Role != "neighbour" {
				w.people[l.letter] = w.personOf(c, l.letter)
				used[c.ID] = true
			}
		}
		for _, c := range invented {
			if w.people[l.letter] == nil && c.Role == l.role {
				w.people[l.letter] = w.personOf(c, l.letter)
			}
		}
	}
	for _, c := range slices.Concat(given, invented) {
		if c.Role == "neighbour" && len(w.extras) < neighboursOf(len(w.parts)) && !w.named(c.Name) {
			w.extras = append(w.extras, w.personOf(c, "n"))
		}
	}
}

func (w *world) named(name string) bool {
	for _, l := range letters {
		if p := w.people[l.letter]; p != nil && p.Name == name {
			return true
		}
		for at := range w.parts {
			if p := w.parts[at].people[l.letter]; p != nil && p.Name == name {
				return true
			}
		}
	}
	return slices.ContainsFunc(w.extras, func(p *person) bool { return p.Name == name })
}

func (w *world) personOf(c book.Character, letter string) *person {
	p := &person{Character: c, letter: letter, pronouns: pronounsOf(c.Pronoun), haunt: hauntOf[letter]}
	if p.Full == "" {
		p.Full = p.Name
	}
	if !slices.Contains(voices, p.Voice) {
		p.Voice = voices[chance(w.seed, "voice", p.Name).IntN(len(voices))]
	}
	return p
}

// hauntOf says at which place, by its ID, somebody is usually found.
var hauntOf = map[string]string{"h": "home", "a": "ally", "r": "rival", "e": "elder", "k": "wild", "s": "inn", "p": "inn", "x": "hall", "n": "town"}

// place returns the place with the ID, else the first one.
func (w *world) place(id string) book.Place {
	for _, p := range w.places {
		if p.ID == id {
			return p
		}
	}
	return w.places[0]
}

// bank joins the words that fit everywhere with those of the setting.
func (w *world) bank(name string) []string {
	return slices.Concat(w.stock.banks[name], w.stock.banks[name+"."+w.setting])
}

// draw takes one word of a bank, the same for the same parts.
func (w *world) draw(name string, parts ...any) string {
	words := w.bank(name)
	if len(words) == 0 {
		return name
	}
	return words[chance(append([]any{w.seed, name}, parts...)...).IntN(len(words))]
}

// tradeOf finds what somebody of the trade works with.
func (w *world) tradeOf(name string) trade {
	all := w.stock.trades()
	name = strings.ToLower(name)
	if t, ok := all[name]; ok {
		return t
	}
	if t, ok := all[lastWord(name)]; ok {
		return t
	}
	return all["plain"]
}

// motifKind says what sort of image the motif is.
func (w *world) motifKind(motif string) string {
	for _, kind := range []string{"animal", "tune", "object"} {
		if slices.Contains(w.stock.banks["motif."+kind], motif) {
			return kind
		}
	}
	return "object"
}
