package offline

import (
	"fmt"
	"slices"
	"strings"

	"quire/book"
)

// story writes fiction.
type story struct{}

// concept invents the people, places and things of a book.
func (story) concept(in *input) book.Concept {
	w := &world{stock: stories(), seed: in.brief.Seed, subject: subjectOf(in.brief)}
	w.setting = w.settingOf(in.brief)
	return w.invent(in.brief, in.task.Revision+in.task.Attempt-1)
}

// invent makes a whole concept; each take is another one.
func (w *world) invent(b book.Brief, take int) book.Concept {
	w.plot = w.choosePlot(b, take)
	w.choosePlots(b, take)
	c := book.Concept{Season: seasons[chance(w.seed, "season", take).IntN(4)]}
	town := w.subject.place
	if town == "" {
		town = w.draw("town", take)
	}
	hero := w.subject.trade
	if hero == "" {
		hero = w.draw("hero.trade", take)
	}
	c.Cast = w.inventPeople(hero, take)
	c.Places = w.inventPlaces(town, w.tradeOf(hero), take)
	kinds := []string{"animal", "tune", "object"}
	kind := kinds[chance(w.seed, "motif kind", take).IntN(3)]
	c.Motif = w.draw("motif."+kind, take)
	w.concept, w.places, w.motif, w.motifs = c, c.Places, c.Motif, kind
	w.people, w.extras = map[string]*person{}, nil
	w.cast(c.Cast, nil)
	w.trade = w.tradeOf(hero)
	w.finish(&c, b, town)
	return c
}

// finish writes the sentences of a concept, which name its people and things.
func (w *world) finish(c *book.Concept, b book.Brief, town string) {
	for _, p := range w.parts {
		things := w.bank("thing." + p.plot)
		name := things[chance(w.seed, "thing", c.Motif).IntN(len(things))]
		c.Things = append(c.Things, book.Thing{ID: p.plot, Name: name, Detail: "what the story turns about"})
	}
	w.concept.Things = c.Things
	note := func(name string) string { return w.partNote(0, name) }
	c.Question = note("question")
	c.Ending = note("ending")
	c.Logline = note("logline") + w.laterThings()
	c.Themes = slices.Clone(w.stock.banks["theme."+w.plot])
	c.Setting = fmt.Sprintf("%s, %s", town, article(w.draw("kind")))
	if s := w.subject; s.thing != "" {
		c.Things = append(c.Things, book.Thing{ID: "topic", Name: stripArticle(s.thing), Detail: "what people here talk about"})
	}
	c.Title = w.title(b, note("title"))
}

// title prefers what the maker gave, then a topic that can stand on a cover.
func (w *world) title(b book.Brief, own string) string {
	switch topic := strings.TrimSpace(b.Topic); {
	case strings.TrimSpace(b.Title) != "":
		return strings.TrimSpace(b.Title)
	case topic != "" && len(strings.Fields(topic)) <= 9 && len([]rune(topic)) <= 70 && !strings.ContainsAny(topic, "<>{}"):
		return strings.Trim(titled(topic), " .,;:")
	default:
		return titled(own)
	}
}

// choosePlot draws the plot that the genre prefers.
func (w *world) choosePlot(b book.Brief, take int) string {
	likely := genreOf(b).plots
	switch {
	case len(likely) > 0:
	case w.setting == "colony" || w.setting == "realm":
		likely = plots
	default:
		likely = everyday
	}
	return likely[chance(w.seed, "plot", take).IntN(len(likely))]
}

// inventPeople invents the cast and the neighbours, all with names that begin with
// different letters as far as the alphabet goes.
func (w *world) inventPeople(hero string, take int) []book.Character {
	r := chance(w.seed, "cast", take)
	names := w.nameList(hero, take)
	trades := w.bank("side.trade")
	r.Shuffle(len(trades), func(i, j int) { trades[i], trades[j] = trades[j], trades[i] })
	count := neighboursOf(len(w.parts))
	extra := slices.Clone(w.stock.banks["trade.extra"])
	extra = slices.DeleteFunc(extra, func(t string) bool { return t == hero })
	r.Shuffle(len(extra), func(i, j int) { extra[i], extra[j] = extra[j], extra[i] })
	looks := slices.Clone(w.stock.banks["look"])
	r.Shuffle(len(looks), func(i, j int) { looks[i], looks[j] = looks[j], looks[i] })
	offset := r.IntN(len(voices))
	side := func(i int) string { return fitting(trades[i], names[i+1].pronoun) }
	jobs := []string{hero, side(0), side(1), "retired " + side(2), "pupil", "traveller", "innkeeper", hero}
	ids := []string{"hero", "ally", "rival", "elder", "child", "stranger", "keeper", "absent"}
	var cast []book.Character
	add := func(i int, id, role, trade, voice string) {
		n := names[i]
		cast = append(cast, book.Character{
			ID: id, Name: n.given, Full: n.given + " " + n.family, Pronoun: n.pronoun, Role: role, Trade: trade,
			Want: w.draw("want.he", take, i), Fear: w.draw("fear.he", take, i), Look: looks[i%len(looks)], Voice: voice,
		})
	}
	for i, l := range letters {
		add(i, ids[i], l.role, jobs[i], voices[(i+offset)%len(voices)])
	}
	for i := range count {
		add(len(letters)+i, fmt.Sprintf("n%d", i+1), "neighbour", fitting(extra[i%len(extra)], names[len(letters)+i].pronoun), voices[r.IntN(len(voices))])
	}
	w.inventParts(add, names, extra, hero, len(letters)+count)
	return cast
}

