package write

import (
	"fmt"
	"math"
	"slices"
	"time"

	"quire/book"
	"quire/llm"
)

// Quote is what a book is expected to cost before it is begun.
type Quote struct {
	Calls     int
	Input     int      // tokens of all questions
	Cached    int      // tokens of those that a cache is expected to have
	Output    int      // tokens of all answers
	Cost      llm.Cost // expected; unknown if the price of a model is
	Low, High llm.Cost
	Time      time.Duration // expected, at the width that books are written at
	Models    []string      // that are asked, as provider/model, each once, in the order of their first role
	Stages    []StageQuote  // in the order of the book's life
	Warnings  []string      // sentences for the maker
}

// StageQuote is the part of a quote for one kind of question.
type StageQuote struct {
	Name   string
	Model  string
	Calls  int
	Input  int
	Cached int
	Output int
	Cost   llm.Cost
	Time   time.Duration
}

// How far a book may be from the usual: the high end reads nothing from a cache,
// gets answers twice as long, by reasoning and detail, and asks a third of the
// calls again; the low end is a tenth below what is expected.
const (
	lowShare    = 0.9
	longAnswers = 2.0
	askedAgain  = 4.0 / 3
)

// How fast models answer, as far as anybody can say before asking them.
const (
	answerSpeed = 60              // tokens a second
	answerStart = 2 * time.Second // until the first one
	quotedWidth = 4               // chapters at once
	mostSketch  = 12              // chapters that are sketched; the others are like them
)

// Estimate quotes a settled brief; caps tells which model answers a role. It lays
// out a book of the usual sizes and counts the very questions that would be asked
// about it, with what a cache would have of them.
func Estimate(brief book.Brief, caps func(llm.Role) llm.Caps) Quote {
	s := newSketch(brief, caps)
	s.plan()
	s.chapters()
	s.call("matter", "matter", matterPrompt{s.f.bookPart(), recall(s.known(brief.Chapters)).Summaries}, 0, usual(brief.Kind).matter, 1)
	return s.quote()
}

// sketch counts the calls of a book that is not there.
type sketch struct {
	f      *folder
	caps   func(llm.Role) llm.Caps
	use    sizes
	seen   map[string]bool // beginnings of questions that a cache has, by model
	lines  []*StageQuote
	models []string
	high   llm.Cost
	over   string
}

// sizes are the usual sizes of a book's artefacts in tokens, measured on books
// that the built-in author wrote (TestAQuoteHoldsWhatABookUses).
type sizes struct {
	concept, bible int
	planned        int // a chapter in the outline
	beat           int // a section in a beat sheet
	summary, facts int // what a chapter adds to the ledger
	delta          int // the answer that says so
	checked        int // the answer of a critic
	matter         int
	section        int     // words of a section
	sections       int     // that a chapter has at least
	mended         float64 // share of the chapters that are mended
	seamed         float64 // share of the chapters whose opening is looked at
}

func usual(kind book.Kind) sizes {
	if kind == book.Nonfiction {
		return sizes{concept: 95, bible: 120, planned: 107, beat: 46, summary: 42, facts: 205, delta: 226, checked: 1, matter: 214, section: 500, sections: 4}
	}
	return sizes{concept: 1094, bible: 930, planned: 88, beat: 68, summary: 48, facts: 110, delta: 165, checked: 1, matter: 168, section: 700, sections: 1, mended: 0.05, seamed: 0.74}
}

// tokensAWord is how many tokens a word of prose has, by the rule of thumb.
const tokensAWord = 1.31

// filler is a text of so many tokens.
func filler(tokens int) string {
	text := make([]byte, max(4*tokens-2, 0))
	for i := range text {
		text[i] = "salt and light "[i%15]
	}
	return string(text)
}

