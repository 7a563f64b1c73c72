package layout

import (
	"unicode/utf8"
)

// ruleSet finds rules by their letters: an open hash table over two strings of
// bytes, because some languages have tens of thousands of rules, and a map of
// slices takes ten times as long to make.
type ruleSet struct {
	letters []byte // of all rules, in UTF-8
	weights []byte // one more a rule than it has letters
	rules   []liang
	slots   []int32 // index in rules, plus one; 0 is empty
	longest int     // letters of the longest rule
}

// liang says where one rule's letters and weights stand.
type liang struct {
	hash            uint32
	letters, weight int32
	size            uint8 // bytes of its letters
	count           uint8 // letters
}

// The start and factor of the hash (G. Fowler, L. C. Noll, K.-P. Vo: FNV-1a).
const (
	hashStart  = uint32(2166136261)
	hashFactor = uint32(16777619)
)

// mix takes one more letter into a hash.
func mix(hash uint32, r rune) uint32 {
	for r > 0 {
		hash = (hash ^ uint32(r&0xff)) * hashFactor
		r >>= 8
	}
	return hash
}

// add takes a rule like ".hy3ph". A rule too long for any word is left out.
func (s *ruleSet) add(text string) {
	if len(text) > 120 {
		return
	}
	g := liang{hash: hashStart, letters: int32(len(s.letters)), weight: int32(len(s.weights))}
	s.weights = append(s.weights, 0)
	for _, c := range text {
		if c >= '0' && c <= '9' {
			s.weights[len(s.weights)-1] = byte(c - '0')
			continue
		}
		s.letters = utf8.AppendRune(s.letters, c)
		s.weights = append(s.weights, 0)
		g.hash = mix(g.hash, c)
		g.count++
	}
	g.size = uint8(len(s.letters) - int(g.letters))
	s.rules = append(s.rules, g)
	s.longest = max(s.longest, int(g.count))
}

// index makes the table, half of it empty.
func (s *ruleSet) index() {
	size := 16
	for size < 2*len(s.rules) {
		size *= 2
	}
	s.slots = make([]int32, size)
	for i := range s.rules {
		at := int(s.rules[i].hash) & (size - 1)
		for s.slots[at] != 0 {
			at = (at + 1) & (size - 1)
		}
		s.slots[at] = int32(i + 1)
	}
}

// find returns the rule of some letters, nil if there is none; the first
// of equal rules.
func (s *ruleSet) find(hash uint32, letters []byte) *liang {
	for at := int(hash) & (len(s.slots) - 1); s.slots[at] != 0; at = (at + 1) & (len(s.slots) - 1) {
		g := &s.rules[s.slots[at]-1]
		if g.hash == hash && string(s.letters[g.letters:int(g.letters)+int(g.size)]) == string(letters) {
			return g
		}
	}
	return nil
}

// weigh lays every rule that fits over the dotted word and keeps the highest
// weight between any two letters.
func (s *ruleSet) weigh(word []rune) []byte {
	weights := make([]byte, len(word)+1)
	text := make([]byte, 0, 4*s.longest)
	for i := range word {
		hash := hashStart
		text = text[:0]
		for j := i; j < min(len(word), i+s.longest); j++ {
			hash = mix(hash, word[j])
			text = utf8.AppendRune(text, word[j])
			g := s.find(hash, text)
			if g == nil {
				continue
			}
			for k, w := range s.weights[g.weight : int(g.weight)+int(g.count)+1] {
				weights[i+k] = max(weights[i+k], w)
			}
		}
	}
	return weights
}
