package layout

import (
	"unicode"

	"quire/press"
)

// measures are the widths of a paragraph's lines: the first ones may be
// narrower, beside an initial.
type measures struct {
	full   press.Pt
	narrow press.Pt // width of the first lines
	lines  int      // how many are narrow
}

// width returns the width of a line.
func (m measures) width(line int) press.Pt {
	if line < m.lines {
		return m.narrow
	}
	return m.full
}

// left returns how far a line's left edge is moved to the right.
func (m measures) left(line int) press.Pt { return m.full - m.width(line) }

// sums are totals of items, so that a line is a difference of two.
type sums struct{ width, stretch, shrink press.Pt }

// add adds an item.
func (s *sums) add(it *item) {
	s.width += it.width
	s.stretch += it.stretch
	s.shrink += it.shrink
}

// breakpoint is a place where a line may end, with the best way to it.
type breakpoint struct {
	pos      int  // index of the item at which the line ends
	line     int  // lines up to here
	fit      int  // 0 tight, 1 decent, 2 loose, 3 very loose
	ladder   int  // lines in a row that end with a hyphen
	after    sums // totals where the next line begins
	left     press.Pt
	stub     bool   // the line that ends here is a last one and too short
	worst    int64  // highest badness of a line up to here
	ends     uint32 // sum of the word that ends the line; 0 is none
	begins   uint32 // sum of the word that begins the next line
	demerits int64
	prev     *breakpoint
}

// limits is what a pass of the line breaker may do.
type limits struct {
	tolerance int64    // highest badness of a line
	hyphens   bool     // breaks with hyphens
	emergency press.Pt // stretch that every line gets for nothing
	ladders   bool     // three hyphens in a row, if there is no other way
	counted   bool     // keep ways of every number of lines apart
}

// Badness and demerits follow TeX, with ratios in 1/1024.
const (
	unit       = 1024
	noLimit    = int64(1) << 40
	maxRatio   = 16 * unit
	maxLadder  = 2
	stackedFee = 15000  // two hyphens in a row
	lastHyphen = 8000   // a hyphen before the last line
	unevenFee  = 10000  // tight beside loose
	stubFee    = 900000 // a last line shorter than the indent
	stackFee   = 9000   // two lines that begin, or end, with the same word
)

// breaker finds the best lines of one paragraph: D. E. Knuth and M. F. Plass,
// "Breaking Paragraphs into Lines" (1981).
type breaker struct {
	items  []item
	m      measures
	lim    limits
	stub   press.Pt // last lines should be longer than this
	banned []bool   // items where no line may end; nil is none
	total  sums
	ends   uint32 // sum of the word before the item in work
	active []*breakpoint
	best   []*breakpoint // candidates at one item, by line, fit and ladder
}

// run returns the breaks of the best lines, nil if there are none within the
// limits.
func (b *breaker) run() []*breakpoint {
	var best *breakpoint
	for _, a := range b.ways() {
		if best == nil || a.demerits < best.demerits {
			best = a
		}
	}
	return best.way()
}

// way returns the breakpoints up to this one, the first one first.
func (n *breakpoint) way() []*breakpoint {
	if n == nil {
		return nil
	}
	out := make([]*breakpoint, n.line)
	for ; n.prev != nil; n = n.prev {
		out[n.line-1] = n
	}
	return out
}

// ways returns the ends of all ways through the paragraph that are kept.
func (b *breaker) ways() []*breakpoint {
	first := &breakpoint{fit: 1}
	for i := range b.items {
		if b.items[i].kind == box {
			first.left = b.items[i].left
			break
		}
	}
	b.active = []*breakpoint{first}
	for i := range b.items {
		it := &b.items[i]
		if b.legal(i) {
			b.try(i)
			if len(b.active) == 0 {
				return nil
			}
		}
		if it.kind != penalty {
			b.total.add(it)
		}
	}
	return b.active
}

// legal reports whether a line may end at an item.
func (b *breaker) legal(i int) bool {
	if b.banned != nil && b.banned[i] {
		return false
	}
	it := &b.items[i]
	switch it.kind {
	case glue:
		return i > 0 && b.items[i-1].kind == box
	case penalty:
		return it.penalty < never && (b.lim.hyphens || it.soft == nil)
	}
	return false
}

// try ends lines at item i, from every active breakpoint.
func (b *breaker) try(i int) {
	forced := b.items[i].penalty <= always
	kept := b.active[:0]
	b.best = b.best[:0]
	fresh := b.best
	b.ends = b.wordBefore(i)
	for _, a := range b.active {
		short, ratio := b.ratio(a, i)
		if ratio >= -unit && !forced {
			kept = append(kept, a)
		}
		if c := b.candidate(a, i, short, ratio); c != nil {
			fresh = b.keepBest(fresh, c)
		}
	}
	b.active, b.best = kept, fresh
	if len(fresh) == 0 {
		return
	}
	after, left := b.next(i)
	begins := b.wordAfter(i)
	for _, n := range fresh {
		n.after, n.left, n.ends, n.begins = after, left, b.ends, begins
	}
	b.active = append(b.active, fresh...)
}

