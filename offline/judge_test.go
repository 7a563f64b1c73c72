package offline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

func TestTheJudgeMendsAWordThatIsWrongAndSaysWhatItCannot(t *testing.T) {
	asked := func(was, is, later string, chapter int) pair {
		p := pair{ID: "al_1", Was: was, Is: is}
		p.Later.Quote, p.Earlier.Chapter = later, chapter
		return p
	}
	for name, tt := range map[string]struct {
		pair pair
		want book.Ruling
	}{
		"a wrong word": {asked("34", "43", "She was 43.", 2), book.Ruling{Contradiction: true, Right: "earlier", Severity: "major",
			Why: `As chapter 2 has it, it is "34".`, Find: "She was 43.", With: "She was 34."}},
		"against the plan": {asked("34", "43", "She was 43.", 0), book.Ruling{Contradiction: true, Right: "earlier", Severity: "major",
			Why: `As the plan of the book or the calendar has it, it is "34".`, Find: "She was 43.", With: "She was 34."}},
		"a word that is not there": {asked("34", "43", "She was old.", 2), book.Ruling{Right: "earlier", Severity: "major",
			Why: `The words of the later place do not say "43" once and plainly.`}},
		"no word alone": {asked("", "", "“Stay,” said Tobias.", 2), book.Ruling{Contradiction: true, Right: "earlier", Severity: "major",
			Why: "The book cannot be held to both places, and no single word mends it."}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.want.ID = "al_1"
			got := judge(&input{pairs: []pair{tt.pair}})
			if diff := cmp.Diff(book.Rulings{Rulings: []book.Ruling{tt.want}}, got); diff != "" {
				t.Errorf("rulings (-want +got):\n%s", diff)
			}
			if err := got.Check([]string{"al_1"}); err != nil {
				t.Error(err)
			}
		})
	}
}
