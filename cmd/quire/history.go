package main

import (
	"strconv"
	"strings"
	"time"

	"quire/book"
	"quire/problem"
	"quire/write"
)

// historyVerb lists the versions of a book's parts.
type historyVerb struct {
	ID       string   `arg:"" help:"ID of the book; quire books lists them."`
	Artefact []string `arg:"" optional:"" help:"concept, bible, outline, brief, matter (preface, blurb, keywords …), beats N or chapter N. Default: all."`
	Rev      int      `help:"Print this revision instead of the list." placeholder:"R"`
	JSON     bool     `help:"Print JSON: a list of objects."`
}

// Help shows how the verb is used.
func (*historyVerb) Help() string {
	return `Every version of everything stays. quire diff tells what changed between two, quire keep takes an older one of a chapter back.

Examples:
  quire history bk_1f2e3d4c5b6a chapter 3
  quire history bk_1f2e3d4c5b6a outline --rev 1 > outline.json`
}

// pastLine is a revision in a list.
type pastLine struct {
	Artefact string      `json:"artefact"`
	Chapter  int         `json:"chapter,omitempty"` // number
	Revision int         `json:"revision"`
	Current  bool        `json:"current"`
	Made     time.Time   `json:"made"`
	Author   string      `json:"author"`          // provider/model, person or person:NAME; "" is code
	By       book.Origin `json:"by,omitempty"`    // of a chapter: draft, revision, seam, patch, edit or keep
	Words    int         `json:"words,omitempty"` // of a chapter
}

// Run prints the list or the revision.
func (v *historyVerb) Run(s *session) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // nothing was changed
	id, name := book.ID(v.ID), ""
	if len(v.Artefact) > 0 {
		if name, err = h.writer.Find(s.ctx, id, strings.Join(v.Artefact, " ")); err != nil {
			return err
		}
	}
	switch {
	case v.Rev != 0 && name == "":
		return problem.New(problem.Invalid, "a revision is asked for, but not of what").Try("name it, such as quire history %s outline --rev %d", id, v.Rev)
	case v.Rev != 0:
		text, err := h.writer.Old(s.ctx, id, name, v.Rev)
		if err != nil {
			return err
		}
		return s.print("%s", strings.TrimSuffix(text, "\n"))
	}
	past, err := h.writer.History(s.ctx, id, name)
	if err != nil {
		return err
	}
	chapters, err := h.store.Chapters(s.ctx, id)
	if err != nil {
		return err
	}
	return v.tell(s, past, chapters)
}

func (v *historyVerb) tell(s *session, past []write.Past, chapters []book.Chapter) error {
	lines := []pastLine{}
	t := s.table()
	t.row("WHAT", "REV", "", "MADE", "WORDS", "BY", "AUTHOR")
	for _, p := range past {
		what, number := partOf(p.Artefact, chapters)
		lines = append(lines, pastLine{p.Artefact, number, p.Number, p.Current, p.Created, p.Author, p.By, p.Words})
		mark, words := "", ""
		if p.Current {
			mark = "stands"
		}
		if p.Words > 0 {
			words = thousands(p.Words)
		}
		t.row(what, strconv.Itoa(p.Number), mark, p.Created.Local().Format("2006-01-02 15:04:05"), words, string(p.By), p.Author)
	}
	if v.JSON {
		return s.json(lines)
	}
	return t.flush()
}

// partOf is what people call an artefact, and the number of its chapter.
func partOf(name string, chapters []book.Chapter) (string, int) {
	kind, unit, _ := strings.Cut(name, "/")
	for _, c := range chapters {
		if string(c.ID) == unit {
			return kind + " " + strconv.Itoa(c.Ordinal), c.Ordinal
		}
	}
	return kind, 0
}
