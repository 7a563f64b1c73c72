package book_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/problem"
)

func TestABriefThatCannotBeBuiltIsInvalid(t *testing.T) {
	one := []book.Heading{{Level: 1, Title: "One"}}
	long := strings.Repeat("é", 501)
	for name, b := range map[string]book.Brief{
		"nothing":                {},
		"blank":                  {Topic: " \n "},
		"signs only":             {Topic: "?!…"},
		"a topic too long":       {Topic: long},
		"a premise too long":     {Premise: strings.Repeat("x", 30_001)},
		"a title too long":       {Topic: "x", Title: long},
		"control characters":     {Topic: "a\x00b"},
		"broken text":            {Topic: "a", Author: "\xff"},
		"two lines of a title":   {Topic: "a", Title: "b\nc"},
		"an author too long":     {Topic: "a", Author: long},
		"a heading with a bell":  {Outline: []book.Heading{{Level: 1, Title: "a\u0007"}}},
		"a part with an escape":  {Outline: []book.Heading{{Level: 1, Title: "a", Part: "\u001b]0;x"}}},
		"a point with a zero":    {Outline: []book.Heading{{Level: 1, Title: "a", KeyPoints: []string{"\x00"}}}},
		"a premise with a zero":  {Premise: "a\x00"},
		"no known kind":          {Topic: "a", Kind: "poem"},
		"no day":                 {Topic: "a", Date: "2026-02-30"},
		"negative chapters":      {Topic: "a", Chapters: -1},
		"401 chapters":           {Topic: "a", Chapters: 401},
		"negative words":         {Topic: "a", Words: -5},
		"too many words":         {Topic: "a", Words: 1_000_001},
		"too few words":          {Topic: "a", Words: 199, Chapters: 4},
		"a seed too large":       {Topic: "a", Seed: 1 << 53},
		"a clash of chapters":    {Outline: one, Chapters: 2},
		"level 4":                {Outline: []book.Heading{{Level: 1, Title: "a"}, {Level: 4, Title: "b"}}},
		"begins inside":          {Outline: []book.Heading{{Level: 2, Title: "a"}}},
		"a heading with no name": {Outline: []book.Heading{{Level: 1, Title: " "}}},
		"a heading too long":     {Outline: []book.Heading{{Level: 1, Title: long}}},
		"negative heading words": {Outline: []book.Heading{{Level: 1, Title: "a", Words: -1}}},
		"too many headings":      {Outline: make([]book.Heading, 4001)},
		"401 given chapters":     {Outline: bytesOf(401)},
		"no known preset":        {Topic: "a", Preset: "fast"},
		"no known depth":         {Topic: "a", Depth: 4},
		"no known gate":          {Topic: "a", Approve: []string{"typeset"}},
		"no known figures":       {Topic: "a", Figures: "many"},
		"an empty ban":           {Topic: "a", Banned: []string{" "}},
		"too many bans":          {Topic: "a", Banned: make([]string, 201)},
	} {
		t.Run(name, func(t *testing.T) {
			err := b.Check()
			p := problem.Of(err)
			if p == nil || p.Kind != problem.Invalid || p.Hint == "" {
				t.Errorf("got %v, want invalid with a hint", err)
			}
		})
	}
}

func bytesOf(n int) (list []book.Heading) {
	for range n {
		list = append(list, book.Heading{Level: 1, Title: "a"})
	}
	return list
}

