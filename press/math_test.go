package press

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// mathSketch writes a row so that tests can be read: each atom with its class
// (o p b r < > , i) before it.
func mathSketch(list MathList) string {
	var out []string
	for _, n := range list {
		switch t := n.(type) {
		case *MathSpace:
			out = append(out, fmt.Sprintf("~%d", t.Mu))
		case *MathChange:
			out = append(out, fmt.Sprintf("style%d", t.Style))
		case *MathAtom:
			s := string("opbr<>,i"[t.Class]) + nucleusSketch(t.Nucleus)
			if t.Sub != nil {
				s += "_(" + mathSketch(t.Sub) + ")"
			}
			if t.Sup != nil {
				s += "^(" + mathSketch(t.Sup) + ")"
			}
			if t.Limits != MathLimitsNone {
				s += fmt.Sprintf("!%d", t.Limits)
			}
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

func nucleusSketch(n MathNucleus) string {
	switch t := n.(type) {
	case *MathSymbol:
		s := t.Text
		for _, c := range t.Text {
			if a := MathAlphabet(c, t.Face); a != c {
				s = string(a)
			}
		}
		if t.Not {
			s += "/"
		}
		return s
	case *MathWords:
		return `"` + t.Text + `"`
	case *MathDelimiter:
		return fmt.Sprintf("%s@%d", t.Text, t.Size)
	case *MathGroup:
		return "{" + mathSketch(t.Body) + "}"
	case *MathFraction:
		rule := "—"
		if t.NoRule {
			rule = ""
		}
		return fmt.Sprintf("%s[%s %s %s]%s%.0d", t.Left, mathSketch(t.Num), rule, mathSketch(t.Den), t.Right, t.Style)
	case *MathRadical:
		return "√[" + mathSketch(t.Degree) + "|" + mathSketch(t.Body) + "]"
	case *MathFence:
		return "L" + t.Left + mathSketch(t.Body) + "R" + t.Right
	case *MathAccent:
		return fmt.Sprintf("%s(%s)%t%t", t.Mark, mathSketch(t.Body), t.Stretch, t.Under)
	case *MathStack:
		return "stack(" + mathSketch(t.Base) + "|" + mathSketch(t.Over) + "|" + mathSketch(t.Under) + ")"
	case *MathMatrix:
		var rows []string
		for _, r := range t.Rows {
			var cells []string
			for _, c := range r {
				cells = append(cells, mathSketch(c))
			}
			rows = append(rows, strings.Join(cells, " & "))
		}
		return fmt.Sprintf("%s%v%s%s", t.Left, t.Align, strings.Join(rows, `\`), t.Right)
	}
	return ""
}

func TestParseMathReadsLaTeX(t *testing.T) {
	for name, tt := range map[string]struct{ src, want string }{
		"letters, numbers, a sum":      {"a^2+3.14 b_{ij}", "o𝑎^(o2) b+ o3.14 o𝑏_(o𝑖 o𝑗)"},
		"both scripts in any order":    {"x_1^2 y^2_1", "o𝑥_(o1)^(o2) o𝑦_(o1)^(o2)"},
		"primes before a power":        {"f''^2", "o𝑓^(o′ o′ o2)"},
		"scripts that hang on nothing": {"{}_2F", "o{}_(o2) o𝐹"},
		"one digit is an argument":     {`\frac12 3`, "i[o1 — o2] o3"},
		"a fraction as a power":        {`x^\frac{1}{2}`, "o𝑥^(i[o1 — o2])"},
		"fractions with a style":       {`\dfrac{a}{b}\binom{n}{k}`, "i[o𝑎 — o𝑏]1 i([o𝑛  o𝑘])"},
		"old fractions":                {`{a+b \over c} {n \choose k}`, "o{i[o𝑎 b+ o𝑏 — o𝑐]} o{i([o𝑛  o𝑘])}"},
		"roots":                        {`\sqrt x \sqrt[3]{y}`, "o√[|o𝑥] o√[o3|o𝑦]"},
		"a sum with limits":            {`\sum_{i=1}^n \int_0^1 \sum\nolimits_i \int\limits_a`, "p∑_(o𝑖 r= o1)^(o𝑛)!1 p∫_(o0)^(o1) p∑_(o𝑖) p∫_(o𝑎)!2"},
		"functions":                    {`\sin x \lim_{x\to 0} \operatorname{rank} A \operatorname*{arg\,max}_x`, `p"sin" o𝑥 p"lim"_(o𝑥 r→ o0)!1 p"rank" o𝐴 p"arg max"_(o𝑥)!1`},
		"Greek":                        {`\alpha\Gamma\varepsilon`, "o𝛼 oΓ o𝜀"},
		"Greek that was typed":         {"α ≤ Ω", "o𝛼 r≤ oΩ"},
		"fences":                       {`\left( \frac{a}{b} \middle| c \right]`, "iL(i[o𝑎 — o𝑏] o|@0 o𝑐R]"},
		"an open fence":                {`\left\{ x \right.`, "iL{o𝑥R"},
		"sized brackets":               {`\bigl( x \Bigr\rangle \bigm|`, "<(@1 o𝑥 >⟩@2 r|@1"},
		"accents":                      {`\hat x \overline{ab} \vec{v}`, "o^(o𝑥)falsefalse o‾(o𝑎 o𝑏)truefalse o→(o𝑣)falsefalse"},
		"a brace with its note":        {`\underbrace{x+y}_{n}`, "p⏟(o𝑥 b+ o𝑦)truetrue_(o𝑛)!2"},
		"alphabets":                    {`\mathbb{R} \mathbf{v2} \mathcal L \mathrm{d}x \mathfrak g \boldsymbol{\alpha+1}`, "oℝ o{o𝐯 o𝟐} oℒ od o𝑥 o𝔤 o{o𝜶 b+ o𝟏}"},
		"text keeps its blanks":        {`x \text{ if \% y }`, `o𝑥 o" if % y "`},
		"spaces":                       {`a\,b\quad c\!d\ e~f`, "o𝑎 ~3 o𝑏 ~18 o𝑐 ~-3 o𝑑 ~6 o𝑒 ~6 o𝑓"},
		"a matrix":                     {`\begin{pmatrix} a & b \\ c & d \\ \end{pmatrix}`, `i([2 2]o𝑎 & o𝑏\o𝑐 & o𝑑)`},
		"a short row is filled":        {`\begin{cases} 1 & x \\[2pt] 2 \end{cases}`, `i{[1 1]o1 & o𝑥\o2 & `},
		"an array":                     {`\begin{array}{l|r} a & b \end{array}`, `o[1 3]o𝑎 & o𝑏`},
		"lines of a display":           {`a &= b \\ &= c`, `o[3 1]o𝑎 & r= o𝑏\ & r= o𝑐`},
		"lines without marks":          {`a \\ b`, `o[2]o𝑎\o𝑏`},
		"stacks":                       {`\overset{!}{=} \underset{x}{\max}`, `rstack(r=|>!|) pstack(p"max"!1||o𝑥)`},
		"substack":                     {`\sum_{\substack{i \\ j}}`, `p∑_(o[2]o𝑖\o𝑗)!1`},
		"negation":                     {`\not= \not\in \not\prec`, "r≠ r∉ r≺/"},
		"modulo":                       {`a \bmod b \pmod n`, `o𝑎 b"mod" o𝑏 o{~8 <( o"mod" ~6 o𝑛 >)}`},
		"arrows with words":            {`\xrightarrow[b]{a}`, "rstack(r⟶|o𝑎|o𝑏)"},
		"escaped signs":                {`\{ \% \$ \| \}`, "<{ o% o$ o‖ >}"},
		"a style":                      {`\displaystyle x`, "style1 o𝑥"},
		"old font commands end":        {`{\bf x} x`, "o{o𝐱} o𝑥"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := ParseMath(tt.src)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, mathSketch(f.Body)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseMathSaysWhatItCannotRead(t *testing.T) {
	for name, tt := range map[string]struct{ src, want string }{
		"a command":      {`a \foo b`, `the command \foo is not known`},
		"an environment": {`\begin{tikzpicture}\end{tikzpicture}`, "the environment tikzpicture is not known"},
		"an open brace":  {`\frac{a`, "a brace { is not closed"},
		"a lone brace":   {`a}`, "there is nothing that } ends"},
		"two powers":     {`a^2^3`, "there are two ^ behind one thing"},
		"no argument":    {`\frac{a}`, "something is missing at its end or behind a command"},
		"no fence's end": {`\left( a`, `a \left has no \right`},
		"no bracket":     {`\left x \right)`, "x is no bracket"},
		"a wrong end":    {`\begin{matrix} a \end{cases}`, `a \begin{matrix} ends as another environment`},
		"a dollar":       {`a $ b`, "the character $ stands in a wrong place"},
		"depth":          {strings.Repeat("{", 100), "it is nested too deep"},
		"depth of roots": {strings.Repeat(`\sqrt`, 100) + "x", "it is nested too deep"},
		"length":         {strings.Repeat("a", maxMathBytes+1), "it is longer than 16384 characters"},
		"columns":        {strings.Repeat("&", 100), "it has too many columns"},
		"a macro":        {`\def\a{b}`, `the command \def is not known`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseMath(tt.src)
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFormulaIsReadableAsText(t *testing.T) {
	for src, want := range map[string]string{
		`a^2+b^2 = c^{2}`:                       "a^2 + b^2 = c^2",
		`\frac{-b \pm \sqrt{b^2-4ac}}{2a}`:      "(−b ± √(b^2 − 4ac))/(2a)",
		`\sum_{i=1}^{n} x_i`:                    "∑_(i = 1)^n x_i",
		`f'(x), \sin x`:                         "f′(x), sin x",
		`\begin{pmatrix}a&b\\c&d\end{pmatrix}`:  "(a, b; c, d)",
		`\hat{x} \not\prec \left\{y\right\}`:    "x̂ ⊀ {y}",
		`\binom{n}{k} \overset{!}{=} \text{ a}`: "(n k) =^! a",
	} {
		f, err := ParseMath(src)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, f.Plain()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", src, diff)
		}
	}
}

func TestASignIsNoJoint(t *testing.T) {
	f, err := ParseMath(`-a + (-b) = -c, - d -`)
	if err != nil {
		t.Fatal(err)
	}
	want := []MathClass{MathOrd, MathOrd, MathBin, MathOpen, MathOrd, MathOrd, MathClose, MathRel, MathOrd, MathOrd, MathPunct, MathOrd, MathOrd, MathOrd}
	if diff := cmp.Diff(want, MathClasses(f.Body)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if MathGap(MathOrd, MathRel, false) != 5 || MathGap(MathOrd, MathRel, true) != 0 || MathGap(MathOrd, MathOp, true) != 3 {
		t.Error("gaps")
	}
}

func TestEverySymbolIsOneCharacterAndNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range symbolTables {
		f := strings.Fields(table.symbols)
		for i := 0; i+1 < len(f); i += 2 {
			if seen[f[i]] {
				t.Errorf("%s is named twice", f[i])
			}
			seen[f[i]] = true
			if utf8.RuneCountInString(f[i+1]) != 1 {
				t.Errorf("%s is %q", f[i], f[i+1])
			}
		}
		if len(f)%2 != 0 {
			t.Error("a pair is torn")
		}
	}
}

// FuzzParseMath reads any formula: a tree or an error must come out.
func FuzzParseMath(f *testing.F) {
	for _, s := range []string{`\frac{a}{b}^2`, `\begin{array}{lcr}a&b\\[1em]c\end{array}`, `\left(\middle|\right.`, `x_{\substack{a\\b}}`, `\operatorname*{a\,b}`, `{a\over\not\in}`, `\sqrt[\text{a}]b`, "'''^_"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		formula, err := ParseMath(s)
		if err == nil {
			_ = formula.Plain()
			mathSketch(formula.Body)
			return
		}
		if strings.ContainsAny(err.Error(), "\n") {
			t.Errorf("the error has lines: %q", err)
		}
	})
}
