package epub

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

// rtlLanguage reports whether a language is written from right to left. A
// script in the tag decides, if there is one.
func rtlLanguage(lang string) bool {
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

// direction is that of the first letter: "rtl", "ltr", or "" without letters.
func direction(s string) string {
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

// directionOf is that of the first letter of running text.
func directionOf(text []press.Inline) string {
	for _, in := range text {
		var d string
		switch t := in.(type) {
		case *press.Text:
			d = direction(t.Value)
		case *press.CodeSpan:
			d = direction(t.Value)
		default:
			d = directionOf(press.Inside(in))
		}
		if d != "" {
			return d
		}
	}
	return ""
}

// dir is the dir attribute of a text that runs against the book.
func (b *binder) dir(s string) string { return b.against(direction(s)) }

// dirOf is the dir attribute of running text that runs against the book.
func (b *binder) dirOf(text []press.Inline) string { return b.against(directionOf(text)) }

// against is a dir attribute where a direction is not the book's.
func (b *binder) against(direction string) string {
	if direction == "" || (direction == "rtl") == b.rtl {
		return ""
	}
	return ` dir="` + direction + `"`
}
