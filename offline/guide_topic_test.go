package offline

import (
	"strings"
	"testing"

	"quire/book"
)

func TestGuidePhrases(t *testing.T) {
	for topic, want := range map[string]string{
		"how to keep bees":                 "keeping bees",
		"How to make bread":                "making bread",
		"how to run a marathon":            "running a marathon",
		"How to tie knots":                 "tying knots",
		"how to dye wool":                  "dyeing wool",
		"how to see stars":                 "seeing stars",
		"how to begin drawing":             "beginning drawing",
		"how to quickly learn French":      "learning how to quickly learn French",
		"how to plan and build a shed":     "learning how to plan and build a shed",
		"how to play the guitar":           "playing the guitar",
		"how to fix bicycles":              "fixing bicycles",
		"how to mow a lawn":                "mowing a lawn",
		"a guide to house plants":          "house plants",
		"The Complete Guide to Rust":       "Rust",
		"An introduction to statistics":    "statistics",
		"introduction to statistics":       "statistics",
		"Chess openings for beginners":     "Chess openings",
		"Python 101":                       "Python",
		"beekeeping basics":                "beekeeping",
		"the basics of sewing":             "sewing",
		"Sourdough: a beginner's handbook": "Sourdough",
		"learn to juggle":                  "juggling",
		"learning to draw":                 "drawing",
		"understanding compound interest":  "compound interest",
		"what is quantum computing?":       "quantum computing",
		"why do cats purr?":                "why cats purr",
		"how does the internet work":       "this question",
		"why bees swarm":                   "why bees swarm",
		"Keeping a diary":                  "keeping a diary",
		"The history of tea":               "the history of tea",
		"how to grow tomatoes in containers on a windy balcony in the north": "growing tomatoes",
		"🐝":                              "this subject",
		"養蜂":                             "this subject",
		"<data>":                         "this subject",
		"[x](y) *z*":                     "this subject",
		"C++ & friends":                  "this subject",
		"42":                             "this subject",
		"":                               "this subject",
		"guide":                          "guide",
		strings.Repeat("very long ", 50): "this subject",
	} {
		if got := guideTopic(book.Brief{Topic: topic}).noun; got != want {
			t.Errorf("%q: got %q, want %q", topic, got, want)
		}
	}
}

func TestGuideTitles(t *testing.T) {
	outline := []book.Heading{{Level: 1, Title: "Hives"}, {Level: 2, Title: "x"}, {Level: 1, Title: "Honey"}}
	for name, tt := range map[string]struct {
		brief book.Brief
		want  string
	}{
		"given":         {book.Brief{Title: "My Bees", Topic: "bees"}, "My Bees"},
		"a phrase":      {book.Brief{Topic: "how to keep bees in the city"}, "Keeping Bees in the City"},
		"odd letters":   {book.Brief{Topic: "🐝 養蜂"}, "🐝 養蜂"},
		"a question":    {book.Brief{Topic: "why do cats purr?"}, "Why do cats purr?"},
		"very long":     {book.Brief{Topic: strings.Repeat("very long ", 30)}, "Very long very long very long very long very long very long very long very long…"},
		"only outline":  {book.Brief{Outline: outline}, "From Hives to Honey"},
		"one chapter":   {book.Brief{Outline: outline[:2]}, "Hives"},
		"only premise":  {book.Brief{Premise: "x"}, "A Guided Workbook"},
		"a safe phrase": {book.Brief{Topic: "a guide to Rust"}, "Rust"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := guideTitle(tt.brief, guideTopic(tt.brief)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestGuideNamesOfHeadings(t *testing.T) {
	for title, want := range map[string]string{
		"Choosing a spot":       "choosing a spot",
		"How to light smoke":    "lighting smoke",
		"The old mill":          "the old mill",
		"Hives":                 "“Hives”",
		"Choosing Python":       "“Choosing Python”",
		"Why bees swarm":        "“Why bees swarm”",
		"A <b> tag":             "“A \\<b\\> tag”",
		"Say “no”":              "this part",
		strings.Repeat("x", 80): "this part",
	} {
		if got := guideName(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

func TestGuideLeads(t *testing.T) {
	const frame = "Here the subject is {d}."
	for description, want := range map[string]string{
		"How hives work":                   "Here the subject is how hives work.",
		"the tools and where to buy them":  "Here the subject is the tools and where to buy them.",
		"Hives are made of wood.":          "Hives are made of wood.",
		"Wood, straw":                      "Wood, straw.",
		"choosing a place for the hive":    "Here the subject is choosing a place for the hive.",
		"Is it <safe>?":                    `Is it \<safe\>?`,
		"What to hope for, and what to do": "Here the subject is what to hope for, and what to do.",
	} {
		if got := guideLead(description, frame); got != want {
			t.Errorf("%q: got %q, want %q", description, got, want)
		}
	}
}

func TestGuideNumbersInWords(t *testing.T) {
	for n, want := range map[int]string{2: "two", 19: "nineteen", 20: "twenty", 45: "forty-five", 250: "two hundred and fifty"} {
		if got := guideNumber(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestGuideSentences(t *testing.T) {
	text := "Say “why?” and wait. “Is it hard?” is closed. For me, this means … something. And *so* on… maybe. End"
	want := "Say “why?” and wait.|“Is it hard?” is closed.|For me, this means … something.|And *so* on… maybe.|End"
	if got := strings.Join(guideSentences(text), "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestGuideLastQuestion(t *testing.T) {
	for text, want := range map[string]string{
		"Stop. Where would you look? Done.": "Where would you look?",
		"Say “What now?” aloud.":            "What now?",
		"Nothing asked.":                    "",
	} {
		if got := guideLastQuestion(text); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}
