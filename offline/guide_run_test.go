package offline

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

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
	asked    []int // words that each section was asked for, in order
	got      []int // words that it has
}

// guideKeepsHeads makes the harness keep the headed sections that the guide
// proposes for chapters without any.
var guideKeepsHeads = false

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
	usual := book.UsualWords(b.Outline)
	for i, h := range b.Outline {
		if h.Level == 1 {
			n := len(o.Chapters)
			o.Chapters = append(o.Chapters, book.OutlineChapter{ID: ids[n], Part: h.Part, Title: h.Title, Summary: h.Description, Words: usual[i], KeyPoints: h.KeyPoints, Notes: h.Notes})
			continue
		}
		c := &o.Chapters[len(o.Chapters)-1]
		c.Words += usual[i]
		c.Sections = append(c.Sections, book.OutlineSection{Level: h.Level, Title: h.Title, Summary: h.Description, KeyPoints: h.KeyPoints, Notes: h.Notes, Words: usual[i]})
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
		for i, c := range out.Chapters {
			if !guideKeepsHeads {
				c.Sections = batch.Chapters[i].Sections // as the writing room does
			}
			run.outline.Chapters = append(run.outline.Chapters, c)
		}
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
	asked, got := 0, 0
	for j, beat := range sheet.Sections {
		data["section"], data["text"] = j, strings.Join(texts, "\n\n")
		words := min(max(beat.Words+asked-got, beat.Words*7/10), beat.Words*13/10)
		texts = append(texts, guideAsk(t, llm.Task{Role: llm.Draft, Artefact: fmt.Sprintf("section/%s/%d", c.ID, j), Seed: b.Seed, Words: words}, data))
		asked, got = asked+beat.Words, got+book.Words(texts[j])
		run.asked = append(run.asked, words)
		run.got = append(run.got, book.Words(texts[j]))
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
			points = parts[1]
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
