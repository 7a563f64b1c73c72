package offline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/book"
)

// guideSubject is what a guide is about, as a phrase that may stand wherever an
// object may: "keeping bees". It is vague if titles should not repeat it.
type guideSubject struct {
	noun  string
	vague bool
}

// The longest phrase that is repeated inside sentences, in characters.
const guideLongest = 48

// guideVague stands for a topic that does not fit into sentences.
const guideVague = "this subject"

const guideKinds = `(?:guide|handbook|manual|introduction|intro|primer|workbook|tutorial|course|crash course|textbook|cookbook)`

var (
	guidePrefix = lazy(`(?i)^(?:a |an |the )?(?:(?:short|brief|complete|practical|beginner['’]?s['’]?|simple|quick|little|friendly|gentle|field|essential|ultimate) )*` + guideKinds + ` (?:to|of|on|about) `)
	guideStart  = lazy(`(?i)^(?:(?:the )?(?:basics|fundamentals|essentials|principles) of|all about|everything about|getting started (?:with|in|on)|introducing|understanding|mastering|what (?:is|are)|(?:teach|teaching) yourself|learn(?:ing)?(?: about)?) `)
	guideSuffix = lazy(`(?i)\s*[:–—,-]\s+(?:a|an|the|your)\s.*\b` + guideKinds + `\b.*$|\s+for (?:absolute |complete |total )?(?:beginners|dummies|kids|children|starters|novices|everyone)$|\s+(?:101|basics|fundamentals|essentials|step by step|` + guideKinds + `|curriculum|checklists?)$`)
	guideAsks   = regexp.MustCompile(`(?i)^(?:how|why|what|when|where|who|which) (?:do|does|did|is|are|was|were|can|could|should|will|would|has|have|must)\b`)
	guideWhyDo  = regexp.MustCompile(`(?i)^(how|why|when|where) do ([a-z].*)$`)
	guideHowTo  = regexp.MustCompile(`(?i)^(?:how )?to ([a-z]+)\b(.*)$`)
	guideLower  = regexp.MustCompile(`^(?:How|Why|What|When|Where|Which|Who|The|A|An|Your|Our|My|[A-Z][a-z]+ing)( [^A-Z]*)?$`)
	guidePlain  = regexp.MustCompile(`^(?:How to|The|A|An|Your|Our|My|[A-Z][a-z]+ing)( [^A-Z]*)?$`)
	guideCut    = regexp.MustCompile(`(?i)^(\S+ \S+.*?) (?:in|for|with|on|at|from|without|using|when|while|by|under|during|after|before) .*$`)
	guideUnsafe = regexp.MustCompile("[<>{}\\[\\]|`*_#~\\\\^=@“”\"/&$%+]")
)

// guideTopic finds the phrase for a brief's topic, else its title.
func guideTopic(b book.Brief) guideSubject {
	for _, text := range []string{b.Topic, b.Title} {
		if strings.TrimSpace(text) != "" {
			return guidePhrase(text)
		}
	}
	return guideSubject{guideVague, true}
}

// guidePhrase turns a topic into a phrase.
func guidePhrase(topic string) guideSubject {
	s := strings.TrimRight(strings.Join(strings.Fields(topic), " "), " .!,;:")
	for range 3 {
		for _, cut := range []*regexp.Regexp{guidePrefix(), guideSuffix(), guideStart()} {
			if rest := strings.TrimSpace(cut.ReplaceAllString(s, "")); rest != "" {
				s = rest
			}
		}
	}
	if !guideSafe(s) {
		return guideSubject{guideVague, true}
	}
	if guideAsks.MatchString(s) {
		// "Why do cats purr?" is about why cats purr; other verbs would have to
		// change, so those questions stay as they are.
		clause := guideWhyDo.ReplaceAllString(strings.TrimRight(s, "? "), "$1 $2")
		if utf8.RuneCountInString(clause) > guideLongest || guideAsks.MatchString(clause) {
			return guideSubject{"this question", true}
		}
		return guideSubject{guideLowerFirst(clause), true}
	}
	s = strings.TrimRight(s, "? ")
	if guideLower.MatchString(s) {
		s = guideLowerFirst(s)
	}
	if m := guideHowTo.FindStringSubmatch(s); m != nil {
		s = guideDoing(m[1], m[2])
	}
	for utf8.RuneCountInString(s) > guideLongest {
		m := guideCut.FindStringSubmatch(s)
		if m == nil {
			return guideSubject{guideVague, true}
		}
		s = m[1]
	}
	return guideSubject{noun: s}
}

// guideSafe reports whether a text may stand inside a sentence: Latin letters
// for the most part, no marks of Markdown, no pictures.
func guideSafe(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Latin, r):
			letters++
		case unicode.IsLetter(r), unicode.Is(unicode.So, r), unicode.Is(unicode.Sk, r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			return false
		}
	}
	return letters >= 2 && 2*letters >= utf8.RuneCountInString(s) && utf8.RuneCountInString(s) <= 160 && !guideUnsafe.MatchString(s)
}