func TestABriefAtItsLimitsIsGood(t *testing.T) {
	for name, b := range map[string]book.Brief{
		"500 characters":     {Topic: strings.Repeat("é", 500)},
		"a premise":          {Premise: strings.Repeat("x", 30_000)},
		"400 chapters":       {Topic: "a", Chapters: 400},
		"fifty words":        {Topic: "a", Words: 50},
		"no letters of ours": {Topic: "海"},
		"an outline":         {Outline: []book.Heading{{Level: 1, Title: "a"}, {Level: 3, Title: "b"}}, Chapters: 1},
	} {
		if err := b.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSettleDecidesWhatIsOpen(t *testing.T) {
	for name, tt := range map[string]struct {
		brief book.Brief
		want  book.Brief // Seed is compared only if it is not 0
	}{
		"a story": {book.Brief{Topic: " The  lamplighter "}, book.Brief{Topic: "The lamplighter", Kind: book.Fiction,
			Inferred: "the topic does not sound like a subject to explain", Language: "en", Chapters: 8, Words: 16000}},
		"a guide": {book.Brief{Topic: "How to keep bees"}, book.Brief{Topic: "How to keep bees", Kind: book.Nonfiction,
			Inferred: "the topic sounds like a subject to explain", Language: "en", Chapters: 8, Words: 8000}},
		"chapters":     {book.Brief{Topic: "x", Kind: book.Fiction, Chapters: 3}, book.Brief{Topic: "x", Kind: book.Fiction, Language: "en", Chapters: 3, Words: 6000}},
		"words":        {book.Brief{Topic: "x", Kind: book.Fiction, Words: 30000, Seed: 5}, book.Brief{Topic: "x", Kind: book.Fiction, Language: "en", Chapters: 15, Words: 30000, Seed: 5}},
		"a deep guide": {book.Brief{Topic: "x", Kind: book.Nonfiction, Depth: 3}, book.Brief{Topic: "x", Kind: book.Nonfiction, Depth: 3, Language: "en", Chapters: 8, Words: 32000}},
		"few words":    {book.Brief{Topic: "x", Kind: book.Fiction, Words: 60}, book.Brief{Topic: "x", Kind: book.Fiction, Language: "en", Chapters: 1, Words: 60}},
		"a plan": {book.Brief{Kind: book.Nonfiction, Outline: []book.Heading{{Level: 1, Title: "a"}, {Level: 2, Title: "b", Words: 90}, {Level: 1, Title: "c"}}},
			book.Brief{Kind: book.Nonfiction, Language: "en", Chapters: 2, Words: 250 + 90 + 1000,
				Outline: []book.Heading{{Level: 1, Title: "a"}, {Level: 2, Title: "b", Words: 90}, {Level: 1, Title: "c"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := tt.brief.Settle()
			if got.Seed == 0 || got.Seed >= 1<<48 && tt.brief.Seed == 0 {
				t.Errorf("seed %d", got.Seed)
			}
			if tt.want.Seed == 0 {
				tt.want.Seed = got.Seed
			}
			tt.want.Preset = book.PresetStandard
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("brief (-want +got):\n%s", diff)
			}
			if again := got.Settle(); !cmp.Equal(again, got) {
				t.Error("settling twice changes the brief")
			}
		})
	}
}

func TestTheSeedFollowsFromTheBriefButNotFromItsLooks(t *testing.T) {
	seed := func(b book.Brief) uint64 { return b.Settle().Seed }
	base := book.Brief{Topic: "Salt"}
	looks := base
	looks.Theme, looks.Trim, looks.Date = "novel", "A5", "2026-01-01"
	other := base
	other.Tone = "dry"
	if seed(base) != seed(looks) || seed(base) == seed(other) {
		t.Errorf("seeds %d, %d with other looks, %d with another tone", seed(base), seed(looks), seed(other))
	}
}

func TestInferKind(t *testing.T) {
	for topic, want := range map[string]book.Kind{
		"The lamplighter of Skerry Point":  book.Fiction,
		"How to keep bees":                 book.Nonfiction,
		"A history of lighthouses":         book.Nonfiction,
		"Gardening for beginners":          book.Nonfiction,
		"The beginner's guide to sailing":  book.Nonfiction,
		"A girl who learns to fly":         book.Fiction,
		"Planning a small wedding":         book.Nonfiction,
		"What we owe the sea":              book.Fiction,
		"The history teacher's daughter":   book.Fiction,
		"Introduction to statistics":       book.Nonfiction,
		"Time management techniques":       book.Nonfiction,
		"The last course of the Mary Anne": book.Fiction,
		"Salt":                             book.Fiction,
	} {
		if got, why := book.InferKind(book.Brief{Topic: topic}); got != want || why == "" {
			t.Errorf("%q is taken for %s (%s), want %s", topic, got, why, want)
		}
	}
	for name, tt := range map[string]struct {
		brief book.Brief
		want  book.Kind
	}{
		"a genre":            {book.Brief{Topic: "How to die", Genre: "mystery"}, book.Fiction},
		"a genre of fact":    {book.Brief{Topic: "Salt", Genre: "Non-fiction"}, book.Nonfiction},
		"sections":           {book.Brief{Outline: []book.Heading{{Level: 1, Title: "a"}, {Level: 2, Title: "b"}}}, book.Nonfiction},
		"key points":         {book.Brief{Outline: []book.Heading{{Level: 1, Title: "a", KeyPoints: []string{"x"}}}}, book.Nonfiction},
		"a title to explain": {book.Brief{Outline: []book.Heading{{Level: 1, Title: "How to begin"}}}, book.Nonfiction},
		"bare chapters":      {book.Brief{Outline: []book.Heading{{Level: 1, Title: "The storm"}}}, book.Fiction},
	} {
		if got, _ := book.InferKind(tt.brief); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestIDs(t *testing.T) {
	id, err := book.NewID(bytes.NewReader([]byte{1, 2, 3, 4, 5, 6}))
	if id != "bk_010203040506" || err != nil {
		t.Errorf("id %q (%v)", id, err)
	}
	if _, err := book.NewID(bytes.NewReader(nil)); err == nil {
		t.Error("an id without chance")
	}
	ids := book.ChapterIDs(7, 400)
	seen := map[book.ChapterID]bool{}
	for _, id := range ids {
		if seen[id] || len(id) != 11 {
			t.Errorf("id %s", id)
		}
		seen[id] = true
	}
	if diff := cmp.Diff(ids[:3], book.ChapterIDs(7, 3)); diff != "" {
		t.Errorf("ids depend on how many there are:\n%s", diff)
	}
	if book.ChapterIDs(8, 1)[0] == ids[0] {
		t.Error("another seed has the same ids")
	}
	if book.Derive(8, "a", "bc") == book.Derive(8, "ab", "c") {
		t.Error("parts run together")
	}
}

func TestTheDateOfABook(t *testing.T) {
	ended := time.Date(2026, 3, 4, 23, 30, 0, 0, time.FixedZone("west", -3600))
	for name, tt := range map[string]struct {
		b    book.Book
		want string
	}{
		"asked for":    {book.Book{Brief: book.Brief{Date: "2020-01-01"}, Ended: ended}, "2020-01-01"},
		"day in UTC":   {book.Book{Ended: ended}, "2026-03-05"},
		"not finished": {book.Book{}, ""},
	} {
		if got := tt.b.Date(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestStates(t *testing.T) {
	for state, want := range map[book.State][2]bool{
		book.Draft: {}, book.Queued: {true, false}, book.Running: {true, false}, book.Waiting: {}, book.Paused: {},
		book.Partial: {false, true}, book.Failed: {false, true}, book.Finished: {false, true}, book.Canceled: {false, true},
	} {
		if got := [2]bool{state.Moving(), state.Ended()}; got != want {
			t.Errorf("%s moves, has ended: %v, want %v", state, got, want)
		}
	}
}

func TestWordsCountsWhatIsRead(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "one two": 2, "* * *": 0, "- a list\n- of 2": 4, "well-known — it’s": 2, "| a | 1 |": 2, "##": 0, "海 山": 1,
	} {
		if got := book.Words(text); got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
	}
}
