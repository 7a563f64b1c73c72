package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// parsed reads a spec that is sound.
func parsed(t testing.TB, text string) *Spec {
	t.Helper()
	s, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	idAttribute = regexp.MustCompile(` id="([^"]*)"`)
	longNumber  = regexp.MustCompile(`[0-9]\.[0-9]{3}`)
)

// check holds a drawing to what every drawing must be: well-formed XML with a
// title and a description, numbers of two decimals, ids of its own.
func check(t testing.TB, s *Spec, d Drawing) {
	t.Helper()
	var elements []string
	for dec := xml.NewDecoder(bytes.NewReader(d.SVG)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%q is no XML: %v\n%s", s.Title, err, d.SVG)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		elements = append(elements, e.Name.Local)
		for _, a := range e.Attr {
			if e.Name.Local != "svg" && a.Name.Local != "id" && longNumber.MatchString(a.Value) || a.Name.Local == "style" && e.Name.Local != "svg" || a.Name.Local == "class" {
				t.Errorf("%q has %s=%q", s.Title, a.Name.Local, a.Value)
			}
		}
	}
	if len(elements) < 4 || !cmp.Equal(elements[:3], []string{"svg", "title", "desc"}) {
		t.Errorf("%q begins with %v", s.Title, elements[:min(3, len(elements))])
	}
	if !bytes.Contains(d.SVG, []byte(`role="img"`)) || d.Width <= 0 || d.Height <= 0 {
		t.Errorf("%q is %d by %d or no picture", s.Title, d.Width, d.Height)
	}
	for _, m := range idAttribute.FindAllSubmatch(d.SVG, -1) {
		if !strings.HasPrefix(string(m[1]), "q"+s.digest+"-") {
			t.Errorf("%q has the id %s", s.Title, m[1])
		}
	}
}

