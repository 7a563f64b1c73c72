package main

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"quire/book"
)

// TestThePeersGetTheWholeBook counts the words of what the peers are given: they
// must not be faster because a writer dropped something.
func TestThePeersGetTheWholeBook(t *testing.T) {
	doc := trialBook(t)
	page, pictures := bookHTML(t, doc)
	_, body, _ := strings.Cut(page, "</style>")
	text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " "))
	if got := book.Words(text); got < doc.Words() || got > doc.Words()+200 || len(pictures) != 1 { // titles stand in the contents, too
		t.Errorf("HTML of %d words and %d pictures for a book of %d", got, len(pictures), doc.Words())
	}
	source, pictures := bookLaTeX(t, doc)
	_, body, _ = strings.Cut(source, `\mainmatter`)
	text = regexp.MustCompile(`\\[a-z]+\*?(\[[^\]]*\])?`).ReplaceAllString(body, " ")
	if got := book.Words(text); got < doc.Words() || got > doc.Words()+200 || len(pictures) != 1 {
		t.Errorf("LaTeX of %d words and %d pictures for a book of %d", got, len(pictures), doc.Words())
	}
	if n := strings.Count(source, `\chapter{`); n != len(doc.Chapters) {
		t.Errorf("%d chapters in LaTeX", n)
	}
}

func TestTextForLaTeXIsEscaped(t *testing.T) {
	if got, want := latexText(`50 % & #1_a {b} \c ~ ^ $`), `50 \% \& \#1\_a \{b\} \textbackslash{}c \~{} \^{} \$`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
