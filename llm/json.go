package llm

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// looseValues reads the outermost objects and arrays of an answer that is almost
// JSON, out of the prose, reasoning and code fences around them. It returns none
// when what looks like a value cannot be read without guessing, so that no part
// of a broken answer is taken for the whole.
func looseValues(text string) []any {
	if strings.HasPrefix(strings.TrimSpace(text), "<think>") {
		_, text, _ = strings.Cut(text, "</think>") // some local servers leave it in
	}
	var all []any
	for at := 0; ; {
		next := strings.IndexAny(text[at:], "{[")
		if next < 0 {
			return all
		}
		at += next
		l := loose{text: text, at: at}
		v, ok := l.value()
		if ok {
			all = append(all, v)
			at = l.at
			continue
		}
		aside := asideBrackets.FindString(text[at:])
		if aside == "" {
			return nil
		}
		at += len(aside)
	}
}

// asideBrackets are brackets in prose: with nothing of JSON between them.
var asideBrackets = regexp.MustCompile(`^[\[{][^"'{}\[\]]*[\]}]`)

// loose reads one value as a model may write it. Over JSON it lets pass:
// comments; single quotes; keys without quotes; line ends and other control
// characters in strings; backslashes before letters that need none; True, False
// and None; +1, .5, 5. and 007; a comma after the last member, and none between
// members on lines of their own; and missing brackets at the very end.
//
// The line is drawn where something may be lost. A provider said that the answer
// ended by itself, so brackets that are missing at the end were forgotten, if
// what stands last is whole: a closed string, a word or a bracket. After a comma,
// a colon, a key or a number, or in a string, more was to come, and what it was
// nobody knows: such an answer is cut off and is not read.
type loose struct {
	text  string
	at    int
	depth int
	whole bool // the last thing read cannot be the beginning of a longer one
}

// deepest is how many brackets a value may stand in.
const deepest = 200

// value reads a value; space before it is read already.
func (l *loose) value() (any, bool) {
	if l.at >= len(l.text) {
		return nil, false
	}
	switch c := l.text[l.at]; {
	case c == '{' || c == '[':
		if l.depth++; l.depth > deepest {
			return nil, false
		}
		defer func() { l.depth-- }()
		if c == '{' {
			return l.object()
		}
		return l.array()
	case c == '"' || c == '\'':
		return l.str(c)
	case '0' <= c && c <= '9' || c == '-' || c == '+' || c == '.':
		return l.number()
	default:
		return l.word()
	}
}

func (l *loose) object() (any, bool) {
	out := map[string]any{}
	l.at++
	for {
		l.space()
		if l.eat('}') {
			l.whole = true
			return out, true
		}
		key, ok := l.key()
		if !ok {
			return nil, false
		}
		l.space()
		if !l.eat(':') {
			return nil, false
		}
		l.space()
		if out[key], ok = l.value(); !ok {
			return nil, false
		}
		if last, ok := l.after('}'); !ok || last {
			return out, ok
		}
	}
}

func (l *loose) array() (any, bool) {
	out := []any{}
	l.at++
	for {
		l.space()
		if l.eat(']') {
			l.whole = true
			return out, true
		}
		v, ok := l.value()
		if !ok {
			return nil, false
		}
		out = append(out, v)
		if last, ok := l.after(']'); !ok || last {
			return out, ok
		}
	}
}

// after reads what stands behind a member and tells whether it was the last.
func (l *loose) after(closing byte) (last, ok bool) {
	from := l.at
	l.space()
	switch {
	case l.eat(closing):
		l.whole = true
		return true, true
	case l.eat(','):
		return false, true
	case l.at == len(l.text) || strings.HasPrefix(l.text[l.at:], "```"):
		return true, l.whole
	default:
		return false, strings.Contains(l.text[from:l.at], "\n")
	}
}

func (l *loose) key() (string, bool) {
	if l.at < len(l.text) && (l.text[l.at] == '"' || l.text[l.at] == '\'') {
		v, ok := l.str(l.text[l.at])
		s, _ := v.(string)
		return s, ok
	}
	name := bareKey.FindString(l.text[l.at:])
	l.at += len(name)
	return name, name != ""
}

var bareKey = regexp.MustCompile(`^[A-Za-z_$][\w$-]*`)

// str reads a string between quotes. It is made into one of JSON and decoded by
// the library.
func (l *loose) str(quote byte) (any, bool) {
	var out strings.Builder
	out.WriteByte('"')
	for l.at++; l.at < len(l.text); l.at++ {
		switch c := l.text[l.at]; {
		case c == quote:
			l.at++
			l.whole = true
			out.WriteByte('"')
			var s string
			err := json.Unmarshal([]byte(out.String()), &s)
			return s, err == nil
		case c == '\\' && l.at+1 < len(l.text):
			l.at++
			out.WriteString(escape(l.text[l.at]))
		case c == '"':
			out.WriteString(`\"`)
		case c < ' ':
			fmt.Fprintf(&out, `\u%04x`, c)
		default:
			out.WriteByte(c)
		}
	}
	return nil, false
}

// escape is what a backslash before c means, as JSON writes it.
func escape(c byte) string {
	switch {
	case strings.IndexByte(`"\/bfnrtu`, c) >= 0:
		return `\` + string(c)
	case c == '\'':
		return "'"
	case c < ' ':
		return fmt.Sprintf(`\u%04x`, c)
	default:
		return `\\` + string([]byte{c})
	}
}

var looseNumber = regexp.MustCompile(`^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?`)

// number reads a number and keeps all its digits.
func (l *loose) number() (any, bool) {
	m := looseNumber.FindStringSubmatch(l.text[l.at:])
	sign, whole, part, power := m[1], m[2], m[3], m[4]
	if whole == "" && part == "" {
		return nil, false
	}
	l.at += len(m[0])
	l.whole = false
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if part != "" {
		part = "." + part
	}
	return json.Number(strings.TrimPrefix(sign, "+") + whole + part + power), true
}

// word reads true, false and null, as JSON or Python writes them.
func (l *loose) word() (any, bool) {
	word := bareKey.FindString(l.text[l.at:])
	l.at += len(word)
	l.whole = true
	switch strings.ToLower(word) {
	case "true":
		return true, true
	case "false":
		return false, true
	case "null", "none":
		return nil, true
	default:
		return nil, false
	}
}

func (l *loose) eat(c byte) bool {
	if l.at < len(l.text) && l.text[l.at] == c {
		l.at++
		return true
	}
	return false
}

// blank is white space and comments.
var blank = regexp.MustCompile(`^(?:[\s\x{00a0}\x{feff}]+|//[^\n]*|#[^\n]*|/\*(?s:.*?)\*/)+`)

func (l *loose) space() { l.at += len(blank.FindString(l.text[l.at:])) }
