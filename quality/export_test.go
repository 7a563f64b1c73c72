package quality

import "fmt"

// RedEdges are the red edges of all readings with a band, as "M4 worst window,
// high".
func RedEdges(p Profile) map[string]float64 {
	return edgesIf(p, func(b Band) (*float64, *float64) { return b.RedLow, b.RedHigh })
}

// Edges are those of the bands themselves.
func Edges(p Profile) map[string]float64 {
	return edgesIf(p, func(b Band) (*float64, *float64) { return b.Low, b.High })
}

func edgesIf(p Profile, of func(Band) (low, high *float64)) map[string]float64 {
	list := map[string]float64{}
	for _, d := range definitions() {
		if d.only != "" && d.only != p {
			continue
		}
		for _, r := range d.readings {
			low, high := of(r.band(p))
			if low != nil {
				list[fmt.Sprintf("%s %s, low", d.id, r.name)] = *low
			}
			if high != nil {
				list[fmt.Sprintf("%s %s, high", d.id, r.name)] = *high
			}
		}
	}
	return list
}

// FirstReading is the name of the reading that is a metric's value.
func FirstReading(id string) string {
	for _, d := range definitions() {
		if d.id == id {
			return d.readings[0].name
		}
	}
	return ""
}

// LightOf is how a value stands to a band, which may be nil.
func LightOf(v float64, b *Band) Light {
	if b == nil {
		return None
	}
	return b.light(v)
}

// Advice is what is said at each red edge.
var Advice = advice
