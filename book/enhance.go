package book

import (
	"slices"
	"strings"
	"sync"

	"quire/problem"
)

// Enhancement is one demand on the writing that a maker can switch off. Names
// and groups are those of LetsWriteABook, with its spellings.
type Enhancement struct {
	Layer   string   `json:"layer"` // what its group belongs to
	Group   string   `json:"group"`
	Name    string   `json:"name"`    // inside its group; two groups may use one
	Fiction bool     `json:"fiction"` // it says nothing to other books
	Stages  []string `json:"stages"`  // of plan, beats, draft and check: where it matters
}

// ID tells an enhancement from all others: group.name.
func (e Enhancement) ID() string { return e.Group + "." + e.Name }

// Plans reports whether an enhancement matters to those who plan a book.
func (e Enhancement) Plans() bool { return slices.Contains(e.Stages, "plan") }

// Writes reports whether an enhancement matters to those who plan a chapter's
// sections, write or check it.
func (e Enhancement) Writes() bool {
	return slices.ContainsFunc(e.Stages, func(stage string) bool { return stage != "plan" })
}

// HumanLike switches all enhancements.
const HumanLike = "humanLikeWriting"

// The layers of enhancements.
const (
	human     = "humanWritingEnhancements"
	metrics   = "qualityMetrics"
	universal = "universalFramework"
	advanced  = "advanced"
	measured  = "advancedQualityMetrics"
)

// What an enhancement speaks to.
const (
	both  = false
	story = true
)

type toggle struct {
	name   string
	story  bool
	stages string
}

// enhancementGroups are all groups with their enhancements, in the order in which
// they are said and told.
var enhancementGroups = []struct {
	layer, group string
	toggles      []toggle
}{
	{human, "improvements", []toggle{
		{"structuralVariety", both, "plan"}, {"characterComplexity", story, "plan"}, {"dialogueAuthenticity", story, "draft"},
		{"worldBuilding", story, "plan"}, {"narrativeComplexity", story, "plan"}, {"sensoryVariability", story, "draft"},
		{"antagonistDepth", story, "plan"}, {"characterFailures", story, "plan"}, {"interpersonalFriction", story, "plan"},
		{"mundaneFrustrations", story, "beats draft"}, {"sensoryInconsistency", story, "draft"}, {"backstoryContradictions", story, "plan"},
	}},
	{metrics, "structuralVariety", []toggle{
		{"checkRepetitiveChapterStructure", both, "beats check"}, {"checkChapterLengthVariation", both, "plan"},
		{"checkPacingVariation", both, "draft check"}, {"avoidFormulaic", both, "plan"},
	}},
	{metrics, "characterAuthenticity", []toggle{
		{"checkDistinctiveDialogue", story, "draft check"}, {"checkUnpredictableChoices", story, "beats"}, {"checkInternalConflicts", story, "beats draft"},
		{"avoidRepetitiveDescriptions", story, "draft check"}, {"checkGenuineFailures", story, "beats check"},
	}},
	{metrics, "narrativeComplexity", []toggle{
		{"checkUnresolvedElements", story, "plan"}, {"checkMoralAmbiguity", story, "plan"}, {"checkGenuineFailures", story, "plan"},
		{"avoidConvenientPlotDevelopments", story, "beats check"}, {"checkProtagonistSurprises", story, "plan"},
	}},
	{metrics, "dialogueQuality", []toggle{
		{"checkSubtext", story, "draft check"}, {"avoidOverlyPhilosophical", story, "draft check"}, {"checkOrganicHumor", story, "draft"},
		{"checkDistinctiveVoices", story, "plan"},
	}},
	{metrics, "worldBuilding", []toggle{
		{"checkMundaneDetails", story, "draft"}, {"checkEquipmentFailures", story, "beats"}, {"checkCulturalReferences", story, "plan"},
		{"checkSensoryInconsistency", story, "check"},
	}},
	{metrics, "antagonistDevelopment", []toggle{
		{"checkComplexMotivations", story, "plan"}, {"avoidSimpleGreed", story, "plan"}, {"checkValidPoints", both, "draft"},
		{"checkInstitutionalHumans", story, "draft"},
	}},
	{metrics, "avoidPatterns", []toggle{
		{"repetitiveDescriptions", both, "draft check"}, {"formulaicChapters", story, "beats"}, {"overlyProfound", both, "draft check"},
		{"convenientSolutions", story, "plan"}, {"limitedEmotions", story, "draft"}, {"overusedMetaphors", both, "draft check"},
	}},
	{universal, "embraceCharacterFallibility", []toggle{{"assignCoreFlaws", story, "plan"}, {"engineerMeaningfulFailure", story, "plan"}}},
	{universal, "developMultiDimensionalAntagonists", []toggle{{"heroOfTheirOwnStory", story, "plan"}, {"giveThemPointOfView", story, "beats draft"}}},
	{universal, "generateConflictFromCharacter", []toggle{{"createValueOppositions", story, "plan"}, {"forceDifficultChoices", story, "beats"}}},
	{universal, "masterPacingAndRevelation", []toggle{{"ruleOfThree", both, "plan"}, {"plantSeedsNotBillboards", story, "draft"}}},
	{universal, "introduceAmbiguityAndUnresolvedElements", []toggle{{"avoidTidyEpilogue", story, "plan"}, {"poseUnanswerable", both, "plan"}}},
	{universal, "createComplexMoralDilemmas", []toggle{{"noWinScenarios", story, "plan"}, {"challengeGenreTropes", story, "plan"}}},
	{universal, "diversifyLanguagePatterns", []toggle{{"forbiddenWordsList", both, "draft check"}, {"describeViaActionAndEffect", both, "draft"}}},
	{universal, "groundExtraordinaryInMundane", []toggle{{"incorporateMinorAnnoyances", story, "draft"}, {"showEnvironmentDontTell", story, "draft"}}},
	{universal, "writeDialogueWithLayers", []toggle{{"focusOnUnspoken", story, "draft"}, {"useActionsToContradictWords", story, "draft"}}},
	{advanced, "factionBreakingPoint", []toggle{{"engineerSabotage", story, "plan"}, {"forceHardChoiceForLeader", story, "plan"}}},
	{advanced, "powerCosts", []toggle{{"physicalMentalToll", story, "plan draft"}, {"empatheticFeedback", story, "draft"}}},
	{advanced, "structuralSubversion", []toggle{{"decentralizeDecisionMaking", story, "plan"}, {"milkRunGoesWrong", story, "plan"}}},
	{advanced, "proseRefinement", []toggle{{"forbiddenPhraseExercise", both, "draft"}}},
	{measured, "factionComplexity", []toggle{
		{"checkInternalSabotage", story, "check"}, {"checkNoVillainConflicts", story, "plan"}, {"checkLeadershipDilemmas", story, "beats"},
		{"checkLastingConsequences", story, "plan check"},
	}},
	{measured, "powerAuthenticity", []toggle{
		{"checkMeaningfulCosts", story, "beats check"}, {"checkEmphatheticFeedback", story, "check"}, {"checkVulnerabilityPeriods", story, "plan"},
		{"checkAntiDeusExMachina", story, "plan check"},
	}},
	{measured, "structuralSophistication", []toggle{
		{"checkPatternBreaking", both, "beats"}, {"checkDecentralizedDecisions", story, "beats"}, {"checkUnpredictability", story, "plan"},
		{"checkInevitableSuprise", story, "plan check"},
	}},
	{measured, "proseRefinement", []toggle{
		{"checkForbiddenPhraseAvoidance", both, "check"}, {"checkDescriptiveFreshness", both, "check"},
		{"checkActionBasedDescription", story, "check"}, {"checkSensorySpecificity", story, "draft check"},
	}},
}

