package quality

// definition is one metric: what it is for people, and how it is taken.
type definition struct {
	id, name string
	says     string // what it means, for docs/quality.md
	source   string
	class    Class
	only     Profile // "" is all
	listed   bool    // it needs our English lists or rules
	tuned    bool    // its bands hold for English only
	unspaced bool    // it needs no words
	readings []reading
	measure  func(*body) outcome
}

const ownBand = "bands: measured on English novels and provisional"

// definitions are the metrics in their order. The bands are those of the
// design where it states them; red edges that it leaves open, and what is for
// children, are our own and provisional.
func definitions() []definition {
	return append(append(sameness(), style()...), promises()...)
}

// sameness are the metrics of length, variety and repetition.
func sameness() []definition {
	return []definition{
		{id: "M1", name: "Length", class: Breakage, measure: length, source: "LongBench-Write (eval_length)",
			says: "The words of prose against those that were asked for, of the book and of the chapter that is farthest off.",
			readings: []reading{{name: "of the book", unit: "% of asked", fiction: within(70, 85, 115, 130)}, {name: "length score", unit: "points"},
				{name: "worst chapter", unit: "% of asked", fiction: within(70, 85, 115, 130)}}},
		{id: "M2", name: "Variety of words (MTLD)", class: Style, tuned: true, measure: mtld, source: "McCarthy and Jarvis 2010; " + ownBand,
			says:     "How many words it takes until words repeat: a stretch ends when different words are 72 % of it. Models are often too varied, broken ones too poor.",
			readings: []reading{{name: "MTLD", unit: "words", fiction: within(60, 75, 130, 180), nonfiction: new(within(35, 50, 120, 170)), children: new(within(30, 45, 120, 170))}}},
		{id: "M3", name: "Variety in 500 words (MATTR)", class: Style, tuned: true, measure: mattr, source: "Covington and McFall 2010; slop-score; " + ownBand,
			says:     "The share of different words in each window of 500 words, on average.",
			readings: []reading{{name: "MATTR-500", unit: "share", fiction: within(.42, .47, .56, .62), nonfiction: new(within(.34, .38, .54, .60)), children: new(within(.30, .36, .54, .60))}}},
		{id: "M4", name: "Repeats nearby (rep-4)", class: Breakage, measure: repetition, source: "Welleck 2019; Su 2022; " + ownBand,
			says: "Runs of four words that stood before within the same 2,000 words. Novels have 0.1 to 0.6 %, a loop twenty and more.",
			readings: []reading{{name: "mean of windows", unit: "%", fiction: below(.8, 2), nonfiction: new(below(4, 6)), children: new(below(4, 7))},
				{name: "worst window", unit: "%", fiction: below(2, 6), nonfiction: new(below(8, 12)), children: new(below(9, 14))}}},
		{id: "M5", name: "Repeats across chapters", class: Breakage, measure: overlap, source: "our own; bands: whole novels have 0.3 to 1.1 %",
			says: "Places whose run of five words stands in another chapter too. It grows with the size of a book; eight samples of 1,100 words compare any two.",
			readings: []reading{{name: "5-grams shared", unit: "%", fiction: below(1.5, 3), nonfiction: new(below(3, 6)), children: new(below(4, 8))},
				{name: "without known names", unit: "%"}, {name: "in eight samples", unit: "%"}}},
		{id: "M6", name: "Same sentences", class: Breakage, measure: sameSentences, source: "our own",
			says:     "Sentences of at least eight words that stand in two chapters or more.",
			readings: []reading{{name: "sentences", unit: "", fiction: below(0, 3), children: new(below(3, 8))}}},
		{id: "M7", name: "Different pairs", class: Style, measure: distinct, source: "Li 2016; Zhu 2018",
			says:     "The share of different pairs of words, and how like one another the chapters are (BLEU-4 of each against the others). Told as a trend, not judged.",
			readings: []reading{{name: "distinct-2", unit: "share"}, {name: "self-BLEU", unit: "share"}}},
	}
}

