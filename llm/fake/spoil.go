package fake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/llm"
)

// What the fake provider says by itself.
const (
	excuse  = "I’m sorry, but I can’t help with that."
	thought = "Let me think about what is asked, and about what must not be forgotten. "
	droning = "The lamp went out, and the lamp was lit, and nobody on the long pier said why. "
)

// spoil changes an answer as the rule wants it.
func (a *answer) spoil(rule Rule, r llm.Request) {
	switch rule.Fault {
	case "length":
		a.text, a.finish = atMost(a.text, rule.Tokens), llm.Length
	case "refusal":
		a.refuse(rule)
	case "empty":
		a.text, a.finish = "", llm.Stop
	case "usage_null":
		a.counting = "null"
	case "usage_absent":
		a.counting = "absent"
	case "unknown":
		a.strange = true
	case "reasoning":
		a.thoughts = atMost(strings.Repeat(thought, 1+or(rule.Tokens, 40)/16), or(rule.Tokens, 40))
	case "bad_json":
		a.text = badJSON(rule.Form, a.text, r.Schema)
	case "undershoot":
		a.text = undershoot(a.text, orf(rule.Factor, 0.5))
	case "overshoot":
		a.text = overshoot(a.text, orf(rule.Factor, 2))
		a.bound(r.MaxTokens)
	case "loop":
		a.text = loop(a.text, or(rule.Tokens, 2000))
		a.bound(r.MaxTokens)
	case "name_drift":
		a.text = drift(a.text)
	}
}

// or is n, or the usual number if n is 0.
func or(n, usual int) int {
	if n == 0 {
		return usual
	}
	return n
}

func orf(x, usual float64) float64 {
	if x == 0 {
		return usual
	}
	return x
}

// atMost is the beginning of a text that has so many tokens.
func atMost(text string, tokens int) string {
	if len(text) <= 4*tokens {
		return text
	}
	n := 4 * tokens
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// bound keeps an answer to what the client allows.
func (a *answer) bound(tokens int) {
	if tokens > 0 && len(a.text) > 4*tokens {
		a.text, a.finish = atMost(a.text, tokens), llm.Length
	}
}

func (a *answer) refuse(rule Rule) {
	a.finish = llm.Refused
	if rule.Form != "filter" {
		a.text, a.no = "", excuse
		return
	}
	list := words(a.text)
	a.text = strings.Join(list[:min(rule.After, len(list))], "")
	a.blocked = a.text == ""
}

// firstWords is a text up to the end of its n-th word.
func firstWords(text string, n int) string {
	inside := false
	for i, r := range text {
		if unicode.IsSpace(r) {
			if inside && n == 0 {
				return text[:i]
			}
			inside = false
			continue
		}
		if !inside {
			n--
		}
		inside = true
		if n < 0 {
			return text[:i]
		}
	}
	return text
}

// undershoot is the beginning of a text, up to the end of a sentence.
func undershoot(text string, factor float64) string {
	short := firstWords(text, int(float64(len(strings.Fields(text)))*factor))
	if at := strings.LastIndexAny(short, ".!?"); at > 0 {
		short = short[:at+1]
	}
	return short
}

// overshoot goes on with the text's own paragraphs, the later ones first.
func overshoot(text string, factor float64) string {
	paragraphs := strings.Split(text, "\n\n")
	n := len(strings.Fields(text))
	goal := int(float64(n) * factor)
	var out strings.Builder
	out.WriteString(text)
	for i := len(paragraphs) / 2; n > 0 && n < goal; i++ {
		p := paragraphs[i%len(paragraphs)]
		out.WriteString("\n\n" + p)
		n += len(strings.Fields(p))
	}
	return firstWords(out.String(), goal)
}

// loop is half of a text and then one sentence, again and again.
func loop(text string, tokens int) string {
	half := firstWords(text, len(strings.Fields(text))/2) + " "
	return half + strings.Repeat(droning, max(1, (4*tokens-len(half))/len(droning)+1))
}

// strangers are the names that a drifting name may become.
var strangers = []string{"Marlowe", "Corvin", "Isolde", "Bertram"}

// drift gives the most frequent name another one in the second half of the text.
func drift(text string) string {
	counts := map[string]int{}
	before := ""
	for _, word := range strings.Fields(text) {
		bare := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
		bare = strings.TrimSuffix(bare, "’s")
		first, _ := utf8.DecodeRuneInString(bare)
		if last, _ := utf8.DecodeLastRuneInString(before); len(bare) > 2 && unicode.IsUpper(first) && unicode.IsLower(last) {
			counts[bare]++
		}
		before = word
	}
	name := ""
	for candidate, n := range counts {
		if n > counts[name] || n == counts[name] && candidate < name {
			name = candidate
		}
	}
	if name == "" {
		return text
	}
	for _, other := range strangers {
		if !strings.Contains(text, other) {
			half := strings.Index(text[len(text)/2:], " ") + len(text)/2
			return text[:max(half, 0)] + strings.ReplaceAll(text[max(half, 0):], name, other)
		}
	}
	return text
}
