package intake

import (
	"io"
	"strings"
	"unicode/utf8"

	"quire/book"
)

// Premise reads the idea of a book as text, at most book.MaxPremise characters.
// Markdown stays as it is.
func Premise(name string, r io.Reader) (string, error) {
	text, err := readText(name, r, MaxText)
	if err != nil {
		return "", err
	}
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n > book.MaxPremise {
		return "", invalid("%s has %d characters; at most %d are read", name, n, book.MaxPremise).Try("shorten it to what the book must hold")
	}
	return text, nil
}
