package figure

import (
	"fmt"
	"strings"
	"testing"

	"quire/problem"
)

// sound is a figure to spoil.
const sound = "kind: bar\ntitle: T\nlabels: [a, b]\nvalues: [1, 2]\n"

func TestMistakesAreNamedWithTheirFields(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"no number":            {"kind: line\ntitle: T\nlabels: [a, b]\nseries:\n- {name: x, values: [1, 2]}\n- {name: y, values: [1, abc]}", `line 6: series[1].values[1]: "abc" is not a number`},
		"unknown kind":         {"kind: bars\ntitle: T", `line 1: kind: there is no kind "bars"; did you mean bar?`},
		"other kind":           {"kind: hologram\ntitle: T", `there is no kind "hologram"; the kinds are bar, stacked-bar`},
		"no kind":              {"title: T", `kind: a figure needs a kind`},
		"no title":             {"kind: bar\nlabels: [a]\nvalues: [1]", `title: a figure needs a title`},
		"misspelt field":       {sound + "titel: x", `line 5: titel: there is no such field; did you mean title?`},
		"field of elsewhere":   {"kind: bar\ntitle: T\ncategories: [a]\nvalues: [1]", `categories: there is no such field; did you mean labels?`},
		"field of other kinds": {sound + "events: []", `events: the kind bar does not take it`},
		"unknown field":        {sound + "zzzzzzzz: []", `zzzzzzzz: there is no such field; the kind bar takes kind, title`},
		"twice":                {sound + "title: x", `line 5: title: stands here for the second time`},
		"too few values":       {"kind: bar\ntitle: T\nlabels: [a, b, c]\nvalues: [1, 2]", `values: has 2 values for 3 labels`},
		"mixed units":          {"kind: bar\ntitle: T\nlabels: [a, b]\nvalues: [12 km, 7 kg]", `values[1]: "7 kg" is in kg, but the figure is in km; one figure takes one unit`},
		"other unit":           {"kind: bar\ntitle: T\nunit: km\nlabels: [a, b]\nvalues: [12, 7 kg]", `values[1]: "7 kg" is in kg, but the figure is in km`},
		"negative slice":       {"kind: pie\ntitle: T\nlabels: [a, b]\nvalues: [12, -7]", `values[1]: -7 is negative; a pie has no negative slices`},
		"empty pie":            {"kind: pie\ntitle: T\nlabels: [a, b]\nvalues: [0, 0]", `values[0]: is 0, which is no slice`},
		"too many slices":      {"kind: pie\ntitle: T\nlabels: [a, b, c, d, e, f, g]\nvalues: [1, 1, 1, 1, 1, 1, 1]", `labels: has 7 entries; a reader can take in at most 6`},
		"dates out of order":   {"kind: timeline\ntitle: T\nevents: [{date: 1900, label: a}, {date: 1899-02, label: b}]", `events[1].date: 1899-02 comes before 1900; put the events in the order of their dates`},
		"no date":              {"kind: timeline\ntitle: T\nevents: [{date: yesterday, label: a}, {label: b}]", `events[0].date: "yesterday" is not a date like 1969`},
		"year 0":               {"kind: timeline\ntitle: T\nevents: [{date: 0, label: a}, {date: 1, label: b}]", `"0" is a year 0, which history does not have`},
		"a day too late":       {"kind: timeline\ntitle: T\nevents: [{date: 2023-02-29, label: a}, {date: 2024, label: b}]", `is a day that its month does not have`},
		"infinite":             {"kind: bar\ntitle: T\nlabels: [a, b]\nvalues: [.inf, .nan]", `values[0]: ".inf" is not a number`},
		"huge":                 {"kind: bar\ntitle: T\nlabels: [a, b]\nvalues: [1e300, 1e999]", `values[0]: 1e300 is too large or too small to be drawn`},
		"grouped digits":       {"kind: bar\ntitle: T\nlabels: [a, b]\nvalues: ['1,200', 3]", `values[0]: "1,200" has marks between its digits`},
		"gap in bars":          {"kind: bar\ntitle: T\nlabels: [a, b]\nvalues: [null, 3]", `values[0]: is empty; a number is wanted here`},
		"only gaps":            {"kind: line\ntitle: T\nlabels: [a, b]\nvalues: [null, null]", `series[0]: has no number at all`},
		"alias":                {"kind: bar\ntitle: &t T\nlabels: [a]\nvalues: [1]", `title: anchors and aliases (& and *) are not taken`},
		"alias of a list":      {"kind: bar\ntitle: T\nlabels: &l [a]\nvalues: *l", `labels: anchors and aliases`},
		"lying baseline":       {sound + "baseline: 1", `baseline: bars begin at 0, or their lengths would lie`},
		"long label":           {"kind: bar\ntitle: T\nlabels: [" + strings.Repeat("x", 61) + "]\nvalues: [1]", `labels[0]: has 61 letters; there is room for 60`},
		"control character":    {"kind: bar\ntitle: \"T\\u0007\"\nlabels: [a]\nvalues: [1]", `title: holds a character that cannot be printed`},
		"text turned by force": {"kind: bar\ntitle: \"T\\u202e\"\nlabels: [a]\nvalues: [1]", `title: holds a character that cannot be printed`},
		"nothing highlighted":  {sound + "highlight: c", `highlight: there is nothing with the name "c"`},
		"label twice":          {"kind: bar\ntitle: T\nlabels: [a, a]\nvalues: [1, 2]", `labels[1]: "a" stands there twice`},
		"values and series":    {sound + "series: []", `series: stands beside values; write one of them`},
		"deep tree":            {"kind: hierarchy\ntitle: T\nroot: {label: a, children: [{label: b, children: [{label: c, children: [{label: d, children: [e]}]}]}]}", `stands deeper than 4 levels`},
		"wide tree":            {"kind: hierarchy\ntitle: T\nroot: {label: a, children: " + list(30, "x") + "}", `root: has more than 30 nodes`},
		"a text for a list":    {"kind: bar\ntitle: T\nlabels: a\nvalues: [1]", `labels: a list is wanted here`},
		"words and numbers":    {"kind: matrix\ntitle: T\nlabels: [a, b]\nseries: [{name: x, values: [1, no]}]", `series[0].values[0]: is a number, but others are words`},
		"part alone":           {"kind: proportion\ntitle: T\nlabels: [a]\nvalues: [3]", `total: one part alone needs a total`},
		"parts beyond all":     {"kind: proportion\ntitle: T\nlabels: [a]\nvalues: [3]\ntotal: 2", `total: is less than the parts together`},
		"bad id":               {sound + "id: A b", `id: "A b" has other characters than a to z`},
		"width":                {sound + "width: 5%", `width: 5% is not from 20% to 100%`},
		"half a point":         {"kind: scatter\ntitle: T\npoints: [[1]]", `points[0]: has 1 entries; at least 2 are needed`},
		"decimals":             {sound + "decimals: 9", `decimals: 9 is not a whole number from 0 to 4`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(tt.text))
			if !problem.Is(err, problem.Invalid) || !strings.Contains(problem.Of(err).Detail, tt.want) || problem.Of(err).Hint == "" {
				t.Errorf("%+v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestAllMistakesAreToldAtOnce(t *testing.T) {
	_, err := Parse([]byte("kind: bar\nlabels: [a, a]\nvalues: [x, y]\ncolour: red\n"))
	if want := 5; err == nil || !strings.Contains(err.Error(), fmt.Sprintf("has %d mistakes", want)) {
		t.Errorf("%v, want %d mistakes", err, want)
	}
	_, err = Parse([]byte("kind: bar\ntitle: T\nlabels: " + list(20, "x") + "\nvalues: [" + strings.TrimSuffix(strings.Repeat("x, ", 20), ", ") + "]"))
	if err == nil || !strings.Contains(err.Error(), "has 20 mistakes") || !strings.Contains(err.Error(), "and 10 more") || strings.Count(err.Error(), "line 4") != 10 {
		t.Errorf("%v, want ten of 20 mistakes", err)
	}
}

func TestHostileTextIsRefusedAtOnce(t *testing.T) {
	million := "kind: scatter\ntitle: T\npoints: [" + strings.Repeat("[1,2],", 150000) + "[1,2]]"
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", c-1), 9), ","))
	}
	for name, text := range map[string]string{
		"points":            million,
		"a long file":       "kind: bar\ntitle: T\nsource: " + strings.Repeat("x", maxBytes),
		"a bomb of aliases": "kind: bar\ntitle: T\n" + bomb,
		"brackets":          strings.Repeat("[", maxBytes-1),
		"braces":            strings.Repeat("{a: ", maxBytes/4-1),
		"dashes":            strings.Repeat("- ", maxBytes/2-1),
		"questions":         strings.Repeat("? ", maxBytes/2-1),
		"colons":            strings.Repeat("a: ", maxBytes/3-1),
		"one word":          strings.Repeat("a", maxBytes-1),
		"quotes":            strings.Repeat("\"", maxBytes-1),
		"tags":              strings.Repeat("!!", maxBytes/2-1),
		"anchors":           strings.Repeat("&a ", maxBytes/3-1),
		"two documents":     sound + "---\n" + sound,
		"nothing":           "",
		"a list":            "[1, 2]",
		"no text":           "\xff\xfe\x00",
		"a merged mapping":  "kind: bar\ntitle: T\n<<: {labels: [a]}\nvalues: [1]",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse([]byte(text)); !problem.Is(err, problem.Invalid) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestNumbersAreReadWithTheirUnit(t *testing.T) {
	for text, want := range map[string]struct {
		n    float64
		unit string
	}{
		"12": {12, ""}, "-3.5": {-3.5, ""}, "+2": {2, ""}, "'12 %'": {12, "%"}, "12%": {12, "%"}, "€5": {5, "€"}, "-€5": {-5, "€"}, "'$ 1200.50'": {1200.5, "$"},
		"−4": {-4, ""}, "1e3": {1000, ""}, "3 million people": {3, "million people"}, "5 e": {5, "e"}, "12 m²": {12, "m²"}, "0": {0, ""},
	} {
		s, err := Parse([]byte("kind: number\ntitle: T\nlabels: [a]\nvalues: [" + text + "]"))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if v := s.series[0].values[0]; v.n != want.n || v.unit != want.unit {
			t.Errorf("%s is %g %q, want %g %q", text, v.n, v.unit, want.n, want.unit)
		}
	}
	for _, text := range []string{"0x10", "1_000", "abc", "1.2.3", "a 5 b", "--5", "'5-6'", "1 200", "{}", "[]", "~", "''"} {
		if _, err := Parse([]byte("kind: number\ntitle: T\nlabels: [a]\nvalues: [" + text + "]")); err == nil {
			t.Errorf("%s is read as a number", text)
		}
	}
}

func TestJSONAndYAMLAreTheSame(t *testing.T) {
	a, err := Parse([]byte(sound))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse([]byte(`{"kind": "bar", "title": "T", "labels": ["a", "b"], "values": [1, "2"]}`))
	if err != nil {
		t.Fatal(err)
	}
	if a.Alt() != b.Alt() || fmt.Sprint(a.Table()) != fmt.Sprint(b.Table()) {
		t.Errorf("%s %v\n%s %v", a.Alt(), a.Table(), b.Alt(), b.Table())
	}
}
