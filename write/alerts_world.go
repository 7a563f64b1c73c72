package write

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"quire/book"
)

// handover are the words by which a thing goes from one to another.
var handover = regexp.MustCompile(`(?i)\b(?:gave|give|gives|given|giving|hand(?:ed|s|ing)?|pass(?:ed|es|ing)?|took|take|takes|taken|taking|stole|stolen|bought|sold|s(?:lip|nap)ped|left|leave|leaving|found|find|pick(?:ed|s|ing)?|borrow\w*|lent|lend|lost|lose|drop(?:ped|s|ping)?|threw|thrown|return(?:ed|s|ing)?|brought|bring|inherit\w*|seiz\w+|snatch\w*|pocketed|accept\w*|receiv\w+|push(?:ed|es)?|press(?:ed|es)?|held out|reach(?:ed|es)?|put|set|laid|sent|send|won|got|get|fetch\w*|carried off|trad\w+|swap\w*)\b`)

// holding is somebody who has a thing.
type holding struct {
	spot
	by    string
	quote string
}

// wrongOwners finds things that one has while another has them, with no word of how
// they went from one to the other, and things that somebody has who is gone.
func wrongOwners(k *continuity) (list []candidate) {
	last := map[string]holding{}
	gone := k.gone()
	for i, t := range k.chapters {
		for _, f := range t.facts {
			if f.Attr == "lost" {
				delete(last, k.thing(f.Value))
			}
			if f.Attr != "has" || !k.person(f.Subject) || notNow.MatchString(f.Quote) {
				continue
			}
			left, away := gone[f.Subject]
			if away && left.chapter < i && !atRest.MatchString(f.Quote) {
				list = append(list, candidate{book.Alert{
					Subject: f.Value, Problem: fmt.Sprintf("%s has %s in chapter %d and is gone since chapter %d.", k.shown(f.Subject), f.Value, t.ordinal, k.chapters[left.chapter].ordinal),
					Earlier: k.excerpt(left.chapter, left.quote), Later: k.excerpt(i, f.Quote),
				}, pair{attr: "has"}})
				continue
			}
			key, now := k.thing(f.Value), holding{k.where(i, f.Quote), f.Subject, f.Quote}
			was, seen := last[key]
			if key == "" {
				continue
			}
			if !seen || was.by == now.by || was.quote == now.quote || k.changesHands(key, was.spot, now) {
				last[key] = now
				continue
			}
			list = append(list, candidate{book.Alert{
				Subject: f.Value, Problem: fmt.Sprintf("%s has %s, and then %s has it, and nobody gave or took it.", k.shown(was.by), f.Value, k.shown(now.by)),
				Earlier: k.excerpt(was.chapter, was.quote), Later: k.excerpt(i, f.Quote),
			}, pair{attr: "has", was: k.inQuote(was.by, now), is: k.nameIn(now)}})
		}
	}
	return list
}

// thing is the key of a thing that there is only once: one of the concept, or one
// that is called "the" or somebody's own; "" for any other.
func (k *continuity) thing(value string) string {
	id := k.names[book.FoldName(value)]
	if slices.ContainsFunc(k.concept.Things, func(t book.Thing) bool { return t.ID == id }) {
		return id
	}
	if lower := strings.ToLower(strings.TrimSpace(value)); strings.HasPrefix(lower, "the ") {
		return book.FoldName(lower)
	}
	return ""
}

// changesHands reports whether a sentence between two holdings names the thing
// with a word of giving or taking. The quotes themselves count.
func (k *continuity) changesHands(key string, from spot, to holding) bool {
	words := nameWords(k.shown(key))
	if len(words) == 0 {
		return true
	}
	noun := strings.ToLower(words[len(words)-1])
	for i := from.chapter; i <= to.chapter; i++ {
		for _, s := range k.chapters[i].sentences {
			at := spot{i, s.at}
			if at.before(from) || to.before(at) && s.text != to.quote {
				continue
			}
			if strings.Contains(strings.ToLower(s.text), noun) && handover.MatchString(s.text) {
				return true
			}
		}
	}
	return false
}

// nameIn is what the quote of a holding calls who has it, "" if it does not.
func (k *continuity) nameIn(h holding) string {
	if k.who == nil {
		return ""
	}
	for _, name := range k.who.FindAllString(h.quote, -1) {
		if k.called(name) == h.by {
			return name
		}
	}
	return ""
}

// inQuote is the name to put where the quote of a holding has the wrong one: none,
// if the quote has no name.
func (k *continuity) inQuote(id string, h holding) string {
	if k.nameIn(h) == "" {
		return ""
	}
	return k.shown(id)
}

// learning are words of a quote that say that somebody learns it only now.
var learning = regexp.MustCompile(`(?i)\b(?:learn(?:ed|t|s)|first time|found out|finds out|discover(?:ed|s)|only now|had not known|hadn[’']t known|never known|had no idea|realised|realized)\b`)

