package font

import (
	"slices"
	"strings"
	"testing"

	"quire/press"
)

func TestThemesMayNameEveryFamilyButMath(t *testing.T) {
	named := strings.Split(press.FaceNames, "|")
	for name := range families {
		if name != "math" && !slices.Contains(named, name) {
			t.Errorf("no theme may name %s", name)
		}
	}
	for _, name := range named {
		if _, err := FindFamily(name); err != nil {
			t.Error(err)
		}
	}
}

func TestEveryFamilyCoversLatinGreekAndCyrillic(t *testing.T) {
	s := open(t).Shaper()
	for name, family := range families {
		for style := range Style(styles) {
			chain := family.Chain(style, 11*press.Point)
			for _, r := range "aZąčőşŧß αβγωώΩ жщыіґЯ 0123456789 →✓≤★↪•—…„“" {
				if r != ' ' && !slices.ContainsFunc(chain, func(id press.FontID) bool { return s.Has(id, r) }) {
					t.Errorf("%s, style %d: nothing has %c", name, style, r)
				}
			}
		}
	}
}

func TestOnlyAFamilyWithoutItalicIsSlanted(t *testing.T) {
	for name, tt := range map[string]struct {
		family string
		style  Style
		id     press.FontID
		want   bool
	}{
		"garamond has italics":      {"EB Garamond", Italic, "EBGaramond12-Italic", false},
		"small italics":             {"EB Garamond", Italic, "EBGaramond08-Italic", false},
		"garamond's bold italic":    {"EB Garamond", BoldItalic, "EBGaramond12-Bold", true},
		"garamond's bold":           {"EB Garamond", Bold, "EBGaramond12-Bold", false},
		"a sign of another face":    {"EB Garamond", BoldItalic, "DejaVuSans", false},
		"charis has all":            {"Charis SIL", BoldItalic, "CharisSIL-BoldItalic", false},
		"typewriter":                {"mono", Italic, "PTMono-Regular", true},
		"typewriter with an italic": {"JetBrains Mono", Italic, "JetBrainsMono-Italic", false},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := FindFamily(tt.family)
			if err != nil {
				t.Fatal(err)
			}
			if got := f.Slanted(tt.style, tt.id); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestStylesAreMadeBolderAndTurned(t *testing.T) {
	if Italic.Bolder() != BoldItalic || Bold.Bolder() != Bold || BoldItalic.Turned() != Bold || Regular.Turned() != Italic {
		t.Error("wrong styles")
	}
}

func TestNoFaceIsReadBeforeItIsUsed(t *testing.T) {
	lib := open(t)
	for id, f := range lib.faces {
		if f.data != nil {
			t.Errorf("%s is in memory", id)
		}
	}
	lib.Shaper().Has("Andika", 'a')
	if lib.faces["Andika"].data == nil || lib.faces["Andika-Bold"].data != nil {
		t.Error("not the face that was used")
	}
}
