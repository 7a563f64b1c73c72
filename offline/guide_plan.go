package offline

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

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
	frame       int // how many sections of the book stand before it
	pointed     int // how many of those had points
	points      int // how many points those had
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
	used     []int // times that each move was dealt
	last     []int // section of the book that each move was dealt to last
}

// guidePlan lays out the whole book as far as the input knows it.
func guidePlan(in *input) *guideBook {
	chapters, at := in.outline.Chapters, in.position.Ordinal-1
	if _, i := in.outline.Chapter(in.chapter.ID); i >= 0 {
		at = i
		chapters = slices.Clone(chapters)
		chapters[i] = in.chapter
	} else if at < 0 || at >= len(chapters) {
		chapters, at = []book.OutlineChapter{in.chapter}, 0
	}
	g := &guideBook{seed: in.task.Seed, subject: guideTopic(in.brief), workbook: len(in.brief.Outline) == 0, used: make([]int, len(guideWords().moves)), last: make([]int, len(guideWords().moves))}
	g.stages = g.themes(chapters)
	frame, pointed, points := 0, 0, 0
	for i, c := range chapters {
		sections := guideSections(c, guideGiven(in.brief, i+1, c.Title).Description, g.workbook, i)
		for _, s := range sections {
			s.frame, s.pointed, s.points = frame, pointed, points
			frame++
			if n := len(s.beat.Points); n > 0 {
				pointed++
				points += n
			}
		}
		g.chapters = append(g.chapters, sections)
	}
	bridges := map[string]int{}
	for _, sections := range g.chapters {
		for _, s := range sections {
			s.moves = g.deal(s, chance(g.seed, "guide deal", s.chapter, s.place))
			g.turn(s, bridges)
		}
	}
	return g
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

// themes chooses the stage of learning that each chapter leans on: a workbook's
// own stages, else one that its titles speak of, else one not used lately.
func (g *guideBook) themes(chapters []book.OutlineChapter) []guideStage {
	if g.workbook {
		return guideStages(g.seed, len(chapters))
	}
	all := guideWords().stages
	order := chance(g.seed, "guide themes").Perm(len(all))
	var out []guideStage
	for i, c := range chapters {
		if i%len(all) == 0 && i > 0 {
			order = chance(g.seed, "guide themes", i).Perm(len(all))
		}
		pick := 0
		for j, at := range order {
			if guideSuits(all[at].name, c) {
				pick = j
				break
			}
		}
		out = append(out, all[order[pick]])
		order = slices.Delete(order, pick, pick+1)
		if len(order) == 0 {
			order = chance(g.seed, "guide themes", i, "again").Perm(len(all))
		}
	}
	return out
}

// guideThemes are words in titles that call for a stage.
var guideThemes = map[string]*regexp.Regexp{
	"question":  regexp.MustCompile(`(?i)\b(why|purpose|goals?|aims?|motivation)\b`),
	"inventory": regexp.MustCompile(`(?i)\b(already|background|myths?|overview)\b`),
	"words":     regexp.MustCompile(`(?i)\b(terms?|terminology|vocabulary|glossary|language|concepts?|what (is|are))\b`),
	"reading":   regexp.MustCompile(`(?i)\b(history|theory|theories|books?|sources?|literature|research|further)\b`),
	"people":    regexp.MustCompile(`(?i)\b(people|community|clubs?|team|customers?|clients?|mentors?|neighbou?rs?)\b`),
	"look":      regexp.MustCompile(`(?i)\b(site|place|spot|location|inspect\w*|observ\w*|seasons?|field|visit\w*)\b`),
	"parts":     regexp.MustCompile(`(?i)\b(parts?|anatomy|structure|types?|kinds?|components?|architecture|elements?)\b`),
	"means":     regexp.MustCompile(`(?i)\b(tools?|equipment|costs?|budget\w*|money|materials?|resources?|kit|supplies)\b`),
	"care":      regexp.MustCompile(`(?i)\b(safe\w*|risks?|laws?|rules?|legal|ethics|security|health)\b`),
	"choose":    regexp.MustCompile(`(?i)\b(choos\w+|select\w*|decid\w+|decisions?|options?|buy\w*|comparing|which)\b`),
	"trial":     regexp.MustCompile(`(?i)\b(first|start\w*|beginn?ing|experiments?|trial|setting up|setup|prototype)\b`),
	"routine":   regexp.MustCompile(`(?i)\b(practi[cs]\w+|daily|habits?|routines?|maintenance|technique\w*|training|exercise\w*)\b`),
	"records":   regexp.MustCompile(`(?i)\b(records?|logs?|measur\w+|track\w*|data|journal|metrics|harvest\w*)\b`),
	"trouble":   regexp.MustCompile(`(?i)\b(problems?|trouble\w*|mistakes?|pests?|disease\w*|fail\w*|errors?|debug\w*|wrong|repair\w*)\b`),
	"teach":     regexp.MustCompile(`(?i)\b(teach\w*|present\w*|shar\w+|explain\w*|writing|communicat\w+)\b`),
	"next":      regexp.MustCompile(`(?i)\b(next|future|conclusion|beyond|after\w*|going further|outlook)\b`),
}

func guideSuits(stage string, c book.OutlineChapter) bool {
	return guideThemes[stage].MatchString(c.Title)
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
		all = append(all, guideSplit(parts[i], words, groups)...)
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

// guideSplit divides a part that is too long for one call.
func guideSplit(part *guideSection, words int, groups string) []*guideSection {
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
		s.beat.Points = points[len(points)*i/k : len(points)*(i+1)/k]
		if k > 1 && groups == "abc" {
			s.groups = guideArc(i, k)
		}
		out = append(out, s)
	}
	return out
}

// guideArc is which groups suit part i of k: ideas first, paper last.
func guideArc(i, k int) string {
	switch {
	case i == 0:
		return "ab"
	case i == k-1:
		return "bc"
	}
	return "b"
}

// guideRoles is the order of moves inside a section.
var guideRoles = []string{"open", "define", "why", "steps", "ask", "example", "compare", "pitfall", "decide", "sheet", "check", "reflect", "recap"}

// deal chooses moves for a section: about as many words as it lacks, those of
// its stage first, each role once before any twice, the least used always.
func (g *guideBook) deal(s *guideSection, r *rand.Rand) []int {
	lacks := s.beat.Words - s.givenWords()
	opens := g.workbook && s.place == 0 && s.beat.Words >= 60
	seen := map[string]int{}
	var dealt []int
	for lacks > 10 {
		best, least := -1, 0.0
		for i, m := range guideWords().moves {
			if slices.Contains(dealt, i) || (m.role == "open") != (opens && len(dealt) == 0) {
				continue
			}
			if cost := g.cost(s, m, seen[m.role], lacks) + g.worn(s, i) + r.Float64(); best < 0 || cost < least {
				best, least = i, cost
			}
		}
		if best < 0 {
			break
		}
		m := guideWords().moves[best]
		g.used[best]++
		g.last[best] = s.frame
		seen[m.role]++
		dealt = append(dealt, best)
		lacks -= m.words
	}
	slices.SortStableFunc(dealt, func(a, b int) int {
		all := guideWords().moves
		return slices.Index(guideRoles, all[a].role) - slices.Index(guideRoles, all[b].role)
	})
	return dealt
}

// worn is the cost of using a move again: the more often and the more lately it
// was used, the higher.
func (g *guideBook) worn(s *guideSection, move int) float64 {
	if g.used[move] == 0 {
		return 0
	}
	return 40*float64(g.used[move]) + 40/float64(1+s.frame-min(g.last[move], s.frame))
}

// cost is how little a move suits a section, 0 is best.
func (g *guideBook) cost(s *guideSection, m guideMove, sameRole, lacks int) float64 {
	cost := 3 * float64(sameRole)
	switch stage := g.stages[s.chapter].name; {
	case m.stage == stage:
	case m.stage == "any":
		cost += 2
	case g.reserved(m.stage):
		cost += 12
	default:
		cost += 5
	}
	if m.role != "open" && !strings.Contains(s.groups, m.group) {
		cost += 6
	}
	if over := m.words - lacks; over > 12 {
		cost += float64(over-12) / 4
	}
	return cost
}

// reserved reports whether a stage is the theme of a chapter, which needs its
// moves itself.
func (g *guideBook) reserved(stage string) bool {
	for _, s := range g.stages {
		if s.name == stage {
			return true
		}
	}
	return false
}

// givenWords is about how many words the given part of the section takes.
func (s *guideSection) givenWords() int {
	n := book.Words(s.description) + book.Words(s.notes)
	for _, p := range s.beat.Points {
		n += book.Words(p) + 3
	}
	if len(s.beat.Points) > 0 {
		n += 8
	}
	if s.first {
		n += 14
	}
	if s.last {
		n += 12
	}
	return n
}

func (guide) beats(in *input) book.Beats {
	g := guidePlan(in)
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
