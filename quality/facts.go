package quality

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The patterns of facts in a text.
var factRules = sync.OnceValue(func() (r struct{ weekday, weekdayUS, quantity, year *regexp.Regexp }) {
	const days, months = `(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)`, `(January|February|March|April|May|June|July|August|September|October|November|December)`
	r.weekday = regexp.MustCompile(days + `,? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ` + months + `,? (\d{4})`)
	r.weekdayUS = regexp.MustCompile(days + `,? ` + months + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})`)
	r.quantity = regexp.MustCompile(`^([\d.,]+) (\p{L}+)$`)
	r.year = regexp.MustCompile(`\b\d{4}\b`)
	return r
})

// factCheck counts what contradicts the ledger or the calendar (M18). Days of
// the week need no ledger, nor do eyes that change their colour.
func factCheck(b *body) outcome {
	var o outcome
	eyes := map[string]string{}
	var rules []factRule
	for _, f := range b.plan.Facts {
		if f.Attr == "eyes" {
			if colour := colourIn(f.Value, irises); colour != "" {
				eyes[strings.ToLower(f.Subject)] = colour
			}
		} else if r := f.rule(); r.checks() {
			rules = append(rules, r)
		}
	}
	for i := range b.chapters {
		c := &b.chapters[i]
		o.evidence = append(o.evidence, c.wrongWeekdays()...)
		o.evidence = append(o.evidence, b.eyesIn(c, eyes)...)
		for _, r := range rules {
			o.evidence = append(o.evidence, c.against(r)...)
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

// Colours, each with those that may be said of the same thing: dark hair is
// brown or black. Irises are without red and black, which eyes are from tears
// and blows.
var (
	hairs = map[string][]string{"black": {"black"}, "dark": {"black", "brown"}, "brown": {"brown"}, "auburn": {"brown", "red"}, "red": {"red"}, "blond": {"blond"},
		"blonde": {"blond"}, "golden": {"blond"}, "fair": {"blond"}, "grey": {"grey"}, "gray": {"grey"}, "silver": {"grey", "white"}, "white": {"white"}}
	irises = map[string][]string{"blue": {"blue"}, "green": {"green"}, "brown": {"brown"}, "grey": {"grey"}, "gray": {"grey"}, "hazel": {"brown", "green"},
		"amber": {"brown"}, "violet": {"blue", "violet"}}
)

// otherColour reports whether both are colours and cannot be one.
func otherColour(a, b string, colours map[string][]string) bool {
	return colours[a] != nil && colours[b] != nil && !slices.ContainsFunc(colours[a], func(one string) bool { return slices.Contains(colours[b], one) })
}

// colourIn is the first colour of a text such as "a pale blue", "" if it has none.
func colourIn(text string, colours map[string][]string) string {
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !wordy(r) }) {
		if colours[word] != nil {
			return word
		}
	}
	return ""
}

// eyesIn finds "Name's green eyes" and "Name's eyes were green" where they were
// of another colour before.
func (b *body) eyesIn(c *chapter, eyes map[string]string) (list []Evidence) {
	for i := 0; i+2 < len(c.words); i++ {
		if !c.words[i].upper {
			continue
		}
		owner, has := strings.CutSuffix(b.at(c, i), "'s")
		if !has {
			continue
		}
		colour, end := b.eyesAt(c, i+1)
		if colour == "" {
			continue
		}
		if before := eyes[owner]; before == "" {
			eyes[owner] = colour
		} else if otherColour(colour, before, irises) {
			list = append(list, c.wordsAt(i, end, "they were "+before))
		}
	}
	return list
}

// eyesAt reads "green eyes" or "eyes were green" at word i.
func (b *body) eyesAt(c *chapter, i int) (colour string, end int) {
	first := b.at(c, i)
	if i+1 < len(c.words) && irises[first] != nil && b.at(c, i+1) == "eyes" {
		return first, i + 2
	}
	if i+2 < len(c.words) && first == "eyes" && copulas[b.at(c, i+1)] && irises[b.at(c, i+2)] != nil {
		return b.at(c, i+2), i + 3
	}
	return "", i
}

// factRule is how a text is held against one fact: what it says is the first
// group of the pattern, and differs tells whether that is something else.
type factRule struct {
	fact    Fact
	pattern *regexp.Regexp
	differs func(said string) bool
	key     []byte         // what the pattern cannot match without: it is looked for first
	needs   *regexp.Regexp // what the sentence must have beside the pattern; nil is nothing
}

// checks reports whether the rule can find anything.
func (r factRule) checks() bool {
	return r.pattern != nil || r.fact.Attr == "eyes" && colourIn(r.fact.Value, irises) != ""
}

// rule makes the rule of a fact. It checks nothing if there is nothing in the
// fact that code can hold a text against.
func (f Fact) rule() factRule {
	first, _, _ := strings.Cut(f.Subject, " ")
	first, _, _ = strings.Cut(strings.ReplaceAll(first, "’", "'"), "'")
	r := factRule{fact: f, key: []byte(first)}
	name, number := strings.NewReplacer("’", "['’]", "'", "['’]").Replace(regexp.QuoteMeta(f.Subject)), numberOf(f.Value)
	if f.Subject == "" {
		return r
	}
	switch quantity := factRules().quantity.FindStringSubmatch(f.Value); {
	case f.Attr == "eyes":
	case f.Attr == "age" && number > 0:
		r.pattern = regexp.MustCompile(`\b` + name + `(?:,| was| is| had just turned| turned) (\d{1,3}|` + spelled + `)\b(?: years|,|\.|!| and\b)`)
		r.differs = func(said string) bool { return numberOf(said) != number }
	case f.Attr == "hair" && colourIn(f.Value, hairs) != "":
		r.pattern = regexp.MustCompile(`\b` + name + `['’]s (?:\w+ )?(\w+) hair\b`)
		r.differs = func(said string) bool { return otherColour(said, colourIn(f.Value, hairs), hairs) }
	case f.Attr == "born" && factRules().year.MatchString(f.Value):
		r.pattern = regexp.MustCompile(`\b` + name + ` (?:was|is) born (?:\w+,? ){1,6}?(\d{4})\b`)
		r.differs = func(said string) bool { return said != factRules().year.FindString(f.Value) }
	case quantity != nil && f.Attr != "age" && f.Attr != "":
		r.pattern = regexp.MustCompile(`\b(\d[\d.,]*) ` + regexp.QuoteMeta(quantity[2]) + `\b`)
		r.key = []byte(quantity[2])
		r.differs = func(said string) bool { return plainNumber(said) != plainNumber(quantity[1]) }
		r.needs = regexp.MustCompile(`(?is)\b` + name + `\b.*\b` + regexp.QuoteMeta(f.Attr) + `\b|\b` + regexp.QuoteMeta(f.Attr) + `\b.*\b` + name + `\b`)
	}
	return r
}

