package press

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/problem"
)

func TestParsePtKnowsItsUnits(t *testing.T) {
	for text, want := range map[string]string{
		"11": "11", "9.5pt": "9.5", " 1in": "72", "25.4mm": "72", "2.54 cm": "72", "-3": "-3", "0.001": "0.001", "0": "0",
	} {
		t.Run(text, func(t *testing.T) {
			got, err := ParsePt(text)
			if err != nil || got.String() != want {
				t.Errorf("got %s %v, want %s", got, err, want)
			}
		})
	}
	for _, text := range []string{"", "x", "1.2345", "3 feet", "12345678", "1.2.3", "--"} {
		if _, err := ParsePt(text); !problem.Is(err, problem.Invalid) {
			t.Errorf("%q: got %v, want an invalid problem", text, err)
		}
	}
}

func TestScaleRoundsHalfAwayFromZero(t *testing.T) {
	if a, b := Pt(5).Scale(1, 2), Pt(-5).Scale(1, 2); a != 3 || b != -3 {
		t.Errorf("got %d and %d", a, b)
	}
}

func TestParseTrimKnowsNamesInchesAndUnits(t *testing.T) {
	for text, want := range map[string][2]string{
		"6x9": {"432", "648"}, "5.25 x 8": {"378", "576"}, "5.5×8.5": {"396", "612"}, "a5": {"419.527", "595.275"},
		"A4": {"595.275", "841.89"}, "Letter": {"612", "792"}, "140x210mm": {"396.851", "595.275"}, "15x21cm": {"425.197", "595.275"},
	} {
		t.Run(text, func(t *testing.T) {
			got, err := ParseTrim(text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, [2]string{got.Width.String(), got.Height.String()}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, text := range []string{"", "6", "B7", "1x2", "6x90", "6x", "x", "140x210km"} {
		if _, err := ParseTrim(text); !problem.Is(err, problem.Invalid) {
			t.Errorf("%q: got %v, want an invalid problem", text, err)
		}
	}
}

func TestOptionsResolveToTheThemeOfTheKind(t *testing.T) {
	for kind, want := range map[book.Kind]string{"": "novel", book.Fiction: "novel", book.Nonfiction: "nonfiction"} {
		opt, err := Options{}.Resolve(&Document{Meta: book.Meta{Kind: kind}})
		if err != nil || opt.Theme.Name != want || opt.Trim.Width != 6*Inch {
			t.Errorf("%q: got %s %v %v", kind, opt.Theme.Name, opt.Trim, err)
		}
	}
	if _, err := (Options{Theme: Theme{Name: "x"}}).Resolve(&Document{}); err == nil {
		t.Error("a theme without trim was taken")
	}
}

func TestWarningsSayWhere(t *testing.T) {
	for want, w := range map[string]Warning{
		"a.md:3: x":           {Detail: "x", Pos: Pos{"a.md", 3}},
		"line 3: x":           {Detail: "x", Pos: Pos{"", 3}},
		"a.md: x (page iv)":   {Detail: "x", Pos: Pos{"a.md", 0}, Page: "iv"},
		"just this (page 12)": {Detail: "just this", Page: "12"},
	} {
		if got := w.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRomanNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "i", 4: "iv", 9: "ix", 14: "xiv", 1999: "mcmxcix"} {
		if got := Roman(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestWordsFallBackToEnglish(t *testing.T) {
	if WordsIn("de_CH").Chapter != "Kapitel" || WordsIn("tlh").Chapter != "Chapter" {
		t.Error("wrong words")
	}
}

func TestWordsCountsTextInEveryBlock(t *testing.T) {
	doc, _ := parseText(t, "## Two words\n\n> one\n\n- two\n\n|a|b|\n|-|-|\n|c|d|\n\n::: note\nfive\n:::\n\n![six seven](img/a.png)\n\n```\nnot counted\n```\n\na — b `c` *d*  \ne")
	if got := doc.Words(); got != 1+2+1+1+4+1+2+5 {
		t.Errorf("%d words", got)
	}
}
