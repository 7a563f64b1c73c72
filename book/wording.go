package book

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Wording finds passages in a text that were quoted with other spaces, quotation
// marks, dashes or capitals, or without the marks of emphasis.
type Wording struct {
	text   string
	folded string
	at     []int // of each byte of folded, where its letter begins in text
}

// WordingOf reads a text.
func WordingOf(text string) Wording {
	folded, at := foldWording(text)
	return Wording{text, folded, at}
}

// Find returns the first passage that says the quote, as the text has it.
func (w Wording) Find(quote string) (string, bool) {
	start, end, ok := w.Place(quote)
	if !ok {
		return "", false
	}
	return w.text[start:end], true
}

// Place is where the quote stands first: its first byte, and the one behind it.
func (w Wording) Place(quote string) (start, end int, ok bool) {
	key, _ := foldWording(strings.TrimSpace(quote))
	key = strings.Trim(key, " .\"'")
	if key == "" {
		return 0, 0, false
	}
	i := strings.Index(w.folded, key)
	if i < 0 {
		return 0, 0, false
	}
	last := w.at[i+len(key)-1]
	_, size := utf8.DecodeRuneInString(w.text[last:])
	return w.at[i], last + size, true
}

// signs are marks that are written in several ways.
var signs = map[rune]string{
	'“': `"`, '”': `"`, '„': `"`, '«': `"`, '»': `"`, '‘': "'", '’': "'", '–': "-", '—': "-", '…': "...", '*': "", '_': "",
}

// foldWording writes a text as passages are compared, and tells where each byte is from.
func foldWording(text string) (string, []int) {
	var out strings.Builder
	var at []int
	put := func(s string, i int) {
		out.WriteString(s)
		for range len(s) {
			at = append(at, i)
		}
	}
	space := false
	for i, r := range text {
		if unicode.IsSpace(r) {
			if !space {
				put(" ", i)
			}
			space = true
			continue
		}
		sign, known := signs[r]
		if !known {
			sign = string(unicode.ToLower(r))
		}
		put(sign, i)
		space = space && sign == ""
	}
	return out.String(), at
}
