package intake

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/problem"
)

func hintOf(err error) string { return problem.Of(err).Hint }

func TestBrief(t *testing.T) {
	whole := book.Brief{
		Topic: "how to keep bees", Premise: "Two lines\nof text.", Title: "Bees", Author: "A. Keeper", Kind: book.Nonfiction,
		Genre: "nature", Subgenre: "insects", Audience: "beginners", Tone: "warm", Language: "en-GB", Chapters: 2, Words: 1500,
		Seed: 1<<53 - 1, Theme: "classic", Trim: "6x9", Date: "2026-01-31",
		Outline: []book.Heading{{Level: 1, Title: "Hives"}, {Level: 1, Title: "Honey", Description: "Sweet", KeyPoints: []string{"wait", "taste"}, Words: 900}},
	}
	for name, tt := range map[string]struct {
		text string
		want book.Brief
	}{
		"yaml": {text: `
topic: how to keep bees
premise: |
  Two lines
  of text.
title: Bees
author: A. Keeper
kind: nonfiction
genre: nature
subgenre: insects
audience: beginners
tone: warm
language: en-GB
chapters: 2
words: 1,500
seed: 9007199254740991
theme: classic
trim: 6x9
date: 2026-01-31
outline:
  - Hives
  - title: Honey
    description: Sweet
    key_points: [wait, taste]
    words: 900
`, want: whole},
		"json": {text: `{"topic":"bees","words":1500,"outline":["Hives"]}`, want: book.Brief{Topic: "bees", Words: 1500, Outline: []book.Heading{{Level: 1, Title: "Hives"}}}},
		"an outline as text": {text: "outline: |\n  # Bees\n  For all.\n  ## Hives\n  - Wood\n  ## Honey\n", want: book.Brief{
			Title: "Bees", Premise: "For all.",
			Outline: []book.Heading{{Level: 1, Title: "Hives", KeyPoints: []string{"Wood"}}, {Level: 1, Title: "Honey"}},
		}},
		"empty fields": {text: "topic: bees\nwords:\ntone: ~\noutline:\n", want: book.Brief{Topic: "bees"}},
		"how it is made": {text: `
topic: bees
preset: best
approve: [outline, beats]
depth: 3
figures: none
enhance:
  avoidPatterns: off
  overusedMetaphors: yes
  checkSubtext: false
banned:
  - busy as a bee
  - "  in today's\n world "
`, want: book.Brief{Topic: "bees", Preset: "best", Approve: []string{"outline", "beats"}, Depth: 3, Figures: "none",
			Enhance: map[string]bool{"avoidPatterns": false, "overusedMetaphors": true, "checkSubtext": false}, Banned: []string{"busy as a bee", "in today's world"}}},
		"how it is made, in JSON": {text: `{"topic":"bees","enhance":{"humanLikeWriting":false},"banned":"hum","approve":"concept"}`, want: book.Brief{Topic: "bees",
			Enhance: map[string]bool{"humanLikeWriting": false}, Banned: []string{"hum"}, Approve: []string{"concept"}}},
		"nothing of how it is made": {text: "topic: bees\nenhance:\nbanned:\napprove: []\n", want: book.Brief{Topic: "bees"}},
		"yes is text":               {text: "topic: yes\n", want: book.Brief{Topic: "yes"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Brief("brief.yaml", strings.NewReader(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("brief (-want +got):\n%s", diff)
			}
			if err := got.Check(); err != nil {
				t.Errorf("check: %v", err)
			}
		})
	}
}

func TestBriefRefuses(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"an unknown field":       {"topic: bees\nchaptres: 3\n", `line 2 of brief.yaml has the field "chaptres", which is not known`},
		"a field far from all":   {"banana: 3\n", `line 1 of brief.yaml has the field "banana", which is not known`},
		"a field twice":          {"topic: a\ntopic: b\n", `line 2 of brief.yaml gives "topic" a second time`},
		"text for a number":      {"topic: a\nwords: many\n", `line 2 of brief.yaml: words is "many"`},
		"a negative number":      {"words: -3\n", `line 1 of brief.yaml: words is "-3"`},
		"a list for a text":      {"topic: [a, b]\n", "line 1 of brief.yaml: topic is not a single value"},
		"an endless text":        {"tone: " + strings.Repeat("x", 501) + "\n", "line 1 of brief.yaml: tone has 501 characters, which is too many"},
		"no fields":              {"just words\n", "brief.yaml has no fields"},
		"nothing but a comment":  {"# later\n", "brief.yaml has no fields"},
		"broken yaml":            {"topic: a\n  - b: [\n", "brief.yaml is not valid YAML near line"},
		"a tab":                  {"a:\n\t- b\n", "brief.yaml is not valid YAML"},
		"two documents":          {"topic: a\n---\ntopic: b\n", "brief.yaml holds more than one document"},
		"an anchor":              {"topic: &a bees\ntitle: *a\n", "line 1 of brief.yaml uses an anchor or alias"},
		"nested deeply":          {"outline: " + strings.Repeat("[", 30) + strings.Repeat("]", 30) + "\n", "line 1 of brief.yaml is nested more than 24 deep"},
		"broken json":            {`{"topic": }`, "brief.yaml is not valid JSON near line 1"},
		"a bad outline":          {"outline:\n  - title: a\n    level: 9\n", `line 3 of brief.yaml cannot be used: level is "9"`},
		"a bad text outline":     {"outline: |\n  - a\n   - b\n    - c\n     - d\n", "line 4 of the outline in brief.yaml is 4 levels deep"},
		"a switch in between":    {"enhance:\n  checkSubtext: maybe\n", `line 2 of brief.yaml: checkSubtext is "maybe"`},
		"enhancements as a list": {"enhance: [checkSubtext]\n", "line 1 of brief.yaml: enhance has no names"},
		"bans with names":        {"banned:\n  a: b\n", "line 1 of brief.yaml: banned is not a list"},
		"a ban in a ban":         {"banned:\n  - a\n  - [b]\n", "line 3 of brief.yaml: banned holds something that is not a text"},
		"an endless ban":         {"banned: [" + strings.Repeat("x", 501) + "]\n", "line 1 of brief.yaml: banned has 501 characters, which is too many"},
		"a depth in words":       {"depth: deep\n", `line 1 of brief.yaml: depth is "deep"`},
		"a chapter in capitals":  {"Topic: a\n", `line 1 of brief.yaml has the field "Topic", which is not known`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Brief("brief.yaml", strings.NewReader(tt.text))
			refuses(t, err, tt.want)
		})
	}
}

func FuzzBrief(f *testing.F) {
	for _, seed := range []string{
		"topic: bees\noutline: [a, {title: b, words: 3}]", `{"topic":"a","outline":["b"]}`, "a: &x [*x]", "? [a]\n: b", "outline: |\n  # a\n  ## b", "<<: {a: b}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := Brief("brief.yaml", strings.NewReader(text)); err != nil && hintOf(err) == "" {
			t.Errorf("%v has no hint", err)
		}
	})
}
