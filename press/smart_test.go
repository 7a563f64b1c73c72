package press

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSmartenMakesQuotesAndDashesTypographic(t *testing.T) {
	for name, tt := range map[string]struct{ lang, text, want string }{
		"double quotes":                {"en", `"Yes," she said. "No."`, "“Yes,” she said. “No.”"},
		"nested quotes":                {"en", `"He said 'no' twice."`, "“He said ‘no’ twice.”"},
		"quote behind a bracket":       {"en", `("a")`, "(“a”)"},
		"quote behind a dash":          {"en", `no--"a"`, "no–“a”"},
		"apostrophes":                  {"en", "it's the boys' don't", "it’s the boys’ don’t"},
		"elisions":                     {"en", "'tis and 'twas don't '90s", "’tis and ’twas don’t ’90s"},
		"a quotation that looks like":  {"en", "'round' he", "‘round’ he"},
		"a doubtful elision":           {"en", "go 'round it", "go ’round it"},
		"em dash":                      {"en", "a---b", "a—b"},
		"en dash":                      {"en", "1914--18", "1914–18"},
		"a lone hyphen":                {"en", "a - b well-known", "a – b well-known"},
		"a long row stays":             {"en", "a----b", "a----b"},
		"ellipsis":                     {"en", "wait... what..", "wait… what.."},
		"typographic text stays":       {"en", "“It’s” — ‘so’ …", "“It’s” — ‘so’ …"},
		"German":                       {"de-AT", `"Ja", sagte 'er'`, "„Ja“, sagte ‚er‘"},
		"French with its narrow space": {"fr", `"Oui" dit-il ; non ?`, "«\u202fOui\u202f» dit-il\u202f; non\u202f?"},
		"rock 'n' roll":                {"en", "rock 'n' roll, fish 'n' chips'", "rock ’n’ roll, fish ’n’ chips’"},
		"a quotation of a number":      {"en", "'2 of 3', he said", "‘2 of 3’, he said"},
		"Swiss German":                 {"de-CH", `"Ja", sagte 'er'`, "«Ja», sagte ‹er›"},
		"Swiss French":                 {"fr-CH", `"Oui 'non'"`, "«\u202fOui ‹\u202fnon\u202f›\u202f»"},
		"Canadian French":              {"fr-CA", `"Oui" : non !`, "«\u00a0Oui\u00a0»\u00a0: non !"},
		"French guillemets typed":      {"fr", `« Oui »`, "«\u202fOui\u202f»"},
		"Danish, nested":               {"da", `"'Ja' og nej"`, "»›Ja‹ og nej«"},
		"Hungarian":                    {"hu", `"Igen 'nem'"`, "„Igen »nem«”"},
		"Estonian":                     {"et", `"Jah"`, "„Jah“"},
		"Croatian":                     {"hr", `"Da"`, "„Da”"},
		"Portuguese of Portugal":       {"pt-PT", `"Sim"`, "«Sim»"},
		"Mexican Spanish":              {"es-Latn-MX", `"Sí"`, "“Sí”"},
		"Spanish speech":               {"es", `--Hola --dijo`, "—Hola –dijo"},
		"French speech":                {"fr", `-- Bonjour -- dit-il`, "—\u00a0Bonjour – dit-il"},
		"Russian dashes":               {"ru", `-- Да, -- сказал он - и ушёл`, "—\u00a0Да, — сказал он — и ушёл"},
		"an unknown language":          {"xx", `"a"`, "“a”"},
		"a quote at the end":           {"en", `a "`, "a ”"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, smarten(tt.text, tt.lang)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSmartenLooksAcrossEmphasisAndLeavesCode(t *testing.T) {
	doc, _ := parseText(t, "\"*Yes*\" and \"`\"x\"`\"")
	if diff := cmp.Diff("p:“*Yes*” and “`\"x\"`”", sketch(doc.Chapters[0].Blocks)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzSmarten proves that only typewriter characters and blanks change.
func FuzzSmarten(f *testing.F) {
	f.Add("en", "rock 'n' roll -- \"'90s\"...")
	f.Add("fr-CA", "-- \"Oui\" : 'non' !")
	f.Add("ru", "- a - b --- c")
	f.Fuzz(func(t *testing.T, lang, text string) {
		if !utf8.ValidString(text) {
			return
		}
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					return r
				}
				return -1
			}, s)
		}
		got := smarten(text, lang)
		if letters(got) != letters(text) {
			t.Errorf("%q became %q", text, got)
		}
	})
}

func TestWordsAreThoseOfTheLanguage(t *testing.T) {
	for lang, want := range map[string]string{
		"en-GB": "Chapter 4 About the author", "de": "Kapitel 4 Über den Autor", "hu": "4. fejezet A szerzőről", "lt": "4 skyrius Apie autorių", //nolint:misspell // some of it is no English
		"sr": "Поглавље 4 О аутору", "sr-Latn-RS": "Poglavlje 4 O autoru", "no": "Kapittel 4 Om forfatteren", "hsb": "Kapitl 4 About the author", "xx": "Chapter 4 About the author",
	} {
		w := WordsIn(lang)
		got := w.Label(w.Chapter, "4") + " " + w.About
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
	for lang, line := range wordLines {
		if n := strings.Count(line, "|") + 1; n != wordCount {
			t.Errorf("%s has %d words", lang, n)
		}
	}
}
