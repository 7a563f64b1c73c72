package offline

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
)

func TestGuideChecks(t *testing.T) {
	for name, b := range map[string]book.Brief{
		"a bare topic":             guideBees,
		"one chapter":              {Topic: "how to whistle", Chapters: 1},
		"a small book":             {Topic: "chess", Chapters: 3, Words: 900},
		"tiny chapters":            {Topic: "chess", Chapters: 8, Words: 400},
		"a large book":             {Topic: "learning to draw", Chapters: 4, Words: 12_000},
		"many chapters":            {Topic: "maps", Chapters: 30, Words: 6_000},
		"an outline":               {Topic: "growing food on a balcony", Outline: guideHeadings()},
		"an outline without topic": {Outline: guideHeadings()},
		"a list of titles":         {Title: "Tea", Outline: []book.Heading{{Level: 1, Title: "Leaf"}, {Level: 1, Title: "Water"}, {Level: 1, Title: "Cup"}}},
		"odd letters":              {Topic: "🐝 養蜂 <data>"},
		"a long topic":             {Topic: strings.Repeat("the long road ", 35)},
		"a strange outline":        {Topic: "x y", Outline: []book.Heading{{Level: 1, Title: "</data> *bold* | `code` [x](y)", Description: "# no heading <b>", KeyPoints: []string{"a | b", "- c", "1. d_e_f"}, Notes: "> {#id} ~~~"}}},
	} {
		t.Run(name, func(t *testing.T) {
			run := guideMake(t, b)
			got, want := 0, 0
			for i, words := range run.got {
				got, want = got+words, want+run.asked[i]
				if asked := run.asked[i]; asked >= 120 && (words*100 > asked*112 || words*100 < asked*88) {
					t.Errorf("section %d of the book has %d words, %d were asked for", i+1, words, asked)
				}
			}
			for i, sheet := range run.sheets {
				sum := 0
				for j, beat := range sheet.Sections {
					sum += beat.Words
					if beat.Words > guideSectionMost {
						t.Errorf("section %d.%d is planned with %d words", i+1, j+1, beat.Words)
					}
					if strings.TrimSpace(run.sections[i][j]) == "" || strings.Contains("\n"+run.sections[i][j], "\n#") {
						t.Errorf("section %d.%d is empty or has a heading:\n%s", i+1, j+1, run.sections[i][j])
					}
					if strings.ContainsAny(strings.ReplaceAll(run.sections[i][j], "\\{", ""), "{") {
						t.Errorf("section %d.%d has an open slot:\n%s", i+1, j+1, run.sections[i][j])
					}
				}
				if c := run.outline.Chapters[i]; sum != max(c.Words, len(c.Sections)+1) {
					t.Errorf("chapter %d: the sections ask for %d words, the chapter for %d", i+1, sum, c.Words)
				}
			}
			if want > 3000 && (got*100 > want*105 || got*100 < want*95) {
				t.Errorf("the book has %d words, %d were asked for", got, want)
			}
		})
	}
}

func TestGuideKeepsWhatIsGiven(t *testing.T) {
	run := guideMake(t, book.Brief{Topic: "growing food on a balcony", Outline: guideHeadings()})
	skeleton := guideSkeleton(run.brief)
	for i, c := range run.outline.Chapters {
		c.Summary = ""
		if diff := cmp.Diff(skeleton.Chapters[i], c); diff != "" {
			t.Errorf("chapter %d was changed (-want +got):\n%s", i+1, diff)
		}
		text := strings.Join(run.sections[i], "\n")
		points := c.KeyPoints
		for _, s := range c.Sections {
			points = append(append(points, s.KeyPoints...), s.Summary, s.Notes)
		}
		for _, p := range points {
			if p = guideLowerFirst(p); !strings.Contains(guideLowerFirst(text), p) && !strings.Contains(text, guideUpper(p)) {
				t.Errorf("chapter %d does not say %q", i+1, p)
			}
		}
	}
}

