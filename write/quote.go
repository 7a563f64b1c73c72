package write

import (
	"quire/book"
	"quire/llm"
)

// Quote is what a book is expected to cost before it is begun.
type Quote struct {
	Calls     int
	Input     int      // tokens of all questions
	Output    int      // tokens of all answers
	Low, High llm.Cost // unknown if the price of a model is
	Models    []string // that are asked, as provider/model, each once, in the order of their first role
}

// load is what one role asks for in a whole book.
type load struct {
	role          llm.Role
	calls         int
	input, output int // tokens of one call
}

// How far a book may be from the usual: the low end reads most of each question
// from a cache, the high end reads nothing from it, gets answers twice as long,
// by reasoning and detail, and asks a third of the calls again.
const (
	cachedShare = 0.6
	longAnswers = 2.0
	askedAgain  = 4.0 / 3
)

// Estimate quotes a settled brief; caps tells which model answers a role.
func Estimate(brief book.Brief, caps func(llm.Role) llm.Caps) Quote {
	q := Quote{Low: llm.Free, High: llm.Free}
	seen := map[string]bool{}
	for _, l := range loads(brief) {
		c := caps(l.role)
		if !seen[c.Name()] {
			seen[c.Name()] = true
			q.Models = append(q.Models, c.Name())
		}
		q.Calls += l.calls
		q.Input += l.calls * l.input
		q.Output += l.calls * l.output
		low := llm.Usage{Input: l.calls * l.input, Output: l.calls * l.output}
		if c.Cache != llm.NoCache && l.calls > 1 && l.input > c.CacheLeast {
			low.CachedRead = int(float64(low.Input) * cachedShare)
		}
		high := l.calls * l.input
		price := c.Price
		price.LongFrom = 0 // the sum of all calls is no long question
		q.Low = q.Low.Plus(price.Of(low))
		q.High = q.High.Plus(price.Most(int(float64(high)*askedAgain), int(float64(l.calls*l.output)*longAnswers*askedAgain)))
	}
	return q
}

// The usual sizes, in tokens, measured on books that the built-in author wrote
// through the same prompts (TestAQuoteHoldsWhatABookUses).
const (
	tokensAWord  = 1.4
	rules        = 500 // words of a prompt's template
	planned      = 110 // of a chapter in the outline
	remembered   = 130 // of a chapter of a story in the ledger
	beatSheet    = 250
	noticed      = 200 // what a chapter adds to the ledger
	sectionWords = 700 // a section of a story is seldom longer (writing.md §4.4)

	guideWords    = 500 // one of a nonfiction book
	guideSections = 4   // that each of its chapters has at least
)

// loads lists what is asked for to write a brief.
func loads(brief book.Brief) []load {
	chapters := max(brief.Chapters, 1)
	words := max(brief.Words/chapters, 1)
	sections := (words + sectionWords - 1) / sectionWords
	if brief.Kind == book.Nonfiction {
		sections = max((words+guideWords-1)/guideWords, guideSections)
	}
	if n := len(brief.Outline) - chapters; n > 0 {
		sections = max(sections, (n+chapters-1)/chapters)
	}
	given := llm.Tokens(brief.Topic+brief.Premise) + 100
	for _, h := range brief.Outline {
		given += llm.Tokens(h.Title+h.Description+h.Notes) + 10
	}
	concept, past := 200, 0
	if brief.Kind == book.Fiction {
		concept, past = 1100, remembered*chapters/2
	}
	batches := (chapters + batchSize - 1) / batchSize
	book := rules + given + concept + planned*chapters // what every chapter's calls begin with
	text := int(float64(words) * tokensAWord)
	return []load{
		{llm.Concept, 1, rules + given, concept},
		{llm.Outline, batches, rules + given + concept + planned*chapters/2, planned * chapters / batches},
		{llm.Beats, chapters, book + past + 2*beatSheet, beatSheet},
		{llm.Draft, chapters * sections, book + past + beatSheet + text*(sections-1)/(2*sections), text / sections},
		{llm.Observe, chapters, rules + given + concept + past + beatSheet + text, noticed},
	}
}
