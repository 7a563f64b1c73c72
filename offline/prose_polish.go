package offline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	articleWord  = regexp.MustCompile(`\b([Aa])n? (“?)([A-Za-z’]+)`)
	sentenceHead = regexp.MustCompile(`(?:^|\n|[.!?…] )[“]?\*?\p{Ll}`)
	manySpaces   = regexp.MustCompile(` {2,}`)
	theyWas      = regexp.MustCompile(`\b([Tt]hey) was\b`)
)

// polish repairs what slots can break: articles before vowels, capitals at the
// head of sentences, spaces, and the verb after a singular they.
func polish(text string) string {
	text = manySpaces.ReplaceAllString(text, " ")
	text = theyWas.ReplaceAllString(text, "$1 were")
	text = articleWord.ReplaceAllStringFunc(text, func(m string) string {
		parts := articleWord.FindStringSubmatch(m)
		article := parts[1]
		if vowelSound(parts[3]) {
			article += "n"
		}
		return article + " " + parts[2] + parts[3]
	})
	text = sentenceHead.ReplaceAllStringFunc(text, func(m string) string {
		r, n := utf8.DecodeLastRuneInString(m)
		return m[:len(m)-n] + string(unicode.ToUpper(r))
	})
	return strings.TrimSpace(text)
}

// vowelSound reports whether a word takes “an”.
func vowelSound(word string) bool {
	w := strings.ToLower(word)
	for _, silent := range []string{"hour", "honest", "honour", "heir"} {
		if strings.HasPrefix(w, silent) {
			return true
		}
	}
	for _, glide := range []string{"one", "once", "use", "usu", "uni", "eu", "ewe"} {
		if strings.HasPrefix(w, glide) && !strings.HasPrefix(w, "unin") && !strings.HasPrefix(w, "unim") {
			return false
		}
	}
	return strings.ContainsRune("aeiou", rune(w[0]))
}

// article puts “a” or “an” before a noun phrase.
func article(noun string) string {
	if noun != "" && noun[0] < utf8.RuneSelf && vowelSound(noun) {
		return "an " + noun
	}
	return "a " + noun
}

// upper returns the text with a capital first letter.
func upper(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	if n == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[n:]
}

// possessive is the owner's form of a name.
func possessive(name string) string { return name + "’s" }

// smallWords stay low inside a title.
var smallWords = map[string]bool{
	"a": true, "an": true, "the": true, "of": true, "in": true, "on": true, "at": true, "by": true, "for": true,
	"and": true, "or": true, "to": true, "from": true, "with": true, "as": true, "but": true, "nor": true, "into": true,
}

// titled sets a phrase in title case, leaving words with capitals of their own.
func titled(phrase string) string {
	words := strings.Fields(phrase)
	for i, w := range words {
		if i == 0 || i == len(words)-1 || !smallWords[strings.ToLower(w)] {
			words[i] = upper(w)
		}
	}
	return strings.Join(words, " ")
}
