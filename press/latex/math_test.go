package latex

import (
	"testing"

	"quire/press"
)

func TestFormulasAreWrittenAnew(t *testing.T) {
	for name, tt := range map[string]struct{ source, want string }{
		"a sum":                             {`\sum_{i=1}^n x_i`, `∑_{i=1}^{n}x_{i}`},
		"a fraction":                        {`\frac{a}{b}`, `\frac{a}{b}`},
		"a binomial":                        {`\binom{n}{k}`, `\binom{n}{k}`},
		"a root":                            {`\sqrt[3]{x}`, `\sqrt[{3}]{x}`},
		"a name and letter":                 {`a\quad b`, `a\quad b`},
		"words":                             {`\text{if } x`, `\text{if\ }x`},
		"a fence":                           {`\left\{x\right.`, `\left\lbrace x\right.`},
		"upright and bold":                  {`\mathrm{d}\mathbf{x}\mathbb{R}`, `\symup{d}\symbfup{x}\symbb{R}`},
		"percent and dollar":                {`\% \$ \# \&`, `\mathpercent\mathdollar\mathoctothorpe\mathampersand`},
		"a cell that begins with a bracket": {`\begin{matrix}a\\ [b]\end{matrix}`, `\begin{array}{@{}c@{}} a \\\relax [b] \end{array}`},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := press.ParseMath(tt.source)
			if err != nil {
				t.Fatal(err)
			}
			if got := formula(f); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
