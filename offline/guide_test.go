package offline

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
)

// guideRun is a whole guide with all that was made on the way.
type guideRun struct {
	brief    book.Brief
	concept  book.Concept
	outline  book.Outline
	sheets   []book.Beats
	sections [][]string
	deltas   []book.Delta
}

// guideAsk sends one request through the author.
func guideAsk(t testing.TB, task llm.Task, data map[string]any) string {
	t.Helper()
	if task.Revision == 0 {
		task.Revision, task.Attempt = 1, 1
	}
	r := llm.Request{Book: "bk_guide", Role: task.Role, Artefact: task.Artefact, Words: task.Words, Seed: task.Seed}
	for _, name := range []string{"brief", "concept", "outline", "plan", "position", "chapter", "beats", "section", "text", "ledger", "handoff", "recent"} {
		if value, ok := data[name]; ok {
			text, err := llm.Data(name, 1, value)
			if err != nil {
				t.Fatal(err)
			}
			r.Blocks = append(r.Blocks, llm.Block{Text: text})
		}
	}
	r.Blocks = append(r.Blocks, llm.Block{Text: task.String()})
	res, err := (&Author{}).Stream(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res.Text
}

func guideInto[T any](t testing.TB, task llm.Task, data map[string]any) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(guideAsk(t, task, data)), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// guideSkeleton is the plan that the writing room asks to be filled.
func guideSkeleton(b book.Brief) book.Outline {
	var o book.Outline
	ids := book.ChapterIDs(b.Seed, b.Chapters)
	if len(b.Outline) == 0 {
		for i := range b.Chapters {
			o.Chapters = append(o.Chapters, book.OutlineChapter{ID: ids[i], Words: b.Words*(i+1)/b.Chapters - b.Words*i/b.Chapters})
		}
		return o
	}
	for _, h := range b.Outline {
		if h.Level == 1 {
			n := len(o.Chapters)
			words := h.Words
			if words == 0 {
				words = b.Words / b.Chapters
			}
			o.Chapters = append(o.Chapters, book.OutlineChapter{ID: ids[n], Part: h.Part, Title: h.Title, Words: words, KeyPoints: h.KeyPoints, Notes: h.Notes})
			continue
		}
		c := &o.Chapters[len(o.Chapters)-1]
		c.Sections = append(c.Sections, book.OutlineSection{Level: h.Level, Title: h.Title, Summary: h.Description, KeyPoints: h.KeyPoints, Notes: h.Notes, Words: h.Words})
	}
	return o
}

// guideMake writes a whole book.
func guideMake(t testing.TB, b book.Brief) guideRun {
	t.Helper()
	b.Kind = book.Nonfiction
	if err := b.Check(); err != nil {
		t.Fatal(err)
	}
	run := guideRun{brief: b.Settle()}
	b = run.brief
	run.concept = guideInto[book.Concept](t, llm.Task{Role: llm.Concept, Artefact: "concept", Seed: b.Seed}, map[string]any{"brief": b})
	if err := run.concept.Check(book.Nonfiction); err != nil {
		t.Error(err)
	}
	skeleton := guideSkeleton(b)
	for at := 0; at < b.Chapters; at += 12 {
		batch := book.Outline{Chapters: skeleton.Chapters[at:min(at+12, b.Chapters)]}
		out := guideInto[book.Outline](t, llm.Task{Role: llm.Outline, Artefact: fmt.Sprintf("outline/%d", at), Seed: b.Seed}, map[string]any{
			"brief": b, "concept": run.concept, "outline": run.outline, "plan": batch, "position": position{at + 1, b.Chapters},
		})
		run.outline.Chapters = append(run.outline.Chapters, out.Chapters...)
	}
	if err := run.outline.Check(b.Chapters); err != nil {
		t.Error(err)
	}
	for i := range run.outline.Chapters {
		guideChapter(t, &run, i)
	}
	return run
}

func guideChapter(t testing.TB, run *guideRun, i int) {
	t.Helper()
	b, c := run.brief, run.outline.Chapters[i]
	data := map[string]any{"brief": b, "concept": run.concept, "outline": run.outline, "chapter": c, "position": position{i + 1, b.Chapters}}
	sheet := guideInto[book.Beats](t, llm.Task{Role: llm.Beats, Artefact: "beats/" + string(c.ID), Seed: b.Seed, Words: c.Words}, data)
	if err := sheet.Check(c.Sections); err != nil {
		t.Errorf("chapter %d: %v", i+1, err)
	}
	data["beats"] = sheet
	var texts []string
	for j, beat := range sheet.Sections {
		data["section"], data["text"] = j, strings.Join(texts, "\n\n")
		texts = append(texts, guideAsk(t, llm.Task{Role: llm.Draft, Artefact: fmt.Sprintf("section/%s/%d", c.ID, j), Seed: b.Seed, Words: beat.Words}, data))
	}
	data["text"] = strings.Join(texts, "\n\n")
	delta := guideInto[book.Delta](t, llm.Task{Role: llm.Observe, Artefact: "delta/" + string(c.ID), Seed: b.Seed}, data)
	if err := delta.Check(); err != nil {
		t.Error(err)
	}
	run.sheets, run.sections, run.deltas = append(run.sheets, sheet), append(run.sections, texts), append(run.deltas, delta)
}

// chapters are the texts of the chapters.
func (r guideRun) chapters() []string {
	var out []string
	for _, s := range r.sections {
		out = append(out, strings.Join(s, "\n\n"))
	}
	return out
}

// markdown is the whole book for reading.
func (r guideRun) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n*%s*\n\n%s\n\n%s\n\n", r.concept.Title, r.concept.Subtitle, r.concept.Logline, r.concept.Promise)
	for i, c := range r.outline.Chapters {
		fmt.Fprintf(&b, "# %d %s\n\n<!-- %s -->\n\n", i+1, c.Title, c.Summary)
		for j, beat := range r.sheets[i].Sections {
			if beat.Level > 0 {
				fmt.Fprintf(&b, "%s %s\n\n", strings.Repeat("#", beat.Level), beat.Heading)
			}
			fmt.Fprintf(&b, "<!-- %d words, asked %d -->\n%s\n\n", book.Words(r.sections[i][j]), beat.Words, r.sections[i][j])
		}
	}
	return b.String()
}

