package offline

import (
	"slices"
	"strings"

	"quire/book"
)

// plots are the names of the plots; each has its steps in words/plot_*.txt, as
// pieces of the kinds name.0, name.1 and so on.
var plots = []string{"log", "deed", "gone", "failing", "letters", "box"}

// everyday are the plots in which nothing happens that could not.
var everyday = []string{"log", "deed", "gone", "letters", "box"}

// voices are the ways in which people of a story speak.
var voices = []string{"clipped", "asking", "trading", "rambling", "formal", "dry"}

// neighbours is how many people a place has beside the cast.
const neighbours = 6

// genre is what a kind of fiction prefers. Plots may stand twice, to be drawn
// more often.
type genre struct {
	settings []string
	plots    []string
	moods    []string
}

// genres are the genres by the letters of their keys.
var genres = map[string]genre{
	"mystery":           {nil, []string{"log", "log", "letters", "failing", "gone"}, []string{"dry", "eerie"}},
	"romance":           {nil, []string{"gone", "letters", "letters", "deed"}, []string{"tender"}},
	"fantasy":           {[]string{"realm"}, []string{"box", "failing", "box", "deed"}, []string{"tender", "eerie"}},
	"sciencefiction":    {[]string{"colony"}, []string{"failing", "gone", "failing", "log"}, []string{"dry"}},
	"thriller":          {nil, []string{"deed", "log", "failing"}, []string{"eerie"}},
	"horror":            {nil, []string{"failing", "gone", "log"}, []string{"eerie"}},
	"western":           {[]string{"prairie"}, []string{"deed", "deed", "gone", "box"}, []string{"dry"}},
	"historical":        {nil, []string{"log", "box", "deed"}, []string{"dry"}},
	"historicalfiction": {nil, []string{"log", "box", "deed"}, []string{"dry"}},
	"literaryfiction":   {nil, []string{"gone", "log", "letters"}, []string{"tender"}},
	"youngadult":        {nil, []string{"gone", "letters", "failing"}, []string{"tender"}},
	"adventure":         {nil, []string{"box", "gone", "failing"}, []string{"dry"}},
	"humor":             {nil, []string{"letters", "deed"}, []string{"dry"}},
	"childrens":         {nil, []string{"box", "failing", "letters"}, []string{"dry"}},
	"womensfiction":     {nil, []string{"letters", "gone", "deed"}, []string{"tender"}},
	"christianfiction":  {nil, []string{"box", "gone", "log"}, []string{"tender"}},
	"newadult":          {nil, []string{"gone", "letters"}, []string{"tender"}},
}

// genreOf finds the genre of a brief, whatever its spelling; none is the zero
// genre, which prefers nothing.
func genreOf(b book.Brief) genre {
	key := strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ToLower(b.Genre))
	switch key {
	case "scifi", "sf":
		key = "sciencefiction"
	case "ya":
		key = "youngadult"
	case "children", "childrensfiction", "childrensbook", "kids":
		key = "childrens"
	case "humour", "comedy":
		key = "humor"
	}
	return genres[key]
}

// moodsOf lists the moods that pieces may have in the book.
func moodsOf(b book.Brief) []string {
	moods := append([]string{}, genreOf(b).moods...)
	tone := strings.ToLower(b.Tone)
	for _, m := range []struct{ mood, words string }{
		{"dry", "dry funny humor witty light"}, {"tender", "warm tender gentle romantic cosy cozy"}, {"eerie", "dark eerie grim tense scary"},
	} {
		if slices.ContainsFunc(strings.Fields(m.words), func(w string) bool { return strings.Contains(tone, w) }) {
			moods = append(moods, m.mood)
		}
	}
	if len(moods) == 0 {
		moods = []string{"dry", "tender"}
	}
	return moods
}

// settings are the worlds that a story can be set in.
var settings = []string{"coast", "valley", "mountain", "town", "prairie", "colony", "realm"}

// settingOf chooses the world: the words of the topic first, then the genre,
// then the seed. The words of a premise count too.
func (w *world) settingOf(b book.Brief) string {
	score := map[string]int{}
	words := map[string]int{}
	for f := range strings.FieldsSeq(w.subject.words) {
		words[strings.Trim(f, ".,;:!?’'\"“”()")]++
	}
	for _, s := range settings {
		for _, hint := range w.stock.banks["hint."+s] {
			score[s] += 3 * min(words[hint], 3)
		}
	}
	g := genreOf(b)
	for _, s := range g.settings {
		score[s] += 8
	}
	best := 0
	for _, s := range settings {
		best = max(best, score[s])
	}
	var likely []string
	for _, s := range settings {
		open := s != "colony" && s != "realm" && s != "prairie"
		if score[s] == best && (best > 0 || open) {
			likely = append(likely, s)
		}
	}
	return likely[chance(w.seed, "setting").IntN(len(likely))]
}
