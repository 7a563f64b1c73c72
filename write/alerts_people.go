package write

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/book"
)

var (
	goneForGood = regexp.MustCompile(`(?i)\b(?:dead|died|dies|death|drowned|killed|buried|murdered|perished|hanged|for good|for ever|forever|never (?:to )?(?:return|come back|came back))\b`)
	atRest      = regexp.MustCompile(`(?i)\b(?:grave|graves|buried|churchyard|cemetery|coffin|tomb|body|ashes|ghost|portrait|photograph|memory|name of|funeral)\b`)
	deeds       = `(?:said|asked|replied|answered|whispered|cried|shouted|nodded|laughed|smiled|walked|ran|stood|sat|turned|looked|shook|took|stepped|called|muttered|says|asks|walks|turns|nods|opened|came|went)`
	doesBehind  = regexp.MustCompile(`^ ` + deeds + `\b`)
	saysBefore  = regexp.MustCompile(`\b(?:said|asked|replied|answered|whispered|cried|shouted|muttered|called|says|asks) $`)
	// notNow are signs that a sentence is about what was, or is not so.
	notNow = regexp.MustCompile(`(?i)\b(?:had|once|used to|remember\w*|recall\w*|ago|would|could|if|as if|as though|dream\w*|ghost|imagine\w*|letter|wrote|diary|thought of|like|always|never|before|when)\b`)
)

// wrongExits finds people who act, or are somewhere, in a chapter after the one in
// which they died or left for good; each is told once a chapter.
func wrongExits(k *continuity) (list []candidate) {
	for id, gone := range k.gone() {
		for i := gone.chapter + 1; i < len(k.chapters); i++ {
			if quote, at := k.presence(i, id); at {
				list = append(list, candidate{Alert: book.Alert{
					Subject: k.shown(id),
					Problem: fmt.Sprintf("%s is gone since chapter %d, and is there in chapter %d.", k.shown(id), k.chapters[gone.chapter].ordinal, k.chapters[i].ordinal),
					Earlier: k.excerpt(gone.chapter, gone.quote), Later: k.excerpt(i, quote),
				}, pair: pair{attr: "at"}})
			}
		}
	}
	slices.SortFunc(list, func(a, b candidate) int { // a map has no order
		if d := strings.Compare(a.Subject, b.Subject); d != 0 {
			return d
		}
		return a.Later.Ordinal - b.Later.Ordinal
	})
	return list
}

// leaving is where somebody is gone.
type leaving struct {
	spot
	quote string
}

// gone is who dies or leaves for good, and where.
func (k *continuity) gone() map[string]leaving {
	list := map[string]leaving{}
	for i, t := range k.chapters {
		for _, f := range t.facts {
			_, known := list[f.Subject]
			if !known && f.Attr == "gone" && k.person(f.Subject) && (goneForGood.MatchString(f.Value) || goneForGood.MatchString(f.Quote)) && !otherTime.MatchString(f.Quote) {
				list[f.Subject] = leaving{k.where(i, f.Quote), f.Quote}
			}
		}
	}
	return list
}

// presence is the first sentence of a chapter in which somebody acts, or the
// quote of a fact that says where they are.
func (k *continuity) presence(chapter int, id string) (string, bool) {
	t := k.chapters[chapter]
	for _, s := range t.sentences {
		if !slices.Contains(s.named, id) || notNow.MatchString(s.text) || atRest.MatchString(s.text) {
			continue
		}
		for _, at := range k.who.FindAllStringIndex(s.text, -1) {
			acts := doesBehind.MatchString(s.text[at[1]:]) || saysBefore.MatchString(s.text[:at[0]])
			if acts && k.called(s.text[at[0]:at[1]]) == id && !spokenAt(t.text, s.at+at[0]) {
				return s.text, true
			}
		}
	}
	for _, f := range t.facts {
		if f.Subject == id && f.Attr == "at" && !notNow.MatchString(f.Quote) && !atRest.MatchString(f.Quote+" "+f.Value) {
			return f.Quote, true
		}
	}
	return "", false
}

// wrongNames finds words that are one letter off the name of somebody or something of
// the book, and people who get another name.
func wrongNames(k *continuity) []candidate {
	return append(k.slips(), k.renamed()...)
}

// slip is a word of the texts that may be a slip for a name.
type slip struct {
	times  int
	places []leaving // all of a known name, of others the first mostDrifts
}

// How often a word may stand and still be a slip for a name; what comes more
// often is a name of its own. In one chapter that does not have the right name,
// somebody's name may have drifted.
const (
	mostSlips  = 3
	mostDrifts = 12
)

// leastName is how many letters a name has at least that slips are looked for:
// shorter ones are often one letter off from other names, as Anna is from Ansa.
const leastName = 5

