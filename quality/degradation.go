package quality

import "fmt"

const leastTrend = 6 // chapters

// degradation counts the measures that get worse from chapter to chapter:
// paragraphs that become even, and more cliches, contrasts and repeats (M23). A
// trend counts when its t-value is above 2.
func degradation(b *body) outcome {
	if len(b.chapters) < leastTrend {
		return unmeasured("needs 6 chapters")
	}
	rhythm, cliches, contrasts, repeats := []float64{}, []float64{}, []float64{}, []float64{}
	g, h := b.runs(), b.slop()
	shared := b.sharedRuns(g, nil)
	perContrast := make([]int, len(b.chapters))
	for _, e := range h.contrasts {
		perContrast[e.Chapter-1]++
	}
	for i := range b.chapters {
		c := &b.chapters[i]
		var sizes []float64
		for _, p := range c.paras {
			if !p.item && p.w1 > p.w0 {
				sizes = append(sizes, float64(p.w1-p.w0))
			}
		}
		if len(sizes) < 4 {
			continue
		}
		_, cv := spread(sizes)
		both := 0
		for _, id := range g.of[5][i] {
			if shared[id] {
				both++
			}
		}
		words := float64(len(c.words))
		rhythm = append(rhythm, -cv)
		cliches = append(cliches, float64(h.perCliche[i])/words)
		contrasts = append(contrasts, float64(perContrast[i])/words)
		repeats = append(repeats, float64(both)/words)
	}
	if len(rhythm) < leastTrend {
		return unmeasured("needs 6 chapters of four paragraphs")
	}
	var o outcome
	worse := 0
	for _, s := range []struct {
		name   string
		values []float64
	}{{"paragraphs become even", rhythm}, {"more clichés", cliches}, {"more contrasts", contrasts}, {"more repeats", repeats}} {
		if _, t := trend(s.values); t > 2 {
			worse++
			o.evidence = append(o.evidence, b.chapters[len(b.chapters)-1].evidence(0, 0, fmt.Sprintf("towards the end: %s", s.name)))
		}
	}
	o.values = []float64{float64(worse)}
	return o
}
