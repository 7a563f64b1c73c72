package offline

import (
	"fmt"
	"slices"
	"strings"

	"quire/book"
)

// scene is the plan of one section: who meets where and when, and the pieces
// that tell it.
type scene struct {
	ordinal int  // of the chapter, from 1
	section int  // in the chapter, from 0
	ends    bool // the chapter
	part    int  // of the book, from 0
	first   bool // of its part
	last    bool // of its part
	words   int
	day     int // of the story, from 0
	hour    int // index of hours
	season  string
	weather string
	kind    string // arrival, search, quarrel …
	place   book.Place
	other   *person
	second  *person // a neighbour who may be named beside other
	solved  bool    // the plot's question is answered
	opening string  // class of the first paragraph, "" for any
	ending  string  // class of the last
	cores   []*piece
	known   []*piece // plot steps before the scene
	errand  int      // how often the book had the errand before
	topic   *piece   // of what people say about the brief's topic, if it comes up here
	motif   *piece   // of the running image, if it shows here
	busy    bool     // second has had an entrance
	asks    bool     // the protagonist comes with a question of the plot
	points  []string // what the maker wants said
	parts   []use
}

// use is a piece in its place. turn counts how often the book used it before:
// a later use takes other phrasings.
type use struct {
	piece *piece
	turn  int
	lines []use // for its voice slots, in order
}

// The times and seasons, in the order in which they pass.
var (
	hours   = []string{"morning", "noon", "evening", "night"}
	seasons = []string{"spring", "summer", "autumn", "winter"}
)

// planner fills the scenes of a whole book, first to last. It is what gives a
// book its memory: every call plans the same book and so knows what the other
// sections use.
type planner struct {
	*world
	uses  []int    // of each piece, by its ID
	order []uint64 // place of each piece in the seed's permutation
	told  []int    // how often each plot step was told again, by its ID

	errands int // that were given out
}

// planBook plans every section of a book whose chapters have the given
// sections, each with its words.
func planBook(w *world, sizes [][]int) [][]*scene { return newPlanner(w).plan(sizes) }

// newPlanner shuffles the stock by the book's seed.
func newPlanner(w *world) *planner {
	p := &planner{world: w, uses: make([]int, len(w.stock.pieces)), order: make([]uint64, len(w.stock.pieces)), told: make([]int, len(w.stock.pieces))}
	r := chance(w.seed, "pieces")
	for _, piece := range w.stock.pieces {
		p.order[piece.id] = r.Uint64()
		if piece.tags["mood"] != nil { // what only some books may say comes early there
			p.order[piece.id] >>= 2
		}
	}
	return p
}

// plan fills all scenes.
func (p *planner) plan(sizes [][]int) [][]*scene {
	book := make([][]*scene, len(sizes))
	var all []*scene
	for i, chapter := range sizes {
		for j, words := range chapter {
			s := &scene{ordinal: i + 1, section: j, ends: j == len(chapter)-1, words: words}
			book[i] = append(book[i], s)
			all = append(all, s)
		}
	}
	p.clock(book)
	for _, scenes := range p.divide(book) {
		p.spread(scenes)
	}
	p.placeAll(all)
	p.showMotif(all)
	for _, s := range all {
		p.fill(s)
	}
	return book
}

// divide gives every part of the book its chapters, in equal shares, and
// returns the scenes of each.
func (p *planner) divide(book [][]*scene) [][]*scene {
	n := min(len(p.parts), len(book))
	parts := make([][]*scene, n)
	for i, chapter := range book {
		at := i * n / len(book)
		for _, s := range chapter {
			s.part = at
		}
		parts[at] = append(parts[at], chapter...)
	}
	for _, scenes := range parts {
		scenes[0].first, scenes[len(scenes)-1].last = true, true
	}
	return parts
}

// clock gives every scene its day, hour and weather; time only moves forward.
func (p *planner) clock(book [][]*scene) {
	r := chance(p.seed, "clock")
	first := max(slices.Index(seasons, p.concept.Season), 0)
	day, weather := 0, ""
	parts := min(len(p.parts), len(book))
	for i, chapter := range book {
		if i > 0 && i*parts/len(book) != (i-1)*parts/len(book) { // between two parts a season passes
			day += 60 + r.IntN(40)
		}
		start := 0
		if len(chapter) < 4 {
			start = r.IntN(4 - len(chapter) + 1)
		}
		for j, s := range chapter {
			hour := start + j
			if len(chapter) > 4 {
				hour = j * 4 / len(chapter)
			}
			if j == 0 || r.IntN(3) == 0 {
				weather = p.nextWeather(weather, seasons[(first+day/90)%4], r.IntN(100))
			}
			s.day, s.hour, s.weather, s.season = day, min(hour, 3), weather, seasons[(first+day/90)%4]
		}
		day += 1 + r.IntN(3)
	}
}

