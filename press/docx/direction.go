package docx

import (
	"strings"
	"unicode"

	"quire/press"
)

// eastAsian reports whether Word keeps a language apart as an Asian one.
func eastAsian(lang string) bool {
	switch press.BaseLanguage(lang) {
	case "zh", "ja", "ko":
		return true
	}
	return false
}

// rtlLetter reports whether a character is of a script that runs from right to
// left.
func rtlLetter(r rune) bool {
	return r >= 0x590 && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam)
}

// runsLeft reports whether a text runs from right to left, and whether it says
// so: its first letter decides.
func runsLeft(s string) (rtl, known bool) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return rtlLetter(r), true
		}
	}
	return false, false
}

// stretch is a piece of text that runs in one direction.
type stretch struct {
	text string
	rtl  bool
}

// stretches cuts a text where its direction changes. Signs and blanks between
// letters of one direction belong to them, others run as the paragraph does.
func stretches(s string, rtl bool) []stretch {
	if !rtl && !strings.ContainsFunc(s, rtlLetter) {
		return []stretch{{s, false}}
	}
	var out []stretch
	start, pending, now := 0, 0, rtl // signs from pending on may belong to what follows
	cut := func(end int) {
		if end > start {
			out = append(out, stretch{s[start:end], now})
			start = end
		}
	}
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
			continue
		}
		way := rtlLetter(r)
		if unicode.IsDigit(r) || unicode.IsMark(r) {
			way = now // figures never turn a text
		}
		if way != now {
			at := i
			if now != rtl { // signs at the border are the paragraph's
				at = pending
			}
			cut(at)
			now = way
		}
		pending = i + len(string(r))
	}
	if now != rtl {
		cut(pending)
		now = rtl
	}
	cut(len(s))
	return out
}

// turn sets a paragraph against the book where its text runs so.
func (b *binder) turn(p *paraProps, text string) {
	rtl, known := runsLeft(text)
	switch {
	case !known || rtl == b.rtl:
	case rtl:
		p.bidi = 1
	default:
		p.bidi = zero
	}
}
