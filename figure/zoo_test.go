package figure

import (
	"fmt"
	"strings"
	"testing"
)

// Long words and labels, in the languages that are hardest to set.
const (
	danube = "Donaudampfschifffahrtsgesellschaftskapitän"
	beef   = "Rindfleischetikettierungsüberwachungsaufgabenübertragung"
	long   = "A label that is as long as the labels of figures may ever be"
	arabic = "عدد الكتب المطبوعة في السنة"
	kanji  = "東京都千代田区の図書館で貸し出された本の数"
)

// list writes n texts made from words, each with its number, as JSON.
func list(n int, words ...string) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("%q", fmt.Sprintf("%s %d", words[i%len(words)], i+1)))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// numbers writes n numbers as JSON.
func numbers(n int, f func(int) float64) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprint(f(i)))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// rows writes n series of k numbers.
func rows(n, k int, name string, f func(row, i int) float64) string {
	var out []string
	for r := range n {
		out = append(out, fmt.Sprintf(`{"name": "%s %d", "values": %s}`, name, r+1, numbers(k, func(i int) float64 { return f(r, i) })))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// zoo are specs that are hard to draw.
func zoo() map[string]string {
	wave := func(r, i int) float64 { return float64((r*37+i*13)%50) + 1 }
	flat := func(r, _ int) float64 { return 20 + float64(r)/100 }
	short := strings.TrimSpace(strings.Repeat("Some words of text that say more. ", 5))
	z := map[string]string{
		"bars of long words":        `kind: bar` + "\nlabels: " + list(9, danube, beef, "short") + "\nvalues: " + numbers(9, func(i int) float64 { return float64(i * 1234567) }),
		"twenty bars":               "kind: bar\nunit: km\nlabels: " + list(20, "Label", "L") + "\nvalues: " + numbers(20, func(i int) float64 { return float64(i*i) - 90.5 }),
		"twenty years":              "kind: bar\nlabels: [2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020]\nvalues: " + numbers(20, func(i int) float64 { return float64(i * 40000) }),
		"bars below zero":           "kind: bar\nlabels: [a, b, c]\nvalues: [-5, -900000000000000, -7]",
		"upright below zero":        "kind: bar\ndirection: vertical\nunit: '%'\nlabels: [a, b, c, d]\nvalues: [-5, 12, -7, 3]",
		"huge numbers":              "kind: bar\nunit: kilometres a year\nlabels: ['" + long + "', b]\nvalues: [999999999999999, 1]",
		"one bar":                   "kind: bar\nlabels: [a]\nvalues: [0]",
		"arabic bars":               "kind: bar\nlabels: [" + arabic + ", كتاب]\nvalues: [3, 5]\ntitle: " + arabic,
		"kanji bars":                "kind: bar\nlabels: [" + kanji + ", 本]\nvalues: [3, 5]\nsubtitle: " + strings.Repeat(kanji, 3),
		"full stacks":               "kind: stacked-bar\nlabels: " + list(20, "Jahr") + "\nseries: " + rows(6, 20, "Reihe", wave),
		"lying stacks":              "kind: stacked-bar\ndirection: horizontal\nunit: '%'\nlabels: " + list(8, danube) + "\nseries: " + rows(6, 8, beef[:50], wave),
		"full groups":               "kind: grouped-bar\nlabels: " + list(12, "Group") + "\nseries: " + rows(4, 12, "A series with a name", wave),
		"groups below zero":         "kind: grouped-bar\nlabels: " + list(3, beef) + "\nseries: " + rows(2, 3, "s", func(r, i int) float64 { return float64(r*900 - i*700) }),
		"lines that end together":   "kind: line\nlabels: " + list(9, "Point") + "\nseries: " + rows(6, 9, "A line named", flat),
		"lines with long names":     "kind: line\nlabels: [1990, 2000, 2010]\nx: " + long + "\ny: " + long + "\nseries: " + rows(6, 3, danube, wave),
		"two hundred values":        "kind: line\nlabels: " + list(200, "Messung", "M") + "\nseries: " + rows(6, 200, "s", wave),
		"lines of one value":        "kind: line\nlabels: [a, b]\nvalues: [null, 3]",
		"tiny numbers":              "kind: line\nlabels: [a, b]\nvalues: [0.000000002, 0.000000003]",
		"days":                      "kind: line\nlabels: ['2001-01-05', '2001-02-11', '2001-09-30']\nunit: €\nvalues: [10, 1000000, -3]",
		"flat line":                 "kind: line\nlabels: [a, b]\nvalues: [5, 5]",
		"areas":                     "kind: area\nlabels: " + list(12, danube) + "\nseries: " + rows(6, 12, danube, wave),
		"area of nothing":           "kind: area\nlabels: [a, b]\nvalues: [0, 0]",
		"crowded points":            "kind: scatter\npoints: [" + crowd(200, danube) + "]",
		"one point":                 "kind: scatter\npoints: [[3, 5, alone]]",
		"points of series":          "kind: scatter\nx: " + long + "\nx_unit: kg\nunit: years of the life of an\nseries: [{name: " + danube + ", points: [[1, 2], [3, 4, x]]}, {name: b, points: [[1e6, -2e6]]}]",
		"pie of small slices":       "kind: pie\nlabels: " + list(6, danube, beef) + "\nvalues: [1000, 1, 1, 1, 1, 1]\nunit: million inhabitants",
		"pie of almost one":         "kind: pie\nlabels: [a, b]\nvalues: [100000000000000, 0.00001]",
		"donut of halves":           "kind: donut\nlabels: " + list(6, long[:50]) + "\nvalues: [1, 1, 1, 1, 1, 1]\nunit: kilometres of rope",
		"fourteen events":           "kind: timeline\nevents: [" + eventList(14, short[:102]) + "]",
		"events of one day":         "kind: timeline\nevents: [{date: 2001-05-06, label: " + danube + "}, {date: 2001-05-06, label: b}]",
		"events far apart":          "kind: timeline\nevents: [{date: -300000, label: " + long + "}, {date: -44-03-15, label: b, text: " + short + "}, {date: 1999, label: c}, {date: 2000, label: d}, {date: 2001, label: e}]",
		"eight steps":               "kind: process\nsteps: " + list(8, danube, beef, "Press"),
		"steps with texts":          "kind: process\nsteps: [{label: " + long + ", text: " + short + "}, b, {label: c, text: " + danube + "}]",
		"four columns":              "kind: comparison\nlabels: " + list(10, danube) + "\nseries: " + wordRows(4, 10, danube, short[:34]),
		"uneven columns":            "kind: comparison\nseries: [{name: " + long + ", values: [" + danube + "]}, {name: b, values: [x, y, z]}]",
		"wide tree":                 "kind: hierarchy\nroot: {label: " + beef + ", children: " + list(29, "Leaf", danube) + "}",
		"deep tree":                 "kind: hierarchy\nroot: {label: a, text: " + short + ", children: [{label: " + danube + ", text: " + short + ", children: [{label: c, children: [d, " + beef + "]}]}, e]}",
		"full matrix":               "kind: matrix\nx: " + long + "\ny: " + long + "\nunit: million\nlabels: " + list(10, "Spalte") + "\nseries: " + rows(12, 10, danube, func(r, i int) float64 { return float64(r-i) * 123456 }),
		"matrix of words":           "kind: matrix\nlabels: " + list(2, beef) + "\nseries: " + wordRows(2, 2, danube, short),
		"proportions":               "kind: proportion\nlabels: " + list(6, beef, danube) + "\nvalues: [1e9, 2e9, 3e9, 4, 5e9, 0]\ntotal: 2e10\nunit: inhabitants of the world",
		"one proportion":            "kind: proportion\nlabels: [" + long + "]\nvalues: [37]\nunit: '%'",
		"four numbers":              "kind: number\nvalues: [999999999999999 km, -1, 3 million people a day, €5]\nlabels: " + list(4, danube),
		"texts that look like XML":  "kind: bar\nlabels: ['<b>&amp;', '\"x\"', ']]>']\nvalues: [1, 2, 3]\nsource: <script>",
		"soft hyphens and no-break": "kind: bar\nlabels: [\"Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschaft\", \"a\u00a0b\"]\nvalues: [1, 2]",
	}
	for name, text := range z {
		if !strings.Contains(text, "title:") || strings.Contains(text, "subtitle:") {
			text += "\ntitle: " + long + " " + danube
		}
		z[name] = text + "\nnote: " + short + "\n"
		if !strings.Contains(text, "source:") {
			z[name] += "source: " + danube + " " + short + "\n"
		}
	}
	return z
}

// crowd writes n labelled points near each other.
func crowd(n int, label string) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("[%d, %d, %s%d]", i*7%23, i*11%29, label, i))
	}
	return strings.Join(out, ", ")
}