// wrongKnowledge finds people who use what they learn only later.
func wrongKnowledge(k *continuity) (list []candidate) {
	type use struct {
		chapter int
		book.Fact
	}
	uses := map[string][]use{}
	for i, t := range k.chapters {
		for _, f := range t.facts {
			if !k.person(f.Subject) {
				continue
			}
			learns := f.Attr == "learns" || f.Attr == "knows" && learning.MatchString(f.Quote)
			if !learns {
				if f.Attr == "knows" || f.Attr == "says" || f.Attr == "tells" || f.Attr == "uses" {
					uses[f.Subject] = append(uses[f.Subject], use{i, f})
				}
				continue
			}
			for _, u := range uses[f.Subject] {
				if u.chapter == i || !samePhrase(u.Value, f.Value) {
					continue
				}
				list = append(list, candidate{Alert: book.Alert{
					Subject: k.shown(f.Subject),
					Problem: fmt.Sprintf("%s knows in chapter %d what they learn in chapter %d: %s.", k.shown(f.Subject), k.chapters[u.chapter].ordinal, t.ordinal, strings.TrimSuffix(f.Value, ".")),
					Earlier: k.excerpt(u.chapter, u.Quote), Later: k.excerpt(i, f.Quote),
				}, pair: pair{attr: f.Attr}})
				break
			}
			uses[f.Subject] = append(uses[f.Subject], use{i, f})
		}
	}
	return list
}

var (
	hourWords = regexp.MustCompile(`(?i)\b(?:noon|midnight|dawn|dusk|sunrise|sunset|half past \w+|\w+ o[’']clock)\b`)
	onward    = regexp.MustCompile(`(?i)\b(?:later|next|after|morning|evening|afternoon|night|noon|midnight|dawn|dusk|day|days|week|weeks|month|months|year|years|hour|hours|meanwhile|reach\w*|arriv\w+|came|come|went|gone|walk\w*|ran|drove|rode|sail\w*|return\w*|back|home|left|by the time|when|travel\w*|journey|train|road|had)\b`)
)

// openingPlace is how many bytes of a chapter its beginning has.
const openingPlace = 600

// wrongPlaces finds people who are at two places at the same hour of a chapter, and
// chapters that begin elsewhere than the one before ends, with no word of the way.
func wrongPlaces(k *continuity) (list []candidate) {
	for i, t := range k.chapters {
		list = append(list, k.twice(i)...)
		if i == 0 || k.chapters[i-1].ordinal != t.ordinal-1 {
			continue
		}
		for _, f := range t.facts {
			if c, ok := k.elsewhere(i, f); ok {
				list = append(list, c)
				break
			}
		}
	}
	return list
}

// twice finds people who are at two places of the book at one hour of a chapter.
func (k *continuity) twice(chapter int) (list []candidate) {
	t := k.chapters[chapter]
	for i, b := range t.facts {
		for _, a := range t.facts[:i] {
			hour := strings.ToLower(hourWords.FindString(b.Quote))
			from, to := k.placeID(a.Value), k.placeID(b.Value)
			if a.Attr != "at" || b.Attr != "at" || a.Subject != b.Subject || !k.person(a.Subject) || hour == "" || from == "" || to == "" || from == to {
				continue
			}
			if strings.ToLower(hourWords.FindString(a.Quote)) != hour || a.Quote == b.Quote {
				continue
			}
			if k.where(chapter, b.Quote).before(k.where(chapter, a.Quote)) {
				a, b, from, to = b, a, to, from
			}
			list = append(list, candidate{book.Alert{
				Subject: k.shown(a.Subject), Problem: fmt.Sprintf("%s is at %s and at %s at the same hour: %s.", k.shown(a.Subject), k.shown(from), k.shown(to), hour),
				Earlier: k.excerpt(chapter, a.Quote), Later: k.excerpt(chapter, b.Quote),
			}, pair{attr: "at", was: k.shown(from), is: k.shown(to)}})
		}
	}
	return list
}

// placeID is the place of the concept that a value names, "" if none.
func (k *continuity) placeID(value string) string {
	id := k.names[book.FoldName(value)]
	if slices.ContainsFunc(k.concept.Places, func(p book.Place) bool { return p.ID == id }) {
		return id
	}
	return ""
}

// elsewhere holds a fact of a chapter's beginning against the end of the chapter
// before.
func (k *continuity) elsewhere(i int, f book.Fact) (candidate, bool) {
	t, prev := k.chapters[i], k.chapters[i-1]
	here, there := k.placeID(f.Value), k.placeID(prev.handoff.Where)
	at := k.where(i, f.Quote).at
	if f.Attr != "at" || !k.person(f.Subject) || here == "" || there == "" || here == there || at > openingPlace || !slices.Contains(prev.handoff.Who, f.Subject) {
		return candidate{}, false
	}
	if onward.MatchString(t.text[:at]) || onward.MatchString(f.Quote) || len(prev.sentences) == 0 {
		return candidate{}, false
	}
	quote := prev.sentences[len(prev.sentences)-1].text
	for _, old := range prev.facts {
		if old.Subject == f.Subject && old.Attr == "at" && k.placeID(old.Value) == there {
			quote = old.Quote
		}
	}
	return candidate{book.Alert{
		Subject: k.shown(f.Subject),
		Problem: fmt.Sprintf("Chapter %d ends with %s at %s, and chapter %d begins with them at %s.", prev.ordinal, k.shown(f.Subject), k.shown(there), t.ordinal, k.shown(here)),
		Earlier: k.excerpt(i-1, quote), Later: k.excerpt(i, f.Quote),
	}, pair{attr: "at", was: k.shown(there), is: k.shown(here)}}, true
}
