package figure

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sheet is a folder for drawings of all examples in three styles, to look at.
var sheet = flag.String("sheet", "", "write the drawings of all examples into a folder")

var exampleText = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// examples are the specs in the documentation.
func examples(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("../docs/figures.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range exampleText.FindAllSubmatch(text, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// styles are the looks of three themes, and one in grey.
func styles() map[string]Style {
	return map[string]Style{
		"novel":  {Body: "EB Garamond", Heads: "EB Garamond", Size: 11, Accent: "#000000", Tint: "#f2f2f2", Width: 345},
		"manual": {Body: "Open Sans", Heads: "Open Sans", Size: 9.5, Accent: "#1f3a5f", Tint: "#f1f3f6", Width: 400},
		"report": {Body: "PT Sans", Heads: "PT Sans", Size: 10, Accent: "#0f4c5c", Tint: "#eef4f5", Width: 410},
		"wine":   {Body: "Charis SIL", Heads: "Open Sans", Size: 9.75, Accent: "#8c1d40", Tint: "#f6eef1", Width: 320},
		"grey":   {Body: "PT Sans", Heads: "PT Sans", Size: 10, Accent: "#b3261e", Tint: "#eef4f5", Width: 300, Grey: true},
	}
}

func TestEveryExampleOfTheDocumentationIsDrawn(t *testing.T) {
	seen := map[Kind]bool{}
	for i, text := range examples(t) {
		s, err := Parse([]byte(text))
		if err != nil {
			t.Errorf("%s\n%v", text, err)
			continue
		}
		seen[s.Kind] = true
		for name, style := range styles() {
			d, err := s.Draw(style)
			if err != nil {
				t.Errorf("%s in %s: %v", s.Title, name, err)
			}
			check(t, s, d)
			write(t, fmt.Sprintf("%02d-%s-%s.svg", i, s.Kind, name), d)
		}
	}
	for _, c := range crafts() {
		if !seen[c.kind] {
			t.Errorf("the documentation shows no %s", c.kind)
		}
	}
}

// write keeps a drawing in the folder to look at, if there is one.
func write(t *testing.T, name string, d Drawing) {
	t.Helper()
	if *sheet == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*sheet, name), d.SVG, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheDocumentationNamesEveryField(t *testing.T) {
	text, err := os.ReadFile("../docs/figures.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range crafts() {
		for _, field := range strings.Fields(commonFields + c.fields) {
			if !strings.Contains(string(text), "`"+field+"`") && !strings.Contains(string(text), field+":") {
				t.Errorf("%s, which %s takes, is not in the documentation", field, c.kind)
			}
		}
	}
}
