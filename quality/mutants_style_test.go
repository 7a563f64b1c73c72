package quality_test

import (
	"maps"
	"slices"
	"strings"

	"quire/quality"
)

// What models like to write.
var (
	likedWords = strings.Fields("tapestry palpable fleeting shimmering unwavering intricate echoing ancient whispers liminal solace cascading etched gleamed journey")
	likedRuns  = []string{"There, dust motes danced.", "It cast long shadows over X.", "For a long moment of silence, X.", "With a small sad smile, X.", "A voice, barely a whisper, X.",
		"Cold, a shiver down her spine, and X."}
	worn = []string{"Time stood still.", "The X was cold as ice.", "It was quiet as a mouse.", "Only time will tell.", "Against all odds, X.", "Her blood ran cold.", "She swallowed hard.",
		"Everything had changed.", "It was the calm before the storm.", "He raised an eyebrow.", "Needless to say, X.", "A single tear."}
	contrasts = []string{"It was not X but X.", "This wasn’t X, it was X.", "Not the X, but the X.", "It was not X; it was X."}
	endings   = []string{"Nobody came.", "The lamp went out.", "It rained.", "They waited for the boat.", "The door was shut.", "Somewhere a dog barked.", "He was not asked again.",
		"Snow fell.", "The tide had turned.", "She kept the key."}
)

// scriptureWords are words in lower case that the book hardly has.
func (c *copybook) scriptureWords() (list []string) {
	seen := map[string]bool{}
	for _, word := range plainWord.FindAllString(c.vocabulary, -1) {
		if !seen[word] {
			seen[word] = true
			list = append(list, word)
		}
	}
	return list
}

// salad puts a word that was not there before in the place of every word that
// is not very small.
func salad(c *copybook) {
	words := c.scriptureWords()
	c.reword(anyWord, func(word string) string {
		if slices.Contains(smallWords, word) {
			return word
		}
		c.at++ // each time through the words in another order
		return words[c.at*(2*(c.at/len(words))+1)%len(words)]
	})
}

// poor keeps one plain word of n, and says it again for the others.
func poor(n int) func(*copybook) {
	return func(c *copybook) {
		kept := "thing"
		c.reword(plainWord, func(word string) string {
			if c.at++; c.at%n == 0 {
				kept = word
			}
			return kept
		})
	}
}

// models writes as models do, in n words of a thousand.
func models(c *copybook) {
	c.swap(9, likedWords...)
	c.scatter(30, contrasts...)
	c.scatter(12, likedRuns...)
}

