package press

import (
	"strings"
	"unicode"
)

// quotes are a language's quotation marks: outer and inner.
type quotes struct {
	open, close, innerOpen, innerClose string
}

// nnbsp is the narrow no-break space of French typography.
const nnbsp = "\u202f"

// quoteStyles holds the usual marks by base language; English if not listed.
var quoteStyles = map[string]quotes{
	"en": {"“", "”", "‘", "’"},
	"de": {"„", "“", "‚", "‘"},
	"fr": {"«" + nnbsp, nnbsp + "»", "“", "”"},
	"es": {"«", "»", "“", "”"},
	"it": {"«", "»", "“", "”"},
	"pt": {"“", "”", "‘", "’"},
	"nl": {"“", "”", "‘", "’"},
	"pl": {"„", "”", "«", "»"},
	"cs": {"„", "“", "‚", "‘"},
	"ru": {"«", "»", "„", "“"},
	"uk": {"«", "»", "„", "“"},
	"el": {"«", "»", "“", "”"},
	"sv": {"”", "”", "’", "’"},
	"fi": {"”", "”", "’", "’"},
	"da": {"»", "«", "›", "‹"},
	"nb": {"«", "»", "‘", "’"},
}

// elisions are English words that begin with an apostrophe; true are those
// that are nothing else, so that no quotation can begin with them.
var elisions = map[string]bool{
	"tis": true, "twas": true, "twere": true, "twill": true, "til": true, "em": true, "tisn": true, "twasn": true,
	"till": false, "cause": false, "bout": false, "round": false, "neath": false, "gainst": false, "ave": false,
}

// smarten makes the typewriter quotes and dashes of one text typographic;
// what is typographic already stays.
func smarten(s, lang string) string {
	t := &Text{s}
	smartenAll([]Inline{t}, lang)
	return t.Value
}

// smartenAll does so for the running text of one block in place, looking
// across the borders of emphasis and links. Code is left alone.
func smartenAll(text []Inline, lang string) {
	base := BaseLanguage(lang)
	marks, ok := quoteStyles[base]
	if !ok {
		marks = quoteStyles["en"]
	}
	s := &smartener{marks: marks, french: base == "fr", prev: ' '}
	s.gather(text)
	s.run()
}

// smartener turns one block's typewriter characters.
type smartener struct {
	marks  quotes
	french bool
	texts  []*Text // in order; nil stands for code and the like
	prev   rune    // the character before
	inner  bool    // an inner quotation is open
}

// gather lists the texts of a block in reading order.
func (s *smartener) gather(text []Inline) {
	for _, in := range text {
		switch t := in.(type) {
		case *Text:
			s.texts = append(s.texts, t)
		case *CodeSpan:
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
		if i+1 < len(s.texts) {
			for _, c := range s.texts[i+1].Value {
				next = c
				break
			}
		}
		t.Value = s.rewrite(t.Value, next)
	}
}

// rewrite turns one text; next is the character that follows it, or 0.
func (s *smartener) rewrite(text string, next rune) string {
	if !strings.ContainsAny(text, `"'-.`) && !s.french {
		for _, c := range text {
			s.prev = c
		}
		return text
	}
	var b strings.Builder
	rs := []rune(text)
	for i := 0; i < len(rs); {
		out, n := s.turn(rs[i:], next)
		b.WriteString(out)
		for _, c := range out {
			s.prev = c
		}
		i += n
	}
	return b.String()
}

// turn decides over the characters at the head of rs: what stands for them and
// how many they are.
func (s *smartener) turn(rs []rune, next rune) (string, int) {
	after := func(n int) rune {
		if n < len(rs) {
			return rs[n]
		}
		return next
	}
	switch rs[0] {
	case '"':
		if s.opens(after(1)) {
			return s.marks.open, 1
		}
		return s.marks.close, 1
	case '\'':
		return s.single(rs, after(1)), 1
	case '.':
		if after(1) == '.' && len(rs) > 2 && rs[2] == '.' {
			return "…", 3
		}
	case '-':
		return s.dash(rs, after)
	case ' ':
		if s.french && strings.ContainsRune("?!;:»", after(1)) && after(1) != 0 {
			return nnbsp, 1
		}
	}
	return string(rs[0]), 1
}

// opens reports whether a quote stands at the beginning of something: behind a
// blank, bracket or dash, and not before a blank.
func (s *smartener) opens(next rune) bool {
	before := unicode.IsSpace(s.prev) || strings.ContainsRune("([{—–-“‘„‚«/\u00a0"+nnbsp, s.prev)
	return before && next != 0 && !unicode.IsSpace(next)
}

// single decides between apostrophe and quote.
func (s *smartener) single(rs []rune, next rune) string {
	if !s.opens(next) {
		if s.inner && !unicode.IsLetter(next) {
			s.inner = false
			return s.marks.innerClose
		}
		return "’"
	}
	if unicode.IsDigit(next) {
		return "’"
	}
	word := strings.ToLower(string(letters(rs[1:])))
	if sure, ok := elisions[word]; ok && (sure || !strings.ContainsRune(string(rs[1:]), '\'')) {
		return "’"
	}
	s.inner = true
	return s.marks.innerOpen
}

// letters returns the letters at the head of rs.
func letters(rs []rune) []rune {
	for i, c := range rs {
		if !unicode.IsLetter(c) {
			return rs[:i]
		}
	}
	return rs
}

// dash turns --- into an em dash, -- and a lone hyphen between blanks into an
// en dash. Longer rows of hyphens stay.
func (s *smartener) dash(rs []rune, after func(int) rune) (string, int) {
	n := 0
	for n < len(rs) && rs[n] == '-' {
		n++
	}
	switch {
	case n == 3:
		return "—", 3
	case n == 2:
		return "–", 2
	case n == 1 && s.prev == ' ' && after(1) == ' ':
		return "–", 1
	}
	return strings.Repeat("-", n), n
}