// plainNumber is a number without marks between its digits or behind them.
func plainNumber(text string) string {
	return strings.ReplaceAll(strings.TrimRight(text, ".,"), ",", "")
}

// The numbers that people write as words.
const (
	ones    = "one|" + more
	more    = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
	tens    = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
	spelled = `(?:(?:` + tens + `)(?:[- ](?:` + ones + `))?|` + more + `)` // "was one and all" tells no age
)

// numberOf reads the first number of a text below 1,000, in digits or words: 34
// of "thirty-four years"; 0 is none.
func numberOf(text string) int {
	n := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !wordy(r) }) {
		value, err := strconv.Atoi(word)
		if i := slices.Index(strings.Split(ones, "|"), word); i >= 0 {
			value, err = i+1, nil
		} else if i := slices.Index(strings.Split(tens, "|"), word); i >= 0 {
			value, err = 20+10*i, nil
		}
		switch {
		case err != nil && n > 0:
			return n
		case err != nil:
		case n >= 20 && value < 10:
			return n + value
		case n > 0:
			return n
		case value > 0 && value < 1000:
			n = value
		}
	}
	return n
}

// against finds sentences of a chapter that contradict one fact.
func (c *chapter) against(r factRule) (list []Evidence) {
	if !bytes.Contains(c.plain, r.key) {
		return nil
	}
	for _, s := range c.sentences {
		text := c.plain[s.start:s.end]
		if !bytes.Contains(text, r.key) {
			continue
		}
		for _, at := range r.pattern.FindAllSubmatchIndex(text, -1) {
			if r.differs(string(text[at[2]:at[3]])) && (r.needs == nil || r.needs.Match(text)) {
				list = append(list, c.evidence(s.start+at[0], s.start+at[1], r.fact.Attr+" of "+r.fact.Subject+": "+r.fact.Value))
			}
		}
	}
	return list
}
