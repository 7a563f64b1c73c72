package quality

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"

	"quire/figure"
)

//go:embed page.html
var pageText string

// Number writes a value for people: as many digits as matter.
func Number(v float64) string {
	switch a := math.Abs(v); {
	case v == math.Trunc(v):
		return strconv.FormatFloat(v, 'f', 0, 64)
	case a >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case a >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case a >= .01:
		return strconv.FormatFloat(v, 'f', 2, 64)
	default:
		return strconv.FormatFloat(v, 'f', 4, 64)
	}
}

// String tells the band for people: "75 to 130", "up to 0.8".
func (b *Band) String() string {
	switch {
	case b == nil || b.Low == nil && b.High == nil:
		return ""
	case b.Low == nil && *b.High == 0:
		return "0"
	case b.Low == nil:
		return "up to " + exact(*b.High)
	case b.High == nil:
		return exact(*b.Low) + " or more"
	}
	return exact(*b.Low) + " to " + exact(*b.High)
}

// exact writes an edge of a band.
func exact(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Shown writes a value for people with so many digits that it has the light of
// the value itself: 74.97 is not "75.0" beside a band from 75.
func (b *Band) Shown(v float64) string {
	text := Number(v)
	for digits := 2; b != nil && digits <= 6; digits++ {
		if near, err := strconv.ParseFloat(text, 64); err != nil || b.light(near) == b.light(v) {
			break
		}
		text = strconv.FormatFloat(v, 'f', digits, 64)
	}
	return text
}

// pageData is what the page shows.
type pageData struct {
	Report    Report
	Title     string
	Verdict   string
	WordCount string
	Chart     template.HTML // light and dark
	Groups    []pageGroup
}

// pageGroup is the metrics of one verdict.
type pageGroup struct {
	Name, Says string
	Metrics    []pageMetric
}

// pageMetric is a metric for people: what it means, what to do about it, its
// readings with a band as scales, and the others as one sentence.
type pageMetric struct {
	Metric
	Says, Do string
	Judged   []pageReading
	Told     string
	Places   []Evidence
}

// pageReading is a reading beside its band.
type pageReading struct {
	Name, Value, Wanted string
	Light               Light
	Scale               template.HTML
}

// Page is the report as one page for browsers, with nothing outside of it.
func Page(r Report, title string) ([]byte, error) {
	d := pageData{Report: r, Title: title, Verdict: "Nothing is broken."}
	if !slices.ContainsFunc(r.Metrics, func(m Metric) bool { return m.Light != None }) {
		d.Verdict = "Nothing could be judged."
	}
	if r.Broken > 0 {
		d.Verdict = "Something is broken: it comes first below."
		if r.Score != nil {
			d.Verdict += " Until it is mended the score is " + strconv.Itoa(capBroken) + " at most."
		}
	}
	if r.Words != nil {
		d.WordCount = group(*r.Words)
	}
	d.Groups = grouped(r.Metrics)
	var err error
	if d.Chart, err = chart(r); err != nil {
		return nil, err
	}
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, d)
	return out.Bytes(), err
}

// shown prepares a metric for the page.
func (m Metric) shown() pageMetric {
	d := definitionOf(m.ID)
	out := pageMetric{Metric: m, Says: d.says, Do: m.Advice()}
	var told []string
	for _, p := range m.readings() {
		name, value := p.Name, strings.TrimSpace(p.Band.Shown(p.Value)+" "+p.Unit)
		if name == "" && len(d.readings) > 0 {
			name = d.readings[0].name
		}
		if p.Band == nil {
			told = append(told, name+" "+value)
			continue
		}
		out.Judged = append(out.Judged, pageReading{name, value, p.Band.String(), p.Band.light(p.Value), p.Band.scale(p.Value)})
	}
	out.Told = strings.Join(told, " · ")
	if m.Light == Amber || m.Light == Red {
		out.Places = m.Evidence
	}
	return out
}

// grouped sorts the metrics by what an author should do; empty groups are left
// out.
func grouped(list []Metric) (out []pageGroup) {
	groups := []pageGroup{
		{Name: "Broken", Says: "Mend these before anybody reads the book."},
		{Name: "Advice", Says: "Worth a look. Style is yours to decide."},
		{Name: "In order"},
		{Name: "Not judged", Says: "Told for those who want to know, or not measured."},
	}
	for _, m := range list {
		at := 3
		switch {
		case m.Light == Red && m.Class == Breakage:
			at = 0
		case m.Light == Red || m.Light == Amber:
			at = 1
		case m.Light == Green:
			at = 2
		}
		groups[at].Metrics = append(groups[at].Metrics, m.shown())
	}
	for _, g := range groups {
		if len(g.Metrics) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// chart draws the points of each group of the score, for light and for dark.
func chart(r Report) (template.HTML, error) {
	var labels []string
	var values []float64
	for _, s := range shares {
		sum, n := 0.0, 0.0
		for _, m := range r.Metrics {
			if p, ok := m.points(); ok && strings.Contains(" "+strings.Join(s.ids, " ")+" ", " "+m.ID+" ") {
				sum, n = sum+p, n+1
			}
		}
		if n > 0 {
			labels, values = append(labels, s.name), append(values, math.Round(sum/n))
		}
	}
	if len(labels) == 0 || r.Score == nil {
		return "", nil
	}
	spec, err := json.Marshal(map[string]any{"kind": figure.Bar, "title": "Points by what the score counts", "direction": "horizontal", "labels": labels, "values": values})
	if err != nil {
		return "", err
	}
	fig, err := figure.Parse(spec)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, look := range []struct {
		class string
		style figure.Style
	}{
		{"light", figure.Style{Body: "system-ui, sans-serif", Size: 12, Width: 400, Accent: "#2f5d8a"}},
		{"dark", figure.Style{Body: "system-ui, sans-serif", Size: 12, Width: 400, Ink: "#e6e3dc", Paper: "#1b1c1e", Accent: "#8ab6e0", Tint: "#2a2c2f"}},
	} {
		drawn, err := fig.Draw(look.style)
		if err != nil {
			return "", err
		}
		svg := drawn.SVG
		if at := bytes.Index(svg, []byte("<svg")); at > 0 {
			svg = svg[at:]
		}
		text := string(svg)
		if look.class == "dark" { // ids are unique on a page
			text = renamed(text)
		}
		out.WriteString(`<div class="` + look.class + `">` + text + `</div>`)
	}
	return template.HTML(out.String()), nil //nolint:gosec // the figure room escapes what it draws
}

// renamed gives the ids of a drawing other names.
func renamed(svg string) string {
	for _, part := range strings.Split(svg, ` id="`)[1:] {
		if id, _, ok := strings.Cut(part, `"`); ok {
			svg = strings.NewReplacer(`id="`+id+`"`, `id="`+id+`-dark"`, `url(#`+id+`)`, `url(#`+id+`-dark)`, `#`+id+`"`, `#`+id+`-dark"`).Replace(svg)
			svg = strings.ReplaceAll(svg, `labelledby="`+id+` `, `labelledby="`+id+`-dark `)
		}
	}
	return svg
}

// definitionOf is the definition of a metric; of an unknown one it is empty.
func definitionOf(id string) definition {
	for _, d := range definitions() {
		if d.id == id {
			return d
		}
	}
	return definition{}
}

// group writes a number with commas between groups of three digits.
func group(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
