package main

import "quire/book"

// raiseVerb changes what a book may cost.
type raiseVerb struct {
	ID     string `arg:"" help:"ID of the book; quire books lists them."`
	Budget string `required:"" help:"Dollars that the book may cost, or none for no limit." placeholder:"USD"`
	JSON   bool   `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*raiseVerb) Help() string {
	return `Changes the budget of a book, also of one that is being written; what it has cost already counts. A book that was paused because its budget was used up goes on with quire resume.

Example:
  quire raise bk_1f2e3d4c5b6a --budget 7.50`
}

// budgetLine is what raise prints as JSON.
type budgetLine struct {
	verdict
	Budget *float64 `json:"budget"` // US dollars; null: no limit
}

// Run changes the budget.
func (v *raiseVerb) Run(s *session) error {
	most, _, err := (&termsFlags{Budget: v.Budget}).budget()
	if err != nil {
		return err
	}
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	id := book.ID(v.ID)
	if err := h.writer.Raise(s.ctx, id, most); err != nil {
		return err
	}
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	if v.JSON {
		return s.json(budgetLine{verdict{b.ID, b.Title, h.status(b)}, lineOfTerms(b.Terms).Budget})
	}
	if most == nil {
		return s.print("“%s” may cost what it costs: its budget has no limit.", b.Title)
	}
	return s.print("“%s” may cost up to %s.", b.Title, most)
}
