package write

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestADiffTellsWhichWordsChanged(t *testing.T) {
	older := "Alpha.\n\nThe lamp burned low in the window.\n\nOmega.\n"
	newer := "Alpha.\n\nThe lamp burned bright in the window.\n\nNew here.\n\nOmega.\n"
	want := []Hunk{
		{2, Same, []Piece{{Same, "The lamp burned "}, {Gone, "low "}, {Came, "bright "}, {Same, "in the window."}}},
		{3, Came, []Piece{{Came, "New here."}}},
	}
	if diff := cmp.Diff(want, Diff(older, newer)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Diff(older, older); len(got) != 0 {
		t.Errorf("equal texts differ: %v", got)
	}
	if got := Diff("One two three.", "Quite another line stands here."); len(got) != 2 || got[0].Op != Gone || got[1].Op != Came {
		t.Errorf("two lines without a word in common: %+v", got)
	}
}

// TestAShortestScriptRebuildsBothTexts holds the scripts of many pairs against
// what they were made of, and their length against the longest common part.
func TestAShortestScriptRebuildsBothTexts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		text := func() (list []string) {
			for range random.IntN(12) {
				list = append(list, string(rune('a'+random.IntN(4))))
			}
			return list
		}
		a, b := text(), text()
		var older, newer []string
		same := 0
		for _, p := range edits(a, b) {
			if p.Op != Came {
				older = append(older, p.Text)
			}
			if p.Op != Gone {
				newer = append(newer, p.Text)
			}
			if p.Op == Same {
				same++
			}
		}
		if !cmp.Equal(a, older) || !cmp.Equal(b, newer) || same != common(a, b) {
			t.Fatalf("%v to %v: %v, %v with %d in common, want %d", a, b, older, newer, same, common(a, b))
		}
	}
	long := strings.Repeat("x y ", 3000)
	if got := edits(words(long), words(strings.ToUpper(long))); len(got) != 2*len(words(long)) {
		t.Errorf("texts with nothing in common have %d pieces", len(got))
	}
}

// common is the length of the longest common subsequence.
func common(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		last := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = last + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			last = above
		}
	}
	return row[len(b)]
}
