package offline

import (
	"slices"

	"quire/book"
)

// The most words of a section, and the words that a section is planned for when
// a longer one is divided.
const (
	guideSectionMost = 900
	guideSectionGood = 700
)

// guideSection is one beat of the book's plan with all that is given for it and
// the moves that it was dealt.
type guideSection struct {
	chapter     int // from 0
	place       int // in the chapter, from 0
	beat        book.Beat
	groups      string // groups of moves that suit it, such as "ab"
	first       bool   // begins its heading or chapter, so it says what is given
	last        bool   // ends the chapter
	description string
	notes       string
	frame       int      // how many sections of the book stand before it
	pointed     int      // how many of those had points
	points      int      // how many points those had
	treats      []string // texts that treat the first of its points
	moves       []int
	turn        int    // which of the moves a line turns to, 0 for none
	bridge      string // that line
}

// guideBook is the plan of all sections of a book. It follows from seed and
// outline alone, so that every call deals the stock in the same way.
type guideBook struct {
	seed     uint64
	subject  guideSubject
	workbook bool
	stages   []guideStage // by chapter
	chapters [][]*guideSection
	used     []int               // times that each move was dealt
	last     []int               // section of the book that each move was dealt to last
	reserved map[string]bool     // stages that are the theme of a chapter, which needs their moves itself
	ordered  map[string][]string // lines of frames in the order that the seed chooses, by kind
}

// guidePlan lays out the book as far as the input knows it. Moves are dealt up
// to the chapter at work, or, if the stock that is left matters, to the whole.
func guidePlan(in *input, whole bool) *guideBook {
	chapters, at := in.outline.Chapters, in.position.Ordinal-1
	if _, i := in.outline.Chapter(in.chapter.ID); i >= 0 {
		at = i
		chapters = slices.Clone(chapters)
		chapters[i] = in.chapter
	} else if at < 0 || at >= len(chapters) {
		chapters, at = []book.OutlineChapter{in.chapter}, 0
	}
	g := &guideBook{seed: in.task.Seed, subject: guideTopic(in.brief), workbook: len(in.brief.Outline) == 0, used: make([]int, len(guideWords().moves)), last: make([]int, len(guideWords().moves))}
	g.reserved, g.ordered = map[string]bool{}, map[string][]string{}
	g.stages = g.themes(chapters)
	for _, s := range g.stages {
		g.reserved[s.name] = true
	}
	frame, pointed, points, taken := 0, 0, 0, map[string]int{}
	for i, c := range chapters {
		sections := guideSections(c, guideGiven(in.brief, i+1, c.Title).Description, g.workbook, i)
		for _, s := range sections {
			s.frame, s.pointed, s.points = frame, pointed, points
			g.treat(s, taken)
			frame++
			if n := len(s.beat.Points); n > 0 {
				pointed++
				points += n
			}
		}
		g.chapters = append(g.chapters, sections)
	}
	bridges := map[string]int{}
	for i, sections := range g.chapters {
		if i > at && !whole {
			break // what later chapters get does not change this one
		}
		for _, s := range sections {
			s.moves = g.deal(s, chance(g.seed, "guide deal", s.chapter, s.place))
			g.turn(s, bridges)
		}
	}
	return g
}

// treat chooses texts that treat points of the section, as many as it has room
// for; taken counts those that are gone. Some suit statements only, so what is
// short, as names of things are, gets one of the others.
func (g *guideBook) treat(s *guideSection, taken map[string]int) {
	room := max(s.beat.Words-60, 0) / 90
	if s.pointed%3 == 1 && len(s.beat.Points) > 1 {
		return // they go into a sheet instead
	}
	for i, p := range s.beat.Points {
		if i >= room || g.workbook {
			return
		}
		kind := "treat"
		if lines := guideWords().frames[kind]; book.Words(p) <= 3 || taken[kind] >= len(lines) {
			kind = "thing"
		}
		lines := g.frames(kind)
		if taken[kind] >= len(lines) {
			return
		}
		s.treats = append(s.treats, lines[taken[kind]])
		taken[kind]++
	}
}

// turn chooses a move of the section before which a line turns to it; used
// counts the lines that are taken. Each is used once in a book.
func (g *guideBook) turn(s *guideSection, used map[string]int) {
	if len(s.moves) < 3 {
		return
	}
	first := 1 + (s.chapter+s.place)%2
	for i := first; i < len(s.moves); i++ {
		kind := "bridge " + guideWords().moves[s.moves[i]].role
		if lines := g.frames(kind); used[kind] < len(lines) {
			s.turn, s.bridge = i, lines[used[kind]]
			used[kind]++
			return
		}
	}
}

