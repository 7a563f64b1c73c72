package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"quire/book"
	"quire/edition"
	"quire/llm"
)

// showVerb shows one book.
type showVerb struct {
	ID   string `arg:"" help:"ID of the book; quire books lists them."`
	JSON bool   `help:"Print JSON."`
}

// bookPage is a book with its chapters and files.
type bookPage struct {
	bookLine
	Stage    string         `json:"stage"`
	Waits    string         `json:"waits_behind,omitempty"` // stage that waits to be approved
	Reason   string         `json:"reason,omitempty"`
	Hint     string         `json:"hint,omitempty"`
	Brief    book.Brief     `json:"brief"`
	Terms    termsLine      `json:"terms"`
	By       string         `json:"written_by"`
	Authors  []string       `json:"authors"` // of the text so far, models as provider/model
	Cost     *float64       `json:"cost"`    // US dollars so far; null: unknown
	Chapters []chapterLine  `json:"chapters"`
	Editions []edition.File `json:"editions"`
	Outputs  []string       `json:"outputs"`

	terms book.Terms
	cost  llm.Cost
}

// termsLine says by whom and for how much a book is written.
type termsLine struct {
	Provider string   `json:"provider,omitempty"` // "" is as the settings say
	Model    string   `json:"model,omitempty"`    // "" is as the settings say
	Budget   *float64 `json:"budget"`             // US dollars; null: no limit
}

func lineOfTerms(t book.Terms) termsLine {
	line := termsLine{Provider: t.Provider, Model: t.Model}
	if t.Budget != nil {
		dollars := usd(*t.Budget)
		line.Budget = &dollars
	}
	return line
}

type chapterLine struct {
	Number  int               `json:"number"`
	ID      book.ChapterID    `json:"id"`
	Title   string            `json:"title"`
	Status  book.ChapterState `json:"status"`
	Words   int               `json:"words"`
	Asked   int               `json:"asked"`
	Draft   int               `json:"draft"`
	Wave    int               `json:"wave"` // chapters of one wave are written side by side; 0 is not planned
	Locked  bool              `json:"locked"`
	By      book.Origin       `json:"by,omitempty"` // what made its text: draft, revision, seam, patch, edit or keep
	Reason  string            `json:"reason,omitempty"`
	Changed time.Time         `json:"changed"`
}

// Run prints the book.
func (v *showVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // nothing was changed
	page, err := s.page(h, book.ID(v.ID))
	if err != nil {
		return err
	}
	if v.JSON {
		return s.json(page)
	}
	return s.tellPage(page)
}

func ofBudget(most *book.USD) string {
	if most == nil {
		return ", without a limit"
	}
	return " of " + most.String()
}

func (s *session) page(h *house, id book.ID) (bookPage, error) {
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return bookPage{}, err
	}
	chapters, err := h.store.Chapters(s.ctx, id)
	if err != nil {
		return bookPage{}, err
	}
	editions, err := h.store.Editions(s.ctx, id)
	if err != nil {
		return bookPage{}, err
	}
	credit := result{}
	cost, err := s.credit(h, b, &credit)
	if err != nil {
		return bookPage{}, err
	}
	names, err := h.store.Credits(s.ctx, id, "section")
	if err != nil {
		return bookPage{}, err
	}
	page := bookPage{
		bookLine: bookLine{b.ID, b.Title, h.status(b), b.Brief.Kind, b.Brief.Chapters, b.Brief.Words, b.Created},
		Stage:    b.Stage, Reason: b.Reason, Hint: b.Hint, Brief: b.Brief, Outputs: b.Outputs,
		Terms: lineOfTerms(b.Terms), By: credit.Author, Authors: append([]string{}, names...), Cost: credit.Cost, terms: b.Terms, cost: cost,
		Chapters: []chapterLine{}, Editions: append([]edition.File{}, editions...),
	}
	if b.State == book.Waiting {
		page.Waits = b.Stage
	}
	texts, err := h.store.Artefacts(s.ctx, id, "chapter")
	if err != nil {
		return bookPage{}, err
	}
	for _, c := range chapters {
		line := chapterLine{
			Number: c.Ordinal, ID: c.ID, Title: c.Title, Status: c.State, Words: c.Words, Asked: c.Target,
			Draft: c.Draft, Wave: c.Wave, Locked: c.Locked, Reason: c.Reason, Changed: c.Changed,
		}
		if body, ok := texts["chapter/"+string(c.ID)]; ok {
			var t book.ChapterText
			if err := json.Unmarshal(body, &t); err != nil {
				return bookPage{}, fmt.Errorf("chapter %d of book %s: %w", c.Ordinal, id, err)
			}
			line.By = t.By
		}
		page.Chapters = append(page.Chapters, line)
	}
	return page, nil
}

func (s *session) tellPage(p bookPage) error {
	status := string(p.Status)
	if p.Reason != "" {
		status += ": " + p.Reason
	}
	t := s.table()
	t.row("title", p.Title)
	t.row("id", string(p.ID))
	t.row("status", status)
	if p.Hint != "" {
		t.row("", p.Hint)
	}
	t.row("stage", p.Stage)
	t.row("kind", string(p.Kind))
	if size := fmt.Sprintf("%s, %s", count(p.Brief.Chapters, "chapter"), count(p.Brief.Words, "word")); p.Brief.Imported {
		t.row("imported", size)
	} else {
		t.row("asked", size)
		t.row("seed", strconv.FormatUint(p.Brief.Seed, 10))
	}
	if len(p.Authors) > 0 {
		t.row("by", p.By)
	}
	if p.cost != llm.Free || p.terms.Provider != book.BuiltIn && !p.Brief.Imported {
		t.row("cost", shownCost(p.cost)+ofBudget(p.terms.Budget))
	}
	t.row("created", p.Created.Local().Format("2006-01-02 15:04"))
	for _, f := range p.Editions {
		size := fmt.Sprintf("%s kB", thousands(int(f.Bytes+999)/1000))
		if f.Pages > 0 {
			size += ", " + count(f.Pages, "page")
		}
		t.row("edition", string(f.Format)+": "+size)
	}
	if err := t.flush(); err != nil || len(p.Chapters) == 0 {
		return err
	}
	if err := s.print(""); err != nil {
		return err
	}
	t = s.table()
	t.row("CHAPTER", "STATUS", "WORDS", "WAVE", "DRAFT", "TEXT", "TITLE")
	for _, c := range p.Chapters {
		title := c.Title
		if c.Reason != "" {
			title += " (" + c.Reason + ")"
		}
		status := string(c.Status)
		if c.Locked {
			status += ", locked"
		}
		t.row(strconv.Itoa(c.Number), status, fmt.Sprintf("%s of %s", thousands(c.Words), thousands(c.Asked)),
			strconv.Itoa(c.Wave), strconv.Itoa(c.Draft), string(c.By), title)
	}
	return t.flush()
}
