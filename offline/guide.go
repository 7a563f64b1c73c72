package offline

import "quire/book"

// guide writes nonfiction.
type guide struct{}

func (guide) concept(in *input) book.Concept { panic("to come") }
func (guide) outline(in *input) book.Outline { panic("to come") }
func (guide) beats(in *input) book.Beats     { panic("to come") }
func (guide) draft(in *input) string         { panic("to come") }
func (guide) observe(in *input) book.Delta   { panic("to come") }
