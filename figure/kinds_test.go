package figure

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// painted draws a spec in the plain style.
func painted(t *testing.T, text string) *canvas {
	t.Helper()
	s := parsed(t, text)
	l, err := Style{}.resolve(s)
	if err != nil {
		t.Fatal(err)
	}
	return s.paint(l)
}

// find returns the text that says something.
func (c *canvas) find(t *testing.T, say string) *text {
	t.Helper()
	for i := range c.texts {
		if c.texts[i].say == say {
			return &c.texts[i]
		}
	}
	t.Fatalf("nothing says %q", say)
	return nil
}

func TestAHundredSquaresAreShared(t *testing.T) {
	for values, want := range map[string][]int{
		"[1, 1, 1]": {34, 33, 33}, "[50, 50]": {50, 50}, "[246, 131, 33]": {60, 32, 8}, "[0, 7]": {0, 100}, "[1000, 1]": {100, 0}, "[143, 286]": {33, 67},
		"[2, 33.7, 64.3]": {2, 34, 64},
	} {
		n := strings.Count(values, ",") + 1
		got := parsed(t, "kind: proportion\ntitle: T\nlabels: "+list(n, "x")+"\nvalues: "+values).squares()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", values, diff)
		}
	}
	if got := parsed(t, "kind: proportion\ntitle: T\nlabels: [a]\nvalues: [37]\nunit: '%'").squares(); got[0] != 37 {
		t.Errorf("37%% has %d squares", got[0])
	}
}

func TestEventsKeepTheirOrderOnAScale(t *testing.T) {
	for _, name := range []string{"events far apart", "fourteen events"} {
		c := painted(t, zoo()[name])
		var last dot
		for _, x := range c.texts {
			if x.anchor != end { // dates stand at the left of the line
				continue
			}
			if x.y < last {
				t.Errorf("%s: %q stands above the date before it", name, x.say)
			}
			last = x.y
		}
		if last == 0 {
			t.Errorf("%s has no dates", name)
		}
	}
}

func TestALineIsBrokenAtAGap(t *testing.T) {
	whole := painted(t, "kind: line\ntitle: T\nlabels: [a, b, c, d]\nvalues: [1, 2, 3, 4]")
	broken := painted(t, "kind: line\ntitle: T\nlabels: [a, b, c, d, e]\nvalues: [1, 2, null, 3, 4]")
	count := func(c *canvas) int { return strings.Count(c.shapes.String(), `fill="none"`) }
	if count(whole) != 1 || count(broken) != 2 {
		t.Errorf("%d and %d lines, want 1 and 2", count(whole), count(broken))
	}
}

func TestLongTextIsSetSmallerInSteps(t *testing.T) {
	c := painted(t, sound)
	lines, f := c.fit("Donau ship company", c.plain(), 40*point1, 3)
	if len(lines) != 3 || f.size != c.base {
		t.Errorf("three short words have %d lines of %d", len(lines), f.size)
	}
	lines, f = c.fit("some words that need room", c.plain(), 52*point1, 2)
	if len(lines) > 2 && f.size > leastText || f.size == c.base {
		t.Errorf("%q in %d", lines, f.size)
	}
	lines, f = c.fit(beef, c.plain(), 60*point1, 1)
	if f.size != leastText || strings.Join(strings.Split(strings.Join(lines, "\n"), "-\n"), "") != beef {
		t.Errorf("a long word is %q in %d", lines, f.size)
	}
	for _, line := range lines {
		if c.wide(line, f) > 60*point1 {
			t.Errorf("%q is too wide", line)
		}
	}
	if lines, _ := c.fit("Donau\u00addampf\u00adschiff", c.plain(), 62*point1, 3); lines[0] != "Donaudampf-" {
		t.Errorf("soft hyphens make %q", lines)
	}
}

func TestBarsLieWhenTheirLabelsAreLong(t *testing.T) {
	for text, want := range map[string]anchor{
		"labels: [a, b]\nvalues: [1, 2]":                                                                                         middle,
		"labels: [a, b]\nvalues: [1, 2]\ndirection: horizontal":                                                                  end,
		"labels: " + list(9, danube) + "\nvalues: [1, 2, 3, 4, 5, 6, 7, 8, 9]":                                                   end,
		"labels: [a, Danube steam ship company]\nvalues: [1, 2]\ndirection: vertical":                                            middle,
		"labels: " + list(20, beef) + "\ndirection: vertical\nvalues: " + numbers(20, func(i int) float64 { return float64(i) }): end,
	} {
		c := painted(t, "kind: bar\ntitle: T\n"+text)
		if got := c.texts[1].anchor; got != want && c.texts[2].anchor != want {
			t.Errorf("%s: the first label is at its %s, want %s", text, got, want)
		}
	}
}

func TestBarsBeginAtZeroAndAreAsLongAsTheirValues(t *testing.T) {
	c := painted(t, "kind: bar\ntitle: T\ndirection: horizontal\nlabels: [a, b]\nvalues: [10, 30]")
	m := box.FindAllStringSubmatch(c.shapes.String(), -1)
	a, b := hundredths(m[0][3]), hundredths(m[1][3])
	if m[0][1] != m[1][1] || 3*a-b > 3 || b-3*a > 3 {
		t.Errorf("bars of 10 and 30 are %d and %d long", a, b)
	}
}

func TestTheHighlightStandsOut(t *testing.T) {
	c := painted(t, "kind: bar\ntitle: T\nlabels: [a, b]\nvalues: [10, 30]\nhighlight: b")
	m := box.FindAllStringSubmatch(c.shapes.String(), -1)
	if m[0][5] == m[1][5] || !c.find(t, "b").face.bold || c.find(t, "a").face.bold {
		t.Errorf("both bars are %s", m[0][5])
	}
}

func TestSortPutsBarsInTheOrderOfTheirValues(t *testing.T) {
	for how, want := range map[string]string{"ascending": "b c a", "descending": "a c b", "none": "a b c"} {
		s := parsed(t, "kind: bar\ntitle: T\nlabels: [a, b, c]\nvalues: [3, 1, 2]\nsort: "+how)
		if got := strings.Join(s.labels, " "); got != want {
			t.Errorf("%s is %s, want %s", how, got, want)
		}
	}
}

func TestTheUnitIsSaidOnce(t *testing.T) {
	c := painted(t, "kind: bar\ntitle: T\nunit: million tonnes\ny: Paper\nlabels: [a, b]\nvalues: [1, 2]")
	n := 0
	for _, x := range c.texts {
		n += strings.Count(x.say, "million tonnes")
	}
	if n != 1 || c.find(t, "Paper (million tonnes)") == nil {
		t.Errorf("the unit stands there %d times", n)
	}
}

func TestYearsStandTrueToScale(t *testing.T) {
	s := parsed(t, "kind: line\ntitle: T\nlabels: [1900, 1990, 2000]\nvalues: [1, 2, 3]")
	c := painted(t, sound)
	a := s.abscissaOf(c, 300*point1)
	if diff := cmp.Diff([]float64{1900, 1990, 2000}, a.at); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, labels := range []string{"[Mon, Tue, Wed]", "[2000, 1990, 1900]", "[1990, 2000, later]", "[2001-05, 2001-03, 2002]"} {
		s = parsed(t, "kind: line\ntitle: T\nvalues: [1, 2, 3]\nlabels: "+labels)
		if diff := cmp.Diff([]float64{0, 1, 2}, s.abscissaOf(c, 300*point1).at); diff != "" {
			t.Errorf("%s (-want +got):\n%s", labels, diff)
		}
	}
}
