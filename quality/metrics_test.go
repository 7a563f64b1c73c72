package quality

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"quire/book"
)

// words makes n different words.
func words(n, from int) string {
	list := make([]string, n)
	for i := range list {
		k := from + i
		list[i] = "w" + string(rune('a'+k/676%26)) + string(rune('a'+k/26%26)) + string(rune('a'+k%26))
	}
	return strings.Join(list, " ")
}

// lengths makes paragraphs of so many words, all different.
func lengths(sizes ...int) string {
	var out []string
	at := 0
	for _, n := range sizes {
		out = append(out, words(n, at)+".")
		at += n
	}
	return strings.Join(out, "\n\n")
}

// TestTheFormulasGiveWhatAPersonComputes holds readings against values that
// were computed by hand; the sums stand beside the cases.
func TestTheFormulasGiveWhatAPersonComputes(t *testing.T) {
	for name, tt := range map[string]struct {
		book    book.Manuscript
		plan    Plan
		profile Profile
		id      string
		reading string
		want    float64
	}{
		"half the length":            {book: chapters(words(50, 0)), plan: Plan{Words: 100}, id: "M1", want: 50},
		"its score, 1-(2-1)/2":       {book: chapters(words(50, 0)), plan: Plan{Words: 100}, id: "M1", reading: "length score", want: 50},
		"twice: 1-(2-1)/3":           {book: chapters(words(200, 0)), plan: Plan{Words: 100}, id: "M1", reading: "length score", want: 66.6667},
		"the chapter farthest off":   {book: chapters(words(90, 0), words(40, 0)), plan: Plan{Words: 100, Chapters: map[string]Aim{"c1": {Words: 100}, "c2": {Words: 80}}}, id: "M1", reading: "worst chapter", want: 50},
		"all words differ: N":        {book: chapters(words(120, 0)), id: "M2", want: 120},
		"one word: factors of two":   {book: chapters(strings.Repeat("sea ", 100)), id: "M2", want: 2},
		"all differ in 500":          {book: chapters(words(600, 0)), id: "M3", want: 1},
		"two words in 500":           {book: chapters(strings.Repeat("sea salt ", 300)), id: "M3", want: .004},
		"200 words once":             {book: chapters(words(200, 0)), id: "M4", want: 0},
		"100 words twice: 97 of 197": {book: chapters(words(100, 0) + " " + words(100, 0)), id: "M4", want: 49.2386},
		"5 of 6 words shared":        {book: chapters("a b c d e f", "a b c d e g"), id: "M5", want: 50},
		"with the name masked":       {book: chapters("the Mara b c d e", "the Mara b c d g"), plan: Plan{Names: []Name{{Name: "Mara"}}}, id: "M5", reading: "without known names", want: 0},
		"one sentence twice":         {book: chapters("One two three four five six seven eight. Ha.", "No. One two three four five six seven eight."), id: "M6", want: 1},
		"seven words are too few":    {book: chapters("One two three four five six seven.", "One two three four five six seven."), id: "M6", want: 0},
		"pairs: ab bc ca ab":         {book: chapters("a b c a b"), id: "M7", want: .75},
		"the same chapters":          {book: chapters("a b c d e", "a b c d e"), id: "M7", reading: "self-BLEU", want: 1},
		"1 listed word of 10":        {book: chapters(words(9, 0) + " tapestry"), id: "M8", want: 100},
		"1 listed run of 10":         {book: chapters(words(6, 0) + " shiver down the spine"), id: "M8", reading: "runs of three", want: 100},
		"a listed run":               {book: chapters("dust motes danced " + words(7, 0)), id: "M8", reading: "runs of three", want: 100},
		"a cliché of 10 words":       {book: chapters("time stood still " + words(7, 0)), id: "M9", want: 100},
		"an unwanted phrase":         {book: chapters("salt air " + words(8, 0)), plan: Plan{Banned: []string{"Salt air"}}, id: "M9", want: 100},
		"1 contrast of 25 letters":   {book: chapters("It is not fear, but hope."), id: "M10", want: 40},
		"did not is none":            {book: chapters("She did not go but stay."), id: "M10", want: 0},
		"it wasn't, it was":          {book: chapters("It wasn't fear. It was hope."), id: "M10", want: 35.7143},
		"10 of 40 words: .6 · ¼":     {book: chapters(strings.Repeat("tapestry and so on ", 10)), id: "M11", want: 60},
		"the same opening":           {book: chapters("a b c", "a b d"), id: "M12", want: .3333},
		"equal paragraphs":           {book: chapters(lengths(9, 9, 9, 9, 9, 9, 9, 9)), id: "M13", want: 0},
		"paragraphs of 1 and 3":      {book: chapters(lengths(1, 3, 1, 3, 1, 3, 1, 3)), id: "M13", want: .5},
		"an even run":                {book: chapters(lengths(9, 9, 9, 1, 9, 9, 30, 2)), id: "M13", reading: "even run", want: 3},
		"sentences of 2 and 6":       {book: chapters(strings.Repeat("It rains. Then we go home very late. ", 10)), id: "M14", want: .5},
		"their mean":                 {book: chapters(strings.Repeat("It rains. Then we go home very late. ", 10)), id: "M14", reading: "mean", want: 4},
		"Dr. and J. end none":        {book: chapters(strings.Repeat("Dr. J. Hale came, e.g. today. ", 20)), id: "M14", reading: "mean", want: 7},
		"short ones":                 {book: chapters(strings.Repeat("It rains. Then we go home very late. ", 10)), id: "M14", reading: "at most 5 words", want: 50},
		"the same first word":        {book: chapters("He ran. He sat. He sang. " + strings.Repeat("It rains. Then we go. ", 10)), id: "M14", reading: "same first word", want: 3},
		"half is spoken":             {book: chapters("“Go home,” she said."), id: "M15", want: 50},
		"French quotes":              {book: chapters("« Go home » she said."), id: "M15", want: 50},
		"German quotes":              {book: chapters("„Go home“, she said."), id: "M15", want: 50},
		"typed quotes":               {book: chapters("\"Go home,\" she said."), id: "M15", want: 50},
		"single quotes":              {book: chapters("‘Don’t go,’ she said."), id: "M15", want: 50},
		"grade: .39·5+11.8·1-15.59":  {book: chapters(strings.Repeat("The cat sat on mats. ", 20)), id: "M16", want: -1.84},
		"ease: 206.835-5.075-84.6":   {book: chapters(strings.Repeat("The cat sat on mats. ", 20)), id: "M16", reading: "ease", want: 117.16},
		"a drifting name":            {book: chapters("Then Mirabel came. But Mirabell sat. So Mirabell ran."), plan: Plan{Names: []Name{{Name: "Mirabel"}}}, id: "M17", want: 1},
		"a ghost":                    {book: chapters("Tom left.", "Tom said no."), plan: Plan{Names: []Name{{Name: "Tom", Gone: 1}}}, id: "M17", want: 1},
		"a wrong weekday":            {book: chapters("On Tuesday, 3 May 1999, it rained."), id: "M18", want: 1},
		"a right weekday":            {book: chapters("On Monday, May 3, 1999 it rained."), id: "M18", want: 0},
		"eyes that change":           {book: chapters("Mara's blue eyes.", "Mara's eyes were green."), id: "M18", want: 1},
		"a wrong age":                {book: chapters("Mara was 43 years old."), plan: Plan{Facts: []Fact{{"Mara", "age", "34"}}}, id: "M18", want: 1},
		"a wrong distance":           {book: chapters("The walk to Skerry is 4 miles."), plan: Plan{Facts: []Fact{{"Skerry", "walk", "3 miles"}}}, id: "M18", want: 1},
		"one beat of two":            {book: chapters("Mara leaves the harbour."), plan: Plan{Chapters: map[string]Aim{"c1": {Beats: []string{"Mara left harbours behind", "The storm breaks the mast"}}}}, id: "M19", want: .5},
		"three faults":               {book: chapters("As an AI I stop. [insert scene]\n\n#### Deep\n\nEnd."), id: "M20", want: 3},
		"a level left out":           {book: chapters("## A\n\n#### B\n\nEnd."), id: "M20", want: 1},
		"levels in order":            {book: chapters("## A\n\n### B\n\n#### C\n\n## D\n\nEnd."), id: "M20", want: 0},
		"two are no triad":           {book: chapters("salt and rope " + words(7, 0)), id: "M21", reading: "triads", want: 0},
		"a title twice":              {book: book.Manuscript{Chapters: []book.Text{{Title: "Salt", Markdown: "A."}, {Title: "SALT", Markdown: "B."}}}, id: "M20", want: 1},
		"an open quotation":          {book: chapters("“Go home.\n\nShe left."), id: "M20", reading: "open quotation marks", want: 1},
		"speech of two paragraphs":   {book: chapters("“Go home.\n\n“Stay there.”"), id: "M20", reading: "open quotation marks", want: 0},
		"a cut chapter":              {book: chapters("She turned to the door and,"), id: "M20", want: 1},
		"1 and 3 words":              {book: chapters("One.", "One two three."), id: "M20", reading: "unevenness", want: .25},
		"a triad in 10 words":        {book: chapters("salt, tar and rope " + words(6, 0)), id: "M21", reading: "triads", want: 100},
		"a feeling in 10 words":      {book: chapters("She was angry " + words(7, 0)), id: "M21", want: 100},
		"said sadly":                 {book: chapters("he said sadly " + words(7, 0)), id: "M21", reading: "adverbs after said", want: 100},
		"one number of two":          {book: chapters("It has 40 rooms.[^1]\n\nIt has 50 doors.\n\n[^1]: A book."), profile: Nonfiction, id: "M24", want: 50},
		"a lost figure":              {book: chapters("See Figure 2.\n\nFigure 1. A map."), profile: Nonfiction, id: "M24", reading: "lost references", want: 1},
		"9 borrowed words":           {book: chapters(words(3, 900) + " " + words(9, 0) + " " + words(3, 800)), plan: Plan{Sources: []string{words(9, 0)}}, id: "M25", want: 9},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.profile == "" {
				tt.profile = Fiction
			}
			r := MeasurePlanned(tt.book, tt.profile, tt.plan)
			sound(t, tt.book, r)
			reading := tt.reading
			if reading == "" {
				reading = "value"
			}
			if got, ok := values(tt.id, r)[reading]; !ok || math.Abs(got-tt.want) > .0001 {
				t.Errorf("%s %s is %v (%v), want %v: %q", tt.id, reading, got, ok, tt.want, of(t, r, tt.id).Note)
			}
		})
	}
}