// slips compares the words that stand with a capital inside of sentences, and
// never without, with the names of concept and bible. Each place of a slip is told.
func (k *continuity) slips() (list []candidate) {
	known := k.knownWords()
	words, small := k.capitals(known)
	for _, word := range slices.Sorted(maps.Keys(words)) {
		s := words[word]
		if small[strings.ToLower(word)] || known[word] {
			continue
		}
		name := nearest(word, known)
		if name == "" || s.times > mostSlips && !s.drifts(words[name]) {
			continue
		}
		right := words[name]
		for _, at := range s.places {
			earlier := k.excerpt(-1, name)
			if len(right.places) > 0 && right.places[0].before(at.spot) {
				earlier = k.excerpt(right.places[0].chapter, right.places[0].quote)
			}
			list = append(list, candidate{book.Alert{
				Subject: name, Problem: fmt.Sprintf("%s is nearly %s, and nobody of that name is known.", word, name),
				Earlier: earlier, Later: k.excerpt(at.chapter, at.quote),
			}, pair{attr: "name", was: name, is: word}})
		}
	}
	return list
}

// drifts reports whether a word stands in one chapter only, where the right name
// does not.
func (s slip) drifts(right slip) bool {
	if s.times > mostDrifts || right.times <= s.times {
		return false
	}
	only := s.places[0].chapter
	return !slices.ContainsFunc(s.places, func(l leaving) bool { return l.chapter != only }) &&
		!slices.ContainsFunc(right.places, func(l leaving) bool { return l.chapter == only })
}

// nearest is the name that a word is one letter off, "" if none is. A plural is no
// slip.
func nearest(word string, known map[string]bool) string {
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if len([]rune(name)) >= leastName && oneLetterOff(word, name) && strings.TrimSuffix(word, "s") != strings.TrimSuffix(name, "s") {
			return name
		}
	}
	return ""
}

// knownWords are the words of all names that the book has.
func (k *continuity) knownWords() map[string]bool {
	known := map[string]bool{}
	add := func(names ...string) {
		for _, name := range names {
			for _, word := range nameWords(name) {
				if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) {
					known[word] = true
				}
			}
		}
	}
	for _, c := range k.concept.Cast {
		add(c.Name, c.Full)
	}
	for _, p := range k.concept.Places {
		add(p.Name)
	}
	for _, t := range k.concept.Things {
		add(t.Name)
	}
	for _, p := range k.bible.Characters {
		add(p.Aliases...)
	}
	for _, t := range k.bible.Glossary {
		add(t.Word)
	}
	return known
}

// nameWords are the words of a name without the marks of possession.
func nameWords(text string) []string {
	words := nameWord.FindAllString(text, -1)
	for i, w := range words {
		words[i] = bareName(w)
	}
	return words
}

// nameWord finds words that may be names.
var nameWord = regexp.MustCompile(`\p{L}[\p{L}’'-]*`)

// capitals are the words that stand with a capital inside of sentences, or before
// what somebody does, with their first place, and all words that stand without one.
func (k *continuity) capitals(known map[string]bool) (map[string]slip, map[string]bool) {
	words, small := map[string]slip{}, map[string]bool{}
	for i, t := range k.chapters {
		for _, s := range t.sentences {
			for _, at := range nameWord.FindAllStringIndex(s.text, -1) {
				w := bareName(s.text[at[0]:at[1]])
				r, _ := utf8.DecodeRuneInString(w)
				before, _ := utf8.DecodeLastRuneInString(s.text[:at[0]])
				inside := at[0] > 0 && !strings.ContainsRune("“\"‘'«„(—*_", before)
				switch {
				case unicode.IsLower(r):
					small[w] = true
				case unicode.IsUpper(r) && (inside || known[w] || doesBehind.MatchString(s.text[at[1]:])):
					x := words[w]
					if x.times++; x.times <= mostDrifts || known[w] {
						x.places = append(x.places, leaving{spot{i, s.at}, s.text})
					}
					words[w] = x
				}
			}
		}
	}
	return words, small
}

// bareName is a word without marks around it and the mark of possession.
func bareName(w string) string {
	w = strings.Trim(w, "'’-")
	return strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "'s")
}

// oneLetterOff reports whether one letter put in, taken out, changed or moved by
// one place turns one word into the other.
func oneLetterOff(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch len(y) - len(x) {
	case 0:
		if i == len(x) {
			return false
		}
		moved := i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
		return moved || slices.Equal(x[i+1:], y[i+1:])
	case 1:
		return slices.Equal(x[i:], y[i+1:])
	}
	return false
}

// renamed finds people whom facts call by names that share no word with any that
// they have.
func (k *continuity) renamed() (list []candidate) {
	type naming struct {
		chapter int
		book.Fact
	}
	first := map[string]naming{}
	for i, t := range k.chapters {
		for _, f := range t.facts {
			if f.Attr != "name" || !k.person(f.Subject) || !strings.Contains(f.Quote, f.Value) {
				continue
			}
			was, seen := first[f.Subject]
			if !seen {
				first[f.Subject] = naming{i, f}
				continue
			}
			if k.names[book.FoldName(f.Value)] == f.Subject || shareWord(was.Value, f.Value) {
				continue
			}
			list = append(list, candidate{book.Alert{
				Subject: k.shown(f.Subject), Problem: fmt.Sprintf("The name is %s in one place and %s in a later one.", was.Value, f.Value),
				Earlier: k.excerpt(was.chapter, was.Quote), Later: k.excerpt(i, f.Quote),
			}, pair{attr: "name", was: was.Value, is: f.Value}})
		}
	}
	return list
}

// shareWord reports whether two names have a word in common.
func shareWord(a, b string) bool {
	return slices.ContainsFunc(nameWords(a), func(w string) bool { return slices.Contains(nameWords(b), w) })
}
