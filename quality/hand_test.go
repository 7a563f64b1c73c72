package quality

import (
	"bytes"
	"compress/flate"
	"fmt"
	"math"
	"strings"
	"testing"

	"quire/book"
)

// TestTheReadingsBesideAreAsComputedByHand is the table of formulas for the
// readings beside a metric's value, and for sums with more than one step.
func TestTheReadingsBesideAreAsComputedByHand(t *testing.T) {
	for name, tt := range map[string]struct {
		book    book.Manuscript
		profile Profile
		plan    Plan
		id      string
		reading string
		want    float64
	}{
		// M1: 120 of 80 words is 150 %, 90 of 100 is 90 %: 50 off is more than 10.
		"M1, the farther one is too long": {book: chapters(words(90, 0), words(120, 0)), plan: Plan{Chapters: map[string]Aim{"c1": {Words: 100}, "c2": {Words: 80}}}, id: "M1", reading: "worst chapter", want: 150},
		// M1: four times the words: 1-(4-1)/3 = 0.
		"M1, score of four times": {book: chapters(words(400, 0)), plan: Plan{Words: 100}, id: "M1", reading: "length score", want: 0},
		// M2: a b a: 2 different of 3 are .667, a factor; 33 factors of 3 words and a rest of one word, which adds (1-1)/.28 = 0: 100/33.
		"M2, factors of three": {book: chapters(strings.Repeat("a b ", 50)), id: "M2", want: 3.0303},
		// M2: 119 different of 120: the rest is (1-119/120)/.28 = 1/33.6 of a factor: 120·33.6, the same backwards.
		"M2, a rest": {book: chapters(words(119, 0) + " " + words(1, 0)), id: "M2", want: 4032},
		// M3: windows of words 1–500 (500 different) and 2–501 (499, since 501 is 2 again): (1+.998)/2.
		"M3, two windows": {book: chapters(words(500, 0) + " " + words(1, 1)), id: "M3", want: .999},
		// M4: 2,000 runs without repeats; then 1,997 runs, of which the 997 that begin in the second thousand stood before: 99,700/1,997.
		"M4, the worst of two windows": {book: chapters(words(3000, 0) + " " + words(1000, 2000)), id: "M4", reading: "worst window", want: 49.9249},
		// M4: (0 + 49.9249)/2.
		"M4, their mean": {book: chapters(words(3000, 0) + " " + words(1000, 2000)), id: "M4", want: 24.9625},
		// M5: eight samples of 1,100 words have 8·1,096 runs; one run stands in two of them: 100·2/8,768.
		"M5, one run in eight samples": {book: eight(), id: "M5", reading: "in eight samples", want: .0228},
		// M7: of a b c d e beside a b c d f: 4/5 words, 3/4 pairs, 2/3 threes, 1/2 fours: (.2)^¼.
		"M7, clipped precisions": {book: chapters("a b c d e", "a b c d f"), id: "M7", reading: "self-BLEU", want: .6687},
		// M7: a b c d is whole, but half as long: e^(1-8/4) = .3679; the other has 4/8, 3/7, 2/6, 1/5: (.0142857)^¼ = .3457.
		"M7, a short chapter": {book: chapters("a b c d", "a b c d e f g h"), id: "M7", reading: "self-BLEU", want: .3568},
		// M9: one group of three listed words in 10.
		"M9, three listed words": {book: chapters("tapestry palpable fleeting " + words(7, 0)), id: "M9", want: 100},
		// M9: one empty opener in 10 words; spoken ones are none.
		"M9, an empty opener": {book: chapters("Suddenly it rained. “Suddenly,” he " + words(5, 0)), id: "M9", want: 100},
		// M11: words 10 of 40/1k·1000/400 = 25/1k: .6·25/40; contrasts 0; runs 1/.4k = 2.5/1k, at most 1: .15 → 37.5+15.
		"M11, three parts": {book: chapters(strings.Repeat("tapestry "+words(38, 0)+". ", 10) + "dust motes danced " + words(7, 0)), id: "M11", want: 52.5},
		// M12: 4 of 6 chapters end in a question, 2 in a short line.
		"M12, sorts of endings": {book: chapters("Who goes?", "Why so?", "He came.", "How far?", "It rained.", "Is it?"), id: "M12", reading: "one sort of ending", want: .6667},
		// M12: pairs ab bc, ab bd, xy yz: 1/3, 0, 0.
		"M12, mean of openings": {book: chapters("a b c", "a b d", "x y z"), id: "M12", reading: "openings, mean", want: .1111},
		"M12, mean of endings":  {book: chapters("a b c", "a b d", "x y z"), id: "M12", reading: "endings, mean", want: .1111},
		// M12: a is in two of three: ln(4/3) = .2877, all others ln(4/2) = .6931; .2877²/(.2877²+.6931²) = .1470 for one pair of three.
		"M12, cosine": {book: chapters("a b", "a c", "d e"), id: "M12", reading: "endings, cosine", want: .049},
		// M13: three paragraphs of 8 to 10 words in a row are within a fifth of the first, 9.
		"M13, an even run": {book: chapters(lengths(1, 9, 8, 10, 1, 20, 1, 20)), id: "M13", reading: "even run", want: 3},
		// M14: sentences of 2 and 6 words have μ 4 and σ 2.
		"M14, σ/μ": {book: chapters(strings.Repeat("It rains. Then we go home very late. ", 10)), id: "M14", want: .5},
		// M15: 2 of 4 words and 0 of 1; 2 of 5 in all.
		"M15, least": {book: chapters("“Go home,” she said.", "No."), id: "M15", reading: "least", want: 0},
		"M15, most":  {book: chapters("“Go home,” she said.", "No."), id: "M15", reading: "most", want: 50},
		"M15, all":   {book: chapters("“Go home,” she said.", "No."), id: "M15", want: 40},
		// M16: mar-a wan-ted a lit-tle cat: .39·5 + 11.8·8/5 - 15.59 = 1.95 + 18.88 - 15.59.
		"M16, eight syllables of five words": {book: chapters(strings.Repeat("Mara wanted a little cat. ", 20)), id: "M16", want: 5.24},
		// M17: Sylas is one letter from Silas; Mara is known.
		"M17, not in the bible":            {book: chapters("So Mara came. So Sylas came. But Mara sat. But Sylas ran."), plan: Plan{Names: []Name{{Name: "Silas"}, {Name: "Mara"}}}, id: "M17", reading: "not in the bible", want: 1},
		"M17, names":                       {book: chapters("So Mara came. So Sylas came. But Mara sat. But Sylas ran."), plan: Plan{Names: []Name{{Name: "Silas"}, {Name: "Mara"}}}, id: "M17", reading: "names", want: 2},
		"M17, two changes in a short name": {book: chapters("So Anna came. So Hanne came. But Anna sat. But Hanne ran."), plan: Plan{Names: []Name{{Name: "Anna"}}}, id: "M17", want: 0},
		"M17, two changes in a long name":  {book: chapters("So Marguerite came. So Margerete sat. But Margerete ran."), plan: Plan{Names: []Name{{Name: "Marguerite"}}}, id: "M17", want: 1},
		"M17, a common noun of a place":    {book: chapters("So She came. So She sat. But She ran."), plan: Plan{Names: []Name{{Name: "lamp shed"}}}, id: "M17", want: 0},
		// M17: without a bible, 10 times Silas and twice Sylas.
		"M17, suspects": {book: chapters(strings.Repeat("So Silas came. ", 10) + "So Sylas sat. But Sylas ran."), id: "M17", reading: "suspects", want: 1},
		// M18: one of two ages differs.
		"M18, an age in words": {book: chapters("Mara was thirty-four. Mara was forty-three and tired."), plan: Plan{Facts: []Fact{{"Mara", "age", "34"}}}, id: "M18", want: 1},
		"M18, no age":          {book: chapters("Mara was one and all the others. Mara was 5 miles away."), plan: Plan{Facts: []Fact{{"Mara", "age", "34"}}}, id: "M18", want: 0},
		"M18, a year of birth": {book: chapters("Mara was born on the 3 May 1811."), plan: Plan{Facts: []Fact{{"Mara", "born", "3 May 1810"}}}, id: "M18", want: 1},
		"M18, dark is brown":   {book: chapters("Mara’s dark hair, Mara’s long brown hair, Mara’s wet hair, Mara’s red hair."), plan: Plan{Facts: []Fact{{"Mara", "hair", "brown"}}}, id: "M18", want: 1},
		"M18, red from tears":  {book: chapters("Mara’s blue eyes. Mara’s eyes were red."), plan: Plan{Facts: []Fact{{"Mara", "eyes", "a pale blue"}}}, id: "M18", want: 0},
		"M18, thousands":       {book: chapters("The road to Skerry is 3,000 miles. The road to Skerry is 300 miles."), plan: Plan{Facts: []Fact{{"Skerry", "road", "3000 miles"}}}, id: "M18", want: 1},
		"M18, another subject": {book: chapters("The road to Planskerry is 4 miles. A broad Skerry is 5 miles."), plan: Plan{Facts: []Fact{{"Skerry", "road", "3 miles"}}}, id: "M18", want: 0},
		// M19: of Mara, leaves, old and harbour two are there, which is half.
		"M19, half of the words": {book: chapters("Mara and the harbour."), plan: Plan{Chapters: map[string]Aim{"c1": {Beats: []string{"Mara leaves the old harbour"}}}}, id: "M19", want: 1},
		// M20: 1 and 3 words: 2·(1·1+2·3)/(2·4) - 3/2.
		"M20, Gini": {book: chapters("One.", "One two three."), id: "M20", reading: "unevenness", want: .25},
		// M21: one dash in 10 words.
		"M21, dashes": {book: chapters("It rained — " + words(8, 0)), id: "M21", reading: "dashes", want: 100},
		// M22: the bytes of the prose through those that deflate makes of them.
		"M22, against deflate itself": {book: chapters(words(6000, 0)), id: "M22", want: deflated(words(6000, 0) + "\n")},
		"M22, the worst of two":       {book: chapters(strings.Repeat(words(800, 0)+" ", 10) + words(4000, 900)), id: "M22", reading: "worst 40 kB", want: deflated(strings.Repeat(words(800, 0)+" ", 10)[:40_000])},
		// M23: clichés grow by one of 60 words from chapter to chapter, a line without scatter; all else is the same.
		"M23, one of four gets worse": {book: growing(), id: "M23", want: 1},
		// M24: one of two paragraphs.
		"M24, paragraphs":             {book: chapters("It has 40 rooms.[^1]\n\nIt has doors.\n\n[^1]: A book."), profile: Nonfiction, id: "M24", reading: "paragraphs with a source", want: 50},
		"M24, Fig. stands for Figure": {book: chapters("See Fig. 1 and Table 3.\n\nFigure 1. A map."), profile: Nonfiction, id: "M24", reading: "lost references", want: 1},
		// M24: of weir and head race the first stands before its meaning, which the last paragraph says again.
		"M24, used early":                 {book: chapters("See the weirs.\n\nA **weir** is a wall. The water above it is called the *head race*.", "A head race ends. The _weir_ means a wall."), profile: Nonfiction, id: "M24", reading: "used early", want: 1},
		"M24, introduced twice":           {book: chapters("See the weirs.\n\nA **weir** is a wall. The water above it is called the *head race*.", "A head race ends. The _weir_ means a wall."), profile: Nonfiction, id: "M24", reading: "introduced twice", want: 1},
		"M24, a list of meanings":         {book: chapters("The tail race is full.", "Tail race\n: The water below.\n"), profile: Nonfiction, id: "M24", reading: "used early", want: 1},
		"M24, a word of the glossary":     {book: chapters("The sluice is shut.", "A sluice is a gate. A door is a door."), profile: Nonfiction, plan: Plan{Terms: []string{"Sluices"}}, id: "M24", reading: "used early", want: 1},
		"M24, in its own paragraph":       {book: chapters("Shut the sluice. A *sluice* is a gate."), profile: Nonfiction, id: "M24", reading: "used early", want: 0},
		"M24, a word with stress is none": {book: chapters("It rains. We wait.", "*It* is the rain. *Nobody* waits."), profile: Nonfiction, id: "M24", reading: "used early", want: 0},
		// M25: 15 words are 8 runs of eight; 9 borrowed words are 2.
		"M25, runs of eight": {book: chapters(words(3, 900) + " " + words(9, 0) + " " + words(3, 800)), plan: Plan{Sources: []string{words(9, 0)}}, id: "M25", reading: "8-grams", want: 25},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.profile == "" {
				tt.profile = Fiction
			}
			if tt.reading == "" {
				tt.reading = "value"
			}
			r := MeasurePlanned(tt.book, tt.profile, tt.plan)
			sound(t, tt.book, r)
			if got, ok := values(tt.id, r)[tt.reading]; !ok || math.Abs(got-tt.want) > .0001 {
				t.Errorf("%v (%v), want %v: %q", got, ok, tt.want, of(t, r, tt.id).Note)
			}
		})
	}
}

