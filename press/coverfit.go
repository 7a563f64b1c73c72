package press

import (
	"strings"
	"unicode"
)

// fitted is a text broken into lines of a size that fit the cover's measure.
type fitted struct {
	size  int
	lines []string
}

// leading is the distance of lines.
func (f fitted) leading() int { return f.size * 6 / 5 }

// height is the height of all lines.
func (f fitted) height() int {
	if len(f.lines) == 0 {
		return 0
	}
	return (len(f.lines)-1)*f.leading() + f.size*5/4
}

// leastCover is the smallest size of type on a cover.
const leastCover = 30

// fitCover breaks a text into lines as large as possible, at most of the given size
// and height. Words are cut only when they are too long for a line even in
// smaller type; what does not fit at all ends with an ellipsis.
func fitCover(s string, size, height int) fitted {
	words := strings.Fields(s)
	if len(words) == 0 {
		return fitted{}
	}
	for ; size > leastCover; size = size * 15 / 16 {
		measure, pieces := coverMeasure*1000/size, words
		if size < 110 {
			pieces = cutLong(words, measure)
		}
		if widestOf(pieces) > measure {
			continue
		}
		f := fitted{size, wrapWords(pieces, measure)}
		if f.height() <= height {
			f.lines = balanced(pieces, measure)
			return f
		}
	}
	f := fitted{leastCover, balanced(cutLong(words, coverMeasure*1000/leastCover), coverMeasure*1000/leastCover)}
	if most := max(height/f.leading(), 1); len(f.lines) > most {
		f.lines = f.lines[:most]
		f.lines[most-1] = strings.TrimSuffix(f.lines[most-1], " ") + "…"
	}
	return f
}

// balanced breaks words into as few lines as the measure allows and makes them
// about equally long. Widths are thousandths of the size of type.
func balanced(words []string, measure int) []string {
	lines := wrapWords(words, measure)
	low, high := widestOf(words), measure
	for low < high {
		middle := (low + high) / 2
		if len(wrapWords(words, middle)) > len(lines) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return wrapWords(words, high)
}

// wrapWords fills lines with words.
func wrapWords(words []string, measure int) []string {
	lines := []string{words[0]}
	for _, w := range words[1:] {
		last := &lines[len(lines)-1]
		if widthOf(*last)+widthOf(" ")+widthOf(w) <= measure {
			*last += " " + w
			continue
		}
		lines = append(lines, w)
	}
	return lines
}

// cutLong cuts words that are wider than the measure into pieces of like width.
func cutLong(words []string, measure int) []string {
	var out []string
	for _, w := range words {
		total := widthOf(w)
		parts := (total + measure - 1) / measure
		start, used := 0, 0
		for i, r := range w {
			if parts > 1 && i > start && used+runeWidth(r) > min(measure, total/parts+1100) {
				out = append(out, w[start:i])
				start, used = i, 0
			}
			used += runeWidth(r)
		}
		out = append(out, w[start:])
	}
	return out
}

// widestOf is the width of the widest word.
func widestOf(words []string) int {
	most := 0
	for _, w := range words {
		most = max(most, widthOf(w))
	}
	return most
}

// widthOf is how wide a text is, in thousandths of its size. Nobody knows which
// serif face will show the cover, so it is a generous guess.
func widthOf(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// runeWidth is the guess for one character.
func runeWidth(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case strings.ContainsRune("iljtfrI.,;:'’‘!|()[] ", r):
		return 370
	case strings.ContainsRune("mwMW@%—…&", r):
		return 950
	case r >= 0x2000 && r < 0x2100:
		return 680
	case r >= 0x1100:
		return 1050
	case unicode.IsUpper(r):
		return 760
	case r < 0x250:
		return 580
	}
	return 680
}
