package offline

import (
	"regexp"
	"slices"

	"quire/book"
)

// themes chooses the stage of learning that each chapter leans on: a workbook's
// own stages, else one that its titles speak of, else one not used lately.
func (g *guideBook) themes(chapters []book.OutlineChapter) []guideStage {
	if g.workbook {
		return guideStages(g.seed, len(chapters))
	}
	all := guideWords().stages
	order := chance(g.seed, "guide themes").Perm(len(all))
	var out []guideStage
	for i, c := range chapters {
		if i%len(all) == 0 && i > 0 {
			order = chance(g.seed, "guide themes", i).Perm(len(all))
		}
		pick := 0
		for j, at := range order {
			if guideSuits(all[at].name, c) {
				pick = j
				break
			}
		}
		out = append(out, all[order[pick]])
		order = slices.Delete(order, pick, pick+1)
		if len(order) == 0 {
			order = chance(g.seed, "guide themes", i, "again").Perm(len(all))
		}
	}
	return out
}

// guideThemes are words in titles that call for a stage.
var guideThemes = map[string]*regexp.Regexp{
	"question":  regexp.MustCompile(`(?i)\b(why|purpose|goals?|aims?|motivation)\b`),
	"inventory": regexp.MustCompile(`(?i)\b(already|background|myths?|overview)\b`),
	"words":     regexp.MustCompile(`(?i)\b(terms?|terminology|vocabulary|glossary|language|concepts?|what (is|are))\b`),
	"reading":   regexp.MustCompile(`(?i)\b(history|theory|theories|books?|sources?|literature|research|further)\b`),
	"people":    regexp.MustCompile(`(?i)\b(people|community|clubs?|team|customers?|clients?|mentors?|neighbou?rs?)\b`),
	"look":      regexp.MustCompile(`(?i)\b(site|place|spot|location|inspect\w*|observ\w*|seasons?|field|visit\w*)\b`),
	"parts":     regexp.MustCompile(`(?i)\b(parts?|anatomy|structure|types?|kinds?|components?|architecture|elements?)\b`),
	"means":     regexp.MustCompile(`(?i)\b(tools?|equipment|costs?|budget\w*|money|materials?|resources?|kit|supplies)\b`),
	"care":      regexp.MustCompile(`(?i)\b(safe\w*|risks?|laws?|rules?|legal|ethics|security|health)\b`),
	"choose":    regexp.MustCompile(`(?i)\b(choos\w+|select\w*|decid\w+|decisions?|options?|buy\w*|comparing|which)\b`),
	"trial":     regexp.MustCompile(`(?i)\b(first|start\w*|beginn?ing|experiments?|trial|setting up|setup|prototype)\b`),
	"routine":   regexp.MustCompile(`(?i)\b(practi[cs]\w+|daily|habits?|routines?|maintenance|technique\w*|training|exercise\w*)\b`),
	"records":   regexp.MustCompile(`(?i)\b(records?|logs?|measur\w+|track\w*|data|journal|metrics|harvest\w*)\b`),
	"trouble":   regexp.MustCompile(`(?i)\b(problems?|trouble\w*|mistakes?|pests?|disease\w*|fail\w*|errors?|debug\w*|wrong|repair\w*)\b`),
	"teach":     regexp.MustCompile(`(?i)\b(teach\w*|present\w*|shar\w+|explain\w*|writing|communicat\w+)\b`),
	"next":      regexp.MustCompile(`(?i)\b(next|future|conclusion|beyond|after\w*|going further|outlook)\b`),
}

func guideSuits(stage string, c book.OutlineChapter) bool {
	return guideThemes[stage].MatchString(c.Title)
}