// ratio returns by how much the line from a to item i is too short, and how
// far its glue stretches (in 1/1024 of its stretch) or shrinks (below 0).
func (b *breaker) ratio(a *breakpoint, i int) (short press.Pt, ratio int64) {
	it := &b.items[i]
	length := b.total.width - a.after.width - a.left - b.right(i)
	if it.kind == penalty {
		length += it.width
	}
	short = b.m.width(a.line) - length
	switch {
	case short > 0:
		stretch := b.total.stretch - a.after.stretch + b.lim.emergency
		if stretch <= 0 {
			return short, maxRatio
		}
		return short, min(int64(short)*unit/int64(stretch), maxRatio)
	case short < 0:
		shrink := b.total.shrink - a.after.shrink
		if shrink <= 0 || -short > shrink {
			return short, -unit - 1
		}
		return short, int64(short) * unit / int64(shrink)
	}
	return 0, 0
}

// right returns how far the line that ends at item i hangs out at its right.
func (b *breaker) right(i int) press.Pt {
	if b.items[i].soft != nil {
		return b.items[i].right
	}
	for j := i - 1; j >= 0; j-- {
		if b.items[j].kind == box {
			return b.items[j].right
		}
	}
	return 0
}

// candidate returns the breakpoint at i that is reached from a, nil if the
// line between is not allowed.
func (b *breaker) candidate(a *breakpoint, i int, short press.Pt, ratio int64) *breakpoint {
	if ratio < -unit {
		return nil
	}
	size := max(ratio, -ratio)
	bad := 100 * size * size * size / (unit * unit * unit)
	if bad > b.lim.tolerance {
		return nil
	}
	it := &b.items[i]
	n := &breakpoint{pos: i, line: a.line + 1, fit: fitness(ratio), worst: max(a.worst, bad), prev: a}
	if it.hyphen {
		n.ladder = min(a.ladder, maxLadder) + 1
		if n.ladder > maxLadder && !b.lim.ladders {
			return nil
		}
	}
	bad = min(bad, 100000)
	n.demerits = a.demerits + (10+bad)*(10+bad) + b.fees(a, n, it, short)
	return n
}

// fees are the demerits of a line that do not come from its spaces.
func (b *breaker) fees(a, n *breakpoint, it *item, short press.Pt) int64 {
	var fee int64
	if it.penalty > 0 {
		fee += it.penalty * it.penalty
	}
	if n.ladder > 1 {
		fee += stackedFee
	}
	if n.ladder > maxLadder {
		fee += 100 * stackedFee
	}
	if d := n.fit - a.fit; d > 1 || d < -1 {
		fee += unevenFee
	}
	if a.prev != nil {
		if b.ends != 0 && b.ends == a.ends {
			fee += stackFee
		}
		if a.begins != 0 && a.begins == a.prev.begins {
			fee += stackFee
		}
	}
	if it.penalty <= always {
		if a.ladder > 0 {
			fee += lastHyphen
		}
		if a.line > 0 && b.m.width(a.line)-short < b.stub {
			fee += stubFee
			n.stub = true
		}
	}
	return fee
}

// fitness is the class of a line by its ratio.
func fitness(ratio int64) int {
	switch {
	case ratio < -unit/2:
		return 0
	case ratio <= unit/2:
		return 1
	case ratio <= unit:
		return 2
	}
	return 3
}

// keepBest keeps the cheapest breakpoint of each class; line numbers matter
// only as long as lines differ in width.
func (b *breaker) keepBest(fresh []*breakpoint, c *breakpoint) []*breakpoint {
	most := b.m.lines + 1
	if b.lim.counted {
		most = c.line + 1
	}
	class := min(c.line, most)
	for k, n := range fresh {
		if min(n.line, most) == class && n.fit == c.fit && n.ladder == c.ladder {
			if c.demerits < n.demerits {
				fresh[k] = c
			}
			return fresh
		}
	}
	return append(fresh, c)
}

// next returns the totals where a line begins that follows a break at item i:
// behind the glue that vanishes there.
func (b *breaker) next(i int) (sums, press.Pt) {
	t := b.total
	for j := i; j < len(b.items); j++ {
		it := &b.items[j]
		if it.kind == box {
			return t, it.left
		}
		if it.kind == glue {
			t.add(it)
		}
		if it.penalty <= always && j > i {
			break
		}
	}
	return t, 0
}

// wordBefore returns the sum of the whole word that a line ends with at item
// i; 0 if it ends inside a word or with no letters.
func (b *breaker) wordBefore(i int) uint32 {
	if b.items[i].kind != glue || i == 0 {
		return 0
	}
	if it := &b.items[i-1]; it.kind == box && it.word != nil && it.from == 0 {
		return it.word.sum()
	}
	return 0
}

// wordAfter returns the sum of the whole word that begins a line behind item i.
func (b *breaker) wordAfter(i int) uint32 {
	if b.items[i].kind != glue || i+1 >= len(b.items) {
		return 0
	}
	if it := &b.items[i+1]; it.kind == box && it.word != nil && it.to == it.word.length {
		return it.word.sum()
	}
	return 0
}

// sum is a checksum (FNV-1a) of a word's letters in lower case, 0 if there are
// none. Words that look alike have the same sum; that two others have it too
// costs a line a fee and nothing else.
func (w *word) sum() uint32 {
	if w.checksum != 0 {
		return w.checksum
	}
	h, any := uint32(2166136261), false
	for i := range w.segments {
		for _, r := range w.segments[i].text {
			if unicode.IsLetter(r) {
				h, any = (h^uint32(unicode.ToLower(r)))*16777619, true
			}
		}
	}
	if any {
		w.checksum = max(h, 1)
	}
	return w.checksum
}
