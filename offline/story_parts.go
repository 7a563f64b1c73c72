package offline

import (
	"fmt"
	"slices"
	"strings"

	"quire/book"
)

// part is a stretch of a long book: a plot of its own, and the people whom only
// it has. A book of the usual length is one part.
type part struct {
	plot   string
	people map[string]*person // by letter; whoever is not here is the whole book's
}

// The sizes of parts, in scenes: what a plot and its side stories fill well.
const (
	sceneWords = 650 // of a usual scene
	partScenes = 35
	mostParts  = 5
)

// perPart are the letters whose people change from part to part, with the
// roles that they have in the concept: nobody has a secret twice.
var perPart = []struct{ letter, id, role string }{
	{"r", "rival", "rival"}, {"e", "elder", "elder"}, {"s", "stranger", "stranger"}, {"x", "absent", "absent"},
}

// partsOf is how many parts a book of the brief's length has.
func partsOf(b book.Brief) int {
	return min(max((b.Words/sceneWords+15)/partScenes, 1), mostParts)
}

// neighboursOf is how many people a place has beside the cast.
func neighboursOf(parts int) int { return neighbours + 3*(parts-1) }

// numbered is an ID for the part with the given index: "elder", "elder2" …
func numbered(id string, part int) string {
	if part == 0 {
		return id
	}
	return fmt.Sprint(id, part+1)
}

// unnumbered takes the number of a part off an ID.
func unnumbered(id string) string { return strings.TrimRight(id, "0123456789") }

// person is whom a letter means in a part.
func (w *world) person(at int, letter string) *person {
	if at > 0 && at < len(w.parts) && w.parts[at].people[letter] != nil {
		return w.parts[at].people[letter]
	}
	return w.people[letter]
}

// placeIn is the place with the ID in a part: its own one if it has one.
func (w *world) placeIn(at int, id string) book.Place {
	if own := numbered(id, at); at > 0 && slices.ContainsFunc(w.places, func(p book.Place) bool { return p.ID == own }) {
		return w.place(own)
	}
	return w.place(id)
}

// thing is what a part's plot turns about.
func (w *world) thing(at int) book.Thing {
	if at > 0 && at < len(w.parts) {
		for _, t := range w.concept.Things {
			if t.ID == w.parts[at].plot {
				return t
			}
		}
	}
	return w.concept.Things[0]
}

// question is what the reader of a part wants to know.
func (w *world) question(at int) string {
	if at == 0 || at >= len(w.parts) {
		return w.concept.Question
	}
	return w.partNote(at, "question")
}

// partNote renders a note of the first step of a part's plot.
func (w *world) partNote(at int, name string) string {
	note := w.stock.kinds[w.parts[at].plot+".0"][0].notes[name]
	t := &teller{world: w, seed: w.seed, scope: "concept", of: at}
	return polish(t.render(note, 0))
}

// choosePlots draws a plot for every part: those that the genre prefers first,
// then those in which nothing happens that could not.
func (w *world) choosePlots(b book.Brief, take int) {
	w.parts = []part{{plot: w.plot}}
	for _, likely := range [][]string{genreOf(b).plots, everyday} {
		names := slices.Clone(likely)
		chance(w.seed, "plots", take).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, name := range names {
			taken := slices.ContainsFunc(w.parts, func(p part) bool { return p.plot == name })
			if !taken && len(w.parts) < partsOf(b) {
				w.parts = append(w.parts, part{plot: name})
			}
		}
	}
}

// readParts takes the plots of all parts from a concept's things. A concept
// that names none has those that would have been invented.
func (w *world) readParts(things []book.Thing, invented []part) {
	w.parts = nil
	for _, t := range things {
		if isPlot(t) {
			w.parts = append(w.parts, part{plot: t.ID})
		}
	}
	if len(w.parts) == 0 {
		for _, p := range invented {
			w.parts = append(w.parts, part{plot: p.plot})
		}
	}
	w.plot = w.parts[0].plot
}

// isPlot reports whether a thing is what a plot turns about.
func isPlot(t book.Thing) bool { return slices.Contains(plots, t.ID) }

// castParts gives the letters of the later parts their people: of each role the
// second of the cast to the second part, and so on.
func (w *world) castParts(given, invented []book.Character, used map[string]bool) {
	for at := 1; at < len(w.parts); at++ {
		w.parts[at].people = map[string]*person{}
		for _, l := range perPart {
			if c, ok := nthOf(given, l.role, at); ok {
				w.parts[at].people[l.letter] = w.personOf(c, l.letter)
				used[c.ID] = true
			} else if c, ok := nthOf(invented, l.role, at); ok && !w.named(c.Name) {
				w.parts[at].people[l.letter] = w.personOf(c, l.letter)
			}
		}
	}
}

// nthOf is the person at index n of those who have the role.
func nthOf(cast []book.Character, role string, n int) (book.Character, bool) {
	for _, c := range cast {
		if c.Role != role {
			continue
		}
		if n == 0 {
			return c, true
		}
		n--
	}
	return book.Character{}, false
}

// inventParts adds the people of the later parts to a cast. first is the index
// of the first name that is left.
func (w *world) inventParts(add func(i int, id, role, trade, voice string), names []naming, extra []string, hero string, first int) {
	for at := 1; at < len(w.parts); at++ {
		for _, l := range perPart {
			n := names[first]
			trade := fittingOf(extra, first, n.pronoun)
			switch l.letter {
			case "e":
				trade = "retired " + trade
			case "s":
				trade = "traveller"
			case "x":
				trade = hero
			}
			add(first, numbered(l.id, at), l.role, trade, voices[(first+at)%len(voices)])
			first++
		}
	}
}

// fittingOf is the first trade from the index on that suits the pronoun.
func fittingOf(trades []string, from int, pronoun string) string {
	for i := range trades {
		if t := trades[(from+i)%len(trades)]; fitting(t, pronoun) == t {
			return t
		}
	}
	return trades[from%len(trades)]
}

// laterThings names what comes after the first part's matter, as a sentence of
// the logline; "" in a book of one part.
func (w *world) laterThings() string {
	var names []string
	for at := 1; at < len(w.parts); at++ {
		names = append(names, "the "+w.thing(at).Name)
	}
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return " When that is settled, there is the matter of " + names[0] + "."
	default:
		return " When that is settled, there is the matter of " + strings.Join(names[:n-1], ", of ") + " and of " + names[n-1] + "."
	}
}
