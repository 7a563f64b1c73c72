package write_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/event"
	"quire/llm"
)

// TestTheLifeOfABookIsGolden holds kinds and payloads of all events of a normal, a
// failing and a canceled book, in their order, and what they cost.
func TestTheLifeOfABookIsGolden(t *testing.T) {
	for name, tell := range map[string]func(t *testing.T) (*house, book.ID){
		"normal": func(t *testing.T) (*house, book.ID) {
			h := golden1(t, &scripted{})
			id := h.write(toldBrief)
			h.waitBound()
			return h, id
		},
		"failing": func(t *testing.T) (*house, book.ID) {
			m := &faulty{role: llm.Draft, bad: llm.Result{Text: "x", Finish: llm.Refused}, times: 3}
			h := golden1(t, &m.scripted)
			h.writer.Model = llm.Journal{Model: m, Memory: h.store}
			id := h.write(toldBrief)
			h.waitBound()
			return h, id
		},
		"failed": func(t *testing.T) (*house, book.ID) {
			m := &faulty{role: llm.Outline, bad: llm.Result{Text: "no", Finish: llm.Stop}, times: 100}
			h := golden1(t, &m.scripted)
			h.writer.Model = llm.Journal{Model: m, Memory: h.store}
			id := h.write(toldBrief)
			h.waitFor(id, "book.failed")
			return h, id
		},
		"canceled": func(t *testing.T) (*house, book.ID) {
			var h *house
			var once sync.Once
			m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
				if r.Role == llm.Observe {
					once.Do(func() {
						if err := h.writer.Cancel(context.WithoutCancel(t.Context()), book.ID(r.Book)); err != nil {
							t.Error(err)
						}
					})
				}
				return "", false, nil
			}}
			h = golden1(t, m)
			id := h.write(toldBrief)
			h.waitFor(id, "book.canceled")
			h.stop()
			return h, id
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, id := tell(t)
			events, err := h.store.Events(t.Context(), id, 0, 10_000)
			if err != nil {
				t.Fatal(err)
			}
			var text bytes.Buffer
			for _, e := range events {
				fmt.Fprintf(&text, "%s %s\n", e.Kind, told(t, e))
			}
			goldenFile(t, filepath.Join("testdata", "events", name+".golden"), text.String())
		})
	}
}

// toldBrief is a small book in strict order, so that its events have one order.
var toldBrief = book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 2, Words: 240, Seed: 7, Preset: book.PresetBest, Enhance: map[string]bool{book.HumanLike: false}}

func golden1(t *testing.T, m *scripted) *house {
	h := newHouse(t, lite(t), m)
	h.writer.Width = 1
	return h
}

// told is the data of an event without what differs from prompt to prompt: keys of
// the journal and counts of tokens.
func told(t *testing.T, e event.Event) string {
	t.Helper()
	var data map[string]any
	if err := json.Unmarshal(e.Data, &data); err != nil {
		t.Fatal(err)
	}
	delete(data, "key")
	text, err := json.Marshal(data) // keys in their order
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// goldenFile compares text with a file, or writes it.
func goldenFile(t *testing.T, path, text string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got; -update rewrites):\n%s", path, diff)
	}
}

// TestQuestionsOfBooksOfAllSizesAreGolden holds what is asked of models for a small,
// a medium and a large book: of every question its role, its length in tokens, and
// the hash of its blocks up to each cache mark.
func TestQuestionsOfBooksOfAllSizesAreGolden(t *testing.T) {
	for name, brief := range map[string]book.Brief{
		"small":  {Topic: "Salt", Kind: book.Fiction, Chapters: 2, Words: 300, Seed: 7, Preset: book.PresetBest},
		"medium": {Topic: "How to salt fish", Kind: book.Nonfiction, Genre: "cooking", Depth: 2, Chapters: 8, Words: 2400, Seed: 7},
		"large":  {Topic: "Salt", Kind: book.Fiction, Genre: "Fantasy", Subgenre: "High fantasy", Chapters: 30, Words: 9000, Seed: 7},
	} {
		if raced && name == "large" {
			continue // it is written without the detector
		}
		t.Run(name, func(t *testing.T) {
			asked := map[string]string{}
			m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
				var line strings.Builder
				fmt.Fprintf(&line, "%s %d", r.Role, llm.TokensOf(r))
				sum := ""
				for _, b := range r.Blocks {
					sum = book.Derive(8, sum, b.Text)
					if b.Mark != llm.NoMark {
						fmt.Fprintf(&line, " %s:%s", b.Mark, sum)
					}
				}
				fmt.Fprintf(&line, " all:%s", sum)
				asked[r.Artefact] = line.String()
				return "", false, nil
			}}
			h := newHouse(t, lite(t), m)
			h.write(brief)
			h.waitBound()
			var text strings.Builder
			for _, artefact := range sortedKeys(asked) {
				text.WriteString(artefact + " " + asked[artefact] + "\n")
			}
			goldenFile(t, filepath.Join("testdata", "questions", name+".golden"), text.String())
		})
	}
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