// eight chapters of 1,100 words share one run of five.
func eight() book.Manuscript {
	var texts []string
	for i := range 8 {
		texts = append(texts, words(1100, i*1100))
	}
	texts[7] = words(5, 0) + " " + words(1095, 7*1100)
	return chapters(texts...)
}

// growing is six chapters of six paragraphs of ten words; the first chapter has
// no cliché, each further one has one more.
func growing() book.Manuscript {
	var texts []string
	at := 0
	for i := range 6 {
		var paras []string
		for k := range 6 {
			cliche := words(3, at+7)
			if k < i {
				cliche = "time stood still"
			}
			paras = append(paras, words(3, at)+" "+cliche+" "+words(4, at+3)+".")
			at += 10
		}
		texts = append(texts, strings.Join(paras, "\n\n"))
	}
	return chapters(texts...)
}

// deflated is how many times smaller deflate makes a text, of which it takes
// 40,000 bytes and then a rest of at least half of them.
func deflated(text string) float64 {
	sum, n := 0.0, 0.0
	for at := 0; at < len(text); at += 40_000 {
		part := text[at:min(len(text), at+40_000)]
		if len(part) < 20_000 {
			break
		}
		var out bytes.Buffer
		w, _ := flate.NewWriter(&out, flate.DefaultCompression)
		_, _ = w.Write([]byte(part))
		_ = w.Close()
		sum, n = sum+float64(len(part))/float64(out.Len()), n+1
	}
	return rounded(sum / n)
}