var (
	guideBees  = book.Brief{Topic: "how to keep bees"}
	guideLarge = book.Brief{Topic: "how to keep bees", Chapters: 10, Words: 30_000}
)

// guideHeadings is an outline of twelve chapters with sections, as a maker
// gives it.
func guideHeadings() []book.Heading {
	const plan = `
# Why grow food on a balcony|fresh leaves every week; children see where food comes from
## What a balcony can give|What to hope for, and what to leave to the greengrocer|
## Costs and savings||boxes cost 45 euros in all; a bag of soil is 9 euros; the first salad came after 30 days
# Light and wind|
## Counting the hours of sun|How to find out how long each corner is lit|mark the shadow every 2 hours; do it in May and again in August
## Shelter from the wind||a mat of reeds; tall plants at the back; nothing loose on the railing
# Pots and boxes|depth before width; holes at the bottom
## Weight and the railing|The railing of our house may carry 25 kg for each metre.|ask the landlord first; water is heavy
## Old things made new||tin baths; wine crates lined with sacking
# Soil that lasts|
## Mixing your own|Three parts and how to combine them|garden soil; sand from the river; sieved compost
## Refreshing old soil||take out the roots; add a third of new compost; let it rest over winter
# Choosing what to plant|eat what you grow
## Leaves, roots, fruits|A sorting by what we eat of them|salads forgive a lot; carrots want depth; tomatoes want the wall
## One square per crop||rule of nine squares to a box
# Sowing|
## In the window|When to begin indoors|egg boxes make good trays; label everything
## Straight into the box||peas in pairs; radishes as markers between slow seeds
# Watering without waste|
## Finger, not clock|The top joint of a finger tells more than a timetable.|water in the morning; let the tap water stand
## Going on holiday||the neighbour's boy; wicks made of wool
# Feeding|less is more
## Nettles in a bucket||It stinks, so it goes on the north side
## Signs of hunger|Reading the leaves|pale leaves; purple stems; small fruit
# Pests and diseases|
## Aphids|The first visitors|spray with the hose; wait for ladybirds
## Mildew||space between plants; dry leaves at night
# Harvesting and keeping|
## Cutting and coming again|Leaves that grow back|outer leaves first; never more than a third
## Drying and pickling||chillies on a thread; beans in salt
# The winter balcony|
## What stays green||lamb's lettuce; parsley; leeks under fleece
## Putting things away|How the boxes spend the frost|empty the hoses; wash the pots
# Sharing with neighbours|
## Seeds by post||paper bags; year and name on each
## The table in the stairwell|A table where everybody leaves what is too much|courgettes in July; a cash box for the soil fund`
	var out []book.Heading
	for line := range strings.SplitSeq(strings.TrimSpace(plan), "\n") {
		marks, rest, _ := strings.Cut(line, " ")
		parts := append(strings.Split(rest, "|"), "", "")
		h := book.Heading{Level: len(marks), Title: parts[0]}
		points := parts[2]
		if h.Level == 1 {
			h.Words, points = 1000, parts[1]
		} else {
			h.Description = parts[1]
		}
		for p := range strings.SplitSeq(points, "; ") {
			if p != "" {
				h.KeyPoints = append(h.KeyPoints, p)
			}
		}
		out = append(out, h)
	}
	out[4].Notes = "My grandmother did this with a tin bath."
	return out
}

