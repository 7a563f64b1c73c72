package press

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// elisions are English words that begin with an apostrophe; true are those
// that are nothing else, so that no quotation can begin with them.
var elisions = map[string]bool{
	"tis": true, "twas": true, "twere": true, "twill": true, "til": true, "em": true, "tisn": true, "twasn": true,
	"till": false, "cause": false, "bout": false, "round": false, "neath": false, "gainst": false, "ave": false, "cos": false, "tween": false,
}

// smarten makes the typewriter quotes and dashes of one text typographic;
// what is typographic already stays.
func smarten(s, lang string) string {
	t := &Text{s}
	smartenAll([]Inline{t}, lang)
	return t.Value
}

// smartenAll does so for the running text of one block in place, looking
// across the borders of emphasis and links. Code and formulas are left alone.
func smartenAll(text []Inline, lang string) {
	s := smartener{custom: customOf(lang), prev: ' ', start: true}
	s.special = `"'-.`
	if s.custom.spaces != noSpaces {
		s.special = `"'-. `
	}
	s.opening, _ = utf8.DecodeLastRuneInString(s.custom.open)
	if s.custom.open == s.custom.close {
		s.opening = 0
	}
	s.gather(text)
	s.run()
}

// smartener turns one block's typewriter characters.
type smartener struct {
	custom
	special string  // the characters that may have to be turned
	opening rune    // the last character of an opening quote, if that opens nothing else
	texts   []*Text // in order
	prev    rune    // the character before
	inner   bool    // an inner quotation is open
	start   bool    // nothing but a dash has come yet
}

// gather lists the texts of a block in reading order.
func (s *smartener) gather(text []Inline) {
	for _, in := range text {
		switch t := in.(type) {
		case *Text:
			s.texts = append(s.texts, t)
		case *CodeSpan, *Math, *displayMath:
			s.texts = append(s.texts, &Text{"x"}) // a letter, as far as quotes beside it care
		case *LineBreak:
			s.texts = append(s.texts, &Text{" "})
		case *picture:
			s.gather(t.alt)
		default:
			s.gather(Inside(in))
		}
	}
}

// run rewrites the gathered texts.
func (s *smartener) run() {
	for i, t := range s.texts {
		next := rune(0)
		if i+1 < len(s.texts) && s.texts[i+1].Value != "" {
			next, _ = utf8.DecodeRuneInString(s.texts[i+1].Value)
		}
		t.Value = s.rewrite(t.Value, next)
	}
}

// rewrite turns one text; next is the character that follows it, or 0.
func (s *smartener) rewrite(text string, next rune) string {
	var b strings.Builder
	done := 0 // how much of text is in b
	for i := 0; i < len(text); {
		if strings.IndexByte(s.special, text[i]) < 0 {
			i++
			continue
		}
		if i > done {
			s.seen(text[done:i])
		}
		out, n := s.turn(text[i:], next)
		if out != text[i:i+n] {
			b.WriteString(text[done:i])
			b.WriteString(out)
			s.seen(out)
			i += n
			done = i
			continue
		}
		s.seen(out)
		b.WriteString(text[done : i+n])
		i += n
		done = i
	}
	if done == 0 {
		s.seen(text)
		return text
	}
	s.seen(text[done:])
	b.WriteString(text[done:])
	return b.String()
}

// seen remembers the end of what was written.
func (s *smartener) seen(out string) {
	if out == "" {
		return
	}
	s.prev, _ = utf8.DecodeLastRuneInString(out)
	s.start = s.start && strings.Trim(out, "—–\u00a0") == ""
}

// turn decides over the characters at the head of text: what stands for them
// and how many bytes they are.
func (s *smartener) turn(text string, next rune) (string, int) {
	after := func(n int) rune {
		if n < len(text) {
			c, _ := utf8.DecodeRuneInString(text[n:])
			return c
		}
		return next
	}
	switch text[0] {
	case '"':
		if s.opens(after(1)) {
			return s.open, 1
		}
		return s.close, 1
	case '\'':
		return s.single(text, after(1)), 1
	case '.':
		if strings.HasPrefix(text, "...") {
			return "…", 3
		}
	case '-':
		return s.dash(text, after)
	case ' ':
		return s.blank(after(1)), 1
	}
	return text[:1], 1
}

// opens reports whether a quote stands at the beginning of something: behind a
// blank, bracket or dash, and not before a blank.
func (s *smartener) opens(next rune) bool {
	before := unicode.IsSpace(s.prev) || strings.ContainsRune("([{—–-“‘„‚«/¿¡\u00a0"+nnbsp, s.prev) || s.opening != 0 && s.prev == s.opening
	return before && next != 0 && !unicode.IsSpace(next)
}

// single decides between apostrophe and quote.
func (s *smartener) single(text string, next rune) string {
	if !s.opens(next) {
		if s.inner && !unicode.IsLetter(next) {
			s.inner = false
			return s.innerClose
		}
		return "’"
	}
	rest := text[1:]
	if digit(rest, 0) && digit(rest, 1) && !digit(rest, 2) { // '90s
		return "’"
	}
	word := strings.ToLower(letters(rest))
	if word == "n" && strings.HasPrefix(rest[1:], "'") { // rock 'n' roll
		return "’"
	}
	if sure, ok := elisions[word]; ok && (sure || !strings.ContainsRune(rest, '\'')) {
		return "’"
	}
	s.inner = true
	return s.innerOpen
}

// letters returns the letters at the head of a text.
func letters(text string) string {
	for i, c := range text {
		if !unicode.IsLetter(c) {
			return text[:i]
		}
	}
	return text
}

// dash turns --- into an em dash, -- and a lone hyphen between blanks into an
// en dash or what the language has for it. Longer rows of hyphens stay.
func (s *smartener) dash(text string, after func(int) rune) (string, int) {
	n := 0
	for n < len(text) && text[n] == '-' {
		n++
	}
	alone := s.prev == ' ' && after(n) == ' '
	switch {
	case n == 3:
		return "—", 3
	case n == 2 && s.speech != "" && s.start:
		return s.speech, 2
	case n == 2 && alone, n == 1 && alone && !s.start:
		return s.pause, n
	case n == 2:
		return "–", 2
	}
	return text[:n], n
}

// blank returns the space that keeps together what the language wants to stay
// on one line.
func (s *smartener) blank(next rune) string {
	switch s.spaces {
	case frenchSpaces:
		if strings.ContainsRune("?!;:»", next) && next != 0 || s.prev == '«' {
			return nnbsp
		}
	case canadianSpaces:
		if next == ':' || next == '»' || s.prev == '«' {
			return "\u00a0"
		}
	}
	if s.start && (s.prev == '—' || s.prev == '–') { // who speaks does not lose his dash
		return "\u00a0"
	}
	return " "
}
