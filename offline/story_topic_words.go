package offline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isTrade reports whether a word names a person by what they do.
func isTrade(word string) bool {
	word = strings.ToLower(strings.TrimSpace(word))
	if _, ok := stories().trades()[word]; ok {
		return true
	}
	for _, end := range []string{"keeper", "maker", "maid", "wright", "smith", "monger", "master", "mistress", "herder", "hunter", "lighter", "catcher", "driver", "teacher", "binder", "grower", "ologist", "mancer", "grapher"} {
		if strings.HasSuffix(word, end) && len(word) > len(end) {
			return true
		}
	}
	return false
}

// placeEnds are the last words, or endings, of place names.
var placeEnds = strings.Fields("point bay cove head island isle isles rock skerry harbour harbor port haven quay ness firth sound reef shoals coast shore strand " +
	"hill hills mount mountain peak ridge pass crag fell edge tor vale valley dale glen gorge canyon mesa creek river ford bridge mill lake mere marsh fen moor heath wood woods forest grove field fields meadow farm " +
	"village town city street lane square row gate court market station junction crossing house hall manor abbey tower castle keep fort palace inn school hotel academy library ranch outpost colony dome moon planet world kingdom valley desert")

func isPlaceName(phrase string) bool {
	fields := strings.Fields(stripArticle(phrase))
	if len(fields) == 0 || len(fields) > 4 {
		return false
	}
	last := fields[len(fields)-1]
	if r, _ := utf8.DecodeRuneInString(last); !unicode.IsUpper(r) {
		return false
	}
	low := strings.ToLower(last)
	for _, end := range placeEnds {
		if low == end && len(fields) > 1 {
			return true
		}
		if len(fields) == 1 && len(end) > 3 && len(low) > len(end)+2 && strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

// isPersonName reports whether the phrase is a given name that we know, alone
// or with a family name.
func isPersonName(phrase string) bool {
	fields := strings.Fields(phrase)
	if len(fields) == 0 || len(fields) > 3 || strings.EqualFold(fields[0], "the") {
		return false
	}
	for _, f := range fields {
		if r, _ := utf8.DecodeRuneInString(f); !unicode.IsUpper(r) {
			return false
		}
	}
	return genderOf(fields[0]) != ""
}

// genderOf guesses the pronoun of a given name; "" if it is unknown.
func genderOf(given string) string {
	for _, pronoun := range []string{"she", "he"} {
		for _, bank := range []string{"name." + pronoun, "name." + pronoun + ".more"} {
			for _, n := range stories().banks[bank] {
				if n == given {
					return pronoun
				}
			}
		}
	}
	return ""
}

func lastWord(phrase string) string {
	fields := strings.Fields(phrase)
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}

// stripArticle takes a leading article off.
func stripArticle(phrase string) string {
	first, rest, ok := strings.Cut(phrase, " ")
	switch strings.ToLower(first) {
	case "the", "a", "an":
		if ok {
			return rest
		}
	}
	return phrase
}

// withArticle makes “the glass orchard” of “A Glass Orchard”; names and
// mass words in capitals stay as they are.
func withArticle(phrase string) string {
	bare := stripArticle(phrase)
	first, _, _ := strings.Cut(bare, " ")
	switch strings.ToLower(first) {
	case "my", "our", "your", "his", "her", "their":
		_, bare, _ = strings.Cut(bare, " ")
	}
	return "the " + strings.ToLower(bare)
}

// verbish are words that show that a phrase is not a plain noun.
var verbish = wordSet("is are was were be been has have had do does did will would can could should may might must who which that when where why how what if not never always i you we they it falling waiting")

func nounLike(phrase string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(phrase)) {
		if verbish[w] {
			return false
		}
	}
	return true
}
