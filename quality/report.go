package quality

import "slices"

// Report is what was measured.
type Report struct {
	Score    *int     `json:"score"` // 0 to 100; nil if too little could be measured
	Version  string   `json:"version"`
	Profile  Profile  `json:"profile"`
	Language string   `json:"language"` // first part of a BCP 47 tag
	Words    *int     `json:"words"`    // of prose; nil if they cannot be counted
	Chapters int      `json:"chapters"`
	Broken   int      `json:"broken"`         // red lights of breakage
	Note     string   `json:"note,omitempty"` // what was not measured, or why there is no score
	Metrics  []Metric `json:"metrics"`
}

// Metric is one of the metrics. Its value is that of the first reading; Parts
// are the others. The light is the worst of all of them.
type Metric struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Value    *float64   `json:"value"` // nil is not measured; Note says why
	Unit     string     `json:"unit"`
	Class    Class      `json:"class"`
	Band     *Band      `json:"band"` // nil: the value is told and not judged
	Light    Light      `json:"light"`
	Note     string     `json:"note,omitempty"`
	Parts    []Part     `json:"parts"`
	Evidence []Evidence `json:"evidence"`
}

// Part is a further reading of a metric.
type Part struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Band  *Band   `json:"band"`
	Light Light   `json:"light"`
}

// Class is what a red light means.
type Class string

// The classes. Breakage blocks; style advises.
const (
	Breakage Class = "breakage"
	Style    Class = "style"
)

// Light is how a value stands to its band.
type Light string

// The lights, from nothing to the worst.
const (
	None  Light = "none" // not measured, or without a band
	Green Light = "green"
	Amber Light = "amber"
	Red   Light = "red"
)

func worse(a, b Light) Light {
	if rank(b) > rank(a) {
		return b
	}
	return a
}

// rank is the place of a light, from nothing to the worst.
func rank(l Light) int { return slices.Index([]Light{None, Green, Amber, Red}, l) }

// Band says which values are good: Low to High with both ends. At RedLow and
// below, and at RedHigh and above, the light is red; between, it is amber. A
// side without an edge is nil.
type Band struct {
	Low     *float64 `json:"low"`
	High    *float64 `json:"high"`
	RedLow  *float64 `json:"red_low"`
	RedHigh *float64 `json:"red_high"`
}

// light is how a value stands to the band.
func (b Band) light(v float64) Light {
	switch {
	case b.RedLow != nil && v <= *b.RedLow, b.RedHigh != nil && v >= *b.RedHigh:
		return Red
	case b.Low != nil && v < *b.Low, b.High != nil && v > *b.High:
		return Amber
	}
	return Green
}

// points is 100 inside the band, 0 at the red edge, and in proportion between
// them; where there is no red edge it is 50 outside.
func (b Band) points(v float64) float64 {
	switch {
	case b.Low != nil && v < *b.Low:
		return ramp(v, *b.Low, b.RedLow)
	case b.High != nil && v > *b.High:
		return ramp(v, *b.High, b.RedHigh)
	}
	return 100
}

func ramp(v, edge float64, red *float64) float64 {
	if red == nil {
		return 50
	}
	return min(100, max(0, 100*(*red-v)/(*red-edge)))
}

// Evidence is a place in the text that speaks for a metric. Start and End are
// bytes of the chapter's Markdown; Quote is what stands between them. Of is the
// reading that it speaks for, "" for the metric's value.
type Evidence struct {
	Of      string `json:"of,omitempty"`
	Chapter int    `json:"chapter"` // from 1
	Title   string `json:"title"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Quote   string `json:"quote"`
	Note    string `json:"note,omitempty"`
}

// mostEvidence is how many places a metric shows.
const mostEvidence = 5

// outcome is what measuring gives: a value for each reading of the metric, in
// order; math.NaN is none. Without values the note says why.
type outcome struct {
	values   []float64
	told     int // so many of the first are told and not judged
	evidence []Evidence
	note     string
}

// placed names the reading that places speak for.
func placed(reading string, list []Evidence) []Evidence {
	for i := range list {
		list[i].Of = reading
	}
	return list
}

func unmeasured(note string) outcome { return outcome{note: note} }
