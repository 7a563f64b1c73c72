package write

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is a sentence of a chapter with the people that it names.
type sentence struct {
	text  string
	at    int // its first byte
	named []string
}

// split divides a text into sentences, not over the ends of paragraphs.
func (k *continuity) split(text string) (list []sentence) {
	begin := 0
	add := func(end int) {
		whole := text[begin:end]
		trimmed := strings.TrimSpace(whole)
		if trimmed != "" {
			s := sentence{text: trimmed, at: begin + strings.Index(whole, trimmed)}
			s.named = k.namedIn(trimmed)
			list = append(list, s)
		}
		begin = end
	}
	for i, r := range text {
		switch {
		case i < begin:
		case r == '\n':
			add(i + 1)
		case strings.ContainsRune(sentenceEnds, r):
			end := i + utf8.RuneLen(r)
			for end < len(text) {
				c, size := utf8.DecodeRuneInString(text[end:])
				if !strings.ContainsRune("”’\"'»)]*_」』"+sentenceEnds, c) {
					break
				}
				end += size
			}
			next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[end:], " "))
			spaced := end == len(text) || unicode.IsSpace(rune(text[end]))
			if spaced && !unicode.IsLower(next) && (r != '.' || !titled(text[begin:i])) || r > unicode.MaxLatin1 && r != '…' {
				add(end)
			}
		}
	}
	add(len(text))
	return list
}

// titled reports whether a text ends with a short title such as Mr.
func titled(text string) bool {
	last := text[strings.LastIndexAny(text, " \n“\"(")+1:]
	return slices.Contains([]string{"Mr", "Mrs", "Ms", "Dr", "St", "Capt", "Prof", "No", "Rev", "Col", "Lt"}, last)
}

// namedIn lists the people whose names stand in a text, in order, each once.
func (k *continuity) namedIn(text string) (list []string) {
	if k.who == nil {
		return nil
	}
	for _, at := range k.who.FindAllStringIndex(text, -1) {
		id := k.called(text[at[0]:at[1]])
		if id != "" && wordAt(text, at[0], at[1]) && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// wordAt reports whether the bytes from start to end are whole words of a text.
func wordAt(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !inWord(before) && !inWord(after)
}

// spokenAt reports whether the byte of a sentence, in its paragraph, is said by
// somebody: a quotation mark is open before it.
func spokenAt(text string, at int) bool {
	paragraph := text[strings.LastIndex(text[:at], "\n")+1 : at]
	return strings.Count(paragraph, "“") > strings.Count(paragraph, "”") || strings.Count(paragraph, "\"")%2 == 1
}

// surroundings are a passage with about forty words before and behind it, which do not go
// over the ends of the text.
func surroundings(text string, start, end int) string {
	const n = 40
	for range n {
		start = strings.LastIndexFunc(strings.TrimRightFunc(text[:start], unicode.IsSpace), unicode.IsSpace) + 1
		rest := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
		next := strings.IndexFunc(rest, unicode.IsSpace)
		if next < 0 {
			next = len(rest)
		}
		end = len(text) - len(rest) + next
	}
	return text[start:end]
}

var (
	smallNumbers = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens         = strings.Fields("_ ten twenty thirty forty fifty sixty seventy eighty ninety")
)

// numberPattern finds a number up to 99 in words, or up to three digits.
var numberPattern = `(\d{1,3}|(?i:(?:` + strings.Join(tens[2:], "|") + `)(?:[- ](?:` + strings.Join(smallNumbers[1:10], "|") + `))?|` +
	strings.Join(slices.Concat(smallNumbers[10:], smallNumbers[1:10]), "|") + `))`

// readNumber reads a number in digits or words.
func readNumber(text string) (int, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if n, err := strconv.Atoi(text); err == nil {
		return n, true
	}
	sum := 0
	for i, word := range strings.FieldsFunc(text, func(r rune) bool { return r == '-' || r == ' ' }) {
		if n := slices.Index(tens, word); n > 1 && i == 0 {
			sum = 10 * n
		} else if n := slices.Index(smallNumbers, word); n >= 0 && (i == 0 || i == 1 && sum >= 20 && n > 0 && n < 10) {
			sum += n
		} else {
			return 0, false
		}
		if i > 1 {
			return 0, false
		}
	}
	return sum, text != ""
}

// inWords writes a number up to 99 in words, a larger one in digits.
func inWords(n int) string {
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n < len(smallNumbers):
		return smallNumbers[n]
	case n%10 == 0:
		return tens[n/10]
	}
	return tens[n/10] + "-" + smallNumbers[n%10]
}

// writtenLike writes n as the word says its own number: in digits or in words.
func writtenLike(word string, n int) string {
	if strings.ContainsFunc(word, unicode.IsDigit) {
		return strconv.Itoa(n)
	}
	return inWords(n)
}

// lapse is time that passes in a text, in years; -1 is not known how many.
type lapse struct{ at, years int }

var lapsePattern = regexp.MustCompile(`(?i)\b(\w+(?:-\w+)?)\s+(years?|decades?|winters|summers)\s+(?:\w+\s+)?(?:later|after|passed|on\b|went by|gone by|slipped)|\byears (?:later|passed|went by)`)

// lapses finds the years that pass in a text.
func lapses(text string) (list []lapse) {
	for _, at := range lapsePattern.FindAllStringSubmatchIndex(text, -1) {
		years := -1
		if at[2] >= 0 {
			if n, ok := readNumber(text[at[2]:at[3]]); ok {
				years = n
			} else if one := strings.ToLower(text[at[2]:at[3]]); one == "a" || one == "another" {
				years = 1
			}
			if years > 0 && strings.HasPrefix(strings.ToLower(text[at[4]:at[5]]), "decade") {
				years *= 10
			}
		}
		list = append(list, lapse{at[0], years})
	}
	return list
}

// passed is how many years pass between two places; known is false if the text
// does not tell.
func (k *continuity) passed(from, to spot) (years int, known bool) {
	for i := max(from.chapter, 0); i <= to.chapter; i++ {
		for _, l := range k.chapters[i].years {
			if p := (spot{i, l.at}); p.before(from) || to.before(p) {
				continue
			}
			if l.years < 0 {
				return 0, false
			}
			years += l.years
		}
	}
	return years, true
}

// contentWords are the words of a phrase that carry its meaning, cut to their
// stems by length alone.
func contentWords(phrase string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if runes := []rune(w); len(runes) > 2 && !commonWords[w] {
			words[string(runes[:min(len(runes), 6)])] = true
		}
	}
	return words
}

// commonWords say nothing of what a phrase is about.
var commonWords = setOf(`the and but that this these those with from for into about have has had was were are is been being will would who whom what which
	when where why how her his its their she they them him you your our not all any some there here then than only just now`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// samePhrase reports whether two phrases say nearly the same: most of the words
// of either that matter.
func samePhrase(a, b string) bool {
	x, y := contentWords(a), contentWords(b)
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	return both > 0 && 10*both >= 7*max(len(x), len(y))
}
