package layout

import (
	"fmt"
	"strings"
	"testing"

	"quire/press"
)

// mathOf sets a formula in display style at 10 points.
func mathOf(t testing.TB, src string) mathBox {
	t.Helper()
	f, err := press.ParseMath(src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	s := newSetter(t)
	m := s.mathSetter(s.plainStyle(s.faces.body, 10*press.Point), &press.Node{})
	return m.list(f.Body, mathMode{style: press.MathDisplay})
}

// mathSays is what the glyphs of a box stand for, from left to right as set.
func mathSays(b mathBox) string {
	var out strings.Builder
	for _, r := range b.runs {
		for _, g := range r.Glyphs {
			out.WriteString(g.Text)
		}
	}
	return out.String()
}

// runOf is the run that says a text.
func runOf(t *testing.T, b mathBox, text string) press.Run {
	t.Helper()
	for _, r := range b.runs {
		for _, g := range r.Glyphs {
			if g.Text == text {
				r.X += g.X
				return r
			}
		}
	}
	t.Fatalf("%q is not in %q", text, mathSays(b))
	return press.Run{}
}

func TestFormulasAreSetAsTheyAreRead(t *testing.T) {
	above := func(x, y string) func(*testing.T, mathBox) {
		return func(t *testing.T, b mathBox) {
			if runOf(t, b, x).Y >= runOf(t, b, y).Y {
				t.Errorf("%s is not above %s", x, y)
			}
		}
	}
	smaller := func(x, y string) func(*testing.T, mathBox) {
		return func(t *testing.T, b mathBox) {
			if runOf(t, b, x).Size >= runOf(t, b, y).Size {
				t.Errorf("%s is not smaller than %s", x, y)
			}
		}
	}
	rules := func(n int) func(*testing.T, mathBox) {
		return func(t *testing.T, b mathBox) {
			if len(b.rules) != n {
				t.Errorf("%d rules, want %d", len(b.rules), n)
			}
		}
	}
	for src, checks := range map[string][]func(*testing.T, mathBox){
		`x^2`:                                  {above("2", "x"), smaller("2", "x")},
		`x_i^2`:                                {above("2", "x"), above("x", "i"), smaller("i", "x")},
		`\frac{a}{b}`:                          {above("a", "b"), rules(1)},
		`\binom{n}{k}`:                         {above("n", "k"), rules(0)},
		`\sqrt{x+1}`:                           {rules(1)},
		`\sqrt[3]{x}`:                          {above("3", "x"), smaller("3", "x"), rules(1)},
		`\sum_{k=1}^{n} k`:                     {above("n", "∑"), above("∑", "1")},
		`\overline{z}`:                         {rules(1)},
		`\hat{x}`:                              {rules(0)},
		`\begin{pmatrix}a&b\\c&d\end{pmatrix}`: {above("a", "c"), above("b", "d")},
		`f'(x)`:                                {},
		`a \text{ if } b`:                      {},
		`\alpha + \mathbb{R}`:                  {},
	} {
		t.Run(src, func(t *testing.T) {
			b := mathOf(t, src)
			if b.width <= 0 || b.height <= 0 || len(b.runs) == 0 {
				t.Fatalf("set as %+v", b)
			}
			for _, r := range b.runs {
				for _, g := range r.Glyphs {
					if g.ID == 0 {
						t.Errorf("no face has %q", g.Text)
					}
				}
			}
			for _, check := range checks {
				check(t, b)
			}
		})
	}
}

func TestBracketsGrowWithWhatTheyHold(t *testing.T) {
	last := press.Pt(0)
	inside := "x"
	for depth := range 8 {
		b := mathOf(t, `\left(`+inside+`\right)`)
		high := b.height + b.depth
		if high < last {
			t.Errorf("at depth %d the brackets are %s high, before %s", depth, high, last)
		}
		last, inside = high, `\frac{1}{`+inside+`}`
	}
	tall := mathOf(t, `\left\{ \begin{matrix}`+strings.Repeat(`x\\`, 40)+`x\end{matrix} \right.`)
	pieces := 0
	for _, r := range tall.runs {
		if r.X == tall.runs[0].X {
			pieces++
		}
	}
	if pieces < 4 || tall.height+tall.depth < 300*press.Point {
		t.Errorf("a brace over 41 rows has %d parts and is %s high", pieces, tall.height+tall.depth)
	}
}

func TestFormulasStandInTheirLines(t *testing.T) {
	text := "The sum $\\sum_{k=1}^n k = \\frac{n(n+1)}{2}$ grows fast, and so does $x^{2^{2^2}}$ in this line. " + prose(3) +
		"\n\n$$ x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a} $$ {#roots}\n\n" + prose(3) + "See [the roots](#roots).\n\n$$ " +
		strings.Repeat("a_{1} + a_{2} + a_{3} = b + c + ", 12) + "d $$\n\n" + prose(2)
	pages := typeset(t, chapters(t, nil, text), theme(t, "nonfiction"))
	if len(pages.Warnings) > 0 {
		t.Error(pages.Warnings)
	}
	formulas := roles(pages.Tree, map[press.Role]int{})[press.RoleFormula]
	if formulas != 4 {
		t.Errorf("%d formulas in the tree", formulas)
	}
	links := 0
	for i := range pages.List {
		links += len(pages.List[i].Links)
		var before *press.Line
		for _, l := range lines(&pages.List[i]) {
			if l.Over > 0 {
				t.Errorf("%q sticks out by %s", words(l), l.Over)
			}
			if before != nil && before.Kind == press.BodyLine && l.Kind == press.BodyLine && l.Y-before.Y < before.Below+l.Above-press.Point {
				t.Errorf("%q lies on %q", words(l), words(before))
			}
			before = l
		}
	}
	if links < 3 {
		t.Errorf("%d links", links)
	}
}

func TestAFormulaBreaksBehindItsRelations(t *testing.T) {
	f, err := press.ParseMath(`a = b \le c`)
	if err != nil {
		t.Fatal(err)
	}
	s := newSetter(t)
	var got []string
	for _, sp := range s.inlineMath(&press.Math{Formula: f}, s.plainStyle(s.faces.body, 10*press.Point), &press.Node{}) {
		got = append(got, mathSays(*sp.math))
	}
	if fmt.Sprint(got) != "[a= b≤ c]" {
		t.Errorf("parts %q", got)
	}
}
