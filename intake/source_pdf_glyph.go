package intake

import (
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// standardSigns are where Adobe's standard encoding differs from that of
// Windows (ISO 32000-1, annex D).
var standardSigns = map[int]string{
	0x27: "’", 0x60: "‘", 0xa4: "⁄", 0xa6: "ƒ", 0xa8: "¤", 0xa9: "'", 0xaa: "“", 0xac: "‹", 0xad: "›", 0xae: "fi", 0xaf: "fl",
	0xb1: "–", 0xb2: "†", 0xb3: "‡", 0xb4: "·", 0xb7: "•", 0xb8: "‚", 0xb9: "„", 0xba: "”", 0xbc: "…", 0xbd: "‰", 0xd0: "—",
	0xe1: "Æ", 0xe3: "ª", 0xe8: "Ł", 0xe9: "Ø", 0xea: "Œ", 0xeb: "º", 0xf1: "æ", 0xf5: "ı", 0xf8: "ł", 0xf9: "ø", 0xfa: "œ", 0xfb: "ß",
}

// knuthSigns are the letters of Knuth's Computer Modern fonts that stand elsewhere
// than in ASCII.
var knuthSigns = map[int]string{
	11: "ff", 12: "fi", 13: "fl", 14: "ffi", 15: "ffl", 16: "ı", 25: "ß", 26: "æ", 27: "œ", 28: "ø", 29: "Æ", 30: "Œ", 31: "Ø",
	34: "”", 39: "’", 60: "¡", 62: "¿", 92: "“", 96: "‘", 123: "–", 124: "—",
}

// knuthFont reports whether a font is one of those for running text.
func knuthFont(name string) bool {
	for _, begin := range []string{"CMR", "CMB", "CMTI", "CMSL", "CMSS", "CMCSC", "CMU"} {
		if strings.HasPrefix(name, begin) {
			return true
		}
	}
	return false
}

// glyphNames are names of signs in fonts with the sign, as Adobe's list for new
// fonts has them.
const glyphNames = `space   exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk *
plus + comma , hyphen - minus − period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ;
less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ] asciicircum ^ underscore _ grave ` + "`" + ` braceleft { bar |
braceright } asciitilde ~ exclamdown ¡ cent ¢ sterling £ currency ¤ yen ¥ brokenbar ¦ section § copyright © ordfeminine ª guillemotleft «
logicalnot ¬ registered ® degree ° plusminus ± paragraph ¶ periodcentered · ordmasculine º guillemotright » onequarter ¼ onehalf ½
threequarters ¾ questiondown ¿ AE Æ Eth Ð multiply × Oslash Ø Thorn Þ germandbls ß ae æ eth ð divide ÷ oslash ø thorn þ OE Œ oe œ Lslash Ł
lslash ł dotlessi ı quoteleft ‘ quoteright ’ quotesinglbase ‚ quotedblleft “ quotedblright ” quotedblbase „ endash – emdash — bullet •
ellipsis … dagger † daggerdbl ‡ perthousand ‰ guilsinglleft ‹ guilsinglright › fraction ⁄ Euro € trademark ™ florin ƒ ff ff fi fi fl fl ffi ffi
ffl ffl nbspace   sfthyphen - alpha α beta β gamma γ delta δ epsilon ε lambda λ mu μ pi π sigma σ tau τ phi φ omega ω Delta Δ Omega Ω Sigma Σ
infinity ∞ lessequal ≤ greaterequal ≥ notequal ≠ approxequal ≈ arrowright → arrowleft ← arrowup ↑ arrowdown ↓`

// accents are the endings of names of letters with an accent.
var accents = []struct{ name, mark string }{
	{"acute", "\u0301"}, {"grave", "\u0300"}, {"circumflex", "\u0302"}, {"dieresis", "\u0308"}, {"tilde", "\u0303"}, {"ring", "\u030a"},
	{"cedilla", "\u0327"}, {"caron", "\u030c"}, {"macron", "\u0304"}, {"breve", "\u0306"}, {"ogonek", "\u0328"}, {"dotaccent", "\u0307"},
	{"hungarumlaut", "\u030b"},
}

var glyphs = sync.OnceValue(func() map[string]string {
	list := strings.Fields(glyphNames)
	out := map[string]string{"space": " ", "nbspace": " "}
	for i := 0; i+1 < len(list); i += 2 {
		if list[i] == "space" || list[i] == "nbspace" {
			i-- // its sign is a blank
			continue
		}
		out[list[i]] = list[i+1]
	}
	return out
})

// glyphText is the text that a name of a sign stands for, "" if it is not known.
func glyphText(name string) string {
	name, _, _ = strings.Cut(name, ".") // a.sc is a small capital
	if text, ok := glyphs()[name]; ok {
		return text
	}
	if len(name) == 1 {
		return name
	}
	for _, a := range accents {
		if letter, ok := strings.CutSuffix(name, a.name); ok && len(letter) == 1 {
			return norm.NFC.String(letter + a.mark)
		}
	}
	for _, prefix := range []string{"uni", "u"} {
		if digits, ok := strings.CutPrefix(name, prefix); ok && len(digits) >= 4 && len(digits) <= 6 {
			if code, err := strconv.ParseInt(digits, 16, 32); err == nil && code >= ' ' && code <= 0x10ffff {
				return letterForms(string(rune(code)))
			}
		}
	}
	if strings.Contains(name, "_") { // f_f_i
		var b strings.Builder
		for part := range strings.SplitSeq(name, "_") {
			if len(part) != 1 {
				return ""
			}
			b.WriteString(part)
		}
		return b.String()
	}
	return ""
}