var enhancementTable = sync.OnceValue(func() (all []Enhancement) {
	for _, g := range enhancementGroups {
		for _, t := range g.toggles {
			all = append(all, Enhancement{g.layer, g.group, t.name, t.story, strings.Fields(t.stages)})
		}
	}
	return all
})

// Enhancements lists all writing enhancements, group by group. Nobody may change
// their stages.
func Enhancements() []Enhancement { return slices.Clone(enhancementTable()) }

// keys are the names that switch an enhancement, the closest first. A bare name
// stands for all enhancements and groups that bear it.
func (e Enhancement) keys() []string {
	keys := []string{e.ID(), e.Name, e.Group, e.Layer}
	if e.Layer == metrics {
		keys = append(keys, human)
	}
	return keys
}

// Enhances reports whether an enhancement is on and has something to say to a
// book of the brief's kind. What a brief says of its name counts before what it
// says of its group, and that before its layer; humanLikeWriting off is all off.
func (b Brief) Enhances(e Enhancement) bool {
	if e.Fiction && b.Kind == Nonfiction {
		return false
	}
	if on, said := b.Enhance[HumanLike]; said && !on {
		return false
	}
	for _, key := range e.keys() {
		if on, said := b.Enhance[key]; said {
			return on
		}
	}
	return true
}

// checkEnhance refuses names that switch nothing.
func (b Brief) checkEnhance() error {
	known := []string{HumanLike}
	for _, e := range enhancementTable() {
		known = append(known, e.keys()...)
	}
	var wrong []string
	for name := range b.Enhance {
		if !slices.Contains(known, name) {
			wrong = append(wrong, name)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	name := slices.Min(wrong)
	p := problem.New(problem.Invalid, "there is no writing enhancement %q", name)
	if near := closest(name, known, len(name)/3); near != "" {
		return p.Try("did you mean %s?", near)
	}
	return p.Try("quire enhancements lists them all")
}

// ParseSwitch reads on or off, and other words for them.
func ParseSwitch(text string) (on, ok bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "on", "true", "yes":
		return true, true
	case "off", "false", "no":
		return false, true
	}
	return false, false
}
