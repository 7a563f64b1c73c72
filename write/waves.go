package write

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
)

// planWaves decides which chapters are written side by side: a chapter comes in a
// later wave than those that make true what it needs. A story's waves are also
// bounded in size, so that its chapters know what happened before them; the
// chapters of a guide stand on their own.
func (w *Writer) planWaves(ctx context.Context, f *folder) error {
	sheets := map[book.ChapterID]book.Beats{}
	var list []book.OutlineChapter
	first := 0
	for _, c := range f.chapters {
		first = max(first, c.Wave) // waves that were planned before stand
	}
	for i, c := range f.outline.Chapters {
		var b book.Beats
		if _, err := f.arts.read("beats/"+string(c.ID), &b); err != nil {
			return err
		}
		sheets[c.ID] = b
		if f.chapters[i].State != book.ChapterFailed && f.chapters[i].Wave == 0 {
			list = append(list, c)
		}
	}
	most := 0
	if f.book.Brief.Kind == book.Fiction || f.preset.Wave == 1 {
		most = f.preset.Wave
	}
	edges := dependencies(list, sheets, f.bible)
	waves := book.Waves{Waves: inWaves(list, edges, most), Most: most, Edges: edges}
	number := map[book.ChapterID]int{}
	for i, wave := range waves.Waves {
		for _, id := range wave {
			number[id] = first + i + 1
		}
	}
	change := f.change("waves")
	for _, c := range f.chapters {
		if c.Wave = number[c.ID]; c.Wave > 0 {
			change.Chapters = append(change.Chapters, c)
		}
	}
	longest := 0
	for _, wave := range waves.Waves {
		longest = max(longest, len(wave))
	}
	change.Artefacts = []Artefact{{Name: "waves", Body: waves, Inputs: inputs(sheets, f.bible.Threads)}}
	change.Events = []event.Payload{
		event.WavesPlanned{Waves: len(waves.Waves), Width: w.width(), Longest: longest, Edges: len(edges)},
		event.DecisionMade{
			Type: "order", Choice: fmt.Sprintf("%d waves of up to %d chapters", len(waves.Waves), longest), Confidence: 1,
			Reason:       fmt.Sprintf("%d chapters need what others make true", len(edges)),
			Alternatives: []string{"one after another", "all at once"}, Impact: "decides what each chapter knows of the ones before it, and how long the book takes",
		},
	}
	return w.Shelf.Save(ctx, change)
}

// dependencies lists which chapters need which: the latest one before it that
// makes a needed fact true, or that plants a thread that it pays for.
func dependencies(list []book.OutlineChapter, sheets map[book.ChapterID]book.Beats, bible book.Bible) []book.Edge {
	made := map[string]book.ChapterID{}
	planted := map[string]book.ChapterID{}
	payoff := map[string]int{}
	for _, t := range bible.Threads {
		payoff[t.ID] = t.Payoff
	}
	var edges []book.Edge
	add := func(from, to book.ChapterID, why string) {
		known := slices.ContainsFunc(edges, func(e book.Edge) bool { return e.From == from && e.To == to })
		if from != "" && from != to && !known {
			edges = append(edges, book.Edge{From: from, To: to, Why: why})
		}
	}
	for _, c := range list {
		for _, s := range sheets[c.ID].Sections {
			for _, n := range s.Needs {
				key := factKey(n.Subject, n.Attr)
				add(made[key], c.ID, "fact "+key)
			}
			for _, t := range s.Threads {
				if _, known := payoff[t]; known && planted[t] != "" {
					add(planted[t], c.ID, "thread "+t)
				}
			}
		}
		for _, s := range sheets[c.ID].Sections {
			for _, fact := range s.Facts {
				made[factKey(fact.Subject, fact.Attr)] = c.ID
			}
			for _, t := range s.Threads {
				planted[t] = c.ID
			}
		}
	}
	return edges
}

func factKey(subject, attr string) string {
	return strings.ToLower(strings.TrimSpace(subject) + " " + strings.TrimSpace(attr))
}

// inWaves puts chapters into waves, in reading order: each as early as what it
// needs allows, and no wave larger than most, if that is not 0.
func inWaves(list []book.OutlineChapter, edges []book.Edge, most int) [][]book.ChapterID {
	needs := map[book.ChapterID][]book.ChapterID{}
	for _, e := range edges {
		needs[e.To] = append(needs[e.To], e.From)
	}
	done := map[book.ChapterID]bool{}
	open := slices.Clone(list)
	var waves [][]book.ChapterID
	for len(open) > 0 {
		var wave []book.ChapterID
		var later []book.OutlineChapter
		for _, c := range open {
			waits := slices.ContainsFunc(needs[c.ID], func(id book.ChapterID) bool { return !done[id] })
			if waits || most > 0 && len(wave) == most {
				later = append(later, c)
				continue
			}
			wave = append(wave, c.ID)
		}
		for _, id := range wave {
			done[id] = true
		}
		waves, open = append(waves, wave), later
	}
	return waves
}