func TestAltTellsTheDataInSomeSentences(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"few bars":   {sound + "unit: km", "Bar chart: T. a 1\u00a0km, b 2\u00a0km."},
		"many bars":  {"kind: bar\ntitle: T\nlabels: [a, b, c, d, e, f, g]\nvalues: [3, 1, 2, 9, 4, 5, 6]", "Bar chart: T. highest 9 (d), lowest 1 (b), of 7."},
		"lines":      {"kind: line\ntitle: Is it?\nunit: '%'\nlabels: [2001, 2002, 2003]\nseries: [{name: A, values: [1, 5, 2]}, {name: B, values: [1, null, 2.5]}]", "Line chart: “Is it?”. A: from 1.0% (2001) to 2.0% (2003), at most 5.0% (2002). B: from 1.0% (2001) to 2.5% (2003)."},
		"parts":      {"kind: pie\ntitle: T\nlabels: [a, b]\nvalues: [€30, €10]", "Pie chart: T. a 75% (€30), b 25% (€10). Total: €40."},
		"events":     {"kind: timeline\ntitle: T\nevents: [{date: -44-03-15, label: Ides}, {date: 1969-07, label: Moon}]", "Timeline: T. 2 events. 15\u00a0March 44\u00a0BC: Ides; July 1969: Moon."},
		"steps":      {"kind: process\ntitle: T\nsteps: [a, b]", "Process: T. 2 steps. 1. a; 2. b."},
		"numbers":    {"kind: number\ntitle: T\nlabels: [sheets]\nvalues: [38000]", "Key figures: T. 38,000 sheets."},
		"its own":    {sound + "alt: Two bars.", "Two bars."},
		"a tree":     {"kind: hierarchy\ntitle: T\nroot: {label: a, children: [b, {label: c, children: [d]}]}", "Hierarchy: T. a has b and c. c has d."},
		"a matrix":   {"kind: matrix\ntitle: T\nlabels: [a, b]\nseries: [{name: x, values: [1, 2]}, {name: y, values: [3, 4]}]", "Matrix: T. 2 rows by 2 columns: a and b. Highest 4 (y, b), lowest 1 (x, a)."},
		"points":     {"kind: scatter\ntitle: T\nx: Age\nx_unit: years\npoints: [[1, 2], [3, 4.5]]", "Scatter plot: T. 2 points. Age from 1\u00a0years to 3\u00a0years; upward from 2.0 to 4.5."},
		"comparison": {"kind: comparison\ntitle: T\nseries: [{name: A, values: [x]}, {name: B, values: [y, z]}]", "Comparison: T. A and B. A: x. B: y; z."},
	} {
		if diff := cmp.Diff(tt.want, parsed(t, tt.text).Alt()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAltIsNeverLong(t *testing.T) {
	for name, s := range specs(t) {
		if n := utf8.RuneCountInString(s.Alt()); n > mostAlt || n < 20 {
			t.Errorf("%s has %d letters: %s", name, n, s.Alt())
		}
	}
}

func TestTheTableHasAllData(t *testing.T) {
	for name, tt := range map[string]struct {
		text  string
		words Words
		want  Table
	}{
		"series": {"kind: line\ntitle: T\nx: Year\nunit: km\nlabels: [2001, 2002]\nseries: [{name: A, values: [1200.5, null]}, {name: B, values: [3, 4]}]", Words{},
			Table{[]string{"Year", "A (km)", "B (km)"}, [][]string{{"2001", "1,200", "3"}, {"2002", "", "4"}}}},
		"german": {"kind: bar\ntitle: T\nunit: '%'\nlabels: [a, b]\nvalues: [1.5, -2]", Words{Decimal: ",", Thousands: "."},
			Table{[]string{"", "T (%)"}, [][]string{{"a", "1,5"}, {"b", "−2,0"}}}},
		"parts": {"kind: pie\ntitle: T\nlabels: [a, b]\nvalues: [1, 3]", Words{},
			Table{[]string{"", "T", "%"}, [][]string{{"b", "3", "75%"}, {"a", "1", "25%"}}}},
		"points": {"kind: scatter\ntitle: T\nseries: [{name: s, points: [[1, 2, p], [3, 4]]}]", Words{},
			Table{[]string{"", "", "x", "y"}, [][]string{{"p", "s", "1", "2"}, {"", "s", "3", "4"}}}},
		"tree": {"kind: hierarchy\ntitle: T\nroot: {label: a, children: [b]}", Words{},
			Table{[]string{"", "T"}, [][]string{{"1", "a"}, {"1.1", "b"}}}},
		"numbers": {"kind: number\ntitle: T\nlabels: [a]\nvalues: [1200 km]", Words{},
			Table{[]string{"", "T"}, [][]string{{"a", "1,200\u00a0km"}}}},
		"comparison": {"kind: comparison\ntitle: T\nlabels: [q]\nseries: [{name: A, values: [x]}, {name: B, values: [3]}]", Words{},
			Table{[]string{"", "A", "B"}, [][]string{{"q", "x", "3"}}}},
	} {
		if diff := cmp.Diff(tt.want, parsed(t, tt.text).TableIn(tt.words)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, s := range specs(t) {
		for _, row := range s.Table().Rows {
			if len(row) != len(s.Table().Head) {
				t.Errorf("%s: a row has %d cells for %d heads", name, len(row), len(s.Table().Head))
			}
		}
	}
}

func TestFiguresSpeakTheLanguageOfTheBook(t *testing.T) {
	german := Style{Words: WordsIn("de-AT")}
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"numbers": {"kind: bar\ntitle: T\nunit: '%'\nlabels: [a, b]\nvalues: [12345.5, 1.25]\ndecimals: 1\nsource: x\nnote: y", []string{"12.345,5\u00a0%", "1,2\u00a0%", "Quelle: x", "Anmerkung: y"}},
		"dates":   {"kind: timeline\ntitle: T\nevents: [{date: -44-03-15, label: a}, {date: 1969-07, label: b}]", []string{"15.\u00a0März 44\u00a0v.\u00a0Chr.", "Juli 1969"}},
		"money":   {"kind: bar\ntitle: T\nunit: €\nlabels: [a, b]\nvalues: [5, 7]", []string{"5\u00a0€"}},
	} {
		d, err := parsed(t, tt.text).Draw(german)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.want {
			if !strings.Contains(string(d.SVG), ">"+want+"<") {
				t.Errorf("%s: there is no %q in\n%s", name, want, d.SVG)
			}
		}
	}
}

func TestTheSameSpecIsTheSameDrawing(t *testing.T) {
	for name, text := range zoo() {
		a, err := parsed(t, text).Draw(Style{})
		if err != nil {
			t.Fatal(err)
		}
		b, _ := parsed(t, text).Draw(Style{})
		if !bytes.Equal(a.SVG, b.SVG) {
			t.Errorf("%s is drawn in two ways", name)
		}
	}
}

func TestAStyleThatCannotBeDrawnIsRefused(t *testing.T) {
	s := parsed(t, sound)
	for name, style := range map[string]Style{
		"colour": {Accent: "blue"}, "short colour": {Ink: "#123"}, "narrow": {Width: 20}, "wide": {Width: 1e9}, "tiny": {Size: 1},
	} {
		if _, err := s.Draw(style); err == nil {
			t.Errorf("%s is drawn", name)
		}
	}
	tall := parsed(t, "kind: comparison\ntitle: T\nlabels: "+list(10, danube)+"\nseries: "+wordRows(4, 10, danube, strings.Repeat(danube+" ", 4)))
	if _, err := tall.Draw(Style{Width: 150}); err == nil || !strings.Contains(err.Error(), "higher than a page") {
		t.Errorf("a figure that is too high: %v", err)
	}
}

func TestABrokenMeasureDoesNoHarm(t *testing.T) {
	for _, width := range []float64{-1, 1e300} {
		d, err := parsed(t, sound).Draw(Style{Measure: func(string, string, bool, float64) float64 { return width }})
		if err != nil {
			t.Fatal(err)
		}
		check(t, parsed(t, sound), d)
	}
}

func TestANarrowFigureKeepsItsSizeOfType(t *testing.T) {
	d, err := parsed(t, sound+"width: 50%").Draw(Style{Width: 400})
	if err != nil {
		t.Fatal(err)
	}
	if d.Width != 200 || !strings.Contains(string(d.SVG), `font-size="8.06"`) {
		t.Errorf("half of 400 points is %d wide:\n%s", d.Width, d.SVG)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range examples(f) {
		f.Add(text)
	}
	for _, text := range zoo() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse([]byte(text))
		if err != nil {
			return
		}
		for _, style := range []Style{{}, {Width: 150, Size: 12, Grey: true}} {
			if d, err := s.Draw(style); err == nil {
				check(t, s, d)
			}
		}
		if s.Alt() == "" {
			t.Error("there is no alternative text")
		}
		for _, row := range s.Table().Rows {
			if len(row) != len(s.Table().Head) {
				t.Error("the table is uneven")
			}
		}
	})
}
