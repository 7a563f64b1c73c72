package offline

import (
	"slices"
	"strings"

	"quire/book"
)

// teller fills the slots of pieces with the words of one section.
type teller struct {
	world   *world
	seed    uint64
	scope   string // names the section, so that its word choices are its own
	shift   int    // of a rewriting: moves every choice of phrasing
	scene   *scene
	of      int                 // the part of the book, where there is no scene
	drawn   map[string][]string // the words of each bank, next first
	memo    map[string]string   // words that a piece uses again, by slot
	learned bool                // the scene's core is told: its clue is known now
	point   string              // what the maker wants said, in a piece that says it
	lines   []use               // voice lines of the piece, next first
}

// forms are the ways in which a slot may ask for a person: by name, by pronoun
// in every form, or by ~, which is the pronoun where that is clear and else the
// name.
var forms = map[string]bool{
	"": true, "he": true, "him": true, "his": true, "hers": true, "self": true, "himself": true, "He": true, "His": true,
	"~": true, "~C": true, "~m": true, "~s": true, ".full": true, ".trade": true, ".look": true, ".s": true,
}

// isPersonSlot reports whether a slot names a person by letter.
func isPersonSlot(slot string) bool {
	if !strings.Contains("harekspxoq", slot[:1]) {
		return false
	}
	return forms[slot[1:]] || strings.HasPrefix(slot[1:], ":")
}

// at is the part of the book that is told.
func (t *teller) at() int {
	if t.scene != nil {
		return t.scene.part
	}
	return t.of
}

// render writes a template out for the turn-th time.
func (t *teller) render(text template, turn int, key ...any) string {
	t.memo = map[string]string{}
	r := chance(append([]any{t.seed, "phrase"}, key...)...)
	return text.realise(func(n int) int {
		return (r.IntN(1<<20) + turn + t.shift) % n
	}, t.fill)
}

// inside renders another template in the middle of one.
func (t *teller) inside(text template, turn int, key ...any) string {
	memo, lines := t.memo, t.lines
	words := t.render(text, turn, key...)
	t.memo, t.lines = memo, lines
	return words
}

// fill gives the words of a slot.
func (t *teller) fill(slot string) string {
	switch slot {
	case "he", "him", "his", "hers", "himself", "He", "His":
		form, _ := t.world.people["h"].form(slot)
		return form
	}
	if isPersonSlot(slot) {
		return t.person(slot[:1], slot[1:])
	}
	if id, ok := strings.CutPrefix(slot, "@"); ok {
		return placeName(t.world.placeIn(t.at(), id))
	}
	if words, ok := t.fact(slot); ok {
		return words
	}
	if t.memo[slot] == "" {
		t.memo[slot] = t.bank(strings.TrimRight(slot, "0123456789"))
	}
	return t.memo[slot]
}

// fact gives the words of the slots that stand for facts of the story.
func (t *teller) fact(slot string) (string, bool) {
	w := t.world
	switch slot {
	case "here":
		return placeName(t.scene.place), true
	case "town":
		return w.places[0].Name, true
	case "m":
		return w.thing(t.at()).Name, true
	case "motif":
		return w.motif, true
	case "topic":
		return t.topic(), true
	case "point":
		return t.point, true
	case "kindword":
		return gendered(w.person(t.at(), "e").Pronoun, "woman", "man"), true
	case "parentword":
		return gendered(w.person(t.at(), "x").Pronoun, "mother", "father"), true
	case "season":
		if t.scene == nil {
			return w.concept.Season, true
		}
		return t.scene.season, true
	case "label", "recap":
		return t.clue(slot), true
	case "pride", "dis", "kind":
		return w.bank(slot)[0], true
	}
	return w.trade.fact(slot)
}

// fact gives the words of the slots that stand for the protagonist's work.
func (t trade) fact(slot string) (string, bool) {
	switch slot {
	case "tool":
		return t.tool, true
	case "tool2":
		return t.tool2, true
	case "stuff":
		return t.stuff, true
	case "task":
		return t.task, true
	case "product":
		return t.product, true
	}
	return "", false
}

// topic is what people call the thing that the brief is about.
func (t *teller) topic() string {
	s := t.world.subject
	switch {
	case s.rumour != "":
		return plainPoint(s.rumour)
	case s.thing != "":
		return s.thing
	default:
		return t.world.places[0].Name
	}
}

// clue tells the newest thing that the protagonist learned: its label, or all
// of it as a clause.
func (t *teller) clue(what string) string {
	known := t.scene.known
	if t.learned {
		known = slices.Concat(known, t.scene.cores)
	}
	for i := len(known) - 1; i >= 0; i-- {
		note := known[i].notes[what]
		if note == nil {
			continue
		}
		text := t.inside(note, t.scene.ordinal+t.scene.section, known[i].id)
		if what == "label" && !strings.HasPrefix(text, "everyone") {
			text = "the " + text
		}
		return text
	}
	return t.world.thing(t.at()).Name
}

// person names somebody in the form that is asked for.
func (t *teller) person(letter, form string) string {
	p := t.world.person(t.at(), letter)
	switch {
	case letter == "o" && t.scene != nil:
		p = t.scene.other
	case letter == "q" && t.scene != nil:
		p = t.scene.second
	}
	if p == nil {
		p = t.world.people["a"]
	}
	if words, ok := p.form(form); ok {
		return words
	}
	apart := p.Pronoun != t.world.people["h"].Pronoun
	switch {
	case form == ".full":
		return p.Full
	case form == ".trade":
		return p.Trade
	case form == ".look":
		return p.Look
	case form == ".s", form == "~s" && !apart:
		return possessive(p.Name)
	case form == "~" && apart:
		return p.he
	case form == "~C" && apart:
		return upper(p.he)
	case form == "~m" && apart:
		return p.him
	case form == "~s":
		return p.his
	case strings.HasPrefix(form, ":"):
		return t.line()
	default:
		return p.Name
	}
}

// line says the next voice line of the piece.
func (t *teller) line() string {
	if len(t.lines) == 0 || t.lines[0].piece == nil {
		return "Well."
	}
	u := t.lines[0]
	t.lines = t.lines[1:]
	return t.inside(u.piece.text, u.turn, u.piece.id)
}

// bank draws the section's next word of a bank. The bank is shuffled by the
// seed; every section starts elsewhere in it.
func (t *teller) bank(name string) string {
	words, known := t.drawn[name]
	if !known {
		words = slices.Clone(t.world.bank(name))
		if name == "trade.extra" { // there is one of the protagonist's trade
			words = slices.DeleteFunc(words, func(w string) bool { return w == t.world.people["h"].Trade })
		}
		r := chance(t.seed, "bank", name)
		r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		start := chance(t.seed, "start", name, t.scope).IntN(max(len(words), 1))
		words = slices.Concat(words[start:], words[:start])
	}
	if len(words) == 0 {
		return name
	}
	if t.drawn == nil {
		t.drawn = map[string][]string{}
	}
	t.drawn[name] = append(words[1:], words[0])
	return words[0]
}

// placeName is a place as the narrator says it.
func placeName(p book.Place) string {
	first := upper(p.Name)
	if p.ID == "inn" || first != p.Name {
		return "the " + stripArticle(p.Name)
	}
	return p.Name
}

// gendered chooses the word for somebody with the pronoun; they take the
// second.
func gendered(pronoun, she, he string) string {
	if pronoun == "she" {
		return she
	}
	return he
}
