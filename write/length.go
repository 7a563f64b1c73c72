package write

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/book"
	"quire/event"
	"quire/llm"
	"quire/problem"
)

// The bounds of a section's length, as shares of the words asked for
// (writing.md §4.4).
const (
	tooShort   = 0.7
	tooLong    = 1.25
	mostMore   = 2   // times that a section is gone on with
	leastGain  = 80  // words; a continuation that brings less is the last
	tailWords  = 300 // of what is there, that a continuation sees
	chapterOff = 1.1 // a chapter that is longer is tightened
)

// pace is how many words a model gives for each word that it is asked for, as a
// moving mean over sections in the order of the book.
type pace struct{ mean float64 }

// The weight of the newest section, and how far a question may lean the other way.
const (
	paceWeight = 0.5
	paceLeast  = 0.4
	paceMost   = 2.5
)

// learn takes in a section.
func (p *pace) learn(s book.Section) {
	if s.Asked < 20 || s.First == 0 {
		return
	}
	r := float64(s.First) / float64(s.Asked)
	if p.mean == 0 {
		p.mean = r
		return
	}
	p.mean += paceWeight * (r - p.mean)
}

// chapter takes in all sections of the folder's chapter.
func (p *pace) chapter(f *folder) error {
	sheet, err := f.beatSheet()
	if err != nil {
		return err
	}
	for i := range sheet.Sections {
		s, ok, err := f.section(i)
		if err != nil {
			return err
		}
		if ok {
			p.learn(s)
		}
	}
	return nil
}

// ask is how many words a model is told so that it gives so many. A pace that is
// nearly right is taken as right, so that sound models are asked plainly.
func (p pace) ask(words int) int {
	if p.mean == 0 || p.mean > 0.85 && p.mean < 1.15 {
		return words
	}
	return max(int(float64(words)/min(max(p.mean, paceLeast), paceMost)), 1)
}

// grow asks for a section and goes on with it until it is whole: long enough, and
// ended. One that stays unfinished is no section.
func (w *Writer) grow(ctx context.Context, f *folder, p sectionPrompt, of section) (grown, error) {
	g := grown{asked: of.pace.ask(of.words)}
	q := question{call: "draft", artefact: f.sectionName(p.Section), revision: f.chapter().Draft, prompt: p, words: g.asked, cut: true}
	var text string
	from, err := w.ask(ctx, f, q, func(reply string) error {
		text = llm.BeforeLoop(clean(reply))
		return book.Section{Words: book.Words(text)}.Check()
	})
	if err != nil {
		return g, err
	}
	g.from, g.first = from, book.Words(text)
	g.text = text
	for more := 1; more <= mostMore; more++ {
		words := book.Words(g.text)
		short := float64(words) < tooShort*float64(of.words)
		if !short && finished(g.text) {
			break
		}
		gain, err := w.more(ctx, f, p, of, &g, more)
		if err != nil {
			return g, err
		}
		if gain < leastGain && finished(g.text) {
			break
		}
	}
	if !finished(g.text) {
		if g.text = upToSentence(g.text); float64(book.Words(g.text)) < tooShort*float64(of.words) || !finished(g.text) {
			return g, problem.New(problem.Conflict, "a section could not be brought to its end: the model stops in the middle").
				Try("quire retry %s asks again; another model may do better", f.book.ID)
		}
	}
	return g, nil
}

// grown is a section that is being written.
type grown struct {
	text  string
	asked int // words that the model was told at first
	first int // words that it gave then
	from  source
}

