package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"quire/book"
	"quire/edition"
	"quire/event"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/write"
)

// How long a stopping runner waits for its jobs, and how often it looks at the
// book's log.
const (
	stopPatience = 8 * time.Second
	lookEvery    = 50 * time.Millisecond
)

// finish runs the house until the book has ended, telling its life on the way,
// writes the files that were asked for and says how it ended. Ctrl-C stops it
// cleanly.
func (s *session) finish(h *house, id book.ID, asJSON bool) error {
	before, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	if before.State.Moving() || before.State == book.Canceled {
		if err := s.work(h, before); err != nil {
			return err
		}
	}
	b, err := h.store.Book(s.ctx, id)
	if err != nil {
		return err
	}
	switch b.State {
	case book.Finished, book.Partial:
		return s.deliver(h, b, false, asJSON)
	case book.Waiting:
		return s.tellWaiting(b, "waits for you", asJSON)
	case book.Paused:
		if b.Reason == write.Rested {
			return s.tellWaiting(b, "is paused", asJSON)
		}
		return problem.New(problem.Conflict, "the book %q is paused: %s", b.Title, b.Reason).Try("%s", b.Hint)
	case book.Canceled:
		return problem.New(problem.Canceled, "the book %q was canceled", b.Title).Try("quire resume %s takes it up again", id)
	default:
		return failure(b)
	}
}

// tellWaiting says why a book does not go on, as its maker wanted.
func (s *session) tellWaiting(b book.Book, how string, asJSON bool) error {
	if asJSON {
		return s.json(result{ID: b.ID, Title: b.Title, Status: b.State, Kind: b.Brief.Kind, Seed: b.Brief.Seed, Chapters: b.Brief.Chapters,
			Files: []string{}, Reason: b.Reason, Hint: b.Hint})
	}
	return s.print("“%s” %s: %s.\nNext: %s", b.Title, how, b.Reason, b.Hint)
}

// failure is a failed book's reason.
func failure(b book.Book) error {
	return problem.New(problem.Conflict, "the book %q failed: %s", b.Title, b.Reason).Try("%s", b.Hint)
}

// work runs the jobs of the book and follows its log until it has ended. When
// the session is stopped the book is paused.
func (s *session) work(h *house, b book.Book) error {
	full := make(chan error, 1)
	h.queue.Failed = func(err error) {
		if errors.Is(err, store.ErrFull) || errors.Is(err, syscall.ENOSPC) {
			select {
			case full <- err:
			default: // it is known already
			}
		}
	}
	chapters, err := h.store.Chapters(s.ctx, b.ID)
	if err != nil {
		return err
	}
	if err := h.runs(s.ctx, b.ID); err != nil {
		return err
	}
	followed := s.follow(h, b, chapters, full)
	err = h.stop(s.ctx)
	switch {
	case errors.Is(followed, errNoRoom):
		// Neither a pause nor the queue's state can be saved, and need not be: the
		// book counts as stopped once this process has ended.
		return problem.New(problem.Limited, "the disk is full; what was written is kept").Because(followed).Try("make room on the disk, then quire resume %s", b.ID)
	case s.ctx.Err() == nil:
		return errors.Join(followed, err)
	}
	after, stop := context.WithTimeout(context.WithoutCancel(s.ctx), stopPatience)
	defer stop()
	if err := h.writer.Pause(after, b.ID); err != nil {
		return err
	}
	return problem.New(problem.Canceled, "stopped; what was written is kept").Try("quire resume %s goes on", b.ID)
}

// stop ends the running jobs and waits for them, for a while.
func (h *house) stop(ctx context.Context) error {
	after, stop := context.WithTimeout(context.WithoutCancel(ctx), stopPatience)
	defer stop()
	return h.queue.Stop(after)
}

// errNoRoom ends the work of a session whose disk is full.
var errNoRoom = errors.New("no room to go on")

// follow tells the events of the book until it stops moving or the disk is full.
func (s *session) follow(h *house, b book.Book, chapters []book.Chapter, full <-chan error) error {
	p := s.progress(b, chapters)
	defer p.end()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for seq := b.Seq; ; {
		events, err := h.store.Events(s.ctx, b.ID, seq, 500)
		if err != nil {
			return err
		}
		if len(events) == 0 && s.gone(h, b.ID, seq) {
			return nil
		}
		for _, e := range events {
			seq = e.Seq
			if err := p.tell(e); err != nil {
				return err
			}
			if ends(e.Kind) {
				return nil
			}
		}
		select {
		case <-s.ctx.Done():
			return nil
		case err := <-full:
			return errors.Join(errNoRoom, err)
		case <-tick.C:
		}
	}
}

// gone reports whether nothing more will be told of the book after seq: it was
// deleted, or stopped moving without an event that we have not read yet.
func (s *session) gone(h *house, id book.ID, seq int64) bool {
	b, err := h.store.Book(s.ctx, id)
	if problem.Is(err, problem.Missing) {
		return true
	}
	return err == nil && !b.State.Moving() && b.Seq <= seq
}

// ends reports whether an event is the last before a person acts.
func ends(k event.Kind) bool {
	switch k {
	case event.BookFinished{}.Kind(), event.BookFailed{}.Kind(), event.BookCanceled{}.Kind(), event.BookPaused{}.Kind(), event.GateOpened{}.Kind():
		return true
	default:
		return false
	}
}