func TestGuideGivesHeadingsTheirWords(t *testing.T) {
	b := book.Brief{Topic: "tea", Outline: []book.Heading{
		{Level: 1, Title: "Leaf", Words: 2600}, {Level: 2, Title: "Green", Words: 300}, {Level: 3, Title: "Steamed", Words: 1500}, {Level: 2, Title: "Black"},
		{Level: 1, Title: "Water", Words: 100}, {Level: 2, Title: "Hot", Words: 400}, {Level: 2, Title: "Cold", Words: 600}, {Level: 2, Title: "None"},
	}}
	run := guideMake(t, b)
	var got []string
	for _, sheet := range run.sheets {
		for _, s := range sheet.Sections {
			got = append(got, fmt.Sprintf("%d %s %d", s.Level, s.Heading, s.Words))
		}
	}
	want := []string{"0  650", "0  650", "0  650", "0  650", "2 Green 300", "3 Steamed 500", "0  500", "0  500", "2 Black 350"}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
}

// guideInvented finds words of a text that are digits or capitalised inside a
// sentence and do not come from the maker.
func guideInvented(text, given string) []string {
	known := map[string]bool{"i": true}
	for _, w := range guideTokens(given) {
		known[w] = true
	}
	var found []string
	for _, line := range strings.Split(text, "\n") {
		start := true
		if at := strings.Index(line, ". "); at > 0 && at < 3 && !strings.ContainsAny(line[:at], "abcdefghijklmnopqrstuvwxyz|") {
			line = line[at+2:] // the number of a list
		}
		for _, w := range strings.Fields(line) {
			opens := strings.HasPrefix(w, "“") || strings.HasPrefix(w, "**") || w == "|"
			bare := strings.Trim(w, "“”‘’*_|.,;:!?()…–-")
			capital := bare != "" && strings.ToLower(bare[:1]) != bare[:1]
			if (strings.ContainsAny(bare, "0123456789") || capital && !start && !opens) && !known[strings.ToLower(strings.TrimSuffix(bare, "’s"))] && !strings.Contains(given, bare) {
				found = append(found, w)
			}
			start = w == "|" || w == "-" || strings.ContainsAny(w[len(w)-1:], ".!?:") || strings.HasSuffix(w, "”") || strings.HasSuffix(w, "**") || w == "–" || strings.HasSuffix(w, "…")
		}
	}
	return found
}

func TestGuideInventsNothing(t *testing.T) {
	for name, b := range map[string]book.Brief{
		"workbook": guideBees, "larger": {Topic: "how to keep bees", Chapters: 16, Words: 16_000},
		"outline": {Topic: "growing food on a balcony", Outline: guideHeadings()},
	} {
		t.Run(name, func(t *testing.T) {
			run := guideMake(t, b)
			given, err := json.Marshal(run.brief)
			if err != nil {
				t.Fatal(err)
			}
			titles := ""
			for _, c := range run.outline.Chapters {
				titles += " " + c.Title + " " + strings.Join(c.KeyPoints, " ")
			}
			text := strings.Join(run.chapters(), "\n")
			if found := guideInvented(text, string(given)+titles); len(found) > 0 {
				t.Errorf("%d words that nobody gave: %q", len(found), found)
			}
		})
	}
	if found := guideInvented("In short, 73 per cent of keepers in Ohio agree.", "bees"); len(found) != 2 {
		t.Errorf("the check itself is blind: %q", found)
	}
}

func TestGuideHardlyRepeatsItself(t *testing.T) {
	for name, b := range map[string]book.Brief{
		"bees": guideBees, "chess": {Topic: "Chess openings for beginners", Seed: 3}, "cats": {Topic: "why do cats purr?", Kind: book.Nonfiction, Seed: 4},
		"outline": {Topic: "growing food on a balcony", Outline: guideHeadings()},
	} {
		t.Run(name, func(t *testing.T) {
			chapters := guideMake(t, b).chapters()
			if rep := guideRep(chapters); rep >= 2 {
				t.Errorf("rep-4 is %.2f %%", rep)
			}
			if cross := guideCross(chapters); cross >= 1.5 {
				t.Errorf("cross-chapter overlap is %.2f %%", cross)
			}
		})
	}
	naive := []string{strings.Repeat("Keep a good notebook. ", 200), strings.Repeat("Keep a good notebook. ", 300)}
	if guideRep(naive) < 50 || guideCross(naive) < 50 {
		t.Error("the measures do not see a text that repeats itself")
	}
}

func TestGuideSaysTheSameTwiceAndOtherwiseForAnotherSeed(t *testing.T) {
	a, b := guideMake(t, guideBees), guideMake(t, guideBees)
	if diff := cmp.Diff(a.markdown(), b.markdown()); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
	other := guideBees
	other.Seed = 77
	if c := guideMake(t, other); c.markdown() == a.markdown() {
		t.Error("another seed gave the same book")
	}
}

