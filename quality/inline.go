package quality

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The marks inside a paragraph, in the order in which they are taken out. Of a
// group of a pattern the text stays.
var marks = []struct {
	pattern *regexp.Regexp
	begins  string // what a text must hold for the pattern to match
	cites   bool   // it is a note or a link: a source
}{
	{regexp.MustCompile("``[^\n]+?``|`[^`\n]*`"), "`", false},
	{regexp.MustCompile(`\$[^\s$](?:[^$\n]*[^\s$])?\$`), "$", false},
	{regexp.MustCompile(`(?s)<!--.*?-->`), "<!--", false},
	{regexp.MustCompile(`!\[[^\]]*\](?:\([^()\n]*\))?`), "![", false},
	{regexp.MustCompile(`\^\[[^\]]*\]`), "^[", true},
	{regexp.MustCompile(`\[\^[^\]\n]+\]`), "[^", true},
	{regexp.MustCompile(`\[@[^\]\n]+\]`), "[@", true},
	{regexp.MustCompile(`\[([^\[\]]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])`), "](", true},
	{regexp.MustCompile(`\{[#.][^{}\n]*\}`), "{", false},
	{regexp.MustCompile(`</?[A-Za-z][^<>\n]*>`), "<", false},
	{regexp.MustCompile(`https?://[^\s)\]>]+`), "://", true},
	{regexp.MustCompile(`&(?:[A-Za-z]{2,8}|#\d{1,6});`), "&", false},
	{regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]?"), "\\", false},
}

// inline takes the marks out of a paragraph's plain text.
func (c *chapter) inline(p *para) {
	text := c.plain[p.start:p.end]
	whole := string(text)
	for _, m := range marks {
		if !strings.Contains(whole, m.begins) {
			continue
		}
		for _, at := range m.pattern.FindAllSubmatchIndex(text, -1) {
			if m.cites {
				c.notes++
			}
			if len(at) < 4 || at[2] < 0 {
				blank(text[at[0]:at[1]], ' ')
				continue
			}
			blank(text[at[0]:at[2]], nothing)
			blank(text[at[3]:at[1]], nothing)
		}
	}
	c.emphasis(p, text)
}

// emphasis takes stars and underscores out, and remembers stars for bold type
// that have no fellow.
func (c *chapter) emphasis(p *para, text []byte) {
	doubles, last := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '*':
			if i+1 < len(text) && text[i+1] == '*' {
				doubles, last = doubles+1, i
				text[i] = nothing
				i++
			}
			text[i] = nothing
		case '~':
			text[i] = nothing
		case '_':
			if !inWord(text, i) {
				text[i] = nothing
			}
		}
	}
	if doubles%2 == 1 {
		c.faults = append(c.faults, fault{p.start + last, min(p.end, p.start+last+40), "marks of bold type without an end"})
	}
}

// inWord reports whether a letter or digit stands on both sides of a byte.
func inWord(text []byte, i int) bool {
	before, _ := utf8.DecodeLastRune(text[:i])
	after, _ := utf8.DecodeRune(text[i+1:])
	return wordy(before) && wordy(after)
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
