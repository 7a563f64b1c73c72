package offline

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"quire/book"
)

// TestDump writes a book to standard output for reading, when asked.
func TestDump(t *testing.T) {
	topic := os.Getenv("DUMP")
	if topic == "" {
		t.Skip()
	}
	seed, _ := strconv.ParseUint(os.Getenv("SEED"), 10, 64)
	ch, _ := strconv.Atoi(os.Getenv("CH"))
	words, _ := strconv.Atoi(os.Getenv("WORDS"))
	b := book.Brief{Topic: topic, Genre: os.Getenv("GENRE"), Seed: seed, Chapters: ch, Words: words}
	m := novel(t, b)
	fmt.Println(m.concept.Title, "—", m.concept.Logline, "\n", m.concept.Question, "\n", m.concept.Setting)
	for _, c := range m.concept.Cast {
		fmt.Println(c.Role, c.Full, c.Pronoun, c.Trade, c.Voice)
	}
	for i, c := range m.outline.Chapters {
		fmt.Printf("\n# %d %s\n[%s | %s]\n\n", i+1, c.Title, c.Summary, c.Turn)
		for j, s := range m.sections[i] {
			fmt.Printf("----- %s %d/%d at %s\n", m.sheets[i].Sections[j].Scene, book.Words(s), m.sheets[i].Sections[j].Words, m.sheets[i].Sections[j].Place)
			fmt.Println(s + "\n")
		}
		fmt.Println(m.deltas[i])
	}
	_ = strings.ToLower
}

// TestPrintMeasures prints the metrics of some books, when asked.
func TestPrintMeasures(t *testing.T) {
	if os.Getenv("MEASURE") == "" {
		t.Skip()
	}
	for _, c := range []struct {
		topic           string
		seed            uint64
		chapters, words int
	}{
		{"The lamplighter of Skerry Point", 0, 8, 16000}, {"The lamplighter of Skerry Point", 7, 8, 16000},
		{"A beekeeper and the winter queen", 3, 10, 30000}, {"Salt", 11, 10, 30000}, {"The clockmaker of Ashgate", 5, 20, 110000},
	} {
		m := novel(t, book.Brief{Topic: c.topic, Seed: c.seed, Chapters: c.chapters, Words: c.words})
		x := measure(m.chapters())
		fmt.Printf("%-34s %6d w rep %.2f max %.2f cross %.2f dlg %.0f sent %.1f cv %.2f par %.2f mtld %.0f end %.0f shared %d\n", c.topic, x.words, x.rep, x.repMax, x.cross, x.dialogue, x.sentence, x.sentenceCV, x.paragraphCV, x.mtld, x.endingsOfOneKind, len(x.shared))
		for i, s := range x.shared {
			if i < 4 && c.words < 50000 {
				fmt.Println("   shared:", s)
			}
		}
	}
}

// TestPrintUses prints how often kinds of pieces are used again, when asked.
func TestPrintUses(t *testing.T) {
	if os.Getenv("USES") == "" {
		t.Skip()
	}
	words, _ := strconv.Atoi(os.Getenv("USES"))
	in := &input{brief: book.Brief{Topic: "The lamplighter of Skerry Point", Chapters: words / 2000, Words: words, Kind: book.Fiction}.Settle()}
	in.concept = story{}.concept(in)
	w := worldOf(in)
	in.chapter.Words = words / in.brief.Chapters
	in.position.Of = in.brief.Chapters
	used, again := map[string]int{}, map[string]int{}
	for _, c := range planBook(w, sizesOf(in)) {
		for _, s := range c {
			for _, u := range s.parts {
				used[u.piece.kind]++
				if u.turn > 0 {
					again[u.piece.kind]++
				}
			}
		}
	}
	for k, n := range used {
		if again[k] > 0 {
			fmt.Println(k, "stock", len(w.stock.kinds[k]), "used", n, "again", again[k])
		}
	}
	sum := map[string]int{}
	for _, p := range w.stock.pieces {
		sum[strings.Split(p.kind, ".")[0]] += p.words
	}
	fmt.Println(sum)
}
