package docx

import (
	"regexp"
	"strings"

	"quire/press"
)

// regions are the countries of languages that came without one: Word checks
// the spelling of en-US, not of en.
var regions = map[string]string{
	"ar": "SA", "bg": "BG", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US", "es": "ES", "et": "EE",
	"eu": "ES", "fa": "IR", "fi": "FI", "fr": "FR", "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU", "is": "IS", "it": "IT",
	"ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV", "nb": "NO", "nl": "NL", "nn": "NO", "pl": "PL", "pt": "PT", "ro": "RO",
	"ru": "RU", "sk": "SK", "sl": "SI", "sr": "RS", "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN",
}

// languageTag matches what may stand as a language (BCP 47, in outline).
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// wordLanguage is a language as Word knows it: with a country; "" for what is
// no language.
func wordLanguage(lang string) string {
	lang = strings.ReplaceAll(lang, "_", "-")
	if !languageTag.MatchString(lang) {
		return ""
	}
	base := press.BaseLanguage(lang)
	if base == "no" {
		base, lang = "nb", "nb"+lang[2:]
	}
	if region := regions[base]; region != "" && len(lang) == len(base) {
		return lang + "-" + region
	}
	return lang
}

// untitled is the title of a book that has none.
func untitled(lang string) string {
	return first(untitledIn[press.BaseLanguage(lang)], untitledIn["en"])
}

// untitledIn is that title by base language.
var untitledIn = map[string]string{
	"en": "Untitled", "de": "Ohne Titel", "fr": "Sans titre", "es": "Sin título", "it": "Senza titolo", "pt": "Sem título",
	"nl": "Zonder titel", "sv": "Utan titel", "da": "Uden titel", "nb": "Uten tittel", "fi": "Nimetön", "pl": "Bez tytułu",
	"cs": "Bez názvu", "ru": "Без названия", "uk": "Без назви", "el": "Χωρίς τίτλο",
}
