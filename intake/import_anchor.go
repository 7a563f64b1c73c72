package intake

import (
	"fmt"
	"regexp"
	"strings"
)

// anchors gives an ID to everything that links lead to and returns what each
// key is called in the manuscript. Links that lead nowhere are counted.
func (d *draft) anchors() map[string]string {
	a := &anchoring{used: map[string]bool{}, ids: map[string]string{}, taken: map[string]bool{}, auto: map[string]int{}, seen: map[*note]bool{}}
	for _, c := range d.chapters {
		a.look(c.blocks)
		a.taken[strings.ToLower(c.id)] = true
	}
	for _, c := range d.chapters {
		for _, key := range c.keys {
			a.ids[key] = c.id
		}
	}
	for _, c := range d.chapters {
		a.within(c.blocks, c.id)
	}
	for _, n := range a.notes {
		a.name(n.blocks)
	}
	for _, key := range a.links {
		if a.ids[key] == "" {
			d.tally.lose(lostTargets)
		}
	}
	return a.ids
}

// anchoring is the state of anchors.
type anchoring struct {
	links []string // keys that links lead to, one a link
	used  map[string]bool
	ids   map[string]string
	taken map[string]bool
	auto  map[string]int // IDs that the press would make of titles, and how often
	seen  map[*note]bool
	notes []*note
}

// look finds links and keys.
func (a *anchoring) look(blocks []block) {
	eachBlock(blocks, func(b block) {
		if s, ok := b.(*section); ok {
			a.auto[asID(plainOf(s.text))]++
		}
		at := b.where()
		for _, list := range textsOf(b) {
			eachInline(list, func(in inline) {
				switch t := in.(type) {
				case anchor:
					at.keys = append(at.keys, string(t))
				case *link:
					if t.key != "" {
						a.links, a.used[t.key] = append(a.links, t.key), true
					}
				case noteMark:
					if !a.seen[t.note] {
						a.seen[t.note] = true
						a.notes = append(a.notes, t.note)
						a.look(t.note.blocks)
					}
				}
			})
		}
	})
}

// within names the blocks of a chapter. What stands at its head, or right below
// a section's title, is called as chapter and section are.
func (a *anchoring) within(blocks []block, chapter string) {
	above, title := chapter, (*section)(nil)
	for _, b := range blocks {
		at := b.where()
		s, isSection := b.(*section)
		switch {
		case isSection && !a.wanted(at):
			above, title = "", s
			continue
		case isSection || carries(b) || above == "" && title == nil || !a.wanted(at):
			a.name([]block{b})
		default:
			if title != nil {
				a.give(title, at.keys)
				above = title.id
			}
			for _, key := range at.keys {
				a.ids[key] = above
			}
			for _, inner := range blocksOf(b) {
				a.name(inner)
			}
		}
		above, title = "", nil
		if isSection {
			above = at.id
		}
	}
}

// name gives blocks, and those in them, the IDs that they need.
func (a *anchoring) name(blocks []block) {
	eachBlock(blocks, func(b block) {
		if at := b.where(); a.wanted(at) {
			a.give(b, at.keys)
		}
	})
}

// wanted reports whether a link leads to a place that has no name yet.
func (a *anchoring) wanted(at *spot) bool {
	for _, key := range at.keys {
		if a.used[key] && a.ids[key] == "" {
			return true
		}
	}
	return false
}

// give gives a block an ID, if it has none, and calls keys by it. The ID is
// like the key that a link uses.
func (a *anchoring) give(b block, keys []string) {
	at, want := b.where(), ""
	for _, key := range keys {
		if _, fragment, ok := strings.Cut(key, "#"); a.used[key] && ok && want == "" {
			want = asID(fragment)
		}
	}
	if at.id == "" {
		at.id = a.fresh(first(want, "place"), b)
	}
	for _, key := range keys {
		if a.ids[key] == "" {
			a.ids[key] = at.id
		}
	}
}

// reserved matches IDs that the press gives itself.
var reserved = regexp.MustCompile(`^((chapter|part|figure|image|table|section|title)(-\d+)?|about|.*-note-\d+)$`)

// fresh returns an ID like the wanted one that nothing else in the book has or
// will get from the press.
func (a *anchoring) fresh(want string, b block) string {
	own := 0
	if s, ok := b.(*section); ok && asID(plainOf(s.text)) == want {
		own = 1
	}
	id := want
	for n := 1; a.taken[id] || a.auto[id] > own || own == 0 && reserved.MatchString(id); n++ {
		own = 0
		id = fmt.Sprintf("%s-link%d", want, n)
	}
	a.taken[id] = true
	return id
}

// carries reports whether a block carries an ID without a div around it.
func carries(b block) bool {
	switch t := b.(type) {
	case *picture, *equation, *division:
		return true
	case *grid:
		return len(t.caption) > 0
	}
	return false
}

// asID makes a name that can stand behind # in a Markdown text of quire: ASCII
// letters, digits, _ and -, beginning with a letter. It may come out empty.
func asID(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-':
			b.WriteRune(r)
		case r == ' ' || r == '.' || r == ':' || r == '/':
			b.WriteByte('-')
		}
		if b.Len() >= 48 {
			break
		}
	}
	id := strings.Trim(b.String(), "-")
	if id != "" && (id[0] < 'a' || id[0] > 'z') {
		id = "s-" + id
	}
	return id
}
