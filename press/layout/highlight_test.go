package layout

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryGrammarReadsAnyText(t *testing.T) {
	text := "# x // y /* z */ \"a\\n 'b' `c` <d e=\"f\">{1.5e3}</d>\n\t{{[(<%= g %>)]}} -- h ; $i @j \\k\u00e9漢\n'''\n\"\"\"\n\xff\xfe"
	for language := range languages {
		if got := classify(language, text); len(got) != len(text) {
			t.Errorf("%s: %d of %d bytes", language, len(got), len(text))
		}
	}
	for name, language := range otherNames {
		if _, ok := languages[language]; !ok {
			t.Errorf("%s is %s, which there is not", name, language)
		}
	}
}

func TestTokensAreClassified(t *testing.T) {
	for name, tt := range map[string]struct{ language, text, want string }{
		"go":            {"go", "for x := range 12 { // end", "kkk......kkkkk.nn...cccccc"},
		"raw string":    {"golang", "a`b\nc`d", ".ss.ss."},
		"python":        {"Python", "return 'a' # b", "kkkkkk.sss.ccc"},
		"doc string":    {"py", "\"\"\"a\nb\"\"\"x", "ssss.ssss."},
		"diff":          {"diff", "+a\n-b\n c", "aa.rr..."},
		"a diff's head": {"diff", "+++ a\n@@ é", "kkkkk.kkkkk"},
		"a lifetime":    {"rust", "&'a str, 'x'", ".........sss"},
		"an escape":     {"c", `"a\"b"c`, "ssssss."},
		"open string":   {"c", "\"ab\nif", "sss.kk"},
		"block comment": {"java", "a/*b\nc*/d", ".ccc.ccc."},
		"open comment":  {"css", "a /* b", "..cccc"},
		"a shell's $#":  {"sh", "echo $# # x", "........ccc"},
		"yaml":          {"yml", "- a-b: if\n  c: 1", "..kkk.......k..n"},
		"ini":           {"ini", "a = b", "k...."},
		"markup":        {"html", "<p a=\"b\">don't</p>", ".k...sss.......kk."},
		"tex":           {"latex", `\emph{a} % b`, "kkkkk....ccc"},
		"sql":           {"SQL", "Select x", "kkkkkk.."},
		"preprocessor":  {"c", "#include <a>", "kkkkkkkk...."},
		"unknown":       {"klingon", "for", ""},
		"none":          {"", "for", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for i, c := range classify(tt.language, tt.text) {
				if tt.text[i] == '\n' {
					c = plainToken
				}
				got += string(".kcsnar"[c])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzClassify feeds code in any language: no panic, and one class a byte.
func FuzzClassify(f *testing.F) {
	for language := range languages {
		f.Add(language, "x = \"1\" // y\n/* z")
	}
	f.Add("diff", "+é\n\xff")
	f.Fuzz(func(t *testing.T, language, text string) {
		if got := classify(language, text); got != nil && len(got) != len(text) {
			t.Errorf("%d of %d bytes", len(got), len(text))
		}
	})
}
