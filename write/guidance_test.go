package write_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quire/book"
	"quire/event"
	"quire/llm"
	"quire/write"
)

// guideKeys are the keys of all guidance, as the file has them in order.
func guideKeys() (keys []string) {
	for _, g := range book.Genres() {
		keys = append(keys, g.Key)
		for _, s := range g.Subgenres {
			keys = append(keys, g.Key+"/"+s.Key)
		}
	}
	return append(keys, "DEPTH/1", "DEPTH/2", "DEPTH/3")
}

// proper are the words that guidance may write large inside a sentence: peoples,
// faiths and the like. Others would be names of authors, works or goods.
var proper = []string{"Mexican", "Black", "Chinese", "Earth's", "God", "Monday"}

func TestEveryGenreAndSubgenreHasGuidanceOfItsOwn(t *testing.T) {
	seen := map[string]string{} // sentence to its key
	for _, key := range guideKeys() {
		text := write.Guide(key)
		least, most := 60, 110
		switch {
		case strings.HasPrefix(key, "DEPTH"):
			least, most = 40, 80
		case strings.Contains(key, "/"):
			least, most = 30, 60
		}
		if n := len(strings.Fields(text)); n < least || n > most {
			t.Errorf("the guidance of %s has %d words, want %d to %d", key, n, least, most)
		}
		for _, sentence := range regexp.MustCompile(`[.!?:] `).Split(text, -1) {
			if other := seen[sentence]; other != "" {
				t.Errorf("%s and %s both say %q", other, key, sentence)
			}
			seen[sentence] = key
			for _, word := range strings.Fields(sentence)[1:] {
				word = strings.Trim(word, `.,;:!?()"`)
				if regexp.MustCompile(`^\p{Lu}|[™®©]`).MatchString(word) && !slices.Contains(proper, word) {
					t.Errorf("the guidance of %s names %q", key, word)
				}
			}
		}
	}
}

func TestEveryHeadingOfTheGuidanceIsKnown(t *testing.T) {
	for file, known := range map[string][]string{"guidance": guideKeys(), "enhance": groups()} {
		text, err := os.ReadFile("prompts/" + file + ".v1.txt")
		if err != nil {
			t.Fatal(err)
		}
		var headings []string
		for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(text), -1) {
			if !slices.Contains(known, m[1]) || slices.Contains(headings, m[1]) {
				t.Errorf("%s has the heading %q", file, m[1])
			}
			headings = append(headings, m[1])
		}
	}
}

func groups() (names []string) {
	for _, e := range book.Enhancements() {
		names = append(names, e.Group)
	}
	return names
}

func TestEveryEnhancementHasAnInstruction(t *testing.T) {
	seen := map[string]string{}
	for _, e := range book.Enhancements() {
		text := write.Instruction(e)
		if n := len(strings.Fields(text)); n < 8 || n > 30 {
			t.Errorf("%s asks in %d words: %q", e.ID(), n, text)
		}
		if other := seen[text]; other != "" {
			t.Errorf("%s and %s ask for the same", e.ID(), other)
		}
		seen[text] = e.ID()
	}
	if text, err := os.ReadFile("prompts/enhance.v1.txt"); err != nil || strings.Count(string(text), ": ") < len(seen) ||
		len(regexp.MustCompile(`(?m)^\w+: `).FindAllString(string(text), -1)) != len(seen) {
		t.Errorf("the file asks for what no enhancement is (%v)", err)
	}
}

// TestGuidanceStaysShort holds all that is said about a book's kind under 1,800
// tokens, whatever its genre: it stands in every question.
func TestGuidanceStaysShort(t *testing.T) {
	for _, g := range book.Genres() {
		subs := append([]book.Subgenre{{}}, g.Subgenres...)
		for _, s := range subs {
			b := book.Brief{Kind: g.Kind, Genre: g.Name, Subgenre: s.Name, Depth: 3}
			for who, text := range map[string]string{"planners": write.GuidanceOf(t, b, true), "writers": write.GuidanceOf(t, b, false)} {
				if n := llm.Tokens(text); n > 1800 || n < 150 {
					t.Errorf("%s of %s %s are told %d tokens", who, g.Name, s.Name, n)
				}
				if !strings.Contains(text, write.Guide(g.Key)) || !strings.Contains(text, write.Guide(g.Key+"/"+s.Key)) {
					t.Errorf("%s of %s %s are not told what it asks for:\n%s", who, g.Name, s.Name, text)
				}
			}
		}
	}
}

