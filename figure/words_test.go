package figure

import "testing"

func TestDatesAreWrittenInTheLanguage(t *testing.T) {
	for lang, want := range map[string][2]string{
		"en": {"14\u00a0July 1789", "July 1789"}, "de-CH": {"14.\u00a0Juli 1789", "Juli 1789"}, "es": {"14\u00a0de\u00a0julio de 1789", "julio de 1789"},
		"ru": {"14\u00a0июля 1789", "июль 1789"}, "no": {"14.\u00a0juli 1789", "juli 1789"}, "xx": {"14\u00a0July 1789", "July 1789"},
	} {
		w := WordsIn(lang)
		if got := [2]string{date{1789, 7, 14}.text(w), date{1789, 7, 0}.text(w)}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

func TestNumbersAreWrittenInTheLanguage(t *testing.T) {
	for lang, want := range map[string]string{"en": "12,345.60%", "de": "12.345,60\u00a0%", "fr": "12\u00a0345,60\u00a0%", "it": "12.345,60%"} {
		if got := WordsIn(lang).with(12345.6, 2, "%"); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	for want, v := range map[string]float64{"0": -0.2, "−1": -0.6, "1,000": 999.7, "−12,000": -12000} {
		if got := english().number(v, 0); got != want {
			t.Errorf("%g is %q, want %q", v, got, want)
		}
	}
}

func TestEveryLanguageHasItsWords(t *testing.T) {
	for lang := range wordLines {
		w := WordsIn(lang)
		if len(w.Months) != 12 || len(w.Alone) != 12 || w.Source == "" || w.Decimal != "," || w.Months[0] == "January" {
			t.Errorf("%s: %+v", lang, w)
		}
	}
}
