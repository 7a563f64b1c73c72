package write

import (
	"context"
	"fmt"
	"slices"

	"quire/book"
	"quire/event"
	"quire/llm"
)

// draft writes the chapters, wave by wave: what a wave made true is merged in
// reading order before the next one begins, and its chapters are joined. Each
// chapter is a job; the last one of a wave comes back here.
func (w *Writer) draft(ctx context.Context, f *folder) error {
	at := wave(f.chapters)
	for k := 1; k <= lastWave(f.chapters) && (at == 0 || k < at); k++ {
		if err := w.close(ctx, f, k); err != nil {
			return err
		}
	}
	if at == 0 {
		return nil
	}
	if enough(f.book, f.chapters) && !moving(f.chapters) {
		return w.rest(ctx, f)
	}
	if err := w.warm(ctx, f, at); err != nil {
		return err
	}
	f.left = true
	change := f.change("order")
	change.Leave = true
	change.Next = w.next(at)
	if !waveBegun(f.chapters, at) {
		change.Events = []event.Payload{event.WaveStarted{Wave: at, Of: lastWave(f.chapters), Chapters: waveSize(f.chapters, at)}}
	}
	return w.Shelf.Save(ctx, change)
}

func lastWave(chapters []book.Chapter) int {
	last := 0
	for _, c := range chapters {
		last = max(last, c.Wave)
	}
	return last
}

func waveSize(chapters []book.Chapter, wave int) int {
	n := 0
	for _, c := range chapters {
		if c.Wave == wave {
			n++
		}
	}
	return n
}

// waveBegun reports whether a chapter of the wave was taken up.
func waveBegun(chapters []book.Chapter, wave int) bool {
	return slices.ContainsFunc(chapters, func(c book.Chapter) bool { return c.Wave == wave && c.State != book.ChapterWaiting })
}

// drafted reports whether every chapter has ended and every wave was closed.
func (f *folder) drafted() bool {
	if !f.ended() {
		return false
	}
	for k := 1; k <= lastWave(f.chapters); k++ {
		if !f.closed(k) {
			return false
		}
	}
	return true
}

// snapshot is what is known after a wave; nothing before the first.
func (f *folder) snapshot(wave int) (s book.Snapshot, err error) {
	_, err = f.arts.read(waveName(wave), &s)
	return s, err
}

func waveName(wave int) string { return fmt.Sprintf("wave/%d", wave) }

// closed reports whether the wave was merged from the chapters as they are.
func (f *folder) closed(wave int) bool {
	s, err := f.snapshot(wave)
	return err == nil && s.Of != "" && s.Of == f.waveInputs(wave)
}

// waveInputs names the deltas that the snapshot of a wave is made from.
func (f *folder) waveInputs(wave int) string {
	var of []any
	for _, c := range f.chapters {
		if c.Wave <= wave && c.State == book.ChapterWritten {
			of = append(of, c.ID, f.current["delta/"+string(c.ID)].Number)
		}
	}
	return inputs(of...)
}

// close merges what the chapters up to the wave made true, in reading order and
// never by arrival, and joins the chapters of the wave to the ones before them.
func (w *Writer) close(ctx context.Context, f *folder, wave int) error {
	if f.closed(wave) {
		return nil
	}
	if err := w.fetch(ctx, f, "delta", "section", "chapter"); err != nil {
		return err
	}
	if err := w.seams(ctx, f, wave); err != nil {
		return err
	}
	s := book.Snapshot{Of: f.waveInputs(wave)}
	var paces pace
	facts := 0
	for _, c := range f.chapters {
		if c.Wave == 0 || c.Wave > wave || c.State != book.ChapterWritten {
			continue
		}
		var d book.Delta
		if _, err := f.arts.read("delta/"+string(c.ID), &d); err != nil {
			return err
		}
		s.Ledger.Add(c.ID, c.Ordinal, d)
		facts += len(d.Facts)
		if err := paces.chapter(f.at(c.ID)); err != nil {
			return err
		}
	}
	s.Pace = paces.mean
	change := f.change("wave")
	change.Artefacts = []Artefact{{Name: waveName(wave), Body: s, Inputs: s.Of}}
	change.Events = []event.Payload{event.WaveMerged{Wave: wave, Of: lastWave(f.chapters), Facts: len(s.Ledger.Facts), Pace: s.Pace}}
	if err := w.Shelf.Save(ctx, change); err != nil {
		return err
	}
	return w.fetch(ctx, f, waveName(wave))
}

// warmPrompt is the beginning of all questions of a wave.
type warmPrompt struct {
	bookPart
	wavePart
}

// warm asks one small question with the beginning that all chapters of the wave
// share, so that its provider has it in the cache before many ask at once. It is
// left out where nothing would be gained: one chapter at a time, a provider
// without a cache, a beginning that is too short to be kept.
func (w *Writer) warm(ctx context.Context, f *folder, wave int) error {
	caps := w.Authors.Ability(f.book.Terms, llm.Draft)
	if caps.Cache == llm.NoCache || waveBegun(f.chapters, wave) || waveSize(f.chapters, wave) < 2 || w.width() < 2 {
		return nil
	}
	part, err := f.wavePart(wave)
	if err != nil {
		return err
	}
	q := question{call: "warm", artefact: fmt.Sprintf("warm/%d", wave), prompt: warmPrompt{f.bookPart(), part}, words: 1, cut: true}
	c, err := f.preset.call(q.call)
	if err != nil {
		return err
	}
	r, err := f.request(c, q, 1)
	if err != nil || llm.TokensOf(r) < caps.CacheLeast {
		return err
	}
	if _, err := w.call(ctx, f.book.ID, r); err != nil && halts(err) {
		return err
	}
	return ctx.Err() // what else goes wrong with it only costs a little more
}

// wavePart is what the chapters of a wave know of the waves before.
func (f *folder) wavePart(wave int) (wavePart, error) {
	s, err := f.snapshot(wave - 1)
	return wavePart{recall(s.Ledger)}, err
}
