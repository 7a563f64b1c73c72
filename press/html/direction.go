package html

import (
	"strings"
	"unicode"

	"quire/press"
)

// rtlLanguages are languages written from right to left, by base language.
var rtlLanguages = map[string]bool{
	"ar": true, "arc": true, "ckb": true, "dv": true, "fa": true, "he": true, "ks": true, "nqo": true,
	"ps": true, "sd": true, "syr": true, "ug": true, "ur": true, "yi": true,
}

// RightToLeft reports whether a language is written from right to left. A
// script in the tag decides, if there is one.
func RightToLeft(lang string) bool {
	for _, tag := range strings.Split(strings.ToLower(lang), "-")[1:] {
		switch {
		case tag == "arab" || tag == "hebr" || tag == "syrc" || tag == "thaa" || tag == "nkoo":
			return true
		case len(tag) == 4:
			return false
		}
	}
	return rtlLanguages[press.BaseLanguage(lang)]
}

// Direction is that of the first letter: "rtl", "ltr", or "" without letters.
func Direction(s string) string {
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r):
		case r >= 0x590 && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam):
			return "rtl"
		default:
			return "ltr"
		}
	}
	return ""
}

// DirectionOf is that of the first letter of running text.
func DirectionOf(text []press.Inline) string {
	for _, in := range text {
		var d string
		switch t := in.(type) {
		case *press.Text:
			d = Direction(t.Value)
		case *press.CodeSpan:
			d = Direction(t.Value)
		default:
			d = DirectionOf(press.Inside(in))
		}
		if d != "" {
			return d
		}
	}
	return ""
}

// dir is the dir attribute of a text that runs against the book.
func (m *maker) dir(s string) string { return m.against(Direction(s)) }

// dirOf is the dir attribute of running text that runs against the book.
func (m *maker) dirOf(text []press.Inline) string { return m.against(DirectionOf(text)) }

// against is a dir attribute where a direction is not the book's.
func (m *maker) against(direction string) string {
	if direction == "" || (direction == "rtl") == m.rtl {
		return ""
	}
	return ` dir="` + direction + `"`
}
