package quality_test

import (
	"maps"
	"strings"
	"testing"

	"quire/quality"
)

// mutant is a fault that is written into a good book, and the red edge that it
// must reach.
type mutant struct {
	edge    string // as quality.RedEdges calls it
	prepare func(*copybook)
	fault   func(*copybook)
	size    [2]int // chapters and words of the book; 8 and 12,000 if nothing is said
	not     quality.Profile
	only    quality.Profile
}

func mutants() map[string]mutant {
	all := maps.Clone(breakages())
	maps.Copy(all, manners())
	return all
}

// TestAFaultTurnsItsOwnLightRed writes each fault into a good book. Its metric
// becomes red, with a place that shows it, and no other breakage light does.
// Books for children are tried at the edges that are their own.
func TestAFaultTurnsItsOwnLightRed(t *testing.T) {
	fiction, children := quality.RedEdges(quality.Fiction), quality.RedEdges(quality.Children)
	for name, m := range mutants() {
		for _, p := range quality.Profiles() {
			if m.not == p || m.only != "" && m.only != p || p == quality.Children && fiction[m.edge] == children[m.edge] {
				continue
			}
			t.Run(string(p)+" "+name, func(t *testing.T) {
				t.Parallel()
				size := m.size
				if size[0] == 0 {
					size = [2]int{8, 12_000}
				}
				c := openCopy(t, p, size[0], size[1])
				before := c.report(m.prepare)
				m.fault(c)
				m.holds(t, before, quality.MeasurePlanned(c.text, p, c.plan))
			})
		}
	}
}

// holds compares the reports of the good book and of the one with the fault.
func (m mutant) holds(t *testing.T, before, after quality.Report) {
	t.Helper()
	id, reading, _ := strings.Cut(m.edge, " ")
	reading, _, _ = strings.Cut(reading, ", ")
	for _, metric := range before.Metrics {
		if metric.Class == quality.Breakage && metric.Light != quality.Green {
			t.Errorf("the good book: %s is %s: %s", metric.ID, metric.Light, shown(metric))
		}
	}
	if light, _ := lightOf(before, id, reading); light == quality.Red {
		t.Errorf("the good book: %s %s is red", id, reading)
	}
	if light, value := lightOf(after, id, reading); light != quality.Red {
		t.Errorf("%s %s is %s: %s", id, reading, light, quality.Number(value))
	}
	for _, metric := range after.Metrics {
		switch {
		case metric.ID == id && metric.Light != quality.Red:
			t.Errorf("%s is %s", id, metric.Light)
		case metric.ID == id && metric.Class == quality.Breakage && len(metric.Evidence) == 0:
			t.Errorf("%s shows no place", id)
		case metric.ID != id && metric.Class == quality.Breakage && metric.Light == quality.Red:
			t.Errorf("%s is red too: %s", metric.ID, shown(metric))
		}
	}
}

// shown is a metric in one line.
func shown(m quality.Metric) string {
	var out []string
	if m.Value != nil {
		out = append(out, quality.Number(*m.Value))
	}
	for _, p := range m.Parts {
		out = append(out, p.Name+" "+quality.Number(p.Value))
	}
	for _, e := range m.Evidence {
		out = append(out, "“"+e.Quote+"” "+e.Note)
	}
	return strings.Join(out, "; ")
}

// lightOf is the light of one reading.
func lightOf(r quality.Report, id, reading string) (quality.Light, float64) {
	for _, m := range r.Metrics {
		if m.ID != id {
			continue
		}
		if reading == quality.FirstReading(id) && m.Value != nil {
			return quality.LightOf(*m.Value, m.Band), *m.Value
		}
		for _, p := range m.Parts {
			if p.Name == reading {
				return p.Light, p.Value
			}
		}
	}
	return quality.None, 0
}

// TestEveryRedEdgeHasAMutant finds bands that no fault reaches.
func TestEveryRedEdgeHasAMutant(t *testing.T) {
	for _, p := range quality.Profiles() {
		edges, reached := quality.RedEdges(p), map[string]bool{}
		for name, m := range mutants() {
			if m.not == p || m.only != "" && m.only != p {
				continue
			}
			if _, there := edges[m.edge]; !there {
				t.Errorf("%s: %q wants to reach %q, which is no red edge", p, name, m.edge)
			}
			reached[m.edge] = true
		}
		for edge := range edges {
			if !reached[edge] {
				t.Errorf("%s: no fault reaches %q", p, edge)
			}
		}
	}
}
