package offline

import (
	"math/rand/v2"
	"slices"
	"strings"

	"quire/book"
)

// guideText is a section in the making.
type guideText struct {
	book    *guideBook
	section *guideSection
	rand    *rand.Rand
	names   []string // what the section is about, as phrases, in turn
	target  int
	blocks  []guideBlock
	count   int // moves written out
}

// guideBlock is a block of Markdown. Blocks of one move stay together; keep
// marks what must not be left out.
type guideBlock struct {
	text   string
	move   int // from 1; 0 is none
	keep   bool
	bridge bool // belongs before the block that follows
}

func (guide) draft(in *input) string {
	longer := in.section < len(in.sheet.Sections) && in.task.Words-in.sheet.Sections[in.section].Words > guideLonger
	g := guidePlan(in, longer || in.task.Revision > 1)
	_, at := in.outline.Chapter(in.chapter.ID)
	if at < 0 {
		at = max(in.position.Ordinal-1, 0)
	}
	chapter := g.chapters[min(at, len(g.chapters)-1)]
	s := *chapter[min(in.section, len(chapter)-1)]
	if in.section < len(in.sheet.Sections) {
		// The sheet may have been changed by hand: it is what counts.
		b := in.sheet.Sections[in.section]
		s.beat.Words, s.beat.Points, s.beat.Heading, s.beat.Level = b.Words, b.Points, b.Heading, b.Level
	}
	t := &guideText{book: g, section: &s, rand: in.rand, target: s.beat.Words, names: g.names(&s, in.chapter)}
	if in.task.Words > 0 {
		t.target = in.task.Words
	}
	citation := cited(in)
	t.target = max(t.target-book.Words(citation), 1)
	t.redeal(in, chapter[min(in.section, len(chapter)-1)].beat.Words)
	t.start(in)
	t.given()
	t.moves()
	t.close(in, at)
	return withCitation(t.fit(), citation)
}

// guideLonger is how many more words than planned take another move.
const guideLonger = 60

// redeal deals other moves for a new revision, and more for a section that is
// to be longer than planned by more than a paragraph. A shorter one is cut.
func (t *guideText) redeal(in *input, planned int) {
	s, more := t.section, *t.section
	s.beat.Words = t.target
	switch {
	case in.task.Revision > 1:
		s.moves, s.turn = t.book.deal(s, in.rand), 0
	case t.target-planned > guideLonger:
		more.beat = book.Beat{Words: t.target - planned}
		more.first, more.last, more.description, more.notes, more.treats = false, false, "", "", nil
		more.place = 1 // so that it does not open the chapter
		s.moves = append(slices.Clone(s.moves), t.book.deal(&more, in.rand)...)
	}
}

// names are the phrases for what a section is about: in a workbook the subject,
// in a planned book the heading or chapter and then its shorter points, with a
// plain word between so that quotations do not pile up.
func (g *guideBook) names(s *guideSection, c book.OutlineChapter) []string {
	if g.workbook {
		return []string{g.subject.noun}
	}
	names := []string{guideName(guideFirst(s.beat.Heading, c.Title))}
	for _, p := range s.beat.Points {
		p = strings.TrimRight(p, ". ")
		if book.Words(p) <= 7 && len(p) <= 50 && !strings.ContainsAny(p, "“”\".;:!?") {
			names = append(names, "“"+guideEscape(p)+"”")
		}
	}
	if len(names) == 1 {
		return append(names, "this", "the matter")
	}
	return append(names, "the matter")
}

// frame takes the n-th line of a kind, in an order that the seed chooses.
func (t *guideText) frame(kind string, n int) string {
	lines := t.book.frames(kind)
	return lines[n%len(lines)]
}

// frames are the lines of a kind in the order that the seed chooses.
func (g *guideBook) frames(kind string) []string {
	if out := g.ordered[kind]; out != nil {
		return out
	}
	lines := guideWords().frames[kind]
	out := make([]string, len(lines))
	for i, j := range chance(g.seed, "guide frames", kind).Perm(len(lines)) {
		out[i] = lines[j]
	}
	g.ordered[kind] = out
	return out
}

