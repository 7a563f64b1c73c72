package quality

import (
	"fmt"
	"html/template"
	"strings"
)

// The size of a scale, in the units of its drawing.
const scaleWide, scaleHigh = 160.0, 10.0

// scale draws a value on its band: green inside, amber up to the red edges, red
// beyond, and a mark where the value is. What is beyond the ends stands at them.
func (b Band) scale(v float64) template.HTML {
	low, high := b.ends()
	if b.Low == nil && *b.High == 0 && v == 0 {
		v = low / 2 // a count of nothing stands inside of the green
	}
	x := func(v float64) float64 { return scaleWide * (min(max(v, low), high) - low) / (high - low) }
	var out strings.Builder
	fmt.Fprintf(&out, `<svg class="scale" viewBox="0 -3 %g %g" aria-hidden="true">`, scaleWide, scaleHigh+6)
	at := low
	zone := func(light Light, to float64) {
		if to > at {
			fmt.Fprintf(&out, `<rect class="%s" x="%.1f" width="%.1f" height="%g"/>`, light, x(at), x(to)-x(at), scaleHigh)
			at = to
		}
	}
	if b.Low != nil {
		if b.RedLow != nil {
			zone(Red, *b.RedLow)
		}
		zone(Amber, *b.Low)
	}
	if b.High != nil {
		zone(Green, *b.High)
		if b.RedHigh != nil {
			zone(Amber, *b.RedHigh)
			zone(Red, high)
		}
		zone(Amber, high)
	}
	zone(Green, high)
	fmt.Fprintf(&out, `<rect class="mark" x="%.1f" y="-3" width="3" height="%g"/></svg>`, min(max(x(v)-1.5, 0), scaleWide-3), scaleHigh+6)
	return template.HTML(out.String()) //nolint:gosec // numbers and names of lights
}

// ends are the lowest and highest value on the scale: beyond the outer edges by
// as much as lies between a band and its red edge.
func (b Band) ends() (low, high float64) {
	step := 0.0
	edge := func(e, red *float64) float64 {
		if red == nil {
			step = max(step, 1)
			return *e
		}
		step = max(step, *red-*e, *e-*red)
		return *red
	}
	switch {
	case b.Low != nil && b.High != nil:
		low, high = edge(b.Low, b.RedLow), edge(b.High, b.RedHigh)
		return low - step, high + step
	case b.Low != nil:
		low = edge(b.Low, b.RedLow)
		return low - step, *b.Low + 3*step
	}
	high = edge(b.High, b.RedHigh)
	if *b.High == 0 {
		return -step, high + step
	}
	return 0, high + step
}
