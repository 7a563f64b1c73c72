package book_test

import (
	"testing"

	"quire/book"
	"quire/problem"
)

func TestAmountsAreReadAndShown(t *testing.T) {
	for text, want := range map[string]struct {
		usd   book.USD
		shown string
	}{
		"5": {5 * book.Dollar, "$5.00"}, "2.5": {2_500_000, "$2.50"}, " $0.75 ": {750_000, "$0.75"}, "0": {0, "$0.00"},
		".5": {500_000, "$0.50"}, "7.": {7 * book.Dollar, "$7.00"}, "0.000001": {1, "$0.000001"}, "0.0031": {3100, "$0.0031"},
		"12.399999": {12_399_999, "$12.40"}, "1000000": {book.MostUSD, "$1000000.00"},
	} {
		got, err := book.ParseUSD(text)
		if err != nil || got != want.usd || got.String() != want.shown {
			t.Errorf("%q is %d, %s, %v; want %d, %s", text, got, got, err, want.usd, want.shown)
		}
	}
	for _, text := range []string{"", ".", "$", "-1", "+1", "1e3", "1,50", "NaN", "five", "1.0000001", "1000000.01", "99999999999999999999", "１"} {
		if got, err := book.ParseUSD(text); !problem.Is(err, problem.Invalid) {
			t.Errorf("%q is read as %d: %v", text, got, err)
		}
	}
	if s := book.USD(-1_250_000).String(); s != "-$1.25" {
		t.Errorf("a debt is shown as %s", s)
	}
}