// add appends a block that is always kept.
func (t *guideText) add(text string) {
	t.blocks = append(t.blocks, guideBlock{text: text, keep: true})
}

// start opens the section: with what the maker said of the book, with the
// chapter's opening move, or with a line on the heading.
func (t *guideText) start(in *input) {
	s := t.section
	if s.place == 0 && s.chapter == 0 {
		t.premise(in.brief.Premise)
	}
	if len(s.moves) > 0 && guideWords().moves[s.moves[0]].role == "open" {
		t.move(0)
		s.moves, s.turn = s.moves[1:], s.turn-1
	}
	switch {
	case !s.first:
	case s.description != "":
		t.add(guideLead(s.description, t.frame("lead", s.frame)))
	case !t.book.workbook && t.target >= 25:
		kind := "open"
		if s.beat.Heading == "" {
			kind = "chapter"
		}
		t.add(guideUpper(guideRealise(t.frame(kind, s.frame), t.rand, guideSlots{"t": t.named(in.chapter)})))
	}
}

// given says what else the maker gave for the section, then names the method
// that its moves follow.
func (t *guideText) given() {
	s := t.section
	if !t.points() {
		t.numbers()
	}
	if s.first && s.notes != "" && !guideOrders().MatchString(s.notes) {
		t.add(t.frame("note", s.frame) + "\n\n> " + guideEscape(s.notes))
	}
	via := t.book.stages[s.chapter].via
	if s.first && !t.book.workbook && len(s.moves) > 0 && s.place < len(via) {
		t.blocks = append(t.blocks, guideBlock{text: guideRealise(via[s.place], t.rand, guideSlots{"x": t.names[0]})})
		t.names = append(t.names[1:], t.names[0])
	}
}

// named is the heading or chapter title as it is called in a sentence that
// presents it.
func (t *guideText) named(c book.OutlineChapter) string {
	title := guideFirst(t.section.beat.Heading, c.Title)
	if len(title) > 120 || strings.ContainsAny(title, "“”\"") {
		return "this part"
	}
	return "“" + guideEscape(title) + "”"
}

// premise quotes what the maker said of the book, at its beginning.
func (t *guideText) premise(premise string) {
	first, _, _ := strings.Cut(strings.TrimSpace(premise), "\n")
	if first = strings.TrimLeft(first, "#> "); first == "" || t.target < 60 {
		return
	}
	t.add(t.frame("premise", 0) + "\n\n> " + guideEscape(guideClip(first, 5*t.target/3)))
}

// moves adds the section's moves; before one of them may stand a line that
// turns to it.
func (t *guideText) moves() {
	for i := range t.section.moves {
		if i > 0 && i == t.section.turn {
			t.blocks = append(t.blocks, guideBlock{text: t.section.bridge, bridge: true})
		}
		t.move(i)
	}
}

// move writes out one of the section's moves.
func (t *guideText) move(i int) {
	m := t.section.moves[i]
	t.count++
	text := guideRealise(guideWords().moves[m].text, t.rand, guideSlots{"x": t.names[0]})
	if guideWords().moves[m].named {
		t.names = append(t.names[1:], t.names[0])
	}
	for _, block := range strings.Split(text, "\n\n") {
		t.blocks = append(t.blocks, guideBlock{text: block, move: t.count})
	}
}

// close leads from the end of a chapter to the next.
func (t *guideText) close(in *input, at int) {
	if !t.section.last || at+1 >= len(in.outline.Chapters) || t.target < 60 {
		return
	}
	next := in.outline.Chapters[at+1].Title
	if strings.ContainsAny(next, "“”\"") || len(next) > 120 {
		return
	}
	line := guideRealise(t.frame("close", at), t.rand, guideSlots{"n": "“" + guideEscape(next) + "”"})
	t.blocks = append(t.blocks, guideBlock{text: guideUpper(line), keep: true})
}
