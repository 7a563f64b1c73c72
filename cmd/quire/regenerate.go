package main

import (
	"strconv"
	"strings"

	"quire/book"
	"quire/problem"
	"quire/write"
)

// regenerateVerb has a chapter written anew.
type regenerateVerb struct {
	ID      string `arg:"" help:"ID of the book; quire books lists them."`
	Chapter int    `required:"" help:"Chapter to write anew, by number." placeholder:"N"`
	Section *int   `help:"Only this section of it, from 1." placeholder:"S"`
	Span    string `help:"Only these paragraphs of it, from 1, both included, such as 3:5." placeholder:"A:B"`
	Notes   string `help:"What you want of it."`
	Beats   bool   `help:"Plan the chapter anew too."`

	goOnFlags
}

// Help shows how the verb is used.
func (*regenerateVerb) Help() string {
	return `The old text stays in the history; quire keep brings it back. A book that was finished is finished again, with its files written anew.

Examples:
  quire regenerate bk_1f2e3d4c5b6a --chapter 3 --notes "Let it rain, and let nobody say so."
  quire regenerate bk_1f2e3d4c5b6a --chapter 3 --section 2
  quire regenerate bk_1f2e3d4c5b6a --chapter 3 --span 4:6 --notes "Shorter."`
}

// Run orders the chapter and goes on.
func (v *regenerateVerb) Run(s *session) error {
	a := write.Anew{Chapter: v.Chapter, Notes: v.Notes, Beats: v.Beats}
	if v.Section != nil {
		if a.Section = *v.Section; a.Section == 0 {
			a.Section = -1 // sections are counted from 1: it is refused with that sentence
		}
	}
	if v.Span != "" {
		var err error
		if a.From, a.To, err = span(v.Span); err != nil {
			return err
		}
	}
	return s.steer(v.ID, v.goOnFlags, func(h *house) error { return h.writer.Regenerate(s.ctx, book.ID(v.ID), a) })
}

// span reads 3:5, or 3 for a single paragraph.
func span(text string) (from, to int, err error) {
	a, b, ok := strings.Cut(text, ":")
	if !ok {
		b = a
	}
	from, err = strconv.Atoi(a)
	if err == nil {
		to, err = strconv.Atoi(b)
	}
	if err != nil || from < 1 || to < 1 {
		return 0, 0, problem.New(problem.Invalid, "%q is no span of paragraphs", text).Try("write it like 3:5; paragraphs are counted from 1")
	}
	return from, to, nil
}
