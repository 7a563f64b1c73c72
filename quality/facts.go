package quality

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The patterns of facts in a text.
var factRules = sync.OnceValue(func() (r struct{ weekday, weekdayUS, quantity *regexp.Regexp }) {
	const days, months = `(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)`, `(January|February|March|April|May|June|July|August|September|October|November|December)`
	r.weekday = regexp.MustCompile(days + `,? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ` + months + `,? (\d{4})`)
	r.weekdayUS = regexp.MustCompile(days + `,? ` + months + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})`)
	r.quantity = regexp.MustCompile(`^([\d.,]+) (\p{L}+)$`)
	return r
})

// factCheck counts what contradicts the ledger or the calendar (M18). Days of
// the week need no ledger, nor do eyes that change their colour.
func factCheck(b *body) outcome {
	var o outcome
	eyes := map[string]string{}
	for _, f := range b.plan.Facts {
		if f.Attr == "eyes" {
			eyes[strings.ToLower(f.Subject)] = strings.ToLower(f.Value)
		}
	}
	for i := range b.chapters {
		c := &b.chapters[i]
		o.evidence = append(o.evidence, c.wrongWeekdays()...)
		o.evidence = append(o.evidence, b.eyesIn(c, eyes)...)
		for _, f := range b.plan.Facts {
			o.evidence = append(o.evidence, b.against(c, f)...)
		}
	}
	o.values = []float64{float64(len(o.evidence))}
	if len(b.plan.Facts) == 0 {
		o.note = "without a ledger: days of the week and eyes only"
	}
	return o
}

// wrongWeekdays finds dates since 1753 with another day of the week.
func (c *chapter) wrongWeekdays() (list []Evidence) {
	rules := factRules()
	look := func(text []byte, start int, rule *regexp.Regexp, day, month int) {
		for _, at := range rule.FindAllSubmatchIndex(text, -1) {
			group := func(n int) string { return string(text[at[2*n]:at[2*n+1]]) }
			year, _ := strconv.Atoi(group(4)) // digits only
			date, err := time.Parse("2 January 2006", group(day)+" "+group(month)+" "+group(4))
			if err == nil && year >= 1753 && date.Weekday().String() != group(1) {
				list = append(list, c.evidence(start+at[0], start+at[1], "that day was a "+date.Weekday().String()))
			}
		}
	}
	for _, p := range c.paras {
		if text := c.plain[p.start:p.end]; bytes.Contains(text, []byte("day")) && bytes.ContainsAny(text, "0123456789") {
			look(text, p.start, rules.weekday, 2, 3)
			look(text, p.start, rules.weekdayUS, 3, 2)
		}
	}
	return list
}

var colours = set("blue green brown grey gray black hazel amber violet golden red blond blonde white silver auburn dark fair")

// eyesIn finds "Name's green eyes" and "Name's eyes were green" where they were
// of another colour before.
func (b *body) eyesIn(c *chapter, eyes map[string]string) (list []Evidence) {
	for i := 0; i+2 < len(c.words); i++ {
		owner, has := strings.CutSuffix(b.at(c, i), "'s")
		if !has || !c.words[i].upper {
			continue
		}
		colour, end := b.colourOf(c, i+1, "eyes")
		if colour == "" {
			continue
		}
		if before := eyes[owner]; before != "" && before != colour {
			list = append(list, c.wordsAt(i, end, "they were "+before))
		} else {
			eyes[owner] = colour
		}
	}
	return list
}

// colourOf reads "green eyes" or "eyes were green" at word i.
func (b *body) colourOf(c *chapter, i int, what string) (colour string, end int) {
	first := b.at(c, i)
	if i+1 < len(c.words) && colours[first] && b.at(c, i+1) == what {
		return first, i + 2
	}
	if i+2 < len(c.words) && first == what && copulas[b.at(c, i+1)] && colours[b.at(c, i+2)] {
		return b.at(c, i+2), i + 3
	}
	return "", i
}

// against finds sentences of a chapter that contradict one fact: another age or
// colour of hair of the same person, or another number with the same unit in a
// sentence that names subject and attribute.
func (b *body) against(c *chapter, f Fact) (list []Evidence) {
	subject := strings.ToLower(f.Subject)
	var rule *regexp.Regexp
	name := regexp.QuoteMeta(f.Subject)
	switch quantity := factRules().quantity.FindStringSubmatch(f.Value); {
	case f.Subject == "":
		return nil
	case f.Attr == "age":
		rule = regexp.MustCompile(`\b` + name + `(?:,| was| is| had just turned| turned) (\d{1,3})\b(?: years|,|\.| and)`)
	case f.Attr == "hair":
		rule = regexp.MustCompile(`\b` + name + `['’]s (\w+) hair\b`)
	case quantity != nil:
		rule = regexp.MustCompile(`\b([\d][\d.,]*) ` + regexp.QuoteMeta(quantity[2]) + `\b`)
	default:
		return nil
	}
	for _, s := range c.sentences {
		text := c.plain[s.start:s.end]
		if !strings.Contains(strings.ToLower(string(text)), subject) || f.Attr != "age" && f.Attr != "hair" && !strings.Contains(strings.ToLower(string(text)), strings.ToLower(f.Attr)) {
			continue
		}
		for _, at := range rule.FindAllSubmatchIndex(text, -1) {
			said, value := strings.TrimRight(string(text[at[2]:at[3]]), ".,"), strings.Fields(f.Value+" ")
			if len(value) > 0 && said != value[0] && (f.Attr != "hair" || colours[said]) {
				list = append(list, c.evidence(s.start+at[0], s.start+at[1], f.Attr+" of "+f.Subject+": "+f.Value))
			}
		}
	}
	return list
}
