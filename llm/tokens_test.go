package llm_test

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
)

func TestAGaugeLearnsWhatAModelsTokensAre(t *testing.T) {
	r := sized("b", 4000, 0)
	for name, tt := range map[string]struct {
		counted     []int // tokens of the question, for 1,000 estimated
		input, most int
	}{
		"nothing learned":           {nil, 1000, 1500},
		"no usage":                  {[]int{0, 0}, 1000, 1500},
		"one answer":                {[]int{1200}, 1200, 1700},
		"always the same":           {[]int{1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200}, 1200, 1203},
		"more than can be believed": {[]int{90_000}, 3000, 3500},
		"less than can be believed": {[]int{1}, 500, 1000},
	} {
		t.Run(name, func(t *testing.T) {
			var g llm.Gauge
			for _, n := range tt.counted {
				g.Learn("m", r, llm.Usage{Input: n, Output: 1})
			}
			if got, most := g.Input("m", r), g.InputMost("m", r); got != tt.input || most != tt.most {
				t.Errorf("input %d, at most %d; want %d, %d", got, most, tt.input, tt.most)
			}
			if got := g.Input("other", r); got != 1000 {
				t.Errorf("another model has learned: %d", got)
			}
		})
	}
}

func TestWhatAGaugeReservesIsHardlyExceeded(t *testing.T) {
	var g llm.Gauge
	chance, over := rand.New(rand.NewPCG(1, 2)), 0
	for n := range 1000 {
		r := sized("b", 2000+n, 0)
		counted := int(float64(llm.TokensOf(r)) * (1.1 + 0.1*chance.Float64()))
		if counted > g.InputMost("m", r) {
			over++
		}
		g.Learn("m", r, llm.Usage{Input: counted})
	}
	r := sized("b", 4000, 0)
	if most := g.InputMost("m", r); over > 10 || most > 1300 {
		t.Errorf("%d of 1000 exceeded; %d reserved for 1150", over, most)
	}
}

func TestAGaugeLearnsAnswersByRole(t *testing.T) {
	var none *llm.Gauge
	none.Learn("m", question, llm.Usage{Input: 1})
	g := &llm.Gauge{}
	beats := llm.Request{Role: llm.Beats, Blocks: []llm.Block{{Text: strings.Repeat("x", 4000)}}}
	for range 30 {
		g.Learn("m", beats, llm.Usage{Input: 1000, CachedRead: 900, Output: 800, Reasoning: 300})
	}
	type answers struct{ Answer, Said, Fresh int }
	of := func(g *llm.Gauge, r llm.Request) answers {
		return answers{g.Answer("m", r), g.Said("m", r, 400), g.Fresh("m", r)}
	}
	draft, bounded := beats, beats
	draft.Role, draft.Words, bounded.MaxTokens = llm.Draft, 500, 70
	for name, tt := range map[string]struct {
		g    *llm.Gauge
		r    llm.Request
		want answers
	}{
		"a role that was seen":      {g, beats, answers{801, 400, 101}},
		"one that was not":          {g, draft, answers{1000, 100, 1001}},
		"a bound of the request":    {g, bounded, answers{70, 400, 101}},
		"no gauge, words hoped for": {none, draft, answers{1000, 100, 1500}},
		"no gauge, nothing known":   {none, beats, answers{1024, 100, 1500}},
	} {
		if diff := cmp.Diff(tt.want, of(tt.g, tt.r)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	withSchema := beats
	withSchema.Schema = []byte(strings.Repeat(" ", 400))
	if got := none.Input("m", withSchema); got != 1100 {
		t.Errorf("a schema weighs nothing: %d", got)
	}
}

func TestAGaugeMayBeAskedByManyAtOnce(t *testing.T) {
	var g llm.Gauge
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				g.Learn("m", question, llm.Usage{Input: 10, Output: 1})
				g.Answer("m", question)
			}
		})
	}
	all.Wait()
}
