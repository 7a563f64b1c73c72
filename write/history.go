package write

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/problem"
)

// Past is one revision of an artefact, with what can be said of it at a glance.
type Past struct {
	Revision
	Words int         // of a chapter
	By    book.Origin // of a chapter: what made it
}

// History lists the revisions of an artefact, the oldest first; of everything that
// a person can change if name is "".
func (w *Writer) History(ctx context.Context, id book.ID, name string) ([]Past, error) {
	if _, err := w.Shelf.Book(ctx, id); err != nil {
		return nil, err
	}
	list, err := w.Shelf.Revisions(ctx, id, name, false)
	if err != nil {
		return nil, err
	}
	past := []Past{}
	for _, r := range list {
		kind, _, _ := strings.Cut(r.Artefact, "/")
		if !slices.Contains([]string{"concept", "bible", "outline", "brief", "matter", "beats", "chapter"}, kind) {
			continue
		}
		p := Past{Revision: r}
		if kind == "chapter" {
			t, err := w.textOf(ctx, id, r.Artefact, r.Number)
			if err != nil {
				return nil, err
			}
			p.Words, p.By = t.Words, t.By
		}
		past = append(past, p)
	}
	return past, nil
}

func (w *Writer) textOf(ctx context.Context, id book.ID, name string, number int) (t book.ChapterText, err error) {
	body, err := w.Shelf.Revision(ctx, id, name, number)
	if err != nil {
		return t, err
	}
	if err := json.Unmarshal(body, &t); err != nil {
		return t, fmt.Errorf("revision %d of %s: %w", number, name, err)
	}
	return t, nil
}

// Old returns one revision of an artefact as a person reads it: Markdown of a
// chapter, else JSON.
func (w *Writer) Old(ctx context.Context, id book.ID, name string, number int) (string, error) {
	if _, err := w.Shelf.Book(ctx, id); err != nil {
		return "", err
	}
	if strings.HasPrefix(name, "chapter/") {
		t, err := w.textOf(ctx, id, name, number)
		return t.Markdown + "\n", err
	}
	body, err := w.Shelf.Revision(ctx, id, name, number)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, body, "", "  "); err != nil {
		return "", fmt.Errorf("revision %d of %s: %w", number, name, err)
	}
	return out.String() + "\n", nil
}

// Keep lets an older revision of a chapter, by number, stand again, as its newest
// one. A book that has ended is put together anew with it.
func (w *Writer) Keep(ctx context.Context, id book.ID, ordinal, revision int, by string) error {
	if err := checkPerson(by); err != nil {
		return err
	}
	f, err := w.look(ctx, id)
	if err != nil {
		return err
	}
	c, err := numbered(f.book, f.chapters, ordinal)
	if err != nil {
		return err
	}
	name := "chapter/" + string(c.ID)
	old, err := w.textOf(ctx, id, name, revision)
	if problem.Is(err, problem.Missing) {
		return problem.New(problem.Missing, "chapter %d has no revision %d", ordinal, revision).Because(err).Try("quire history %s chapter %d lists them", id, ordinal)
	}
	if err != nil {
		return err
	}
	f = f.at(c.ID)
	at, err := w.editor(ctx, f, name)
	if err != nil {
		return err
	}
	if revision == at.base && c.State == book.ChapterWritten {
		return problem.New(problem.Conflict, "revision %d of chapter %d stands already", revision, ordinal).Try("quire history %s chapter %d lists the others", id, ordinal)
	}
	t := book.NewText(old.Markdown, max(c.Draft, 1), book.Kept)
	change := Change{Name: "keep", Book: id, Next: f.owned(t)}
	change.Artefacts = []Artefact{{Name: name, Body: t, Inputs: at.made, Author: signed(by), Base: at.base}}
	change.Events = []event.Payload{event.RevisionKept{Artefact: name, Revision: revision}}
	w.rebound(f.book, &change, at)
	return w.Shelf.Save(ctx, change)
}