func TestSyllablesAreCounted(t *testing.T) {
	for word, want := range map[string]int{"a": 1, "the": 1, "make": 1, "little": 2, "jumped": 1, "wanted": 2, "needed": 2, "table": 2, "mara": 2, "rhythm": 1, "yes": 1, "happy": 2, "beautiful": 3, "w": 1} {
		if got := syllablesOf(word); got != want {
			t.Errorf("%s has %d syllables, want %d", word, got, want)
		}
	}
}

func TestNumbersAreRead(t *testing.T) {
	for text, want := range map[string]int{"34": 34, "thirty-four years": 34, "Ninety": 90, "nineteen": 19, "about twenty or so": 20, "twenty thirty": 20, "seven": 7, "1900": 0, "old": 0, "": 0, "34 35": 34} {
		if got := numberOf(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}

// TestBoundariesAreMeasured holds what must be so of texts at the edge.
func TestBoundariesAreMeasured(t *testing.T) {
	thousand := make([]string, 1000)
	for i := range thousand {
		thousand[i] = words(17, i*17) + "."
	}
	for name, tt := range map[string]struct {
		book book.Manuscript
		want map[string]string // value or note of a metric
	}{
		"nothing":        {chapters(), map[string]string{"M1": "there is no prose", "M20": "there is no chapter", "M22": "there is no prose"}},
		"an empty text":  {chapters(""), map[string]string{"M4": "there is no prose", "M20": "1"}},
		"one word":       {chapters("Salt."), map[string]string{"M2": "needs 100 words", "M7": "needs two words", "M14": "needs 20 sentences", "M15": "0", "M20": "0"}},
		"one chapter":    {chapters(strings.Repeat("It rained. ", 30)), map[string]string{"M5": "needs two chapters", "M6": "needs two chapters", "M12": "needs two chapters", "M14": "0", "M23": "needs 6 chapters"}},
		"no sentences":   {chapters(strings.Repeat("sea ", 200)), map[string]string{"M14": "needs 20 sentences", "M16": "74.2", "M13": "needs 8 paragraphs"}},
		"only dialogue":  {chapters(strings.Repeat("“Go,” he.\n\n", 3) + "“Go.”"), map[string]string{"M15": "57.1", "M20": "0"}},
		"only speech":    {chapters("“Go.”\n\n“No.”"), map[string]string{"M15": "100"}},
		"Chinese":        {chapters(strings.Repeat("她走进了房间。", 90), "她走进了房间。"), map[string]string{"M1": "not measured in text written without spaces", "M5": "not measured in text written without spaces", "M20": "0"}},
		"Arabic":         {chapters(strings.Repeat("ذهب الولد إلى البيت. ", 60)), map[string]string{"M8": "its lists are English", "M17": "its lists are English", "M14": "0"}},
		"1,000 chapters": {chapters(thousand...), map[string]string{"M5": "0", "M6": "0", "M12": "0", "M20": "0"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Measure(tt.book, Fiction)
			sound(t, tt.book, r)
			for id, want := range tt.want {
				m := of(t, r, id)
				got := m.Note
				if m.Value != nil {
					got = Number(*m.Value)
				}
				if got != want {
					t.Errorf("%s is %q, want %q", id, got, want)
				}
			}
			if text := fmt.Sprint(r); strings.Contains(text, "NaN") {
				t.Error("a value is no number")
			}
		})
	}
}

func TestAValueIsShownOnItsSideOfTheBand(t *testing.T) {
	low, high := 75.0, .8
	for _, tt := range []struct {
		band *Band
		of   float64
		want string
	}{
		{nil, 74.97, "75.0"}, {&Band{Low: &low}, 74.97, "74.97"}, {&Band{Low: &low}, 74.9996, "74.9996"}, {&Band{Low: &low}, 75.04, "75.0"},
		{&Band{High: &high}, .8004, "0.8004"}, {&Band{High: &high}, .7996, "0.80"}, {&Band{High: &high}, 3, "3"},
	} {
		if got := tt.band.Shown(tt.of); got != tt.want {
			t.Errorf("%v is shown as %s beside %s, want %s", tt.of, got, tt.band, tt.want)
		}
	}
}
