package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"quire/book"
	"quire/problem"
	"quire/write"
)

// diffVerb compares two versions of a part of a book.
type diffVerb struct {
	ID       string   `arg:"" help:"ID of the book; quire books lists them."`
	Artefact []string `arg:"" help:"concept, bible, outline, brief, matter (preface, blurb, keywords …), beats N or chapter N; then maybe two revisions, such as 1..3. Default: the last change."`
	JSON     bool     `help:"Print JSON."`
}

// Help shows how the verb is used.
func (*diffVerb) Help() string {
	return `Lines that are in both versions are left out. In a line that was changed, [-words-] are gone and {+words+} came.

Examples:
  quire diff bk_1f2e3d4c5b6a chapter 3
  quire diff bk_1f2e3d4c5b6a outline 1..2`
}

// diffPage is a comparison for programs.
type diffPage struct {
	Artefact string       `json:"artefact"`
	From     int          `json:"from"`
	To       int          `json:"to"`
	Hunks    []write.Hunk `json:"hunks"`
}

// revisions matches a pair of revisions; either end may be left out.
var revisions = regexp.MustCompile(`^(\d{0,9})\.\.(\d{0,9})$`)

// Run prints the comparison.
func (v *diffVerb) Run(s *session) error {
	words := v.Artefact
	pair := revisions.FindStringSubmatch(words[len(words)-1])
	if pair != nil {
		words = words[:len(words)-1]
	}
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // nothing was changed
	id := book.ID(v.ID)
	name, err := h.writer.Find(s.ctx, id, strings.Join(words, " "))
	if err != nil {
		return err
	}
	past, err := h.writer.History(s.ctx, id, name)
	if err != nil {
		return err
	}
	page := diffPage{Artefact: name, To: len(past), From: len(past) - 1, Hunks: []write.Hunk{}}
	if pair != nil {
		page.From, page.To = numberOr(pair[1], page.From), numberOr(pair[2], page.To)
	}
	if len(past) < 2 && pair == nil {
		return problem.New(problem.Conflict, "there is one version of it, or none: nothing can be compared").Try("quire history %s lists what there is", id)
	}
	older, err := h.writer.Old(s.ctx, id, name, page.From)
	if err != nil {
		return err
	}
	newer, err := h.writer.Old(s.ctx, id, name, page.To)
	if err != nil {
		return err
	}
	page.Hunks = append(page.Hunks, write.Diff(older, newer)...)
	if v.JSON {
		return s.json(page)
	}
	return s.tellDiff(page)
}

func numberOr(text string, usual int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return usual // it was left out
	}
	return n
}

func (s *session) tellDiff(p diffPage) error {
	if len(p.Hunks) == 0 {
		return s.print("Revisions %d and %d are the same.", p.From, p.To)
	}
	marks := map[write.Op][3]string{write.Same: {"  ", "", ""}, write.Gone: {"- ", "[-", "-]"}, write.Came: {"+ ", "{+", "+}"}}
	for _, hunk := range p.Hunks {
		var line strings.Builder
		for _, piece := range hunk.Pieces {
			if hunk.Op != write.Same || piece.Op == write.Same {
				line.WriteString(piece.Text)
				continue
			}
			text := strings.TrimRight(piece.Text, " ")
			fmt.Fprintf(&line, "%s%s%s%s", marks[piece.Op][1], text, marks[piece.Op][2], piece.Text[len(text):])
		}
		if err := s.print("@@ %d\n%s%s", hunk.Line, marks[hunk.Op][0], line.String()); err != nil {
			return err
		}
	}
	return nil
}