func TestALoopIsPackedBest(t *testing.T) {
	loop := Measure(chapters(strings.Repeat("The wind rose and the boats came home. ", 1000)), Fiction)
	if m := of(t, loop, "M22"); m.Light != Red {
		t.Errorf("a loop is %s: %v", m.Light, values("M22", loop))
	}
}

func TestADeclineIsSeen(t *testing.T) {
	var texts []string
	for i := range 8 {
		texts = append(texts, lengths(10+i, 10+i, 40-3*i, 12+i, 60-6*i, 11+i)+strings.Repeat(" Time stood still.", i))
	}
	if got := values("M23", Measure(chapters(texts...), Fiction))["value"]; got < 2 {
		t.Errorf("%v measures decline", got)
	}
	if slope, at := trend([]float64{1, 2, 2, 3}); math.Abs(slope-.6) > 1e-9 || math.Abs(at-4.2426) > 1e-4 {
		t.Errorf("a slope of %v with t %v", slope, at) // Sxx 5, Sxy 3, rest .2: .6/√(.2/2/5)
	}
}

func TestOnlyProseIsCounted(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"heading":      {"# Salt\n\nOne two.\n\nSetext\n---\n\nThree.", "one two three"},
		"code":         {"One `two` three.\n\n```go\nfour\n```\n\n    five\n\nSix.", "one three six"},
		"table":        {"One.\n\n| a | b |\n|---|---|\n| c | d |\n\nTwo.", "one two"},
		"notes":        {"One[^1] two^[three].\n\n[^1]: Four\n  five.\n\nSix.", "one two six"},
		"links":        {"[One](http://x.y/z) <http://two.three> ![four](five.png){#six} seven.", "one seven"},
		"emphasis":     {"O**n**e *two* snake_case _three_.", "one two snake case three"},
		"lists":        {"- One\n- two\n\n1. three", "one two three"},
		"quotation":    {"> One\n> two", "one two"},
		"verse":        {"::: verse\nroses\n:::\n\nOne.", "one"},
		"other divs":   {"::: {lang=fr}\nUn.\n:::\n\nOne.", "un one"},
		"html":         {"<!-- no -->One<br>two &amp; three.", "one two three"},
		"apostrophes":  {"Don’t 'go' o'clock dogs' rock.", "don't go o'clock dogs rock"},
		"formula":      {"$$\nx\n$$\n\nOne $y$ two.", "one two"},
		"rule":         {"One\n\n***\n\n* * *\n\ntwo", "one two"},
		"line endings": {"# A\r\n\r\nOne\r\ntwo\r\n", "one two"},
		"marks":        {"Cafe\u0301 na\u00efve co\u00adop", "cafe\u0301 naïve coop"},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(chapters(tt.text), Fiction, Plan{})
			var got []string
			for i := range b.chapters[0].words {
				got = append(got, b.at(&b.chapters[0], i))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%q, want %q", strings.Join(got, " "), tt.want)
			}
		})
	}
}

