package offline

import (
	"slices"
	"strings"

	"quire/book"
)

// fit brings the text to its length and joins it: whole moves go first, then
// last sentences; what is missing comes from single lines.
func (t *guideText) fit() string {
	for range 40 {
		over := t.words() - t.target
		if over <= t.slack() || !t.shorten(over) {
			break
		}
	}
	for n := range 6 {
		if t.target-t.words() <= 2*t.slack() || !t.lengthen(n) {
			break
		}
	}
	if len(t.blocks) == 0 {
		t.blocks = append(t.blocks, guideBlock{text: t.frame("filler", t.section.frame)})
	}
	var out strings.Builder
	for i, b := range t.blocks {
		out.WriteString(b.text)
		switch {
		case i == len(t.blocks)-1:
		case b.bridge && guideParagraph(t.blocks[i+1].text):
			out.WriteString(" ")
		default:
			out.WriteString("\n\n")
		}
	}
	return out.String()
}

// slack is how far from its length a text may be.
func (t *guideText) slack() int { return max(t.target/25, 5) }

// shorten leaves out what comes nearest to the words that are over, and reports
// whether there was anything.
func (t *guideText) shorten(over int) bool {
	type cut struct {
		block, words int // of a block's last sentence
		move         int // or of a whole move
	}
	var best cut
	found := false
	try := func(c cut) {
		if c.words > over+t.slack() {
			return
		}
		if !found || guideAbs(over-c.words) < guideAbs(over-best.words) {
			best, found = c, true
		}
	}
	moves := map[int]int{}
	for i, b := range t.blocks {
		moves[b.move] += book.Words(b.text)
		if b.keep || b.bridge {
			continue
		}
		if b.move == 0 {
			try(cut{block: i, words: book.Words(b.text)})
			continue
		}
		tail := i+1 == len(t.blocks) || guideParagraph(t.blocks[i+1].text)
		if s := guideSentences(b.text); tail && guideParagraph(b.text) && len(s) > 2 {
			try(cut{block: i, words: book.Words(s[len(s)-1])})
		}
	}
	for move := 1; move <= t.count; move++ {
		if moves[move] > 0 {
			try(cut{move: move, words: moves[move]})
		}
	}
	switch {
	case !found:
		return false
	case best.move > 0:
		at := slices.IndexFunc(t.blocks, func(b guideBlock) bool { return b.move == best.move })
		if at > 0 && t.blocks[at-1].bridge {
			t.blocks = slices.Delete(t.blocks, at-1, at)
		}
		t.blocks = slices.DeleteFunc(t.blocks, func(b guideBlock) bool { return b.move == best.move })
	case t.blocks[best.block].move == 0:
		t.blocks = slices.Delete(t.blocks, best.block, best.block+1)
	default:
		s := guideSentences(t.blocks[best.block].text)
		t.blocks[best.block].text = strings.Join(s[:len(s)-1], " ")
	}
	return true
}

// guideParagraph reports whether a block is running text.
func guideParagraph(text string) bool {
	return !strings.Contains(text, "\n") && !strings.HasPrefix(text, "|") && !strings.HasPrefix(text, "- ") && !strings.HasPrefix(text, ">")
}

// lengthen adds a single line to a paragraph, a new one each time.
func (t *guideText) lengthen(n int) bool {
	lines := t.book.frames("filler")
	at, lacks := -1, t.target-t.words()
	for i := range lines {
		j := (t.section.frame*3 + n + i) % len(lines)
		if words := book.Words(lines[j]); words <= lacks+t.slack() && !t.says(lines[j]) {
			at = j
			break
		}
	}
	if at < 0 {
		return false
	}
	for i := len(t.blocks) - 1; i >= 0; i-- {
		tail := i+1 == len(t.blocks) || t.blocks[i+1].move != t.blocks[i].move
		if b := &t.blocks[i]; b.move > 0 && tail && guideParagraph(b.text) && len(guideSentences(b.text)) < 7 {
			b.text += " " + lines[at]
			return true
		}
	}
	t.blocks = append(t.blocks, guideBlock{text: lines[at]})
	return true
}

func (t *guideText) says(line string) bool {
	return slices.ContainsFunc(t.blocks, func(b guideBlock) bool { return strings.Contains(b.text, line) })
}

func guideAbs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
