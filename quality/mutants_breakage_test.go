package quality_test

import (
	"slices"
	"strings"

	"quire/quality"
)

// times is a size for fiction, nonfiction and children.
func (c *copybook) times(fiction, nonfiction, children int) int {
	return map[quality.Profile]int{quality.Fiction: fiction, quality.Nonfiction: nonfiction, quality.Children: children}[c.profile]
}

// say is a fault of some sentences in the sixth chapter.
func say(sentences ...string) func(*copybook) {
	return func(c *copybook) {
		for i, s := range sentences {
			c.insert(6, i, s)
		}
	}
}

// last is a fault at the end of the fourth chapter.
func last(words string) func(*copybook) {
	return func(c *copybook) { c.edit(4, endWith(words)) }
}

// tellAgain repeats n words of narration of a chapter where they stand.
func (c *copybook) tellAgain(chapter, n int) {
	c.edit(chapter, func(text string) string {
		for _, p := range narrated(text) {
			if n <= 0 {
				break
			}
			text = strings.Replace(text, p, p+"\n\n"+p, 1)
			n -= len(strings.Fields(p))
		}
		return text
	})
}

// retell puts n words of narration of the first two chapters into the sixth and
// seventh, in the place of their own, each sentence with another beginning.
func retell(c *copybook, n int) {
	for chapter := range 2 {
		from, left := narrated(c.text.Chapters[chapter].Markdown), n/2
		c.edit(chapter+6, func(text string) string {
			for i, p := range narrated(text) {
				if left <= 0 || i == len(from) {
					break
				}
				again := sentenceEnd.ReplaceAllString("Again, "+from[i], "$1. And then $2")
				text = strings.Replace(text, p, again, 1)
				left -= len(strings.Fields(again))
			}
			return text
		})
	}
}

// padded puts some of the trial book behind a chapter: a share of its words in
// percent. The prose is from several places, since old prose repeats itself.
func (c *copybook) padded(chapter, percent int) {
	c.edit(chapter, func(text string) string {
		n := len(strings.Fields(text)) * percent / 100
		for i, p := range strings.Split(c.vocabulary, "\n\n") {
			if n <= 0 {
				break
			}
			if i%20 == 0 && isProse(p) {
				text += "\n\n" + firstWords(p, min(40, len(strings.Fields(p)))) + "."
				n -= min(40, len(strings.Fields(p)))
			}
		}
		return text
	})
}

// breakages are the faults that break a book.
func breakages() map[string]mutant {
	all := map[string]mutant{
		"every chapter is cut short": {edge: "M1 of the book, low", fault: func(c *copybook) { c.all(cut(.62)) }},
		"a third too long":           {edge: "M1 of the book, high", fault: func(c *copybook) { c.text = c.longer() }},
		"a chapter is cut short":     {edge: "M1 worst chapter, low", fault: func(c *copybook) { c.edit(4, cut(.6)) }},
		"a chapter is too long":      {edge: "M1 worst chapter, high", fault: func(c *copybook) { c.padded(4, 38) }},
		"passages told twice": {edge: "M4 mean of windows, high", fault: func(c *copybook) {
			for i := range c.text.Chapters {
				c.tellAgain(i+1, c.times(40, 100, 120))
			}
		}},
		"a loop": {edge: "M4 worst window, high", fault: func(c *copybook) {
			c.edit(6, func(text string) string {
				p := narrated(text)[0]
				return strings.Replace(text, p, strings.Repeat(p+"\n\n", 2+c.times(140, 300, 340)/len(strings.Fields(p))), 1)
			})
		}},
		"a chapter tells another again": {edge: "M5 5-grams shared, high", fault: func(c *copybook) { retell(c, c.times(280, 520, 860)) }},
		"recycled sentences": {edge: "M6 sentences, high", fault: func(c *copybook) {
			var found []string
			for _, p := range narrated(c.text.Chapters[0].Markdown) {
				for s := range strings.SplitSeq(p, ". ") {
					if n := len(strings.Fields(s)); n >= 9 && n < 13 && !strings.Contains(s, ";") {
						found = append(found, strings.TrimSuffix(s, ".")+".")
					}
				}
			}
			say(found[:c.times(3, 3, 8)]...)(c)
		}},
		"a chapter told twice":          {edge: "M22 mean, high", size: [2]int{2, 14_000}, fault: func(c *copybook) { c.all(secondHalfAgain) }},
		"one chapter of two told twice": {edge: "M22 worst 40 kB, high", size: [2]int{2, 14_000}, fault: func(c *copybook) { c.edit(1, secondHalfAgain) }},
		"quotation marks without an end": {edge: "M20 open quotation marks, high", fault: func(c *copybook) {
			for i := range 3 {
				c.edit(i+1, endWith("“Nobody said so."))
			}
		}},
	}
	for name, m := range contradictions() {
		all[name] = m
	}
	for name, fault := range leftovers() {
		all[name] = mutant{edge: "M20 errors, high", fault: fault}
	}
	return all
}