// more asks for the rest of a section and reports how many words it brought.
func (w *Writer) more(ctx context.Context, f *folder, p sectionPrompt, of section, g *grown, n int) (int, error) {
	had := book.Words(g.text)
	p.Begun, p.Missing = lastWords(g.text, tailWords), missing(of.beat.Points, g.text)
	open := max(of.words-had, of.words/10, 40)
	q := question{
		call: "more", artefact: fmt.Sprintf("%s/more/%d", f.sectionName(p.Section), n), revision: f.chapter().Draft,
		prompt: p, words: of.pace.ask(open), cut: true,
	}
	var rest string
	_, err := w.ask(ctx, f, q, func(reply string) error {
		rest = llm.BeforeLoop(clean(reply))
		return book.Section{Words: book.Words(rest)}.Check()
	})
	if problem.Is(err, problem.Conflict) && !halts(err) && ctx.Err() == nil {
		return 0, nil // it has no more to say
	}
	if err != nil {
		return 0, err
	}
	g.text = joined(g.text, rest)
	return book.Words(g.text) - had, nil
}

// missing lists the points of which less than half of the longer words stand in
// the text.
func missing(points []string, text string) []string {
	folded := strings.ToLower(text)
	var list []string
	for _, point := range points {
		words, hit := 0, 0
		for _, word := range strings.FieldsFunc(strings.ToLower(point), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(word) < 5 {
				continue
			}
			words++
			if strings.Contains(folded, word[:len(word)-len(word)/5]) {
				hit++
			}
		}
		if words > 0 && 2*hit < words {
			list = append(list, point)
		}
	}
	return list
}

// clean takes away what some models put around a text: a fence, and words to
// whoever asked.
func clean(reply string) string {
	text := strings.TrimSpace(strings.ReplaceAll(reply, "\r\n", "\n"))
	if rest, ok := strings.CutPrefix(text, "```"); ok {
		if _, body, ok := strings.Cut(rest, "\n"); ok && strings.HasSuffix(body, "```") {
			text = strings.TrimSpace(strings.TrimSuffix(body, "```"))
		}
	}
	return text
}

// joined puts the rest of a text behind what there is. What the rest repeats of
// the end is left out: the longest run of words that ends the one and begins the
// other.
func joined(text, rest string) string {
	end, begin := strings.Fields(lastWords(text, tailWords)), strings.Fields(rest)
	for n := min(len(end), len(begin)); n > 2; n-- {
		if slices.Equal(end[len(end)-n:], begin[:n]) {
			for range n {
				rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
				rest = rest[max(strings.IndexFunc(rest+" ", unicode.IsSpace), 0):]
			}
			break
		}
	}
	if rest = strings.TrimSpace(rest); rest == "" {
		return text
	}
	if finished(text) {
		return text + "\n\n" + rest
	}
	return text + " " + rest
}

// sentenceEnds are the signs that a sentence ends with, in the scripts that have
// their own too.
const sentenceEnds = ".!?…。！？؟।۔"

// finished reports whether a text comes to an end: its last sentence is closed,
// and so are its quotation marks.
func finished(text string) bool {
	last := strings.TrimRight(text, " \t\n")
	if i := strings.LastIndex(last, "\n\n"); i >= 0 {
		last = last[i+2:]
	}
	trimmed := strings.TrimSpace(last)
	switch {
	case trimmed == "":
		return false
	case strings.HasPrefix(trimmed, "|"), strings.HasPrefix(trimmed, "[INFOGRAPHIC:"), strings.HasSuffix(trimmed, "```"), strings.HasSuffix(trimmed, ":::"), strings.HasSuffix(trimmed, "$$"):
		return true // tables, figures, code and formulas end by themselves
	case listItem(trimmed):
		return true
	}
	bare := strings.TrimRight(noteMarks.ReplaceAllString(trimmed, ""), "*_”’\"'»›“)]}」』 ")
	r, _ := utf8.DecodeLastRuneInString(bare)
	return strings.ContainsRune(sentenceEnds, r) && closed(last)
}

var (
	noteMarks = regexp.MustCompile(`\[\^[^\]\s]+\]`)
	listMarks = regexp.MustCompile(`^([-*+]|\d+[.)])\s+\S`)
)

// listItem reports whether the last line of a paragraph is one of a list.
func listItem(paragraph string) bool {
	return listMarks.MatchString(paragraph[strings.LastIndex(paragraph, "\n")+1:])
}

