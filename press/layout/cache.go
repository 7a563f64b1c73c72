package layout

import (
	"container/list"
	"sync"
)

// cache keeps set chapters, so that a book whose text changes in one chapter
// costs that chapter only. The least recently used ones go when it is full.
// Goroutines may share it.
type cache struct {
	mu     sync.Mutex
	byKey  map[digest]*list.Element
	order  *list.List // of *kept, the latest first
	glyphs int
}

// kept is a chapter in the cache.
type kept struct {
	key     digest
	chapter *chapter
}

// mostKept bounds the cache: so many glyphs of set chapters take about 100 MiB.
const mostKept = 2 << 20

// newCache returns an empty cache.
func newCache() *cache {
	return &cache{byKey: map[digest]*list.Element{}, order: list.New()}
}

// find returns a chapter that was set before, nil if there is none.
func (c *cache) find(key digest) *chapter {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*kept).chapter
}

// keep remembers a chapter. One with warnings is set anew each time, because
// they name lines of the manuscript.
func (c *cache) keep(key digest, ch *chapter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; ok || len(ch.warnings) > 0 || ch.glyphs > mostKept/4 {
		return
	}
	c.byKey[key] = c.order.PushFront(&kept{key, ch})
	c.glyphs += ch.glyphs
	for c.glyphs > mostKept {
		last := c.order.Back()
		old := c.order.Remove(last).(*kept)
		delete(c.byKey, old.key)
		c.glyphs -= old.chapter.glyphs
	}
}
