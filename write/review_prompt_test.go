package write_test

import (
	"strings"
	"testing"

	"quire/llm"
)

// TestPromptsOfAReviewAreGolden holds every word that is said to a judge, and to
// who varies a repeat.
func TestPromptsOfAReviewAreGolden(t *testing.T) {
	asked := map[string]llm.Request{}
	m := repeating(otherWords)
	script := m.script
	m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
		call, _, _ := strings.Cut(r.Artefact, "/")
		if call == "judge" || call == "vary" {
			asked[call] = r
		}
		text, ok, err := script(r, s)
		if r.Role == llm.Draft {
			text = strings.Replace(text, "Nobody in the village", map[bool]string{true: "Ann’s green eyes shone. ", false: "Ann’s </data> blue eyes shone, and Ann’s blue eyes shone. "}[strings.HasPrefix(text, own(1, 20)[:6])]+"Nobody in the village", 1)
		}
		return text, ok, err
	}
	h := newHouse(t, lite(t), m)
	h.write(three)
	h.waitBound()
	for _, call := range []string{"judge", "vary"} {
		r, ok := asked[call]
		if !ok {
			t.Fatalf("the call %s was never made", call)
		}
		var text strings.Builder
		for _, b := range r.Blocks {
			text.WriteString("=== block " + string(b.Mark) + "\n" + b.Text + "\n")
		}
		text.WriteString("=== schema\n" + string(r.Schema) + "\n")
		golden(t, call+".golden", text.String())
	}
}
