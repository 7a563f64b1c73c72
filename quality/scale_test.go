package quality

import (
	"strconv"
	"strings"
	"testing"
)

// TestTheMarkStandsInItsZone looks at the drawing of each sort of band: the mark
// is in the zone of the value's light, also beyond the ends.
func TestTheMarkStandsInItsZone(t *testing.T) {
	for name, tt := range map[string]struct {
		band   Band
		values []float64
	}{
		"two sides":        {within(1, 2, 4, 6), []float64{-9, .5, 1.5, 3, 5, 7, 99}},
		"at most":          {below(.8, 2), []float64{0, .4, 1.5, 2.5, 70}},
		"none":             {below(0, 1), []float64{0, 1.5, 9}},
		"none, never red":  {within(nan, nan, 0, nan), []float64{0, 3}},
		"at least":         {above(.9, .7), []float64{.1, .8, 1.5, 9}},
		"no red below":     {within(nan, 2.4, 2.75, 3.2), []float64{2, 2.5, 3, 3.4}},
		"no edge below":    {within(nan, nan, 20, 40), []float64{0, 10, 30, 50}},
		"low without red":  {within(nan, 2, 6, 9), []float64{1, 4, 7, 12}},
		"an unusual order": {within(nan, 5, nan, nan), []float64{4.5, 6}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, v := range tt.values {
				svg := string(tt.band.scale(v))
				if zone := zoneOfMark(t, svg); zone != tt.band.light(v) {
					t.Errorf("%v is %s and stands in %q: %s", v, tt.band.light(v), zone, svg)
				}
				if strings.Contains(svg, "NaN") || strings.Contains(svg, `width="-`) {
					t.Error(svg)
				}
			}
		})
	}
}

// zoneOfMark is the light of the rectangle that the middle of the mark is in.
func zoneOfMark(t *testing.T, svg string) Light {
	t.Helper()
	type rect struct {
		class string
		x, w  float64
	}
	var rects []rect
	for _, part := range strings.Split(svg, "<rect ")[1:] {
		r := rect{class: between(part, `class="`)}
		r.x, r.w = number(t, between(part, ` x="`)), number(t, between(part, ` width="`))
		rects = append(rects, r)
	}
	mark := rects[len(rects)-1]
	for _, r := range rects[:len(rects)-1] {
		if middle := mark.x + mark.w/2; middle >= r.x && middle <= r.x+r.w {
			return Light(r.class)
		}
	}
	return None
}

func between(text, before string) string {
	_, rest, _ := strings.Cut(text, before)
	out, _, _ := strings.Cut(rest, `"`)
	return out
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