// newSketch lays out a book: everything that its questions hold, in the usual
// sizes.
func newSketch(brief book.Brief, caps func(llm.Role) llm.Caps) *sketch {
	use := usual(brief.Kind)
	b := book.Book{ID: "bk_000000000000", Brief: brief, Engine: Newest().Version}
	f := &folder{preset: preset(b), book: b, arts: artefacts{}, concept: book.Concept{Logline: filler(use.concept - 20)}}
	if f.preset.has("bible") {
		f.bible = book.Bible{Reader: filler(use.bible - 20)}
	}
	f.outline, _ = skeleton(brief)
	for i := range f.outline.Chapters {
		c := &f.outline.Chapters[i]
		c.Title, c.Summary = orElse(c.Title, "Salt and light"), orElse(c.Summary, filler(max(use.planned-24, 4)))
		f.chapters = append(f.chapters, book.Chapter{ID: c.ID, Ordinal: i + 1, Title: c.Title, Draft: 1, Target: c.Words})
	}
	return &sketch{f: f, caps: caps, use: use, seen: map[string]bool{}, high: llm.Free}
}

// known is the ledger after so many chapters.
func (s *sketch) known(chapters int) book.Ledger {
	var l book.Ledger
	for i := range min(chapters, len(s.f.chapters)) {
		c := s.f.chapters[i]
		l.Summaries = append(l.Summaries, book.Summary{Chapter: c.ID, Ordinal: i + 1, Text: filler(max(s.use.summary-12, 1))})
		l.Facts = append(l.Facts, book.Fact{Subject: "salt", Attr: "is", Value: filler(max(s.use.facts-20, 1)), Chapter: c.ID, From: i + 1})
	}
	return l
}

// plan counts what is asked before chapters are written.
func (s *sketch) plan() {
	f, brief := s.f, s.f.book.Brief
	part := f.planPart()
	s.call("concept", "concept", conceptPrompt{planPart: part, Directions: draw(brief, f.preset.Draws)}, 0, s.use.concept, 1)
	if f.preset.has("bible") {
		s.call("bible", "bible", biblePrompt{planPart: part, Concept: f.concept}, 0, s.use.bible, 1)
	}
	frame, _ := skeleton(brief)
	for at := 0; at < len(frame.Chapters); at += batchSize {
		end := min(at+batchSize, len(frame.Chapters))
		p := outlinePrompt{
			planPart: part, Concept: f.concept, Bible: f.bible, Outline: gist(book.Outline{Chapters: f.outline.Chapters[:at]}),
			Plan: book.Outline{Chapters: frame.Chapters[at:end]}, Position: position{at + 1, len(frame.Chapters)},
		}
		s.call("outline", "outline", p, 0, s.use.planned*(end-at), 1)
	}
	if len(frame.Chapters) > batchSize {
		s.call("stitch", "stitch", stitchPrompt{part, f.concept, f.bible, f.outline}, 0, 1, 1)
	}
}

// chapters counts what is asked about the chapters: of a long book some of them,
// which stand for the others.
func (s *sketch) chapters() {
	n := len(s.f.chapters)
	sample := min(n, mostSketch)
	each := float64(n) / float64(sample)
	wave := s.f.preset.Wave
	if wave == 0 || s.f.book.Brief.Kind == book.Nonfiction && wave != 1 {
		wave = n
	}
	for i := range sample {
		at := i * n / sample
		s.chapter(at, at/wave*wave, each)
	}
}

