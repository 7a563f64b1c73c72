package llm_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"quire/llm"
)

// parrot says a sentence again and again, or so many different ones.
type parrot struct {
	circles bool
	said    int
}

func (*parrot) Caps() llm.Caps { return llm.Caps{} }

func (p *parrot) Stream(_ context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	var text strings.Builder
	for i := range 1000 {
		if p.circles {
			i = 0
		}
		s := fmt.Sprintf("Boat %d came in, and number %d was late. ", i, i*7)
		text.WriteString(s)
		p.said++
		if err := on(llm.Chunk{Text: s}); err != nil {
			return llm.Result{Provider: "test"}, err
		}
	}
	return llm.Result{Provider: "test", Text: text.String(), Finish: llm.Stop}, nil
}

func TestAnAnswerThatGoesRoundIsCutOff(t *testing.T) {
	for name, circles := range map[string]bool{"in circles": true, "on": false} {
		t.Run(name, func(t *testing.T) {
			m := &parrot{circles: circles}
			res, err := llm.Unloop{Model: m}.Stream(t.Context(), llm.Request{}, nil)
			if err != nil || res.Provider != "test" {
				t.Fatal(res.Provider, err)
			}
			if (res.Finish == llm.Length) != circles || (m.said < 100) != circles || res.Text == "" {
				t.Errorf("%d sentences, finish %s, %d bytes", m.said, res.Finish, len(res.Text))
			}
		})
	}
	m := &parrot{circles: true}
	if res, err := (llm.Unloop{Model: m}).Stream(t.Context(), llm.Request{Schema: []byte("{}")}, func(llm.Chunk) error { return nil }); err != nil || res.Finish != llm.Stop {
		t.Errorf("JSON may repeat itself: %s, %v", res.Finish, err)
	}
	broken := fmt.Errorf("nobody listens")
	if _, err := (llm.Unloop{Model: m}).Stream(t.Context(), llm.Request{}, func(llm.Chunk) error { return broken }); err != broken { //nolint:errorlint // the very error comes back
		t.Errorf("the listener's error comes back as %v", err)
	}
}

func TestATextIsCutWhereItGoesRound(t *testing.T) {
	line := "she went down to the quay again and looked for the boat that was late. "
	for name, tt := range map[string]struct{ text, want string }{
		"a loop":         {"Salt. " + line + line + line + line, "Salt. " + strings.TrimSpace(line)},
		"twice only":     {line + line, line + line},
		"an empty table": {strings.Repeat("| | | |\n", 40), strings.Repeat("| | | |\n", 40)},
		"a form":         {strings.Repeat("Date: ____ Time: ____\n", 40), strings.Repeat("Date: ____ Time: ____\n", 40)},
		"nothing":        {"", ""},
	} {
		if got := llm.BeforeLoop(tt.text); got != tt.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
