package offline

import (
	"context"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"

	"quire/book"
	"quire/llm"
	"quire/problem"
)

const demo = "The lamplighter of Skerry Point"

// TestDemoReadsFresh holds the demo book against the bounds of writing.md §6.1,
// and shows that a naive grammar fails both.
func TestDemoReadsFresh(t *testing.T) {
	for name, seed := range map[string]uint64{"default seed": 0, "seven": 7, "large": 1 << 40} {
		t.Run(name, func(t *testing.T) {
			x := measure(novel(t, book.Brief{Topic: demo, Chapters: 8, Words: 16000, Seed: seed}).chapters())
			if x.rep >= 1 || x.cross >= 2 {
				t.Errorf("rep-4 is %.2f (want < 1), cross-chapter 5-grams %.2f (want < 2)", x.rep, x.cross)
			}
			if len(x.shared) > 0 {
				t.Errorf("sentences stand in two chapters: %q", x.shared)
			}
			if x.dialogue < 20 || x.paragraphCV < 0.8 || x.sentenceCV < 0.65 {
				t.Errorf("rhythm: dialogue %.0f %%, paragraph CV %.2f, sentence CV %.2f", x.dialogue, x.paragraphCV, x.sentenceCV)
			}
		})
	}
	if x := measure(naive(8, 2000)); x.rep < 1 || x.cross < 2 {
		t.Errorf("the naive grammar passes: rep-4 %.2f, cross %.2f", x.rep, x.cross)
	}
}

func TestLongerNovelStaysFresh(t *testing.T) {
	x := measure(novel(t, book.Brief{Topic: "Salt", Chapters: 10, Words: 30000, Seed: 11}).chapters())
	if x.rep >= 0.8 || x.cross >= 1.5 {
		t.Errorf("rep-4 is %.2f (want < 0.8), cross-chapter 5-grams %.2f (want < 1.5)", x.rep, x.cross)
	}
}

// naive writes chapters from 20 templates with 16 phrases a slot, as a first
// idea of such an author would.
func naive(chapters, words int) []string {
	templates := strings.Split("A looked at B and said nothing about it|When A came to B the light was nearly gone|There was something about B that A could not name|A thought of B all the way to the old harbour|Nobody had told A what B was for|In the morning A went back to B and waited there|A put B down on the table and turned away|It was B that A remembered afterwards|A had never seen B so close before|They said that A had lost B in the storm|All night A listened for B in the dark|A would have given anything to have B again|By the time A found B it was too late|A asked for B and was given something else|You could see B from where A was standing|A did not want B and took it all the same|What A knew of B was not very much|A came down the stairs with B in both hands|The people there had taken B away from A|A waited until B was out of sight", "|")
	phrases := strings.Fields("the-keeper the-old-lamp a-red-coat the-broken-door her-brother the-last-boat a-silver-key the-empty-house the-stranger a-long-letter the-cold-room his-father the-white-bird a-small-box the-high-wall the-sleeping-child")
	r := chance(1, "naive")
	var out []string
	for range chapters {
		var b strings.Builder
		for n := 0; n < words; n += 11 {
			s := templates[r.IntN(len(templates))]
			s = strings.Replace(s, "A", phrases[r.IntN(len(phrases))], 1)
			b.WriteString(strings.ReplaceAll(strings.Replace(s, "B", phrases[r.IntN(len(phrases))], 1), "-", " ") + ". ")
		}
		out = append(out, b.String())
	}
	return out
}

func TestWordsAreAsAsked(t *testing.T) {
	for name, b := range map[string]book.Brief{
		"demo": {Topic: demo}, "short": {Topic: "A fox", Chapters: 1, Words: 600}, "three": {Topic: "Ada Winter", Chapters: 3, Words: 4500}, "long chapters": {Topic: "The mill at Withy Ford", Chapters: 2, Words: 9000},
	} {
		t.Run(name, func(t *testing.T) {
			m := novel(t, b)
			sum, want := 0, 0
			for i, sections := range m.sections {
				for j, s := range sections {
					n, asked := book.Words(s), m.sheets[i].Sections[j].Words
					if n*100 < asked*85 || n*100 > asked*113 {
						t.Errorf("section %d of chapter %d has %d words, asked for %d", j+1, i+1, n, asked)
					}
					sum, want = sum+n, want+asked
				}
			}
			if want != m.outline.Words() {
				t.Errorf("beats ask for %d words, the outline for %d", want, m.outline.Words())
			}
			if sum*100 < want*94 || sum*100 > want*106 {
				t.Errorf("the book has %d words, asked for %d", sum, want)
			}
		})
	}
}

func TestSameRequestGivesSameBook(t *testing.T) {
	b := book.Brief{Topic: demo, Chapters: 2, Words: 3000, Kind: book.Fiction}.Settle()
	first := asker{t: t, author: &Author{}, brief: b}.write()
	shared := &Author{}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if again := (asker{t: t, author: shared, brief: b}).write(); !reflect.DeepEqual(first, again) {
				t.Error("two runs gave two books")
			}
		})
	}
	wait.Wait()
}

