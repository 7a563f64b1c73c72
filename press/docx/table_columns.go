package docx

import (
	"strings"
	"unicode/utf8"

	"quire/press"
)

// columns are the widths of a table's columns in twips: as wide as their
// contents where all fit, else each as wide as its longest word and the rest
// shared by what they hold. Letters are taken as wide as those
// of a broad sans, because the face may be another one there.
func (w *writer) columns(t *press.Table, measure int) []int {
	n := len(t.Align)
	letter := twips(w.look.theme.Table.Size) * 3 / 5
	least, want := make([]int, n), make([]int, n)
	for _, row := range append([][]press.Cell{t.Head}, t.Rows...) {
		for i := range min(len(row), n) {
			if row[i].Covered || row[i].ColSpan > 1 {
				continue
			}
			text := press.Plain(row[i].Text)
			least[i] = max(least[i], min(longestWord(text), 30)*letter+cellSides)
			want[i] = max(want[i], min(letterCount(text), 400)*letter+cellSides)
		}
	}
	sum, floor := 0, 0
	for i := range n {
		least[i] = max(least[i], 4*letter+cellSides)
		want[i] = max(want[i], least[i])
		sum, floor = sum+want[i], floor+least[i]
	}
	switch {
	case sum <= measure:
		return want
	case floor >= measure:
		return shared(measure, least, floor)
	}
	out := make([]int, n)
	left := measure
	for i := range n {
		out[i] = least[i] + int(int64(measure-floor)*int64(want[i]-least[i])/int64(max(sum-floor, 1)))
		left -= out[i]
	}
	out[n-1] += left
	return out
}

// cellSides is the white left and right of a cell's text together.
const cellSides = 240

// shared divides a width by shares.
func shared(width int, shares []int, sum int) []int {
	out := make([]int, len(shares))
	for i, s := range shares {
		out[i] = max(int(int64(width)*int64(s)/int64(sum)), 1)
	}
	return out
}

// longestWord is the most letters of a word.
func longestWord(s string) int {
	most := 0
	for word := range strings.FieldsSeq(s) {
		most = max(most, letterCount(word))
	}
	return most
}

// letterCount counts letters; those of Chinese and the like count double.
func letterCount(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xff00 && r <= 0xff60 || r >= 0x20000) {
			n++
		}
	}
	return n
}
