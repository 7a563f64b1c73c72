package main

import (
	"strings"

	"quire/book"
	"quire/problem"
)

// mannerFlags say how a book is to be made.
type mannerFlags struct {
	Preset    string   `help:"How much care is taken: draft, standard or best." placeholder:"NAME"`
	Depth     *int     `help:"Of nonfiction: 1 basics, 2 professional, 3 expert." placeholder:"N"`
	NoFigures bool     `name:"no-figures" help:"Leave figures out of nonfiction."`
	Enhance   []string `sep:"none" help:"Switch a writing enhancement, see quire enhancements; repeat for more." placeholder:"NAME=off"`
	Ban       []string `sep:"none" help:"Phrase the book does without; repeat for more." placeholder:"PHRASE"`
}

// into puts the flags over a brief.
func (f mannerFlags) into(b *book.Brief) error {
	if f.Preset != "" {
		b.Preset = f.Preset
	}
	if f.Depth != nil {
		if *f.Depth < 1 {
			return problem.New(problem.Invalid, "the depth %d is not known", *f.Depth).Try("say 1 for basics, 2 for professionals or 3 for experts")
		}
		b.Depth = *f.Depth
	}
	if f.NoFigures {
		b.Figures = "none"
	}
	b.Banned = append(b.Banned, f.Ban...)
	for _, text := range f.Enhance {
		name, value, _ := strings.Cut(text, "=")
		on, ok := book.ParseSwitch(value)
		if !ok {
			return problem.New(problem.Invalid, "--enhance %q does not say on or off", text).Try("write it as NAME=off, such as --enhance overusedMetaphors=off")
		}
		if b.Enhance == nil {
			b.Enhance = map[string]bool{}
		}
		b.Enhance[strings.TrimSpace(name)] = on
	}
	return nil
}
