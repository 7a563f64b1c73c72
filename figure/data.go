package figure

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// limits are how much of labels and series a kind takes.
type limits struct {
	leastLabels, mostLabels int
	mostSeries              int
	gaps                    bool // null is a value that is not known
	positive                bool
	reason                  string // why nothing may be negative
	words                   bool   // values may be words
}

// data reads labels with values or series, the way most kinds have them.
func (r *reader) data(o *object, s *Spec, l limits) {
	s.labels = r.labels(o, l)
	values, several := o.at["values"], o.at["series"]
	switch {
	case values != nil && several != nil:
		r.wrong(several, "series", "stands beside values; write one of them")
	case values != nil:
		s.series = []series{{values: r.values(values, "values", o, s, l)}}
	case several != nil:
		r.series(o, s, l)
	default:
		r.wrong(o.node, "values", "the numbers are missing: write values, or series with several rows of them")
	}
}

// labels reads the labels, each of them once.
func (r *reader) labels(o *object, l limits) (out []string) {
	if o.at["labels"] == nil {
		r.wrong(o.node, "labels", "the labels are missing: write what each value is")
		return nil
	}
	for i, n := range o.list("labels", l.leastLabels, l.mostLabels) {
		path := entry("labels", i)
		text, ok := r.words(n, path, maxLabel)
		switch {
		case ok && text == "":
			r.wrong(n, path, "is empty")
		case ok && slices.Contains(out, text):
			r.wrong(n, path, "%q stands there twice", clipped(text))
		}
		out = append(out, text)
	}
	return out
}

// series reads several rows of values with names.
func (r *reader) series(o *object, s *Spec, l limits) {
	s.named = true
	for i, n := range o.list("series", 1, l.mostSeries) {
		p := r.object(n, entry("series", i))
		e := series{name: r.seriesName(p, s)}
		if v := p.at["values"]; v != nil {
			e.values = r.values(v, p.field("values"), o, s, l)
		} else if len(p.keys) > 0 {
			r.wrong(n, p.field("values"), "the values are missing")
		}
		p.only("name", "values")
		s.series = append(s.series, e)
	}
}

// seriesName reads the name of a series, which it must have for itself.
func (r *reader) seriesName(p *object, s *Spec) string {
	name := p.words("name", maxLabel)
	switch {
	case p.bad["name"] || len(p.keys) == 0:
	case name == "":
		r.wrong(p.node, p.field("name"), "a series needs a name")
	case slices.ContainsFunc(s.series, func(e series) bool { return e.name == name }):
		r.wrong(p.at["name"], p.field("name"), "%q stands there twice", clipped(name))
	}
	return name
}

// values reads a row of values, one for each label.
func (r *reader) values(list *yaml.Node, path string, o *object, s *Spec, l limits) (out []value) {
	for i, n := range r.list(list, path, 1, max(l.mostLabels, 1)) {
		out = append(out, r.value(n, entry(path, i), o, s, l))
	}
	if len(out) > 0 && len(s.labels) > 0 && len(out) != len(s.labels) {
		r.wrong(list, path, "has %d values for %d labels", len(out), len(s.labels))
	}
	return out
}

// value reads a value. The first unit that stands with a number is the unit of
// a figure that names none.
func (r *reader) value(n *yaml.Node, path string, o *object, s *Spec, l limits) value {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" && l.gaps {
		return value{gap: true}
	}
	if l.words && n.Kind == yaml.ScalarNode && !numeric(n) {
		word, _ := r.words(n, path, maxText)
		s.valueWords = true
		return value{word: word}
	}
	v, unit, ok := r.measured(n, path)
	if ok && s.unit == "" && o.at["unit"] == nil {
		s.unit = unit
	}
	switch {
	case ok && unit != "" && unit != s.unit:
		r.wrong(n, path, "%q is in %s, but the figure is in %s; one figure takes one unit", clipped(n.Value), clipped(unit), s.unit)
	case ok && l.positive && v < 0:
		r.wrong(n, path, "%s is negative; %s", clipped(n.Value), l.reason)
	}
	return value{n: v}
}

// numeric reports whether a value that may be words is a number.
func numeric(n *yaml.Node) bool {
	tag := n.ShortTag()
	return tag == "!!int" || tag == "!!float"
}

// sorted puts the labels and the values of a figure in the order of the first
// series' values, where a spec wants that.
func (s *Spec) sorted(how string) {
	if how != "ascending" && how != "descending" || len(s.series) == 0 {
		return
	}
	order := make([]int, len(s.labels))
	sums := make([]float64, len(s.labels))
	for i := range order {
		order[i] = i
		for _, e := range s.series {
			if i < len(e.values) {
				sums[i] += e.values[i].n
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch up := how == "ascending"; {
		case sums[a] == sums[b]:
			return 0
		case (sums[a] < sums[b]) == up:
			return -1
		}
		return 1
	})
	labels := slices.Clone(s.labels)
	for i, from := range order {
		s.labels[i] = labels[from]
	}
	for k := range s.series {
		values := slices.Clone(s.series[k].values)
		if len(values) != len(order) {
			return // a mistake that is told already
		}
		for i, from := range order {
			s.series[k].values[i] = values[from]
		}
	}
}
