package write_test

import (
	"testing"

	"quire/book"
	"quire/llm"
	"quire/offline"
)

// builtIn is the built-in author as the authors of a writer.
type builtIn struct{ offline.Author }

func (b *builtIn) Serve(book.Terms, string) error        { return nil }
func (b *builtIn) Ability(book.Terms, llm.Role) llm.Caps { return b.Caps() }
func (b *builtIn) Notice(string) string                  { return "" }

// TestTheBuiltInAuthorDoesNotContradictItself holds the checks against books that
// have no contradictions.
func TestTheBuiltInAuthorDoesNotContradictItself(t *testing.T) {
	for name, brief := range map[string]book.Brief{
		"eight chapters":  {Topic: "The lamplighter of Skerry Point", Kind: book.Fiction, Chapters: 8, Words: 16_000, Seed: 7},
		"another seed":    {Topic: "The mill at Withy Ford", Kind: book.Fiction, Chapters: 10, Words: 12_000, Seed: 1 << 40},
		"many chapters":   {Topic: "Salt", Kind: book.Fiction, Chapters: 24, Words: 24_000, Seed: 11},
		"a guide":         {Topic: "How to keep bees", Kind: book.Nonfiction, Chapters: 8, Words: 9_000, Seed: 3},
		"best, in a line": {Topic: "Ada Winter", Kind: book.Fiction, Chapters: 8, Words: 8_000, Seed: 5, Preset: book.PresetBest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := &scripted{}
			h := newHouse(t, lite(t), m)
			author := &builtIn{}
			h.writer.Model, h.writer.Authors = llm.Journal{Model: author, Memory: h.store}, author
			id := h.write(brief)
			h.waitBound()
			var alerts book.Alerts
			h.artefact(id, "alerts", &alerts)
			for _, a := range alerts.Alerts {
				t.Errorf("%s: %s (%q, %q)", a.Kind, a.Problem, a.Earlier.Quote, a.Later.Quote)
			}
		})
	}
}