// closed reports whether every quotation mark that a paragraph opens is closed.
func closed(paragraph string) bool {
	n := func(sign string) int { return strings.Count(paragraph, sign) }
	switch {
	case n("„") > 0:
		return n("„") <= n("“")+n("”")
	case n("“") > n("”"), n("「") > n("」"), n("『") > n("』"):
		return false
	case n("«") != n("»"):
		return false
	}
	return n("\"")%2 == 0
}

// upToSentence cuts a text behind its last whole sentence.
func upToSentence(text string) string {
	for end := len(text); end > 0; {
		i := strings.LastIndexAny(text[:end], sentenceEnds)
		if i < 0 {
			return ""
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		stop := i + size
		for stop < len(text) {
			r, size := utf8.DecodeRuneInString(text[stop:])
			if !strings.ContainsRune("”’\"'»)]*_」』", r) {
				break
			}
			stop += size
		}
		if cut := strings.TrimSpace(text[:stop]); finished(cut) {
			return cut
		}
		end = i
	}
	return ""
}

// shorten tightens sections of a chapter that came out too long, the longest over
// its measure first and each once, until the chapter is as long as it should be.
func (w *Writer) shorten(ctx context.Context, f *folder, p sectionPrompt, sheet book.Beats, paces pace) error {
	target := f.plan().Words
	tried := map[int]bool{}
	for {
		words, worst, excess := 0, -1, 0
		for i, beat := range sheet.Sections {
			s, ok, err := f.section(i)
			if err != nil || !ok {
				return err
			}
			words += s.Words
			if over := s.Words - beat.Words; over > excess && !s.Tight && !tried[i] {
				worst, excess = i, over
			}
		}
		if float64(words) <= chapterOff*float64(target) || worst < 0 {
			return nil
		}
		tried[worst] = true
		s, _, err := f.section(worst)
		if err != nil {
			return err
		}
		goal := max(s.Words-(words-target), sheet.Sections[worst].Words, 1)
		if err := w.tighten(ctx, f, p, worst, goal, paces); err != nil {
			return err
		}
	}
}

// tightenPrompt asks for a shorter version of a section.
type tightenPrompt struct {
	bookPart
	wavePart
	chapterPart
	Section int
	Text    string
}

// tighten asks for a section in fewer words. An answer that is no shorter, or not
// whole, is dropped: the long one stays.
func (w *Writer) tighten(ctx context.Context, f *folder, p sectionPrompt, i, words int, paces pace) error {
	s, _, err := f.section(i)
	if err != nil {
		return err
	}
	q := question{
		call: "tighten", artefact: f.sectionName(i) + "/tight", revision: f.chapter().Draft, words: paces.ask(words), cut: true,
		prompt: tightenPrompt{p.bookPart, p.wavePart, p.chapterPart, i, s.Markdown},
	}
	var text string
	from, err := w.ask(ctx, f, q, func(reply string) error {
		text = llm.BeforeLoop(clean(reply))
		return book.Section{Words: book.Words(text)}.Check()
	})
	switch {
	case err != nil && final(err) && !halts(err):
		return nil
	case err != nil:
		return err
	case !finished(text):
		text = upToSentence(text)
	}
	was := s
	s.Tight = true
	if n := book.Words(text); n < s.Words && float64(n) > tooShort*float64(words) {
		s.Markdown, s.Words = text, n
	}
	row := f.chapter()
	change := f.change("tighter section")
	change.Artefacts = []Artefact{{Name: f.sectionName(i), Body: s, Inputs: inputs(was.Markdown), Author: from.author, Call: from.call}}
	change.Events = []event.Payload{event.SectionTightened{Chapter: row.ID, Ordinal: row.Ordinal, Section: i + 1, Words: s.Words, Before: was.Words}}
	if err := w.Shelf.Save(ctx, change); err != nil {
		return err
	}
	return w.fetch(ctx, f, f.sectionName(i))
}
