package layout

import (
	"embed"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed patterns/*.tex
var patternFiles embed.FS

// patternNames maps languages to their files; the base language stands for
// all its regions and scripts unless one is named.
var patternNames = map[string]string{
	"af": "af", "be": "be", "bg": "bg", "bs": "sh-latn", "ca": "ca", "cy": "cy", "da": "da", "de": "de-1996", "el": "el-monoton",
	"el-polyton": "el-polyton", "en": "en-gb", "en-us": "en-us", "es": "es", "et": "et", "eu": "eu", "fi": "fi", "fr": "fr", "fur": "fur",
	"gl": "gl", "grc": "grc", "hr": "hr", "hsb": "hsb", "ia": "ia", "is": "is", "it": "it", "kmr": "kmr", "ku": "kmr", "la": "la", "lt": "lt",
	"mn": "mn-cyrl", "nb": "no", "nl": "nl", "nn": "no", "no": "no", "oc": "oc", "pl": "pl", "pms": "pms", "pt": "pt", "rm": "rm", "ru": "ru",
	"sh": "sh-latn", "sl": "sl", "sr": "sh-cyrl", "sr-latn": "sh-latn", "sv": "sv", "tk": "tk", "tr": "tr", "uk": "uk",
}

// hyphenation holds the patterns of all languages, each read at its first
// use. Goroutines may share it.
type hyphenation struct {
	files map[string]func() *patterns // by file
}

// newHyphenation prepares the built-in languages.
func newHyphenation() *hyphenation {
	h := &hyphenation{map[string]func() *patterns{}}
	for _, name := range patternNames {
		h.files[name] = sync.OnceValue(func() *patterns {
			b, _ := patternFiles.ReadFile("patterns/hyph-" + name + ".tex") // embedded; a test reads all
			return parsePatterns(string(b))
		})
	}
	return h
}

// language returns the patterns for a BCP 47 tag, nil if there are none.
func (h *hyphenation) language(lang string) *patterns {
	tag := strings.ReplaceAll(strings.ToLower(lang), "_", "-")
	for tag != "" {
		if name, ok := patternNames[tag]; ok {
			return h.files[name]()
		}
		tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)]
	}
	return nil
}

// patterns are one language's rules, as F. M. Liang, "Word Hy-phen-a-tion by
// Com-put-er" (1983), has them: digits between letters, odd ones allow a break.
type patterns struct {
	rules       ruleSet
	words       map[string][]int // exceptions
	left, right int              // letters that stay together at a word's ends, two at least
}

var (
	leftMin  = regexp.MustCompile(`(?s)typesetting:.*?left:\s*(\d+)`)
	rightMin = regexp.MustCompile(`(?s)typesetting:.*?right:\s*(\d+)`)
)

// parsePatterns reads a pattern file of the hyph-utf8 collection.
func parsePatterns(tex string) *patterns {
	p := &patterns{words: map[string][]int{}, left: 2, right: 3}
	head, _, _ := strings.Cut(tex, `\patterns{`)
	if m := leftMin.FindStringSubmatch(head); m != nil {
		p.left, _ = strconv.Atoi(m[1])
	}
	if m := rightMin.FindStringSubmatch(head); m != nil {
		p.right, _ = strconv.Atoi(m[1])
	}
	p.left, p.right = max(p.left, 2), max(p.right, 2)
	text := uncommented(tex)
	for rule := range strings.FieldsSeq(group(text, `\patterns{`)) {
		p.rules.add(rule)
	}
	p.rules.index()
	for word := range strings.FieldsSeq(group(text, `\hyphenation{`)) {
		p.except(word)
	}
	return p
}

// uncommented returns TeX without what stands behind percent signs.
func uncommented(tex string) string {
	var b strings.Builder
	b.Grow(len(tex))
	for line := range strings.Lines(tex) {
		if i := strings.IndexByte(line, '%'); i >= 0 {
			line = line[:i] + "\n"
		}
		b.WriteString(line)
	}
	return b.String()
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
	weights := p.rules.weigh(append(lower, '.'))
	var out []int
	for i := p.left; i <= len(word)-p.right; i++ {
		if weights[i+1]%2 == 1 {
			out = append(out, i)
		}
	}
	return out
}