// guideSections divides a chapter: an opening, then each heading with its share
// of the words, long ones in several sections.
func guideSections(c book.OutlineChapter, description string, workbook bool, chapter int) []*guideSection {
	opening := &guideSection{description: description, notes: c.Notes, first: true}
	opening.beat.Points = c.KeyPoints
	parts := []*guideSection{opening}
	for _, h := range c.Sections {
		s := &guideSection{description: h.Summary, notes: h.Notes, first: true}
		s.beat = book.Beat{Level: h.Level, Heading: h.Title, Points: h.KeyPoints}
		parts = append(parts, s)
	}
	var all []*guideSection
	for i, words := range guideShares(c, parts) {
		groups := "abc"
		switch {
		case i == 0 && len(parts) > 1:
			groups = "a"
		case i > 0 && workbook:
			groups = string("abc"[(i-1)%3])
		}
		all = append(all, guideSplit(parts[i], words, groups, workbook)...)
	}
	for i, s := range all {
		s.chapter, s.place, s.last = chapter, i, i == len(all)-1
	}
	return all
}

// guideShares gives the opening and each heading its words. They add up to the
// chapter's; headings that ask for words get them if the chapter has them.
func guideShares(c book.OutlineChapter, parts []*guideSection) []int {
	total := max(c.Words, len(parts))
	if len(parts) == 1 {
		return []int{total}
	}
	shares, weights, given := make([]int, len(parts)), make([]int, len(parts)), 0
	weights[0] = 5 + len(parts[0].beat.Points)
	for i, h := range c.Sections {
		if h.Words > 0 {
			shares[i+1] = h.Words
			given += h.Words
		} else {
			weights[i+1] = 12 + 2*len(h.KeyPoints)
		}
	}
	open := 0
	for i := range shares {
		if shares[i] == 0 {
			open += weights[i]
		}
	}
	room := total - given
	if least := total * open / (open + 12*len(parts)) / 2; room < least {
		// They ask for more than there is: each gives the same share.
		room = least
		for i := range shares {
			shares[i] = shares[i] * (total - room) / given
		}
	}
	for i := range shares {
		if weights[i] > 0 {
			shares[i] = room * weights[i] / open
		}
	}
	return guideExact(shares, weights, total)
}

// guideExact makes shares of at least one word that add up to the total, taking
// what is missing or over from those that nobody asked for.
func guideExact(shares, weights []int, total int) []int {
	sum, widest := 0, 0
	for i := range shares {
		shares[i] = max(shares[i], 1)
		sum += shares[i]
		if weights[i] > 0 && (weights[widest] == 0 || shares[i] > shares[widest]) {
			widest = i
		}
	}
	shares[widest] += total - sum
	for i := 0; shares[widest] < 1; i = (i + 1) % len(shares) {
		if i != widest && shares[i] > 1 {
			shares[i]--
			shares[widest]++
		}
	}
	return shares
}

// guideSplit divides a part that is too long for one call. Given points are
// shared out; a workbook's own are its aims and stand together at the start.
func guideSplit(part *guideSection, words int, groups string, workbook bool) []*guideSection {
	k := 1
	if words > guideSectionMost {
		k = (words + guideSectionGood - 1) / guideSectionGood
	}
	points := part.beat.Points
	var out []*guideSection
	for i := range k {
		s := &guideSection{groups: groups}
		if i == 0 {
			*s = *part
			s.groups = groups
		}
		s.beat.Words = words*(i+1)/k - words*i/k
		if !workbook {
			s.beat.Points = points[(len(points)*i+k-1)/k : (len(points)*(i+1)+k-1)/k]
		}
		if k > 1 && groups == "abc" {
			s.groups = guideArc(i, k)
		}
		out = append(out, s)
	}
	return out
}

// guideArc is which groups suit part i of k: ideas first, paper last.
func guideArc(i, k int) string {
	switch i {
	case 0:
		return "ab"
	case k - 1:
		return "bc"
	default:
		return "b"
	}
}

func (guide) beats(in *input) book.Beats {
	g := guidePlan(in, false)
	_, at := in.outline.Chapter(in.chapter.ID)
	if at < 0 {
		at = max(in.position.Ordinal-1, 0)
	}
	var out book.Beats
	for _, s := range g.chapters[min(at, len(g.chapters)-1)] {
		out.Sections = append(out.Sections, g.beat(s))
	}
	return out
}

// beat says what a section sets out to do.
func (g *guideBook) beat(s *guideSection) book.Beat {
	b := s.beat
	b.Scene, b.Opening, b.Ending = "definition", "lead", "recap"
	scenes := map[string]string{"define": "definition", "why": "reasons", "steps": "steps", "ask": "questions", "example": "example", "compare": "comparison", "pitfall": "pitfalls", "decide": "decision", "sheet": "worksheet", "check": "checklist", "reflect": "reflection", "recap": "recap"}
	all := guideWords().moves
	for i, m := range s.moves {
		if scene := scenes[all[m].role]; scene != "" {
			b.Ending = scene
			if i < 2 {
				b.Scene = scene
			}
		}
	}
	name := "the chapter"
	switch {
	case b.Heading != "":
		name = "“" + b.Heading + "”"
	case s.place > 0:
		name = "what was begun"
	}
	b.Goal = "Open " + name + " and lead the reader to make it their own."
	if s.place > 0 {
		b.Goal = "Treat " + name + " by way of " + b.Scene + ", and end on " + b.Ending + "."
	}
	if s.last {
		b.Ending = "handoff"
	}
	return b
}