// TestTheListsCanMatch finds entries that nothing can match.
func TestTheListsCanMatch(t *testing.T) {
	for _, run := range slopTrigrams {
		for _, word := range run {
			if len(run) != 3 || stopWords[word] {
				t.Errorf("%v: %q is left out before runs are looked for", run, word)
			}
		}
	}
	for _, list := range [][][]string{cliches, fillers, leaks} {
		for _, phrase := range list {
			if r := open(chapters(strings.NewReplacer("|", " ", "*", "x").Replace(strings.Join(phrase, " "))), Fiction, Plan{}); len(r.chapters[0].words) < len(phrase) || phrase[0] == "*" {
				t.Errorf("%v cannot be found", phrase)
			}
		}
	}
}

func TestLightsFollowTheBand(t *testing.T) {
	b := within(1, 2, 4, 6)
	for v, want := range map[float64]string{1: "red 0", 1.5: "amber 50", 2: "green 100", 4: "green 100", 5: "amber 50", 6: "red 0", 9: "red 0"} {
		if got := fmt.Sprint(b.light(v), " ", b.points(v)); got != want {
			t.Errorf("%v is %s, want %s", v, got, want)
		}
	}
	if open := within(nan, nan, 0, nan); open.light(99) != Amber || open.points(99) != 50 {
		t.Error("a band without a red edge becomes red")
	}
	r := Measure(naive(), Fiction)
	if r.Score == nil || *r.Score > capBroken {
		t.Errorf("a broken book has %v", r.Score)
	}
}
