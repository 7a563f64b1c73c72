package write

import (
	"context"
	"slices"

	"quire/book"
	"quire/event"
)

type beatsPrompt struct {
	bookPart
	Position position
	Chapter  book.OutlineChapter
	Kinds    kinds
	Passages []book.Passage
	Notes    string
}

// kinds says how a chapter opens and ends, and what its neighbours do.
type kinds struct {
	Opening string   `json:"opening"`
	Ending  string   `json:"ending"`
	Taken   []string `json:"taken,omitempty"` // by the three chapters before, opening/ending
}

// How chapters open and end. No kind comes again within three chapters.
var (
	openingKinds = map[book.Kind][]string{
		book.Fiction:    {"dialogue", "action", "image", "thought", "weather", "document", "arrival"},
		book.Nonfiction: {"question", "example", "claim", "scene", "mistake", "definition"},
	}
	endingKinds = map[book.Kind][]string{
		book.Fiction:    {"decision", "image", "dialogue", "question", "action", "arrival", "loss"},
		book.Nonfiction: {"recap", "task", "question", "warning", "next step", "example"},
	}
)

// kindsOf deals kinds to chapters by the book's seed: each list is gone through
// in an order of its own, so that a kind comes again only when all others came.
func kindsOf(brief book.Brief, place int) kinds {
	deal := func(name string, list []string) func(int) string {
		order := slices.Clone(list)
		chance(brief.Seed, name).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		return func(i int) string { return order[i%len(order)] }
	}
	opening, ending := deal("openings", openingKinds[brief.Kind]), deal("endings", endingKinds[brief.Kind])
	k := kinds{Opening: opening(place), Ending: ending(place)}
	for i := max(place-3, 0); i < place; i++ {
		k.Taken = append(k.Taken, opening(i)+"/"+ending(i))
	}
	return k
}

// beats asks for the sections of all chapters that have none, several at once. A
// chapter for which no usable plan comes fails, and the book goes on without it.
func (w *Writer) beats(ctx context.Context, f *folder) error {
	var open []book.ChapterID
	for _, c := range f.chapters {
		if c.State != book.ChapterFailed && !f.made("beats/"+string(c.ID)) {
			open = append(open, c.ID)
		}
	}
	return w.each(ctx, f, open, func(ctx context.Context, f *folder) error {
		err := w.beatsOf(ctx, f)
		if err == nil || halts(err) || !final(err) {
			return err
		}
		return w.failChapter(ctx, f, err)
	})
}

// beatsOf asks for the sections of the folder's chapter.
func (w *Writer) beatsOf(ctx context.Context, f *folder) error {
	c, row := f.plan(), f.chapter()
	p := beatsPrompt{
		bookPart: f.bookPart(), Position: f.position(), Chapter: c, Kinds: kindsOf(f.book.Brief, f.place()),
		Passages: f.passages(chapterQuery(c), chapterPassages), Notes: f.notes(),
	}
	q := question{call: "beats", artefact: f.beatsName(), revision: row.Draft + f.redo(f.beatsName()), prompt: p, words: c.Words}
	answer, from, err := askFor(ctx, w, f, q, func(b book.Beats) error { return b.Check(c.Sections) })
	if err != nil {
		return err
	}
	answer = answer.Scaled(c.Words)
	change := f.change("beats")
	change.Artefacts = append(f.redone(f.beatsName()),
		Artefact{Name: f.beatsName(), Body: answer, Inputs: f.beatsMade().String(), Author: from.author, Call: from.call})
	change.Events = []event.Payload{event.BeatsReady{Chapter: c.ID, Ordinal: row.Ordinal, Sections: len(answer.Sections)}}
	return w.Shelf.Save(ctx, change)
}

func (f *folder) bookPart() bookPart {
	return bookPart{f.book.Brief, guidance(f.book.Brief, book.Enhancement.Writes), f.concept, f.bible, gist(f.outline)}
}

func (f *folder) position() position { return position{f.place() + 1, len(f.outline.Chapters)} }
