package press

import (
	"testing"

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