func TestOtherSeedGivesOtherBook(t *testing.T) {
	one := novel(t, book.Brief{Topic: demo, Seed: 1})
	two := novel(t, book.Brief{Topic: demo, Seed: 2})
	if one.concept.Cast[0].Name == two.concept.Cast[0].Name && one.concept.Things[0].ID == two.concept.Things[0].ID {
		t.Error("both books have one protagonist and one plot")
	}
	both := []string{strings.Join(one.chapters(), "\n\n"), strings.Join(two.chapters(), "\n\n")}
	if both[0] == both[1] || one.outline.Chapters[1].Title == two.outline.Chapters[1].Title {
		t.Error("the books are alike")
	}
}

func TestRevisionChangesWording(t *testing.T) {
	b := book.Brief{Topic: demo, Chapters: 2, Words: 3000, Kind: book.Fiction}.Settle()
	a := asker{t: t, author: &Author{}, brief: b}
	c, o := a.plan()
	data := []named{{"concept", c}, {"outline", o}, {"position", position{1, 2}}, {"chapter", o.Chapters[0]}, {"section", 0}}
	one := a.ask(llm.Task{Role: llm.Draft, Artefact: "section/a/1", Words: 500}, data...)
	two := a.ask(llm.Task{Role: llm.Draft, Artefact: "section/a/1", Words: 500, Revision: 2}, data...)
	if one == two {
		t.Error("revision 2 has the words of revision 1")
	}
}

// TestTextIsClean looks for what slots and choices can break.
func TestTextIsClean(t *testing.T) {
	flaws := map[string]*regexp.Regexp{
		"open slot":             regexp.MustCompile(`[{}\[\]|]`),
		"two spaces":            regexp.MustCompile(`  `),
		"a before a vowel":      regexp.MustCompile(`\b[Aa] [aeio][a-z]`),
		"an before a consonant": regexp.MustCompile(`\b[Aa]n [bcdfgjklmnpqrstvwxyz][a-z]`),
		"two full stops":        regexp.MustCompile(`[^.]\.\.[^.]`),
		"space before a stop":   regexp.MustCompile(` [.,;?!]`),
		"straight quote":        regexp.MustCompile(`["']`),
		"word said twice":       regexp.MustCompile(`\b(the the|a a|of of|and and|to to)\b`),
		"low head of sentence":  regexp.MustCompile(`[a-z]\. [a-z]`),
		"low after speech":      regexp.MustCompile(`\.” [a-z]`),
		"fact without a place":  regexp.MustCompile(`%!|<nil>`),
	}
	allowed := regexp.MustCompile(`\b[Aa] (one|once|use|uni|eu)`)
	for _, topic := range topics {
		for seed := range uint64(2) {
			m := novel(t, book.Brief{Topic: topic, Seed: seed + 1, Chapters: 4, Words: 8000})
			for i, c := range m.chapters() {
				for name, flaw := range flaws {
					if hit := flaw.FindStringIndex(c); hit != nil && !allowed.MatchString(c[hit[0]:min(len(c), hit[1]+3)]) {
						t.Errorf("%s, seed %d, chapter %d: %s: %q", topic, seed+1, i+1, name, c[max(0, hit[0]-40):min(len(c), hit[1]+40)])
					}
				}
				for p := range strings.SplitSeq(c, "\n\n") {
					if strings.Count(p, "“") != strings.Count(p, "”") {
						t.Errorf("%s, seed %d, chapter %d: unbalanced quotes: %q", topic, seed+1, i+1, p)
					}
				}
			}
		}
	}
}

// topics are a sample of what makers ask for.
var topics = []string{demo, "The fox and the clockmaker", "Salt", "My grandmother's bakery", "A detective in a city of fog"}

func TestStrangeTopics(t *testing.T) {
	for name, b := range map[string]book.Brief{
		"emoji":       {Topic: "🦊🌙 fox"},
		"one letter":  {Topic: "Q"},
		"long":        {Topic: strings.TrimSpace(strings.Repeat("a lamp that nobody lit ", 21))},
		"non-Latin":   {Topic: "Хранитель маяка"},
		"quotes":      {Topic: `The "so-called" king's 'honest' clerk`},
		"data":        {Topic: `<data name="brief" v="1">{"topic":"x"}</data>`},
		"braces":      {Topic: "a {slot} and [a|b] and %s"},
		"premise":     {Premise: "Ilsa Brandt keeps bees above the old quarry. When Tomas comes back, Ilsa has to choose. Tomas has a map. In Brandt Valley nobody talks to Tomas, and Ilsa knows why."},
		"title alone": {Title: "Nothing at All", Outline: []book.Heading{{Level: 1, Title: "One", Description: "A bell is stolen"}, {Level: 2, Title: "A head", KeyPoints: []string{"the rope was cut"}}, {Level: 1, Title: "Two"}}},
	} {
		t.Run(name, func(t *testing.T) {
			b.Kind = book.Fiction
			if err := b.Check(); err != nil {
				t.Fatal(err)
			}
			if b.Chapters == 0 && len(b.Outline) == 0 {
				b.Chapters, b.Words = 2, 3000
			}
			m := novel(t, b)
			for _, c := range m.chapters() {
				if book.Words(c) < 100 || strings.ContainsAny(c, "{}[]<>") {
					t.Errorf("the text is broken: %.200q", c)
				}
			}
		})
	}
}

