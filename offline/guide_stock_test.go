package offline

import (
	"regexp"
	"strings"
	"testing"
)

func TestGuideStockIsSound(t *testing.T) {
	s := guideWords()
	if len(s.moves) < 200 {
		t.Errorf("only %d moves", len(s.moves))
	}
	slot := regexp.MustCompile(`\{[A-Za-z]+\}`)
	roles := map[string]bool{}
	for _, r := range guideRoles {
		roles[r] = true
	}
	for _, m := range s.moves {
		at := m.stage + " " + m.role + ": " + guideClip(m.text, 60)
		switch {
		case !roles[m.role]:
			t.Errorf("%s: unknown role", at)
		case m.role != "open" && !strings.Contains("abc", m.group):
			t.Errorf("%s: unknown group %q", at, m.group)
		case strings.Count(m.text, "{") != strings.Count(m.text, "}"):
			t.Errorf("%s: braces do not match", at)
		case m.words < 12 || m.words > 130:
			t.Errorf("%s: %d words", at, m.words)
		case strings.Contains(m.text, "rows:") || strings.Contains(m.text, "table:"):
			t.Errorf("%s: a table was not written out", at)
		}
		for _, found := range slot.FindAllString(m.text, -1) {
			if found != "{x}" && found != "{X}" {
				t.Errorf("%s: unknown slot %s", at, found)
			}
		}
	}
	for _, stage := range s.stages {
		if len(stage.titles) < 4 || stage.sum == "" || len(stage.keys) < 3 || len(stage.via) < 3 || len(stage.heads) != 3 {
			t.Errorf("stage %s is not whole", stage.name)
		}
		if guideThemes[stage.name] == nil {
			t.Errorf("no titles call for stage %s", stage.name)
		}
	}
	for kind, slot := range map[string]string{"lead": "{d}", "open": "{t}", "chapter": "{t}", "pointrun": "{p}", "pointtable": " | ", "numbers": " | ", "close": "{n}"} {
		for _, line := range s.frames[kind] {
			if strings.Count(line, slot) < 1 {
				t.Errorf("frame %q of %s has no %s", line, kind, slot)
			}
		}
	}
	for _, kind := range []string{"points", "aims"} {
		for _, line := range s.frames[kind] {
			if !strings.HasSuffix(line, ":") {
				t.Errorf("frame %q of %s leads into no list", line, kind)
			}
		}
	}
}

func TestGuideStockSaysNothingTwice(t *testing.T) {
	seen := map[string]string{}
	for _, m := range guideWords().moves {
		own := map[string]bool{}
		for _, g := range guideGrams(guideTokens(m.text), 8) {
			if seen[g] != "" && !own[g] {
				t.Errorf("%q stands in %q and in %q", g, guideClip(seen[g], 40), guideClip(m.text, 40))
			}
			own[g] = true
		}
		for g := range own {
			seen[g] = m.text
		}
	}
	lines := map[string]bool{}
	for kind, list := range guideWords().frames {
		for _, line := range list {
			if lines[line] {
				t.Errorf("frame %q of %s stands twice", line, kind)
			}
			lines[line] = true
		}
	}
}

func BenchmarkGuideThirtyThousandWords(b *testing.B) {
	for b.Loop() {
		guideMake(b, guideLarge)
	}
}