// chapter counts what is asked about the chapter at a place, when so many were
// written before its wave.
func (s *sketch) chapter(at, known int, weight float64) {
	f := s.f.at(s.f.chapters[at].ID)
	c := f.plan()
	sheet := s.sheet(c)
	ledger := wavePart{recall(s.known(known))}
	s.call("beats", f.beatsName(), beatsPrompt{bookPart: f.bookPart(), Position: f.position(), Chapter: c, Kinds: kindsOf(f.book.Brief, at)},
		c.Words, s.use.beat*len(sheet.Sections)+10, weight)
	p := sectionPrompt{bookPart: f.bookPart(), wavePart: ledger, chapterPart: chapterPart{Position: f.position(), Chapter: c, Beats: sheet, Next: filler(10)}}
	if at > 0 && at == known {
		p.Before.Ending = filler(int(min(float64(f.outline.Chapters[at-1].Words), endingWords) * tokensAWord))
	}
	for i, beat := range sheet.Sections {
		p.Section = i
		s.call("draft", f.sectionName(i), p, beat.Words, int(float64(beat.Words)*tokensAWord), weight)
		if len(p.Texts) > 0 {
			p.Texts[len(p.Texts)-1].Mark = "none"
		}
		p.Texts = append(slices.Clone(p.Texts), textBlock{Name: fmt.Sprintf("text_%d", i+1), Mark: llm.Minutes, Text: filler(int(float64(beat.Words) * tokensAWord))})
	}
	text := filler(int(float64(c.Words) * tokensAWord))
	if f.preset.has("polish") {
		cp := checkPrompt{bookPart: f.bookPart(), wavePart: ledger, Position: f.position(), Chapter: c, Beats: sheet, Text: text}
		s.call("check", "check/"+f.unit, cp, 0, s.use.checked, weight*float64(max(f.preset.Rounds, 1)))
		s.call("mend", "mend/"+f.unit, mendPrompt{bookPart: f.bookPart(), wavePart: ledger, Position: f.position(), Chapter: c, Beats: sheet, Text: text}, 0, 200, weight*s.use.mended)
		if f.preset.Wave != 1 {
			s.call("seam", "seam/"+f.unit, seamPrompt{bookPart: f.bookPart(), Position: f.position(), Chapter: c, Opening: filler(300), Real: before{Ending: filler(350)}}, 0, 1, weight*s.use.seamed)
		}
	}
	s.call("observe", "delta/"+f.unit, observePrompt{bookPart: f.bookPart(), wavePart: ledger, Position: f.position(), Chapter: c, Beats: sheet, Text: text}, 0, s.use.delta, weight)
}

// sheet is a beat sheet of the usual size.
func (s *sketch) sheet(c book.OutlineChapter) book.Beats {
	n := max((c.Words+s.use.section-1)/s.use.section, s.use.sections, len(c.Sections), 1)
	var b book.Beats
	for range n {
		b.Sections = append(b.Sections, book.Beat{Words: max(c.Words/n, 1), Goal: filler(max(s.use.beat-6, 1))})
	}
	return b
}

// call counts one question, as often as weight says.
func (s *sketch) call(name, artefact string, prompt any, words, answer int, weight float64) {
	if weight == 0 {
		return
	}
	c, err := s.f.preset.call(name)
	if err != nil {
		return // this preset does not ask it
	}
	r, err := s.f.request(c, question{artefact: artefact, prompt: prompt, words: words}, 1)
	if err != nil {
		return // a prompt that cannot be filled is found by its tests
	}
	caps := s.caps(c.Role)
	if !slices.Contains(s.models, caps.Name()) {
		s.models = append(s.models, caps.Name())
	}
	u := llm.Usage{Input: llm.TokensOf(r), Output: answer}
	u.CachedRead, u.CachedWrite, u.CachedHour = s.cached(caps, r)
	line := s.line(name, caps.Name())
	line.add(u, caps.Price.Of(u), weight)
	s.high = s.high.Plus(times(caps.Price.Most(int(float64(u.Input)*askedAgain), int(float64(answer)*longAnswers*askedAgain)), weight))
	s.measure(caps, c, u)
}

// measure keeps the largest call, and says if a model cannot take it.
func (s *sketch) measure(caps llm.Caps, c Call, u llm.Usage) {
	switch {
	case caps.Context > 0 && u.Input+u.Output > caps.Context:
		s.over = fmt.Sprintf("a question about a chapter has about %d tokens, and %s takes %d: plan shorter chapters or choose another model", u.Input+u.Output, caps.Name(), caps.Context)
	case caps.MaxOutput > 0 && u.Output > caps.MaxOutput:
		s.over = fmt.Sprintf("an answer has about %d tokens, and %s gives %d at most: plan shorter chapters or choose another model", u.Output, caps.Name(), caps.MaxOutput)
	}
}

