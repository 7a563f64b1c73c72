package main

import (
	"strings"

	"quire/book"
	"quire/llm"
	"quire/offline"
	"quire/problem"
	"quire/write"
)

var _ write.Authors = authors{}

// authors knows the models that the house can ask.
type authors struct {
	builtIn llm.Model
}

// Serve reports why nobody can write a book in the language on the terms.
func (a authors) Serve(terms book.Terms, language string) error {
	if terms.Provider != book.BuiltIn {
		return nil // providers' models write every language, as far as anybody knows
	}
	if !a.builtIn.Caps().Writes(language) {
		return problem.New(problem.Invalid, "the built-in author does not write the language %q", language).
			Try("leave out --language to have the book in English, or set a provider's key: docs/guide/models.md tells how")
	}
	return nil
}

// Notice is what the imprint of a book must say which the author, given as
// provider/model, wrote a part of: that it is sample text, if it is the built-in
// author, behind whatever wire.
func (a authors) Notice(author string) string {
	if _, model, _ := strings.Cut(author, "/"); model == offline.Version {
		return a.builtIn.Caps().Notice
	}
	return ""
}