// nextWeather moves the weather on; half the time it stays.
func (p *planner) nextWeather(before, season string, dice int) string {
	likely := p.bank("weather." + season)
	if p.setting == "colony" {
		likely = p.stock.banks["weather.colony"]
	}
	if slices.Contains(likely, before) && dice < 35 {
		return before
	}
	return likely[dice%len(likely)]
}

// spread lays the plot's steps over the scenes of a part, first in the first and
// last in the last, and gives the scenes between to threads and errands.
func (p *planner) spread(all []*scene) {
	at := all[0].part
	steps := p.steps(p.parts[at].plot)
	n, total := len(steps), len(all)
	for i, step := range steps {
		at := 0
		switch {
		case total >= n && n > 1:
			at = i * (total - 1) / (n - 1)
		case n > 0:
			at = i * total / n
		}
		all[at].cores = append(all[at].cores, step)
	}
	var known []*piece
	var free []*scene
	solved := false
	for _, s := range all {
		p.thin(s)
		for _, c := range s.cores {
			solved = solved || slices.Index(steps, c) >= n-3 // from the confession on
		}
		s.solved = solved
		s.known = known
		known = append(known[:len(known):len(known)], s.cores...)
		if len(s.cores) == 0 {
			free = append(free, s)
		}
	}
	p.threads(at, free)
}

// thin drops steps from a scene that is too short for all of its own: those in
// the middle first.
func (p *planner) thin(s *scene) {
	for len(s.cores) > 1 {
		sum := 0
		for _, c := range s.cores {
			sum += c.words
		}
		if sum <= s.words-60 {
			return
		}
		drop := len(s.cores) / 2
		if len(s.cores) == 2 && strings.HasSuffix(s.cores[0].kind, ".0") {
			drop = 1
		}
		s.cores = slices.Delete(slices.Clone(s.cores), drop, drop+1)
	}
}

// steps returns the pieces name.0, name.1 … of a plot or thread: of each kind
// the one that comes first in the seed's order.
func (p *planner) steps(name string) []*piece {
	var steps []*piece
	for i := 0; ; i++ {
		kind := p.stock.kinds[fmt.Sprintf("%s.%d", name, i)]
		if len(kind) == 0 {
			return steps
		}
		best := kind[0]
		for _, k := range kind {
			if p.order[k.id] < p.order[best.id] {
				best = k
			}
		}
		steps = append(steps, best)
	}
}

// sideStories are the threads, each a few scenes about one of the cast.
var sideStories = []string{"ally", "rival", "child", "keeper", "play", "tree", "guest"}

// threads gives the free scenes of a part to the side stories and, between
// them, to errands. A side story is told whole, in one part, or not at all.
func (p *planner) threads(at int, free []*scene) {
	names := slices.Clone(sideStories)
	r := chance(p.seed, "threads")
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var side []*piece
	room := len(free) * 2 / 3
	var chosen [][]*piece
	for i := at; i < len(names); i += len(p.parts) {
		if s := p.steps("thread." + names[i]); len(s) <= room {
			chosen = append(chosen, s)
			room -= len(s)
		}
	}
	for i := 0; len(chosen) > 0 && i < len(chosen[0]); i++ {
		for _, c := range chosen {
			if i < len(c) {
				side = append(side, c[i])
			}
		}
	}
	for i, s := range side {
		at := free[(2*i+1)*len(free)/(2*len(side))]
		at.cores = append(at.cores, s)
	}
	for _, s := range free {
		if len(s.cores) == 0 {
			p.errand(s)
		}
	}
}

// errand gives a scene an episode of its own, with the neighbour who has waited
// longest for one.
func (p *planner) errand(s *scene) {
	turns := chance(p.seed, "errands").Perm(len(p.extras))
	s.other = p.extras[turns[p.errands%len(turns)]]
	p.errands++
	s.place = book.Place{ID: "house", Name: possessive(s.other.Name) + " house", Kind: "house"}
	if u, ok := p.pick(s, []string{"errand"}, s.words-90, 1<<30); ok {
		s.cores, s.errand = append(s.cores, u.piece), u.turn
	}
}

// showMotif lets the running image and the topic come up at even distances, in
// their own order.
func (p *planner) showMotif(all []*scene) {
	pieces := p.stock.kinds["motif."+p.motifs]
	n := min(len(pieces), len(all)/2)
	for i := range n {
		all[(2*i+1)*len(all)/(2*n)].motif = pieces[i*len(pieces)/n]
	}
	var talk []*piece
	for _, c := range p.stock.kinds["topic"] {
		if c.has("topic", p.topicKind()) {
			talk = append(talk, c)
		}
	}
	n = min(len(talk), (len(all)+1)/2)
	for i := range n {
		all[i*len(all)/n].topic = talk[i*len(talk)/n]
	}
}
