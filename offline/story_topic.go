package offline

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/book"
)

// subject is what a brief's topic gives to a story. Fields that the topic does
// not have are empty.
type subject struct {
	trade  string // what the protagonist does: "lamplighter"
	who    string // a person's name in the topic
	place  string // a place's name: "Skerry Point"
	thing  string // a thing or idea with its article: "the glass orchard"
	rumour string // a topic that is none of these, as a quoted saying
	words  string // all of the brief's words in lower case, to guess the setting by
	names  []string
}

var (
	ofPlace   = regexp.MustCompile(`(?i)^(?:the |an? )?([\pL’' -]+?) (?:of|at|in|on|from|off|near|under|above|behind) (.+)$`)
	townOf    = regexp.MustCompile(`^(?:[Tt]he )?(?:city|town|village|port|kingdom|land|isle|island) of (\p{Lu}.*)$`)
	andAnd    = regexp.MustCompile(`(?i)^(.+?) and (.+)$`)
	plainText = regexp.MustCompile(`^[\p{Latin}’' ,.-]+$`)
	nameRun   = regexp.MustCompile(`\b\p{Lu}[\p{Ll}]{2,}(?: \p{Lu}[\p{Ll}]{2,})?\b`)
)

// subjectOf parses the topic, or the title and premise where there is none.
func subjectOf(b book.Brief) subject {
	topic := strings.Trim(strings.Join(strings.Fields(b.Topic), " "), " .,;:!-")
	if topic == "" {
		topic = strings.Trim(strings.Join(strings.Fields(b.Title), " "), " .,;:!-")
	}
	s := subject{words: strings.ToLower(topic + " " + b.Title + " " + b.Premise)}
	for _, h := range b.Outline {
		s.words += " " + strings.ToLower(h.Title+" "+h.Description)
	}
	s.readPremise(b.Premise)
	if topic == "" {
		return s
	}
	topic = strings.ReplaceAll(topic, "'", "’")
	if !plainText.MatchString(topic) || utf8.RuneCountInString(topic) > 60 || len(strings.Fields(topic)) > 8 {
		s.long(topic)
		return s
	}
	s.short(topic)
	return s
}

// long reads a topic that is a sentence: its trade and its names, if it has
// any, and all of it as something that people talk about.
func (s *subject) long(topic string) {
	s.rumour = clip(topic, 120)
	for _, w := range strings.Fields(strings.ToLower(topic)) {
		w = strings.Trim(w, ".,;:!?’'\"“”()")
		if s.trade == "" && isTrade(w) {
			s.trade = w
		}
	}
	for _, n := range nameRun.FindAllString(topic, 8) {
		s.addName(n)
	}
	s.takeNames(topic)
}

// short reads a topic of a few plain words.
func (s *subject) short(topic string) {
	if m := ofPlace.FindStringSubmatch(topic); m != nil && isTrade(lastWord(m[1])) {
		s.trade = strings.ToLower(strings.TrimSpace(m[1]))
		s.locate(m[2])
		return
	}
	if m := andAnd.FindStringSubmatch(topic); m != nil {
		s.pair(m[1], m[2])
		return
	}
	bare := stripArticle(topic)
	owner, owned, hasOwner := strings.Cut(bare, "’s ")
	switch {
	case isTrade(strings.ToLower(lastWord(bare))):
		s.trade = strings.ToLower(bare)
	case hasOwner && isTrade(strings.ToLower(lastWord(stripArticle(owner)))):
		s.trade, s.thing = strings.ToLower(stripArticle(owner)), "the "+strings.ToLower(owned)
	case isPersonName(topic):
		s.who = topic
	case isPlaceName(topic):
		s.place = topic
	case len(strings.Fields(bare)) <= 4 && nounLike(bare):
		s.thing = withArticle(topic)
	default:
		s.rumour = topic
		s.takeNames(topic)
	}
}

// pair reads “X and Y”: a trade becomes the protagonist's, the other half the
// thing that the story turns about.
func (s *subject) pair(x, y string) {
	for _, half := range []string{y, x} {
		bare := strings.ToLower(stripArticle(half))
		switch {
		case s.trade == "" && isTrade(lastWord(bare)):
			s.trade = bare
		case s.who == "" && isPersonName(half):
			s.who = half
		case s.thing == "" && len(strings.Fields(bare)) <= 3:
			s.thing = withArticle(half)
		}
	}
}

// locate takes what follows “of” or “at”: a named place, or a common one.
func (s *subject) locate(where string) {
	where = strings.TrimSpace(where)
	if m := townOf.FindStringSubmatch(where); m != nil {
		where = m[1]
	}
	if r, _ := utf8.DecodeRuneInString(stripArticle(where)); unicode.IsUpper(r) {
		s.place = where
		return
	}
	if len(strings.Fields(where)) <= 4 {
		s.place = titled(stripArticle(where))
	}
}

// takeNames keeps the first place name in a long topic.
func (s *subject) takeNames(text string) {
	for _, n := range nameRun.FindAllString(text, 20) {
		if s.place == "" && isPlaceName(n) {
			s.place = n
		}
	}
}

// readPremise takes the names that return in the premise, first come first.
func (s *subject) readPremise(premise string) {
	if premise == "" {
		return
	}
	count := map[string]int{}
	var order []string
	starts := regexp.MustCompile(`[.!?]\s+\p{Lu}`)
	text := starts.ReplaceAllStringFunc(" "+premise, strings.ToLower)
	for _, n := range nameRun.FindAllString(text, 400) {
		if count[n] == 0 {
			order = append(order, n)
		}
		count[n]++
	}
	for _, n := range order {
		switch {
		case isPlaceName(n) && s.place == "":
			s.place = n
		case !isPlaceName(n) && !smallWords[strings.ToLower(n)] && !commonStart[n]:
			s.addName(n)
		}
	}
	for w := range strings.FieldsSeq(strings.ToLower(premise)) {
		if w = strings.Trim(w, ".,;:!?’'\"“”()"); s.trade == "" && isTrade(w) {
			s.trade = w
		}
	}
}

func (s *subject) addName(n string) {
	if len(s.names) < 6 && !slices.Contains(s.names, n) && !commonStart[strings.Fields(n)[0]] && !isPlaceName(n) {
		s.names = append(s.names, n)
	}
}

// commonStart are words that stand with a capital without being names.
var commonStart = wordSet("The A An In On At When While After Before If But And Or As It He She They His Her Their There This That Then One Once Every Each Some Two What Who Why How For From With Without Not No My Our We You I Chapter Part Book Now Only Even Still Yet So By To Of Old New Young Little Great")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// clip shortens a text to at most n letters, at a word's end if it can.
func clip(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	r := []rune(text)[:n]
	cut := string(r)
	if i := strings.LastIndex(cut, " "); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:-") + "…"
}
