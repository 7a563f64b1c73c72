package write

import (
	"slices"
	"strings"
	"unicode"
)

// Piece is a run of a text in a comparison: in both versions, or in one of them.
type Piece struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// Op says in which version a piece stands.
type Op string

// The pieces: in both, only in the older, only in the newer.
const (
	Same Op = "same"
	Gone Op = "gone"
	Came Op = "came"
)

// Hunk is a paragraph, or a line, in a comparison.
type Hunk struct {
	Line   int     `json:"line"` // number in the newer version, from 1; of what is gone: before which it stood
	Op     Op      `json:"op"`   // Same if only words of it changed
	Pieces []Piece `json:"pieces"`
}

// Diff compares two texts by their lines, which in the Markdown of a chapter are
// its paragraphs, and a line that was changed by its words. Lines that are in both
// are left out; equal texts have no hunks.
func Diff(older, newer string) []Hunk {
	a, b := lines(older), lines(newer)
	var hunks []Hunk
	var gone, came []string
	line := 1
	flush := func() {
		for i := range max(len(gone), len(came)) {
			switch {
			case i < len(gone) && i < len(came):
				hunks = append(hunks, compared(line-len(came)+i, gone[i], came[i])...)
			case i < len(gone):
				hunks = append(hunks, Hunk{line, Gone, []Piece{{Gone, gone[i]}}})
			default:
				hunks = append(hunks, Hunk{line - len(came) + i, Came, []Piece{{Came, came[i]}}})
			}
		}
		gone, came = nil, nil
	}
	for _, p := range edits(a, b) {
		switch p.Op {
		case Same:
			flush()
			line++
		case Gone:
			gone = append(gone, p.Text)
		default:
			came = append(came, p.Text)
			line++
		}
	}
	flush()
	return hunks
}

// lines are the lines of a text that are not empty.
func lines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// compared tells which words of a line changed; lines that have less than a third
// in common are told as one gone and one that came.
func compared(line int, older, newer string) []Hunk {
	var pieces []Piece
	same := 0
	for _, p := range edits(words(older), words(newer)) {
		if p.Op == Same {
			same += len(p.Text)
		}
		if n := len(pieces); n > 0 && pieces[n-1].Op == p.Op {
			pieces[n-1].Text += p.Text
			continue
		}
		pieces = append(pieces, p)
	}
	if 3*same < max(len(older), len(newer)) {
		return []Hunk{{line, Gone, []Piece{{Gone, older}}}, {line, Came, []Piece{{Came, newer}}}}
	}
	return []Hunk{{line, Same, pieces}}
}

// words splits a line into words, each with the spaces behind it.
func words(line string) (list []string) {
	begin, space := 0, false
	for i, r := range line {
		if s := unicode.IsSpace(r); !s && space {
			list, begin = append(list, line[begin:i]), i
			space = false
		} else {
			space = s
		}
	}
	return append(list, line[begin:])
}

// mostEdits bounds the search for the shortest script: beyond it two texts have so
// little in common that all of one is gone and all of the other came.
const mostEdits = 2000

// edits is a shortest way to make b of a (E. W. Myers, An O(ND) difference
// algorithm and its variations, 1986).
func edits(a, b []string) []Piece {
	var script []Piece
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		script = append(script, Piece{Same, a[head]})
		head++
	}
	a, b = a[head:], b[head:]
	tail := 0
	for tail < min(len(a), len(b)) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	script = append(script, middle(a[:len(a)-tail], b[:len(b)-tail])...)
	for _, s := range a[len(a)-tail:] {
		script = append(script, Piece{Same, s})
	}
	return script
}

// middle is edits of what neither begins nor ends alike.
func middle(a, b []string) []Piece {
	most := min(len(a)+len(b), mostEdits)
	far := make([]int, 2*most+3) // how far in a each diagonal reaches
	var trail [][]int
	for d := 0; d <= most; d++ {
		trail = append(trail, slices.Clone(far[most+1-d-1:most+1+d+2]))
		for k := -d; k <= d; k += 2 {
			at := most + 1 + k
			x := far[at-1] + 1
			if k == -d || k != d && far[at-1] < far[at+1] {
				x = far[at+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			if far[at] = x; x >= len(a) && x-k >= len(b) {
				return walk(a, b, trail)
			}
		}
	}
	var script []Piece
	for _, s := range a {
		script = append(script, Piece{Gone, s})
	}
	for _, s := range b {
		script = append(script, Piece{Came, s})
	}
	return script
}

// walk goes the way back that the search found. Trail has for each number of
// edits d how far the diagonals -d-1 to d+1 reached before.
func walk(a, b []string, trail [][]int) []Piece {
	var script []Piece
	x, y := len(a), len(b)
	for d := len(trail) - 1; d >= 0; d-- {
		far := func(k int) int { return trail[d][k+d+1] }
		k := x - y
		from := k - 1
		if k == -d || k != d && far(k-1) < far(k+1) {
			from = k + 1
		}
		px, py := far(from), far(from)-from
		if d == 0 {
			px, py = 0, 0
		}
		for x > px && y > py {
			x, y = x-1, y-1
			script = append(script, Piece{Same, a[x]})
		}
		switch {
		case d == 0:
		case from == k+1:
			y--
			script = append(script, Piece{Came, b[y]})
		default:
			x--
			script = append(script, Piece{Gone, a[x]})
		}
	}
	slices.Reverse(script)
	return script
}