// cached is what a provider's cache has of a question that it has seen the like
// of, and what it newly keeps.
func (s *sketch) cached(caps llm.Caps, r llm.Request) (read, kept, hour int) {
	if caps.Cache == llm.NoCache {
		return 0, 0, 0
	}
	key, tokens := caps.Name(), 0
	for _, b := range r.Blocks {
		key = book.Derive(16, key, b.Text)
		tokens += llm.Tokens(b.Text)
		if tokens < caps.CacheLeast || caps.Cache == llm.Marked && b.Mark == llm.NoMark {
			continue
		}
		if s.seen[key] {
			read = tokens
			continue
		}
		s.seen[key] = true
		if caps.Cache == llm.Marked {
			if b.Mark == llm.HourLong {
				hour = tokens - read
			}
			kept = tokens - read
		}
	}
	return read, kept, hour
}

func (s *sketch) line(name, model string) *StageQuote {
	if i := slices.IndexFunc(s.lines, func(l *StageQuote) bool { return l.Name == name }); i >= 0 {
		return s.lines[i]
	}
	l := &StageQuote{Name: name, Model: model, Cost: llm.Free}
	s.lines = append(s.lines, l)
	return l
}

// add counts a call into the line. Parts of calls are rounded at the end.
func (l *StageQuote) add(u llm.Usage, cost llm.Cost, weight float64) {
	l.Calls += int(math.Round(weight * callParts))
	l.Input += int(math.Round(float64(u.Input) * weight))
	l.Cached += int(math.Round(float64(u.CachedRead) * weight))
	l.Output += int(math.Round(float64(u.Output) * weight))
	l.Cost = l.Cost.Plus(times(cost, weight))
	one := answerStart + time.Duration(u.Output)*time.Second/answerSpeed
	l.Time += time.Duration(float64(one) * weight)
}

// callParts is how finely calls are counted while a sketch is summed up.
const callParts = 1000

func times(c llm.Cost, n float64) llm.Cost {
	return llm.Cost{USD: book.USD(float64(c.USD) * n), Known: c.Known}
}

// quote sums up the sketch.
func (s *sketch) quote() Quote {
	q := Quote{Cost: llm.Free, High: s.high, Models: s.models}
	width := time.Duration(min(quotedWidth, max(len(s.f.chapters), 1)))
	if s.f.preset.Wave == 1 {
		width = 1
	}
	for _, l := range s.lines {
		l.Calls = (l.Calls + callParts/2) / callParts
		if !slices.Contains([]string{"concept", "bible", "outline", "stitch", "matter"}, l.Name) {
			l.Time /= width
		}
		q.Calls += l.Calls
		q.Input += l.Input
		q.Cached += l.Cached
		q.Output += l.Output
		q.Cost = q.Cost.Plus(l.Cost)
		q.Time += l.Time
		q.Stages = append(q.Stages, *l)
	}
	q.Low = times(q.Cost, lowShare)
	q.Warnings = s.warnings()
	return q
}

// What is told to makers of long books: beyond it, books of such tools came out
// short or uneven.
const (
	longChapter  = 8000 // words, on average
	manyChapters = 40
)

func (s *sketch) warnings() []string {
	var list []string
	brief := s.f.book.Brief
	if n := max(brief.Chapters, 1); brief.Words/n > longChapter {
		list = append(list, fmt.Sprintf("the chapters have %d words on average: readers and models do better with up to %d", brief.Words/n, longChapter))
	}
	if brief.Chapters > manyChapters {
		list = append(list, fmt.Sprintf("the book has %d chapters: with more than %d, what was told early is remembered in short only", brief.Chapters, manyChapters))
	}
	if s.over != "" {
		list = append(list, s.over)
	}
	return list
}
