package quality_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/quality"
)

// sixth is the sixth chapter of a good book, with the setting of its book.
func sixth(t testing.TB, c *copybook) (book.Text, quality.Setting) {
	t.Helper()
	return c.text.Chapters[5], quality.Setting{Profile: c.profile, Number: 6, Plan: c.plan, Others: quality.OthersOf(c.text, 6)}
}

// TestARevisionThatBreaksAChapterIsNotKept holds versions of one chapter against
// each other, by the faults of the whole book that one chapter can have.
func TestARevisionThatBreaksAChapterIsNotKept(t *testing.T) {
	c := openCopy(t, quality.Fiction, 8, 12_000)
	good, in := sixth(t, c)
	for name, tt := range map[string]struct {
		fault func(*copybook)
		want  string // the reading that must be among the worse, "" is none
	}{
		"nothing changed": {func(*copybook) {}, ""},
		"a word changed": {func(c *copybook) {
			c.edit(6, func(s string) string { return strings.Replace(s, " the ", " that ", 1) })
		}, ""},
		"half is gone":        {func(c *copybook) { c.edit(6, cut(.5)) }, "M1 worst chapter"},
		"a loop":              {func(c *copybook) { c.tellAgain(6, 200) }, "M4"},
		"another's passage":   {func(c *copybook) { retell(c, 300) }, "M5"},
		"another's sentences": {mutants()["recycled sentences"].fault, "M6"},
		"another's opening":   {recycled, "M12"},
		"clichés":             {say(worn[:3]...), "M9"},
		"a contrast":          {say("It was not X but X.", "It wasn’t X. It was X.", "It was not X but X."), "M10"},
		"even paragraphs":     {func(c *copybook) { c.edit(6, even(40)) }, "M13"},
		"nobody speaks":       {func(c *copybook) { c.edit(6, proseOf(marksOfSpeech.Replace)) }, "M15"},
		"a name drifts":       {mutants()["a name drifts"].fault, "M17"},
		"a ghost":             {mutants()["a name acts after death"].fault, "M17"},
		"a wrong age":         {mutants()["a wrong age"].fault, "M18"},
		"another's text":      {func(c *copybook) { c.text.Chapters[5].Markdown = c.text.Chapters[1].Markdown }, "M6"},
		"another book's text": {func(c *copybook) { c.text.Chapters[5].Markdown = c.vocabulary[:8_000] }, "M19"},
		"chat":                {func(c *copybook) { c.edit(6, endWith("As an AI, I stop here.")) }, "M20"},
		"a borrowed run":      {mutants()["words of another's book"].fault, "M25"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := *c
			bad.text.Chapters = slices.Clone(c.text.Chapters)
			tt.fault(&bad)
			v := quality.Compare(good, bad.text.Chapters[5], in)
			var worse []string
			for _, w := range v.Worse {
				worse = append(worse, strings.TrimSpace(w.ID+" "+w.Reading))
			}
			if v.Keeps() != (tt.want == "") || tt.want != "" && !slices.Contains(worse, tt.want) {
				t.Errorf("worse: %q", worse)
			}
			back := quality.Compare(bad.text.Chapters[5], good, in)
			if diff := cmp.Diff(turned(v.Worse), back.Better); diff != "" {
				t.Errorf("what got worse does not get better on the way back:\n%s", diff)
			}
			for _, e := range v.After.Metrics {
				for _, place := range e.Evidence {
					if place.Chapter != 6 || bad.text.Chapters[5].Markdown[place.Start:place.End] != place.Quote {
						t.Errorf("%s shows %+v", e.ID, place)
					}
				}
			}
		})
	}
}

// turned are changes the other way round.
func turned(list []quality.Change) []quality.Change {
	out := []quality.Change{}
	for _, c := range list {
		c.Before, c.After, c.From, c.To = c.After, c.Before, c.To, c.From
		out = append(out, c)
	}
	return out
}

