package write_test

import (
	"context"
	"strings"
	"testing"

	"quire/book"
	"quire/write"
)

// quick is the brief of a story of three chapters that asks for little.
var quick = book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 3, Words: 300, Seed: 5, Preset: book.PresetDraft}

// whole writes a book to its end.
func whole(t *testing.T, m *scripted, brief book.Brief) (*house, book.ID) {
	t.Helper()
	h := newHouse(t, lite(t), m)
	id := h.write(brief)
	h.waitBound()
	end(t, h, id, book.Finished)
	return h, id
}

// again waits until a book that went on is bound, and ends it.
func (h *house) again(id book.ID) {
	h.t.Helper()
	h.waitBound()
	end(h.t, h, id, book.Finished)
}

func (h *house) rows(id book.ID) []book.Chapter {
	h.t.Helper()
	list, err := h.store.Chapters(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) name(id book.ID, kind string, ordinal int) string {
	return kind + "/" + string(h.rows(id)[ordinal-1].ID)
}

func (h *house) text(id book.ID, ordinal int) (t book.ChapterText) {
	h.artefact(id, h.name(id, "chapter", ordinal), &t)
	return t
}

// edit changes an artefact by hand, as the text of it is changed by with.
func (h *house) edit(id book.ID, words string, with func(string) string) error {
	h.t.Helper()
	name, err := h.writer.Find(h.t.Context(), id, words)
	if err != nil {
		return err
	}
	body, base, err := h.writer.Body(h.t.Context(), id, name)
	if err != nil {
		return err
	}
	_, err = h.writer.Edit(h.t.Context(), id, write.Edit{Artefact: name, Body: []byte(with(string(body))), Base: base, By: "Mo"})
	return err
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// staleNames lists what is stale, with why, and with * if it stays.
func (h *house) staleNames(id book.ID) (list []string) {
	h.t.Helper()
	stale, err := h.writer.Stale(h.t.Context(), id)
	h.must(err)
	numbers := map[string]int{}
	for _, c := range h.rows(id) {
		numbers[string(c.ID)] = c.Ordinal
	}
	for _, s := range stale {
		kind, unit, _ := strings.Cut(s.Artefact, "/")
		if unit != "" {
			kind += string(rune('0' + numbers[unit]))
		}
		if s.Stays != "" {
			kind += "*"
		}
		list = append(list, kind+":"+strings.Join(s.Because, ","))
	}
	return list
}

func joinKinds(h *house) string {
	var list []string
	for _, k := range h.kinds() {
		list = append(list, string(k))
	}
	return strings.Join(list, " ")
}

// waitState waits until the book is in a state.
func (h *house) waitState(id book.ID, state book.State) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	for h.book(id).State != state {
		select {
		case <-ctx.Done():
			h.t.Fatalf("the book is %s, not %s", h.book(id).State, state)
		case <-h.tick():
		}
	}
}
