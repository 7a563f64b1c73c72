package quality

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

var update = flag.Bool("update", false, "rewrite the generated files")

// chapters makes a manuscript of texts.
func chapters(texts ...string) book.Manuscript {
	var m book.Manuscript
	for i, text := range texts {
		m.Chapters = append(m.Chapters, book.Text{ID: fmt.Sprint("c", i+1), Title: fmt.Sprint("Title ", i+1), Markdown: text})
	}
	return m
}

// trial is the trial book of the press: old English prose.
func trial(t testing.TB) book.Manuscript {
	t.Helper()
	files, err := filepath.Glob("../press/testdata/press-book/ch*.md")
	if err != nil || len(files) != 15 {
		t.Fatalf("%d chapters (%v)", len(files), err)
	}
	var texts []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return chapters(texts...)
}

// naive is a book by a small grammar of ready-made phrases.
func naive() book.Manuscript {
	who := []string{"Mara", "The old keeper", "Her brother", "The captain"}
	did := []string{"walked slowly down to the harbour", "looked out over the grey water", "thought about the letter again", "closed the heavy wooden door"}
	when := []string{"as the sun went down behind the hill", "while the wind rose in the rigging", "before the bells of the church began"}
	var texts []string
	for c := range 8 {
		var text strings.Builder
		for i := range 90 {
			fmt.Fprintf(&text, "%s %s %s.", who[(i+c)%4], did[(i/2+c)%4], when[(i/3+c)%3])
			if i%5 == 4 {
				text.WriteString("\n\n")
			} else {
				text.WriteString(" ")
			}
		}
		texts = append(texts, text.String())
	}
	return chapters(texts...)
}

func of(t testing.TB, r Report, id string) Metric {
	t.Helper()
	for _, m := range r.Metrics {
		if m.ID == id {
			return m
		}
	}
	t.Fatalf("there is no %s", id)
	return Metric{}
}

// values are the readings of a metric by name.
func values(d string, r Report) map[string]float64 {
	out := map[string]float64{}
	for _, m := range r.Metrics {
		if m.ID != d {
			continue
		}
		if m.Value != nil {
			out["value"] = *m.Value
		}
		for _, p := range m.Parts {
			out[p.Name] = p.Value
		}
	}
	return out
}

// TestTheNumbersOfTheTrialBooksStay holds every number of two books. They may
// change with a new Version only.
func TestTheNumbersOfTheTrialBooksStay(t *testing.T) {
	type line struct {
		ID     string
		Light  Light
		Values map[string]float64
	}
	got := map[string]any{"version": Version}
	for name, m := range map[string]book.Manuscript{"trial": trial(t), "naive": naive()} {
		r := Measure(m, Nonfiction)
		list := []line{}
		for _, m := range r.Metrics {
			list = append(list, line{m.ID, m.Light, values(m.ID, r)})
		}
		got[name] = map[string]any{"score": r.Score, "words": r.Words, "metrics": list}
	}
	text, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/"+Version+".json", string(text)+"\n")
}

func golden(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(have), want); diff != "" {
		t.Errorf("%s (-kept +now):\n%s", path, diff)
	}
}

// TestTheMetricsAreDocumented makes docs/quality.md from the table.
func TestTheMetricsAreDocumented(t *testing.T) { golden(t, "../docs/quality.md", Document()) }

func TestTheReportIsStableJSON(t *testing.T) {
	m := chapters("It was not fear but hope. “Go,” she said.\n\nAs an AI I stop here,")
	text, err := json.MarshalIndent(Measure(m, Fiction), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/report.json", string(text)+"\n")
}

func TestANaiveGrammarIsFoundOut(t *testing.T) {
	for _, p := range Profiles() {
		r := Measure(naive(), p)
		for _, id := range []string{"M4", "M5", "M6", "M22"} {
			if m := of(t, r, id); m.Light != Red {
				t.Errorf("%s: %s is %s, %v", p, id, m.Light, values(id, r))
			}
		}
		if r.Score == nil || *r.Score > 59 || r.Broken < 4 {
			t.Errorf("%s: score %v with %d broken", p, r.Score, r.Broken)
		}
	}
	r := Measure(trial(t), Children)
	for _, id := range []string{"M4", "M5", "M6", "M22"} {
		if m := of(t, r, id); m.Light == Red {
			t.Errorf("real prose: %s is red: %v", id, values(id, r))
		}
	}
}

func TestOddBooksAreMeasured(t *testing.T) {
	for name, tt := range map[string]struct {
		book  book.Manuscript
		words int // -1 is not counted
		note  string
	}{
		"no chapters":   {book.Manuscript{}, 0, "no prose"},
		"an empty one":  {chapters(""), 0, "no prose"},
		"one word":      {chapters("Salt."), 1, "too short"},
		"only code":     {chapters("```\nfunc main() {}\n```\n"), 0, "no prose"},
		"Chinese":       {chapters(strings.Repeat("她走进了房间。他说：“你好。”", 200)), -1, "without spaces"},
		"Thai":          {chapters(strings.Repeat("เขาเดินเข้าไปในห้อง ", 100)), -1, "without spaces"},
		"Arabic":        {book.Manuscript{Meta: book.Meta{Language: "ar"}, Chapters: chapters(strings.Repeat("ذهب الولد إلى البيت؟ ", 200)).Chapters}, 800, "another language"},
		"untold Arabic": {chapters(strings.Repeat("ذهب الولد إلى البيت. ", 200)), 800, "another language"},
		"broken bytes":  {chapters("\xff\xfe salt \xc3"), 1, "too short"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Measure(tt.book, Fiction)
			sound(t, tt.book, r)
			words := -1
			if r.Words != nil {
				words = *r.Words
			}
			if words != tt.words || !strings.Contains(r.Note, tt.note) {
				t.Errorf("%d words, %q", words, r.Note)
			}
			if tt.words < 500 && r.Score != nil {
				t.Errorf("a score of %d", *r.Score)
			}
			if tt.words < 0 && of(t, r, "M14").Note == "" {
				t.Error("sentences were counted")
			}
		})
	}
}