// style are the metrics of manner and rhythm.
func style() []definition {
	return []definition{
		{id: "M8", name: "Words models like", class: Style, listed: true, measure: listed, source: "the idea: slop-score; the lists are our own and provisional",
			says:     "Words, and runs of three words that matter, that language models use far more often than people.",
			readings: []reading{{name: "words", unit: "/1k words", fiction: below(12, 20)}, {name: "runs of three", unit: "/1k words", fiction: below(.2, .6)}}},
		{id: "M9", name: "Clichés", class: Style, listed: true, measure: clicheRate, source: "our own list, provisional",
			says:     "Phrases that readers have met too often, empty openers, paragraphs with three listed words, and phrases that the author does not want.",
			readings: []reading{{name: "rate", unit: "/1k words", fiction: below(.3, 1)}}},
		{id: "M10", name: "Not this but that", class: Style, listed: true, measure: contrastRate, source: "slop-score: people have 0.044",
			says:     "“Not X but Y”, “it wasn't X, it was Y” and their kin, for each thousand characters.",
			readings: []reading{{name: "rate", unit: "/1k characters", fiction: below(.1, .25)}}},
		{id: "M11", name: "Listed manner, joined", class: Style, listed: true, measure: composite, source: "slop-score's weights 60, 25, 15 over ranges of our own",
			says:     "The words of M8, the contrasts of M10 and the runs of M8 in one number from 0 to 100.",
			readings: []reading{{name: "composite", unit: "points", fiction: below(25, 45)}}},
		{id: "M12", name: "Openings and endings", class: Style, measure: edges, source: "our own",
			says: "How like one another the first and the last 40 words of the chapters are, and the share of the commonest sort of last paragraph (speech, question, short line, action; from 6 chapters).",
			readings: []reading{{name: "most alike", unit: "share", fiction: below(.25, .5), children: new(below(.4, .7))}, {name: "openings, mean", unit: "share"}, {name: "endings, mean", unit: "share"},
				{name: "endings, cosine", unit: "share"}, {name: "one sort of ending", unit: "share", fiction: below(.45, .65), nonfiction: off(), children: new(below(.6, .8))}}},
		{id: "M13", name: "Rhythm of paragraphs", class: Style, measure: paragraphs, source: ownBand,
			says:     "How much the lengths of paragraphs vary (σ/μ). Novels have 0.9 and more, models 0.5 to 0.9. The longest run of paragraphs of nearly one length is told beside it.",
			readings: []reading{{name: "variation", unit: "σ/μ", fiction: above(.9, .7), nonfiction: new(above(.5, .35)), children: new(above(.5, .35))}, {name: "even run", unit: "paragraphs"}}},
		{id: "M14", name: "Rhythm of sentences", class: Style, tuned: true, measure: sentences, source: ownBand,
			says: "How much the lengths of sentences vary, their mean, the share of those of at most five words, and the longest run that begins with the same word.",
			readings: []reading{{name: "variation", unit: "σ/μ", fiction: above(.65, .45), nonfiction: new(above(.45, .3)), children: new(above(.4, .25))},
				{name: "mean", unit: "words", fiction: within(5, 8, 20, 30), nonfiction: new(within(7, 12, 30, 40)), children: new(within(3, 5, 14, 20))},
				{name: "at most 5 words", unit: "%"}, {name: "same first word", unit: "sentences"}}},
		{id: "M15", name: "Dialogue", class: Style, tuned: true, measure: dialogue, source: ownBand,
			says: "The share of words in quotation marks, and that of the chapters with least and most.",
			readings: []reading{{name: "of the book", unit: "%", fiction: within(5, 20, 70, 85), nonfiction: new(within(nan, nan, 20, 40)), children: new(within(3, 12, 70, 85))},
				{name: "least", unit: "%"}, {name: "most", unit: "%"}}},
		{id: "M16", name: "Readability", class: Style, listed: true, measure: readability, source: "Flesch 1948; Kincaid 1975; targets: grade 7.8 for novels (slop-score), 13 for books of facts (measured), 4 for children",
			says: "The school grade of Flesch and Kincaid, two grades around the target, and Flesch's ease.",
			readings: []reading{{name: "grade", unit: "grade", fiction: within(2.8, 5.8, 9.8, 12.8), nonfiction: new(within(8, 11, 15, 18)), children: new(within(nan, 2, 6, 9))},
				{name: "ease", unit: "points"}}},
	}
}