func TestGuideChecks(t *testing.T) {
	for name, b := range map[string]book.Brief{
		"a bare topic":             guideBees,
		"one chapter":              {Topic: "how to whistle", Chapters: 1},
		"a small book":             {Topic: "chess", Chapters: 3, Words: 900},
		"tiny chapters":            {Topic: "chess", Chapters: 8, Words: 400},
		"a large book":             {Topic: "learning to draw", Chapters: 10, Words: 30_000},
		"many chapters":            {Topic: "maps", Chapters: 40, Words: 40_000},
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
			for i, sheet := range run.sheets {
				sum := 0
				for j, beat := range sheet.Sections {
					sum += beat.Words
					words := book.Words(run.sections[i][j])
					if beat.Words >= 120 && (words*100 > beat.Words*112 || words*100 < beat.Words*88) {
						t.Errorf("section %d.%d has %d words, %d were asked for", i+1, j+1, words, beat.Words)
					}
					if beat.Words > guideSectionMost {
						t.Errorf("section %d.%d is planned with %d words", i+1, j+1, beat.Words)
					}
					if strings.TrimSpace(run.sections[i][j]) == "" || strings.Contains("\n"+run.sections[i][j], "\n#") {
						t.Errorf("section %d.%d is empty or has a heading:\n%s", i+1, j+1, run.sections[i][j])
					}
					if strings.ContainsAny(strings.ReplaceAll(run.sections[i][j], "\\{", ""), "{") {
						t.Errorf("section %d.%d has an open slot:\n%s", i+1, j+1, run.sections[i][j])
					}
					got, want = got+words, want+beat.Words
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
	want := []string{"0  235", "2 Green 300", "3 Steamed 500", "0  500", "0  500", "2 Black 565"}
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
	start := true
	for _, line := range strings.Split(text, "\n") {
		start = true
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
			start = w == "|" || w == "-" || strings.ContainsAny(w[len(w)-1:], ".!?:") || strings.HasSuffix(w, "”") || strings.HasSuffix(w, "**") || strings.HasSuffix(w, "…")
		}
	}
	return found
}

func TestGuideInventsNothing(t *testing.T) {
	for name, b := range map[string]book.Brief{
		"workbook": guideBees, "larger": {Topic: "how to keep bees", Chapters: 16, Words: 24_000},
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

func TestGuideQuotesThePremise(t *testing.T) {
	run := guideMake(t, book.Brief{Topic: "how to keep bees", Premise: "My father kept bees behind the station.\nMore."})
	if !strings.Contains(run.sections[0][0], "> My father kept bees behind the station.") {
		t.Errorf("no premise in\n%s", run.sections[0][0])
	}
}

func TestGuideManagesFourHundredChapters(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 400 chapters")
	}
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

func TestGuideShow(t *testing.T) {
	path := os.Getenv("GUIDE_SHOW")
	if path == "" {
		t.Skip("only for reading")
	}
	for name, b := range map[string]book.Brief{
		"bees": guideBees, "chess": {Topic: "Chess openings for beginners", Seed: 3}, "why": {Topic: "why do cats purr?", Seed: 5}, "odd": {Topic: "🐝 養蜂 <data>", Words: 3000},
		"balcony": {Topic: "growing food on a balcony", Outline: guideHeadings()},
	} {
		run := guideMake(t, b)
		chapters := run.chapters()
		rep, cross := guideRep(chapters), guideCross(chapters)
		t.Logf("%s: %d words, rep-4 %.2f %%, cross %.2f %%", name, book.Words(strings.Join(chapters, " ")), rep, cross)
		if err := os.WriteFile(path+"/"+name+".md", []byte(run.markdown()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
