package write

import (
	"context"

	"quire/book"
	"quire/event"
)

type matterPrompt struct {
	bookPart
	Summaries []book.Summary
}

// matter asks for what stands around the chapters, when these are there: preface
// and afterword of nonfiction, and the words for shops and cover.
func (w *Writer) matter(ctx context.Context, f *folder) error {
	last, err := f.snapshot(lastWave(f.chapters))
	if err != nil {
		return err
	}
	p := matterPrompt{bookPart: f.bookPart(), Summaries: recall(last.Ledger).Summaries}
	q := question{call: "matter", artefact: "matter", revision: f.revision("matter"), prompt: p}
	m, from, err := askFor(ctx, w, f, q, book.Matter.Check)
	var told []event.Payload
	if err != nil {
		if halts(err) || !final(err) {
			return err
		}
		m = book.Matter{Blurb: f.concept.Logline, Description: f.concept.Logline}
		told = append(told, event.DecisionMade{
			Type: "matter", Choice: "the logline as blurb, and nothing else", Reason: "no usable answer came", Confidence: 1,
			Alternatives: []string{"give the book up"}, Impact: "preface, afterword, keywords and the words for shops",
		})
	}
	if f.book.Brief.Kind == book.Fiction {
		m.Preface, m.Afterword = book.Piece{}, book.Piece{}
	}
	change := f.change("matter")
	made, err := f.matterMade()
	if err != nil {
		return err
	}
	change.Artefacts = append(f.redone("matter"), Artefact{Name: "matter", Body: m, Inputs: made.String(), Author: from.author, Call: from.call})
	change.Events = append(told, event.MatterReady{Keywords: append([]string{}, m.Keywords...)})
	return w.Shelf.Save(ctx, change)
}