// result is what write and resume print as JSON.
type result struct {
	ID       book.ID    `json:"id"`
	Title    string     `json:"title"`
	Status   book.State `json:"status"`
	Kind     book.Kind  `json:"kind"`
	Seed     uint64     `json:"seed"`
	Chapters int        `json:"chapters"`
	Words    int        `json:"words"`
	Pages    int        `json:"pages"`
	Files    []string   `json:"files"`
	Author   string     `json:"written_by"`
	Cost     *float64   `json:"cost"`             // US dollars; null: unknown
	Reason   string     `json:"reason,omitempty"` // why it is partial
	Hint     string     `json:"hint,omitempty"`
}

// deliver writes the files and tells where the book is. Of a book that may have
// been delivered before, files that are younger than its end stay: they are ours,
// and somebody may have worked on them.
func (s *session) deliver(h *house, b book.Book, again, asJSON bool) error {
	r := result{ID: b.ID, Title: b.Title, Status: b.State, Kind: b.Brief.Kind, Seed: b.Brief.Seed, Chapters: b.Brief.Chapters, Files: []string{}}
	var failed error
	for _, path := range b.Outputs {
		if info, err := os.Stat(path); err == nil && again && info.ModTime().After(b.Ended) {
			s.say("note: %s is there already and stays as it is; quire export %s -o FILE writes it anew", filepath.Base(path), b.ID)
			continue
		}
		file, err := h.maker.Export(s.ctx, b.ID, path, edition.Looks{})
		if err != nil {
			failed = cmp.Or(failed, err)
			continue
		}
		r.Files = append(r.Files, path)
		r.Pages, r.Words = max(r.Pages, file.Pages), file.Words
	}
	editions, err := h.store.Editions(s.ctx, b.ID)
	if err != nil {
		return err
	}
	for _, file := range editions { // also when no file was written
		r.Pages, r.Words = max(r.Pages, file.Pages), max(r.Words, file.Words)
	}
	if failed != nil {
		p := problem.Of(failed)
		return problem.New(p.Kind, "the book %q is %s, but %s", b.Title, b.State, p.Detail).Because(failed).Try("quire export %s -o FILE writes it elsewhere", b.ID)
	}
	cost, err := s.credit(h, b, &r)
	if err != nil {
		return err
	}
	s.tellWarnings(editions)
	if b.State == book.Partial {
		r.Reason, r.Hint = b.Reason, b.Hint
	}
	if !asJSON {
		return s.tellResult(b, r, cost)
	}
	if err := s.json(r); err != nil || b.State != book.Partial {
		return err
	}
	return errShown{problem.Conflict}
}

const builtInName = "the built-in author"

// credit tells who wrote the book and what that cost.
func (s *session) credit(h *house, b book.Book, r *result) (llm.Cost, error) {
	tries, err := h.store.Tries(s.ctx, b.ID)
	if err != nil {
		return llm.Cost{}, err
	}
	cost := llm.Free
	for _, t := range tries {
		cost = cost.Plus(t.Cost)
	}
	if cost.Known {
		dollars := usd(cost.USD)
		r.Cost = &dollars
	}
	if r.Author = "its own author"; b.Brief.Imported {
		return cost, nil
	}
	names, err := h.store.Credits(s.ctx, b.ID, "section")
	if err != nil {
		return cost, err
	}
	for i, name := range names {
		if name == s.model.Caps().Name() {
			names[i] = builtInName
		}
	}
	r.Author = cmp.Or(strings.Join(names, " and "), "nobody")
	return cost, nil
}

// shownCost is a cost as people read it.
func shownCost(c llm.Cost) string {
	if c.USD == 0 {
		return c.String()
	}
	text := roughly(c.USD)
	if !c.Known {
		text = "at least " + text
	}
	return text
}

// tellWarnings says each warning of the files once.
func (s *session) tellWarnings(files []edition.File) {
	seen := map[string]bool{}
	for _, f := range files {
		for _, w := range f.Warnings {
			if !seen[w] {
				s.say("note: %s", w)
			}
			seen[w] = true
		}
	}
}

func (s *session) tellResult(b book.Book, r result, cost llm.Cost) error {
	size := count(r.Words, "word")
	if r.Pages > 0 {
		size = count(r.Pages, "page") + ", " + size
	}
	if err := s.print("“%s” is %s: %s.", b.Title, b.State, size); err != nil {
		return err
	}
	for _, path := range r.Files {
		if err := s.print("  %s", s.near(path)); err != nil {
			return err
		}
	}
	if b.State == book.Partial {
		s.say("quire: %s.", b.Reason)
		s.say("hint: %s", b.Hint)
		return errShown{problem.Conflict}
	}
	if b.Brief.Imported {
		return s.print("Next: quire show %s · quire export %s -o FILE.pdf", b.ID, b.ID)
	}
	note := "Written by " + r.Author
	switch {
	case r.Author == builtInName:
		note += ": sample text, without a language model."
	case !cost.Known && cost.USD == 0:
		note += "; what that cost is not known."
	default:
		note += ", for " + shownCost(cost) + "."
	}
	return s.print("%s\nNext: quire show %s · quire export %s -o FILE.md · another --seed for another book", note, b.ID, b.ID)
}

// near is the path as seen from the working folder, if that is shorter.
func (s *session) near(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}
