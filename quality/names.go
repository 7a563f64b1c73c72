package quality

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names counts the words that stand with a capital inside of sentences, and
// hardly ever without one.
func (b *body) names() map[uint32]int {
	if b.properly != nil {
		return b.properly
	}
	upper, lower := map[uint32]int{}, map[uint32]int{}
	for i := range b.chapters {
		c := &b.chapters[i]
		for _, s := range c.sentences {
			for k := s.w0 + 1; k < s.w1; k++ {
				w := c.words[k]
				before, _ := utf8.DecodeLastRune(c.plain[:w.start])
				switch {
				case !w.upper:
					lower[w.id]++
				case strings.ContainsRune("“\"‘'«„(—", before):
				default:
					upper[w.id]++
				}
			}
		}
	}
	b.properly = map[uint32]int{}
	for id, n := range upper {
		if word := b.vocab.words[id]; n >= 2 && n > 4*lower[id] && len(word) > 1 && !strings.HasPrefix(word, "i'") && !calendar[word] && !stopWords[word] {
			b.properly[id] = n
		}
	}
	return b.properly
}

var calendar = set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
	september october november december mr mrs ms dr sir lady lord`)

// bible is the words of all names that are known, and whether they begin with a
// capital: those that do not, as the shed of a lamp shed, cannot be misspelt.
func (b *body) bible() map[string]bool {
	known := map[string]bool{}
	for _, n := range b.plan.Names {
		for _, name := range append([]string{n.Name}, n.Aliases...) {
			for word := range strings.FieldsSeq(strings.ReplaceAll(name, "’", "'")) {
				word = bareName(strings.Trim(word, ".,"))
				first, _ := utf8.DecodeRuneInString(word)
				word = strings.ToLower(word)
				known[word] = known[word] || unicode.IsUpper(first)
			}
		}
	}
	return known
}

// bareName is a name without the mark of possession.
func bareName(word string) string { return strings.TrimSuffix(word, "'s") }

// nameCheck looks for names that are nearly one of the bible, and for people
// who act after they are gone. Without a bible, rare names beside frequent ones
// are told, and never red (M17).
func nameCheck(b *body) outcome {
	seen, order := map[string]int{}, []string{}
	for _, id := range sortedKeys(b.names()) {
		word := bareName(b.vocab.words[id])
		if seen[word] == 0 {
			order = append(order, word)
		}
		seen[word] += b.names()[id]
	}
	slices.Sort(order)
	known := b.bible()
	if len(known) == 0 {
		var o outcome
		suspects := map[string]string{}
		for _, rare := range order {
			for _, other := range order {
				if seen[rare] <= 3 && seen[other] >= 10 && len(rare) >= 5 && misspells(rare, other) && suspects[rare] == "" {
					suspects[rare] = other
				}
			}
		}
		o.values = []float64{nan, float64(len(suspects)), nan, float64(len(order))}
		o.note = "no bible is known: rare names beside frequent ones only"
		o.evidence = placed("suspects", b.firstUses(suspects))
		return o
	}
	alarms, unknown := map[string]string{}, 0
	for _, word := range order {
		if _, ok := known[word]; ok {
			continue
		}
		unknown++
		for _, name := range sortedKeys(known) {
			if known[name] && misspells(word, name) && alarms[word] == "" {
				alarms[word] = name
			}
		}
	}
	gone := b.actingGone()
	return outcome{values: []float64{float64(len(alarms) + len(gone)), nan, float64(unknown), float64(len(order))}, evidence: slices.Concat(gone, b.firstUses(alarms))}
}

// misspells reports whether a word may be a slip for a name: one change in a
// short one, two in a long one, and no plural.
func misspells(word, name string) bool {
	if word == name || len(name) < 4 || strings.TrimSuffix(word, "s") == strings.TrimSuffix(name, "s") {
		return false
	}
	most := 1
	if utf8.RuneCountInString(name) >= 7 {
		most = 2
	}
	return distance([]rune(word), []rune(name)) <= most
}

// distance is that of Damerau and Levenshtein, with neighbours exchanged once.
func distance(a, b []rune) int {
	if abs(len(a)-len(b)) > 2 {
		return 3
	}
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// firstUses shows where suspected words stand first.
func (b *body) firstUses(suspects map[string]string) (list []Evidence) {
	told := map[string]bool{}
	for i := range b.chapters {
		c := &b.chapters[i]
		for k, w := range c.words {
			word := bareName(b.vocab.words[w.id])
			if name := suspects[word]; name != "" && w.upper && !told[word] {
				told[word] = true
				list = append(list, c.wordsAt(k, k+1, "perhaps "+strings.ToUpper(name[:1])+name[1:]))
			}
		}
	}
	return list
}

var acts = set(`said asked replied answered whispered cried shouted nodded laughed smiled walked ran stood sat turned looked
	shook took stepped grinned called muttered says asks walks turns looks`)

// actingGone finds people who act in a chapter after they are gone.
func (b *body) actingGone() (list []Evidence) {
	for _, n := range b.plan.Names {
		if n.Gone <= 0 {
			continue
		}
		forms := map[string]bool{}
		for _, name := range append([]string{n.Name}, n.Aliases...) {
			forms[strings.ToLower(name)] = true
		}
		for i := range b.chapters {
			c := &b.chapters[i]
			if c.number <= n.Gone {
				continue
			}
			for k := 0; k+1 < len(c.words); k++ {
				if forms[b.at(c, k)] && c.words[k].upper && acts[b.at(c, k+1)] {
					list = append(list, c.wordsAt(k, k+2, fmt.Sprintf("gone since chapter %d", n.Gone)))
				}
			}
		}
	}
	return list
}
