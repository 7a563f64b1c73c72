package epub

import (
	"regexp"
	"strings"
	"testing"

	"quire/press"
)

func TestTheStyleSheetFollowsThemeAndKind(t *testing.T) {
	themes := map[string]press.Theme{}
	for _, theme := range press.Themes() {
		themes[theme.Name] = theme
	}
	odd := themes["novel"]
	odd.Name, odd.Break, odd.Indent = "a*/b", "\"\\<", 0
	for name, tt := range map[string]struct {
		css       string
		has, lack []string
	}{
		"novel":      {themeStyle(themes["novel"], false), []string{"p + p { text-indent: 1.272em; }", "text-align: justify", "small-caps", "initial-letter: 3", "content: \"*\u2002*\u2002*\"", "header { text-align: center; }"}, []string{"sans-serif", "border-bottom"}},
		"nonfiction": {themeStyle(themes["nonfiction"], true), []string{"p { margin: 0 0 0.75em; }", "sans-serif", "border-bottom", "font-weight: bold"}, []string{"p + p { text-indent", "justify", "initial-letter"}},
		"odd":        {themeStyle(odd, false), []string{"/* The theme a--b. */", `content: "\22 \5c \3c "`, "p { margin: 0 0 0.75em; }"}, []string{"justify"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, want := range tt.has {
				if !strings.Contains(tt.css, want) {
					t.Errorf("no %q in\n%s", want, tt.css)
				}
			}
			for _, bad := range tt.lack {
				if strings.Contains(tt.css, bad) {
					t.Errorf("%q in\n%s", bad, tt.css)
				}
			}
		})
	}
}

func TestNoColourIsSetForTextOrPage(t *testing.T) {
	all := baseStyle
	for _, theme := range press.Themes() {
		all += themeStyle(theme, true) + themeStyle(theme, false)
	}
	colours := regexp.MustCompile(`(?i)(#[0-9a-f]{3,8}|rgb|hsl|[^-]\bcolor:[^;}]*)`).FindAllString(all, -1)
	for _, c := range colours {
		if c = strings.TrimSpace(c); c != "color: inherit" && c != "#fff" {
			t.Errorf("the style sheets set %q", c)
		}
	}
	if strings.Count(all, "#fff") != 1 {
		t.Error("there is more than the card behind drawings")
	}
}
