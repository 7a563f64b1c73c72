package press

import "strings"

// nnbsp is the narrow no-break space of French typography.
const nnbsp = "\u202f"

// custom is how a language writes quotations and dashes.
type custom struct {
	open, close, innerOpen, innerClose string
	pause                              string // dash between words, written -- or - between blanks
	speech                             string // dash before what somebody says, written -- at the start; "" is an en dash
	spaces                             spaces
}

// spaces are the rules for blanks beside signs.
type spaces int

const (
	noSpaces       spaces = iota
	speechSpaces          // none but the one behind the dash of speech
	frenchSpaces          // narrow ones before ? ! ; : and inside guillemets
	canadianSpaces        // before : and inside guillemets
)

// customs holds the usual marks by language, and by region where that differs.
// The source is Unicode's CLDR (delimiters), and for dashes and spaces the
// languages' own manuals of style.
var customs = map[string]custom{
	"en": quotes("“”‘’"), "nl": quotes("“”‘’"), "tr": speaking("“”‘’"), "ga": quotes("“”‘’"), "cy": quotes("“”‘’"), "af": quotes("“”‘’"),
	"eo": quotes("“”‘’"), "la": quotes("“”‘’"), "lv": speaking("“”‘’"),
	"de": quotes("„“‚‘"), "de-ch": quotes("«»‹›"), "de-li": quotes("«»‹›"), "hsb": quotes("„“‚‘"), "is": quotes("„“‚‘"),
	"fr":    {"«" + nnbsp, nnbsp + "»", "“", "”", "–", "—", frenchSpaces},
	"fr-ch": {"«" + nnbsp, nnbsp + "»", "‹" + nnbsp, nnbsp + "›", "–", "—", frenchSpaces},
	"fr-ca": {"«\u00a0", "\u00a0»", "“", "”", "–", "—", canadianSpaces},
	"es":    speaking("«»“”"), "es-mx": speaking("“”‘’"), "es-419": speaking("“”‘’"), "es-us": speaking("“”‘’"),
	"it": quotes("«»“”"), "it-ch": quotes("«»‹›"), "ca": speaking("«»“”"), "gl": speaking("«»“”"), "eu": speaking("«»“”"),
	"pt": speaking("“”‘’"), "pt-pt": speaking("«»“”"),
	"sv": quotes("””’’"), "fi": quotes("””’’"), "da": quotes("»«›‹"), "nb": quotes("«»‘’"), "no": quotes("«»‘’"), "nn": quotes("«»‘’"),
	"pl": speaking("„”«»"), "cs": quotes("„“‚‘"), "sk": quotes("„“‚‘"), "sl": quotes("„“‚‘"), "hr": quotes("„”‚’"), "sr": quotes("„“’’"),
	"mk": quotes("„“‚‘"), "hu": quotes("„”»«"), "ro": speaking("„”«»"), "bg": dashing("„“‚‘"), "et": quotes("„“«»"), "lt": speaking("„“‚‘"),
	"ru": dashing("«»„“"), "uk": dashing("«»„“"), "be": dashing("«»„“"), "el": speaking("«»“”"),
}

// quotes makes a custom of its four marks, with en dashes.
func quotes(marks string) custom {
	m := []rune(marks)
	return custom{string(m[0]), string(m[1]), string(m[2]), string(m[3]), "–", "", noSpaces}
}

// speaking is quotes with an em dash before speech.
func speaking(marks string) custom {
	c := quotes(marks)
	c.speech, c.spaces = "—", speechSpaces
	return c
}

// dashing is speaking with em dashes everywhere between words.
func dashing(marks string) custom {
	c := speaking(marks)
	c.pause = "—"
	return c
}

// customOf returns the custom of a language, that of its region if there is
// one, English if it is not known.
func customOf(lang string) custom {
	tag := strings.ReplaceAll(strings.ToLower(lang), "_", "-")
	base := BaseLanguage(tag)
	if parts := strings.Split(tag, "-"); len(parts) > 1 {
		if c, ok := customs[base+"-"+parts[len(parts)-1]]; ok {
			return c
		}
	}
	if c, ok := customs[base]; ok {
		return c
	}
	return customs["en"]
}
