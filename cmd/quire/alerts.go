package main

import (
	"encoding/json"
	"fmt"

	"quire/book"
)

// alertsVerb lists the places of a book that contradict each other.
type alertsVerb struct {
	ID   string `arg:"" help:"ID of the book; quire books lists them."`
	Open bool   `help:"List only those that nobody settled."`
	JSON bool   `help:"Print JSON."`
}

// Help shows how the verb is used.
func (*alertsVerb) Help() string {
	return `Before a book is bound, code looks for contradictions in it: ages, dates, people who are gone, things in two
hands, who knows what, names, looks, places. A model rules on each pair of places, and the later one is mended.
An alert is then patched or dismissed. It stays open if it could not be mended, and is locked if the later
chapter is: those are for you.

Examples:
  quire alerts bk_0123456789ab
  quire alerts bk_0123456789ab --open --json`
}

// alertsPage is what the verb prints as JSON.
type alertsPage struct {
	Reviewed bool         `json:"reviewed"` // the book was looked through
	Open     int          `json:"open"`     // alerts that nobody settled
	Alerts   []book.Alert `json:"alerts"`
}

// Run prints the alerts with both quotes.
func (v *alertsVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // nothing was changed
	b, err := h.store.Book(s.ctx, book.ID(v.ID))
	if err != nil {
		return err
	}
	kept, err := h.store.Artefacts(s.ctx, b.ID, "alerts")
	if err != nil {
		return err
	}
	var all book.Alerts
	body, reviewed := kept["alerts"]
	if reviewed {
		if err := json.Unmarshal(body, &all); err != nil {
			return fmt.Errorf("alerts of book %s: %w", b.ID, err)
		}
	}
	page := alertsPage{Reviewed: reviewed, Open: all.Open(), Alerts: []book.Alert{}}
	for _, a := range all.Alerts {
		if !v.Open || a.Standing == book.AlertOpen || a.Standing == book.AlertLocked {
			page.Alerts = append(page.Alerts, a)
		}
	}
	if v.JSON {
		return s.json(page)
	}
	return s.tellAlerts(page)
}

// tellAlerts prints a few lines for each alert: what is wrong, the two places, and
// why it stands as it does.
func (s *session) tellAlerts(p alertsPage) error {
	switch {
	case !p.Reviewed:
		return s.print("The book was not looked through yet.")
	case len(p.Alerts) == 0:
		return s.print("No contradictions are known.")
	}
	t := s.table()
	t.row("STANDING", "KIND", "ALERT")
	for _, a := range p.Alerts {
		t.row(a.Standing, a.Kind, a.Problem)
		for _, x := range []book.Excerpt{a.Earlier, a.Later} {
			where := fmt.Sprintf("chapter %d", x.Ordinal)
			if x.Ordinal == 0 {
				where = "the plan"
			}
			t.row("", where, "“"+oneLine(x.Quote, 90)+"”")
		}
		if a.Why != "" {
			t.row("", "because", a.Why)
		}
	}
	return t.flush()
}
