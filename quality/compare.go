package quality

import "quire/book"

// tolerance is how far a reading may move without counting: a twentieth of the
// way from the edge of its band to where it becomes red.
const tolerance = .05

// Verdict is what became of a chapter between two versions.
type Verdict struct {
	Before Report   `json:"before"`
	After  Report   `json:"after"`
	Worse  []Change `json:"worse"`  // readings that got worse
	Better []Change `json:"better"` // readings that got better
}

// Keeps reports whether the new version may stand: no reading got worse.
func (v Verdict) Keeps() bool { return len(v.Worse) == 0 }

// Change is a reading of a metric in two versions of a chapter. Values are in
// the reading's unit.
type Change struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`    // of the metric
	Reading string  `json:"reading"` // "" is the metric's value
	Unit    string  `json:"unit"`
	Class   Class   `json:"class"`
	Before  float64 `json:"before"`
	After   float64 `json:"after"`
	From    Light   `json:"from"`
	To      Light   `json:"to"`
}

// Compare measures two versions of a chapter in one setting. A reading of
// breakage got worse if it moved away from its band, one of style if its light
// changed for the worse; what moved by less than a twentieth of the way from
// band to red edge did not. Readings without a band, and those that one of the
// versions does not have, are not compared.
func Compare(before, after book.Text, in Setting) Verdict {
	v := Verdict{Before: MeasureChapter(before, in), After: MeasureChapter(after, in), Worse: []Change{}, Better: []Change{}}
	for i, old := range v.Before.Metrics {
		now := map[string]Part{}
		for _, p := range v.After.Metrics[i].readings() {
			now[p.Name] = p
		}
		for _, was := range old.readings() {
			is, measured := now[was.Name]
			if !measured || was.Band == nil || is.Band == nil {
				continue
			}
			c := Change{old.ID, old.Name, was.Name, was.Unit, old.Class, was.Value, is.Value, was.Light, is.Light}
			moved := is.Band.outside(is.Value) - was.Band.outside(was.Value)
			switch {
			case moved > tolerance && (old.Class == Breakage || rank(is.Light) > rank(was.Light)):
				v.Worse = append(v.Worse, c)
			case moved < -tolerance && (old.Class == Breakage || rank(is.Light) < rank(was.Light)):
				v.Better = append(v.Better, c)
			}
		}
	}
	return v
}

// readings are all readings of a metric; its value has no name.
func (m Metric) readings() []Part {
	if m.Value == nil {
		return m.Parts
	}
	first := Part{Value: *m.Value, Unit: m.Unit, Band: m.Band}
	if m.Band != nil {
		first.Light = m.Band.light(*m.Value)
	}
	return append([]Part{first}, m.Parts...)
}

// outside is how far a value is outside of the band: 0 inside, 1 at the red
// edge, and on beyond it. Without a red edge it is 1 at the distance of one.
func (b Band) outside(v float64) float64 {
	far := func(edge float64, red *float64) float64 {
		if red == nil || *red == edge {
			return max(edge-v, v-edge)
		}
		return (v - edge) / (*red - edge)
	}
	switch {
	case b.Low != nil && v < *b.Low:
		return far(*b.Low, b.RedLow)
	case b.High != nil && v > *b.High:
		return far(*b.High, b.RedHigh)
	}
	return 0
}
