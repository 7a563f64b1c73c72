package quality

import "math"

// The limits of the score.
const (
	leastScored = 500 // words of prose that a score needs
	capBroken   = 59  // the most that a book with a red light of breakage gets
)

// shares are the weights of the score: metrics of a group count as one, by the
// mean of their points. Groups of which nothing was measured leave their weight
// to the others.
var shares = []struct {
	name   string
	weight float64
	ids    []string
}{
	{"Length", 15, []string{"M1"}},
	{"Repeats", 15, []string{"M5", "M6"}},
	{"Openings and endings", 8, []string{"M12"}},
	{"Rhythm", 10, []string{"M13", "M14"}},
	{"Variety of words", 6, []string{"M2", "M3"}},
	{"Phrases", 14, []string{"M8", "M9", "M10", "M11"}},
	{"Names and facts", 14, []string{"M17", "M18"}},
	{"Beats", 10, []string{"M19"}},
	{"Structure", 8, []string{"M20"}},
}

// score gives the score: the weighted mean of the groups' points, at most
// capBroken with a red light of breakage.
func (r *Report) score(b *body) {
	points := map[string]float64{}
	for _, m := range r.Metrics {
		if p, ok := m.points(); ok {
			points[m.ID] = p
		}
		if m.Class == Breakage && m.Light == Red {
			r.Broken++
		}
	}
	switch {
	case !b.spaced:
		return
	case b.total == 0:
		r.Note = "There is no prose to measure."
		return
	case b.total < leastScored:
		r.Note = "The text is too short for a score: it needs 500 words of prose."
		return
	}
	sum, weight := 0.0, 0.0
	for _, s := range shares {
		n, of := 0.0, 0.0
		for _, id := range s.ids {
			if p, ok := points[id]; ok {
				n, of = n+1, of+p
			}
		}
		if n > 0 {
			sum, weight = sum+s.weight*of/n, weight+s.weight
		}
	}
	if weight == 0 {
		return
	}
	score := int(math.Round(rounded(sum / weight)))
	if score == 100 && rounded(sum/weight) < 100 {
		score = 99 // something can still be better
	}
	if r.Broken > 0 {
		score = min(score, capBroken)
	}
	r.Score = &score
}

// points is the mean of the points of all readings with a band.
func (m Metric) points() (float64, bool) {
	n, sum := 0.0, 0.0
	if m.Value != nil && m.Band != nil {
		n, sum = 1, m.Band.points(*m.Value)
	}
	for _, p := range m.Parts {
		if p.Band != nil {
			n, sum = n+1, sum+p.Band.points(p.Value)
		}
	}
	if n == 0 {
		return 0, false
	}
	return sum / n, true
}