// TestAChapterBesideOthersIsMeasuredAsInTheBook holds M5, M6 and M12 of a book of
// two chapters against those of each beside the other.
func TestAChapterBesideOthersIsMeasuredAsInTheBook(t *testing.T) {
	c := openCopy(t, quality.Fiction, 8, 12_000)
	recycled(c)
	say("Nobody in the town had ever asked her for the key.")(c)
	c.edit(2, endWith("Nobody in the town had ever asked her for the key."))
	two := book.Manuscript{Chapters: []book.Text{c.text.Chapters[1], c.text.Chapters[5]}}
	whole := quality.Measure(two, quality.Fiction)
	shares, words := 0.0, 0.0
	for i, text := range two.Chapters {
		r := quality.MeasureChapter(text, quality.Setting{Number: i + 1, Others: quality.ReadOthers(two.Chapters[1-i:2-i], []int{2 - i}, "")})
		for _, id := range []string{"M6", "M12"} {
			if one, all := value(r, id), value(whole, id); one != all {
				t.Errorf("%s of chapter %d is %v, of the book %v", id, i+1, one, all)
			}
		}
		shares, words = shares+value(r, "M5")*float64(*r.Words-4), words+float64(*r.Words-4)
	}
	if got, want := shares/words, value(whole, "M5"); math.Abs(got-want) > .001 {
		t.Errorf("M5 of the chapters is %v, of the book %v", got, want)
	}
}

func value(r quality.Report, id string) float64 {
	for _, m := range r.Metrics {
		if m.ID == id && m.Value != nil {
			return *m.Value
		}
	}
	return math.NaN()
}

func TestRedLightsAreFindings(t *testing.T) {
	c := openCopy(t, quality.Fiction, 8, 12_000)
	for _, name := range []string{"a loop", "a wrong age", "an offer", "quotation marks without an end", "clichés", "endless sentences"} {
		mutants()[name].fault(c)
	}
	text, in := sixth(t, c)
	text.Markdown += "\n\n“Nobody said so.\n\nNo.\n\n“Nobody said so.\n\nNo.\n\n“Nobody said so.\n\nNo.\n\nAs an AI I stop."
	major := true
	seen := map[string]quality.Finding{}
	for _, f := range quality.Findings(quality.MeasureChapter(text, in)) {
		if f.Severity == quality.Major && !major {
			t.Errorf("%s comes behind matters of style", f.Metric)
		}
		major = f.Severity == quality.Major
		if f.Do == "" || strings.Count(f.Do, ".") != 1 || f.Chapter != 6 || text.Markdown[f.Start:f.End] != f.Quote || f.Note == "" && f.Quote == "" {
			t.Errorf("a finding that nobody can act on: %+v", f)
		}
		seen[strings.TrimSpace(f.Metric+" "+f.Reading)] = f
	}
	for want, note := range map[string]string{"M20": "words of a conversation with a model", "M20 open quotation marks": "a quotation mark has no end", "M14 mean": "wanted 8 to 20"} {
		if f, ok := seen[want]; !ok || !strings.Contains(f.Note, note) {
			t.Errorf("%s: %+v", want, f)
		}
	}
	if list := quality.Findings(quality.Report{}); list == nil || len(list) > 0 {
		t.Errorf("a report of nothing finds %v", list)
	}
}

func TestEveryEdgeHasAdvice(t *testing.T) {
	used := map[string]bool{}
	for _, p := range quality.Profiles() {
		for edge := range quality.Edges(p) {
			id, _, _ := strings.Cut(edge, " ")
			key := strings.Replace(edge, id+" "+quality.FirstReading(id)+",", id+",", 1)
			if used[key] = true; quality.Advice[key] == "" {
				t.Errorf("%s: nothing is said about %q", p, key)
			}
		}
	}
	for key := range quality.Advice {
		if !used[key] {
			t.Errorf("nothing needs what is said about %q", key)
		}
	}
}

// TestAChapterWithoutSettingIsMeasured has neither plan nor other chapters.
func TestAChapterWithoutSettingIsMeasured(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "one word": "Salt.", "Chinese": strings.Repeat("她走进了房间。", 300), "Arabic": strings.Repeat("ذهب الولد إلى البيت. ", 200)} {
		t.Run(name, func(t *testing.T) {
			for _, others := range []*quality.Others{nil, quality.ReadOthers(nil, nil, ""), quality.ReadOthers([]book.Text{{Markdown: text}}, nil, "")} {
				v := quality.Compare(book.Text{Markdown: text}, book.Text{Markdown: text}, quality.Setting{Others: others})
				if !v.Keeps() || len(v.Better) > 0 || len(v.After.Metrics) != 25 {
					t.Errorf("%+v", v.Worse)
				}
				if _, err := json.Marshal(v); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// BenchmarkTwoVersionsOfAChapter compares two versions of 5,000 words beside a
// book of 30,000; 50 ms are promised.
func BenchmarkTwoVersionsOfAChapter(b *testing.B) {
	c := openCopy(b, quality.Fiction, 8, 40_000)
	text, in := sixth(b, c)
	other := text
	other.Markdown = strings.Replace(text.Markdown, " the ", " that ", 1)
	for b.Loop() {
		quality.Compare(text, other, in)
	}
}
