package epub

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

// least is the smallest size of type on a cover.
const least = 30

// fit breaks a text into lines as large as possible, at most of the given size
// and height. Words are cut only when they are too long for a line even in
// smaller type; what does not fit at all ends with an ellipsis.
func fit(s string, size, height int) fitted {
	words := strings.Fields(s)
	if len(words) == 0 {
		return fitted{}
	}
	for ; size > least; size = size * 15 / 16 {
		measure, pieces := coverMeasure*1000/size, words
		if size < 110 {
			pieces = cut(words, measure)
		}
		if widest(pieces) > measure {
			continue
		}
		f := fitted{size, wrap(pieces, measure)}
		if f.height() <= height {
			f.lines = balance(pieces, measure)
			return f
		}
	}
	f := fitted{least, balance(cut(words, coverMeasure*1000/least), coverMeasure*1000/least)}
	if most := max(height/f.leading(), 1); len(f.lines) > most {
		f.lines = f.lines[:most]
		f.lines[most-1] = strings.TrimSuffix(f.lines[most-1], " ") + "…"
	}
	return f
}

// balance breaks words into as few lines as the measure allows and makes them
// about equally long. Widths are thousandths of the size of type.
func balance(words []string, measure int) []string {
	lines := wrap(words, measure)
	low, high := widest(words), measure
	for low < high {
		middle := (low + high) / 2
		if len(wrap(words, middle)) > len(lines) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return wrap(words, high)
}

// wrap fills lines with words.
func wrap(words []string, measure int) []string {
	lines := []string{words[0]}
	for _, w := range words[1:] {
		last := &lines[len(lines)-1]
		if width(*last)+width(" ")+width(w) <= measure {
			*last += " " + w
			continue
		}
		lines = append(lines, w)
	}
	return lines
}

// cut cuts words that are wider than the measure into pieces of like width.
func cut(words []string, measure int) []string {
	var out []string
	for _, w := range words {
		total := width(w)
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

// widest is the width of the widest word.
func widest(words []string) int {
	most := 0
	for _, w := range words {
		most = max(most, width(w))
	}
	return most
}

// width is how wide a text is, in thousandths of its size. Nobody knows which
// serif face will show the cover, so it is a generous guess.
func width(s string) int {
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