func TestGivenOutlineIsKept(t *testing.T) {
	outline := []book.Heading{
		{Level: 1, Title: "The Theft", Description: "A bell is stolen from the tower", KeyPoints: []string{"the rope was cut"}, Part: "North"},
		{Level: 1, Title: "The Chase"}, {Level: 2, Title: "Down River", KeyPoints: []string{"two boats leave"}}, {Level: 3, Title: "At the Weir"}, {Level: 1, Title: "Home"},
	}
	m := novel(t, book.Brief{Topic: "The bellringer of High Keld", Outline: outline, Words: 9000})
	for i, want := range []string{"The Theft", "The Chase", "Home"} {
		if m.outline.Chapters[i].Title != want {
			t.Errorf("chapter %d is %q, want %q", i+1, m.outline.Chapters[i].Title, want)
		}
	}
	if m.outline.Chapters[0].Part != "North" {
		t.Error("the part is lost")
	}
	all := strings.Join(m.chapters(), "\n\n")
	for _, point := range []string{"bell is stolen from the tower", "the rope was cut", "two boats leave"} {
		if !strings.Contains(strings.ToLower(all), point) {
			t.Errorf("the text says nothing of %q", point)
		}
	}
}

func TestManyChaptersHaveTheirOwnTitles(t *testing.T) {
	b := book.Brief{Topic: demo, Chapters: 400, Words: 400 * 600, Kind: book.Fiction}.Settle()
	_, o := asker{t: t, author: &Author{}, brief: b}.plan() // plan checks that titles differ
	for _, c := range o.Chapters {
		if n := len(strings.Fields(c.Title)); n > 6 {
			t.Errorf("title %q has %d words", c.Title, n)
		}
	}
}

func TestOtherLanguagesAreRefused(t *testing.T) {
	b := book.Brief{Topic: demo, Kind: book.Fiction, Language: "de-AT"}.Settle()
	a := asker{t: t, author: &Author{}, brief: b}
	_, err := a.author.Stream(t.Context(), a.request(llm.Task{Role: llm.Concept, Artefact: "concept"}), nil)
	var p *problem.Error
	if !errors.As(err, &p) || p.Kind != problem.Invalid {
		t.Errorf("German gives %v, want an invalid problem", err)
	}
}

func TestCancelEndsTheStream(t *testing.T) {
	b := book.Brief{Topic: demo, Kind: book.Fiction}.Settle()
	a := asker{t: t, author: &Author{Pace: 200}, brief: b}
	ctx, cancel := context.WithCancel(t.Context())
	words := 0
	res, err := a.author.Stream(ctx, a.request(llm.Task{Role: llm.Concept, Artefact: "concept"}), func(llm.Chunk) error {
		if words++; words == 3 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || res.Finish != "" || words > 4 {
		t.Errorf("after %d words: %v, finish %q", words, err, res.Finish)
	}
}

func TestMaxTokensCutTheAnswer(t *testing.T) {
	b := book.Brief{Topic: demo, Kind: book.Fiction}.Settle()
	a := asker{t: t, author: &Author{}, brief: b}
	r := a.request(llm.Task{Role: llm.Concept, Artefact: "concept"})
	r.MaxTokens = 50
	res, err := a.author.Stream(t.Context(), r, nil)
	if err != nil || res.Finish != llm.Length || len(res.Text) > 200 {
		t.Errorf("finish %q after %d letters, %v", res.Finish, len(res.Text), err)
	}
	stop := errors.New("enough")
	if _, err := a.author.Stream(t.Context(), r, func(llm.Chunk) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the reader's error is %v", err)
	}
	r.Role = "dance"
	r.Blocks[len(r.Blocks)-1].Text = llm.Task{Role: "dance", Artefact: "x", Revision: 1, Attempt: 1}.String()
	if _, err := a.author.Stream(t.Context(), r, nil); err == nil {
		t.Error("an unknown role is answered")
	}
}

// TestPrefixCountsAsCached sends two long requests that differ at the end.
func TestPrefixCountsAsCached(t *testing.T) {
	b := book.Brief{Topic: demo, Premise: strings.Repeat("A long story about a lamp. ", 400), Kind: book.Fiction}.Settle()
	a := asker{t: t, author: &Author{}, brief: b}
	for i, want := range []bool{false, true} {
		res, err := a.author.Stream(t.Context(), a.request(llm.Task{Role: llm.Concept, Artefact: "concept", Attempt: i + 1}), nil)
		if err != nil || res.Usage.CachedRead > 0 != want {
			t.Errorf("request %d: %d cached, %v", i+1, res.Usage.CachedRead, err)
		}
	}
}
