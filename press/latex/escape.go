package latex

import (
	"strings"
	"unicode"
)

// escapes are the characters that mean something to TeX, and those that its
// fonts would turn into others.
var escapes = map[rune]string{
	'\\': `\textbackslash{}`, '{': `\{`, '}': `\}`, '$': `\$`, '&': `\&`, '#': `\#`, '%': `\%`, '_': `\_`,
	'^': `\textasciicircum{}`, '~': `\textasciitilde{}`, '"': `\textquotedbl{}`, '\'': `\textquotesingle{}`, '`': `\textasciigrave{}`,
	'\u00a0': `~`, '\u00ad': `\-`, '\u202f': `\,`, '\n': " ", '\t': " ",
}

// escape makes any text safe and plain: no character of it is a command, a
// comment or the end of an argument. What cannot be printed is left out.
func escape(s string) string {
	return scripts(s, func(b *strings.Builder, run string) {
		for _, r := range run {
			if with, ok := escapes[r]; ok {
				b.WriteString(with)
				continue
			}
			if printable(r) {
				b.WriteRune(r)
			}
		}
	})
}

// code makes a line of code safe; its blanks stay as they are.
func code(s string) string {
	return strings.ReplaceAll(escape(strings.ReplaceAll(s, " ", "\u00a0")), "~", `\ `)
}

// printable reports whether a character may go into the source.
func printable(r rune) bool {
	switch {
	case r == unicode.ReplacementChar:
		return true
	case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe, r == 0x2028, r == 0x2029:
		return false
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0xfeff: // marks of direction
		return false
	}
	return true
}

// script is a family of letters that the faces of the text may not have.
type script struct {
	command string
	rtl     bool
	tables  []*unicode.RangeTable
	fonts   []string // that have it and are common
}

// foreign are the scripts that have a face of their own.
var foreign = []script{
	{"Hebrewtext", true, []*unicode.RangeTable{unicode.Hebrew}, []string{"SBL Hebrew", "Ezra SIL", "Noto Serif Hebrew", "FreeSerif", "DejaVuSans.ttf", "DejaVu Sans"}},
	{"Arabictext", true, []*unicode.RangeTable{unicode.Arabic}, []string{"Amiri", "Scheherazade New", "Noto Naskh Arabic", "FreeSerif", "DejaVuSans.ttf", "DejaVu Sans"}},
	{"Hantext", false, []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo}, []string{"Noto Serif CJK SC", "Noto Serif CJK JP", "Source Han Serif SC", "Songti SC", "SimSun", "Droid Sans Fallback"}},
	{"Devanagaritext", false, []*unicode.RangeTable{unicode.Devanagari}, []string{"Noto Serif Devanagari", "Lohit Devanagari", "FreeSerif"}},
	{"Othertext", false, []*unicode.RangeTable{unicode.Thai, unicode.Georgian, unicode.Armenian, unicode.Ethiopic, unicode.Bengali, unicode.Tamil, unicode.Telugu, unicode.Khmer, unicode.Lao, unicode.Myanmar, unicode.Tibetan, unicode.Syriac, unicode.Thaana, unicode.So, unicode.Sm}, []string{"FreeSerif", "DejaVuSans.ttf", "DejaVu Sans"}},
}

// scriptOf is the index of a character's script in foreign, -1 for those that
// every face has, -2 for those that go with what stands around them.
func scriptOf(r rune) int {
	if r < 0x250 {
		if unicode.IsLetter(r) {
			return -1
		}
		return -2
	}
	for i := range foreign {
		if unicode.In(r, foreign[i].tables...) {
			return i
		}
	}
	if unicode.IsLetter(r) {
		return -1
	}
	return -2
}

// scripts writes a text run by run, each foreign one in its command.
func scripts(s string, write func(b *strings.Builder, run string)) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	start, end, now := 0, 0, -1 // the run in work: where it begins, where its last letter ends, its script
	flush := func(to int) {
		if now >= 0 {
			b.WriteString(`\` + foreign[now].command + "{")
			write(&b, s[start:end])
			b.WriteString("}")
			start = end
		}
		write(&b, s[start:to])
		start = to
	}
	for i, r := range s {
		is := scriptOf(r)
		if is == -2 || is == now && is == -1 {
			continue
		}
		if is != now {
			flush(i)
			now = is
		}
		end = i + len(string(r))
	}
	flush(len(s))
	return b.String()
}
