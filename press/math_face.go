package press

import "unicode/utf8"

// mathFace is the choice of letters that is in force.
type mathFace struct {
	chosen bool
	face   MathFace
}

// of returns the face of a character or number under the choice.
func (f mathFace) of(text string) MathFace {
	c, _ := utf8.DecodeRuneInString(text)
	usual := MathUpright
	if slantedLetter(c) {
		usual = MathItalic
	}
	alphabetic := usual == MathItalic || c >= '0' && c <= '9' || c >= 'Α' && c <= 'Ω'
	switch {
	case !f.chosen:
		return usual
	case f.face == MathBoldItalic && usual == MathUpright:
		return MathBold
	case !alphabetic, f.face == MathItalic && c >= '0' && c <= '9':
		return usual
	}
	return f.face
}

// slantedLetter reports whether a letter is italic by custom: Latin ones and
// small Greek ones.
func slantedLetter(c rune) bool {
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z', c >= 'α' && c <= 'ω':
		return true
	case c == 'ϵ', c == 'ϑ', c == 'ϰ', c == 'ϕ', c == 'ϱ', c == 'ϖ', c == 'ϝ', c == 'ı', c == 'ȷ':
		return true
	}
	return false
}

// alphabetStarts are the first code points of the mathematical alphabets for
// A, for 0 and for Α (Unicode, block Mathematical Alphanumeric Symbols); 0 is
// none.
var alphabetStarts = map[MathFace][3]rune{
	MathUpright: {}, MathItalic: {0x1d434, 0, 0x1d6e2}, MathBold: {0x1d400, 0x1d7ce, 0x1d6a8}, MathBoldItalic: {0x1d468, 0, 0x1d71c},
	MathScriptFace: {0x1d49c, 0, 0}, MathFraktur: {0x1d504, 0, 0}, MathBlackboard: {0x1d538, 0x1d7d8, 0},
	MathSans: {0x1d5a0, 0x1d7e2, 0}, MathMono: {0x1d670, 0x1d7f6, 0},
}

// alphabetHoles are the letters that Unicode had before its alphabets, by
// where they would be.
var alphabetHoles = map[rune]rune{
	0x1d455: 'ℎ',
	0x1d49d: 'ℬ', 0x1d4a0: 'ℰ', 0x1d4a1: 'ℱ', 0x1d4a3: 'ℋ', 0x1d4a4: 'ℐ', 0x1d4a7: 'ℒ', 0x1d4a8: 'ℳ', 0x1d4ad: 'ℛ', 0x1d4ba: 'ℯ', 0x1d4bc: 'ℊ', 0x1d4c4: 'ℴ',
	0x1d506: 'ℭ', 0x1d50b: 'ℌ', 0x1d50c: 'ℑ', 0x1d515: 'ℜ', 0x1d51d: 'ℨ',
	0x1d53a: 'ℂ', 0x1d53f: 'ℍ', 0x1d545: 'ℕ', 0x1d547: 'ℙ', 0x1d548: 'ℚ', 0x1d549: 'ℝ', 0x1d551: 'ℤ',
}

// greekSlots are the places of the Greek characters outside the two runs.
var greekSlots = map[rune]rune{'∇': 25, '∂': 51, 'ϵ': 52, 'ϑ': 53, 'ϰ': 54, 'ϕ': 55, 'ϱ': 56, 'ϖ': 57}

// MathAlphabet returns the character of Unicode's mathematical alphabets for a
// letter or digit in a face; the same character if there is none.
func MathAlphabet(c rune, face MathFace) rune {
	starts := alphabetStarts[face]
	out := rune(0)
	slot, greek := greekSlots[c]
	switch {
	case c >= 'A' && c <= 'Z' && starts[0] != 0:
		out = starts[0] + c - 'A'
	case c >= 'a' && c <= 'z' && starts[0] != 0:
		out = starts[0] + 26 + c - 'a'
	case c >= '0' && c <= '9' && starts[1] != 0:
		out = starts[1] + c - '0'
	case starts[2] == 0:
	case c >= 'Α' && c <= 'Ω':
		out = starts[2] + c - 'Α'
	case c >= 'α' && c <= 'ω':
		out = starts[2] + 26 + c - 'α'
	case greek:
		out = starts[2] + slot
	}
	if hole, ok := alphabetHoles[out]; ok {
		return hole
	}
	if out == 0 {
		return c
	}
	return out
}
