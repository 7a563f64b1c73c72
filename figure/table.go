package figure

import (
	"slices"
	"strconv"
	"strings"
)

// unitHead is the head of a column of numbers.
func unitHead(name, unit string) string {
	switch {
	case unit == "":
		return name
	case name == "":
		return unit
	}
	return name + " (" + unit + ")"
}

// tableOfSeries has a row for each label.
func tableOfSeries(s *Spec, w Words) Table {
	t := Table{Head: []string{across(s)}}
	decimals := s.decimalsOf(s.all()...)
	for i, e := range s.series {
		name := e.name
		if !s.named {
			name = orWord(upward(s), s.seriesNamed(i))
		}
		t.Head = append(t.Head, unitHead(name, s.unit))
	}
	shares := (s.Kind == Pie || s.Kind == Donut || s.Kind == Proportion) && s.unit != "%"
	if shares {
		t.Head = append(t.Head, "%")
	}
	whole := s.sum()
	if s.Kind == Proportion {
		whole = s.total
	}
	for i, label := range s.labels {
		row := []string{label}
		for _, e := range s.series {
			cell := ""
			if v := e.values[i]; !v.gap {
				cell = w.number(v.n, decimals)
			}
			row = append(row, cell)
		}
		if shares {
			row = append(row, s.share(w, s.series[0].values[i].n, whole))
		}
		t.Rows = append(t.Rows, row)
	}
	return t.clean()
}

// across is what the labels are, and upward what the values are: the titles of
// the axes, which change places where bars lie.
func across(s *Spec) string {
	if s.direction == "horizontal" {
		return s.y
	}
	return s.x
}

func upward(s *Spec) string {
	if s.direction == "horizontal" {
		return s.x
	}
	return s.y
}

// tableOfPoints has a row for each point.
func tableOfPoints(s *Spec, w Words) Table {
	labelled := false
	var xs, ys []float64
	for _, e := range s.series {
		for _, p := range e.points {
			labelled = labelled || p.label != ""
			xs, ys = append(xs, p.x), append(ys, p.y)
		}
	}
	t := Table{}
	if labelled {
		t.Head = append(t.Head, "")
	}
	if s.named {
		t.Head = append(t.Head, "")
	}
	t.Head = append(t.Head, unitHead(orWord(s.x, "x"), s.xUnit), unitHead(orWord(s.y, "y"), s.unit))
	xd, yd := s.decimalsOf(xs...), s.decimalsOf(ys...)
	for _, e := range s.series {
		for _, p := range e.points {
			var row []string
			if labelled {
				row = append(row, p.label)
			}
			if s.named {
				row = append(row, e.name)
			}
			t.Rows = append(t.Rows, append(row, w.number(p.x, xd), w.number(p.y, yd)))
		}
	}
	return t.clean()
}

// tableOfEvents has a row for each event.
func tableOfEvents(s *Spec, w Words) Table {
	t := Table{Head: []string{"", s.Title, ""}}
	for _, e := range s.events {
		t.Rows = append(t.Rows, []string{e.at.text(w), e.label, e.text})
	}
	return t.clean()
}

// tableOfSteps has a row for each step.
func tableOfSteps(s *Spec, _ Words) Table {
	t := Table{Head: []string{"", s.Title, ""}}
	for i, e := range s.steps {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), e.label, e.text})
	}
	return t.clean()
}

// tableOfWords has a row for each row of a matrix, or for each line of points
// that are compared.
func tableOfWords(s *Spec, w Words) Table {
	if s.Kind == Matrix {
		return tableOfCells(s, w)
	}
	t := Table{Head: append([]string{""}, s.names()...)}
	rows := 0
	for _, e := range s.series {
		rows = max(rows, len(e.values))
	}
	for i := range rows {
		row := []string{""}
		if i < len(s.labels) {
			row[0] = s.labels[i]
		}
		for _, e := range s.series {
			cell := ""
			if i < len(e.values) {
				cell = e.values[i].word
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	if len(s.labels) == 0 { // there is nothing in the first column
		t.Head = t.Head[1:]
		for i := range t.Rows {
			t.Rows[i] = t.Rows[i][1:]
		}
	}
	return t.clean()
}

// tableOfCells is a matrix as it stands.
func tableOfCells(s *Spec, w Words) Table {
	t := Table{Head: append([]string{unitHead("", s.unit)}, s.labels...)}
	decimals := s.decimalsOf(s.all()...)
	for _, e := range s.series {
		row := []string{e.name}
		for _, v := range e.values {
			if s.valueWords {
				row = append(row, v.word)
			} else {
				row = append(row, w.number(v.n, decimals))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t.clean()
}

// tableOfNodes has a row for each node, its place written as 1.2.1.
func tableOfNodes(s *Spec, _ Words) Table {
	t := Table{Head: []string{"", s.Title, ""}}
	var visit func(b *branch, place string)
	visit = func(b *branch, place string) {
		t.Rows = append(t.Rows, []string{place, b.label, b.text})
		for i, k := range b.kids {
			visit(k, place+"."+strconv.Itoa(i+1))
		}
	}
	visit(s.root, "1")
	return t.clean()
}

// tableOfNumbers has a row for each number.
func tableOfNumbers(s *Spec, w Words) Table {
	t := Table{Head: []string{"", s.Title}}
	for i, label := range s.labels {
		t.Rows = append(t.Rows, []string{label, s.bigNumber(w, i)})
	}
	return t.clean()
}

// clean leaves out columns without any text below their heads, and takes the
// marks for hyphenation away.
func (t Table) clean() Table {
	out := Table{Rows: make([][]string, len(t.Rows))}
	for k, head := range t.Head {
		if !slices.ContainsFunc(t.Rows, func(r []string) bool { return r[k] != "" }) {
			continue
		}
		out.Head = append(out.Head, strings.TrimSpace(bare(head)))
		for i, r := range t.Rows {
			out.Rows[i] = append(out.Rows[i], bare(r[k]))
		}
	}
	return out
}
