package write

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"quire/book"
)

const colourNames = `(blue|green|brown|grey|gray|black|hazel|amber|violet|red|blond|blonde|white|silver|auburn|ginger|chestnut)`

var (
	colourPattern = regexp.MustCompile(`(?i)\b` + colourNames + `\b`)
	sidePattern   = regexp.MustCompile(`(?i)\b(left|right)\b`)
	lookBehind    = regexp.MustCompile(`^[’']s (?:\w+,? )?` + colourNames + ` (eyes|hair)\b`)
	lookAfter     = regexp.MustCompile(`^[’']s (eyes|hair) (?:were|was|are|is) (?:(?:a|an|the|very|cold|pale|dark|bright|deep|light|clear|soft|cool|warm|as) ){0,2}` + colourNames + `\b`)
	scarPattern   = regexp.MustCompile(`(?i)\bscar\b[^.;]*\b(left|right) (\w+)|\b(left|right) (\w+)[^.;]*\bscar\b`)
)

// sameColour are colours that texts take for one another.
var sameColour = map[string]string{"gray": "grey", "silver": "grey", "white": "grey", "blonde": "blond", "hazel": "brown", "amber": "brown", "chestnut": "brown", "auburn": "red", "ginger": "red"}

func colourOf(word string) string {
	word = strings.ToLower(word)
	if same := sameColour[word]; same != "" {
		return same
	}
	return word
}

// look is what a place of the book says of somebody's eyes, hair or scar.
type look struct {
	spot
	attr  string
	value string // as it is compared
	word  string // as the quote writes it
	quote string
}

// wrongLooks finds eyes and hair of another colour, and scars on the other side. Hair
// that grows grey is no contradiction.
func wrongLooks(k *continuity) (list []candidate) {
	for _, c := range k.concept.Cast {
		first := map[string]look{}
		for _, l := range k.looksOf(c.ID) {
			was, seen := first[l.attr]
			switch {
			case !seen:
				first[l.attr] = l
				continue
			case was.value == l.value, l.attr == "hair" && l.value == "grey":
				continue
			}
			list = append(list, candidate{book.Alert{
				Subject: k.shown(c.ID), Problem: fmt.Sprintf("The %s of %s: %s in one place, %s in a later one.", strings.Fields(l.attr)[0], k.shown(c.ID), was.word, l.word),
				Earlier: k.excerpt(was.chapter, was.quote), Later: k.excerpt(l.chapter, l.quote),
			}, pair{attr: l.attr, was: was.word, is: l.word}})
		}
	}
	return list
}

// looksOf is what facts and texts say of somebody's looks, in reading order; in
// one chapter each value counts once.
func (k *continuity) looksOf(id string) (list []look) {
	for i, t := range k.chapters {
		var here []look
		for _, f := range t.facts {
			if f.Subject != id || otherTime.MatchString(f.Quote) {
				continue
			}
			pattern := colourPattern
			switch f.Attr {
			case "eyes", "hair":
			case "scar":
				pattern = sidePattern
			default:
				continue
			}
			word := pattern.FindString(f.Value)
			if word != "" && len(pattern.FindAllString(f.Quote, -1)) == 1 && strings.EqualFold(pattern.FindString(f.Quote), word) {
				l := look{k.where(i, f.Quote), f.Attr, colourOf(word), pattern.FindString(f.Quote), f.Quote}
				if m := scarPattern.FindStringSubmatch(f.Quote); f.Attr == "scar" && m != nil {
					l.attr = "scar " + strings.ToLower(m[2]+m[4])
				}
				here = append(here, l)
			}
		}
		for _, s := range t.sentences {
			if !otherTime.MatchString(s.text) && slices.Contains(s.named, id) {
				here = append(here, k.looksIn(s, i, id)...)
			}
		}
		slices.SortStableFunc(here, func(a, b look) int { return a.at - b.at })
		for j, l := range here {
			if !slices.ContainsFunc(here[:j], func(b look) bool { return b.attr == l.attr && b.value == l.value }) {
				list = append(list, l)
			}
		}
	}
	return list
}

// looksIn reads a sentence that names somebody: "Ann's green eyes", "Ann's eyes
// were green", and a scar where nobody else is named.
func (k *continuity) looksIn(s sentence, chapter int, id string) (list []look) {
	at := spot{chapter, s.at}
	for _, name := range k.who.FindAllStringIndex(s.text, -1) {
		if k.called(s.text[name[0]:name[1]]) != id {
			continue
		}
		if m := lookBehind.FindStringSubmatch(s.text[name[1]:]); m != nil {
			list = append(list, look{at, m[2], colourOf(m[1]), m[1], s.text})
		}
		if m := lookAfter.FindStringSubmatch(s.text[name[1]:]); m != nil {
			list = append(list, look{at, m[1], colourOf(m[2]), m[2], s.text})
		}
	}
	if m := scarPattern.FindStringSubmatch(s.text); m != nil && len(s.named) == 1 && len(sidePattern.FindAllString(s.text, -1)) == 1 {
		side := strings.ToLower(m[1] + m[3])
		list = append(list, look{at, "scar " + strings.ToLower(m[2]+m[4]), side, m[1] + m[3], s.text})
	}
	return list
}
