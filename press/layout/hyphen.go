package layout

import (
	"embed"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"quire/press"
)

//go:embed patterns/*.tex
var patternFiles embed.FS

// patternNames maps languages to their files; the base language stands for
// all its regions unless one is named.
var patternNames = map[string]string{
	"en": "en-gb", "en-us": "en-us", "de": "de-1996", "fr": "fr", "es": "es", "it": "it", "pt": "pt",
	"nl": "nl", "sv": "sv", "da": "da", "fi": "fi", "pl": "pl", "ru": "ru",
}

// hyphenation holds the patterns of all languages, each read at its first
// use. Goroutines may share it.
type hyphenation struct {
	files map[string]func() *patterns
}

// newHyphenation prepares the built-in languages.
func newHyphenation() *hyphenation {
	h := &hyphenation{map[string]func() *patterns{}}
	for lang, name := range patternNames {
		h.files[lang] = sync.OnceValue(func() *patterns {
			b, _ := patternFiles.ReadFile("patterns/hyph-" + name + ".tex") // embedded; a test reads all
			return parsePatterns(string(b))
		})
	}
	return h
}

// language returns the patterns for a BCP 47 tag, nil if there are none.
func (h *hyphenation) language(lang string) *patterns {
	lang = strings.ToLower(lang)
	if f, ok := h.files[lang]; ok {
		return f()
	}
	if f, ok := h.files[press.BaseLanguage(lang)]; ok {
		return f()
	}
	return nil
}

// patterns are one language's rules, as F. M. Liang, "Word Hy-phen-a-tion by
// Com-put-er" (1983), has them: digits between letters, odd ones allow a break.
type patterns struct {
	rules       map[string][]byte
	words       map[string][]int // exceptions
	longest     int              // letters of the longest rule
	left, right int              // letters that stay together at a word's ends
}

var (
	leftMin  = regexp.MustCompile(`(?s)typesetting:.*?left:\s*(\d+)`)
	rightMin = regexp.MustCompile(`(?s)typesetting:.*?right:\s*(\d+)`)
	comment  = regexp.MustCompile(`%[^\n]*`)
)

// parsePatterns reads a pattern file of the hyph-utf8 collection.
func parsePatterns(tex string) *patterns {
	p := &patterns{rules: map[string][]byte{}, words: map[string][]int{}, left: 2, right: 3}
	if m := leftMin.FindStringSubmatch(tex); m != nil {
		p.left, _ = strconv.Atoi(m[1])
	}
	if m := rightMin.FindStringSubmatch(tex); m != nil {
		p.right, _ = strconv.Atoi(m[1])
	}
	text := comment.ReplaceAllString(tex, "")
	for _, rule := range strings.Fields(group(text, `\patterns{`)) {
		p.add(rule)
	}
	for _, word := range strings.Fields(group(text, `\hyphenation{`)) {
		p.except(word)
	}
	return p
}

// group returns what stands in braces behind a command.
func group(text, command string) string {
	_, rest, ok := strings.Cut(text, command)
	if !ok {
		return ""
	}
	inside, _, _ := strings.Cut(rest, "}")
	return inside
}

// add takes a rule like ".hy3ph".
func (p *patterns) add(rule string) {
	var key []rune
	weights := []byte{0}
	for _, c := range rule {
		if c >= '0' && c <= '9' {
			weights[len(weights)-1] = byte(c - '0')
			continue
		}
		key = append(key, c)
		weights = append(weights, 0)
	}
	p.longest = max(p.longest, len(key))
	p.rules[string(key)] = weights
}

// except takes a word like "ta-ble".
func (p *patterns) except(word string) {
	var breaks []int
	n := 0
	for _, c := range word {
		if c == '-' {
			breaks = append(breaks, n)
			continue
		}
		n++
	}
	p.words[strings.ReplaceAll(word, "-", "")] = breaks
}

// points returns where a word may be broken, as numbers of letters before the
// break.
func (p *patterns) points(word []rune) []int {
	if p == nil || len(word) < p.left+p.right {
		return nil
	}
	lower := make([]rune, 0, len(word)+2)
	lower = append(lower, '.')
	for _, r := range word {
		lower = append(lower, unicode.ToLower(r))
	}
	if breaks, ok := p.words[string(lower[1:])]; ok {
		return breaks
	}
	lower = append(lower, '.')
	weights := p.weigh(string(lower), len(lower))
	var out []int
	for i := p.left; i <= len(word)-p.right; i++ {
		if weights[i+1]%2 == 1 {
			out = append(out, i)
		}
	}
	return out
}

// weigh lays every rule that fits over the dotted word and keeps the highest
// weight between any two letters.
func (p *patterns) weigh(word string, letters int) []byte {
	starts := make([]int, 0, letters+1)
	for i := range word {
		starts = append(starts, i)
	}
	starts = append(starts, len(word))
	weights := make([]byte, letters+1)
	for i := range letters {
		for j := i + 1; j <= min(letters, i+p.longest); j++ {
			rule, ok := p.rules[word[starts[i]:starts[j]]]
			if !ok {
				continue
			}
			for k, w := range rule {
				weights[i+k] = max(weights[i+k], w)
			}
		}
	}
	return weights
}
