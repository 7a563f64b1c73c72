package offline

import (
	"math/rand/v2"
	"slices"
	"strings"

	"quire/book"
)

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
		if m.words > lacks+10 && s.beat.Words < 120 {
			break
		}
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
	case g.reserved[m.stage]:
		cost += 12
	default:
		cost += 5
	}
	if !g.workbook && m.named != (len(s.beat.Points) > 1) {
		cost += 2 // what is given is worth naming, a heading alone soon is not
	}
	if m.role != "open" && !strings.Contains(s.groups, m.group) {
		cost += 6
	}
	if over := m.words - lacks; over > 12 {
		cost += float64(over-12) / 4
	}
	return cost
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
	n += 38 * len(s.treats)
	if s.first {
		n += 14
	}
	if s.last {
		n += 12
	}
	return n
}
