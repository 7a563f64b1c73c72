package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"quire/book"
	"quire/llm"
	"quire/llm/fake"
	"quire/llm/openai"
	"quire/offline"
	"quire/quality"
	"quire/store"
	"quire/write"
)

const novelTopic = "The lamplighter of Skerry Point"

// plannedNovel writes a novel of 60,000 words as quire does, through the played provider,
// and measures it against its own plan, which it returns.
func plannedNovel(t testing.TB, server string) (quality.Report, quality.Plan) {
	t.Helper()
	dir := t.TempDir()
	u := use(t, t.Context(), dir, providersPlayed(server)["openai"], "write", novelTopic, "--chapters", "24", "--words", "60000", "--seed", "1",
		"-o", filepath.Join(dir, "b.md"), "--budget", "none")
	if u.code != 0 {
		t.Fatal(u.talk.String())
	}
	st, err := store.Open(t.Context(), filepath.Join(dir, "home", "quire.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	books, err := st.Books(t.Context(), "", 1)
	if err != nil || len(books) != 1 {
		t.Fatal(books, err)
	}
	found, err := st.Artefacts(t.Context(), books[0].ID, "manuscript")
	if err != nil {
		t.Fatal(err)
	}
	var text book.Manuscript
	if err := json.Unmarshal(found["manuscript"], &text); err != nil {
		t.Fatal(err)
	}
	plan, err := (&write.Writer{Shelf: st}).Measured(t.Context(), books[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return quality.MeasurePlanned(text, quality.Fiction, plan), plan
}

// oneShot asks the same played provider for each chapter in one plain question, as
// one types it into a chat, and measures what comes against the same plan.
func oneShot(t testing.TB, server string, plan quality.Plan) quality.Report {
	t.Helper()
	m := &openai.Model{Client: http.DefaultClient, Base: server + "/v1", Key: llm.Secret(secretKey), Ability: llm.Caps{Provider: "openai", Model: "any-model"}, Name: "OpenAI"}
	text := book.Manuscript{Meta: book.Meta{Title: novelTopic, Kind: book.Fiction, Language: "en"}}
	for i := range 24 {
		ask := fmt.Sprintf("Write chapter %d of 24 of a novel about the lamplighter of Skerry Point, in 2500 words.", i+1)
		res, err := m.Stream(t.Context(), llm.Request{Blocks: []llm.Block{{Text: ask}}, MaxTokens: 8000}, nil)
		if err != nil {
			t.Fatal(err)
		}
		text.Chapters = append(text.Chapters, book.Text{ID: fmt.Sprint("c", i), Title: fmt.Sprint("Chapter ", i+1), Numbered: true, Markdown: res.Text})
	}
	plan.Chapters = nil // whose beats nobody told it
	return quality.MeasurePlanned(text, quality.Fiction, plan)
}

// breakage is how far each measure of breakage is outside of its band.
func breakage(r quality.Report) map[string]float64 {
	out := map[string]float64{}
	for _, m := range r.Metrics {
		if m.Class == quality.Breakage && m.Value != nil {
			out[m.ID] = *m.Value
		}
	}
	return out
}

// TestAPlannedNovelBeatsOneAskedForChapterByChapter compares a novel of 60,000
// words with what the same author gives to plain questions.
func TestAPlannedNovelBeatsOneAskedForChapterByChapter(t *testing.T) {
	if raced {
		return // both paths run with the detector elsewhere
	}
	server := httptest.NewServer(&fake.Server{Author: &offline.Author{}, Keys: []string{secretKey}})
	defer server.Close()
	good, plan := plannedNovel(t, server.URL)
	naive := oneShot(t, server.URL, plan)
	if good.Score == nil || *good.Score < 75 || good.Broken != 0 {
		t.Errorf("the planned novel scores %v with %d broken", good.Score, good.Broken)
	}
	if naive.Score == nil || *naive.Score >= *good.Score || naive.Broken < 5 {
		t.Errorf("the plain one scores %v with %d broken", naive.Score, naive.Broken)
	}
	ours, theirs := breakage(good), breakage(naive)
	if ours["M5"] > 1.1 {
		t.Errorf("%.2f %% of the planned novel repeats across chapters, want 1.1", ours["M5"])
	}
	for _, id := range []string{"M4", "M5", "M6", "M22"} {
		if theirs[id] <= ours[id] {
			t.Errorf("%s: planned %.4g, plain %.4g", id, ours[id], theirs[id])
		}
	}
	for _, id := range []string{"M17", "M18", "M20"} { // neither contradicts itself in what can be counted
		if theirs[id] < ours[id] {
			t.Errorf("%s: planned %.4g, plain %.4g", id, ours[id], theirs[id])
		}
	}
	if far := func(m map[string]float64) float64 { return max(m["M1"]-100, 100-m["M1"]) }; far(theirs) <= far(ours) {
		t.Errorf("M1: planned %.4g, plain %.4g", ours["M1"], theirs["M1"])
	}
}

// BenchmarkNovels reports the measures of both novels for docs/benchmarks.md.
func BenchmarkNovels(b *testing.B) {
	server := httptest.NewServer(&fake.Server{Author: &offline.Author{}, Keys: []string{secretKey}})
	defer server.Close()
	good, plan := plannedNovel(b, server.URL)
	for name, r := range map[string]quality.Report{"planned, 60,000 words": good, "asked for chapter by chapter": oneShot(b, server.URL, plan)} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
			}
			b.ReportMetric(0, "ns/op") // the text is what is measured
			b.ReportMetric(float64(*r.Score), "score")
			b.ReportMetric(float64(r.Broken), "broken")
			for id, v := range breakage(r) {
				b.ReportMetric(v, id)
			}
		})
	}
}
