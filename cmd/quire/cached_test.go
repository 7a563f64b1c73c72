package main

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"quire/book"
	"quire/llm"
	"quire/llm/fake"
	"quire/offline"
	"quire/store"
)

// thorough is the built-in author with a bible as long as a careful model's:
// somewhat over 4,000 tokens.
type thorough struct{ offline.Author }

func (a *thorough) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	if r.Role != llm.Bible {
		return a.Author.Stream(ctx, r, on)
	}
	res, err := a.Author.Stream(ctx, r, nil)
	if err != nil {
		return res, err
	}
	var b book.Bible
	if err := json.Unmarshal([]byte(res.Text), &b); err != nil {
		return res, err
	}
	for range 6 {
		b.Style.Notes = append(b.Style.Notes, strings.Repeat("Say what the tide does before saying what people do about it. ", 45))
	}
	text, err := json.Marshal(b)
	res.Text = string(text)
	res.Usage.Output = llm.Tokens(res.Text)
	if err == nil && on != nil {
		err = on(llm.Chunk{Text: res.Text})
	}
	return res, err
}

// writtenOver writes a book, over a provider's wire if env leads to one, and returns
// what its calls used and its settled brief.
func writtenOver(t *testing.T, env []string, brief ...string) ([]llm.Try, book.Brief) {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{"write", "-o", filepath.Join(dir, "b.md"), "--budget", "none"}, brief...)
	if u := use(t, t.Context(), dir, env, args...); u.code != 0 {
		t.Fatal(u.talk.String())
	}
	st, err := store.Open(t.Context(), filepath.Join(dir, "home", "quire.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	books, err := st.Books(t.Context(), "", 1)
	if err != nil || len(books) != 1 {
		t.Fatal(books, err)
	}
	tries, err := st.Tries(t.Context(), books[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return tries, books[0].Brief
}

// TestMostOfWhatSectionsAskIsReadFromACache writes a novel of twenty chapters over
// each provider's wire, whose caches the server plays with their own least sizes:
// at least four fifths of the tokens of all questions for sections are read from
// the cache.
func TestMostOfWhatSectionsAskIsReadFromACache(t *testing.T) {
	if raced {
		return // the same calls run with the detector in TestABookIsTheSameThroughEveryProvider
	}
	server := httptest.NewServer(&fake.Server{Author: &thorough{}, Keys: []string{secretKey}})
	t.Cleanup(server.Close)
	for provider, env := range providersPlayed(server.URL) {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			tries, _ := writtenOver(t, env, "Bees", "--kind", "fiction", "--chapters", "20", "--words", "64000", "--seed", "3")
			input, cached := 0, 0
			for _, try := range tries {
				if try.Role == llm.Draft {
					input, cached = input+try.Usage.Input, cached+try.Usage.CachedRead
				}
			}
			share := float64(cached) / float64(input)
			t.Logf("%d calls; %d of %d tokens of questions for sections were cached: %.1f %%", len(tries), cached, input, 100*share)
			if share < 0.8 {
				t.Errorf("%.1f %% were read from the cache, want 80", 100*share)
			}
		})
	}
}

// TestABookCostsWhatWasQuoted holds the cost of books over each provider's wire, by
// its own table of prices, within a tenth of the quote.
func TestABookCostsWhatWasQuoted(t *testing.T) {
	server := httptest.NewServer(&fake.Server{Author: &offline.Author{}, Keys: []string{secretKey}})
	t.Cleanup(server.Close)
	for name, brief := range map[string][]string{
		"novel": {"Bees", "--kind", "fiction", "--chapters", "8", "--words", "16000", "--seed", "3"},
		"guide": {"Bees", "--kind", "nonfiction", "--chapters", "8", "--words", "12000", "--seed", "3"},
	} {
		for provider, env := range providersPlayed(server.URL) {
			if provider == "openai" {
				env = append(env[:2:2], "QUIRE_MODELS=openai/gpt-6.1-sol")
			}
			t.Run(name+" "+provider, func(t *testing.T) {
				t.Parallel()
				u := use(t, t.Context(), t.TempDir(), env, append([]string{"quote", "--json"}, brief...)...)
				var quoted quotePage
				if err := json.Unmarshal(u.out.Bytes(), &quoted); err != nil || quoted.Cost == nil {
					t.Fatal(err, u.out.String(), u.talk.String())
				}
				cost := llm.Free
				tries, _ := writtenOver(t, env, brief...)
				for _, try := range tries {
					cost = cost.Plus(try.Cost)
				}
				paid := usd(cost.USD)
				t.Logf("$%.4f, quoted $%.4f ($%.4f to $%.4f)", paid, *quoted.Cost, *quoted.Low, *quoted.High)
				if !cost.Known || paid < *quoted.Cost*0.9 || paid > *quoted.Cost*1.1 {
					t.Errorf("the book cost $%.4f, quoted $%.4f", paid, *quoted.Cost)
				}
			})
		}
	}
}
