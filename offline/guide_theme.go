package offline

import (
	"regexp"
	"slices"

	"quire/book"
)

// themes chooses the stage of learning that each chapter leans on: a workbook's
// own stages, else one that its title speaks of, else one that is left.
func (g *guideBook) themes(chapters []book.OutlineChapter) []guideStage {
	if g.workbook {
		return guideStages(g.seed, len(chapters))
	}
	all := guideWords().stages
	out := make([]guideStage, len(chapters))
	for from := 0; from < len(chapters); from += len(all) {
		round := chapters[from:min(from+len(all), len(chapters))]
		free := chance(g.seed, "guide themes", from).Perm(len(all))
		for i, c := range round {
			if at := slices.IndexFunc(free, func(j int) bool { return guideThemes[all[j].name]().MatchString(c.Title) }); at >= 0 {
				out[from+i] = all[free[at]]
				free = slices.Delete(free, at, at+1)
			}
		}
		for i := range round {
			if out[from+i].name == "" {
				out[from+i], free = all[free[0]], free[1:]
			}
		}
	}
	return out
}

// guideThemes are words in titles that call for a stage.
var guideThemes = map[string]func() *regexp.Regexp{
	"question":  lazy(`(?i)\b(why|purpose|goals?|aims?|motivation)\b`),
	"inventory": lazy(`(?i)\b(already|background|myths?|overview)\b`),
	"words":     lazy(`(?i)\b(terms?|terminology|vocabulary|glossary|language|concepts?|what (is|are))\b`),
	"reading":   lazy(`(?i)\b(history|theory|theories|books?|sources?|literature|research|further)\b`),
	"people":    lazy(`(?i)\b(people|community|clubs?|team|customers?|clients?|mentors?|neighbou?rs?)\b`),
	"look":      lazy(`(?i)\b(site|place|spot|location|inspect\w*|observ\w*|seasons?|field|visit\w*)\b`),
	"parts":     lazy(`(?i)\b(parts?|anatomy|structure|types?|kinds?|components?|architecture|elements?)\b`),
	"means":     lazy(`(?i)\b(tools?|equipment|costs?|budget\w*|money|materials?|resources?|kit|supplies)\b`),
	"care":      lazy(`(?i)\b(safe\w*|risks?|laws?|rules?|legal|ethics|security|health)\b`),
	"choose":    lazy(`(?i)\b(choos\w+|select\w*|decid\w+|decisions?|options?|buy\w*|comparing|which)\b`),
	"trial":     lazy(`(?i)\b(first|start\w*|beginn?ing|experiments?|trial|setting up|setup|prototype)\b`),
	"routine":   lazy(`(?i)\b(practi[cs]\w+|daily|habits?|routines?|maintenance|technique\w*|training|exercise\w*)\b`),
	"records":   lazy(`(?i)\b(records?|logs?|measur\w+|track\w*|data|journal|metrics|harvest\w*)\b`),
	"trouble":   lazy(`(?i)\b(problems?|trouble\w*|mistakes?|pests?|disease\w*|fail\w*|errors?|debug\w*|wrong|repair\w*)\b`),
	"teach":     lazy(`(?i)\b(teach\w*|present\w*|shar\w+|explain\w*|writing|communicat\w+)\b`),
	"next":      lazy(`(?i)\b(next|future|conclusion|beyond|after\w*|going further|outlook)\b`),
}