// eventList writes n events, most of them in one year.
func eventList(n int, text string) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("{date: %d, label: Event %d %s, text: %s}", 1900+i/4, i, danube, text))
	}
	return strings.Join(out, ", ")
}

// wordRows writes n series of k texts.
func wordRows(n, k int, name, text string) string {
	var out []string
	for r := range n {
		out = append(out, fmt.Sprintf(`{"name": "%s %d", "values": %s}`, name, r, list(k, text)))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// specs are all examples and the zoo, parsed.
func specs(t testing.TB) map[string]*Spec {
	t.Helper()
	out := map[string]*Spec{}
	all := zoo()
	for i, text := range examples(t) {
		all[fmt.Sprintf("example %d", i)] = text
	}
	for name, text := range all {
		s, err := Parse([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		out[name] = s
	}
	return out
}

func TestTextsStandInsideAndApart(t *testing.T) {
	for name, s := range specs(t) {
		for _, style := range []Style{{}, {Width: 150, Size: 9}, {Width: 225, Size: 11}, {Width: 345, Size: 14, Body: "EB Garamond"}, {Width: 500, Size: 8, Body: "PT Mono"}} {
			t.Run(fmt.Sprintf("%s/%g-%g", name, style.Width, style.Size), func(t *testing.T) {
				l, err := style.resolve(s)
				if err != nil {
					t.Fatal(err)
				}
				c := s.paint(l)
				standApart(t, c)
				d, err := s.Draw(style)
				if err != nil {
					t.Fatal(err)
				}
				check(t, s, d)
				write(t, fmt.Sprintf("zoo-%s-%g.svg", strings.ReplaceAll(name, " ", "_"), style.Width), d)
			})
		}
	}
}

// standApart holds the texts of a canvas to their places: inside, not too
// small, and none over another.
func standApart(t *testing.T, c *canvas) {
	t.Helper()
	const slack = 15 // hundredths of a point, for rounding
	box := func(x *text) plot {
		return plot{x.left() + slack, x.y - x.face.rise() + slack, x.left() + x.w - slack, x.y + x.face.fall() - slack}
	}
	for i := range c.texts {
		a := box(&c.texts[i])
		if a.x0 < 0 || a.x1 > c.w || a.y0 < 0 || a.y1 > c.y {
			t.Errorf("%q stands at %v, outside of %d by %d", c.texts[i].say, a, c.w, c.y)
		}
		if c.texts[i].face.size < leastText {
			t.Errorf("%q is set in %d", c.texts[i].say, c.texts[i].face.size)
		}
		for k := range i {
			if b := box(&c.texts[k]); a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 {
				t.Errorf("%q at %v stands over %q at %v", c.texts[i].say, a, c.texts[k].say, b)
			}
		}
	}
}