// manners are the faults of style.
func manners() map[string]mutant {
	return map[string]mutant{
		"few words":               {edge: "M2 MTLD, low", fault: func(c *copybook) { poor(c.times(3, 6, 6))(c) }},
		"a salad of words":        {edge: "M2 MTLD, high", fault: salad},
		"few words on a page":     {edge: "M3 MATTR-500, low", fault: func(c *copybook) { poor(c.times(4, 8, 40))(c) }},
		"a salad on a page":       {edge: "M3 MATTR-500, high", fault: salad},
		"words that models like":  {edge: "M8 words, high", fault: func(c *copybook) { c.swap(8, likedWords...) }},
		"runs that models like":   {edge: "M8 runs of three, high", fault: func(c *copybook) { c.scatter(12, likedRuns...) }},
		"clichés":                 {edge: "M9 rate, high", fault: func(c *copybook) { c.scatter(16, worn...) }},
		"phrases that are banned": {edge: "M9 rate, high", fault: func(c *copybook) { c.plan.Banned = []string{"the old bell"}; c.scatter(16, "X, the old bell.") }},
		"empty openers":           {edge: "M9 rate, high", fault: func(c *copybook) { c.scatter(16, "Suddenly, X.", "Somehow, X.", "Ultimately, X.") }},
		"contrasts":               {edge: "M10 rate, high", fault: func(c *copybook) { c.scatter(30, contrasts...) }},
		"all that models like":    {edge: "M11 composite, high", fault: models},
		"a recycled opening":      {edge: "M12 most alike, high", fault: recycled},
		"chapters that all end in a short line": {edge: "M12 one sort of ending, high", not: quality.Nonfiction, fault: func(c *copybook) {
			for i := range c.text.Chapters {
				c.edit(i+1, endWith(endings[i]))
			}
		}},
		"equal paragraphs":      {edge: "M13 variation, low", fault: func(c *copybook) { c.all(even(60)) }},
		"equal sentences":       {edge: "M14 variation, low", fault: func(c *copybook) { c.all(flat(c.times(12, 14, 11))) }},
		"clipped sentences":     {edge: "M14 mean, low", fault: func(c *copybook) { c.all(flat(c.times(4, 6, 2))) }},
		"endless sentences":     {edge: "M14 mean, high", fault: func(c *copybook) { c.all(flat(48)) }},
		"nobody speaks":         {edge: "M15 of the book, low", not: quality.Nonfiction, fault: func(c *copybook) { c.all(proseOf(marksOfSpeech.Replace)) }},
		"nobody stops speaking": {edge: "M15 of the book, high", fault: func(c *copybook) { c.all(proseOf(spoken)) }},
		"written for children":  {edge: "M16 grade, low", not: quality.Children, prepare: grownUp, fault: func(c *copybook) { c.all(flat(6)) }},
		"written for lawyers":   {edge: "M16 grade, high", prepare: grownUp, fault: func(c *copybook) { c.all(flat(70)) }},
		"points that nobody told": {edge: "M19 found, low", fault: func(c *copybook) {
			c.plan.Chapters = maps.Clone(c.plan.Chapters)
			for id, aim := range c.plan.Chapters {
				aim.Beats = append(slices.Clone(aim.Beats), "Glaciers feed Aberdeen’s distilleries", "Zinc prices collapse overnight", "Parliament abolishes postage", "Violins outlive orchestras")
				c.plan.Chapters[id] = aim
			}
		}},
		"another chapter’s text": {edge: "M19 found, low", not: quality.Nonfiction, fault: func(c *copybook) {
			texts := make([]string, len(c.text.Chapters))
			for i, ch := range c.text.Chapters {
				texts[i] = ch.Markdown
			}
			for i := range texts { // neighbours share too many words to be missed
				c.text.Chapters[i].Markdown = texts[(i+2)%len(texts)]
			}
		}},
		"more and more habits": {edge: "M23 getting worse, high", fault: func(c *copybook) {
			for i := range c.text.Chapters {
				for k := range i {
					c.insert(i+1, k, worn[(i+k)%len(worn)])
					c.insert(i+1, k+i, contrasts[k%len(contrasts)])
				}
			}
		}},
		"numbers without a source": {edge: "M24 numbers with a source, low", only: quality.Nonfiction,
			prepare: func(c *copybook) { c.scatter(4, "X has 3 parts.[^1]") }, fault: func(c *copybook) {
				for i := range 8 {
					c.insert(5+i%4, i/4, "Nobody counted 40 of X.")
				}
			}},
		"references to nothing": {edge: "M24 lost references, high", only: quality.Nonfiction, fault: say("See Figure 2.", "Look at Table 7.", "Fig. 9 shows X.")},
		"words that come before their meaning": {edge: "M24 used early, high", only: quality.Nonfiction, fault: func(c *copybook) {
			for i, word := range []string{"gudgeon", "trunnion", "spandrel", "escutcheon"} {
				c.insert(2, i, "Bring the "+word+" to X.")
				c.insert(8, i, "A *"+word+"* is a piece of X.")
			}
		}},
		"meanings that are told twice": {edge: "M24 introduced twice, high", only: quality.Nonfiction, fault: func(c *copybook) {
			for i, word := range []string{"gudgeon", "trunnion", "spandrel", "escutcheon"} {
				c.insert(2, i, "A **"+word+"** means a piece of X.")
				c.insert(8, i, "A *"+word+"* is a piece of X.")
			}
		}},
		"words of another's book": {edge: "M25 longest run, high", fault: func(c *copybook) { c.insert(6, 0, firstWords(c.plan.Sources[0], 45)+".") }},
	}
}

// grownUp joins sentences until the text is as hard to read as its profile
// wants it.
func grownUp(c *copybook) {
	switch c.profile {
	case quality.Fiction:
		c.all(joined(3))
	case quality.Nonfiction:
		c.all(flat(28))
	}
}

// firstWords are the first words of a text, as one sentence.
func firstWords(text string, n int) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \n.,;:!?", r) })[:n], " ")
}

// recycled begins the sixth chapter as the second one.
func recycled(c *copybook) {
	opening := firstWords(c.text.Chapters[1].Markdown, 38) + ".\n\n"
	c.edit(6, func(text string) string { return opening + text })
}

// spoken puts a paragraph into quotation marks.
func spoken(p string) string { return "“" + marksOfSpeech.Replace(p) + "”" }
