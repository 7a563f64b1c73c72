package quality

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// How English says what a word means: by a verb behind the word, which is
// emphasised or of the glossary, or by "called" before it.
const (
	emphasised = `[*_]{1,3}(\p{L}[\p{L}\p{N}'’ -]{1,58}?)[*_]{1,3}`
	meaning    = `(?:(?:is|are)\s+(?:an?|the|any|every|what|how|when|where)|means?|refers?\s+to|denotes?|stands?\s+for)\b`
)

var (
	termBefore = regexp.MustCompile(emphasised + `(?:\s*\([^)\n]{1,40}\))?\s+` + meaning)
	termBehind = regexp.MustCompile(`(?:called|known\s+as|termed)\s+(?:an?\s+|the\s+)?[“"‘']?` + emphasised)
	termPlain  = regexp.MustCompile(`^(?i:an?\s+|the\s+)?(\p{L}[\p{L}\p{N}'’ -]{1,58}?)\s+` + meaning)
	termListed = regexp.MustCompile(`(?m)^([\p{L}*_][^\n]{1,59})\n(?:\n)?:[ \t]+\S`) // a definition list
)

// mostTermWords is how many words a term has at most.
const mostTermWords = 4

// meant is a place that says what a term means.
type meant struct {
	chapter    int // index
	start, end int
	paragraph  int // where the paragraph begins
}

// before reports whether a byte of a chapter comes before the paragraph.
func (m meant) before(chapter, at int) bool {
	return chapter < m.chapter || chapter == m.chapter && at < m.paragraph
}

// terms are the words that the book introduces, and where, in reading order.
func (b *body) terms() map[string][]meant {
	found, glossary := map[string][]meant{}, map[string]bool{}
	for _, t := range b.plan.Terms {
		glossary[termKey(t)] = true
	}
	for i := range b.chapters {
		c := &b.chapters[i]
		add := func(from, to, paragraph int) {
			key := termKey(c.source[from:to])
			list := found[key]
			if key == "" || len(list) > 0 && list[len(list)-1].chapter == i && list[len(list)-1].paragraph == paragraph {
				return
			}
			found[key] = append(list, meant{i, from, to, paragraph})
		}
		for _, at := range termListed.FindAllStringSubmatchIndex(c.source, -1) {
			add(at[2], at[3], at[0])
		}
		for _, p := range c.paras {
			if !b.english {
				break
			}
			for _, pattern := range []*regexp.Regexp{termBefore, termBehind} {
				for _, at := range pattern.FindAllStringSubmatchIndex(c.source[p.start:p.end], -1) {
					add(p.start+at[2], p.start+at[3], p.start)
				}
			}
			for _, s := range c.sentences[p.s0:p.s1] {
				at := termPlain.FindStringSubmatchIndex(c.source[s.start:s.end])
				if at != nil && glossary[termKey(c.source[s.start+at[2]:s.start+at[3]])] {
					add(s.start+at[2], s.start+at[3], p.start)
				}
			}
		}
	}
	for _, list := range found {
		slices.SortFunc(list, func(a, b meant) int { return cmp.Or(a.chapter-b.chapter, a.paragraph-b.paragraph) })
	}
	return found
}

// termKey folds a term: small letters, no marks, no plural s at its end. It is ""
// for what can be none.
func termKey(term string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(term, "’", "'")), func(r rune) bool { return !wordy(r) && r != '\'' })
	if len(words) == 0 || len(words) > mostTermWords || !slices.ContainsFunc(words, func(w string) bool { return len(w) > 2 && !stopWords[w] }) {
		return ""
	}
	words[len(words)-1] = single(words[len(words)-1])
	return strings.Join(words, " ")
}

// single takes the s off an English plural.
func single(word string) string {
	if len(word) > 3 && !strings.HasSuffix(word, "ss") {
		return strings.TrimSuffix(word, "s")
	}
	return word
}

// early finds the first use of each term that comes before it is introduced.
func (b *body) early(terms map[string][]meant) map[string]Evidence {
	begin := map[string][]string{} // terms by their first word
	for key := range terms {
		first, rest, more := strings.Cut(key, " ")
		if begin[first] = append(begin[first], key); !more && rest == "" {
			begin[first+"s"] = append(begin[first+"s"], key)
		}
	}
	used := map[string]Evidence{}
	for i := range b.chapters {
		c := &b.chapters[i]
		for k := range c.words {
			for _, key := range begin[b.at(c, k)] {
				at := int(c.words[k].start)
				if _, known := used[key]; known || !terms[key][0].before(i, at) {
					continue
				}
				if n := strings.Count(key, " ") + 1; k+n <= len(c.words) && b.saysTerm(c, k, n, key) {
					used[key] = c.wordsAt(k, k+n, fmt.Sprintf("is introduced only in chapter %d", b.chapters[terms[key][0].chapter].number))
				}
			}
		}
	}
	return used
}

// saysTerm reports whether the n words of a chapter from k on are the term.
func (b *body) saysTerm(c *chapter, k, n int, key string) bool {
	words := make([]string, n)
	for j := range words {
		words[j] = b.at(c, k+j)
	}
	words[n-1] = single(words[n-1])
	return strings.Join(words, " ") == key
}

// introduced counts the terms that are used before they are introduced, and those
// that are introduced twice, with the places.
func (b *body) introduced() (early, twice []Evidence) {
	terms := b.terms()
	for _, e := range b.early(terms) {
		early = append(early, e)
	}
	for _, list := range terms {
		if len(list) > 1 {
			c := &b.chapters[list[1].chapter]
			twice = append(twice, c.evidence(list[1].start, list[1].end, fmt.Sprintf("is introduced in chapter %d already", b.chapters[list[0].chapter].number)))
		}
	}
	for _, list := range [][]Evidence{early, twice} {
		slices.SortFunc(list, func(a, b Evidence) int { return cmp.Or(a.Chapter-b.Chapter, a.Start-b.Start) })
	}
	return early, twice
}
