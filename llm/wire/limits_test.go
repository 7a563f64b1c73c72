package wire

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
)

func TestLimitsAreReadInBothDialects(t *testing.T) {
	for name, tt := range map[string]struct {
		header map[string]string
		want   llm.Limits
	}{
		"none": {nil, llm.Limits{}},
		"OpenAI": {map[string]string{
			"x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "499", "x-ratelimit-reset-requests": "120ms",
			"x-ratelimit-limit-tokens": "200000", "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s",
		}, llm.Limits{
			Requests: llm.Allowance{Most: 500, Left: 499, Reset: 120 * time.Millisecond},
			Tokens:   llm.Allowance{Most: 200000, Left: 0, Reset: 6 * time.Minute},
		}},
		"seconds without a unit": {map[string]string{
			"x-ratelimit-limit-requests": "5", "x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "7.5",
		}, llm.Limits{Requests: llm.Allowance{Most: 5, Left: 1, Reset: 7500 * time.Millisecond}}},
		"half of it": {map[string]string{"x-ratelimit-limit-requests": "5"}, llm.Limits{}},
		"nonsense": {map[string]string{
			"x-ratelimit-limit-requests": "many", "x-ratelimit-remaining-requests": "few",
			"x-ratelimit-limit-tokens": "10", "x-ratelimit-remaining-tokens": "-5", "x-ratelimit-reset-tokens": "soon",
		}, llm.Limits{Tokens: llm.Allowance{Most: 10}}},
		"Anthropic": {map[string]string{
			"date":                               "Tue, 10 Nov 2026 10:00:00 GMT",
			"anthropic-ratelimit-requests-limit": "50", "anthropic-ratelimit-requests-remaining": "49", "anthropic-ratelimit-requests-reset": "2026-11-10T10:00:02Z",
			"anthropic-ratelimit-tokens-limit": "100000", "anthropic-ratelimit-tokens-remaining": "90000", "anthropic-ratelimit-tokens-reset": "2026-11-10T10:00:03.5Z",
			"anthropic-ratelimit-input-tokens-limit": "80000", "anthropic-ratelimit-input-tokens-remaining": "70000", "anthropic-ratelimit-input-tokens-reset": "2026-11-10T10:01:00Z",
			"anthropic-ratelimit-output-tokens-limit": "20000", "anthropic-ratelimit-output-tokens-remaining": "20000", "anthropic-ratelimit-output-tokens-reset": "2026-11-10T09:59:00Z",
		}, llm.Limits{
			Requests: llm.Allowance{Most: 50, Left: 49, Reset: 2 * time.Second},
			Tokens:   llm.Allowance{Most: 100000, Left: 90000, Reset: 3500 * time.Millisecond},
			Input:    llm.Allowance{Most: 80000, Left: 70000, Reset: time.Minute},
			Output:   llm.Allowance{Most: 20000, Left: 20000},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			h := http.Header{}
			for k, v := range tt.header {
				h.Set(k, v)
			}
			if diff := cmp.Diff(tt.want, limits(h)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