// guideDoing turns "keep" and " bees" into "keeping bees"; where a second verb
// or an adverb makes that doubtful it falls back on "learning how to …".
func guideDoing(verb, rest string) string {
	verb = strings.ToLower(verb)
	doubtful := map[string]bool{"not": true, "best": true, "really": true, "actually": true, "never": true, "always": true, "effectively": true, "and": true, "or": true}
	if doubtful[verb] || strings.HasSuffix(verb, "ly") && verb != "fly" && verb != "apply" && verb != "rely" && verb != "supply" ||
		strings.Contains(rest, " and ") || strings.Contains(rest, " or ") || strings.Contains(rest, ",") {
		return "learning how to " + verb + rest
	}
	return guideGerund(verb) + rest
}

// guideDoubles lists verbs of more than one syllable that double their last
// letter, and short ones that look as if they did not.
var guideDoubles = map[string]bool{"begin": true, "forget": true, "prefer": true, "refer": true, "commit": true, "admit": true, "permit": true, "submit": true, "occur": true, "control": true, "quit": true, "forgive": false, "regret": true, "compel": true, "equip": true, "quiz": true}

// guideGerund is the -ing form of a verb.
func guideGerund(verb string) string {
	n := len(verb)
	switch {
	case strings.HasSuffix(verb, "ie"):
		return verb[:n-2] + "ying"
	case strings.HasSuffix(verb, "e") && n > 2 && !strings.HasSuffix(verb, "ee") && !strings.HasSuffix(verb, "oe") && !strings.HasSuffix(verb, "ye") && verb != "singe":
		return verb[:n-1] + "ing"
	case guideDoubles[verb] || guideShort(verb):
		return verb + verb[n-1:] + "ing"
	default:
		return verb + "ing"
	}
}

// guideShort reports whether a verb is one syllable that ends in consonant,
// vowel, consonant, such as run or plan.
func guideShort(verb string) bool {
	n := len(verb)
	if n < 3 {
		return false
	}
	vowel := func(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }
	vowels := 0
	for i := range n {
		if vowel(verb[i]) {
			vowels++
		}
	}
	last := verb[n-1]
	return vowels == 1 && vowel(verb[n-2]) && !vowel(last) && last != 'w' && last != 'x' && last != 'y'
}

// guideTitle is the title of the book: the maker's, else one from the topic.
func guideTitle(b book.Brief, s guideSubject) string {
	switch topic := strings.Join(strings.Fields(b.Topic), " "); {
	case b.Title != "":
		return b.Title
	case topic != "" && !s.vague:
		return guideCapitals(s.noun)
	case topic != "":
		return guideClip(guideUpper(topic), 80)
	}
	var titles []string
	for _, h := range b.Outline {
		if h.Level == 1 {
			titles = append(titles, h.Title)
		}
	}
	switch n := len(titles); {
	case n > 1 && len(titles[0])+len(titles[n-1]) < 60:
		return "From " + titles[0] + " to " + titles[n-1]
	case n > 0:
		return titles[0]
	}
	return "A Guided Workbook"
}

// guideCapitals writes a phrase as a title.
func guideCapitals(s string) string {
	small := map[string]bool{"a": true, "an": true, "the": true, "and": true, "or": true, "of": true, "to": true, "in": true, "on": true, "at": true, "for": true, "with": true, "by": true, "from": true, "as": true}
	words := strings.Fields(s)
	for i, w := range words {
		if i == 0 || !small[w] {
			words[i] = guideUpper(w)
		}
	}
	return strings.Join(words, " ")
}

func guideUpper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

func guideLowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// guideClip shortens a text to about n characters, at a space.
func guideClip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := string(runes[:n])
	if at := strings.LastIndexByte(cut, ' '); at > n/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.-–—") + "…"
}

// guideNumber is a small number in words.
func guideNumber(n int) string {
	words := []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}
	tens := []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	switch {
	case n < len(words):
		return words[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + words[n%10]
	}
	return guideNumber(n/100) + " hundred and " + guideNumber(n%100)
}

// guideName is how a heading is called inside a sentence: as a phrase if it
// surely is one, else in quotation marks; vague if it is too long for either.
func guideName(title string) string {
	t := strings.Join(strings.Fields(title), " ")
	switch {
	case utf8.RuneCountInString(t) > guideLongest+12 || strings.ContainsAny(t, "“”\""):
		return "this part"
	case guideSafe(t) && guidePlain.MatchString(t) && !strings.ContainsAny(t, "?!:;"):
		t = guideLowerFirst(t)
		if m := guideHowTo.FindStringSubmatch(t); m != nil {
			return guideDoing(m[1], m[2])
		}
		return t
	}
	return "“" + guideEscape(t) + "”"
}

var guideSpecial = regexp.MustCompile("[\\\\<>\\[\\]*_`|~{}]|&(?:[a-zA-Z]+|#[0-9a-fA-FxX]+);")

// guideOpens matches what would begin a heading, a list or a rule.
var guideOpens = regexp.MustCompile(`^()([#+=-])|^(\d{1,9})([.)](?:\s|$))`)

// guideEscape makes a text safe anywhere in Markdown: it means what it says and
// nothing more.
func guideEscape(s string) string {
	s = guideSpecial.ReplaceAllStringFunc(strings.Join(strings.Fields(s), " "), func(m string) string { return `\` + m })
	return guideOpens.ReplaceAllString(s, `$1$3\$2$4`)
}
