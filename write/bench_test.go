package write_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"testing"
	"time"

	"quire/book"
	"quire/event"
	"quire/llm"
)

// slow is a model that takes its time for every answer.
type slow struct {
	*scripted
	latency time.Duration
}

func (m slow) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	select {
	case <-ctx.Done():
		return llm.Result{}, ctx.Err()
	case <-time.After(m.latency):
	}
	return m.scripted.Stream(ctx, r, on)
}

// fiveSections plans five sections for every chapter.
func fiveSections(r llm.Request, _ llm.Sheet) (string, bool, error) {
	if r.Role != llm.Beats {
		return "", false, nil
	}
	var b book.Beats
	for i := range 5 {
		b.Sections = append(b.Sections, book.Beat{Words: 20, Goal: fmt.Sprint(i)})
	}
	return must(b), true, nil
}

// BenchmarkWaves writes a novel of 20 chapters of 5 sections with a model that
// takes a second for every answer, and compares the time of its waves with the sum
// over the waves of their longest path: at a width of 4 each wave's is one
// chapter, which asks seven times (5 sections, check, observe).
func BenchmarkWaves(b *testing.B) {
	const latency = time.Second
	for range b.N {
		m := &scripted{script: fiveSections}
		h := newHouse(b, lite(b), m)
		h.writer.Model, h.writer.Width = llm.Journal{Model: slow{m, latency}, Memory: h.store}, 4
		id := h.write(book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 20, Words: 2000})
		h.waitBound()
		events, err := h.store.Events(b.Context(), id, 0, 10_000)
		if err != nil {
			b.Fatal(err)
		}
		waves := 0
		var began, ended time.Time
		for _, e := range events {
			switch e.Kind {
			case event.WaveStarted{}.Kind():
				if waves++; began.IsZero() {
					began = e.At
				}
			case event.WaveMerged{}.Kind():
				ended = e.At
			}
		}
		path := time.Duration(waves) * 7 * latency
		b.ReportMetric(ended.Sub(began).Seconds()/path.Seconds(), "times-the-longest-paths")
		b.ReportMetric(float64(waves), "waves")
	}
}

// BenchmarkTwoHundredBooks writes 200 books at once, each of 3 chapters, with a
// model that takes 300 ms for every answer, and reports the most memory that the
// process had.
func BenchmarkTwoHundredBooks(b *testing.B) {
	for range b.N {
		h := newHouse(b, lite(b), &scripted{})
		h.stop()
		h.writer.Model = llm.Journal{Model: slow{&scripted{}, 300 * time.Millisecond}, Memory: h.store}
		h.bound = make(chan book.ID, 200)
		h.chapters, h.writer.Random = 200, rand.Reader
		for i := range 200 {
			if _, err := h.writer.Start(b.Context(), book.Brief{Topic: fmt.Sprint("Salt ", i), Kind: book.Fiction, Chapters: 3, Words: 900}, book.Terms{}, nil); err != nil {
				b.Fatal(err)
			}
		}
		h.start()
		for range 200 {
			h.waitBound()
		}
	}
	b.ReportMetric(float64(peak(b))/1024, "MiB-at-most")
}

// peak is the most memory that the process ever had, in KiB.
func peak(b *testing.B) (kib int) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	if _, line, ok := bytes.Cut(text, []byte("VmHWM:")); ok {
		if _, err := fmt.Sscan(string(line), &kib); err != nil {
			b.Fatal(err)
		}
	}
	return kib
}
