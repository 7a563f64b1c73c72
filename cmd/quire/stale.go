package main

import (
	"strings"

	"quire/book"
	"quire/write"
)

// staleVerb lists what an edit left behind.
type staleVerb struct {
	ID   string `arg:"" help:"ID of the book; quire books lists them."`
	JSON bool   `help:"Print JSON."`
}

// Help shows how the verb is used.
func (*staleVerb) Help() string {
	return `Everything that is made keeps what it was made from. When that changes, it is stale: it still stands, and quire refresh makes it anew. Here is what, why, and for how much.`
}

// stalePage is what is stale, for programs. Costs are US dollars; null is unknown.
type stalePage struct {
	Stale []staleLine `json:"stale"`
	effortLine
}

type staleLine struct {
	Artefact string   `json:"artefact"`
	Chapter  int      `json:"chapter,omitempty"` // number
	Because  []string `json:"because"`           // what changed
	Stays    string   `json:"stays,omitempty"`   // why a refresh leaves it
	effortLine
}

type effortLine struct {
	Calls  int      `json:"calls"`
	Input  int      `json:"input"`  // tokens
	Output int      `json:"output"` // tokens
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
}

func lineOfEffort(e write.Effort) effortLine {
	return effortLine{e.Calls, e.Input, e.Output, inDollars(e.Low), inDollars(e.High)}
}

// Run prints the list.
func (v *staleVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // nothing was changed
	list, chapters, err := s.stale(h, book.ID(v.ID))
	if err != nil {
		return err
	}
	if v.JSON {
		page := stalePage{[]staleLine{}, lineOfEffort(write.Sum(list))}
		for _, x := range list {
			page.Stale = append(page.Stale, staleLine{x.Artefact, x.Ordinal, x.Because, x.Stays, lineOfEffort(x.Effort)})
		}
		return s.json(page)
	}
	if len(list) == 0 {
		return s.print("Nothing is stale: everything was made from what is there.")
	}
	if err := s.tellStale(list, chapters); err != nil {
		return err
	}
	if len(write.Chosen(list, nil)) == 0 {
		return s.print("All of it stays as it is.")
	}
	return s.print("To make it anew: %s.\nNext: quire refresh %s", shownEffort(write.Sum(list)), v.ID)
}

// stale is what is stale of a book, reckoned by who writes it.
func (s *session) stale(h *house, id book.ID) ([]write.Stale, []book.Chapter, error) {
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if err := s.hire(h, b.Terms); err != nil {
		return nil, nil, err
	}
	list, err := h.writer.Stale(s.ctx, id)
	if err != nil {
		return nil, nil, err
	}
	chapters, err := h.store.Chapters(s.ctx, id)
	return list, chapters, err
}

func (s *session) tellStale(list []write.Stale, chapters []book.Chapter) error {
	t := s.table()
	t.row("WHAT", "BECAUSE OF", "CALLS", "")
	for _, x := range list {
		what, _ := partOf(x.Artefact, chapters)
		if strings.HasPrefix(what, "delta ") {
			what = "record of chapter " + strings.TrimPrefix(what, "delta ")
		}
		calls, note := thousands(x.Effort.Calls), ""
		if x.Stays != "" {
			calls, note = "", "stays: "+x.Stays
		}
		t.row(what, strings.Join(x.Because, ", "), calls, note)
	}
	return t.flush()
}

func shownEffort(e write.Effort) string {
	text := count(e.Calls, "call") + ", "
	switch {
	case e.Free():
		return text + "free"
	case !e.Low.Known || !e.High.Known:
		return text + "at a cost that is not known"
	default:
		return text + roughly(e.Low.USD) + " to " + roughly(e.High.USD)
	}
}
