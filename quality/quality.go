// Package quality is where prose is measured: twenty-five metrics of a
// manuscript, computed by code alone, with a band for each, the places that
// speak for it, and one score. The table of metrics is in metrics.go, with the
// bands of each profile; Version names the state of all of it, and numbers of
// the same version may be compared. Breakage blocks, style advises: a metric of
// style never says more than that an author may want to look.
//
// Next: llm
package quality

import (
	"math"
	"slices"

	"quire/book"
	"quire/problem"
)

// Version is the state of formulas, lists and bands. It changes with any of
// them: scores of different versions cannot be compared.
const Version = "quality-2"

// Profile is what sort of book the bands are for.
type Profile string

// The profiles.
const (
	Fiction    Profile = "fiction"
	Nonfiction Profile = "nonfiction"
	Children   Profile = "children"
)

// Profiles returns all profiles.
func Profiles() []Profile { return []Profile{Fiction, Nonfiction, Children} }

// ParseProfile reads a profile's name; it is a problem.Invalid if there is none.
func ParseProfile(name string) (Profile, error) {
	p := Profile(name)
	if name == "non-fiction" {
		p = Nonfiction
	}
	if !slices.Contains(Profiles(), p) {
		return "", problem.New(problem.Invalid, "there is no profile %q", name).Try("say fiction, nonfiction or children")
	}
	return p, nil
}

// ProfileOf returns the profile that fits a book by what it says of itself.
func ProfileOf(m book.Meta) Profile {
	if m.Kind == book.Nonfiction {
		return Nonfiction
	}
	return Fiction
}

// Measure measures a manuscript of which nothing else is known: what needs a
// plan is not measured. It reads the text only, gives the same report for the
// same text on every machine, and may be called from several goroutines.
func Measure(text book.Manuscript, profile Profile) Report {
	return MeasurePlanned(text, profile, Plan{})
}

// MeasurePlanned measures a manuscript against what was planned for it.
func MeasurePlanned(text book.Manuscript, profile Profile, plan Plan) Report {
	r := openAs(profile, plan, text).report()
	if n := numbered(text); n > 0 {
		r.Chapters = n // a preface and the like are measured, but no chapters
	}
	return r
}

func numbered(text book.Manuscript) int {
	n := 0
	for _, c := range text.Chapters {
		if c.Numbered {
			n++
		}
	}
	return n
}

// openAs cuts a manuscript; a profile that there is not is fiction.
func openAs(profile Profile, plan Plan, text book.Manuscript) *body {
	if !slices.Contains(Profiles(), profile) {
		profile = Fiction
	}
	return open(text, profile, plan)
}

// report takes all metrics.
func (b *body) report() Report {
	r := Report{Version: Version, Profile: b.profile, Language: b.lang, Chapters: len(b.chapters), Metrics: []Metric{}}
	if b.spaced {
		r.Words = &b.total
	} else {
		r.Note = "The text is written without spaces between words: words and sentences are not measured."
	}
	if b.spaced && !b.english {
		r.Note = "Words, phrases and bands that were made for English are not used for a text in another language."
	}
	for _, d := range definitions() {
		r.Metrics = append(r.Metrics, b.metric(d))
	}
	r.score(b)
	return r
}

// metric takes one metric.
func (b *body) metric(d definition) Metric {
	m := Metric{ID: d.id, Name: d.name, Unit: d.readings[0].unit, Class: d.class, Light: None, Parts: []Part{}, Evidence: []Evidence{}}
	if m.Note = b.unfit(d); m.Note != "" {
		return m
	}
	o := d.measure(b)
	m.Note = o.note
	for i, kind := range d.readings {
		if i >= len(o.values) || math.IsNaN(o.values[i]) || math.IsInf(o.values[i], 0) {
			continue
		}
		p := b.part(d, kind, o.values[i])
		if i < o.told {
			p.Band, p.Light = nil, None
		}
		m.Light = worse(m.Light, p.Light)
		if i == 0 {
			m.Value, m.Band = &p.Value, p.Band
			continue
		}
		m.Parts = append(m.Parts, p)
	}
	m.Evidence = append(m.Evidence, o.evidence[:min(len(o.evidence), mostEvidence)]...)
	return m
}

// part is one reading of a metric with its light.
func (b *body) part(d definition, kind reading, value float64) Part {
	p := Part{Name: kind.name, Value: rounded(value), Unit: kind.unit, Light: None}
	if band := kind.band(b.profile); band != (Band{}) && (b.english || !d.tuned) {
		p.Band, p.Light = &band, band.light(p.Value)
	}
	return p
}

// rounded keeps four decimals, so that every machine says the same.
func rounded(v float64) float64 { return math.Round(v*10_000) / 10_000 }

// unfit says why a metric cannot be taken of this text, "" if it can.
func (b *body) unfit(d definition) string {
	switch {
	case d.only != "" && d.only != b.profile:
		return "for " + string(d.only) + " only"
	case !d.unspaced && !b.spaced:
		return "not measured in text written without spaces"
	case d.listed && !b.english:
		return "its lists are English"
	case !d.unspaced && b.total == 0:
		return "there is no prose"
	}
	return ""
}