// sound holds a report against what is true of all reports.
func sound(t testing.TB, m book.Manuscript, r Report) {
	t.Helper()
	if _, err := json.Marshal(r); err != nil { // as with NaN
		t.Fatal(err)
	}
	if len(r.Metrics) != 25 || r.Score != nil && (*r.Score < 0 || *r.Score > 100) {
		t.Fatalf("%d metrics, score %v", len(r.Metrics), r.Score)
	}
	for _, metric := range r.Metrics {
		if metric.Value != nil && (math.IsNaN(*metric.Value) || math.IsInf(*metric.Value, 0)) {
			t.Errorf("%s is %v", metric.ID, *metric.Value)
		}
		if len(metric.Evidence) > mostEvidence {
			t.Errorf("%s shows %d places", metric.ID, len(metric.Evidence))
		}
		for _, e := range metric.Evidence {
			text := m.Chapters[e.Chapter-1].Markdown
			if e.Start < 0 || e.End < e.Start || e.End > len(text) || text[e.Start:e.End] != e.Quote {
				t.Fatalf("%s: %d to %d of %d bytes is not %q", metric.ID, e.Start, e.End, len(text), e.Quote)
			}
			if utf8.ValidString(text) && !utf8.ValidString(e.Quote) {
				t.Errorf("%s cuts a letter: %q", metric.ID, e.Quote)
			}
		}
	}
}

func FuzzMeasure(f *testing.F) {
	for _, seed := range []string{"", "Salt.", "**bold", "“Open\n\n# A\n### C\n", "| a | b |\n|---|---|\n| 1 | 2 |\n\ntext[^1]\n\n[^1]: note", "```\nx", "Monday, 3 May 1999", "她走进了房间。", "Mara's eyes were blue. Mara's green eyes.", "::: verse\na\n:::\n"} {
		f.Add(seed, "en", seed)
	}
	f.Fuzz(func(t *testing.T, one, lang, two string) {
		m := chapters(one, two, one+two, two, one, two)
		m.Meta.Language = lang
		plan := Plan{Words: 10, Names: []Name{{Name: "Mara", Gone: 1}}, Facts: []Fact{{"Mara", "age", "34"}, {"Mara", "walk", "3 miles"}}, Banned: []string{"salt"}, Sources: []string{one},
			Chapters: map[string]Aim{"c1": {Words: 5, Beats: []string{"Mara leaves the harbour"}}}}
		for _, p := range Profiles() {
			r := MeasurePlanned(m, p, plan)
			sound(t, m, r)
			if _, err := Page(r, one); err != nil {
				t.Error(err)
			}
		}
		in := Setting{Language: lang, Number: 1, Plan: plan, Others: ReadOthers(m.Chapters[1:], []int{2, 3}, lang)}
		v := Compare(m.Chapters[0], m.Chapters[1], in)
		sound(t, book.Manuscript{Chapters: m.Chapters[1:]}, v.After)
		for _, f := range Findings(v.After) {
			if f.Do == "" || f.Quote != two[f.Start:f.End] {
				t.Errorf("%+v", f)
			}
		}
	})
}

func TestAMillionWordsTakeSeconds(t *testing.T) {
	m, big := trial(t), book.Manuscript{}
	for i := range 400 { // 400 chapters of 3,400 words
		c := m.Chapters[i%15]
		c.Markdown = strings.ReplaceAll(c.Markdown, " the ", fmt.Sprintf(" the%c ", 'a'+i%26))
		big.Chapters = append(big.Chapters, c)
	}
	r := Measure(big, Fiction)
	if r.Words == nil || *r.Words < 1_000_000 {
		t.Fatalf("only %v words", r.Words)
	}
	sound(t, big, r)
}

func TestTheNumberOfProcessorsChangesNothing(t *testing.T) {
	m, plan := hundredThousand(t)
	want := MeasurePlanned(m, Nonfiction, plan)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if diff := cmp.Diff(want, MeasurePlanned(m, Nonfiction, plan)); diff != "" {
		t.Error(diff)
	}
}

func TestManyMayMeasureAtOnce(t *testing.T) {
	m := naive()
	want := Measure(m, Fiction)
	reports := make(chan Report)
	for range 4 {
		go func() { reports <- Measure(m, Fiction) }()
	}
	for range 4 {
		if diff := cmp.Diff(want, <-reports); diff != "" {
			t.Error(diff)
		}
	}
}

func TestThePageIsWhole(t *testing.T) {
	for name, m := range map[string]book.Manuscript{"full": naive(), "empty": {}, "<script>alert(1)</script>": chapters("<script>alert(1)</script> As an AI <b>I")} {
		page, err := Page(Measure(m, Fiction), name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(page)
		if strings.Contains(text, "<script") || strings.Contains(text, "src=") || strings.Contains(text, "NaN") || !strings.HasSuffix(strings.TrimSpace(text), "</html>") {
			t.Errorf("%s: the page reaches out or is cut", name)
		}
		if name == "full" && (!strings.Contains(text, "Say it once") || !strings.Contains(text, `class="scale"`)) {
			t.Error("the page says neither how far off nor what to do")
		}
		if name == "empty" && !strings.Contains(text, "Nothing could be judged.") {
			t.Error("a book without a word is called whole")
		}
		if has := strings.Contains(text, `<div class="dark">`); has != (name == "full") {
			t.Errorf("%s: a chart is %v", name, has)
		}
	}
}
