package main

import (
	"strings"

	"quire/book"
	"quire/write"
)

// enhancementsVerb lists the demands on the writing that can be switched.
type enhancementsVerb struct {
	JSON bool `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*enhancementsVerb) Help() string {
	return `All of them are on. A name, group.name, a group, or humanLikeWriting for all, is switched off when a book is begun:

Examples:
  quire enhancements
  quire write "The lamplighter of Skerry Point" --enhance overusedMetaphors=off --enhance powerCosts=off`
}

// enhancement is one of them with what it asks for, as JSON has it.
type enhancement struct {
	book.Enhancement
	Instruction string `json:"instruction"`
}

// Run lists them group by group.
func (v *enhancementsVerb) Run(s *session) error {
	if v.JSON {
		var all []enhancement
		for _, e := range book.Enhancements() {
			all = append(all, enhancement{e, write.Instruction(e)})
		}
		return s.json(all)
	}
	group := ""
	for _, e := range book.Enhancements() {
		if at := e.Layer + " / " + e.Group; at != group {
			group = at
			if err := s.print("%s", at); err != nil {
				return err
			}
		}
		books := ""
		if e.Fiction {
			books = ", fiction"
		}
		if err := s.print("  %s (%s%s)\n    %s", e.Name, strings.Join(e.Stages, " "), books, write.Instruction(e)); err != nil {
			return err
		}
	}
	return nil
}
