package fake

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"sync"
	"time"

	"quire/llm"
)

// How providers keep the beginnings of prompts (writing.md §4.2): the shortest
// one in tokens, the steps in which it is measured, and how long it is kept.
const (
	leastMarked    = 1024 // Anthropic; up to a mark, kept as the mark says
	leastAutomatic = 1024 // OpenAI, in steps
	leastImplicit  = 4096 // Google, in steps
	stepTokens     = 128
	keptMinutes    = 5 * time.Minute // Anthropic's short mark, Google; counted from the last use
	keptOpenAI     = 10 * time.Minute
	keptHour       = time.Hour
	mostPrefixes   = 50_000 // beyond it all that is stale goes, then everything
)

// cache remembers prefixes of prompts for each key and model.
type cache struct {
	mu   sync.Mutex
	kept map[string]prefix // by hash; guarded by mu
}

type prefix struct {
	until time.Time
	keep  time.Duration
}

// read counts the tokens of a prompt, says which of them stood in the cache, and
// puts there what will be.
func (c *cache) read(route Route, account string, q question) llm.Usage {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) > mostPrefixes {
		c.drop()
	}
	h := sha256.New()
	writeAll(h, string(route), account, q.model, q.cacheKey)
	switch route {
	case Messages:
		return c.marked(h, q.request)
	case Chat:
		u := c.stepped(h, q.request, leastAutomatic, keptOpenAI)
		u.CachedWrite = breakpoint(q.request, u)
		return u
	default:
		return c.stepped(h, q.request, leastImplicit, keptMinutes)
	}
}

func writeAll(h hash.Hash, parts ...string) {
	for _, p := range parts {
		h.Write([]byte(p + "\x00"))
	}
}

// drop forgets what is stale, or everything if that is not enough.
func (c *cache) drop() {
	now := time.Now()
	for k, p := range c.kept {
		if now.After(p.until) {
			delete(c.kept, k)
		}
	}
	if c.kept == nil || len(c.kept) > mostPrefixes/2 {
		c.kept = map[string]prefix{}
	}
}

// hit reports whether a prefix is kept, and keeps it longer if so.
func (c *cache) hit(key string) bool {
	p, ok := c.kept[key]
	if !ok || time.Now().After(p.until) {
		return false
	}
	p.until = time.Now().Add(p.keep)
	c.kept[key] = p
	return true
}

func (c *cache) keep(key string, d time.Duration) {
	if old := c.kept[key]; old.keep > d && time.Now().Before(old.until) {
		d = old.keep
	}
	c.kept[key] = prefix{time.Now().Add(d), d}
}

// marked is Anthropic's way: prefixes up to marks only. What lies between the
// longest one that is kept and the last mark is written.
func (c *cache) marked(h hash.Hash, r llm.Request) llm.Usage {
	type bound struct {
		key    string
		tokens int
		mark   llm.Mark
	}
	var bounds []bound
	u := llm.Usage{Input: llm.TokensOf(r)}
	tokens := 0
	for _, b := range r.Blocks {
		h.Write([]byte(b.Text))
		tokens += llm.Tokens(b.Text)
		if b.Mark != llm.NoMark && tokens >= leastMarked {
			bounds = append(bounds, bound{hex.EncodeToString(h.Sum(nil)), tokens, b.Mark})
		}
	}
	for i := len(bounds) - 1; i >= 0; i-- {
		if c.hit(bounds[i].key) {
			u.CachedRead = bounds[i].tokens
			break
		}
	}
	reached := u.CachedRead
	for _, b := range bounds {
		if b.tokens > reached {
			u.CachedWrite += b.tokens - reached
			if b.mark == llm.HourLong {
				u.CachedHour += b.tokens - reached
			}
			reached = b.tokens
		}
		if b.mark == llm.HourLong {
			c.keep(b.key, keptHour)
			continue
		}
		c.keep(b.key, keptMinutes)
	}
	return u
}

// stepped is the way of OpenAI and Google: any beginning that was seen before,
// in steps.
func (c *cache) stepped(h hash.Hash, r llm.Request, least int, keep time.Duration) llm.Usage {
	u := llm.Usage{Input: llm.TokensOf(r)}
	var text []byte
	for _, b := range r.Blocks {
		text = append(text, b.Text...)
	}
	for tokens := stepTokens; 4*tokens <= len(text); tokens += stepTokens {
		h.Write(text[4*(tokens-stepTokens) : 4*tokens])
		if tokens < least {
			continue
		}
		key := hex.EncodeToString(h.Sum(nil))
		if c.hit(key) {
			u.CachedRead = tokens
		}
		c.keep(key, keep)
	}
	return u
}

// breakpoint is what OpenAI writes for the explicit breakpoints of a prompt.
func breakpoint(r llm.Request, u llm.Usage) int {
	tokens, last := 0, 0
	for _, b := range r.Blocks {
		tokens += llm.Tokens(b.Text)
		if b.Mark != llm.NoMark {
			last = tokens
		}
	}
	if last < leastAutomatic {
		return 0
	}
	return max(last-u.CachedRead, 0)
}
