package cover

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
)

// request is words that are to be fitted. Sizes and lengths are units of the
// cover, which is 1600 wide.
type request struct {
	role            string // what the words are: title, author, …
	text            string
	face            typeface
	most, least     int // sizes
	measure, height int
	lines           int // at most; 0 is any number
}

// block is words that are fitted: as large as their box allows, in lines of
// like length.
type block struct {
	role    string
	text    string // whole
	lines   []shaped
	size    int
	leading int
	cut     bool // what did not fit is left out; the last line ends with an ellipsis
}

// fit sets words as large as they fit into their box. Words are divided only
// when they are too long for a line in small type.
func (s *setter) fit(q request) *block {
	if q.text == "" {
		return &block{role: q.role}
	}
	q.face = s.settled(q.face, q.text)
	b := breaker{s: s, q: q, words: strings.Fields(q.text)}
	b.measureWords()
	// Words of a script that the faces lack may have no blanks to break at.
	divide := max(q.least, 110)
	if len(b.widths) > 0 && b.foreign {
		divide = q.most
	}
	for size := q.most; size > q.least; size = size * 31 / 32 {
		if out := b.try(size, size <= divide); out != nil {
			return out
		}
	}
	if out := b.try(q.least, true); out != nil {
		return out
	}
	return b.shortened()
}

// breaker looks for the lines of a request.
type breaker struct {
	s       *setter
	q       request
	words   []string
	widths  []int64
	gap     int64 // between words
	foreign bool
	letters map[rune]int64 // widths of single letters, once known
}

// measureWords measures words and the blank between them.
func (b *breaker) measureWords() {
	b.widths, b.letters = nil, map[rune]int64{}
	for _, w := range b.words {
		sh := b.s.shape(b.q.face, plain(w))
		b.widths = append(b.widths, sh.width)
		b.foreign = b.foreign || sh.foreign
	}
	b.gap = b.s.shape(b.q.face, "n n").width - 2*b.s.shape(b.q.face, "n").width
}

// plain is a word as it is set undivided.
func plain(w string) string { return strings.ReplaceAll(w, "\u00ad", "") }

// try sets the words at a size; nil if they do not fit.
func (b *breaker) try(size int, divide bool) *block {
	measure := int64(b.q.measure) * em / int64(size)
	in := b
	if divide {
		in = b.divided(measure)
	}
	for _, w := range in.widths {
		if w > measure {
			return nil
		}
	}
	n := in.count(measure)
	if b.q.lines > 0 && n > b.q.lines || (n-1)*size > b.q.height {
		return nil
	}
	out := in.block(in.balanced(n, measure), size)
	if out.height() > b.q.height {
		return nil
	}
	return out
}

// count is how many lines the words need.
func (b *breaker) count(measure int64) int {
	n, used := 1, int64(0)
	for i, w := range b.widths {
		if i > 0 && used+b.gap+w <= measure {
			used += b.gap + w
			continue
		}
		if i > 0 {
			n++
		}
		used = w
	}
	return n
}

// balanced returns where each of n lines ends, so that the lines are about
// equally long and none ends with a word that belongs to the next.
func (b *breaker) balanced(n int, measure int64) []int {
	total := -b.gap
	for _, w := range b.widths {
		total += w + b.gap
	}
	mean := total / int64(n)
	words := len(b.widths)
	cost := make([][]int64, n+1)
	from := make([][]int, n+1)
	for k := range cost {
		cost[k], from[k] = make([]int64, words+1), make([]int, words+1)
		for i := range cost[k] {
			cost[k][i] = math.MaxInt64
		}
	}
	cost[0][0] = 0
	for k := 1; k <= n; k++ {
		for start := range words {
			if cost[k-1][start] == math.MaxInt64 {
				continue
			}
			width := -b.gap
			for end := start + 1; end <= words; end++ {
				if width += b.gap + b.widths[end-1]; width > measure {
					break
				}
				c := cost[k-1][start] + square((width-mean)/10) + b.penalty(end, measure)
				if c < cost[k][end] {
					cost[k][end], from[k][end] = c, start
				}
			}
		}
	}
	ends := make([]int, n)
	for k, end := n, words; k > 0; k-- {
		ends[k-1], end = end, from[k][end]
	}
	return ends
}

func square(v int64) int64 { return v * v }

// penalty is what it costs to end a line before the word with index end: short
// words such as articles stand better before the noun that they belong to.
func (b *breaker) penalty(end int, measure int64) int64 {
	if end == len(b.words) || strings.ContainsAny(b.words[end-1], ",;:.!?–—") {
		return 0
	}
	if letters := []rune(plain(b.words[end-1])); len(letters) <= 3 && unicode.IsLower(letters[len(letters)-1]) {
		return square(measure / 80)
	}
	return 0
}

// block sets the lines that end behind the words of ends.
func (b *breaker) block(ends []int, size int) *block {
	out := &block{role: b.q.role, text: plain(b.q.text), size: size}
	start := 0
	for _, end := range ends {
		out.lines = append(out.lines, b.s.shape(b.q.face, plain(strings.Join(b.words[start:end], " "))))
		start = end
	}
	// Lines never touch: accents above capitals need more room.
	least := int64(10600)
	if size < 90 {
		least = 12200
	}
	for i := 1; i < len(out.lines); i++ {
		least = max(least, out.lines[i].top-out.lines[i-1].bottom+600)
	}
	out.leading = int(least * int64(size) / em)
	return out
}

// shortened sets as many words at the least size as the box takes.
func (b *breaker) shortened() *block {
	in := b.divided(int64(b.q.measure) * em / int64(b.q.least))
	most := sort.Search(len(in.words), func(i int) bool {
		out := in.first(i + 1)
		return out == nil || out.height() > b.q.height
	})
	out := in.first(max(most, 1))
	if out == nil {
		return &block{role: b.q.role, text: plain(b.q.text), cut: true}
	}
	out.text, out.cut = plain(b.q.text), true
	return out
}

// first sets the first n words and an ellipsis at the least size; nil if they
// need too many lines.
func (b *breaker) first(n int) *block {
	measure := int64(b.q.measure) * em / int64(b.q.least)
	some := *b
	last := strings.TrimRight(plain(b.words[n-1]), ".,;:-–— ") + "…"
	some.words = append(slices.Clone(b.words[:n-1]), last)
	some.widths = append(slices.Clone(b.widths[:n-1]), b.s.shape(b.q.face, last).width)
	lines := some.count(measure)
	if b.q.lines > 0 && lines > b.q.lines || (lines-1)*b.q.least > b.q.height || slices.Max(some.widths) > measure {
		return nil
	}
	return some.block(some.balanced(lines, measure), b.q.least)
}

// ink is how far a block reaches: from the first baseline up, and down.
func (b *block) ink() (above, below int) {
	for i, l := range b.lines {
		down := i * b.leading
		above = max(above, units(l.top, b.size)-down)
		below = max(below, units(-l.bottom, b.size)+down)
	}
	return above, below
}

// height is the height of what a block covers.
func (b *block) height() int {
	above, below := b.ink()
	return above + below
}

// width is the width of the widest line.
func (b *block) width() int {
	most := 0
	for _, l := range b.lines {
		most = max(most, units(l.right-min(l.left, 0), b.size))
	}
	return most
}

// units turns a shaped length into units of the cover, rounded up.
func units(v int64, size int) int { return int((v*int64(size) + em - 1) / em) }
