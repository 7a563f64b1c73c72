package figure

import (
	"fmt"
	"strings"
)

// mostAlt is how many letters an alternative text has, about.
const mostAlt = 400

// Alt tells in English what the figure shows, in some sentences made from its
// data: the kind, the title, the extremes. An alt that the spec has of its own
// stands instead.
func (s *Spec) Alt() string {
	if s.alt != "" {
		return s.alt
	}
	w := english()
	title := strings.TrimRight(s.Title, ".")
	if strings.HasSuffix(title, "?") || strings.HasSuffix(title, "!") {
		title = "“" + title + "”"
	}
	text := kindNames[s.Kind] + ": " + title + "."
	for _, sentence := range strings.SplitAfter(craftOf(s.Kind).tell(s, w), ".\n") {
		sentence = strings.TrimSpace(sentence)
		if room := mostAlt - len([]rune(text)) - 1; sentence != "" && len([]rune(sentence)) > room {
			if room > 60 && !strings.HasSuffix(text, "…") {
				text += " " + shortened(sentence, room)
			}
			break
		}
		text = strings.TrimSpace(text + " " + sentence)
	}
	return bare(text)
}

// shortened cuts a sentence at a word.
func shortened(text string, most int) string {
	r := []rune(text)
	cut := string(r[:min(most-1, len(r))])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// kindNames are the kinds for people.
var kindNames = map[Kind]string{
	Bar: "Bar chart", StackedBar: "Stacked bar chart", GroupedBar: "Grouped bar chart", Line: "Line chart", Area: "Area chart", Scatter: "Scatter plot",
	Pie: "Pie chart", Donut: "Donut chart", Timeline: "Timeline", Process: "Process", Comparison: "Comparison", Hierarchy: "Hierarchy", Matrix: "Matrix",
	Proportion: "Proportion", Number: "Key figures",
}

// full writes a value with its unit.
func (s *Spec) full(w Words, v float64) string {
	return w.with(v, s.decimalsOf(s.all()...), s.unit)
}

// tellSeries tells the extremes of values, or of each series how it begins and
// ends.
func tellSeries(s *Spec, w Words) string {
	var b strings.Builder
	ordered := s.Kind == Line || s.Kind == Area
	for i, e := range s.series {
		name := ""
		if s.named {
			name = e.name + ": "
		}
		first, last, low, high := ends(e)
		if first < 0 {
			continue
		}
		say := func(k int) string { return s.full(w, e.values[k].n) + " (" + s.labels[k] + ")" }
		switch {
		case len(s.labels) == 1 || first == last:
			fmt.Fprintf(&b, "%s%s.\n", name, say(first))
		case ordered:
			fmt.Fprintf(&b, "%sfrom %s to %s", name, say(first), say(last))
			if high != first && high != last {
				fmt.Fprintf(&b, ", at most %s", say(high))
			}
			if low != first && low != last {
				fmt.Fprintf(&b, ", at least %s", say(low))
			}
			b.WriteString(".\n")
		case len(e.values) <= 4 || len(s.series) == 1 && len(e.values) <= 6:
			var list []string
			for k, v := range e.values {
				list = append(list, s.labels[k]+" "+s.full(w, v.n))
			}
			fmt.Fprintf(&b, "%s%s.\n", name, strings.Join(list, ", "))
		default:
			fmt.Fprintf(&b, "%shighest %s, lowest %s", name, say(high), say(low))
			if i == 0 {
				fmt.Fprintf(&b, ", of %d", len(s.labels))
			}
			b.WriteString(".\n")
		}
	}
	return b.String()
}

// ends are the first, the last, the lowest and the highest value of a series,
// -1 if it has none.
func ends(e series) (first, last, low, high int) {
	first, last, low, high = -1, -1, -1, -1
	for i, v := range e.values {
		if v.gap {
			continue
		}
		if first < 0 {
			first, low, high = i, i, i
		}
		last = i
		if v.n < e.values[low].n {
			low = i
		}
		if v.n > e.values[high].n {
			high = i
		}
	}
	return first, last, low, high
}

// tellParts tells the shares of a whole.
func tellParts(s *Spec, w Words) string {
	whole := s.sum()
	if s.Kind == Proportion {
		whole = s.total
	}
	var list []string
	for i, v := range s.series[0].values {
		say := s.labels[i] + " " + s.share(w, v.n, whole)
		if s.unit != "%" {
			say += " (" + s.full(w, v.n) + ")"
		}
		list = append(list, say)
	}
	text := strings.Join(list, ", ") + ".\n"
	if s.unit != "%" {
		text += w.Total + ": " + w.with(whole, s.decimalsOf(append(s.all(), whole)...), s.unit) + ".\n"
	}
	return text
}

// tellScatter tells how many points there are and how far they reach.
func tellScatter(s *Spec, w Words) string {
	p := s.firstPoint()
	x0, x1, y0, y1, n := p.x, p.x, p.y, p.y, 0
	for _, e := range s.series {
		n += len(e.points)
		for _, p := range e.points {
			x0, x1, y0, y1 = min(x0, p.x), max(x1, p.x), min(y0, p.y), max(y1, p.y)
		}
	}
	text := fmt.Sprintf("%d points", n)
	if s.named {
		text += " of " + listed(s.names())
	}
	xd, yd := s.decimalsOf(x0, x1), s.decimalsOf(y0, y1)
	return fmt.Sprintf("%s.\n%s from %s to %s; %s from %s to %s.\n", text, orWord(s.x, "across"), w.with(x0, xd, s.xUnit), w.with(x1, xd, s.xUnit),
		orWord(s.y, "upward"), w.with(y0, yd, s.unit), w.with(y1, yd, s.unit))
}

// orWord is a text, or another if it is empty.
func orWord(text, or string) string {
	if text == "" {
		return or
	}
	return text
}

// listed joins words with commas and an and.
func listed(list []string) string {
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
	return strings.Join(list, "")
}

// tellTimeline tells the events with their dates.
func tellTimeline(s *Spec, w Words) string {
	var list []string
	for _, e := range s.events {
		list = append(list, e.at.text(w)+": "+e.label)
	}
	return fmt.Sprintf("%d events.\n%s.\n", len(list), strings.Join(list, "; "))
}

// tellProcess tells the steps.
func tellProcess(s *Spec, _ Words) string {
	var list []string
	for i, t := range s.steps {
		list = append(list, fmt.Sprintf("%d. %s", i+1, t.label))
	}
	return fmt.Sprintf("%d steps.\n%s.\n", len(list), strings.Join(list, "; "))
}

// tellComparison tells what is compared, and by what.
func tellComparison(s *Spec, _ Words) string {
	text := listed(s.names())
	if len(s.labels) > 0 {
		text += ", by " + listed(s.labels)
	}
	text += ".\n"
	for _, e := range s.series {
		var list []string
		for _, v := range e.values {
			list = append(list, v.word)
		}
		text += e.name + ": " + strings.Join(list, "; ") + ".\n"
	}
	return text
}

// tellHierarchy tells the nodes with their children.
func tellHierarchy(s *Spec, _ Words) string {
	var b strings.Builder
	s.root.each(0, func(n *branch, _ int) {
		if len(n.kids) == 0 {
			return
		}
		var list []string
		for _, k := range n.kids {
			list = append(list, k.label)
		}
		fmt.Fprintf(&b, "%s has %s.\n", n.label, listed(list))
	})
	return b.String()
}

// tellMatrix tells the rows and columns, and the extremes of numbers.
func tellMatrix(s *Spec, w Words) string {
	text := fmt.Sprintf("%d rows by %d columns: %s.\n", len(s.series), len(s.labels), listed(s.labels))
	if s.valueWords {
		for _, e := range s.series {
			var list []string
			for i, v := range e.values {
				list = append(list, s.labels[i]+" – "+v.word)
			}
			text += e.name + ": " + strings.Join(list, "; ") + ".\n"
		}
		return text
	}
	lo, hi := s.bounds()
	at := func(want float64) string {
		for _, e := range s.series {
			for i, v := range e.values {
				if v.n == want {
					return strings.TrimPrefix(e.name+", ", ", ") + s.labels[i]
				}
			}
		}
		return ""
	}
	return text + fmt.Sprintf("Highest %s (%s), lowest %s (%s).\n", s.full(w, hi), at(hi), s.full(w, lo), at(lo))
}

// tellNumbers tells each number.
func tellNumbers(s *Spec, w Words) string {
	var list []string
	for i, label := range s.labels {
		list = append(list, s.bigNumber(w, i)+" "+label)
	}
	return strings.Join(list, "; ") + ".\n"
}
