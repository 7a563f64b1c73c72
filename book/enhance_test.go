package book_test

import (
	"slices"
	"strings"
	"testing"

	"quire/book"
	"quire/problem"
)

// off lists the enhancements that a brief does without.
func off(b book.Brief) (list []string) {
	for _, e := range book.Enhancements() {
		if !b.Enhances(e) {
			list = append(list, e.ID())
		}
	}
	return list
}

func TestEveryEnhancementHasItsPlace(t *testing.T) {
	seen, groups := map[string]bool{}, map[string]bool{}
	for _, e := range book.Enhancements() {
		if seen[e.ID()] || !e.Plans() && !e.Writes() {
			t.Errorf("enhancement %+v", e)
		}
		for _, s := range e.Stages {
			if !slices.Contains([]string{"plan", "beats", "draft", "check"}, s) {
				t.Errorf("%s matters to the stage %q", e.ID(), s)
			}
		}
		seen[e.ID()], groups[e.Layer+"/"+e.Group] = true, true
	}
	if len(seen) != 85 || len(groups) != 25 {
		t.Errorf("there are %d enhancements in %d groups", len(seen), len(groups))
	}
	for _, id := range []string{"powerAuthenticity.checkEmphatheticFeedback", "structuralSophistication.checkInevitableSuprise", "improvements.backstoryContradictions",
		"characterAuthenticity.checkGenuineFailures", "narrativeComplexity.checkGenuineFailures", "proseRefinement.forbiddenPhraseExercise", "writeDialogueWithLayers.focusOnUnspoken"} {
		if !seen[id] {
			t.Errorf("%s is missing", id)
		}
	}
}

func TestEnhancementsAreSwitchedByNameGroupOrLayer(t *testing.T) {
	all := len(book.Enhancements())
	for name, tt := range map[string]struct {
		set  map[string]bool
		want int      // that are off
		some []string // of them
	}{
		"nothing said":            {nil, 0, nil},
		"a name":                  {map[string]bool{"overusedMetaphors": false}, 1, []string{"avoidPatterns.overusedMetaphors"}},
		"a name of two groups":    {map[string]bool{"checkGenuineFailures": false}, 2, []string{"characterAuthenticity.checkGenuineFailures", "narrativeComplexity.checkGenuineFailures"}},
		"a name in its group":     {map[string]bool{"narrativeComplexity.checkGenuineFailures": false}, 1, []string{"narrativeComplexity.checkGenuineFailures"}},
		"a group":                 {map[string]bool{"avoidPatterns": false}, 6, []string{"avoidPatterns.limitedEmotions"}},
		"all but one of a group":  {map[string]bool{"avoidPatterns": false, "limitedEmotions": true}, 5, []string{"avoidPatterns.overlyProfound"}},
		"a group and a name":      {map[string]bool{"structuralVariety": false}, 5, []string{"improvements.structuralVariety", "structuralVariety.avoidFormulaic"}},
		"groups of one name":      {map[string]bool{"proseRefinement": false}, 5, []string{"proseRefinement.forbiddenPhraseExercise", "proseRefinement.checkSensorySpecificity"}},
		"a layer":                 {map[string]bool{"advancedQualityMetrics": false}, 16, []string{"factionComplexity.checkInternalSabotage"}},
		"a layer of layers":       {map[string]bool{"humanWritingEnhancements": false}, 44, []string{"avoidPatterns.overlyProfound", "improvements.worldBuilding"}},
		"a layer, not its inner":  {map[string]bool{"humanWritingEnhancements": false, "qualityMetrics": true}, 12, []string{"improvements.worldBuilding"}},
		"all":                     {map[string]bool{"humanLikeWriting": false, "avoidPatterns": true}, all, nil},
		"all on":                  {map[string]bool{"humanLikeWriting": true}, 0, nil},
		"said to be on":           {map[string]bool{"checkSubtext": true}, 0, nil},
		"the contract's spelling": {map[string]bool{"checkInevitableSuprise": false}, 1, []string{"structuralSophistication.checkInevitableSuprise"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := book.Brief{Topic: "Salt", Kind: book.Fiction, Enhance: tt.set}
			if err := b.Check(); err != nil {
				t.Fatal(err)
			}
			got := off(b)
			if len(got) != tt.want {
				t.Errorf("%d are off, want %d: %v", len(got), tt.want, got)
			}
			for _, id := range tt.some {
				if !slices.Contains(got, id) {
					t.Errorf("%s is on", id)
				}
			}
		})
	}
}

func TestAGuideHasNoEnhancementsOfStories(t *testing.T) {
	var on []string
	for _, e := range book.Enhancements() {
		if (book.Brief{Kind: book.Nonfiction}).Enhances(e) {
			on = append(on, e.ID())
		}
	}
	said := strings.Join(on, " ")
	if !strings.Contains(said, "avoidPatterns.overusedMetaphors") || strings.Contains(said, "antagonistDepth") {
		t.Errorf("a guide is enhanced by %v", on)
	}
}

func TestAnUnknownEnhancementIsRefusedWithTheNearest(t *testing.T) {
	for name, hint := range map[string]string{
		"checkInevitableSurprise":        "did you mean checkInevitableSuprise?",
		"checkEmpatheticFeedback":        "did you mean checkEmphatheticFeedback?",
		"avoidpatterns":                  "did you mean avoidPatterns?",
		"avoidPatern.overusedMetaphors":  "did you mean avoidPatterns.overusedMetaphors?",
		"sparkle":                        "quire enhancements lists them all",
		"avoidPatterns.worldBuilding":    "",
		"":                               "quire enhancements lists them all",
		"improvements.structuralvarietY": "did you mean improvements.structuralVariety?",
	} {
		err := book.Brief{Topic: "Salt", Enhance: map[string]bool{name: true}}.Check()
		p := problem.Of(err)
		if p == nil || p.Kind != problem.Invalid || p.Hint == "" || hint != "" && p.Hint != hint {
			t.Errorf("%q: %v, hint %q, want %q", name, err, p.Hint, hint)
		}
	}
}