// womens and mens are trades whose names tell a woman or a man.
var (
	womens = wordSet("witch queen princess midwife widow nun maid governess seamstress postmistress shepherdess fisherwoman ferrywoman dressmaker housekeeper")
	mens   = wordSet("king prince monk priest cowboy fisherman ferryman postman signalman weatherman butler squire")
)

// fitting is a neighbour's trade, or a plain one where its name would not suit.
func fitting(trade, pronoun string) string {
	if womens[trade] && pronoun == "he" || mens[trade] && pronoun == "she" {
		return "tinker"
	}
	return trade
}

// apart reports, by the order of the cast, who talks most with the
// protagonist: they take the other pronoun, so that he and she stay clear.
func (w *world) apart(i int) bool {
	if late := i - len(letters) - neighboursOf(len(w.parts)); late >= 0 {
		letter := perPart[late%len(perPart)].letter
		return letter == "e" || letter == "s"
	}
	return i == 1 || i == 3 || i == 5
}

type naming struct{ given, family, pronoun string }

// nameList draws as many different names as a cast needs. The topic's own
// person comes first; then names whose first letters differ.
func (w *world) nameList(hero string, take int) []naming {
	r := chance(w.seed, "names", take)
	families := slices.Clone(w.stock.banks["name.family"])
	r.Shuffle(len(families), func(i, j int) { families[i], families[j] = families[j], families[i] })
	pools := map[string][]string{}
	for _, p := range []string{"she", "he"} {
		bank := "name." + p
		if w.setting == "realm" {
			bank = "name.realm." + p
		}
		pools[p] = slices.Clone(w.stock.banks[bank])
		r.Shuffle(len(pools[p]), func(i, j int) { pools[p][i], pools[p][j] = pools[p][j], pools[p][i] })
	}
	out := w.givenNames(families)
	initials := map[byte]int{}
	for _, n := range out {
		initials[n.given[0]]++
	}
	start := r.IntN(2)
	total := len(letters) + neighboursOf(len(w.parts)) + len(perPart)*(len(w.parts)-1)
	for i := len(out); i < total; i++ {
		pronoun := []string{"she", "he"}[(i+start+r.IntN(3)/2)%2]
		switch {
		case i == 0 && womens[hero]:
			pronoun = "she"
		case i == 0 && mens[hero]:
			pronoun = "he"
		}
		if len(out) > 0 && w.apart(i) {
			pronoun = gendered(out[0].pronoun, "he", "she")
		}
		given := takeName(pools[pronoun], initials, out)
		initials[given[0]]++
		out = append(out, naming{given, families[i], pronoun})
	}
	return out
}

// takeName takes the first name of the pool with the rarest initial that is like
// none of those that are out, as long as there is one.
func takeName(pool []string, initials map[byte]int, out []naming) string {
	for most := 0; ; most++ {
		for i, n := range pool {
			if n == "" || initials[n[0]] > most {
				continue
			}
			alike := slices.ContainsFunc(out, func(o naming) bool { return book.Alike(o.given, n) })
			if !alike || most > len(out) {
				pool[i] = ""
				return n
			}
		}
	}
}

// givenNames are the people that topic and premise name, protagonist first.
func (w *world) givenNames(families []string) []naming {
	names := w.subject.names
	if w.subject.who != "" {
		names = append([]string{w.subject.who}, names...)
	}
	var out []naming
	seen := map[string]bool{}
	for _, n := range names {
		fields := strings.Fields(n)
		if seen[fields[0]] || len(out) == 6 {
			continue
		}
		seen[fields[0]] = true
		family := families[len(out)]
		if len(fields) > 1 {
			family = lastWord(n)
		}
		pronoun := genderOf(fields[0])
		if pronoun == "" {
			pronoun = []string{"she", "he"}[chance(w.seed, "pronoun", n).IntN(2)]
		}
		out = append(out, naming{fields[0], family, pronoun})
	}
	return out
}

// inventPlaces makes the places where scenes happen.
func (w *world) inventPlaces(town string, t trade, take int) []book.Place {
	taken := map[string]bool{t.workplace: true}
	one := func(id, bank, kind string) book.Place {
		name := w.draw(bank, take)
		for i := 0; taken[name] && i < 20; i++ {
			name = w.draw(bank, take, i)
		}
		taken[name] = true
		return book.Place{ID: id, Name: name, Kind: kind, Detail: "smells of " + w.draw("smell", take, id)}
	}
	places := []book.Place{
		{ID: "town", Name: town, Kind: w.draw("kind"), Detail: "smells of " + w.draw("smell", take, "town")},
		{ID: "home", Name: t.workplace, Kind: "workplace", Detail: "smells of " + t.stuff},
		one("inn", "inn", "inn"), one("hall", "hall", "hall"), one("wild", "wild", "open"),
		one("rival", "rival", "workplace"), one("elder", "elder", "house"), one("ally", "ally", "workplace"),
	}
	for at := 1; at < len(w.parts); at++ {
		places = append(places, one(numbered("rival", at), "rival", "workplace"), one(numbered("elder", at), "elder", "house"))
	}
	return places
}