// secondHalfAgain puts the first half of a chapter in the place of the second,
// farther from it than the windows of M4 look.
func secondHalfAgain(text string) string {
	half := cut(.5)(text)
	return half + "\n\n" + half
}

// contradictions are faults of names and facts.
func contradictions() map[string]mutant {
	const names, facts = "M17 alarms, high", "M18 conflicts, high"
	return map[string]mutant{
		"a name drifts":                 {edge: names, fault: say("There Langstrotth waited.", "It was Langstrotth again.")},
		"a name acts after death":       {edge: names, fault: say("At the door Percival nodded.")},
		"a wrong day of the week":       {edge: facts, fault: say("It was on Tuesday, 3 May 1999, that the rain came.")},
		"a wrong day, month first":      {edge: facts, fault: say("It was on Tuesday, May 3, 1999, that the rain came.")},
		"a wrong age":                   {edge: facts, fault: say("Langstroth was 43 years old.")},
		"a wrong age in words":          {edge: facts, fault: say("Langstroth, forty-three, sat down.")},
		"a wrong year of birth":         {edge: facts, fault: say("Langstroth was born in May 1818.")},
		"another colour of hair":        {edge: facts, fault: say("Nobody cut Langstroth’s long red hair.")},
		"another colour of eyes":        {edge: facts, fault: say("The lamp lit Langstroth’s brown eyes.")},
		"eyes that no ledger knows":     {edge: facts, fault: say("Oswin’s eyes were green.", "All saw Oswin’s brown eyes.")},
		"another distance to one place": {edge: facts, fault: say("The walk to Langstroth is 5 miles.")},
	}
}

// leftovers are faults of structure.
func leftovers() map[string]func(*copybook) {
	return map[string]func(*copybook){
		"words to the one who asked": last("I hope this helps with the next part of the book."),
		"an offer":                   last("Would you like me to go on with the fifth chapter?"),
		"an announcement": func(c *copybook) {
			c.edit(4, func(text string) string { return "Here is the next chapter.\n\n" + text })
		},
		"a refusal":                   last("As an AI, I cannot write this scene."),
		"a place left open":           last("[insert the storm here]"),
		"a note to oneself":           last("TODO: the storm."),
		"a section that breaks off":   last("She took the lamp from its hook, and went down to where the boats were lying on the shingle and"),
		"a sentence that breaks off":  last("She took the lamp,"),
		"a title twice":               func(c *copybook) { c.text.Chapters[5].Title = strings.ToUpper(c.text.Chapters[1].Title) },
		"a heading without its level": func(c *copybook) { c.edit(4, endWith("#### Afterwards\n\nNobody came.")) },
		"bold type without an end":    last("It was **never found."),
		"a mark of Markdown":          last("#Afterwards nobody came."),
		"code without an end":         func(c *copybook) { c.edit(4, endWith("```\nnobody came")) },
		"a chapter that is missing":   func(c *copybook) { c.text.Missing = 1 },
		"an empty chapter": func(c *copybook) {
			c.text.Chapters = append(slices.Clone(c.text.Chapters), c.text.Chapters[0])
			c.text.Chapters[8].ID, c.text.Chapters[8].Title, c.text.Chapters[8].Markdown = "none", "Afterwards", "\n"
		},
	}
}