func TestABookIsToldWhatItsBriefAsksFor(t *testing.T) {
	mystery, locked, deep := write.Guide("MYSTERY"), write.Guide("MYSTERY/LOCKED_ROOM"), write.Guide("DEPTH/3")
	metaphors := write.Instruction(enhancement(t, "avoidPatterns.overusedMetaphors"))
	villain := write.Instruction(enhancement(t, "improvements.antagonistDepth"))
	for name, tt := range map[string]struct {
		brief    book.Brief
		plans    bool
		has, not []string
	}{
		"a story, for writers":    {book.Brief{Kind: book.Fiction, Genre: "Mystery", Subgenre: "locked-room", Depth: 3}, false, []string{mystery, locked, metaphors}, []string{villain, deep}},
		"a story, for planners":   {book.Brief{Kind: book.Fiction, Genre: "mystery"}, true, []string{mystery, villain}, []string{locked, metaphors}},
		"a guide, for experts":    {book.Brief{Kind: book.Nonfiction, Depth: 3}, false, []string{deep, metaphors}, []string{villain}},
		"a guide to a genre":      {book.Brief{Kind: book.Nonfiction, Genre: "mystery"}, true, nil, []string{mystery, villain}},
		"a genre of the maker's":  {book.Brief{Kind: book.Fiction, Genre: "lighthouse tales"}, true, []string{villain}, []string{mystery}},
		"without one enhancement": {book.Brief{Kind: book.Fiction, Enhance: map[string]bool{"overusedMetaphors": false}}, false, []string{"avoid patterns:"}, []string{metaphors}},
		"without a group":         {book.Brief{Kind: book.Fiction, Enhance: map[string]bool{"avoidPatterns": false}}, false, []string{"dialogue quality:"}, []string{metaphors, "avoid patterns:"}},
		"without any":             {book.Brief{Kind: book.Fiction, Genre: "mystery", Enhance: map[string]bool{"humanLikeWriting": false}}, false, []string{mystery}, []string{"demands", villain}},
	} {
		t.Run(name, func(t *testing.T) {
			text := write.GuidanceOf(t, tt.brief, tt.plans)
			for _, want := range tt.has {
				if !strings.Contains(text, want) {
					t.Errorf("it is not said: %q", want)
				}
			}
			for _, bad := range tt.not {
				if strings.Contains(text, bad) {
					t.Errorf("it is said: %q", bad)
				}
			}
		})
	}
	if text := write.GuidanceOf(t, book.Brief{Kind: book.Fiction, Enhance: map[string]bool{"humanLikeWriting": false}}, true); text != "" {
		t.Errorf("a brief that asks for nothing is told %q", text)
	}
}

func enhancement(t *testing.T, id string) book.Enhancement {
	t.Helper()
	all := book.Enhancements()
	i := slices.IndexFunc(all, func(e book.Enhancement) bool { return e.ID() == id })
	if i < 0 {
		t.Fatalf("there is no enhancement %s", id)
	}
	return all[i]
}

// TestEnhancementsAreToldOnceAGroup writes a book and looks into its log.
func TestEnhancementsAreToldOnceAGroup(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	brief := small
	brief.Enhance = map[string]bool{"improvements": false, "overlyProfound": false}
	id := h.write(brief)
	h.waitBound()
	told := map[string][]string{}
	events, err := h.store.Events(t.Context(), id, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Kind != (event.EnhancementApplied{}).Kind() {
			continue
		}
		applied, err := event.Read[event.EnhancementApplied](e)
		if err != nil || told[applied.Group] != nil || applied.Stage != "concept" {
			t.Errorf("%+v (%v)", applied, err)
		}
		told[applied.Group] = applied.Names
	}
	if len(told) != 23 || told["improvements"] != nil || len(told["avoidPatterns"]) != 5 || len(told["proseRefinement"]) != 5 {
		t.Errorf("%d groups are told: %v", len(told), told)
	}
}

// TestTheGenresAreDocumented makes docs/genres.md from the table and the texts.
func TestTheGenresAreDocumented(t *testing.T) {
	var out strings.Builder
	out.WriteString("# Genres\n\nWhat `--genre` and `--subgenre` of `quire write` know, and what they tell a model. Case, blanks, hyphens, underscores and apostrophes of a\nname do not matter, and short forms such as `sci-fi`, `ya` or `cozy` are understood; any other genre is kept as it is given, without guidance.\nThis page is made from `book/genre.go` and `write/prompts/guidance.v1.txt` by `make docs`.\n")
	for _, g := range book.Genres() {
		fmt.Fprintf(&out, "\n## %s\n\n`%s`, %s\n\n%s\n", upper(g.Name), g.Key, g.Kind, write.Guide(g.Key))
		if len(g.Subgenres) > 0 {
			out.WriteString("\n| subgenre | key | guidance |\n|---|---|---|\n")
		}
		for _, s := range g.Subgenres {
			fmt.Fprintf(&out, "| %s | `%s` | %s |\n", s.Name, s.Key, write.Guide(g.Key+"/"+s.Key))
		}
	}
	out.WriteString("\n## Depths of nonfiction\n\n| depth | guidance |\n|---|---|\n")
	for depth := 1; depth <= 3; depth++ {
		fmt.Fprintf(&out, "| `--depth %d` | %s |\n", depth, write.Guide(fmt.Sprintf("DEPTH/%d", depth)))
	}
	freshPage(t, "../docs/genres.md", out.String())
}

// TestTheEnhancementsAreDocumented makes docs/enhancements.md.
func TestTheEnhancementsAreDocumented(t *testing.T) {
	var out strings.Builder
	out.WriteString("# Writing enhancements\n\nDemands on the writing, all of them on. `--enhance NAME=off` of `quire write`, or `enhance` in a brief, switches one off by its name, by\n`group.name`, a whole group, a layer of groups, or all with `humanLikeWriting`; what is said of a name counts before what is said of its group.\nA name that several groups have stands for all of them. Where the stages name `plan`, those who plan the book are told; the others tell those\nwho plan, write and check its chapters. This page is made from `book/enhance.go` and `write/prompts/enhance.v1.txt` by `make docs`.\n")
	layer, group := "", ""
	for _, e := range book.Enhancements() {
		if e.Layer != layer {
			fmt.Fprintf(&out, "\n## %s\n", e.Layer)
		}
		if e.Layer+e.Group != layer+group {
			fmt.Fprintf(&out, "\n### %s\n\n| name | books | stages | instruction |\n|---|---|---|---|\n", e.Group)
		}
		layer, group = e.Layer, e.Group
		books := "all"
		if e.Fiction {
			books = "fiction"
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s |\n", e.Name, books, strings.Join(e.Stages, ", "), write.Instruction(e))
	}
	freshPage(t, "../docs/enhancements.md", out.String())
}

func upper(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// freshPage holds a generated page against what it should be, or rewrites it.
func freshPage(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil || string(have) != want {
		t.Errorf("%s is stale: run make docs (%v)", path, err)
	}
}
