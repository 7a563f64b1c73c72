package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rightToLeft reports letters of scripts that run from right to left.
func rightToLeft(r rune) bool {
	return r >= 0x590 && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// logical puts a line of Arabic or Hebrew that was painted from left to right
// into the order in which it is read: ends are where its signs end in the text.
// Numbers and words of other scripts keep their order.
func logical(text []byte, ends []int) []byte {
	signs := make([]string, 0, len(ends))
	right, left, from := 0, 0, 0
	for _, end := range ends {
		signs = append(signs, string(text[from:end]))
		from = end
		switch r, _ := utf8.DecodeRuneInString(signs[len(signs)-1]); {
		case rightToLeft(r):
			right++
		case unicode.IsLetter(r):
			left++
		}
	}
	if right <= left {
		return text
	}
	slices.Reverse(signs)
	for i := 0; i < len(signs); {
		end := i
		for k := i; k < len(signs) && !isRight(signs[k]); k++ { // with what stands between its words
			if leftToRight(signs[k]) {
				end = k + 1
			}
		}
		if !leftToRight(signs[i]) || end == i {
			signs[i] = mirrored(signs[i])
			i++
			continue
		}
		slices.Reverse(signs[i:end])
		i = end
	}
	line := strings.Join(signs, "")
	if rest := strings.TrimLeft(line, ".:!؟،؛"); rest != line { // the line itself ran the other way
		line = strings.TrimRight(rest, " ") + line[:len(line)-len(rest)]
	}
	return []byte(line)
}

func isRight(sign string) bool {
	r, _ := utf8.DecodeRuneInString(sign)
	return rightToLeft(r)
}

// leftToRight reports signs that run from left to right.
func leftToRight(sign string) bool {
	r, _ := utf8.DecodeRuneInString(sign)
	return !rightToLeft(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// mirrored is a bracket as it is written where it is painted the other way.
func mirrored(sign string) string {
	const pairs = "()[]{}«»<>"
	r, _ := utf8.DecodeRuneInString(sign)
	runes := []rune(pairs)
	if i := slices.Index(runes, r); i >= 0 {
		return string(runes[i^1])
	}
	return sign
}
