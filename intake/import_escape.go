package intake

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// setting is where text stands, as far as signs mean something there.
type setting struct {
	cell  bool // inside a table: bars
	title bool // inside a section's title: braces and number signs
}

var (
	counter   = regexp.MustCompile(`^[0-9]{1,9}[.)]`)
	captioned = regexp.MustCompile(`^[Tt]able:`)
)

// escape writes plain text so that Markdown reads nothing into it. Start says
// that it begins a line, colon that a colon would make a definition of what is
// before, last that what follows on it is no text.
func escape(s string, in setting, start, colon, last bool) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	b.Grow(len(s) + 8)
	if start {
		done := lineStart(&b, s)
		s = s[done:]
	}
	var before rune
	for i, r := range s {
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		end := i+utf8.RuneLen(r) == len(s)
		if signifies(r, before, after, end, in) || r == ':' && i == 0 && colon || r == '!' && end && last {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// signifies reports whether a character could mean something inside a line.
func signifies(r, before, after rune, end bool, in setting) bool {
	switch r {
	case '\\', '`', '*', '[', ']', '~', '$':
		return true
	case '_':
		return !word(before) || !word(after) || end
	case '<':
		return end || after == '/' || after == '!' || after == '?' || unicode.IsLetter(after)
	case '&':
		return end || after == '#' || unicode.IsLetter(after)
	case '|':
		return in.cell
	case '#', '{', '}':
		return in.title
	}
	return false
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// lineStart writes what could open a block at the head of a line, and returns
// how much of the text that is.
func lineStart(b *strings.Builder, s string) int {
	switch {
	case s == "":
		return 0
	case strings.IndexByte("-+=#>:|", s[0]) >= 0:
		b.WriteString(`\` + s[:1])
		return 1
	case captioned.MatchString(s):
		b.WriteString(s[:5] + `\:`)
		return 6
	}
	n := len(counter.FindString(s))
	if n == 0 {
		return 0
	}
	b.WriteString(s[:n-1] + `\` + s[n-1:n])
	return n
}

var urlUnsafe = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "\"", "%22", "`", "%60", "\n", "", "\t", "",
	"[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D", "|", "%7C", "^", "%5E", "*", "%2A", "_", "_", "$", "%24", "~", "%7E")

var urlEntity = regexp.MustCompile(`&(#|[A-Za-z])`)

// escapeURL writes a web address as the target of a link.
func escapeURL(s string) string {
	return urlEntity.ReplaceAllString(urlUnsafe.Replace(shown(s)), "&amp;$1")
}