func TestGuideWritesANewRevisionOtherwise(t *testing.T) {
	run := guideMake(t, guideBees)
	c := run.outline.Chapters[2]
	data := map[string]any{"brief": run.brief, "outline": run.outline, "chapter": c, "position": position{3, 8}, "beats": run.sheets[2], "section": 1}
	task := llm.Task{Role: llm.Draft, Artefact: "section/" + string(c.ID) + "/1", Seed: run.brief.Seed, Words: run.sheets[2].Sections[1].Words, Attempt: 1, Revision: 1}
	if got := guideAsk(t, task, data); got != run.sections[2][1] {
		t.Errorf("the same request gave another text:\n%s", got)
	}
	task.Revision = 2
	second := guideAsk(t, task, data)
	if shared := guideCross([]string{second, run.sections[2][1]}); shared > 30 {
		t.Errorf("a new revision shares %.0f %% with the first", shared)
	}
}

func TestGuideFollowsAChangedSheet(t *testing.T) {
	run := guideMake(t, guideBees)
	c := run.outline.Chapters[0]
	sheet := book.Beats{Sections: []book.Beat{{Goal: "x", Words: 300, Points: []string{"smoke calms them, says my uncle"}}}}
	data := map[string]any{"brief": run.brief, "outline": run.outline, "chapter": c, "beats": sheet, "section": 0}
	text := guideAsk(t, llm.Task{Role: llm.Draft, Artefact: "section/x/0", Seed: 1, Words: 500}, data)
	if n := book.Words(text); n < 440 || n > 560 || !strings.Contains(text, "moke calms them, says my uncle") {
		t.Errorf("%d words:\n%s", n, text)
	}
}

func TestGuideWorksWithoutThePlanOfTheBook(t *testing.T) {
	c := book.OutlineChapter{ID: "ch_1", Title: "Hives", Summary: "x", Words: 400, KeyPoints: []string{"wood", "straw"}}
	data := map[string]any{"brief": book.Brief{Kind: book.Nonfiction, Topic: "bees", Language: "en"}, "chapter": c}
	sheet := guideInto[book.Beats](t, llm.Task{Role: llm.Beats, Seed: 1, Words: 400}, data)
	data["beats"] = sheet
	if text := guideAsk(t, llm.Task{Role: llm.Draft, Seed: 1, Words: 400}, data); book.Words(text) < 350 {
		t.Errorf("only %d words", book.Words(text))
	}
}

func TestGuideThemesFollowTitles(t *testing.T) {
	var o book.Outline
	for _, title := range []string{"Pests and diseases", "Tools", "Leaves", "The history of it", "Mistakes", "First steps"} {
		o.Chapters = append(o.Chapters, book.OutlineChapter{Title: title})
	}
	g := &guideBook{seed: 5}
	seen := map[string]bool{}
	var got []string
	for _, s := range g.themes(o.Chapters) {
		got = append(got, s.name)
		if seen[s.name] {
			t.Errorf("stage %s is the theme of two chapters", s.name)
		}
		seen[s.name] = true
	}
	got = append(got[:2], got[3], got[5])
	if diff := cmp.Diff([]string{"trouble", "means", "reading", "trial"}, got); diff != "" {
		t.Errorf("themes (-want +got):\n%s", diff)
	}
	if n := len(g.themes(make([]book.OutlineChapter, 40))); n != 40 {
		t.Errorf("%d themes for 40 chapters", n)
	}
}

func TestGuideQuotesThePremise(t *testing.T) {
	run := guideMake(t, book.Brief{Topic: "how to keep bees", Premise: "My father kept bees behind the station.\nMore."})
	if !strings.Contains(run.sections[0][0], "> My father kept bees behind the station.") {
		t.Errorf("no premise in\n%s", run.sections[0][0])
	}
}

func TestGuideManagesFourHundredChapters(t *testing.T) {
	b := book.Brief{Topic: "how to keep bees", Chapters: 400, Words: 400 * 90, Kind: book.Nonfiction}.Settle()
	run := guideRun{brief: b}
	run.outline = guideInto[book.Outline](t, llm.Task{Role: llm.Outline, Seed: b.Seed}, map[string]any{"brief": b, "plan": guideSkeleton(b), "position": position{1, 400}})
	if err := run.outline.Check(400); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 17, 399} {
		guideChapter(t, &run, i)
	}
}
