package offline

import (
	"strings"
	"sync"

	"quire/llm"
)

// The least prefix that counts as cached, in tokens, and the most books whose
// prefixes are remembered at once; beyond it all are forgotten.
const (
	leastCached = 1024
	mostBooks   = 64
)

// prefixes remembers the last request of each book and role, as a provider's
// prompt cache would.
type prefixes struct {
	mu   sync.Mutex
	last map[string]string // guarded by mu
}

// shared returns how many tokens of r stood at the start of the last request of
// its book and role, 0 if fewer than leastCached, and remembers r.
func (p *prefixes) shared(r llm.Request) int {
	var text strings.Builder
	for _, b := range r.Blocks {
		text.WriteString(b.Text)
	}
	now, key := text.String(), r.Book+" "+string(r.Role)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil || len(p.last) > mostBooks {
		p.last = map[string]string{}
	}
	before := p.last[key]
	p.last[key] = now
	n := 0
	for n < len(before) && n < len(now) && before[n] == now[n] {
		n++
	}
	if n/4 < leastCached {
		return 0
	}
	return n / 4
}
