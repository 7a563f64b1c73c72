package fake

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"quire/llm"
)

// Limits are what each key may use; 0 is no limit. Each is a token bucket that
// holds a minute's worth and fills up steadily, which is how Anthropic describes
// its limits and how OpenAI's reset headers behave: a client may spend a minute
// at once, and then as much as flows in. Tokens are reserved when a call is let
// in, the estimated question and the longest answer allowed; what was reserved
// too much flows back when the call ends.
type Limits struct {
	Requests int // a minute
	Tokens   int // a minute, of questions and answers together
	Input    int // a minute, of questions
	Output   int // a minute, of answers
	AtOnce   int // calls under way
}

// allowances is what is said of limits beside an answer.
type allowances = llm.Limits

// meters are the buckets of all keys.
type meters struct {
	mu    sync.Mutex
	byKey map[string]*meter // guarded by mu
}

type meter struct {
	requests, tokens, input, output bucket
	running                         int
}

// bucket is one limit.
type bucket struct {
	most int
	left float64
	at   time.Time
}

// fill lets flow in what came since the last time.
func (b *bucket) fill(most int, now time.Time) {
	if b.at.IsZero() {
		b.left = float64(most)
	} else {
		b.left = min(b.left+now.Sub(b.at).Minutes()*float64(most), float64(most))
	}
	b.most, b.at = most, now
}

// until is how long it takes until n are there.
func (b *bucket) until(n float64) time.Duration {
	if b.most == 0 || b.left >= n {
		return 0
	}
	return time.Duration((n - b.left) / float64(b.most) * float64(time.Minute))
}

func (b *bucket) allowance() llm.Allowance {
	return llm.Allowance{Most: b.most, Left: max(int(b.left), 0), Reset: b.until(float64(b.most))}
}

// over is a limit that a call would break.
type over struct {
	name  string // requests, tokens, input, output or at once
	most  int
	need  int
	wait  time.Duration // until there is room
	never bool          // there will never be
}

// admit lets a call in, or says which limit it would break. What is reserved is
// settled by release.
func (m *meters) admit(key string, l Limits, r llm.Request) (release func(llm.Usage), now allowances, broken *over) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.byKey == nil {
		m.byKey = map[string]*meter{}
	}
	k := m.byKey[key]
	if k == nil {
		k = &meter{}
		m.byKey[key] = k
	}
	in, out := llm.TokensOf(r), r.MaxTokens
	buckets := []struct {
		name string
		b    *bucket
		most int
		need int
	}{{"requests", &k.requests, l.Requests, 1}, {"tokens", &k.tokens, l.Tokens, in + out}, {"input", &k.input, l.Input, in}, {"output", &k.output, l.Output, out}}
	at := time.Now()
	for _, x := range buckets {
		x.b.fill(x.most, at)
		if wait := x.b.until(float64(x.need)); wait > 0 && (broken == nil || wait > broken.wait) {
			broken = &over{name: x.name, most: x.most, need: x.need, wait: wait, never: x.need > x.most}
		}
	}
	if broken == nil && l.AtOnce > 0 && k.running >= l.AtOnce {
		broken = &over{name: "at once", most: l.AtOnce, need: 1}
	}
	if broken != nil {
		return nil, k.allowances(), broken
	}
	for _, x := range buckets {
		x.b.left -= float64(x.need)
	}
	k.running++
	return func(used llm.Usage) { m.settle(k, l, in, out, used) }, k.allowances(), nil
}

// settle gives back what was reserved and takes what was used, without what was
// read from a cache.
func (m *meters) settle(k *meter, l Limits, in, out int, used llm.Usage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k.running--
	now := time.Now()
	really := used.Input - used.CachedRead
	for _, x := range []struct {
		b    *bucket
		most int
		back int
	}{{&k.tokens, l.Tokens, in + out - really - used.Output}, {&k.input, l.Input, in - really}, {&k.output, l.Output, out - used.Output}} {
		x.b.fill(x.most, now)
		x.b.left = min(x.b.left+float64(x.back), float64(x.most))
	}
}

func (k *meter) allowances() allowances {
	return allowances{Requests: k.requests.allowance(), Tokens: k.tokens.allowance(), Input: k.input.allowance(), Output: k.output.allowance()}
}

// over is how the provider says that a limit is reached.
func (v *visit) over(o over, model string) refusal {
	f := refusal{status: http.StatusTooManyRequests, code: "rate_limit_exceeded", kind: "tokens", wait: o.wait}
	if o.name == "requests" || o.name == "at once" {
		f.kind = "requests"
	}
	if o.never {
		f.wait = 0
	}
	unit := map[string]string{"requests": "requests per min (RPM)", "tokens": "tokens per min (TPM)", "input": "input tokens per min", "output": "output tokens per min", "at once": "concurrent requests"}[o.name]
	switch v.d.(type) {
	case messages:
		f.message = fmt.Sprintf("This request would exceed your organization's rate limit of %d %s. For details, refer to: https://docs.claude.com/en/api/rate-limits.", o.most, unit)
	case generate:
		f.message, f.as = "Resource has been exhausted (e.g. check quota).", "info"
		f.quota = "GenerateRequestsPerMinutePerProjectPerModel"
		if f.kind == "tokens" {
			f.quota = "GenerateContentInputTokensPerModelPerMinute"
		}
	default:
		f.message = fmt.Sprintf("Rate limit reached for %s in organization org-fake on %s: Limit %d, Requested %d. Please try again in %s.", model, unit, o.most, o.need, o.wait.Round(time.Millisecond))
		if o.never {
			f.message = fmt.Sprintf("Request too large for %s in organization org-fake on %s: Limit %d, Requested %d. The input or output tokens must be reduced in order to run successfully.", model, unit, o.most, o.need)
		}
		if f.wait > 0 {
			v.w.Header().Set("Retry-After-Ms", fmt.Sprint((f.wait + time.Millisecond - 1).Milliseconds()))
		}
	}
	return f
}