// promises are the metrics of what a book says against its plan and itself.
func promises() []definition {
	return []definition{
		{id: "M17", name: "Names", class: Breakage, listed: true, measure: nameCheck, source: "our own; the kinds of ConStory-Bench",
			says: "Names that are nearly one of the story bible, and people who act after they are gone. Without a bible, rare names beside frequent ones are told as suspects.",
			readings: []reading{{name: "alarms", unit: "", fiction: below(0, 1)}, {name: "suspects", unit: "", fiction: within(nan, nan, 0, nan)}, {name: "not in the bible", unit: "names"},
				{name: "names", unit: ""}}},
		{id: "M18", name: "Facts", class: Breakage, listed: true, measure: factCheck, source: "the kinds of ConStory-Bench",
			says:     "Ages, years of birth, eyes, hair and quantities against the ledger; days of the week against the calendar; eyes that change their colour.",
			readings: []reading{{name: "conflicts", unit: "", fiction: below(0, 1)}}},
		{id: "M19", name: "Beats", class: Style, listed: true, measure: beatCheck, source: "our own",
			says:     "The share of planned beats of which at least half of the words that matter stand in their chapter.",
			readings: []reading{{name: "found", unit: "share", fiction: above(.85, .7)}}},
		{id: "M20", name: "Structure", class: Breakage, unspaced: true, measure: structure, source: "what users of such tools complain about",
			says: "Missing, empty and cut-off chapters, titles that come twice, headings that leave a level out, bare Markdown, words of a conversation with a model, places left open. Open quotation marks are counted beside it, and how uneven the chapters are (Gini).",
			readings: []reading{{name: "errors", unit: "", fiction: below(0, 1)}, {name: "open quotation marks", unit: "", fiction: below(0, 3)},
				{name: "unevenness", unit: "Gini"}}},
		{id: "M21", name: "Habits", class: Style, listed: true, measure: manner, source: "measured; they tell people and models apart only weakly",
			says:     "Feelings that are named, adverbs after said, triads (a, b and c), dashes. Told, not judged.",
			readings: []reading{{name: "feelings named", unit: "/1k words"}, {name: "adverbs after said", unit: "/1k words"}, {name: "triads", unit: "/1k words"}, {name: "dashes", unit: "/1k words"}}},
		{id: "M22", name: "Compression", class: Breakage, tuned: true, measure: compression, source: ownBand,
			says: "How much smaller deflate makes 40 kB of prose: 2.5 to 2.7 times for novels, 3.2 and more for a loop.",
			readings: []reading{{name: "mean", unit: "times", fiction: within(nan, 2.4, 2.75, 3.2), nonfiction: new(within(nan, 2.4, 3, 3.5)), children: new(within(nan, 2.3, 3, 3.5))},
				{name: "worst 40 kB", unit: "times", fiction: below(3, 3.5), nonfiction: new(below(3.3, 3.8)), children: new(below(3.3, 3.8))}}},
		{id: "M23", name: "Decline", class: Style, listed: true, measure: degradation, source: "EQ-Bench Longform",
			says:     "Measures that get worse from chapter to chapter (least squares, t above 2): paragraphs become even, more clichés, contrasts, repeats.",
			readings: []reading{{name: "getting worse", unit: "of 4", fiction: below(0, 2)}}},
		{id: "M24", name: "Claims and sources", class: Style, only: Nonfiction, measure: claims, source: "STORM",
			says: "Sentences with a number that have a source in their paragraph (judged if the author gave sources or the book names any), paragraphs with a source, references to figures and tables that are not there; words that are used before the book says what they mean, and words of which it does so twice.",
			readings: []reading{{name: "numbers with a source", unit: "%", fiction: above(80, 50)}, {name: "paragraphs with a source", unit: "%"},
				{name: "lost references", unit: "", fiction: below(0, 3)}, {name: "used early", unit: "terms", fiction: below(0, 3)},
				{name: "introduced twice", unit: "terms", fiction: below(0, 3)}}},
		{id: "M25", name: "Borrowed words", class: Style, measure: borrowed, source: "Dramatron's warning of plagiarism",
			says:     "The longest run of words that stands in a source of the author, and the share of runs of eight.",
			readings: []reading{{name: "longest run", unit: "words", fiction: below(24, 40)}, {name: "8-grams", unit: "%"}}},
	}
}
