package main

import (
	"bufio"
	"strconv"
	"strings"

	"quire/book"
	"quire/problem"
)

// goOnFlags say what happens once a book was told to go on.
type goOnFlags struct {
	Later bool `help:"Only order it; quire resume goes on with it."`
	JSON  bool `help:"Print the result as JSON."`
}

// steer changes a book so that it goes on, and goes on with it.
func (s *session) steer(id string, f goOnFlags, change func(h *house) error) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	if _, err := h.store.Book(s.ctx, book.ID(id)); err != nil {
		return err
	}
	if !f.Later {
		if err := h.home.lock(s.ctx, id); err != nil {
			return err
		}
	}
	if err := s.stillness(h, book.ID(id)); err != nil {
		return err
	}
	if err := change(h); err != nil {
		return err
	}
	return s.carryOn(h, book.ID(id), f)
}

// stillness pauses a book whose process died: nobody is writing it.
func (s *session) stillness(h *house, id book.ID) error {
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	dead := b.State.Moving() && h.store.Alone() && (h.home.locked() || !h.home.busy())
	if !dead {
		return nil
	}
	return h.writer.Pause(s.ctx, id)
}

// carryOn writes on a book that was told to go on, unless that is for later, or
// another quire does it. One that stands still is only told about.
func (s *session) carryOn(h *house, id book.ID, f goOnFlags) error {
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	others := !h.home.locked() && h.home.busy()
	if b.State.Moving() && !f.Later && !others {
		if err := (&termsFlags{}).settle(s, h, id); err != nil {
			return err
		}
		return s.finish(h, id, f.JSON)
	}
	if f.JSON {
		return s.json(verdict{b.ID, b.Title, b.State})
	}
	switch {
	case b.State.Moving() && others:
		return s.print("Another quire is writing in this home and takes it in; if it writes another book: quire resume %s", id)
	case b.State.Moving():
		return s.print("“%s” is %s.\nNext: quire resume %s goes on", b.Title, b.State, id)
	case b.Hint != "":
		return s.print("“%s” is %s.\nNext: %s", b.Title, b.State, b.Hint)
	default:
		return s.print("“%s” is %s.\nNext: quire stale %s tells what follows from it", b.Title, b.State, id)
	}
}

// ordinals reads chapters as people list them: 3,5-7.
func ordinals(args []string) ([]int, error) {
	var list []int
	for _, item := range strings.FieldsFunc(strings.Join(args, ","), func(r rune) bool { return r == ',' || r == ' ' }) {
		from, to, isRange := strings.Cut(item, "-")
		if !isRange {
			to = from
		}
		a, err := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		switch {
		case err != nil || err2 != nil:
			return nil, problem.New(problem.Invalid, "%q names no chapters", item).Try("write numbers and ranges like 3,5-7")
		case a < 1:
			return nil, problem.New(problem.Invalid, "chapters are counted from 1, so there is no chapter %d", a).Try("write numbers and ranges like 3,5-7")
		case b < a:
			return nil, problem.New(problem.Invalid, "the range %s ends before it begins", item).Try("write it as %d-%d", b, a)
		case b > book.MaxChapters:
			return nil, problem.New(problem.Invalid, "no book has a chapter %d", b).Try("quire show lists the chapters of a book")
		}
		for n := a; n <= b; n++ {
			list = append(list, n)
		}
	}
	return list, nil
}

// change changes a book, which is put together again if it had ended. It needs no
// home of its own: another quire may be writing.
func (s *session) change(id string, f goOnFlags, do func(h *house) error) error {
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	if err := s.stillness(h, book.ID(id)); err != nil {
		return err
	}
	if err := do(h); err != nil {
		return err
	}
	return s.carryOn(h, book.ID(id), f)
}

// sure asks a person at a terminal; without one the flag must have answered.
func (s *session) sure(question string) error {
	if !s.asks {
		return problem.New(problem.Invalid, "nobody can be asked, because standard input is no terminal").Try("add --yes if you are sure")
	}
	s.prompt("  %s [y/N] ", question)
	line, err := bufio.NewReader(s.in).ReadString('\n')
	if answer := strings.ToLower(strings.TrimSpace(line)); answer == "y" || answer == "yes" {
		return nil
	}
	if err != nil {
		s.say("")
	}
	return problem.New(problem.Canceled, "nothing was begun and nothing was spent")
}
