package intake

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

// library is some sources of passages: "title|priority|passage|passage".
func library(lines ...string) []book.Source {
	var list []book.Source
	for i, line := range lines {
		parts := strings.Split(line, "|")
		s := book.Source{ID: fmt.Sprintf("src_%08d", i+1), Title: parts[0], Priority: int(parts[1][0] - '0')}
		for k, text := range parts[2:] {
			s.Passages = append(s.Passages, book.Passage{ID: book.PassageID(s.ID, k+1), Text: text})
		}
		list = append(list, s)
	}
	return list
}

// found are the passages of hits.
func found(hits []Hit) (ids []string) {
	for _, h := range hits {
		ids = append(ids, strings.TrimLeft(h.Passage.ID, "src_0"))
	}
	return ids
}

func TestPassagesAreRankedByWhatTheySay(t *testing.T) {
	filler := "|The house stands on a hill and is red|A garden lies behind the house"
	for name, tt := range map[string]struct {
		sources []book.Source
		query   string
		want    []string
	}{
		"a rare word counts more":       {library("A|3|the moon pulls the sea|the sea is wide|the sea and the sea" + filler), "moon sea", []string{"1.1", "1.3", "1.2"}},
		"a short passage counts more":   {library("A|3|moon and much more that is not about it at all|moon rises" + filler), "moon", []string{"1.2", "1.1"}},
		"often counts more, not twice":  {library("A|3|moon x y z|moon moon y z|moon tide y z" + filler), "moon tide", []string{"1.3", "1.2", "1.1"}},
		"a higher priority counts more": {library("A|4|moon rises", "B|1|moon rises", "C|3|moon rises", "D|3|a house"), "moon", []string{"2.1", "3.1", "1.1"}},
		"a priority outweighs a word":   {library("A|5|moon moon y|x y z", "B|1|moon x y|house"), "moon", []string{"2.1", "1.1"}},
		"equal ones keep their order":   {library("A|3|moon rises|moon rises", "B|3|moon rises"), "moon", []string{"1.1", "1.2", "2.1"}},
		"case and plurals do not count": {library("A|3|The MOONS of cities|a house"), "moon city", []string{"1.1"}},
		"a title is found":              {library("Tides of the sea|3|it rises", "B|3|a house"), "tide", []string{"1.1"}},
		"Chinese":                       {library("甲|3|海水每天涨落两次|月亮升起", "乙|3|房子在山上"), "海水涨落", []string{"1.1"}},
		"one Chinese sign":              {library("甲|3|海|月亮", "乙|3|房子"), "海", []string{"1.1"}},
		"Japanese":                      {library("A|3|潮が満ちる|月が昇る"), "満ちる潮", []string{"1.1"}},
		"Arabic with vowel marks":       {library("A|3|يرتفع البَحْر مرتين|بيت"), "البحر", []string{"1.1"}},
		"accents in two spellings":      {library("A|3|une mare\u0301e haute|x"), "mar\u00e9e", []string{"1.1"}},
		"no words":                      {library("A|3|moon"), " — ?", nil},
		"a word that nobody says":       {library("A|3|moon"), "sun", nil},
		"no sources":                    {nil, "moon", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, found(Rank(tt.sources, tt.query, 0, 0))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestRankingKeepsToItsLimits(t *testing.T) {
	long := "A|3|moon moon moon two|moon moon|moon " + strings.Repeat("x ", 50) + "|moon y z"
	for name, tt := range map[string]struct {
		source      string
		most, words int
		want        []string
	}{
		"all":                        {long, 0, 0, []string{"1.1", "1.2", "1.4", "1.3"}},
		"two":                        {long, 2, 0, []string{"1.1", "1.2"}},
		"six words":                  {long, 0, 6, []string{"1.1", "1.2"}},
		"a long one is passed over":  {long, 0, 8, []string{"1.1", "1.2"}},
		"a short one behind it fits": {"A|3|moon moon moon two|moon moon q w e|moon y z", 0, 7, []string{"1.1", "1.3"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, found(Rank(library(tt.source), "moon", tt.most, tt.words))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestTheWeightOfAWordIsItsLogarithm(t *testing.T) {
	// log2(1 + (N - n + 0.5)/(n + 0.5)) in 65536ths, reckoned by hand.
	for _, tt := range []struct {
		all, some int
		want      int64
	}{{3, 0, 0}, {0, 0, 0}, {1, 1, 27200}, {10, 1, 188382}, {1000, 3, 534765}, {5, 5, 8225}} {
		if got := rarity(tt.all, tt.some); max(got-tt.want, tt.want-got) > 1 {
			t.Errorf("%d of %d weigh %d, want %d", tt.some, tt.all, got, tt.want)
		}
	}
}

func TestAnswersAreTheSameEveryTime(t *testing.T) {
	sources := randomLibrary(20_000)
	x, y := NewIndex(sources), NewIndex(sources)
	for i := range 20 {
		query := fmt.Sprintf("word%d word%d word%d", i, i*7, i*13)
		if diff := cmp.Diff(found(x.Rank(query, 50, 0)), found(y.Rank(query, 50, 0))); diff != "" {
			t.Fatalf("%s: %s", query, diff)
		}
	}
}

// randomLibrary is a source of words that are as unequal as in a language.
func randomLibrary(words int) []book.Source {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
	zipf := rand.NewZipf(random, 1.1, 5, 50_000)
	s := book.Source{ID: "src_00000001", Title: "Random", Priority: 3}
	for n := 0; n < words; n += 250 {
		var b strings.Builder
		for range 250 {
			fmt.Fprintf(&b, "word%d ", zipf.Uint64())
		}
		s.Passages = append(s.Passages, book.Passage{ID: book.PassageID(s.ID, len(s.Passages)+1), Text: b.String()})
	}
	return []book.Source{s}
}

func BenchmarkIndexOfAMillionWords(b *testing.B) {
	sources := randomLibrary(1_000_000)
	for b.Loop() {
		NewIndex(sources)
	}
}

func BenchmarkHundredQueriesInAMillionWords(b *testing.B) {
	x := NewIndex(randomLibrary(1_000_000))
	for b.Loop() {
		for i := range 100 {
			x.Rank(fmt.Sprintf("word%d word%d word%d word%d word%d", i, i*3, i*17, i*101, i*499), 8, 1500)
		}
	}
}
